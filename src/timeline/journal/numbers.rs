//! The numbers of the objects, which are another ones after every few steps.

use crate::sim::cluster::{Deployment, Objects, ReplicaSet, ReplicaSetStatus, StatusCounts};
use crate::sim::time::SimTime;
use crate::timeline::series::Tally;

/// All that changes while a rollout goes on, in order. The condition that was written last is written again
/// every second.
pub(super) fn write(objects: &Objects, tallies: &[Tally], numbers: &mut Vec<i32>) {
    for Deployment { status, .. } in &objects.deployments {
        numbers.extend(of_deployment(&status.counts));
        let renewed = status.conditions.last().map(|last| last.last_update_time);
        numbers.push(renewed.unwrap_or_default().secs() as i32);
    }
    for replica_set in &objects.replica_sets {
        numbers.push(replica_set.replicas);
        numbers.extend(of_replica_set(&replica_set.status));
    }
    for Tally { available, starting, terminating } in tallies {
        numbers.extend([available, starting, terminating]);
    }
}

/// Gives objects the numbers that were written of them.
pub(super) fn read(
    deployments: &mut [Deployment],
    replica_sets: &mut [ReplicaSet],
    numbers: &mut impl Iterator<Item = i32>,
) {
    let mut next = || numbers.next().unwrap_or_default();
    for Deployment { status, .. } in deployments {
        let [observed, replicas, updated, ready, available, unavailable, terminating] =
            std::array::from_fn(|_| next());
        status.counts = StatusCounts {
            observed_generation: observed.into(),
            replicas,
            updated_replicas: updated,
            ready_replicas: ready,
            available_replicas: available,
            unavailable_replicas: unavailable,
            terminating_replicas: terminating,
        };
        status.conditions.renew(SimTime::from_secs(next() as u64));
    }
    for replica_set in replica_sets {
        replica_set.replicas = next();
        replica_set.status = replica_set_with(std::array::from_fn(|_| next()));
    }
}

/// The pods of so many ReplicaSets, of which the numbers come after those of the objects.
pub(super) fn read_tallies(count: usize, numbers: &mut impl Iterator<Item = i32>) -> Vec<Tally> {
    let mut next = || numbers.next().unwrap_or_default();
    (0..count).map(|_| Tally { available: next(), starting: next(), terminating: next() }).collect()
}

/// Its observed generation fits, as every change of it takes a command.
fn of_deployment(counts: &StatusCounts) -> [i32; 7] {
    [
        counts.observed_generation as i32,
        counts.replicas,
        counts.updated_replicas,
        counts.ready_replicas,
        counts.available_replicas,
        counts.unavailable_replicas,
        counts.terminating_replicas,
    ]
}

/// The numbers of a ReplicaSet's status.
pub(super) fn of_replica_set(status: &ReplicaSetStatus) -> [i32; 4] {
    let ReplicaSetStatus { replicas, ready_replicas, available_replicas, terminating_replicas } = *status;
    [replicas, ready_replicas, available_replicas, terminating_replicas]
}

/// Those of one that is about the pods that are known; where pods are ready that are not available, it is
/// another one.
pub(super) fn counted(tally: &Tally) -> [i32; 4] {
    [tally.active(), tally.available, tally.available, tally.terminating]
}

/// The status of a ReplicaSet with these numbers.
pub(super) fn replica_set_with(numbers: [i32; 4]) -> ReplicaSetStatus {
    let [replicas, ready_replicas, available_replicas, terminating_replicas] = numbers;
    ReplicaSetStatus { replicas, ready_replicas, available_replicas, terminating_replicas }
}
