//! Moving through the run: by steps, by landmarks, by moments, and as time passes.

use crate::sim::time::{SimDuration, SimTime};
use crate::timeline::landmarks::{Kind, MARKS};

use super::Session;
use super::playback::{Playback, STILL, Wait, crossed, simulated};

impl Session {
    /// Whether time runs, so that frames are wanted.
    pub fn is_playing(&self) -> bool {
        matches!(self.playback, Playback::Playing { .. })
    }

    pub(super) fn toggle_play(&mut self) {
        if self.is_playing() {
            self.playback = Playback::Paused;
            return;
        }
        if self.is_at_end() {
            self.rewind();
        }
        self.begin();
    }

    /// Time passes until the end.
    pub(super) fn play_on(&mut self) {
        if !self.is_playing() && !self.is_at_end() {
            self.toggle_play();
        }
    }

    /// Shortly before the last command.
    pub(super) fn replay_from(&self) -> SimTime {
        let last = self.timeline.inputs().script.last();
        last.map_or(SimTime::ZERO, |scripted| scripted.at - SimDuration::from_secs(2))
    }

    pub(super) fn go_to_step(&mut self, step: usize) {
        self.timeline.seek(step);
        self.hover = None;
        self.playback = Playback::Step;
    }

    /// Moments long after the run has ended are no place to be, nor any at which more would have happened.
    pub(super) fn go_to_time(&mut self, time: SimTime) {
        let end = self.timeline.end();
        let latest = match self.timeline.is_endless() {
            true => end,
            false => end + SimDuration::from_millis(end.millis() / 2).max(SimDuration::from_secs(60)),
        };
        self.timeline.seek_time(time.min(latest));
        self.hover = None;
        if self.playback == Playback::Step {
            self.playback = Playback::Paused;
        }
    }

    /// Between two steps, back is to the one before; on a step, to the one before that.
    pub(super) fn step_back(&mut self) {
        self.go_to_step(self.last_step_before().max(1));
    }

    fn last_step_before(&self) -> usize {
        let now = self.timeline.step_number();
        let between = self.timeline.at(now) < self.timeline.time();
        if between { now } else { now - 1 }
    }

    pub(super) fn previous_mark(&mut self) {
        self.go_back_to(&MARKS);
    }

    pub(super) fn next_mark(&mut self) {
        self.go_on_to(&MARKS);
    }

    pub(super) fn previous_batch(&mut self) {
        self.go_back_to(&[Kind::Batch]);
    }

    pub(super) fn next_batch(&mut self) {
        self.go_on_to(&[Kind::Batch]);
    }

    fn go_back_to(&mut self, kinds: &[Kind]) {
        let found = self.timeline.landmarks().last(kinds, self.last_step_before());
        self.go_to_step(found.unwrap_or(1));
    }

    fn go_on_to(&mut self, kinds: &[Kind]) {
        let found = self.timeline.landmarks().next(kinds, self.timeline.step_number());
        self.go_to_step(found.unwrap_or(usize::MAX));
    }

    /// To the first decision after the first command; the very first creates the Deployment.
    pub(super) fn go_to_first_decision(&mut self) {
        let command = self.timeline.landmarks().next(&[Kind::Command], 1);
        let decision = command.and_then(|step| self.timeline.landmarks().next(&MARKS, step));
        self.go_to_step(decision.or(command).unwrap_or(1));
    }

    /// The wait in which the moment on screen lies: nothing happens for long.
    pub fn wait(&self) -> Option<Wait> {
        let step = self.timeline.step_number();
        let next = (step < self.timeline.steps()).then(|| self.timeline.at(step + 1))?;
        Wait::between(self.timeline.at(step), next)
    }

    /// Time passes. However much it is, the timeline is moved once: what that costs does not depend on
    /// the speed.
    pub(super) fn frame(&mut self, micros: u64) {
        let Playback::Playing { carry } = self.playback else { return };
        if self.has_played(micros) {
            self.playback = Playback::Paused;
            return;
        }
        if self.reduced_motion {
            return self.still_frame(carry.saturating_add(micros));
        }
        let (millis, carry) = simulated(carry, micros, self.speed);
        let now = self.timeline.time();
        let mut time = now + SimDuration::from_millis(millis);
        if let Some(wait) = self.wait().filter(|_| self.skip_waits) {
            let crossed = now + crossed(wait, micros);
            time = time.max(crossed.min(wait.to));
        }
        if let Some(stop) = self.next_stop().filter(|stop| self.timeline.at(*stop) <= time) {
            return self.go_to_step(stop);
        }
        let end = self.last_moment();
        self.timeline.seek_time(time.min(end));
        self.playback = Playback::Playing { carry };
        if end <= time {
            self.finish();
        }
    }

    /// With reduced motion playing is a series of stills: the next step, once a second.
    fn still_frame(&mut self, carry: u64) {
        if carry < STILL {
            self.playback = Playback::Playing { carry };
            return;
        }
        let next = self.timeline.step_number() + 1;
        if self.next_stop() == Some(next) {
            return self.go_to_step(next);
        }
        self.timeline.seek(next);
        self.playback = Playback::Playing { carry: 0 };
        if self.bounds().1 <= next {
            self.finish();
        }
    }

    /// The step that explains what is on screen: the one stepped to, or else the last decision or command.
    pub fn explained_step(&self) -> usize {
        let now = self.timeline.step_number();
        if self.playback == Playback::Step {
            return now;
        }
        self.timeline.landmarks().last(&MARKS, now).unwrap_or(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Options;
    use crate::session::msg::{Look, Msg};

    fn told(story: &str) -> Session {
        let mut session = Session::new(Options::default());
        session.update(Msg::OpenStory(story.to_owned()));
        session
    }

    /// How many frames of a sixtieth of a second it takes to play to the end.
    fn frames(session: &mut Session) -> u64 {
        session.update(Msg::Look(Look::TogglePlay));
        let mut frames = 0;
        while session.is_playing() {
            session.update(Msg::Look(Look::Frame(16_667)));
            frames += 1;
        }
        frames
    }

    #[test]
    fn ten_minutes_in_which_nothing_happens_pass_in_a_moment() {
        let mut session = told("deadline-default");
        session.update(Msg::Look(Look::GoToStep(session.timeline.steps() - 1)));
        let wait = session.wait().expect("nothing happens until the deadline");
        assert_eq!(wait.length().secs(), 599);
        assert!(frames(&mut session) <= 40);
        session.update(Msg::Look(Look::SkipWaits(false)));
        session.update(Msg::Look(Look::GoToStep(session.timeline.steps() - 1)));
        assert!(590 * 60 < frames(&mut session));
    }

    #[test]
    fn no_step_is_passed_over_with_a_wait() {
        let mut session = told("deadline-default");
        session.update(Msg::Look(Look::TogglePlay));
        let mut seen = vec![session.timeline.time()];
        while session.is_playing() {
            session.update(Msg::Look(Look::Frame(16_667)));
            seen.push(session.timeline.time());
        }
        let deadline = session.timeline.landmarks().all(Kind::Deadline)[0];
        let deadline = session.timeline.at(deadline as usize);
        assert!(seen.contains(&deadline));
    }

    #[test]
    fn batches_are_leafed_through_in_both_directions() {
        let mut session = told("article-10-defaults");
        session.update(Msg::Look(Look::SeekStart));
        let mut moments = Vec::new();
        while session.timeline.step_number() < session.timeline.steps() {
            session.update(Msg::Look(Look::NextBatch));
            moments.push(session.timeline.time().secs());
        }
        assert_eq!(moments, [0, 5, 20, 25, 25, 30, 80, 85, 85, 90, 95]);
        session.update(Msg::Look(Look::PreviousBatch));
        session.update(Msg::Look(Look::PreviousBatch));
        assert_eq!(session.timeline.time().secs(), 85);
    }
}
