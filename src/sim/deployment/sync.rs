//! What every sync of a Deployment does: `pkg/controller/deployment/sync.go`, in its order.
//!
//! # What we leave out
//!
//! - **Scaling in the middle of a rollout and pausing.** No command leads there yet.
//! - **Claiming.** Every ReplicaSet is made by its Deployment, so none is adopted or released.
//! - **Failed writes.** Every write succeeds at once; a cluster retries until it does.

use std::rc::Rc;

use crate::sim::cluster::ReplicaSetStatus;
use crate::sim::cluster::{Cluster, DeploymentId, DeploymentStatus, ReplicaSet, ReplicaSetId};
use crate::sim::conditions::{
    ConditionReason, ConditionStatus, ConditionType, DeploymentCondition, condition, set_condition,
};
use crate::sim::order::sorted_by_key;
use crate::sim::out::{Event, Fact, Out};
use crate::sim::pod_template_hash::pod_template_hash;
use crate::sim::rule::Rule;
use crate::sim::spec::{Labels, UNLIMITED};
use crate::sim::time::SimTime;

use super::fenceposts::{max_surge, min_available};
use super::progress::has_progress_deadline;
use super::revisions::{
    max_revision, revision, set_deployment_revision, set_new_replica_set_annotations,
    set_replicas_annotations,
};
use super::rolling::new_rs_new_replicas;

/// The ReplicaSets of a Deployment as its controller sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplicaSets {
    /// The one whose template is the Deployment's.
    pub new_rs: ReplicaSetId,
    /// All others, also those of size 0, in order of creation.
    pub old_rss: Vec<ReplicaSetId>,
}

impl ReplicaSets {
    /// The old ones, then the new one.
    pub fn all_rss(&self) -> impl Iterator<Item = ReplicaSetId> {
        self.old_rss.iter().copied().chain([self.new_rs])
    }
}

/// `getAllReplicaSetsAndSyncRevision`, creating the new ReplicaSet when there is none.
pub(super) fn get_all_replica_sets_and_sync_revision(
    cluster: &mut Cluster,
    id: DeploymentId,
    now: SimTime,
    out: &mut Out,
) -> ReplicaSets {
    let existing = find_new_replica_set(cluster, id);
    let mut old_rss = cluster.replica_sets_of(id);
    old_rss.retain(|replica_set| Some(*replica_set) != existing);
    let new_revision = max_revision(cluster, &old_rss) + 1;
    let new_rs = match existing {
        Some(new_rs) => {
            sync_existing_replica_set(cluster, id, new_rs, new_revision, now, out);
            new_rs
        }
        None => create_new_replica_set(cluster, id, &old_rss, new_revision, now, out),
    };
    ReplicaSets { new_rs, old_rss }
}

/// `deployment_util.go FindNewReplicaSet`: the first in order of creation with this template.
pub fn find_new_replica_set(cluster: &Cluster, id: DeploymentId) -> Option<ReplicaSetId> {
    let template = &cluster.deployment(id).spec.template;
    let mut replica_sets = cluster.replica_sets_of(id).into_iter();
    replica_sets.find(|replica_set| cluster.replica_set(*replica_set).template == *template)
}

/// The first half of `getNewReplicaSet`.
fn sync_existing_replica_set(
    cluster: &mut Cluster,
    id: DeploymentId,
    new_rs: ReplicaSetId,
    new_revision: i64,
    now: SimTime,
    out: &mut Out,
) {
    let deployment = cluster.deployment(id).clone();
    let replica_set = cluster.replica_set_mut(new_rs);
    let annotated = set_new_replica_set_annotations(&deployment, &mut replica_set.annotations, new_revision);
    let min_ready_seconds = deployment.spec.min_ready_seconds;
    if annotated || replica_set.min_ready_seconds != min_ready_seconds {
        replica_set.min_ready_seconds = min_ready_seconds;
        out.fact(Fact::ReplicaSetUpdated(new_rs));
        out.replica_set_changed(new_rs, id);
        return;
    }
    let revision = revision(replica_set).to_string();
    let message = format!("Found new replica set \"{}\"", replica_set.name);
    let deployment = cluster.deployment_mut(id);
    let mut changed = set_deployment_revision(deployment, &revision);
    let known = condition(&deployment.status.conditions, ConditionType::Progressing).is_some();
    if has_progress_deadline(&deployment.spec) && !known {
        let reason = ConditionReason::FoundNewReplicaSet;
        set_progressing(&mut deployment.status, ConditionStatus::True, reason, message, now);
        changed = true;
    }
    if changed {
        out.fact(Fact::DeploymentStatus(id));
        out.deployment_changed(id);
    }
}

/// The second half of `getNewReplicaSet`.
fn create_new_replica_set(
    cluster: &mut Cluster,
    id: DeploymentId,
    old_rss: &[ReplicaSetId],
    new_revision: i64,
    now: SimTime,
    out: &mut Out,
) -> ReplicaSetId {
    let deployment = cluster.deployment(id);
    let old: i32 = old_rss.iter().map(|id| cluster.replica_set(*id).replicas).sum();
    let replicas = new_rs_new_replicas(&deployment.spec, old, 0);
    let mut annotations = Labels::new();
    set_new_replica_set_annotations(deployment, &mut annotations, new_revision);
    set_replicas_annotations(deployment, &mut annotations);
    let (name, collision_count) = free_name(cluster, id);
    let replica_set = ReplicaSet {
        name: Rc::from(name),
        owner: id,
        annotations,
        created: now,
        deleted: None,
        template: Rc::clone(&deployment.spec.template),
        replicas,
        min_ready_seconds: deployment.spec.min_ready_seconds,
        status: ReplicaSetStatus::default(),
        pods: Vec::new(),
        batches: (0, now),
    };
    let message = format!("Created new replica set \"{}\"", replica_set.name);
    let (desired, max_surge) = (deployment.spec.replicas, max_surge(&deployment.spec));
    let new_rs = ReplicaSetId(cluster.replica_sets.len() as u32);
    cluster.replica_sets.push(replica_set);
    out.fact(Fact::Rule(Rule::GetNewReplicaSet { replica_set: new_rs }));
    out.replica_set_changed(new_rs, id);
    out.fact(Fact::Rule(Rule::NewRsNewReplicas {
        replica_set: new_rs,
        from: 0,
        to: replicas,
        replicas: desired,
        max_surge,
        old,
    }));
    if 0 < replicas {
        out.event(Event::ScalingReplicaSet { replica_set: new_rs, from: 0, to: replicas });
    }

    let deployment = cluster.deployment_mut(id);
    deployment.status.collision_count = collision_count;
    let mut changed = set_deployment_revision(deployment, &new_revision.to_string());
    if has_progress_deadline(&deployment.spec) {
        let reason = ConditionReason::NewReplicaSetCreated;
        set_progressing(&mut deployment.status, ConditionStatus::True, reason, message, now);
        changed = true;
    }
    if changed {
        out.fact(Fact::DeploymentStatus(id));
        out.deployment_changed(id);
    }
    new_rs
}

/// A name that no ReplicaSet has: as long as one has it, the collision count rises. Upstream
/// writes the count and lets the sync fail; the retry takes the next name.
fn free_name(cluster: &Cluster, id: DeploymentId) -> (String, Option<i32>) {
    let deployment = cluster.deployment(id);
    let taken =
        |name: &str| cluster.replica_sets.iter().any(|other| other.deleted.is_none() && &*other.name == name);
    let mut collision_count = deployment.status.collision_count;
    loop {
        let hash = pod_template_hash(&deployment.spec.template, collision_count);
        let name = generate_replica_set_name(&deployment.name, &hash);
        if !taken(&name) {
            return (name, collision_count);
        }
        collision_count = Some(collision_count.unwrap_or(0) + 1);
    }
}

/// `generateReplicaSetName`: at most 253 characters.
pub fn generate_replica_set_name(deployment: &str, hash: &str) -> String {
    let room = 253_usize.saturating_sub(hash.len() + 1);
    let cut = deployment.get(..room).filter(|cut| !cut.is_empty());
    format!("{}-{hash}", cut.unwrap_or(deployment))
}

/// `scaleReplicaSet`: writes size and annotations if the size changes.
pub(super) fn scale_replica_set(
    cluster: &mut Cluster,
    replica_set: ReplicaSetId,
    to: i32,
    rule: Rule,
    out: &mut Out,
) {
    let from = cluster.replica_set(replica_set).replicas;
    if from == to {
        return;
    }
    let owner = cluster.replica_set(replica_set).owner;
    let mut annotations = std::mem::take(&mut cluster.replica_set_mut(replica_set).annotations);
    set_replicas_annotations(cluster.deployment(owner), &mut annotations);
    let scaled = cluster.replica_set_mut(replica_set);
    scaled.annotations = annotations;
    scaled.replicas = to;
    out.fact(Fact::Rule(rule));
    out.event(Event::ScalingReplicaSet { replica_set, from, to });
    out.replica_set_changed(replica_set, owner);
}

/// `cleanupDeployment`: deletes the oldest of the old ReplicaSets beyond the history's limit.
pub(super) fn cleanup_deployment(
    cluster: &mut Cluster,
    id: DeploymentId,
    old_rss: &[ReplicaSetId],
    now: SimTime,
    out: &mut Out,
) {
    let limit = cluster.deployment(id).spec.revision_history_limit;
    if limit == UNLIMITED || old_rss.len() <= limit as usize {
        return;
    }
    let candidates = sorted_by_key(old_rss, |id| revision(cluster.replica_set(*id)));
    for candidate in &candidates[..old_rss.len() - limit as usize] {
        let replica_set = cluster.replica_set_mut(*candidate);
        if replica_set.status.replicas != 0 || replica_set.replicas != 0 {
            continue;
        }
        replica_set.deleted = Some(now);
        out.fact(Fact::ReplicaSetDeleted(*candidate));
        out.deployment_changed(id);
    }
}

/// `calculateStatus`.
pub(super) fn calculate_status(
    cluster: &Cluster,
    id: DeploymentId,
    replica_sets: &ReplicaSets,
    now: SimTime,
) -> DeploymentStatus {
    let deployment = cluster.deployment(id);
    let sum = |count: fn(&ReplicaSet) -> i32| -> i32 {
        replica_sets.all_rss().map(|id| count(cluster.replica_set(id))).sum()
    };
    let available_replicas = sum(|rs| rs.status.available_replicas);
    let mut status = DeploymentStatus {
        observed_generation: deployment.generation,
        replicas: sum(|rs| rs.status.replicas),
        updated_replicas: cluster.replica_set(replica_sets.new_rs).status.replicas,
        ready_replicas: sum(|rs| rs.status.ready_replicas),
        available_replicas,
        unavailable_replicas: (sum(|rs| rs.replicas) - available_replicas).max(0),
        terminating_replicas: sum(|rs| rs.status.terminating_replicas),
        collision_count: deployment.status.collision_count,
        conditions: deployment.status.conditions.clone(),
    };
    let enough = min_available(&deployment.spec) <= available_replicas;
    set_condition(&mut status.conditions, availability(enough, now));
    status
}

fn availability(enough: bool, now: SimTime) -> DeploymentCondition {
    let (status, reason, message) = if enough {
        (
            ConditionStatus::True,
            ConditionReason::MinimumReplicasAvailable,
            "Deployment has minimum availability.",
        )
    } else {
        (
            ConditionStatus::False,
            ConditionReason::MinimumReplicasUnavailable,
            "Deployment does not have minimum availability.",
        )
    };
    DeploymentCondition::new(ConditionType::Available, status, reason, message.to_owned(), now)
}

/// Sets the condition Progressing.
pub(super) fn set_progressing(
    status: &mut DeploymentStatus,
    holds: ConditionStatus,
    reason: ConditionReason,
    message: String,
    now: SimTime,
) {
    let condition = DeploymentCondition::new(ConditionType::Progressing, holds, reason, message, now);
    set_condition(&mut status.conditions, condition);
}
