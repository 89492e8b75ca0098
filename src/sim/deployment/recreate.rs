//! The strategy Recreate: `pkg/controller/deployment/recreate.go`, function for function.

use crate::sim::cluster::{Cluster, DeploymentId, ReplicaSetId};
use crate::sim::out::{Fact, Out};
use crate::sim::rule::Rule;
use crate::sim::time::SimTime;

use super::progress::{deployment_complete, sync_rollout_status};
use super::sync::{
    OnMissing, ReplicaSets, active_replica_sets, cleanup_deployment, get_all_replica_sets_and_sync_revision,
    scale_replica_set,
};

/// `rolloutRecreate`: all old pods go, and only when the last of them has gone do the new ones come.
pub(super) fn rollout_recreate(cluster: &mut Cluster, id: DeploymentId, now: SimTime, out: &mut Out) {
    let mut replica_sets = get_all_replica_sets_and_sync_revision(cluster, id, OnMissing::Leave, now, out);
    let scaled_down = scale_down_old_replica_sets_for_recreate(cluster, &replica_sets.old_rss, out);
    if !scaled_down && !wait_for_old_pods(cluster, id, &replica_sets, out) {
        if replica_sets.new_rs.is_none() {
            replica_sets = get_all_replica_sets_and_sync_revision(cluster, id, OnMissing::Create, now, out);
        }
        scale_up_new_replica_set_for_recreate(cluster, id, &replica_sets, out);
        let deployment = cluster.deployment(id);
        if deployment_complete(deployment, &deployment.status) {
            cleanup_deployment(cluster, id, &replica_sets.old_rss, now, out);
        }
    }
    sync_rollout_status(cluster, id, &replica_sets, now, out);
}

/// `scaleDownOldReplicaSetsForRecreate`; says whether it scaled.
pub fn scale_down_old_replica_sets_for_recreate(
    cluster: &mut Cluster,
    old_rss: &[ReplicaSetId],
    out: &mut Out,
) -> bool {
    let active = active_replica_sets(cluster, old_rss);
    for replica_set in active.iter().copied() {
        let from = cluster.replica_set(replica_set).replicas;
        scale_replica_set(cluster, replica_set, 0, Rule::ScaleDownForRecreate { replica_set, from }, out);
    }
    !active.is_empty()
}

fn wait_for_old_pods(
    cluster: &Cluster,
    deployment: DeploymentId,
    replica_sets: &ReplicaSets,
    out: &mut Out,
) -> bool {
    let running = old_pods_running(cluster, replica_sets);
    if running {
        let pods = replica_sets.old_rss.iter().map(|id| cluster.replica_set(*id).pods.len() as i32).sum();
        out.fact(Fact::Rule(Rule::OldPodsRunning { deployment, pods }));
    }
    running
}

/// `oldPodsRunning`: terminating pods count here, and only here.
pub fn old_pods_running(cluster: &Cluster, replica_sets: &ReplicaSets) -> bool {
    replica_sets.old_rss.iter().any(|id| {
        let replica_set = cluster.replica_set(*id);
        0 < replica_set.status.replicas || !replica_set.pods.is_empty()
    })
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
