//! Nodes, as far as a rollout meets them.

use std::rc::Rc;

/// A node, by its place in the scenario's list; where there is no list, by the pod it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A node with room for a number of pods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// `metadata.name`.
    pub name: Rc<str>,
    /// `status.allocatable.pods`: how many pods have room.
    pub slots: u32,
    /// `spec.unschedulable`: whether it is cordoned.
    pub unschedulable: bool,
}

impl Node {
    /// An empty node.
    pub fn new(name: &str, slots: u32) -> Self {
        Self { name: Rc::from(name), slots, unschedulable: false }
    }
}
