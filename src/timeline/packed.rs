//! Facts as numbers, for the journal.
//!
//! A fact is a kind and a few numbers. The facts that a status was written carry the status itself, which
//! the simulator's facts don't.

use crate::sim::cluster::{DeploymentId, DeploymentStatus, Objects, ReplicaSetId, ReplicaSetStatus};
use crate::sim::out::{Event, ExceededQuota, Fact};
use crate::sim::pod::{PodId, Stage, Unschedulable};
use crate::sim::rule::Rule;

/// The most numbers that a fact has.
pub const MOST: usize = 8;

/// How many kinds there are.
pub const KINDS: usize = 39;

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

/// How many numbers the facts of each kind have.
const LENGTHS: [u8; KINDS] = [
    0, 1, 3, 1, 1, 1, 1, 1, 3, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 8, // facts
    1, 6, 5, 6, 4, 2, 2, 3, 1, 3, 2, 7, 3, // rules
];

/// The numbers of a fact; those that its kind does not have are 0.
pub type Numbers = [i32; MOST];

/// How many numbers the facts of a kind have.
pub fn length(kind: u8) -> usize {
    usize::from(LENGTHS[usize::from(kind)])
}

/// A fact as numbers; what is said in words is only its kind.
#[inline]
pub fn pack(fact: &Fact, objects: &Objects) -> (u8, Numbers) {
    let (kind, numbers): (u8, &[i32]) = match *fact {
        Fact::Answered(..) | Fact::Refused(..) => (SAID, &[]),
        Fact::Created(id) => (CREATED, &[id.0 as i32]),
        Fact::Rule(ref rule) => return pack_rule(rule),
        Fact::Event(ref event) => return pack_event(event),
        Fact::PodDeleted { pod, was } => (BY_HAND + was as u8, &[pod.0 as i32]),
        Fact::PodReady(pod) => (READY, &[pod.0 as i32]),
        Fact::PodGone(pod) => (GONE, &[pod.0 as i32]),
        Fact::ReplicaSetUpdated(id) => (SET_UPDATED, &[id.0 as i32]),
        Fact::ReplicaSetDeleted(id) => (SET_DELETED, &[id.0 as i32]),
        Fact::ReplicaSetStatus(id) => {
            let [replicas, ready, available, terminating] = set_numbers(&objects.replica_set(id).status);
            (SET_STATUS, &[id.0 as i32, replicas, ready, available, terminating])
        }
        Fact::DeploymentStatus(id) => {
            let [a, b, c, d, e, f, g] = status_numbers(&objects.deployment(id).status);
            (STATUS, &[id.0 as i32, a, b, c, d, e, f, g])
        }
    };
    filled(kind, numbers)
}

#[inline]
fn filled(kind: u8, numbers: &[i32]) -> (u8, Numbers) {
    let mut all = [0; MOST];
    all[..numbers.len()].copy_from_slice(numbers);
    (kind, all)
}

#[inline]
fn pack_event(event: &Event) -> (u8, Numbers) {
    let (kind, number) = match *event {
        Event::ScalingReplicaSet { replica_set, from, to } => {
            return filled(SCALING, &[replica_set.0 as i32, from, to]);
        }
        Event::FailedCreate(id, ExceededQuota { used, limited }) => {
            return filled(FAILED_CREATE, &[id.0 as i32, used as i32, limited as i32]);
        }
        Event::FailedScheduling(pod, Unschedulable { cordoned, full }) => {
            return filled(FAILED_SCHEDULING, &[pod.0 as i32, cordoned as i32, full as i32]);
        }
        Event::SuccessfulCreate(pod) => (CREATE, pod),
        Event::SuccessfulDelete { pod, was } => (DELETE + was as u8, pod),
        Event::Scheduled(pod) => (SCHEDULED, pod),
        Event::Started(pod) => (STARTED, pod),
        Event::Unhealthy(pod) => (UNHEALTHY, pod),
        Event::BackOff(pod) => (BACK_OFF, pod),
        Event::PullFailed(pod) => (PULL_FAILED, pod),
        Event::PullBackOff(pod) => (PULL_BACK_OFF, pod),
    };
    filled(kind, &[number.0 as i32])
}

/// No ceiling in the annotations of a ReplicaSet.
const NO_BASE: i32 = i32::MIN;

fn pack_rule(rule: &Rule) -> (u8, Numbers) {
    let (number, numbers): (u8, &[i32]) = match *rule {
        Rule::GetNewReplicaSet { replica_set } => (0, &[replica_set.0 as i32]),
        Rule::NewRsNewReplicas { replica_set, from, to, replicas, max_surge, old } => {
            (1, &[replica_set.0 as i32, from, to, replicas, max_surge, old])
        }
        Rule::CleanupUnhealthyReplicas { replica_set, from, to, available, max_cleanup } => {
            (2, &[replica_set.0 as i32, from, to, available, max_cleanup])
        }
        Rule::ScaleDownOldReplicaSets { replica_set, from, to, available, min_available, taken } => {
            (3, &[replica_set.0 as i32, from, to, available, min_available, taken])
        }
        Rule::OldReplicasMustStay { deployment, all, min_available, new_unavailable } => {
            (4, &[deployment.0 as i32, all, min_available, new_unavailable])
        }
        Rule::ScaleDownForRecreate { replica_set, from } => (5, &[replica_set.0 as i32, from]),
        Rule::OldPodsRunning { deployment, pods } => (6, &[deployment.0 as i32, pods]),
        Rule::ScaleUpForRecreate { replica_set, from, to } => (7, &[replica_set.0 as i32, from, to]),
        Rule::Paused { deployment } => (8, &[deployment.0 as i32]),
        Rule::ScaleActiveOrLatest { replica_set, from, to } => (9, &[replica_set.0 as i32, from, to]),
        Rule::ScaleDownWhenSaturated { replica_set, from } => (10, &[replica_set.0 as i32, from]),
        Rule::ScaleProportionally { replica_set, from, to, allowed, base, to_add, leftover } => {
            let base = base.unwrap_or(NO_BASE);
            (11, &[replica_set.0 as i32, from, to, allowed, base, to_add, leftover])
        }
        Rule::ManageReplicas { replica_set, replicas, active } => {
            (12, &[replica_set.0 as i32, replicas, active])
        }
    };
    filled(RULE + number, numbers)
}

/// The fact that was packed, unless it was said in words.
pub fn unpack(kind: u8, numbers: &Numbers) -> Option<Fact> {
    let [a, b, c, ..] = *numbers;
    let (pod, set) = (PodId(a as u32), ReplicaSetId(a as u32));
    Some(match kind {
        SAID => return None,
        CREATED => Fact::Created(DeploymentId(a as u32)),
        BY_HAND..READY => Fact::PodDeleted { pod, was: stage(kind - BY_HAND) },
        READY => Fact::PodReady(pod),
        GONE => Fact::PodGone(pod),
        SET_UPDATED => Fact::ReplicaSetUpdated(set),
        SET_DELETED => Fact::ReplicaSetDeleted(set),
        SET_STATUS => Fact::ReplicaSetStatus(set),
        STATUS => Fact::DeploymentStatus(DeploymentId(a as u32)),
        RULE.. => Fact::Rule(unpack_rule(kind - RULE, numbers)),
        _ => Fact::Event(match kind {
            SCALING => Event::ScalingReplicaSet { replica_set: set, from: b, to: c },
            CREATE => Event::SuccessfulCreate(pod),
            DELETE..FAILED_CREATE => Event::SuccessfulDelete { pod, was: stage(kind - DELETE) },
            FAILED_CREATE => Event::FailedCreate(set, ExceededQuota { used: b as u32, limited: c as u32 }),
            SCHEDULED => Event::Scheduled(pod),
            FAILED_SCHEDULING => {
                Event::FailedScheduling(pod, Unschedulable { cordoned: b as u32, full: c as u32 })
            }
            STARTED => Event::Started(pod),
            UNHEALTHY => Event::Unhealthy(pod),
            BACK_OFF => Event::BackOff(pod),
            PULL_FAILED => Event::PullFailed(pod),
            _ => Event::PullBackOff(pod),
        }),
    })
}

fn stage(number: u8) -> Stage {
    [Stage::Unscheduled, Stage::Pending, Stage::Running, Stage::Ready][usize::from(number)]
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

/// Does to the objects what a fact tells of: sizes and statuses. What is not there yet comes with a
/// snapshot at the end of the same step.
pub fn apply(kind: u8, numbers: &Numbers, objects: &mut Objects) {
    let [id, rest @ ..] = *numbers;
    let set = objects.replica_sets.get_mut(id as usize);
    match (kind, set) {
        (SCALING, Some(set)) => set.replicas = rest[1],
        (SET_STATUS, Some(set)) => {
            let [replicas, ready, available, terminating, ..] = rest;
            set.status = set_status([replicas, ready, available, terminating]);
        }
        (STATUS, _) => set_numbers_of(&mut objects.deployment_mut(DeploymentId(id as u32)).status, rest),
        _ => {}
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
pub fn status_numbers(status: &DeploymentStatus) -> [i32; 7] {
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
pub fn set_numbers_of(status: &mut DeploymentStatus, numbers: [i32; 7]) {
    let [observed, replicas, updated, ready, available, unavailable, terminating] = numbers;
    status.observed_generation = observed.into();
    status.replicas = replicas;
    status.updated_replicas = updated;
    status.ready_replicas = ready;
    status.available_replicas = available;
    status.unavailable_replicas = unavailable;
    status.terminating_replicas = terminating;
}
