//! The ReplicaSet controller: `pkg/controller/replicaset/replica_set.go`.
//!
//! Keeps as many pods as its spec asks for: too few and it creates, too many and it deletes the
//! least useful first.
//!
//! # What we leave out
//!
//! - **Other failed API calls than those of a full quota.** No delete ever fails.
//! - **The common rate limit of failed syncs**, ten in a second: only the one of each ReplicaSet, which
//!   doubles, is kept.
//! - **Expectations.** What a controller wrote it sees at once, so it never has to wait for its own
//!   writes.
//! - **Adoption.** Pods made by hand are not taken over.

use super::agenda::Sync;
use super::behaviour::Behaviours;
use super::cluster::{Cluster, ReplicaFailure, ReplicaSetId, ReplicaSetStatus};
use super::conditions::ConditionReason;
use super::facts::Happened;
use super::kubelet;
use super::out::{Event, ExceededQuota, Fact, Out};
use super::pod::Pod;
use super::rule::Rule;
use super::time::{SimDuration, SimTime};
use super::victims::pods_to_delete;

/// The most pods one sync creates or deletes. `replica_set.go BurstReplicas`.
pub(super) const BURST_REPLICAS: usize = 500;

/// `syncReplicaSet`. The status counts the pods as they were before this sync made or deleted any.
pub fn sync_replica_set(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    id: ReplicaSetId,
    now: SimTime,
    out: &mut Out,
) {
    if cluster.replica_set(id).deleted.is_some() {
        return;
    }
    let new_status = calculate_status(cluster, id, now);
    let managed = manage_replicas(cluster, behaviours, id, now, out);
    let failed = managed.is_err();
    let failed_syncs = &mut cluster.pods.counts_mut(id).failed_syncs;
    *failed_syncs = if failed { *failed_syncs + 1 } else { 0 };
    if failed {
        out.sync_after(retry_after(*failed_syncs), Sync::ReplicaSet(id));
    }
    let error = managed.err().map(|exceeded| exceeded.message(&cluster.objects, id));
    let replica_set = cluster.replica_set_mut(id);
    let mut changed = replica_set.status != new_status;
    replica_set.status = new_status;
    if failed || replica_set.failure.is_some() {
        let missing = new_status.replicas < replica_set.replicas;
        let failure = failure_condition(replica_set.failure.clone(), error, missing, now);
        changed |= replica_set.failure != failure;
        replica_set.failure = failure;
    }
    if changed {
        let owner = replica_set.owner;
        out.fact(Fact::ReplicaSetStatus(id));
        out.deployment_changed(owner);
        // Upstream hears of its own write too. It would come to the same status, unless pods have changed,
        // which has been asked for already; but a sync that has failed is tried again.
        if failed {
            out.replica_set_changed(id, owner);
        }
    }
    if new_status.available_replicas != new_status.ready_replicas
        && let Some(after) = find_min_next_pod_availability_check(cluster, id, now)
    {
        out.sync_after(after, Sync::ReplicaSet(id));
    }
}

/// The part of `calculateStatus` about ReplicaFailure: one that is there already stays as it is.
pub fn failure_condition(
    present: Option<ReplicaFailure>,
    error: Option<String>,
    missing: bool,
    now: SimTime,
) -> Option<ReplicaFailure> {
    let message = error?;
    let reason = if missing { ConditionReason::FailedCreate } else { ConditionReason::FailedDelete };
    Some(present.unwrap_or(ReplicaFailure { reason, message, last_transition_time: now.stored() }))
}

/// When a sync is tried again that has failed so often in a row.
/// `client-go/util/workqueue/default_rate_limiters.go ItemExponentialFailureRateLimiter`.
fn retry_after(failures: u32) -> SimDuration {
    const LONGEST: u64 = 1_000_000;
    SimDuration::from_millis(5 << (failures - 1).min(18)).min(SimDuration::from_millis(LONGEST))
}

/// `manageReplicas`.
fn manage_replicas(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    id: ReplicaSetId,
    now: SimTime,
    out: &mut Out,
) -> Result<(), ExceededQuota> {
    let replicas = cluster.replica_set(id).replicas;
    let active = cluster.pods.counts(id).active() as usize;
    let wanted = replicas.max(0) as usize;
    if active == wanted {
        return Ok(());
    }
    out.fact(Fact::Rule(Rule::ManageReplicas { replica_set: id, replicas, active: active as i32 }));
    if active < wanted {
        let behaviour = behaviours.place(cluster.replica_set(id).template.image());
        cluster.pods.counts_mut(id).behaviour = behaviour;
        return create_pods(cluster, id, (wanted - active).min(BURST_REPLICAS), now, out);
    }
    let mut victims = std::mem::take(&mut out.victims);
    let count = (active - wanted).min(BURST_REPLICAS);
    pods_to_delete(cluster, id, count, now, &mut victims, out.facts.room());
    kubelet::delete(cluster, behaviours, &victims, Happened::Deleted, out);
    victims.clear();
    out.victims = victims;
    Ok(())
}

/// All pods that a ReplicaSet creates in one instant are one batch of their image's behaviour, however
/// many syncs it takes.
fn create_pods(
    cluster: &mut Cluster,
    id: ReplicaSetId,
    count: usize,
    now: SimTime,
    out: &mut Out,
) -> Result<(), ExceededQuota> {
    let batch = next_batch(cluster, id, now);
    let mut used = cluster.pods.existing();
    if cluster.quota.is_none_or(|limited| used.saturating_add(count as u32) <= limited) {
        let pods = cluster.pods.add_alike(Pod::new(id, batch, now), count as u32);
        out.facts.created(pods.clone());
        out.unscheduled.add(pods);
        out.pod_changed(id);
        return Ok(());
    }
    let (created, result) = slow_start_batch(count, SLOW_START_INITIAL_BATCH_SIZE, || {
        if cluster.quota.is_some_and(|limited| limited <= used) {
            let exceeded = ExceededQuota { used, attempt: cluster.pods.fail_to_create() };
            out.event(Event::FailedCreate(id, exceeded));
            return Err(exceeded);
        }
        used += 1;
        let pod = cluster.add_pod(Pod::new(id, batch, now));
        out.facts.created(pod.0..pod.0 + 1);
        out.unscheduled.add(pod.0..pod.0 + 1);
        Ok(())
    });
    if 0 < created {
        out.pod_changed(id);
    }
    result
}

/// `controller_utils.go SlowStartInitialBatchSize`.
const SLOW_START_INITIAL_BATCH_SIZE: usize = 1;

/// `slowStartBatch`: calls in batches that double as long as all calls succeed, so that a quota that is
/// full is not asked for hundreds of pods in vain. Says how many succeeded, and the first error.
pub fn slow_start_batch<E>(
    count: usize,
    initial_batch_size: usize,
    mut call: impl FnMut() -> Result<(), E>,
) -> (usize, Result<(), E>) {
    let (mut remaining, mut successes) = (count, 0);
    let mut batch = remaining.min(initial_batch_size);
    while 0 < batch {
        let mut first_error = Ok(());
        for _ in 0..batch {
            match call() {
                Ok(()) => successes += 1,
                Err(error) => first_error = first_error.and(Err(error)),
            }
        }
        if first_error.is_err() {
            return (successes, first_error);
        }
        remaining -= batch;
        batch = (2 * batch).min(remaining);
    }
    (successes, Ok(()))
}

fn next_batch(cluster: &mut Cluster, id: ReplicaSetId, now: SimTime) -> u32 {
    let (count, last) = &mut cluster.pods.counts_mut(id).batches;
    if *count == 0 || *last != now {
        *count += 1;
        *last = now;
    }
    *count - 1
}

/// `replica_set_utils.go calculateStatus`.
pub fn calculate_status(cluster: &Cluster, id: ReplicaSetId, now: SimTime) -> ReplicaSetStatus {
    let pods = cluster.pods.counts(id);
    let min_ready_seconds = cluster.replica_set(id).min_ready_seconds;
    ReplicaSetStatus {
        replicas: pods.active() as i32,
        ready_replicas: pods.ready() as i32,
        available_replicas: pods.available(min_ready_seconds, now) as i32,
        terminating_replicas: pods.terminating() as i32,
    }
}

/// In how long the next ready pod becomes available.
/// `controller_utils.go FindMinNextPodAvailabilityCheck`.
pub fn find_min_next_pod_availability_check(
    cluster: &Cluster,
    id: ReplicaSetId,
    now: SimTime,
) -> Option<SimDuration> {
    let min_ready_seconds = cluster.replica_set(id).min_ready_seconds;
    cluster.pods.counts(id).next_availability_check(min_ready_seconds, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Sim;
    use crate::sim::cluster::DeploymentId;
    use crate::sim::conditions::{ConditionType, condition};
    use crate::sim::scenario::Scenario;

    #[test]
    fn failed_syncs_are_tried_again_later_each_time() {
        let millis = |failures| retry_after(failures).millis();
        assert_eq!([1, 2, 3, 18].map(millis), [5, 10, 20, 655_360]);
        assert_eq!([19, 20, 4_000_000_000].map(millis), [1_000_000; 3]);
    }

    #[test]
    fn a_full_quota_is_reported_and_forgotten_when_there_is_room() {
        let scenario = Scenario { quota: Some(7), ..Scenario::article() };
        let (mut sim, _) = Sim::new(&scenario).unwrap();
        let is_failure = |fact: &&Fact| matches!(fact, Fact::Event(Event::FailedCreate(..)));
        let steps = std::iter::from_fn(|| sim.step(SimTime::from_secs(9)));
        let failures: Vec<_> = steps.map(|step| step.facts.iter().filter(is_failure).count()).collect();
        let failures: Vec<_> = failures.into_iter().filter(|count| 0 < *count).collect();
        // After batches of 1, 2 and 4 the last three fail together; then one pod is tried at a time.
        assert_eq!(failures[0], 3);
        assert!(10 < failures.len() && failures[1..].iter().all(|count| *count == 1), "{failures:?}");
        let deployment = sim.cluster.deployment(DeploymentId(0));
        let failure = condition(&deployment.status.conditions, ConditionType::ReplicaFailure).unwrap();
        assert_eq!(failure.reason, ConditionReason::FailedCreate);
        let quota = "exceeded quota: pods, requested: pods=1, used: pods=7, limited: pods=7";
        assert!(failure.message.to_string().ends_with(quota), "{}", failure.message);
        sim.cluster.quota = Some(10);
        while sim.step(SimTime::from_secs(60)).is_some() {}
        let deployment = sim.cluster.deployment(DeploymentId(0));
        assert_eq!(deployment.status.available_replicas, 10);
        assert_eq!(condition(&deployment.status.conditions, ConditionType::ReplicaFailure), None);
    }
}
