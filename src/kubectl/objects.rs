//! API objects as data, with all their fields.
//!
//! # What we leave out
//!
//! - `metadata.resourceVersion`, and `generation` of ReplicaSets and pods: they count writes, and
//!   writes are not counted.
//! - Ids of images, and of the machines that nodes are.

mod node;

use crate::manifest::defaults::with_defaults;
use crate::manifest::resources::qos_class;
use crate::manifest::template::container_object;
use crate::manifest::value::Value;
use crate::sim::cluster::{DeploymentId, Objects, ReplicaSetId};
use crate::sim::conditions::DeploymentCondition;
use crate::sim::deployment::sync::POD_TEMPLATE_HASH;
use crate::sim::int_or_string::IntOrString;
use crate::sim::order::sorted_by;
use crate::sim::spec::{Labels, PodTemplateSpec};
use crate::sim::time::SimTime;

use super::api::{Api, ContainerState, Pod};
use super::builder::{Found, Object};
use super::changes::LAST_APPLIED;
use super::describe::{container_id, deletion_timestamp, pod_conditions};
use super::json::Json;
use super::names::{deployment_labels, pod_template_hash, replica_set_labels, replica_set_selector};

/// An object with all its fields; of some types only the rows of tables are known.
pub fn object(api: &dyn Api, found: &Found) -> Option<Json> {
    let objects = api.objects();
    let mut object = match &found.object {
        Object::Deployment(id) => deployment(objects, *id, api.applied(&found.name)),
        Object::ReplicaSet(id) => replica_set(objects, *id),
        Object::Pod(of) => pod(objects, of),
        Object::Node(of) => node::node(of),
        _ => return None,
    };
    if !api.labelled(found.kind.kind, &found.name).is_empty() {
        relabel(&mut object, unless_empty(&found.labels(api)));
    }
    Some(object)
}

/// The fields of metadata are sorted by their names.
fn relabel(object: &mut Json, labels: Option<Json>) {
    let Json::Map(fields) = object else { return };
    for (_, metadata) in fields.iter_mut().filter(|(name, _)| name == "metadata") {
        let Json::Map(metadata) = metadata else { return };
        metadata.retain(|(name, _)| name != "labels");
        let place = metadata.partition_point(|(name, _)| &**name < "labels");
        if let Some(labels) = &labels {
            metadata.insert(place, ("labels".to_owned(), labels.clone()));
        }
    }
}

/// A list of objects. `v1.List`
pub fn list(items: Vec<Json>) -> Json {
    Json::map([
        ("apiVersion", Some(Json::text("v1"))),
        ("items", Some(Json::List(items))),
        ("kind", Some(Json::text("List"))),
        ("metadata", Some(Json::map([("resourceVersion", Some(Json::text("")))]))),
    ])
}

fn labels(labels: &Labels) -> Json {
    Json::Map(labels.iter().map(|(key, value)| (key.clone(), Json::text(value))).collect())
}

fn unless_empty(of: &Labels) -> Option<Json> {
    (!of.is_empty()).then(|| labels(of))
}

fn time(time: SimTime) -> Option<Json> {
    Some(Json::Text(time.rfc3339()))
}

/// Counts that are zero are left out.
fn count(count: i32) -> Option<Json> {
    (count != 0).then(|| Json::number(count))
}

fn int_or_string(value: &IntOrString) -> Json {
    match value {
        IntOrString::Int(number) => Json::number(*number),
        IntOrString::String(text) => Json::text(text),
    }
}

/// Unlike any pod's.
fn uid(kind: u32, number: u32) -> String {
    format!("00000000-0000-4000-800{kind}-{number:012x}")
}

/// A Deployment with all its fields, and what `kubectl apply` applied last.
pub fn deployment(objects: &Objects, id: DeploymentId, applied: Option<String>) -> Json {
    let deployment = objects.deployment(id);
    let mut annotations = deployment.annotations.to_labels();
    annotations.extend(applied.map(|json| (LAST_APPLIED.to_owned(), json)));
    let (spec, status) = (&deployment.spec, &deployment.status);
    let rolling = spec.strategy.rolling_update.as_ref().map(|rolling| {
        Json::map([
            ("maxSurge", rolling.max_surge.as_ref().map(int_or_string)),
            ("maxUnavailable", rolling.max_unavailable.as_ref().map(int_or_string)),
        ])
    });
    let strategy =
        Json::map([("rollingUpdate", rolling), ("type", Some(Json::text(spec.strategy.kind.as_str())))]);
    let conditions: Vec<_> = status.conditions.iter().map(condition).collect();
    let seen = 0 < status.observed_generation;
    Json::map([
        ("apiVersion", Some(Json::text("apps/v1"))),
        ("kind", Some(Json::text("Deployment"))),
        (
            "metadata",
            Some(Json::map([
                ("annotations", unless_empty(&annotations)),
                // Every Deployment is created at time zero.
                ("creationTimestamp", time(SimTime::ZERO)),
                ("generation", Some(Json::number(deployment.generation))),
                ("labels", unless_empty(&deployment_labels(deployment))),
                ("name", Some(Json::text(&deployment.name))),
                ("namespace", Some(Json::text("default"))),
                ("uid", Some(Json::Text(uid(1, id.0)))),
            ])),
        ),
        (
            "spec",
            Some(Json::map([
                ("minReadySeconds", count(spec.min_ready_seconds)),
                ("paused", spec.paused.then_some(Json::Bool(true))),
                ("progressDeadlineSeconds", Some(Json::number(spec.progress_deadline_seconds))),
                ("replicas", Some(Json::number(spec.replicas))),
                ("revisionHistoryLimit", Some(Json::number(spec.revision_history_limit))),
                ("selector", spec.selector.as_ref().map(match_labels)),
                ("strategy", Some(strategy)),
                ("template", Some(template(&spec.template, None))),
            ])),
        ),
        (
            "status",
            Some(Json::map([
                ("availableReplicas", count(status.available_replicas)),
                ("collisionCount", status.collision_count.map(Json::number)),
                ("conditions", (!conditions.is_empty()).then_some(Json::List(conditions))),
                ("observedGeneration", seen.then(|| Json::number(status.observed_generation))),
                ("readyReplicas", count(status.ready_replicas)),
                ("replicas", count(status.replicas)),
                ("terminatingReplicas", seen.then(|| Json::number(status.terminating_replicas))),
                ("unavailableReplicas", count(status.unavailable_replicas)),
                ("updatedReplicas", count(status.updated_replicas)),
            ])),
        ),
    ])
}

fn match_labels(of: &Labels) -> Json {
    Json::map([("matchLabels", Some(labels(of)))])
}

fn condition(condition: &DeploymentCondition) -> Json {
    Json::map([
        ("lastTransitionTime", time(condition.last_transition_time)),
        ("lastUpdateTime", time(condition.last_update_time)),
        ("message", Some(Json::Text(condition.message.to_string()))),
        ("reason", Some(Json::text(condition.reason.as_str()))),
        ("status", Some(Json::text(condition.status.as_str()))),
        ("type", Some(Json::text(condition.kind.as_str()))),
    ])
}

fn template(of: &PodTemplateSpec, hash: Option<&str>) -> Json {
    let mut of = of.clone();
    if let Some(hash) = hash {
        of.labels.insert(POD_TEMPLATE_HASH.to_owned(), hash.to_owned());
    }
    json_of(&Value::Object(with_defaults(&of)))
}

fn json_of(value: &Value) -> Json {
    match value {
        Value::Bool(truth) => Json::Bool(*truth),
        Value::Int(number) => Json::number(*number),
        Value::String(text) => Json::text(text),
        Value::List(items) => Json::List(items.iter().map(json_of).collect()),
        Value::Object(object) => {
            Json::Map(object.0.iter().map(|(name, value)| (name.clone(), json_of(value))).collect())
        }
    }
}

fn owner(version: &str, kind: &str, name: &str, uid: String) -> Option<Json> {
    Some(Json::List(vec![Json::map([
        ("apiVersion", Some(Json::text(version))),
        ("blockOwnerDeletion", Some(Json::Bool(true))),
        ("controller", Some(Json::Bool(true))),
        ("kind", Some(Json::text(kind))),
        ("name", Some(Json::text(name))),
        ("uid", Some(Json::Text(uid))),
    ])]))
}

fn replica_set(objects: &Objects, id: ReplicaSetId) -> Json {
    let set = objects.replica_set(id);
    let status = set.status;
    let deployment = objects.deployment(set.owner);
    let failure = set.failure.as_ref().map(|failure| {
        Json::List(vec![Json::map([
            ("lastTransitionTime", time(failure.last_transition_time)),
            ("message", Some(Json::text(&failure.message))),
            ("reason", Some(Json::text(failure.reason.as_str()))),
            ("status", Some(Json::text("True"))),
            ("type", Some(Json::text("ReplicaFailure"))),
        ])])
    });
    Json::map([
        ("apiVersion", Some(Json::text("apps/v1"))),
        ("kind", Some(Json::text("ReplicaSet"))),
        (
            "metadata",
            Some(Json::map([
                ("annotations", unless_empty(&set.annotations.to_labels())),
                ("creationTimestamp", time(set.created)),
                ("labels", Some(labels(&replica_set_labels(objects, id)))),
                ("name", Some(Json::text(&set.name))),
                ("namespace", Some(Json::text("default"))),
                ("ownerReferences", owner("apps/v1", "Deployment", &deployment.name, uid(1, set.owner.0))),
                ("uid", Some(Json::Text(uid(2, id.0)))),
            ])),
        ),
        (
            "spec",
            Some(Json::map([
                ("minReadySeconds", count(set.min_ready_seconds)),
                ("replicas", Some(Json::number(set.replicas))),
                ("selector", Some(match_labels(&replica_set_selector(objects, id)))),
                ("template", Some(template(&set.template, Some(pod_template_hash(objects, id))))),
            ])),
        ),
        (
            "status",
            Some(Json::map([
                ("availableReplicas", count(status.available_replicas)),
                ("conditions", failure),
                ("fullyLabeledReplicas", count(status.replicas)),
                ("readyReplicas", count(status.ready_replicas)),
                ("replicas", Some(Json::number(status.replicas))),
                ("terminatingReplicas", Some(Json::number(status.terminating_replicas))),
            ])),
        ),
    ])
}

fn pod(objects: &Objects, pod: &Pod) -> Json {
    let set = objects.replica_set(pod.owner);
    let seen = pod.state.is_some();
    let added = [
        ("enableServiceLinks", Some(Json::Bool(true))),
        ("nodeName", pod.node.as_deref().map(Json::text)),
        ("preemptionPolicy", Some(Json::text("PreemptLowerPriority"))),
        ("priority", Some(Json::number(0))),
        ("tolerations", Some(Json::List(["not-ready", "unreachable"].map(toleration).into()))),
    ];
    let template = with_defaults(&set.template);
    let given = template.object("spec");
    let grace = given.and_then(|spec| spec.int(GRACE)).unwrap_or(30);
    let given = given.map_or(&[][..], |spec| &spec.0);
    let mut spec: Vec<_> = given.iter().map(|(name, value)| (name.clone(), json_of(value))).collect();
    spec.extend(added.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    let spec = sorted_by(&spec, |(a, _), (b, _)| a.cmp(b));
    // One more when it is asked to go.
    let generation = Some(Json::number(1 + i32::from(pod.deleted.is_some())));
    Json::map([
        ("apiVersion", Some(Json::text("v1"))),
        ("kind", Some(Json::text("Pod"))),
        (
            "metadata",
            Some(Json::map([
                ("annotations", unless_empty(&set.template.annotations)),
                ("creationTimestamp", time(pod.created)),
                ("deletionGracePeriodSeconds", pod.deleted.map(|_| Json::number(grace))),
                ("deletionTimestamp", pod.deleted.and_then(|asked| time(deletion_timestamp(asked, grace)))),
                ("generation", generation.clone()),
                ("generateName", Some(Json::Text(format!("{}-", set.name)))),
                ("labels", Some(labels(&replica_set_labels(objects, pod.owner)))),
                ("name", Some(Json::text(&pod.name))),
                ("namespace", Some(Json::text("default"))),
                ("ownerReferences", owner("apps/v1", "ReplicaSet", &set.name, uid(2, pod.owner.0))),
                ("uid", Some(Json::text(&pod.uid))),
            ])),
        ),
        ("spec", Some(Json::Map(spec))),
        (
            "status",
            Some(Json::map([
                ("conditions", conditions_of(objects, pod)),
                (
                    "containerStatuses",
                    pod.state.as_ref().map(|state| container_statuses(objects, pod, state)),
                ),
                ("hostIP", seen.then(|| Json::text(&pod.host_ip))),
                ("observedGeneration", generation.filter(|_| seen)),
                ("phase", Some(Json::text(pod.phase))),
                ("podIP", pod.ip.as_deref().map(Json::text)),
                ("qosClass", Some(Json::text(qos_class(&set.template)))),
                ("startTime", seen.then_some(pod.created).and_then(time)),
            ])),
        ),
    ])
}

const GRACE: &str = "terminationGracePeriodSeconds";

fn toleration(what: &str) -> Json {
    Json::map([
        ("effect", Some(Json::text("NoExecute"))),
        ("key", Some(Json::Text(format!("node.kubernetes.io/{what}")))),
        ("operator", Some(Json::text("Exists"))),
        ("tolerationSeconds", Some(Json::number(300))),
    ])
}

fn conditions_of(objects: &Objects, pod: &Pod) -> Option<Json> {
    let containers = &objects.replica_set(pod.owner).template.containers;
    let names: Vec<_> = containers.iter().map(|container| container.name.as_str()).collect();
    let unready = format!("containers with unready status: [{}]", names.join(" "));
    let conditions: Vec<_> = pod_conditions(pod)
        .into_iter()
        .map(|(kind, holds)| {
            let about_readiness = matches!(kind, "Ready" | "ContainersReady");
            let reason = match kind {
                _ if holds => None,
                "PodScheduled" => Some(("Unschedulable", pod.unschedulable.clone().unwrap_or_default())),
                _ if about_readiness => Some(("ContainersNotReady", unready.clone())),
                _ => None,
            };
            let changed = if about_readiness { pod.ready_changed } else { pod.created };
            Json::map([
                ("lastProbeTime", Some(Json::Null)),
                ("lastTransitionTime", time(changed)),
                ("message", reason.clone().map(|(_, message)| Json::Text(message))),
                ("observedGeneration", Some(Json::number(1 + i32::from(pod.deleted.is_some())))),
                ("reason", reason.map(|(reason, _)| Json::text(reason))),
                ("status", Some(Json::text(if holds { "True" } else { "False" }))),
                ("type", Some(Json::text(kind))),
            ])
        })
        .collect();
    (!conditions.is_empty()).then_some(Json::List(conditions))
}

fn container_statuses(objects: &Objects, pod: &Pod, state: &ContainerState) -> Json {
    let last = pod.last.map(|(started, finished)| {
        Json::map([(
            "terminated",
            Some(Json::map([
                ("exitCode", Some(Json::number(1))),
                ("finishedAt", time(finished)),
                ("reason", Some(Json::text("Error"))),
                ("startedAt", time(started)),
            ])),
        )])
    });
    let runs = matches!(state, ContainerState::Running(_));
    let ran = !matches!(state, ContainerState::Waiting(..)) || pod.last.is_some();
    let state = match state {
        ContainerState::Waiting(reason, message) => (
            "waiting",
            Json::map([
                ("message", (!message.is_empty()).then(|| Json::text(message))),
                ("reason", Some(Json::text(reason))),
            ]),
        ),
        ContainerState::Running(since) => ("running", Json::map([("startedAt", time(*since))])),
        ContainerState::Terminated(reason, code) => (
            "terminated",
            Json::map([("exitCode", Some(Json::number(*code))), ("reason", Some(Json::text(reason)))]),
        ),
    };
    let state = Json::map([(state.0, Some(state.1))]);
    let statuses = objects.replica_set(pod.owner).template.containers.iter().map(|container| {
        let resources = container_object(container).object("resources").cloned().unwrap_or_default();
        let requests = resources.get("requests").map(json_of);
        let image = if ran { full_image(&container.image) } else { container.image.clone() };
        Json::map([
            ("allocatedResources", requests.filter(|_| ran)),
            ("containerID", ran.then(|| Json::Text(container_id(pod)))),
            ("image", Some(Json::Text(image))),
            ("imageID", (!ran).then(|| Json::text(""))),
            ("lastState", Some(last.clone().unwrap_or(Json::Map(Vec::new())))),
            ("name", Some(Json::text(&container.name))),
            ("ready", Some(Json::Bool(pod.ready))),
            ("resources", ran.then(|| json_of(&Value::Object(resources)))),
            ("restartCount", Some(Json::number(pod.restarts))),
            ("started", Some(Json::Bool(runs))),
            ("state", Some(state.clone())),
            ("user", ran.then(root)),
        ])
    });
    Json::List(statuses.collect())
}

/// An image as the runtime calls it: with its registry, and a tag. `distribution/reference ParseNormalizedNamed`
fn full_image(image: &str) -> String {
    let has_registry =
        image.split_once('/').is_some_and(|(first, _)| first.contains(['.', ':']) || first == "localhost");
    let registry = match (has_registry, image.contains('/')) {
        (true, _) => "",
        (false, true) => "docker.io/",
        (false, false) => "docker.io/library/",
    };
    let has_tag = image.rsplit('/').next().is_some_and(|last| last.contains([':', '@']));
    format!("{registry}{image}{}", if has_tag { "" } else { ":latest" })
}

/// Images here say nothing of users.
fn root() -> Json {
    let zero = || Json::number(0);
    let ids = [
        ("gid", Some(zero())),
        ("supplementalGroups", Some(Json::List(vec![zero()]))),
        ("uid", Some(zero())),
    ];
    Json::map([("linux", Some(Json::map(ids)))])
}
