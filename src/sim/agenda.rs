//! Work that falls due later, and who is waiting to be synced now.

use std::collections::VecDeque;
use std::mem::discriminant;

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
    Ready(PodId, u16),
    /// The readiness probe of a ready pod fails.
    Unready(PodId, u16),
    /// The container of a pod exits with an error.
    Crashed(PodId, u16),
    /// A terminating pod is gone.
    Gone(PodId),
    /// A ReplicaSet is looked at again, since a ready pod becomes available.
    SyncReplicaSet(ReplicaSetId),
    /// A Deployment is looked at again, since its progress deadline passes.
    SyncDeployment(DeploymentId),
}

impl Work {
    /// The pod whose container starts or has stopped.
    pub fn pod(self) -> Option<PodId> {
        match self {
            Self::Started(pod) | Self::Gone(pod) => Some(pod),
            _ => None,
        }
    }

    /// The pod that becomes ready, and in which run of its container.
    pub fn run(self) -> Option<(PodId, u16)> {
        match self {
            Self::Ready(pod, run) => Some((pod, run)),
            _ => None,
        }
    }
}

/// Work that falls due later, ordered by time and then by when it was put down; syncs come last in
/// their moment.
///
/// Work is never taken back: who does it looks first whether it still makes sense.
///
/// Work of the present minute has a slot for each millisecond, so that to put it down and to take it out
/// costs the same however much there is. What is due later waits in a list until its minute comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Agenda {
    /// The present minute.
    minute: u64,
    /// By millisecond of that minute: the last entry of a ring of them.
    slots: Vec<u32>,
    /// A bit for each slot that holds anything, and one for each of those words.
    occupied: Vec<u64>,
    words: [u64; SLOTS / 64 / 64],
    entries: Vec<Entry>,
    /// The first entry that is not in use.
    free: u32,
    /// What is due in later minutes, in the order in which it was put down.
    far: Vec<(SimTime, Work)>,
    /// When the earliest work of all these is due.
    next: SimTime,
    /// At most one for each controller's object.
    syncs: Vec<(SimTime, Work)>,
}

/// How many milliseconds a minute has here.
const SLOTS: usize = 1 << 16;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Entry {
    work: Work,
    next: u32,
}

impl Agenda {
    /// Puts down work for `at`, which is not past.
    ///
    /// A workqueue holds a key once, with its earliest time: waking somebody who will be woken earlier
    /// does nothing. `client-go/util/workqueue/delaying_queue.go insert`.
    #[inline]
    pub fn add(&mut self, at: SimTime, work: Work) {
        if matches!(work, Work::SyncReplicaSet(_) | Work::SyncDeployment(_)) {
            return self.add_sync(at, work);
        }
        self.next = self.next.min(at);
        if minute(at) == self.minute {
            self.put_down(slot(at), work);
        } else {
            self.far.push((at, work));
        }
    }

    fn add_sync(&mut self, at: SimTime, work: Work) {
        match self.syncs.iter_mut().find(|(_, other)| *other == work) {
            Some((earlier, _)) => *earlier = at.min(*earlier),
            None => self.syncs.push((at, work)),
        }
    }

    /// Room for so much more work.
    pub fn reserve(&mut self, more: usize) {
        self.entries.reserve(more);
        self.far.reserve(more);
    }

    /// When the next work falls due.
    pub fn next_at(&self) -> Option<SimTime> {
        let syncs = self.syncs.iter().map(|(at, _)| *at);
        syncs.chain([self.next]).min().filter(|at| *at < SimTime::MAX)
    }

    /// Takes the first work that is due at `now`.
    pub fn pop_due(&mut self, now: SimTime) -> Option<Work> {
        if self.next <= now && self.next < SimTime::MAX {
            if minute(self.next) != self.minute {
                self.begin_minute();
            }
            return Some(self.take(slot(self.next)));
        }
        let due = self.syncs.iter().position(|(at, _)| *at <= now)?;
        Some(self.syncs.remove(due).1)
    }

    /// Takes the next work that is due at `now` if it is of the same kind as what was taken last.
    #[inline]
    pub fn pop_alike(&mut self, now: SimTime, work: Work) -> Option<Work> {
        // Work that was taken out just now was of this minute.
        if now < self.next || minute(self.next) != self.minute {
            return None;
        }
        let slot = slot(self.next);
        let first = self.entries[self.slots[slot] as usize].next;
        let alike = discriminant(&self.entries[first as usize].work) == discriminant(&work);
        alike.then(|| self.take(slot))
    }

    /// Shows `work` and takes all work of the same kind that is next and due at `now`, too.
    #[inline]
    pub fn pop_all_alike(&mut self, now: SimTime, work: Work, mut see: impl FnMut(Work)) {
        see(work);
        while let Some(next) = self.pop_alike(now, work) {
            see(next);
        }
    }

    /// Takes the first work out of a slot that holds some.
    #[inline]
    fn take(&mut self, slot: usize) -> Work {
        let last = self.slots[slot];
        let first = self.entries[last as usize].next;
        let Entry { work, next } = self.entries[first as usize];
        self.entries[first as usize].next = self.free;
        self.free = first;
        if first == last {
            self.occupied[slot / 64] &= !(1 << (slot % 64));
            if self.occupied[slot / 64] == 0 {
                self.words[slot / 4096] &= !(1 << (slot / 64 % 64));
            }
            self.next = self.earliest();
        } else {
            self.entries[last as usize].next = next;
        }
        work
    }

    /// Puts work at the end of a slot.
    #[inline]
    fn put_down(&mut self, slot: usize, work: Work) {
        let place = self.free;
        match self.entries.get_mut(place as usize) {
            Some(unused) => {
                self.free = unused.next;
                *unused = Entry { work, next: place };
            }
            None => {
                self.entries.push(Entry { work, next: place });
                self.free = place + 1;
            }
        }
        let bit = 1 << (slot % 64);
        if self.occupied[slot / 64] & bit == 0 {
            self.occupied[slot / 64] |= bit;
            self.words[slot / 4096] |= 1 << (slot / 64 % 64);
        } else {
            let last = self.slots[slot] as usize;
            self.entries[place as usize].next = std::mem::replace(&mut self.entries[last].next, place);
        }
        self.slots[slot] = place;
    }

    /// Brings the work of the minute in which the next is due into the slots, which are empty.
    #[cold]
    fn begin_minute(&mut self) {
        self.minute = minute(self.next);
        let far = std::mem::take(&mut self.far);
        self.far.reserve(far.capacity());
        for (at, work) in far {
            if minute(at) == self.minute {
                self.put_down(slot(at), work);
            } else {
                self.far.push((at, work));
            }
        }
    }

    /// When the earliest work that is no sync is due.
    fn earliest(&self) -> SimTime {
        let Some(group) = self.words.iter().position(|words| *words != 0) else {
            return self.far.iter().map(|(at, _)| *at).min().unwrap_or(SimTime::MAX);
        };
        let word = 64 * group + self.words[group].trailing_zeros() as usize;
        let slot = 64 * word as u64 + u64::from(self.occupied[word].trailing_zeros());
        SimTime::from_millis(self.minute * SLOTS as u64 + slot)
    }
}

#[inline]
fn minute(at: SimTime) -> u64 {
    at.millis() / SLOTS as u64
}

#[inline]
fn slot(at: SimTime) -> usize {
    at.millis() as usize % SLOTS
}

impl Default for Agenda {
    fn default() -> Self {
        Self {
            minute: 0,
            slots: vec![0; SLOTS],
            occupied: vec![0; SLOTS / 64],
            words: [0; SLOTS / 64 / 64],
            entries: Vec::new(),
            free: 0,
            far: Vec::new(),
            next: SimTime::MAX,
            syncs: Vec::new(),
        }
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
    fn work_of_any_time_comes_in_order() {
        let (mut agenda, mut all, mut now) = (Agenda::default(), Vec::new(), 0_u64);
        let dice = crate::sim::dice::Dice { seed: 5 };
        for number in 0..20_000_u32 {
            // Half of it is put down for soon, some for much later, some for the same moment.
            let roll = dice.roll(number, 0);
            let delay = 1 + (roll >> 8) % [3, 300, 70_000, 20_000_000, 1 << 40][(roll & 3) as usize];
            agenda.add(SimTime::from_millis(now + delay), Work::Started(PodId(number)));
            all.push((now + delay, number));
            if number % 3 == 0 {
                now = agenda.next_at().unwrap().millis();
                let Some(Work::Started(PodId(done))) = agenda.pop_due(SimTime::from_millis(now)) else {
                    panic!("something is due");
                };
                let (index, first) = all.iter().enumerate().min_by_key(|(_, work)| **work).unwrap();
                assert_eq!((now, done), *first);
                all.remove(index);
            }
        }
        all.sort();
        for (at, number) in all {
            assert_eq!(agenda.next_at(), Some(SimTime::from_millis(at)));
            assert_eq!(agenda.pop_due(SimTime::from_millis(at)), Some(Work::Started(PodId(number))));
        }
        assert_eq!(agenda.next_at(), None);
    }

    #[test]
    fn a_deployment_is_woken_once_and_as_early_as_anyone_asked() {
        let wake = Work::SyncDeployment(DeploymentId(0));
        let mut agenda = Agenda::default();
        for secs in [600, 700, 30] {
            agenda.add(SimTime::from_secs(secs), wake);
        }
        assert_eq!(agenda.syncs.len(), 1);
        assert_eq!(agenda.next_at(), Some(SimTime::from_secs(30)));
        assert_eq!(agenda.pop_due(SimTime::MAX), Some(wake));
        assert_eq!(agenda.pop_due(SimTime::MAX), None);
    }
}
