//! Facts as numbers, for the journal.
//!
//! A fact is a kind and a few numbers. The facts that a status was written carry the status itself, which
//! the simulator's facts don't.

use crate::sim::cluster::{DeploymentId, Objects, ReplicaSet, ReplicaSetId, ReplicaSetStatus, StatusCounts};
use crate::sim::facts::Happened;
use crate::sim::out::{Event, ExceededQuota, Fact};
use crate::sim::pod::{PodId, Stage, Unschedulable};
use crate::sim::rule::Rule;

use super::journal::State;

/// The most numbers that a fact has.
pub const MOST: usize = 8;

/// How many kinds there are.
pub const KINDS: usize = 41;

/// What is said in words, and kept in a list beside the journal.
pub const SAID: u8 = 0;
const CREATED: u8 = 1;
const SCALING: u8 = 2;
const CREATE: u8 = 3;
/// The first of four kinds, by where the pod was.
const DELETE: u8 = 4;
const FAILED_CREATE: u8 = 8;
const SCHEDULED: u8 = 9;
const FAILED_SCHEDULING: u8 = 10;
const STARTED: u8 = 11;
const UNHEALTHY: u8 = 12;
const BACK_OFF: u8 = 13;
const PULL_FAILED: u8 = 14;
const PULL_BACK_OFF: u8 = 15;
/// The first of four kinds, by where the pod was.
const BY_HAND: u8 = 16;
const READY: u8 = 20;
const GONE: u8 = 21;
const SET_UPDATED: u8 = 22;
const SET_DELETED: u8 = 23;
/// The status of a ReplicaSet was written.
pub const SET_STATUS: u8 = 24;
/// The status of a Deployment was written.
pub const STATUS: u8 = 25;
/// The first of the kinds of rules.
const RULE: u8 = 26;
/// A ReplicaSet creates or deletes pods.
pub const MANAGES: u8 = 38;
/// The status of a ReplicaSet was written: what was known of its pods before.
const SET_COUNTED: u8 = 39;
/// The status of a Deployment was written: the sums of its ReplicaSets, and its updated pods.
const SUMMED: u8 = 40;

/// How many numbers the facts of each kind have.
const LENGTHS: [u8; KINDS] = [
    0, 1, 3, 1, 1, 1, 1, 1, 3, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 8, // facts
    1, 6, 5, 6, 4, 2, 2, 3, 1, 3, 2, 7, 3, // rules
    1, 2, // statuses that follow
];

/// The numbers of a fact; those that its kind does not have are 0.
pub type Numbers = [i32; MOST];

/// Whether the second number of a kind is a size, and the third another that it becomes.
pub fn resizes(kind: u8) -> bool {
    kind == SCALING || (RULE + 1..=RULE + 3).contains(&kind)
}

/// Whether pods to which something of this kind happens mostly come one after the other, by number.
pub fn come_in_order(kind: u8) -> bool {
    kind != FAILED_CREATE && (CREATE..=SCHEDULED).contains(&kind)
}

/// How many numbers the facts of a kind have.
pub fn length(kind: u8) -> usize {
    usize::from(LENGTHS[usize::from(kind)])
}

/// The kind of a fact that is more than a pod.
pub fn kind(fact: &Fact) -> u8 {
    match fact {
        Fact::Created(_) => CREATED,
        Fact::Rule(rule) => RULE + rule_kind(rule),
        Fact::ReplicaSetUpdated(_) => SET_UPDATED,
        Fact::ReplicaSetDeleted(_) => SET_DELETED,
        Fact::ReplicaSetStatus(_) => SET_STATUS,
        Fact::DeploymentStatus(_) => STATUS,
        Fact::Event(Event::ScalingReplicaSet { .. }) => SCALING,
        Fact::Event(Event::FailedCreate(..)) => FAILED_CREATE,
        Fact::Event(Event::FailedScheduling(..)) => FAILED_SCHEDULING,
        _ => SAID,
    }
}

/// The kind of a fact about a pod.
pub fn kind_of_pods(what: Happened) -> u8 {
    match what {
        Happened::Created => CREATE,
        Happened::Deleted(was) => DELETE + was as u8,
        Happened::DeletedByHand(was) => BY_HAND + was as u8,
        Happened::Scheduled => SCHEDULED,
        Happened::Started => STARTED,
        Happened::Ready => READY,
        Happened::Unhealthy => UNHEALTHY,
        Happened::BackOff => BACK_OFF,
        Happened::PullFailed => PULL_FAILED,
        Happened::PullBackOff => PULL_BACK_OFF,
        Happened::Gone => GONE,
    }
}

/// What happened to a pod, by its kind; `None` if facts of that kind tell more.
pub fn happened(kind: u8) -> Option<Happened> {
    Some(match kind {
        FAILED_CREATE | FAILED_SCHEDULING => return None,
        CREATE => Happened::Created,
        DELETE..FAILED_CREATE => Happened::Deleted(stage(kind - DELETE)),
        BY_HAND..READY => Happened::DeletedByHand(stage(kind - BY_HAND)),
        SCHEDULED => Happened::Scheduled,
        STARTED => Happened::Started,
        READY => Happened::Ready,
        UNHEALTHY => Happened::Unhealthy,
        BACK_OFF => Happened::BackOff,
        PULL_FAILED => Happened::PullFailed,
        PULL_BACK_OFF => Happened::PullBackOff,
        GONE => Happened::Gone,
        _ => return None,
    })
}

/// The numbers of a fact that is more than a pod and was not said in words.
pub fn numbers(fact: &Fact, objects: &Objects) -> Numbers {
    match *fact {
        Fact::Created(id) => filled(&[id.0 as i32]),
        Fact::Rule(ref rule) => rule_numbers(rule),
        Fact::ReplicaSetUpdated(id) | Fact::ReplicaSetDeleted(id) => filled(&[id.0 as i32]),
        Fact::ReplicaSetStatus(id) => {
            let [replicas, ready, available, terminating] = set_numbers(&objects.replica_set(id).status);
            filled(&[id.0 as i32, replicas, ready, available, terminating])
        }
        Fact::DeploymentStatus(id) => {
            let [a, b, c, d, e, f, g] = status_numbers(&objects.deployment(id).status);
            [id.0 as i32, a, b, c, d, e, f, g]
        }
        Fact::Event(Event::ScalingReplicaSet { replica_set, from, to }) => {
            filled(&[replica_set.0 as i32, from, to])
        }
        Fact::Event(Event::FailedCreate(id, ExceededQuota { used, limited })) => {
            filled(&[id.0 as i32, used as i32, limited as i32])
        }
        Fact::Event(Event::FailedScheduling(pod, Unschedulable { cordoned, full })) => {
            filled(&[pod.0 as i32, cordoned as i32, full as i32])
        }
        _ => [0; MOST],
    }
}

fn filled(numbers: &[i32]) -> Numbers {
    let mut all = [0; MOST];
    all[..numbers.len()].copy_from_slice(numbers);
    all
}

/// No ceiling in the annotations of a ReplicaSet.
const NO_BASE: i32 = i32::MIN;

fn rule_kind(rule: &Rule) -> u8 {
    match rule {
        Rule::GetNewReplicaSet { .. } => 0,
        Rule::NewRsNewReplicas { .. } => 1,
        Rule::CleanupUnhealthyReplicas { .. } => 2,
        Rule::ScaleDownOldReplicaSets { .. } => 3,
        Rule::OldReplicasMustStay { .. } => 4,
        Rule::ScaleDownForRecreate { .. } => 5,
        Rule::OldPodsRunning { .. } => 6,
        Rule::ScaleUpForRecreate { .. } => 7,
        Rule::Paused { .. } => 8,
        Rule::ScaleActiveOrLatest { .. } => 9,
        Rule::ScaleDownWhenSaturated { .. } => 10,
        Rule::ScaleProportionally { .. } => 11,
        Rule::ManageReplicas { .. } => MANAGES - RULE,
    }
}

fn rule_numbers(rule: &Rule) -> Numbers {
    match *rule {
        Rule::GetNewReplicaSet { replica_set } => filled(&[replica_set.0 as i32]),
        Rule::NewRsNewReplicas { replica_set, from, to, replicas, max_surge, old } => {
            filled(&[replica_set.0 as i32, from, to, replicas, max_surge, old])
        }
        Rule::CleanupUnhealthyReplicas { replica_set, from, to, available, max_cleanup } => {
            filled(&[replica_set.0 as i32, from, to, available, max_cleanup])
        }
        Rule::ScaleDownOldReplicaSets { replica_set, from, to, available, min_available, taken } => {
            filled(&[replica_set.0 as i32, from, to, available, min_available, taken])
        }
        Rule::OldReplicasMustStay { deployment, all, min_available, new_unavailable } => {
            filled(&[deployment.0 as i32, all, min_available, new_unavailable])
        }
        Rule::OldPodsRunning { deployment, pods } => filled(&[deployment.0 as i32, pods]),
        Rule::ScaleDownForRecreate { replica_set, from }
        | Rule::ScaleDownWhenSaturated { replica_set, from } => filled(&[replica_set.0 as i32, from]),
        Rule::ScaleUpForRecreate { replica_set, from, to }
        | Rule::ScaleActiveOrLatest { replica_set, from, to } => filled(&[replica_set.0 as i32, from, to]),
        Rule::Paused { deployment } => filled(&[deployment.0 as i32]),
        Rule::ScaleProportionally { replica_set, from, to, allowed, base, to_add, leftover } => {
            filled(&[replica_set.0 as i32, from, to, allowed, base.unwrap_or(NO_BASE), to_add, leftover])
        }
        Rule::ManageReplicas { replica_set, replicas, active } => {
            filled(&[replica_set.0 as i32, replicas, active])
        }
    }
}

/// The fact that was packed, unless it was said in words.
pub fn unpack(kind: u8, numbers: &Numbers) -> Option<Fact> {
    let [a, b, c, ..] = *numbers;
    if let Some(what) = happened(kind) {
        return Some(what.to(PodId(a as u32)));
    }
    let set = ReplicaSetId(a as u32);
    Some(match kind {
        CREATED => Fact::Created(DeploymentId(a as u32)),
        SET_UPDATED => Fact::ReplicaSetUpdated(set),
        SET_DELETED => Fact::ReplicaSetDeleted(set),
        SET_STATUS | SET_COUNTED => Fact::ReplicaSetStatus(set),
        STATUS | SUMMED => Fact::DeploymentStatus(DeploymentId(a as u32)),
        SCALING => Fact::Event(Event::ScalingReplicaSet { replica_set: set, from: b, to: c }),
        FAILED_CREATE => {
            Fact::Event(Event::FailedCreate(set, ExceededQuota { used: b as u32, limited: c as u32 }))
        }
        FAILED_SCHEDULING => {
            let unschedulable = Unschedulable { cordoned: b as u32, full: c as u32 };
            Fact::Event(Event::FailedScheduling(PodId(a as u32), unschedulable))
        }
        RULE.. => Fact::Rule(unpack_rule(kind - RULE, numbers)),
        _ => return None,
    })
}

fn stage(number: u8) -> Stage {
    Stage::ALL[usize::from(number)]
}

fn unpack_rule(number: u8, numbers: &Numbers) -> Rule {
    let [id, b, c, d, e, f, g, _] = *numbers;
    let (replica_set, deployment) = (ReplicaSetId(id as u32), DeploymentId(id as u32));
    match number {
        0 => Rule::GetNewReplicaSet { replica_set },
        1 => Rule::NewRsNewReplicas { replica_set, from: b, to: c, replicas: d, max_surge: e, old: f },
        2 => Rule::CleanupUnhealthyReplicas { replica_set, from: b, to: c, available: d, max_cleanup: e },
        3 => Rule::ScaleDownOldReplicaSets {
            replica_set,
            from: b,
            to: c,
            available: d,
            min_available: e,
            taken: f,
        },
        4 => Rule::OldReplicasMustStay { deployment, all: b, min_available: c, new_unavailable: d },
        5 => Rule::ScaleDownForRecreate { replica_set, from: b },
        6 => Rule::OldPodsRunning { deployment, pods: b },
        7 => Rule::ScaleUpForRecreate { replica_set, from: b, to: c },
        8 => Rule::Paused { deployment },
        9 => Rule::ScaleActiveOrLatest { replica_set, from: b, to: c },
        10 => Rule::ScaleDownWhenSaturated { replica_set, from: b },
        11 => Rule::ScaleProportionally {
            replica_set,
            from: b,
            to: c,
            allowed: d,
            base: (e != NO_BASE).then_some(e),
            to_add: f,
            leftover: g,
        },
        _ => Rule::ManageReplicas { replica_set, replicas: b, active: c },
    }
}

/// A status that follows from what is known before it needs no numbers of its own.
pub fn shortened(kind: u8, numbers: Numbers, state: &State) -> (u8, Numbers) {
    let [id, ref rest @ ..] = numbers;
    match kind {
        SET_STATUS if counted(id, state).is_some_and(|counted| rest.starts_with(&counted)) => {
            (SET_COUNTED, filled(&[id]))
        }
        STATUS if summed(id, rest[2], state).is_some_and(|summed| *rest == summed) => {
            (SUMMED, filled(&[id, rest[2]]))
        }
        _ => (kind, numbers),
    }
}

/// A ReplicaSet's status if it is about the pods that are known; where pods are ready that are not available,
/// it is another one.
fn counted(id: i32, state: &State) -> Option<[i32; 4]> {
    let tally = state.tallies.get(id as usize)?;
    Some([tally.active(), tally.available, tally.available, tally.terminating])
}

/// A Deployment's status if it is about the statuses of ReplicaSets that are known.
fn summed(id: i32, updated: i32, State { objects, .. }: &State) -> Option<[i32; 7]> {
    let deployment = objects.deployments.get(id as usize)?;
    let (mut asked, mut sums) = (0_i32, ReplicaSetStatus::default());
    for id in &*deployment.replica_sets {
        let ReplicaSet { replicas, status, .. } = objects.replica_set(*id);
        asked = asked.wrapping_add(*replicas);
        sums.add(status);
    }
    let [replicas, ready, available, terminating] = set_numbers(&sums);
    let unavailable = asked.wrapping_sub(available).max(0);
    Some([deployment.generation as i32, replicas, updated, ready, available, unavailable, terminating])
}

/// Does to the objects what a fact tells of: sizes and statuses. What is not there yet comes with a
/// snapshot at the end of the same step.
pub fn apply(kind: u8, numbers: &Numbers, state: &mut State) {
    let [id, rest @ ..] = *numbers;
    let counted = match kind {
        SET_COUNTED => counted(id, state),
        SET_STATUS => rest.first_chunk().copied(),
        _ => None,
    };
    let summed = match kind {
        SUMMED => summed(id, rest[0], state),
        STATUS => Some(rest),
        _ => None,
    };
    let objects = &mut state.objects;
    if let Some(numbers) = summed {
        set_numbers_of(&mut objects.deployment_mut(DeploymentId(id as u32)).status, numbers);
    }
    let Some(set) = objects.replica_sets.get_mut(id as usize) else { return };
    if let Some(numbers) = counted {
        set.status = set_status(numbers);
    }
    if kind == SCALING {
        set.replicas = rest[1];
    }
}

/// The numbers of a ReplicaSet's status.
pub fn set_numbers(status: &ReplicaSetStatus) -> [i32; 4] {
    let ReplicaSetStatus { replicas, ready_replicas, available_replicas, terminating_replicas } = *status;
    [replicas, ready_replicas, available_replicas, terminating_replicas]
}

/// The status of a ReplicaSet with these numbers.
pub fn set_status(numbers: [i32; 4]) -> ReplicaSetStatus {
    let [replicas, ready_replicas, available_replicas, terminating_replicas] = numbers;
    ReplicaSetStatus { replicas, ready_replicas, available_replicas, terminating_replicas }
}

/// The numbers of a Deployment's status. Its observed generation fits, as every change of it takes a
/// command.
pub fn status_numbers(status: &StatusCounts) -> [i32; 7] {
    [
        status.observed_generation as i32,
        status.replicas,
        status.updated_replicas,
        status.ready_replicas,
        status.available_replicas,
        status.unavailable_replicas,
        status.terminating_replicas,
    ]
}

/// Puts these numbers into a Deployment's status.
pub fn set_numbers_of(status: &mut StatusCounts, numbers: [i32; 7]) {
    let [observed, replicas, updated, ready, available, unavailable, terminating] = numbers;
    status.observed_generation = observed.into();
    status.replicas = replicas;
    status.updated_replicas = updated;
    status.ready_replicas = ready;
    status.available_replicas = available;
    status.unavailable_replicas = unavailable;
    status.terminating_replicas = terminating;
}
