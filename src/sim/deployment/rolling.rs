//! The rolling update: `pkg/controller/deployment/rolling.go`, function for function.

use crate::sim::cluster::{Cluster, Deployment, DeploymentId};
use crate::sim::out::{Fact, Out};
use crate::sim::rule::Rule;
use crate::sim::time::SimTime;

use super::fenceposts::{Budget, is_rolling_update};
use super::progress::{deployment_complete, sync_rollout_status};
use super::sync::{
    OnMissing, ReplicaSets, cleanup_deployment, get_all_replica_sets_and_sync_revision, is_active,
    scale_replica_set, total_replicas,
};

/// `rolloutRolling`: one sync scales the new ReplicaSet or the old ones, never both.
pub(super) fn rollout_rolling(cluster: &mut Cluster, id: DeploymentId, now: SimTime, out: &mut Out) {
    let replica_sets = match &out.found {
        Some((_, found)) => found.clone(),
        None => get_all_replica_sets_and_sync_revision(cluster, id, OnMissing::Create, now, out),
    };
    let scaled = reconcile_new_replica_set(cluster, id, &replica_sets, out)
        || reconcile_old_replica_sets(cluster, id, &replica_sets, out);
    let deployment = cluster.deployment(id);
    if !scaled && deployment_complete(deployment, &deployment.status) {
        cleanup_deployment(cluster, id, &replica_sets, now, out);
    }
    let is_first_write = !out.facts.change_something();
    sync_rollout_status(cluster, id, &replica_sets, now, out);
    let deployment = cluster.deployment(id);
    if is_first_write && out.facts.change_something() && !deployment_complete(deployment, &deployment.status)
    {
        // Nothing is left to do but to wait for the deadline: history is cleaned up in the end.
        out.settled = Some(id);
    }
}

/// `reconcileNewReplicaSet`; says whether it scaled.
pub fn reconcile_new_replica_set(
    cluster: &mut Cluster,
    id: DeploymentId,
    replica_sets: &ReplicaSets,
    out: &mut Out,
) -> bool {
    let Some(new_rs) = replica_sets.new_rs else { return false };
    let deployment = cluster.deployment(id);
    let (replicas, max_surge) = (deployment.spec.replicas, deployment.budget.max_surge);
    let from = cluster.replica_set(new_rs).replicas;
    let old = total_replicas(cluster, replica_sets.old_rss());
    let to = match from.cmp(&replicas) {
        std::cmp::Ordering::Equal => return false,
        std::cmp::Ordering::Greater => replicas,
        std::cmp::Ordering::Less => new_rs_new_replicas(deployment, old, from),
    };
    let rule = Rule::NewRsNewReplicas { replica_set: new_rs, from, to, replicas, max_surge, old };
    scale_replica_set(cluster, new_rs, to, rule, out);
    from != to
}

/// `deployment_util.go NewRSNewReplicas`: as many more as fit below the ceiling. It counts what
/// ReplicaSets ask for, not pods, so terminating pods don't hold anything up. Sums wrap around as Go's do.
pub fn new_rs_new_replicas(deployment: &Deployment, old: i32, new: i32) -> i32 {
    let Deployment { spec, budget: Budget { max_total_pods, .. }, .. } = deployment;
    if !is_rolling_update(spec) {
        return spec.replicas;
    }
    let current_pod_count = old.wrapping_add(new);
    if *max_total_pods <= current_pod_count {
        return new;
    }
    new.wrapping_add(max_total_pods.wrapping_sub(current_pod_count).min(spec.replicas - new))
}

/// `reconcileOldReplicaSets`; says whether it scaled. Sums wrap around as Go's do.
pub fn reconcile_old_replica_sets(
    cluster: &mut Cluster,
    id: DeploymentId,
    replica_sets: &ReplicaSets,
    out: &mut Out,
) -> bool {
    if !replica_sets.old_rss().any(|id| is_active(cluster, id)) {
        return false;
    }
    let min_available = cluster.deployment(id).budget.min_available;
    let (new, new_available) = replica_sets.new_rs.map_or((0, 0), |id| {
        let new_rs = cluster.replica_set(id);
        (new_rs.replicas, new_rs.status.available_replicas)
    });
    let new_unavailable = new - new_available;
    let all = total_replicas(cluster, replica_sets.old_rss()).wrapping_add(new);
    let max_scaled_down = all.wrapping_sub(min_available).wrapping_sub(new_unavailable);
    if max_scaled_down <= 0 {
        let deployment = id;
        explain(out, Rule::OldReplicasMustStay { deployment, all, min_available, new_unavailable });
        return false;
    }
    // An error in either step means that nothing counts as scaled: `rolling.go` returns
    // `false, nil`.
    let Ok(cleaned) = cleanup_unhealthy_replicas(cluster, replica_sets, max_scaled_down, out) else {
        return false;
    };
    let scaled = scale_down_old_replica_sets_for_rolling_update(cluster, id, replica_sets, out);
    0 < cleaned + scaled
}

/// A rule by which nothing changes explains a step, but makes none.
fn explain(out: &mut Out, rule: Rule) {
    out.fact(Fact::Rule(rule));
}

/// An old ReplicaSet was scaled down and has not reported yet: its status cannot be trusted.
/// This is what keeps the controller from counting the same pods twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaleStatus;

/// `cleanupUnhealthyReplicas`: pods that are not available go first, oldest ReplicaSet first;
/// says how many.
pub fn cleanup_unhealthy_replicas(
    cluster: &mut Cluster,
    replica_sets: &ReplicaSets,
    max_cleanup: i32,
    out: &mut Out,
) -> Result<i32, StaleStatus> {
    let mut total = 0;
    for replica_set in replica_sets.old_rss() {
        if max_cleanup <= total {
            break;
        }
        let from = cluster.replica_set(replica_set).replicas;
        let available = cluster.replica_set(replica_set).status.available_replicas;
        if from == 0 || from == available {
            continue;
        }
        let left = max_cleanup - total;
        let count = left.min(from - available);
        if count < 0 {
            return Err(StaleStatus);
        }
        let to = from - count;
        let rule = Rule::CleanupUnhealthyReplicas { replica_set, from, to, available, left };
        scale_replica_set(cluster, replica_set, to, rule, out);
        total += count;
    }
    Ok(total)
}

/// `scaleDownOldReplicaSetsForRollingUpdate`: as many as may be missing, oldest ReplicaSet first;
/// says how many.
pub fn scale_down_old_replica_sets_for_rolling_update(
    cluster: &mut Cluster,
    id: DeploymentId,
    replica_sets: &ReplicaSets,
    out: &mut Out,
) -> i32 {
    let min_available = cluster.deployment(id).budget.min_available;
    let available: i32 =
        replica_sets.all_rss().map(|id| cluster.replica_set(id).status.available_replicas).sum();
    let mut taken = 0;
    for replica_set in replica_sets.old_rss() {
        let budget = available - min_available - taken;
        if budget <= 0 {
            break;
        }
        if !is_active(cluster, replica_set) {
            continue;
        }
        let from = cluster.replica_set(replica_set).replicas;
        let to = from - from.min(budget);
        let rule = Rule::ScaleDownOldReplicaSets { replica_set, from, to, available, min_available, taken };
        scale_replica_set(cluster, replica_set, to, rule, out);
        taken += from - to;
    }
    taken
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::sim::Sim;
    use crate::sim::cluster::ReplicaSetId;
    use crate::sim::command::Command;
    use crate::sim::scenario::Scenario;

    #[test]
    fn old_pods_that_must_stay_are_explained() {
        let mut scenario = Scenario::article();
        Rc::make_mut(&mut scenario.behaviours).of_mut("web:v2").ready.clear();
        let (mut sim, _) = Sim::new(&scenario).unwrap();
        while sim.step(SimTime::from_secs(10)).is_some() {}
        let deployment = DeploymentId(0);
        sim.apply(SimTime::from_secs(20), &Command::SetImage { deployment, image: "web:v2".to_owned() });
        let steps = std::iter::from_fn(|| sim.step(SimTime::from_secs(60)));
        let facts: Vec<_> = steps.flat_map(|step| step.facts).collect();
        // 13 pods less the 8 that must stay available, less the 5 new ones that are not: none may go.
        let rule = Rule::OldReplicasMustStay { deployment, all: 13, min_available: 8, new_unavailable: 5 };
        assert!(facts.contains(&Fact::Rule(rule)), "{facts:?}");
    }

    #[test]
    fn sizes_that_are_more_than_a_number_can_be_together_wrap_around() {
        let (mut sim, _) = Sim::new(&Scenario::article()).unwrap();
        while sim.step(SimTime::from_secs(10)).is_some() {}
        let deployment = DeploymentId(0);
        sim.apply(SimTime::from_secs(20), &Command::SetImage { deployment, image: "web:v2".to_owned() });
        while sim.step(SimTime::from_secs(20)).is_some() {}
        let (old, new) = (ReplicaSetId(0), ReplicaSetId(1));
        let (cluster, out) = (&mut sim.cluster, &mut Out::default());
        for id in [old, new] {
            cluster.replica_set_mut(id).replicas = i32::MAX;
        }
        // Together they are -2; less the 8 that must stay, less all new ones, that is a great many.
        let replica_sets = ReplicaSets { new_rs: Some(new), existing: Rc::from([old, new]) };
        assert!(reconcile_old_replica_sets(cluster, deployment, &replica_sets, out));
        assert_eq!(cluster.replica_set(old).replicas, 8, "all that are not available go");
        assert_eq!(new_rs_new_replicas(cluster.deployment(deployment), i32::MAX, i32::MAX - 1), 10);
    }

    #[test]
    fn a_status_that_lags_behind_its_size_stops_the_cleanup() {
        let (mut sim, _) = Sim::new(&Scenario::article()).unwrap();
        while sim.step(SimTime::from_secs(10)).is_some() {}
        let (cluster, old) = (&mut sim.cluster, ReplicaSetId(0));
        cluster.replica_set_mut(old).replicas = 3; // while ten of its pods are available
        let (out, replica_sets) =
            (&mut Out::default(), ReplicaSets { new_rs: None, existing: Rc::from([old]) });
        assert_eq!(cleanup_unhealthy_replicas(cluster, &replica_sets, 5, out), Err(StaleStatus));
        assert_eq!(cluster.replica_set(old).replicas, 3);
    }
}
