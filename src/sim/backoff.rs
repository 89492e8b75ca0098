//! Waiting longer each time: `client-go/util/flowcontrol/backoff.go`.

use super::time::{SimDuration, SimTime};

/// `flowcontrol.Backoff` without its table: whoever waits keeps its own entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The first wait.
    pub initial: SimDuration,
    /// The longest wait.
    pub max: SimDuration,
}

/// `backoffEntry`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackoffEntry {
    /// The present wait.
    pub backoff: SimDuration,
    /// When [`Backoff::next`] was last called.
    pub last_update: SimTime,
}

impl Backoff {
    /// `Next`: the first wait, or twice the last one; after a long quiet time it begins anew.
    pub fn next(self, entry: Option<BackoffEntry>, now: SimTime) -> BackoffEntry {
        let backoff = match entry.filter(|entry| !self.has_expired(*entry, now)) {
            None => self.initial,
            Some(entry) => entry.backoff.plus(entry.backoff).min(self.max),
        };
        BackoffEntry { backoff, last_update: now }
    }

    /// `IsInBackOffSinceUpdate`: whether the wait is not over at `event`.
    pub fn is_in_backoff_since_update(self, entry: Option<BackoffEntry>, event: SimTime) -> bool {
        let Some(entry) = entry.filter(|entry| !self.has_expired(*entry, event)) else { return false };
        event.since(entry.last_update) < entry.backoff
    }

    /// `hasExpired`.
    fn has_expired(self, entry: BackoffEntry, event: SimTime) -> bool {
        self.max.plus(self.max) < event.since(entry.last_update)
    }
}
