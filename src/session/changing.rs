//! Settings that are changed, and stories that are opened: other runs.

use crate::line;
use crate::sim::command::{Command, Rejected, Scripted};
use crate::sim::time::SimTime;
use crate::stories::story;
use crate::timeline::{Inputs, SHOWN, Timeline};

use super::settings::{Field, Settings, next_version};
use super::{Notice, Session, Since, room, run_of};

/// Whether a setting is a field of the Deployment, so that a command can change it.
fn is_of_deployment(field: Field) -> bool {
    (field as usize) < Field::NextImage as usize
}

/// Whether a setting is one of the rarer fields, which are folded away.
pub(super) fn is_among_more(field: Field) -> bool {
    is_of_deployment(field) && Field::Strategy as usize <= field as usize
}

/// The image that a script asks for last: the version that the run is about.
pub(super) fn last_image(inputs: &Inputs) -> String {
    let asked = inputs.script.iter().rev().find_map(|scripted| match &scripted.command {
        Command::SetImage { image, .. } => Some(image.as_str()),
        _ => None,
    });
    asked.unwrap_or(inputs.scenario.deployments[0].1.template.image()).to_owned()
}

impl Session {
    pub(super) fn edit(&mut self, field: Field, text: &str) {
        match field {
            Field::Strategy => self.settings.choose_strategy(text),
            Field::Fault => self.settings.choose_fault(text),
            // In a line it stands for every version, and it is no image.
            Field::Version if text == line::EVERY => return,
            // Which version is shown changes nothing about the run.
            Field::Version => {
                return self.settings.show_version(&self.timeline.inputs().scenario, text);
            }
            _ => self.settings.set(field, text),
        }
        self.apply_settings(field);
    }

    /// Makes a run of the settings, from the beginning or from now on. Settings that cannot be, change
    /// nothing but what is said about them.
    pub(super) fn apply_settings(&mut self, edited: Field) {
        match self.since {
            Since::Now if is_of_deployment(edited) => self.apply_now(edited),
            _ => self.apply_from_beginning(edited),
        }
    }

    /// The run with the same script and at the same moment, but with other settings.
    pub(super) fn apply_from_beginning(&mut self, edited: Field) {
        let inputs = self.timeline.inputs();
        let mut settings = self.settings.clone();
        if self.since == Since::Now {
            // What is shown of the Deployment is how it is now, not how it was in the beginning.
            settings.show_spec(&inputs.scenario.deployments[0].1);
        }
        let scenario = settings.scenario(&inputs.scenario);
        self.settings.problems = settings.problems;
        let Some(scenario) = scenario.filter(|scenario| *scenario != inputs.scenario) else { return };
        let inputs = Inputs { scenario, script: inputs.script.clone() };
        if let Some(problem) = room::problem(&inputs) {
            return self.settings.problems.push(problem);
        }
        match Timeline::new(inputs) {
            Ok(timeline) => {
                let left = self.visited();
                let time = left.time;
                let typing_on = self.editing.replace(edited) == Some(edited);
                if !typing_on {
                    self.history.leave(left);
                }
                self.fork(&timeline, typing_on);
                self.show(timeline, time);
            }
            Err(rejected) => self.settings.refuse(rejected),
        }
    }

    /// A command at the moment on screen. Typing on replaces the command that was given for what was
    /// typed so far.
    pub(super) fn apply_now(&mut self, edited: Field) {
        let Some(command) = self.settings.command(SHOWN, edited) else { return };
        let before = match self.history.last().filter(|_| self.editing == Some(edited)) {
            Some(before) if before.time == self.timeline.time() => before.clone(),
            _ => self.visited(),
        };
        let typing_on = before.inputs != *self.timeline.inputs();
        let mut inputs = before.inputs.clone();
        inputs.script.push(Scripted { at: before.time, command: command.clone() });
        if let Some(problem) = room::problem(&inputs) {
            return self.settings.problems.push(problem);
        }
        let mut timeline = run_of(before.inputs.clone());
        timeline.seek_time(before.time);
        match timeline.act(command) {
            Ok(_) => {
                if !typing_on {
                    self.history.leave(before);
                }
                self.editing = Some(edited);
                self.fork(&timeline, typing_on);
                let time = timeline.time();
                self.show(timeline, time);
            }
            Err(rejected @ Rejected::Invalid { .. }) => self.settings.refuse(rejected),
            // It is about no field, as where there is no Deployment any more.
            Err(rejected) => self.notice = Some(Notice::Refused(rejected)),
        }
    }

    pub(super) fn apply_since(&mut self, since: Since) {
        self.since = since;
        self.settings.problems.clear();
        self.settings.show_spec(&self.timeline.inputs().scenario.deployments[0].1);
        self.editing = None;
    }

    /// Settings that hold from now on show the Deployment as it is now.
    pub(super) fn show_present_spec(&mut self) {
        if self.since == Since::Now && self.settings.problems.is_empty() {
            self.settings.show_spec(&self.timeline.cluster().deployment(SHOWN).spec);
        }
    }

    /// Shows a story.
    pub(super) fn open_story(&mut self, name: &str) {
        let Some(story) = story(name) else { return };
        self.enter(story.inputs());
        self.story = Some(story);
    }

    /// Another run altogether, at the first decision after its first command. What the API server refuses
    /// stands beside the settings, and so does what is too large; the run on screen stays then.
    pub(super) fn enter(&mut self, inputs: Inputs) {
        let (scenario, image) = (&inputs.scenario, last_image(&inputs));
        let next = next_version(&image);
        self.since = Since::Beginning;
        self.settings = Settings::of(scenario, &scenario.deployments[0].1, &image, &next);
        if let Some(problem) = room::problem(&inputs) {
            return self.settings.problems.push(problem);
        }
        match Timeline::new(inputs) {
            Ok(timeline) => {
                let left = self.visited();
                self.history.leave(left);
                self.editing = None;
                self.selected = None;
                self.ghost = None;
                self.show(timeline, SimTime::ZERO);
                self.go_to_first_decision();
            }
            Err(rejected) => self.settings.refuse(rejected),
        }
    }
}
