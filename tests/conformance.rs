//! Replays recorded rollouts of the real controllers of Kubernetes 1.36.2 and compares everything.
//!
//! `tests/conformance/README.md` says what a trace holds and what counts as agreement.
//! `ROLLSCOPE_TRACES` (files separated by `:`, `.jsonl` or `.jsonl.gz`) replays other files instead.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use rollscope::sim::Sim;
use rollscope::sim::behaviour::{Behaviour, Behaviours};
use rollscope::sim::cluster::{Cluster, Deployment, DeploymentId, ReplicaSetId};
use rollscope::sim::command::{Answer, Command, Rejected, Scripted};
use rollscope::sim::conditions::{ConditionStatus, ConditionType};
use rollscope::sim::deployment::revisions::{deployment_revision, revision};
use rollscope::sim::int_or_string::IntOrString;
use rollscope::sim::out::{Event, Fact, Step};
use rollscope::sim::pod::{PodId, Stage};
use rollscope::sim::scenario::Scenario;
use rollscope::sim::spec::DeploymentSpec;
use rollscope::sim::time::{SimDuration, SimTime};
use serde_json::{Map, Value, json};

/// Traces that are not reproduced yet. The list may only shrink: one that is reproduced must go.
const NOT_YET: &[&str] = &[
    "bad-image",
    "capacity-tight",
    "change-strategy-mid-rollout",
    "cordon",
    "crash-at-once",
    "crash-no-min-ready",
    "crash-with-min-ready",
    "delete-pods-idle",
    "delete-pods-mid-rollout",
    "flap-resets-deadline",
    "min-ready-change-mid-rollout",
    "min-ready-flap",
    "nothing-happened",
    "one-replica-full-node",
    "pause-batch-edits",
    "pause-mid-rollout",
    "pause-refusals",
    "recreate",
    "recreate-slow-termination",
    "restart",
    "scale-down-mid-rollout",
    "scale-idle",
    "scale-paused",
    "scale-three-sets",
    "scale-to-zero-mid-rollout",
    "scale-up-mid-rollout",
    "scale-up-mid-rollout-percent",
    "three-nodes-one-each",
    "unhealthy-old-first",
];

#[test]
fn traces_of_the_real_controllers_are_reproduced() {
    let given = std::env::var("ROLLSCOPE_TRACES").ok();
    let named = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/rollouts-named.jsonl");
    let files = given.as_deref().unwrap_or(named);
    let mut failed = BTreeMap::new();
    let mut total = 0;
    for (index, line) in files.split(':').flat_map(lines).enumerate() {
        let trace: Value = serde_json::from_str(&line).expect("every line is JSON");
        let name = trace["scenario"]["name"].as_str().map_or(format!("line {index}"), str::to_owned);
        total += 1;
        if let Err(difference) = replay(&trace) {
            failed.insert(name, difference);
        }
    }
    let exceptions: BTreeSet<&str> = match given {
        Some(_) => BTreeSet::new(),
        None => NOT_YET.iter().copied().collect(),
    };
    for (name, difference) in &failed {
        let not_yet = if exceptions.contains(name.as_str()) { " (not yet)" } else { "" };
        println!("{name}{not_yet}: {difference}");
    }
    let reproduced: Vec<_> = exceptions.iter().filter(|name| !failed.contains_key(**name)).collect();
    println!("traces: {} of {total}", total - failed.len());
    assert!(reproduced.is_empty(), "reproduced, so no longer to be listed: {reproduced:?}");
    let unexpected: Vec<_> = failed.keys().filter(|name| !exceptions.contains(name.as_str())).collect();
    assert!(unexpected.is_empty(), "not reproduced: {unexpected:?}");
    assert_ne!(total, 0, "{files} has no traces");
}

fn lines(path: &str) -> Vec<String> {
    let file = File::open(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let reader: Box<dyn Read> = match path.ends_with(".gz") {
        true => Box::new(flate2::read::GzDecoder::new(file)),
        false => Box::new(file),
    };
    let lines = BufReader::new(reader).lines().map(|line| line.expect("every line is text"));
    lines.filter(|line| !line.trim().is_empty()).collect()
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
    let mut script = script(input)?.into_iter().filter(|command| command.at <= until).peekable();
    let (mut sim, created) = match Sim::new(&scenario(input)?) {
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
            Event::Scheduled(_) | Event::Started(_) => {}
        }
    }

    fn compare(&self, entry: &Value) -> Result<(), String> {
        let mut deleted = self.deleted.clone();
        deleted.sort_by_key(Value::to_string);
        let mut recorded = or_empty(&entry["deleted"], json!([]));
        recorded.as_array_mut().ok_or("`deleted` is no list")?.sort_by_key(Value::to_string);
        let parts = [
            ("said", or_empty(&entry["said"], json!([])), json!(self.said)),
            ("events", or_empty(&entry["events"], json!([])), json!(self.events)),
            ("created", or_empty(&entry["created"], json!({})), json!(self.created)),
            ("deleted", recorded, json!(deleted)),
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
            let kind = match condition.kind {
                ConditionType::Available => "Available",
                ConditionType::Progressing => "Progressing",
            };
            let status = match condition.status {
                ConditionStatus::True => "True",
                ConditionStatus::False => "False",
            };
            let message = with_numbers(&condition.message, cluster);
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
    json!({
        "rs": pod.replica_set.0 + 1,
        "stage": match was {
            Stage::Unscheduled => "pending",
            other => stage(other),
        },
        "created": pod.created.secs(),
        "readyAt": pod.ready.map_or(-1, |ready| ready.secs() as i64),
    })
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

/// Traces number ReplicaSets where Kubernetes names them.
fn with_numbers(text: &str, cluster: &Cluster) -> String {
    let mut text = text.to_owned();
    for (index, replica_set) in cluster.replica_sets.iter().enumerate() {
        text = text.replace(&*replica_set.name, &format!("web-#{}", index + 1));
    }
    text
}

fn answer_text(answer: &Answer) -> Option<String> {
    match answer {
        Answer::ImageUpdated => None,
        Answer::ImageUnchanged => Some("setImage: unchanged".to_owned()),
        Answer::RolledBack => Some("rolled back".to_owned()),
        Answer::SkippedRollback { revision } => {
            Some(format!("skipped rollback (current template already matches revision {revision})"))
        }
    }
}

fn refusal(rejected: &Rejected) -> String {
    match rejected {
        Rejected::NoRolloutHistory { deployment } => {
            format!("error: no rollout history found for deployment \"{deployment}\"")
        }
        Rejected::RevisionNotFound { revision } => {
            format!("error: unable to find specified revision {revision} in history")
        }
        Rejected::Invalid { errors, .. } => {
            let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
            format!("rejected: {}", errors.join(", "))
        }
    }
}

fn scenario(input: &Value) -> Result<Scenario, String> {
    if input.get("nodes").is_some_and(|nodes| !nodes.is_null()) {
        return Err("nodes are not simulated yet".to_owned());
    }
    let given = input["spec"].as_object().ok_or("no `spec`")?;
    let mut spec = DeploymentSpec::new("web", text(&given["image"])?);
    for (key, value) in given {
        match key.as_str() {
            "image" => {}
            "replicas" => spec.replicas = int(value)?,
            "maxSurge" => spec.rolling_update.max_surge = int_or_string(value)?,
            "maxUnavailable" => spec.rolling_update.max_unavailable = int_or_string(value)?,
            "minReadySeconds" => spec.min_ready_seconds = int(value)?,
            "progressDeadlineSeconds" => spec.progress_deadline_seconds = int(value)?,
            "revisionHistoryLimit" => spec.revision_history_limit = int(value)?,
            _ => return Err(format!("spec.{key} is not simulated yet")),
        }
    }
    let images = input["images"].as_object().ok_or("no `images`")?;
    let by_image: Result<_, String> =
        images.iter().map(|(image, given)| Ok((image.clone(), behaviour(given)?))).collect();
    let behaviours = Behaviours { by_image: by_image?, ..Behaviours::default() };
    Ok(Scenario { deployments: vec![("web".to_owned(), spec)], behaviours, seed: 1 })
}

fn behaviour(given: &Value) -> Result<Behaviour, String> {
    let given = given.as_object().ok_or("a behaviour is no object")?;
    let mut behaviour = Behaviour { ready: Vec::new(), ..Behaviour::default() };
    for (key, value) in given {
        match key.as_str() {
            "start" => behaviour.start = durations(value)?,
            "ready" => behaviour.ready = durations(value)?,
            "terminate" => behaviour.terminate = seconds(value)?,
            _ => return Err(format!("images with {key} are not simulated yet")),
        }
    }
    Ok(behaviour)
}

fn script(input: &Value) -> Result<Vec<Scripted>, String> {
    let given = input["script"].as_array().map_or(&[][..], Vec::as_slice);
    given.iter().map(scripted).collect()
}

fn scripted(given: &Value) -> Result<Scripted, String> {
    let deployment = DeploymentId(0);
    let command = match text(&given["do"])? {
        "setImage" => Command::SetImage { deployment, image: text(&given["image"])?.to_owned() },
        "undo" => {
            let to_revision = given["toRevision"].as_i64().unwrap_or(0);
            Command::RolloutUndo { deployment, to_revision }
        }
        other => return Err(format!("the command {other} is not simulated yet")),
    };
    Ok(Scripted { at: SimTime::ZERO + seconds(&given["at"])?, command })
}

fn text(value: &Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| format!("{value} is no text"))
}

fn int(value: &Value) -> Result<i32, String> {
    let number = value.as_i64().and_then(|number| i32::try_from(number).ok());
    number.ok_or_else(|| format!("{value} is no number of 32 bits"))
}

fn int_or_string(value: &Value) -> Result<IntOrString, String> {
    match value.as_str() {
        Some(text) => Ok(IntOrString::String(text.to_owned())),
        None => int(value).map(IntOrString::Int),
    }
}

fn seconds(value: &Value) -> Result<SimDuration, String> {
    value.as_u64().map(SimDuration::from_secs).ok_or_else(|| format!("{value} is no time"))
}

fn durations(value: &Value) -> Result<Vec<SimDuration>, String> {
    value.as_array().ok_or_else(|| format!("{value} is no list"))?.iter().map(seconds).collect()
}
