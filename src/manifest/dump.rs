//! What Go prints of the fields that the simulator only keeps, for the names of ReplicaSets:
//! `k8s.io/utils/dump ForHash`, by the table of types ([`super::schema`]).
//!
//! # What we leave out
//!
//! - Fields that the table marks as not kept (ephemeral containers, managed fields, times in metadata)
//!   are printed as absent. The API server refuses the first in a template.

use std::fmt::Write;

use crate::sim::spec::default_pull_policy;

use super::defaults::default;
use super::quantity;
use super::schema::{Field, Kind, Type, fields};
use super::value::{Object, Value};

/// The fields of a pod template's metadata and spec, in the pieces that
/// [`pod_template_hash`](crate::sim::pod_template_hash) wants.
pub fn template(metadata: &Object, spec: &Object) -> Vec<String> {
    let meta = |after, before| between("ObjectMeta", metadata, after, before);
    let pod = |after, before| between("PodSpec", spec, after, before);
    vec![
        meta(None, Some("Labels")),
        format!(
            " {}}} Spec:(v1.PodSpec){{{}",
            meta(Some("Annotations"), None),
            pod(None, Some("InitContainers"))
        ),
        format!(" {}", pod(Some("Containers"), None)),
    ]
}

/// The fields of a container, in pieces like those.
pub fn container(given: &Object) -> Vec<String> {
    let policy = "ImagePullPolicy";
    vec![
        format!(" {}", between("Container", given, Some("Image"), Some(policy))),
        format!(" {}", between("Container", given, Some(policy), None)),
    ]
}

/// The fields of a structure that stand behind one and before another.
fn between(name: &str, given: &Object, after: Option<&str>, before: Option<&str>) -> String {
    let mut dump = Dump(String::with_capacity(4 * 1024));
    let all = fields(name).expect("the table has this type");
    let mut behind = after.is_none();
    for field in all.take_while(|field| Some(field.name) != before) {
        if behind {
            dump.0 += if dump.0.is_empty() { "" } else { " " };
            dump.named_field(field, given);
        }
        behind |= Some(field.name) == after;
    }
    dump.0
}

/// What has been printed so far.
struct Dump(String);

impl Dump {
    /// A value with its type before it.
    fn typed(&mut self, of: Type, value: Option<&Value>) {
        self.0 += "(";
        of.write_go_name(&mut self.0);
        self.0 += ")";
        self.value(of, value);
    }

    /// A value without its type. What is absent is Go's zero.
    fn value(&mut self, of: Type, value: Option<&Value>) {
        match (of.kind(), value) {
            (Kind::Pointer(_), None) => self.0 += "<nil>",
            (Kind::Pointer(inner), value) => self.value(inner, value),
            (Kind::List(inner), Some(Value::List(items))) if !items.is_empty() => self.list(inner, items),
            (Kind::Map(inner), Some(Value::Object(Object(pairs)))) if !pairs.is_empty() => {
                self.map(inner, pairs);
            }
            (Kind::List(_) | Kind::Map(_), _) => self.0 += "<nil>",
            (Kind::Struct(name), value) => self.structure(name, value.and_then(Value::as_object)),
            (Kind::String, value) => self.0 += value.and_then(Value::as_str).unwrap_or(""),
            (Kind::Bool, value) => self.0 += if value == Some(&Value::Bool(true)) { "true" } else { "false" },
            (Kind::Int32 | Kind::Int64, Some(Value::Int(number))) => {
                write!(self.0, "{number}").expect("a text takes any text");
            }
            (Kind::Int32 | Kind::Int64, _) => self.0 += "0",
            (Kind::IntOrString, value) => self.int_or_string(value),
            (Kind::Quantity, value) => {
                self.0 += &quantity::dump(value.and_then(Value::as_str).unwrap_or("0"))
            }
            (Kind::NotKept, _) => self.0 += NO_TIME,
        }
    }

    fn list(&mut self, inner: Type, items: &[Value]) {
        self.0 += "[";
        for (index, item) in items.iter().enumerate() {
            self.0 += if index == 0 { "" } else { " " };
            self.value(inner, Some(item));
        }
        self.0 += "]";
    }

    fn map(&mut self, inner: Type, pairs: &[(String, Value)]) {
        self.0 += "map[";
        for (index, (key, value)) in pairs.iter().enumerate() {
            self.0 += if index == 0 { "" } else { " " };
            self.0 += key;
            self.0 += ":";
            self.value(inner, Some(value));
        }
        self.0 += "]";
    }

    fn structure(&mut self, name: &str, given: Option<&Object>) {
        let none = Object::default();
        let given = given.unwrap_or(&none);
        self.0 += "{";
        for (index, field) in fields(name).into_iter().flatten().enumerate() {
            self.0 += if index == 0 { "" } else { " " };
            self.named_field(field, given);
        }
        self.0 += "}";
    }

    fn named_field(&mut self, field: Field, given: &Object) {
        self.0 += field.name;
        self.0 += ":";
        if field.is_embedded {
            let whole = with_default_source(field.name, given);
            return self.typed(field.of, Some(&Value::Object(whole)));
        }
        let given_value = given.0.iter().find(|(name, _)| field.is_called(name)).map(|(_, value)| value);
        let value = given_value.filter(|value| !is_unset(field, value));
        if value.is_some() {
            return self.typed(field.of, value);
        }
        let default = match field.name {
            // Of an image volume; a container's is not printed here.
            "PullPolicy" => Some(default_pull_policy(given.text("reference").unwrap_or_default()).into()),
            _ => field.default.map(|text| default(field.of, text)),
        };
        self.typed(field.of, default.as_ref());
    }

    fn int_or_string(&mut self, value: Option<&Value>) {
        let (kind, number, text) = match value {
            Some(Value::String(text)) => (1, 0, text.as_str()),
            Some(Value::Int(number)) => (0, *number, ""),
            _ => (0, 0, ""),
        };
        self.0 += &format!("{{Type:(intstr.Type){kind} IntVal:(int32){number} StrVal:(string){text}}}");
    }
}

/// `SetDefaults_Volume`: a volume of no kind is an empty directory.
fn with_default_source(embedded: &str, given: &Object) -> Object {
    let mut whole = given.clone();
    if embedded == "VolumeSource" && given.0.iter().all(|(name, _)| name == "name") {
        whole.set("emptyDir", Value::Object(Object::default()));
    }
    whole
}

/// Whether the API server takes a value for nothing: Go's zero, except behind a pointer.
fn is_unset(field: Field, value: &Value) -> bool {
    let is_zero = match value {
        Value::String(text) => text.is_empty(),
        Value::Int(number) => *number == 0,
        _ => false,
    };
    is_zero && field.default.is_some() && !matches!(field.of.kind(), Kind::Pointer(_))
}

/// The only structure that is not kept and not behind a pointer or in a list.
const NO_TIME: &str = "{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::pod_template_hash::{CONTAINER, TEMPLATE};

    #[test]
    fn of_nothing_the_simulator_knows_what_is_printed() {
        let nothing = Object::default();
        assert_eq!(template(&nothing, &nothing), TEMPLATE);
        assert_eq!(container(&nothing), CONTAINER);
    }
}
