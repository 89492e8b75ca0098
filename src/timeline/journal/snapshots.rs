//! How the API objects stood, where that does not follow from what happened.

use crate::sim::cluster::{Deployment, Objects, ReplicaSet};
use crate::sim::dice::Dice;
use crate::sim::node::Node;

/// The objects at some moments of a run, those of a kind in one list.
#[derive(Clone, Debug)]
pub(super) struct Snapshots {
    deployments: Vec<Deployment>,
    replica_sets: Vec<ReplicaSet>,
    /// The first is that of nothing.
    ends: Vec<End>,
    quota: Option<u32>,
    dice: Dice,
}

/// How many objects there are up to the end of a snapshot, and its nodes.
#[derive(Clone, Debug)]
struct End {
    deployments: usize,
    replica_sets: usize,
    nodes: Option<Vec<Node>>,
}

impl Snapshots {
    /// Room for some, of a run that begins like this.
    pub(super) fn with_room(snapshots: usize, objects: &Objects) -> Self {
        let mut ends = Vec::with_capacity(1 + snapshots);
        ends.push(End { deployments: 0, replica_sets: 0, nodes: None });
        Self {
            deployments: Vec::with_capacity(snapshots * objects.deployments.len()),
            replica_sets: Vec::with_capacity(snapshots),
            ends,
            quota: objects.quota,
            dice: objects.dice,
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len() - 1
    }

    /// One more.
    pub(super) fn push(&mut self, objects: &Objects) {
        self.deployments.extend_from_slice(&objects.deployments);
        self.replica_sets.extend_from_slice(&objects.replica_sets);
        let (deployments, replica_sets) = (self.deployments.len(), self.replica_sets.len());
        self.ends.push(End { deployments, replica_sets, nodes: objects.nodes.clone() });
    }

    /// The objects as they are known after so many; there are none before the first.
    pub(super) fn after(&self, count: usize) -> Objects {
        let (from, to) = (&self.ends[count.saturating_sub(1)], &self.ends[count]);
        Objects {
            deployments: self.deployments[from.deployments..to.deployments].to_vec(),
            replica_sets: self.replica_sets[from.replica_sets..to.replica_sets].to_vec(),
            nodes: to.nodes.clone(),
            quota: self.quota,
            dice: self.dice,
        }
    }

    /// The objects of the last one.
    pub(super) fn last(&mut self) -> (&mut [Deployment], &mut [ReplicaSet]) {
        let from = &self.ends[self.len().saturating_sub(1)];
        (&mut self.deployments[from.deployments..], &mut self.replica_sets[from.replica_sets..])
    }

    /// Bytes in use.
    pub(super) fn footprint(&self) -> usize {
        size_of::<Deployment>() * self.deployments.len()
            + size_of::<ReplicaSet>() * self.replica_sets.len()
            + size_of::<End>() * self.ends.len()
    }
}
