//! Which objects a command line is about: `cli-runtime/pkg/resource/builder.go`.

use crate::sim::cluster::{DeploymentId, Objects, ReplicaSetId};
use crate::sim::node::Node;
use crate::sim::order::sorted_by_key;
use crate::sim::spec::Labels;

use super::api::{Api, Event, Pod};
use super::flags::Flags;
use super::get::{event_name, node_labels};
use super::kinds::{ALL, DEPLOYMENT, EVENT, Kind, NAMESPACE, NODE, POD, REPLICA_SET, SERVICE};
use super::names::{deployment_labels, replica_set_labels, replica_set_selector};
use super::selector::Selector;

/// An object that was asked for.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its type.
    pub kind: &'static Kind,
    /// Its name.
    pub name: String,
    /// Itself.
    pub object: Object,
}

/// An object.
#[derive(Clone, Debug)]
pub enum Object {
    /// A Deployment.
    Deployment(DeploymentId),
    /// A ReplicaSet.
    ReplicaSet(ReplicaSetId),
    /// A pod.
    Pod(Box<Pod>),
    /// A node.
    Node(Node),
    /// An event.
    Event(Box<Event>),
    /// The Service of the API server.
    Service,
    /// A namespace.
    Namespace,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Selection {
    /// The objects, type by type.
    pub found: Vec<Found>,
    /// What the API server said about those that were not.
    pub errors: Vec<String>,
    /// Whether objects of more than one type were asked for.
    pub several_kinds: bool,
    /// Whether one object was asked for by its name.
    pub single: bool,
    /// The type, where there is but one.
    pub kind: Option<&'static Kind>,
}

/// The namespaces of a cluster on which nobody has made others. All objects are in the first.
pub const NAMESPACES: [&str; 4] = ["default", "kube-node-lease", "kube-public", "kube-system"];

/// How objects may be asked for.
#[derive(Clone, Copy, Default)]
pub struct Rules {
    /// A type alone means all of its objects.
    pub type_alone: bool,
    /// What is missing is no error.
    pub ignore_not_found: bool,
}

/// The message where nothing says which objects.
pub const MISSING_RESOURCE: &str = "You must provide one or more resources by argument or filename.\n\
     Example resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   \
     '<resource> <name>'\n   '<resource>'";

impl Selection {
    /// Finds what `args` and the flags `-l`, `--all`, `-A`, `-n` and `--field-selector` are about.
    pub fn find(api: &dyn Api, flags: &Flags, args: &[String], rules: Rules) -> Result<Self, String> {
        let args = split_several(args);
        let everywhere = flags.is("all-namespaces");
        let namespace = flags.get("namespace").unwrap_or("default");
        let mut selection = Self::default();
        let mut kinds = Vec::new();
        let mut names: Vec<(&'static Kind, &str)> = Vec::new();
        let mut only_names: &[String] = &[];
        match combined(&args)? {
            true => {
                for arg in &args {
                    let (word, name) = split_name(arg)?;
                    names.push((kind_named(word)?, name));
                }
                let first = names.first().map(|(kind, _)| *kind);
                selection.several_kinds = names.iter().any(|(kind, _)| Some(*kind) != first);
                selection.kind = first;
            }
            false => {
                if let Some((types, rest)) = args.split_first() {
                    kinds = kinds_named(types)?;
                    only_names = rest;
                }
                names.extend(
                    only_names.iter().flat_map(|name| kinds.iter().map(move |kind| (*kind, &**name))),
                );
                selection.several_kinds = 1 < kinds.len();
                selection.kind = kinds.first().copied();
            }
        }
        let selector = flags.get("selector");
        let by_selector = selector.is_some_and(|selector| !selector.is_empty()) || flags.is("all");
        if by_selector && !names.is_empty() {
            return Err("name cannot be provided when a selector is specified".to_owned());
        }
        if everywhere && !names.is_empty() {
            return Err("a resource cannot be retrieved by name across all namespaces".to_owned());
        }
        if kinds.is_empty() && names.is_empty() {
            return Err(MISSING_RESOURCE.to_owned());
        }
        let has_field_selector = flags.get("field-selector").is_some();
        if names.is_empty() && !by_selector && !rules.type_alone && !has_field_selector {
            return Err("resource(s) were provided, but no name was specified".to_owned());
        }
        selection.single = names.len() == 1;
        if names.is_empty() {
            for kind in kinds {
                let here = everywhere || namespace == "default" || !kind.namespaced;
                let chosen = chosen(api, kind, flags);
                match chosen {
                    Ok(chosen) if here => selection.found.extend(chosen),
                    Ok(_) => {}
                    Err(error) => selection.errors.push(error),
                }
            }
        }
        for (kind, name) in names {
            selection.take(api, kind, name, namespace, rules);
        }
        Ok(selection)
    }

    fn take(&mut self, api: &dyn Api, kind: &'static Kind, name: &str, namespace: &str, rules: Rules) {
        let here = namespace == "default" || !kind.namespaced;
        match find_one(api, kind, name).filter(|_| here) {
            Some(found) => self.found.push(found),
            None if rules.ignore_not_found => {}
            None if kind.namespaced && !NAMESPACES.contains(&namespace) => {
                self.errors.push(not_found("namespaces", namespace));
            }
            None => self.errors.push(not_found(&kind.resource(), name)),
        }
    }
}

/// The object of a type with a name.
pub fn find_one(api: &dyn Api, kind: &'static Kind, name: &str) -> Option<Found> {
    list(api, kind).into_iter().find(|found| found.name == name)
}

/// The names of all objects of a type.
pub fn names_of(api: &dyn Api, kind: &'static Kind) -> Vec<String> {
    list(api, kind).into_iter().map(|found| found.name).collect()
}

/// What the API server says of an object that does not exist.
pub fn not_found(resource: &str, name: &str) -> String {
    format!("Error from server (NotFound): {resource} {name:?} not found")
}

/// Several types and names stand for each type with each name. `normalizeMultipleResourcesArgs`.
fn split_several(args: &[String]) -> Vec<String> {
    match args.split_first() {
        Some((types, names)) if types.contains(',') && !names.is_empty() => {
            let pairs =
                types.split(',').flat_map(|kind| names.iter().map(move |name| format!("{kind}/{name}")));
            pairs.collect()
        }
        _ => args.to_vec(),
    }
}

/// Whether types and names stand together, as `deployment/web`: all do or none. `hasCombinedTypeArgs`.
fn combined(args: &[String]) -> Result<bool, String> {
    let slashes = args.iter().filter(|arg| arg.contains('/')).count();
    match slashes {
        0 => Ok(false),
        n if n == args.len() => Ok(true),
        _ => Err(
            "there is no need to specify a resource type as a separate argument when passing arguments in \
                  resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get \
                  resource resource/<resource_name>'"
                .to_owned(),
        ),
    }
}

/// `splitResourceTypeName`.
fn split_name(arg: &str) -> Result<(&str, &str), String> {
    let (kind, name) = arg.split_once('/').unwrap_or((arg, ""));
    if name.contains('/') {
        return Err("arguments in resource/name form may not have more than one slash".to_owned());
    }
    if kind.is_empty() || name.is_empty() || kind.contains(',') {
        return Err("arguments in resource/name form must have a single resource and name".to_owned());
    }
    Ok((kind, name))
}

/// The type that goes by a name.
pub fn kind_named(word: &str) -> Result<&'static Kind, String> {
    let plain = word.split('.').next().unwrap_or(word);
    Kind::named(word).ok_or_else(|| format!("the server doesn't have a resource type {plain:?}"))
}

fn kinds_named(words: &str) -> Result<Vec<&'static Kind>, String> {
    let mut kinds: Vec<&'static Kind> = Vec::new();
    for word in words.split(',') {
        match word {
            "all" => kinds.extend(ALL),
            _ => kinds.push(kind_named(word)?),
        }
    }
    Ok(kinds)
}

/// The objects of a type that the selectors choose.
fn chosen(api: &dyn Api, kind: &'static Kind, flags: &Flags) -> Result<Vec<Found>, String> {
    let (labels, fields) = (flags.get("selector").unwrap_or(""), flags.get("field-selector").unwrap_or(""));
    let unable = |problem: String| {
        let (group, version) = kind.version.split_once('/').unwrap_or(("", kind.version));
        let resource = format!("{group}/{version}, Resource={}", kind.plural);
        format!(
            "Error from server (BadRequest): Unable to find {resource:?} that match label selector {labels:?}, \
             field selector {fields:?}: {problem}"
        )
    };
    let selector = Selector::parse(labels).map_err(unable)?;
    let mut found = list(api, kind);
    found.retain(|found| selector.matches(&found.labels(api)));
    for term in fields.split(',').filter(|term| !term.is_empty()) {
        let (field, value) = term.split_once('=').unwrap_or((term, ""));
        let (field, wanted) = field.strip_suffix('!').map_or((field, true), |field| (field, false));
        let value = value.strip_prefix('=').unwrap_or(value);
        if !can_choose_by(kind, field) {
            return Err(unable(format!("field label not supported: {field}")));
        }
        found.retain(|found| (found.field(field).as_deref() == Some(value)) == wanted);
    }
    Ok(found)
}

/// Whether the API server can choose objects of a type by a field.
fn can_choose_by(kind: &Kind, field: &str) -> bool {
    let fields = match kind.kind {
        "Pod" => "status.phase spec.nodeName spec.restartPolicy status.podIP",
        "Node" => "spec.unschedulable",
        "Event" => "involvedObject.kind involvedObject.name involvedObject.namespace reason type",
        _ => "",
    };
    fields.split(' ').chain(["metadata.name", "metadata.namespace"]).any(|other| other == field)
}

/// All objects of a type, sorted by name.
fn list(api: &dyn Api, kind: &'static Kind) -> Vec<Found> {
    let found = |name: &str, object: Object| Found { kind, name: name.to_owned(), object };
    let objects = api.objects();
    let list: Vec<_> = match kind {
        _ if kind == POD => {
            let pods = api.pods().into_iter();
            return pods.map(|pod| found(&pod.name.clone(), Object::Pod(Box::new(pod)))).collect();
        }
        _ if kind == DEPLOYMENT => {
            let all = objects.existing_deployments();
            all.map(|(id, deployment)| found(&deployment.name, Object::Deployment(id))).collect()
        }
        _ if kind == REPLICA_SET => {
            let all = (0..).map(ReplicaSetId).zip(&objects.replica_sets);
            let existing = all.filter(|(_, set)| set.deleted.is_none());
            existing.map(|(id, set)| found(&set.name, Object::ReplicaSet(id))).collect()
        }
        _ if kind == NODE => {
            let nodes = api.nodes().into_iter();
            nodes.map(|node| found(&node.name.clone(), Object::Node(node))).collect()
        }
        _ if kind == EVENT => {
            let events = api.events(None).into_iter();
            events.map(|event| found(&event_name(&event), Object::Event(Box::new(event)))).collect()
        }
        _ if kind == SERVICE => vec![found("kubernetes", Object::Service)],
        _ if kind == NAMESPACE => NAMESPACES.map(|name| found(name, Object::Namespace)).into(),
        _ => Vec::new(),
    };
    sorted_by_key(&list, |found| found.name.clone())
}

impl Found {
    /// `metadata.labels`
    pub fn labels(&self, api: &dyn Api) -> Labels {
        let mut labels = self.own_labels(api.objects());
        for (key, value) in api.labelled(self.kind.kind, &self.name) {
            match value {
                Some(value) => labels.insert(key, value),
                None => labels.remove(&key),
            };
        }
        labels
    }

    /// Whether its owner would let go of it if a label became another one.
    pub fn is_chosen_by(&self, key: &str, objects: &Objects) -> bool {
        let selector = match &self.object {
            Object::ReplicaSet(id) => replica_set_selector(objects, *id),
            Object::Pod(pod) => replica_set_selector(objects, pod.owner),
            _ => return false,
        };
        selector.get(key).is_some()
    }

    /// Those that it was created with.
    fn own_labels(&self, objects: &Objects) -> Labels {
        let one = |key: &str, value: &str| Labels::from([(key.to_owned(), value.to_owned())]);
        match &self.object {
            Object::Deployment(id) => deployment_labels(objects.deployment(*id)),
            Object::ReplicaSet(id) => replica_set_labels(objects, *id),
            Object::Pod(pod) => replica_set_labels(objects, pod.owner),
            Object::Node(node) => node_labels(&node.name),
            Object::Event(_) => Labels::new(),
            Object::Service => {
                let mut labels = one("component", "apiserver");
                labels.insert("provider".to_owned(), "kubernetes".to_owned());
                labels
            }
            Object::Namespace => one("kubernetes.io/metadata.name", &self.name),
        }
    }

    /// A field by which `--field-selector` can choose.
    fn field(&self, field: &str) -> Option<String> {
        let text = match (&self.object, field) {
            (_, "metadata.name") => &self.name,
            (_, "metadata.namespace") => "default",
            (Object::Pod(pod), "status.phase") => pod.phase,
            (Object::Pod(pod), "spec.nodeName") => pod.node.as_deref().unwrap_or_default(),
            (Object::Pod(_), "spec.restartPolicy") => "Always",
            (Object::Pod(pod), "status.podIP") => pod.ip.as_deref().unwrap_or_default(),
            (Object::Node(node), "spec.unschedulable") => {
                if node.unschedulable {
                    "true"
                } else {
                    "false"
                }
            }
            (Object::Event(event), "involvedObject.kind") => event.kind,
            (Object::Event(event), "involvedObject.name") => &event.name,
            (Object::Event(_), "involvedObject.namespace") => "default",
            (Object::Event(event), "reason") => event.reason,
            (Object::Event(event), "type") => {
                if event.warning {
                    "Warning"
                } else {
                    "Normal"
                }
            }
            _ => return None,
        };
        Some(text.to_owned())
    }

    /// `deployment.apps/web`
    pub fn qualified(&self) -> String {
        format!("{}/{}", self.kind.qualified(), self.name)
    }
}
