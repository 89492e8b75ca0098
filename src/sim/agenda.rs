//! Work that falls due later, and who is waiting to be synced now.

use std::collections::{BTreeMap, VecDeque};

use super::cluster::{DeploymentId, ReplicaSetId};
use super::pod::PodId;
use super::time::SimTime;

/// Something that falls due at a given time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// The container of a bound pod runs.
    Started(PodId),
    /// The readiness probe of a running pod succeeds.
    Ready(PodId),
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
    due: BTreeMap<(SimTime, u64), Work>,
    seq: u64,
    /// When each Deployment wakes. A workqueue holds a key once, with its earliest time.
    /// `client-go/util/workqueue/delaying_queue.go insert`.
    deployment_wakes: BTreeMap<DeploymentId, (SimTime, u64)>,
}

impl Agenda {
    /// Puts down work for `at`.
    pub fn add(&mut self, at: SimTime, work: Work) {
        if let Work::SyncDeployment(id) = work {
            match self.deployment_wakes.get(&id) {
                Some(wake) if wake.0 <= at => return,
                Some(wake) => drop(self.due.remove(wake)),
                None => {}
            }
            self.deployment_wakes.insert(id, (at, self.seq));
        }
        self.due.insert((at, self.seq), work);
        self.seq += 1;
    }

    /// When the next work falls due.
    pub fn next_at(&self) -> Option<SimTime> {
        self.due.first_key_value().map(|((at, _), _)| *at)
    }

    /// Takes the first work that is due at `now`.
    pub fn pop_due(&mut self, now: SimTime) -> Option<Work> {
        let work = self.peek_due(now)?;
        self.due.pop_first();
        if let Work::SyncDeployment(id) = work {
            self.deployment_wakes.remove(&id);
        }
        Some(work)
    }

    /// Looks at the first work that is due at `now`.
    pub fn peek_due(&self, now: SimTime) -> Option<Work> {
        let ((at, _), work) = self.due.first_key_value()?;
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
