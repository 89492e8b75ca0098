//! The API objects that exist. Look-ups, no decisions.

use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use super::annotations::Annotations;
use super::conditions::{ConditionReason, Conditions};
use super::deployment::fenceposts::Budget;
use super::dice::Dice;
use super::node::{Node, NodeId};
use super::order::sorted_by_key;
use super::pod::PodId;
use super::pods::Pods;
use super::spec::{DeploymentSpec, PodTemplateSpec};
use super::time::SimTime;

/// A Deployment, by order of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeploymentId(pub u32);

/// A ReplicaSet, by order of creation among those of all Deployments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplicaSetId(pub u32);

/// `apps/v1` Deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct Deployment {
    /// `metadata.name`.
    pub name: Rc<str>,
    /// `metadata.generation`: grows with every change of the spec.
    pub generation: i64,
    /// When it was deleted; its ReplicaSets and pods went with it, and it stays as it was.
    pub deleted: Option<SimTime>,
    /// `metadata.annotations`; the revision among them.
    pub annotations: Annotations,
    /// What is wanted. [`Deployment::ask`] writes it.
    pub spec: DeploymentSpec,
    /// What that allows; not a field of the API.
    pub budget: Budget,
    /// What the controller has seen.
    pub status: DeploymentStatus,
    /// Its ReplicaSets that exist, in order of creation; not a field of the API.
    pub replica_sets: Rc<[ReplicaSetId]>,
}

impl Deployment {
    /// A Deployment that its controller has not seen.
    pub fn new(name: &str, spec: DeploymentSpec) -> Self {
        Self {
            name: Rc::from(name),
            generation: 1,
            deleted: None,
            annotations: Annotations::default(),
            budget: Budget::of(&spec),
            spec,
            status: DeploymentStatus::default(),
            replica_sets: Rc::from([]),
        }
    }

    /// Something else is wanted.
    pub fn ask(&mut self, spec: DeploymentSpec) {
        self.budget = Budget::of(&spec);
        self.spec = spec;
    }

    /// Nothing is wanted any more.
    pub fn delete(&mut self, now: SimTime) {
        self.deleted = Some(now);
        self.budget = Budget::default();
    }

    /// How many pods there are to be.
    pub fn wanted(&self) -> i32 {
        if self.deleted.is_some() { 0 } else { self.spec.replicas }
    }
}

/// `DeploymentStatus`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeploymentStatus {
    /// Its numbers, which every sync counts anew.
    pub counts: StatusCounts,
    /// Rises when a ReplicaSet's name was taken by another template.
    pub collision_count: Option<i32>,
    /// In the order in which they last changed.
    pub conditions: Conditions,
}

impl Deref for DeploymentStatus {
    type Target = StatusCounts;

    fn deref(&self) -> &StatusCounts {
        &self.counts
    }
}

impl DerefMut for DeploymentStatus {
    fn deref_mut(&mut self) -> &mut StatusCounts {
        &mut self.counts
    }
}

/// The numbers of a `DeploymentStatus`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    /// The generation this status is about.
    pub observed_generation: i64,
    /// Pods that are not terminating, of all ReplicaSets.
    pub replicas: i32,
    /// Those of the new ReplicaSet.
    pub updated_replicas: i32,
    /// Those that are ready.
    pub ready_replicas: i32,
    /// Those that are available.
    pub available_replicas: i32,
    /// Wanted by the ReplicaSets but not available.
    pub unavailable_replicas: i32,
    /// Pods with a deletion timestamp.
    pub terminating_replicas: i32,
}

/// `apps/v1` ReplicaSet.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicaSet {
    /// `metadata.name`.
    pub name: Rc<str>,
    /// The Deployment that owns it.
    pub owner: DeploymentId,
    /// `metadata.annotations`: revision, history, desired and maximal replicas.
    pub annotations: Annotations,
    /// `metadata.creationTimestamp`.
    pub created: SimTime,
    /// When it was deleted: by the history's limit, by hand, or with its Deployment.
    pub deleted: Option<SimTime>,
    /// `spec.template`, without the label `pod-template-hash`.
    pub template: Rc<PodTemplateSpec>,
    /// `spec.replicas`.
    pub replicas: i32,
    /// `spec.minReadySeconds`.
    pub min_ready_seconds: i32,
    /// What its controller has seen.
    pub status: ReplicaSetStatus,
    /// The condition ReplicaFailure, if pods could not be created.
    pub failure: Option<ReplicaFailure>,
}

/// `ReplicaSetStatus`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReplicaSetStatus {
    /// Pods that are not terminating.
    pub replicas: i32,
    /// Those that are ready.
    pub ready_replicas: i32,
    /// Those that are available.
    pub available_replicas: i32,
    /// Pods with a deletion timestamp.
    pub terminating_replicas: i32,
}

impl ReplicaSetStatus {
    /// Counts the pods of another ReplicaSet too.
    pub fn add(&mut self, other: &Self) {
        self.replicas += other.replicas;
        self.ready_replicas += other.ready_replicas;
        self.available_replicas += other.available_replicas;
        self.terminating_replicas += other.terminating_replicas;
    }
}

/// The condition ReplicaFailure of a ReplicaSet, which is True where it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplicaFailure {
    /// FailedCreate or FailedDelete.
    pub reason: ConditionReason,
    /// What the API server said.
    pub message: String,
    /// Since when.
    pub last_transition_time: SimTime,
}

/// Everything the API server stores.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Everything but pods.
    pub objects: Objects,
    /// Every pod there ever was; those that are gone stay, marked.
    pub pods: Pods,
}

/// What the API server stores besides pods: little, however many pods there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Objects {
    /// Indexed by [`DeploymentId`].
    pub deployments: Vec<Deployment>,
    /// Indexed by [`ReplicaSetId`]; deleted ones stay, marked.
    pub replica_sets: Vec<ReplicaSet>,
    /// Indexed by [`NodeId`]; absent where every pod finds a node of its own.
    pub nodes: Option<Vec<Node>>,
    /// How many pods may exist at a time; absent: any number.
    pub quota: Option<u32>,
    /// Decides what is left to chance.
    pub dice: Dice,
}

impl Deref for Cluster {
    type Target = Objects;

    fn deref(&self) -> &Objects {
        &self.objects
    }
}

impl DerefMut for Cluster {
    fn deref_mut(&mut self) -> &mut Objects {
        &mut self.objects
    }
}

impl Cluster {
    /// A cluster with nothing in it but nodes.
    pub fn new(dice: Dice, nodes: Option<Vec<Node>>) -> Self {
        // A rollout has two ReplicaSets at least.
        let (deployments, replica_sets) = (Vec::with_capacity(1), Vec::with_capacity(4));
        let pods = Pods::new(nodes.as_ref().map_or(0, Vec::len));
        Self { objects: Objects { deployments, replica_sets, nodes, quota: None, dice }, pods }
    }

    /// A ReplicaSet more.
    pub fn add_replica_set(&mut self, replica_set: ReplicaSet) -> ReplicaSetId {
        let (id, owner) = (ReplicaSetId(self.replica_sets.len() as u32), replica_set.owner);
        let another = replica_set.deleted.is_none().then_some(id);
        self.replica_sets.push(replica_set);
        self.pods.add_set();
        let ids = self.replica_sets_of(owner).iter().copied().chain(another).collect();
        self.deployment_mut(owner).replica_sets = self.by_creation(ids);
        id
    }
}

impl Objects {
    /// The Deployment `id`.
    pub fn deployment(&self, id: DeploymentId) -> &Deployment {
        &self.deployments.as_slice()[id.0 as usize]
    }

    /// The Deployment `id`, to be changed.
    pub fn deployment_mut(&mut self, id: DeploymentId) -> &mut Deployment {
        &mut self.deployments[id.0 as usize]
    }

    /// The Deployments that have not been deleted.
    pub fn existing_deployments(&self) -> impl Iterator<Item = (DeploymentId, &Deployment)> {
        (0..).map(DeploymentId).zip(&self.deployments).filter(|(_, deployment)| deployment.deleted.is_none())
    }

    /// The ReplicaSet `id`, whether or not it has been deleted.
    pub fn replica_set(&self, id: ReplicaSetId) -> &ReplicaSet {
        &self.replica_sets.as_slice()[id.0 as usize]
    }

    /// The ReplicaSet `id`, to be changed.
    pub fn replica_set_mut(&mut self, id: ReplicaSetId) -> &mut ReplicaSet {
        &mut self.replica_sets[id.0 as usize]
    }

    /// A node's name; nodes for one pod each are numbered like their pods, from 1.
    pub fn node_name(&self, id: NodeId) -> String {
        let listed = self.nodes.as_ref().and_then(|nodes| nodes.get(id.0 as usize));
        listed.map_or_else(|| format!("node-{}", id.0 + 1), |node| node.name.to_string())
    }

    /// The ReplicaSets of a Deployment by creation: by time stamp, which has a resolution of one
    /// second, then by name. `controller_utils.go ReplicaSetsByCreationTimestamp`.
    pub fn replica_sets_of(&self, owner: DeploymentId) -> &Rc<[ReplicaSetId]> {
        &self.deployment(owner).replica_sets
    }

    /// A ReplicaSet is deleted.
    pub fn delete_replica_set(&mut self, id: ReplicaSetId, now: SimTime) {
        let replica_set = self.replica_set_mut(id);
        replica_set.deleted = Some(now);
        let owner = replica_set.owner;
        let others = self.replica_sets_of(owner).iter().copied().filter(|other| *other != id);
        self.deployment_mut(owner).replica_sets = others.collect();
    }

    fn by_creation(&self, ids: Rc<[ReplicaSetId]>) -> Rc<[ReplicaSetId]> {
        let age = |id: &ReplicaSetId| {
            let replica_set = self.replica_set(*id);
            (replica_set.created.stored(), Rc::clone(&replica_set.name))
        };
        // Mostly the last one is the youngest.
        if ids.is_sorted_by_key(age) { ids } else { sorted_by_key(&ids, age).into() }
    }

    /// A pod's name: its ReplicaSet's and five characters of chance.
    pub fn name_of_pod(&self, id: PodId, replica_set: ReplicaSetId) -> String {
        let generate_name = format!("{}-", self.replica_set(replica_set).name);
        // Room is left for the suffix within 63 characters.
        let base = generate_name.get(..58).unwrap_or(&generate_name);
        format!("{base}{}", self.dice.name_suffix(id.0))
    }
}
