//! When steps were.

use crate::sim::time::{SimDuration, SimTime};

/// The moments at which anything happened, and the first step of each: as differences to some of them.
#[derive(Clone, Debug)]
pub(super) struct Instants {
    bases: Vec<Base>,
    /// By how many milliseconds, and how many steps, a moment is later than the last base before it, which may
    /// be itself.
    later: Vec<(u16, u16)>,
    last: SimTime,
}

#[derive(Clone, Copy, Debug)]
struct Base {
    at: SimTime,
    step: u32,
    /// Its place among the moments.
    place: u32,
}

impl Instants {
    /// A step was made. Says whether it is the first of its moment.
    pub(super) fn push(&mut self, at: SimTime, step: u32) -> bool {
        let begins = self.last != at || self.later.is_empty();
        if begins {
            self.last = at;
            self.begin(at, step);
        }
        begins
    }

    fn begin(&mut self, at: SimTime, step: u32) {
        if let Some(base) = self.bases.last() {
            let millis = u16::try_from(at.since(base.at).millis());
            if let (Ok(millis), Ok(steps)) = (millis, u16::try_from(step - base.step)) {
                return self.later.push((millis, steps));
            }
        }
        self.bases.push(Base { at, step, place: self.later.len() as u32 });
        self.later.push((0, 0));
    }

    /// When a step was; the first, if there is none of that number.
    pub(super) fn at(&self, step: u32) -> SimTime {
        let index = self.bases.partition_point(|base| base.step <= step).max(1) - 1;
        let (base, later) = self.base(index);
        let steps = step.saturating_sub(base.step);
        let place = later.partition_point(|(_, first)| u32::from(*first) <= steps).max(1) - 1;
        base.at + SimDuration::from_millis(later[place].0.into())
    }

    /// The first step after a moment that is not the first.
    pub(super) fn next_after(&self, time: SimTime) -> Option<u32> {
        let index = self.bases.partition_point(|base| base.at <= time).max(1) - 1;
        let (base, later) = self.base(index);
        let millis = time.since(base.at).millis();
        let place = later.partition_point(|(at, _)| u64::from(*at) <= millis);
        let place = if index == 0 { place.max(1) } else { place };
        match later.get(place) {
            Some((_, steps)) => Some(base.step + u32::from(*steps)),
            None => self.bases.get(index + 1).map(|next| next.step),
        }
    }

    /// A base, and the moments up to the next.
    fn base(&self, index: usize) -> (Base, &[(u16, u16)]) {
        let base = self.bases[index];
        let end = self.bases.get(index + 1).map_or(self.later.len(), |next| next.place as usize);
        (base, &self.later[base.place as usize..end])
    }

    /// Room for so many moments.
    pub(super) fn with_room(moments: usize) -> Self {
        Self { bases: Vec::with_capacity(64), later: Vec::with_capacity(moments), last: SimTime::ZERO }
    }

    /// Bytes in use.
    pub(super) fn footprint(&self) -> usize {
        size_of::<Base>() * self.bases.len() + 4 * self.later.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_its_moment() {
        // Moments near and far, with one step and with very many.
        let moments: Vec<(u64, u32)> =
            [(0, 3), (1, 1), (2, 70_000), (9, 1), (70_000, 2), (70_001, 1), (200_000, 5), (1 << 40, 4)]
                .into();
        let (mut instants, mut step, mut firsts) = (Instants::with_room(0), 0, Vec::new());
        for (at, steps) in &moments {
            firsts.push(step + 1);
            for _ in 0..*steps {
                step += 1;
                instants.push(SimTime::from_millis(*at), step);
            }
        }
        for (index, (at, steps)) in moments.iter().enumerate() {
            for step in [firsts[index], firsts[index] + steps - 1] {
                assert_eq!(instants.at(step), SimTime::from_millis(*at), "step {step}");
            }
            let next = firsts.get(index + 1).copied();
            assert_eq!(instants.next_after(SimTime::from_millis(*at)), next, "{at} ms");
        }
        assert_eq!(instants.at(0), SimTime::ZERO);
    }
}
