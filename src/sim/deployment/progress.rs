//! Is the rollout getting anywhere? `pkg/controller/deployment/progress.go`, and the predicates
//! of `util/deployment_util.go` it asks.

use std::rc::Rc;

use crate::sim::agenda::Sync;
use crate::sim::cluster::{Cluster, Deployment, DeploymentId, DeploymentStatus};
use crate::sim::conditions::{
    ConditionReason, ConditionStatus, ConditionType, DeploymentCondition, Message, condition,
    remove_condition, set_condition,
};
use crate::sim::out::Out;
use crate::sim::spec::{DeploymentSpec, UNLIMITED};
use crate::sim::time::{SimDuration, SimTime};

use super::sync::{ReplicaSets, calculate_status, set_progressing, update_status};

/// `syncRolloutStatus`: writes the status if it changed, and otherwise sees to it that the
/// deadline is noticed.
pub fn sync_rollout_status(
    cluster: &mut Cluster,
    id: DeploymentId,
    replica_sets: &ReplicaSets,
    now: SimTime,
    out: &mut Out,
) {
    let mut new_status = calculate_status(cluster, id, replica_sets, now);
    let deployment = cluster.deployment(id);
    let subject = match replica_sets.new_rs {
        Some(new_rs) => ("ReplicaSet", &cluster.replica_set(new_rs).name),
        None => ("Deployment", &deployment.name),
    };
    if !has_progress_deadline(&deployment.spec) {
        remove_condition(&mut new_status.conditions, ConditionType::Progressing);
    } else if !is_complete(&new_status) {
        update_progressing(deployment, &mut new_status, subject, now);
    }
    take_over_failure(cluster, replica_sets, &mut new_status);
    if cluster.deployment(id).status == new_status {
        return requeue(cluster, id, now, out);
    }
    update_status(cluster, id, new_status, out);
}

/// Sees to it that a sync is done when the deadline passes.
pub(super) fn requeue(cluster: &Cluster, id: DeploymentId, now: SimTime, out: &mut Out) {
    let deployment = cluster.deployment(id);
    if let Some(after) = requeue_stuck_deployment(deployment, &deployment.status, now) {
        // Upstream adds a second, since a deadline that is only just reached has not passed; and
        // "at once, with a rate limit" comes down to the next second where seconds are whole.
        out.sync_after(after.plus(SimDuration::from_secs(1)), Sync::Deployment(id));
    }
}

/// `getReplicaFailures`: the condition ReplicaFailure of the new ReplicaSet, or else of the first that
/// has one, stands on the Deployment too.
fn take_over_failure(cluster: &Cluster, replica_sets: &ReplicaSets, status: &mut DeploymentStatus) {
    let mut candidates = replica_sets.new_rs.into_iter().chain(replica_sets.all_rss());
    let Some(failure) = candidates.find_map(|id| cluster.replica_set(id).failure.clone()) else {
        return remove_condition(&mut status.conditions, ConditionType::ReplicaFailure);
    };
    let (kind, at) = (ConditionType::ReplicaFailure, failure.last_transition_time);
    let message = Message::Said(Rc::from(failure.message));
    let condition = DeploymentCondition::new(kind, ConditionStatus::True, failure.reason, message, at);
    set_condition(&mut status.conditions, condition);
}

/// Reported complete already, and no pod of another template has come since.
fn is_complete(status: &DeploymentStatus) -> bool {
    let reason = progressing(status).map(|condition| condition.reason);
    status.replicas == status.updated_replicas && reason == Some(ConditionReason::NewReplicaSetAvailable)
}

fn update_progressing(
    deployment: &Deployment,
    new: &mut DeploymentStatus,
    (kind, name): (&'static str, &Rc<str>),
    now: SimTime,
) {
    use ConditionReason::{NewReplicaSetAvailable, ProgressDeadlineExceeded, ReplicaSetUpdated};
    let message = |says| Message::About(kind, Rc::clone(name), says);
    if deployment_complete(deployment, new) {
        let message = message(" has successfully progressed.");
        set_progressing(new, ConditionStatus::True, NewReplicaSetAvailable, message, now);
    } else if deployment_progressing(&deployment.status, new) {
        let message = message(" is progressing.");
        rewrite_progressing(new, ReplicaSetUpdated, message, now);
    } else if deployment_timed_out(&deployment.spec, new, now) {
        let message = message(" has timed out progressing.");
        set_progressing(new, ConditionStatus::False, ProgressDeadlineExceeded, message, now);
    }
}

/// Progress always renews the condition, so that the deadline counts from here.
fn rewrite_progressing(
    status: &mut DeploymentStatus,
    reason: ConditionReason,
    message: Message,
    now: SimTime,
) {
    let before = progressing(status).cloned();
    let kind = ConditionType::Progressing;
    let mut new = DeploymentCondition::new(kind, ConditionStatus::True, reason, message, now);
    if let Some(old) = before.filter(|old| old.status == ConditionStatus::True) {
        new.last_transition_time = old.last_transition_time;
    }
    status.conditions.put_last(new);
}

/// `HasProgressDeadline`.
pub fn has_progress_deadline(spec: &DeploymentSpec) -> bool {
    spec.progress_deadline_seconds != UNLIMITED
}

/// `DeploymentComplete`.
pub fn deployment_complete(deployment: &Deployment, status: &DeploymentStatus) -> bool {
    let replicas = deployment.spec.replicas;
    status.updated_replicas == replicas
        && status.replicas == replicas
        && status.available_replicas == replicas
        && deployment.generation <= status.observed_generation
}

/// `DeploymentProgressing`: pods came, became ready or available, or old ones went.
pub fn deployment_progressing(old: &DeploymentStatus, new: &DeploymentStatus) -> bool {
    old.updated_replicas < new.updated_replicas
        || new.replicas - new.updated_replicas < old.replicas - old.updated_replicas
        || old.ready_replicas < new.ready_replicas
        || old.available_replicas < new.available_replicas
}

/// `DeploymentTimedOut`.
pub fn deployment_timed_out(spec: &DeploymentSpec, status: &DeploymentStatus, now: SimTime) -> bool {
    let Some(condition) = progressing(status).filter(|_| has_progress_deadline(spec)) else {
        return false;
    };
    match condition.reason {
        ConditionReason::NewReplicaSetAvailable => false,
        ConditionReason::ProgressDeadlineExceeded => true,
        _ => condition.last_update_time + deadline(spec) < now,
    }
}

/// `requeueStuckDeployment`: how long the deadline is away, zero if that is less than a second; `None`
/// if it will not pass.
pub fn requeue_stuck_deployment(
    deployment: &Deployment,
    status: &DeploymentStatus,
    now: SimTime,
) -> Option<SimDuration> {
    let condition = progressing(status).filter(|_| has_progress_deadline(&deployment.spec))?;
    // Once complete, a rollout never times out: upstream looks again for ever, and changes nothing.
    use ConditionReason::{NewReplicaSetAvailable, ProgressDeadlineExceeded};
    let settled = matches!(condition.reason, NewReplicaSetAvailable | ProgressDeadlineExceeded);
    if settled || deployment_complete(deployment, status) {
        return None;
    }
    let after = (condition.last_update_time + deadline(&deployment.spec)).since(now);
    Some(if after < SimDuration::from_secs(1) { SimDuration::ZERO } else { after })
}

/// The time allowed without progress.
pub fn deadline(spec: &DeploymentSpec) -> SimDuration {
    SimDuration::from_secs(spec.progress_deadline_seconds.max(0) as u64)
}

fn progressing(status: &DeploymentStatus) -> Option<&DeploymentCondition> {
    condition(&status.conditions, ConditionType::Progressing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::conditions::Conditions;

    #[test]
    fn a_deadline_passes_when_it_is_exceeded_and_stays_so() {
        let spec = DeploymentSpec { progress_deadline_seconds: 600, ..DeploymentSpec::new("web", "web:v1") };
        let timed_out = |reason, at| {
            let (kind, begun) = (ConditionType::Progressing, SimTime::from_secs(100));
            let message = Message::Plain("");
            let condition = DeploymentCondition::new(kind, ConditionStatus::True, reason, message, begun);
            let conditions = Conditions::from_iter([condition]);
            let status = DeploymentStatus { conditions, ..DeploymentStatus::default() };
            deployment_timed_out(&spec, &status, SimTime::from_secs(at))
        };
        let reasons = [
            (ConditionReason::ReplicaSetUpdated, [false, false, true]),
            (ConditionReason::ProgressDeadlineExceeded, [true; 3]),
            (ConditionReason::NewReplicaSetAvailable, [false; 3]),
        ];
        for (reason, expect) in reasons {
            assert_eq!([100, 700, 701].map(|at| timed_out(reason, at)), expect, "{reason:?}");
        }
    }
}
