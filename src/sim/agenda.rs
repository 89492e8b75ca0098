//! Work that falls due later.

use super::cluster::{DeploymentId, ReplicaSetId};
use super::pod::PodId;
use super::time::SimTime;

/// What falls due for a pod at a given time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// The image of a bound pod could not be pulled.
    PullFailed,
    /// The kubelet waits before it tries to pull again.
    PullBackOff,
    /// The container of a bound pod runs.
    Started,
    /// The container of a pod that has crashed runs again.
    Restarted,
    /// The readiness probe of a running pod succeeds.
    Ready,
    /// The readiness probe of a ready pod fails.
    Unready,
    /// The container of a pod exits with an error.
    Crashed,
    /// A terminating pod is gone.
    Gone,
}

/// What falls due for a pod, and how often its container had been started again when that was put down: what
/// was put down for an earlier run of the container comes to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// What.
    pub work: Work,
    /// For which.
    pub pod: PodId,
    /// For which run of its container, from 0.
    pub run: u16,
}

/// Pods for which the same falls due.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DuePods {
    /// Which.
    pub pods: Vec<PodId>,
    /// For which runs of their containers: one after the other, for so many pods each.
    pub runs: Vec<(u16, u32)>,
}

/// Who is looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sync {
    /// A ReplicaSet, since a ready pod becomes available.
    ReplicaSet(ReplicaSetId),
    /// A Deployment, since its progress deadline passes.
    Deployment(DeploymentId),
}

/// What there is to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The same for some pods.
    Pods(Work),
    /// A sync.
    Sync(Sync),
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
    /// By millisecond of that minute: the last of a ring of blocks, or [`NONE`]. Made when its first minute
    /// begins.
    slots: Vec<u32>,
    /// A bit for each slot that holds anything, and one for each of those words.
    occupied: Vec<u64>,
    words: [u64; SLOTS / 64 / 64],
    blocks: Vec<Block>,
    /// The first block that is not in use.
    free: u32,
    /// What is due in later minutes, in the order in which it was put down.
    far: Vec<(SimTime, Due)>,
    /// When the earliest work of all these is due.
    next: SimTime,
    /// At most one for each controller's object.
    syncs: Vec<(SimTime, Sync)>,
}

/// How many milliseconds a minute has here.
const SLOTS: usize = 1 << u16::BITS;

/// No block: the first of them never holds any work, and has no room for it. Tables of zeros cost nothing.
const NONE: u32 = 0;

/// So many pods lie side by side.
const BLOCK: usize = 28;

/// Pods of one slot for which the same falls due, in order.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Block {
    pods: [PodId; BLOCK],
    /// How many there are.
    count: u8,
    work: Work,
    run: u16,
    /// The block after this one; after the last of a slot comes the first.
    next: u32,
}

impl Agenda {
    /// Puts down work for `at`, which is later than now.
    #[inline(always)]
    pub fn add(&mut self, at: SimTime, due: Due) {
        self.next = self.next.min(at);
        if minute(at) == self.minute {
            self.put_down(slot(at), due);
        } else {
            self.far.push((at, due));
        }
    }

    /// Puts down the same for the first run of several pods' containers, each at its own time.
    pub fn add_all(&mut self, work: Work, pods: &[PodId], times: &[SimTime]) {
        let (present, mut next) = (self.minute, self.next);
        for (pod, at) in pods.iter().copied().zip(times.iter().copied()) {
            next = next.min(at);
            let due = Due { work, pod, run: 0 };
            if minute(at) == present {
                self.put_down(slot(at), due);
            } else {
                self.far.push((at, due));
            }
        }
        self.next = next;
    }

    /// Where nothing is waiting for another minute, the present one begins at once.
    pub fn begin_if_empty(&mut self, now: SimTime) {
        if self.next == SimTime::MAX && minute(now) != self.minute {
            self.begin_minute(now);
        }
    }

    /// Asks for a sync at `at`.
    ///
    /// A workqueue holds a key once, with its earliest time: waking somebody who will be woken earlier
    /// does nothing. `client-go/util/workqueue/delaying_queue.go insert`.
    pub fn add_sync(&mut self, at: SimTime, sync: Sync) {
        match self.syncs.iter_mut().find(|(_, other)| *other == sync) {
            Some((earlier, _)) => *earlier = at.min(*earlier),
            None => self.syncs.push((at, sync)),
        }
    }

    /// Room for so much more work.
    pub fn reserve(&mut self, more: usize) {
        // Those of so many slots may not be full.
        self.blocks.reserve(1 + more / BLOCK + more.min(1024));
        self.far.reserve(more);
    }

    /// When the next work falls due.
    pub fn next_at(&self) -> Option<SimTime> {
        let syncs = self.syncs.iter().map(|(at, _)| *at);
        syncs.chain([self.next]).min().filter(|at| *at < SimTime::MAX)
    }

    /// Takes the first work that is due by `now`, together with all of the same kind that comes right after
    /// it in its moment; for which pods is put into `due`.
    pub fn pop_due(&mut self, now: SimTime, due: &mut DuePods) -> Option<Next> {
        if self.next <= now && self.next < SimTime::MAX {
            if minute(self.next) != self.minute {
                self.begin_minute(self.next);
            }
            return Some(Next::Pods(self.take(slot(self.next), due)));
        }
        let place = self.syncs.iter().position(|(at, _)| *at <= now)?;
        Some(Next::Sync(self.syncs.remove(place).1))
    }

    /// Takes the first work out of a slot that holds some, and all that is like it up to the next that is not.
    fn take(&mut self, slot: u16, due: &mut DuePods) -> Work {
        let (last, blocks) = (self.slots[usize::from(slot)], &mut self.blocks[..]);
        let mut first = blocks[last as usize].next;
        let work = blocks[first as usize].work;
        loop {
            let block = &mut blocks[first as usize];
            if block.work != work {
                blocks[last as usize].next = first;
                return work;
            }
            let pods = &block.pods[..usize::from(block.count)];
            due.pods.extend_from_slice(pods);
            match due.runs.last_mut() {
                Some((run, count)) if *run == block.run => *count += pods.len() as u32,
                _ => due.runs.push((block.run, pods.len() as u32)),
            }
            let next = std::mem::replace(&mut block.next, self.free);
            self.free = first;
            if first == last {
                self.empty(slot);
                return work;
            }
            first = next;
        }
    }

    fn empty(&mut self, slot: u16) {
        let Bits { word, bit, group, word_bit } = Bits::of(slot);
        self.slots[usize::from(slot)] = NONE;
        let occupied = &mut self.occupied[word];
        *occupied &= !bit;
        if *occupied == 0 {
            self.words[group] &= !word_bit;
        }
        self.next = self.earliest();
    }

    /// Puts work at the end of a slot.
    #[inline(always)]
    fn put_down(&mut self, slot: u16, due: Due) {
        let last = self.slots[..][usize::from(slot)];
        let block = &mut self.blocks[..][last as usize];
        if (block.work, block.run) == (due.work, due.run)
            && let Some(place) = block.pods.get_mut(usize::from(block.count))
        {
            *place = due.pod;
            block.count += 1;
            return;
        }
        self.add_block(slot, due, last);
    }

    #[cold]
    #[inline(never)]
    fn add_block(&mut self, slot: u16, due: Due, last: u32) {
        let place = self.free;
        let next = if last == NONE {
            let Bits { word, bit, group, word_bit } = Bits::of(slot);
            self.occupied[word] |= bit;
            self.words[group] |= word_bit;
            place
        } else {
            std::mem::replace(&mut self.blocks[last as usize].next, place)
        };
        self.slots[usize::from(slot)] = place;
        let Due { work, pod, run } = due;
        match self.blocks.get_mut(place as usize) {
            Some(unused) => {
                self.free = unused.next;
                unused.pods[0] = pod;
                (unused.count, unused.work, unused.run, unused.next) = (1, work, run, next);
            }
            None => {
                self.blocks.push(Block { pods: [pod; BLOCK], count: 1, work, run, next });
                self.free = place + 1;
            }
        }
    }

    /// Brings the work of a minute into the slots, which are empty.
    #[cold]
    fn begin_minute(&mut self, at: SimTime) {
        if self.slots.is_empty() {
            self.make_slots();
        }
        self.minute = minute(at);
        let mut far = std::mem::take(&mut self.far);
        far.retain(|(at, due)| {
            let is_later = minute(*at) != self.minute;
            if !is_later {
                self.put_down(slot(*at), *due);
            }
            is_later
        });
        self.far = far;
    }

    fn make_slots(&mut self) {
        self.slots = vec![NONE; SLOTS];
        self.occupied = vec![0; SLOTS / 64];
        let (pods, count, work, run) = ([PodId(0); BLOCK], BLOCK as u8, Work::Gone, 0);
        self.blocks.push(Block { pods, count, work, run, next: NONE });
    }

    /// When the earliest work that is no sync is due.
    fn earliest(&self) -> SimTime {
        let Some(group) = self.words.iter().position(|words| *words != 0) else {
            return self.far.iter().map(|(at, ..)| *at).min().unwrap_or(SimTime::MAX);
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

/// The place in its minute.
#[inline]
fn slot(at: SimTime) -> u16 {
    at.millis() as u16
}

/// Where it stands whether a slot holds anything.
struct Bits {
    word: usize,
    bit: u64,
    group: usize,
    word_bit: u64,
}

impl Bits {
    #[inline]
    fn of(slot: u16) -> Self {
        let (word, group) = (usize::from(slot >> 6), usize::from(slot >> 12));
        Self { word, bit: 1 << (slot & 63), group, word_bit: 1 << (word & 63) }
    }
}

impl Default for Agenda {
    fn default() -> Self {
        Self {
            minute: u64::MAX,
            slots: Vec::new(),
            occupied: Vec::new(),
            words: [0; SLOTS / 64 / 64],
            blocks: Vec::new(),
            free: 1,
            far: Vec::new(),
            next: SimTime::MAX,
            syncs: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(work: Work, pod: u32) -> Due {
        Due { work, pod: PodId(pod), run: 0 }
    }

    fn pop(agenda: &mut Agenda, now: SimTime) -> Option<(Next, Vec<u32>)> {
        let mut due = DuePods::default();
        let next = agenda.pop_due(now, &mut due)?;
        Some((next, due.pods.into_iter().map(|pod| pod.0).collect()))
    }

    #[test]
    fn work_is_done_in_order_of_time_and_then_of_asking() {
        let at = SimTime::from_secs;
        let mut agenda = Agenda::default();
        for (at, work, pod) in [
            (at(5), Work::Ready, 1),
            (at(2), Work::Started, 2),
            (at(5), Work::Ready, 3),
            (at(5), Work::Gone, 4),
            (at(5), Work::Ready, 5),
        ] {
            agenda.add(at, due(work, pod));
        }
        let done: Vec<_> = std::iter::from_fn(|| pop(&mut agenda, at(9))).collect();
        let expect = [
            (Work::Started, vec![2]),
            (Work::Ready, vec![1, 3]),
            (Work::Gone, vec![4]),
            (Work::Ready, vec![5]),
        ];
        assert_eq!(done, expect.map(|(work, pods)| (Next::Pods(work), pods)));
    }

    #[test]
    fn work_of_any_time_comes_in_order() {
        let (mut agenda, mut all, mut now) = (Agenda::default(), Vec::new(), 0_u64);
        let dice = crate::sim::dice::Dice { seed: 5 };
        let do_next = |agenda: &mut Agenda, all: &mut Vec<(u64, u32)>| {
            let now = agenda.next_at()?.millis();
            let (next, pods) = pop(agenda, SimTime::from_millis(now)).unwrap();
            assert_eq!(next, Next::Pods(Work::Started));
            let (soonest, later): (Vec<_>, Vec<_>) = all.iter().copied().partition(|(at, _)| *at == now);
            assert!(later.iter().all(|(at, _)| now < *at));
            assert!(soonest.into_iter().map(|(_, number)| number).eq(pods));
            *all = later;
            Some(now)
        };
        for number in 0..6_000_u32 {
            // Half of it is put down for soon, some for much later, some for the same moment.
            let roll = dice.roll(number, 0);
            let delay = 1 + (roll >> 8) % [3, 300, 70_000, 20_000_000, 1 << 40][(roll & 3) as usize];
            agenda.add(SimTime::from_millis(now + delay), due(Work::Started, number));
            all.push((now + delay, number));
            if number % 3 == 0 {
                now = do_next(&mut agenda, &mut all).unwrap();
            }
        }
        while do_next(&mut agenda, &mut all).is_some() {}
        assert!(all.is_empty());
    }

    #[test]
    fn a_deployment_is_woken_once_and_as_early_as_anyone_asked() {
        let wake = Sync::Deployment(DeploymentId(0));
        let mut agenda = Agenda::default();
        for secs in [600, 700, 30] {
            agenda.add_sync(SimTime::from_secs(secs), wake);
        }
        assert_eq!(agenda.syncs.len(), 1);
        assert_eq!(agenda.next_at(), Some(SimTime::from_secs(30)));
        assert_eq!(pop(&mut agenda, SimTime::MAX), Some((Next::Sync(wake), Vec::new())));
        assert_eq!(pop(&mut agenda, SimTime::MAX), None);
    }
}
