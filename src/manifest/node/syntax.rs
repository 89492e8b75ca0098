//! What kubectl's reader says of what is no YAML, or not that of an object.

use saphyr_parser::ScanError;

use crate::sim::order::sorted_by_key;

use super::super::scalar::resolve;
use super::super::write::quote;
use super::{Data, Entry, Inside, Open, Position, Reader, Unreadable};

/// A value as Go's `%#v` prints it.
pub fn in_go(data: &Data) -> String {
    match data {
        Data::Null => "interface {}(nil)".to_owned(),
        Data::Bool(value) => value.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Float(text) => text.clone(),
        Data::Text(text) => quote(text),
        Data::List(items) => {
            let items: Vec<_> = items.iter().map(|item| in_go(&item.data)).collect();
            format!("[]interface {{}}{{{}}}", items.join(", "))
        }
        Data::Map(entries) => {
            let pair =
                |entry: &Entry| format!("{}:{}", in_go(&resolve(&entry.key)), in_go(&entry.value.data));
            let pairs = sorted_by_key(entries, |entry| entry.key.clone());
            format!(
                "map[interface {{}}]interface {{}}{{{}}}",
                pairs.iter().map(pair).collect::<Vec<_>>().join(", ")
            )
        }
    }
}

impl Reader<'_> {
    /// What kubectl's reader says of what ours says. It counts lines from the `---` before, and it says one
    /// less for what it finds while putting tokens together (`goyaml.v2/decode.go fail`).
    pub fn syntax(&self, error: &ScanError, text: &str, first_line: usize) -> Unreadable {
        let mark = error.marker();
        let at = Position { line: mark.line() as u32, column: mark.col() as u32 + 1 };
        let (said, is_token, line) = match error.info() {
            "\"-\" is only valid inside a block" => self.dash(text, at),
            "invalid trailing content after double-quoted scalar" => {
                (self.trailing(text, at), false, at.line)
            }
            info => {
                let (said, is_token) = in_words_of_kubectl(info);
                (said, is_token, at.line)
            }
        };
        let line = (line as usize).saturating_sub(first_line).saturating_sub(usize::from(!is_token));
        let place = if line == 0 { String::new() } else { format!("line {line}: ") };
        Unreadable::Syntax(at, format!("{place}{said}"))
    }

    /// What is said of a `-` between braces or brackets, as in `{{- if .Values.x }}`; whether it is about a single token;
    /// and of which line. Where a key must stand, what begins with a brace is one, and its line is read to the end first.
    fn dash(&self, text: &str, at: Position) -> (&'static str, bool, u32) {
        let before = before(text, at);
        let written = before.trim_start_matches(' ');
        let column = (before.len() - written.len()) as u32 + 1;
        let is_key = |open: &Open| matches!(open.inside, Inside::Map(..)) && open.at.column == column;
        if written.starts_with(['{', '[']) && self.open.iter().any(is_key) {
            let is_blank = |line: &str| line.trim_start().is_empty() || line.trim_start().starts_with('#');
            let mut lines = text.lines().zip(1..).skip(at.line as usize);
            let next = lines.find(|(line, _)| !is_blank(line));
            let end = text.lines().count() as u32 + 1;
            return ("could not find expected ':'", true, next.map_or(end, |(_, line)| line));
        }
        let said = match before.trim_end().chars().next_back() {
            Some('{' | '[' | ',' | ':') | None => "did not find expected node content",
            _ => self.trailing(text, at),
        };
        (said, false, at.line)
    }

    /// What is said of something behind a value that has ended.
    fn trailing(&self, text: &str, at: Position) -> &'static str {
        let before = before(text, at);
        let is_list = matches!(self.open.last(), Some(Open { inside: Inside::List(_), .. }));
        match (before.rfind('{'), before.rfind('[')) {
            (None, None) if is_list => "did not find expected '-' indicator",
            (None, None) => "did not find expected key",
            (map, list) if map < list => "did not find expected ',' or ']'",
            _ => "did not find expected ',' or '}'",
        }
    }
}

/// What stands in a line before a place.
fn before(text: &str, at: Position) -> String {
    let line = text.lines().nth(at.line as usize - 1).unwrap_or_default();
    line.chars().take(at.column as usize - 1).collect()
}

/// Whether it is about a single token, too.
fn in_words_of_kubectl(info: &str) -> (&str, bool) {
    let parsing = ["did not find expected key", "'-' indicator", "',' or '}'", "',' or ']'", "node content"];
    let said = match info.starts_with("while") {
        true => info.split(", ").skip(1).last().unwrap_or(info),
        false => info,
    };
    if info.contains("tab") && info.contains("indentation") || info.contains("tabs disallowed") {
        return ("found character that cannot start any token", true);
    }
    if info.contains("simple key") {
        return ("could not find expected ':'", true);
    }
    match parsing.iter().any(|end| info.ends_with(end)) {
        true if said.starts_with("expected") => ("did not find expected ',' or ']'", false),
        true if info.contains("flow mapping") => ("did not find expected ',' or '}'", false),
        is_parsing => (said, !is_parsing),
    }
}
