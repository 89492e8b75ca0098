//! Annotations and revisions of ReplicaSets:
//! `pkg/controller/deployment/util/deployment_util.go`.
//!
//! # What we leave out
//!
//! - Annotations that are not numbers where numbers belong are read as missing. Upstream logs an
//!   error and does the same.

use crate::sim::cluster::{Cluster, Deployment, ReplicaSet};
use crate::sim::spec::Labels;

use super::sync::ReplicaSets;

/// The number of a rollout, on the Deployment and on its ReplicaSets.
pub const REVISION: &str = "deployment.kubernetes.io/revision";
/// Earlier numbers of a ReplicaSet that was taken again.
pub const REVISION_HISTORY: &str = "deployment.kubernetes.io/revision-history";
/// `spec.replicas` of the Deployment when the ReplicaSet was last scaled.
pub const DESIRED_REPLICAS: &str = "deployment.kubernetes.io/desired-replicas";
/// The ceiling when the ReplicaSet was last scaled.
pub const MAX_REPLICAS: &str = "deployment.kubernetes.io/max-replicas";

/// `annotationsToSkip`: neither copied to a ReplicaSet nor brought back by undo.
const ANNOTATIONS_TO_SKIP: [&str; 6] = [
    "kubectl.kubernetes.io/last-applied-configuration",
    REVISION,
    REVISION_HISTORY,
    DESIRED_REPLICAS,
    MAX_REPLICAS,
    "deprecated.deployment.rollback.to",
];

/// The longest list of earlier revisions. `sync.go maxRevHistoryLengthInChars`.
pub const MAX_REV_HISTORY_LENGTH_IN_CHARS: usize = 2000;

/// What the controller keeps in annotations and asks for at every sync, as numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    revision: Option<Number>,
    desired_replicas: Option<Number>,
    max_replicas: Option<Number>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number {
    number: i64,
    /// Whether it is written as the controller writes it.
    is_plain: bool,
}

impl Numbers {
    /// Of annotations that have none.
    pub const NONE: Self = Self { revision: None, desired_replicas: None, max_replicas: None };

    /// An annotation was set, or taken away.
    pub fn take_note(&mut self, key: &str, value: Option<&str>) {
        let (place, read): (_, fn(&str) -> Option<i64>) = match key {
            REVISION => (&mut self.revision, |value| value.parse().ok()),
            DESIRED_REPLICAS => (&mut self.desired_replicas, non_negative),
            MAX_REPLICAS => (&mut self.max_replicas, non_negative),
            _ => return,
        };
        let is_plain = |value: &str| !value.starts_with(['+', '0']) || value.len() == 1;
        *place = value.and_then(|value| Some(Number { number: read(value)?, is_plain: is_plain(value) }));
    }
}

/// `Revision`: 0 when there is none.
pub fn revision(replica_set: &ReplicaSet) -> i64 {
    revision_in(&replica_set.annotations)
}

/// The revision a Deployment carries: 0 before its controller has seen it.
pub fn deployment_revision(deployment: &Deployment) -> i64 {
    revision_in(&deployment.annotations)
}

fn revision_in(annotations: &Labels) -> i64 {
    annotations.numbers().revision.map_or(0, |revision| revision.number)
}

/// `GetDesiredReplicasAnnotation`.
pub fn desired_replicas(annotations: &Labels) -> Option<i32> {
    annotations.numbers().desired_replicas.map(|desired| desired.number as i32)
}

/// `getMaxReplicasAnnotation`.
pub fn max_replicas(annotations: &Labels) -> Option<i32> {
    annotations.numbers().max_replicas.map(|max| max.number as i32)
}

/// `getNonNegativeInt32FromAnnotation`: only digits, and no more than fit; else it is as if there were
/// no annotation.
fn non_negative(value: &str) -> Option<i64> {
    let number: i32 = value.parse().ok()?;
    value.bytes().all(|byte| byte.is_ascii_digit()).then_some(number.into())
}

/// `MaxRevision`.
pub fn max_revision(cluster: &Cluster, replica_sets: &ReplicaSets) -> i64 {
    replica_sets.old_rss().map(|id| revision(cluster.replica_set(id))).max().unwrap_or(0)
}

/// `SetNewReplicaSetAnnotations` for a ReplicaSet that exists; says whether anything changed.
pub fn set_new_replica_set_annotations(
    deployment: &Deployment,
    annotations: &mut Labels,
    new_revision: i64,
    rev_history_limit_in_chars: usize,
) -> bool {
    let copied = copy_deployment_annotations(deployment, annotations);
    if new_revision <= revision_in(annotations) {
        return copied;
    }
    let old = annotations.get(REVISION).cloned();
    annotations.insert(REVISION.to_owned(), new_revision.to_string());
    if let Some(old) = old {
        append_revision_history(annotations, &old, rev_history_limit_in_chars);
    }
    true
}

/// Earlier numbers are dropped from the front when the list grows too long.
fn append_revision_history(annotations: &mut Labels, old: &str, limit: usize) {
    let history = annotations.get(REVISION_HISTORY).map_or("", String::as_str);
    let mut entries: Vec<&str> = history.split(',').filter(|entry| !entry.is_empty()).collect();
    while !entries.is_empty() && limit < entries.join(",").len() + old.len() + 1 {
        entries.remove(0);
    }
    entries.push(old);
    let joined = entries.join(",");
    annotations.insert(REVISION_HISTORY.to_owned(), joined);
}

/// `copyDeploymentAnnotationsToReplicaSet`: never takes one away; says whether anything changed.
fn copy_deployment_annotations(deployment: &Deployment, annotations: &mut Labels) -> bool {
    let mut changed = false;
    for (key, value) in deployment.annotations.iter() {
        if !ANNOTATIONS_TO_SKIP.contains(&key.as_str()) && annotations.get(key) != Some(value) {
            annotations.insert(key.clone(), value.clone());
            changed = true;
        }
    }
    changed
}

/// `SetReplicasAnnotations`: what proportional scaling will go by; says whether anything changed.
pub fn set_replicas_annotations(annotations: &mut Labels, desired_replicas: i32, max_replicas: i32) -> bool {
    let Numbers { desired_replicas: desired, max_replicas: max, .. } = *annotations.numbers();
    let desired = set_number(annotations, DESIRED_REPLICAS, desired, desired_replicas.into());
    let max = set_number(annotations, MAX_REPLICAS, max, max_replicas.into());
    desired || max
}

/// `SetDeploymentRevision`; says whether it changed.
pub fn set_deployment_revision(deployment: &mut Deployment, revision: i64) -> bool {
    let present = deployment.annotations.numbers().revision;
    set_number(&mut deployment.annotations, REVISION, present, revision)
}

/// Says whether it was another one, or was written in another way.
fn set_number(annotations: &mut Labels, key: &str, present: Option<Number>, number: i64) -> bool {
    let changes = present != Some(Number { number, is_plain: true });
    if changes {
        annotations.insert(key.to_owned(), number.to_string());
    }
    changes
}

/// What undo makes of a Deployment's annotations: those of its own that are never copied, and
/// those of the ReplicaSet otherwise.
/// `kubectl/pkg/polymorphichelpers/rollback.go DeploymentRollbacker.Rollback`.
pub fn annotations_after_undo(deployment: &Deployment, replica_set: &ReplicaSet) -> Labels {
    let skipped = |key: &String| ANNOTATIONS_TO_SKIP.contains(&key.as_str());
    let own = deployment.annotations.iter().filter(|(key, _)| skipped(key));
    let restored = replica_set.annotations.iter().filter(|(key, _)| !skipped(key));
    own.chain(restored).map(|(key, value)| (key.clone(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Sim;
    use crate::sim::cluster::DeploymentId;
    use crate::sim::cluster::ReplicaSetId;
    use crate::sim::scenario::Scenario;
    use crate::sim::time::SimTime;

    const CHANGE_CAUSE: &str = "kubernetes.io/change-cause";

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn deployment(annotations: &[(&str, &str)]) -> Deployment {
        let (sim, _) = Sim::new(&Scenario::article()).unwrap();
        let annotations = labels(annotations);
        Deployment { annotations, ..sim.cluster.deployment(DeploymentId(0)).clone() }
    }

    #[test]
    fn the_controllers_own_annotations_are_not_copied() {
        let deployment = deployment(&[(CHANGE_CAUSE, "v2"), (REVISION, "2")]);
        let mut annotations = labels(&[(CHANGE_CAUSE, "v1"), (REVISION, "1")]);
        assert!(copy_deployment_annotations(&deployment, &mut annotations));
        assert_eq!(annotations, labels(&[(CHANGE_CAUSE, "v2"), (REVISION, "1")]));
        assert!(!copy_deployment_annotations(&deployment, &mut annotations));
    }

    #[test]
    fn undo_brings_annotations_back_but_for_the_controllers_own() {
        let (mut sim, _) = Sim::new(&Scenario::article()).unwrap();
        while sim.step(SimTime::ZERO).is_some() {}
        let mut replica_set = sim.cluster.replica_set(ReplicaSetId(0)).clone();
        replica_set.annotations = labels(&[(CHANGE_CAUSE, "v1"), (REVISION, "1")]);
        let after =
            annotations_after_undo(&deployment(&[(CHANGE_CAUSE, "v2"), (REVISION, "2")]), &replica_set);
        assert_eq!(after, labels(&[(CHANGE_CAUSE, "v1"), (REVISION, "2")]));
    }

    #[test]
    fn the_history_is_as_long_as_it_may_be() {
        let after = |limit| {
            let mut annotations = labels(&[(REVISION_HISTORY, "1,2")]);
            append_revision_history(&mut annotations, "3", limit);
            annotations[REVISION_HISTORY].clone()
        };
        assert_eq!([5, 4, 3, 2].map(after), ["1,2,3", "2,3", "2,3", "3"]);
    }

    #[test]
    fn the_history_drops_its_oldest_entries() {
        let mut annotations = Labels::new();
        for revision in 1..=700 {
            let revision = revision.to_string();
            append_revision_history(&mut annotations, &revision, MAX_REV_HISTORY_LENGTH_IN_CHARS);
        }
        let history = &annotations[REVISION_HISTORY];
        assert!(history.len() <= MAX_REV_HISTORY_LENGTH_IN_CHARS, "{}", history.len());
        assert!(history.ends_with(",699,700"), "{history}");
        assert!(!history.starts_with("1,"), "{history}");
    }
}
