//! The future that was left for another one. It stays in the chart, faintly, so that both can be
//! compared, and one can go back to it.

use crate::sim::time::SimTime;
use crate::timeline::series::{Sample, Tally};
use crate::timeline::{Inputs, Timeline};

/// A future that is not on screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Ghost {
    /// All that its run follows from.
    pub inputs: Inputs,
    /// The moment from which on it is another future.
    pub from: SimTime,
    /// When its last step happens.
    pub end: SimTime,
    /// Its pods from then on, at most `MOST_POINTS`.
    pub points: Vec<Point>,
}

/// How many pods there are from a moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// When.
    pub at: SimTime,
    /// The available ones.
    pub available: i32,
    /// All that count.
    pub total: i32,
}

/// A line through more points than this looks the same.
const MOST_POINTS: usize = 1024;

impl Ghost {
    /// The future of a run from a moment on.
    pub fn new(timeline: &Timeline, from: SimTime) -> Self {
        let samples = timeline.series().samples();
        let first = samples.partition_point(|sample| sample.at <= from).saturating_sub(1);
        let mut points: Vec<_> = samples[first..].iter().map(point).collect();
        points[0].at = points[0].at.max(from);
        while MOST_POINTS < points.len() {
            points = points.chunks(2).map(merged).collect();
        }
        Self { inputs: timeline.inputs().clone(), from, end: timeline.end(), points }
    }

    /// The future that is lost when a command is given at a moment; `None` if nothing is.
    pub fn lost(timeline: &Timeline, at: SimTime) -> Option<Self> {
        (at < timeline.end()).then(|| Self::new(timeline, at))
    }

    /// The future that `left` had where `taken` has another one; `None` if the pods fare alike.
    pub fn between(left: &Timeline, taken: &Timeline) -> Option<Self> {
        let (old, new) = (left.series().samples(), taken.series().samples());
        let alike = |(a, b): &(&Sample, &Sample)| a.at == b.at && a.sets == b.sets;
        let common = old.iter().zip(new).take_while(alike).count();
        let others = [old.get(common), new.get(common)];
        let from = others.into_iter().flatten().map(|sample| sample.at).min()?;
        Some(Self::new(left, from))
    }

    /// How its pods stand at a moment; `None` before it is another future.
    pub fn at(&self, time: SimTime) -> Option<Point> {
        let after = self.points.partition_point(|point| point.at <= time);
        self.points[..after].last().copied()
    }
}

fn point(sample: &Sample) -> Point {
    let sum = |count: fn(&Tally) -> i32| sample.sets.iter().map(count).sum();
    Point { at: sample.at, available: sum(|tally| tally.available), total: sum(Tally::active) }
}

/// Two points that are drawn as one: what is worst of both.
fn merged(points: &[Point]) -> Point {
    let rest = points[1..].iter();
    rest.fold(points[0], |all, point| Point {
        at: all.at,
        available: all.available.min(point.available),
        total: all.total.max(point.total),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::msg::{Look, Msg};
    use crate::session::settings::Field;
    use crate::session::{Options, Session};

    fn session() -> Session {
        Session::new(Options::default())
    }

    fn edit(session: &mut Session, field: Field, text: &str) {
        session.update(Msg::Edit(field, text.to_owned()));
    }

    #[test]
    fn acting_in_the_past_leaves_the_old_future_as_a_ghost() {
        let mut session = session();
        let (old, time) = (session.timeline.clone(), session.timeline.time());
        session.update(Msg::RollOut);
        let ghost = session.ghost.clone().expect("more would have happened");
        assert_eq!((ghost.from, ghost.end, &ghost.inputs), (time, old.end(), old.inputs()));
        assert_eq!(ghost.at(old.end()).map(|point| (point.available, point.total)), Some((10, 10)));
        assert_eq!(ghost.at(SimTime::from_secs(1)), None);
        session.update(Msg::DismissGhost);
        assert_eq!(session.ghost, None);
    }

    #[test]
    fn at_the_end_there_is_no_future_to_be_lost() {
        let mut session = session();
        session.update(Msg::Look(Look::SeekEnd));
        session.update(Msg::RollOut);
        assert_eq!(session.ghost, None);
    }

    #[test]
    fn a_setting_makes_a_ghost_from_where_the_pods_fare_otherwise() {
        let mut session = session();
        edit(&mut session, Field::MaxSurge, "0");
        assert_eq!(session.ghost.as_ref().map(|ghost| ghost.from.secs()), Some(10));
        session.update(Msg::TakeBack);
        assert_eq!(session.ghost, None);
        session.update(Msg::DoAgain);
        assert_eq!(session.ghost.as_ref().map(|ghost| ghost.from.secs()), Some(10));
        edit(&mut session, Field::RevisionHistoryLimit, "3");
        assert_eq!(session.ghost, None, "the pods fare alike");
    }

    #[test]
    fn while_a_number_is_typed_the_ghost_is_the_run_before_the_first_key() {
        let mut session = session();
        let old = session.timeline.inputs().clone();
        for text in ["1", "15"] {
            edit(&mut session, Field::Replicas, text);
            assert_eq!(session.ghost.as_ref().map(|ghost| &ghost.inputs), Some(&old));
        }
        edit(&mut session, Field::Replicas, "10");
        assert_eq!(session.ghost, None, "it is the run that it was");
    }

    #[test]
    fn futures_are_swapped_at_the_same_moment_and_back() {
        let mut session = session();
        let old = session.timeline.inputs().clone();
        session.update(Msg::RollOut);
        let (new, time) = (session.timeline.inputs().clone(), session.timeline.time());
        for _ in 0..3 {
            session.update(Msg::SwapFutures);
            assert_eq!((session.timeline.inputs(), session.timeline.time()), (&old, time));
            session.update(Msg::SwapFutures);
            assert_eq!((session.timeline.inputs(), session.timeline.time()), (&new, time));
        }
        assert_eq!(session.can_take_back(), (true, false));
        session.update(Msg::TakeBack);
        assert_eq!((session.timeline.inputs(), session.can_take_back()), (&old, (false, true)));
    }

    #[test]
    fn a_ghost_of_a_long_run_is_small() {
        let mut session = session();
        edit(&mut session, Field::Fault, "flaps");
        let ghost = Ghost::new(&session.timeline, SimTime::ZERO);
        assert!(ghost.points.len() <= MOST_POINTS);
        assert!(ghost.points.windows(2).all(|pair| pair[0].at < pair[1].at));
    }
}
