//! Which pods go first: found without looking at all of them, and as by comparing each with each.

use std::cmp::Ordering;

use proptest::prelude::*;
use rollscope::sim::Sim;
use rollscope::sim::cluster::ReplicaSetId;
use rollscope::sim::pod::PodId;
use rollscope::sim::victims::{Candidate, active_pods, candidates, deleted_first, pods_to_delete};

use crate::generated::any_runs;
use crate::{fewer_cases, run::Moment};

proptest! {
    #![proptest_config(fewer_cases())]

    #[test]
    fn victims_are_those_that_every_comparison_puts_first(mut run in any_runs(), share in 1_usize..10) {
        run.scenario.nodes = None;
        run.watch_while(|moment, sim| {
            if let Moment::InstantEnds = moment {
                (0..sim.cluster.replica_sets.len() as u32).for_each(|id| compare(sim, ReplicaSetId(id), share));
            }
            sim.cluster.pods.len() <= 400
        });
    }
}

fn compare(sim: &Sim, id: ReplicaSetId, share: usize) {
    let active: Vec<PodId> = active_pods(&sim.cluster, id).collect();
    let count = active.len() * share / 10;
    let before = |a: &Candidate, b: &Candidate| deleted_first(a, b, sim.now()).then(a.uid.cmp(&b.uid));
    let mut ranked = candidates(&sim.cluster, id, &active);
    // With times that are merely close to each other, upstream's comparison may go round in a circle;
    // then any order is as good, and sorting may well complain.
    let is_order = ranked.iter().all(|a| {
        let after_a = ranked.iter().filter(|b| before(a, b) == Ordering::Less);
        after_a.clone().all(|b| {
            ranked.iter().filter(|c| before(b, c) == Ordering::Less).all(|c| before(a, c) == Ordering::Less)
        })
    });
    if !is_order {
        return;
    }
    ranked.sort_by(before);
    let expect: Vec<_> = ranked[..count].iter().map(|candidate| candidate.uid).collect();
    let mut found = Vec::new();
    pods_to_delete(&mut sim.cluster.clone(), id, count, sim.now(), &mut found, &mut Vec::new());
    assert_eq!(found, expect, "of {} pods at {:?}", active.len(), sim.now());
}
