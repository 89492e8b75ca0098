//! The hash of a pod template, which is the last part of a ReplicaSet's name.
//!
//! Kubernetes hashes the text that a Go printer makes of the template structure, so that text is made
//! here to the letter, by the table of types ([`super::schema`]). The names on the page are then those
//! of the reader's cluster.
//!
//! # What we leave out
//!
//! - Fields that the table marks as not kept (ephemeral containers, managed fields, times in metadata)
//!   are printed as absent. The API server refuses the first in a template.

use std::fmt::Write;

use super::dice::ALPHANUMS;
use super::quantity;
use super::schema::{Field, Kind, Type, fields};
use super::spec::PodTemplateSpec;
use super::template::pull_policy;
use super::value::{Object, Value};

/// The value of the label `pod-template-hash`: FNV-1a of the template's text, spelled with
/// letters that make no words.
///
/// `pkg/controller/controller_utils.go ComputeHash`, `apimachinery/pkg/util/rand SafeEncodeString`.
pub fn pod_template_hash(template: &PodTemplateSpec, collision_count: Option<i32>) -> String {
    let mut hash = fnv1a(0x811c_9dc5, dump(template).as_bytes());
    if let Some(count) = collision_count {
        // Eight bytes are reserved for the count, of which `PutUint32` fills four.
        let mut bytes = [0; 8];
        bytes[..4].copy_from_slice(&count.to_le_bytes());
        hash = fnv1a(hash, &bytes);
    }
    let digits = hash.to_string();
    digits.bytes().map(|digit| char::from(ALPHANUMS[usize::from(digit) % 27])).collect()
}

fn fnv1a(hash: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// The template as `k8s.io/utils/dump ForHash` prints it, after the API server's defaults.
pub fn dump(template: &PodTemplateSpec) -> String {
    let mut dump = Dump(String::with_capacity(8 * 1024));
    dump.typed(Type("PodTemplateSpec"), Some(&Value::Object(template.to_object())));
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
            self.0 += field.name;
            self.0 += ":";
            self.field(name, field, given);
        }
        self.0 += "}";
    }

    fn field(&mut self, owner: &str, field: Field, given: &Object) {
        if field.is_embedded {
            let whole = with_default_source(field.name, given);
            return self.typed(field.of, Some(&Value::Object(whole)));
        }
        let given_value = given.0.iter().find(|(name, _)| field.is_called(name)).map(|(_, value)| value);
        let value = given_value.filter(|value| !is_unset(field, value));
        if value.is_some() {
            return self.typed(field.of, value);
        }
        let default = match owner {
            "Container" if field.name == "ImagePullPolicy" => {
                Some(pull_policy(given.text("image").unwrap_or_default()).into())
            }
            "ImageVolumeSource" if field.name == "PullPolicy" => {
                Some(pull_policy(given.text("reference").unwrap_or_default()).into())
            }
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

fn default(of: Type, text: &str) -> Value {
    match of.kind() {
        Kind::Pointer(inner) => default(inner, text),
        Kind::Bool => Value::Bool(text == "true"),
        Kind::Int32 | Kind::Int64 => Value::Int(text.parse().expect("the table has numbers for numbers")),
        Kind::Struct(_) => Value::Object(Object::default()),
        _ => text.into(),
    }
}

/// The only structure that is not kept and not behind a pointer or in a list.
const NO_TIME: &str = "{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}";
