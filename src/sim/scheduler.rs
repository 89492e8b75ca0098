//! The scheduler.
//!
//! # What we leave out
//!
//! - **Nodes.** Every pod finds an empty node of its own at once, so none is ever unschedulable.

use super::behaviour::Behaviours;
use super::cluster::Cluster;
use super::kubelet;
use super::out::{Event, Out};
use super::pod::{PodId, Stage};
use super::time::SimTime;

/// Binds every pod that has no node yet, in order of creation. Pods before `first` have been seen;
/// returns where to begin the next time.
pub fn schedule_pods(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    first: PodId,
    now: SimTime,
    out: &mut Out,
) -> PodId {
    let end = PodId(cluster.pods.len() as u32);
    for pod in (first.0..end.0).map(PodId) {
        if cluster.pod(pod).stage == Stage::Unscheduled {
            out.event(Event::Scheduled(pod));
            kubelet::bound(cluster, behaviours, pod, now, out);
        }
    }
    end
}
