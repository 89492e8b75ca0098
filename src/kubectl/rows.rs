//! Tables of objects: `cli-runtime/pkg/printers/tableprinter.go`, and how `kubectl get` uses it.

use crate::sim::spec::Labels;

use super::api::Api;
use super::builder::{Found, Object};
use super::follow::Changed;
use super::get;
use super::kinds::{DEPLOYMENT, EVENT, Kind, NODE, POD, REPLICA_SET, SERVICE};
use super::output::Output;
use super::selector::Selector;
use super::table::Table;

/// How objects are printed as rows, and which.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The table of the last print, whose columns stay as wide as they are.
    pub(super) table: Table,
    pub(super) wide: bool,
    pub(super) with_kind: bool,
    pub(super) with_namespace: bool,
    pub(super) show_labels: bool,
    pub(super) label_columns: Vec<String>,
    /// Whether the header has been printed, or is not wanted.
    pub(super) has_header: bool,
    /// A first column says what happened.
    pub(super) event: bool,
    /// Only names.
    pub(super) only_names: bool,
    /// What is watched: the type, these names or with none all that the selector fits.
    pub(super) kind: Option<&'static Kind>,
    pub(super) names: Vec<String>,
    pub(super) selector: Selector,
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.names == other.names && self.selector == other.selector
    }
}

impl Rows {
    /// The objects as a table; the header is printed once.
    pub fn print(&mut self, api: &dyn Api, found: &[Found], out: &mut Output) {
        self.print_as("ADDED", api, found, out);
    }

    fn print_as(&mut self, event: &str, api: &dyn Api, found: &[Found], out: &mut Output) {
        let Some(first) = found.first() else { return };
        if self.only_names {
            return found.iter().for_each(|found| out.say(&found.qualified()));
        }
        let mut text = String::new();
        if !std::mem::replace(&mut self.has_header, true) {
            text += &self.header(first.kind);
        }
        for found in found {
            text += &self.row(event, api, found);
        }
        out.stdout += &self.table.align(&text);
    }

    fn header(&self, kind: &Kind) -> String {
        let columns = match kind {
            _ if kind == DEPLOYMENT => get::DEPLOYMENTS,
            _ if kind == REPLICA_SET => get::REPLICA_SETS,
            _ if kind == POD => get::PODS,
            _ if kind == NODE => get::NODES,
            _ if kind == SERVICE => get::SERVICES,
            _ if kind == EVENT && self.wide => get::EVENTS_WIDE,
            _ if kind == EVENT => get::EVENTS,
            _ => get::NAMESPACES,
        };
        let labels =
            self.label_columns.iter().map(|key| key.rsplit('/').next().unwrap_or(key).to_uppercase());
        let labels: Vec<_> = labels.chain(self.show_labels.then(|| "LABELS".to_owned())).collect();
        self.line("EVENT", "NAMESPACE", columns, &labels)
    }

    fn row(&self, event: &str, api: &dyn Api, found: &Found) -> String {
        let (objects, now) = (api.objects(), api.now());
        let mut row = match &found.object {
            Object::Deployment(id) => get::deployment_row(objects, *id, now),
            Object::ReplicaSet(id) => get::replica_set_row(objects, *id, now),
            Object::Pod(pod) => get::pod_row(pod, &objects.replica_set(pod.owner).template, now),
            Object::Node(node) => get::node_row(node, now),
            Object::Event(event) => get::event_row(event, now, self.wide),
            Object::Service => get::service_row(now),
            Object::Namespace => get::namespace_row(&found.name, now),
        };
        if self.with_kind && found.kind != EVENT {
            row.insert_str(0, &format!("{}/", found.kind.qualified()));
        }
        let labels = found.labels(api);
        let columns = self.label_columns.iter().map(|key| labels.get(key).cloned().unwrap_or_default());
        let columns: Vec<_> = columns.chain(self.show_labels.then(|| shown(&labels))).collect();
        let namespace = if found.kind.namespaced { "default" } else { "" };
        self.line(event, namespace, &row, &columns)
    }

    fn line(&self, event: &str, namespace: &str, cells: &str, labels: &[String]) -> String {
        let (narrow, wide) = cells.split_once('|').unwrap_or((cells, ""));
        let mut parts = Vec::new();
        parts.extend(self.event.then_some(event));
        parts.extend(self.with_namespace.then_some(namespace));
        parts.push(narrow);
        parts.extend((self.wide && !wide.is_empty()).then_some(wide));
        parts.extend(labels.iter().map(String::as_str));
        parts.join("\t") + "\n"
    }

    /// A row for each watched object that changed.
    pub(super) fn changed(&mut self, api: &dyn Api, changed: &[Changed], out: &mut Output) {
        let kind = self.kind;
        for changed in changed.iter().filter(|changed| Some(changed.kind()) == kind) {
            let Some((event, found)) = find(api, changed) else { continue };
            let named = self.names.is_empty() || self.names.contains(&found.name);
            if named && self.selector.matches(&found.labels(api)) {
                self.print_as(event, api, &[found], out);
            }
        }
    }
}

fn shown(labels: &Labels) -> String {
    super::names::joined(labels)
}

/// The object that changed, and what happened to it.
fn find(api: &dyn Api, changed: &Changed) -> Option<(&'static str, Found)> {
    let objects = api.objects();
    let (name, object, gone) = match changed {
        Changed::Deployment(id) => {
            let deployment = objects.deployment(*id);
            (deployment.name.to_string(), Object::Deployment(*id), deployment.deleted.is_some())
        }
        Changed::ReplicaSet(id) => {
            let set = objects.replica_set(*id);
            (set.name.to_string(), Object::ReplicaSet(*id), set.deleted.is_some())
        }
        Changed::Pod(pod, gone) => (pod.name.clone(), Object::Pod(pod.clone()), *gone),
        Changed::Node(name) => {
            let node = api.nodes().into_iter().find(|node| &*node.name == name)?;
            (name.clone(), Object::Node(node), false)
        }
    };
    let event = if gone { "DELETED" } else { "MODIFIED" };
    Some((event, Found { kind: changed.kind(), name, object }))
}
