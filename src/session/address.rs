//! The page as a link: opened with one, and always shown as one.

use crate::i18n::Lang;
use crate::line::Problem as Unread;
use crate::link::{self, Link, Moment, Problem};
use crate::sim::pod::PodId;
use crate::stories::{self, Story};
use crate::timeline::Timeline;

use super::effect::Effect;
use super::playback::{REAL_TIME, SPEEDS};
use super::{OPENING, Session, Theme, article, room};

/// The link of what is on screen, as far as it is not what is on screen.
#[derive(Clone, Debug, Default)]
pub struct Address {
    /// What was wrong with the link that was opened last.
    pub problems: Vec<Problem>,
    /// Whether the link said a language: then it goes on saying it. A reader's own choice is remembered elsewhere.
    pub(super) says_lang: bool,
    /// The same of the theme.
    pub(super) says_theme: bool,
    /// What the browser was told last.
    shown: String,
    appearance: Option<(Lang, Theme)>,
}

impl Session {
    /// Opens a link, as far as it can be read; what cannot is told.
    pub(super) fn open_link(&mut self, fragment: &str) {
        let (mut link, mut problems) = link::read(fragment, &article());
        let story = link.story.as_deref().and_then(stories::story);
        if let Some(story) = story {
            // Whatever else it says about the run, is how that differs from the story.
            (link, problems) = link::read(fragment, &story.inputs());
        }
        problems.extend(link.inputs.as_mut().and_then(room::cut).map(Problem::TooMuch));
        self.address.problems = problems;
        let opens = story.is_some() || link.inputs.is_some();
        match (link.inputs, story) {
            (Some(inputs), _) if inputs == *self.timeline.inputs() => {}
            (Some(inputs), _) => self.enter(inputs),
            (None, Some(story)) => self.open_story(story.name()),
            (None, None) if *self.timeline.inputs() != article() => self.enter(article()),
            (None, None) => {}
        }
        if let Some(name) = link.story.filter(|_| story.is_none()) {
            self.leave_out("story", &name);
        }
        for (key, value) in &link.options {
            if self.open_option(key, value).is_none() {
                self.leave_out(key, value);
            }
        }
        match link.moment {
            Some(Moment::Step(step)) => self.go_to_step(step),
            Some(Moment::At(time)) => self.go_to_time(time),
            None if self.is_locked() => self.go_to_step(self.bounds().0),
            None if !opens => self.go_to_time(OPENING),
            None => {}
        }
    }

    /// Does what an option says, if it can be read.
    fn open_option(&mut self, key: &str, value: &str) -> Option<()> {
        let is = |word: &str| (word == value).then_some(());
        match key {
            // As if it were not said.
            "lang" | "theme" if value == "auto" => {}
            "lang" => {
                self.lang = Lang::named(value)?;
                self.address.says_lang = true;
            }
            "theme" => {
                self.theme = [Theme::Light, Theme::Dark].into_iter().find(|theme| theme.name() == value)?;
                self.address.says_theme = true;
            }
            "speed" => self.speed = SPEEDS.iter().position(|speed| quarters(*speed) == value)?,
            "pod" => {
                let pods = 0..self.timeline.pods_ever() as u32;
                let mut pods = pods.map(PodId);
                self.selected = Some(pods.find(|pod| self.timeline.pod_name(*pod) == value)?);
            }
            "table" => is("open").map(|()| self.table_is_open = true)?,
            "events" => is("all").map(|()| self.all_events = true)?,
            "waits" => is("full").map(|()| self.skip_waits = false)?,
            // Whom the script of the embedded page listens to.
            "parent" => {}
            // What is about embedded pages means nothing elsewhere, and does no harm.
            _ => self.embed.as_mut().map_or(Some(()), |embed| embed.open_option(key, value))?,
        }
        Some(())
    }

    fn leave_out(&mut self, key: &str, value: &str) {
        let expected = link::expected(key);
        let unread = Unread { key: key.to_owned(), value: value.to_owned(), expected };
        self.address.problems.push(Problem::Part(unread));
    }

    /// A link to what is on screen: the part behind `#`.
    pub fn link(&self) -> String {
        let story = self.story.filter(|story| story.inputs() == *self.timeline.inputs());
        link_to(&self.timeline, story, self.options())
    }

    fn options(&self) -> Vec<(String, String)> {
        // Another run may have fewer pods than the one in which it was chosen.
        let pod = self.selected.filter(|pod| (pod.0 as usize) < self.timeline.pods_ever());
        let pod = pod.map(|pod| self.timeline.pod_name(pod));
        let options = [
            ("lang", self.address.says_lang.then(|| self.lang.tag().to_owned())),
            ("theme", self.address.says_theme.then(|| self.theme.name().to_owned())),
            ("speed", (self.speed != REAL_TIME).then(|| quarters(SPEEDS[self.speed]))),
            ("pod", pod),
            ("table", self.table_is_open.then(|| "open".to_owned())),
            ("events", self.all_events.then(|| "all".to_owned())),
            ("waits", (!self.skip_waits).then(|| "full".to_owned())),
        ];
        options.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
    }

    /// Language and theme, if the browser does not show them.
    pub fn tell_appearance(&mut self) -> Option<(Lang, Theme)> {
        let appearance = (self.lang, self.theme);
        let shown = self.address.appearance.replace(appearance);
        (shown != Some(appearance)).then_some(appearance)
    }

    /// The address that the browser is to show, if it is another one. While time runs it stays as it is.
    pub(super) fn tell_address(&mut self) -> Option<Effect> {
        // The address of an embedded page is its host's.
        if self.is_playing() || self.embed.is_some() {
            return None;
        }
        let link = self.link();
        (link != self.address.shown).then(|| {
            self.address.shown.clone_from(&link);
            Effect::Address(link)
        })
    }
}

/// A link to a moment of a run: the part behind `#`.
pub fn link_to(timeline: &Timeline, story: Option<Story>, options: Vec<(String, String)>) -> String {
    let (base, inputs) = (article(), timeline.inputs());
    let (step, time) = (timeline.step_number(), timeline.time());
    let is_opening = *inputs == base && time == OPENING && timeline.last_at(time) == step;
    let moment = match timeline.last_at(time) == step {
        true => Moment::At(time),
        false => Moment::Step(step),
    };
    let link = Link {
        inputs: (story.is_none() && *inputs != base).then(|| inputs.clone()),
        story: story.map(|story| story.name().to_owned()),
        moment: (!is_opening).then_some(moment),
        options,
    };
    link::write(&link, &base)
}

/// A speed, given in quarters, as a number.
fn quarters(speed: u64) -> String {
    let fraction = ["", ".25", ".5", ".75"][(speed % 4) as usize];
    format!("{}{fraction}", speed / 4)
}
