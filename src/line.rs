//! All that a run follows from, in one line of words that a person can write.
//!
//! ```text
//! replicas=10 maxSurge=1 v2.crashAfter=20 nodes=node1:4,node2:4 @20 image=v2 @80.5 undo
//! ```
//!
//! First what differs from the defaults at the start, then, after each `@SECONDS`, what is asked at that
//! moment. The same word means the same field on both sides; fields that change together are one patch.
//! A word with a dot is about the pods of an image; `*` stands for all that are not named. A blank in a value
//! is written as `%20`.
//!
//! A template that keeps more than names and images is the word `template`, which the caller reads and
//! writes: with [`template`], which says all that the simulator keeps and needs no knowledge of the API; or
//! as JSON, for links, which only who knows the API's types can read (`manifest::template`).

pub mod template;

use crate::sim::behaviour::{Behaviour, Behaviours, Flap};
use crate::sim::command::{Change, Command, Scripted};
use crate::sim::deployment::edit;
use crate::sim::int_or_string::IntOrString;
use crate::sim::node::Node;
use crate::sim::scenario::Scenario;
use crate::sim::spec::{DeploymentSpec, PodTemplateSpec, RollingUpdateDeployment, StrategyType};
use crate::sim::time::{SimDuration, SimTime};
use crate::timeline::{Inputs, SHOWN};

/// Reads the words of a line that is known to be well formed, and to have no templates.
pub fn read<'a>(words: impl Iterator<Item = &'a str>) -> Inputs {
    read_with(words, |_| unreachable!("whoever writes a line knows the fields of a Deployment"))
}

/// The same with templates.
pub fn read_with<'a>(words: impl Iterator<Item = &'a str>, template: ReadTemplate) -> Inputs {
    let mut scenario = start(IMAGE);
    let mut script: Vec<Scripted> = Vec::new();
    let mut now = None;
    let mut commands_before = 0;
    for word in words {
        let word = &word.replace(BLANK, " ").replace("%252", "%2");
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        match (key.strip_prefix('@'), now) {
            (Some(time), _) => (now, commands_before) = (Some(moment(time)), script.len()),
            (None, now) if key == "template" => {
                let change = Change::Template(template(value).into());
                match now {
                    None => edit::apply(&change, &mut scenario.deployments[0].1),
                    Some(at) => patch(&mut script, commands_before, at, change),
                }
            }
            (None, None) => give(&mut scenario, key, value),
            (None, Some(at)) => ask(&mut script, commands_before, at, key, value),
        }
    }
    Inputs { scenario, script }
}

/// The Deployment's name that needs not be said.
const NAME: &str = "web";

/// The image that needs not be named.
const IMAGE: &str = "v1";

/// A blank in a value, since a blank ends a word.
const BLANK: &str = "%20";

/// One Deployment called `web`, with every default.
fn start(image: &str) -> Scenario {
    Scenario {
        deployments: vec![(NAME.to_owned(), DeploymentSpec::new(NAME, image))],
        behaviours: Behaviours::default(),
        nodes: None,
        quota: None,
        seed: 1,
    }
}

/// A word before time zero.
fn give(scenario: &mut Scenario, key: &str, value: &str) {
    if let Some((image, key)) = key.rsplit_once('.') {
        let behaviours = &mut scenario.behaviours;
        let behaviour = if image == "*" { &mut behaviours.default } else { behaviours.of_mut(image) };
        return behave(behaviour, key, value);
    }
    let (name, spec) = &mut scenario.deployments[0];
    match key {
        "replicas" => spec.replicas = number(value),
        "image" => {
            *spec = DeploymentSpec { template: DeploymentSpec::new(name, value).template, ..spec.clone() }
        }
        "name" => {
            value.clone_into(name);
            *spec = DeploymentSpec::new(name, IMAGE);
        }
        "selector" => {
            let pairs = value.split(',').filter_map(|pair| pair.split_once(':'));
            spec.selector = Some(pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect());
        }
        "quota" => scenario.quota = Some(number(value).unsigned_abs()),
        "nodes" => scenario.nodes = Some(value.split(',').filter_map(node).collect()),
        _ => edit::apply(&change(key, value), spec),
    }
}

fn behave(behaviour: &mut Behaviour, key: &str, value: &str) {
    match key {
        "start" => behaviour.start = durations(value),
        "ready" => behaviour.ready = durations(value),
        "terminate" => behaviour.terminate = seconds(value),
        "crashAfter" => behaviour.crash_after = Some(seconds(value)),
        "flap" => {
            let (ready, unready) = value.split_once('/').expect("a flap is two times");
            behaviour.flap = Some(Flap { ready_for: seconds(ready), unready_for: seconds(unready) });
        }
        "jitter" => behaviour.jitter = number(value).unsigned_abs(),
        "cannotPull" => behaviour.cannot_pull = true,
        _ => unreachable!("whoever writes a line knows how pods behave"),
    }
}

/// A word after time zero.
fn ask(script: &mut Vec<Scripted>, commands_before: usize, at: SimTime, key: &str, value: &str) {
    let deployment = SHOWN;
    let command = match key {
        "image" => Command::SetImage { deployment, image: value.to_owned() },
        "replicas" => Command::Scale { deployment, replicas: number(value) },
        "pause" => Command::RolloutPause(deployment),
        "resume" => Command::RolloutResume(deployment),
        "restart" => Command::RolloutRestart(deployment),
        "undo" => Command::RolloutUndo { deployment, to_revision: number(value).into() },
        "deletePod" => Command::DeletePod(value.to_owned()),
        "deletePods" => Command::DeletePods,
        "cordon" => Command::Cordon(value.to_owned()),
        "uncordon" => Command::Uncordon(value.to_owned()),
        _ => return patch(script, commands_before, at, change(key, value)),
    };
    script.push(Scripted { at, command });
}

/// What changes together with another field belongs to the same patch.
fn patch(script: &mut Vec<Scripted>, commands_before: usize, at: SimTime, change: Change) {
    match script[commands_before..].last_mut() {
        Some(Scripted { command: Command::Patch { changes, .. }, .. }) => changes.push(change),
        _ => {
            let command = Command::Patch { deployment: SHOWN, changes: vec![change] };
            script.push(Scripted { at, command });
        }
    }
}

fn change(key: &str, value: &str) -> Change {
    match key {
        "strategy" => Change::StrategyType(StrategyType::parse(value)),
        "maxSurge" => Change::MaxSurge(IntOrString::parse(value)),
        "maxUnavailable" => Change::MaxUnavailable(IntOrString::parse(value)),
        "minReadySeconds" => Change::MinReadySeconds(number(value)),
        "progressDeadlineSeconds" => Change::ProgressDeadlineSeconds(number(value)),
        "revisionHistoryLimit" => Change::RevisionHistoryLimit(number(value)),
        "patchReplicas" => Change::Replicas(number(value)),
        "paused" => Change::Paused(value == "true"),
        _ => change_by_name(key, value),
    }
}

/// What the key says the name of as well.
fn change_by_name(key: &str, value: &str) -> Change {
    let named = key.split_once(':').map(|(what, name)| (what, name.to_owned()));
    match named {
        Some(("image", container)) => Change::Image { container, image: value.to_owned() },
        Some(("annotate", key)) => {
            Change::Annotation { key, value: value.strip_prefix(':').map(str::to_owned) }
        }
        Some(("unannotate", key)) => Change::Annotation { key, value: None },
        _ => unreachable!("whoever writes a line knows the fields of a Deployment"),
    }
}

/// A node's name and its room, and `!` if it is cordoned; the list may be empty.
fn node(text: &str) -> Option<Node> {
    let (name, slots) = text.split_once(':')?;
    let room = slots.trim_end_matches('!');
    let node = Node::new(name, number(room).unsigned_abs());
    Some(Node { unschedulable: room != slots, ..node })
}

fn durations(text: &str) -> Vec<SimDuration> {
    match text {
        "never" => Vec::new(),
        _ => text.split(',').map(seconds).collect(),
    }
}

/// Seconds with up to three digits after the point.
fn moment(text: &str) -> SimTime {
    let (secs, fraction) = text.split_once('.').unwrap_or((text, ""));
    let millis = number(&format!("{fraction:0<3}"));
    SimTime::ZERO + seconds(secs) + SimDuration::from_millis(millis.unsigned_abs().into())
}

fn seconds(text: &str) -> SimDuration {
    SimDuration::from_secs(number(text).unsigned_abs().into())
}

/// What is not written is 0.
fn number(text: &str) -> i32 {
    if text.is_empty() { 0 } else { text.parse().expect("a number of 32 bits") }
}

/// How a template is read.
pub type ReadTemplate = fn(&str) -> PodTemplateSpec;

/// How a template is written.
pub type WriteTemplate = fn(&PodTemplateSpec) -> String;

/// Writes a line that [`read`] reads, with nothing of a template but its image.
pub fn write(inputs: &Inputs) -> String {
    write_with(inputs, |template| template.image().to_owned())
}

/// Writes a line that [`read_with`] reads.
pub fn write_with(inputs: &Inputs, template: WriteTemplate) -> String {
    let mut line = Line { text: String::new(), template };
    let (name, spec) = &inputs.scenario.deployments[0];
    let image = spec.template.image();
    line.unless_default("name", name, NAME);
    let default = DeploymentSpec::new(name, image);
    match spec.template == default.template {
        true => line.unless_default("image", image, IMAGE),
        false => line.word("template", &template(&spec.template)),
    }
    line.spec(spec, &default);
    line.behaviour("*", &inputs.scenario.behaviours.default, &Behaviour::default());
    for (image, behaviour) in &inputs.scenario.behaviours.by_image {
        line.behaviour(image, behaviour, &inputs.scenario.behaviours.default);
    }
    if let Some(nodes) = &inputs.scenario.nodes {
        let cordoned = |node: &Node| if node.unschedulable { "!" } else { "" };
        let node = |node: &Node| format!("{}:{}{}", node.name, node.slots, cordoned(node));
        let nodes: Vec<_> = nodes.iter().map(node).collect();
        line.word("nodes", &nodes.join(","));
    }
    if let Some(quota) = inputs.scenario.quota {
        line.word("quota", &quota.to_string());
    }
    for Scripted { at, command } in &inputs.script {
        line.word(&format!("@{}.{:03}", at.secs(), at.millis() % 1000), "");
        line.command(command);
    }
    line.text
}

struct Line {
    text: String,
    template: WriteTemplate,
}

impl Line {
    /// A word, or without a value only its key. Blanks would end it.
    fn word(&mut self, key: &str, value: &str) {
        let mut word = key.to_owned();
        if !value.is_empty() {
            word.push('=');
            word.push_str(value);
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(&word.replace("%2", "%252").replace(' ', BLANK));
    }

    fn unless_default(&mut self, key: &str, value: &str, default: &str) {
        if value != default {
            self.word(key, value);
        }
    }

    fn spec(&mut self, spec: &DeploymentSpec, default: &DeploymentSpec) {
        let knob = |given: Option<&IntOrString>| given.map_or("25%".to_owned(), ToString::to_string);
        if let Some(selector) = spec.selector.as_ref().filter(|_| spec.selector != default.selector) {
            let pairs: Vec<_> = selector.iter().map(|(key, value)| format!("{key}:{value}")).collect();
            self.word("selector", &pairs.join(","));
        }
        if spec.paused {
            self.word("paused", "true");
        }
        let strategy = |spec: &DeploymentSpec| spec.strategy.rolling_update.clone().unwrap_or_default();
        let RollingUpdateDeployment { max_surge, max_unavailable } = strategy(spec);
        self.unless_default("replicas", &spec.replicas.to_string(), &default.replicas.to_string());
        self.unless_default("strategy", spec.strategy.kind.as_str(), "RollingUpdate");
        self.unless_default("maxSurge", &knob(max_surge.as_ref()), "25%");
        self.unless_default("maxUnavailable", &knob(max_unavailable.as_ref()), "25%");
        let numbers = |spec: &DeploymentSpec| {
            [spec.min_ready_seconds, spec.progress_deadline_seconds, spec.revision_history_limit]
        };
        let keys = ["minReadySeconds", "progressDeadlineSeconds", "revisionHistoryLimit"];
        for (key, (number, default)) in keys.into_iter().zip(numbers(spec).into_iter().zip(numbers(default)))
        {
            self.unless_default(key, &number.to_string(), &default.to_string());
        }
    }

    /// How the pods of an image behave, where that differs.
    fn behaviour(&mut self, image: &str, behaviour: &Behaviour, default: &Behaviour) {
        let mut word = |key: &str, value: String| self.word(&format!("{image}.{key}"), &value);
        if behaviour.start != default.start {
            word("start", list(&behaviour.start));
        }
        if behaviour.ready != default.ready {
            word("ready", list(&behaviour.ready));
        }
        if behaviour.terminate != default.terminate {
            word("terminate", behaviour.terminate.secs().to_string());
        }
        if let Some(after) = behaviour.crash_after {
            word("crashAfter", after.secs().to_string());
        }
        if let Some(flap) = behaviour.flap {
            word("flap", format!("{}/{}", flap.ready_for.secs(), flap.unready_for.secs()));
        }
        if behaviour.jitter != default.jitter {
            word("jitter", behaviour.jitter.to_string());
        }
        if behaviour.cannot_pull {
            word("cannotPull", String::new());
        }
    }

    fn command(&mut self, command: &Command) {
        match command {
            Command::SetImage { image, .. } => self.word("image", image),
            Command::Scale { replicas, .. } => self.word("replicas", &replicas.to_string()),
            Command::Patch { changes, .. } => changes.iter().for_each(|change| self.change(change)),
            Command::RolloutPause(_) => self.word("pause", ""),
            Command::RolloutResume(_) => self.word("resume", ""),
            Command::RolloutRestart(_) => self.word("restart", ""),
            Command::RolloutUndo { to_revision, .. } => self.word("undo", &to_revision.to_string()),
            Command::DeletePod(name) => self.word("deletePod", name),
            Command::DeletePods => self.word("deletePods", ""),
            Command::Cordon(node) => self.word("cordon", node),
            Command::Uncordon(node) => self.word("uncordon", node),
        }
    }

    fn change(&mut self, change: &Change) {
        let named;
        let (key, value) = match change {
            Change::StrategyType(kind) => ("strategy", kind.as_str().to_owned()),
            Change::MaxSurge(value) => ("maxSurge", value.to_string()),
            Change::MaxUnavailable(value) => ("maxUnavailable", value.to_string()),
            Change::MinReadySeconds(seconds) => ("minReadySeconds", seconds.to_string()),
            Change::ProgressDeadlineSeconds(seconds) => ("progressDeadlineSeconds", seconds.to_string()),
            Change::RevisionHistoryLimit(limit) => ("revisionHistoryLimit", limit.to_string()),
            Change::Replicas(replicas) => ("patchReplicas", replicas.to_string()),
            Change::Paused(paused) => ("paused", paused.to_string()),
            Change::Image { container, image } => {
                named = format!("image:{container}");
                (&*named, image.clone())
            }
            Change::Template(template) => ("template", (self.template)(template)),
            Change::Annotation { key, value: Some(value) } => {
                named = format!("annotate:{key}");
                // A value may be empty, a word's may not.
                (&*named, format!(":{value}"))
            }
            Change::Annotation { key, value: None } => {
                named = format!("unannotate:{key}");
                (&*named, String::new())
            }
        };
        self.word(key, &value);
    }
}

fn list(durations: &[SimDuration]) -> String {
    match durations {
        [] => "never".to_owned(),
        _ => durations.iter().map(|duration| duration.secs().to_string()).collect::<Vec<_>>().join(","),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        #[track_caller]
        fn check(line: &str) {
            let inputs = read(line.split(' '));
            assert_eq!(write(&inputs), line);
            assert_eq!(read(write(&inputs).split(' ')), inputs);
        }

        check("image=web:v1 replicas=10 maxSurge=0 @20.000 image=web:v2 @80.500 undo=0");
        check("strategy=Recreate minReadySeconds=5 progressDeadlineSeconds=60 revisionHistoryLimit=2");
        check(
            "v2.start=1,4 v2.ready=never v2.terminate=30 v2.crashAfter=20 v2.jitter=50 v3.flap=5/25 v4.cannotPull",
        );
        check(
            "nodes=node1:4,node2:2 quota=9 @1.000 cordon=node1 @1.000 uncordon=node1 @2.000 deletePod=web-a",
        );
        check("@1.000 maxSurge=1 maxUnavailable=0 @1.000 strategy=Recreate @2.000 replicas=3 @3.000 pause");
        check("@1.000 patchReplicas=3 paused=true image:web=a%20b annotate:a/b=: annotate:c=:d unannotate:e");
        check("web:1.29.2.ready=7 @3.000 image=a%20b @4.000 deletePods @5.000 resume @6.000 restart");
    }
}
