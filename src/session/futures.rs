//! Runs that come and go: what was left can be gone back to.

use crate::sim::time::SimTime;
use crate::timeline::Timeline;

use super::changing::last_image;
use super::ghost::Ghost;
use super::history::Visited;
use super::playback::Playback;
use super::settings::{Field, Settings};
use super::{Session, run_of};

impl Session {
    /// The last change never was, so there is no other future to be compared with.
    pub(super) fn take_back(&mut self) {
        if let Some(visited) = self.history.take_back(self.visited()) {
            self.revisit(visited);
            self.ghost = None;
        }
    }

    pub(super) fn do_again(&mut self) {
        if let Some(visited) = self.history.do_again(self.visited()) {
            self.revisit(visited);
        }
    }

    /// Back to the future that was left, at the same moment; what is on screen now becomes the one that
    /// one can return to.
    pub(super) fn swap_futures(&mut self) {
        let Some(ghost) = self.ghost.take() else { return };
        let left = Ghost::new(&self.timeline, ghost.from);
        let present = self.visited();
        let time = present.time;
        let is_it = |visited: Option<&Visited>| visited.is_some_and(|visited| visited.inputs == ghost.inputs);
        // Going to and fro is going back and forth in the history, not ever new changes.
        if is_it(self.history.last()) {
            self.history.take_back(present);
        } else if is_it(self.history.next()) {
            self.history.do_again(present);
        } else {
            self.history.leave(present);
        }
        self.revisit(Visited { inputs: ghost.inputs, time });
        self.ghost = Some(left);
    }

    /// The future on screen is left for another one. While a value is typed, it is the one before the
    /// first key.
    pub(super) fn fork(&mut self, taken: &Timeline, typing_on: bool) {
        self.ghost = match (self.ghost.take(), self.history.last()) {
            (Some(ghost), _) if typing_on => Some(ghost).filter(|ghost| ghost.inputs != *taken.inputs()),
            // What was typed may have come back to what was there: then that is on screen.
            (None, Some(before)) if typing_on && before.inputs != *self.timeline.inputs() => {
                Ghost::between(&run_of(before.inputs.clone()), taken)
            }
            _ => Ghost::between(&self.timeline, taken),
        };
    }

    pub(super) fn visited(&self) -> Visited {
        Visited { inputs: self.timeline.inputs().clone(), time: self.timeline.time() }
    }

    pub(super) fn revisit(&mut self, Visited { inputs, time }: Visited) {
        let next_image = self.settings.text(Field::NextImage).to_owned();
        let (scenario, version) = (&inputs.scenario, last_image(&inputs));
        self.settings = Settings::of(scenario, &scenario.deployments[0].1, &version, &next_image);
        self.editing = None;
        let taken = run_of(inputs);
        self.ghost = Ghost::between(&self.timeline, &taken);
        self.show(taken, time);
    }

    pub(super) fn show(&mut self, mut timeline: Timeline, time: SimTime) {
        timeline.seek_time(time.min(timeline.end()));
        self.timeline = timeline;
        self.be_another_run();
        self.story = None;
        if self.playback == Playback::Step {
            self.playback = Playback::Paused;
        }
    }

    pub(super) fn be_another_run(&mut self) {
        self.run += 1;
        self.notice = None;
        self.hover = None;
    }
}
