//! `describe.go describeNode`.
//!
//! # What we leave out
//!
//! Only the name, the room for pods and the cordon of a node are simulated. Conditions, addresses, sizes and
//! system information are made up, and are those of a healthy node. No pod asks for anything.

use crate::kubectl::api::{Event, Pod};
use crate::kubectl::get::{KERNEL, OS_IMAGE, RUNTIME, VERSION, node_address};
use crate::kubectl::time::{age, rfc1123};
use crate::sim::node::Node;
use crate::sim::spec::Labels;
use crate::sim::time::SimTime;

use super::Writer;

/// The conditions of a healthy node: type, status, reason, message.
pub const CONDITIONS: [[&str; 4]; 4] = [
    ["MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"],
    ["DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"],
    ["PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"],
    ["Ready", "True", "KubeletReady", "kubelet is posting ready status"],
];

/// How much room there is on the disk and in memory: in all, and for pods.
pub const CAPACITY: [[&str; 2]; 2] = [["51474912Ki", "8147724Ki"], ["47439278810", "8045324Ki"]];

/// One node, with the pods on it. Without `events` there is no such part.
pub fn node(node: &Node, labels: &Labels, pods: &[Pod], events: Option<&[Event]>, now: SimTime) -> String {
    let mut w = Writer::default();
    w.field("Name", &node.name);
    w.field("Roles", "<none>");
    w.labels("Labels", labels);
    w.annotations("Annotations", &Labels::new());
    w.field("CreationTimestamp", &rfc1123(SimTime::ZERO));
    let taints = if node.unschedulable { "node.kubernetes.io/unschedulable:NoSchedule" } else { "<none>" };
    w.field("Taints", taints);
    w.field("Unschedulable", if node.unschedulable { "true" } else { "false" });
    // It is renewed every ten seconds.
    let renewed = rfc1123(SimTime::from_secs(now.secs() / 10 * 10));
    w.line(0, &format!("Lease:\n  HolderIdentity:\t{}\n  AcquireTime:\t<unset>", node.name));
    w.line(1, &format!("RenewTime:\t{renewed}"));
    w.line(0, "Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage");
    w.line(1, "----\t------\t-----------------\t------------------\t------\t-------");
    let began = rfc1123(SimTime::ZERO);
    for [kind, status, reason, message] in CONDITIONS {
        w.line(1, &format!("{kind} \t{status} \t{began} \t{began} \t{reason} \t{message}"));
    }
    w.line(
        0,
        &format!("Addresses:\n  InternalIP:\t{}\n  Hostname:\t{}", node_address(&node.name), node.name),
    );
    for (part, sizes) in ["Capacity", "Allocatable"].into_iter().zip(CAPACITY) {
        w.line(0, &format!("{part}:\n  cpu:\t4\n  ephemeral-storage:\t{}", sizes[0]));
        w.line(1, &format!("hugepages-1Gi:\t0\n  hugepages-2Mi:\t0\n  memory:\t{}", sizes[1]));
        w.line(1, &format!("pods:\t{}", node.slots));
    }
    w.line(0, &format!("System Info:\n  Kernel Version:\t{KERNEL}\n  OS Image:\t{OS_IMAGE}"));
    w.line(1, "Operating System:\tlinux\n  Architecture:\tamd64");
    w.line(1, &format!("Container Runtime Version:\t{RUNTIME}\n  Kubelet Version:\t{VERSION}"));
    let own: Vec<_> = pods.iter().filter(|pod| pod.node.as_deref() == Some(&*node.name)).collect();
    w.line(0, &format!("Non-terminated Pods:\t({} in total)", own.len()));
    w.line(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge");
    w.line(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---");
    for pod in own {
        let age = age(pod.created, now);
        w.line(1, &format!("default\t{}\t\t0 (0%)\t0 (0%)\t0 (0%)\t0 (0%)\t{age}", pod.name));
    }
    w.line(0, "Allocated resources:");
    w.line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)");
    w.line(1, "Resource\tRequests\tLimits\n  --------\t--------\t------");
    for resource in ["cpu", "memory", "ephemeral-storage", "hugepages-1Gi", "hugepages-2Mi"] {
        w.line(1, &format!("{resource}\t0 (0%)\t0 (0%)"));
    }
    if let Some(events) = events {
        w.events(events, now);
    }
    w.aligned()
}
