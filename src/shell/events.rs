//! The events that a cluster keeps of a run: `client-go/tools/record/events_cache.go`.
//!
//! # What we leave out
//!
//! - The kubelet's events for pulling an image that it gets: images are there already.
//! - The limit of 25 events of a kind at once for each object.

use crate::kubectl::api::Event;
use crate::sim::cluster::Cluster;
use crate::sim::command::Command;
use crate::sim::order::sorted_by_key;
use crate::sim::out::{Event as SimEvent, Fact};
use crate::sim::pod::{PodId, Stage};
use crate::sim::time::{SimDuration, SimTime};
use crate::timeline::Timeline;

/// So long an event is kept. `--event-ttl`
const TTL: SimDuration = SimDuration::from_secs(3600);
/// Fewer events than so many may differ only in their message within so long a time.
const MAX_SIMILAR: usize = 10;
/// What a message begins with that stands for several.
const COMBINED: &str = "(combined from similar events): ";
const SIMILAR_WITHIN: SimDuration = SimDuration::from_secs(600);

/// What the controllers told of up to the moment on screen, one by one.
pub fn told(timeline: &Timeline) -> Vec<Event> {
    let cluster = timeline.last_cluster();
    let mut told = Told::default();
    let since = SimTime::from_millis(timeline.time().millis().saturating_sub(TTL.millis()));
    let first = timeline.last_before(since) + 1;
    for number in first..=timeline.step_number() {
        let step = timeline.step_at(number);
        for fact in &step.facts {
            told.take(fact, cluster, step.at.stored());
        }
    }
    told.0
}

/// What is kept of it, in order of the last time: equal events are counted, and too many that are similar
/// become one. `EventCorrelator.EventCorrelate`.
pub fn correlated(told: Vec<Event>) -> Vec<Event> {
    let mut kept: Vec<Event> = Vec::new();
    for mut new in told {
        let same = kept.iter().position(|old| is_similar(old, &new) && old.message == new.message);
        let same = same.or_else(|| {
            let lately = |old: &&Event| is_similar(old, &new) && new.first.since(old.last) <= SIMILAR_WITHIN;
            let others = kept.iter().filter(lately).count();
            (MAX_SIMILAR <= others + 1).then(|| {
                new.message.insert_str(0, COMBINED);
                kept.iter().position(|old| is_similar(old, &new) && old.message.starts_with(COMBINED))
            })?
        });
        match same.map(|same| &mut kept[same]) {
            Some(old) => {
                old.count += 1;
                old.last = new.last;
                old.message = new.message;
            }
            None => kept.push(new),
        }
    }
    sorted_by_key(&kept, |event| event.last)
}

/// Alike in all but the message.
fn is_similar(a: &Event, b: &Event) -> bool {
    (a.kind, a.reason, a.from, &a.name, &a.path) == (b.kind, b.reason, b.from, &b.name, &b.path)
}

#[derive(Default)]
struct Told(Vec<Event>);

impl Told {
    fn take(&mut self, fact: &Fact, cluster: &Cluster, at: SimTime) {
        match fact {
            Fact::Event(event) => self.event(event, cluster, at),
            Fact::PodDeleted { pod, was } => self.killing(*pod, *was, cluster, at),
            Fact::Answered(command, _) => match &**command {
                Command::Cordon(node) => self.node(node, "NodeNotSchedulable", at),
                Command::Uncordon(node) => self.node(node, "NodeSchedulable", at),
                _ => {}
            },
            _ => {}
        }
    }

    fn node(&mut self, name: &str, reason: &'static str, at: SimTime) {
        let message = format!("Node {name} status is now: {reason}");
        self.add(event(Source::Kubelet, "Node", name.to_owned(), reason, message, at));
    }

    fn event(&mut self, happened: &SimEvent, cluster: &Cluster, at: SimTime) {
        let (message, reason) = (happened.message(cluster), happened.reason());
        let of_set = || cluster.replica_set(happened.replica_set(cluster)).name.to_string();
        match *happened {
            SimEvent::ScalingReplicaSet { replica_set, .. } => {
                let owner = cluster.deployment(cluster.replica_set(replica_set).owner).name.to_string();
                self.add(event(Source::Deployments, "Deployment", owner, reason, message, at));
            }
            SimEvent::SuccessfulCreate(_) => {
                self.add(event(Source::ReplicaSets, "ReplicaSet", of_set(), reason, message, at));
            }
            SimEvent::SuccessfulDelete { pod, was } => {
                self.killing(pod, was, cluster, at);
                self.add(event(Source::ReplicaSets, "ReplicaSet", of_set(), reason, message, at));
            }
            SimEvent::FailedCreate(..) => {
                let event = event(Source::ReplicaSets, "ReplicaSet", of_set(), reason, message, at);
                self.add(Event { warning: true, ..event });
            }
            SimEvent::Scheduled(pod) => {
                self.add(event(Source::Scheduler, "Pod", cluster.pod_name(pod), reason, message, at));
            }
            SimEvent::FailedScheduling(pod, _) => {
                let event = event(Source::Scheduler, "Pod", cluster.pod_name(pod), reason, message, at);
                self.add(Event { warning: true, ..event });
            }
            SimEvent::Started(pod) => {
                let image = cluster.replica_set(cluster.pod(pod).replica_set).template.image();
                let present = format!(
                    "Container image \"{image}\" already present on machine and can be accessed by the pod"
                );
                self.container(pod, "Pulled", present, false, cluster, at);
                self.container(pod, "Created", "Container created".to_owned(), false, cluster, at);
                self.container(pod, reason, message, false, cluster, at);
            }
            SimEvent::PullBackOff(pod) => {
                self.container(pod, reason, message, false, cluster, at);
                self.container(pod, "Failed", "Error: ImagePullBackOff".to_owned(), true, cluster, at);
            }
            SimEvent::PullFailed(pod) => {
                let image = cluster.replica_set(cluster.pod(pod).replica_set).template.image();
                self.container(pod, "Pulling", format!("Pulling image \"{image}\""), false, cluster, at);
                self.container(pod, reason, message, true, cluster, at);
                self.container(pod, reason, "Error: ErrImagePull".to_owned(), true, cluster, at);
            }
            SimEvent::Unhealthy(pod) | SimEvent::BackOff(pod) => {
                self.container(pod, reason, message, true, cluster, at);
            }
        }
    }

    /// A container that runs is stopped.
    fn killing(&mut self, pod: PodId, was: Stage, cluster: &Cluster, at: SimTime) {
        if matches!(was, Stage::Running | Stage::Ready) {
            let message = format!("Stopping container {}", container_of(pod, cluster));
            self.container(pod, "Killing", message, false, cluster, at);
        }
    }

    fn container(
        &mut self,
        pod: PodId,
        reason: &'static str,
        message: String,
        warning: bool,
        cluster: &Cluster,
        at: SimTime,
    ) {
        let event = event(Source::Kubelet, "Pod", cluster.pod_name(pod), reason, message, at);
        let path = format!("spec.containers{{{}}}", container_of(pod, cluster));
        let host = cluster.pod(pod).node().map(|node| cluster.node_name(node));
        self.add(Event { warning, path, host, ..event });
    }

    fn add(&mut self, event: Event) {
        self.0.push(event);
    }
}

fn container_of(pod: PodId, cluster: &Cluster) -> String {
    let template = &cluster.replica_set(cluster.pod(pod).replica_set).template;
    template.containers.first().map_or(String::new(), |container| container.name.clone())
}

#[derive(Clone, Copy)]
enum Source {
    Deployments,
    ReplicaSets,
    Scheduler,
    Kubelet,
}

impl Source {
    fn component(self) -> &'static str {
        match self {
            Self::Deployments => "deployment-controller",
            Self::ReplicaSets => "replicaset-controller",
            Self::Scheduler => "default-scheduler",
            Self::Kubelet => "kubelet",
        }
    }
}

fn event(
    from: Source,
    kind: &'static str,
    name: String,
    reason: &'static str,
    message: String,
    at: SimTime,
) -> Event {
    let from = from.component();
    let (path, host) = (String::new(), None);
    Event { kind, name, path, warning: false, reason, message, from, host, first: at, last: at, count: 1 }
}
