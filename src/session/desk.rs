//! The desk beside the page, where kubectl is typed: a program of its own, which is loaded when it is opened.
//! It is told of the run and the moment on screen, and of the buttons that are pressed.

use crate::i18n::Lang;
use crate::kubectl::print;
use crate::line;
use crate::sim::command::{Answer, Command, Rejected};
use crate::sim::time::SimTime;
use crate::timeline::{SHOWN, Timeline};

use super::effect::Effect;
use super::ghost::Ghost;
use super::{Moment, Session};

/// The desk, as far as the page knows it.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// Whether it is there.
    pub state: State,
    /// The moment that it was told of last.
    told: Option<(Lang, Moment)>,
    /// What it has not been told of yet.
    pressed: Vec<Effect>,
}

/// Whether the desk is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nobody has opened it.
    #[default]
    Closed,
    /// It is on its way.
    Loading,
    /// It could not be loaded.
    Failed,
    /// It is there.
    Open,
}

impl Session {
    pub(super) fn open_desk(&mut self) -> Option<Effect> {
        self.desk.state = State::Loading;
        Some(Effect::OpenDesk)
    }

    /// Opens the desk, if it is not open, where pictures and snippets are taken.
    pub(super) fn share(&mut self) -> Option<Effect> {
        self.desk.pressed.push(Effect::ShareAtDesk);
        matches!(self.desk.state, State::Closed | State::Failed).then(|| self.open_desk())?
    }

    /// What the desk has not been told of yet.
    pub(super) fn tell_desk(&mut self) -> Vec<Effect> {
        if self.desk.state != State::Open {
            return Vec::new();
        }
        let mut effects = std::mem::take(&mut self.desk.pressed);
        let (lang, moment) = (self.lang, self.moment());
        if self.desk.told.replace((lang, moment)) != Some((lang, moment)) {
            let (line, (_, step, time)) =
                (line::write_with(self.timeline.inputs(), line::template::write), moment);
            effects.push(Effect::ShowDesk { lang, line, step, time });
        }
        effects
    }

    /// A button was pressed: the desk shows the line it stands for.
    pub(super) fn press(&mut self, command: &Command, answer: &Result<Answer, Rejected>) {
        if self.desk.state != State::Open {
            return;
        }
        let cluster = self.timeline.cluster();
        let line = print::command_line(command, cluster);
        let (said, refused) = match answer {
            Ok(answer) => (print::answer(answer, &cluster.deployment(SHOWN).name), false),
            Err(rejected) => (Some(print::refusal(rejected)), true),
        };
        self.desk.pressed.push(Effect::PressDesk { line, said: said.unwrap_or_default(), refused });
    }

    /// A command at the desk has made another run of the same Deployment; or another one altogether is to be
    /// shown.
    pub(super) fn take_over(&mut self, line: &str, time: SimTime) {
        let inputs = line::read_with(line.split(' '), line::template::read);
        if inputs.scenario != self.timeline.inputs().scenario {
            return self.enter(inputs);
        }
        let Ok(timeline) = Timeline::new(inputs) else { return };
        let before = self.visited();
        let lost = Ghost::lost(&self.timeline, before.time);
        self.timeline = timeline;
        self.timeline.seek_time(time);
        self.leave(before, lost);
    }
}
