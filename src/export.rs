//! A run in forms that other programs read. What they mean stays what it is: `docs/exports.md` describes each
//! name, and a test compares that with what is written.

pub mod csv;
pub mod json;
pub mod markdown;

use crate::kubectl::print::command_line;
use crate::session::Session;
use crate::session::playback::Playback;
use crate::sim::cluster::Objects;
use crate::sim::out::{Actor, Event, Fact, Step};
use crate::sim::time::SimTime;
use crate::timeline::SHOWN;
use crate::view::chart::Counts;

/// A step of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number, from 1.
    pub step: usize,
    /// When.
    pub at: SimTime,
    /// Who acted.
    pub actor: &'static str,
    /// `spec.replicas`.
    pub replicas: i32,
    /// The pods after it.
    pub counts: Counts,
    /// What happened, in Kubernetes' words: the same of many pods is said once.
    pub what: Vec<String>,
}

/// Every step of a run.
pub fn rows(session: &Session) -> Vec<Row> {
    let mut session = session.clone();
    session.playback = Playback::Step;
    let steps = session.timeline.steps();
    let row = |step: usize| {
        session.timeline.seek(step);
        let timeline = &session.timeline;
        let (done, objects) = (timeline.step(), timeline.cluster());
        Row {
            step,
            at: done.at,
            actor: actor(done.actor),
            replicas: objects.deployment(SHOWN).wanted(),
            counts: Counts::now(&session),
            what: what(&done, objects, &session),
        }
    };
    (1..=steps).map(row).collect()
}

/// As `kubectl get events` names whom events come from.
fn actor(actor: Actor) -> &'static str {
    match actor {
        Actor::User => "user",
        Actor::DeploymentController(_) => "deployment-controller",
        Actor::ReplicaSetController(_) => "replicaset-controller",
        Actor::Scheduler => "default-scheduler",
        Actor::Kubelet => "kubelet",
    }
}

fn what(step: &Step, objects: &Objects, session: &Session) -> Vec<String> {
    let mut said: Vec<(String, usize)> = Vec::new();
    for fact in &step.facts {
        let Some(words) = fact_in_words(fact, objects, session) else { continue };
        match said.iter_mut().find(|(known, _)| *known == words) {
            Some((_, count)) => *count += 1,
            None => said.push((words, 1)),
        }
    }
    let counted = |(words, count)| if count == 1 { words } else { format!("{words} ×{count}") };
    said.into_iter().map(counted).collect()
}

/// Rules explain what happens beside them: they say nothing here.
fn fact_in_words(fact: &Fact, objects: &Objects, session: &Session) -> Option<String> {
    let named = |what: &str, name: &str| format!("{what} {name}");
    let set = |id| &objects.replica_set(id).name;
    Some(match fact {
        Fact::Answered(command, _) => command_line(command, objects),
        Fact::Refused(command, _) => format!("{} (refused)", command_line(command, objects)),
        Fact::Created(id) => named("created deployment", &objects.deployment(*id).name),
        Fact::Rule(_) => return None,
        Fact::Event(event @ Event::ScalingReplicaSet { .. }) => {
            event.message(session.timeline.last_cluster())
        }
        Fact::Event(event) => event.reason().to_owned(),
        Fact::PodDeleted { .. } => "pod deleted".to_owned(),
        Fact::PodReady(_) => "pod ready".to_owned(),
        Fact::PodGone(_) => "pod gone".to_owned(),
        Fact::ReplicaSetUpdated(id) => named("updated replicaset", set(*id)),
        Fact::ReplicaSetDeleted(id) => named("deleted replicaset", set(*id)),
        Fact::ReplicaSetStatus(id) => named("status of replicaset", set(*id)),
        Fact::DeploymentStatus(id) => named("status of deployment", &objects.deployment(*id).name),
    })
}

#[cfg(test)]
mod tests;
