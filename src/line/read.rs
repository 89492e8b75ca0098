//! Reads lines, word by word.

use std::rc::Rc;

use crate::sim::behaviour::{Behaviour, Flap};
use crate::sim::command::{Change, Command, Scripted};
use crate::sim::deployment::edit;
use crate::sim::int_or_string::IntOrString;
use crate::sim::node::Node;
use crate::sim::scenario::Scenario;
use crate::sim::spec::{DeploymentSpec, StrategyType};
use crate::sim::time::{SimDuration, SimTime};
use crate::timeline::{Inputs, SHOWN};

use super::{EVERY, IMAGE, ReadTemplate, start};

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
    /// This, which is written so in every language; if it is empty, a name that is known here.
    Form(&'static str),
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
        let word = unescaped(word);
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
            let behaviours = Rc::make_mut(&mut scenario.behaviours);
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
            "deleteDeployment" => Command::DeleteDeployment(deployment),
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
        "cannotPull" => behaviour.cannot_pull = truth(value)?,
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
        "template" => Change::Template(template(value).ok_or(Expected::Form(""))?.into()),
        "strategy" => Change::StrategyType(StrategyType::parse(value)),
        "maxSurge" | "surge" => Change::MaxSurge(IntOrString::parse(value)),
        "maxUnavailable" | "unavailable" => Change::MaxUnavailable(IntOrString::parse(value)),
        "minReadySeconds" | "minready" => Change::MinReadySeconds(number(value)?),
        "progressDeadlineSeconds" | "deadline" => Change::ProgressDeadlineSeconds(number(value)?),
        "revisionHistoryLimit" | "history" => Change::RevisionHistoryLimit(number(value)?),
        "patchReplicas" => Change::Replicas(number(value)?),
        "paused" => Change::Paused(truth(value)?),
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

/// What is only named is true.
fn truth(text: &str) -> Read<bool> {
    match text {
        "" | "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Expected::Form("true / false")),
    }
}

/// A number that is not negative.
fn at_most(most: i32, text: &str) -> Read<u32> {
    let number = text.parse().ok().filter(|number| *number <= most.unsigned_abs());
    number.ok_or(Expected::Number(most))
}

/// What [`super::write::escaped`] was given.
fn unescaped(word: &str) -> String {
    let mut pieces = word.split('%');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (sign, rest) = match (piece.strip_prefix("252"), piece.strip_prefix("20")) {
            (Some(rest), _) => ("%2", rest),
            (_, Some(rest)) => (" ", rest),
            _ => ("%", piece),
        };
        text.push_str(sign);
        text.push_str(rest);
    }
    text
}
