//! The stories of the page: scenarios with a name, and a sentence that says what to watch.
//!
//! They are one text, `stories.txt`, which is small when packed and read when it is asked for. A
//! group is its name in every language, then its stories; a story is a line for the simulator, then
//! its sentence in every language:
//!
//! ```text
//! # Rounding
//! 取整
//! percent-rounding-3 replicas=3 @20 image=v2
//! 25% of 3 is 0.75: 1 more, 0 fewer, though many expect 1 fewer
//! 3 的 25% 是 0.75：可多 1 个，可少 0 个；很多人以为可少 1 个
//! ```
//!
//! The line is the story's name, then what differs from the defaults at the start, then, after each
//! `@SECONDS`, what is asked in that second. The same word means the same field on both sides; fields
//! that one second changes are one patch. A word with a dot is about the pods of an image.

use std::str::Lines;

use crate::i18n::Lang;
use crate::sim::behaviour::{Behaviour, Behaviours, Flap};
use crate::sim::command::{Change, Command, Scripted};
use crate::sim::deployment::edit;
use crate::sim::int_or_string::IntOrString;
use crate::sim::node::Node;
use crate::sim::scenario::Scenario;
use crate::sim::spec::{DeploymentSpec, StrategyType};
use crate::sim::time::{SimDuration, SimTime};
use crate::timeline::{Inputs, SHOWN};

/// Stories about one thing.
#[derive(Clone, Debug)]
pub struct Group {
    name: Sentence,
    lines: Lines<'static>,
}

/// A scenario, a script, and what to watch when they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Story {
    line: &'static str,
    sentence: Sentence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sentence {
    en: &'static str,
    zh_hans: &'static str,
}

/// All groups, in the order in which to read them.
pub fn groups() -> impl Iterator<Item = Group> {
    include_str!("stories.txt").split('#').skip(1).map(|text| {
        let mut lines = text.lines();
        Group { name: Sentence::read(&mut lines), lines }
    })
}

/// The story of that name.
pub fn story(name: &str) -> Option<Story> {
    groups().flat_map(Group::stories).find(|story| story.name() == name)
}

impl Group {
    /// What its stories are about.
    pub fn name(&self, lang: Lang) -> &'static str {
        self.name.in_lang(lang)
    }

    /// Its stories, in the order in which to read them.
    pub fn stories(self) -> impl Iterator<Item = Story> {
        let mut lines = self.lines;
        std::iter::from_fn(move || Some(Story { line: lines.next()?, sentence: Sentence::read(&mut lines) }))
    }
}

impl Story {
    /// The name of the recorded rollout that it tells.
    pub fn name(&self) -> &'static str {
        self.words().next().unwrap_or_default()
    }

    /// What to watch.
    pub fn sentence(&self, lang: Lang) -> &'static str {
        self.sentence.in_lang(lang)
    }

    /// What its run follows from. The API server may refuse it: then that is the story.
    pub fn inputs(&self) -> Inputs {
        let mut scenario = Scenario {
            deployments: vec![("web".to_owned(), DeploymentSpec::new("web", "v1"))],
            behaviours: Behaviours::default(),
            nodes: None,
            seed: 1,
        };
        let mut script = Vec::new();
        let mut now = None;
        for word in self.words().skip(1) {
            let (key, value) = word.split_once('=').unwrap_or((word, "0"));
            match (key.strip_prefix('@'), now) {
                (Some(time), _) => now = Some(SimTime::ZERO + seconds(time)),
                (None, None) => give(&mut scenario, key, value),
                (None, Some(at)) => ask(&mut script, at, key, value),
            }
        }
        Inputs { scenario, script }
    }

    fn words(&self) -> impl Iterator<Item = &'static str> {
        self.line.split(' ')
    }
}

impl Sentence {
    fn read(lines: &mut Lines<'static>) -> Self {
        let mut line = || lines.next().expect("every sentence is there in every language").trim_start();
        Self { en: line(), zh_hans: line() }
    }

    fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::ZhHans => self.zh_hans,
        }
    }
}

/// A word before time zero.
fn give(scenario: &mut Scenario, key: &str, value: &str) {
    if let Some((image, key)) = key.split_once('.') {
        return behave(scenario.behaviours.of_mut(image), key, value);
    }
    let (_, spec) = &mut scenario.deployments[0];
    match key {
        "replicas" => spec.replicas = number(value),
        "nodes" => scenario.nodes = Some(value.split(',').map(node).collect()),
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
        "cannotPull" => behaviour.cannot_pull = true,
        _ => unreachable!("stories know how pods behave"),
    }
}

/// A word after time zero.
fn ask(script: &mut Vec<Scripted>, at: SimTime, key: &str, value: &str) {
    let deployment = SHOWN;
    let command = match key {
        "image" => Command::SetImage { deployment, image: value.to_owned() },
        "replicas" => Command::Scale { deployment, replicas: number(value) },
        "pause" => Command::RolloutPause(deployment),
        "resume" => Command::RolloutResume(deployment),
        "restart" => Command::RolloutRestart(deployment),
        "undo" => Command::RolloutUndo { deployment, to_revision: number(value).into() },
        "deletePods" => Command::DeletePods,
        "cordon" => Command::Cordon(value.to_owned()),
        "uncordon" => Command::Uncordon(value.to_owned()),
        _ => return patch(script, at, change(key, value)),
    };
    script.push(Scripted { at, command });
}

fn patch(script: &mut Vec<Scripted>, at: SimTime, change: Change) {
    match script.last_mut() {
        Some(Scripted { at: last, command: Command::Patch { changes, .. } }) if *last == at => {
            changes.push(change);
        }
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
        _ => unreachable!("stories know the fields of a Deployment"),
    }
}

fn node(text: &str) -> Node {
    let (name, slots) = text.split_once(':').expect("a node has a name and room");
    Node::new(name, number(slots).unsigned_abs())
}

fn durations(text: &str) -> Vec<SimDuration> {
    match text {
        "never" => Vec::new(),
        _ => text.split(',').map(seconds).collect(),
    }
}

fn seconds(text: &str) -> SimDuration {
    SimDuration::from_secs(number(text).unsigned_abs().into())
}

fn number(text: &str) -> i32 {
    text.parse().expect("a number of 32 bits")
}
