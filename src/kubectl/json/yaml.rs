//! YAML as `sigs.k8s.io/yaml` writes it.

use super::{Json, quoted};

impl Json {
    /// As `-o yaml` prints it.
    pub fn yaml(&self) -> String {
        let mut text = String::new();
        match self {
            Self::Map(pairs) if !pairs.is_empty() => write_map(pairs, 0, &mut text),
            other => {
                text.push_str(&other.compact());
                text.push('\n');
            }
        }
        text
    }
}

fn write_map(pairs: &[(String, Json)], indent: usize, text: &mut String) {
    for (index, (key, value)) in pairs.iter().enumerate() {
        if 0 < index || !text.ends_with("- ") {
            text.extend(std::iter::repeat_n(' ', indent));
        }
        text.push_str(&scalar(key));
        text.push(':');
        match value {
            Json::Map(pairs) if !pairs.is_empty() => {
                text.push('\n');
                write_map(pairs, indent + 2, text);
            }
            Json::List(items) if !items.is_empty() => {
                text.push('\n');
                write_list(items, indent, text);
            }
            other => write_value(other, indent + 2, text),
        }
    }
}

/// Items of a list stand below its name, no deeper.
fn write_list(items: &[Json], indent: usize, text: &mut String) {
    for item in items {
        text.extend(std::iter::repeat_n(' ', indent));
        text.push_str("- ");
        match item {
            Json::Map(pairs) if !pairs.is_empty() => write_map(pairs, indent + 2, text),
            other => {
                text.pop();
                write_value(other, indent + 2, text);
            }
        }
    }
}

fn write_value(value: &Json, indent: usize, text: &mut String) {
    text.push(' ');
    match value {
        Json::Text(words) if words.contains('\n') => {
            text.push('|');
            text.push_str(if words.ends_with('\n') { "" } else { "-" });
            for line in words.lines() {
                text.push('\n');
                text.extend(std::iter::repeat_n(' ', indent));
                text.push_str(line);
            }
        }
        Json::Text(words) => text.push_str(&scalar(words)),
        other => text.push_str(&other.compact()),
    }
    text.push('\n');
}

/// A text: bare where it would be read as the same text, else quoted.
fn scalar(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let reserved = ["", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(&&*lower);
    let numeric =
        text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) && looks_like_a_number(text);
    if reserved || numeric {
        return quoted(text);
    }
    let opens = text.starts_with(|c: char| "-?:,[]{}#&*!|>'\"%@`".contains(c));
    let opens =
        opens && !(text.starts_with(['-', '?', ':']) && 1 < text.len() && !text[1..].starts_with(' '));
    let breaks = text.contains(": ") || text.contains(" #") || text.ends_with(':') || text.ends_with(' ');
    match opens || breaks || text.starts_with(' ') {
        true => format!("'{}'", text.replace('\'', "''")),
        false => text.to_owned(),
    }
}

/// Numbers, and times, which YAML 1.1 reads as something other than text.
fn looks_like_a_number(text: &str) -> bool {
    let is_time = text.len() == 20 && text.as_bytes()[10] == b'T' && text.ends_with('Z');
    let digits = text.trim_start_matches(['+', '-']);
    let points = digits.matches('.').count();
    is_time || (points < 2 && points < digits.len() && digits.chars().all(|c| c.is_ascii_digit() || c == '.'))
}
