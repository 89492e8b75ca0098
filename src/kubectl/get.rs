//! The rows of `kubectl get`: `pkg/printers/internalversion/printers.go`.

use crate::manifest::template::container_object;
use crate::sim::cluster::{Deployment, DeploymentId, Objects, ReplicaSetId};
use crate::sim::command::Rejected;
use crate::sim::node::Node;
use crate::sim::spec::{Container, Labels, PodTemplateSpec};
use crate::sim::time::SimTime;

use super::api::{ContainerState, Event, Pod};
use super::names::{joined, replica_set_selector, selector_of};
use super::print::refusal;
use super::table::Table;
use super::time::age;

/// The columns of Deployments; after the bar those of `-o wide`.
pub const DEPLOYMENTS: &str = "NAME\tREADY\tUP-TO-DATE\tAVAILABLE\tAGE|CONTAINERS\tIMAGES\tSELECTOR";
/// The columns of ReplicaSets.
pub const REPLICA_SETS: &str = "NAME\tDESIRED\tCURRENT\tREADY\tAGE|CONTAINERS\tIMAGES\tSELECTOR";
/// The columns of pods.
pub const PODS: &str = "NAME\tREADY\tSTATUS\tRESTARTS\tAGE|IP\tNODE\tNOMINATED NODE\tREADINESS GATES";
/// The columns of nodes.
pub const NODES: &str = "NAME\tSTATUS\tROLES\tAGE\tVERSION|\
     INTERNAL-IP\tEXTERNAL-IP\tOS-IMAGE\tKERNEL-VERSION\tCONTAINER-RUNTIME";
/// The columns of events.
pub const EVENTS: &str = "LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE|";
/// Those of `-o wide`, which come in between.
pub const EVENTS_WIDE: &str =
    "LAST SEEN\tTYPE\tREASON\tOBJECT\tSUBOBJECT\tSOURCE\tMESSAGE\tFIRST SEEN\tCOUNT\tNAME";
/// The columns of Services.
pub const SERVICES: &str = "NAME\tTYPE\tCLUSTER-IP\tEXTERNAL-IP\tPORT(S)\tAGE|SELECTOR";
/// The columns of namespaces.
pub const NAMESPACES: &str = "NAME\tSTATUS\tAGE|";

/// What `kubectl get deployment NAME` prints.
pub fn deployment(objects: &Objects, id: DeploymentId, now: SimTime) -> String {
    let Deployment { name, deleted, .. } = objects.deployment(id);
    if deleted.is_some() {
        let gone = Rejected::NotFound { resource: "deployments.apps", name: name.to_string() };
        return refusal(&gone) + "\n";
    }
    let header = DEPLOYMENTS.split('|').next().unwrap_or_default();
    let row = deployment_row(objects, id, now);
    let row = row.split('|').next().unwrap_or_default();
    Table::get().align(&format!("{header}\n{row}\n"))
}

/// `printers.go printDeployment`. As in the header, cells after the bar belong to `-o wide`.
pub fn deployment_row(objects: &Objects, id: DeploymentId, now: SimTime) -> String {
    let deployment = objects.deployment(id);
    let (spec, status) = (&deployment.spec, &deployment.status);
    format!(
        "{}\t{}/{}\t{}\t{}\t{}|{}\t{}",
        deployment.name,
        status.ready_replicas,
        spec.replicas,
        status.updated_replicas,
        status.available_replicas,
        // Every Deployment is created at time zero.
        age(SimTime::ZERO, now),
        containers(&spec.template),
        selector_of(spec)
    )
}

/// `printers.go printReplicaSet`.
pub fn replica_set_row(objects: &Objects, id: ReplicaSetId, now: SimTime) -> String {
    let set = objects.replica_set(id);
    format!(
        "{}\t{}\t{}\t{}\t{}|{}\t{}",
        set.name,
        set.replicas,
        set.status.replicas,
        set.status.ready_replicas,
        age(set.created, now),
        containers(&set.template),
        joined(&replica_set_selector(objects, id))
    )
}

/// `printers.go layoutContainerCells`.
fn containers(template: &PodTemplateSpec) -> String {
    let list =
        |word: fn(&Container) -> &str| template.containers.iter().map(word).collect::<Vec<_>>().join(",");
    format!("{}\t{}", list(|container| &container.name), list(|container| &container.image))
}

/// `printers.go printPod`. All of its containers fare alike.
pub fn pod_row(pod: &Pod, template: &PodTemplateSpec, now: SimTime) -> String {
    let total = template.containers.len() + template.init_containers.iter().filter(is_sidecar).count();
    let is_ready = pod.ready && matches!(pod.state, Some(ContainerState::Running(_)));
    format!(
        "{}\t{}/{total}\t{}\t{}\t{}|{}\t{}\t<none>\t<none>",
        pod.name,
        if is_ready { total } else { 0 },
        pod_status(pod),
        restarts(pod, now),
        age(pod.created, now),
        pod.ip.as_deref().unwrap_or("<none>"),
        pod.node.as_deref().unwrap_or("<none>")
    )
}

/// Whether a container that starts before the others keeps running beside them.
fn is_sidecar(container: &&Container) -> bool {
    container_object(container).text("restartPolicy") == Some("Always")
}

/// The column STATUS.
pub fn pod_status(pod: &Pod) -> &str {
    let state = match &pod.state {
        Some(ContainerState::Waiting(reason, _) | ContainerState::Terminated(reason, _)) => reason,
        _ => pod.phase,
    };
    let ended = matches!(pod.phase, "Failed" | "Succeeded");
    if pod.deleted.is_some() && !ended { "Terminating" } else { state }
}

fn restarts(pod: &Pod, now: SimTime) -> String {
    match pod.last {
        Some((_, finished)) if pod.restarts != 0 => {
            format!("{} ({} ago)", pod.restarts, age(finished, now))
        }
        _ => pod.restarts.to_string(),
    }
}

/// What every node runs. A node has a name and room, and may be cordoned; all else is made up.
pub const OS_IMAGE: &str = "Debian GNU/Linux 13 (trixie)";
/// Its kernel.
pub const KERNEL: &str = "6.12.0-generic";
/// What runs its containers.
pub const RUNTIME: &str = "containerd://2.2.0";
/// Its kubelet.
pub const VERSION: &str = "v1.36.2";

/// `printers.go printNode`.
pub fn node_row(node: &Node, now: SimTime) -> String {
    let status = if node.unschedulable { "Ready,SchedulingDisabled" } else { "Ready" };
    let age = age(SimTime::ZERO, now);
    format!(
        "{}\t{status}\t<none>\t{age}\t{VERSION}|{}\t<none>\t{OS_IMAGE}\t{KERNEL} (amd64)\t{RUNTIME}",
        node.name,
        node_address(&node.name)
    )
}

/// The address of a node: by the number that its name ends with.
pub fn node_address(name: &str) -> String {
    let number = node_number(name);
    format!("192.168.{}.{}", number / 200, number % 200 + 10)
}

/// The addresses that a node has for its pods.
pub fn node_network(name: &str) -> String {
    format!("10.244.{}.0/24", node_number(name) % 256)
}

fn node_number(name: &str) -> u32 {
    let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.parse().map_or(1, |number: u32| number % 50_000)
}

/// The labels every kubelet gives its node.
pub fn node_labels(name: &str) -> Labels {
    let pairs = [
        ("beta.kubernetes.io/arch", "amd64"),
        ("beta.kubernetes.io/os", "linux"),
        ("kubernetes.io/arch", "amd64"),
        ("kubernetes.io/hostname", name),
        ("kubernetes.io/os", "linux"),
    ];
    pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}

/// `printers.go printEvent`.
pub fn event_row(event: &Event, now: SimTime, wide: bool) -> String {
    let kind = if event.warning { "Warning" } else { "Normal" };
    let object = format!("{}/{}", event.kind.to_ascii_lowercase(), event.name);
    let (last, reason, message) = (age(event.last, now), event.reason, &event.message);
    if !wide {
        return format!("{last}\t{kind}\t{reason}\t{object}\t{message}|");
    }
    let host = event.host.as_ref().map_or(String::new(), |host| format!(", {host}"));
    format!(
        "{last}\t{kind}\t{reason}\t{object}\t{}\t{}{host}\t{message}\t{}\t{}\t{}",
        event.path,
        event.from,
        age(event.first, now),
        event.count,
        event_name(event)
    )
}

/// `metadata.name` of an event: the object's, and the time in hexadecimal.
pub fn event_name(event: &Event) -> String {
    // Nanoseconds since 1970, as everywhere else in Kubernetes.
    let nanos = (event.first.millis() + 946_684_800_000).wrapping_mul(1_000_000);
    format!("{}.{nanos:x}", event.name)
}

/// Every cluster has the Service of its own API server, and this namespace for it.
pub fn service_row(now: SimTime) -> String {
    format!("kubernetes\tClusterIP\t10.96.0.1\t<none>\t443/TCP\t{}|<none>", age(SimTime::ZERO, now))
}

/// `printers.go printNamespace`.
pub fn namespace_row(name: &str, now: SimTime) -> String {
    format!("{name}\tActive\t{}|", age(SimTime::ZERO, now))
}
