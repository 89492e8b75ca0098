//! A recorded state of a cluster as an API server.

use std::rc::Rc;

use rollscope::kubectl::api::{Api, ContainerState, Event, Pair, Pod};
use rollscope::kubectl::get::node_address;
use rollscope::manifest::Manifest;
use rollscope::sim::Sim;
use rollscope::sim::cluster::{
    Deployment, DeploymentId, Objects, ReplicaSet, ReplicaSetId, ReplicaSetStatus,
};
use rollscope::sim::command::{Answer, Command, Rejected};
use rollscope::sim::conditions::{
    ConditionReason, ConditionStatus, ConditionType, DeploymentCondition, Message,
};
use rollscope::sim::deployment::revisions::{REVISION, deployment_revision};
use rollscope::sim::int_or_string::IntOrString;
use rollscope::sim::node::Node;
use rollscope::sim::scenario::Scenario;
use rollscope::sim::spec::{
    Container, DeploymentSpec, DeploymentStrategy, Labels, PodTemplateSpec, RollingUpdateDeployment,
    StrategyType,
};
use rollscope::sim::time::SimTime;
use serde_json::Value;

use super::memory::Memory;

/// What was recorded before a command, and how the simulator takes the command from there.
pub struct State {
    /// The simulator.
    pub sim: Sim,
    /// The present moment.
    pub now: SimTime,
    pods: Vec<Pod>,
    memory: Memory,
}

impl State {
    /// A snapshot as a cluster; `null` is an empty one. Time zero is when the topic began.
    pub fn new(recorded: &Value, began: SimTime, now: SimTime, mut memory: Memory) -> Self {
        let scenario = Scenario { nodes: Some(nodes(&memory.cordoned)), ..Scenario::article() };
        let (mut sim, _) = Sim::new(&scenario).expect("the article's scenario is accepted");
        while sim.step(SimTime::from_secs(100)).is_some() {}
        memory.forget_all_but(recorded);
        let objects = &mut sim.cluster.objects;
        objects.deployments =
            list(&recorded["deployments"]).map(|given| deployment(given, &memory)).collect();
        objects.replica_sets.clear();
        for set in list(&recorded["replicasets"]) {
            if let Some(set) = replica_set(set, objects, began, &mut memory) {
                objects.replica_sets.push(set);
            }
        }
        for (id, deployment) in (0..).map(DeploymentId).zip(&mut objects.deployments) {
            let all = (0..).map(ReplicaSetId).zip(&objects.replica_sets);
            let mut own: Vec<_> = all.filter(|(_, set)| set.owner == id).collect();
            own.sort_by_key(|(_, set)| (set.created, Rc::clone(&set.name)));
            deployment.replica_sets = own.into_iter().map(|(id, _)| id).collect();
        }
        let pods =
            list(&recorded["pods"]).filter_map(|given| pod(given, objects, began, now, &memory)).collect();
        Self { sim, now, pods, memory }
    }

    /// What the next state is to know of this one.
    pub fn memory(mut self, created: Option<&Manifest>) -> Memory {
        let created = created.map(|manifest| Deployment::new(&manifest.name, manifest.spec.clone()));
        for deployment in self.sim.cluster.objects.deployments.iter().chain(&created) {
            self.memory.take(deployment);
        }
        self.memory.cordoned =
            self.nodes().iter().filter(|node| node.unschedulable).map(|node| node.name.to_string()).collect();
        self.memory
    }
}

impl State {
    /// Time passes in which nothing happens.
    pub fn wait_until(&mut self, time: SimTime) {
        self.now = time;
    }
}

impl Api for State {
    fn objects(&self) -> &Objects {
        &self.sim.cluster.objects
    }

    fn now(&self) -> SimTime {
        self.now
    }

    fn pods(&self) -> Vec<Pod> {
        self.pods.clone()
    }

    fn nodes(&self) -> Vec<Node> {
        self.objects().nodes.clone().unwrap_or_default()
    }

    fn events(&self, kind: Option<&str>) -> Vec<Event> {
        let mut events = self.memory.events.clone();
        events.retain(|event| kind.is_none_or(|kind| event.kind == kind));
        events.sort_by_key(|event| event.last);
        events
    }

    fn applied(&self, name: &str) -> Option<String> {
        self.memory.applied.get(name).filter(|json| !json.is_empty()).cloned()
    }

    fn note_applied(&mut self, name: &str, configuration: String) {
        self.memory.applied.insert(name.to_owned(), configuration);
    }

    fn labelled(&self, kind: &str, name: &str) -> Vec<Pair> {
        self.memory.labelled.get(&(kind.to_owned(), name.to_owned())).cloned().unwrap_or_default()
    }

    fn note_labels(&mut self, kind: &str, name: &str, pairs: &[Pair]) {
        let of = (kind.to_owned(), name.to_owned());
        let labels = self.memory.labelled.entry(of).or_default();
        match pairs {
            [] => labels.clear(),
            _ => labels.extend(pairs.iter().cloned()),
        }
    }

    fn namespace(&self) -> Option<String> {
        self.memory.namespace.clone()
    }

    fn choose_namespace(&mut self, name: &str) {
        self.memory.namespace = Some(name.to_owned());
    }

    fn check(&mut self, command: &Command) -> Result<Answer, Rejected> {
        if let Command::DeletePod(name) = command {
            // The simulator's pods have other names.
            return Ok(Answer::PodsDeleted(vec![name.clone()]));
        }
        self.sim.clone().act(self.now, command)
    }

    fn act(&mut self, command: Command) -> Result<Answer, Rejected> {
        match command {
            Command::DeletePod(_) => self.check(&command),
            _ => self.sim.act(self.now, &command),
        }
    }
}

fn nodes(cordoned: &[String]) -> Vec<Node> {
    let node = |name: &str| {
        let unschedulable = cordoned.iter().any(|other| other == name);
        Node { unschedulable, ..Node::new(name, 110) }
    };
    ["node1", "node2", "node3"].map(node).into()
}

pub fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A number that stands in a text.
fn number_in(value: &Value) -> i64 {
    text(value).parse().unwrap_or(0)
}

fn number(value: &Value) -> i32 {
    value.as_i64().map_or(0, |number| number as i32)
}

/// Seconds since 2000, of a time as RFC 3339 writes it; anything else is the beginning.
pub fn time(text: &str) -> SimTime {
    let part =
        |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse().ok()).unwrap_or(0_u64);
    let (year, month, day) = (part(0..4), part(5..7), part(8..10));
    if year < 2000 {
        return SimTime::ZERO;
    }
    let is_leap = |year: u64| year.is_multiple_of(4);
    let years: u64 = (2000..year).map(|year| 365 + u64::from(is_leap(year))).sum();
    let lengths = [31, 28 + u64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let days = years + lengths[..month as usize - 1].iter().sum::<u64>() + day - 1;
    SimTime::from_secs(days * 86_400 + part(11..13) * 3600 + part(14..16) * 60 + part(17..19))
}

/// A recorded time, since the topic began.
fn since(began: SimTime, given: &Value) -> SimTime {
    SimTime::ZERO + time(text(given)).since(began)
}

fn template(app: &str, images: &Value) -> Rc<PodTemplateSpec> {
    let container = |image: &Value| {
        let image = text(image).to_owned();
        let name = image.rsplit('/').next().unwrap_or_default().split(':').next().unwrap_or_default();
        // Images of one container are steered by their tags; the container is called like the application.
        let name = if name.is_empty() { app } else { name };
        Container::new(name, &image)
    };
    let mut containers: Vec<Container> = list(images).map(container).collect();
    for index in 1..containers.len() {
        // No two have the same name.
        if containers[..index].iter().any(|other| other.name == containers[index].name) {
            containers[index].name = format!("{}-{index}", containers[index].name);
        }
    }
    let labels = Labels::from([("app".to_owned(), app.to_owned())]);
    Rc::new(PodTemplateSpec { labels, containers, ..PodTemplateSpec::default() })
}

fn deployment(given: &Value, memory: &Memory) -> Deployment {
    let name = text(&given["name"]);
    let known = memory.deployment(name, &given["images"]);
    let knob = |value: &Value| match value.as_str() {
        Some(text) => Some(IntOrString::String(text.into())),
        None => value.as_i64().map(|number| IntOrString::Int(number as i32)),
    };
    let rolling = &given["strategy"]["rollingUpdate"];
    let rolling_update = rolling.is_object().then(|| RollingUpdateDeployment {
        max_unavailable: knob(&rolling["maxUnavailable"]),
        max_surge: knob(&rolling["maxSurge"]),
    });
    let kind = StrategyType::parse(text(&given["strategy"]["type"]));
    let (sim, _) = Sim::new(&Scenario::article()).expect("the article's scenario is accepted");
    let spec = DeploymentSpec {
        replicas: number(&given["replicas"]),
        template: known
            .map_or_else(|| template(name, &given["images"]), |known| Rc::clone(&known.spec.template)),
        strategy: DeploymentStrategy { kind, rolling_update },
        revision_history_limit: known.map_or(10, |known| known.spec.revision_history_limit),
        min_ready_seconds: number(&given["minReadySeconds"]),
        progress_deadline_seconds: number(&given["progressDeadlineSeconds"]),
        paused: given["paused"] == true,
        ..DeploymentSpec::new(name, "")
    };
    let mut deployment = sim.cluster.deployment(DeploymentId(0)).clone();
    deployment.name = Rc::from(name);
    deployment.ask(spec);
    deployment.generation = given["generation"].as_i64().unwrap_or(1);
    deployment.annotations = known.map(|known| known.annotations.clone()).unwrap_or_default();
    if let Some(revision) = given["revision"].as_str().filter(|revision| !revision.is_empty()) {
        deployment.annotations.set(REVISION, Some(revision.to_owned()));
    }
    let status = &mut deployment.status;
    status.observed_generation = given["observedGeneration"].as_i64().unwrap_or(0);
    let given_status = &given["status"];
    status.replicas = number(&given_status["replicas"]);
    status.updated_replicas = number(&given_status["updatedReplicas"]);
    status.ready_replicas = number(&given_status["readyReplicas"]);
    status.available_replicas = number(&given_status["availableReplicas"]);
    status.unavailable_replicas = number(&given_status["unavailableReplicas"]);
    status.terminating_replicas = number(&given_status["terminatingReplicas"]);
    status.collision_count = given_status["collisionCount"].as_i64().map(|count| count as i32);
    status.conditions = list(&given["conditions"]).filter_map(condition).collect();
    deployment
}

fn condition(given: &Value) -> Option<DeploymentCondition> {
    use ConditionReason as R;
    let reasons = [
        R::MinimumReplicasAvailable,
        R::MinimumReplicasUnavailable,
        R::NewReplicaSetCreated,
        R::FoundNewReplicaSet,
        R::ReplicaSetUpdated,
        R::NewReplicaSetAvailable,
        R::ProgressDeadlineExceeded,
        R::DeploymentPaused,
        R::DeploymentResumed,
        R::FailedCreate,
        R::FailedDelete,
    ];
    let kinds = [ConditionType::Available, ConditionType::Progressing, ConditionType::ReplicaFailure];
    let statuses = [ConditionStatus::True, ConditionStatus::False, ConditionStatus::Unknown];
    let kind = kinds.into_iter().find(|kind| kind.as_str() == text(&given[0]))?;
    let status = statuses.into_iter().find(|status| status.as_str() == text(&given[1]))?;
    let reason = reasons.into_iter().find(|reason| reason.as_str() == text(&given[2]))?;
    let message = Message::Said(Rc::from(text(&given[3])));
    Some(DeploymentCondition::new(kind, status, reason, message, SimTime::ZERO))
}

fn replica_set(given: &Value, objects: &Objects, began: SimTime, memory: &mut Memory) -> Option<ReplicaSet> {
    let name = text(&given["name"]);
    let (owner_name, _) = name.rsplit_once('-')?;
    let owner = objects.deployments.iter().position(|deployment| &*deployment.name == owner_name)?;
    let deployment = &objects.deployments[owner];
    let annotations = memory.annotations_of(name, number_in(&given["revision"]), deployment);
    // The second of a restart is not known, and so neither is the name that follows from it.
    let is_new = number_in(&given["revision"]) == deployment_revision(deployment)
        && deployment.status.observed_generation == deployment.generation;
    let template = memory
        .template(name, &given["images"])
        .or_else(|| is_new.then(|| Rc::clone(&deployment.spec.template)))
        .unwrap_or_else(|| template(owner_name, &given["images"]));
    memory.note_template(name, &template);
    let status = &given["status"];
    Some(ReplicaSet {
        name: Rc::from(name),
        owner: DeploymentId(owner as u32),
        annotations,
        created: since(began, &given["created"]),
        deleted: None,
        template,
        replicas: number(&given["replicas"]),
        min_ready_seconds: 0,
        status: ReplicaSetStatus {
            replicas: number(&status["replicas"]),
            ready_replicas: number(&status["readyReplicas"]),
            available_replicas: number(&status["availableReplicas"]),
            terminating_replicas: number(&status["terminatingReplicas"]),
        },
        failure: None,
    })
}

fn pod(given: &Value, objects: &Objects, began: SimTime, now: SimTime, memory: &Memory) -> Option<Pod> {
    let owner = objects.replica_sets.iter().position(|set| *set.name == *text(&given["owner"]))?;
    let created = since(began, &given["created"]);
    let state = &given["state"];
    let reason = |state: &Value| text(&state["reason"]).to_owned();
    let state = match state.as_object().and_then(|state| state.iter().next()) {
        Some((kind, state)) if kind == "running" => {
            Some(ContainerState::Running(since(began, &state["startedAt"])))
        }
        Some((kind, state)) if kind == "terminated" => {
            Some(ContainerState::Terminated(reason(state), number(&state["exitCode"])))
        }
        Some((_, state)) => Some(ContainerState::Waiting(reason(state), text(&state["message"]).to_owned())),
        None => None,
    };
    let creating = "ContainerCreating";
    let sandbox = state
        .as_ref()
        .is_some_and(|state| !matches!(state, ContainerState::Waiting(reason, _) if reason == creating));
    let told = memory.restarts.get(text(&given["name"])).copied();
    let is_back = matches!(&state, Some(ContainerState::Waiting(reason, _)) if reason == "CrashLoopBackOff");
    // It has ended before, even where no table tells how often.
    let last = told.map(|(_, ago)| now - ago).or(is_back.then_some(created));
    let phases = ["Pending", "Running", "Succeeded", "Failed"];
    let phase = phases.into_iter().find(|phase| *phase == text(&given["phase"]))?;
    Some(Pod {
        name: text(&given["name"]).to_owned(),
        uid: String::new(),
        owner: ReplicaSetId(owner as u32),
        created,
        deleted: (given["deleting"] == true).then_some(created),
        node: given["node"].as_str().filter(|node| !node.is_empty()).map(str::to_owned),
        ip: sandbox.then(|| "10.244.1.1".to_owned()),
        host_ip: node_address(text(&given["node"])),
        phase,
        ready: given["ready"] == true,
        ready_changed: created,
        restarts: told.map_or(0, |(count, _)| count),
        state,
        last: last.map(|last| (last, last)),
        unschedulable: None,
    })
}
