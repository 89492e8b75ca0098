//! What is worth leafing to in a run, and worth a mark in the chart.

use crate::sim::Sim;
use crate::sim::cluster::ReplicaSetId;
use crate::sim::conditions::{ConditionReason, ConditionType, condition};
use crate::sim::deployment::progress::{deployment_complete, has_progress_deadline};
use crate::sim::facts::{Happened, Run};
use crate::sim::out::{Actor, Event, Fact};
use crate::sim::rule::Rule;
use crate::sim::time::{SimDuration, SimTime};

use super::SHOWN;

/// The markers of a run: what *the next decision* leads to.
pub const MARKS: [Kind; 2] = [Kind::Command, Kind::Decision];

/// What a landmark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A user gave a command.
    Command,
    /// A controller scaled something.
    Decision,
    /// Pods are created, or come to be available: the first step of either kind for at least a second,
    /// so that pods that come one shortly after the other are one batch.
    Batch,
    /// Containers exited.
    Crash,
    /// Images could not be pulled.
    PullFailed,
    /// Readiness probes fail.
    Unhealthy,
    /// Pods found no node.
    FailedScheduling,
    /// Pods could not be created.
    FailedCreate,
    /// Fewer pods are available than the floor, which had been reached before.
    FloorBroken,
    /// The progress deadline has passed.
    Deadline,
    /// The rollout, or whatever else the last command asked for, is complete.
    Complete,
}

/// All that goes wrong with pods.
pub const FAILURES: [Kind; 5] =
    [Kind::Crash, Kind::PullFailed, Kind::Unhealthy, Kind::FailedScheduling, Kind::FailedCreate];

const KINDS: usize = Kind::Complete as usize + 1;

/// Steps that are closer together are one batch.
const TOGETHER: SimDuration = SimDuration::from_secs(1);

/// More failures of a kind than this are not told apart in a chart.
const MOST_FAILURES: usize = 2000;

/// The landmarks of a run, by the numbers of their steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Landmarks {
    kinds: [Vec<u32>; KINDS],
    /// From which step on which ReplicaSet has the Deployment's template.
    newest: Vec<(u32, ReplicaSetId)>,
    seen: Seen,
}

/// What is remembered from step to step.
#[derive(Clone, Debug, Default, PartialEq)]
struct Seen {
    available: i32,
    /// When pods were created, and came to be available, the last time.
    created: Option<SimTime>,
    served: Option<SimTime>,
    /// Whether what the last command asked for is not complete.
    asked: bool,
    reason: Option<ConditionReason>,
    floor: i32,
    /// Whether the floor has been reached since it rose last, and whether it is kept.
    reached: bool,
    kept: bool,
}

impl Landmarks {
    /// Room for a run with so many pods.
    pub fn reserve(&mut self, pods: usize) {
        for kind in [Kind::Decision, Kind::Batch] {
            self.kinds[kind as usize].reserve((pods / 8).min(1024));
        }
    }

    /// Somebody acts.
    pub fn begin_step(&mut self, step: u32, actor: Actor) {
        if actor == Actor::User {
            self.seen.asked = true;
            self.push(Kind::Command, step);
        }
    }

    /// Takes note of some facts of a step.
    pub fn record(&mut self, step: u32, run: Run<'_>, sim: &Sim) {
        match run {
            Run::Other(fact) => self.record_fact(step, sim, fact),
            Run::Pods(what, _) => self.record_pods(step, sim.now(), what),
        }
    }

    /// Takes note of how things stand after a step: how many pods are available, and how many are to be.
    pub fn watch(&mut self, step: u32, at: SimTime, (available, floor): (i32, i32)) {
        if self.seen.available < available && begins(&mut self.seen.served, at) {
            self.push(Kind::Batch, step);
        }
        self.seen.available = available;
        self.watch_floor(step, floor);
    }

    fn record_fact(&mut self, step: u32, sim: &Sim, fact: &Fact) {
        match fact {
            Fact::Rule(
                Rule::GetNewReplicaSet { replica_set }
                | Rule::NewRsNewReplicas { replica_set, .. }
                | Rule::ScaleUpForRecreate { replica_set, .. },
            ) => self.be_newest(step, *replica_set),
            Fact::DeploymentStatus(SHOWN) => self.record_status(step, sim),
            Fact::Event(Event::ScalingReplicaSet { .. }) => self.push(Kind::Decision, step),
            Fact::Event(Event::FailedScheduling(..)) => self.push(Kind::FailedScheduling, step),
            Fact::Event(Event::FailedCreate(..)) => self.push(Kind::FailedCreate, step),
            _ => {}
        }
    }

    fn record_pods(&mut self, step: u32, now: SimTime, what: Happened) {
        match what {
            Happened::Created => self.record_created(step, now),
            Happened::BackOff => self.push(Kind::Crash, step),
            Happened::PullFailed => self.push(Kind::PullFailed, step),
            Happened::Unhealthy => self.push(Kind::Unhealthy, step),
            _ => {}
        }
    }

    fn be_newest(&mut self, step: u32, id: ReplicaSetId) {
        if self.newest.last().is_none_or(|(_, last)| *last != id) {
            self.newest.push((step, id));
        }
    }

    fn record_created(&mut self, step: u32, now: SimTime) {
        if begins(&mut self.seen.created, now) {
            self.push(Kind::Batch, step);
        }
    }

    fn record_status(&mut self, step: u32, sim: &Sim) {
        use ConditionReason::{NewReplicaSetAvailable, ProgressDeadlineExceeded};
        let deployment = sim.cluster.deployment(SHOWN);
        let status = &deployment.status;
        let reason = condition(&status.conditions, ConditionType::Progressing).map(|found| found.reason);
        if reason == Some(ProgressDeadlineExceeded) && self.seen.reason != reason {
            self.push(Kind::Deadline, step);
        }
        self.seen.reason = reason;
        // Without a progress deadline there is no condition that says it.
        let is_told = reason == Some(NewReplicaSetAvailable) || !has_progress_deadline(&deployment.spec);
        let complete = is_told && deployment_complete(deployment, status);
        if self.seen.asked && complete {
            self.seen.asked = false;
            self.push(Kind::Complete, step);
        }
    }

    fn watch_floor(&mut self, step: u32, floor: i32) {
        let seen = &mut self.seen;
        let kept = floor <= seen.available;
        seen.reached &= floor <= seen.floor;
        let breaks = seen.reached && seen.kept && !kept;
        seen.reached |= kept;
        seen.kept = kept;
        seen.floor = floor;
        if breaks {
            self.push(Kind::FloorBroken, step);
        }
    }

    fn push(&mut self, kind: Kind, step: u32) {
        let all = &mut self.kinds[kind as usize];
        if all.last() == Some(&step) {
            return;
        }
        all.push(step);
        // Of failures every second goes, time and again; nobody leafs through them one by one.
        if FAILURES.contains(&kind) && MOST_FAILURES < all.len() {
            let mut keep = false;
            all.retain(|_| {
                keep = !keep;
                keep
            });
        }
    }

    /// The steps of all of a kind, in order.
    pub fn all(&self, kind: Kind) -> &[u32] {
        &self.kinds[kind as usize]
    }

    /// The last one of some kinds, up to and including a step.
    pub fn last(&self, kinds: &[Kind], step: usize) -> Option<usize> {
        let last = |kind: &Kind| {
            let all = self.all(*kind);
            all[..place_after(all, step)].last().copied()
        };
        kinds.iter().filter_map(last).max().map(|step| step as usize)
    }

    /// The first one of some kinds after a step.
    pub fn next(&self, kinds: &[Kind], step: usize) -> Option<usize> {
        let next = |kind: &Kind| {
            let all = self.all(*kind);
            all.get(place_after(all, step)).copied()
        };
        kinds.iter().filter_map(next).min().map(|step| step as usize)
    }

    /// The ReplicaSet that has the Deployment's template at a step.
    pub fn newest(&self, step: usize) -> Option<ReplicaSetId> {
        let since = self.newest.partition_point(|(since, _)| *since as usize <= step);
        self.newest[..since].last().map(|(_, id)| *id)
    }

    /// How many commands and decisions there are.
    pub fn marks(&self) -> usize {
        self.all(Kind::Command).len() + self.all(Kind::Decision).len()
    }

    /// Bytes in use.
    pub fn footprint(&self) -> usize {
        4 * self.kinds.iter().map(Vec::len).sum::<usize>() + 8 * self.newest.len()
    }
}

fn place_after(all: &[u32], step: usize) -> usize {
    all.partition_point(|other| *other as usize <= step)
}

/// Whether a batch begins now, or the last one goes on.
fn begins(last: &mut Option<SimTime>, now: SimTime) -> bool {
    last.replace(now).is_none_or(|last| TOGETHER <= now.since(last))
}
