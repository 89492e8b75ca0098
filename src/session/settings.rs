//! The settings as they are typed: text until it makes a scenario, or a command.

mod field;

use std::num::{IntErrorKind, ParseIntError};
use std::rc::Rc;

use crate::sim::behaviour::{Behaviour, Flap};
use crate::sim::cluster::DeploymentId;
use crate::sim::command::{Change, Command, Rejected};
use crate::sim::int_or_string::IntOrString;
use crate::sim::node::Node;
use crate::sim::scenario::Scenario;
use crate::sim::spec::{
    DeploymentSpec, DeploymentStrategy, RollingUpdateDeployment, StrategyType, UNLIMITED,
};
use crate::sim::time::SimDuration;
use crate::sim::validation::{FieldError, validate_deployment_spec, validate_image};

pub use field::{FAULTS, FIELDS, Fault, Field};

/// What is wrong with a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// In the API server's words.
    Api(FieldError),
    /// It has to be a whole number.
    NotAWholeNumber,
    /// It has to be whole numbers, separated by commas.
    NotAList,
    /// More than the page shows.
    TooMany {
        /// The most.
        most: i32,
    },
    /// A longer time than the page shows.
    TooLong {
        /// The longest, in seconds.
        most: i32,
    },
    /// It has to be a whole number from zero on.
    NotUpTo {
        /// The most.
        most: u32,
    },
    /// More nodes than the page shows.
    TooManyNodes,
}

/// The most replicas: as many pods as Kubernetes is said to bear in a cluster.
pub const MAX_REPLICAS: i32 = 150_000;
/// The most where nodes are listed: whoever waits for one of them is looked at again and again.
pub const MAX_REPLICAS_ON_NODES: i32 = 3_000;
const MANY: Problem = Problem::TooMany { most: MAX_REPLICAS };
/// More than a field of the API holds.
const TOO_LARGE: Problem = Problem::NotUpTo { most: i32::MAX as u32 };
/// The longest time a version takes for anything, in seconds.
pub const MAX_SECONDS: i32 = 3600;
/// By how many percent a time may be longer at most.
const MAX_JITTER: u32 = 1000;
/// The longest time that a field of the Deployment may hold, in seconds: a day.
const MAX_API_SECONDS: i32 = 86_400;
/// The most nodes, and the most batches.
pub const MAX_NODES: usize = 50;

/// The settings as they are typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Indexed by [`Field`].
    texts: [String; FIELDS.len()],
    /// What is wrong, in no order.
    pub problems: Vec<(Field, Problem)>,
}

impl Settings {
    /// The settings that a scenario shows, with the spec as it is at some moment, and with the behaviour
    /// of one version.
    pub fn of(scenario: &Scenario, spec: &DeploymentSpec, version: &str, next_image: &str) -> Self {
        let mut settings = Self { texts: Default::default(), problems: Vec::new() };
        settings.set(Field::NextImage, next_image);
        settings.show_spec(spec);
        settings.show_version(scenario, version);
        let nodes = scenario.nodes.iter().flatten().map(|node| node.slots.to_string());
        settings.set(Field::Nodes, &nodes.collect::<Vec<_>>().join(", "));
        settings.set(Field::Quota, &scenario.quota.map(|quota| quota.to_string()).unwrap_or_default());
        settings
    }

    /// Shows a Deployment's fields.
    pub fn show_spec(&mut self, spec: &DeploymentSpec) {
        self.set(Field::Replicas, &spec.replicas.to_string());
        self.set(Field::MaxSurge, &knob(spec, |given| given.max_surge.as_ref()));
        self.set(Field::MaxUnavailable, &knob(spec, |given| given.max_unavailable.as_ref()));
        self.set(Field::Strategy, spec.strategy.kind.as_str());
        self.set(Field::MinReadySeconds, &spec.min_ready_seconds.to_string());
        self.set(Field::ProgressDeadlineSeconds, &spec.progress_deadline_seconds.to_string());
        self.set(Field::RevisionHistoryLimit, &spec.revision_history_limit.to_string());
    }

    /// Shows how a version behaves.
    pub fn show_version(&mut self, scenario: &Scenario, version: &str) {
        let behaviour = scenario.behaviours.of(version);
        let secs = |duration: SimDuration| duration.secs().to_string();
        let (after, then) = match (behaviour.crash_after, behaviour.flap) {
            (Some(after), _) => (secs(after), String::new()),
            (None, Some(flap)) => (secs(flap.ready_for), secs(flap.unready_for)),
            (None, None) => (String::new(), String::new()),
        };
        self.set(Field::Version, version);
        self.set(Field::Start, &list(&behaviour.start));
        self.set(Field::Ready, &list(&behaviour.ready));
        self.set(Field::Terminate, &secs(behaviour.terminate));
        self.set(Field::Jitter, &behaviour.jitter.to_string());
        self.set(Field::Fault, Fault::of(behaviour).name());
        self.set(Field::FaultAfter, &after);
        self.set(Field::FaultFor, &then);
    }

    /// The text of a setting.
    pub fn text(&self, field: Field) -> &str {
        &self.texts[field as usize]
    }

    /// Types a setting. What is wrong with it is found by [`Settings::scenario`].
    pub fn set(&mut self, field: Field, text: &str) {
        text.trim().clone_into(&mut self.texts[field as usize]);
    }

    /// Chooses a strategy. Its knobs, if they were not there, get the API server's defaults.
    pub fn choose_strategy(&mut self, name: &str) {
        self.set(Field::Strategy, name);
        for field in [Field::MaxSurge, Field::MaxUnavailable] {
            if self.is_rolling_update() && self.text(field).is_empty() {
                self.set(field, "25%");
            }
        }
    }

    /// Chooses what goes wrong. What has to be known about it gets a first answer.
    pub fn choose_fault(&mut self, name: &str) {
        self.set(Field::Fault, name);
        let (after, then) = match self.fault() {
            Fault::Crashes => ("20", ""),
            Fault::Flaps => ("5", "10"),
            _ => ("", ""),
        };
        self.set(Field::FaultAfter, after);
        self.set(Field::FaultFor, then);
        match self.fault() {
            Fault::NeverReady => self.set(Field::Ready, ""),
            _ if self.text(Field::Ready).is_empty() => self.set(Field::Ready, "3"),
            _ => {}
        }
    }

    /// What goes wrong with the version.
    pub fn fault(&self) -> Fault {
        let chosen = FAULTS.into_iter().find(|fault| fault.name() == self.text(Field::Fault));
        chosen.unwrap_or(Fault::Nothing)
    }

    /// Whether the strategy has a surge and a number of pods that may be missing.
    pub fn is_rolling_update(&self) -> bool {
        self.text(Field::Strategy) != StrategyType::Recreate.as_str()
    }

    /// A number's − or +: what is no number stays as it is.
    pub fn nudge(&mut self, field: Field, by: i32) {
        let (text, percent) = match self.text(field).strip_suffix('%') {
            Some(digits) => (digits, "%"),
            None => (self.text(field), ""),
        };
        if let Ok(number) = text.parse::<i32>() {
            let nudged = number.saturating_add(by).max(0);
            self.texts[field as usize] = format!("{nudged}{percent}");
        }
    }

    /// All that is wrong with a setting.
    pub fn problems_of(&self, field: Field) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(move |(wrong, _)| *wrong == field).map(|(_, problem)| problem)
    }

    /// What is wrong with a setting first of all.
    pub fn problem(&self, field: Field) -> Option<&Problem> {
        self.problems_of(field).next()
    }

    /// The scenario that the settings make of `base`, if each can be read. Notes what is wrong.
    pub fn scenario(&mut self, base: &Scenario) -> Option<Scenario> {
        self.problems.clear();
        if let Some(error) = validate_image(0, self.text(Field::NextImage)) {
            self.problems.push((Field::NextImage, Problem::Api(error)));
        }
        let mut scenario = base.clone();
        let (_, spec) = &mut scenario.deployments[0];
        let is_read = self.spec(spec);
        let (nodes, quota) = (self.nodes(), self.quota());
        let behaviour = self.behaviour(base.behaviours.of(self.text(Field::Version)));
        let (Some(()), Some(nodes), Some(quota), Some(behaviour)) = (is_read, nodes, quota, behaviour) else {
            // Nobody asks the API server, which would have something to say of the others.
            self.note(validate_deployment_spec(spec));
            return None;
        };
        (scenario.nodes, scenario.quota) = (nodes, quota);
        let version = self.text(Field::Version);
        if *scenario.behaviours.of(version) != behaviour {
            *Rc::make_mut(&mut scenario.behaviours).of_mut(version) = behaviour;
        }
        Some(scenario)
    }

    /// The command that brings one field of a Deployment to what is typed; `None` if it cannot be read,
    /// or is no field of the Deployment. Notes what is wrong.
    pub fn command(&mut self, deployment: DeploymentId, field: Field) -> Option<Command> {
        self.problems.clear();
        let knob = |settings: &Self| IntOrString::parse(settings.text(field));
        let change = match field {
            Field::Replicas => {
                let replicas = self.number(field, MAX_REPLICAS, MANY)?;
                return Some(Command::Scale { deployment, replicas });
            }
            Field::MaxSurge => Change::MaxSurge(knob(self)),
            Field::MaxUnavailable => Change::MaxUnavailable(knob(self)),
            Field::Strategy => Change::StrategyType(StrategyType::parse(self.text(field))),
            Field::MinReadySeconds => Change::MinReadySeconds(self.seconds(field)?),
            Field::ProgressDeadlineSeconds => Change::ProgressDeadlineSeconds(self.seconds(field)?),
            Field::RevisionHistoryLimit => {
                Change::RevisionHistoryLimit(self.number(field, i32::MAX, TOO_LARGE)?)
            }
            _ => return None,
        };
        Some(Command::Patch { deployment, changes: vec![change] })
    }

    /// Notes what the API server has against the settings.
    pub fn refuse(&mut self, rejected: Rejected) {
        if let Rejected::Invalid { errors, .. } = rejected {
            self.note(errors);
        }
    }

    /// What is about no setting stands beside the first.
    fn note(&mut self, errors: Vec<FieldError>) {
        for error in errors {
            let field = match error.field.rsplit('.').next() {
                Some("maxSurge") => Field::MaxSurge,
                Some("maxUnavailable") => Field::MaxUnavailable,
                Some("rollingUpdate" | "strategy") => Field::Strategy,
                Some("minReadySeconds") => Field::MinReadySeconds,
                Some("progressDeadlineSeconds") => Field::ProgressDeadlineSeconds,
                Some("revisionHistoryLimit") => Field::RevisionHistoryLimit,
                Some("image") => Field::NextImage,
                _ => Field::Replicas,
            };
            self.problems.push((field, Problem::Api(error)));
        }
    }

    /// Puts into a spec what can be read; nothing if that is not all.
    fn spec(&mut self, spec: &mut DeploymentSpec) -> Option<()> {
        let replicas = self.number(Field::Replicas, MAX_REPLICAS, MANY);
        let min_ready_seconds = self.seconds(Field::MinReadySeconds);
        let progress_deadline_seconds = self.seconds(Field::ProgressDeadlineSeconds);
        let limit = self.number(Field::RevisionHistoryLimit, i32::MAX, TOO_LARGE);
        spec.strategy = self.strategy();
        spec.replicas = replicas.unwrap_or(spec.replicas);
        spec.min_ready_seconds = min_ready_seconds.unwrap_or(spec.min_ready_seconds);
        spec.progress_deadline_seconds = progress_deadline_seconds.unwrap_or(spec.progress_deadline_seconds);
        spec.revision_history_limit = limit.unwrap_or(spec.revision_history_limit);
        replicas.and(min_ready_seconds).and(progress_deadline_seconds).and(limit).map(drop)
    }

    fn strategy(&self) -> DeploymentStrategy {
        let knob = |field| IntOrString::parse(self.text(field));
        match self.is_rolling_update() {
            true => DeploymentStrategy::rolling_update(knob(Field::MaxSurge), knob(Field::MaxUnavailable)),
            false => DeploymentStrategy::recreate(),
        }
    }

    fn nodes(&mut self) -> Option<Option<Vec<Node>>> {
        let slots = self.numbers(Field::Nodes)?;
        let node = |(number, slots): (usize, i32)| Node::new(&format!("node{number}"), slots as u32);
        Some((!slots.is_empty()).then(|| (1..).zip(slots).map(node).collect()))
    }

    fn quota(&mut self) -> Option<Option<u32>> {
        if self.text(Field::Quota).is_empty() {
            return Some(None);
        }
        let quota = self.number(Field::Quota, i32::MAX, TOO_LARGE)?;
        Some(Some(quota.max(0) as u32))
    }

    fn behaviour(&mut self, base: &Behaviour) -> Option<Behaviour> {
        let start = self.times(Field::Start);
        let ready = self.times(Field::Ready);
        let terminate = self.time(Field::Terminate);
        let jitter = self.percent(Field::Jitter);
        let fault = self.fault();
        let crash_after = match fault {
            Fault::Crashes => Some(self.time(Field::FaultAfter)?),
            _ => None,
        };
        let flap = match fault {
            Fault::Flaps => {
                let (ready_for, unready_for) = (self.time(Field::FaultAfter), self.time(Field::FaultFor));
                Some(Flap { ready_for: ready_for?, unready_for: unready_for? })
            }
            _ => None,
        };
        let start = Some(start?).filter(|start| !start.is_empty()).unwrap_or_else(|| base.start.clone());
        let cannot_pull = fault == Fault::CannotPull;
        let (ready, terminate, jitter) = (ready?, terminate?, jitter?);
        Some(Behaviour { start, ready, terminate, crash_after, flap, cannot_pull, jitter })
    }

    fn times(&mut self, field: Field) -> Option<Vec<SimDuration>> {
        let numbers = self.numbers(field)?;
        Some(numbers.into_iter().map(|secs| SimDuration::from_secs(secs as u64)).collect())
    }

    fn time(&mut self, field: Field) -> Option<SimDuration> {
        let secs = self.number(field, MAX_SECONDS, Problem::TooLong { most: MAX_SECONDS })?;
        Some(SimDuration::from_secs(secs.max(0) as u64))
    }

    /// Seconds as a field of the Deployment; the number that stands for no limit is one too.
    fn seconds(&mut self, field: Field) -> Option<i32> {
        if self.text(field) == UNLIMITED.to_string() {
            return Some(UNLIMITED);
        }
        self.number(field, MAX_API_SECONDS, Problem::TooLong { most: MAX_API_SECONDS })
    }

    /// Whole numbers that are not negative, separated by commas; maybe none.
    fn numbers(&mut self, field: Field) -> Option<Vec<i32>> {
        let words = self.text(field).split([',', '，', ' ']).filter(|word| !word.is_empty());
        let numbers: Result<Vec<i32>, _> = words.map(str::parse).collect();
        let problem = match numbers {
            Ok(numbers) if MAX_NODES < numbers.len() => Problem::TooManyNodes,
            Ok(numbers) if numbers.iter().any(|number| MAX_SECONDS < *number) => {
                Problem::TooLong { most: MAX_SECONDS }
            }
            Ok(numbers) if numbers.iter().all(|number| 0 <= *number) => return Some(numbers),
            Err(error) if is_too_large(&error) => Problem::TooLong { most: MAX_SECONDS },
            _ => Problem::NotAList,
        };
        self.problems.push((field, problem));
        None
    }

    fn percent(&mut self, field: Field) -> Option<u32> {
        let percent = self.text(field).parse().ok().filter(|percent| *percent <= MAX_JITTER);
        if percent.is_none() {
            self.problems.push((field, Problem::NotUpTo { most: MAX_JITTER }));
        }
        percent
    }

    fn number(&mut self, field: Field, most: i32, too_much: Problem) -> Option<i32> {
        let problem = match self.text(field).parse() {
            Ok(number) if number <= most => return Some(number),
            Err(error) if !is_too_large(&error) => Problem::NotAWholeNumber,
            _ => too_much,
        };
        self.problems.push((field, problem));
        None
    }
}

fn is_too_large(error: &ParseIntError) -> bool {
    *error.kind() == IntErrorKind::PosOverflow
}

/// A value of the rolling update; nothing where the strategy has none.
fn knob(spec: &DeploymentSpec, value: fn(&RollingUpdateDeployment) -> Option<&IntOrString>) -> String {
    let given = spec.strategy.rolling_update.as_ref().and_then(value);
    given.map(ToString::to_string).unwrap_or_default()
}

fn list(durations: &[SimDuration]) -> String {
    durations.iter().map(|duration| duration.secs().to_string()).collect::<Vec<_>>().join(", ")
}

/// The image that is likely to come after `image`: the last number of the tag rises by one.
pub fn next_version(image: &str) -> Rc<str> {
    let head = image.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = image.strip_prefix(head).unwrap_or_default();
    let is_tag = head.bytes().any(|byte| byte == b':') || head == "v";
    match number.parse::<u32>() {
        Ok(number) if is_tag && number < u32::MAX => format!("{head}{}", number + 1).into(),
        _ => image.into(),
    }
}

#[cfg(test)]
mod tests;
