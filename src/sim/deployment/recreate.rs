//! The strategy Recreate: `pkg/controller/deployment/recreate.go`, function for function.

use crate::sim::cluster::{Cluster, DeploymentId};
use crate::sim::out::{Fact, Out};
use crate::sim::rule::Rule;
use crate::sim::time::SimTime;

use super::progress::{deployment_complete, sync_rollout_status};
use super::sync::{
    OnMissing, ReplicaSets, cleanup_deployment, get_all_replica_sets_and_sync_revision, is_active,
    scale_replica_set,
};

/// `rolloutRecreate`: all old pods go, and only when the last of them has gone do the new ones come.
pub(super) fn rollout_recreate(cluster: &mut Cluster, id: DeploymentId, now: SimTime, out: &mut Out) {
    let mut replica_sets = get_all_replica_sets_and_sync_revision(cluster, id, OnMissing::Leave, now, out);
    let scaled_down = scale_down_old_replica_sets_for_recreate(cluster, &replica_sets, out);
    if !scaled_down && !wait_for_old_pods(cluster, id, &replica_sets, out) {
        if replica_sets.new_rs.is_none() {
            replica_sets = get_all_replica_sets_and_sync_revision(cluster, id, OnMissing::Create, now, out);
        }
        scale_up_new_replica_set_for_recreate(cluster, id, &replica_sets, out);
        let deployment = cluster.deployment(id);
        if deployment_complete(deployment, &deployment.status) {
            cleanup_deployment(cluster, id, &replica_sets, now, out);
        }
    }
    sync_rollout_status(cluster, id, &replica_sets, now, out);
}

/// `scaleDownOldReplicaSetsForRecreate`; says whether it scaled.
pub fn scale_down_old_replica_sets_for_recreate(
    cluster: &mut Cluster,
    replica_sets: &ReplicaSets,
    out: &mut Out,
) -> bool {
    let mut scaled = false;
    for replica_set in replica_sets.old_rss() {
        if !is_active(cluster, replica_set) {
            continue;
        }
        scaled = true;
        let from = cluster.replica_set(replica_set).replicas;
        scale_replica_set(cluster, replica_set, 0, Rule::ScaleDownForRecreate { replica_set, from }, out);
    }
    scaled
}

fn wait_for_old_pods(
    cluster: &Cluster,
    deployment: DeploymentId,
    replica_sets: &ReplicaSets,
    out: &mut Out,
) -> bool {
    let running = old_pods_running(cluster, replica_sets);
    if running {
        let pods = replica_sets.old_rss().map(|id| cluster.pods.counts(id).existing() as i32).sum();
        out.fact(Fact::Rule(Rule::OldPodsRunning { deployment, pods }));
    }
    running
}

/// `oldPodsRunning`: terminating pods count here, and only here.
pub fn old_pods_running(cluster: &Cluster, replica_sets: &ReplicaSets) -> bool {
    replica_sets
        .old_rss()
        .any(|id| 0 < cluster.replica_set(id).status.replicas || 0 < cluster.pods.counts(id).existing())
}

/// `scaleUpNewReplicaSetForRecreate`.
fn scale_up_new_replica_set_for_recreate(
    cluster: &mut Cluster,
    id: DeploymentId,
    replica_sets: &ReplicaSets,
    out: &mut Out,
) {
    let Some(replica_set) = replica_sets.new_rs else { return };
    let (from, to) = (cluster.replica_set(replica_set).replicas, cluster.deployment(id).spec.replicas);
    scale_replica_set(cluster, replica_set, to, Rule::ScaleUpForRecreate { replica_set, from, to }, out);
}
