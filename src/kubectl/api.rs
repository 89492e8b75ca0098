//! What kubectl asks the API server: objects at one moment, and to change them.

use crate::sim::cluster::{Objects, ReplicaSetId};
use crate::sim::command::{Answer, Command, Rejected};
use crate::sim::node::Node;
use crate::sim::time::SimTime;

/// The API server as kubectl sees it, at one moment.
pub trait Api {
    /// Deployments, ReplicaSets, nodes.
    fn objects(&self) -> &Objects;
    /// The present moment.
    fn now(&self) -> SimTime;
    /// The pods that exist, sorted by name as the API server lists them.
    fn pods(&self) -> Vec<Pod>;
    /// The nodes that exist, sorted by name.
    fn nodes(&self) -> Vec<Node>;
    /// The events that are kept, in order of their last time; only those about objects of a kind, if one is
    /// given: there may be a million about pods.
    fn events(&self, kind: Option<&str>) -> Vec<Event>;
    /// What would be answered to a command.
    fn check(&mut self, command: &Command) -> Result<Answer, Rejected>;
    /// What `kubectl apply` applied last to the Deployment of a name, as JSON.
    fn applied(&self, _name: &str) -> Option<String> {
        None
    }
    /// Remembers what was applied; nothing, if that is forgotten.
    fn note_applied(&mut self, _name: &str, _configuration: String) {}
    /// Which labels of an object were given or taken away by commands, in this order.
    fn labelled(&self, _kind: &str, _name: &str) -> Vec<Pair> {
        Vec::new()
    }
    /// Remembers that; with none, that it was deleted: what has its name later is another object.
    fn note_labels(&mut self, _kind: &str, _name: &str, _pairs: &[Pair]) {}
    /// Whether a namespace was created. There is but one with objects: it means that one too.
    fn has_namespace(&self, _name: &str) -> bool {
        false
    }
    /// Remembers that a namespace was created.
    fn note_namespace(&mut self, _name: &str) {}
    /// The namespace that commands are about which name none, if one was chosen.
    fn namespace(&self) -> Option<String> {
        None
    }
    /// Chooses it.
    fn choose_namespace(&mut self, _name: &str) {}
    /// Gives a command. What is read afterwards is as the command has left it.
    fn act(&mut self, command: Command) -> Result<Answer, Rejected>;
}

/// A key and what it becomes; absent: it goes.
pub type Pair = (String, Option<String>);

/// `v1.Pod`, as far as kubectl shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pod {
    /// `metadata.name`
    pub name: String,
    /// `metadata.uid`
    pub uid: String,
    /// Who owns it.
    pub owner: ReplicaSetId,
    /// `metadata.creationTimestamp`
    pub created: SimTime,
    /// When it was asked to go.
    pub deleted: Option<SimTime>,
    /// `spec.nodeName`
    pub node: Option<String>,
    /// `status.podIP`
    pub ip: Option<String>,
    /// `status.hostIP`
    pub host_ip: String,
    /// `status.phase`
    pub phase: &'static str,
    /// Whether its container is ready, and with it the pod.
    pub ready: bool,
    /// When that last changed.
    pub ready_changed: SimTime,
    /// `status.containerStatuses[].restartCount`
    pub restarts: u32,
    /// `status.containerStatuses[].state`; absent before a kubelet has seen it.
    pub state: Option<ContainerState>,
    /// `status.containerStatuses[].lastState.terminated`: when it began and ended.
    pub last: Option<(SimTime, SimTime)>,
    /// The message of the condition PodScheduled while there is no node.
    pub unschedulable: Option<String>,
}

/// `v1.ContainerState`.
#[derive(Clone, Debug, PartialEq)]
pub enum ContainerState {
    /// It does not run, for this reason and with this message.
    Waiting(String, String),
    /// It runs since then.
    Running(SimTime),
    /// It has ended: reason and exit code.
    Terminated(String, i32),
}

/// `v1.Event`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// `involvedObject.kind`
    pub kind: &'static str,
    /// `involvedObject.name`
    pub name: String,
    /// `involvedObject.fieldPath`
    pub path: String,
    /// Whether something is wrong.
    pub warning: bool,
    /// `reason`
    pub reason: &'static str,
    /// `message`
    pub message: String,
    /// `source.component`, or where events are new-fashioned `reportingController`.
    pub from: &'static str,
    /// `source.host`
    pub host: Option<String>,
    /// `firstTimestamp`
    pub first: SimTime,
    /// `lastTimestamp`
    pub last: SimTime,
    /// `count`
    pub count: u32,
}
