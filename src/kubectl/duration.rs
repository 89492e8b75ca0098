//! Ages as kubectl prints them: `apimachinery/pkg/util/duration/duration.go`.

use crate::sim::time::SimDuration;

/// `HumanDuration`: two units at most, and fewer the longer it is.
pub fn human_duration(duration: SimDuration) -> String {
    let secs = duration.secs();
    let (mins, hours, days) = (secs / 60, secs / 3600, secs / 86_400);
    let years = days / 365;
    match () {
        () if secs < 120 => format!("{secs}s"),
        () if mins < 10 => two(mins, "m", secs % 60, "s"),
        () if hours < 3 => format!("{mins}m"),
        () if hours < 8 => two(hours, "h", mins % 60, "m"),
        () if hours < 48 => format!("{hours}h"),
        () if hours < 192 => two(days, "d", hours % 24, "h"),
        () if years < 2 => format!("{days}d"),
        () if years < 8 => two(years, "y", days % 365, "d"),
        () => format!("{years}y"),
    }
}

fn two(large: u64, large_unit: &str, small: u64, small_unit: &str) -> String {
    match small {
        0 => format!("{large}{large_unit}"),
        _ => format!("{large}{large_unit}{small}{small_unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_lose_precision_as_they_grow() {
        #[track_caller]
        fn check(secs: u64, expect: &str) {
            assert_eq!(human_duration(SimDuration::from_secs(secs)), expect);
        }

        check(0, "0s");
        check(119, "119s");
        check(120, "2m");
        check(135, "2m15s");
        check(600, "10m");
        check(3 * 3600 - 1, "179m");
        check(3 * 3600, "3h");
        check(3 * 3600 + 1200, "3h20m");
        check(47 * 3600, "47h");
        check(48 * 3600, "2d");
        check(8 * 86_400 - 1, "7d23h");
        check(8 * 86_400, "8d");
        check(730 * 86_400, "2y");
        check(8 * 365 * 86_400, "8y");
    }
}
