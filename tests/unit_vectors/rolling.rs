//! Budgets and sizes: how many pods each ReplicaSet is to have.

use rollscope::sim::cluster::{Cluster, ReplicaSet, ReplicaSetId};
use rollscope::sim::deployment::fenceposts::{max_unavailable, min_available, resolve_fenceposts};
use rollscope::sim::deployment::recreate::{old_pods_running, scale_down_old_replica_sets_for_recreate};
use rollscope::sim::deployment::revisions::{DESIRED_REPLICAS, MAX_REPLICAS};
use rollscope::sim::deployment::rolling::{
    cleanup_unhealthy_replicas, new_rs_new_replicas, reconcile_new_replica_set, reconcile_old_replica_sets,
    scale_down_old_replica_sets_for_rolling_update,
};
use rollscope::sim::deployment::scale::{get_replica_set_fraction, scale};
use rollscope::sim::int_or_string::{IntOrString, Round, scaled_value};
use rollscope::sim::out::Out;
use rollscope::sim::pod::{Pod, Stage};
use rollscope::sim::spec::{DeploymentSpec, Labels};
use rollscope::sim::time::SimTime;
use serde_json::{Value, json};

use crate::Compared;
use crate::given::{
    WEB, add, add_pod, cluster_with, created, deployment, fields, int, int_or_string, list, replica_set,
    replica_sets, spec, text,
};

const OLD: ReplicaSetId = ReplicaSetId(0);
const NEW: ReplicaSetId = ReplicaSetId(1);

pub fn int_or_percent(case: &Value) -> Compared {
    match text(&case["op"]) {
        "scale" => {
            let round = if case["round_up"] == true { Round::Up } else { Round::Down };
            let got = scaled_value(int_or_string(&case["value"]).as_ref(), int(&case["total"]), round);
            let ours = json!([got.is_err(), got.unwrap_or(0)]);
            (ours, json!([case["expect_error"], case["expect"]]))
        }
        "parse" => {
            let ours = match IntOrString::parse(text(&case["text"])) {
                IntOrString::Int(number) => json!(["int", number]),
                IntOrString::String(text) => json!(["string", &text[..]]),
            };
            (ours, json!([case["expect_kind"], case["expect"]]))
        }
        other => panic!("no such op: {other}"),
    }
}

pub fn deployment_fenceposts(case: &Value) -> Compared {
    let (surge, unavailable) = (int_or_string(&case["max_surge"]), int_or_string(&case["max_unavailable"]));
    let ours = match resolve_fenceposts(surge.as_ref(), unavailable.as_ref(), int(&case["desired"])) {
        Ok(fenceposts) => json!([false, fenceposts.surge, fenceposts.unavailable]),
        Err(_) => json!([true, 0, 0]),
    };
    (ours, json!([case["expect_error"], case["expect_surge"], case["expect_unavailable"]]))
}

pub fn deployment_max_unavailable(case: &Value) -> Compared {
    (json!(max_unavailable(&spec(case, "replicas"))), case["expect"].clone())
}

pub fn deployment_min_available(case: &Value) -> Compared {
    (json!(min_available(&spec(case, "replicas"))), case["expect"].clone())
}

pub fn deployment_new_rs_replicas(case: &Value) -> Compared {
    let new = int(&case["new_rs_replicas"]);
    let old = int(&case["all_rs_total"]) - new;
    let ours = new_rs_new_replicas(&deployment("web", spec(case, "deployment_replicas")), old, new);
    (json!(ours), case["expect"].clone())
}

pub fn deployment_reconcile_new_rs(case: &Value) -> Compared {
    let (old, new) = (int(&case["old_rs_replicas"]), int(&case["new_rs_replicas"]));
    let mut cluster = rolling(case, (old, 0), (new, 0));
    let replica_sets = replica_sets(&cluster);
    let scaled = reconcile_new_replica_set(&mut cluster, WEB, &replica_sets, &mut Out::default());
    let after = cluster.replica_set(NEW).replicas;
    let expect = case["expect_new_rs_replicas"].as_i64().unwrap_or(new.into());
    (json!([scaled, after]), json!([case["expect_scaled"], expect]))
}

pub fn deployment_reconcile_old_rs(case: &Value) -> Compared {
    let old = (int(&case["old_rs_replicas"]), int(&case["old_rs_available"]));
    let new = (int(&case["new_rs_replicas"]), int(&case["new_rs_available"]));
    let mut cluster = rolling(case, old, new);
    let replica_sets = replica_sets(&cluster);
    let scaled = reconcile_old_replica_sets(&mut cluster, WEB, &replica_sets, &mut Out::default());
    let after = cluster.replica_set(OLD).replicas;
    let expect = case["expect_old_rs_replicas"].as_i64().unwrap_or(old.0.into());
    (json!([scaled, after]), json!([case["expect_scaled"], expect]))
}

pub fn deployment_cleanup_unhealthy(case: &Value) -> Compared {
    let old = (int(&case["old_rs_replicas"]), int(&case["old_rs_available"]));
    let mut cluster = old_and_new(DeploymentSpec::new("web", "web:v2"), old, (0, 0));
    let max_cleanup = int(&case["max_cleanup"]);
    let replica_sets = replica_sets(&cluster);
    let cleaned = cleanup_unhealthy_replicas(&mut cluster, &replica_sets, max_cleanup, &mut Out::default());
    let expect = int(&case["expect_cleaned"]);
    let after = cluster.replica_set(OLD).replicas;
    (json!([cleaned.ok(), after]), json!([expect, old.0 - expect]))
}

/// Upstream passes no new ReplicaSet here; one that asks for no pods has the same say.
pub fn deployment_scale_down_old(case: &Value) -> Compared {
    let old = (int(&case["old_rs_replicas"]), int(&case["old_rs_available"]));
    let mut cluster = rolling(case, old, (0, 0));
    let (replica_sets, out) = (replica_sets(&cluster), &mut Out::default());
    let taken = scale_down_old_replica_sets_for_rolling_update(&mut cluster, WEB, &replica_sets, out);
    let after = cluster.replica_set(OLD).replicas;
    let expect = case["expect_old_rs_replicas"].as_i64().unwrap_or(old.0.into());
    (json!([0 < taken, after, old.0 - taken]), json!([case["expect_scaled"], expect, expect]))
}

pub fn deployment_rs_fraction(case: &Value) -> Compared {
    let mut deployment = deployment("web", spec(case, "deployment_replicas"));
    deployment.status.replicas = int(&case["status_replicas"]);
    let mut replica_set =
        ReplicaSet { replicas: int(&case["rs_replicas"]), ..replica_set(WEB, "rs", "web:v2") };
    if let Some(max) = case["max_annotation"].as_str() {
        replica_set.annotations.set(MAX_REPLICAS, Some(max.to_owned()));
    }
    (json!(get_replica_set_fraction(&replica_set, &deployment)), case["expect_fraction"].clone())
}

/// Upstream's list of ReplicaSets that are not updated says no more than the sizes.
pub fn deployment_scale_proportional(case: &Value) -> Compared {
    let mut cluster = cluster_with(spec(case, "deployment_replicas"));
    cluster.deployment_mut(WEB).status.replicas = int(&case["status_replicas"]);
    let new_rs = Some(&case["new_rs"]).filter(|given| !given.is_null());
    let new_rs = new_rs.map(|given| add(&mut cluster, sized(given, "web:v2")));
    let old_rss = list(&case["old_rss"]).iter().map(|given| sized(given, "web:v1"));
    let old_rss: Vec<_> = old_rss.map(|replica_set| add(&mut cluster, replica_set)).collect();
    let replica_sets = replica_sets(&cluster);
    assert_eq!(replica_sets.new_rs, new_rs);
    scale(&mut cluster, WEB, &replica_sets, &mut Out::default());
    let size = |id: &ReplicaSetId| cluster.replica_set(*id).replicas;
    let ours = json!([new_rs.as_ref().map(size), old_rss.iter().map(size).collect::<Vec<_>>()]);
    (ours, json!([case["expect_new"], case["expect_old"]]))
}

fn sized(given: &Value, image: &str) -> ReplicaSet {
    let annotations = [
        (DESIRED_REPLICAS.to_owned(), given["desired_annotation"].to_string()),
        (MAX_REPLICAS.to_owned(), given["max_annotation"].to_string()),
    ];
    let mut replica_set = ReplicaSet {
        annotations: Labels::from(annotations).into(),
        created: created(&given["created"]),
        replicas: int(&given["replicas"]),
        ..replica_set(WEB, text(&given["name"]), image)
    };
    replica_set.status.available_replicas = int(&given["available"]);
    replica_set
}

pub fn deployment_recreate(case: &Value) -> Compared {
    let mut cluster = cluster_with(DeploymentSpec::new("web", "web:v2"));
    let ours = match text(&case["op"]) {
        "scale_down_old" => {
            for (index, replicas) in list(&case["old_rs_sizes"]).iter().enumerate() {
                let replica_set = replica_set(WEB, &format!("old-{index}"), "web:v1");
                add(&mut cluster, ReplicaSet { replicas: int(replicas), ..replica_set });
            }
            let found = replica_sets(&cluster);
            let scaled = scale_down_old_replica_sets_for_recreate(&mut cluster, &found, &mut Out::default());
            assert!(scaled, "every case has an old ReplicaSet with pods");
            json!(found.old_rss().map(|id| cluster.replica_set(id).replicas).collect::<Vec<_>>())
        }
        "old_pods_running" => {
            for given in list(&case["old_rss"]) {
                let mut replica_set = replica_set(WEB, text(&given["uid"]), "web:v1");
                replica_set.status.replicas = int(&given["status_replicas"]);
                add(&mut cluster, replica_set);
            }
            add_pods_by_replica_set(&mut cluster, &case["pods_by_rs"]);
            json!(old_pods_running(&cluster, &replica_sets(&cluster)))
        }
        other => panic!("no such op: {other}"),
    };
    (ours, case["expect"].clone())
}

/// Upstream's pods may belong to ReplicaSets that are not on its list of old ones.
fn add_pods_by_replica_set(cluster: &mut Cluster, pods_by_rs: &Value) {
    for (uid, phases) in fields(pods_by_rs) {
        let found = cluster.replica_sets.iter().position(|replica_set| *replica_set.name == **uid);
        let id = match found {
            Some(index) => ReplicaSetId(index as u32),
            None => add(cluster, replica_set(WEB, uid, "web:v1")),
        };
        for phase in list(phases) {
            let stage = match text(phase) {
                "" => Stage::Unscheduled, // a pod whose phase is not written yet
                "Pending" => Stage::Pending,
                "Running" => Stage::Running,
                other => panic!("no pod is in phase {other}"),
            };
            add_pod(cluster, Pod::new(id, 0, SimTime::ZERO).at(stage));
        }
    }
}

/// The cluster of a case that rolls from one ReplicaSet to another.
fn rolling(case: &Value, old: (i32, i32), new: (i32, i32)) -> Cluster {
    old_and_new(spec(case, "deployment_replicas"), old, new)
}

/// One Deployment with an old and a new ReplicaSet: how many pods each asks for, and how many of
/// them it has reported available.
fn old_and_new(spec: DeploymentSpec, old: (i32, i32), new: (i32, i32)) -> Cluster {
    let mut cluster = cluster_with(spec);
    for (name, image, (replicas, available)) in [("web-1", "web:v1", old), ("web-2", "web:v2", new)] {
        let mut replica_set = ReplicaSet { replicas, ..replica_set(WEB, name, image) };
        replica_set.status.available_replicas = available;
        add(&mut cluster, replica_set);
    }
    let found = replica_sets(&cluster);
    assert!(found.new_rs == Some(NEW) && found.old_rss().eq([OLD]));
    cluster
}
