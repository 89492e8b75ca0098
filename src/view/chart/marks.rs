//! Where commands, decisions, failures, the deadline and completions are: each a shape of its own. The
//! number of elements does not depend on how many there are, and where there is no room for a shape it
//! is left out, the most common ones first.

use crate::i18n::{Lang, Text};
use crate::timeline::Timeline;
use crate::timeline::landmarks::{FAILURES, Kind, Landmarks};

use super::super::axis::Axis;
use super::super::px::Px;

/// A shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// An hourglass.
    Deadline,
    /// An arrow down to a line, and through it.
    FloorBroken,
    /// A tick.
    Complete,
    /// A diamond.
    Command,
    /// A cross.
    Failure,
    /// A triangle that points down into the chart.
    Decision,
    /// Two torn edges, which no landmark has.
    Wait,
}

/// All shapes; those that matter more are placed first.
const GLYPHS: [Glyph; 6] =
    [Glyph::Deadline, Glyph::FloorBroken, Glyph::Complete, Glyph::Command, Glyph::Failure, Glyph::Decision];

/// A shape wants so much room: there is never more than one in it.
const ROOM: i32 = 80;

impl Glyph {
    fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Deadline => &[Kind::Deadline],
            Self::FloorBroken => &[Kind::FloorBroken],
            Self::Complete => &[Kind::Complete],
            Self::Command => &[Kind::Command],
            Self::Failure => &FAILURES,
            Self::Decision => &[Kind::Decision],
            Self::Wait => &[],
        }
    }

    fn text(self) -> Text<'static> {
        match self {
            Self::Deadline => Text::MarkDeadline,
            Self::FloorBroken => Text::MarkFloorBroken,
            Self::Complete => Text::MarkComplete,
            Self::Command => Text::MarkCommand,
            Self::Failure => Text::MarkFailure,
            Self::Decision => Text::MarkDecision,
            Self::Wait => Text::NothingHappens,
        }
    }

    /// Its outline, eight pixels wide and high, from its left upper corner.
    pub fn outline(self) -> &'static str {
        match self {
            Self::Deadline => "h8l-8 8h8z",
            Self::FloorBroken => "m0 4.5h8m-4-4.5v8m-3-3l3 3 3-3",
            Self::Complete => "m0 4.5l3 3 5-7",
            Self::Command => "m4 0l4 4-4 4-4-4z",
            Self::Failure => "m1 1l6 6m0-6l-6 6",
            Self::Decision => "m0 1h8l-4 6z",
            Self::Wait => "m0-1l2 5-2 5m6-10l2 5-2 5",
        }
    }

    /// The row above the plot in which it stands: decisions have one of their own.
    fn row(self) -> Px {
        match self {
            Self::Decision => Px::whole(16),
            _ => Px::whole(4),
        }
    }
}

/// What a landmark is called: failures by the reason of their event, which is never translated.
pub fn name(lang: Lang, kind: Kind) -> String {
    let reason = match kind {
        Kind::Crash => "BackOff",
        Kind::PullFailed => "Failed",
        Kind::Unhealthy => "Unhealthy",
        Kind::FailedScheduling => "FailedScheduling",
        Kind::FailedCreate => "FailedCreate",
        Kind::Deadline => "ProgressDeadlineExceeded",
        Kind::Batch => return lang.say(Text::MarkBatch),
        Kind::FloorBroken => return lang.say(Text::MarkFloorBroken),
        Kind::Complete => return lang.say(Text::MarkComplete),
        Kind::Command => return lang.say(Text::MarkCommand),
        Kind::Decision => return lang.say(Text::MarkDecision),
    };
    reason.to_owned()
}

/// The class of a shape.
pub fn glyph_name(glyph: Glyph) -> &'static str {
    match glyph {
        Glyph::Deadline => "deadline",
        Glyph::FloorBroken => "broken",
        Glyph::Complete => "complete",
        Glyph::Command => "command",
        Glyph::Failure => "failure",
        Glyph::Decision => "decision",
        Glyph::Wait => "wait",
    }
}

/// What the shapes that there are mean, and the strips in place of waits if there are any.
pub fn legend(lang: Lang, landmarks: &Landmarks, has_waits: bool) -> Vec<(Glyph, String)> {
    let is_there = |glyph: &Glyph| glyph.kinds().iter().any(|kind| !landmarks.all(*kind).is_empty());
    let rows = GLYPHS.into_iter().rev().filter(is_there).chain(has_waits.then_some(Glyph::Wait));
    rows.map(|glyph| (glyph, lang.say(glyph.text()))).collect()
}

/// All shapes, those of a kind as one path.
pub fn marks(timeline: &Timeline, axis: &Axis) -> Vec<(Glyph, String)> {
    let mut rows = [Row::new(axis), Row::new(axis)];
    let mut marks = Vec::new();
    for glyph in GLYPHS {
        let row = &mut rows[usize::from(glyph == Glyph::Decision)];
        let mut path = String::new();
        for step in glyph.kinds().iter().flat_map(|kind| timeline.landmarks().all(*kind)) {
            let x = axis.x(timeline.at(*step as usize));
            if row.take(x) {
                path += &format!("M{} {}{}", x.minus(Px::whole(4)), glyph.row(), glyph.outline());
            }
        }
        if !path.is_empty() {
            marks.push((glyph, path));
        }
    }
    marks
}

/// Which places of a row are taken.
struct Row(Vec<Option<Px>>);

impl Row {
    fn new(axis: &Axis) -> Self {
        Self(vec![None; (axis.left.plus(axis.width).0 / ROOM) as usize + 2])
    }

    /// Takes a place, if no other shape is too near.
    fn take(&mut self, x: Px) -> bool {
        let cell = (x.0.max(0) / ROOM) as usize;
        let near = &self.0[cell.saturating_sub(1)..(cell + 2).min(self.0.len())];
        if near.iter().flatten().any(|other| (other.0 - x.0).abs() < ROOM) {
            return false;
        }
        self.0[cell] = Some(x);
        true
    }
}
