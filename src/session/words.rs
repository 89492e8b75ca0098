//! When what has to be read is put together anew while time runs.

/// For how long words stay as they are while time runs, in microseconds: or else nobody could read them.
pub const READABLE: u64 = 500_000;

/// How old what has to be read is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words {
    /// The step it is about, and for how long it has been about it, in microseconds.
    step: usize,
    of_step: u64,
    /// How long ago it was put together; 0 if that is to be done now.
    age: u64,
}

impl Words {
    /// Time passes. Words follow at once what happens after a while, and catch up with what happens all the
    /// time; even where nothing happens they tell the time.
    pub fn pass(&mut self, micros: u64, step: usize) {
        self.of_step = self.of_step.saturating_add(micros);
        self.age = self.age.saturating_add(micros);
        if step != self.step && READABLE <= self.of_step {
            *self = Self { step, ..Self::default() };
        } else if READABLE <= self.age {
            self.age = 0;
        }
    }

    /// Whether they are to be put together now.
    pub fn are_due(self) -> bool {
        self.age == 0
    }

    /// Whether they are about a step.
    pub fn are_about(self, step: usize) -> bool {
        self.step == step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: u64 = 20_000;

    /// In which of some frames words are due, if there is a new step in every so manieth.
    fn due(frames: usize, every: usize) -> Vec<usize> {
        let mut words = Words::default();
        let due = (1..=frames).filter(|frame| {
            words.pass(FRAME, frame / every);
            words.are_due()
        });
        due.collect()
    }

    #[test]
    fn what_happens_all_the_time_is_told_twice_a_second() {
        assert_eq!(due(100, 1), [25, 50, 75, 100]);
        // So is that time passes.
        assert_eq!(due(100, 1000), [25, 50, 75, 100]);
    }

    #[test]
    fn what_happens_after_a_while_is_told_at_once() {
        assert_eq!(due(100, 40), [25, 40, 65, 80]);
    }
}
