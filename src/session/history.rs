//! Runs that were on screen, so that every change can be taken back. A run's inputs are small, so
//! nothing is lost by keeping them.

use crate::sim::time::SimTime;
use crate::timeline::Inputs;

/// A run that was on screen, and where in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Visited {
    /// All that the run follows from.
    pub inputs: Inputs,
    /// The moment that was on screen.
    pub time: SimTime,
}

/// Runs that were left, and runs that were taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: Vec<Visited>,
    future: Vec<Visited>,
}

/// How many runs are remembered.
const REMEMBERED: usize = 100;

impl History {
    /// Whether there is anything to take back, and to do again.
    pub fn possible(&self) -> (bool, bool) {
        (!self.past.is_empty(), !self.future.is_empty())
    }

    /// A run is left for another. What was taken back cannot be done again.
    pub fn leave(&mut self, visited: Visited) {
        if self.past.len() == REMEMBERED {
            self.past.remove(0);
        }
        self.past.push(visited);
        self.future.clear();
    }

    /// The run that was left last.
    pub fn last(&self) -> Option<&Visited> {
        self.past.last()
    }

    /// The run that was taken back last.
    pub fn next(&self) -> Option<&Visited> {
        self.future.last()
    }

    /// The run before `present`.
    pub fn take_back(&mut self, present: Visited) -> Option<Visited> {
        let before = self.past.pop()?;
        self.future.push(present);
        Some(before)
    }

    /// The run that was taken back to get to `present`.
    pub fn do_again(&mut self, present: Visited) -> Option<Visited> {
        let after = self.future.pop()?;
        self.past.push(present);
        Some(after)
    }
}
