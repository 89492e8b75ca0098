//! All that the page remembers, and how it changes.

pub mod address;
pub mod bounds;
mod changing;
pub mod desk;
pub mod effect;
pub mod embed;
mod futures;
pub mod ghost;
mod history;
pub mod keys;
pub mod later;
mod moving;
pub mod msg;
pub mod playback;
pub mod room;
pub mod settings;
mod tell;
mod words;

use crate::i18n::Lang;
use crate::sim::command::{Answer, Change, Command, Rejected, Scripted};
use crate::sim::pod::PodId;
use crate::sim::scenario::Scenario;
use crate::sim::time::{SimDuration, SimTime};
use crate::stories::Story;
use crate::timeline::{Inputs, SHOWN, Timeline};

use changing::is_among_more;
use effect::Effect;
use ghost::Ghost;
use history::{History, Visited};
use msg::{Look, Msg};
use playback::{Playback, REAL_TIME, SPEEDS};
use settings::{Field, Settings, next_version};
use words::{READABLE, Words};

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

/// From when on a changed setting of the Deployment holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Since {
    /// The run is another one from its beginning: what would have been.
    #[default]
    Beginning,
    /// A command is given at the moment on screen.
    Now,
}

/// What a page is opened with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The language to begin with.
    pub lang: Lang,
    /// The theme to begin with.
    pub theme: Theme,
    /// Whether the reader wants less motion.
    pub reduced_motion: bool,
    /// Whether the page is embedded in another one.
    pub embedded: bool,
    /// The link that is opened, from its `#` on; nothing if there is none.
    pub link: String,
    /// How many pixels wide the picture will be, where that is known before it is drawn.
    pub width: Option<u32>,
}

/// Something to be told about a command that changed nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It was refused.
    Refused(Rejected),
    /// It was carried out, and there was nothing to do.
    Nothing(Answer),
}

/// A run, a step of it, and the time.
pub type Moment = (u32, usize, SimTime);

/// All that the page remembers.
#[derive(Clone, Debug)]
pub struct Session {
    /// The run and the moment on screen.
    pub timeline: Timeline,
    /// Rises whenever the run is another one.
    pub run: u32,
    /// The future that was left for this one, if it is another one.
    pub ghost: Option<Ghost>,
    /// The moment in the chart that is pointed at.
    pub hover: Option<SimTime>,
    /// Whether the chart is shown as a table too.
    pub table_is_open: bool,
    /// How time passes.
    pub playback: Playback,
    /// Whether waits in which nothing happens are drawn short and passed quickly.
    pub skip_waits: bool,
    /// The place of the speed in [`SPEEDS`].
    pub speed: usize,
    /// The settings as they are typed.
    pub settings: Settings,
    /// From when on they hold.
    pub since: Since,
    /// Whether the rarer fields have to be seen, since something among them is wrong or was.
    pub more_is_open: bool,
    /// The story that was opened last; none after another run was made.
    pub story: Option<Story>,
    /// The pod that is looked at.
    pub selected: Option<PodId>,
    /// The place in the field of pods that is pointed at.
    pub pointed: Option<u32>,
    /// The pod that is pointed at.
    pub hovered: Option<PodId>,
    /// Whether what holds up the rollout is open, if the reader has said so.
    pub stall_is_open: Option<bool>,
    /// The run and the moment for which edits are to be tried out, however long that takes.
    pub asked_at: Option<Moment>,
    /// Where kubectl is typed.
    pub desk: desk::Desk,
    /// What is shown where the page is embedded in another one; absent: it stands for itself.
    pub embed: Option<embed::Embed>,
    /// The link of what is on screen.
    pub address: address::Address,
    /// What the last command came to, if it changed nothing.
    pub notice: Option<Notice>,
    /// The text that was copied last.
    pub copied: Option<String>,
    /// The language.
    pub lang: Lang,
    /// The theme.
    pub theme: Theme,
    words: Words,
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
    let set_image = Command::SetImage { deployment: SHOWN, image: "web:v2".to_owned() };
    Inputs {
        scenario: Scenario::article(),
        script: vec![Scripted { at: SimTime::from_secs(10), command: set_image }],
    }
}

/// The moment at which the page opens: the first new pods run, and none is ready yet.
const OPENING: SimTime = SimTime::from_secs(13);

/// How much time a look lets pass, in microseconds: by what is done on the page, enough for words to be put together anew.
fn passed(look: Look) -> u64 {
    if let Look::Frame(micros) = look { micros } else { READABLE }
}

/// The run of inputs that have been a run before, or are our own.
fn run_of(inputs: Inputs) -> Timeline {
    let Ok(timeline) = Timeline::new(inputs) else { panic!("the API server accepted this before") };
    timeline
}

impl Session {
    /// The page as it opens: in the middle of the article's rollout.
    pub fn new(options: Options) -> Self {
        let mut timeline = run_of(article());
        timeline.seek_time(OPENING);
        let mut session = Self::at(timeline, &options);
        session.open_link(&options.link);
        // Before the link there was nothing to go back to.
        session.history = History::default();
        session.stay_within_bounds();
        session.begin_to_play();
        session
    }

    /// The page with a run, at the moment at which that is.
    pub fn at(timeline: Timeline, options: &Options) -> Self {
        let scenario = &timeline.inputs().scenario;
        let settings = Settings::of(scenario, &scenario.deployments[0].1, "web:v2", "web:v3");
        Self {
            timeline,
            run: 0,
            ghost: None,
            hover: None,
            table_is_open: false,
            playback: Playback::Paused,
            skip_waits: true,
            speed: REAL_TIME,
            settings,
            since: Since::default(),
            more_is_open: false,
            story: None,
            selected: None,
            pointed: None,
            hovered: None,
            stall_is_open: None,
            asked_at: None,
            desk: desk::Desk::default(),
            embed: options.embedded.then(embed::Embed::default),
            address: address::Address::default(),
            notice: None,
            copied: None,
            lang: options.lang,
            theme: options.theme,
            words: Words::default(),
            width: options.width.unwrap_or(640).clamp(NARROWEST, WIDEST),
            keys_enabled: true,
            all_events: false,
            reduced_motion: options.reduced_motion,
            history: History::default(),
            editing: None,
        }
    }

    /// Whether what has to be read may stay as it is in this frame although something happened: while time
    /// runs it changes a few times a second, or else nobody could read it.
    pub fn words_can_wait(&self) -> bool {
        self.is_playing() && !self.words.are_about(self.timeline.step_number())
    }

    /// Whether anything but the playhead and the pods has to be looked at in this frame.
    pub fn words_are_due(&self) -> bool {
        !self.is_playing() || self.words.are_due()
    }

    /// What is on screen.
    pub fn moment(&self) -> Moment {
        (self.run, self.timeline.step_number(), self.timeline.time())
    }

    /// Whether there is anything to take back, and to do again.
    pub fn can_take_back(&self) -> (bool, bool) {
        self.history.possible()
    }

    /// What a press of *Roll out* asks for.
    pub fn next_rollout(&self) -> Command {
        let image = self.settings.text(Field::NextImage).to_owned();
        // The version is the first container's; others have images of their own.
        if let [first, _, ..] = &self.timeline.cluster().deployment(SHOWN).spec.template.containers[..] {
            let change = Change::Image { container: first.name.clone(), image };
            return Command::Patch { deployment: SHOWN, changes: vec![change] };
        }
        Command::SetImage { deployment: SHOWN, image }
    }

    /// Takes up a message; what the browser has to do comes back.
    pub fn update(&mut self, msg: Msg) -> Option<Effect> {
        let passed = if let Msg::Look(look) = msg { passed(look) } else { READABLE };
        let effect = self.change(msg);
        self.settle(passed);
        if self.words_are_due() {
            self.show_present_spec();
        }
        effect
    }

    /// Another moment, or another look at it: for this the picture is enough.
    pub fn look(&mut self, look: Look) {
        self.turn(look);
        self.settle(passed(look));
    }

    fn settle(&mut self, passed: u64) {
        self.stay_within_bounds();
        self.words.pass(passed, self.timeline.step_number());
        if self.words_are_due() {
            self.more_is_open |= self.settings.problems.iter().any(|(field, _)| is_among_more(*field));
        }
    }

    fn turn(&mut self, look: Look) {
        match look {
            Look::PointAt(slot) => self.pointed = slot,
            Look::HoverPod(pod) => self.hovered = pod.map(PodId),
            Look::Play => self.play_on(),
            Look::Pause => self.playback = Playback::Paused,
            Look::TogglePlay => self.toggle_play(),
            Look::StepBack => self.step_back(),
            Look::StepForward => self.go_to_step(self.timeline.step_number() + 1),
            Look::PreviousMark => self.previous_mark(),
            Look::NextMark => self.next_mark(),
            Look::PreviousBatch => self.previous_batch(),
            Look::NextBatch => self.next_batch(),
            Look::GoToStep(step) => self.go_to_step(step),
            Look::Scrub(millis) => self.go_to_time(SimTime::from_millis(millis)),
            Look::SeekTenth(tenth) => {
                let (from, to) = (self.timeline.at(self.bounds().0), self.last_moment());
                let millis = to.since(from).millis() * u64::from(tenth.min(10)) / 10;
                self.go_to_time(from + SimDuration::from_millis(millis));
            }
            Look::SeekStart => self.go_to_step(1),
            Look::SeekEnd => self.go_to_step(usize::MAX),
            Look::SetSpeed(speed) => self.speed = speed.min(SPEEDS.len() - 1),
            Look::Slower => self.speed = self.speed.saturating_sub(1),
            Look::Faster => self.speed = (self.speed + 1).min(SPEEDS.len() - 1),
            Look::Frame(micros) => self.frame(micros),
            Look::SkipWaits(skip) => self.skip_waits = skip,
            Look::Hover(millis) => self.hover = millis.map(SimTime::from_millis),
            Look::Resized(width) => self.width = width.clamp(NARROWEST, WIDEST),
            Look::ReducedMotion(reduced) => self.reduced_motion = reduced,
        }
    }

    fn change(&mut self, msg: Msg) -> Option<Effect> {
        match msg {
            Msg::Look(look) => self.turn(look),
            Msg::Edit(field, text) => self.edit(field, &text),
            Msg::Nudge(field, by) => {
                self.settings.nudge(field, by);
                self.apply_settings(field);
            }
            Msg::RollOut => self.roll_out(),
            Msg::Act(command) => {
                self.act(command);
            }
            Msg::Apply(since) => self.apply_since(since),
            Msg::OpenStory(name) => {
                let before = self.link();
                self.open_story(&name);
                let link = self.link();
                return (link != before).then_some(Effect::Turn(before, link));
            }
            Msg::SelectPod(pod) => self.selected = pod.map(PodId),
            Msg::SelectSlot(slot) => {
                let step = self.timeline.step_number() as u32;
                self.selected = self.timeline.lives().in_slot(slot, step);
            }
            Msg::OpenLink(fragment) => self.open_link(&fragment),
            Msg::Appear(lang, theme) => {
                (self.lang, self.theme) = (lang.unwrap_or(self.lang), theme.unwrap_or(self.theme))
            }
            Msg::CloseProblems => self.address.problems.clear(),
            Msg::CopyLink => return Some(Effect::CopyLink(self.link())),
            Msg::OpenDesk => return self.open_desk(),
            Msg::Share => return self.share(),
            Msg::DeskIs(state) => self.desk.state = state,
            Msg::TakeOver(line, millis) => self.take_over(&line, SimTime::from_millis(millis)),
            Msg::OpenStall(open) => self.stall_is_open = Some(open),
            Msg::TryEdits => self.asked_at = Some(self.moment()),
            Msg::NextPod(by) => self.select_next_pod(by),
            Msg::TakeBack => self.take_back(),
            Msg::DoAgain => self.do_again(),
            Msg::ShowTable(open) => self.table_is_open = open,
            Msg::SwapFutures => self.swap_futures(),
            Msg::DismissGhost => self.ghost = None,
            Msg::SwitchLanguage => {
                self.lang = self.lang.other();
                return Some(Effect::Remember(self.lang, self.theme));
            }
            Msg::SwitchTheme => {
                self.theme = self.theme.other();
                return Some(Effect::Remember(self.lang, self.theme));
            }
            Msg::EnableKeys(enabled) => {
                self.keys_enabled = enabled;
                return Some(Effect::CharacterKeys(enabled));
            }
            Msg::ShowKeys => return Some(Effect::ShowKeys),
            Msg::FillScreen => return Some(Effect::FillScreen),
            Msg::ShowAllEvents(all) => self.all_events = all,
            Msg::Copy(text) => return Some(Effect::Copy(text)),
            Msg::Copied(text) => self.copied = Some(text),
        }
        None
    }

    /// The pod after the chosen one among those that exist now, or before it; the first that is not
    /// leaving if none is.
    fn select_next_pod(&mut self, by: i32) {
        let (lives, step) = (self.timeline.lives(), self.timeline.step_number() as u32);
        let ids = (0..lives.len() as u32).map(PodId);
        let pods: Vec<_> = ids.filter(|id| lives.life(*id).exists(step)).collect();
        let chosen = self.selected.and_then(|selected| pods.iter().position(|pod| *pod == selected));
        let count = pods.len() as i32;
        let active = |pod: &PodId| self.timeline.pods().get(*pod).is_some_and(|pod| pod.is_active());
        let next = match chosen {
            Some(index) => (index as i32).saturating_add(by).rem_euclid(count) as usize,
            None => pods.iter().position(active).unwrap_or(0),
        };
        self.selected = pods.get(next).copied();
    }

    fn roll_out(&mut self) {
        if self.settings.problem(Field::NextImage).is_some() {
            return;
        }
        let image = self.settings.text(Field::NextImage).to_owned();
        if self.act(self.next_rollout()) {
            self.settings.set(Field::NextImage, &next_version(&image));
            self.settings.show_version(&self.timeline.inputs().scenario, &image);
        }
    }

    /// Gives a command at the moment on screen and plays on; says whether it changed anything.
    fn act(&mut self, command: Command) -> bool {
        let before = self.visited();
        let lost = Ghost::lost(&self.timeline, before.time);
        let answer = self.timeline.act(command.clone());
        self.press(&command, &answer);
        match answer {
            Ok(nothing) if nothing.changes_nothing() => self.notice = Some(Notice::Nothing(nothing)),
            Err(rejected) => self.notice = Some(Notice::Refused(rejected)),
            Ok(_) => {
                self.leave(before, lost);
                return true;
            }
        }
        false
    }

    /// A command has made another run, in which time goes on.
    fn leave(&mut self, before: Visited, lost: Option<Ghost>) {
        self.history.leave(before);
        self.editing = None;
        self.ghost = lost;
        self.be_another_run();
        self.begin();
    }
}

#[cfg(test)]
mod tests;
