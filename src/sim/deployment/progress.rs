//! Is the rollout getting anywhere? `pkg/controller/deployment/progress.go`, and the predicates
//! of `util/deployment_util.go` it asks.

use std::rc::Rc;

use crate::sim::agenda::Sync;
use crate::sim::cluster::{Cluster, Deployment, DeploymentId, DeploymentStatus, Objects, ReplicaSet};
use crate::sim::cluster::{ReplicaSetId, StatusCounts};
use crate::sim::conditions::{
    ConditionReason, ConditionStatus, ConditionType, Conditions, DeploymentCondition, Message, condition,
    remove_condition, renew_condition, set_condition,
};
use crate::sim::out::Out;
use crate::sim::spec::{DeploymentSpec, UNLIMITED};
use crate::sim::time::{SimDuration, SimTime};

use super::sync::{ReplicaSets, calculate_status, set_available, status_written};

/// `syncRolloutStatus`: writes the status if it changed, and otherwise sees to it that the
/// deadline is noticed.
pub fn sync_rollout_status(
    cluster: &mut Cluster,
    id: DeploymentId,
    replica_sets: &ReplicaSets,
    now: SimTime,
    out: &mut Out,
) {
    let counts = calculate_status(cluster, id, replica_sets);
    let Objects { deployments, replica_sets: sets, .. } = &mut cluster.objects;
    let deployment = &mut deployments[id.0 as usize];
    let mut changed = set_available(deployment, &counts, now);
    if !has_progress_deadline(&deployment.spec) {
        changed |= remove_condition(&mut deployment.status.conditions, ConditionType::Progressing);
    } else if !is_complete(&counts, &deployment.status.conditions) {
        let new_rs = replica_sets.new_rs.map(|id| &sets[id.0 as usize]);
        changed |= update_progressing(deployment, new_rs, &counts, now);
    }
    changed |= take_over_failure(sets, replica_sets, &mut deployment.status.conditions);
    changed |= deployment.status.counts != counts;
    deployment.status.counts = counts;
    if changed { status_written(cluster, id, out) } else { requeue(cluster, id, now, out) }
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
/// has one, stands on the Deployment too. Says whether that is news.
fn take_over_failure(sets: &[ReplicaSet], replica_sets: &ReplicaSets, conditions: &mut Conditions) -> bool {
    let failure = |id: ReplicaSetId| sets[id.0 as usize].failure.as_ref();
    let mut candidates = replica_sets.new_rs.into_iter().chain(replica_sets.all_rss());
    let Some(failure) = candidates.find_map(failure) else {
        return remove_condition(conditions, ConditionType::ReplicaFailure);
    };
    let (kind, at) = (ConditionType::ReplicaFailure, failure.last_transition_time);
    let message = Message::Said(Rc::from(&*failure.message));
    let condition = DeploymentCondition::new(kind, ConditionStatus::True, failure.reason, message, at);
    set_condition(conditions, condition)
}

/// Reported complete already, and no pod of another template has come since.
fn is_complete(counts: &StatusCounts, conditions: &Conditions) -> bool {
    let reason = progressing(conditions).map(|condition| condition.reason);
    counts.replicas == counts.updated_replicas && reason == Some(ConditionReason::NewReplicaSetAvailable)
}

/// Says whether it wrote the condition Progressing.
fn update_progressing(
    deployment: &mut Deployment,
    new_rs: Option<&ReplicaSet>,
    new: &StatusCounts,
    now: SimTime,
) -> bool {
    use ConditionReason::{NewReplicaSetAvailable, ProgressDeadlineExceeded, ReplicaSetUpdated};
    use ConditionStatus::{False, True};
    let Deployment { name, spec, status: DeploymentStatus { counts: old, conditions, .. }, .. } =
        &*deployment;
    let (status, reason, says) = if deployment_complete(deployment, new) {
        (True, NewReplicaSetAvailable, " has successfully progressed.")
    } else if deployment_progressing(old, new) {
        (True, ReplicaSetUpdated, " is progressing.")
    } else if deployment_timed_out(spec, conditions, now) {
        (False, ProgressDeadlineExceeded, " has timed out progressing.")
    } else {
        return false;
    };
    let (kind, name) = new_rs.map_or(("Deployment", name), |new_rs| ("ReplicaSet", &new_rs.name));
    let message = Message::About(kind, Rc::clone(name), says);
    let condition = DeploymentCondition::new(ConditionType::Progressing, status, reason, message, now);
    let conditions = &mut deployment.status.conditions;
    match reason {
        ReplicaSetUpdated => renew_condition(conditions, condition),
        _ => set_condition(conditions, condition),
    }
}

/// `HasProgressDeadline`.
pub fn has_progress_deadline(spec: &DeploymentSpec) -> bool {
    spec.progress_deadline_seconds != UNLIMITED
}

/// `DeploymentComplete`.
pub fn deployment_complete(deployment: &Deployment, status: &StatusCounts) -> bool {
    let replicas = deployment.spec.replicas;
    status.updated_replicas == replicas
        && status.replicas == replicas
        && status.available_replicas == replicas
        && deployment.generation <= status.observed_generation
}

/// `DeploymentProgressing`: pods came, became ready or available, or old ones went.
pub fn deployment_progressing(old: &StatusCounts, new: &StatusCounts) -> bool {
    old.updated_replicas < new.updated_replicas
        || new.replicas - new.updated_replicas < old.replicas - old.updated_replicas
        || old.ready_replicas < new.ready_replicas
        || old.available_replicas < new.available_replicas
}

/// `DeploymentTimedOut`.
pub fn deployment_timed_out(spec: &DeploymentSpec, conditions: &Conditions, now: SimTime) -> bool {
    let Some(condition) = progressing(conditions).filter(|_| has_progress_deadline(spec)) else {
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
    let condition = progressing(&status.conditions).filter(|_| has_progress_deadline(&deployment.spec))?;
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

fn progressing(conditions: &Conditions) -> Option<&DeploymentCondition> {
    condition(conditions, ConditionType::Progressing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_passes_when_it_is_exceeded_and_stays_so() {
        let spec = DeploymentSpec { progress_deadline_seconds: 600, ..DeploymentSpec::new("web", "web:v1") };
        let timed_out = |reason, at| {
            let (kind, begun) = (ConditionType::Progressing, SimTime::from_secs(100));
            let message = Message::Plain("");
            let condition = DeploymentCondition::new(kind, ConditionStatus::True, reason, message, begun);
            let conditions = Conditions::from_iter([condition]);
            deployment_timed_out(&spec, &conditions, SimTime::from_secs(at))
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
