//! A moment of a run as an API server.

use crate::kubectl::api::{Api, ContainerState, Event, Pair, Pod};
use crate::kubectl::follow::Changed;
use crate::kubectl::get::node_address;
use crate::kubectl::kinds::{Kind, POD};
use crate::sim::backoff::BackoffEntry;
use crate::sim::cluster::Objects;
use crate::sim::command::{Answer, Command, Rejected, Scripted};
use crate::sim::kubelet::CRASH_LOOP_BACKOFF;
use crate::sim::node::Node;
use crate::sim::order::{sorted_by, sorted_by_key};
use crate::sim::out::{Event as SimEvent, Fact};
use crate::sim::pod::{PodId, Stage, Waiting};
use crate::sim::time::{SimDuration, SimTime};
use crate::sim::validation::FieldError;
use crate::timeline::{Inputs, Timeline, pods};

use super::events::{correlated, told};
use super::memory::Memory;

/// The moment on screen.
pub struct Moment<'a> {
    timeline: &'a mut Timeline,
    keeps: fn(Vec<Event>) -> Vec<Event>,
    too_large: TooLarge,
    refused: Option<i32>,
    /// What commands have left there.
    pub memory: Memory,
}

/// The most pods that can be shown, if a run would have more.
pub type TooLarge = fn(&Inputs) -> Option<i32>;

impl Api for Moment<'_> {
    fn objects(&self) -> &Objects {
        self.timeline.cluster()
    }

    fn now(&self) -> SimTime {
        self.timeline.time()
    }

    fn pods(&self) -> Vec<Pod> {
        let pods: Vec<_> = self.timeline.pods().existing().map(|(id, pod)| self.pod(id, &pod)).collect();
        sorted_by(&pods, |a, b| a.name.cmp(&b.name))
    }

    /// Where the scenario lists none, those that the pods are on.
    fn nodes(&self) -> Vec<Node> {
        let nodes = match &self.objects().nodes {
            Some(nodes) => nodes.clone(),
            None => {
                let bound = self.timeline.pods().existing().filter_map(|(_, pod)| pod.node);
                bound.map(|node| Node::new(&self.objects().node_name(node), 1)).collect()
            }
        };
        sorted_by_key(&nodes, |node| node.name.clone())
    }

    fn events(&self, kind: Option<&str>) -> Vec<Event> {
        (self.keeps)(told(self.timeline, kind))
    }

    fn check(&mut self, command: &Command) -> Result<Answer, Rejected> {
        self.timeline.clone().act(command.clone())
    }

    fn applied(&self, name: &str) -> Option<String> {
        self.memory.applied(name, self.now()).cloned()
    }

    fn note_applied(&mut self, name: &str, configuration: String) {
        self.memory.note_applied(name, self.timeline.time(), configuration);
    }

    fn labelled(&self, kind: &str, name: &str) -> Vec<Pair> {
        self.memory.labelled(kind, name, self.now())
    }

    fn note_labels(&mut self, kind: &str, name: &str, pairs: &[Pair]) {
        self.memory.note_labels(kind, name, self.timeline.time(), pairs);
    }

    fn has_namespace(&self, name: &str) -> bool {
        self.memory.namespaces.iter().any(|other| other == name)
    }

    fn note_namespace(&mut self, name: &str) {
        self.memory.namespaces.push(name.to_owned());
    }

    fn namespace(&self) -> Option<String> {
        self.memory.namespace.clone()
    }

    fn choose_namespace(&mut self, name: &str) {
        self.memory.namespace = Some(name.to_owned());
    }

    fn act(&mut self, command: Command) -> Result<Answer, Rejected> {
        let inputs = self.inputs_with(&command);
        match (self.too_large)(&inputs) {
            Some(most) => {
                self.refused = Some(most);
                Err(self.too_many(most))
            }
            None => {
                let (now, answer) = (self.now(), self.timeline.act(command)?);
                if !answer.changes_nothing() {
                    self.memory.forget_after(now);
                }
                Ok(answer)
            }
        }
    }
}

impl<'a> Moment<'a> {
    /// As a cluster keeps it.
    pub fn new(timeline: &'a mut Timeline) -> Self {
        Self { timeline, keeps: correlated, too_large: |_| None, refused: None, memory: Memory::default() }
    }

    /// With every event as it was told of. Recordings of controllers alone are like that.
    pub fn with_every_event(timeline: &'a mut Timeline) -> Self {
        Self { keeps: |told| told, ..Self::new(timeline) }
    }

    /// In which that was left.
    pub fn with(self, memory: Memory) -> Self {
        Self { memory, ..self }
    }

    /// In which no run becomes too large.
    pub fn within(self, too_large: TooLarge) -> Self {
        Self { too_large, ..self }
    }

    /// What an API server would say that has such a limit. Whoever set it says whose it is.
    fn too_many(&self, most: i32) -> Rejected {
        let deployment = self.objects().deployments.first().map_or("", |deployment| &deployment.name);
        let body = format!("Invalid value: must be less than or equal to {most}");
        let errors = vec![FieldError { field: "spec.replicas".to_owned(), body }];
        Rejected::Invalid { deployment: deployment.to_owned(), errors }
    }

    /// The limit that a command has gone beyond.
    pub fn refused(&self) -> Option<i32> {
        self.refused
    }

    /// What the run would follow from if a command were given.
    fn inputs_with(&self, command: &Command) -> Inputs {
        let at = self.timeline.time();
        let mut inputs = self.timeline.inputs().clone();
        inputs.script.retain(|scripted| scripted.at <= at);
        inputs.script.push(Scripted { at, command: command.clone() });
        inputs
    }

    fn pod(&self, id: PodId, pod: &pods::Pod) -> Pod {
        let terminating = Stage::Terminating <= pod.stage;
        let bound = pod.node.is_some();
        let begun = pod.started.is_some();
        let state = match pod.waiting {
            Some(Waiting::CrashLoopBackOff) => Some(self.crash_loop(id, pod)),
            Some(waiting) => Some(ContainerState::Waiting(waiting.as_str().to_owned(), String::new())),
            None => match pod.started {
                Some(started) => Some(ContainerState::Running(started)),
                None if bound => Some(ContainerState::Waiting("ContainerCreating".to_owned(), String::new())),
                None => None,
            },
        };
        Pod {
            name: self.timeline.pod_name(id),
            uid: id.uid(),
            owner: pod.replica_set,
            created: pod.created,
            deleted: pod.deleted.filter(|_| terminating),
            node: pod.node.map(|node| self.objects().node_name(node)),
            // A pod whose image does not come has an address: its sandbox is there.
            ip: (begun || pod.waiting.is_some()).then(|| address(id)),
            host_ip: pod.node.map_or(String::new(), |node| node_address(&self.objects().node_name(node))),
            phase: if begun { "Running" } else { "Pending" },
            ready: pod.ready.is_some() && pod.waiting.is_none(),
            ready_changed: pod.ready.or(pod.finished.map(|(_, at)| at)).unwrap_or(pod.created),
            restarts: pod.restarts,
            state,
            last: pod.finished,
            unschedulable: pod.unschedulable.map(|why| why.to_string()),
        }
    }

    /// The kubelet says how long it waits. `pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff`.
    fn crash_loop(&self, id: PodId, pod: &pods::Pod) -> ContainerState {
        let wait = (0..=pod.restarts).fold(None, |entry: Option<BackoffEntry>, _| {
            let now = entry.map_or(SimTime::ZERO, |entry| entry.last_update);
            Some(CRASH_LOOP_BACKOFF.next(entry, now))
        });
        let wait = wait.map_or(SimDuration::ZERO, |entry| entry.backoff);
        let template = &self.objects().replica_set(pod.replica_set).template;
        let container = template.containers.first().map_or("", |container| &container.name);
        let name = self.timeline.pod_name(id);
        let message = format!(
            "back-off {} restarting failed container={container} pod={name}_default({})",
            go_duration(wait),
            id.uid()
        );
        ContainerState::Waiting(Waiting::CrashLoopBackOff.as_str().to_owned(), message)
    }

    /// The objects that changed, as they are now.
    pub fn changed(&self, changed: &[Touched]) -> Vec<Changed> {
        let with_object = |touched: &Touched| match touched {
            Touched::Object(changed) => Some(changed.clone()),
            Touched::Pod(id) => {
                let pod = self.timeline.pods().get(*id)?;
                Some(Changed::Pod(Box::new(self.pod(*id, &pod)), pod.stage == Stage::Gone))
            }
        };
        changed.iter().filter_map(with_object).collect()
    }
}

/// `time.Duration.String`, of whole seconds.
fn go_duration(duration: SimDuration) -> String {
    match duration.secs() {
        secs @ 0..60 => format!("{secs}s"),
        secs => format!("{}m{}s", secs / 60, secs % 60),
    }
}

/// Addresses are made up: one for each pod.
fn address(id: PodId) -> String {
    let [_, a, b, c] = (id.0 + 1).to_be_bytes();
    format!("10.{}.{b}.{c}", 244 + a % 8)
}

/// What a step changed.
pub enum Touched {
    /// An object, by its id.
    Object(Changed),
    /// A pod.
    Pod(PodId),
}

impl Touched {
    /// The type of what was changed.
    pub fn kind(&self) -> &'static Kind {
        match self {
            Self::Object(changed) => changed.kind(),
            Self::Pod(_) => POD,
        }
    }
}

/// The objects that a step changed.
pub fn changed_in(timeline: &Timeline, step: usize) -> Vec<Touched> {
    let step = timeline.step_at(step);
    let mut touched = Vec::new();
    for fact in &step.facts {
        match fact {
            Fact::Created(id) | Fact::DeploymentStatus(id) => {
                touched.push(Touched::Object(Changed::Deployment(*id)));
            }
            Fact::ReplicaSetUpdated(id) | Fact::ReplicaSetDeleted(id) | Fact::ReplicaSetStatus(id) => {
                touched.push(Touched::Object(Changed::ReplicaSet(*id)));
            }
            Fact::Event(SimEvent::ScalingReplicaSet { replica_set, .. }) => {
                touched.push(Touched::Object(Changed::ReplicaSet(*replica_set)));
            }
            Fact::Answered(command, _) => touched.extend(commanded(command)),
            Fact::PodDeleted { pod, .. } | Fact::PodReady(pod) | Fact::PodGone(pod) => {
                touched.push(Touched::Pod(*pod));
            }
            Fact::Event(event) => touched.extend(pod_of(event).map(Touched::Pod)),
            Fact::Refused(..) | Fact::Rule(_) => {}
        }
    }
    touched
}

/// What is deleted with it are facts of their own.
fn commanded(command: &Command) -> Option<Touched> {
    let changed = match command {
        Command::Cordon(node) | Command::Uncordon(node) => Changed::Node(node.clone()),
        _ => Changed::Deployment(command.deployment()?),
    };
    Some(Touched::Object(changed))
}

fn pod_of(event: &SimEvent) -> Option<PodId> {
    match *event {
        SimEvent::SuccessfulCreate(pod)
        | SimEvent::SuccessfulDelete { pod, .. }
        | SimEvent::Scheduled(pod)
        | SimEvent::FailedScheduling(pod, _)
        | SimEvent::Started(pod)
        | SimEvent::Unhealthy(pod)
        | SimEvent::BackOff(pod)
        | SimEvent::PullFailed(pod)
        | SimEvent::PullBackOff(pod) => Some(pod),
        SimEvent::ScalingReplicaSet { .. } | SimEvent::FailedCreate(..) => None,
    }
}
