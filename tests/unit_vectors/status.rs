//! What a Deployment reports, and what the API server lets pass.

use std::rc::Rc;

use rollscope::manifest::{self, Why};
use rollscope::sim::cluster::{
    Cluster, Deployment, DeploymentStatus, ReplicaSet, ReplicaSetStatus, StatusCounts,
};
use rollscope::sim::conditions::{
    ConditionReason, ConditionStatus, ConditionType, Conditions, DeploymentCondition, Message, condition,
    remove_condition, set_condition,
};
use rollscope::sim::deployment::progress;
use rollscope::sim::deployment::sync::{calculate_status, total_replicas};
use rollscope::sim::out::Out;
use rollscope::sim::spec::{DeploymentSpec, DeploymentStrategy, RollingUpdateDeployment, StrategyType};
use rollscope::sim::time::{SimDuration, SimTime};
use rollscope::sim::validation::{validate_deployment_spec, validate_deployment_status};
use serde_json::{Value, json};

use crate::Compared;
use crate::given::{
    NOW, WEB, add, cluster_with, deadline, deployment, int, int_or_string, labels, list, replica_set,
    replica_sets, text,
};

/// When the conditions of a case were written.
const THEN: SimTime = SimTime::from_secs(1000);

pub fn deployment_complete(case: &Value) -> Compared {
    let spec = DeploymentSpec { replicas: int(&case["desired"]), ..DeploymentSpec::new("web", "web:v1") };
    let generation = int(&case["generation"]).into();
    let deployment = Deployment { generation, ..deployment("web", spec) };
    let status = StatusCounts {
        observed_generation: int(&case["observed_generation"]).into(),
        replicas: int(&case["status_replicas"]),
        updated_replicas: int(&case["updated"]),
        available_replicas: int(&case["available"]),
        ..StatusCounts::default()
    };
    (json!(progress::deployment_complete(&deployment, &status)), case["expect"].clone())
}

pub fn deployment_progressing(case: &Value) -> Compared {
    let status = |given: &Value| StatusCounts { ready_replicas: int(&given["ready"]), ..counts(given) };
    let (old, new) = (status(&case["old_status"]), status(&case["new_status"]));
    (json!(progress::deployment_progressing(&old, &new)), case["expect"].clone())
}

pub fn deployment_timed_out(case: &Value) -> Compared {
    let given = &case["condition"];
    let written = SimTime::from_secs(int(&given["last_update"]) as u64);
    let conditions = Conditions::from_iter([progressing(given, written)]);
    let now = SimTime::from_secs(int(&case["now"]) as u64);
    (json!(progress::deployment_timed_out(&with_deadline(case), &conditions, now)), case["expect"].clone())
}

/// Time has milliseconds here: part of one counts as one, so that what is late stays late.
pub fn deployment_requeue_stuck(case: &Value) -> Compared {
    const NANOS_PER_MILLI: u64 = 1_000_000;
    let replicas = int(&case["replicas"]);
    let deployment = deployment("web", DeploymentSpec { replicas, ..with_deadline(case) });
    let given = Some(&case["progressing"]).filter(|given| !given.is_null());
    let status = DeploymentStatus {
        counts: StatusCounts { observed_generation: deployment.generation, ..counts(&case["status"]) },
        conditions: given.map(|given| progressing(given, SimTime::ZERO)).into_iter().collect(),
        ..DeploymentStatus::default()
    };
    let now = SimTime::from_millis(case["now_ns"].as_u64().unwrap_or(0).div_ceil(NANOS_PER_MILLI));
    let after = progress::requeue_stuck_deployment(&deployment, &status, now);
    let nanos = |after: SimDuration| (after.millis() * NANOS_PER_MILLI) as i64;
    (json!(after.map_or(-1, nanos)), case["expect_after_ns"].clone())
}

/// Upstream says of a time only that it must stay, or nothing.
pub fn deployment_sync_rollout_status(case: &Value) -> Compared {
    let mut cluster = rolled_out(case);
    let progressing = |cluster: &Cluster| {
        condition(&cluster.deployment(WEB).status.conditions, ConditionType::Progressing).cloned()
    };
    let (before, replica_sets) = (progressing(&cluster), replica_sets(&cluster));
    progress::sync_rollout_status(&mut cluster, WEB, &replica_sets, NOW, &mut Out::default());
    let after = progressing(&cluster);
    let moved = |flag: &str, time: fn(&DeploymentCondition) -> SimTime| {
        case[flag] == true && after.as_ref().map(time) != before.as_ref().map(time)
    };
    let words =
        |it: &DeploymentCondition| json!({ "status": it.status.as_str(), "reason": it.reason.as_str() });
    let ours = json!({
        "progressing": after.as_ref().map(words),
        "moved": [
            moved("expect_last_update_unchanged", |it| it.last_update_time),
            moved("expect_last_transition_unchanged", |it| it.last_transition_time),
        ],
    });
    (ours, json!({ "progressing": case["expect_progressing"], "moved": [false, false] }))
}

/// A Deployment of `web:v1`, and what its ReplicaSets report.
fn rolled_out(case: &Value) -> Cluster {
    let strategy = StrategyType::parse(text(&case["strategy"]));
    let mut cluster = cluster_with(DeploymentSpec {
        replicas: int(&case["replicas"]),
        strategy: DeploymentStrategy { kind: strategy, rolling_update: None },
        ..with_deadline(case)
    });
    let conditions = list(&case["conditions"]).iter().map(stored_condition).collect();
    let counts = ready_if_available(counts(&case["current_status"]));
    cluster.deployment_mut(WEB).status =
        DeploymentStatus { counts, conditions, ..DeploymentStatus::default() };
    for given in list(&case["other_rss"]) {
        add(&mut cluster, reported(given, "web:v0"));
    }
    if !case["new_rs"].is_null() {
        add(&mut cluster, reported(&case["new_rs"], "web:v1"));
    }
    cluster
}

pub fn deployment_conditions(case: &Value) -> Compared {
    let listed = |given: &Value| list(given).iter().map(plain_condition).collect::<Conditions>();
    let mut conditions = listed(&case["conditions"]);
    match text(&case["op"]) {
        "get" => {
            let found = condition(&conditions, kind(&case["type"]));
            return (json!(found.is_some()), case["expect_exists"].clone());
        }
        "set" => set_condition(&mut conditions, plain_condition(&case["condition"])),
        "remove" => remove_condition(&mut conditions, kind(&case["type"])),
        other => panic!("no such op: {other}"),
    };
    let words = |conditions: &Conditions| {
        let words = |it: &DeploymentCondition| [it.kind.as_str(), it.status.as_str(), it.reason.as_str()];
        json!(conditions.iter().map(words).collect::<Vec<_>>())
    };
    (words(&conditions), words(&listed(&case["expect"])))
}

/// A ReplicaSet that has not been observed has reported no terminating pods, so they count as none.
pub fn deployment_replica_counts(case: &Value) -> Compared {
    let mut cluster = cluster_with(DeploymentSpec::new("web", "web:v1"));
    for (index, given) in list(&case["rs"]).iter().enumerate() {
        let status = ReplicaSetStatus {
            replicas: int(&given["status_replicas"]),
            terminating_replicas: given["terminating"].as_i64().unwrap_or(0) as i32,
            ..ReplicaSetStatus::default()
        };
        let replicas = int(&given["spec_replicas"]);
        add(
            &mut cluster,
            ReplicaSet { replicas, status, ..replica_set(WEB, &format!("rs{index}"), "web:v0") },
        );
    }
    let replica_sets = replica_sets(&cluster);
    let status = calculate_status(&cluster, WEB, &replica_sets);
    let wanted = total_replicas(&cluster, replica_sets.old_rss());
    let ours = json!([wanted, status.replicas, status.terminating_replicas]);
    (ours, json!([case["expect_spec_total"], case["expect_actual_total"], case["expect_terminating"]]))
}

/// A number that is absent breaks no rule, just like 0.
pub fn deployment_status_validation(case: &Value) -> Compared {
    let status = DeploymentStatus {
        counts: StatusCounts {
            observed_generation: int(&case["observed_generation"]).into(),
            ready_replicas: int(&case["ready"]),
            terminating_replicas: case["terminating"].as_i64().unwrap_or(0) as i32,
            ..counts(case)
        },
        collision_count: case["collision_count"].as_i64().map(|count| count as i32),
        ..DeploymentStatus::default()
    };
    (json!(!validate_deployment_status(&status).is_empty()), case["expect_error"].clone())
}

/// Upstream looks for some words in the first error.
pub fn deployment_validation(case: &Value) -> Compared {
    let input = &case["input"];
    let given = Some(&input["rolling_update"]).filter(|given| !given.is_null());
    let mut spec = DeploymentSpec {
        replicas: int(&input["replicas"]),
        selector: Some(labels(&input["selector"])),
        strategy: DeploymentStrategy {
            kind: StrategyType::parse(text(&input["strategy"])),
            rolling_update: given.map(|given| RollingUpdateDeployment {
                max_unavailable: int_or_string(&given["max_unavailable"]),
                max_surge: int_or_string(&given["max_surge"]),
            }),
        },
        min_ready_seconds: int(&input["min_ready_seconds"]),
        progress_deadline_seconds: deadline(&input["progress_deadline_seconds"]),
        ..DeploymentSpec::new("abc", "image")
    };
    Rc::make_mut(&mut spec.template).labels = labels(&input["template_labels"]);
    let first = match text(&input["restart_policy"]) {
        "Always" => validate_deployment_spec(&spec).first().map(ToString::to_string),
        policy => refused_policy(policy),
    };
    let words = case["expect_first_error_contains"].as_str();
    let found = words.filter(|words| first.as_ref().is_some_and(|first| first.contains(words)));
    match found {
        Some(words) => (json!(words), json!(words)),
        None => (json!(first), json!(words)),
    }
}

/// Only a manifest can have another policy, and is refused when it is read.
fn refused_policy(policy: &str) -> Option<String> {
    let template = format!(
        "{{metadata: {{labels: {{a: b}}}}, spec: {{restartPolicy: {policy}, containers: [{{name: c, image: i}}]}}}}"
    );
    let spec = format!("{{selector: {{matchLabels: {{a: b}}}}, template: {template}}}");
    let reading = manifest::read(&format!(
        "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: abc}}, spec: {spec}}}"
    ));
    reading.problems.first().map(|problem| match &problem.why {
        Why::Kubectl(said) => said.clone(),
        other => format!("{other:?}"),
    })
}

/// The counts that most tables give.
fn counts(given: &Value) -> StatusCounts {
    StatusCounts {
        replicas: int(&given["replicas"]),
        updated_replicas: int(&given["updated"]),
        available_replicas: int(&given["available"]),
        ..StatusCounts::default()
    }
}

/// Upstream leaves ready pods out of this table, and has more available than ready ones, which the API
/// server would refuse. As many ready as available, before and after, tell the same story.
fn ready_if_available(status: StatusCounts) -> StatusCounts {
    StatusCounts { ready_replicas: status.available_replicas, ..status }
}

fn reported(given: &Value, image: &str) -> ReplicaSet {
    let available = int(&given["available"]);
    ReplicaSet {
        replicas: int(&given["spec_replicas"]),
        status: ReplicaSetStatus {
            replicas: int(&given["status_replicas"]),
            ready_replicas: available,
            available_replicas: available,
            terminating_replicas: 0,
        },
        ..replica_set(WEB, text(&given["name"]), image)
    }
}

fn with_deadline(case: &Value) -> DeploymentSpec {
    let progress_deadline_seconds = deadline(&case["deadline_seconds"]);
    DeploymentSpec { progress_deadline_seconds, ..DeploymentSpec::new("web", "web:v1") }
}

/// A condition of which only the words matter.
fn plain_condition(given: &Value) -> DeploymentCondition {
    let (status, reason) = (status(&given["status"]), reason(&given["reason"]));
    DeploymentCondition::new(kind(&given["type"]), status, reason, Message::Plain(""), THEN)
}

fn progressing(given: &Value, written: SimTime) -> DeploymentCondition {
    let (status, reason) = (status(&given["status"]), reason(&given["reason"]));
    DeploymentCondition::new(ConditionType::Progressing, status, reason, Message::Plain(""), written)
}

fn stored_condition(given: &Value) -> DeploymentCondition {
    let time = |value: &Value| match text(value) {
        "T0" => THEN,
        "zero" => SimTime::ZERO,
        other => panic!("no such time: {other}"),
    };
    DeploymentCondition {
        last_update_time: time(&given["last_update"]),
        last_transition_time: time(&given["last_transition"]),
        ..plain_condition(given)
    }
}

fn kind(word: &Value) -> ConditionType {
    match text(word) {
        "Available" => ConditionType::Available,
        "Progressing" => ConditionType::Progressing,
        "ReplicaFailure" => ConditionType::ReplicaFailure,
        other => panic!("there is no condition {other}"),
    }
}

fn status(word: &Value) -> ConditionStatus {
    match text(word) {
        "True" => ConditionStatus::True,
        "False" => ConditionStatus::False,
        other => panic!("no case has a condition that is {other}"),
    }
}

fn reason(word: &Value) -> ConditionReason {
    match text(word) {
        "NewReplicaSetAvailable" => ConditionReason::NewReplicaSetAvailable,
        "ProgressDeadlineExceeded" => ConditionReason::ProgressDeadlineExceeded,
        // None at all stands for one that neither ends a rollout nor fails it.
        "ReplicaSetUpdated" | "" => ConditionReason::ReplicaSetUpdated,
        // Upstream made these up. All that matters is that they differ.
        "AwesomeController" => ConditionReason::MinimumReplicasAvailable,
        "BecauseItIs" => ConditionReason::NewReplicaSetCreated,
        "ForSomeReason" => ConditionReason::FoundNewReplicaSet,
        other => panic!("no such reason: {other}"),
    }
}
