//! A node: its name, its room for pods and whether it is cordoned are simulated; the rest is made up, and is that of
//! a healthy node (`describe/node.rs`). It has no ids.

use crate::kubectl::describe::node::{CAPACITY, CONDITIONS};
use crate::kubectl::get::{KERNEL, OS_IMAGE, RUNTIME, VERSION, node_address, node_labels, node_network};
use crate::kubectl::json::Json;
use crate::sim::node::Node;
use crate::sim::time::SimTime;

use super::{labels, time};

/// A node with all its fields.
pub fn node(node: &Node) -> Json {
    let text = |text: &str| Some(Json::text(text));
    let began = || time(SimTime::ZERO);
    let network = node_network(&node.name);
    // When it was cordoned is not remembered, and so not told.
    let taint =
        Json::map([("effect", text("NoSchedule")), ("key", text("node.kubernetes.io/unschedulable"))]);
    let condition = |[kind, status, reason, message]: [&str; 4]| {
        Json::map([
            ("lastHeartbeatTime", began()),
            ("lastTransitionTime", began()),
            ("message", text(message)),
            ("reason", text(reason)),
            ("status", text(status)),
            ("type", text(kind)),
        ])
    };
    let address = |kind, address: &str| Json::map([("address", text(address)), ("type", text(kind))]);
    let sizes = |storage, memory| {
        Json::map([
            ("cpu", text("4")),
            ("ephemeral-storage", text(storage)),
            ("hugepages-1Gi", text("0")),
            ("hugepages-2Mi", text("0")),
            ("memory", text(memory)),
            ("pods", Some(Json::Text(node.slots.to_string()))),
        ])
    };
    let metadata = [
        ("creationTimestamp", began()),
        ("labels", Some(labels(&node_labels(&node.name)))),
        ("name", text(&node.name)),
    ];
    let spec = [
        ("podCIDR", text(&network)),
        ("podCIDRs", Some(Json::List(vec![Json::text(&network)]))),
        ("taints", node.unschedulable.then(|| Json::List(vec![taint]))),
        ("unschedulable", node.unschedulable.then_some(Json::Bool(true))),
    ];
    let addresses = [address("InternalIP", &node_address(&node.name)), address("Hostname", &node.name)];
    let port = Json::map([("Port", Some(Json::number(10250)))]);
    let info = [
        ("architecture", text("amd64")),
        ("containerRuntimeVersion", text(RUNTIME)),
        ("kernelVersion", text(KERNEL)),
        ("kubeProxyVersion", text("")),
        ("kubeletVersion", text(VERSION)),
        ("operatingSystem", text("linux")),
        ("osImage", text(OS_IMAGE)),
    ];
    let [capacity, allocatable] = CAPACITY.map(|[storage, memory]| Some(sizes(storage, memory)));
    let status = [
        ("addresses", Some(Json::List(addresses.into()))),
        ("allocatable", allocatable),
        ("capacity", capacity),
        ("conditions", Some(Json::List(CONDITIONS.map(condition).into()))),
        ("daemonEndpoints", Some(Json::map([("kubeletEndpoint", Some(port))]))),
        ("nodeInfo", Some(Json::map(info))),
    ];
    Json::map([
        ("apiVersion", text("v1")),
        ("kind", text("Node")),
        ("metadata", Some(Json::map(metadata))),
        ("spec", Some(Json::map(spec))),
        ("status", Some(Json::map(status))),
    ])
}
