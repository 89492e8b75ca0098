//! From YAML to an API object by the table of types, as the API server decodes JSON
//! (`apimachinery/pkg/runtime/serializer/json`, `sigs.k8s.io/json`), with the place of every field.
//!
//! What equals the API server's default is left out, so that equal templates are equal here.

use crate::sim::order::sorted_by;

use super::node::{Data, Entry, Node, Position};
use super::quantity;
use super::schema::{Field, Kind, Type, fields};
use super::value::{Object, Value};

/// What has been found while decoding.
#[derive(Debug, Default)]
pub struct Found {
    /// Fields that the API does not have: their paths.
    pub unknown: Vec<(Position, String)>,
    /// Values of another type: what the API server says.
    pub mistyped: Vec<(Position, String)>,
    /// Fields that make no difference to a rollout.
    pub ignored: Vec<(Position, String)>,
    /// The place of every field, by its path.
    pub places: Vec<(String, Position)>,
}

/// Fields that make a difference, and what is read of them: without indexes.
const READ: [&str; 24] = [
    "apiVersion",
    "kind",
    "metadata.name",
    "spec.replicas",
    "spec.selector.matchLabels",
    "spec.strategy.type",
    "spec.strategy.rollingUpdate.maxSurge",
    "spec.strategy.rollingUpdate.maxUnavailable",
    "spec.minReadySeconds",
    "spec.revisionHistoryLimit",
    "spec.progressDeadlineSeconds",
    "spec.paused",
    "spec.template.metadata.labels",
    "spec.template.metadata.annotations",
    "spec.template.spec.restartPolicy",
    "spec.template.spec.terminationGracePeriodSeconds",
    "spec.template.spec.containers.name",
    "spec.template.spec.containers.image",
    "spec.template.spec.containers.imagePullPolicy",
    "spec.template.spec.containers.lifecycle.preStop.sleep",
    "spec.template.spec.containers.lifecycle.preStop.exec",
    "spec.template.spec.containers.readinessProbe",
    "spec.template.spec.containers.startupProbe.initialDelaySeconds",
    "spec.template.spec.containers.startupProbe.successThreshold",
];

/// A path, and a field's place in the API.
#[derive(Clone)]
struct Path {
    /// With indexes, as messages about unknown fields have it.
    full: String,
    /// Without.
    plain: String,
}

/// Decodes a Deployment.
pub fn deployment(node: &Node, found: &mut Found) -> Object {
    let root = Path { full: String::new(), plain: String::new() };
    match &node.data {
        Data::Map(entries) => structure("Deployment", entries, &root, false, found),
        _ => Object::default(),
    }
}

/// The fields of a structure in the order of the table.
fn structure(name: &str, entries: &[Entry], path: &Path, listed: bool, found: &mut Found) -> Object {
    let mut known = Vec::new();
    all_fields(name, &mut known);
    for entry in entries {
        if !known.iter().any(|(json, _)| *json == entry.key) {
            found.unknown.push((entry.at, path.of(&entry.key).full));
        }
    }
    let mut object = Object::default();
    for (json, field) in &known {
        let Some(entry) = entries.iter().find(|entry| entry.key == *json) else { continue };
        let path = path.of(json);
        found.places.push((path.full.clone(), entry.at));
        let listed = listed || !list_ignored(&path, entry.at, found);
        let Some(value) = value(field.of, &entry.value, &path, name, listed, found) else { continue };
        let is_default = field.default.is_some_and(|default| is_default(&value, default));
        if !is_default && !is_nothing(field.of, &value) {
            object.set(json, value);
        }
    }
    object
}

/// Says of a field that makes no difference that it does not. False: so it is.
fn list_ignored(path: &Path, at: Position, found: &mut Found) -> bool {
    let leads = |read: &str| {
        let longer =
            |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('.'));
        read == path.plain || longer(read, &path.plain) || longer(&path.plain, read)
    };
    let matters = READ.iter().any(|read| leads(read));
    if !matters {
        found.ignored.push((at, path.full.clone()));
    }
    matters
}

/// The fields of a type with those that are embedded, by their names in JSON.
fn all_fields(name: &str, known: &mut Vec<(String, Field<'static>)>) {
    for field in fields(name).into_iter().flatten() {
        match field.is_embedded {
            true => all_fields(field.name, known),
            false => known.push((field.json_name(), field)),
        }
    }
}

fn value(of: Type, node: &Node, path: &Path, owner: &str, listed: bool, found: &mut Found) -> Option<Value> {
    let mistyped = |found: &mut Found| {
        found.mistyped.push((node.at, cannot_unmarshal(node, of, path, owner)));
        None
    };
    match (of.kind(), &node.data) {
        (Kind::NotKept, _) | (_, Data::Null) => None,
        (Kind::Pointer(inner), _) => value(inner, node, path, owner, listed, found),
        (Kind::Struct(name), Data::Map(entries)) => {
            Some(Value::Object(structure(name, entries, path, listed, found)))
        }
        (Kind::List(inner), Data::List(items)) => {
            let mut values = Vec::new();
            for (index, item) in items.iter().enumerate() {
                let path = path.at(index);
                found.places.push((path.full.clone(), item.at));
                values.extend(value(inner, item, &path, owner, listed, found));
            }
            (!values.is_empty()).then_some(Value::List(values))
        }
        (Kind::Map(inner), Data::Map(entries)) => {
            let mut pairs = Vec::new();
            for entry in entries {
                let value = match entry.value.data {
                    // Go's zero, which is what null is in a map.
                    Data::Null if inner == Type("") => Some(Value::String(String::new())),
                    _ => value(inner, &entry.value, path, owner, listed, found),
                };
                pairs.extend(value.map(|value| (entry.key.clone(), value)));
            }
            let pairs = sorted_by(&pairs, |(a, _), (b, _)| a.cmp(b));
            (!pairs.is_empty()).then_some(Value::Object(Object(pairs)))
        }
        (Kind::String, Data::Text(text)) => Some(Value::String(text.clone())),
        (Kind::Bool, Data::Bool(value)) => Some(Value::Bool(*value)),
        (Kind::Int64, Data::Int(number)) => Some(Value::Int(*number)),
        (Kind::Int32 | Kind::IntOrString, Data::Int(number)) if i32::try_from(*number).is_ok() => {
            Some(Value::Int(*number))
        }
        (Kind::IntOrString, Data::Text(text)) => Some(Value::String(text.clone())),
        (Kind::Quantity, Data::Int(number)) => quantity_of(&number.to_string(), node, found),
        (Kind::Quantity, Data::Text(text) | Data::Float(text)) => quantity_of(text.trim(), node, found),
        _ => mistyped(found),
    }
}

fn quantity_of(text: &str, node: &Node, found: &mut Found) -> Option<Value> {
    let canonical = quantity::canonical(text);
    if canonical.is_none() {
        found.mistyped.push((node.at, quantity::FORMAT_WRONG.to_owned()));
    }
    canonical.map(Value::String)
}

/// `json.UnmarshalTypeError`; what reads itself says only its Go type.
fn cannot_unmarshal(node: &Node, of: Type, path: &Path, owner: &str) -> String {
    let is_number = matches!(of.kind(), Kind::Int32 | Kind::Int64 | Kind::IntOrString);
    let given = match &node.data {
        Data::Int(number) if is_number => format!("number {number}"),
        Data::Float(text) if is_number => format!("number {text}"),
        Data::Int(_) | Data::Float(_) => "number".to_owned(),
        Data::Bool(_) => "bool".to_owned(),
        Data::Text(_) => "string".to_owned(),
        Data::List(_) => "array".to_owned(),
        Data::Map(_) | Data::Null => "object".to_owned(),
    };
    match of.kind() {
        Kind::IntOrString => format!("json: cannot unmarshal {given} into Go value of type int32"),
        _ => {
            let (plain, go_name) = (&path.plain, of.go_name());
            format!("json: cannot unmarshal {given} into Go struct field {owner}.{plain} of type {go_name}")
        }
    }
}

/// Whether a value is Go's zero, which is as good as absent except behind a pointer.
fn is_nothing(of: Type, value: &Value) -> bool {
    let is_zero = match value {
        Value::String(text) => text.is_empty(),
        Value::Int(number) => *number == 0,
        Value::Bool(value) => !value,
        Value::Object(object) => object.0.is_empty(),
        Value::List(_) => false,
    };
    is_zero && !matches!(of.kind(), Kind::Pointer(_))
}

fn is_default(value: &Value, default: &str) -> bool {
    match value {
        Value::String(text) => text == default,
        Value::Int(number) => number.to_string() == default,
        Value::Bool(value) => value.to_string() == default,
        Value::Object(object) => default == "{}" && object.0.is_empty(),
        Value::List(_) => false,
    }
}

impl Path {
    fn of(&self, name: &str) -> Self {
        let join = |path: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        Self { full: join(&self.full), plain: join(&self.plain) }
    }

    fn at(&self, index: usize) -> Self {
        Self { full: format!("{}[{index}]", self.full), plain: self.plain.clone() }
    }
}

impl Found {
    /// The place of a field, or of the nearest that it lies in.
    pub fn place(&self, field: &str) -> Option<Position> {
        let leads = |path: &str| {
            field.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let nearest = self.places.iter().filter(|(path, _)| leads(path)).max_by_key(|(path, _)| path.len());
        nearest.map(|(_, at)| *at)
    }
}
