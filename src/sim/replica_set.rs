//! The ReplicaSet controller: `pkg/controller/replicaset/replica_set.go`.
//!
//! Keeps as many pods as its spec asks for: too few and it creates, too many and it deletes the
//! least useful first.
//!
//! # What we leave out
//!
//! - **Failed API calls.** Every create succeeds, so `slowStartBatch` always doubles and all pods
//!   of a sync come in one step. In a cluster with a tight quota it would stop at the first
//!   failure; here you never see that.
//! - **Expectations.** What a controller wrote it sees at once, so it never has to wait for its own
//!   writes.
//! - **Adoption.** Pods made by hand are not taken over.

use super::agenda::Work;
use super::behaviour::Behaviours;
use super::cluster::{Cluster, ReplicaSetId, ReplicaSetStatus};
use super::kubelet;
use super::out::{Event, Fact, Out};
use super::pod::{Pod, PodId, Stage};
use super::rule::Rule;
use super::time::{SimDuration, SimTime};
use super::victims::pods_to_delete;

/// The most pods one sync creates or deletes. `replica_set.go BurstReplicas`.
const BURST_REPLICAS: usize = 500;

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
    manage_replicas(cluster, behaviours, id, now, out);
    let replica_set = cluster.replica_set_mut(id);
    if replica_set.status != new_status {
        replica_set.status = new_status;
        let owner = replica_set.owner;
        out.fact(Fact::ReplicaSetStatus(id));
        out.replica_set_changed(id, owner);
    }
    if new_status.available_replicas != new_status.ready_replicas
        && let Some(after) = find_min_next_pod_availability_check(cluster, id, now)
    {
        out.after(after, Work::SyncReplicaSet(id));
    }
}

/// `manageReplicas`.
fn manage_replicas(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    id: ReplicaSetId,
    now: SimTime,
    out: &mut Out,
) {
    let replicas = cluster.replica_set(id).replicas;
    let active: Vec<PodId> = active_pods(cluster, id).collect();
    let wanted = replicas.max(0) as usize;
    if active.len() == wanted {
        return;
    }
    out.fact(Fact::Rule(Rule::ManageReplicas { replica_set: id, replicas, active: active.len() as i32 }));
    if active.len() < wanted {
        create_pods(cluster, id, (wanted - active.len()).min(BURST_REPLICAS), now, out);
        return;
    }
    let count = (active.len() - wanted).min(BURST_REPLICAS);
    for pod in pods_to_delete(cluster, id, &active, count, now) {
        let was = cluster.pod(pod).stage;
        kubelet::delete(cluster, behaviours, pod, now, out);
        out.event(Event::SuccessfulDelete { pod, was });
    }
}

/// All pods that a ReplicaSet creates in one instant are one batch, however many syncs it takes.
fn create_pods(cluster: &mut Cluster, id: ReplicaSetId, count: usize, now: SimTime, out: &mut Out) {
    let batch = next_batch(cluster, id, now);
    for _ in 0..count {
        let pod = PodId(cluster.pods.len() as u32);
        cluster.pods.push(Pod::new(id, batch, now));
        cluster.replica_set_mut(id).pods.push(pod);
        out.event(Event::SuccessfulCreate(pod));
        out.unscheduled.push(pod);
    }
    out.pod_changed(id);
}

fn next_batch(cluster: &mut Cluster, id: ReplicaSetId, now: SimTime) -> u32 {
    let (count, last) = &mut cluster.replica_set_mut(id).batches;
    if *count == 0 || *last != now {
        *count += 1;
        *last = now;
    }
    *count - 1
}

/// `replica_set_utils.go calculateStatus`.
pub fn calculate_status(cluster: &Cluster, id: ReplicaSetId, now: SimTime) -> ReplicaSetStatus {
    let min_ready_seconds = cluster.replica_set(id).min_ready_seconds;
    let mut status = ReplicaSetStatus::default();
    for (_, pod) in cluster.pods_of(id) {
        if !pod.is_active() {
            status.terminating_replicas += 1;
            continue;
        }
        status.replicas += 1;
        status.ready_replicas += i32::from(pod.stage == Stage::Ready);
        status.available_replicas += i32::from(pod.is_available(min_ready_seconds, now));
    }
    status
}

/// In how long the next ready pod becomes available.
/// `controller_utils.go FindMinNextPodAvailabilityCheck`.
pub fn find_min_next_pod_availability_check(
    cluster: &Cluster,
    id: ReplicaSetId,
    now: SimTime,
) -> Option<SimDuration> {
    let min_ready_seconds = cluster.replica_set(id).min_ready_seconds;
    cluster.pods_of(id).filter_map(|(_, pod)| pod.next_availability_check(min_ready_seconds, now)).min()
}

fn active_pods(cluster: &Cluster, id: ReplicaSetId) -> impl Iterator<Item = PodId> {
    cluster.pods_of(id).filter(|(_, pod)| pod.is_active()).map(|(id, _)| id)
}
