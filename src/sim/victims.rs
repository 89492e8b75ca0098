//! Which pods go when a ReplicaSet has too many: `pkg/controller/controller_utils.go
//! ActivePodsWithRanks.Less`, in its order of criteria.
//!
//! # What we leave out
//!
//! - **Deletion cost, restartable init containers, phase Unknown.** The comparison knows them, but no
//!   pod here has any.
//! - **True ties.** Pods that are equal in every respect go in order of creation. A cluster picks
//!   any of them.

use std::cmp::Ordering;

use super::cluster::{Cluster, ReplicaSetId};
use super::order::sorted_by;
use super::pod::{Pod, PodId, Stage};
use super::time::SimTime;

/// All that matters when a victim is chosen, most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Whether it has a node.
    pub assigned: bool,
    /// Its phase.
    pub phase: Phase,
    /// Condition Ready.
    pub ready: bool,
    /// Annotation `controller.kubernetes.io/pod-deletion-cost`; 0 without it.
    pub deletion_cost: i32,
    /// How many active pods of the same Deployment are on its node.
    pub rank: i32,
    /// Since when it is ready.
    pub ready_time: Option<SimTime>,
    /// The most restarts of any of its containers, and of any of its restartable init containers.
    pub restarts: (u32, u32),
    /// When it was created.
    pub created: Option<SimTime>,
    /// Decides among pods of about the same age.
    pub uid: PodId,
}

/// `PodPhase` of pods that are not finished, in the order in which they are deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// No container has run yet.
    Pending,
    /// The node cannot be reached.
    Unknown,
    /// A container runs, or has run.
    Running,
}

/// `replica_set.go getPodsToDelete`: the `count` least useful of the active pods.
pub fn pods_to_delete(
    cluster: &Cluster,
    id: ReplicaSetId,
    active: &[PodId],
    count: usize,
    now: SimTime,
) -> Vec<PodId> {
    debug_assert!(active.iter().all(|pod| cluster.pod(*pod).replica_set == id));
    if active.len() <= count {
        return active.to_vec();
    }
    let candidates = candidates(cluster, id, active);
    let ranked = sorted_by(&candidates, |a, b| deleted_first(a, b, now).then(a.uid.cmp(&b.uid)));
    ranked[..count].iter().map(|candidate| candidate.uid).collect()
}

/// Active pods of a ReplicaSet as they are compared.
/// `replica_set.go getPodsRankedByRelatedPodsOnSameNode`.
pub fn candidates(cluster: &Cluster, id: ReplicaSetId, active: &[PodId]) -> Vec<Candidate> {
    let ranks = related_pods_on_nodes(cluster, id);
    let rank = |pod: &Pod| ranks.get(pod.node?.0 as usize).copied();
    let candidate = |uid: &PodId| {
        let pod = cluster.pod(*uid);
        Candidate { rank: rank(pod).unwrap_or(0), ..Candidate::of(*uid, pod) }
    };
    active.iter().map(candidate).collect()
}

/// How many active pods of all ReplicaSets of the same Deployment each node has, by its number. Where
/// every pod has a node of its own there is nothing to count. Upstream counts pods without a node too,
/// as if they shared one: they go first in any case, and are all alike.
fn related_pods_on_nodes(cluster: &Cluster, id: ReplicaSetId) -> Vec<i32> {
    let mut ranks = vec![0; cluster.nodes.as_ref().map_or(0, Vec::len)];
    if !ranks.is_empty() {
        for related in cluster.replica_sets_of(cluster.replica_set(id).owner) {
            let pods = cluster.pods_of(related).filter(|(_, pod)| pod.is_active());
            pods.filter_map(|(_, pod)| pod.node).for_each(|node| ranks[node.0 as usize] += 1);
        }
    }
    ranks
}

impl Candidate {
    /// A pod whose node has no other pods.
    fn of(uid: PodId, pod: &Pod) -> Self {
        Self {
            assigned: pod.node.is_some(),
            phase: if Stage::Pending < pod.stage { Phase::Running } else { Phase::Pending },
            ready: pod.stage == Stage::Ready,
            deletion_cost: 0,
            rank: 0,
            ready_time: pod.ready.map(SimTime::stored),
            restarts: (pod.restarts, 0),
            created: Some(pod.created.stored()),
            uid,
        }
    }
}

/// `Less` if the first goes before the second, `Equal` if it is all one.
pub fn deleted_first(a: &Candidate, b: &Candidate, now: SimTime) -> Ordering {
    let useful = |it: &Candidate| (it.assigned, it.phase, it.ready, it.deletion_cost);
    let order = useful(a).cmp(&useful(b)).then(b.rank.cmp(&a.rank));
    if order.is_ne() {
        return order;
    }
    if a.ready && b.ready && a.ready_time != b.ready_time {
        return younger_first((a.ready_time, a.uid), (b.ready_time, b.uid), now);
    }
    let order = b.restarts.cmp(&a.restarts);
    if order.is_ne() || a.created == b.created {
        return order;
    }
    younger_first((a.created, a.uid), (b.created, b.uid), now)
}

/// An unknown time goes first. Times in the same power of two of age count as equal, and then the
/// smaller UID goes: with `LogarithmicScaleDown` the choice among pods of about the same age is left
/// to chance.
fn younger_first(a: (Option<SimTime>, PodId), b: (Option<SimTime>, PodId), now: SimTime) -> Ordering {
    match (a.0, b.0) {
        (Some(a_time), Some(b_time)) => {
            age_class(a_time, now).cmp(&age_class(b_time, now)).then(a.1.cmp(&b.1))
        }
        (a_time, b_time) => a_time.is_some().cmp(&b_time.is_some()),
    }
}

/// `logarithmicRankDiff`: the logarithm of the age in nanoseconds, rounded down; -1 without age.
fn age_class(time: SimTime, now: SimTime) -> i32 {
    let nanoseconds = u128::from(now.since(time).millis()) * 1_000_000;
    nanoseconds.checked_ilog2().map_or(-1, |log| log as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Sim;
    use crate::sim::node::Node;
    use crate::sim::scenario::Scenario;

    #[test]
    fn pods_on_the_fuller_node_go_first() {
        let nodes = Some(vec![Node::new("node1", 4), Node::new("node2", 20)]);
        let (mut sim, _) = Sim::new(&Scenario { nodes, ..Scenario::article() }).unwrap();
        while sim.step(SimTime::from_secs(60)).is_some() {}
        let id = ReplicaSetId(0);
        assert_eq!(related_pods_on_nodes(&sim.cluster, id), [4, 6]);
        let active: Vec<_> = sim.cluster.pods_of(id).map(|(pod, _)| pod).collect();
        let victims = pods_to_delete(&sim.cluster, id, &active, 6, SimTime::from_secs(60));
        assert!(victims.iter().all(|pod| sim.cluster.pod(*pod).node.is_some_and(|node| node.0 == 1)));
    }
}
