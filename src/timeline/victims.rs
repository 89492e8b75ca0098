//! In which order a ReplicaSet would delete its pods, and why.

use crate::sim::Sim;
use crate::sim::cluster::ReplicaSetId;
use crate::sim::order::sorted_by;
use crate::sim::time::SimTime;
use crate::sim::victims::{Candidate, active_pods, candidates, deleted_first};

use super::Inputs;

/// The active pods of a ReplicaSet after so many steps of a run, in the order in which they would be
/// deleted at `now`. The run is simulated again up to there.
pub fn ranking(inputs: &Inputs, steps: usize, id: ReplicaSetId, now: SimTime) -> Option<Vec<Candidate>> {
    let sim = sim_after(inputs, steps)?;
    let active: Vec<_> = active_pods(&sim.cluster, id).collect();
    let candidates = candidates(&sim.cluster, id, &active);
    Some(sorted_by(&candidates, |a, b| deleted_first(a, b, now).then(a.uid.cmp(&b.uid))))
}

fn sim_after(inputs: &Inputs, steps: usize) -> Option<Sim> {
    let (mut sim, _) = Sim::new(&inputs.scenario).ok()?;
    while sim.steps() < steps {
        let next = inputs.script.get(sim.commands());
        if sim.advance(next.map_or(SimTime::MAX, |scripted| scripted.at)).is_none() {
            let scripted = next?;
            sim.command(scripted.at, &scripted.command);
        }
    }
    Some(sim)
}

/// What candidates are compared by, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Criterion {
    /// Whether it has a node.
    Assigned,
    /// Its phase.
    Phase,
    /// Condition Ready.
    Ready,
    /// The annotation.
    DeletionCost,
    /// How many related pods are on its node.
    Rank,
    /// Since when it is ready.
    ReadyTime,
    /// How often its container was started again.
    Restarts,
    /// When it was created.
    Created,
    /// Nothing else: of about the same age any may go.
    Uid,
}

/// All criteria, in order.
pub const CRITERIA: [Criterion; 9] = [
    Criterion::Assigned,
    Criterion::Phase,
    Criterion::Ready,
    Criterion::DeletionCost,
    Criterion::Rank,
    Criterion::ReadyTime,
    Criterion::Restarts,
    Criterion::Created,
    Criterion::Uid,
];

/// Which criterion puts one of two candidates before the other: the first without which they would be
/// equal. The comparison itself is asked, so that this cannot say anything else.
pub fn decided_by(a: &Candidate, b: &Candidate, now: SimTime) -> Criterion {
    let decides = |criterion: &&Criterion| deleted_first(&up_to(**criterion, a, b), b, now).is_ne();
    CRITERIA.iter().find(decides).copied().unwrap_or(Criterion::Uid)
}

/// What is known of `a` up to a criterion, and beyond it what is known of `b`.
fn up_to(criterion: Criterion, a: &Candidate, b: &Candidate) -> Candidate {
    let mut mixed = *b;
    let known = CRITERIA.iter().filter(|known| **known <= criterion);
    known.for_each(|known| match known {
        Criterion::Assigned => mixed.assigned = a.assigned,
        Criterion::Phase => mixed.phase = a.phase,
        Criterion::Ready => mixed.ready = a.ready,
        Criterion::DeletionCost => mixed.deletion_cost = a.deletion_cost,
        Criterion::Rank => mixed.rank = a.rank,
        Criterion::ReadyTime => mixed.ready_time = a.ready_time,
        Criterion::Restarts => mixed.restarts = a.restarts,
        Criterion::Created => mixed.created = a.created,
        Criterion::Uid => mixed.uid = a.uid,
    });
    mixed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::pod::PodId;
    use crate::sim::victims::Phase;

    #[test]
    fn the_criterion_that_decides_is_the_first_that_differs() {
        let ready = Candidate {
            assigned: true,
            phase: Phase::Running,
            ready: true,
            deletion_cost: 0,
            rank: 1,
            ready_time: Some(SimTime::from_secs(5)),
            restarts: (0, 0),
            created: Some(SimTime::ZERO),
            uid: PodId(0),
        };
        #[track_caller]
        fn check(a: Candidate, b: Candidate, expect: Criterion) {
            let now = SimTime::from_secs(100);
            assert_eq!((decided_by(&a, &b, now), decided_by(&b, &a, now)), (expect, expect));
        }

        let other = Candidate { uid: PodId(1), ..ready };
        check(ready, Candidate { assigned: false, ready: false, ..other }, Criterion::Assigned);
        check(ready, Candidate { ready: false, ready_time: None, ..other }, Criterion::Ready);
        check(ready, Candidate { rank: 3, restarts: (2, 0), ..other }, Criterion::Rank);
        check(ready, Candidate { ready_time: Some(SimTime::from_secs(90)), ..other }, Criterion::ReadyTime);
        // Ready for 95 s and for 94 s is the same power of two: restarts are not even looked at.
        let about = Some(SimTime::from_secs(6));
        check(ready, Candidate { ready_time: about, restarts: (2, 0), ..other }, Criterion::Uid);
        check(ready, Candidate { restarts: (2, 0), ..other }, Criterion::Restarts);
        check(ready, Candidate { created: Some(SimTime::from_secs(4)), ..other }, Criterion::Uid);
    }
}
