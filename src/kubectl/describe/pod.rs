//! `describe.go describePod`.

use crate::kubectl::api::{ContainerState, Event, Pod};
use crate::kubectl::names::replica_set_labels;
use crate::kubectl::time::{age, rfc1123};
use crate::manifest::defaults::with_defaults;
use crate::manifest::resources::qos_class;
use crate::manifest::value::{Object, Value};
use crate::sim::cluster::Objects;
use crate::sim::spec::Labels;
use crate::sim::time::{SimDuration, SimTime};

use super::Writer;
use super::container::{command, details, ports, seccomp};
use super::template::{node_selectors, tolerations, topology_spread};
use super::volumes::volumes;

/// One pod. Without `events` there is no such part.
pub fn pod(objects: &Objects, pod: &Pod, labels: &Labels, events: Option<&[Event]>, now: SimTime) -> String {
    let set = objects.replica_set(pod.owner);
    let mut w = Writer::default();
    w.field("Name", &pod.name);
    w.field("Namespace", "default");
    w.field("Priority", "0");
    let whole = with_defaults(&set.template);
    let spec = whole.object("spec").cloned().unwrap_or_default();
    let classes = [
        ("Priority Class Name", "priorityClassName"),
        ("Runtime Class Name", "runtimeClassName"),
        ("Service Account", "serviceAccountName"),
    ];
    for (label, field) in classes {
        if let Some(text) = spec.text(field) {
            w.field(label, text);
        }
    }
    let node = pod.node.as_ref().map(|node| format!("{node}/{}", pod.host_ip));
    w.field("Node", node.as_deref().unwrap_or("<none>"));
    if pod.state.is_some() {
        w.field("Start Time", &rfc1123(pod.created));
    }
    w.labels("Labels", labels);
    w.annotations("Annotations", &set.template.annotations);
    match pod.deleted {
        Some(deleted) => {
            let grace = spec.int("terminationGracePeriodSeconds").unwrap_or(30);
            w.field(
                "Status",
                &format!("Terminating (lasts {})", age(deletion_timestamp(deleted, grace), now)),
            );
            w.field("Termination Grace Period", &format!("{grace}s"));
        }
        None => w.field("Status", pod.phase),
    }
    seccomp(&mut w, 0, &spec);
    let ip = pod.ip.as_deref().unwrap_or_default();
    w.field("IP", ip);
    if ip.is_empty() {
        w.field("IPs", "<none>");
    } else {
        w.line(0, "IPs:");
        w.line(1, &format!("IP:\t{ip}"));
    }
    w.field("Controlled By", &format!("ReplicaSet/{}", set.name));
    let resolve = |path: &str| field_of(objects, pod, path);
    for (label, list) in [("Init Containers", "initContainers"), ("Containers", "containers")] {
        let containers = spec.list(list);
        if containers.is_empty() {
            continue;
        }
        w.line(0, &format!("{label}:"));
        for container in containers.iter().filter_map(Value::as_object) {
            w.line(1, &format!("{}:", container.text("name").unwrap_or_default()));
            // How those that run first fare is not simulated.
            let state = pod.state.as_ref().filter(|_| list == "containers");
            describe_container(&mut w, pod, state, container);
            details(&mut w, container, Some(&resolve));
        }
    }
    let gates = spec.list("readinessGates");
    if !gates.is_empty() {
        w.line(0, "Readiness Gates:\n  Type\tStatus");
    }
    for gate in gates.iter().filter_map(Value::as_object) {
        w.line(1, &format!("{} \t<none> ", gate.text("conditionType").unwrap_or_default()));
    }
    conditions(&mut w, pod);
    volumes(&mut w, spec.list("volumes"), "");
    w.field("QoS Class", qos_class(&set.template));
    node_selectors(&mut w, "Node-Selectors", &spec);
    tolerations(&mut w, "Tolerations", &with_admitted(spec.list("tolerations")));
    topology_spread(&mut w, &spec, "");
    if let Some(events) = events {
        w.events(events, now);
    }
    w.aligned()
}

/// When a pod that was asked to go has to be gone. `metadata.deletionTimestamp`
pub fn deletion_timestamp(asked: SimTime, grace: i64) -> SimTime {
    asked + SimDuration::from_secs(grace.max(0).unsigned_abs())
}

/// Every pod tolerates for so long that its node cannot be reached: admission adds it.
/// `plugin/pkg/admission/defaulttolerationseconds`.
fn with_admitted(given: &[Value]) -> Vec<Value> {
    let mut all = given.to_vec();
    for what in ["not-ready", "unreachable"] {
        let key = format!("node.kubernetes.io/{what}");
        let covers = |of: &Value| {
            let Some(of) = of.as_object() else { return false };
            matches!(of.text("key"), None | Some("")) || of.text("key") == Some(&key)
        };
        if !given.iter().any(covers) {
            let texts = [("key", &*key), ("operator", "Exists"), ("effect", "NoExecute")];
            let mut new = Object(texts.map(|(name, text)| (name.to_owned(), text.into())).into());
            new.set("tolerationSeconds", Value::Int(300));
            all.push(Value::Object(new));
        }
    }
    all
}

/// A field of a pod that a variable may name. `pkg/fieldpath/fieldpath.go`.
fn field_of(objects: &Objects, pod: &Pod, path: &str) -> String {
    let labels = replica_set_labels(objects, pod.owner);
    let annotations = &objects.replica_set(pod.owner).template.annotations;
    let inside = |of: &Labels, key: &str| of.get(key.trim_end_matches("']")).cloned().unwrap_or_default();
    match path {
        "metadata.name" => pod.name.clone(),
        "metadata.namespace" => "default".to_owned(),
        "metadata.uid" => pod.uid.clone(),
        "spec.nodeName" => pod.node.clone().unwrap_or_default(),
        "spec.serviceAccountName" => String::new(),
        "status.podIP" | "status.podIPs" => pod.ip.clone().unwrap_or_default(),
        "status.hostIP" | "status.hostIPs" => pod.host_ip.clone(),
        "status.phase" => pod.phase.to_owned(),
        _ => match (path.strip_prefix("metadata.labels['"), path.strip_prefix("metadata.annotations['")) {
            (Some(key), _) => inside(&labels, key),
            (_, Some(key)) => inside(annotations, key),
            _ => String::new(),
        },
    }
}

/// `describe.go describeContainerBasicInfo` and `describeContainerState`. Ids of containers and images
/// are not simulated.
fn describe_container(w: &mut Writer, pod: &Pod, state: Option<&ContainerState>, container: &Object) {
    let image = container.text("image").unwrap_or_default();
    if let Some(state) = state {
        let runs = matches!(state, ContainerState::Running(_) | ContainerState::Terminated(..));
        let id = container_id(pod);
        w.line(2, &format!("Container ID:\t{}", if runs { &*id } else { "" }));
        w.line(2, &format!("Image:\t{image}"));
        w.line(2, "Image ID:\t");
    } else {
        w.line(2, &format!("Image:\t{image}"));
    }
    ports(w, container);
    command(w, container);
    if let Some(state) = state {
        describe_state(w, state);
        if let Some((started, finished)) = pod.last {
            w.line(2, "Last State:\tTerminated");
            terminated(w, "Error", 1, started, finished);
        }
        w.line(2, &format!("Ready:\t{}", if pod.ready { "True" } else { "False" }));
        w.line(2, &format!("Restart Count:\t{}", pod.restarts));
    }
}

/// Made up of the pod's.
pub fn container_id(pod: &Pod) -> String {
    format!("containerd://{}", pod.uid.replace('-', ""))
}

fn describe_state(w: &mut Writer, state: &ContainerState) {
    match state {
        ContainerState::Waiting(reason, _) => {
            w.line(2, "State:\tWaiting");
            w.line(3, &format!("Reason:\t{reason}"));
        }
        ContainerState::Running(started) => {
            w.line(2, "State:\tRunning");
            w.line(3, &format!("Started:\t{}", rfc1123(*started)));
        }
        ContainerState::Terminated(reason, code) => {
            w.line(2, "State:\tTerminated");
            w.line(3, &format!("Reason:\t{reason}"));
            w.line(3, &format!("Exit Code:\t{code}"));
        }
    }
}

fn terminated(w: &mut Writer, reason: &str, code: i32, started: SimTime, finished: SimTime) {
    w.line(3, &format!("Reason:\t{reason}"));
    w.line(3, &format!("Exit Code:\t{code}"));
    w.line(3, &format!("Started:\t{}", rfc1123(started)));
    w.line(3, &format!("Finished:\t{}", rfc1123(finished)));
}

fn conditions(w: &mut Writer, pod: &Pod) {
    let conditions = pod_conditions(pod);
    if !conditions.is_empty() {
        w.line(0, "Conditions:\n  Type\tStatus");
    }
    for (kind, status) in conditions {
        w.line(1, &format!("{kind} \t{} ", if status { "True" } else { "False" }));
    }
}

/// `status.conditions` in the order in which the kubelet writes them; before it has, the scheduler may
/// have written why there is no node.
pub fn pod_conditions(pod: &Pod) -> Vec<(&'static str, bool)> {
    if pod.state.is_none() {
        return pod.unschedulable.iter().map(|_| ("PodScheduled", false)).collect();
    }
    let sandbox = pod.ip.is_some();
    let ready = pod.ready;
    let kinds = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"];
    kinds.into_iter().zip([sandbox, true, ready, ready, true]).collect()
}
