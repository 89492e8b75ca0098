//! For the chart: how many pods of each ReplicaSet were where, instant by instant.

use crate::sim::Sim;
use crate::sim::cluster::{Cluster, DeploymentId, ReplicaSetId};
use crate::sim::deployment::fenceposts::{max_total_pods, min_available};
use crate::sim::pod::Stage;
use crate::sim::time::SimTime;

/// The pods of one ReplicaSet by what they are good for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ready for minReadySeconds.
    pub available: i32,
    /// On their way: created, not available yet.
    pub starting: i32,
    /// Leaving, so they count no longer.
    pub terminating: i32,
}

impl Tally {
    /// Counts the pods of a ReplicaSet at a moment.
    pub fn of(cluster: &Cluster, id: ReplicaSetId, now: SimTime) -> Self {
        let min_ready_seconds = cluster.replica_set(id).min_ready_seconds;
        let mut tally = Self::default();
        for (_, pod) in cluster.pods_of(id) {
            let count = match pod.stage {
                Stage::Terminating => &mut tally.terminating,
                _ if pod.is_available(min_ready_seconds, now) => &mut tally.available,
                _ => &mut tally.starting,
            };
            *count += 1;
        }
        tally
    }

    /// Pods that count: all but the terminating ones.
    pub fn active(&self) -> i32 {
        self.available + self.starting
    }
}

/// One instant of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// When.
    pub at: SimTime,
    /// Indexed by [`ReplicaSetId`], as things stood at the end of the instant.
    pub sets: Vec<Tally>,
    /// The fewest pods that were available together at any step of the instant.
    pub least_available: i32,
    /// The most pods that counted at any step of the instant.
    pub most_active: i32,
    /// `spec.replicas`.
    pub wanted: i32,
    /// The ceiling.
    pub ceiling: i32,
    /// The floor.
    pub floor: i32,
}

/// A sample for every instant in which anything happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series(Vec<Sample>);

impl Series {
    /// Takes note of how things stand after a step.
    pub fn record(&mut self, sim: &Sim, deployment: DeploymentId) {
        let (cluster, at) = (&sim.cluster, sim.now());
        let ids = (0..cluster.replica_sets.len() as u32).map(ReplicaSetId);
        let sets: Vec<_> = ids.map(|id| Tally::of(cluster, id, at)).collect();
        let spec = &cluster.deployment(deployment).spec;
        let mut sample = Sample {
            at,
            least_available: sets.iter().map(|tally| tally.available).sum(),
            most_active: sets.iter().map(Tally::active).sum(),
            sets,
            wanted: spec.replicas,
            ceiling: max_total_pods(spec),
            floor: min_available(spec),
        };
        if let Some(earlier) = self.0.pop_if(|last| last.at == at) {
            sample.least_available = sample.least_available.min(earlier.least_available);
            sample.most_active = sample.most_active.max(earlier.most_active);
        }
        self.0.push(sample);
    }

    /// Forgets every instant after `at`.
    pub fn truncate(&mut self, at: SimTime) {
        self.0.retain(|sample| sample.at <= at);
    }

    /// All samples, earliest first.
    pub fn samples(&self) -> &[Sample] {
        &self.0
    }
}
