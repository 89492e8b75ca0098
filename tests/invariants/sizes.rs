//! Ceiling and floor: how many pods are asked for, and how many stay available.

use proptest::prelude::*;

use rollscope::sim::cluster::{ReplicaSet, ReplicaSetId};
use rollscope::sim::deployment::fenceposts::min_available;
use rollscope::sim::deployment::progress::deployment_complete;
use rollscope::sim::out::{Actor, Event, Fact, Step};
use rollscope::sim::rule::Rule;
use rollscope::sim::spec::{DeploymentStrategy, StrategyType};

use crate::config;
use crate::counted::{active, asked, ceiling, existing_replica_sets, pods_of, ready};
use crate::generated::{any_pods, any_runs, healthy_pods, interference, rollouts, runs, scaling};
use crate::run::{Moment, WEB, is_decision};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_decision_asks_for_more_pods_than_the_ceiling(run in any_runs()) {
        let mut before = 0;
        run.watch(|moment, sim| {
            let Moment::Stepped(step) = moment else { return };
            let asked = asked(&sim.cluster);
            let most = before.max(ceiling(&sim.cluster.deployment(WEB).spec));
            assert!(asked <= most || grows_while_shrinking(&step), "{asked} of at most {most}: {step:?}");
            before = asked;
        });
    }

    #[test]
    fn sizes_change_only_by_decisions(run in any_runs()) {
        let mut before = Vec::new();
        run.watch(|moment, sim| {
            let Moment::Stepped(step) = moment else { return };
            let sizes: Vec<_> = sim.cluster.replica_sets.iter().map(|rs| rs.replicas).collect();
            assert!(sizes == before || is_decision(&step), "{step:?}");
            before = sizes;
        });
    }

    #[test]
    fn what_rounding_leaves_over_goes_to_the_largest_replica_set(
        run in runs(any_pods(), prop_oneof![1 => rollouts(), 1 => scaling()])
    ) {
        run.watch(|moment, _| {
            let Moment::Stepped(step) = moment else { return };
            let shares: Vec<_> = rules(&step).filter_map(share).collect();
            if let Some((largest, _)) = shares.iter().find(|(_, leftover)| *leftover != 0) {
                assert!(shares.iter().all(|(from, _)| from <= largest), "{step:?}");
            }
        });
    }

    #[test]
    fn no_step_makes_more_pods_or_keeps_fewer_than_are_asked_for(run in any_runs()) {
        let mut before = Vec::new();
        run.watch(|moment, sim| {
            let Moment::Stepped(step) = moment else { return };
            let after = active(&sim.cluster);
            before.resize(after.len(), 0);
            for (index, (before, after)) in before.iter().zip(&after).enumerate() {
                let replicas = sim.cluster.replica_sets[index].replicas;
                assert!(*after <= *before.max(&replicas), "{after} of {replicas}: {step:?}");
                let by_hand = step.actor == Actor::User;
                assert!(by_hand || *before.min(&replicas) <= *after, "{after} of {replicas}: {step:?}");
            }
            before = after;
        });
    }

    #[test]
    fn an_instant_ends_with_as_many_pods_as_are_asked_for(run in any_runs()) {
        run.without_quota().watch_instants(|sim| {
            // One that was deleted asks for nothing any more.
            let size = |set: &ReplicaSet| if set.deleted.is_some() { 0 } else { set.replicas };
            let sizes: Vec<_> = sim.cluster.replica_sets.iter().map(size).collect();
            assert_eq!(active(&sim.cluster), sizes);
        });
    }

    /// Without minReadySeconds, as in `available_pods_never_fall_below_the_floor_once_they_reached_it`;
    /// and proportional scaling does not ask what is available.
    #[test]
    fn no_decision_leaves_fewer_available_pods_than_the_floor(run in any_runs()) {
        let (mut before, mut scaled) = (0, false);
        run.without_min_ready_seconds().watch(|moment, sim| {
            let Moment::Stepped(step) = moment else {
                scaled = false;
                return;
            };
            scaled |= rules(&step).any(|rule| matches!(rule, Rule::ScaleProportionally { .. }));
            let decided = !scaled && !matches!(step.actor, Actor::User | Actor::Kubelet);
            let available = ready(&sim.cluster);
            let least = before.min(min_available(&sim.cluster.deployment(WEB).spec));
            assert!(!decided || least <= available, "{available} of at least {least}: {step:?}");
            before = available;
        });
    }

    /// With minReadySeconds they may, in a cluster as here: when a pod that is ready but not yet
    /// available is to go, the ReplicaSet controller takes an available one instead if both have been
    /// ready for about as long.
    #[test]
    fn available_pods_never_fall_below_the_floor_once_they_reached_it(run in runs(healthy_pods(), rollouts())) {
        let mut reached = false;
        run.without_min_ready_seconds().watch(|_, sim| {
            let (available, floor) = (ready(&sim.cluster), min_available(&sim.cluster.deployment(WEB).spec));
            assert!(!reached || floor <= available, "{available} of at least {floor} at {:?}", sim.now());
            reached |= floor <= available;
        });
    }

    /// The strategy stays as it is: once changed to Recreate in the middle of a rolling update, a
    /// Deployment that is then scaled goes no further, in a cluster as here.
    #[test]
    fn a_rollout_of_images_that_become_ready_completes(
        mut run in runs(healthy_pods(), prop_oneof![2 => rollouts(), 1 => scaling(), 1 => interference()])
    ) {
        run.scenario.nodes = None;
        run.spec_mut().paused = false;
        let (_, sim) = run.without_limit().play();
        let deployment = sim.cluster.deployment(WEB);
        assert!(deployment_complete(deployment, &deployment.status), "{:?}", deployment.status);
    }

    /// Pods whose ReplicaSet was deleted are nobody's, and not waited for.
    #[test]
    fn with_recreate_no_new_pod_is_created_while_an_old_one_exists(
        mut run in runs(any_pods(), prop_oneof![2 => rollouts(), 1 => interference()])
    ) {
        run.spec_mut().strategy = DeploymentStrategy::recreate();
        run.watch(|moment, sim| {
            let Moment::Stepped(step) = moment else { return };
            for fact in &step.facts {
                let Fact::Event(Event::SuccessfulCreate(created)) = fact else { continue };
                let new_rs = sim.cluster.pod(*created).replica_set;
                let mut pods = sim.cluster.existing_pods().map(|(_, pod)| pod.replica_set);
                let is_nobodys = |set| sim.cluster.replica_set(set).deleted.is_some();
                assert!(pods.all(|set| set == new_rs || is_nobodys(set)), "{:?}: {step:?}", step.at);
            }
        });
    }

    /// Other commands may bring about that old and new pods exist together: a change of the strategy
    /// in the middle of a rolling update, scaling while paused. But Recreate itself never adds to it.
    #[test]
    fn recreate_scales_up_only_when_no_old_pod_exists(run in any_runs()) {
        run.watch(|moment, sim| {
            let Moment::Stepped(step) = moment else { return };
            let recreates = sim.cluster.deployment(WEB).spec.strategy.kind == StrategyType::Recreate;
            for new_rs in rules(&step).filter_map(rolled_out).filter(|_| recreates) {
                let others = existing_replica_sets(&sim.cluster).filter(|(id, _)| *id != new_rs);
                let mut old_pods = others.flat_map(|(id, _)| pods_of(&sim.cluster, id));
                assert_eq!(old_pods.next(), None, "{step:?}");
            }
        });
    }
}

fn rules(step: &Step) -> impl Iterator<Item = &Rule> {
    step.facts.iter().filter_map(|fact| match fact {
        Fact::Rule(rule) => Some(rule),
        _ => None,
    })
}

/// How large a ReplicaSet was, and what was left over for it when it took its share.
fn share(rule: &Rule) -> Option<(i32, i32)> {
    match rule {
        Rule::ScaleProportionally { from, leftover, .. } => Some((*from, *leftover)),
        _ => None,
    }
}

/// Proportional scaling trusts annotations. A ReplicaSet that was last scaled under a lower ceiling may
/// gain pods though others are to lose some, and the largest cannot lose more than it has: `scale` in
/// upstream's `sync.go` sees no error in that.
fn grows_while_shrinking(step: &Step) -> bool {
    rules(step).any(|rule| match rule {
        Rule::ScaleProportionally { from, to, to_add, .. } => *to_add < 0 && from < to,
        _ => false,
    })
}

/// The new ReplicaSet, if this is how a rollout with Recreate gives it its pods.
fn rolled_out(rule: &Rule) -> Option<ReplicaSetId> {
    match rule {
        Rule::GetNewReplicaSet { replica_set } | Rule::ScaleUpForRecreate { replica_set, .. } => {
            Some(*replica_set)
        }
        _ => None,
    }
}
