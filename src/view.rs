//! Everything on screen, as plain data: what components only have to print. It comes in three parts, since who
//! starts a page makes one after the other: [`frame`], [`settings::settings`] and [`panels::panels`].

pub mod axis;
pub mod budget_line;
pub mod chart;
pub mod events;
pub mod inspector;
pub mod linked;
pub mod names;
pub mod panels;
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
use inspector::{Inspector, Ranked};
use linked::{Linked, linked};
use rich::Span;
use shared::Shared;
use transport::Transport;

/// What there is on screen first, and on every page: the picture, what moves through time, and what stands around them.
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
    /// The stories that can be opened; the same for as long as the language and the chosen one are.
    pub stories: Shared<Stories>,
    /// The story that is on screen, in a sentence.
    pub story: Option<&'static str>,
    /// The pod that is looked at.
    pub inspector: Option<Shared<Inspector>>,
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
    /// The pod that stands out everywhere.
    pub linked: Linked,
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
    ranked: Option<Rc<Ranked>>,
}

/// What the shared parts were made for: as long as it is the same, they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MadeFor {
    run: u32,
    lang: Lang,
    width: u32,
    skip_waits: bool,
    has_ghost: bool,
    table_is_open: bool,
}

/// That of it, taken over from the last frame where nothing changed.
pub fn frame(session: &Session, last: Option<&Frame>) -> Frame {
    let timeline = &session.timeline;
    let made_for = MadeFor {
        run: session.run,
        lang: session.lang,
        width: session.width,
        skip_waits: session.skip_waits,
        has_ghost: session.ghost.is_some(),
        table_is_open: session.table_is_open,
    };
    let same = |part: fn(&MadeFor) -> MadeFor| last.filter(|last| part(&last.made_for) == part(&made_for));
    let same_chart = same(|made| MadeFor { table_is_open: false, ..*made });
    let same_table = same(|made| MadeFor { width: 0, skip_waits: false, has_ghost: false, ..*made });
    let is_same_run = |last: &&Frame| (last.made_for.run, last.lang) == (session.run, session.lang);
    let words = last.filter(|last| session.words_can_wait() && is_same_run(last));
    let link = session.link();
    let chosen = session.story.filter(|story| story.inputs() == *timeline.inputs()).map(|story| story.name());
    let seconds = timeline.time().secs();
    let sentence = words.map_or_else(|| stage::sentence(session), |last| last.sentence.clone());
    let chart = same_chart.map_or_else(|| Shared::new(chart::chart(session)), |last| last.chart.clone());
    let reading =
        words.map_or_else(|| Shared::new(chart::reading(session, &chart)), |last| last.reading.clone());
    let ranked = last.and_then(|last| last.ranked.as_ref());
    let (inspector, ranked) = inspector::inspector(session, ranked).unzip();
    Frame {
        lang: session.lang,
        theme: session.theme,
        keys_enabled: session.keys_enabled,
        position: session.lang.say(Text::Position { seconds, what: &rich::plain(&sentence) }),
        sentence,
        budget_line: budget_line::budget_line(session),
        legend: budget_line::legend(session),
        stories: match last.filter(|last| last.lang == session.lang && last.stories.chosen == chosen) {
            Some(last) => last.stories.clone(),
            None => Shared::new(stories(session.lang, chosen)),
        },
        story: session.story.map(|story| story.sentence(session.lang)),
        inspector: same_or_new(inspector, last.and_then(|last| last.inspector.as_ref())),
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
        about: format!("{} {}", session.lang.say(Text::About), agreement(session.lang)),
        embed: session.embed.clone(),
        link_is_copied: session.copied.as_ref() == Some(&link),
        link,
        problems: problems::problems(session),
        problem_code: problems::code(session),
        made_for,
        ranked: ranked.flatten(),
    }
}

impl Frame {
    /// Another pod is pointed at: nothing else has changed.
    pub fn point(&mut self, session: &Session) {
        self.linked = linked(session, &self.chart);
    }
}

/// A part, taken over from the last frame if it is the same.
pub fn same_or_new<T: PartialEq>(part: Option<T>, last: Option<&Shared<T>>) -> Option<Shared<T>> {
    let part = part?;
    match last.filter(|last| ***last == part) {
        Some(last) => Some(last.clone()),
        None => Some(Shared::new(part)),
    }
}

/// The stories that can be opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Stories {
    /// By group, each with its name and its sentence.
    pub groups: Vec<(&'static str, Vec<(&'static str, &'static str)>)>,
    /// The name of the one that is on screen, as long as its run is.
    pub chosen: Option<&'static str>,
}

fn stories(lang: Lang, chosen: Option<&'static str>) -> Stories {
    let group = |group: Group| {
        let name = group.name(lang);
        (name, group.stories().map(|story| (story.name(), story.sentence(lang))).collect())
    };
    Stories { groups: stories::groups().map(group).collect(), chosen }
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
