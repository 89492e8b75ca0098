//! `kubectl describe`: `kubectl/pkg/describe/describe.go`.

mod container;
pub mod node;
mod pod;
mod template;
mod volumes;

use crate::sim::cluster::{DeploymentId, Objects, ReplicaSetId};
use crate::sim::deployment::sync::find_replica_sets;
use crate::sim::order::sorted_by_key;
use crate::sim::spec::Labels;
use crate::sim::time::SimTime;

use super::api::{Event, Pod};
use super::names::{pod_template_hash, selector_of};
use super::table::Table;
use super::time::{age, rfc1123};

pub use node::node;
pub use pod::{container_id, deletion_timestamp, pod, pod_conditions};
pub use template::template;

/// Annotations that are longer than this stand below their key, and are cut.
const MAX_ANNOTATION_LEN: usize = 140;

/// Annotations that are for kubectl's own use.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Lines whose cells are separated by tabs. `describe.go prefixWriter`.
#[derive(Default)]
pub struct Writer(String);

impl Writer {
    /// A line, two blanks deeper for each level.
    pub fn line(&mut self, level: usize, text: &str) {
        self.0.extend(std::iter::repeat_n("  ", level));
        self.0 += text;
        self.0.push('\n');
    }

    /// A name and a value.
    pub fn field(&mut self, name: &str, value: &str) {
        self.line(0, &format!("{name}:\t{value}"));
    }

    /// As it was written. `rollout history --revision` shows the tabs.
    pub fn unaligned(self) -> String {
        self.0
    }

    /// With its columns aligned. `describe.go tabbedString`.
    pub fn aligned(self) -> String {
        Table::describe().align(&self.0)
    }

    /// Starts a table that is aligned for itself. `tabwriter.go Flush`.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.0);
        self.0 = Table::describe().align(&text);
    }

    /// One value a line, the further ones below the first. `describe.go printLabelsMultiline` and
    /// `printAnnotationsMultiline`.
    fn multiline(&mut self, name: &str, mut values: impl Iterator<Item = String>) {
        self.field(name, &values.next().unwrap_or("<none>".to_owned()));
        values.for_each(|value| self.line(0, &format!("\t{value}")));
    }

    fn labels(&mut self, name: &str, labels: &Labels) {
        self.multiline(name, labels.iter().map(|(key, value)| format!("{key}={value}")));
    }

    fn annotations(&mut self, name: &str, annotations: &Labels) {
        let shown = annotations.iter().filter(|(key, _)| *key != LAST_APPLIED);
        let indent = " ".repeat(name.len() - name.trim_start().len());
        self.multiline(name, shown.map(|(key, value)| annotation(key, value, &indent)));
    }

    /// `describe.go DescribeEvents`.
    fn events(&mut self, events: &[Event], now: SimTime) {
        if events.is_empty() {
            return self.field("Events", "<none>");
        }
        self.flush();
        let mut table = Self::default();
        table.line(0, "Events:\n  Type\tReason\tAge\tFrom\tMessage");
        table.line(1, "----\t------\t----\t----\t-------");
        // The scheduler's have no last time.
        let last = |event: &Event| (event.from != "default-scheduler").then_some(event.last);
        for event in &sorted_by_key(events, last) {
            let kind = if event.warning { "Warning" } else { "Normal" };
            let interval = interval(event, now);
            let path = if event.path.is_empty() { String::new() } else { format!("{}: ", event.path) };
            let Event { reason, from, message, .. } = event;
            table.line(1, &format!("{kind}\t{reason}\t{interval}\t{from}\t{path}{message}"));
        }
        table.flush();
        self.0 += &table.0;
    }
}

/// How long ago something happened, and how often since when. `events/event_printer.go getInterval`
pub fn interval(event: &Event, now: SimTime) -> String {
    let first = age(event.first, now);
    match event.count {
        0 | 1 => first,
        count => format!("{} (x{count} over {first})", age(event.last, now)),
    }
}

/// Long ones and those of several lines stand below their key.
fn annotation(key: &str, value: &str, indent: &str) -> String {
    let value = value.strip_suffix('\n').unwrap_or(value);
    let fits = value.chars().count() + key.chars().count() + 2 < MAX_ANNOTATION_LEN;
    if fits && !value.contains('\n') {
        return format!("{key}: {value}");
    }
    let cut = |line: &str| match line.char_indices().nth(MAX_ANNOTATION_LEN - 2) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line.to_owned(),
    };
    let lines = value.lines().map(|line| format!("\n{indent}\t  {}", cut(line)));
    format!("{key}:{}", lines.collect::<String>())
}

/// `describe.go describeDeployment`. Without `events` there is no such part.
pub fn deployment(
    objects: &Objects,
    id: DeploymentId,
    labels: &Labels,
    events: Option<&[Event]>,
    now: SimTime,
) -> String {
    let deployment = objects.deployment(id);
    let (spec, status) = (&deployment.spec, &deployment.status);
    let mut w = Writer::default();
    w.field("Name", &deployment.name);
    w.field("Namespace", "default");
    // Every Deployment is created at time zero.
    w.field("CreationTimestamp", &rfc1123(SimTime::ZERO));
    w.labels("Labels", labels);
    w.annotations("Annotations", &deployment.annotations.to_labels());
    w.field("Selector", &selector_of(spec));
    w.field(
        "Replicas",
        &format!(
            "{} desired | {} updated | {} total | {} available | {} unavailable",
            spec.replicas,
            status.updated_replicas,
            status.replicas,
            status.available_replicas,
            status.unavailable_replicas
        ),
    );
    w.field("StrategyType", spec.strategy.kind.as_str());
    w.field("MinReadySeconds", &spec.min_ready_seconds.to_string());
    if let Some(rolling) = &spec.strategy.rolling_update {
        let knob = |value: &Option<_>| value.as_ref().map_or("0".to_owned(), ToString::to_string);
        let (unavailable, surge) = (knob(&rolling.max_unavailable), knob(&rolling.max_surge));
        w.field("RollingUpdateStrategy", &format!("{unavailable} max unavailable, {surge} max surge"));
    }
    template(&mut w, &spec.template, None);
    conditions(
        &mut w,
        status
            .conditions
            .iter()
            .map(|condition| (condition.kind.as_str(), condition.status.as_str(), condition.reason.as_str())),
    );
    let sets = find_replica_sets(objects, id);
    if !objects.replica_sets_of(id).is_empty() {
        let old: Vec<_> = sets.old_rss().collect();
        w.field("OldReplicaSets", &sets_in_words(objects, &old));
        w.field("NewReplicaSet", &sets_in_words(objects, sets.new_rs.as_slice()));
    }
    if let Some(events) = events {
        w.events(events, now);
    }
    w.aligned()
}

fn conditions<'a>(w: &mut Writer, conditions: impl Iterator<Item = (&'a str, &'a str, &'a str)>) {
    let mut conditions = conditions.peekable();
    if conditions.peek().is_some() {
        w.line(0, "Conditions:\n  Type\tStatus\tReason");
        w.line(1, "----\t------\t------");
    }
    conditions.for_each(|(kind, status, reason)| w.line(1, &format!("{kind} \t{status}\t{reason}")));
}

/// `describe.go printReplicaSetsByLabels`.
fn sets_in_words(objects: &Objects, sets: &[ReplicaSetId]) -> String {
    let in_words = |id: &ReplicaSetId| {
        let set = objects.replica_set(*id);
        format!("{} ({}/{} replicas created)", set.name, set.status.replicas, set.replicas)
    };
    match sets {
        [] => "<none>".to_owned(),
        _ => sets.iter().map(in_words).collect::<Vec<_>>().join(", "),
    }
}

/// `describe.go describeReplicaSet`.
pub fn replica_set(
    objects: &Objects,
    id: ReplicaSetId,
    labels: &Labels,
    pods: &[Pod],
    events: Option<&[Event]>,
    now: SimTime,
) -> String {
    let set = objects.replica_set(id);
    let mut w = Writer::default();
    w.field("Name", &set.name);
    w.field("Namespace", "default");
    w.field("Selector", &super::names::joined(&super::names::replica_set_selector(objects, id)));
    w.labels("Labels", labels);
    w.annotations("Annotations", &set.annotations.to_labels());
    w.field("Controlled By", &format!("Deployment/{}", objects.deployment(set.owner).name));
    w.field("Replicas", &format!("{} current / {} desired", set.status.replicas, set.replicas));
    let own = |phase: &str| pods.iter().filter(|pod| pod.owner == id && pod.phase == phase).count();
    let [running, waiting, succeeded, failed] = ["Running", "Pending", "Succeeded", "Failed"].map(own);
    w.field(
        "Pods Status",
        &format!("{running} Running / {waiting} Waiting / {succeeded} Succeeded / {failed} Failed"),
    );
    template(&mut w, &set.template, Some(pod_template_hash(objects, id)));
    conditions(&mut w, set.failure.iter().map(|failure| ("ReplicaFailure", "True", failure.reason.as_str())));
    if let Some(events) = events {
        w.events(events, now);
    }
    w.aligned()
}
