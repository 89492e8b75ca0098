//! All that the page remembers, and how it changes.

pub mod effect;
mod history;
pub mod keys;
pub mod msg;
pub mod playback;
pub mod settings;

use crate::i18n::Lang;
use crate::sim::behaviour::Behaviour;
use crate::sim::command::{Answer, Command, Rejected, Scripted};
use crate::sim::scenario::Scenario;
use crate::sim::time::{SimDuration, SimTime};
use crate::timeline::{Inputs, Mark, SHOWN, Timeline, mark};

use effect::Effect;
use history::{History, Visited};
use msg::Msg;
use playback::{Playback, REAL_TIME, SPEEDS, STILL, simulated};
use settings::{Field, Settings, next_version};

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on light paper.
    #[default]
    Light,
    /// The other way round.
    Dark,
}

impl Theme {
    /// For the attribute `data-theme`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme a switch leads to.
    pub fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }
}

/// What a page is opened with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The language to begin with.
    pub lang: Lang,
    /// The theme to begin with.
    pub theme: Theme,
    /// Whether the reader wants less motion.
    pub reduced_motion: bool,
}

/// Something to be told about a command that changed nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It was refused.
    Refused(Rejected),
    /// It was carried out, and there was nothing to do.
    Nothing(Answer),
}

/// All that the page remembers.
#[derive(Clone, Debug)]
pub struct Session {
    /// The run and the moment on screen.
    pub timeline: Timeline,
    /// Rises whenever the run is another one.
    pub run: u32,
    /// How time passes.
    pub playback: Playback,
    /// The place of the speed in [`SPEEDS`].
    pub speed: usize,
    /// The settings as they are typed.
    pub settings: Settings,
    /// What the last command came to, if it changed nothing.
    pub notice: Option<Notice>,
    /// The text that was copied last.
    pub copied: Option<String>,
    /// The language.
    pub lang: Lang,
    /// The theme.
    pub theme: Theme,
    /// How wide the picture is, in CSS pixels.
    pub width: u32,
    /// Whether single keys work.
    pub keys_enabled: bool,
    /// Whether pods' events are shown too.
    pub all_events: bool,
    reduced_motion: bool,
    history: History,
    /// The setting that was changed last, if nothing else has been since: typing one number is one
    /// change, however many keys it takes.
    editing: Option<Field>,
}

/// A picture narrower than this, in CSS pixels, is cut off rather than drawn smaller.
const NARROWEST: u32 = 160;
/// A picture wider than this, in CSS pixels, gains nothing.
const WIDEST: u32 = 4096;

/// The article's Deployment, and the moment at which its new version is rolled out.
fn article() -> Inputs {
    let mut scenario = Scenario::article();
    // The first image keeps its pace, whatever the next one's is.
    let first = scenario.deployments[0].1.template.image().to_owned();
    scenario.behaviours.by_image.push((first, Behaviour::default()));
    let set_image = Command::SetImage { deployment: SHOWN, image: "web:v2".to_owned() };
    Inputs { scenario, script: vec![Scripted { at: SimTime::from_secs(10), command: set_image }] }
}

/// The moment at which the page opens: the first new pods run, and none is ready yet.
const OPENING: SimTime = SimTime::from_secs(13);

/// The run of inputs that have been a run before, or are our own.
fn run_of(inputs: Inputs) -> Timeline {
    let Ok(timeline) = Timeline::new(inputs) else { panic!("the API server accepted this before") };
    timeline
}

impl Session {
    /// The page as it opens: in the middle of the article's rollout.
    pub fn new(options: Options) -> Self {
        let inputs = article();
        let settings = Settings::of(&inputs.scenario, "web:v3");
        let mut timeline = run_of(inputs);
        timeline.seek_time(OPENING);
        Self {
            timeline,
            run: 0,
            playback: Playback::Paused,
            speed: REAL_TIME,
            settings,
            notice: None,
            copied: None,
            lang: options.lang,
            theme: options.theme,
            width: 640,
            keys_enabled: true,
            all_events: false,
            reduced_motion: options.reduced_motion,
            history: History::default(),
            editing: None,
        }
    }

    /// Whether time runs, so that frames are wanted.
    pub fn is_playing(&self) -> bool {
        matches!(self.playback, Playback::Playing { .. })
    }

    /// Whether there is anything to take back, and to do again.
    pub fn can_take_back(&self) -> (bool, bool) {
        self.history.possible()
    }

    /// What a press of *Roll out* asks for.
    pub fn next_rollout(&self) -> Command {
        let image = self.settings.text(Field::NextImage).to_owned();
        Command::SetImage { deployment: SHOWN, image }
    }

    /// Takes up a message; what the browser has to do comes back.
    pub fn update(&mut self, msg: Msg) -> Option<Effect> {
        match msg {
            Msg::Edit(field, text) => {
                self.settings.set(field, &text);
                self.apply_settings(field);
            }
            Msg::Nudge(field, by) => {
                self.settings.nudge(field, by);
                self.apply_settings(field);
            }
            Msg::RollOut => self.roll_out(),
            Msg::RolloutUndo(to_revision) => {
                self.act(Command::RolloutUndo { deployment: SHOWN, to_revision });
            }
            Msg::TakeBack => self.take_back(),
            Msg::DoAgain => self.do_again(),
            Msg::TogglePlay => self.toggle_play(),
            Msg::StepBack => self.step_back(),
            Msg::StepForward => self.go_to_step(self.timeline.cursor().steps() + 1),
            Msg::PreviousMark => self.previous_mark(),
            Msg::NextMark => self.next_mark(),
            Msg::GoToStep(step) => self.go_to_step(step),
            Msg::Scrub(millis) => self.go_to_time(SimTime::from_millis(millis)),
            Msg::SeekTenth(tenth) => {
                let millis = self.timeline.end().millis() * u64::from(tenth.min(10)) / 10;
                self.go_to_time(SimTime::from_millis(millis));
            }
            Msg::SeekStart => self.go_to_step(1),
            Msg::SeekEnd => self.go_to_step(usize::MAX),
            Msg::SetSpeed(speed) => self.speed = speed.min(SPEEDS.len() - 1),
            Msg::Slower => self.speed = self.speed.saturating_sub(1),
            Msg::Faster => self.speed = (self.speed + 1).min(SPEEDS.len() - 1),
            Msg::Frame(micros) => self.frame(micros),
            Msg::SwitchLanguage => {
                self.lang = self.lang.other();
                return Some(Effect::Language(self.lang));
            }
            Msg::SwitchTheme => {
                self.theme = self.theme.other();
                return Some(Effect::Theme(self.theme));
            }
            Msg::EnableKeys(enabled) => {
                self.keys_enabled = enabled;
                return Some(Effect::CharacterKeys(enabled));
            }
            Msg::ShowAllEvents(all) => self.all_events = all,
            Msg::Copy(text) => return Some(Effect::Copy(text)),
            Msg::Copied(text) => self.copied = Some(text),
            Msg::Resized(width) => self.width = width.clamp(NARROWEST, WIDEST),
            Msg::ReducedMotion(reduced) => self.reduced_motion = reduced,
        }
        None
    }

    /// Makes a run of the settings, with the same script and at the same moment. Settings that
    /// cannot be, change nothing but what is said about them.
    fn apply_settings(&mut self, edited: Field) {
        let inputs = self.timeline.inputs();
        let Some(scenario) = self.settings.scenario(&inputs.scenario) else { return };
        if scenario == inputs.scenario {
            return;
        }
        match Timeline::new(Inputs { scenario, script: inputs.script.clone() }) {
            Ok(timeline) => {
                let left = self.visited();
                let time = left.time;
                if self.editing.replace(edited) != Some(edited) {
                    self.history.leave(left);
                }
                self.show(timeline, time);
            }
            Err(rejected) => self.settings.refuse(rejected),
        }
    }

    fn roll_out(&mut self) {
        if self.settings.problem(Field::NextImage).is_some() {
            return;
        }
        let image = self.settings.text(Field::NextImage).to_owned();
        if self.act(self.next_rollout()) {
            self.settings.set(Field::NextImage, &next_version(&image));
        }
    }

    /// Gives a command at the moment on screen and plays on; says whether it changed anything.
    fn act(&mut self, command: Command) -> bool {
        let before = self.visited();
        match self.timeline.act(command) {
            Ok(nothing) if nothing.changes_nothing() => self.notice = Some(Notice::Nothing(nothing)),
            Err(rejected) => self.notice = Some(Notice::Refused(rejected)),
            Ok(_) => {
                self.history.leave(before);
                self.editing = None;
                self.run += 1;
                self.notice = None;
                self.playback = Playback::Playing { carry: 0 };
                return true;
            }
        }
        false
    }

    fn take_back(&mut self) {
        if let Some(visited) = self.history.take_back(self.visited()) {
            self.revisit(visited);
        }
    }

    fn do_again(&mut self) {
        if let Some(visited) = self.history.do_again(self.visited()) {
            self.revisit(visited);
        }
    }

    fn visited(&self) -> Visited {
        Visited { inputs: self.timeline.inputs().clone(), time: self.timeline.time() }
    }

    fn revisit(&mut self, Visited { inputs, time }: Visited) {
        let next_image = self.settings.text(Field::NextImage).to_owned();
        self.settings = Settings::of(&inputs.scenario, &next_image);
        self.editing = None;
        self.show(run_of(inputs), time);
    }

    fn show(&mut self, mut timeline: Timeline, time: SimTime) {
        timeline.seek_time(time.min(timeline.end()));
        self.timeline = timeline;
        self.run += 1;
        self.notice = None;
        if self.playback == Playback::Step {
            self.playback = Playback::Paused;
        }
    }

    fn toggle_play(&mut self) {
        if self.is_playing() {
            self.playback = Playback::Paused;
            return;
        }
        if self.timeline.end() <= self.timeline.time() {
            self.timeline.seek_time(self.replay_from());
        }
        self.playback = Playback::Playing { carry: 0 };
    }

    /// At the end, play begins again shortly before the last command.
    fn replay_from(&self) -> SimTime {
        let last = self.timeline.inputs().script.last();
        last.map_or(SimTime::ZERO, |scripted| scripted.at - SimDuration::from_secs(2))
    }

    fn go_to_step(&mut self, step: usize) {
        self.timeline.seek(step);
        self.playback = Playback::Step;
    }

    /// Moments long after the run has ended are no place to be.
    fn go_to_time(&mut self, time: SimTime) {
        let end = self.timeline.end();
        let latest = end + SimDuration::from_millis(end.millis() / 2).max(SimDuration::from_secs(60));
        self.timeline.seek_time(time.min(latest));
        if self.playback == Playback::Step {
            self.playback = Playback::Paused;
        }
    }

    /// Between two steps, back is to the one before; on a step, to the one before that.
    fn step_back(&mut self) {
        self.go_to_step(self.last_step_before().max(1));
    }

    fn last_step_before(&self) -> usize {
        let cursor = self.timeline.cursor();
        let between = cursor.now() < self.timeline.time();
        if between { cursor.steps() } else { cursor.steps() - 1 }
    }

    fn previous_mark(&mut self) {
        let last = self.last_step_before();
        let mark = self.timeline.marks().rev().find(|(step, _, _)| *step <= last);
        self.go_to_step(mark.map_or(1, |(step, _, _)| step));
    }

    fn next_mark(&mut self) {
        let now = self.timeline.cursor().steps();
        let mark = self.timeline.marks().find(|(step, _, _)| now < *step);
        self.go_to_step(mark.map_or(usize::MAX, |(step, _, _)| step));
    }

    fn frame(&mut self, micros: u64) {
        let Playback::Playing { carry } = self.playback else { return };
        if self.reduced_motion {
            return self.still_frame(carry.saturating_add(micros));
        }
        let (millis, carry) = simulated(carry, micros, self.speed);
        let time = self.timeline.time() + SimDuration::from_millis(millis);
        let end = self.timeline.end();
        self.timeline.seek_time(time.min(end));
        self.playback = if time < end { Playback::Playing { carry } } else { Playback::Paused };
    }

    /// With reduced motion playing is a series of stills: the next step, once a second.
    fn still_frame(&mut self, carry: u64) {
        if carry < STILL {
            self.playback = Playback::Playing { carry };
            return;
        }
        let next = self.timeline.cursor().steps() + 1;
        self.timeline.seek(next);
        let more = next < self.timeline.journal().len();
        self.playback = if more { Playback::Playing { carry: 0 } } else { Playback::Paused };
    }

    /// The step that explains what is on screen: the one stepped to, or else the last decision.
    pub fn explained_step(&self) -> usize {
        let now = self.timeline.cursor().steps();
        if self.playback == Playback::Step {
            return now;
        }
        let decided = |step: &usize| mark(&self.timeline.journal()[step - 1]) == Some(Mark::Decision);
        (1..=now).rev().find(decided).unwrap_or(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session() -> Session {
        Session::new(Options::default())
    }

    fn replicas(session: &Session) -> i32 {
        session.timeline.cursor().cluster.deployment(SHOWN).spec.replicas
    }

    #[test]
    fn it_opens_in_the_middle_of_the_first_burst() {
        let session = session();
        let status = &session.timeline.frontier().cluster.deployment(SHOWN).status;
        assert_eq!(status.updated_replicas, 10);
        let status = &session.timeline.cursor().cluster.deployment(SHOWN).status;
        assert_eq!((status.updated_replicas, status.available_replicas), (5, 8));
        let explained = &session.timeline.journal()[session.explained_step() - 1];
        assert_eq!((mark(explained), explained.at), (Some(Mark::Decision), SimTime::from_secs(10)));
    }

    #[test]
    fn refused_settings_change_nothing_but_what_is_said() {
        let mut session = session();
        session.update(Msg::Edit(Field::MaxSurge, "0".to_owned()));
        let run = session.run;
        session.update(Msg::Edit(Field::MaxUnavailable, "0".to_owned()));
        assert_eq!(session.run, run);
        assert!(session.settings.problem(Field::MaxUnavailable).is_some());
        session.update(Msg::Edit(Field::MaxUnavailable, "1".to_owned()));
        assert_eq!((session.run, session.settings.problems.len()), (run + 1, 0));
    }

    #[test]
    fn settings_and_commands_can_be_taken_back() {
        let mut session = session();
        session.update(Msg::Edit(Field::Replicas, "4".to_owned()));
        session.update(Msg::RollOut);
        assert_eq!(session.settings.text(Field::NextImage), "web:v4");
        assert_eq!(session.timeline.inputs().script.len(), 2);
        session.update(Msg::TakeBack);
        assert_eq!((session.timeline.inputs().script.len(), replicas(&session)), (1, 4));
        session.update(Msg::TakeBack);
        assert_eq!((replicas(&session), session.settings.text(Field::Replicas)), (10, "10"));
        session.update(Msg::DoAgain);
        session.update(Msg::DoAgain);
        assert_eq!((session.timeline.inputs().script.len(), replicas(&session)), (2, 4));
    }

    #[test]
    fn typing_a_number_is_one_change() {
        let mut session = session();
        for text in ["", "1", "15"] {
            session.update(Msg::Edit(Field::Replicas, text.to_owned()));
        }
        assert_eq!(replicas(&session), 15);
        session.update(Msg::TakeBack);
        assert_eq!((replicas(&session), session.can_take_back()), (10, (false, true)));
    }

    #[test]
    fn stepping_back_and_forth_returns_to_the_same_picture() {
        let mut session = session();
        for _ in 0..60 {
            let before = session.timeline.cursor().clone();
            session.update(Msg::StepForward);
            if before.steps() < session.timeline.cursor().steps() {
                session.update(Msg::StepBack);
                assert_eq!(*session.timeline.cursor(), before);
                session.update(Msg::StepForward);
            }
        }
        assert_eq!(session.timeline.cursor(), session.timeline.frontier());
    }

    #[test]
    fn playing_ends_at_the_end_and_begins_again_before_the_last_command() {
        let mut session = session();
        session.update(Msg::TogglePlay);
        while session.is_playing() {
            session.update(Msg::Frame(400_000));
        }
        assert_eq!(session.timeline.time(), session.timeline.end());
        session.update(Msg::TogglePlay);
        assert_eq!(session.timeline.time(), SimTime::from_secs(8));
    }

    #[test]
    fn marks_are_found_in_both_directions() {
        let mut session = session();
        session.update(Msg::NextMark);
        assert_eq!(session.timeline.time(), SimTime::from_secs(15));
        session.update(Msg::PreviousMark);
        assert_eq!(session.timeline.time(), SimTime::from_secs(10));
        assert_eq!(session.timeline.cursor().cluster.replica_sets[1].replicas, 5);
        for _ in 0..20 {
            session.update(Msg::PreviousMark);
        }
        assert_eq!(session.timeline.cursor().steps(), 1);
    }

    #[test]
    fn a_command_that_would_change_nothing_costs_no_future() {
        let mut session = session();
        let steps = session.timeline.journal().len();
        session.update(Msg::Edit(Field::NextImage, "web:v2".to_owned()));
        session.update(Msg::RollOut);
        assert_eq!(session.notice, Some(Notice::Nothing(Answer::ImageUnchanged)));
        assert_eq!(session.timeline.journal().len(), steps);
    }
}
