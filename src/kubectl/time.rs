//! Times as kubectl prints them.

use crate::sim::time::SimTime;

use super::duration::human_duration;

/// `time.RFC1123Z`, as `kubectl describe` has it.
pub fn rfc1123(time: SimTime) -> String {
    const DAYS: [&str; 7] = ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let date = time.rfc3339();
    // The scenario begins on a Saturday.
    let weekday = DAYS[(time.secs() / 86_400 % 7) as usize];
    let month = date[5..7].parse().map_or("", |month: usize| MONTHS[month - 1]);
    format!("{weekday}, {} {month} {} {} +0000", &date[8..10], &date[..4], &date[11..19])
}

/// How long ago something stored was. `printers.go translateTimestampSince`. Clocks differ a little: what lies
/// further in the future than that is no age.
pub fn age(of: SimTime, now: SimTime) -> String {
    let of = of.stored();
    match of.since(now).secs() {
        0 | 1 => human_duration(now.since(of)),
        _ => "<invalid>".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scenario_begins_on_a_saturday() {
        assert_eq!(rfc1123(SimTime::ZERO), "Sat, 01 Jan 2000 00:00:00 +0000");
        assert_eq!(rfc1123(SimTime::from_secs(60 * 86_400 + 3661)), "Wed, 01 Mar 2000 01:01:01 +0000");
    }
}
