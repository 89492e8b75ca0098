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

/// Work that falls due later, ordered by time and then by when it was put down; syncs come last in
/// their moment.
///
/// Work is never taken back: who does it looks first whether it still makes sense.
///
/// Times are sorted into slots by the highest byte in which they differ from the present one, so work
/// moves a few times at most until it is due, however much there is. Whatever has the same time
/// is always in the same slot, so it stays in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Agenda {
    /// No work is due before; the bytes of slots refer to it.
    base: u64,
    /// By byte and its value.
    slots: Vec<Slot>,
    /// For each byte, which of its slots hold anything.
    occupied: [[u64; 4]; BYTES],
    entries: Vec<Entry>,
    /// The first entry that is not in use.
    free: u32,
    /// When the earliest work in the slots is due.
    next: SimTime,
    /// At most one for each controller's object.
    syncs: Vec<(SimTime, Work)>,
}

/// How many bytes a time has.
const BYTES: usize = 8;

/// The end of a chain of entries.
const NONE: u32 = u32::MAX;

/// A chain of entries, in order.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Slot {
    first: u32,
    last: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Entry {
    at: SimTime,
    work: Work,
    next: u32,
}

impl Agenda {
    /// Puts down work for `at`, which is not past.
    ///
    /// A workqueue holds a key once, with its earliest time: waking somebody who will be woken earlier
    /// does nothing. `client-go/util/workqueue/delaying_queue.go insert`.
    pub fn add(&mut self, at: SimTime, work: Work) {
        if matches!(work, Work::SyncReplicaSet(_) | Work::SyncDeployment(_)) {
            match self.syncs.iter_mut().find(|(_, other)| *other == work) {
                Some((earlier, _)) => *earlier = at.min(*earlier),
                None => self.syncs.push((at, work)),
            }
            return;
        }
        let entry = Entry { at, work, next: NONE };
        let place = self.free;
        if let Some(unused) = self.entries.get_mut(place as usize) {
            self.free = unused.next;
            *unused = entry;
        } else {
            self.entries.push(entry);
            self.free = self.entries.len() as u32;
        }
        self.next = self.next.min(at);
        self.append(place);
    }

    /// Room for so much more work.
    pub fn reserve(&mut self, more: usize) {
        self.entries.reserve(more);
    }

    /// When the next work falls due.
    pub fn next_at(&self) -> Option<SimTime> {
        let syncs = self.syncs.iter().map(|(at, _)| *at);
        syncs.chain([self.next]).min().filter(|at| *at < SimTime::MAX)
    }

    /// Takes the first work that is due at `now`.
    pub fn pop_due(&mut self, now: SimTime) -> Option<Work> {
        self.pop_entry(now).or_else(|| {
            let due = self.syncs.iter().position(|(at, _)| *at <= now)?;
            Some(self.syncs.remove(due).1)
        })
    }

    /// Takes the next work that is due at `now` if it is of the same kind as what was taken last.
    pub fn pop_alike(&mut self, now: SimTime, work: Work) -> Option<Work> {
        let next = self.first_due(now)? as usize;
        let next = self.entries[next].work;
        if discriminant(&next) == discriminant(&work) { self.pop_entry(now) } else { None }
    }

    fn pop_entry(&mut self, now: SimTime) -> Option<Work> {
        let place = self.first_due(now)?;
        let Entry { at, work, next } = self.entries[place as usize];
        let slot = (at.millis() & 0xff) as usize;
        self.slots[slot].first = next;
        self.entries[place as usize].next = self.free;
        self.free = place;
        if next == NONE {
            self.occupied[0][slot / 64] &= !(1 << (slot % 64));
            self.next = self.earliest();
        }
        Some(work)
    }

    /// Brings what is due at `now` into the slots of the lowest byte, and says where it begins.
    fn first_due(&mut self, now: SimTime) -> Option<u32> {
        if now < self.next || self.next == SimTime::MAX {
            return None;
        }
        let at = self.next.millis();
        loop {
            let byte = self.byte(at);
            if byte == 0 {
                return Some(self.slots[at as usize & 0xff].first);
            }
            self.base = at >> (8 * byte) << (8 * byte);
            self.spread(byte, (at >> (8 * byte)) as usize & 0xff);
        }
    }

    /// Sorts the entries of a slot anew, since the base is in its range now.
    fn spread(&mut self, byte: usize, value: usize) {
        self.occupied[byte][value / 64] &= !(1 << (value % 64));
        let mut place = self.slots[256 * byte + value].first;
        while place != NONE {
            let next = std::mem::replace(&mut self.entries[place as usize].next, NONE);
            self.append(place);
            place = next;
        }
    }

    /// The highest byte in which a time differs from the base.
    fn byte(&self, at: u64) -> usize {
        (63 - ((at ^ self.base) | 1).leading_zeros() as usize) / 8
    }

    fn append(&mut self, place: u32) {
        let at = self.entries[place as usize].at.millis();
        let byte = self.byte(at);
        let value = (at >> (8 * byte)) as usize & 0xff;
        let bit = 1 << (value % 64);
        let slot = &mut self.slots[256 * byte + value];
        if self.occupied[byte][value / 64] & bit == 0 {
            self.occupied[byte][value / 64] |= bit;
            slot.first = place;
        } else {
            self.entries[slot.last as usize].next = place;
        }
        slot.last = place;
    }

    /// When the earliest work in the slots is due: it is in the first slot of the lowest byte.
    fn earliest(&self) -> SimTime {
        for byte in 0..BYTES {
            let words = self.occupied[byte].iter().enumerate().filter(|(_, word)| **word != 0);
            let values = words.map(|(index, word)| 64 * index + word.trailing_zeros() as usize);
            let Some(value) = values.min() else { continue };
            let mut place = self.slots[256 * byte + value].first;
            let mut earliest = SimTime::MAX;
            while place != NONE {
                earliest = earliest.min(self.entries[place as usize].at);
                place = if byte == 0 { NONE } else { self.entries[place as usize].next };
            }
            return earliest;
        }
        SimTime::MAX
    }
}

impl Default for Agenda {
    fn default() -> Self {
        Self {
            base: 0,
            slots: vec![Slot { first: NONE, last: NONE }; 256 * BYTES],
            occupied: [[0; 4]; BYTES],
            entries: Vec::new(),
            free: 0,
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
