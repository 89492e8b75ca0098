//! `describe.go describeNode`.
//!
//! # What we leave out
//!
//! Only the name, the room for pods and the cordon of a node are simulated. Conditions are those of a
//! healthy node; addresses, capacities and system information are left away.

use crate::kubectl::api::{Event, Pod};
use crate::kubectl::get::node_labels;
use crate::kubectl::time::{age, rfc1123};
use crate::sim::node::Node;
use crate::sim::spec::Labels;
use crate::sim::time::SimTime;

use super::Writer;

/// The conditions of a healthy node: type, status, reason, message.
const CONDITIONS: [[&str; 4]; 4] = [
    ["MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"],
    ["DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"],
    ["PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"],
    ["Ready", "True", "KubeletReady", "kubelet is posting ready status"],
];

/// One node, with the pods on it. Without `events` there is no such part.
pub fn node(node: &Node, pods: &[Pod], events: Option<&[Event]>, now: SimTime) -> String {
    let mut w = Writer::default();
    w.field("Name", &node.name);
    w.field("Roles", "<none>");
    w.labels("Labels", &node_labels(&node.name));
    w.annotations("Annotations", &Labels::new());
    w.field("CreationTimestamp", &rfc1123(SimTime::ZERO));
    let taints = if node.unschedulable { "node.kubernetes.io/unschedulable:NoSchedule" } else { "<none>" };
    w.field("Taints", taints);
    w.field("Unschedulable", if node.unschedulable { "true" } else { "false" });
    w.line(0, "Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage");
    w.line(1, "----\t------\t-----------------\t------------------\t------\t-------");
    let began = rfc1123(SimTime::ZERO);
    for [kind, status, reason, message] in CONDITIONS {
        w.line(1, &format!("{kind} \t{status} \t{began} \t{began} \t{reason} \t{message}"));
    }
    for part in ["Capacity", "Allocatable"] {
        w.line(0, &format!("{part}:"));
        w.line(0, &format!("  pods:\t{}", node.slots));
    }
    let own: Vec<_> = pods.iter().filter(|pod| pod.node.as_deref() == Some(&*node.name)).collect();
    w.line(0, &format!("Non-terminated Pods:\t({} in total)", own.len()));
    w.line(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge");
    w.line(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---");
    for pod in own {
        let age = age(pod.created, now);
        w.line(1, &format!("default\t{}\t\t0 (0%)\t0 (0%)\t0 (0%)\t0 (0%)\t{age}", pod.name));
    }
    if let Some(events) = events {
        w.events(events, now);
    }
    w.aligned()
}
