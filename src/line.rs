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
    read_with(words, |_| None)
}

/// The same with templates.
pub fn read_with<'a>(words: impl Iterator<Item = &'a str>, template: ReadTemplate) -> Inputs {
    let mut reader = Reader::new(start(IMAGE), template);
    words.for_each(|word| reader.word(word));
    debug_assert!(reader.problems.is_empty(), "{:?}", reader.problems);
    reader.inputs
}

/// A word that cannot be read. What it is about stays as it was without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The part of the word before `=`.
    pub key: String,
    /// The part behind it.
    pub value: String,
    /// What was expected.
    pub expected: Expected,
}

/// What was expected in the place of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Another key.
    Key,
    /// A whole number up to this one.
    Number(i32),
    /// Seconds, up to so many.
    Seconds(i32),
    /// Seconds for each batch, or `never`.
    Times,
    /// Seconds for which pods are ready, and for which they are not: `5/10`.
    Flap,
    /// A word that is known here.
    Word,
    /// Names of nodes, each with how many pods have room there: `node1:4,node2:4`.
    Nodes,
}

/// The longest time that pods may take for anything, in seconds.
const MOST_SECONDS: i32 = 86_400;
/// The last moment at which something may be asked, in seconds: a year.
const LAST_MOMENT: i32 = 31_536_000;
/// By how many percent a time may be longer.
const MOST_JITTER: i32 = 1000;
/// The most nodes, and the most batches with times of their own.
const MOST_ENTRIES: usize = 50;

type Read<T> = Result<T, Expected>;

/// How a template is read, if it can be.
pub type ReadTemplate = fn(&str) -> Option<PodTemplateSpec>;

/// How a template is written.
pub type WriteTemplate = fn(&PodTemplateSpec) -> String;

/// The Deployment's name that needs not be said.
const NAME: &str = "web";

/// Stands for the pods of every image that is not named.
pub const EVERY: &str = "*";

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

/// Reads words one after another.
pub struct Reader {
    /// What they say so far.
    pub inputs: Inputs,
    /// The words that could not be read.
    pub problems: Vec<Problem>,
    /// The moment at which words are asked, and how many commands were asked before it.
    now: Option<(SimTime, usize)>,
    template: ReadTemplate,
}

impl Reader {
    /// Words say how things differ from a scenario.
    pub fn new(scenario: Scenario, template: ReadTemplate) -> Self {
        let inputs = Inputs { scenario, script: Vec::new() };
        Self { inputs, problems: Vec::new(), now: None, template }
    }

    /// A word in which blanks are written as `%20`.
    pub fn word(&mut self, word: &str) {
        let word = word.replace(BLANK, " ").replace("%252", "%2");
        let (key, value) = word.split_once('=').unwrap_or((&word, ""));
        self.pair(key, value);
    }

    /// A key and its value.
    pub fn pair(&mut self, key: &str, value: &str) {
        let read = match (key.strip_prefix('@'), self.now) {
            (Some(time), _) => moment(time).map(|at| self.now = Some((at, self.inputs.script.len()))),
            (None, None) => self.give(key, value),
            (None, Some((at, before))) => self.ask(before, at, key, value),
        };
        if let Err(expected) = read {
            let (key, value) = (key.to_owned(), value.to_owned());
            self.problems.push(Problem { key, value, expected });
        }
    }

    /// A word before time zero.
    fn give(&mut self, key: &str, value: &str) -> Read<()> {
        let (scenario, template) = (&mut self.inputs.scenario, self.template);
        if let Some((image, key)) = key.rsplit_once('.') {
            let mut behaviour = scenario.behaviours.of(image).clone();
            behave(&mut behaviour, key, value)?;
            let behaviours = &mut scenario.behaviours;
            *(if image == EVERY { &mut behaviours.default } else { behaviours.of_mut(image) }) = behaviour;
            return Ok(());
        }
        let (name, spec) = &mut scenario.deployments[0];
        match key {
            "replicas" => spec.replicas = number(value)?,
            "image" => {
                let template = DeploymentSpec::new(name, value).template;
                *spec = DeploymentSpec { template, ..spec.clone() };
            }
            "name" => {
                let DeploymentSpec { selector, template, .. } =
                    DeploymentSpec::new(value, spec.template.image());
                *spec = DeploymentSpec { selector, template, ..spec.clone() };
                value.clone_into(name);
            }
            "selector" => {
                let pairs = value.split(',').filter_map(|pair| pair.split_once(':'));
                spec.selector = Some(pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect());
            }
            "quota" => scenario.quota = Some(at_most(i32::MAX, value)?),
            "nodes" => scenario.nodes = Some(nodes(value)?),
            _ => edit::apply(&change(template, key, value)?, spec),
        }
        Ok(())
    }

    /// A word after time zero.
    fn ask(&mut self, commands_before: usize, at: SimTime, key: &str, value: &str) -> Read<()> {
        let deployment = SHOWN;
        let command = match key {
            "image" => Command::SetImage { deployment, image: value.to_owned() },
            "replicas" => Command::Scale { deployment, replicas: number(value)? },
            "pause" => Command::RolloutPause(deployment),
            "resume" => Command::RolloutResume(deployment),
            "restart" => Command::RolloutRestart(deployment),
            "undo" => Command::RolloutUndo { deployment, to_revision: number(value)?.into() },
            "deletePod" => Command::DeletePod(value.to_owned()),
            "deletePods" => Command::DeletePods,
            "deleteReplicaSet" => Command::DeleteReplicaSet(value.to_owned()),
            "cordon" => Command::Cordon(value.to_owned()),
            "uncordon" => Command::Uncordon(value.to_owned()),
            _ => {
                let change = change(self.template, key, value)?;
                patch(&mut self.inputs.script, commands_before, at, change);
                return Ok(());
            }
        };
        self.inputs.script.push(Scripted { at, command });
        Ok(())
    }
}

fn behave(behaviour: &mut Behaviour, key: &str, value: &str) -> Read<()> {
    match key {
        "start" => behaviour.start = durations(value)?,
        "ready" => behaviour.ready = durations(value)?,
        "terminate" => behaviour.terminate = seconds(value)?,
        "crashAfter" => behaviour.crash_after = Some(seconds(value)?),
        "flap" => {
            let (ready, unready) = value.split_once('/').ok_or(Expected::Flap)?;
            let seconds = |text| seconds(text).map_err(|_| Expected::Flap);
            behaviour.flap = Some(Flap { ready_for: seconds(ready)?, unready_for: seconds(unready)? });
        }
        "jitter" => behaviour.jitter = at_most(MOST_JITTER, value)?,
        "cannotPull" => behaviour.cannot_pull = true,
        _ => return Err(Expected::Key),
    }
    Ok(())
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

fn change(template: ReadTemplate, key: &str, value: &str) -> Read<Change> {
    Ok(match key {
        "template" => Change::Template(template(value).ok_or(Expected::Key)?.into()),
        "strategy" => Change::StrategyType(StrategyType::parse(value)),
        "maxSurge" => Change::MaxSurge(IntOrString::parse(value)),
        "maxUnavailable" => Change::MaxUnavailable(IntOrString::parse(value)),
        "minReadySeconds" => Change::MinReadySeconds(number(value)?),
        "progressDeadlineSeconds" => Change::ProgressDeadlineSeconds(number(value)?),
        "revisionHistoryLimit" => Change::RevisionHistoryLimit(number(value)?),
        "patchReplicas" => Change::Replicas(number(value)?),
        "paused" => Change::Paused(value == "true"),
        _ => return change_by_name(key, value),
    })
}

/// What the key says the name of as well.
fn change_by_name(key: &str, value: &str) -> Read<Change> {
    let named = key.split_once(':').map(|(what, name)| (what, name.to_owned()));
    Ok(match named {
        Some(("image", container)) => Change::Image { container, image: value.to_owned() },
        Some(("annotate", key)) => {
            Change::Annotation { key, value: value.strip_prefix(':').map(str::to_owned) }
        }
        Some(("unannotate", key)) => Change::Annotation { key, value: None },
        _ => return Err(Expected::Key),
    })
}

/// Nodes' names and their room, and `!` if they are cordoned; the list may be empty.
fn nodes(text: &str) -> Read<Vec<Node>> {
    let node = |text: &str| {
        let (name, slots) = text.split_once(':')?;
        let slots_alone = slots.trim_end_matches('!');
        let node = Node::new(name, at_most(i32::MAX, slots_alone).ok()?);
        Some(Node { unschedulable: slots != slots_alone, ..node })
    };
    let nodes: Option<Vec<_>> = text.split(',').filter(|text| !text.is_empty()).map(node).collect();
    nodes.filter(|nodes| nodes.len() <= MOST_ENTRIES).ok_or(Expected::Nodes)
}

fn durations(text: &str) -> Read<Vec<SimDuration>> {
    if text == "never" {
        return Ok(Vec::new());
    }
    let durations: Read<Vec<_>> = text.split(',').map(seconds).collect();
    durations.ok().filter(|durations| durations.len() <= MOST_ENTRIES).ok_or(Expected::Times)
}

/// Seconds with up to three digits after the point.
pub fn moment(text: &str) -> Read<SimTime> {
    let expected = |_| Expected::Seconds(LAST_MOMENT);
    let (secs, fraction) = text.split_once('.').unwrap_or((text, ""));
    let secs = at_most(LAST_MOMENT, secs).map_err(expected)?;
    let millis = at_most(999, &format!("{fraction:0<3}")).map_err(expected)?;
    Ok(SimTime::from_secs(secs.into()) + SimDuration::from_millis(millis.into()))
}

fn seconds(text: &str) -> Read<SimDuration> {
    let secs = at_most(MOST_SECONDS, text).map_err(|_| Expected::Seconds(MOST_SECONDS))?;
    Ok(SimDuration::from_secs(secs.into()))
}

/// A number that the API server judges; what is not written is 0.
fn number(text: &str) -> Read<i32> {
    if text.is_empty() { "0" } else { text }.parse().map_err(|_| Expected::Number(i32::MAX))
}

/// A number that is not negative.
fn at_most(most: i32, text: &str) -> Read<u32> {
    let number = text.parse().ok().filter(|number| *number <= most.unsigned_abs());
    number.ok_or(Expected::Number(most))
}

/// Writes a line that [`read`] reads, with nothing of a template but its image.
pub fn write(inputs: &Inputs) -> String {
    write_with(inputs, |template| template.image().to_owned())
}

/// Writes a line that [`read_with`] reads.
pub fn write_with(inputs: &Inputs, template: WriteTemplate) -> String {
    let escaped = |text: &str| text.replace("%2", "%252").replace(' ', BLANK);
    let word = |(key, value): &(String, String)| {
        let mut word = escaped(key);
        if !value.is_empty() {
            word.push('=');
            word.push_str(&escaped(value));
        }
        word
    };
    pairs(inputs, &start(IMAGE), template).iter().map(word).collect::<Vec<_>>().join(" ")
}

/// What [`Reader::pair`] makes the inputs of, if it begins with `base`: keys, and values where there are any.
pub fn pairs(inputs: &Inputs, base: &Scenario, template: WriteTemplate) -> Vec<(String, String)> {
    let mut pairs = Pairs(Vec::new(), template);
    let ((name, spec), (base_name, base_spec)) = (&inputs.scenario.deployments[0], &base.deployments[0]);
    let image = spec.template.image();
    pairs.unless_default("name", name, base_name);
    let plain = DeploymentSpec::new(name, image);
    match spec.template == plain.template {
        true => pairs.unless_default("image", image, base_spec.template.image()),
        false => pairs.put("template", template(&spec.template)),
    }
    pairs.spec(spec, &DeploymentSpec { selector: plain.selector, ..base_spec.clone() });
    let behaviours = &inputs.scenario.behaviours;
    pairs.behaviour(EVERY, &behaviours.default, &Behaviour::default());
    for (image, behaviour) in &behaviours.by_image {
        pairs.behaviour(image, behaviour, &behaviours.default);
    }
    if let Some(nodes) = &inputs.scenario.nodes {
        let cordoned = |node: &Node| if node.unschedulable { "!" } else { "" };
        let node = |node: &Node| format!("{}:{}{}", node.name, node.slots, cordoned(node));
        let nodes: Vec<_> = nodes.iter().map(node).collect();
        pairs.put("nodes", nodes.join(","));
    }
    if let Some(quota) = inputs.scenario.quota {
        pairs.put("quota", quota.to_string());
    }
    for Scripted { at, command } in &inputs.script {
        pairs.put(&format!("@{}.{:03}", at.secs(), at.millis() % 1000), String::new());
        pairs.command(command);
    }
    pairs.0
}

struct Pairs(Vec<(String, String)>, WriteTemplate);

impl Pairs {
    /// A key and its value; some keys have none.
    fn put(&mut self, key: &str, value: String) {
        self.0.push((key.to_owned(), value));
    }

    fn unless_default(&mut self, key: &str, value: &str, default: &str) {
        if value != default {
            self.put(key, value.to_owned());
        }
    }

    fn spec(&mut self, spec: &DeploymentSpec, default: &DeploymentSpec) {
        let knob = |given: Option<&IntOrString>| given.map_or("25%".to_owned(), ToString::to_string);
        if let Some(selector) = spec.selector.as_ref().filter(|_| spec.selector != default.selector) {
            let pairs: Vec<_> = selector.iter().map(|(key, value)| format!("{key}:{value}")).collect();
            self.put("selector", pairs.join(","));
        }
        if spec.paused {
            self.put("paused", "true".to_owned());
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
        let mut put = |key: &str, value: String| self.put(&format!("{image}.{key}"), value);
        if behaviour.start != default.start {
            put("start", list(&behaviour.start));
        }
        if behaviour.ready != default.ready {
            put("ready", list(&behaviour.ready));
        }
        if behaviour.terminate != default.terminate {
            put("terminate", behaviour.terminate.secs().to_string());
        }
        if let Some(after) = behaviour.crash_after {
            put("crashAfter", after.secs().to_string());
        }
        if let Some(flap) = behaviour.flap {
            put("flap", format!("{}/{}", flap.ready_for.secs(), flap.unready_for.secs()));
        }
        if behaviour.jitter != default.jitter {
            put("jitter", behaviour.jitter.to_string());
        }
        if behaviour.cannot_pull {
            put("cannotPull", String::new());
        }
    }

    fn command(&mut self, command: &Command) {
        let none = String::new;
        match command {
            Command::SetImage { image, .. } => self.put("image", image.clone()),
            Command::Scale { replicas, .. } => self.put("replicas", replicas.to_string()),
            Command::Patch { changes, .. } => changes.iter().for_each(|change| self.change(change)),
            Command::RolloutPause(_) => self.put("pause", none()),
            Command::RolloutResume(_) => self.put("resume", none()),
            Command::RolloutRestart(_) => self.put("restart", none()),
            Command::RolloutUndo { to_revision: 0, .. } => self.put("undo", none()),
            Command::RolloutUndo { to_revision, .. } => self.put("undo", to_revision.to_string()),
            Command::DeletePod(name) => self.put("deletePod", name.clone()),
            Command::DeletePods => self.put("deletePods", none()),
            Command::DeleteReplicaSet(name) => self.put("deleteReplicaSet", name.clone()),
            Command::Cordon(node) => self.put("cordon", node.clone()),
            Command::Uncordon(node) => self.put("uncordon", node.clone()),
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
            Change::Template(template) => ("template", (self.1)(template)),
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
        self.put(key, value);
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

        check("image=web:v1 replicas=10 maxSurge=0 @20.000 image=web:v2 @80.500 undo");
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
