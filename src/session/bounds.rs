//! What of a run an embedded page shows, and when its play stops.

use crate::sim::time::SimTime;
use crate::timeline::landmarks::MARKS;

use super::Session;
use super::embed::Embed;
use super::playback::{Playback, foreground};

/// How an embedded page plays, and what of the run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Play {
    /// The first and the last step that may be looked at, if there are others.
    steps: Option<(usize, usize)>,
    /// How often it is played again once it has ended.
    pub(super) again: u32,
    /// It stops after so much time, in microseconds.
    stops_after: Option<u64>,
    /// It stops at every command and decision.
    stops_at_markers: bool,
    /// Where it has begun to play, and how often it is still played again from there.
    began: SimTime,
    left: u32,
    /// How long it has played since, in microseconds.
    played: u64,
}

impl Play {
    /// Does what an option says, if it can be read.
    pub(super) fn open_option(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "steps" => self.steps = Some(range(value)?),
            // Once for ever, or so often in all.
            "loop" => {
                self.again = match value.parse().ok()? {
                    0 => 0,
                    1 => u32::MAX,
                    times => times - 1,
                }
            }
            "stopafter" => {
                let seconds: u32 = value.parse().ok().filter(|seconds| 0 < *seconds)?;
                self.stops_after = Some(u64::from(seconds) * 1_000_000);
            }
            "pauseonmarkers" if matches!(value, "0" | "1") => self.stops_at_markers = value == "1",
            _ => return None,
        }
        Some(())
    }
}

/// The first and the last step: `5-40`, `5-`, `-40`.
pub fn range(text: &str) -> Option<(usize, usize)> {
    let (first, last) = text.split_once('-')?;
    let step = |text: &str, otherwise| if text.is_empty() { Some(otherwise) } else { text.parse().ok() };
    let (first, last) = (step(first, 1)?, step(last, usize::MAX)?);
    (1 <= first && first <= last).then_some((first, last))
}

impl Session {
    /// Whether only a part of the run may be looked at.
    pub fn is_locked(&self) -> bool {
        self.embed.as_ref().is_some_and(|embed| embed.play.steps.is_some())
    }

    /// The first and the last step that may be looked at.
    pub fn bounds(&self) -> (usize, usize) {
        let steps = self.timeline.steps();
        let locked = self.embed.as_ref().and_then(|embed| embed.play.steps);
        let (first, last) = locked.unwrap_or((1, steps));
        let first = first.clamp(1, steps);
        (first, last.clamp(first, steps))
    }

    /// The last moment that may be looked at: that of the last step, or the end of the run.
    pub fn last_moment(&self) -> SimTime {
        let (_, last) = self.bounds();
        if last < self.timeline.steps() { self.timeline.at(last) } else { self.timeline.end() }
    }

    /// Whether nothing is to come any more.
    pub fn is_at_end(&self) -> bool {
        let (_, last) = self.bounds();
        last <= self.timeline.step_number() && self.last_moment() <= self.timeline.time()
    }

    /// Whatever is asked for, what is locked away is not shown.
    pub(super) fn stay_within_bounds(&mut self) {
        let (first, last) = self.bounds();
        let (now, time) = (self.timeline.step_number(), self.timeline.time());
        if now < first {
            self.timeline.seek(first);
        } else if last < self.timeline.steps() && (last, self.timeline.at(last)) < (now, time) {
            self.timeline.seek(last);
        }
    }

    /// At the end play begins again: where all begins that may be looked at, or, if that is the whole run, shortly
    /// before the last command.
    pub(super) fn rewind(&mut self) {
        match self.is_locked() {
            true => self.timeline.seek(self.bounds().0),
            false => self.timeline.seek_time(self.replay_from()),
        }
    }

    /// Play begins.
    pub(super) fn begin(&mut self) {
        let time = self.timeline.time();
        if let Some(Embed { play, .. }) = &mut self.embed {
            (play.began, play.left, play.played) = (time, play.again, 0);
        }
        self.playback = Playback::Playing { carry: 0 };
    }

    /// Play has come to the end: there it stands, or goes back to where it has begun.
    pub(super) fn finish(&mut self) {
        self.playback = Playback::Paused;
        let play = self.embed.as_mut().map(|embed| &mut embed.play);
        let Some(play) = play.filter(|play| 0 < play.left) else { return };
        if play.left < u32::MAX {
            play.left -= 1;
        }
        self.timeline.seek_time(play.began);
        if !self.is_at_end() {
            self.playback = Playback::Playing { carry: 0 };
        }
    }

    /// So much time has been played, in microseconds; says whether that was enough.
    pub(super) fn has_played(&mut self, micros: u64) -> bool {
        let Some(Play { played, stops_after: Some(most), .. }) =
            self.embed.as_mut().map(|embed| &mut embed.play)
        else {
            return false;
        };
        *played += foreground(micros);
        *most <= *played
    }

    /// The next step at which play stops before the end.
    pub(super) fn next_stop(&self) -> Option<usize> {
        self.embed.as_ref().filter(|embed| embed.play.stops_at_markers)?;
        self.timeline.landmarks().next(&MARKS, self.timeline.step_number())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::*;
    use crate::session::msg::{Look, Msg};

    fn embedded(link: &str) -> Session {
        Session::new(Options { embedded: true, link: link.to_owned(), ..Options::default() })
    }

    /// Plays for so many frames of a sixtieth of a second, or until it stops: which steps were shown.
    fn played(session: &mut Session, frames: usize) -> Vec<usize> {
        session.update(Msg::Look(Look::Play));
        let mut shown = vec![session.timeline.step_number()];
        for _ in 0..frames {
            if !session.is_playing() {
                break;
            }
            session.update(Msg::Look(Look::Frame(16_667)));
            shown.push(session.timeline.step_number());
        }
        shown
    }

    #[test]
    fn ranges_are_read_from_either_side() {
        assert_eq!(range("5-40"), Some((5, 40)));
        assert_eq!(range("5-"), Some((5, usize::MAX)));
        assert_eq!(range("-40"), Some((1, 40)));
        for wrong in ["", "5", "0-3", "9-4", "a-b", "1-2-3"] {
            assert_eq!(range(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn nothing_outside_of_the_range_is_shown() {
        let mut session = embedded("steps=10-30&step=2");
        assert_eq!(session.timeline.step_number(), 10);
        let end = session.timeline.end().millis();
        let moves = [
            Msg::Look(Look::SeekStart),
            Msg::Look(Look::StepBack),
            Msg::Look(Look::PreviousMark),
            Msg::Look(Look::Scrub(0)),
            Msg::Look(Look::SeekEnd),
            Msg::Look(Look::StepForward),
            Msg::Look(Look::NextBatch),
            Msg::Look(Look::NextMark),
            Msg::Look(Look::Scrub(end)),
            Msg::Look(Look::SeekTenth(9)),
            Msg::OpenLink("step=100".to_owned()),
        ];
        for msg in moves {
            session.update(msg.clone());
            let now = session.timeline.step_number();
            assert!((10..=30).contains(&now), "{msg:?}: {now}");
            assert!(session.timeline.time() <= session.last_moment());
        }
        assert!(session.is_at_end());
        let shown = played(&mut session, 10_000);
        assert_eq!(shown, [30], "play does not go on from the end");
        session.update(Msg::Look(Look::TogglePlay));
        assert_eq!(session.timeline.step_number(), 10);
        let shown = played(&mut session, 10_000);
        assert_eq!((shown[0], *shown.last().unwrap(), session.is_playing()), (10, 30, false));
    }

    #[test]
    fn a_range_from_the_first_step_is_played_again_from_there() {
        // It ends before the last command, after which a whole run would begin again.
        let mut session = embedded("steps=-8&step=8");
        assert!(session.is_at_end() && session.timeline.time() < session.replay_from());
        session.update(Msg::Look(Look::TogglePlay));
        assert_eq!((session.timeline.step_number(), session.is_playing()), (1, true));
    }

    #[test]
    fn a_range_beyond_the_run_is_its_end() {
        let session = embedded("steps=100000-");
        assert_eq!(session.bounds(), (session.timeline.steps(), session.timeline.steps()));
    }

    #[test]
    fn a_loop_begins_where_play_has_begun() {
        let mut session = embedded("steps=10-30&loop=2&controls=none");
        let shown = played(&mut session, 100_000);
        let restarts = shown.windows(2).filter(|pair| pair[1] < pair[0]).count();
        assert_eq!((restarts, session.timeline.step_number()), (1, 30));
        // Whoever plays it again has it as often.
        session.update(Msg::Look(Look::TogglePlay));
        let shown = played(&mut session, 100_000);
        assert_eq!(shown.windows(2).filter(|pair| pair[1] < pair[0]).count(), 1);
        assert!(session.embed.as_ref().unwrap().has_controls(), "its buttons stay");
        let mut session = embedded("at=12&loop=1&controls=none");
        let shown = played(&mut session, 5_000);
        let restarts: Vec<_> =
            shown.windows(2).filter(|pair| pair[1] < pair[0]).map(|pair| pair[1]).collect();
        assert!(2 <= restarts.len() && restarts.iter().all(|step| *step == shown[0]), "{restarts:?}");
        session.update(Msg::RollOut);
        let asked = session.timeline.time();
        let shown = played(&mut session, 5_000);
        assert!(shown.windows(2).any(|pair| pair[1] < pair[0]), "it goes back");
        assert!(
            shown.iter().all(|step| asked <= session.timeline.at(*step + 1)),
            "to where a command was given"
        );
        assert!(session.embed.unwrap().has_controls(), "what goes on can be stopped");
    }

    #[test]
    fn play_stops_at_every_marker_and_after_its_time() {
        let mut session = embedded("at=0&pauseonmarkers=1");
        let mut stops = Vec::new();
        while !session.is_at_end() {
            played(&mut session, 100_000);
            stops.push(session.timeline.step_number());
        }
        let landmarks = session.timeline.landmarks();
        let mut marks = Vec::new();
        while let Some(next) = landmarks.next(&MARKS, marks.last().copied().unwrap_or(stops[0] - 1)) {
            marks.push(next);
        }
        assert_eq!(stops[..marks.len()], marks);
        let mut session = embedded("at=12&stopafter=2");
        assert_eq!(played(&mut session, 100_000).len(), 121);
        assert!(!session.is_playing() && !session.is_at_end());
    }

    #[test]
    fn options_that_cannot_be_read_are_told() {
        let link = "steps=9-2&loop=x&stopafter=0&pauseonmarkers=yes";
        let problems = embedded(link).address.problems;
        assert_eq!(problems.len(), 4);
    }
}
