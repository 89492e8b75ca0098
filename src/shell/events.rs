//! The events that a cluster keeps of a run: `client-go/tools/record/events_cache.go`.
//!
//! # What we leave out
//!
//! - The kubelet's events for pulling an image that it gets: images are there already.
//! - The limit of 25 events of a kind at once for each object. Instead only the last ten thousand and those of
//!   the same step are kept; a cluster under such load drops many more.

use std::collections::BTreeMap;

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
/// About so many events are kept.
const MOST: usize = 10_000;
/// Fewer events than so many may differ only in their message within so long a time.
const MAX_SIMILAR: usize = 10;
/// What a message begins with that stands for several.
const COMBINED: &str = "(combined from similar events): ";
const SIMILAR_WITHIN: SimDuration = SimDuration::from_secs(600);

/// What the controllers told of up to the moment on screen, one by one; only about objects of a kind, if one
/// is given.
pub fn told(timeline: &Timeline, kind: Option<&str>) -> Vec<Event> {
    let cluster = timeline.last_cluster();
    let since = SimTime::from_millis(timeline.time().millis().saturating_sub(TTL.millis()));
    let first = timeline.last_before(since) + 1;
    let (mut steps, mut count) = (Vec::new(), 0);
    for number in (first..=timeline.step_number()).rev() {
        let (step, mut told) = (timeline.step_at(number), Told::default());
        for fact in step.facts.iter().filter(|fact| kind.is_none_or(|kind| is_about(fact, kind))) {
            told.take(fact, cluster, step.at.stored());
        }
        told.0.retain(|event| kind.is_none_or(|kind| event.kind == kind));
        count += told.0.len();
        steps.push(told.0);
        if MOST < count {
            break;
        }
    }
    steps.into_iter().rev().flatten().collect()
}

/// Whether a fact may be told of in an event about an object of a kind.
fn is_about(fact: &Fact, kind: &str) -> bool {
    match fact {
        Fact::Event(SimEvent::ScalingReplicaSet { .. }) => kind == "Deployment",
        Fact::Event(SimEvent::SuccessfulCreate(_) | SimEvent::FailedCreate(..)) => kind == "ReplicaSet",
        Fact::Event(SimEvent::SuccessfulDelete { .. }) => kind == "ReplicaSet" || kind == "Pod",
        Fact::Event(_) | Fact::PodDeleted { .. } => kind == "Pod",
        _ => kind == "Node",
    }
}

/// What is kept of it, in order of the last time: equal events are counted, and too many that are similar
/// become one. `EventCorrelator.EventCorrelate`.
pub fn correlated(told: Vec<Event>) -> Vec<Event> {
    let mut kept: Vec<Event> = Vec::new();
    let mut alike: BTreeMap<_, Alike> = BTreeMap::new();
    for mut new in told {
        // Alike in all but the message.
        let key = (new.kind, new.name.clone(), new.reason, new.from, new.path.clone());
        let alike = alike.entry(key).or_default();
        if alike.are_too_many(&new) {
            new.message.insert_str(0, COMBINED);
        }
        let is_combined = new.message.starts_with(COMBINED);
        let is_same = |old: &&usize| {
            kept[**old].message == new.message || is_combined && kept[**old].message.starts_with(COMBINED)
        };
        match alike.kept.iter().find(is_same).copied() {
            Some(old) => {
                let old = &mut kept[old];
                (old.count, old.last, old.message) = (old.count + 1, new.last, new.message);
            }
            None => {
                alike.kept.push(kept.len());
                kept.push(new);
            }
        }
    }
    sorted_by_key(&kept, |event| event.last)
}

/// Similar events. `events_cache.go aggregateRecord`
#[derive(Default)]
struct Alike {
    /// Those that are kept.
    kept: Vec<usize>,
    /// What has been said since there was nothing for long, as long as that is not too much.
    messages: Vec<String>,
    last: SimTime,
}

impl Alike {
    /// `EventAggregate`: whether this one is to be combined with others.
    fn are_too_many(&mut self, new: &Event) -> bool {
        if SIMILAR_WITHIN < new.first.since(self.last) {
            self.messages.clear();
        }
        self.last = new.first;
        if self.messages.contains(&new.message) {
            return false;
        }
        // `localKeys.PopAny()` would make room for the next by taking any. Here those that are kept stay.
        let are_too_many = MAX_SIMILAR <= self.messages.len() + 1;
        if !are_too_many {
            self.messages.push(new.message.clone());
        }
        are_too_many
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_similar_events_become_one() {
        let told = |number: u64| {
            let at = SimTime::from_secs(number);
            let message = format!("Scaled up replica set web-1 from {number} to {}", number + 1);
            event(Source::Deployments, "Deployment", "web".to_owned(), "ScalingReplicaSet", message, at)
        };
        let kept = correlated((0..15).map(told).chain([Event { last: told(20).last, ..told(3) }]).collect());
        let counts: Vec<_> = kept.iter().map(|event| event.count).collect();
        assert_eq!(counts, [1, 1, 1, 1, 1, 1, 1, 1, 6, 2]);
        assert!(kept[8].message.starts_with("(combined from similar events): Scaled up"));
        // Slowly is as many, as long as no more than ten minutes are between two of them.
        let slowly = |gap: u64| {
            let event = |number: u64| Event {
                first: told(gap * number).first,
                last: told(gap * number).last,
                ..told(number)
            };
            correlated((0..15).map(event).collect()).len()
        };
        assert_eq!([slowly(600), slowly(601)], [10, 15]);
    }
}
