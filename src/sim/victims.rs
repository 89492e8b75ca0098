//! Which pods go when a ReplicaSet has too many: `pkg/controller/controller_utils.go
//! ActivePodsWithRanks.Less`, in its order of criteria.
//!
//! # What we leave out
//!
//! - **Deletion cost, restartable init containers, phase Unknown.** The comparison knows them, but no
//!   pod here has any.
//! - **True ties.** Pods that are equal in every respect go in order of creation. A cluster picks
//!   any of them.

use std::cmp::{Ordering, Reverse};

use super::cluster::{Cluster, ReplicaSetId};
use super::order::{sort_numbers, sorted_by};
use super::pod::{Pod, PodId, Stage};
use super::pods::State;
use super::ready::{ReadyPods, ReadySecond, time};
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

/// `replica_set.go getPodsToDelete`: the `count` least useful of a ReplicaSet's active pods, put into
/// `victims`.
///
/// Where every pod has a node of its own, only those are looked at that may be chosen. They are sorted behind
/// the end of the list `room`.
pub fn pods_to_delete(
    cluster: &mut Cluster,
    id: ReplicaSetId,
    count: usize,
    now: SimTime,
    victims: &mut Vec<PodId>,
    room: &mut Vec<PodId>,
) {
    if cluster.pods.counts(id).active() as usize <= count {
        victims.extend(active_pods(cluster, id));
    } else if cluster.nodes.is_some() {
        victims.extend(ranked(cluster, id, count, now));
    } else {
        unready_victims(cluster, id, now, count, victims);
        let (states, created, ready) = cluster.pods.with_ready(id);
        ready_victims((states, created), ready, now, count, victims, room);
    }
}

/// The active pods of a ReplicaSet, oldest first.
pub fn active_pods(cluster: &Cluster, id: ReplicaSetId) -> impl Iterator<Item = PodId> {
    let all = (0..).map(PodId).zip(cluster.pods.states());
    let active = all.filter(move |(_, state)| state.replica_set == id && state.stage < Stage::Terminating);
    active.map(|(pod, _)| pod)
}

fn ranked(cluster: &Cluster, id: ReplicaSetId, count: usize, now: SimTime) -> Vec<PodId> {
    let active: Vec<_> = active_pods(cluster, id).collect();
    let candidates = candidates(cluster, id, &active);
    let ranked = sorted_by(&candidates, |a, b| deleted_first(a, b, now).then(a.uid.cmp(&b.uid)));
    ranked[..count].iter().map(|candidate| candidate.uid).collect()
}

/// Up to `count` victims that are not ready: by node, phase, restarts and age.
fn unready_victims(
    cluster: &mut Cluster,
    id: ReplicaSetId,
    now: SimTime,
    count: usize,
    victims: &mut Vec<PodId>,
) {
    let counts = cluster.pods.counts(id);
    if counts.unready() == 0 {
        return;
    }
    let unready = |pod: &State| pod.replica_set == id && pod.stage < Stage::Ready;
    let oldest = (counts.oldest_unready..).find(|pod| unready(cluster.pods.state(PodId(*pod))));
    let oldest = oldest.expect("one of them is unready");
    cluster.pods.counts_mut(id).oldest_unready = oldest;
    let numbers = oldest..cluster.pods.len() as u32;
    let all = || numbers.clone().map(PodId).filter(|pod| unready(cluster.pods.state(*pod)));
    let rank = |pod: PodId| {
        let pod = cluster.pod(pod);
        (pod.stage, Reverse(pod.restarts), age_class(pod.created(), now))
    };
    by_rank(all, rank, count, victims);
}

/// Until there are `count` victims, those of the lowest rank, and of the same rank those with the
/// smallest numbers; `all` lists them by number.
fn by_rank<I, R>(all: impl Fn() -> I, rank: impl Fn(PodId) -> R, count: usize, victims: &mut Vec<PodId>)
where
    I: Iterator<Item = PodId>,
    R: Ord + Copy,
{
    let mut last = None;
    while victims.len() < count {
        let higher = all().map(&rank).filter(|rank| last.is_none_or(|last| last < *rank));
        let Some(next) = higher.min() else { return };
        let room = count - victims.len();
        victims.extend(all().filter(|pod| rank(*pod) == next).take(room));
        last = Some(next);
    }
}

/// Until there are `count` victims, those that became ready last. Times in the same power of two of age
/// count as equal: then the pods of several seconds go by their numbers.
fn ready_victims(
    pods: Table<'_>,
    ready: &mut ReadyPods,
    now: SimTime,
    count: usize,
    victims: &mut Vec<PodId>,
    room: &mut Vec<PodId>,
) {
    let ReadyPods { ids, seconds } = ready;
    let mut until = seconds.len();
    while victims.len() < count && 0 < until {
        let class = age_class(time(seconds[until - 1].at), now);
        let other = seconds[..until].iter().rposition(|second| age_class(time(second.at), now) != class);
        let from = other.map_or(0, |other| other + 1);
        let same_age = &mut seconds[from..until];
        let more = count - victims.len();
        same_age.iter_mut().for_each(|second| put_in_order(pods, ids, second, now, more, room));
        take_in_turn(pods, ids, same_age, count, victims);
        until = from;
    }
}

/// Puts those of a second first that go first: at least `count`, if it has so many.
fn put_in_order(
    pods: Table<'_>,
    ids: &mut [PodId],
    second: &mut ReadySecond,
    now: SimTime,
    count: usize,
    room: &mut Vec<PodId>,
) {
    let own = &mut ids[second.next as usize..second.end as usize];
    if !second.sorted {
        sort_numbers(own, room);
        second.sorted = true;
    }
    let gone = own.iter().position(|id| is_ready_since(pods, *id, second.at)).unwrap_or(own.len());
    second.next += gone as u32;
    second.cursor = second.next;
    second.head = NONE;
    let one_age = age_class(time(second.created.0), now) == age_class(time(second.created.1), now);
    if one_age && !second.restarted {
        return;
    }
    let own = &mut own[gone..];
    let all = || own.iter().copied().filter(|id| is_ready_since(pods, *id, second.at));
    let rank = |id: PodId| {
        let (state, created) = (&pods.0[id.0 as usize], pods.1[id.0 as usize]);
        (Reverse(state.restarts), age_class(time(created), now))
    };
    let mut first = Vec::new();
    by_rank(all, rank, count, &mut first);
    let mut numbers = first.clone();
    sort_numbers(&mut numbers, room);
    let rest: Vec<_> = own.iter().copied().filter(|id| numbers.binary_search(id).is_err()).collect();
    for (place, id) in own.iter_mut().zip(first.into_iter().chain(rest)) {
        *place = id;
    }
    second.sorted = false;
}

fn is_ready_since(pods: Table<'_>, id: PodId, at: u32) -> bool {
    let state = &pods.0[id.0 as usize];
    state.stage == Stage::Ready && state.ready == at
}

/// All pods: what changes about them, and when they were created, in seconds.
type Table<'a> = (&'a [State], &'a [u32]);

/// Merges the pods of several seconds by their numbers.
fn take_in_turn(
    pods: Table<'_>,
    ids: &[PodId],
    seconds: &mut [ReadySecond],
    count: usize,
    victims: &mut Vec<PodId>,
) {
    let go_on = |second: &mut ReadySecond| {
        let (last, rest) = (second.head, &ids[second.cursor as usize..second.end as usize]);
        let is_next = |id: &PodId| id.0 != last && is_ready_since(pods, *id, second.at);
        let next = rest.iter().position(is_next);
        second.cursor += next.unwrap_or(rest.len()) as u32;
        second.head = next.map_or(NONE, |next| rest[next].0);
    };
    seconds.iter_mut().for_each(go_on);
    while victims.len() < count {
        // Those up to the first of the others can be taken one after the other.
        let (mut first, mut others) = (0, NONE);
        for (index, second) in seconds.iter().enumerate().skip(1) {
            if second.head < seconds[first].head {
                (first, others) = (index, seconds[first].head);
            } else {
                others = others.min(second.head);
            }
        }
        let Some(second) = seconds.get_mut(first).filter(|second| second.head != NONE) else { return };
        loop {
            victims.push(PodId(second.head));
            go_on(second);
            if others <= second.head || victims.len() == count {
                break;
            }
        }
    }
}

/// No pod: greater than the number of any.
const NONE: u32 = u32::MAX;

/// Active pods of a ReplicaSet as they are compared.
/// `replica_set.go getPodsRankedByRelatedPodsOnSameNode`.
pub fn candidates(cluster: &Cluster, id: ReplicaSetId, active: &[PodId]) -> Vec<Candidate> {
    let ranks = related_pods_on_nodes(cluster, id);
    let rank = |pod: &Pod| ranks.get(pod.node()?.0 as usize).copied();
    let candidate = |uid: &PodId| {
        let pod = cluster.pod(*uid);
        Candidate { rank: rank(&pod).unwrap_or(0), ..Candidate::of(*uid, &pod) }
    };
    active.iter().map(candidate).collect()
}

/// How many active pods of all ReplicaSets of the same Deployment each node has, by its number. Where
/// every pod has a node of its own there is nothing to count. Upstream counts pods without a node too,
/// as if they shared one: they go first in any case, and are all alike.
fn related_pods_on_nodes(cluster: &Cluster, id: ReplicaSetId) -> Vec<i32> {
    let mut ranks = vec![0; cluster.nodes.as_ref().map_or(0, Vec::len)];
    if !ranks.is_empty() {
        let owner = cluster.replica_set(id).owner;
        let is_related = |pod: &Pod| pod.is_active() && cluster.replica_set(pod.replica_set).owner == owner;
        let related = cluster.existing_pods().filter(|(_, pod)| is_related(pod));
        related.filter_map(|(_, pod)| pod.node()).for_each(|node| ranks[node.0 as usize] += 1);
    }
    ranks
}

impl Candidate {
    /// A pod whose node has no other pods.
    fn of(uid: PodId, pod: &Pod) -> Self {
        Self {
            assigned: pod.node().is_some(),
            phase: if Stage::Pending < pod.stage { Phase::Running } else { Phase::Pending },
            ready: pod.stage == Stage::Ready,
            deletion_cost: 0,
            rank: 0,
            ready_time: pod.ready(),
            restarts: (pod.restarts.into(), 0),
            created: Some(pod.created()),
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
    // Nobody is older than the 292 years that fit.
    let nanoseconds = now.since(time).millis().saturating_mul(1_000_000);
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
        let mut victims = Vec::new();
        pods_to_delete(&mut sim.cluster, id, 6, SimTime::from_secs(60), &mut victims, &mut Vec::new());
        let on_second = |pod: &PodId| sim.cluster.pod(*pod).node().is_some_and(|node| node.0 == 1);
        assert!(victims.len() == 6 && victims.iter().all(on_second));
    }
}
