//! Every step as a line of comma-separated values (RFC 4180), below a line of names.

use crate::session::Session;
use crate::sim::time::SimTime;

use super::{Row, rows};

/// The names of the columns.
pub const COLUMNS: [&str; 11] = [
    "step",
    "seconds",
    "actor",
    "replicas",
    "total",
    "available",
    "updated",
    "terminating",
    "floor",
    "ceiling",
    "what",
];

/// Every step of a run.
pub fn csv(session: &Session) -> String {
    let header = COLUMNS.map(str::to_owned);
    let lines = std::iter::once(header).chain(rows(session).into_iter().map(|row| fields(&row)));
    lines.map(|fields| fields.map(|field| quoted(&field)).join(",") + "\r\n").collect()
}

fn fields(row: &Row) -> [String; 11] {
    let counts = row.counts;
    let numbers = [
        row.replicas,
        counts.total,
        counts.available,
        counts.updated,
        counts.leaving,
        counts.floor,
        counts.ceiling,
    ];
    let [replicas, total, available, updated, leaving, floor, ceiling] =
        numbers.map(|number| number.to_string());
    let (step, what) = (row.step.to_string(), row.what.join("; "));
    let (seconds, actor) = (seconds(row.at), row.actor.to_owned());
    [step, seconds, actor, replicas, total, available, updated, leaving, floor, ceiling, what]
}

/// A moment as a decimal number of seconds.
pub fn seconds(at: SimTime) -> String {
    format!("{}.{:03}", at.secs(), at.millis() % 1000)
}

/// In quotes where something in it would end the field. What a spreadsheet would take for a formula cannot be
/// at its beginning: every text begins with a word of ours or of kubectl.
fn quoted(field: &str) -> String {
    match field.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    }
}
