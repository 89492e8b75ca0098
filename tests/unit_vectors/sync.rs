//! The ReplicaSets of a Deployment: which is which, what they are called, what is written on them, and
//! who hears of it.

use std::rc::Rc;

use rollscope::manifest::template;
use rollscope::manifest::value::{Object, Value as ApiValue};
use rollscope::sim::annotations::Annotations;
use rollscope::sim::cluster::{Cluster, DeploymentId, ReplicaSet, ReplicaSetId};
use rollscope::sim::deployment::revisions::{
    DESIRED_REPLICAS, MAX_REPLICAS, REVISION, REVISION_HISTORY, desired_replicas,
    set_new_replica_set_annotations, set_replicas_annotations,
};
use rollscope::sim::deployment::scale::is_saturated;
use rollscope::sim::deployment::sync::{
    ReplicaSets, cleanup_deployment, equal_ignore_hash, find_new_replica_set, find_replica_sets,
    generate_replica_set_name, is_active,
};
use rollscope::sim::deployment::{delete_pod, sync_deployment};
use rollscope::sim::out::{Fact, Out};
use rollscope::sim::pod::{Pod, Stage};
use rollscope::sim::pod_template_hash as hash;
use rollscope::sim::rule::Rule;
use rollscope::sim::spec::{DeploymentSpec, DeploymentStrategy, Labels, PodTemplateSpec, StrategyType};
use rollscope::sim::time::SimTime;
use serde_json::{Value, json};

use crate::Compared;
use crate::given::{
    NOW, WEB, add, add_pod, cluster, cluster_with, created, deployment, fields, int, list, replica_set, text,
};

pub fn deployment_find_rs(case: &Value) -> Compared {
    let mut cluster = cluster_with(DeploymentSpec::new("web", text(&case["deployment_template"])));
    for given in list(&case["rss"]) {
        let replica_set = ReplicaSet {
            created: created(&given["created"]),
            replicas: int(&given["replicas"]),
            ..replica_set(WEB, text(&given["name"]), text(&given["template"]))
        };
        add(&mut cluster, replica_set);
    }
    match text(&case["op"]) {
        "find_new" => {
            let found = find_new_replica_set(&cluster, WEB);
            (json!(found.map(|id| &*cluster.replica_set(id).name)), case["expect_new"].clone())
        }
        "find_old" => {
            let old_rss: Vec<_> = find_replica_sets(&cluster, WEB).old_rss().collect();
            let active: Vec<_> = old_rss.iter().copied().filter(|id| is_active(&cluster, *id)).collect();
            let ours = json!([names(&cluster, &old_rss), names(&cluster, &active)]);
            (ours, json!([case["expect_old_all"], case["expect_old_active"]]))
        }
        other => panic!("no such op: {other}"),
    }
}

fn names(cluster: &Cluster, replica_sets: &[ReplicaSetId]) -> Vec<String> {
    replica_sets.iter().map(|id| cluster.replica_set(*id).name.to_string()).collect()
}

pub fn deployment_rs_name(case: &Value) -> Compared {
    let ours = generate_replica_set_name(text(&case["deployment_name"]), text(&case["hash"]).chars());
    (json!(ours), case["expect"].clone())
}

pub fn deployment_template_equal(case: &Value) -> Compared {
    let template = |given: &Value| {
        template(&json!({
            "metadata": {"name": given["name"], "labels": given["labels"], "annotations": given["annotations"]},
            "spec": {"nodeName": given["node"]},
        }))
    };
    let (former, latter) = (template(&case["former"]), template(&case["latter"]));
    let ours = json!([equal_ignore_hash(&former, &latter), equal_ignore_hash(&latter, &former)]);
    (ours, json!([case["expect"], case["expect"]]))
}

/// What is no number is as good as absent; upstream also writes into its log why.
pub fn deployment_annotations(case: &Value) -> Compared {
    match text(&case["op"]) {
        "parse_int_annotation" => {
            let value = case["value"].as_str().map(|value| (DESIRED_REPLICAS.to_owned(), value.to_owned()));
            let found = desired_replicas(&value.into_iter().collect::<Labels>().into());
            let ours = json!([found.unwrap_or(0), found.is_some()]);
            (ours, json!([case["expect_value"], case["expect_valid"]]))
        }
        "replicas_annotations_need_update" => {
            let mut annotations = Annotations::default();
            for (key, given) in [(DESIRED_REPLICAS, "desired"), (MAX_REPLICAS, "max")] {
                annotations.set(key, case["annotations"][given].as_str().map(str::to_owned));
            }
            let changed =
                set_replicas_annotations(&mut annotations, int(&case["desired"]), int(&case["max"]));
            (json!(changed), case["expect"].clone())
        }
        "set_replicas_annotations" => {
            let mut annotations = Annotations::default();
            let updated =
                set_replicas_annotations(&mut annotations, int(&case["desired"]), int(&case["max"]));
            let (desired, max) = (annotations.get(DESIRED_REPLICAS), annotations.get(MAX_REPLICAS));
            (json!({ "desired": desired, "max": max, "updated": updated }), case["expect"].clone())
        }
        "revision_history" => revision_history(case),
        "is_saturated" => {
            let replicas = int(&case["deployment_replicas"]);
            let mut cluster =
                cluster_with(DeploymentSpec { replicas, ..DeploymentSpec::new("web", "web:v1") });
            let desired = (DESIRED_REPLICAS.to_owned(), text(&case["desired_annotation"]).to_owned());
            let mut new_rs = ReplicaSet {
                annotations: Labels::from([desired]).into(),
                replicas: int(&case["rs_replicas"]),
                ..replica_set(WEB, "rs", "web:v1")
            };
            new_rs.status.available_replicas = int(&case["available"]);
            let new_rs = add(&mut cluster, new_rs);
            (json!(is_saturated(&cluster, WEB, Some(new_rs))), case["expect"].clone())
        }
        other => panic!("no such op: {other}"),
    }
}

/// Upstream does not look at the history in every step.
fn revision_history(case: &Value) -> Compared {
    let start = [(REVISION, &case["start"]["revision"]), (REVISION_HISTORY, &case["start"]["history"])];
    let given = start.iter().filter_map(|(key, value)| Some(((*key).to_owned(), value.as_str()?.to_owned())));
    let mut annotations = given.collect::<Labels>().into();
    let deployment = deployment("web", DeploymentSpec::new("web", "web:v1"));
    let limit = int(&case["limit_chars"]) as usize;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for step in list(&case["steps"]) {
        let revision = text(&step["new_revision"]).parse().expect("a revision is a number");
        set_new_replica_set_annotations(&deployment, &mut annotations, revision, limit);
        let history = annotations.get(REVISION_HISTORY).filter(|_| !step["expect_history"].is_null());
        ours.push(json!([annotations.get(REVISION), history]));
        theirs.push(json!([step["expect_revision"], step["expect_history"]]));
    }
    (json!(ours), json!(theirs))
}

/// Upstream says of some cases only how many are deleted. What is being deleted already is gone here.
pub fn deployment_revision_history_cleanup(case: &Value) -> Compared {
    let revision_history_limit = int(&case["history_limit"]);
    let spec = DeploymentSpec { revision_history_limit, ..DeploymentSpec::new("web", "web:v2") };
    let mut cluster = cluster_with(spec);
    for given in list(&case["old_rss"]) {
        assert_eq!(given["generation"], given["observed_generation"], "every ReplicaSet is up to date");
        let mut replica_set = ReplicaSet {
            created: created(&given["created"]),
            deleted: (given["deleting"] == true).then_some(SimTime::ZERO),
            replicas: int(&given["spec_replicas"]),
            ..replica_set(WEB, text(&given["name"]), "web:v1")
        };
        replica_set.status.replicas = int(&given["status_replicas"]);
        replica_set.annotations.set(REVISION, given["revision"].as_str().map(str::to_owned));
        add(&mut cluster, replica_set);
    }
    let (replica_sets, mut out) = (find_replica_sets(&cluster, WEB), Out::default());
    cleanup_deployment(&mut cluster, WEB, &replica_sets, NOW, &mut out);
    let deleted = out.facts.others().filter_map(|fact| match fact {
        Fact::ReplicaSetDeleted(id) => Some(*id),
        _ => None,
    });
    let deleted = names(&cluster, &deleted.collect::<Vec<_>>());
    let told = Some(&deleted).filter(|_| !case["expect_deleted"].is_null());
    (json!([deleted.len(), told]), json!([case["expect_deletions"], case["expect_deleted"]]))
}

pub fn deployment_controller_events(case: &Value) -> Compared {
    let mut cluster = cluster(None);
    for given in list(&case["deployments"]) {
        let spec =
            DeploymentSpec { replicas: int(&given["replicas"]), ..DeploymentSpec::new("web", "web:v1") };
        let strategy = match StrategyType::parse(text(&given["strategy"])) {
            StrategyType::Recreate => DeploymentStrategy::recreate(),
            _ => DeploymentStrategy::default(),
        };
        cluster.deployments.push(deployment(text(&given["name"]), DeploymentSpec { strategy, ..spec }));
    }
    for given in list(&case["replica_sets"]) {
        let owner = deployment_named(&cluster, &given["owner"]);
        add(&mut cluster, replica_set(owner, text(&given["name"]), "web:v0"));
    }
    let out = &mut Out::default();
    match text(&case["op"]) {
        "sync" => {
            sync_deployment(&mut cluster, WEB, NOW, out);
            return (json!(writes(out)), case["expect_actions"].clone());
        }
        "own" => {
            let owned = cluster.replica_sets_of(deployment_named(&cluster, &case["deployment"]));
            return (json!(names(&cluster, owned)), case["expect_owned"].clone());
        }
        "rs_added" | "rs_updated" => {
            let id = replica_set_named(&cluster, &case["rs"]);
            out.replica_set_changed(id, cluster.replica_set(id).owner);
        }
        "rs_deleted" => {
            let id = replica_set_named(&cluster, &case["rs"]);
            let owner = cluster.replica_set(id).owner;
            cluster.deployment_mut(owner).spec.revision_history_limit = 0;
            let replica_sets = ReplicaSets { new_rs: None, existing: Rc::from([id]) };
            cleanup_deployment(&mut cluster, owner, &replica_sets, NOW, out);
            assert_eq!(cluster.replica_set(id).deleted, Some(NOW));
        }
        "pod_deleted" => {
            for pod in list(&case["remaining_pods"]) {
                let owner = replica_set_named(&cluster, &pod["owner"]);
                add_pod(&mut cluster, Pod::new(owner, 0, SimTime::ZERO).at(Stage::Running));
            }
            delete_pod(&cluster, replica_set_named(&cluster, &case["deleted_pod"]["owner"]), out);
        }
        other => panic!("no such op: {other}"),
    }
    let queued = out.deployments.iter().map(|id| &*cluster.deployment(*id).name);
    (json!(queued.collect::<Vec<_>>()), case["expect_queued"].clone())
}

/// What a sync wrote, in upstream's words.
fn writes(out: &Out) -> Vec<&'static str> {
    let write = |fact: &Fact| match fact {
        Fact::Rule(Rule::GetNewReplicaSet { .. }) => Some("create_rs"),
        Fact::ReplicaSetUpdated(_) => Some("update_rs"),
        Fact::ReplicaSetDeleted(_) => Some("delete_rs"),
        Fact::DeploymentStatus(_) => Some("update_deployment_status"),
        _ => None,
    };
    out.facts.others().filter_map(write).collect()
}

fn deployment_named(cluster: &Cluster, name: &Value) -> DeploymentId {
    let found = cluster.deployments.iter().position(|deployment| *name == *deployment.name);
    DeploymentId(found.unwrap_or_else(|| panic!("there is no Deployment {name}")) as u32)
}

fn replica_set_named(cluster: &Cluster, name: &Value) -> ReplicaSetId {
    let found = cluster.replica_sets.iter().position(|replica_set| *name == *replica_set.name);
    ReplicaSetId(found.unwrap_or_else(|| panic!("there is no ReplicaSet {name}")) as u32)
}

pub fn pod_template_hash(case: &Value) -> Compared {
    let template = template(&case["template"]);
    let ours = [None, Some(1)].map(|count| hash::pod_template_hash(&template, count).collect::<String>());
    (json!(ours), json!([case["hash"], case["hashWithCollisionCount1"]]))
}

pub fn created_deployment_hashes(case: &Value) -> Compared {
    let image = text(&case["image"]);
    let last_part = image.rsplit('/').next().expect("every text has a last part");
    let name = last_part.split([':', '@']).next().expect("every text has a first part");
    let spec = DeploymentSpec::new(text(&case["deployment"]), image);
    let mut template = PodTemplateSpec::clone(&spec.template);
    template.containers[0].name = name.to_owned();
    (json!([hash::pod_template_hash(&template, None).collect::<String>()]), case["podTemplateHash"].clone())
}

pub fn replica_set_hashes(case: &Value) -> Compared {
    let ours: String = hash::pod_template_hash(&template(&case["template"]), None).collect();
    (json!([ours]), json!([case["podTemplateHash"]]))
}

/// Reads a pod template as it is written in JSON.
fn template(given: &Value) -> PodTemplateSpec {
    match api_value(given) {
        ApiValue::Object(template) => template::from_object(template),
        other => panic!("{other:?} is no template"),
    }
}

fn api_value(given: &Value) -> ApiValue {
    match given {
        Value::Bool(value) => ApiValue::Bool(*value),
        Value::Number(number) => ApiValue::Int(number.as_i64().expect("numbers are whole")),
        Value::String(text) => ApiValue::String(text.clone()),
        Value::Array(items) => ApiValue::List(items.iter().map(api_value).collect()),
        Value::Object(_) => ApiValue::Object(Object(
            fields(given).map(|(key, value)| (key.clone(), api_value(value))).collect(),
        )),
        Value::Null => panic!("null is absent in the API"),
    }
}
