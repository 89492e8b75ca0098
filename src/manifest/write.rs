//! The manifest of a Deployment as YAML and as KYAML (KEP-5295: YAML with all its braces and quotes).
//! What equals a default is left out.

use crate::sim::int_or_string::IntOrString;
use crate::sim::spec::{DeploymentSpec, DeploymentStrategy};

use super::node::Data;
use super::scalar::resolve;
use super::template::{self, labels_value};
use super::value::{Object, Value};

/// The manifest as YAML, with the indents that kubectl prints.
pub fn yaml(name: &str, spec: &DeploymentSpec) -> String {
    let mut text = String::new();
    block_fields(&object(name, spec), 0, &mut text);
    text
}

/// The manifest as KYAML.
pub fn kyaml(name: &str, spec: &DeploymentSpec) -> String {
    let mut text = "---\n".to_owned();
    flow(&Value::Object(object(name, spec)), 0, &mut text);
    text.push('\n');
    text
}

/// The API object.
pub fn object(name: &str, spec: &DeploymentSpec) -> Object {
    let metadata = fields([("name", name.into())]);
    fields([
        ("apiVersion", "apps/v1".into()),
        ("kind", "Deployment".into()),
        ("metadata", Value::Object(metadata)),
        ("spec", Value::Object(spec_object(spec))),
    ])
}

fn fields<const N: usize>(fields: [(&str, Value); N]) -> Object {
    Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn spec_object(spec: &DeploymentSpec) -> Object {
    let mut object = fields([("replicas", Value::Int(spec.replicas.into()))]);
    let mut number = |name: &str, value: i32, default: i32| {
        if value != default {
            object.set(name, Value::Int(value.into()));
        }
    };
    number("minReadySeconds", spec.min_ready_seconds, 0);
    number("revisionHistoryLimit", spec.revision_history_limit, 10);
    number("progressDeadlineSeconds", spec.progress_deadline_seconds, 600);
    if spec.paused {
        object.set("paused", Value::Bool(true));
    }
    if spec.strategy != DeploymentStrategy::default() {
        object.set("strategy", Value::Object(strategy(&spec.strategy)));
    }
    if let Some(selector) = &spec.selector {
        object.set("selector", Value::Object(fields([("matchLabels", labels_value(selector))])));
    }
    object.set("template", Value::Object(template::to_object(&spec.template)));
    object
}

/// `strategy`, with a default only where it is written beside another value.
pub(super) fn strategy(strategy: &DeploymentStrategy) -> Object {
    let mut object = fields([("type", strategy.kind.as_str().into())]);
    if let Some(given) = &strategy.rolling_update {
        let knobs = [("maxSurge", &given.max_surge), ("maxUnavailable", &given.max_unavailable)];
        let knobs =
            knobs.into_iter().filter_map(|(name, knob)| Some((name.to_owned(), value(knob.as_ref()?))));
        object.set("rollingUpdate", Value::Object(Object(knobs.collect())));
    }
    object
}

pub(super) fn value(knob: &IntOrString) -> Value {
    match knob {
        IntOrString::Int(number) => Value::Int((*number).into()),
        IntOrString::String(text) => Value::String(text.to_string()),
    }
}

/// The fields of an object, each in a line of its own that begins at `indent`.
fn block_fields(object: &Object, indent: usize, text: &mut String) {
    for (index, (key, value)) in object.0.iter().enumerate() {
        if index != 0 || !text.ends_with("- ") {
            *text += &" ".repeat(indent);
        }
        *text += &plain(key);
        text.push(':');
        block_value(value, indent, text);
    }
}

/// What stands behind a colon, and the lines below it.
fn block_value(value: &Value, indent: usize, text: &mut String) {
    match value {
        Value::Object(object) if !object.0.is_empty() => {
            text.push('\n');
            block_fields(object, indent + 2, text);
        }
        Value::List(items) if !items.is_empty() => {
            text.push('\n');
            for item in items {
                *text += &" ".repeat(indent);
                *text += "- ";
                match item {
                    Value::Object(object) if !object.0.is_empty() => block_fields(object, indent + 2, text),
                    item => *text += &(scalar(item) + "\n"),
                }
            }
        }
        value => *text += &format!(" {}\n", scalar(value)),
    }
}

/// What takes no line of its own.
fn scalar(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(number) => number.to_string(),
        Value::String(text) => plain(text),
        Value::List(items) => {
            format!("[{}]", items.iter().map(scalar).collect::<Vec<_>>().join(", "))
        }
        Value::Object(_) => "{}".to_owned(),
    }
}

/// A text without quotes if it is read as the same text.
fn plain(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./%+@".contains(c) || c == ':';
    let is_safe = text.chars().all(is_plain)
        && !text.starts_with(['-', '%', '@', '+', ':', '.'])
        && !text.ends_with(':')
        && matches!(resolve(text), Data::Text(_));
    if is_safe { text.to_owned() } else { quote(text) }
}

/// A text in double quotes, as JSON and YAML both read it.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\n' => quoted += "\\n",
            '\t' => quoted += "\\t",
            '\r' => quoted += "\\r",
            c if c.is_control() || ['\u{2028}', '\u{2029}', '\u{feff}'].contains(&c) => {
                quoted += &format!("\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// A value with its braces and brackets; texts in quotes, keys without where they need none.
fn flow(value: &Value, indent: usize, text: &mut String) {
    let line = |text: &mut String, indent: usize| {
        text.push('\n');
        *text += &" ".repeat(indent);
    };
    match value {
        Value::Object(object) if !object.0.is_empty() => {
            text.push('{');
            for (key, value) in &object.0 {
                line(text, indent + 2);
                *text += &plain(key);
                *text += ": ";
                flow(value, indent + 2, text);
                text.push(',');
            }
            line(text, indent);
            text.push('}');
        }
        Value::List(items) if items.iter().any(|item| matches!(item, Value::Object(_))) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                *text += if index == 0 { "" } else { ", " };
                flow(item, indent, text);
            }
            text.push(']');
        }
        Value::List(items) => {
            text.push('[');
            for item in items {
                line(text, indent + 2);
                flow(item, indent + 2, text);
                text.push(',');
            }
            line(text, indent);
            text.push(']');
        }
        Value::String(words) => *text += &quote(words),
        value => *text += &scalar(value),
    }
}

/// A value as JSON in one line.
pub fn json(value: &Value) -> String {
    match value {
        Value::String(text) => quote(text),
        Value::List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Value::Object(object) => {
            let pair = |(key, value): &(String, Value)| format!("{}:{}", quote(key), json(value));
            format!("{{{}}}", object.0.iter().map(pair).collect::<Vec<_>>().join(","))
        }
        value => scalar(value),
    }
}
