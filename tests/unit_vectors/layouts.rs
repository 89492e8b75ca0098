//! What kubectl prints of whole objects.

use std::rc::Rc;

use rollscope::kubectl::api::{ContainerState, Event, Pod};
use rollscope::kubectl::describe;
use rollscope::kubectl::names::{deployment_labels, replica_set_labels};
use rollscope::kubectl::rollout::history_of;
use rollscope::kubectl::time::rfc1123;
use rollscope::manifest;
use rollscope::sim::cluster::{Cluster, ReplicaSet, ReplicaSetId};
use rollscope::sim::conditions::{
    ConditionReason, ConditionStatus, ConditionType, DeploymentCondition, Message,
};
use rollscope::sim::spec::{DeploymentSpec, PodTemplateSpec};
use rollscope::sim::time::{SimDuration, SimTime};
use serde_json::{Value, json};

use crate::Compared;
use crate::given::{WEB, cluster_with, int, labels, list, replica_set, spec, text};

/// The text for one object, and what is expected: times are given as dates, and here all objects begin with the
/// year 2000; ids are not simulated.
pub fn layout(case: &Value) -> Compared {
    let input = &case["input"];
    let ours = match text(&case["kind"]) {
        "deployment" => deployment(input),
        "replicaset" => set(input),
        "pod" => pod(input),
        "rollout_history_revision" => history(input),
        other => panic!("{other}"),
    };
    (json!(without_ids(&ours)), json!(without_ids(text(&case["expect"]))))
}

fn without_ids(text: &str) -> Vec<String> {
    let times = ["Tue, 02 Jun 2026 10:00:0", "Sat, 01 Jan 2000 00:00:0"];
    let lines = text.lines().filter(|line| {
        let line = line.trim_start();
        !line.starts_with("Container ID:") && !line.starts_with("Image ID:")
    });
    lines.map(|line| line.replace(times[0], times[1])).collect()
}

/// The age of such an object in which its events have the ages that are given.
const AGE: SimTime = SimTime::from_secs(600);

fn deployment(input: &Value) -> String {
    let mut cluster = cluster_of(input);
    let deployment = cluster.deployment_mut(WEB);
    deployment.annotations = labels(&input["annotations"]).into();
    let status = &mut deployment.status;
    status.updated_replicas = int(&input["updated"]);
    status.replicas = int(&input["total"]);
    status.available_replicas = int(&input["available"]);
    status.unavailable_replicas = int(&input["unavailable"]);
    status.conditions = list(&input["conditions"]).iter().map(condition).collect();
    let new = cluster.deployment(WEB).spec.template.clone();
    for (given, template) in [("old_rs", Rc::default()), ("new_rs", new)] {
        for given in list(&input[given]) {
            let mut set =
                ReplicaSet { template: Rc::clone(&template), ..replica_set(WEB, text(&given[0]), "") };
            (set.status.replicas, set.replicas) = (int(&given[1]), int(&given[2]));
            cluster.add_replica_set(set);
        }
    }
    describe::deployment(
        &cluster,
        WEB,
        &deployment_labels(cluster.deployment(WEB)),
        events(input).as_deref(),
        AGE,
    )
}

fn set(input: &Value) -> String {
    let mut cluster = cluster_with(DeploymentSpec::new("web", ""));
    let id = add_set(&mut cluster, input);
    let counts = list(&input["pods"]).iter().map(int).zip(["Running", "Pending", "Succeeded", "Failed"]);
    let pods: Vec<_> =
        counts.flat_map(|(count, phase)| (0..count).map(move |_| Pod { phase, ..bare_pod(id) })).collect();
    describe::replica_set(
        &cluster,
        id,
        &replica_set_labels(&cluster, id),
        &pods,
        events(input).as_deref(),
        AGE,
    )
}

fn add_set(cluster: &mut Cluster, input: &Value) -> ReplicaSetId {
    let template = template(&input["template"]);
    let mut set = ReplicaSet { template, ..replica_set(WEB, text(&input["name"]), "") };
    set.annotations = labels(&input["annotations"]).into();
    (set.status.replicas, set.replicas) = (int(&input["current"]), int(&input["desired"]));
    cluster.add_replica_set(set)
}

fn pod(input: &Value) -> String {
    let mut given = input.clone();
    given["labels"] = json!({"app": "web"});
    let template = template(&given);
    let mut cluster = cluster_with(DeploymentSpec::new("web", ""));
    let owner = text(&input["controlled_by"]).trim_start_matches("ReplicaSet/");
    let id = cluster.add_replica_set(ReplicaSet { template, ..replica_set(WEB, owner, "") });
    let status = &input["statuses"]["nginx"];
    let last = &status["last_state"];
    let phase = ["Running", "Pending"].into_iter().find(|phase| input["phase"] == *phase);
    let ip = text(&input["ip"]);
    let unschedulable = input["node"].is_null().then(String::new);
    // It had so many seconds to go, and so many have passed since.
    let deleting =
        input["deleting"].as_object().map(|of| AGE - SimDuration::from_secs(4) - seconds(&of["grace"]));
    let pod = Pod {
        name: text(&input["name"]).to_owned(),
        node: input["node"].as_str().map(str::to_owned),
        host_ip: input["host_ip"].as_str().unwrap_or_default().to_owned(),
        phase: phase.expect("it is a phase"),
        ip: (!ip.is_empty()).then(|| ip.to_owned()),
        ready: status["ready"] == true,
        restarts: status["restarts"].as_u64().unwrap_or(0) as u32,
        state: match status["state"]["state"].as_str() {
            Some("running") => Some(ContainerState::Running(moment(&status["state"]["started"]))),
            Some("waiting") => {
                Some(ContainerState::Waiting(text(&status["state"]["reason"]).to_owned(), String::new()))
            }
            _ => None,
        },
        last: last.is_object().then(|| (moment(&last["started"]), moment(&last["finished"]))),
        deleted: deleting,
        unschedulable,
        ..bare_pod(id)
    };
    describe::pod(&cluster, &pod, &replica_set_labels(&cluster, pod.owner), events(input).as_deref(), AGE)
}

fn history(input: &Value) -> String {
    let mut cluster = cluster_with(DeploymentSpec::new("web", ""));
    let (cause, mut template) = ("kubernetes.io/change-cause", input["template"].clone());
    let given_cause = template["annotations"][cause].take();
    // It is the ReplicaSet's, and shown as the template's.
    template["annotations"] = json!({});
    let given = json!({
        "name": format!("web-{}", text(&template["labels"]["pod-template-hash"])),
        "template": template, "current": 0, "desired": 0,
        "annotations": {"deployment.kubernetes.io/revision": input["revision"].to_string(), cause: given_cause},
    });
    add_set(&mut cluster, &given);
    let revision = input["revision"].as_i64().expect("a revision is a number");
    let history = history_of(&cluster, WEB, revision).expect("the revision is there");
    format!("deployment.apps/web with revision #{revision}\n{history}\n")
}

fn cluster_of(input: &Value) -> Cluster {
    let mut spec = spec(input, "replicas");
    if input["strategy"] == "Recreate" {
        spec.strategy.rolling_update = None;
    }
    spec.min_ready_seconds = int(&input["min_ready_seconds"]);
    spec.template = template(&input["template"]);
    cluster_with(spec)
}

/// A template as a manifest has it. The label `pod-template-hash` is not part of it.
fn template(given: &Value) -> Rc<PodTemplateSpec> {
    let mut labels = given["labels"].clone();
    labels.as_object_mut().expect("there are labels").remove("pod-template-hash");
    let containers: Vec<_> = list(&given["containers"]).iter().map(container).collect();
    let volumes = given["volumes"].as_array().into_iter().flatten().map(volume);
    let object = json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {
        "selector": {"matchLabels": labels},
        "template": {"metadata": {"labels": labels, "annotations": given["annotations"]}, "spec": {
            "containers": containers, "volumes": volumes.collect::<Vec<_>>(),
            "serviceAccountName": given["service_account"],
        }},
    }});
    let reading = manifest::read(&object.to_string());
    assert_eq!(reading.problems, []);
    Rc::clone(&reading.deployments[0].spec.template)
}

fn container(given: &Value) -> Value {
    let items = |name: &str| given[name].as_array().cloned().unwrap_or_default();
    let port = |port: Value| json!({"containerPort": port["port"], "name": port["name"]});
    let mount = |of: Value| json!({"mountPath": of[0], "name": of[1], "readOnly": of[2]});
    json!({"name": given["name"], "image": given["image"],
        "ports": items("ports").into_iter().map(port).collect::<Vec<_>>(),
        "volumeMounts": items("mounts").into_iter().map(mount).collect::<Vec<_>>(),
        "resources": {"limits": given["limits"], "requests": given["requests"]}})
}

/// What admission adds for the token of a service account.
fn volume(given: &Value) -> Value {
    assert_eq!(given["type"], "token");
    json!({"name": given["name"], "projected": {"sources": [
        {"serviceAccountToken": {"path": "token", "expirationSeconds": 3607}},
        {"configMap": {"name": "kube-root-ca.crt", "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
        {"downwardAPI": {"items": [{"path": "namespace", "fieldRef": {"fieldPath": "metadata.namespace"}}]}},
    ]}})
}

fn bare_pod(owner: ReplicaSetId) -> Pod {
    Pod {
        name: String::new(),
        uid: String::new(),
        owner,
        created: SimTime::ZERO,
        deleted: None,
        node: None,
        ip: None,
        host_ip: String::new(),
        phase: "Running",
        ready: false,
        ready_changed: SimTime::ZERO,
        restarts: 0,
        state: None,
        last: None,
        unschedulable: None,
    }
}

fn condition(given: &Value) -> DeploymentCondition {
    use ConditionReason as R;
    let kind = match text(&given[0]) {
        "Available" => ConditionType::Available,
        _ => ConditionType::Progressing,
    };
    let reasons = [R::MinimumReplicasAvailable, R::NewReplicaSetAvailable, R::ReplicaSetUpdated];
    let reason =
        reasons.into_iter().find(|reason| reason.as_str() == text(&given[2])).expect("it is a reason");
    let (status, message) = (ConditionStatus::True, Message::Said("".into()));
    assert_eq!(status.as_str(), text(&given[1]));
    DeploymentCondition::new(kind, status, reason, message, SimTime::ZERO)
}

/// `null`: there is no such part.
fn events(input: &Value) -> Option<Vec<Event>> {
    const WORDS: &str = "ScalingReplicaSet SuccessfulCreate Scheduled Pulled Created Started FailedScheduling \
         deployment-controller replicaset-controller default-scheduler kubelet";
    let known = |given: &Value| WORDS.split(' ').find(|word| *given == **word).expect("the word is known");
    let event = |given: &Value| {
        let age = text(&given["age"]).trim_end_matches('s').parse().expect("an age is in seconds");
        let at = AGE - SimDuration::from_secs(age);
        Event {
            kind: "",
            name: String::new(),
            path: given["field_path"].as_str().unwrap_or_default().to_owned(),
            warning: given["type"] == "Warning",
            reason: known(&given["reason"]),
            message: text(&given["message"]).to_owned(),
            from: known(&given["from"]),
            host: None,
            first: at,
            last: at,
            count: 1,
        }
    };
    Some(input["events"].as_array()?.iter().map(event).collect())
}

/// A moment in the first minute of an object.
fn moment(given: &Value) -> SimTime {
    let text = text(given);
    let at = |second: u64| SimTime::from_secs(second);
    (0..60).map(at).find(|at| rfc1123(*at)[24..] == text[24..]).expect("it lies in the first minute")
}

fn seconds(given: &Value) -> SimDuration {
    SimDuration::from_secs(given.as_u64().expect("seconds are a number"))
}
