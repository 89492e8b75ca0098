//! The chart as a table, for who cannot see it or wants to copy its numbers.

use crate::i18n::around::Text;
use crate::session::Session;
use crate::timeline::landmarks::Kind;

use super::reading::{Counts, what};

/// The chart as a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The names of its columns: the time, the numbers, and what happens.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// When.
    pub time: String,
    /// The numbers.
    pub counts: Vec<i32>,
    /// What happens.
    pub what: String,
}

/// A longer table is not read.
const MOST_ROWS: usize = 200;

/// The table, if it is asked for.
pub fn table(session: &Session) -> Option<Table> {
    if !session.table_is_open {
        return None;
    }
    let samples = session.timeline.series().samples();
    let chosen = chosen(session);
    let row = |index: &usize| {
        let sample = &samples[*index];
        let counts = Counts::of(session, sample).named().map(|(_, _, count)| count).to_vec();
        Row { time: sample.at.to_string(), counts, what: what(session, sample.at, sample.at) }
    };
    let lang = session.lang;
    let names = Counts::default().named().map(|(_, name, _)| lang.say(name));
    let names = [lang.say(Text::ColumnTime)].into_iter().chain(names).chain([lang.say(Text::ColumnWhat)]);
    Some(Table {
        caption: lang.say(Text::TableCaption { rows: chosen.len(), all: samples.len() }),
        columns: names.collect(),
        rows: chosen.iter().map(row).collect(),
    })
}

/// All samples; or, of too many, those of decisions and the like as far as there is room for them in
/// half of the table, and others evenly between.
fn chosen(session: &Session) -> Vec<usize> {
    let samples = session.timeline.series().samples();
    if samples.len() <= MOST_ROWS {
        return (0..samples.len()).collect();
    }
    let half = MOST_ROWS / 2;
    let mut chosen = vec![false; samples.len()];
    (0..half).for_each(|place| chosen[place * (samples.len() - 1) / (half - 1)] = true);
    let mut room = half;
    for kind in [Kind::Command, Kind::Deadline, Kind::FloorBroken, Kind::Complete, Kind::Decision] {
        for step in session.timeline.landmarks().all(kind) {
            let at = session.timeline.at(*step as usize);
            let index = samples.partition_point(|sample| sample.at < at).min(samples.len() - 1);
            if 0 < room && !chosen[index] {
                chosen[index] = true;
                room -= 1;
            }
        }
    }
    (0..samples.len()).filter(|index| chosen[*index]).collect()
}
