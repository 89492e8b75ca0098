//! Pods, and how they go through life.

use std::fmt;

use super::backoff::BackoffEntry;
use super::cluster::ReplicaSetId;
use super::node::NodeId;
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
    /// Phase Pending, bound to a node; the container has never run yet.
    Pending,
    /// Phase Running, condition Ready False. The container may have crashed and wait to run again.
    Running,
    /// Phase Running, condition Ready True.
    Ready,
    /// Has a deletion timestamp; counts no longer, but still holds its place on the node.
    Terminating,
    /// The object no longer exists.
    Gone,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Self; 6] =
        [Self::Unscheduled, Self::Pending, Self::Running, Self::Ready, Self::Terminating, Self::Gone];
}

/// Why a container does not run: `state.waiting.reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// The image could not be pulled.
    ErrImagePull,
    /// The image could not be pulled; the kubelet will try again later.
    ImagePullBackOff,
    /// The container has exited; the kubelet will start it again later.
    CrashLoopBackOff,
}

/// Why the scheduler finds no node for a pod: how many nodes refuse it for which reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unschedulable {
    /// Cordoned nodes.
    pub cordoned: u32,
    /// Nodes without a free slot.
    pub full: u32,
}

/// A pod as the controllers know it. Pods stay in the table when they are gone. Times are kept as the API
/// stores them, in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pod {
    /// Who owns it.
    pub replica_set: ReplicaSetId,
    /// Which batch of its ReplicaSet it came with, from 0.
    pub batch: u32,
    pub(super) created: u32,
    /// The last second at which it became ready, or [`NEVER`].
    pub(super) ready: u32,
    pub(super) node: u32,
    /// How often its container was started again.
    pub restarts: u16,
    /// Where it is now.
    pub stage: Stage,
    /// Why its container does not run, if something went wrong.
    pub waiting: Option<Waiting>,
}

/// Stands for a number that is not there.
pub(super) const NEVER: u32 = u32::MAX;

/// What only pods have that something went wrong with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    /// Why it has no node; `None` while the scheduler has not looked, or has found one.
    pub unschedulable: Option<Unschedulable>,
    /// How long its container waits when it crashes.
    pub backoff: Option<BackoffEntry>,
}

impl PodId {
    /// `metadata.uid`. UIDs are random in a cluster; here they rise with creation.
    pub fn uid(self) -> String {
        format!("00000000-0000-4000-8000-{:012x}", self.0)
    }
}

/// Whole seconds; a scenario is over before they no longer fit.
pub(super) fn seconds(at: SimTime) -> u32 {
    at.secs().min(u64::from(NEVER - 1)) as u32
}

/// The message of the condition PodScheduled.
/// `pkg/scheduler/framework/types.go FitError.Error`, `plugins/defaultpreemption`.
impl fmt::Display for Unschedulable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cordoned, full } = *self;
        let nodes = cordoned + full;
        if nodes == 0 {
            return f.write_str("no nodes available to schedule pods");
        }
        let reasons = counted([(cordoned, "node(s) were unschedulable"), (full, "Too many pods")]);
        let preemption = counted([
            (full, "No preemption victims found for incoming pod"),
            (cordoned, "Preemption is not helpful for scheduling"),
        ]);
        write!(
            f,
            "0/{nodes} nodes are available: {reasons}. no new claims to deallocate, \
             preemption: 0/{nodes} nodes are available: {preemption}."
        )
    }
}

/// Reasons with the number of nodes each is given for, sorted as text.
fn counted(reasons: [(u32, &str); 2]) -> String {
    let [a, b] = reasons.map(|(count, reason)| (count, format!("{count} {reason}")));
    match (a.0, b.0) {
        (_, 0) => a.1,
        (0, _) => b.1,
        _ if a.1 < b.1 => format!("{}, {}", a.1, b.1),
        _ => format!("{}, {}", b.1, a.1),
    }
}

impl Waiting {
    /// As it stands in the API object.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ErrImagePull => "ErrImagePull",
            Self::ImagePullBackOff => "ImagePullBackOff",
            Self::CrashLoopBackOff => "CrashLoopBackOff",
        }
    }
}

impl Pod {
    /// A pod that has just been created.
    pub fn new(replica_set: ReplicaSetId, batch: u32, now: SimTime) -> Self {
        Self {
            replica_set,
            batch,
            created: seconds(now),
            ready: NEVER,
            node: NEVER,
            restarts: 0,
            stage: Stage::Unscheduled,
            waiting: None,
        }
    }

    /// The same pod in another stage.
    pub fn at(self, stage: Stage) -> Self {
        Self { stage, ..self }
    }

    /// The same pod, bound to a node or to none.
    pub fn on(self, node: Option<NodeId>) -> Self {
        Self { node: node.map_or(NEVER, |node| node.0), ..self }
    }

    /// The same pod, which became ready at that time.
    pub fn ready_since(self, ready: Option<SimTime>) -> Self {
        Self { ready: ready.map_or(NEVER, seconds), ..self }
    }

    /// `metadata.creationTimestamp`.
    pub fn created(&self) -> SimTime {
        SimTime::from_secs(u64::from(self.created))
    }

    /// Since when it is ready, as the API stores it; `None` while it is not. What is being deleted keeps it.
    pub fn ready(&self) -> Option<SimTime> {
        (self.ready != NEVER).then(|| SimTime::from_secs(u64::from(self.ready)))
    }

    /// Where it runs, once it has been bound.
    pub fn node(&self) -> Option<NodeId> {
        (self.node != NEVER).then_some(NodeId(self.node))
    }

    /// Neither terminating nor gone. `controller_utils.go IsPodActive`.
    pub fn is_active(&self) -> bool {
        self.stage < Stage::Terminating
    }

    /// Ready for at least `min_ready_seconds`. `pkg/api/v1/pod/util.go IsPodAvailable`.
    pub fn is_available(&self, min_ready_seconds: i32, now: SimTime) -> bool {
        let ready_for_long = || self.available_at(min_ready_seconds).is_some_and(|at| at <= now);
        self.stage == Stage::Ready && (min_ready_seconds <= 0 || ready_for_long())
    }

    /// In how long a ready pod becomes available; `None` if it need not be waited for.
    /// `controller_utils.go nextPodAvailabilityCheck`.
    pub fn next_availability_check(&self, min_ready_seconds: i32, now: SimTime) -> Option<SimDuration> {
        if self.stage != Stage::Ready || min_ready_seconds <= 0 {
            return None;
        }
        let at = self.available_at(min_ready_seconds)?;
        (now < at).then(|| at.since(now))
    }

    fn available_at(&self, min_ready_seconds: i32) -> Option<SimTime> {
        Some(self.ready()? + SimDuration::from_secs(min_ready_seconds.max(0) as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheduler_counts_nodes_by_reason() {
        let message = |cordoned, full| Unschedulable { cordoned, full }.to_string();
        assert_eq!(message(0, 0), "no nodes available to schedule pods");
        assert_eq!(
            message(0, 3),
            "0/3 nodes are available: 3 Too many pods. no new claims to deallocate, preemption: \
             0/3 nodes are available: 3 No preemption victims found for incoming pod."
        );
        assert_eq!(
            message(2, 1),
            "0/3 nodes are available: 1 Too many pods, 2 node(s) were unschedulable. no new claims to \
             deallocate, preemption: 0/3 nodes are available: 1 No preemption victims found for incoming \
             pod, 2 Preemption is not helpful for scheduling."
        );
    }
}
