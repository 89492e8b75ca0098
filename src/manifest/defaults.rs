//! A pod template as the API server gives it back: with every default, by the table of types.
//! `pkg/apis/core/v1/defaults.go`.

use crate::sim::spec::{Container, PodTemplateSpec, default_pull_policy};

use super::schema::{Field, Kind, Type, fields};
use super::template::{PULL_POLICY, to_object};
use super::value::{Object, Value};

/// The API object with every default, its fields by name.
pub fn with_defaults(template: &PodTemplateSpec) -> Object {
    let mut object = structure("PodTemplateSpec", &to_object(template));
    let lists = [("initContainers", &template.init_containers), ("containers", &template.containers)];
    for (name, containers) in lists {
        let spec = object.get_mut("spec").and_then(Value::as_object_mut);
        let Some(Value::List(list)) = spec.and_then(|spec| spec.get_mut(name)) else { continue };
        for (value, Container { image_pull_policy, .. }) in list.iter_mut().zip(containers) {
            if let Value::Object(container) = value {
                container.set(PULL_POLICY, (*image_pull_policy).into());
                container.0.sort_by(|(a, _), (b, _)| a.cmp(b));
            }
        }
    }
    object
}

fn structure(name: &str, given: &Object) -> Object {
    let mut whole = Object::default();
    fill(name, given, &mut whole);
    whole.0.sort_by(|(a, _), (b, _)| a.cmp(b));
    whole
}

fn fill(name: &str, given: &Object, whole: &mut Object) {
    for field in fields(name).into_iter().flatten() {
        if field.is_embedded {
            fill(field.name, given, whole);
            continue;
        }
        let json = field.json_name();
        let value = given.get(&json).map(|value| filled(field.of, value));
        whole.0.extend(value.or_else(|| absent(name, field, given)).map(|value| (json, value)));
    }
    if name == "VolumeSource" && given.0.iter().all(|(name, _)| name == "name") {
        // `SetDefaults_Volume`
        whole.set("emptyDir", Value::Object(Object::default()));
    }
}

fn filled(of: Type, value: &Value) -> Value {
    match (of.kind(), value) {
        (Kind::Pointer(inner), value) => filled(inner, value),
        (Kind::List(inner), Value::List(items)) => {
            Value::List(items.iter().map(|item| filled(inner, item)).collect())
        }
        (Kind::Struct(name), Value::Object(fields)) => Value::Object(structure(name, fields)),
        (_, value) => value.clone(),
    }
}

/// What stands in the place of nothing.
fn absent(owner: &str, field: Field, given: &Object) -> Option<Value> {
    match (owner, field.name) {
        ("Container", "Resources") => Some(Value::Object(Object::default())),
        ("ImageVolumeSource", "PullPolicy") => {
            Some(default_pull_policy(given.text("reference").unwrap_or_default()).into())
        }
        _ => field.default.map(|text| default(field.of, text)),
    }
}

/// A default as the table spells it.
pub fn default(of: Type, text: &str) -> Value {
    match of.kind() {
        Kind::Pointer(inner) => default(inner, text),
        Kind::Bool => Value::Bool(text == "true"),
        Kind::Int32 | Kind::Int64 => Value::Int(text.parse().expect("the table has numbers for numbers")),
        Kind::Struct(_) => Value::Object(Object::default()),
        _ => text.into(),
    }
}
