//! For the chart: how many pods of each ReplicaSet were where, instant by instant.

use std::ops::Deref;

use crate::sim::Sim;
use crate::sim::cluster::{Cluster, Deployment, DeploymentId, ReplicaSetId};
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
        let pods = cluster.pods.counts(id);
        let available = pods.available(cluster.replica_set(id).min_ready_seconds, now);
        Self {
            available: available as i32,
            starting: (pods.active() - available) as i32,
            terminating: pods.terminating() as i32,
        }
    }

    /// Pods that count: all but the terminating ones.
    pub fn active(&self) -> i32 {
        self.available + self.starting
    }
}

/// The pods of every ReplicaSet, by [`ReplicaSetId`]: a few without a place of their own in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sets {
    /// So many of these.
    Few(usize, [Tally; 4]),
    /// More than that.
    Many(Box<[Tally]>),
}

impl From<&[Tally]> for Sets {
    fn from(tallies: &[Tally]) -> Self {
        let mut few = [Tally::default(); 4];
        match few.get_mut(..tallies.len()) {
            Some(place) => place.copy_from_slice(tallies),
            None => return Self::Many(Box::from(tallies)),
        }
        Self::Few(tallies.len(), few)
    }
}

impl Deref for Sets {
    type Target = [Tally];

    fn deref(&self) -> &[Tally] {
        match self {
            Self::Few(count, tallies) => &tallies[..*count],
            Self::Many(tallies) => tallies,
        }
    }
}

/// One instant of the chart, or several that are too close to each other to be told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// When; of several instants, the last.
    pub at: SimTime,
    /// The pods of every ReplicaSet, as things stood in the end.
    pub sets: Sets,
    /// The fewest pods that were available together at any step.
    pub least_available: i32,
    /// The most pods that counted at any step.
    pub most_active: i32,
    /// `spec.replicas`.
    pub wanted: i32,
    /// The ceiling.
    pub ceiling: i32,
    /// The floor.
    pub floor: i32,
}

/// A sample for every instant in which anything happened; where there are very many, for every few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    samples: Vec<Sample>,
    /// So many instants make a sample.
    stride: u32,
    /// So many of them the last sample has.
    instants: u32,
}

/// The most samples, even so that they can be halved: there are no more columns on a screen.
const MOST: usize = 4096;

impl Default for Series {
    fn default() -> Self {
        Self { samples: Vec::new(), stride: 1, instants: 0 }
    }
}

impl Series {
    /// Takes note of how things stand after a step. Says how many pods are available, and how many are to be.
    pub fn record(&mut self, sim: &Sim, deployment: DeploymentId, tallies: &[Tally]) -> (i32, i32) {
        let (at, deployment) = (sim.now(), sim.cluster.deployment(deployment));
        let Deployment { budget, .. } = deployment;
        let sample = Sample {
            at,
            sets: Sets::from(tallies),
            least_available: tallies.iter().map(|tally| tally.available).sum(),
            most_active: tallies.iter().map(Tally::active).sum(),
            wanted: deployment.wanted(),
            ceiling: budget.max_total_pods,
            floor: budget.min_available,
        };
        let now = (sample.least_available, sample.floor);
        let is_same = self.samples.last().is_some_and(|last| last.at == at);
        match self.samples.last_mut().filter(|_| is_same || self.instants < self.stride) {
            Some(last) => *last = sample.after(last),
            None => {
                self.instants = 0;
                self.samples.push(sample);
            }
        }
        self.instants += u32::from(!is_same);
        // Nobody can tell yet whether the last instant is over.
        if self.samples.len() > MOST {
            self.halve();
        }
        now
    }

    /// Makes one sample of every two, but for the last.
    fn halve(&mut self) {
        let Some(last) = self.samples.pop() else { return };
        for index in 0..self.samples.len() / 2 {
            let later = self.samples[2 * index + 1].clone();
            self.samples[index] = later.after(&self.samples[2 * index]);
        }
        self.samples.truncate(MOST / 2);
        self.samples.push(last);
        self.stride *= 2;
    }

    /// All samples, earliest first.
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// Bytes in use.
    pub fn footprint(&self) -> usize {
        size_of::<Sample>() * self.samples.len()
    }

    /// Room for a run with so many pods.
    pub fn reserve(&mut self, pods: usize) {
        self.samples.reserve(pods.min(MOST + 1));
    }
}

impl Sample {
    /// The later of two, with the extremes of both.
    fn after(self, earlier: &Self) -> Self {
        Self {
            least_available: self.least_available.min(earlier.least_available),
            most_active: self.most_active.max(earlier.most_active),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::scenario::Scenario;

    #[test]
    fn samples_are_thinned_and_keep_extremes() {
        let (mut sim, _) = Sim::new(&Scenario::article()).unwrap();
        let mut series = Series::default();
        for instant in 0..100_000_u64 {
            sim.wait_until(SimTime::from_millis(instant));
            let tally = |available| [Tally { available, ..Tally::default() }];
            let dip = if instant == 77_777 { 3 } else { 8 };
            series.record(&sim, DeploymentId(0), &tally(dip));
            series.record(&sim, DeploymentId(0), &tally(8));
        }
        let samples = series.samples();
        assert!((MOST / 2..=MOST + 1).contains(&samples.len()), "{}", samples.len());
        assert_eq!(samples.iter().filter(|sample| sample.least_available == 3).count(), 1);
        assert_eq!(samples.last().unwrap().at, SimTime::from_millis(99_999));
        assert!(samples.is_sorted_by_key(|sample| sample.at));
    }
}
