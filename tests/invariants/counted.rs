//! What there is, counted anew from pods and ReplicaSets.

use rollscope::sim::cluster::{Cluster, DeploymentStatus, ReplicaSet, ReplicaSetId, ReplicaSetStatus};
use rollscope::sim::conditions::{ConditionReason, ConditionType, condition};
use rollscope::sim::deployment::fenceposts::max_surge;
use rollscope::sim::deployment::sync::find_new_replica_set;
use rollscope::sim::pod::{Pod, Stage};
use rollscope::sim::spec::DeploymentSpec;
use rollscope::sim::time::SimTime;

use crate::run::WEB;

pub fn existing_replica_sets(cluster: &Cluster) -> impl Iterator<Item = (ReplicaSetId, &ReplicaSet)> {
    cluster.replica_sets_of(WEB).iter().copied().map(|id| (id, cluster.replica_set(id)))
}

/// The pods of a ReplicaSet that exist, found by looking at all pods.
pub fn pods_of(cluster: &Cluster, id: ReplicaSetId) -> impl Iterator<Item = Pod> {
    cluster.existing_pods().map(|(_, pod)| pod).filter(move |pod| pod.replica_set == id)
}

/// What all ReplicaSets ask for together.
pub fn asked(cluster: &Cluster) -> i64 {
    existing_replica_sets(cluster).map(|(_, replica_set)| i64::from(replica_set.replicas)).sum()
}

/// How many pods a rollout may ask for: `max_total_pods`, but for the place where 32 bits end.
pub fn ceiling(spec: &DeploymentSpec) -> i64 {
    i64::from(spec.replicas) + i64::from(max_surge(spec))
}

/// How many pods of each ReplicaSet there ever was are not terminating.
pub fn active(cluster: &Cluster) -> Vec<i32> {
    let mut active = vec![0; cluster.replica_sets.len()];
    for (_, pod) in cluster.existing_pods().filter(|(_, pod)| pod.is_active()) {
        active[pod.replica_set.0 as usize] += 1;
    }
    active
}

/// How many pods are available, if being ready is enough for it.
pub fn ready(cluster: &Cluster) -> i32 {
    cluster.existing_pods().filter(|(_, pod)| pod.stage == Stage::Ready).count() as i32
}

/// The status that a ReplicaSet should have.
pub fn recounted(cluster: &Cluster, id: ReplicaSetId, now: SimTime) -> ReplicaSetStatus {
    let min_ready_seconds = cluster.replica_set(id).min_ready_seconds;
    let count = |counts: &dyn Fn(&Pod) -> bool| pods_of(cluster, id).filter(|pod| counts(pod)).count() as i32;
    ReplicaSetStatus {
        replicas: count(&|pod| pod.stage < Stage::Terminating),
        ready_replicas: count(&|pod| pod.stage == Stage::Ready),
        available_replicas: count(&|pod| pod.is_available(min_ready_seconds, now)),
        terminating_replicas: count(&|pod| pod.stage == Stage::Terminating),
    }
}

/// The counts that the Deployment's status should have. Pods whose ReplicaSet has been deleted count
/// for nobody, though they may still be terminating.
pub fn recounted_for_deployment(cluster: &Cluster, now: SimTime) -> [i32; 6] {
    let new_rs = find_new_replica_set(cluster, WEB);
    let mut total = [0; 6];
    for (id, replica_set) in existing_replica_sets(cluster) {
        let status = recounted(cluster, id, now);
        let updated = if Some(id) == new_rs { status.replicas } else { 0 };
        let unavailable = replica_set.replicas - status.available_replicas;
        let counts = [
            status.replicas,
            updated,
            status.ready_replicas,
            status.available_replicas,
            unavailable,
            status.terminating_replicas,
        ];
        total.iter_mut().zip(counts).for_each(|(total, count)| *total += count);
    }
    total
}

/// The counts that it has.
pub fn counts(status: &DeploymentStatus) -> [i32; 6] {
    [
        status.replicas,
        status.updated_replicas,
        status.ready_replicas,
        status.available_replicas,
        status.unavailable_replicas,
        status.terminating_replicas,
    ]
}

/// Why the Deployment is progressing, or is not.
pub fn progressing(cluster: &Cluster) -> Option<(ConditionReason, SimTime)> {
    let conditions = &cluster.deployment(WEB).status.conditions;
    let progressing = condition(conditions, ConditionType::Progressing)?;
    Some((progressing.reason, progressing.last_update_time))
}
