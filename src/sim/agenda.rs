//! Work that falls due later, and who is waiting to be synced now.

use std::collections::VecDeque;

use super::cluster::{DeploymentId, ReplicaSetId};
use super::pod::PodId;
use super::time::SimTime;

/// Something that falls due at a given time. A number beside a pod is that of its container's run,
/// from 0: what was put down for an earlier run comes to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// The image of a bound pod could not be pulled.
    PullFailed(PodId),
    /// The kubelet waits before it tries to pull again.
    PullBackOff(PodId),
    /// The container of a bound pod runs.
    Started(PodId),
    /// The container of a pod that has crashed runs again.
    Restarted(PodId),
    /// The readiness probe of a running pod succeeds.
    Ready(PodId, u32),
    /// The readiness probe of a ready pod fails.
    Unready(PodId, u32),
    /// The container of a pod exits with an error.
    Crashed(PodId, u32),
    /// A terminating pod is gone.
    Gone(PodId),
    /// A ReplicaSet is looked at again, since a ready pod becomes available.
    SyncReplicaSet(ReplicaSetId),
    /// A Deployment is looked at again, since its progress deadline passes.
    SyncDeployment(DeploymentId),
}

/// Work that falls due later, ordered by time and then by when it was put down.
///
/// Work is never taken back: who does it looks first whether it still makes sense.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agenda {
    /// Sorted by time. Most work is put down for later than all that is there.
    due: VecDeque<(SimTime, Work)>,
}

impl Agenda {
    /// Puts down work for `at`.
    ///
    /// A workqueue holds a key once, with its earliest time: waking a Deployment that will be woken
    /// earlier does nothing. `client-go/util/workqueue/delaying_queue.go insert`.
    pub fn add(&mut self, at: SimTime, work: Work) {
        let is_wake = matches!(work, Work::SyncDeployment(_));
        if let Some(index) = self.due.iter().position(|(_, other)| is_wake && *other == work) {
            if self.due[index].0 <= at {
                return;
            }
            self.due.remove(index);
        }
        let index = self.due.partition_point(|(other, _)| *other <= at);
        self.due.insert(index, (at, work));
    }

    /// When the next work falls due.
    pub fn next_at(&self) -> Option<SimTime> {
        self.due.front().map(|(at, _)| *at)
    }

    /// Takes the first work that is due at `now`.
    pub fn pop_due(&mut self, now: SimTime) -> Option<Work> {
        self.peek_due(now)?;
        self.due.pop_front().map(|(_, work)| work)
    }

    /// Looks at the first work that is due at `now`.
    pub fn peek_due(&self, now: SimTime) -> Option<Work> {
        let (at, work) = self.due.front()?;
        (*at <= now).then_some(*work)
    }
}

/// Keys that wait to be synced: first in, first out, and each at most once, as in a workqueue.
#[derive(Clone, Debug, PartialEq)]
pub struct SyncQueue<K>(VecDeque<K>);

impl<K: Copy + PartialEq> SyncQueue<K> {
    /// Asks for a sync; asking again before it happens does nothing.
    pub fn add(&mut self, key: K) {
        if !self.0.contains(&key) {
            self.0.push_back(key);
        }
    }

    /// Who has waited longest.
    pub fn pop(&mut self) -> Option<K> {
        self.0.pop_front()
    }

    /// Whether nobody waits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K> Default for SyncQueue<K> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_in_order_of_time_and_then_of_asking() {
        let (pod, at) = (PodId, SimTime::from_secs);
        let mut agenda = Agenda::default();
        agenda.add(at(5), Work::Ready(pod(1), 0));
        agenda.add(at(2), Work::Started(pod(2)));
        agenda.add(at(5), Work::Gone(pod(3)));
        let done: Vec<_> = std::iter::from_fn(|| agenda.pop_due(at(9))).collect();
        assert_eq!(done, [Work::Started(pod(2)), Work::Ready(pod(1), 0), Work::Gone(pod(3))]);
    }

    #[test]
    fn a_deployment_is_woken_once_and_as_early_as_anyone_asked() {
        let wake = Work::SyncDeployment(DeploymentId(0));
        let mut agenda = Agenda::default();
        for secs in [600, 700, 30] {
            agenda.add(SimTime::from_secs(secs), wake);
        }
        assert_eq!(agenda.next_at(), Some(SimTime::from_secs(30)));
        assert_eq!(agenda.pop_due(SimTime::MAX), Some(wake));
        assert_eq!(agenda.pop_due(SimTime::MAX), None);
    }
}
