//! Which steps were early enough for something at a moment.

use crate::sim::cluster::ReplicaSetId;
use crate::sim::time::{SimDuration, SimTime};
use crate::timeline::Timeline;
use crate::timeline::lives::NEVER;

/// For each ReplicaSet the last step at which a pod has to have become ready to be available now.
pub fn available_before(timeline: &Timeline, thresholds: &mut Vec<u32>) {
    let now = timeline.time();
    thresholds.clear();
    thresholds.extend(timeline.cluster().replica_sets.iter().map(|replica_set| {
        match wait(replica_set.min_ready_seconds) {
            SimDuration::ZERO => NEVER,
            wait => last_step(timeline, |at| at.stored() + wait <= now),
        }
    }));
}

/// The last step whose time `holds`, if it holds of all times up to some and of none after; 0 if of none.
pub fn last_step(timeline: &Timeline, holds: impl Fn(SimTime) -> bool) -> u32 {
    let (mut low, mut high) = (0, timeline.steps());
    while low < high {
        let middle = (low + high).div_ceil(2);
        if holds(timeline.at(middle)) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low as u32
}

/// How long pods have to be ready before they are available, by ReplicaSet.
pub fn waits(timeline: &Timeline) -> Vec<SimDuration> {
    let replica_sets = timeline.last_cluster().replica_sets.iter();
    replica_sets.map(|replica_set| wait(replica_set.min_ready_seconds)).collect()
}

/// The same of one ReplicaSet.
pub fn wait_of(timeline: &Timeline, id: ReplicaSetId) -> SimDuration {
    wait(timeline.last_cluster().replica_set(id).min_ready_seconds)
}

fn wait(min_ready_seconds: i32) -> SimDuration {
    SimDuration::from_secs(min_ready_seconds.max(0) as u64)
}
