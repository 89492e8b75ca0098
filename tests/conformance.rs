//! Replays recorded rollouts of the real controllers of Kubernetes 1.36.2 and compares everything.
//!
//! `tests/conformance/README.md` says what a trace holds and what counts as agreement.
//! `ROLLSCOPE_TRACES` (files separated by `:`, `.jsonl` or `.jsonl.gz`) replays other files instead.
//! The number that the README and the page state is the one counted here; `ROLLSCOPE_ACCEPT=1` writes
//! it into both when it has changed.

mod trace;

use std::collections::{BTreeMap, BTreeSet};

use rollscope::kubectl::print;
use rollscope::sim::Sim;
use rollscope::sim::cluster::{Cluster, Deployment, DeploymentId, ReplicaSetId};
use rollscope::sim::command::{Answer, Rejected};
use rollscope::sim::deployment::revisions::{deployment_revision, revision};
use rollscope::sim::out::{Event, Fact, Step};
use rollscope::sim::pod::{PodId, Stage};
use rollscope::sim::time::SimTime;
use serde_json::{Map, Value, json};

#[test]
fn traces_of_the_real_controllers_are_reproduced() {
    let given = std::env::var("ROLLSCOPE_TRACES").ok();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance");
    let ours = format!("{folder}/rollouts-named.jsonl:{folder}/rollouts-random.jsonl.gz");
    let files = given.as_ref().unwrap_or(&ours);
    let (mut total, mut failed) = (0, Vec::new());
    for (index, line) in files.split(':').flat_map(trace::lines).enumerate() {
        let trace: Value = serde_json::from_str(&line).expect("every line is JSON");
        let name = trace["scenario"]["name"].as_str().map_or(format!("line {index}"), str::to_owned);
        total += 1;
        if let Err(difference) = replay(&trace) {
            println!("{name}: {difference}");
            failed.push(name);
        }
    }
    let agreement = format!("{} of {total}", total - failed.len());
    println!("traces: {agreement}");
    if given.is_none() {
        expect_stated("src/view/agreement.txt", "", &agreement);
        expect_stated("README.md", "| recorded rollouts | ", &agreement);
    }
    assert!(failed.is_empty(), "not reproduced: {failed:?}");
    assert_ne!(total, 0, "{files} has no traces");
}

/// A file states the number, in the line that begins so.
#[track_caller]
fn expect_stated(file: &str, before: &str, agreement: &str) {
    let path = format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let line = text.lines().find(|line| line.starts_with(before)).expect("some line states it");
    let stated = line[before.len()..].split(" |").next().expect("a line has a beginning");
    if stated != agreement && std::env::var_os("ROLLSCOPE_ACCEPT").is_some() {
        let line_now = line.replacen(stated, agreement, 1);
        std::fs::write(&path, text.replacen(line, &line_now, 1)).expect("the file can be written");
    } else {
        assert_eq!(stated, agreement, "what {file} states is on the left; ROLLSCOPE_ACCEPT=1 mends it");
    }
}

/// Runs a trace's scenario and says where the two part first.
fn replay(trace: &Value) -> Result<(), String> {
    let recorded = trace["trace"].as_array().ok_or("no `trace`")?;
    let (instants, names) = run(&trace["scenario"])?;
    let mut ours = instants.iter().peekable();
    let mut last = json!({});
    for entry in recorded {
        let at = entry["t"].as_u64().ok_or("no `t`")?;
        while let Some(silent) = ours.next_if(|instant| instant.at < at) {
            silent.expect_unchanged(&last)?;
        }
        let quiet = Instant { at, state: last.clone(), ..Instant::default() };
        let instant = ours.next_if(|instant| instant.at == at).unwrap_or(&quiet);
        instant.compare(entry)?;
        last = instant.state.clone();
    }
    for silent in ours {
        silent.expect_unchanged(&last)?;
    }
    // Random traces are kept without the names.
    match trace.get("names").and_then(|recorded| differ(recorded, &names)) {
        Some(at) => Err(format!("names{at}")),
        None => Ok(()),
    }
}

/// The run of a scenario, instant by instant, and the names of its ReplicaSets.
fn run(input: &Value) -> Result<(Vec<Instant>, Value), String> {
    let until = SimTime::from_secs(input["until"].as_u64().ok_or("no `until`")?);
    let mut script = trace::script(input)?.into_iter().filter(|command| command.at <= until).peekable();
    let (mut sim, created) = match Sim::new(&trace::scenario(input)?) {
        Ok(sim) => sim,
        Err(rejected) => return Ok((vec![Instant::rejected(&rejected)], json!({}))),
    };
    let mut instants = vec![Instant::default()];
    let mut step = created;
    loop {
        let at = step.at.secs();
        if instants.last().is_some_and(|instant| instant.at != at) {
            instants.push(Instant { at, ..Instant::default() });
        }
        instants.last_mut().expect("there is always one").take_up(&step, &sim.cluster);
        step = match sim.step(script.peek().map_or(until, |command| command.at)) {
            Some(step) => step,
            None => match script.next() {
                Some(scripted) => sim.apply(scripted.at, &scripted.command),
                None => break,
            },
        };
    }
    let names = sim.cluster.replica_sets.iter().enumerate();
    let names = names.map(|(index, replica_set)| (format!("#{}", index + 1), json!(*replica_set.name)));
    Ok((instants, Value::Object(names.collect())))
}

/// All that happened in one second, in the words of a trace.
#[derive(Default)]
struct Instant {
    at: u64,
    said: Vec<String>,
    events: Vec<String>,
    created: BTreeMap<String, u64>,
    deleted: Vec<Value>,
    state: Value,
}

impl Instant {
    fn rejected(rejected: &Rejected) -> Self {
        let nothing = json!({
            "generation": 0, "observed": 0, "revision": 0, "replicas": 0, "updated": 0, "ready": 0,
            "available": 0, "unavailable": 0, "terminating": 0, "conditions": null,
        });
        let state = json!({ "deployment": nothing, "replicaSets": [], "pods": null });
        Self { said: vec![refusal(rejected)], state, ..Self::default() }
    }

    fn take_up(&mut self, step: &Step, cluster: &Cluster) {
        for fact in &step.facts {
            match fact {
                Fact::Answered(_, answer) => self.said.extend(answer_text(answer)),
                Fact::Refused(_, rejected) => self.said.push(refusal(rejected)),
                Fact::Event(event) => self.event(event, cluster),
                Fact::PodDeleted { pod, was } => self.deleted.push(deleted(cluster, *pod, *was)),
                _ => {}
            }
        }
        self.state = state(cluster);
    }

    fn event(&mut self, event: &Event, cluster: &Cluster) {
        match *event {
            Event::ScalingReplicaSet { .. } => {
                let message = with_numbers(&event.message(cluster), cluster);
                self.events.push(format!("{}: {message}", event.reason()));
            }
            Event::SuccessfulCreate(pod) => {
                let owner = format!("#{}", cluster.pod(pod).replica_set.0 + 1);
                *self.created.entry(owner).or_default() += 1;
            }
            Event::SuccessfulDelete { pod, was } => self.deleted.push(deleted(cluster, pod, was)),
            _ => {}
        }
    }

    fn compare(&self, entry: &Value) -> Result<(), String> {
        let recorded = or_empty(&entry["deleted"], json!([]));
        let recorded = recorded.as_array().ok_or("`deleted` is no list")?;
        let parts = [
            ("said", or_empty(&entry["said"], json!([])), json!(self.said)),
            ("events", or_empty(&entry["events"], json!([])), json!(self.events)),
            ("created", or_empty(&entry["created"], json!({})), json!(self.created)),
            ("deleted", json!(sorted(recorded)), json!(matched(&self.deleted, recorded))),
            ("deployment", entry["deployment"].clone(), self.state["deployment"].clone()),
            ("replicaSets", or_empty(&entry["replicaSets"], json!([])), self.state["replicaSets"].clone()),
            ("pods", or_empty(&entry["pods"], json!({})), or_empty(&self.state["pods"], json!({}))),
        ];
        for (part, theirs, ours) in parts {
            if let Some(at) = differ(&theirs, &ours) {
                return Err(format!("t={} {part}{at}", self.at));
            }
        }
        Ok(())
    }

    /// A second without an entry changed nothing.
    fn expect_unchanged(&self, last: &Value) -> Result<(), String> {
        let silent = self.said.is_empty() && self.events.is_empty();
        match silent && self.created.is_empty() && self.deleted.is_empty() && self.state == *last {
            true => Ok(()),
            false => Err(format!("t={}: something happened here that was not recorded", self.at)),
        }
    }
}

fn sorted(values: &[Value]) -> Vec<Value> {
    let mut sorted = values.to_vec();
    sorted.sort_by_key(Value::to_string);
    sorted
}

/// Our deleted pods, without the node where the recorded pod has none: there the choice was a tie.
/// Pods that are recorded with their nodes are matched first.
fn matched(ours: &[Value], recorded: &[Value]) -> Vec<Value> {
    let mut ours = ours.to_vec();
    let mut matched = Vec::new();
    let (with_node, without): (Vec<_>, Vec<_>) = recorded.iter().partition(|pod| pod.get("node").is_some());
    for pod in with_node {
        if let Some(index) = ours.iter().position(|our| our == pod) {
            matched.push(ours.remove(index));
        }
    }
    for pod in without {
        if let Some(index) = ours.iter().position(|our| without_node(our) == *pod) {
            matched.push(without_node(&ours.remove(index)));
        }
    }
    matched.extend(ours);
    sorted(&matched)
}

fn without_node(pod: &Value) -> Value {
    let mut pod = pod.clone();
    pod.as_object_mut().expect("a pod is an object").remove("node");
    pod
}

/// Where two values differ first, and how.
fn differ(theirs: &Value, ours: &Value) -> Option<String> {
    match (theirs, ours) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<_> = a.keys().chain(b.keys()).collect();
            keys.into_iter().find_map(|key| {
                let get = |map: &Map<String, Value>| map.get(key).cloned().unwrap_or(Value::Null);
                differ(&get(a), &get(b)).map(|at| format!(".{key}{at}"))
            })
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs.find_map(|(index, (a, b))| differ(a, b).map(|at| format!("[{index}]{at}")))
        }
        _ => (theirs != ours).then(|| format!(": {theirs} in Kubernetes, {ours} here")),
    }
}

fn or_empty(value: &Value, empty: Value) -> Value {
    if value.is_null() { empty } else { value.clone() }
}

fn state(cluster: &Cluster) -> Value {
    let id = DeploymentId(0);
    let replica_sets: Vec<_> = (0..cluster.replica_sets.len() as u32)
        .map(ReplicaSetId)
        .filter(|id| cluster.replica_set(*id).deleted.is_none())
        .map(|id| replica_set(cluster, id))
        .collect();
    let mut pods = BTreeMap::<_, u64>::new();
    for (_, pod) in cluster.existing_pods() {
        *pods.entry(stage(pod.stage)).or_default() += 1;
    }
    json!({
        "deployment": deployment(cluster.deployment(id), cluster),
        "replicaSets": replica_sets,
        "pods": pods,
    })
}

fn deployment(deployment: &Deployment, cluster: &Cluster) -> Value {
    let status = &deployment.status;
    let mut conditions: Vec<_> = status
        .conditions
        .iter()
        .map(|condition| {
            let (kind, status) = (condition.kind.as_str(), condition.status.as_str());
            let message = with_numbers(&condition.message.to_string(), cluster);
            format!("{kind}={status} {}: {message}", condition.reason.as_str())
        })
        .collect();
    conditions.sort();
    json!({
        "generation": deployment.generation,
        "observed": status.observed_generation,
        "revision": deployment_revision(deployment),
        "replicas": status.replicas,
        "updated": status.updated_replicas,
        "ready": status.ready_replicas,
        "available": status.available_replicas,
        "unavailable": status.unavailable_replicas,
        "terminating": status.terminating_replicas,
        "conditions": conditions,
    })
}

fn replica_set(cluster: &Cluster, id: ReplicaSetId) -> Value {
    let replica_set = cluster.replica_set(id);
    let status = replica_set.status;
    json!({
        "id": id.0 + 1,
        "rev": revision(replica_set),
        "image": replica_set.template.image(),
        "spec": replica_set.replicas,
        "replicas": status.replicas,
        "ready": status.ready_replicas,
        "available": status.available_replicas,
        "terminating": status.terminating_replicas,
    })
}

fn deleted(cluster: &Cluster, id: PodId, was: Stage) -> Value {
    let pod = cluster.pod(id);
    let mut deleted = json!({
        "rs": pod.replica_set.0 + 1,
        "stage": match was {
            Stage::Unscheduled => "pending",
            other => stage(other),
        },
        "created": pod.created().secs(),
        "readyAt": pod.ready().map_or(-1, |ready| ready.secs() as i64),
    });
    if 0 < pod.restarts {
        deleted["restarts"] = json!(pod.restarts);
    }
    if let Some(node) = pod.node().filter(|_| cluster.nodes.is_some()) {
        deleted["node"] = json!(cluster.node_name(node));
    }
    deleted
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Unscheduled => "unscheduled",
        Stage::Pending => "pending",
        Stage::Running => "running",
        Stage::Ready => "ready",
        Stage::Terminating => "terminating",
        Stage::Gone => "gone",
    }
}

/// Traces number ReplicaSets where Kubernetes names them. One that was deleted and created anew has the
/// same name, and its latest number.
fn with_numbers(text: &str, cluster: &Cluster) -> String {
    let mut text = text.to_owned();
    for (index, replica_set) in cluster.replica_sets.iter().enumerate().rev() {
        text = text.replace(&*replica_set.name, &format!("web-#{}", index + 1));
    }
    text
}

/// Traces don't repeat that a command was carried out, but for undo.
fn answer_text(answer: &Answer) -> Option<String> {
    Some(match answer {
        Answer::ImageUnchanged => "setImage: unchanged".to_owned(),
        Answer::ScaleUnchanged => "scale: unchanged".to_owned(),
        Answer::PatchUnchanged => "set: unchanged".to_owned(),
        Answer::RolledBack => "rolled back".to_owned(),
        Answer::SkippedRollback { revision } => {
            format!("skipped rollback (current template already matches revision {revision})")
        }
        _ => return None,
    })
}

fn refusal(rejected: &Rejected) -> String {
    match rejected {
        Rejected::AlreadyPaused { .. } => "pause: unchanged".to_owned(),
        Rejected::NotPaused { .. } => "resume: unchanged".to_owned(),
        // kubectl's prefix, which names the object, is not in the traces.
        Rejected::CannotRestartPaused { .. } => {
            print::refusal(rejected).replace("deployments.apps \"web\" ", "")
        }
        Rejected::Invalid { errors, .. } => {
            let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
            format!("rejected: {}", errors.join(", "))
        }
        _ => print::refusal(rejected),
    }
}
