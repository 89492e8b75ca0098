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

    /// The moment as RFC 3339 writes it, to the second. The scenario begins with the year 2000, UTC.
    pub fn rfc3339(self) -> String {
        let secs = self.secs();
        let (hours, minutes, seconds) = (secs / 3600 % 24, secs / 60 % 60, secs % 60);
        let (year, month, day) = civil_date(secs / 86_400);
        format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}Z")
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

/// Year, month and day, so many days after the first of January 2000.
fn civil_date(days: u64) -> (u64, u64, u64) {
    // Years that begin with March have their leap day at the end: `days_from_civil`, by Howard Hinnant.
    // The first of March 2000, the beginning of a cycle of 400 years, is day 60; a cycle is added so
    // that nothing is negative.
    let since = days + 146_097 - 60;
    let (era, day_of_era) = (since / 146_097, since % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = 1600 + era * 400 + year_of_era + u64::from(month <= 2);
    (year, month, day)
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
    fn dates_are_those_of_the_calendar() {
        #[track_caller]
        fn check(secs: u64, expect: &str) {
            assert_eq!(SimTime::from_secs(secs).rfc3339(), expect);
        }

        check(0, "2000-01-01T00:00:00Z");
        check(20, "2000-01-01T00:00:20Z");
        check(86_399, "2000-01-01T23:59:59Z");
        check(59 * 86_400, "2000-02-29T00:00:00Z");
        check(60 * 86_400, "2000-03-01T00:00:00Z");
        check(366 * 86_400, "2001-01-01T00:00:00Z");
        check(9_557 * 86_400 + 3_661, "2026-03-02T01:01:01Z");
        check(36_584 * 86_400, "2100-03-01T00:00:00Z");
    }

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
