//! Pods, and how they go through life.

use super::cluster::ReplicaSetId;
use super::time::{SimDuration, SimTime};

/// A pod, by order of creation. UIDs rise with creation here, so this is the UID too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PodId(pub u32);

/// Where a pod is on its way from Pending to gone: one line through phase, conditions and
/// deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Phase Pending, no node yet.
    Unscheduled,
    /// Phase Pending, bound to a node; the container does not run yet.
    Pending,
    /// Phase Running, condition Ready False.
    Running,
    /// Phase Running, condition Ready True.
    Ready,
    /// Has a deletion timestamp; counts no longer, but still holds its place on the node.
    Terminating,
    /// The object no longer exists.
    Gone,
}

/// A pod, and the moments of its life so far. Pods stay in the table when they are gone, since
/// the past is on screen too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pod {
    /// Who owns it.
    pub replica_set: ReplicaSetId,
    /// Which batch of its ReplicaSet it came with, from 0.
    pub batch: u32,
    /// Where it is now.
    pub stage: Stage,
    /// When it was created.
    pub created: SimTime,
    /// Since when its container runs.
    pub started: Option<SimTime>,
    /// Since when it is ready.
    pub ready: Option<SimTime>,
    /// When it was deleted.
    pub deleted: Option<SimTime>,
    /// When the object vanished.
    pub gone: Option<SimTime>,
}

impl Pod {
    /// A pod that has just been created.
    pub fn new(replica_set: ReplicaSetId, batch: u32, now: SimTime) -> Self {
        Self {
            replica_set,
            batch,
            stage: Stage::Unscheduled,
            created: now,
            started: None,
            ready: None,
            deleted: None,
            gone: None,
        }
    }

    /// Neither terminating nor gone. `controller_utils.go IsPodActive`.
    pub fn is_active(&self) -> bool {
        self.stage < Stage::Terminating
    }

    /// Ready for at least `min_ready_seconds`. `pkg/api/v1/pod/util.go IsPodAvailable`.
    pub fn is_available(&self, min_ready_seconds: i32, now: SimTime) -> bool {
        self.available_at(min_ready_seconds).is_some_and(|at| at <= now)
    }

    /// When a ready pod is, or will be, available; `None` while it is not ready.
    pub fn available_at(&self, min_ready_seconds: i32) -> Option<SimTime> {
        let ready = self.ready.filter(|_| self.stage == Stage::Ready)?;
        if min_ready_seconds == 0 {
            return Some(ready);
        }
        Some(ready.stored() + SimDuration::from_secs(min_ready_seconds.max(0) as u64))
    }
}
