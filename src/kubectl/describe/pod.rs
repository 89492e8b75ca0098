//! `describe.go describePod`.

use crate::kubectl::api::{ContainerState, Event, Pod};
use crate::kubectl::names::replica_set_labels;
use crate::kubectl::time::{age, rfc1123};
use crate::manifest::resources::qos_class;
use crate::manifest::template::container_object;
use crate::manifest::value::Object;
use crate::sim::cluster::Objects;
use crate::sim::spec::Labels;
use crate::sim::time::SimTime;

use super::Writer;
use super::template::{command, details, ports};

/// One pod. Without `events` there is no such part.
pub fn pod(objects: &Objects, pod: &Pod, events: Option<&[Event]>, now: SimTime) -> String {
    let set = objects.replica_set(pod.owner);
    let mut w = Writer::default();
    w.field("Name", &pod.name);
    w.field("Namespace", "default");
    w.field("Priority", "0");
    let node = pod.node.as_ref().map(|node| format!("{node}/{}", pod.host_ip));
    w.field("Node", node.as_deref().unwrap_or("<none>"));
    if pod.state.is_some() {
        w.field("Start Time", &rfc1123(pod.created));
    }
    w.labels("Labels", &replica_set_labels(objects, pod.owner));
    w.annotations("Annotations", &set.template.annotations);
    match pod.deleted {
        Some(deleted) => {
            w.field("Status", &format!("Terminating (lasts {})", age(deleted, now)));
            w.field("Termination Grace Period", "30s");
        }
        None => w.field("Status", pod.phase),
    }
    let ip = pod.ip.as_deref().unwrap_or_default();
    w.field("IP", ip);
    if ip.is_empty() {
        w.field("IPs", "<none>");
    } else {
        w.line(0, "IPs:");
        w.line(1, &format!("IP:\t{ip}"));
    }
    w.field("Controlled By", &format!("ReplicaSet/{}", set.name));
    w.line(0, "Containers:");
    for container in &set.template.containers {
        w.line(1, &format!("{}:", container.name));
        describe_container(&mut w, pod, &container.image, &container_object(container));
    }
    conditions(&mut w, pod);
    w.field("Volumes", "<none>");
    w.field("QoS Class", qos_class(&set.template));
    w.labels("Node-Selectors", &Labels::new());
    // Every pod tolerates for so long that its node cannot be reached: admission adds it.
    let tolerated = ["not-ready", "unreachable"];
    let tolerated = tolerated.map(|what| format!("node.kubernetes.io/{what}:NoExecute op=Exists for 300s"));
    w.multiline("Tolerations", tolerated.into_iter());
    if let Some(events) = events {
        w.events(events, now);
    }
    w.aligned()
}

/// `describe.go describeContainerBasicInfo` and `describeContainerState`. Ids of containers and images
/// are not simulated.
fn describe_container(w: &mut Writer, pod: &Pod, image: &str, container: &Object) {
    if let Some(state) = &pod.state {
        let runs = matches!(state, ContainerState::Running(_) | ContainerState::Terminated(..));
        let id = format!("containerd://{}", pod.uid.replace('-', ""));
        w.line(2, &format!("Container ID:\t{}", if runs { &*id } else { "" }));
        w.line(2, &format!("Image:\t{image}"));
        w.line(2, "Image ID:\t");
    } else {
        w.line(2, &format!("Image:\t{image}"));
    }
    ports(w, container);
    command(w, container);
    if let Some(state) = &pod.state {
        describe_state(w, state);
        if let Some((started, finished)) = pod.last {
            w.line(2, "Last State:\tTerminated");
            terminated(w, "Error", 1, started, finished);
        }
        w.line(2, &format!("Ready:\t{}", if pod.ready { "True" } else { "False" }));
        w.line(2, &format!("Restart Count:\t{}", pod.restarts));
    }
    details(w, container);
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
