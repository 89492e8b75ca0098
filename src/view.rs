//! Everything on screen, as plain data: what components only have to print. It comes in parts, since who starts a page
//! makes one after the other: [`frame`], [`around::around`], [`settings::settings`] and [`panels::panels`]. Only the
//! first is in the part of the program that shows the first picture ([`later`]).

pub mod around;
pub mod axis;
pub mod budget_line;
pub mod chart;
pub mod events;
pub mod inspector;
pub mod later;
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
pub mod stories;
pub mod transport;
pub mod weave;
pub mod why;

use crate::i18n::{Lang, Text};
use crate::session::embed::Embed;
use crate::session::{Session, Theme};

use budget_line::{BudgetLine, Shape};
use chart::{Chart, Playhead, Reading};
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
    /// Moving through time.
    pub transport: Transport,
    /// The run through time.
    pub chart: Shared<Chart>,
    /// Where in it.
    pub playhead: Playhead,
    /// What can be read off it.
    pub reading: Shared<Reading>,
    /// Whether a future is in it that is not the one on screen.
    pub has_ghost: bool,
    /// Where in it, in words.
    pub position: String,
    /// The pod that stands out everywhere.
    pub linked: Linked,
    /// What is shown where the page is embedded in another one.
    pub embed: Option<Embed>,
    made_for: MadeFor,
}

/// What the shared parts were made for: as long as it is the same, they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MadeFor {
    run: u32,
    lang: Lang,
    width: u32,
    skip_waits: bool,
    has_ghost: bool,
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
    };
    let same_chart = last.filter(|last| last.made_for == made_for);
    let is_same_run = |last: &&Frame| (last.made_for.run, last.lang) == (session.run, session.lang);
    let words = last.filter(|last| session.words_can_wait() && is_same_run(last));
    let seconds = timeline.time().secs();
    let sentence = words.map_or_else(|| stage::sentence(session), |last| last.sentence.clone());
    let chart = same_chart.map_or_else(|| Shared::new(chart::chart(session)), |last| last.chart.clone());
    let reading =
        words.map_or_else(|| Shared::new(chart::reading(session, &chart)), |last| last.reading.clone());
    Frame {
        lang: session.lang,
        theme: session.theme,
        keys_enabled: session.keys_enabled,
        position: session.lang.say(Text::Position { seconds, what: &rich::plain(&sentence) }),
        sentence,
        budget_line: budget_line::budget_line(session),
        legend: budget_line::legend(session),
        transport: transport::transport(session),
        linked: linked(session, &chart),
        playhead: chart::playhead(session, &chart.axis),
        chart,
        reading: match last.filter(|last| *last.reading == *reading) {
            Some(last) => last.reading.clone(),
            None => reading,
        },
        has_ghost: session.ghost.is_some(),
        embed: session.embed.clone(),
        made_for,
    }
}

impl Frame {
    /// Another pod is pointed at: nothing else has changed.
    pub fn point(&mut self, session: &Session) {
        self.linked = linked(session, &self.chart);
    }
}

/// A part, taken over from the last frame if it is the same.
fn same_or_new<T: PartialEq>(part: T, last: Option<&Shared<T>>) -> Shared<T> {
    match last.filter(|last| ***last == part) {
        Some(last) => last.clone(),
        None => Shared::new(part),
    }
}
