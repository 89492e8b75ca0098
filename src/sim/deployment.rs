//! The Deployment controller: `pkg/controller/deployment/deployment_controller.go`.
//!
//! Turns a change of the pod template into a walk: the new ReplicaSet up, the old ones down, within
//! the ceiling and the floor, until nothing old is left.
//!
//! # What we leave out
//!
//! - **Deletion in the foreground.** A Deployment is gone at once, and what it owns is deleted with it.
//! - **The annotation `deprecated.deployment.rollback.to`.** kubectl has not set it since 1.13; undo
//!   changes the template itself.
//! - **The empty selector.** The API server refuses it, so `SelectingAll` is never reported.

use super::cluster::{Cluster, DeploymentId, ReplicaSetId};
use super::out::Out;
use super::spec::StrategyType;
use super::time::SimTime;

pub mod edit;
pub mod fenceposts;
pub mod progress;
pub mod recreate;
pub mod revisions;
pub mod rollback;
pub mod rolling;
pub mod scale;
pub mod sync;

/// `syncDeployment`.
pub fn sync_deployment(cluster: &mut Cluster, id: DeploymentId, now: SimTime, out: &mut Out) {
    if cluster.deployment(id).deleted.is_some() {
        return;
    }
    let is_settled = out.settled.take() == Some(id);
    if is_settled {
        progress::requeue(cluster, id, now, out);
    }
    // What is known to change nothing is left out, but where tests notice if it does.
    if !is_settled || cfg!(debug_assertions) {
        sync_whole(cluster, id, now, out);
        debug_assert!(!is_settled || !out.facts.change_something(), "not settled: {:?}", out.facts);
    }
}

/// Does a sync that has been done before: from the same objects it comes to the same.
pub fn sync_again(cluster: &mut Cluster, id: DeploymentId, now: SimTime, out: &mut Out) {
    out.facts.clear();
    (out.now, out.found, out.settled) = (now, None, None);
    sync_whole(cluster, id, now, out);
}

fn sync_whole(cluster: &mut Cluster, id: DeploymentId, now: SimTime, out: &mut Out) {
    let known = out.found.take().filter(|(of, _)| *of == id);
    if known.is_some() && !cfg!(debug_assertions) {
        out.found = known;
    } else {
        sync::check_paused_conditions(cluster, id, now, out);
        if cluster.deployment(id).spec.paused {
            return sync::sync(cluster, id, now, out);
        }
        let (scaling, found) = sync::is_scaling_event(cluster, id, now, out);
        if scaling {
            return sync::sync(cluster, id, now, out);
        }
        out.found = found.map(|found| (id, found));
        debug_assert!(known.is_none_or(|known| out.found == Some(known)), "another one: {:?}", out.found);
    }
    match cluster.deployment(id).spec.strategy.kind {
        StrategyType::Recreate => recreate::rollout_recreate(cluster, id, now, out),
        StrategyType::RollingUpdate => rolling::rollout_rolling(cluster, id, now, out),
        StrategyType::Other(_) => {} // the API server lets none pass
    }
}

/// `deletePod`: a Deployment that waits for its old pods to be gone is told when the last pod is. The
/// controller hears of all other changes of pods through the status of their ReplicaSets.
pub fn delete_pod(cluster: &Cluster, replica_set: ReplicaSetId, out: &mut Out) {
    let owner = cluster.replica_set(replica_set).owner;
    let waits = cluster.deployment(owner).spec.strategy.kind == StrategyType::Recreate;
    let has_no_pods = |id: &ReplicaSetId| cluster.pods.counts(*id).existing() == 0;
    if waits && cluster.replica_sets_of(owner).iter().all(has_no_pods) {
        out.deployment_changed(owner);
    }
}
