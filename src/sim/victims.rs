//! Which pods go when a ReplicaSet has too many: `pkg/controller/controller_utils.go
//! ActivePodsWithRanks.Less`, in its order of criteria.
//!
//! # What we leave out
//!
//! - **Deletion cost and restarts.** No pod has either yet.
//! - **Doubled-up nodes.** Every pod has a node of its own, so all ranks are equal.
//! - **True ties.** Pods that are equal in every respect go in order of creation. A cluster picks
//!   any of them.

use std::cmp::Ordering;

use super::cluster::{Cluster, ReplicaSetId};
use super::order::sorted_by;
use super::pod::{Pod, PodId, Stage};
use super::time::SimTime;

/// `replica_set.go getPodsToDelete`: the `count` least useful of the active pods.
pub fn pods_to_delete(
    cluster: &Cluster,
    id: ReplicaSetId,
    active: &[PodId],
    count: usize,
    now: SimTime,
) -> Vec<PodId> {
    debug_assert!(active.iter().all(|pod| cluster.pod(*pod).replica_set == id));
    let mut ranked = match count < active.len() {
        true => sorted_by(active, |a, b| deleted_first((*a, cluster.pod(*a)), (*b, cluster.pod(*b)), now)),
        false => active.to_vec(),
    };
    ranked.truncate(count);
    ranked
}

/// `Less` if the first goes before the second.
fn deleted_first((id_a, a): (PodId, &Pod), (id_b, b): (PodId, &Pod), now: SimTime) -> Ordering {
    let assigned = |pod: &Pod| pod.stage != Stage::Unscheduled;
    let running = |pod: &Pod| Stage::Pending < pod.stage;
    let ready = |pod: &Pod| pod.stage == Stage::Ready;
    assigned(a)
        .cmp(&assigned(b))
        .then(running(a).cmp(&running(b)))
        .then(ready(a).cmp(&ready(b)))
        .then_with(|| match (a.ready, b.ready) {
            (Some(a), Some(b)) => younger_first((a, id_a), (b, id_b), now),
            _ => Ordering::Equal,
        })
        .then_with(|| younger_first((a.created, id_a), (b.created, id_b), now))
        .then(id_a.cmp(&id_b))
}

/// Times in the same power of two of age count as equal, and then the smaller UID goes: with
/// `LogarithmicScaleDown` the choice among pods of about the same age is left to chance.
fn younger_first(a: (SimTime, PodId), b: (SimTime, PodId), now: SimTime) -> Ordering {
    let (a_time, b_time) = (a.0.stored(), b.0.stored());
    if a_time == b_time {
        return Ordering::Equal;
    }
    age_class(a_time, now).cmp(&age_class(b_time, now)).then(a.1.cmp(&b.1))
}

/// `logarithmicRankDiff`: the logarithm of the age in nanoseconds, rounded down; -1 without age.
fn age_class(time: SimTime, now: SimTime) -> i32 {
    let nanoseconds = u128::from(now.since(time).millis()) * 1_000_000;
    nanoseconds.checked_ilog2().map_or(-1, |log| log as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pod(stage: Stage, created: u64, ready: Option<u64>) -> Pod {
        let mut pod = Pod::new(ReplicaSetId(0), 0, SimTime::from_secs(created));
        pod.stage = stage;
        pod.ready = ready.map(SimTime::from_secs);
        pod
    }

    #[track_caller]
    fn check(first: Pod, second: Pod) {
        let now = SimTime::from_secs(1000);
        // Whichever of them is older by number, the first goes first.
        for (a, b) in [(PodId(1), PodId(2)), (PodId(2), PodId(1))] {
            assert_eq!(deleted_first((a, &first), (b, &second), now), Ordering::Less);
        }
    }

    #[test]
    fn the_least_useful_go_first() {
        let ready = pod(Stage::Ready, 0, Some(5));
        check(pod(Stage::Unscheduled, 0, None), pod(Stage::Pending, 999, None));
        check(pod(Stage::Pending, 0, None), pod(Stage::Running, 999, None));
        check(pod(Stage::Running, 0, None), ready);
        check(pod(Stage::Ready, 0, Some(990)), ready);
        check(pod(Stage::Running, 990, None), pod(Stage::Running, 0, None));
    }

    #[test]
    fn among_pods_of_about_the_same_age_the_smaller_uid_goes() {
        let (older, younger) = (pod(Stage::Ready, 0, Some(10)), pod(Stage::Ready, 0, Some(20)));
        let now = SimTime::from_secs(1000);
        let order = deleted_first((PodId(1), &older), (PodId(2), &younger), now);
        assert_eq!(order, Ordering::Less);
    }
}
