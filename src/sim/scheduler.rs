//! The scheduler.
//!
//! # What we leave out
//!
//! - **Everything but slots and cordons.** A node has room for a number of pods, or without nodes in
//!   the scenario every pod finds one of its own. Requests, affinities, taints and spreading are not
//!   modelled; the choice is the rule of the reference traces: the node with the fewest pods, the
//!   first one if several have as few.
//! - **Back-off.** A pod that found no node is tried again as soon as a slot or a node is free; a
//!   cluster may take up to ten seconds.

use std::ops::Range;

use super::behaviour::Behaviours;
use super::cluster::Cluster;
use super::kubelet;
use super::node::{Node, NodeId};
use super::out::{Event, Out};
use super::pod::{PodId, Stage, Unschedulable};
use super::time::SimTime;

/// Pods without a node, in order of creation, and whether anything has changed for them.
/// `pkg/scheduler/backend/queue`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SchedulingQueue {
    pods: Vec<PodId>,
    awake: bool,
}

impl SchedulingQueue {
    /// The pods that have these numbers are new and want a node.
    pub fn add(&mut self, pods: Range<u32>) {
        self.awake = true;
        self.pods.extend(pods.map(PodId));
    }

    /// A place has become free that may be one for a pod that waits.
    pub fn wake(&mut self) {
        self.awake = true;
    }

    /// Room for so many pods.
    pub fn reserve(&mut self, pods: usize) {
        self.pods.reserve(pods);
    }

    /// Whether the scheduler has anything to do.
    pub fn is_awake(&self) -> bool {
        self.awake && !self.pods.is_empty()
    }
}

/// Binds every waiting pod that fits somewhere, in order of creation.
pub fn schedule_pods(cluster: &mut Cluster, behaviours: &Behaviours, now: SimTime, out: &mut Out) {
    out.unscheduled.awake = false;
    let mut pods = std::mem::take(&mut out.unscheduled.pods);
    let states = cluster.pods.states();
    let waits = |pod: &PodId| states[pod.0 as usize].stage == Stage::Unscheduled;
    if !pods.iter().all(waits) {
        pods.retain(waits);
    }
    match cluster.nodes.is_some() {
        true => pods.retain(|pod| !schedule_one(cluster, behaviours, *pod, now, out)),
        false => {
            cluster.pods.bind_apart(&pods);
            kubelet::bound(cluster, behaviours, &pods, now, out);
            pods.clear();
        }
    }
    out.unscheduled.pods = pods;
}

/// `schedule_one.go ScheduleOne`, where nodes are listed; says whether the pod was bound.
fn schedule_one(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    id: PodId,
    now: SimTime,
    out: &mut Out,
) -> bool {
    let nodes = cluster.nodes.as_deref().unwrap_or_default();
    let node = match select_node(nodes, cluster.pods.on_nodes()) {
        Ok(node) => node,
        Err(unschedulable) => {
            fail(cluster, id, unschedulable, out);
            return false;
        }
    };
    if let Some(pods) = cluster.pods.on_node_mut(node) {
        *pods += 1;
    }
    cluster.pods.bind(id, node);
    if cluster.pods.trouble(id).unschedulable.is_some() {
        cluster.pods.trouble_mut(id).unschedulable = None;
    }
    kubelet::bound(cluster, behaviours, &[id], now, out);
    true
}

/// The schedulable node with a free slot and the fewest pods; the first one on a tie.
fn select_node(nodes: &[Node], pods: &[u32]) -> Result<NodeId, Unschedulable> {
    let with_pods = (0..).zip(nodes.iter().zip(pods));
    let fitting = with_pods.filter(|(_, (node, pods))| !node.unschedulable && **pods < node.slots);
    let best = fitting.min_by_key(|(_, (_, pods))| **pods);
    best.map(|(id, _)| NodeId(id)).ok_or_else(|| {
        let cordoned = nodes.iter().filter(|node| node.unschedulable).count() as u32;
        Unschedulable { cordoned, full: nodes.len() as u32 - cordoned }
    })
}

/// The condition PodScheduled is written, and an event with it, when there is news.
fn fail(cluster: &mut Cluster, id: PodId, unschedulable: Unschedulable, out: &mut Out) {
    if cluster.pods.trouble(id).unschedulable != Some(unschedulable) {
        cluster.pods.trouble_mut(id).unschedulable = Some(unschedulable);
        out.event(Event::FailedScheduling(id, unschedulable));
        out.pod_changed(cluster.pod(id).replica_set);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_node_with_the_fewest_pods_is_chosen() {
        #[track_caller]
        fn check(nodes: &[(u32, u32, bool)], expect: Result<u32, (u32, u32)>) {
            let pods: Vec<_> = nodes.iter().map(|(pods, ..)| *pods).collect();
            let node = |&(_, slots, unschedulable): &(u32, u32, bool)| Node {
                unschedulable,
                ..Node::new("node", slots)
            };
            let nodes: Vec<_> = nodes.iter().map(node).collect();
            let expect = expect.map(NodeId).map_err(|(cordoned, full)| Unschedulable { cordoned, full });
            assert_eq!(select_node(&nodes, &pods), expect);
        }

        check(&[(1, 3, false), (0, 3, false)], Ok(1));
        check(&[(1, 3, false), (1, 3, false)], Ok(0));
        check(&[(0, 3, true), (2, 3, false)], Ok(1));
        check(&[(0, 3, true), (3, 3, false), (1, 1, false)], Err((1, 2)));
        check(&[], Err((0, 0)));
    }
}
