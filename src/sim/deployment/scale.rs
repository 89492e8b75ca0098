//! A Deployment is given another size in the middle of a rollout: `pkg/controller/deployment/sync.go
//! scale` and `util/deployment_util.go GetReplicaSetProportion`.

use std::cmp::Reverse;

use crate::sim::cluster::{Cluster, Deployment, DeploymentId, ReplicaSet, ReplicaSetId};
use crate::sim::order::sorted_by_key;
use crate::sim::out::Out;
use crate::sim::rule::Rule;

use super::fenceposts::is_rolling_update;
use super::revisions::{desired_replicas, max_replicas};
use super::sync::{ReplicaSets, is_active, resize_replica_set, scale_replica_set, total_replicas};

/// `scale`: spreads the pods that come or go over the ReplicaSets.
pub fn scale(cluster: &mut Cluster, id: DeploymentId, replica_sets: &ReplicaSets, out: &mut Out) {
    let spec = &cluster.deployment(id).spec;
    let (replicas, rolling) = (spec.replicas, is_rolling_update(spec));
    if let Some(replica_set) = find_active_or_latest(cluster, replica_sets) {
        let from = cluster.replica_set(replica_set).replicas;
        let rule = Rule::ScaleActiveOrLatest { replica_set, from, to: replicas };
        scale_replica_set(cluster, replica_set, replicas, rule, out);
    } else if is_saturated(cluster, id, replica_sets.new_rs) {
        // `FindActiveOrLatest` has left the old ones in reverse order.
        for replica_set in replica_sets.old_rss().rev() {
            if !is_active(cluster, replica_set) {
                continue;
            }
            let from = cluster.replica_set(replica_set).replicas;
            let rule = Rule::ScaleDownWhenSaturated { replica_set, from };
            scale_replica_set(cluster, replica_set, 0, rule, out);
        }
    } else if rolling {
        scale_proportionally(cluster, id, replica_sets, out);
    }
}

/// `deployment_util.go FindActiveOrLatest`: the one ReplicaSet that is to have all pods, if it is
/// clear which.
fn find_active_or_latest(cluster: &Cluster, replica_sets: &ReplicaSets) -> Option<ReplicaSetId> {
    let mut active = replica_sets.all_rss().filter(|id| is_active(cluster, *id));
    match (active.next(), active.next()) {
        (None, _) => replica_sets.new_rs.or(replica_sets.old_rss().next_back()),
        (only, None) => only,
        _ => None,
    }
}

/// `IsSaturated`: the new ReplicaSet has all pods that are wanted, and all are available.
pub fn is_saturated(cluster: &Cluster, id: DeploymentId, new_rs: Option<ReplicaSetId>) -> bool {
    let Some(new_rs) = new_rs.map(|id| cluster.replica_set(id)) else { return false };
    let replicas = cluster.deployment(id).spec.replicas;
    desired_replicas(&new_rs.annotations) == Some(replicas)
        && new_rs.replicas == replicas
        && new_rs.status.available_replicas == replicas
}

/// The rest of `scale`: every ReplicaSet gains or loses in proportion to its size, and what rounding
/// leaves over goes to the largest.
fn scale_proportionally(cluster: &mut Cluster, id: DeploymentId, replica_sets: &ReplicaSets, out: &mut Out) {
    let active: Vec<_> = replica_sets.all_rss().filter(|id| is_active(cluster, *id)).collect();
    let allowed = allowed_size(cluster.deployment(id));
    let to_add = allowed.wrapping_sub(total_replicas(cluster, active.iter().copied()));
    let active = largest_first(cluster, &active, to_add);
    let mut added = 0;
    let mut sizes = Vec::new();
    for id_of_set in active.iter().copied() {
        let replica_set = cluster.replica_set(id_of_set);
        let proportion = get_replica_set_proportion(replica_set, cluster.deployment(id), to_add, added);
        added = added.wrapping_add(proportion);
        sizes.push(replica_set.replicas.wrapping_add(proportion));
    }
    let leftover = to_add.wrapping_sub(added);
    if let Some(first) = sizes.first_mut().filter(|_| to_add != 0) {
        *first = first.wrapping_add(leftover).max(0);
    }
    for (index, (replica_set, to)) in active.into_iter().zip(sizes).enumerate() {
        let from = cluster.replica_set(replica_set).replicas;
        let base = max_replicas(&cluster.replica_set(replica_set).annotations);
        let leftover = if index == 0 { leftover } else { 0 };
        let rule = Rule::ScaleProportionally { replica_set, from, to, allowed, base, to_add, leftover };
        resize_replica_set(cluster, replica_set, to, rule, out);
    }
}

fn allowed_size(deployment: &Deployment) -> i32 {
    if deployment.spec.replicas == 0 { 0 } else { deployment.budget.max_total_pods }
}

/// `ReplicaSetsBySizeNewer` when pods come, `ReplicaSetsBySizeOlder` when they go.
fn largest_first(cluster: &Cluster, replica_sets: &[ReplicaSetId], to_add: i32) -> Vec<ReplicaSetId> {
    let age = |id: &ReplicaSetId| {
        let replica_set = cluster.replica_set(*id);
        (replica_set.created.stored(), replica_set.name.clone())
    };
    let mut by_age = sorted_by_key(replica_sets, age);
    if 0 < to_add {
        by_age.reverse();
    }
    sorted_by_key(&by_age, |id| Reverse(cluster.replica_set(*id).replicas))
}

/// `GetReplicaSetProportion`: how many pods a ReplicaSet gains, or loses if negative.
fn get_replica_set_proportion(
    replica_set: &ReplicaSet,
    deployment: &Deployment,
    to_add: i32,
    added: i32,
) -> i32 {
    if replica_set.replicas == 0 || to_add == 0 || to_add == added {
        return 0;
    }
    let fraction = get_replica_set_fraction(replica_set, deployment);
    let allowed = to_add.wrapping_sub(added);
    if 0 < to_add { fraction.min(allowed) } else { fraction.max(allowed) }
}

/// `getReplicaSetFraction`: what a ReplicaSet of this size would gain if the ceiling had grown from
/// what it was when the ReplicaSet was last scaled.
pub fn get_replica_set_fraction(replica_set: &ReplicaSet, deployment: &Deployment) -> i32 {
    let size = replica_set.replicas;
    if deployment.spec.replicas == 0 {
        return -size;
    }
    let annotated = max_replicas(&replica_set.annotations).filter(|max| *max != 0);
    let base = annotated.unwrap_or(deployment.status.replicas);
    if base == 0 {
        return 0;
    }
    let ceiling = deployment.budget.max_total_pods;
    rounded_quotient(size.wrapping_mul(ceiling), base).wrapping_sub(size)
}

/// Rounded to the nearest whole number, halves away from zero, as Go's `math.Round` does.
fn rounded_quotient(dividend: i32, divisor: i32) -> i32 {
    let (dividend, divisor) = (i64::from(dividend), i64::from(divisor));
    let rounded = (2 * dividend.abs() + divisor.abs()) / (2 * divisor.abs());
    (rounded * dividend.signum() * divisor.signum()) as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Sim;
    use crate::sim::annotations::Number;
    use crate::sim::scenario::Scenario;
    use crate::sim::time::SimTime;

    #[test]
    fn when_all_pods_that_come_have_a_place_no_replica_set_loses_any() {
        let (mut sim, _) = Sim::new(&Scenario::article()).unwrap();
        while sim.step(SimTime::ZERO).is_some() {}
        let mut replica_set = sim.cluster.replica_set(ReplicaSetId(0)).clone();
        replica_set.annotations.set_number(Number::MaxReplicas, 26); // twice the ceiling
        let proportion = |to_add, added| {
            get_replica_set_proportion(&replica_set, sim.cluster.deployment(DeploymentId(0)), to_add, added)
        };
        assert_eq!((proportion(3, 3), proportion(3, 2)), (0, -5));
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        for (dividend, divisor, expect) in
            [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (0, 7, 0), (i32::MAX, 1, i32::MAX)]
        {
            assert_eq!(rounded_quotient(dividend, divisor), expect, "{dividend} / {divisor}");
        }
    }
}
