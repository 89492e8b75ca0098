//! Deployments as manifests: YAML, JSON and KYAML in, YAML and KYAML out, and a `kubectl patch` between
//! two.
//!
//! Nothing else depends on this module, so that a page without it does not carry it.
//!
//! # What we leave out
//!
//! - `selector.matchExpressions` is not evaluated: a selector of expressions alone is taken to select
//!   the template's labels.
//! - Of the API server's checks of a pod template, only those of [`validate_deployment_spec`], of
//!   `restartPolicy`, `activeDeadlineSeconds` and the name of the Deployment are made.

pub mod behaviour;
mod decode;
pub mod defaults;
mod dump;
pub mod node;
pub mod note;
pub mod patch;
pub mod quantity;
pub mod resources;
mod scalar;
mod schema;
pub mod template;
pub mod value;
pub mod write;

use crate::sim::behaviour::{Behaviour, Behaviours};
use crate::sim::int_or_string::IntOrString;
use crate::sim::order::sorted_by_key;
use crate::sim::scenario::Scenario;
use crate::sim::spec::{
    DeploymentSpec, DeploymentStrategy, Labels, PodTemplateSpec, RollingUpdateDeployment, StrategyType,
};
use crate::sim::validation::{FieldError, validate_deployment_spec, validate_deployment_update};

use decode::Found;
pub use node::MOST_LEVELS;
use node::{Data, Node, Position, Unreadable};
use note::{About, Note};
use value::{Object, Value};

/// What a text says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Its Deployments without a problem, in order.
    pub deployments: Vec<Manifest>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What else there is to know.
    pub notes: Vec<Note>,
    /// Fields that the API does not have, where they are passed over.
    pub unknown: Vec<String>,
    asked: Asked,
}

/// How a Deployment is to be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Fields that the API does not have are passed over, as with `--validate=false`.
    pub is_lenient: bool,
    /// The spec it has already, of which not everything may change.
    pub was: Option<DeploymentSpec>,
}

/// A Deployment that the API server would take.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// `metadata.name`.
    pub name: String,
    /// `spec`, with every default.
    pub spec: DeploymentSpec,
    /// What follows from its probes and hooks for its pods.
    pub behaviour: Behaviour,
}

/// Why a text, or a Deployment in it, is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where; absent: it is about the whole.
    pub at: Option<Position>,
    /// Why.
    pub why: Why,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// To the letter what kubectl prints for `kubectl apply -f -`.
    Kubectl(String),
    /// Larger than what is read.
    TooLarge,
    /// Deeper than what is read.
    TooDeep,
    /// More than what is read.
    TooMuch,
    /// No text at all.
    NoText,
    /// Objects, but none of them a Deployment.
    NoDeployment,
}

impl Problem {
    fn kubectl(at: Option<Position>, words: String) -> Self {
        Self { at, why: Why::Kubectl(words) }
    }
}

impl Manifest {
    /// A run of this Deployment alone.
    pub fn scenario(&self) -> Scenario {
        let behaviours = Behaviours { default: self.behaviour.clone(), by_image: Vec::new() }.into();
        let deployments = vec![(self.name.clone(), self.spec.clone())];
        Scenario { deployments, behaviours, nodes: None, quota: None, seed: 1 }
    }
}

/// How many bytes are read at most: no Deployment comes near.
pub const MOST_BYTES: usize = 256 * 1024;

/// Reads what comes as bytes, such as a file.
pub fn read_bytes(bytes: &[u8]) -> Reading {
    match std::str::from_utf8(bytes) {
        Ok(text) => read(text),
        Err(_) => Reading::refused(None, Why::NoText),
    }
}

/// Reads every Deployment of a text: documents after one another, and lists.
pub fn read(text: &str) -> Reading {
    read_as(text, Asked::default())
}

/// The same in another way.
pub fn read_as(text: &str, asked: Asked) -> Reading {
    if MOST_BYTES < text.len() {
        return Reading::refused(None, Why::TooLarge);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\0') {
        return Reading::refused(None, Why::NoText);
    }
    let (mut repeated, mut reading) = (Vec::new(), Reading { asked, ..Reading::default() });
    let documents = match node::read(text, &mut repeated) {
        Ok(documents) => documents,
        Err(unreadable) => return Reading::unreadable(unreadable),
    };
    for entry in repeated {
        reading.notes.push(Note { at: Some(entry.at), what: About::Repeated(entry.key) });
    }
    for document in documents.iter().filter(|document| document.data != Data::Null) {
        reading.object(document);
    }
    reading.finish(documents.iter().all(|document| document.data == Data::Null))
}

impl Reading {
    fn refused(at: Option<Position>, why: Why) -> Self {
        Self { problems: vec![Problem { at, why }], ..Self::default() }
    }

    fn unreadable(unreadable: Unreadable) -> Self {
        let (at, why) = match unreadable {
            Unreadable::Syntax(at, said) => {
                let words =
                    format!("error: error parsing STDIN: error converting YAML to JSON: yaml: {said}");
                (at, Why::Kubectl(words))
            }
            Unreadable::TooDeep(at) => (at, Why::TooDeep),
            Unreadable::TooMuch(at) => (at, Why::TooMuch),
        };
        Self::refused(Some(at), why)
    }

    fn finish(mut self, is_empty: bool) -> Self {
        let why = match is_empty {
            true => Why::Kubectl("error: no objects passed to apply".to_owned()),
            false => Why::NoDeployment,
        };
        if self.deployments.is_empty() && self.problems.is_empty() {
            self.problems.push(Problem { at: None, why });
        }
        self.notes = sorted_by_key(&self.notes, |note| note.at);
        self
    }

    /// One object. A list is what is in it.
    fn object(&mut self, object: &Node) {
        let kind = object.text("kind").unwrap_or_default();
        let version = object.text("apiVersion").unwrap_or_default();
        let mut refuse = |words| self.problems.push(Problem::kubectl(Some(object.at), words));
        match (&object.data, version, kind) {
            (Data::Map(_), _, "") => refuse(not_validated("kind not set")),
            (Data::Map(_), "", _) => refuse(not_validated("apiVersion not set")),
            (Data::Map(_), "v1", "List") => {
                if let Some(Node { data: Data::List(items), .. }) = object.get("items") {
                    items.iter().for_each(|item| self.object(item));
                }
            }
            (Data::Map(_), "apps/v1", "Deployment") => self.deployment(object),
            (Data::Map(_), "apps/v1", "DaemonSet" | "ReplicaSet" | "StatefulSet" | "ControllerRevision") => {
                self.other(object, kind);
            }
            (Data::Map(_), "apps/v1", _) | (Data::Map(_), _, "Deployment") => {
                refuse(no_matches(object, version, kind));
            }
            (Data::Map(_), _, _) => self.other(object, kind),
            _ => refuse(not_validated("invalid object to validate")),
        }
    }

    fn other(&mut self, object: &Node, kind: &str) {
        self.notes.push(Note { at: Some(object.at), what: About::OtherKind(kind.to_owned()) });
    }

    fn deployment(&mut self, node: &Node) {
        let mut found = Found::default();
        let object = decode::deployment(node, &mut found);
        let problems = self.problems.len();
        for (at, said) in &found.mistyped {
            self.problems.push(Problem::kubectl(Some(*at), bad_request(said)));
        }
        if self.asked.is_lenient {
            self.unknown.extend(found.unknown.drain(..).map(|(_, field)| field));
        }
        for (at, field) in &found.unknown {
            let said = format!("strict decoding error: unknown field \"{field}\"");
            self.problems.push(Problem::kubectl(Some(*at), bad_request(&said)));
        }
        let name = object.object("metadata").and_then(|metadata| metadata.text("name")).unwrap_or_default();
        let given = object.object("spec").cloned().unwrap_or_default();
        let template = template_of(&given);
        let spec = spec(&given, &template);
        if problems == self.problems.len() {
            for error in errors(name, &spec, &template, self.asked.was.as_ref()) {
                let words = format!("The Deployment \"{name}\" is invalid: {error}");
                self.problems.push(Problem::kubectl(found.place(&error.field).or(Some(node.at)), words));
            }
        }
        note::notes(&spec, &template, &found, &mut self.notes);
        if problems == self.problems.len() {
            let behaviour = behaviour::behaviour(&template);
            self.deployments.push(Manifest { name: name.to_owned(), spec, behaviour });
        }
    }
}

impl Node {
    fn get(&self, key: &str) -> Option<&Node> {
        let Data::Map(entries) = &self.data else { return None };
        entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    fn text(&self, key: &str) -> Option<&str> {
        match &self.get(key)?.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// `kubectl/pkg/validation`.
fn not_validated(said: &str) -> String {
    format!(
        "error: error validating \"STDIN\": error validating data: {said}; if you choose to ignore these \
         errors, turn validation off with --validate=false"
    )
}

/// `cli-runtime/pkg/resource/mapper.go`.
fn no_matches(object: &Node, version: &str, kind: &str) -> String {
    let name = object.get("metadata").and_then(|metadata| metadata.text("name")).unwrap_or_default();
    format!(
        "error: resource mapping not found for name: \"{name}\" namespace: \"\" from \"STDIN\": no matches \
         for kind \"{kind}\" in version \"{version}\"\nensure CRDs are installed first"
    )
}

/// `apiserver/pkg/endpoints/handlers/create.go`.
fn bad_request(said: &str) -> String {
    format!(
        "Error from server (BadRequest): error when creating \"STDIN\": Deployment in version \"v1\" cannot \
         be handled as a Deployment: {said}"
    )
}

/// The pod template of a Deployment, with the conversion of `pkg/apis/core/v1/conversion.go`, which fills
/// in the old name of the service account.
fn template_of(given: &Object) -> Object {
    let mut template = given.object("template").cloned().unwrap_or_default();
    if let Some(Value::Object(spec)) = template.get_mut("spec") {
        name_service_account(spec);
    }
    template
}

/// `DeploymentSpec` with the API server's defaults: `pkg/apis/apps/v1/defaults.go`.
fn spec(given: &Object, template: &Object) -> DeploymentSpec {
    let number = |name, default| given.int(name).map_or(default, |number| number as i32);
    let template = template::from_object(template.clone());
    DeploymentSpec {
        replicas: number("replicas", 1),
        selector: given.object("selector").map(|selector| self::selector(selector, &template)),
        template: template.into(),
        strategy: strategy(given.object("strategy")),
        min_ready_seconds: number("minReadySeconds", 0),
        revision_history_limit: number("revisionHistoryLimit", 10),
        progress_deadline_seconds: number("progressDeadlineSeconds", 600),
        paused: given.get("paused") == Some(&Value::Bool(true)),
    }
}

/// `Convert_v1_PodSpec_To_core_PodSpec` takes the old name where the new one is absent, and the way
/// back writes both.
fn name_service_account(spec: &mut Object) {
    let (new, old) = ("serviceAccountName", "serviceAccount");
    let (new_name, old_name) = (spec.take(new), spec.take(old));
    if let Some(name) = new_name.or(old_name) {
        spec.set(new, name.clone());
        spec.set(old, name);
    }
}

fn selector(given: &Object, template: &PodTemplateSpec) -> Labels {
    let pairs = given.object("matchLabels").map_or(&[][..], |labels| &labels.0);
    if pairs.is_empty() && !given.list("matchExpressions").is_empty() {
        return template.labels.clone();
    }
    pairs.iter().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect()
}

fn strategy(given: Option<&Object>) -> DeploymentStrategy {
    let kind = given.and_then(|given| given.text("type")).unwrap_or("RollingUpdate");
    let rolling_update = given.and_then(|given| given.object("rollingUpdate"));
    let rolling_update = rolling_update.map(|given| RollingUpdateDeployment {
        max_unavailable: int_or_string(given.get("maxUnavailable")),
        max_surge: int_or_string(given.get("maxSurge")),
    });
    let mut strategy = DeploymentStrategy { kind: StrategyType::parse(kind), rolling_update };
    strategy.set_defaults();
    strategy
}

fn int_or_string(value: Option<&Value>) -> Option<IntOrString> {
    match value? {
        Value::Int(number) => Some(IntOrString::Int(*number as i32)),
        Value::String(text) => Some(IntOrString::String(text.as_str().into())),
        _ => None,
    }
}

/// All that the API server refuses, in its order.
fn errors(
    name: &str,
    spec: &DeploymentSpec,
    template: &Object,
    was: Option<&DeploymentSpec>,
) -> Vec<FieldError> {
    let found = match was {
        Some(was) => validate_deployment_update(spec, was),
        None => validate_deployment_spec(spec),
    };
    let (mut errors, last): (Vec<_>, Vec<_>) = found.into_iter().partition(|error| {
        ["spec.replicas", "spec.selector", "spec.template"].iter().any(|first| error.field.starts_with(first))
    });
    errors.splice(0..0, name_error(name));
    resources::errors(template, &mut errors);
    let kept = template.object("spec");
    if let Some(policy) = kept.and_then(|kept| kept.text("restartPolicy")) {
        let body = format!("Unsupported value: \"{policy}\": supported values: \"Always\"");
        errors.push(FieldError { field: "spec.template.spec.restartPolicy".to_owned(), body });
    }
    if kept.is_some_and(|kept| kept.int("activeDeadlineSeconds").is_some()) {
        let body = "Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported".to_owned();
        errors.push(FieldError { field: "spec.template.spec.activeDeadlineSeconds".to_owned(), body });
    }
    errors.extend(last);
    errors
}

/// `apimachinery/pkg/api/validation/objectmeta.go`, `NameIsDNSSubdomain`.
fn name_error(name: &str) -> Option<FieldError> {
    let field = "metadata.name".to_owned();
    if name.is_empty() {
        return Some(FieldError {
            field,
            body: "Required value: name or generateName is required".to_owned(),
        });
    }
    let inside = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_part = |part: &str| {
        part.starts_with(inside) && part.ends_with(inside) && part.chars().all(|c| inside(c) || c == '-')
    };
    let body = format!("Invalid value: {}: {SUBDOMAIN}", crate::sim::int_or_string::quoted(name));
    (253 < name.len() || !name.split('.').all(is_part)).then_some(FieldError { field, body })
}

/// The message of `IsDNS1123Subdomain`.
const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \
    '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for \
    validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
