//! The conditions that were written in a run.

use crate::sim::conditions::Conditions;
use crate::sim::time::SimTime;

/// Conditions, in the order in which they were written. While a rollout gets somewhere the last of them is
/// written again every second, and only the time is another one.
#[derive(Clone, Debug, Default)]
pub(super) struct Renewed {
    different: Vec<Conditions>,
    /// Which of these, and when the last condition among them was written.
    all: Vec<(u32, SimTime)>,
}

impl Renewed {
    /// Conditions were written.
    pub(super) fn push(&mut self, new: &Conditions) {
        let at = |conditions: &Conditions| conditions.last().map(|last| last.last_update_time);
        let time = at(new).unwrap_or_default();
        let known = self.different.last().is_some_and(|known| {
            let mut renewed = known.clone();
            renewed.renew(time);
            renewed == *new
        });
        if !known {
            self.different.push(new.clone());
        }
        self.all.push((self.different.len() as u32 - 1, time));
    }

    /// Those that were written so many times after the first.
    pub(super) fn get(&self, index: u32) -> Conditions {
        let (which, time) = self.all[index as usize];
        let mut conditions = self.different[which as usize].clone();
        conditions.renew(time);
        conditions
    }

    /// How often any were written.
    pub(super) fn len(&self) -> u32 {
        self.all.len() as u32
    }

    /// Bytes in use.
    pub(super) fn footprint(&self) -> usize {
        size_of::<Conditions>() * self.different.len() + size_of::<(u32, SimTime)>() * self.all.len()
    }
}
