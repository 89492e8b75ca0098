//! The run as a table in Markdown: the one that the page shows beside the chart, in its language.

use crate::session::Session;
use crate::view::chart::{Row, table};

/// The run as a table.
pub fn markdown(session: &Session) -> String {
    let mut session = session.clone();
    session.table_is_open = true;
    let Some(table) = table(&session) else { return String::new() };
    let numbers = table.columns.len().saturating_sub(2);
    let ruler = format!("|--:|{}:--|", "--:|".repeat(numbers));
    let head = line(table.columns.iter().map(String::as_str));
    let rows: String = table.rows.iter().map(row).collect();
    format!("{}\n\n{head}{ruler}\n{rows}", escaped(&table.caption))
}

fn row(row: &Row) -> String {
    let counts: Vec<_> = row.counts.iter().map(i32::to_string).collect();
    let cells = [row.time.as_str()].into_iter().chain(counts.iter().map(String::as_str));
    line(cells.chain([row.what.as_str()]))
}

fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<_> = cells.map(escaped).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// Nothing in a cell ends it, or is markup.
fn escaped(cell: &str) -> String {
    let mut escaped = String::new();
    for c in cell.chars() {
        if "\\|`*_<>[]#".contains(c) {
            escaped.push('\\');
        }
        escaped.push(if c == '\n' { ' ' } else { c });
    }
    escaped
}
