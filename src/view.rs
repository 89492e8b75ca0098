//! Everything on screen, as plain data: what components only have to print.

pub mod budget_line;
pub mod chart;
pub mod events;
pub mod names;
pub mod px;
pub mod rich;
pub mod settings;
pub mod shared;
pub mod stage;
pub mod stall;
pub mod transport;
pub mod why;

use crate::i18n::{Lang, Text};
use crate::line;
use crate::session::{Session, Theme};
use crate::stories::{self, Group};

use budget_line::{BudgetLine, Shape};
use chart::{Chart, Playhead};
use events::Events;
use rich::Span;
use settings::Settings;
use shared::Shared;
use stage::{Condition, Selected, SetCard};
use transport::Transport;
use why::Why;

/// Everything on screen.
pub struct Frame {
    /// The language of it all.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Whether single keys work.
    pub keys_enabled: bool,
    /// What is going on.
    pub sentence: Vec<Span>,
    /// The picture in the middle.
    pub budget_line: BudgetLine,
    /// What its shapes mean.
    pub legend: Vec<(Shape, String)>,
    /// The stories that can be opened; the same for as long as the language is.
    pub stories: Shared<Stories>,
    /// The story that is on screen, in a sentence.
    pub story: Option<&'static str>,
    /// The pod that is looked at.
    pub selected: Option<Selected>,
    /// The ReplicaSets.
    pub sets: Vec<SetCard>,
    /// The conditions of the Deployment.
    pub conditions: Vec<Condition>,
    /// What `kubectl get deployment` prints.
    pub kubectl_get: String,
    /// Moving through time.
    pub transport: Transport,
    /// The run through time.
    pub chart: Shared<Chart>,
    /// Where in it.
    pub playhead: Playhead,
    /// Where in it, in words.
    pub position: String,
    /// The settings.
    pub settings: Shared<Settings>,
    /// Why.
    pub why: Shared<Why>,
    /// What has happened.
    pub events: Shared<Events>,
    /// What a screen reader says; nothing while time runs.
    pub live: String,
    /// What the page is, and how far it can be trusted.
    pub about: String,
    /// All that this run follows from, in one line, for reports.
    pub report: String,
    made_for: MadeFor,
}

/// What the shared parts were made for: as long as it is the same, they are.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MadeFor {
    run: u32,
    lang: Lang,
    width: u32,
    step: usize,
    explained: usize,
    /// What is said about what comes next; it counts down the seconds.
    next: String,
    all_events: bool,
    playing: bool,
}

/// Everything on screen, taken over from the last frame where nothing changed.
pub fn frame(session: &Session, last: Option<&Frame>) -> Frame {
    let timeline = &session.timeline;
    let made_for = MadeFor {
        run: session.run,
        lang: session.lang,
        width: session.width,
        step: timeline.step_number(),
        explained: session.explained_step(),
        next: why::next(session),
        all_events: session.all_events,
        playing: session.is_playing(),
    };
    let same = |part: fn(&MadeFor, &MadeFor) -> bool| last.filter(|last| part(&last.made_for, &made_for));
    let same_run = same(|a, b| a.run == b.run && a.lang == b.lang && a.width == b.width);
    let same_all = same(|a, b| a == b);
    let settings = settings::settings(session);
    let seconds = timeline.time().secs();
    let sentence = stage::sentence(session);
    let what = rich::plain(&sentence);
    Frame {
        lang: session.lang,
        theme: session.theme,
        keys_enabled: session.keys_enabled,
        sentence,
        budget_line: budget_line::budget_line(session),
        legend: budget_line::legend(session),
        stories: match last.filter(|last| last.lang == session.lang) {
            Some(last) => last.stories.clone(),
            None => Shared::new(stories(session.lang)),
        },
        story: session.story.map(|story| story.sentence(session.lang)),
        selected: stage::selected(session),
        sets: stage::sets(session),
        conditions: stage::conditions(session),
        kubectl_get: stage::kubectl_get(session),
        transport: transport::transport(session),
        chart: same_run.map_or_else(|| Shared::new(chart::chart(session)), |last| last.chart.clone()),
        playhead: chart::playhead(session),
        position: session.lang.say(Text::Position { seconds, what: &what }),
        settings: match last.filter(|last| *last.settings == settings) {
            Some(last) => last.settings.clone(),
            None => Shared::new(settings),
        },
        why: same_all.map_or_else(|| Shared::new(why::why(session)), |last| last.why.clone()),
        events: same_all.map_or_else(|| Shared::new(events::events(session)), |last| last.events.clone()),
        live: live(session, &what),
        about: format!("{} {}", session.lang.say(Text::About), agreement(session.lang)),
        report: report(session),
        made_for,
    }
}

/// Stories by group, each with its name and its sentence.
pub type Stories = Vec<(&'static str, Vec<(&'static str, &'static str)>)>;

fn stories(lang: Lang) -> Stories {
    let group = |group: Group| {
        let name = group.name(lang);
        (name, group.stories().map(|story| (story.name(), story.sentence(lang))).collect())
    };
    stories::groups().map(group).collect()
}

/// How many recorded rollouts of the real controllers are reproduced, as the test that replays them
/// has written it down.
fn agreement(lang: Lang) -> String {
    let counts = include_str!("view/agreement.txt").trim().split_once(" of ");
    let (reproduced, traces) = counts.expect("the test writes so many of so many");
    lang.say(Text::Agreement { reproduced, traces })
}

/// While time runs nothing is said; when it stops, what there is to see.
fn live(session: &Session, what: &str) -> String {
    if session.is_playing() {
        return String::new();
    }
    format!("{}. {what}", why::sentence(session))
}

/// The run in one line, and the moment: who reports a fault can hand it on.
fn report(session: &Session) -> String {
    let timeline = &session.timeline;
    format!("{} at={}", line::write(timeline.inputs()), timeline.time())
}
