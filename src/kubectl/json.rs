//! API objects as data: read from JSON, written as JSON and YAML, picked from by JSONPath and by Go's templates.

pub mod path;
mod template;
mod yaml;

use crate::sim::order::sorted_by_key;
use std::cmp::Ordering;

pub use path::{find, path as at_path};
pub use template::template;

/// A value as JSON knows them. Numbers keep the way they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// Nothing.
    Null,
    /// A truth.
    Bool(bool),
    /// A number.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Values by their names, in this order.
    Map(Vec<(String, Json)>),
}

impl Json {
    /// A map of what is there, sorted by name as Kubernetes prints maps.
    pub fn map<const N: usize>(pairs: [(&str, Option<Self>); N]) -> Self {
        let mut pairs: Vec<_> =
            pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect();
        pairs = crate::sim::order::sorted_by_key(&pairs, |(key, _)| key.clone());
        Self::Map(pairs)
    }

    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A number.
    pub fn number(number: impl Into<i64>) -> Self {
        Self::Number(number.into().to_string())
    }

    /// What a map has by a name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Map(pairs) = self else { return None };
        pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Four blanks deeper for each level, as `-o json` prints it.
    pub fn json(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, Some(0));
        text + "\n"
    }

    /// In one line.
    pub fn compact(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, None);
        text
    }

    fn write(&self, text: &mut String, depth: Option<usize>) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Bool(truth) => text.push_str(if *truth { "true" } else { "false" }),
            Self::Number(number) => text.push_str(number),
            Self::Text(words) => text.push_str(&quoted(words)),
            Self::List(items) => {
                write_all(text, depth, "[]", items, |item, text, depth| item.write(text, depth))
            }
            Self::Map(pairs) => write_all(text, depth, "{}", pairs, |(key, value), text, depth| {
                text.push_str(&quoted(key));
                text.push_str(if depth.is_some() { ": " } else { ":" });
                value.write(text, depth);
            }),
        }
    }

    /// The same with the keys of every map in order.
    pub fn sorted(&self) -> Self {
        match self {
            Self::List(items) => Self::List(items.iter().map(Self::sorted).collect()),
            Self::Map(pairs) => {
                let pairs: Vec<_> = pairs.iter().map(|(key, value)| (key.clone(), value.sorted())).collect();
                Self::Map(sorted_by_key(&pairs, |(key, _)| key.clone()))
            }
            other => other.clone(),
        }
    }

    /// Reads JSON. `encoding/json`
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader { rest: text };
        reader.blanks();
        let value = reader.value("looking for beginning of value", 0)?;
        reader.blanks();
        match reader.rest.chars().next() {
            Some(c) => Err(invalid(c, "after top-level value")),
            None => Ok(value),
        }
    }
}

/// A text as JSON writes it. `encoding/json`
fn quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c < ' ' => quoted += &format!("\\u{:04x}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn write_all<T>(
    text: &mut String,
    depth: Option<usize>,
    brackets: &str,
    items: &[T],
    write: fn(&T, &mut String, Option<usize>),
) {
    let inside = depth.map(|depth| depth + 1);
    let line = |text: &mut String, depth: Option<usize>| {
        if let Some(depth) = depth {
            text.push('\n');
            text.extend(std::iter::repeat_n("    ", depth));
        }
    };
    text.push_str(&brackets[..1]);
    for (index, item) in items.iter().enumerate() {
        if 0 < index {
            text.push(',');
        }
        line(text, inside);
        write(item, text, inside);
    }
    if !items.is_empty() {
        line(text, depth);
    }
    text.push_str(&brackets[1..]);
}

/// Which of two values comes first; what is absent comes first of all. `sorter.go isLess`.
pub fn order(a: Option<&Json>, b: Option<&Json>) -> Ordering {
    match (a, b) {
        (Some(Json::Number(a)), Some(Json::Number(b))) => {
            let number = |text: &str| text.parse::<i64>().unwrap_or(0);
            number(a).cmp(&number(b))
        }
        (Some(Json::Text(a)), Some(Json::Text(b))) => a.cmp(b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    }
}

/// Deeper than any object is; deeper ones are refused before the stack ends.
const MAX_DEPTH: usize = 100;

struct Reader<'a> {
    rest: &'a str,
}

fn invalid(c: char, place: &str) -> String {
    let c = if c == '\'' { r"\'".to_owned() } else { c.to_string() };
    format!("invalid character '{c}' {place}")
}

impl Reader<'_> {
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    fn next(&mut self) -> Result<char, String> {
        let c = self.rest.chars().next().ok_or("unexpected end of JSON input")?;
        self.rest = &self.rest[c.len_utf8()..];
        Ok(c)
    }

    fn value(&mut self, place: &str, depth: usize) -> Result<Json, String> {
        if MAX_DEPTH < depth {
            return Err("exceeded max depth".to_owned());
        }
        for (word, value) in [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))]
        {
            if let Some(rest) = self.rest.strip_prefix(word) {
                self.rest = rest;
                return Ok(value);
            }
        }
        let whole = self.rest;
        match self.next()? {
            '{' => self.map(depth),
            '[' => self.list(depth),
            '"' => self.string().map(Json::Text),
            '-' | '0'..='9' => {
                let end = whole.find(|c: char| !"+-.eE0123456789".contains(c)).unwrap_or(whole.len());
                self.rest = &whole[end..];
                Ok(Json::Number(whole[..end].to_owned()))
            }
            c => Err(invalid(c, place)),
        }
    }

    fn map(&mut self, depth: usize) -> Result<Json, String> {
        let mut pairs: Vec<(String, Json)> = Vec::new();
        loop {
            self.blanks();
            match self.next()? {
                '}' if pairs.is_empty() => return Ok(Json::Map(pairs)),
                '"' => {}
                c => return Err(invalid(c, "looking for beginning of object key string")),
            }
            let key = self.string()?;
            self.blanks();
            match self.next()? {
                ':' => self.blanks(),
                c => return Err(invalid(c, "after object key")),
            }
            let value = self.value("looking for beginning of value", depth + 1)?;
            pairs.retain(|(other, _)| *other != key);
            pairs.push((key, value));
            self.blanks();
            match self.next()? {
                ',' => {}
                '}' => return Ok(Json::Map(pairs)),
                c => return Err(invalid(c, "after object key:value pair")),
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Json, String> {
        let mut items = Vec::new();
        loop {
            self.blanks();
            if items.is_empty() && self.rest.starts_with(']') {
                self.next()?;
                return Ok(Json::List(items));
            }
            items.push(self.value("looking for beginning of value", depth + 1)?);
            self.blanks();
            match self.next()? {
                ',' => {}
                ']' => return Ok(Json::List(items)),
                c => return Err(invalid(c, "after array element")),
            }
        }
    }

    fn string(&mut self) -> Result<String, String> {
        let mut text = String::new();
        loop {
            match self.next()? {
                '"' => return Ok(text),
                '\\' => match self.next()? {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    'b' => text.push('\u{8}'),
                    'f' => text.push('\u{c}'),
                    'u' => {
                        let digits = self.rest.get(..4).ok_or("unexpected end of JSON input")?;
                        let code = u32::from_str_radix(digits, 16).ok();
                        text.push(code.and_then(char::from_u32).unwrap_or('\u{fffd}'));
                        self.rest = &self.rest[4..];
                    }
                    c @ ('"' | '\\' | '/') => text.push(c),
                    c => return Err(invalid(c, "in string escape code")),
                },
                c if c < ' ' => return Err(invalid(c, "in string literal")),
                c => text.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again() {
        let text = r#"{"a":[1,-2.5,"x\ny",true,null,{}],"b":{"c":[]}}"#;
        let json = Json::parse(text).unwrap();
        assert_eq!(json.compact(), text);
        assert_eq!(Json::parse(&json.json()), Ok(json));
    }

    #[test]
    fn mistakes_are_told_as_go_tells_them() {
        #[track_caller]
        fn check(text: &str, expect: &str) {
            assert_eq!(Json::parse(text), Err(expect.to_owned()));
        }

        check(r#"{"spec":{"replicas":3}"#, "unexpected end of JSON input");
        check("{spec:1}", "invalid character 's' looking for beginning of object key string");
        check("{'a':1}", r"invalid character '\'' looking for beginning of object key string");
        check("{} x", "invalid character 'x' after top-level value");
        check(&"[".repeat(1000), "exceeded max depth");
    }
}
