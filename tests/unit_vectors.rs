//! Puts the tables of upstream's own unit tests to the simulator, case by case.
//!
//! Each file in `tests/conformance/unit/` says in `source` where its numbers come from, and in
//! `fields` what they mean. A case that needs what the simulator does not have yet is on its test's
//! `NOT_YET` list with the reason; any other such case fails.

use rollscope::sim::cluster::{Cluster, DeploymentId, ReplicaSetId};
use rollscope::sim::deployment::edit::create;
use rollscope::sim::deployment::fenceposts::{max_unavailable, min_available, resolve_fenceposts};
use rollscope::sim::deployment::rolling::{
    cleanup_unhealthy_replicas, new_rs_new_replicas, reconcile_new_replica_set, reconcile_old_replica_sets,
    scale_down_old_replica_sets_for_rolling_update,
};
use rollscope::sim::deployment::sync::{ReplicaSets, find_new_replica_set, generate_replica_set_name};
use rollscope::sim::deployment::sync_deployment;
use rollscope::sim::dice::Dice;
use rollscope::sim::int_or_string::{IntOrString, Round, scaled_value};
use rollscope::sim::out::Out;
use rollscope::sim::pod_template_hash::pod_template_hash;
use rollscope::sim::spec::{
    Container, DeploymentSpec, DeploymentStrategy, Labels, PodTemplateSpec, RollingUpdateDeployment,
    StrategyType,
};
use rollscope::sim::time::SimTime;
use serde_json::{Value, json};

/// Cases that cannot be put to the simulator yet: by name, or by position where cases have no
/// names, and why.
type NotYet = &'static [(&'static str, &'static str)];

#[test]
fn int_or_percent() {
    check("int_or_percent", &[], |case| match text(&case["op"]) {
        "scale" => {
            let round = if case["round_up"] == true { Round::Up } else { Round::Down };
            let got = scaled_value(int_or_string(&case["value"]).as_ref(), int(&case["total"]), round);
            let ours = json!([got.is_err(), got.unwrap_or(0)]);
            (ours, json!([case["expect_error"], case["expect"]]))
        }
        "parse" => {
            let ours = match IntOrString::parse(text(&case["text"])) {
                IntOrString::Int(number) => json!(["int", number]),
                IntOrString::String(text) => json!(["string", text]),
            };
            (ours, json!([case["expect_kind"], case["expect"]]))
        }
        other => panic!("no such op: {other}"),
    });
}

#[test]
fn deployment_fenceposts() {
    check("deployment_fenceposts", &[], |case| {
        let (surge, unavailable) =
            (int_or_string(&case["max_surge"]), int_or_string(&case["max_unavailable"]));
        let ours = match resolve_fenceposts(surge.as_ref(), unavailable.as_ref(), int(&case["desired"])) {
            Ok(fenceposts) => json!([false, fenceposts.surge, fenceposts.unavailable]),
            Err(_) => json!([true, 0, 0]),
        };
        (ours, json!([case["expect_error"], case["expect_surge"], case["expect_unavailable"]]))
    });
}

#[test]
fn deployment_max_unavailable() {
    check("deployment_max_unavailable", &[], |case| {
        (json!(max_unavailable(&spec(case, "replicas"))), case["expect"].clone())
    });
}

#[test]
fn deployment_min_available() {
    check("deployment_min_available", &[], |case| {
        (json!(min_available(&spec(case, "replicas"))), case["expect"].clone())
    });
}

#[test]
fn deployment_new_rs_replicas() {
    check("deployment_new_rs_replicas", &[], |case| {
        let new = int(&case["new_rs_replicas"]);
        let old = int(&case["all_rs_total"]) - new;
        let ours = new_rs_new_replicas(&spec(case, "deployment_replicas"), old, new);
        (json!(ours), case["expect"].clone())
    });
}

#[test]
fn deployment_reconcile_new_rs() {
    check("deployment_reconcile_new_rs", &[], |case| {
        let (old, new) = (int(&case["old_rs_replicas"]), int(&case["new_rs_replicas"]));
        let mut cluster = rolling(case, (old, 0), (new, 0));
        let scaled = reconcile_new_replica_set(&mut cluster, WEB, &replica_sets(), &mut Out::default());
        let after = cluster.replica_set(NEW).replicas;
        let expect = case["expect_new_rs_replicas"].as_i64().unwrap_or(new.into());
        (json!([scaled, after]), json!([case["expect_scaled"], expect]))
    });
}

#[test]
fn deployment_reconcile_old_rs() {
    check("deployment_reconcile_old_rs", &[], |case| {
        let old = (int(&case["old_rs_replicas"]), int(&case["old_rs_available"]));
        let new = (int(&case["new_rs_replicas"]), int(&case["new_rs_available"]));
        let mut cluster = rolling(case, old, new);
        let scaled = reconcile_old_replica_sets(&mut cluster, WEB, &replica_sets(), &mut Out::default());
        let after = cluster.replica_set(OLD).replicas;
        let expect = case["expect_old_rs_replicas"].as_i64().unwrap_or(old.0.into());
        (json!([scaled, after]), json!([case["expect_scaled"], expect]))
    });
}

#[test]
fn deployment_cleanup_unhealthy() {
    check("deployment_cleanup_unhealthy", &[], |case| {
        let old = (int(&case["old_rs_replicas"]), int(&case["old_rs_available"]));
        let mut cluster = cluster(DeploymentSpec::new("web", "web:v2"), old, (0, 0));
        let max_cleanup = int(&case["max_cleanup"]);
        let cleaned = cleanup_unhealthy_replicas(&mut cluster, &[OLD], max_cleanup, &mut Out::default());
        let expect = int(&case["expect_cleaned"]);
        let after = cluster.replica_set(OLD).replicas;
        (json!([cleaned.ok(), after]), json!([expect, old.0 - expect]))
    });
}

/// Upstream passes no new ReplicaSet here; one that asks for no pods has the same say.
#[test]
fn deployment_scale_down_old() {
    check("deployment_scale_down_old", &[], |case| {
        let old = (int(&case["old_rs_replicas"]), int(&case["old_rs_available"]));
        let mut cluster = rolling(case, old, (0, 0));
        let out = &mut Out::default();
        let taken = scale_down_old_replica_sets_for_rolling_update(&mut cluster, WEB, &replica_sets(), out);
        let after = cluster.replica_set(OLD).replicas;
        let expect = case["expect_old_rs_replicas"].as_i64().unwrap_or(old.0.into());
        (json!([0 < taken, after, old.0 - taken]), json!([case["expect_scaled"], expect, expect]))
    });
}

#[test]
fn deployment_rs_name() {
    check("deployment_rs_name", &[], |case| {
        let ours = generate_replica_set_name(text(&case["deployment_name"]), text(&case["hash"]));
        (json!(ours), case["expect"].clone())
    });
}

#[test]
fn pod_template_hashes() {
    const NOT_YET: NotYet = &[
        ("nginx-docs", "containers have no ports yet"),
        ("nginx-docs-1.16.1", "containers have no ports yet"),
        ("command-args-env", "containers have no command, args, workingDir, env or envFrom yet"),
        ("resources", "containers have no resources yet"),
        ("resources-limits-only", "containers have no resources yet"),
        ("probes", "containers have no probes yet"),
        ("lifecycle-grace", "there is no lifecycle and no terminationGracePeriodSeconds yet"),
        ("prestop-exec", "containers have no lifecycle, imagePullPolicy or securityContext yet"),
        ("volumes", "there are no volumes yet"),
        ("init-and-sidecar", "there are no initContainers yet"),
        ("scheduling", "pods have only containers yet, and nothing for the scheduler"),
        ("set-resources-of-the-article", "containers have no resources yet"),
        ("limits-and-requests", "containers have no resources yet"),
        ("zero-resources-env", "containers have no resources or env yet"),
        ("quantities", "containers have no resources yet"),
        ("labels-unicode-quotes", "containers have no args yet"),
    ];
    check("pod_template_hash", NOT_YET, |case| {
        let template = template(&case["template"]);
        let ours = [None, Some(1)].map(|count| pod_template_hash(&template, count));
        (json!(ours), json!([case["hash"], case["hashWithCollisionCount1"]]))
    });
}

#[test]
fn created_deployment_hashes() {
    check("created_deployment_hashes", &[], |case| {
        let image = text(&case["image"]);
        let last_part = image.rsplit('/').next().expect("every text has a last part");
        let name = last_part.split([':', '@']).next().expect("every text has a first part");
        let template = PodTemplateSpec {
            labels: Labels::from([("app".to_owned(), text(&case["deployment"]).to_owned())]),
            annotations: Labels::new(),
            containers: vec![Container { name: name.to_owned(), image: image.to_owned() }],
        };
        (json!([pod_template_hash(&template, None)]), case["podTemplateHash"].clone())
    });
}

/// Puts every case of a file to `run`, which says what the simulator makes of it and what upstream
/// makes of it.
#[track_caller]
fn check(file: &str, not_yet: NotYet, run: impl Fn(&Value) -> (Value, Value)) {
    let cases = cases(file);
    for (index, (name, case)) in cases.iter().enumerate() {
        let twice = cases[..index].iter().any(|(other, _)| other == name);
        assert!(!twice, "{file}.json: two cases are called {name}");
        if not_yet.iter().all(|(listed, _)| listed != name) {
            let (ours, theirs) = run(case);
            assert_eq!(ours, theirs, "{file}.json: {name}: ours is on the left");
        }
    }
    for (listed, _) in not_yet {
        let exists = cases.iter().any(|(name, _)| name == listed);
        assert!(exists, "{file}.json has no case {listed}");
    }
    assert!(not_yet.len() < cases.len(), "{file}.json: nothing was checked");
}

fn cases(file: &str) -> Vec<(String, Value)> {
    let path = format!("{}/tests/conformance/unit/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let json = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let table: Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{path}: {error}"));
    let cases = table["cases"].as_array().expect("`cases` is a list").iter().enumerate();
    cases
        .map(|(index, case)| (case["name"].as_str().map_or(index.to_string(), str::to_owned), case.clone()))
        .collect()
}

const WEB: DeploymentId = DeploymentId(0);
const OLD: ReplicaSetId = ReplicaSetId(0);
const NEW: ReplicaSetId = ReplicaSetId(1);

fn replica_sets() -> ReplicaSets {
    ReplicaSets { new_rs: Some(NEW), old_rss: vec![OLD] }
}

/// The cluster of a case that rolls from one ReplicaSet to another.
fn rolling(case: &Value, old: (i32, i32), new: (i32, i32)) -> Cluster {
    cluster(spec(case, "deployment_replicas"), old, new)
}

/// One Deployment with an old and a new ReplicaSet: how many pods each asks for, and how many of
/// them it has reported available.
fn cluster(spec: DeploymentSpec, old: (i32, i32), new: (i32, i32)) -> Cluster {
    let (mut cluster, out) = (Cluster::new(Dice { seed: 1 }, None), &mut Out::default());
    // Of the same size, since a Deployment of another size would be scaled before anything else.
    let first = DeploymentSpec { replicas: spec.replicas, ..DeploymentSpec::new("web", "web:v1") };
    let created = create(&mut cluster, "web", &first, out);
    assert_eq!(created, Ok(WEB));
    sync_deployment(&mut cluster, WEB, SimTime::ZERO, out);
    // Not by way of the API server, which would refuse the zeros of some of upstream's tables.
    cluster.deployment_mut(WEB).spec = spec;
    sync_deployment(&mut cluster, WEB, SimTime::ZERO, out);
    for (id, (replicas, available)) in [(OLD, old), (NEW, new)] {
        let replica_set = cluster.replica_set_mut(id);
        replica_set.replicas = replicas;
        replica_set.status.available_replicas = available;
    }
    assert_eq!(find_new_replica_set(&cluster, WEB), Some(NEW));
    cluster
}

/// A Deployment of `web:v2` with a case's knobs.
fn spec(case: &Value, replicas: &str) -> DeploymentSpec {
    let given = RollingUpdateDeployment {
        max_unavailable: int_or_string(&case["max_unavailable"]),
        max_surge: int_or_string(&case["max_surge"]),
    };
    let kind =
        case.get("strategy").map_or(StrategyType::RollingUpdate, |kind| StrategyType::parse(text(kind)));
    let strategy = DeploymentStrategy { kind, rolling_update: Some(given) };
    let replicas = case[replicas].as_i64().map_or(0, |replicas| replicas as i32);
    DeploymentSpec { replicas, strategy, ..DeploymentSpec::new("web", "web:v2") }
}

/// Reads a pod template as it is written in YAML, and panics at whatever the simulator does not
/// keep.
fn template(given: &Value) -> PodTemplateSpec {
    let mut template = PodTemplateSpec::default();
    for (path, value) in fields(given).flat_map(|(outer, value)| {
        fields(value).map(move |(inner, value)| (format!("{outer}.{inner}"), value))
    }) {
        match path.as_str() {
            "metadata.labels" => template.labels = labels(value),
            "metadata.annotations" => template.annotations = labels(value),
            "spec.containers" => template.containers = list(value).iter().map(container).collect(),
            _ => panic!("a template with {path} is not simulated yet"),
        }
    }
    template
}

fn container(given: &Value) -> Container {
    let mut container = Container { name: String::new(), image: String::new() };
    for (key, value) in fields(given) {
        match key.as_str() {
            "name" => container.name = text(value).to_owned(),
            "image" => container.image = text(value).to_owned(),
            "resources" if fields(value).next().is_none() => {}
            _ => panic!("a container with {key} is not simulated yet"),
        }
    }
    container
}

fn labels(given: &Value) -> Labels {
    fields(given).map(|(key, value)| (key.clone(), text(value).to_owned())).collect()
}

fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().unwrap_or_else(|| panic!("{value} is no object")).iter()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn int(value: &Value) -> i32 {
    let number = value.as_i64().and_then(|number| i32::try_from(number).ok());
    number.unwrap_or_else(|| panic!("{value} is no number of 32 bits"))
}

/// A number or a string; `null` is absent.
fn int_or_string(value: &Value) -> Option<IntOrString> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(IntOrString::String(text.clone())),
        _ => Some(IntOrString::Int(int(value))),
    }
}
