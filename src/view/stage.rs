//! The middle of the page: one sentence, the ReplicaSets, and the row kubectl would print.

use std::cmp::Reverse;

use crate::i18n::Text;
use crate::kubectl::get;
use crate::session::Session;
use crate::sim::cluster::{Objects, ReplicaSetId};
use crate::sim::conditions::{ConditionReason, ConditionType, DeploymentCondition, condition};
use crate::sim::deployment::progress::{deployment_complete, has_progress_deadline};
use crate::sim::deployment::revisions::{deployment_revision, revision};
use crate::sim::deployment::sync::find_new_replica_set;
use crate::sim::order::sorted_by_key;
use crate::timeline::landmarks::{Kind, MARKS};
use crate::timeline::{SHOWN, Timeline};

use super::budget_line::total;
use super::names::{hue, image_of, short_image};
use super::rich::{Span, spans};

/// A ReplicaSet in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct SetCard {
    /// Its name.
    pub name: String,
    /// The colour of its revision.
    pub hue: u32,
    /// Its revision and image.
    pub revision: String,
    /// `spec.replicas`, `status.replicas`, `status.readyReplicas`, each with its column's name.
    pub columns: [(&'static str, i32); 3],
}

/// A condition of the Deployment, in Kubernetes' words.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// `type`.
    pub kind: &'static str,
    /// `status`.
    pub status: &'static str,
    /// `reason`.
    pub reason: &'static str,
    /// `message`.
    pub message: String,
}

/// What is going on, in one sentence.
pub fn sentence(session: &Session) -> Vec<Span> {
    spans(&session.lang.say(state(session)))
}

fn state(session: &Session) -> Text<'_> {
    use ConditionReason::{NewReplicaSetAvailable, ProgressDeadlineExceeded};
    let cluster = session.timeline.cluster();
    let deployment = cluster.deployment(SHOWN);
    let (status, replicas) = (&deployment.status, deployment.spec.replicas);
    let image = short_image(deployment.spec.template.image());
    let (updated, available) = (status.updated_replicas, status.available_replicas);
    let observed = deployment.generation == status.observed_generation;
    let reason = condition(&status.conditions, ConditionType::Progressing).map(|found| found.reason);
    let reason = reason.filter(|_| observed);
    let homeless = session.timeline.homeless();
    let pods = total(session);
    let terminating = pods.terminating;
    let existing = (pods.active() + terminating).max(0) as u32;
    let fails = condition(&status.conditions, ConditionType::ReplicaFailure).is_some();
    // Without a progress deadline there is no condition that says it.
    let is_complete = !has_progress_deadline(&deployment.spec) && deployment_complete(deployment, status);
    let reason = if is_complete { Some(NewReplicaSetAvailable) } else { reason };
    match reason {
        _ if deployment.deleted.is_some() => Text::DeploymentGone { leaving: terminating },
        _ if deployment.spec.paused && observed => Text::Paused { updated, replicas },
        Some(ProgressDeadlineExceeded) => Text::Stuck { updated, replicas, available },
        _ if 0 < homeless => Text::NoNode { count: homeless },
        _ if fails && cluster.quota.is_some_and(|limited| existing < limited) => Text::QuotaHasRoom,
        _ if fails => Text::QuotaFull,
        Some(NewReplicaSetAvailable) if find_new_replica_set(cluster, SHOWN).is_none() && 0 < existing => {
            Text::OldLeaving { leaving: existing as i32 }
        }
        // It still says so of the rollout before.
        Some(NewReplicaSetAvailable) if updated < status.replicas => {
            Text::RollingOut { revision: deployment_revision(deployment), updated, replicas, available }
        }
        Some(NewReplicaSetAvailable) if available < replicas => Text::Degraded { available, replicas },
        Some(NewReplicaSetAvailable) if 0 < terminating => Text::Draining { image, terminating },
        Some(NewReplicaSetAvailable) => Text::RolledOut { image, replicas },
        _ if cluster.replica_sets_of(SHOWN).len() < 2 && deployment.generation == 1 => {
            Text::Starting { available, replicas }
        }
        _ if find_new_replica_set(cluster, SHOWN).is_none() => Text::Asked { image },
        _ if !observed => Text::ChangeAsked,
        _ => match held_up_by(&session.timeline) {
            Some(cause) => Text::HeldUp { cause, updated, replicas, available },
            None => {
                Text::RollingOut { revision: deployment_revision(deployment), updated, replicas, available }
            }
        },
    }
}

/// What went wrong with pods last, if nothing was decided since; the field's word for it.
fn held_up_by(timeline: &Timeline) -> Option<&'static str> {
    let last = |kinds: &[Kind]| timeline.landmarks().last(kinds, timeline.step_number());
    let (mut latest, mut cause) = (last(&MARKS), None);
    for (kind, name) in CAUSES {
        let failed = last(&[kind]);
        if latest < failed {
            (latest, cause) = (failed, Some(name));
        }
    }
    cause
}

/// What can hold up a rollout, in the field's words.
const CAUSES: [(Kind, &str); 3] = [
    (Kind::PullFailed, "ImagePullBackOff"),
    (Kind::Crash, "CrashLoopBackOff"),
    (Kind::Unhealthy, "readinessProbe"),
];

/// The conditions of the Deployment, in the order in which `kubectl describe` lists them.
pub fn conditions(session: &Session) -> Vec<Condition> {
    let deployment = session.timeline.cluster().deployment(SHOWN);
    if deployment.deleted.is_some() {
        return Vec::new();
    }
    let row = |condition: &DeploymentCondition| Condition {
        kind: condition.kind.as_str(),
        status: condition.status.as_str(),
        reason: condition.reason.as_str(),
        message: condition.message.to_string(),
    };
    deployment.status.conditions.iter().map(row).collect()
}

/// The ReplicaSets that matter: all that ask for pods, the new one, and the one before it.
pub fn sets(session: &Session) -> Vec<SetCard> {
    let cluster = session.timeline.cluster();
    let mut ids = cluster.replica_sets_of(SHOWN).to_vec();
    let latest_first = sorted_by_key(&ids, |id| Reverse(revision(cluster.replica_set(*id))));
    let second = latest_first.get(1).map_or(0, |id| revision(cluster.replica_set(*id)));
    ids.retain(|id| {
        let replica_set = cluster.replica_set(*id);
        0 < replica_set.replicas || 0 < replica_set.status.replicas || second <= revision(replica_set)
    });
    ids.into_iter().map(|id| card(session, cluster, id)).collect()
}

fn card(session: &Session, cluster: &Objects, id: ReplicaSetId) -> SetCard {
    let replica_set = cluster.replica_set(id);
    let text = Text::RevisionOf { revision: revision(replica_set), image: image_of(cluster, id) };
    SetCard {
        name: replica_set.name.to_string(),
        hue: hue(id),
        revision: session.lang.say(text),
        columns: [
            ("DESIRED", replica_set.replicas),
            ("CURRENT", replica_set.status.replicas),
            ("READY", replica_set.status.ready_replicas),
        ],
    }
}

/// What `kubectl get deployment` prints at the moment on screen.
pub fn kubectl_get(session: &Session) -> String {
    let cluster = session.timeline.cluster();
    get::deployment(cluster, SHOWN, session.timeline.time())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Options;
    use crate::session::msg::{Look, Msg};
    use crate::sim::command::Command;
    use crate::view::panels::panels;
    use crate::view::{frame, rich};

    #[test]
    fn a_deployment_that_is_deleted_asks_for_nothing() {
        let mut session = Session::new(Options::default());
        session.update(Msg::Act(Command::DeleteDeployment(SHOWN)));
        let shown = frame(&session, None);
        assert_eq!(rich::plain(&shown.sentence), "The Deployment is deleted; pods still leaving: 15");
        let beside = panels(&session, &shown, None);
        assert!(beside.sets.is_empty() && beside.conditions.is_empty() && beside.stall.is_none());
        assert_eq!(beside.kubectl_get, "Error from server (NotFound): deployments.apps \"web\" not found\n");
        let (floor, ceiling) = (shown.budget_line.floor.label, shown.budget_line.ceiling.label);
        assert_eq!((floor.as_str(), ceiling.as_str()), ("at least 0 available", "at most 0"));
        session.update(Msg::Look(Look::SeekEnd));
        assert_eq!(session.timeline.pods().existing().count(), 0);
        let steps = session.timeline.steps();
        session.update(Msg::Act(Command::Scale { deployment: SHOWN, replicas: 3 }));
        assert_eq!(session.timeline.steps(), steps);
    }

    /// The headlines of all steps of a run, each with how things stand.
    fn headlines(link: &str) -> Vec<(String, [i32; 4], u32)> {
        let mut session = Session::new(Options { link: link.to_owned(), ..Options::default() });
        assert_eq!(session.address.problems, [], "{link}");
        let steps = session.timeline.steps();
        let headline = |step| {
            session.timeline.seek(step);
            let deployment = session.timeline.cluster().deployment(SHOWN);
            let status = &deployment.status;
            let counts = [
                deployment.spec.replicas,
                status.updated_replicas,
                status.replicas,
                status.available_replicas,
            ];
            let existing = session.timeline.pods().existing().count() as u32;
            (rich::plain(&sentence(&session)), counts, existing)
        };
        (1..=steps).map(headline).collect()
    }

    #[test]
    fn a_headline_says_what_is_so() {
        let runs = [
            "ops=20:image=web:v2;80:undo",
            "ops=20:image=web:v2;80:undo&strategy=Recreate",
            "ops=20:image=web:v2&progressDeadlineSeconds=2147483647",
            "ops=20:image=web:v2&quota=10",
            "story=bad-image",
        ];
        for link in runs {
            let all = headlines(link);
            for (headline, [replicas, updated, pods, available], existing) in &all {
                if headline.starts_with("Rolled out") {
                    assert_eq!([updated, pods], [replicas; 2], "{link}: {headline}");
                }
                if headline.starts_with("Rolled out: all") {
                    assert_eq!((available, *existing), (replicas, *replicas as u32), "{link}: {headline}");
                }
                if let Some((_, old)) = headline.split_once("waiting until ") {
                    assert!(old.starts_with(&format!("{existing} ")) && 0 < *existing, "{link}: {headline}");
                }
                if headline.contains("quota is full") {
                    assert_eq!(*existing, 10, "{link}: {headline}");
                }
            }
            let (last, ..) = all.last().unwrap();
            match link.contains("story") {
                true => {
                    let stuck = "Stuck: 5 of 10 updated, 8 available; the progress deadline has passed";
                    assert!(all.iter().any(|(headline, ..)| headline == stuck));
                }
                false => assert!(last.starts_with("Rolled out: all 10 pods run"), "{link}: {last}"),
            }
        }
    }

    #[test]
    fn what_holds_up_a_rollout_is_said_first() {
        #[track_caller]
        fn check(link: &str, expect: &str) {
            let session = Session::new(Options { link: link.to_owned(), ..Options::default() });
            assert_eq!(rich::plain(&sentence(&session)), expect, "{link}");
        }

        check("at=11", "Rolling out revision 2: 5 of 10 updated, 8 available");
        check("web:v2.cannotPull&at=60", "Held up by ImagePullBackOff: 5 of 10 updated, 8 available");
        check("web:v2.crashAfter=3&at=60", "Held up by CrashLoopBackOff: 5 of 10 updated, 8 available");
        check(
            "web:v2.cannotPull&at=620",
            "Stuck: 5 of 10 updated, 8 available; the progress deadline has passed",
        );
        check("story=min-ready-flap&at=40", "Held up by readinessProbe: 2 of 4 updated, 3 available");
        // What is undone is on its way again.
        check(
            "web:v2.cannotPull&ops=10:image=web:v2;40:undo&at=41",
            "Rolling out revision 3: 10 of 10 updated, 8 available",
        );
    }
}
