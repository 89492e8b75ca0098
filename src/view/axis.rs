//! The axis of time: which moment is where, and back. Waits in which nothing happens are drawn
//! short, so that ten minutes until a deadline do not squeeze the seconds that matter.

use crate::session::Session;
pub use crate::session::playback::Wait;
use crate::sim::time::{SimDuration, SimTime};

use super::px::Px;

/// The axis of time, in whole tenths of a pixel and whole milliseconds: later is never further left.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Where it begins.
    pub left: Px,
    /// How wide it is.
    pub width: Px,
    /// The last moment on it.
    pub end: SimTime,
    /// The waits that are drawn short.
    pub breaks: Vec<Wait>,
    /// Moments and their places, both in ascending order; between two of them time passes evenly.
    knots: Vec<(SimTime, Px)>,
    /// The distance of labels, in seconds.
    step: u64,
}

/// Left of the axis stand the numbers of the levels.
pub const LEFT: Px = Px::whole(30);
/// Half of a label of the axis, and a little air.
pub const RIGHT: Px = Px::whole(6);
/// A broken wait is so wide: two lines of words that stand upright have room in it.
const BREAK: Px = Px::whole(36);
/// All breaks together take at most this share of the width, in fifths.
const MOST_BROKEN: i64 = 2;
/// So much of a wait is drawn as it is on both sides of a break: what happens at its ends stands clear.
const SHOWN: SimDuration = SimDuration::from_secs(1);
/// Only the longest waits are drawn short: more breaks would be all there is to see.
const MOST_BREAKS: usize = 5;
/// Half of a letter of a label.
const LETTER: Px = Px(33);
/// A label wants so much room.
const LABEL: Px = Px::whole(44);

/// The part of a wait that is drawn short.
fn hidden(wait: &Wait) -> (SimTime, SimTime) {
    (wait.from + SHOWN, wait.to - SHOWN)
}

fn hidden_millis(waits: &[Wait]) -> u64 {
    waits.iter().map(hidden).map(|(from, to)| to.since(from).millis()).sum()
}

impl Axis {
    /// The axis of the run on screen.
    pub fn of(session: &Session) -> Self {
        let width = Px::whole(session.width as i32).minus(LEFT).minus(RIGHT);
        let end = session.timeline.end();
        let last = session.ghost.as_ref().map_or(end, |ghost| ghost.end.max(end));
        let waits = if session.skip_waits { waits(session) } else { Vec::new() };
        Self::new(width, last, waits)
    }

    /// An axis on which something happens until `last`, but for `waits`.
    pub fn new(width: Px, last: SimTime, waits: Vec<Wait>) -> Self {
        let breaks = worth_breaking(width, last, waits);
        // A label wants some eighty pixels.
        let labels = (u64::try_from(width.0).unwrap_or(0) / 800).clamp(2, 8);
        let secs = last.secs().max(4);
        let hidden = hidden_millis(&breaks);
        let step = nice_step(secs.saturating_sub(hidden / 1000) / labels + 1);
        let end = SimTime::from_secs((secs + step / 4).div_ceil(step) * step);
        let knots = knots(width, end.millis() - hidden, &breaks, end);
        Self { left: LEFT, width, end, breaks, knots, step }
    }

    /// Where a moment is.
    pub fn x(&self, at: SimTime) -> Px {
        let after = self.knots.partition_point(|(time, _)| *time <= at);
        let (Some((from, left)), Some((to, right))) =
            (self.knots.get(after.wrapping_sub(1)), self.knots.get(after))
        else {
            return self.left.plus(self.width);
        };
        let share = (at.since(*from).millis() as i64, to.since(*from).millis() as i64);
        left.plus(right.minus(*left).share(share.0, share.1))
    }

    /// The moment at a place: the inverse of [`Self::x`], as far as pixels are fine enough.
    pub fn time(&self, x: Px) -> SimTime {
        let after = self.knots.partition_point(|(_, place)| *place <= x);
        let Some((to, right)) = self.knots.get(after) else { return self.end };
        let Some((from, left)) = self.knots.get(after.wrapping_sub(1)) else { return SimTime::ZERO };
        let (part, all) = (x.minus(*left).0 as u64, right.minus(*left).0 as u64);
        // Rounded up, so that the place of the moment is the place that was asked for.
        *from + SimDuration::from_millis((to.since(*from).millis() * part).div_ceil(all))
    }

    /// From where to where a wait is drawn short.
    pub fn place(&self, wait: &Wait) -> (Px, Px) {
        let (from, to) = hidden(wait);
        (self.x(from), self.x(to))
    }

    /// Labels below the axis: whole steps, but for those within a break and those without room.
    pub fn ticks(&self) -> Vec<(Px, String)> {
        let mut ticks: Vec<(Px, String)> = Vec::new();
        let right = self.left.plus(self.width).plus(Px::whole(14));
        for piece in self.knots.windows(2) {
            let ((from, left), (to, _)) = (piece[0], piece[1]);
            if self.breaks.iter().any(|wait| hidden(wait).0 == from) {
                continue;
            }
            let first = from.millis().div_ceil(self.step * 1000);
            for index in first..=to.secs() / self.step {
                let at = SimTime::from_secs(index * self.step);
                let label = at.to_string();
                // Centred on its place, but for the last one, which would be cut off.
                let x = self.x(at).max(left).min(right.minus(Px(LETTER.0 * label.len() as i32)));
                if ticks.last().is_none_or(|(last, _)| last.plus(LABEL) <= x) {
                    ticks.push((x, label));
                }
            }
        }
        ticks
    }
}

/// The times in which nothing happens, neither in the run nor in the future that was left for it.
fn waits(session: &Session) -> Vec<Wait> {
    let mut run = session.timeline.series().samples();
    let mut ghost = session.ghost.as_ref().map_or(&[][..], |ghost| &ghost.points);
    let mut from = SimTime::ZERO;
    let mut waits = Vec::new();
    loop {
        let to = match (run, ghost) {
            ([sample, ..], [point, ..]) => sample.at.min(point.at),
            ([sample, ..], []) => sample.at,
            ([], [point, ..]) => point.at,
            ([], []) => return waits,
        };
        run = after(run, |sample| sample.at <= to);
        ghost = after(ghost, |point| point.at <= to);
        waits.extend(Wait::between(from, to));
        from = to;
    }
}

/// What is left after the first one, if it is past.
fn after<T>(items: &[T], is_past: impl Fn(&T) -> bool) -> &[T] {
    match items {
        [first, rest @ ..] if is_past(first) => rest,
        _ => items,
    }
}

/// The longest ones, as long as each saves at least as much as it takes.
fn worth_breaking(width: Px, last: SimTime, mut waits: Vec<Wait>) -> Vec<Wait> {
    loop {
        let lengths = waits.iter().map(|wait| wait.length().millis()).enumerate();
        let Some((shortest, _)) = lengths.min_by_key(|(_, length)| *length) else { return waits };
        if waits.len() <= MOST_BREAKS && is_worth_breaking(width, last, &waits, waits[shortest]) {
            return waits;
        }
        waits.remove(shortest);
    }
}

fn is_worth_breaking(width: Px, last: SimTime, waits: &[Wait], wait: Wait) -> bool {
    let each = broken_width(width, waits.len()).0 as u64;
    let drawn = width.0 as u64 - each * waits.len() as u64;
    let busy = last.millis().saturating_sub(hidden_millis(waits));
    2 * each * busy <= drawn * hidden_millis(&[wait])
}

/// How wide each of so many breaks is.
fn broken_width(width: Px, breaks: usize) -> Px {
    width.share(MOST_BROKEN, 5 * breaks.max(1) as i64).min(BREAK)
}

/// `busy` milliseconds are drawn to scale.
fn knots(width: Px, busy: u64, breaks: &[Wait], end: SimTime) -> Vec<(SimTime, Px)> {
    let each = broken_width(width, breaks.len());
    let drawn = width.minus(Px(each.0 * breaks.len() as i32));
    let mut knots = vec![(SimTime::ZERO, LEFT)];
    let mut passed = 0;
    for (index, wait) in breaks.iter().enumerate() {
        let (from, to) = hidden(wait);
        let (last, _) = knots[knots.len() - 1];
        passed += from.since(last).millis();
        let before = LEFT.plus(Px(each.0 * index as i32));
        let x = before.plus(drawn.share(passed as i64, busy as i64));
        knots.push((from, x));
        knots.push((to, x.plus(each)));
    }
    knots.push((end, LEFT.plus(width)));
    knots
}

/// The first pleasant number of seconds that is not smaller.
fn nice_step(secs: u64) -> u64 {
    let nice = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];
    nice.into_iter().find(|nice| secs <= *nice).unwrap_or_else(|| secs.div_ceil(86_400) * 86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: Px = Px::whole(560);

    fn secs(secs: u64) -> SimTime {
        SimTime::from_secs(secs)
    }

    fn axis(last: u64, waits: &[(u64, u64)]) -> Axis {
        let waits = waits.iter().map(|(from, to)| Wait { from: secs(*from), to: secs(*to) });
        Axis::new(WIDTH, secs(last), waits.collect())
    }

    #[test]
    fn steps_of_the_axis_are_pleasant() {
        for (secs, expect) in [(1, 1), (3, 5), (6, 10), (61, 120), (100_000, 172_800)] {
            assert_eq!(nice_step(secs), expect);
        }
    }

    #[test]
    fn a_deadline_does_not_squeeze_the_seconds_that_matter() {
        let broken = axis(625, &[(25, 620)]);
        let (from, to) = broken.place(&broken.breaks[0]);
        assert_eq!(to.minus(from), BREAK);
        assert!(broken.width.share(3, 5) < broken.x(secs(25)).minus(broken.left));
        let even = axis(625, &[]);
        assert!(even.x(secs(25)).minus(even.left) < even.width.share(1, 20));
    }

    #[test]
    fn later_is_never_further_left_and_places_are_found_again() {
        let waits: Vec<_> = (1..30).map(|n| (n * 100, n * 100 + 90)).collect();
        for axis in [axis(30, &[]), axis(625, &[(25, 620)]), axis(3000, &waits), axis(0, &[])] {
            let mut last = Px(0);
            for millis in (0..axis.end.millis()).step_by(137) {
                let x = axis.x(SimTime::from_millis(millis));
                assert!(last <= x, "{millis} ms is left of what was before it");
                last = x;
            }
            for x in axis.left.0..=axis.left.plus(axis.width).0 {
                let there = axis.x(axis.time(Px(x)));
                // On a short run a tenth of a pixel is less than a millisecond.
                assert!((there.0 - x).abs() <= 2, "{x} is found at {there}");
            }
        }
    }

    #[test]
    fn no_label_stands_in_a_break_or_on_another() {
        let axis = axis(625, &[(25, 620)]);
        let ticks = axis.ticks();
        assert!(ticks.windows(2).all(|pair| pair[0].0.plus(LABEL) <= pair[1].0));
        let (from, to) = axis.place(&axis.breaks[0]);
        assert!(ticks.iter().all(|(x, _)| *x <= from || to <= *x), "{ticks:?}");
        assert!(2 < ticks.len());
    }

    #[test]
    fn waits_that_take_little_of_the_axis_stay_as_they_are() {
        assert_eq!(axis(2000, &[(100, 130)]).breaks, []);
        let alike: Vec<_> = (0..40).map(|n| (n * 310, n * 310 + 300)).collect();
        assert_eq!(axis(12_400, &alike).breaks, []);
        assert_eq!(axis(50, &[(10, 40)]).breaks.len(), 1);
    }
}
