//! Since when pods are ready: by this victims are found, and what is available is counted, without looking at
//! all pods.

use super::pod::{NEVER, PodId};
use super::time::{SimDuration, SimTime};

/// The ready pods of a ReplicaSet by the second at which they became ready.
///
/// Who is no longer ready stays in the list, and is passed over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadyPods {
    pub(super) ids: Vec<PodId>,
    pub(super) seconds: Vec<ReadySecond>,
}

/// The pods that became ready in one second.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadySecond {
    /// Which.
    pub(super) at: u32,
    /// Their places in the list; those before have been passed over.
    pub(super) next: u32,
    pub(super) end: u32,
    /// The next of them to be chosen as a victim, while victims are chosen.
    pub(super) cursor: u32,
    /// Its number.
    pub(super) head: u32,
    /// How many of them are ready still.
    pub(super) live: u32,
    /// Whether their numbers rise.
    pub(super) sorted: bool,
    /// Between which times they were created.
    pub(super) created: (u32, u32),
    /// Whether a container of any of them was started again.
    pub(super) restarted: bool,
}

impl ReadyPods {
    pub(super) fn add(&mut self, pods: &[PodId], at: u32) -> &mut ReadySecond {
        let place = self.ids.len() as u32;
        let same = |second: &ReadySecond| second.at == at && second.end == place;
        let index = match self.seconds.last().is_some_and(same) {
            true => self.seconds.len() - 1,
            false => self.begin_second(at, place),
        };
        let second = &mut self.seconds[index];
        let last = self.ids.last().filter(|_| second.next < second.end);
        let rises = pods.is_sorted() && last.is_none_or(|last| Some(last) < pods.first());
        second.sorted &= rises;
        second.end += pods.len() as u32;
        second.live += pods.len() as u32;
        self.ids.extend_from_slice(pods);
        second
    }

    /// Says where it is. Time does not run backwards, but for whoever sets up a cluster by hand.
    fn begin_second(&mut self, at: u32, place: u32) -> usize {
        let index = self.seconds.partition_point(|second| second.at <= at);
        let created = (u32::MAX, 0);
        let (next, end, cursor, head) = (place, place, place, NEVER);
        let (live, sorted, restarted) = (0, true, false);
        let second = ReadySecond { at, next, end, cursor, head, live, sorted, created, restarted };
        self.seconds.insert(index, second);
        index
    }

    /// One that became ready in a second is ready no longer.
    pub(super) fn remove(&mut self, at: u32) {
        let Some(index) = self.seconds.iter().rposition(|second| second.at <= at) else { return };
        let second = &mut self.seconds[index];
        debug_assert_eq!(second.at, at);
        second.live -= 1;
        if second.live == 0 {
            self.seconds.remove(index);
        }
    }

    /// The seconds whose pods are not available yet, youngest first.
    pub(super) fn younger(&self, min_ready_seconds: i32, now: SimTime) -> impl Iterator<Item = &ReadySecond> {
        let wait = min_ready(min_ready_seconds);
        self.seconds.iter().rev().take_while(move |second| now < time(second.at) + wait)
    }
}

/// A second as a time.
pub(super) fn time(second: u32) -> SimTime {
    SimTime::from_secs(u64::from(second))
}

/// How long a pod has to be ready.
pub(super) fn min_ready(min_ready_seconds: i32) -> SimDuration {
    SimDuration::from_secs(min_ready_seconds.max(0) as u64)
}
