//! What became of every pod, moment by moment: the past and the future of what is on screen.

use crate::sim::Sim;
use crate::sim::out::{Event, Fact, Step};
use crate::sim::pod::{PodId, Stage, Waiting};
use crate::sim::time::SimTime;

/// A pod came to another stage, or its container to wait for another reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: SimTime,
    /// Where it is from then on.
    pub stage: Stage,
    /// Why its container does not run, if something went wrong.
    pub waiting: Option<Waiting>,
}

/// The moments of every pod, with the step of each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lives(Vec<Vec<(usize, Moment)>>);

impl Lives {
    /// Takes note of what a step did to pods.
    pub fn record(&mut self, step: &Step, sim: &Sim) {
        for pod in step.facts.iter().filter_map(pod_of) {
            let now = sim.cluster.pod(pod);
            let moment = Moment { at: step.at, stage: now.stage, waiting: now.waiting };
            let index = pod.0 as usize;
            if self.0.len() <= index {
                self.0.resize_with(index + 1, Vec::new);
            }
            let last = self.0[index].last().map(|(_, last)| (last.stage, last.waiting));
            if last != Some((moment.stage, moment.waiting)) {
                self.0[index].push((sim.steps(), moment));
            }
        }
    }

    /// Forgets everything after a step.
    pub fn truncate(&mut self, steps: usize) {
        self.0.iter_mut().for_each(|life| life.retain(|(step, _)| *step <= steps));
        let existed = self.0.iter().rposition(|life| !life.is_empty()).map_or(0, |last| last + 1);
        self.0.truncate(existed);
    }

    /// The life of a pod; nothing of one that never was.
    pub fn of(&self, pod: PodId) -> impl DoubleEndedIterator<Item = Moment> {
        self.0.get(pod.0 as usize).into_iter().flatten().map(|(_, moment)| *moment)
    }

    /// What happens to a pod next, after `now`.
    pub fn next(&self, pod: PodId, now: SimTime) -> Option<Moment> {
        self.of(pod).find(|moment| now < moment.at)
    }
}

/// The pod that a fact is about.
fn pod_of(fact: &Fact) -> Option<PodId> {
    match *fact {
        Fact::PodDeleted { pod, .. } | Fact::PodReady(pod) | Fact::PodGone(pod) => Some(pod),
        Fact::Event(
            Event::SuccessfulCreate(pod)
            | Event::SuccessfulDelete { pod, .. }
            | Event::Scheduled(pod)
            | Event::FailedScheduling(pod, _)
            | Event::Started(pod)
            | Event::Unhealthy(pod)
            | Event::BackOff(pod)
            | Event::PullFailed(pod)
            | Event::PullBackOff(pod),
        ) => Some(pod),
        _ => None,
    }
}
