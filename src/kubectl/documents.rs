//! Objects of manifests, as `kubectl -f` reads them: `cli-runtime/pkg/resource/visitor.go`.

use crate::manifest::node::{self, Data, Node, Unreadable};
use crate::manifest::{MOST_BYTES, Why};

use super::json::Json;
use super::kinds::{KINDS, Kind};

/// An object of a manifest.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file as messages call it.
    pub source: String,
    /// All of it.
    pub json: Json,
    /// Its type.
    pub kind: &'static Kind,
    /// `metadata.name`
    pub name: String,
    /// `metadata.namespace`
    pub namespace: Option<String>,
}

/// Why an object, or a whole text, is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// What kubectl says.
    Kubectl(String),
    /// It is more than is read here.
    Unreadable(Why),
}

/// What standard input is called.
pub const STDIN: &str = "STDIN";

/// Every object of a text; a list is what is in it.
pub fn read(source: &str, text: &str) -> Result<Vec<Result<Document, String>>, Problem> {
    if MOST_BYTES < text.len() {
        return Err(Problem::Unreadable(Why::TooLarge));
    }
    let documents = node::read(text, &mut Vec::new()).map_err(|unreadable| match unreadable {
        Unreadable::Syntax(_, said) => {
            Problem::Kubectl(format!("error parsing {source}: error converting YAML to JSON: yaml: {said}"))
        }
        Unreadable::TooDeep(_) => Problem::Unreadable(Why::TooDeep),
        Unreadable::TooMuch(_) => Problem::Unreadable(Why::TooMuch),
    })?;
    let mut found = Vec::new();
    for document in documents.iter().filter(|document| document.data != Data::Null) {
        objects(source, json_of(document), &mut found);
    }
    Ok(found)
}

fn objects(source: &str, json: Json, found: &mut Vec<Result<Document, String>>) {
    let text = |name: &str| match json.get(name) {
        Some(Json::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let (version, kind) = (text("apiVersion"), text("kind"));
    if (&*version, &*kind) == ("v1", "List") {
        if let Some(Json::List(items)) = json.get("items") {
            items.iter().for_each(|item| objects(source, item.clone(), found));
        }
        return;
    }
    let in_metadata = |name: &str| match json.get("metadata").and_then(|metadata| metadata.get(name)) {
        Some(Json::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let name = in_metadata("name").unwrap_or_default();
    let invalid = match (&json, &*kind, &*version) {
        (Json::Map(_), "", _) => Some("kind not set"),
        (Json::Map(_), _, "") => Some("apiVersion not set"),
        (Json::Map(_), ..) => None,
        _ => Some("invalid object to validate"),
    };
    found.push(match (invalid, known(&version, &kind)) {
        (Some(said), _) => Err(format!(
            "error validating {source:?}: error validating data: {said}; if you choose to ignore these errors, \
             turn validation off with --validate=false"
        )),
        (None, None) => Err(format!(
            "resource mapping not found for name: {name:?} namespace: {:?} from {source:?}: no matches for kind \
             {kind:?} in version {version:?}\nensure CRDs are installed first",
            in_metadata("namespace").unwrap_or_default()
        )),
        (None, Some(kind)) => {
            let (source, namespace) = (source.to_owned(), in_metadata("namespace"));
            Ok(Document { source, kind, name, namespace, json })
        }
    });
}

/// The type that a manifest names, if the API has it in that version.
fn known(version: &str, kind: &str) -> Option<&'static Kind> {
    // One type has two versions.
    let version = if version == "autoscaling/v1" { "autoscaling/v2" } else { version };
    KINDS.iter().find(|known| known.kind == kind && known.version == version)
}

/// A value of YAML as JSON.
pub fn json_of(node: &Node) -> Json {
    match &node.data {
        Data::Null => Json::Null,
        Data::Bool(truth) => Json::Bool(*truth),
        Data::Int(number) => Json::number(*number),
        Data::Float(number) => Json::Number(number.clone()),
        Data::Text(text) => Json::text(text),
        Data::List(items) => Json::List(items.iter().map(json_of).collect()),
        Data::Map(entries) => {
            Json::Map(entries.iter().map(|entry| (entry.key.clone(), json_of(&entry.value))).collect())
        }
    }
}
