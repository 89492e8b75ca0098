//! What one step did, and what it wants to happen next.

use std::rc::Rc;

use super::agenda::{Agenda, Sync};
use super::cluster::{Cluster, DeploymentId, Objects, ReplicaSetId};
use super::command::{Answer, Command, Rejected};
use super::deployment::sync::ReplicaSets;
use super::facts::{Facts, Happened};
use super::pod::{PodId, Stage, Unschedulable};
use super::rule::Rule;
use super::scheduler::SchedulingQueue;
use super::sync_queue::SyncQueue;
use super::time::{SimDuration, SimTime};

/// One step of a run: who acted, when, and what changed. Work that changes nothing is no step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub at: SimTime,
    /// Who.
    pub actor: Actor,
    /// What changed, in order; never empty.
    pub facts: Vec<Fact>,
}

/// Who acts in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Whoever types commands.
    User,
    /// The Deployment controller, syncing one Deployment.
    DeploymentController(DeploymentId),
    /// The ReplicaSet controller, syncing one ReplicaSet.
    ReplicaSetController(ReplicaSetId),
    /// The scheduler.
    Scheduler,
    /// The kubelets of all nodes.
    Kubelet,
}

/// One thing that changed, or that explains a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A user's command was carried out.
    Answered(Rc<Command>, Rc<Answer>),
    /// A user's command was refused.
    Refused(Rc<Command>, Rc<Rejected>),
    /// A Deployment was created.
    Created(DeploymentId),
    /// The rule by which a controller decided, with its numbers.
    Rule(Rule),
    /// An event, as `kubectl get events` shows it.
    Event(Event),
    /// A pod was deleted by hand.
    PodDeleted {
        /// Which.
        pod: PodId,
        /// Where it was until then.
        was: Stage,
    },
    /// A pod's readiness probe succeeded.
    PodReady(PodId),
    /// A terminating pod is gone.
    PodGone(PodId),
    /// The annotations or minReadySeconds of a ReplicaSet were brought in line.
    ReplicaSetUpdated(ReplicaSetId),
    /// A ReplicaSet was deleted.
    ReplicaSetDeleted(ReplicaSetId),
    /// A ReplicaSet's status was written.
    ReplicaSetStatus(ReplicaSetId),
    /// A Deployment's status was written.
    DeploymentStatus(DeploymentId),
}

/// A Kubernetes event. Its words are made when it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The Deployment controller gave a ReplicaSet another size.
    ScalingReplicaSet {
        /// Which.
        replica_set: ReplicaSetId,
        /// Its size before.
        from: i32,
        /// Its size now.
        to: i32,
    },
    /// The ReplicaSet controller created a pod.
    SuccessfulCreate(PodId),
    /// The ReplicaSet controller deleted a pod.
    SuccessfulDelete {
        /// Which.
        pod: PodId,
        /// Where it was until then.
        was: Stage,
    },
    /// The ReplicaSet controller could not create a pod, since so many exist already.
    FailedCreate(ReplicaSetId, ExceededQuota),
    /// The scheduler bound a pod to a node.
    Scheduled(PodId),
    /// The scheduler found no node for a pod.
    FailedScheduling(PodId, Unschedulable),
    /// The kubelet started a pod's container, for the first time or again.
    Started(PodId),
    /// The readiness probe of a pod fails.
    Unhealthy(PodId),
    /// A pod's container has exited, and will be started again later.
    BackOff(PodId),
    /// A pod's image could not be pulled.
    PullFailed(PodId),
    /// A pod's image could not be pulled, and will be tried again later.
    PullBackOff(PodId),
}

impl Event {
    /// The column REASON of `kubectl get events`.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::ScalingReplicaSet { .. } => "ScalingReplicaSet",
            Self::SuccessfulCreate(_) => "SuccessfulCreate",
            Self::SuccessfulDelete { .. } => "SuccessfulDelete",
            Self::FailedCreate(..) => "FailedCreate",
            Self::Scheduled(_) => "Scheduled",
            Self::FailedScheduling(..) => "FailedScheduling",
            Self::Started(_) => "Started",
            Self::Unhealthy(_) => "Unhealthy",
            Self::BackOff(_) | Self::PullBackOff(_) => "BackOff",
            Self::PullFailed(_) => "Failed",
        }
    }

    /// The ReplicaSet it is about, be it through a pod.
    pub fn replica_set(&self, cluster: &Cluster) -> ReplicaSetId {
        match *self {
            Self::ScalingReplicaSet { replica_set, .. } | Self::FailedCreate(replica_set, _) => replica_set,
            Self::SuccessfulCreate(pod)
            | Self::SuccessfulDelete { pod, .. }
            | Self::Scheduled(pod)
            | Self::FailedScheduling(pod, _)
            | Self::Started(pod)
            | Self::Unhealthy(pod)
            | Self::BackOff(pod)
            | Self::PullFailed(pod)
            | Self::PullBackOff(pod) => cluster.pod(pod).replica_set,
        }
    }

    /// The column MESSAGE.
    pub fn message(&self, cluster: &Cluster) -> String {
        let image = |pod: PodId| cluster.replica_set(cluster.pod(pod).replica_set).template.image();
        match *self {
            Self::ScalingReplicaSet { replica_set, from, to } => {
                let direction = if from < to { "up" } else { "down" };
                let name = &cluster.replica_set(replica_set).name;
                format!("Scaled {direction} replica set {name} from {from} to {to}")
            }
            Self::SuccessfulCreate(pod) => format!("Created pod: {}", cluster.pod_name(pod)),
            Self::SuccessfulDelete { pod, .. } => format!("Deleted pod: {}", cluster.pod_name(pod)),
            Self::FailedCreate(id, exceeded) => {
                format!("Error creating: {}", exceeded.message(cluster, id))
            }
            Self::Scheduled(pod) => {
                let node = cluster.pod(pod).node().map_or(String::new(), |node| cluster.node_name(node));
                format!("Successfully assigned default/{} to {node}", cluster.pod_name(pod))
            }
            Self::FailedScheduling(_, unschedulable) => unschedulable.to_string(),
            Self::Started(_) => "Container started".to_owned(),
            Self::Unhealthy(_) => "Readiness probe failed: HTTP probe failed with statuscode: 503".to_owned(),
            Self::BackOff(pod) => {
                let template = &cluster.replica_set(cluster.pod(pod).replica_set).template;
                let (container, name) = (template.containers[0].name.as_str(), cluster.pod_name(pod));
                format!(
                    "Back-off restarting failed container {container} in pod {name}_default({})",
                    pod.uid()
                )
            }
            Self::PullFailed(pod) => {
                let image = image(pod);
                format!(
                    "Failed to pull image \"{image}\": rpc error: code = NotFound desc = failed to pull and \
                     unpack image \"{image}\": not found"
                )
            }
            Self::PullBackOff(pod) => format!("Back-off pulling image \"{}\"", image(pod)),
        }
    }
}

/// A pod more than the namespace's ResourceQuota allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExceededQuota {
    /// Pods that exist.
    pub used: u32,
    /// How many pods could not be created before this one. Each has a name of its own, which is made up before the
    /// quota is asked: `apiserver/pkg/registry/rest/create.go BeforeCreate`.
    pub attempt: u32,
}

impl ExceededQuota {
    /// What the API server says. `apiserver/pkg/admission/plugin/resourcequota/controller.go`.
    pub fn message(self, cluster: &Objects, replica_set: ReplicaSetId) -> String {
        let Self { used, attempt } = self;
        // Pods that come to exist are numbered from the other end.
        let name = cluster.name_of_pod(PodId(u32::MAX - attempt), replica_set);
        let limited = cluster.quota.unwrap_or_default();
        format!(
            "pods \"{name}\" is forbidden: exceeded quota: pods, requested: pods=1, used: pods={used}, \
             limited: pods={limited}"
        )
    }
}

/// Collects what a controller wants: facts for the journal, syncs for now, work for later.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Out {
    /// What changed.
    pub facts: Facts,
    /// ReplicaSets to be synced in this instant.
    pub replica_sets: SyncQueue<ReplicaSetId>,
    /// Deployments to be synced in this instant.
    pub deployments: SyncQueue<DeploymentId>,
    /// The present moment.
    pub now: SimTime,
    /// Work for later.
    pub agenda: Agenda,
    /// Pods that want a node.
    pub unscheduled: SchedulingQueue,
    /// Room for the pods that a sync deletes.
    pub victims: Vec<PodId>,
    /// What the controller of a Deployment found when it looked last, while it would find the same again, and
    /// nothing to bring in line: until a spec is written, or a ReplicaSet goes.
    pub found: Option<(DeploymentId, ReplicaSets)>,
    /// A Deployment of which nothing has changed since its controller looked but the status that it wrote.
    pub settled: Option<DeploymentId>,
}

impl Out {
    /// Notes that something happened.
    pub fn fact(&mut self, fact: Fact) {
        self.facts.push(fact);
    }

    /// Notes an event that is about more than a pod.
    pub fn event(&mut self, event: Event) {
        self.facts.push(Fact::Event(event));
    }

    /// Something happened to each of some pods of a ReplicaSet, which wants to know.
    pub fn happened(&mut self, what: Happened, pods: &[PodId], owner: ReplicaSetId) {
        self.facts.happened(what, pods);
        self.pod_changed(owner);
    }

    /// Asks for a sync after a delay.
    pub fn sync_after(&mut self, delay: SimDuration, who: Sync) {
        self.agenda.add_sync(self.now + delay, who);
    }

    /// A pod changed: its ReplicaSet wants to know.
    /// `replica_set.go addPod, updatePod, deletePod`.
    pub fn pod_changed(&mut self, owner: ReplicaSetId) {
        self.replica_sets.add(owner);
    }

    /// A ReplicaSet changed: both controllers want to know.
    /// `replica_set.go updateRS`, `deployment_controller.go updateReplicaSet`.
    pub fn replica_set_changed(&mut self, id: ReplicaSetId, owner: DeploymentId) {
        self.replica_sets.add(id);
        self.deployment_changed(owner);
    }

    /// A ReplicaSet was deleted. `deployment_controller.go deleteReplicaSet`.
    pub fn replica_set_deleted(&mut self, id: ReplicaSetId, owner: DeploymentId) {
        self.found = None;
        self.fact(Fact::ReplicaSetDeleted(id));
        self.deployment_changed(owner);
    }

    /// A user asks for something else.
    pub fn spec_changed(&mut self, id: DeploymentId) {
        self.found = None;
        self.deployment_changed(id);
    }

    /// A Deployment changed. `deployment_controller.go updateDeployment`.
    pub fn deployment_changed(&mut self, id: DeploymentId) {
        self.deployments.add(id);
        self.settled = None;
    }
}
