//! What a reader should know of a manifest that is no error.

use crate::sim::deployment::fenceposts::{max_surge, max_unavailable};
use crate::sim::spec::DeploymentSpec;

use super::behaviour;
use super::decode::Found;
use super::node::Position;
use super::value::{Object, Value};

/// Something to know, and the place it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where; absent: it is about something that does not stand there.
    pub at: Option<Position>,
    /// What.
    pub what: About,
}

/// What a note is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A field that makes no difference to the rollout.
    Ignored(String),
    /// Such a field of the template: it counts for the name of the ReplicaSet.
    IgnoredButNamed(String),
    /// An object that is no Deployment.
    OtherKind(String),
    /// A key that comes twice: kubectl takes the last without a word.
    Repeated(String),
    /// One replica on defaults: it is replaced by surge alone.
    OneReplica,
    /// No readiness probe: ready as soon as it runs.
    NoReadinessProbe,
    /// A hook that sleeps longer than there is time.
    PreStopTooLong {
        /// How long it sleeps.
        sleep: i64,
        /// How long there is.
        grace: i64,
    },
    /// A deadline not above `minReadySeconds`.
    Deadline,
    /// No two pods on one node: so many nodes are needed while it rolls.
    AntiAffinity {
        /// How many nodes.
        nodes: i64,
    },
}

/// The traps of a Deployment, and what is ignored of it.
pub fn notes(spec: &DeploymentSpec, template: &Object, found: &Found, notes: &mut Vec<Note>) {
    for (at, field) in &found.ignored {
        let is_named = field.starts_with("spec.template.");
        let about = if is_named { About::IgnoredButNamed } else { About::Ignored };
        notes.push(Note { at: Some(*at), what: about(field.clone()) });
    }
    let mut note = |field: &str, what| notes.push(Note { at: found.place(field), what });
    if spec.replicas == 1 && spec.strategy == Default::default() {
        note("spec.replicas", About::OneReplica);
    }
    if !behaviour::has_readiness_probe(template) {
        note("spec.template.spec.containers", About::NoReadinessProbe);
    }
    if spec.progress_deadline_seconds <= spec.min_ready_seconds {
        note("spec.progressDeadlineSeconds", About::Deadline);
    }
    let grace = behaviour::grace_period(template);
    for (index, container) in behaviour::containers(template).enumerate() {
        if let Some(sleep) = behaviour::pre_stop(container).filter(|sleep| grace < *sleep) {
            let field = format!("spec.template.spec.containers[{index}].lifecycle.preStop");
            note(&field, About::PreStopTooLong { sleep, grace });
        }
    }
    if is_alone_on_node(spec, template) {
        note(
            "spec.template.spec.affinity.podAntiAffinity",
            About::AntiAffinity { nodes: nodes_needed(spec) },
        );
    }
}

/// Whether no two of its pods may be on one node.
fn is_alone_on_node(spec: &DeploymentSpec, template: &Object) -> bool {
    let affinity = template.object("spec").and_then(|spec| spec.object("affinity"));
    let anti = affinity.and_then(|affinity| affinity.object("podAntiAffinity"));
    let terms = anti.map_or(&[][..], |anti| anti.list("requiredDuringSchedulingIgnoredDuringExecution"));
    terms
        .iter()
        .filter_map(Value::as_object)
        .any(|term| term.text("topologyKey") == Some("kubernetes.io/hostname") && selects_itself(term, spec))
}

/// Whether a term is about the pods of the Deployment. Expressions are taken to be.
fn selects_itself(term: &Object, spec: &DeploymentSpec) -> bool {
    let Some(selector) = term.object("labelSelector") else { return false };
    let Some(wanted) = selector.object("matchLabels") else { return true };
    wanted.0.iter().all(|(key, value)| spec.template.labels.get(key).map(String::as_str) == value.as_str())
}

/// One more than there are replicas, if pods come on top and none may be missing.
fn nodes_needed(spec: &DeploymentSpec) -> i64 {
    let surges = 0 < max_surge(spec) && max_unavailable(spec) == 0;
    i64::from(spec.replicas) + i64::from(surges)
}
