//! What is written down equals what there is.

use proptest::prelude::*;

use rollscope::sim::Sim;
use rollscope::sim::cluster::Cluster;
use rollscope::sim::conditions::{ConditionStatus, ConditionType, condition};
use rollscope::sim::deployment::fenceposts::max_unavailable;
use rollscope::sim::deployment::sync::find_new_replica_set;
use rollscope::sim::node::NodeId;
use rollscope::sim::out::{Actor, Event, Fact};
use rollscope::sim::pod::Stage;

use crate::config;
use crate::counted::{counts, existing_replica_sets, recounted, recounted_for_deployment};
use crate::generated::{any_commands, any_pods, any_runs, interference, runs};
use crate::run::{Moment, WEB};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_instant_ends_with_statuses_that_equal_a_recount(run in any_runs()) {
        run.watch_instants(|sim| {
            expect_counted(sim);
            expect_availability(&sim.cluster);
        });
    }

    #[test]
    fn the_scheduler_waits_until_the_controllers_have_counted_what_they_made(run in any_runs()) {
        let mut before: Option<Sim> = None;
        run.watch(|moment, sim| {
            let Moment::Stepped(step) = moment else { return };
            if step.actor == Actor::Scheduler && let Some(before) = &before {
                expect_counted(before);
            }
            before = (step.actor != Actor::Kubelet).then(|| sim.clone());
        });
    }

    #[test]
    fn the_new_replica_set_has_the_minimum_of_ready_seconds_of_its_deployment(run in any_runs()) {
        run.watch_instants(|sim| {
            if let Some(new_rs) = find_new_replica_set(&sim.cluster, WEB) {
                let expect = sim.cluster.deployment(WEB).spec.min_ready_seconds;
                assert_eq!(sim.cluster.replica_set(new_rs).min_ready_seconds, expect);
            }
        });
    }

    #[test]
    fn nodes_have_the_pods_that_are_bound_to_them_and_room_for_them(run in any_runs()) {
        run.watch(|_, sim| {
            for (index, node) in (0..).zip(sim.cluster.nodes.iter().flatten()) {
                let bound = |node: NodeId| node.0 == index;
                let pods = sim.cluster.existing_pods().filter(|(_, pod)| pod.node().is_some_and(bound)).count();
                let counted = sim.cluster.pods.on_node(NodeId(index));
                assert_eq!(counted as usize, pods);
                assert!(counted <= node.slots, "{node:?}");
            }
        });
    }

    #[test]
    fn no_pod_is_bound_to_a_cordoned_node(run in any_runs()) {
        run.watch(|moment, sim| {
            let Moment::Stepped(step) = moment else { return };
            for fact in &step.facts {
                let Fact::Event(Event::Scheduled(pod)) = fact else { continue };
                let Some(nodes) = &sim.cluster.nodes else { continue };
                let node = sim.cluster.pod(*pod).node().expect("it has just been bound");
                assert!(!nodes[node.0 as usize].unschedulable, "{step:?}");
            }
        });
    }

    #[test]
    fn a_quota_is_never_exceeded_and_a_failure_reported_only_with_it(mut run in any_runs(), quota in 0..40_u32) {
        run.scenario.quota = Some(quota);
        run.watch(|_, sim| assert!(sim.cluster.existing_pods().count() <= quota as usize));
        run.watch_instants(|sim| {
            for (id, replica_set) in existing_replica_sets(&sim.cluster) {
                let active = recounted(&sim.cluster, id, sim.now()).replicas;
                assert_eq!(replica_set.failure.is_some(), active < replica_set.replicas, "{replica_set:?}");
            }
        });
    }

    #[test]
    fn no_pod_waits_while_there_is_room(
        run in runs(any_pods(), prop_oneof![3 => interference(), 1 => any_commands()])
    ) {
        run.watch_instants(|sim| {
            let waits = sim.cluster.existing_pods().any(|(_, pod)| pod.stage == Stage::Unscheduled);
            assert!(!waits || !has_room(&sim.cluster), "{:?}", sim.cluster.nodes);
        });
    }

    #[test]
    fn a_pod_has_been_ready_since_some_time_while_it_is_ready(run in any_runs()) {
        run.watch_instants(|sim| {
            for (_, pod) in sim.cluster.existing_pods().filter(|(_, pod)| pod.is_active()) {
                assert_eq!(pod.ready().is_some(), pod.stage == Stage::Ready, "{pod:?}");
            }
        });
    }
}

#[track_caller]
fn expect_counted(sim: &Sim) {
    if sim.cluster.deployment(WEB).deleted.is_some() {
        // Nobody writes its status any more; what it owned has gone with it.
        assert_eq!(existing_replica_sets(&sim.cluster).count(), 0);
        return assert!(!sim.cluster.existing_pods().any(|(_, pod)| pod.is_active()));
    }
    for (id, replica_set) in existing_replica_sets(&sim.cluster) {
        assert_eq!(replica_set.status, recounted(&sim.cluster, id, sim.now()));
    }
    let deployment = sim.cluster.deployment(WEB);
    assert_eq!(counts(&deployment.status), recounted_for_deployment(&sim.cluster, sim.now()));
    assert_eq!(deployment.status.observed_generation, deployment.generation);
}

#[track_caller]
fn expect_availability(cluster: &Cluster) {
    let deployment = cluster.deployment(WEB);
    if deployment.deleted.is_some() {
        return;
    }
    let found = condition(&deployment.status.conditions, ConditionType::Available);
    let least = deployment.spec.replicas - max_unavailable(&deployment.spec);
    let enough = least <= deployment.status.available_replicas;
    let expect = if enough { ConditionStatus::True } else { ConditionStatus::False };
    assert_eq!(found.map(|found| found.status), Some(expect));
}

fn has_room(cluster: &Cluster) -> bool {
    let Some(nodes) = &cluster.nodes else { return true };
    let pods = |index| cluster.pods.on_node(NodeId(index));
    (0..).zip(nodes).any(|(index, node)| !node.unschedulable && pods(index) < node.slots)
}
