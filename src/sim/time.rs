//! Simulated time: milliseconds since the scenario began.

use std::fmt;
use std::ops::{Add, Sub};

/// A moment, in milliseconds since the scenario began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimTime(u64);

/// A length of time, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimDuration(u64);

impl SimTime {
    /// The moment at which the scenario begins.
    pub const ZERO: Self = Self(0);
    /// Later than anything that can fall due.
    pub const MAX: Self = Self(u64::MAX);

    /// The moment `millis` milliseconds after the beginning.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// The moment `secs` seconds after the beginning.
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs * 1000)
    }

    /// Milliseconds since the beginning.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// Whole seconds since the beginning, rounded down.
    pub const fn secs(self) -> u64 {
        self.0 / 1000
    }

    /// The moment as an API object stores it: `metav1.Time` has a resolution of one second.
    pub const fn stored(self) -> Self {
        Self(self.0 / 1000 * 1000)
    }

    /// How long ago `earlier` was; zero if it lies in the future.
    pub const fn since(self, earlier: Self) -> SimDuration {
        SimDuration(self.0.saturating_sub(earlier.0))
    }
}

impl SimDuration {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// `millis` milliseconds.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// `secs` seconds.
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs * 1000)
    }

    /// The length in milliseconds.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// The length in whole seconds, rounded down.
    pub const fn secs(self) -> u64 {
        self.0 / 1000
    }
}

impl SimDuration {
    /// The sum of both.
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Add<SimDuration> for SimTime {
    type Output = Self;

    fn add(self, rhs: SimDuration) -> Self {
        Self(self.0.saturating_add(rhs.0))
    }
}

impl Sub<SimDuration> for SimTime {
    type Output = Self;

    fn sub(self, rhs: SimDuration) -> Self {
        Self(self.0.saturating_sub(rhs.0))
    }
}

impl fmt::Display for SimTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        SimDuration(self.0).fmt(f)
    }
}

/// Prints whole seconds the way Go does: `23s`, `1m30s`, `10m`.
impl fmt::Display for SimDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.secs() / 60, self.secs() % 60) {
            (0, secs) => write!(f, "{secs}s"),
            (mins, 0) => write!(f, "{mins}m"),
            (mins, secs) => write!(f, "{mins}m{secs}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_like_go() {
        #[track_caller]
        fn check(millis: u64, expect: &str) {
            assert_eq!(SimDuration::from_millis(millis).to_string(), expect);
        }

        check(0, "0s");
        check(999, "0s");
        check(23_000, "23s");
        check(90_000, "1m30s");
        check(600_000, "10m");
    }
}
