//! Pods: when they count, which of them go, and how long one waits.

use std::cmp::Ordering;

use rollscope::sim::backoff::{Backoff, BackoffEntry};
use rollscope::sim::cluster::{Cluster, ReplicaFailure, ReplicaSet, ReplicaSetId};
use rollscope::sim::conditions::ConditionReason;
use rollscope::sim::node::{Node, NodeId};
use rollscope::sim::pod::{Pod, PodId, Stage};
use rollscope::sim::replica_set::{
    calculate_status, failure_condition, find_min_next_pod_availability_check, slow_start_batch,
};
use rollscope::sim::spec::DeploymentSpec;
use rollscope::sim::time::{SimDuration, SimTime};
use rollscope::sim::victims::{Candidate, Phase, deleted_first, pods_to_delete};
use serde_json::{Value, json};

use crate::Compared;
use crate::given::{
    NOW, WEB, add, add_pod, ago, cluster, cluster_with, deployment, int, list, replica_set, text,
};

const RS: ReplicaSetId = ReplicaSetId(0);

pub fn backoff(case: &Value) -> Compared {
    let seconds = |value: &Value| SimDuration::from_secs(int(value) as u64);
    let backoff = Backoff { initial: seconds(&case["initial"]), max: seconds(&case["max"]) };
    match text(&case["op"]) {
        "slow" => {
            let count = list(&case["expect_get"]).len();
            let waits = (0..count).map(|calls| wait(warmed_up(backoff, calls).0));
            (json!(waits.collect::<Vec<_>>()), case["expect_get"].clone())
        }
        // Asked about the moment of the last update, `IsInBackOffSince` says what
        // `IsInBackOffSinceUpdate` says.
        "reset" => {
            let (entry, now) = warmed_up(backoff, int(&case["warmup_next_calls"]) as usize);
            let later = now + seconds(&case["advance_after"]);
            let waits = |at| backoff.is_in_backoff_since_update(entry, at);
            let expect =
                [&case["expect_in_backoff_since_last_update_before"], &case["expect_in_backoff_after"]];
            (json!([waits(now), waits(later)]), json!(expect))
        }
        "high_water_mark" => {
            let (entry, now) = warmed_up(backoff, int(&case["warmup_next_calls"]) as usize);
            let next = backoff.next(entry, now + seconds(&case["advance_after"]));
            (json!(wait(Some(next))), case["expect_get_after_next"].clone())
        }
        "since_update" => (json!(ticks(backoff, case)), json!(expected_ticks(case))),
        other => panic!("no such op: {other}"),
    }
}

/// What is left after so many calls of `Next`, with a second before each.
fn warmed_up(backoff: Backoff, calls: usize) -> (Option<BackoffEntry>, SimTime) {
    (0..calls).fold((None, SimTime::ZERO), |(entry, now), _| {
        let now = now + SimDuration::from_secs(1);
        (Some(backoff.next(entry, now)), now)
    })
}

/// `Get`.
fn wait(entry: Option<BackoffEntry>) -> u64 {
    entry.map_or(0, |entry| entry.backoff.secs())
}

/// At every tick whether the wait goes on, and if so, how long it is; if not, `Next` is called.
fn ticks(backoff: Backoff, case: &Value) -> Vec<Option<u64>> {
    let mut entry = None;
    let mut tick = |given: &Value| {
        let now = SimTime::from_secs(int(&given["tick"]) as u64);
        if backoff.is_in_backoff_since_update(entry, now) {
            return Some(wait(entry));
        }
        entry = Some(backoff.next(entry, now));
        None
    };
    list(&case["ticks"]).iter().map(&mut tick).collect()
}

fn expected_ticks(case: &Value) -> Vec<Option<u64>> {
    let tick = |given: &Value| given["value"].as_u64().filter(|_| given["in_backoff"] == true);
    list(&case["ticks"]).iter().map(tick).collect()
}

pub fn pod_availability(case: &Value) -> Compared {
    let min_ready_seconds = int(&case["min_ready_seconds"]);
    let secs = |after: Option<SimDuration>| after.map(SimDuration::secs);
    match text(&case["op"]) {
        "is_available" => (json!(pod(case).is_available(min_ready_seconds, NOW)), case["expect"].clone()),
        "next_check" => {
            let after = pod(case).next_availability_check(min_ready_seconds, NOW);
            (json!(secs(after)), case["expect_seconds"].clone())
        }
        "min_next_check" => {
            let mut cluster = cluster_with(DeploymentSpec::new("web", "web:v1"));
            add(&mut cluster, ReplicaSet { min_ready_seconds, ..replica_set(WEB, "rs", "web:v1") });
            for given in list(&case["pods"]) {
                add_pod(&mut cluster, pod(given));
            }
            let after = find_min_next_pod_availability_check(&cluster, RS, NOW);
            let mut pods = list(&case["pods"]).iter();
            let first = after.and_then(|_| {
                pods.find(|given| pod(given).next_availability_check(min_ready_seconds, NOW) == after)
            });
            let ours = json!([secs(after), first.map(|given| &given["name"])]);
            (ours, json!([case["expect_seconds"], case["expect_pod"]]))
        }
        other => panic!("no such op: {other}"),
    }
}

/// A pod that runs, and may be ready.
fn pod(given: &Value) -> Pod {
    let pod = Pod::new(RS, 0, SimTime::ZERO);
    match given["ready"] == true {
        true => pod.at(Stage::Ready).ready_since(ago(&given["ready_age"])),
        false => pod.at(Stage::Running),
    }
}

/// Terminating pods are always reported here: the feature gate for it is on by default. With it off
/// upstream leaves out this one number. Of labels there is nothing to report.
pub fn replicaset_status(case: &Value) -> Compared {
    let mut cluster = cluster_with(DeploymentSpec::new("web", "web:v1"));
    let min_ready_seconds = int(&case["min_ready_seconds"]);
    add(&mut cluster, ReplicaSet { min_ready_seconds, ..replica_set(WEB, "rs", "web:v1") });
    for given in list(&case["active_pods"]) {
        assert_eq!(given["labels_match_template"], true, "pods have exactly the labels of their template");
        match text(&given["phase"]) {
            "Running" => add_pod(&mut cluster, pod(given)),
            "Pending" => add_pod(&mut cluster, pod(given).at(Stage::Pending)),
            other => panic!("no pod is in phase {other}"),
        };
    }
    for _ in 0..int(&case["terminating_pods"]) {
        add_pod(&mut cluster, Pod::new(RS, 0, SimTime::ZERO).at(Stage::Terminating));
    }
    let status = calculate_status(&cluster, RS, NOW);
    let terminating = Some(status.terminating_replicas).filter(|_| case["terminating_gate"] == true);
    let ours = json!([status.replicas, status.ready_replicas, status.available_replicas, terminating]);
    let expect = &case["expect"];
    (ours, json!([expect["replicas"], expect["ready"], expect["available"], expect["terminating"]]))
}

/// Where a pod is listed twice, there are two that are alike. Related pods that are not on the list
/// itself belong to another ReplicaSet of the Deployment.
pub fn replicaset_pods_to_delete(case: &Value) -> Compared {
    let (mut cluster, nodes) = cluster_on_nodes(case);
    let other = ReplicaSetId(1);
    let pods = list(&case["pods"]);
    for given in pods {
        add_pod(&mut cluster, placed(given, RS, &nodes));
    }
    let mut own = pods.to_vec();
    for related in case["related"].as_array().into_iter().flatten() {
        match own.iter().position(|given| given == related) {
            Some(index) => drop(own.remove(index)),
            None => drop(add_pod(&mut cluster, placed(related, other, &nodes))),
        }
    }
    let mut victims = Vec::new();
    pods_to_delete(&mut cluster, RS, int(&case["diff"]) as usize, NOW, &mut victims, &mut Vec::new());
    let names: Vec<_> = victims.iter().map(|victim| &pods[victim.0 as usize]["id"]).collect();
    (json!(names), case["expect"].clone())
}

/// Two ReplicaSets of one Deployment, and all nodes that a case names.
fn cluster_on_nodes(case: &Value) -> (Cluster, Vec<String>) {
    let related = case["related"].as_array().into_iter().flatten();
    let mut nodes: Vec<_> = list(&case["pods"]).iter().chain(related).map(|pod| text(&pod["node"])).collect();
    nodes.retain(|name| !name.is_empty());
    nodes.sort_unstable();
    nodes.dedup();
    let mut cluster = cluster(Some(nodes.iter().map(|name| Node::new(name, 10)).collect()));
    cluster.deployments.push(deployment("web", DeploymentSpec::new("web", "web:v1")));
    for (name, image) in [("rs", "web:v1"), ("other", "web:v0")] {
        add(&mut cluster, replica_set(WEB, name, image));
    }
    (cluster, nodes.into_iter().map(str::to_owned).collect())
}

/// Upstream gives these pods no times; a ready pod of unknown age is known here too.
fn placed(given: &Value, replica_set: ReplicaSetId, nodes: &[String]) -> Pod {
    let node = nodes.iter().position(|name| name == text(&given["node"])).map(|index| NodeId(index as u32));
    let stage = match (text(&given["phase"]), given["ready"] == true) {
        ("Pending", _) if node.is_none() => Stage::Unscheduled,
        ("Pending", _) => Stage::Pending,
        ("Running", false) => Stage::Running,
        ("Running", true) => Stage::Ready,
        (other, _) => panic!("no pod is in phase {other}"),
    };
    Pod::new(replica_set, 0, SimTime::ZERO).on(node).at(stage)
}

/// Upstream asks both ways round, since it has no more than "less". All UIDs are the same there.
pub fn replicaset_victim_ranking(case: &Value) -> Compared {
    let (a, b) = (candidate(&case["a"], &case["a_rank"]), candidate(&case["b"], &case["b_rank"]));
    let less = |a, b| deleted_first(a, b, NOW) == Ordering::Less;
    let expect = match text(&case["kind"]) {
        "equivalent" => [false, false],
        "a_first" => [true, false],
        other => panic!("no such kind: {other}"),
    };
    (json!([less(&a, &b), less(&b, &a)]), json!(expect))
}

fn candidate(given: &Value, rank: &Value) -> Candidate {
    Candidate {
        assigned: given["node"] != "",
        phase: match text(&given["phase"]) {
            "Pending" => Phase::Pending,
            "Unknown" => Phase::Unknown,
            "Running" => Phase::Running,
            other => panic!("no pod is in phase {other}"),
        },
        ready: given["ready"] == true,
        deletion_cost: given["deletion_cost"].as_str().map_or(0, |cost| cost.parse().expect("a number")),
        rank: int(rank),
        ready_time: ago(&given["ready_age"]),
        restarts: (int(&given["restarts"]) as u32, int(&given["sidecar_restarts"]) as u32),
        created: ago(&given["created_age"]),
        uid: PodId(0),
    }
}

/// The condition that is there already has neither reason nor message in upstream's table; any other one
/// is as good, as long as it is kept.
pub fn replicaset_failure_condition(case: &Value) -> Compared {
    let kept = ReplicaFailure {
        reason: ConditionReason::FailedDelete,
        message: "kept".to_owned(),
        last_transition_time: SimTime::ZERO,
    };
    let present = (case["had_failure_condition"] == true).then(|| kept.clone());
    let error = case["manage_error"].as_str().map(str::to_owned);
    let missing = int(&case["active"]) < int(&case["spec_replicas"]);
    let ours = match failure_condition(present, error, missing, SimTime::from_secs(9)) {
        None => Value::Null,
        Some(failure) if failure == kept => json!({ "status": "True", "reason": "", "message": "" }),
        Some(ReplicaFailure { reason, message, .. }) => {
            json!({ "status": "True", "reason": reason.as_str(), "message": message })
        }
    };
    (ours, case["expect"].clone())
}

pub fn replicaset_slow_start(case: &Value) -> Compared {
    let number = |key: &str| int(&case[key]) as usize;
    let mut calls = 0;
    let (successes, result) = slow_start_batch(number("count"), number("initial_batch"), || {
        calls += 1;
        if calls <= number("call_limit") { Ok(()) } else { Err(calls) }
    });
    let ours = json!([successes, result.is_err(), calls]);
    (ours, json!([case["expect_successes"], case["expect_error"], case["expect_calls"]]))
}
