//! The moment on screen and every step as JSON.

use crate::kubectl::json::Json;
use crate::session::Session;
use crate::sim::cluster::{Deployment, Objects, ReplicaSetId};
use crate::sim::deployment::revisions::revision;
use crate::sim::time::SimTime;
use crate::timeline::SHOWN;
use crate::view::budget_line::shape;

use super::csv::seconds;
use super::{Row, rows};

/// The version of the form: it rises when a name goes or comes to mean something else.
const FORM: i64 = 1;
/// Of more pods there are only the numbers.
pub const MOST_PODS: usize = 1_000;

/// The run.
pub fn json(session: &Session) -> String {
    let timeline = &session.timeline;
    let trace = rows(session).iter().map(step).collect();
    let endless = Json::Bool(timeline.is_endless());
    map([
        ("rollscope", Json::number(FORM)),
        ("kubernetes", Json::text("v1.36.2")),
        ("link", Json::text(&format!("#{}", session.link()))),
        ("step", Json::number(timeline.step_number() as i64)),
        ("seconds", number(timeline.time())),
        ("endless", endless),
        ("deployment", deployment(session)),
        ("replicaSets", Json::List(sets(session))),
        ("pods", pods(session)),
        ("trace", Json::List(trace)),
    ])
    .json()
}

/// In the order in which they stand here: what one wants to read first.
fn map<const N: usize>(pairs: [(&str, Json); N]) -> Json {
    Json::Map(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn number(at: SimTime) -> Json {
    Json::Number(seconds(at))
}

fn deployment(session: &Session) -> Json {
    let deployment = session.timeline.cluster().deployment(SHOWN);
    let Deployment { spec, status, budget, .. } = deployment;
    let conditions = status.conditions.iter().map(|condition| {
        map([
            ("type", Json::text(condition.kind.as_str())),
            ("status", Json::text(condition.status.as_str())),
            ("reason", Json::text(condition.reason.as_str())),
            ("message", Json::text(&condition.message.to_string())),
        ])
    });
    map([
        ("name", Json::text(&deployment.name)),
        ("image", Json::text(spec.template.image())),
        ("deleted", Json::Bool(deployment.deleted.is_some())),
        ("paused", Json::Bool(spec.paused)),
        ("replicas", Json::number(deployment.wanted())),
        ("floor", Json::number(budget.min_available)),
        ("ceiling", Json::number(budget.max_total_pods)),
        (
            "status",
            map([
                ("replicas", Json::number(status.replicas)),
                ("updatedReplicas", Json::number(status.updated_replicas)),
                ("readyReplicas", Json::number(status.ready_replicas)),
                ("availableReplicas", Json::number(status.available_replicas)),
                ("unavailableReplicas", Json::number(status.unavailable_replicas)),
                ("terminatingReplicas", Json::number(status.terminating_replicas)),
                ("conditions", Json::List(conditions.collect())),
            ]),
        ),
    ])
}

fn sets(session: &Session) -> Vec<Json> {
    let objects = session.timeline.cluster();
    let set = |id: &ReplicaSetId| {
        let (set, tally) = (objects.replica_set(*id), session.timeline.tally(*id));
        map([
            ("name", Json::text(&set.name)),
            ("revision", Json::number(revision(set))),
            ("image", Json::text(set.template.image())),
            ("replicas", Json::number(set.replicas)),
            ("available", Json::number(tally.available)),
            ("starting", Json::number(tally.starting)),
            ("terminating", Json::number(tally.terminating)),
        ])
    };
    objects.replica_sets_of(SHOWN).iter().map(set).collect()
}

/// The pods that exist, oldest first; null if there are too many.
fn pods(session: &Session) -> Json {
    let (timeline, objects): (_, &Objects) = (&session.timeline, session.timeline.cluster());
    let existing: Vec<_> = timeline.pods().existing().take(MOST_PODS + 1).collect();
    if MOST_PODS < existing.len() {
        return Json::Null;
    }
    let pod = |(id, pod): &(_, _)| {
        let pod: &crate::timeline::pods::Pod = pod;
        let set = objects.replica_set(pod.replica_set);
        map([
            ("name", Json::text(&timeline.pod_name(*id))),
            ("replicaSet", Json::text(&set.name)),
            ("state", Json::text(shape(pod, set.min_ready_seconds, timeline.time()).name())),
            ("createdSeconds", number(pod.created)),
            ("restarts", Json::number(i64::from(pod.restarts))),
        ])
    };
    Json::List(existing.iter().map(pod).collect())
}

fn step(row: &Row) -> Json {
    let counts = row.counts;
    map([
        ("step", Json::number(row.step as i64)),
        ("seconds", number(row.at)),
        ("actor", Json::text(row.actor)),
        ("replicas", Json::number(row.replicas)),
        ("total", Json::number(counts.total)),
        ("available", Json::number(counts.available)),
        ("updated", Json::number(counts.updated)),
        ("terminating", Json::number(counts.leaving)),
        ("floor", Json::number(counts.floor)),
        ("ceiling", Json::number(counts.ceiling)),
        ("what", Json::List(row.what.iter().map(|what| Json::text(what)).collect())),
    ])
}
