//! YAML as kubectl reads it (`sigs.k8s.io/yaml`, which follows yaml.v2 and YAML 1.1), with the place of
//! every value. JSON and KYAML are YAML.
//!
//! # What we leave out
//!
//! - Binary values, sets and other tags stay text.
//! - JSON's pairs of escapes for one character beyond 16 bits are refused.

mod syntax;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::scalar::resolve;
use syntax::in_go;

/// Where something stands, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The character in it.
    pub column: u32,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it begins.
    pub at: Position,
    /// What it is.
    pub data: Data,
}

/// A value of YAML as JSON has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// `null`, `~` or nothing.
    Null,
    /// One of the 22 spellings of YAML 1.1.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number, as it is written.
    Float(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the text.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key; others than text are written out.
    pub key: String,
    /// Where the key stands.
    pub at: Position,
    /// The value.
    pub value: Node,
}

/// Why a text could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Not YAML: where, and what kubectl says of it after `yaml: `.
    Syntax(Position, String),
    /// Values inside one another beyond the limit.
    TooDeep(Position),
    /// More values than the limit, by copies of aliases too.
    TooMuch(Position),
}

/// How deep values may lie in one another. A Deployment needs a dozen.
pub const MOST_LEVELS: usize = 100;

/// How much may be read: a value counts one, and every 64 bytes of text another.
const MOST_WEIGHT: usize = 200_000;

/// Reads every document; a key that comes twice has its last value, and the places of former ones are
/// in `repeated`.
pub fn read(text: &str, repeated: &mut Vec<Entry>) -> Result<Vec<Node>, Unreadable> {
    let (open, anchors, documents) = (Vec::new(), Vec::new(), Vec::new());
    let mut reader = Reader { open, anchors, documents, weight: 0, wrong_key: None, repeated };
    let mut parser = Parser::new_from_str(text);
    let mut first_line = 0;
    while let Some(next) = parser.next_event() {
        let (event, span) = next.map_err(|error| reader.syntax(&error, text, first_line))?;
        match event {
            Event::DocumentStart(true) => first_line = span.start.line(),
            Event::DocumentEnd => reader.wrong_key.take().map_or(Ok(()), Err)?,
            Event::StreamEnd => break,
            _ => {}
        }
        reader.take(event, position(span))?;
    }
    Ok(reader.documents)
}

/// What has been read so far.
struct Reader<'a> {
    open: Vec<Open>,
    anchors: Vec<Anchored>,
    documents: Vec<Node>,
    weight: usize,
    /// The first key that is a list or a map, which is told when the whole document could be parsed.
    wrong_key: Option<Unreadable>,
    repeated: &'a mut Vec<Entry>,
}

/// A list or a map that is not at its end.
struct Open {
    at: Position,
    anchor: usize,
    depth: usize,
    weight: usize,
    inside: Inside,
}

enum Inside {
    List(Vec<Node>),
    Map(Vec<Entry>, Option<(String, Position)>),
}

/// What an alias stands for.
struct Anchored {
    id: usize,
    node: Node,
    depth: usize,
    weight: usize,
}

impl Reader<'_> {
    fn take(&mut self, event: Event, at: Position) -> Result<(), Unreadable> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let weight = 1 + text.len() / 64;
                let data = scalar(&text, style, tag.as_deref());
                self.put(Anchored { id: anchor, node: Node { at, data }, depth: 0, weight })
            }
            Event::Alias(id) => {
                let Some(place) = self.anchors.iter().rposition(|anchored| anchored.id == id) else {
                    return Err(Unreadable::Syntax(at, "anchor contains itself".to_owned()));
                };
                self.weigh(self.anchors[place].weight, at)?;
                let Anchored { node, depth, weight, .. } = &self.anchors[place];
                let node = Node { at, data: node.data.clone() };
                self.put_weighed(Anchored { id: 0, node, depth: *depth, weight: *weight })
            }
            Event::SequenceStart(anchor, _) => self.open(at, anchor, Inside::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.open(at, anchor, Inside::Map(Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            _ => Ok(()),
        }
    }

    fn weigh(&mut self, weight: usize, at: Position) -> Result<(), Unreadable> {
        self.weight += weight;
        if self.weight <= MOST_WEIGHT { Ok(()) } else { Err(Unreadable::TooMuch(at)) }
    }

    fn open(&mut self, at: Position, anchor: usize, inside: Inside) -> Result<(), Unreadable> {
        if self.open.len() == MOST_LEVELS {
            return Err(Unreadable::TooDeep(at));
        }
        self.open.push(Open { at, anchor, depth: 0, weight: 1, inside });
        Ok(())
    }

    fn close(&mut self) -> Result<(), Unreadable> {
        let Open { at, anchor, depth, weight, inside } = self.open.pop().expect("what ends has begun");
        let data = match inside {
            Inside::List(items) => Data::List(items),
            Inside::Map(entries, _) => Data::Map(self.merged(entries)),
        };
        let whole = Anchored { id: anchor, node: Node { at, data }, depth: depth + 1, weight };
        self.weigh(1, at)?;
        self.put_weighed(whole)
    }

    fn put(&mut self, whole: Anchored) -> Result<(), Unreadable> {
        self.weigh(whole.weight, whole.node.at)?;
        self.put_weighed(whole)
    }

    /// Puts a finished value where it belongs.
    fn put_weighed(&mut self, whole: Anchored) -> Result<(), Unreadable> {
        if MOST_LEVELS < self.open.len() + whole.depth {
            return Err(Unreadable::TooDeep(whole.node.at));
        }
        let node = whole.node.clone_if(whole.id != 0);
        let Anchored { id, depth, weight, node: original } = whole;
        match self.open.last_mut() {
            None => self.documents.push(original),
            Some(open) => {
                open.depth = open.depth.max(depth);
                open.weight += weight;
                match &mut open.inside {
                    Inside::List(items) => items.push(original),
                    Inside::Map(entries, key) => match key.take() {
                        None => {
                            if let (None, Data::List(_) | Data::Map(_)) = (&self.wrong_key, &original.data) {
                                let said = format!("invalid map key: {}", in_go(&original.data));
                                self.wrong_key = Some(Unreadable::Syntax(original.at, said));
                            }
                            *key = Some((key_text(&original), original.at));
                        }
                        Some((key, at)) => entries.push(Entry { key, at, value: original }),
                    },
                }
            }
        }
        if let Some(node) = node {
            self.weigh(weight, node.at)?;
            self.anchors.push(Anchored { id, node, depth, weight });
        }
        Ok(())
    }

    /// `<<` brings in what it stands for, behind the map's own keys; of keys that come twice the last
    /// one holds. `goyaml.v2/decode.go merge`.
    fn merged(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        let (merges, own): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.key == "<<");
        let mut kept = Keys::default();
        for entry in own {
            if let Err((place, entry)) = kept.add(entry) {
                self.repeated.push(std::mem::replace(&mut kept.entries[place], entry));
            }
        }
        let merged = merges.into_iter().flat_map(|entry| match entry.value.data {
            Data::List(items) => items,
            _ => vec![entry.value],
        });
        for node in merged {
            let Data::Map(entries) = node.data else { continue };
            for entry in entries {
                // What is there already holds.
                let _ = kept.add(entry);
            }
        }
        kept.entries
    }
}

/// Entries in their order, each key once.
#[derive(Default)]
struct Keys {
    entries: Vec<Entry>,
    /// The places of the entries, by key: there may be very many.
    sorted: Vec<usize>,
}

impl Keys {
    /// Adds an entry; if there is one with its key, says where, and gives it back.
    fn add(&mut self, entry: Entry) -> Result<(), (usize, Entry)> {
        match self.sorted.binary_search_by(|place| self.entries[*place].key.cmp(&entry.key)) {
            Ok(found) => Err((self.sorted[found], entry)),
            Err(place) => {
                self.sorted.insert(place, self.entries.len());
                self.entries.push(entry);
                Ok(())
            }
        }
    }
}

impl Node {
    fn clone_if(&self, wanted: bool) -> Option<Self> {
        wanted.then(|| self.clone())
    }
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Data {
    let is_text = |tag: &Tag| tag.is_yaml_core_schema() && tag.suffix == "str";
    match style {
        ScalarStyle::Plain if !tag.is_some_and(is_text) => resolve(text),
        _ => Data::Text(text.to_owned()),
    }
}

/// A key as JSON has it. `sigs.k8s.io/yaml convertToJSONableObject`.
fn key_text(node: &Node) -> String {
    match &node.data {
        Data::Null => "null".to_owned(),
        Data::Bool(value) => value.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Float(text) | Data::Text(text) => text.clone(),
        Data::List(_) | Data::Map(_) => String::new(),
    }
}

fn position(span: Span) -> Position {
    Position { line: span.start.line() as u32, column: span.start.col() as u32 + 1 }
}
