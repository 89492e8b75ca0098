//! Everything on screen, as plain data: what components only have to print.

pub mod axis;
pub mod budget_line;
pub mod chart;
pub mod events;
pub mod inspector;
pub mod linked;
pub mod names;
pub mod problems;
pub mod px;
pub mod raster;
pub mod rich;
pub mod settings;
pub mod shared;
pub mod stage;
pub mod stall;
pub mod transport;
pub mod weave;
pub mod why;

use std::rc::Rc;

use crate::i18n::{Lang, Text};
use crate::session::desk::State;
use crate::session::embed::Embed;
use crate::session::{Session, Theme};
use crate::stories::{self, Group};

use budget_line::{BudgetLine, Shape};
use chart::{Chart, Playhead, Reading, Table};
use events::{EventList, Events};
use inspector::{Inspector, Ranked};
use linked::{Linked, linked};
use rich::Span;
use settings::Settings;
use shared::Shared;
use stage::{Condition, SetCard};
use stall::Stall;
use stall::trials::Trials;
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
    pub inspector: Option<Shared<Inspector>>,
    /// The ReplicaSets.
    pub sets: Vec<SetCard>,
    /// The conditions of the Deployment.
    pub conditions: Vec<Condition>,
    /// The Deployment's name.
    pub name: String,
    /// What `kubectl get deployment` prints.
    pub kubectl_get: String,
    /// Whether the desk is there.
    pub desk: State,
    /// Moving through time.
    pub transport: Transport,
    /// The run through time.
    pub chart: Shared<Chart>,
    /// Where in it.
    pub playhead: Playhead,
    /// What can be read off it.
    pub reading: Shared<Reading>,
    /// The run as a table, if it is asked for.
    pub table: Shared<Option<Table>>,
    /// Whether a future is in it that is not the one on screen.
    pub has_ghost: bool,
    /// Where in it, in words.
    pub position: String,
    /// The settings.
    pub settings: Shared<Settings>,
    /// Why.
    pub why: Shared<Why>,
    /// What holds up the rollout.
    pub stall: Option<Shared<Stall>>,
    /// What has happened.
    pub events: Shared<Events>,
    /// The same, with what stands out in them.
    pub event_list: Shared<EventList>,
    /// The pod that stands out everywhere.
    pub linked: Linked,
    /// What a screen reader says; nothing while time runs.
    pub live: String,
    /// What the page is, and how far it can be trusted.
    pub about: String,
    /// The link of what is on screen.
    pub link: String,
    /// What is shown where the page is embedded in another one.
    pub embed: Option<Embed>,
    /// Whether that link was copied last.
    pub link_is_copied: bool,
    /// What was wrong with the link that was opened.
    pub problems: Vec<String>,
    /// What a host is told of them: the code of an error.
    pub problem_code: &'static str,
    made_for: MadeFor,
    /// What took a while to find out.
    tried: Option<Rc<Trials>>,
    ranked: Option<Rc<Ranked>>,
}

/// What the shared parts were made for: as long as it is the same, they are.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MadeFor {
    run: u32,
    lang: Lang,
    width: u32,
    skip_waits: bool,
    has_ghost: bool,
    table_is_open: bool,
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
        skip_waits: session.skip_waits,
        has_ghost: session.ghost.is_some(),
        table_is_open: session.table_is_open,
        step: timeline.step_number(),
        explained: session.explained_step(),
        next: why::next(session),
        all_events: session.all_events,
        playing: session.is_playing(),
    };
    let words = last.filter(|last| session.words_can_wait() && last.is_about(session));
    let made_for = match words {
        Some(last) => MadeFor {
            step: last.made_for.step,
            explained: last.made_for.explained,
            next: last.made_for.next.clone(),
            ..made_for
        },
        None => made_for,
    };
    let same = |part: fn(&MadeFor, &MadeFor) -> bool| last.filter(|last| part(&last.made_for, &made_for));
    let same_run = same(|a, b| a.run == b.run && a.lang == b.lang);
    let same_chart = same(|a, b| {
        let of = |made: &MadeFor| (made.run, made.lang, made.width, made.skip_waits, made.has_ghost);
        of(a) == of(b)
    });
    let same_table = same_run.filter(|last| last.made_for.table_is_open == session.table_is_open);
    let same_all = same(|a, b| a == b);
    let settings = settings::settings(session);
    let link = session.link();
    let seconds = timeline.time().secs();
    let sentence = words.map_or_else(|| stage::sentence(session), |last| last.sentence.clone());
    let what = rich::plain(&sentence);
    let chart = same_chart.map_or_else(|| Shared::new(chart::chart(session)), |last| last.chart.clone());
    let reading =
        words.map_or_else(|| Shared::new(chart::reading(session, &chart)), |last| last.reading.clone());
    let events = same_all.map_or_else(|| Shared::new(events::events(session)), |last| last.events.clone());
    let why = same_all.map_or_else(|| Shared::new(why::why(session)), |last| last.why.clone());
    let (stall, tried) = match words {
        Some(last) => (None, Some(last.tried.clone())),
        None => stall::stall(session, last.and_then(|last| last.tried.as_ref())).unzip(),
    };
    let ranked = last.and_then(|last| last.ranked.as_ref());
    let (inspector, ranked) = inspector::inspector(session, ranked).unzip();
    let (tried, ranked) = (tried.flatten(), ranked.flatten());
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
        inspector: same_or_new(inspector, last.and_then(|last| last.inspector.as_ref())),
        sets: words.map_or_else(|| stage::sets(session), |last| last.sets.clone()),
        conditions: words.map_or_else(|| stage::conditions(session), |last| last.conditions.clone()),
        name: timeline.inputs().scenario.deployments[0].0.clone(),
        kubectl_get: words.map_or_else(|| stage::kubectl_get(session), |last| last.kubectl_get.clone()),
        desk: session.desk.state,
        transport: transport::transport(session),
        linked: linked(session, &chart),
        playhead: chart::playhead(session, &chart.axis),
        chart,
        reading: match last.filter(|last| *last.reading == *reading) {
            Some(last) => last.reading.clone(),
            None => reading,
        },
        table: same_table.map_or_else(|| Shared::new(chart::table(session)), |last| last.table.clone()),
        has_ghost: session.ghost.is_some(),
        position: session.lang.say(Text::Position { seconds, what: &what }),
        settings: match last.filter(|last| *last.settings == settings) {
            Some(last) => last.settings.clone(),
            None => Shared::new(settings),
        },
        event_list: event_list(&events, session, last),
        events,
        stall: match words {
            Some(last) => last.stall.clone(),
            None => same_or_new(stall, last.and_then(|last| last.stall.as_ref())),
        },
        live: live(session, &why, &what),
        why,
        about: format!("{} {}", session.lang.say(Text::About), agreement(session.lang)),
        embed: session.embed.clone(),
        link_is_copied: session.copied.as_ref() == Some(&link),
        link,
        problems: problems::problems(session),
        problem_code: problems::code(session),
        made_for,
        tried,
        ranked,
    }
}

impl Frame {
    /// Whether it shows the run that is on screen, in the same language.
    fn is_about(&self, session: &Session) -> bool {
        (self.made_for.run, self.made_for.lang) == (session.run, session.lang)
    }

    /// Another pod is pointed at: nothing else has changed.
    pub fn point(&mut self, session: &Session) {
        self.linked = linked(session, &self.chart);
        self.event_list = event_list(&self.events, session, Some(self));
    }
}

fn event_list(events: &Shared<Events>, session: &Session, last: Option<&Frame>) -> Shared<EventList> {
    let pod = session.hovered.or(session.selected).map(|pod| pod.0);
    let list = EventList::new(events, pod);
    match last.map(|last| &last.event_list).filter(|last| ***last == list) {
        Some(last) => last.clone(),
        None => Shared::new(list),
    }
}

/// A part, taken over from the last frame if it is the same.
fn same_or_new<T: PartialEq>(part: Option<T>, last: Option<&Shared<T>>) -> Option<Shared<T>> {
    let part = part?;
    match last.filter(|last| ***last == part) {
        Some(last) => Some(last.clone()),
        None => Some(Shared::new(part)),
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
    let mut words = include_str!("view/agreement.txt").split_ascii_whitespace();
    let (Some(reproduced), Some(_of), Some(traces)) = (words.next(), words.next(), words.next()) else {
        panic!("the test writes so many of so many");
    };
    lang.say(Text::Agreement { reproduced, traces })
}

/// While time runs nothing is said; when it stops, what there is to see.
fn live(session: &Session, why: &Why, what: &str) -> String {
    if session.is_playing() {
        return String::new();
    }
    format!("{}. {what}", why.sentence())
}
