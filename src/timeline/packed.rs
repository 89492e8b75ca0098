//! Facts as bytes and numbers, for the journal.
//!
//! What happens to pods is a kind and the pods' numbers. Of the other facts, those that may come very often
//! are a kind and a few numbers; the rest is said in words, and kept in a list beside the journal.

use crate::sim::cluster::ReplicaSetId;
use crate::sim::facts::Happened;
use crate::sim::out::{Event, ExceededQuota, Fact};
use crate::sim::pod::{PodId, Stage, Unschedulable};

/// How many kinds there are.
pub const KINDS: usize = 21;

/// What is said in words.
pub const SAID: u8 = 0;
const FAILED_CREATE: u8 = 1;
const FAILED_SCHEDULING: u8 = 2;
const CREATE: u8 = 3;
const SCHEDULED: u8 = 4;
/// The first of four kinds, by where the pod was.
const DELETE: u8 = 5;
/// The first of four kinds, by where the pod was.
const BY_HAND: u8 = 9;
const STARTED: u8 = 13;
const READY: u8 = 14;
const UNHEALTHY: u8 = 15;
const BACK_OFF: u8 = 16;
const PULL_FAILED: u8 = 17;
const PULL_BACK_OFF: u8 = 18;
const GONE: u8 = 19;
/// A ReplicaSet's status that is not what is known of its pods.
pub const STATUS: u8 = 20;

/// Whether pods to which something of this kind happens mostly come one after the other, by number.
pub fn come_in_order(kind: u8) -> bool {
    (CREATE..BY_HAND).contains(&kind)
}

/// The kind of what happened to a pod.
pub fn kind(what: Happened) -> u8 {
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

/// What happened to a pod, by its kind; `None` if facts of that kind tell something else.
pub fn happened(kind: u8) -> Option<Happened> {
    Some(match kind {
        CREATE => Happened::Created,
        DELETE..BY_HAND => Happened::Deleted(stage(kind - DELETE)),
        BY_HAND..STARTED => Happened::DeletedByHand(stage(kind - BY_HAND)),
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

fn stage(number: u8) -> Stage {
    Stage::ALL[usize::from(number)]
}

/// The kind of another fact, and its numbers, if it has any.
pub fn pack(fact: &Fact) -> (u8, [u32; 3]) {
    match *fact {
        Fact::Event(Event::FailedCreate(id, ExceededQuota { used, attempt })) => {
            (FAILED_CREATE, [id.0, used, attempt])
        }
        Fact::Event(Event::FailedScheduling(pod, Unschedulable { cordoned, full })) => {
            (FAILED_SCHEDULING, [pod.0, cordoned, full])
        }
        _ => (SAID, [0; 3]),
    }
}

/// The fact that was packed, unless it was said in words.
pub fn unpack(kind: u8, [first, second, third]: [u32; 3]) -> Fact {
    Fact::Event(match kind {
        FAILED_CREATE => {
            let exceeded = ExceededQuota { used: second, attempt: third };
            Event::FailedCreate(ReplicaSetId(first), exceeded)
        }
        _ => {
            let unschedulable = Unschedulable { cordoned: second, full: third };
            Event::FailedScheduling(PodId(first), unschedulable)
        }
    })
}
