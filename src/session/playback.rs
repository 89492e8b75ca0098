//! How time passes.

use crate::sim::time::{SimDuration, SimTime};

/// How time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Playback {
    /// It stands, and one step is looked at.
    Step,
    /// It stands at a moment.
    Paused,
    /// It runs; so many millionths of a millisecond are left over from the last frame.
    Playing {
        /// Time that was too short to count, in microseconds of real time at speed 1/4.
        carry: u64,
    },
}

/// Speeds in quarters of real time.
pub const SPEEDS: [u64; 7] = [1, 2, 4, 8, 16, 40, 120];

/// Real time.
pub const REAL_TIME: usize = 2;

/// A frame that took longer counts as none: the page was in the background.
const LONGEST_FRAME: u64 = 500_000;

/// With reduced motion one step is shown for so long, in microseconds.
pub const STILL: u64 = 1_000_000;

/// When nothing happens for longer, that is a wait: it is drawn short and passed quickly.
const WAIT: SimDuration = SimDuration::from_secs(8);

/// A wait is passed in so many microseconds.
const CROSSING: u64 = 600_000;

/// A time in which nothing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// When something happened last.
    pub from: SimTime,
    /// When something happens again.
    pub to: SimTime,
}

impl Wait {
    /// The wait between two moments between which nothing happens, if they are far enough apart.
    pub fn between(from: SimTime, to: SimTime) -> Option<Self> {
        (WAIT < to.since(from)).then_some(Self { from, to })
    }

    /// How long it is.
    pub fn length(self) -> SimDuration {
        self.to.since(self.from)
    }
}

/// How much of a wait that is passed quickly goes by in a frame.
pub fn crossed(wait: Wait, micros: u64) -> SimDuration {
    SimDuration::from_millis(wait.length().millis().saturating_mul(foreground(micros)) / CROSSING)
}

/// How many milliseconds of simulated time a frame is worth, and what is left over.
pub fn simulated(carry: u64, micros: u64, speed: usize) -> (u64, u64) {
    let quarters = carry + foreground(micros) * SPEEDS[speed];
    (quarters / 4000, quarters % 4000)
}

/// The part of a frame that anybody has seen.
pub fn foreground(micros: u64) -> u64 {
    if micros <= LONGEST_FRAME { micros } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_time_is_lost_between_frames() {
        let (mut carry, mut total) = (0, 0);
        for _ in 0..600 {
            let (millis, left) = simulated(carry, 16_667, REAL_TIME);
            (carry, total) = (left, total + millis);
        }
        assert_eq!(total, 10_000);
    }

    #[test]
    fn a_frame_in_the_background_is_no_time() {
        assert_eq!(simulated(0, 60_000_000, REAL_TIME), (0, 0));
    }
}
