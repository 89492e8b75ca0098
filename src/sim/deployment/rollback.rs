//! `kubectl rollout undo`: `kubectl/pkg/polymorphichelpers/rollback.go DeploymentRollbacker`.
//!
//! An undo is no step back in time: kubectl writes the old template into the Deployment, and the
//! controller rolls it out like any other.

use std::rc::Rc;

use crate::sim::cluster::{Cluster, DeploymentId, ReplicaSetId};
use crate::sim::command::{Answer, Rejected};
use crate::sim::order::sorted_by_key;
use crate::sim::out::Out;
use crate::sim::spec::DeploymentSpec;

use super::edit::update;
use super::revisions::{annotations_after_undo, revision};
use super::sync::equal_ignore_hash;

/// `Rollback`: back to a revision, or with 0 to the one before the present one.
pub fn rollout_undo(
    cluster: &mut Cluster,
    id: DeploymentId,
    to_revision: i64,
    out: &mut Out,
) -> Result<Answer, Rejected> {
    let replica_set = deployment_revision(cluster, id, to_revision)?;
    let replica_set = cluster.replica_set(replica_set).clone();
    let deployment = cluster.deployment(id);
    if deployment.spec.paused {
        return Err(Rejected::CannotRollBackPaused);
    }
    if equal_ignore_hash(&replica_set.template, &deployment.spec.template) {
        return Ok(Answer::SkippedRollback { revision: to_revision });
    }
    let template = Rc::clone(&replica_set.template);
    let spec = DeploymentSpec { template, ..deployment.spec.clone() };
    let annotations = annotations_after_undo(deployment, &replica_set);
    update(cluster, id, spec, annotations, out)?;
    Ok(Answer::RolledBack)
}

/// `deploymentRevision`: the ReplicaSet to go back to.
fn deployment_revision(
    cluster: &Cluster,
    id: DeploymentId,
    to_revision: i64,
) -> Result<ReplicaSetId, Rejected> {
    let latest_first = sorted_by_key(cluster.replica_sets_of(id), |replica_set| {
        std::cmp::Reverse(revision(cluster.replica_set(*replica_set)))
    });
    if to_revision == 0 {
        let deployment = cluster.deployment(id).name.to_string();
        return latest_first.get(1).copied().ok_or(Rejected::NoRolloutHistory { deployment });
    }
    let mut found = latest_first.into_iter();
    let found = found.find(|replica_set| revision(cluster.replica_set(*replica_set)) == to_revision);
    found.ok_or(Rejected::RevisionNotFound { revision: to_revision })
}
