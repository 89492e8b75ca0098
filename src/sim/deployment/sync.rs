//! What every sync of a Deployment does: `pkg/controller/deployment/sync.go`, in its order.
//!
//! # What we leave out
//!
//! - **Claiming.** Every ReplicaSet is made by its Deployment, so none is adopted or released.
//! - **Failed writes.** Every write succeeds at once; a cluster retries until it does.

use std::iter;
use std::rc::Rc;

use crate::sim::annotations::Annotations;
use crate::sim::cluster::{
    Cluster, Deployment, DeploymentId, DeploymentStatus, Objects, ReplicaSet, ReplicaSetId, ReplicaSetStatus,
    StatusCounts,
};
use crate::sim::conditions::{
    ConditionReason, ConditionStatus, ConditionType, DeploymentCondition, Message, condition, set_condition,
};
use crate::sim::order::sorted_by_key;
use crate::sim::out::{Event, Fact, Out};
use crate::sim::pod_template_hash::pod_template_hash;
use crate::sim::rule::Rule;
use crate::sim::spec::{Labels, PodTemplateSpec, UNLIMITED};
use crate::sim::time::SimTime;
use crate::sim::validation::validate_deployment_status;

use super::progress::has_progress_deadline;
use super::revisions::{
    MAX_REV_HISTORY_LENGTH_IN_CHARS, desired_replicas, max_revision, revision, set_deployment_revision,
    set_new_replica_set_annotations, set_replicas_annotations,
};
use super::rolling::new_rs_new_replicas;
use super::scale::scale;

/// `apps/v1 DefaultDeploymentUniqueLabelKey`: the label by which pods of different templates differ.
pub const POD_TEMPLATE_HASH: &str = "pod-template-hash";

/// The ReplicaSets of a Deployment as its controller sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplicaSets {
    /// The one whose template is the Deployment's, if there is one.
    pub new_rs: Option<ReplicaSetId>,
    /// All that exist, in order of creation.
    pub existing: Rc<[ReplicaSetId]>,
}

impl ReplicaSets {
    /// All but the new one, also those of size 0, in order of creation.
    pub fn old_rss(&self) -> impl DoubleEndedIterator<Item = ReplicaSetId> + Clone {
        self.existing.iter().copied().filter(|id| Some(*id) != self.new_rs)
    }

    /// The old ones, then the new one.
    pub fn all_rss(&self) -> impl Iterator<Item = ReplicaSetId> + Clone {
        self.old_rss().chain(self.new_rs)
    }
}

/// What to do when no ReplicaSet has the Deployment's template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnMissing {
    /// Create one.
    Create,
    /// Go on without.
    Leave,
}

/// `sync`: what is done for a Deployment that is paused or has been given another size.
pub(super) fn sync(cluster: &mut Cluster, id: DeploymentId, now: SimTime, out: &mut Out) {
    let replica_sets = get_all_replica_sets_and_sync_revision(cluster, id, OnMissing::Leave, now, out);
    scale(cluster, id, &replica_sets, out);
    if cluster.deployment(id).spec.paused {
        out.fact(Fact::Rule(Rule::Paused { deployment: id }));
        cleanup_deployment(cluster, id, &replica_sets, now, out);
    }
    let counts = calculate_status(cluster, id, &replica_sets);
    let deployment = cluster.deployment_mut(id);
    let changed = set_available(deployment, &counts, now) || deployment.status.counts != counts;
    deployment.status.counts = counts;
    if changed {
        status_written(cluster, id, out);
    }
}

/// `isScalingEvent`: some ReplicaSet was last scaled for another size of the Deployment. With the ReplicaSets,
/// if they are what whoever looks next will find.
pub(super) fn is_scaling_event(
    cluster: &mut Cluster,
    id: DeploymentId,
    now: SimTime,
    out: &mut Out,
) -> (bool, Option<ReplicaSets>) {
    let (replica_sets, wrote) = look_and_sync_revision(cluster, id, OnMissing::Leave, now, out);
    let replicas = cluster.deployment(id).spec.replicas;
    let scaling = replica_sets.all_rss().filter(|id| is_active(cluster, *id)).any(|id| {
        let desired = desired_replicas(&cluster.replica_set(id).annotations);
        desired.is_some_and(|desired| desired != replicas)
    });
    let settled = !wrote && replica_sets.new_rs.is_some();
    (scaling, settled.then_some(replica_sets))
}

/// `checkPausedConditions`: says in the condition Progressing that a rollout was paused or resumed. Its
/// deadline counts from the resumption.
pub(super) fn check_paused_conditions(cluster: &mut Cluster, id: DeploymentId, now: SimTime, out: &mut Out) {
    use ConditionReason::{DeploymentPaused, DeploymentResumed, ProgressDeadlineExceeded};
    let deployment = cluster.deployment_mut(id);
    let reason =
        condition(&deployment.status.conditions, ConditionType::Progressing).map(|found| found.reason);
    if !has_progress_deadline(&deployment.spec) || reason == Some(ProgressDeadlineExceeded) {
        return;
    }
    let (reason, message) = match (deployment.spec.paused, reason == Some(DeploymentPaused)) {
        (true, false) => (DeploymentPaused, Message::Plain("Deployment is paused")),
        (false, true) => (DeploymentResumed, Message::Plain("Deployment is resumed")),
        _ => return,
    };
    set_progressing(&mut deployment.status, ConditionStatus::Unknown, reason, message, now);
    out.fact(Fact::DeploymentStatus(id));
    out.deployment_changed(id);
}

/// `getAllReplicaSetsAndSyncRevision`.
pub(super) fn get_all_replica_sets_and_sync_revision(
    cluster: &mut Cluster,
    id: DeploymentId,
    on_missing: OnMissing,
    now: SimTime,
    out: &mut Out,
) -> ReplicaSets {
    look_and_sync_revision(cluster, id, on_missing, now, out).0
}

/// The same; says whether anything was written.
fn look_and_sync_revision(
    cluster: &mut Cluster,
    id: DeploymentId,
    on_missing: OnMissing,
    now: SimTime,
    out: &mut Out,
) -> (ReplicaSets, bool) {
    let found = find_replica_sets(cluster, id);
    let new_revision = max_revision(cluster, &found) + 1;
    match (found.new_rs, on_missing) {
        (Some(new_rs), _) => {
            let wrote = sync_existing_replica_set(cluster, id, new_rs, new_revision, now, out);
            (found, wrote)
        }
        (None, OnMissing::Create) => {
            let new_rs = create_new_replica_set(cluster, id, &found, new_revision, now, out);
            let existing = Rc::clone(cluster.replica_sets_of(id));
            (ReplicaSets { new_rs: Some(new_rs), existing }, true)
        }
        (None, OnMissing::Leave) => (found, false),
    }
}

/// `deployment_util.go FindNewReplicaSet`: the first in order of creation with this template.
pub fn find_new_replica_set(cluster: &Objects, id: DeploymentId) -> Option<ReplicaSetId> {
    let template = &cluster.deployment(id).spec.template;
    let mut replica_sets = cluster.replica_sets_of(id).iter().copied();
    replica_sets.find(|replica_set| equal_ignore_hash(&cluster.replica_set(*replica_set).template, template))
}

/// `deployment_util.go EqualIgnoreHash`. ReplicaSets are kept without the label that their controller
/// adds, but a user's template may have one, and a change of that is no new template.
pub fn equal_ignore_hash(a: &PodTemplateSpec, b: &PodTemplateSpec) -> bool {
    let PodTemplateSpec { labels, annotations, init_containers, containers, rest } = a;
    std::ptr::eq(a, b)
        || *containers == b.containers
            && *init_containers == b.init_containers
            && *annotations == b.annotations
            && *rest == b.rest
            && without_hash(labels).eq(without_hash(&b.labels))
}

fn without_hash(labels: &Labels) -> impl Iterator<Item = (&String, &String)> {
    labels.iter().filter(|(key, _)| *key != POD_TEMPLATE_HASH)
}

/// The ReplicaSets of a Deployment, as its controller finds them.
/// `deployment_util.go FindNewReplicaSet, FindOldReplicaSets`.
pub fn find_replica_sets(cluster: &Objects, id: DeploymentId) -> ReplicaSets {
    let existing = Rc::clone(cluster.replica_sets_of(id));
    ReplicaSets { new_rs: find_new_replica_set(cluster, id), existing }
}

/// Whether a ReplicaSet asks for any pods. `controller_utils.go FilterActiveReplicaSets`.
pub fn is_active(cluster: &Cluster, id: ReplicaSetId) -> bool {
    0 < cluster.replica_set(id).replicas
}

/// `deployment_util.go GetReplicaCountForReplicaSets`. The sum wraps around as Go's does.
pub fn total_replicas(cluster: &Cluster, replica_sets: impl Iterator<Item = ReplicaSetId>) -> i32 {
    replica_sets.fold(0, |total, id| total.wrapping_add(cluster.replica_set(id).replicas))
}

/// The first half of `getNewReplicaSet`; says whether it wrote anything.
fn sync_existing_replica_set(
    cluster: &mut Cluster,
    id: DeploymentId,
    new_rs: ReplicaSetId,
    new_revision: i64,
    now: SimTime,
    out: &mut Out,
) -> bool {
    let Objects { deployments, replica_sets, .. } = &mut cluster.objects;
    let deployment = &mut deployments[id.0 as usize];
    let replica_set = &mut replica_sets[new_rs.0 as usize];
    let annotated = set_new_replica_set_annotations(
        deployment,
        &mut replica_set.annotations,
        new_revision,
        MAX_REV_HISTORY_LENGTH_IN_CHARS,
    );
    let min_ready_seconds = deployment.spec.min_ready_seconds;
    if annotated || replica_set.min_ready_seconds != min_ready_seconds {
        replica_set.min_ready_seconds = min_ready_seconds;
        out.fact(Fact::ReplicaSetUpdated(new_rs));
        out.replica_set_changed(new_rs, id);
        return true;
    }
    let mut changed = set_deployment_revision(deployment, revision(replica_set));
    let known = condition(&deployment.status.conditions, ConditionType::Progressing).is_some();
    if has_progress_deadline(&deployment.spec) && !known {
        let reason = ConditionReason::FoundNewReplicaSet;
        let message = Message::About("Found new replica set", Rc::clone(&replica_set.name), "");
        set_progressing(&mut deployment.status, ConditionStatus::True, reason, message, now);
        changed = true;
    }
    if changed {
        out.fact(Fact::DeploymentStatus(id));
        out.deployment_changed(id);
    }
    changed
}

/// The second half of `getNewReplicaSet`.
fn create_new_replica_set(
    cluster: &mut Cluster,
    id: DeploymentId,
    found: &ReplicaSets,
    new_revision: i64,
    now: SimTime,
    out: &mut Out,
) -> ReplicaSetId {
    let deployment = cluster.deployment(id);
    let old = total_replicas(cluster, found.old_rss());
    let replicas = new_rs_new_replicas(deployment, old, 0);
    let mut annotations = Annotations::default();
    let limit = MAX_REV_HISTORY_LENGTH_IN_CHARS;
    set_new_replica_set_annotations(deployment, &mut annotations, new_revision, limit);
    let (desired, max) = (deployment.spec.replicas, deployment.budget.max_total_pods);
    set_replicas_annotations(&mut annotations, desired, max);
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
        failure: None,
    };
    let message = Message::About("Created new replica set", Rc::clone(&replica_set.name), "");
    let max_surge = deployment.budget.max_surge;
    let new_rs = cluster.add_replica_set(replica_set);
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
    let mut changed = set_deployment_revision(deployment, new_revision);
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
        let name = generate_replica_set_name(&deployment.name, hash);
        if !taken(&name) {
            return (name, collision_count);
        }
        collision_count = Some(collision_count.unwrap_or(0) + 1);
    }
}

/// `generateReplicaSetName`: at most 253 characters.
pub fn generate_replica_set_name(deployment: &str, hash: impl Iterator<Item = char> + Clone) -> String {
    let length = hash.clone().count() + 1;
    let cut = deployment.get(..253_usize.saturating_sub(length)).filter(|cut| !cut.is_empty());
    let cut = cut.unwrap_or(deployment);
    let mut name = String::with_capacity(cut.len() + length);
    name.push_str(cut);
    name.extend(iter::once('-').chain(hash));
    name
}

/// `scaleReplicaSetAndRecordEvent`: nothing if the size is that already.
pub(super) fn scale_replica_set(
    cluster: &mut Cluster,
    replica_set: ReplicaSetId,
    to: i32,
    rule: Rule,
    out: &mut Out,
) {
    if cluster.replica_set(replica_set).replicas != to {
        resize_replica_set(cluster, replica_set, to, rule, out);
    }
}

/// `scaleReplicaSet`: writes the size, and the size and ceiling of the Deployment as annotations, if
/// any of them has changed. A negative size, which only sums that have wrapped around come to, is
/// refused by the API server.
pub(super) fn resize_replica_set(
    cluster: &mut Cluster,
    id: ReplicaSetId,
    to: i32,
    rule: Rule,
    out: &mut Out,
) {
    if to < 0 {
        return;
    }
    let owner = cluster.replica_set(id).owner;
    let deployment = cluster.deployment(owner);
    let (desired, max) = (deployment.spec.replicas, deployment.budget.max_total_pods);
    let replica_set = cluster.replica_set_mut(id);
    let annotated = set_replicas_annotations(&mut replica_set.annotations, desired, max);
    let from = std::mem::replace(&mut replica_set.replicas, to);
    if from == to && !annotated {
        return;
    }
    out.replica_set_changed(id, owner);
    if from == to {
        out.fact(Fact::ReplicaSetUpdated(id));
        return;
    }
    out.fact(Fact::Rule(rule));
    out.event(Event::ScalingReplicaSet { replica_set: id, from, to });
}

/// `cleanupDeployment`: deletes the oldest of the old ReplicaSets beyond the history's limit.
pub fn cleanup_deployment(
    cluster: &mut Cluster,
    id: DeploymentId,
    replica_sets: &ReplicaSets,
    now: SimTime,
    out: &mut Out,
) {
    let limit = cluster.deployment(id).spec.revision_history_limit;
    if limit == UNLIMITED || replica_sets.old_rss().count() <= limit as usize {
        return;
    }
    let old_rss: Vec<_> = replica_sets.old_rss().collect();
    let candidates = sorted_by_key(&old_rss, |id| revision(cluster.replica_set(*id)));
    for candidate in &candidates[..old_rss.len() - limit as usize] {
        let replica_set = cluster.replica_set(*candidate);
        if replica_set.status.replicas != 0 || replica_set.replicas != 0 {
            continue;
        }
        cluster.delete_replica_set(*candidate, now);
        out.replica_set_deleted(*candidate, id);
    }
}

/// A status that has changed was written. The API server takes only what can be true.
pub(super) fn status_written(cluster: &Cluster, id: DeploymentId, out: &mut Out) {
    let status = &cluster.deployment(id).status;
    debug_assert_eq!(validate_deployment_status(status), [], "{status:?}");
    out.fact(Fact::DeploymentStatus(id));
    out.deployment_changed(id);
}

/// `calculateStatus`, but for the condition Available: [`set_available`].
pub fn calculate_status(cluster: &Cluster, id: DeploymentId, replica_sets: &ReplicaSets) -> StatusCounts {
    let (mut asked, mut sums) = (0_i32, ReplicaSetStatus::default());
    for id in &*replica_sets.existing {
        let ReplicaSet { replicas, status, .. } = cluster.replica_set(*id);
        asked = asked.wrapping_add(*replicas);
        sums.add(status);
    }
    StatusCounts {
        observed_generation: cluster.deployment(id).generation,
        replicas: sums.replicas,
        updated_replicas: replica_sets.new_rs.map_or(0, |id| cluster.replica_set(id).status.replicas),
        ready_replicas: sums.ready_replicas,
        available_replicas: sums.available_replicas,
        unavailable_replicas: asked.wrapping_sub(sums.available_replicas).max(0),
        terminating_replicas: sums.terminating_replicas,
    }
}

/// Sets the condition Available; says whether that is news.
pub fn set_available(deployment: &mut Deployment, counts: &StatusCounts, now: SimTime) -> bool {
    let Deployment { spec, budget, status, .. } = deployment;
    // Not `MinAvailable`, which is 0 with Recreate.
    let enough = spec.replicas - budget.max_unavailable <= counts.available_replicas;
    set_condition(&mut status.conditions, availability(enough, now))
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
    DeploymentCondition::new(ConditionType::Available, status, reason, Message::Plain(message), now)
}

/// Sets the condition Progressing.
pub(super) fn set_progressing(
    status: &mut DeploymentStatus,
    holds: ConditionStatus,
    reason: ConditionReason,
    message: Message,
    now: SimTime,
) {
    let condition = DeploymentCondition::new(ConditionType::Progressing, holds, reason, message, now);
    set_condition(&mut status.conditions, condition);
}
