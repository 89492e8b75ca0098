//! Annotations and revisions of ReplicaSets:
//! `pkg/controller/deployment/util/deployment_util.go`.
//!
//! # What we leave out
//!
//! - Annotations that are not numbers where numbers belong are read as missing. Upstream logs an
//!   error and does the same.

use std::borrow::Cow;

use crate::sim::annotations::{Annotations, Number};
use crate::sim::cluster::{Cluster, Deployment, ReplicaSet};

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

/// `Revision`: 0 when there is none.
pub fn revision(replica_set: &ReplicaSet) -> i64 {
    revision_in(&replica_set.annotations)
}

/// The revision a Deployment carries: 0 before its controller has seen it.
pub fn deployment_revision(deployment: &Deployment) -> i64 {
    revision_in(&deployment.annotations)
}

fn revision_in(annotations: &Annotations) -> i64 {
    annotations.number(Number::Revision).unwrap_or(0)
}

/// `GetDesiredReplicasAnnotation`.
pub fn desired_replicas(annotations: &Annotations) -> Option<i32> {
    annotations.number(Number::DesiredReplicas).map(|desired| desired as i32)
}

/// `getMaxReplicasAnnotation`.
pub fn max_replicas(annotations: &Annotations) -> Option<i32> {
    annotations.number(Number::MaxReplicas).map(|max| max as i32)
}

/// `MaxRevision`.
pub fn max_revision(cluster: &Cluster, replica_sets: &ReplicaSets) -> i64 {
    replica_sets.old_rss().map(|id| revision(cluster.replica_set(id))).max().unwrap_or(0)
}

/// `SetNewReplicaSetAnnotations` for a ReplicaSet that exists; says whether anything changed.
pub fn set_new_replica_set_annotations(
    deployment: &Deployment,
    annotations: &mut Annotations,
    new_revision: i64,
    rev_history_limit_in_chars: usize,
) -> bool {
    let copied = copy_deployment_annotations(deployment, annotations);
    if new_revision <= revision_in(annotations) {
        return copied;
    }
    if let Some(old) = annotations.get(REVISION).map(Cow::into_owned) {
        append_revision_history(annotations, &old, rev_history_limit_in_chars);
    }
    annotations.set_number(Number::Revision, new_revision);
    true
}

/// Earlier numbers are dropped from the front when the list grows too long.
fn append_revision_history(annotations: &mut Annotations, old: &str, limit: usize) {
    let history = annotations.get(REVISION_HISTORY).unwrap_or_default();
    let mut entries: Vec<&str> = history.split(',').filter(|entry| !entry.is_empty()).collect();
    while !entries.is_empty() && limit < entries.join(",").len() + old.len() + 1 {
        entries.remove(0);
    }
    entries.push(old);
    let joined = entries.join(",");
    annotations.set(REVISION_HISTORY, Some(joined));
}

/// `copyDeploymentAnnotationsToReplicaSet`: never takes one away; says whether anything changed.
fn copy_deployment_annotations(deployment: &Deployment, annotations: &mut Annotations) -> bool {
    let mut changed = false;
    for (key, value) in deployment.annotations.texts().iter().filter(is_copied) {
        if annotations.texts().get(key) != Some(value) {
            annotations.set(key, Some(value.clone()));
            changed = true;
        }
    }
    changed
}

fn is_copied((key, _): &(&String, &String)) -> bool {
    !ANNOTATIONS_TO_SKIP.contains(&key.as_str())
}

/// `SetReplicasAnnotations`: what proportional scaling will go by; says whether anything changed.
pub fn set_replicas_annotations(
    annotations: &mut Annotations,
    desired_replicas: i32,
    max_replicas: i32,
) -> bool {
    let desired = annotations.set_number(Number::DesiredReplicas, desired_replicas.into());
    let max = annotations.set_number(Number::MaxReplicas, max_replicas.into());
    desired || max
}

/// `SetDeploymentRevision`; says whether it changed.
pub fn set_deployment_revision(deployment: &mut Deployment, revision: i64) -> bool {
    deployment.annotations.set_number(Number::Revision, revision)
}

/// What undo makes of a Deployment's annotations: those of its own that are never copied, and
/// those of the ReplicaSet otherwise.
/// `kubectl/pkg/polymorphichelpers/rollback.go DeploymentRollbacker.Rollback`.
pub fn annotations_after_undo(deployment: &Deployment, replica_set: &ReplicaSet) -> Annotations {
    let mut after = deployment.annotations.clone();
    let own = deployment.annotations.texts().iter().filter(is_copied);
    own.for_each(|(key, _)| after.set(key, None));
    let restored = replica_set.annotations.texts().iter().filter(is_copied);
    restored.for_each(|(key, value)| after.set(key, Some(value.clone())));
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Sim;
    use crate::sim::cluster::DeploymentId;
    use crate::sim::cluster::ReplicaSetId;
    use crate::sim::labels::Labels;
    use crate::sim::scenario::Scenario;
    use crate::sim::time::SimTime;

    const CHANGE_CAUSE: &str = "kubernetes.io/change-cause";

    fn annotated(pairs: &[(&str, &str)]) -> Annotations {
        let pairs = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        pairs.collect::<Labels>().into()
    }

    fn deployment(annotations: &[(&str, &str)]) -> Deployment {
        let (sim, _) = Sim::new(&Scenario::article()).unwrap();
        let annotations = annotated(annotations);
        Deployment { annotations, ..sim.cluster.deployment(DeploymentId(0)).clone() }
    }

    #[test]
    fn the_controllers_own_annotations_are_not_copied() {
        let deployment = deployment(&[(CHANGE_CAUSE, "v2"), (REVISION, "2")]);
        let mut annotations = annotated(&[(CHANGE_CAUSE, "v1"), (REVISION, "1")]);
        assert!(copy_deployment_annotations(&deployment, &mut annotations));
        assert_eq!(annotations, annotated(&[(CHANGE_CAUSE, "v2"), (REVISION, "1")]));
        assert!(!copy_deployment_annotations(&deployment, &mut annotations));
    }

    #[test]
    fn undo_brings_annotations_back_but_for_the_controllers_own() {
        let (mut sim, _) = Sim::new(&Scenario::article()).unwrap();
        while sim.step(SimTime::ZERO).is_some() {}
        let mut replica_set = sim.cluster.replica_set(ReplicaSetId(0)).clone();
        replica_set.annotations = annotated(&[(CHANGE_CAUSE, "v1"), (REVISION, "1")]);
        let after =
            annotations_after_undo(&deployment(&[(CHANGE_CAUSE, "v2"), (REVISION, "2")]), &replica_set);
        assert_eq!(after, annotated(&[(CHANGE_CAUSE, "v1"), (REVISION, "2")]));
    }

    #[test]
    fn the_history_is_as_long_as_it_may_be() {
        let after = |limit| {
            let mut annotations = annotated(&[(REVISION_HISTORY, "1,2")]);
            append_revision_history(&mut annotations, "3", limit);
            annotations.get(REVISION_HISTORY).map(Cow::into_owned)
        };
        assert_eq!(
            [5, 4, 3, 2].map(after),
            ["1,2,3", "2,3", "2,3", "3"].map(|history| Some(history.to_owned()))
        );
    }

    #[test]
    fn the_history_drops_its_oldest_entries() {
        let mut annotations = Annotations::default();
        for revision in 1..=700 {
            let revision = revision.to_string();
            append_revision_history(&mut annotations, &revision, MAX_REV_HISTORY_LENGTH_IN_CHARS);
        }
        let history = annotations.get(REVISION_HISTORY).unwrap();
        assert!(history.len() <= MAX_REV_HISTORY_LENGTH_IN_CHARS, "{}", history.len());
        assert!(history.ends_with(",699,700"), "{history}");
        assert!(!history.starts_with("1,"), "{history}");
    }
}
