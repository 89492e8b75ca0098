//! Writes lines.

use crate::sim::behaviour::Behaviour;
use crate::sim::command::{Change, Command, Scripted};
use crate::sim::int_or_string::IntOrString;
use crate::sim::node::Node;
use crate::sim::scenario::Scenario;
use crate::sim::spec::{DeploymentSpec, RollingUpdateDeployment};
use crate::sim::time::SimDuration;
use crate::timeline::Inputs;

use super::{BLANK, EVERY, IMAGE, WriteTemplate, start};

/// Writes a line that [`super::read`] reads, with nothing of a template but its image.
pub fn write(inputs: &Inputs) -> String {
    write_with(inputs, |template| template.image().to_owned())
}

/// Writes a line that [`super::read_with`] reads.
pub fn write_with(inputs: &Inputs, template: WriteTemplate) -> String {
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

/// With its blanks as `%20`; what would be read as such a sign has one more.
pub(super) fn escaped(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut escaped = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        escaped.push_str(if piece.starts_with('2') { "%25" } else { "%" });
        escaped.push_str(piece);
    }
    escaped.replace(' ', BLANK)
}

/// What [`super::Reader::pair`] makes the inputs of, if it begins with `base`: keys, and values where there are any.
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
            Command::DeleteDeployment(_) => self.put("deleteDeployment", none()),
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
