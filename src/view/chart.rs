//! The budget line through time, and under it the weave: every pod as a thread.

mod lines;
mod marks;
mod reading;
mod table;

use crate::i18n::{Lang, Text};
use crate::session::Session;
use crate::sim::time::SimDuration;
use crate::timeline::series::Sample;

use super::axis::{Axis, RIGHT, Wait};
use super::px::Px;
use super::weave::{Threads, weave};

pub use lines::{Area, Level};
pub use marks::{Glyph, glyph_name};
pub use reading::{Cell, Counts, Reading, reading};
pub use table::{Row, Table, table};

/// The whole run, as wide as the picture. It is made anew when the run or the width changes, not
/// while time passes.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Width of the whole chart.
    pub width: Px,
    /// Height of chart and weave together.
    pub height: Px,
    /// Where the plot begins from above and where it ends.
    pub span: (Px, Px),
    /// Stacked areas, lowest first.
    pub areas: Vec<Area>,
    /// Lines by their class, as paths.
    pub lines: Vec<(&'static str, String)>,
    /// Numbers beside the plot, and in it on the right.
    pub levels: Vec<Level>,
    /// Times below the plot.
    pub ticks: Vec<(Px, String)>,
    /// Waits that are drawn short.
    pub breaks: Vec<Break>,
    /// Where commands, decisions and the like are: all that look the same together.
    pub marks: Vec<(Glyph, String)>,
    /// What the marks mean.
    pub legend: Vec<(Glyph, String)>,
    /// Where the weave begins.
    pub weave_top: Px,
    /// Threads, or bundles of equal ones: all their parts that look the same together.
    pub threads: Vec<Threads>,
    /// The pods by their threads, from above, and how far these are apart; none where they are bundled.
    pub rows: (Vec<u32>, Px),
    /// The weave in a sentence.
    pub weave_label: String,
    /// What of the run is locked away, as a path.
    pub locked: String,
    /// Which moment is where.
    pub axis: Axis,
    /// The number of pods at the top of the plot.
    most: i32,
}

/// A wait that is drawn short.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// Where it begins.
    pub x: Px,
    /// How wide it is drawn.
    pub width: Px,
    /// How long it is.
    pub length: String,
}

/// Where the present moment is in the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playhead {
    /// Where.
    pub x: Px,
    /// The moment, in milliseconds.
    pub millis: u64,
}

/// Above the plot is room for two rows of marks.
const TOP: Px = Px::whole(26);
const PLOT: Px = Px::whole(118);
const AXIS: Px = Px::whole(26);

/// The whole run.
pub fn chart(session: &Session) -> Chart {
    let axis = Axis::of(session);
    let samples = session.timeline.series().samples();
    let most = most(session);
    let lines = lines::Lines { columns: lines::columns(samples, &axis), axis: &axis, most };
    let weave_top = TOP.plus(PLOT).plus(AXIS);
    let (threads, weave_height, rows) = weave(session, &axis, weave_top);
    Chart {
        width: axis.left.plus(axis.width).plus(RIGHT),
        height: weave_top.plus(weave_height).plus(Px::whole(4)),
        span: (TOP, TOP.plus(PLOT)),
        areas: lines.areas(),
        lines: lines.all(session),
        levels: lines.levels(),
        ticks: axis.ticks(),
        breaks: axis.breaks.iter().map(|wait| broken(session.lang, &axis, wait)).collect(),
        marks: marks::marks(&session.timeline, &axis),
        legend: marks::legend(session.lang, session.timeline.landmarks(), !axis.breaks.is_empty()),
        weave_top,
        threads,
        rows,
        weave_label: session.lang.say(Text::Weave { pods: session.timeline.pods_ever() }),
        most,
        locked: locked(session, &axis, weave_top, weave_height),
        axis,
    }
}

/// What lies before and after that part of the run which may be looked at: in the plot, and in the weave.
fn locked(session: &Session, axis: &Axis, weave_top: Px, weave_height: Px) -> String {
    let (first, last) = session.bounds();
    let right = axis.left.plus(axis.width);
    let before = (1 < first).then(|| (axis.left, axis.x(session.timeline.at(first))));
    let after = (last < session.timeline.steps()).then(|| (axis.x(session.last_moment()), right));
    let side = |(from, to)| {
        let rows = [(TOP, TOP.plus(PLOT)), (weave_top, weave_top.plus(weave_height))];
        rows.map(|(top, bottom)| format!("M{from} {top}H{to}V{bottom}H{from}z")).concat()
    };
    before.into_iter().chain(after).map(side).collect()
}

/// The lines by their class, each with its name.
pub fn names(lang: Lang) -> Vec<(&'static str, String)> {
    let named = reading::Counts::default().named().into_iter();
    named.map(|(line, name, _)| (line, lang.say(name))).collect()
}

/// How many pods the plot is high: as many as there ever are, and the ceiling.
fn most(session: &Session) -> i32 {
    let samples = session.timeline.series().samples().iter();
    let run = samples.map(|sample| sample.ceiling.min(scale_limit(sample)).max(existing(sample))).max();
    let ghost = session.ghost.iter().flat_map(|ghost| &ghost.points).map(|point| point.total).max();
    run.max(ghost).unwrap_or(1).max(1)
}

/// All pods that exist, leaving ones too; or the most that counted at any step of the instant.
fn existing(sample: &Sample) -> i32 {
    let existing = sample.sets.iter().map(|tally| tally.active() + tally.terminating).sum();
    sample.most_active.max(existing)
}

/// A ceiling far above all pods would press them flat.
fn scale_limit(sample: &Sample) -> i32 {
    sample.most_active.saturating_mul(2).max(4)
}

/// Where a number of pods is, if the plot is `most` pods high.
fn height(count: i32, most: i32) -> Px {
    TOP.plus(PLOT).minus(PLOT.share(i64::from(count.min(most)), i64::from(most)))
}

fn broken(lang: Lang, axis: &Axis, wait: &Wait) -> Break {
    let (from, to) = axis.place(wait);
    Break { x: from, width: to.minus(from), length: length(lang, wait.length()) }
}

/// A length of time in words: hours and minutes, or minutes and seconds.
fn length(lang: Lang, length: SimDuration) -> String {
    let secs = length.secs();
    let parts = match secs {
        0..60 => [(0, Text::Minutes { count: 0 }), (secs, Text::Secs { count: secs })],
        60..3600 => {
            [(secs / 60, Text::Minutes { count: secs / 60 }), (secs % 60, Text::Secs { count: secs % 60 })]
        }
        _ => [
            (secs / 3600, Text::Hours { count: secs / 3600 }),
            (secs / 60 % 60, Text::Minutes { count: secs / 60 % 60 }),
        ],
    };
    let said: Vec<_> =
        parts.into_iter().filter(|(count, _)| 0 < *count).map(|(_, text)| lang.say(text)).collect();
    said.join(" ")
}

/// Where the present moment is.
pub fn playhead(session: &Session, axis: &Axis) -> Playhead {
    let time = session.timeline.time();
    Playhead { x: axis.x(time), millis: time.millis() }
}

#[cfg(test)]
mod tests;
