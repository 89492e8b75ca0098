//! Steps without a rule: what happened, in one sentence.

use std::mem::discriminant;

use super::source::*;
use super::{Reader, Reason, count};
use crate::i18n::around::Text;
use crate::sim::cluster::{Cluster, DeploymentId, Objects};
use crate::sim::command::{Answer, Change, Command};
use crate::sim::conditions::{ConditionReason, ConditionType, condition};
use crate::sim::deployment::revisions::revision;
use crate::sim::out::{Event, Fact, Step};
use crate::view::names::short_image;

impl Reader<'_> {
    /// A step without a rule: what happened, in one sentence.
    pub(super) fn happening(&self, step: &Step, now: &Objects) -> Option<Reason> {
        let first = step.facts.first()?;
        let count = count(step, |fact| alike(fact, first));
        let (text, source) = match first {
            Fact::Created(_) => (Text::DeploymentCreated, Some(PREPARE_FOR_CREATE)),
            Fact::Answered(command, answer) => self.command(command, answer),
            Fact::Refused(command, _) => {
                (Text::CommandRefused, self.command(command, &Answer::PatchUnchanged).1)
            }
            Fact::Event(event) => happened(event, count)?,
            Fact::PodReady(_) => (Text::PodsReady { count }, Some(PROBE_READY)),
            Fact::PodGone(_) => (Text::PodsGone { count }, Some(SYNC_TERMINATING_POD)),
            Fact::ReplicaSetUpdated(id) => {
                let set = now.replica_set(*id);
                let text = Text::ReplicaSetTakenAgain { set: &set.name, revision: revision(set) };
                (text, Some(GET_NEW_REPLICA_SET))
            }
            Fact::ReplicaSetDeleted(id) => {
                let set = &self.cluster.replica_set(*id).name;
                (Text::ReplicaSetRemoved { set }, Some(CLEANUP_DEPLOYMENT))
            }
            Fact::ReplicaSetStatus(id) => {
                let set = &self.cluster.replica_set(*id).name;
                (Text::CountPods { set }, Some(CALCULATE_STATUS))
            }
            Fact::DeploymentStatus(id) => (status(now, *id), Some(SYNC_ROLLOUT_STATUS)),
            Fact::PodDeleted { .. } | Fact::Rule(_) => return None,
        };
        let result = numbers(first, now).or_else(|| message(first, self.cluster));
        Some(Reason { heading: self.say(text), source, result, ..Reason::default() })
    }

    fn command<'a>(&self, command: &'a Command, answer: &'a Answer) -> (Text<'a>, Option<Source>) {
        match command {
            Command::SetImage { image, .. } => {
                (Text::ImageSet { image: short_image(image) }, Some(RUN_IMAGE))
            }
            Command::Scale { replicas, .. } => (Text::ScaleAsked { replicas: *replicas }, Some(RUN_SCALE)),
            Command::Patch { changes, .. } => (patched(changes), Some(RUN_PATCH)),
            Command::RolloutPause(_) => (Text::PauseAsked, Some(OBJECT_PAUSER)),
            Command::RolloutResume(_) => (Text::ResumeAsked, Some(OBJECT_RESUMER)),
            Command::RolloutRestart(_) => (Text::RestartAsked, Some(OBJECT_RESTARTER)),
            Command::RolloutUndo { .. } if *answer == Answer::RolledBack => {
                (Text::RolledBack, Some(ROLLBACK_TO))
            }
            Command::RolloutUndo { .. } => (Text::RollbackSkipped, Some(ROLLBACK_TO)),
            Command::DeleteDeployment(_) => (Text::DeploymentDeleted, Some(RUN_DELETE)),
            Command::DeletePod(_) => (Text::PodsDeleted { count: 1 }, Some(RUN_DELETE)),
            Command::DeletePods => {
                let Answer::PodsDeleted(pods) = answer else {
                    return (Text::PodsDeleted { count: 0 }, Some(RUN_DELETE));
                };
                (Text::PodsDeleted { count: pods.len() }, Some(RUN_DELETE))
            }
            Command::DeleteReplicaSet(set) => (Text::ReplicaSetDeleted { set }, Some(RUN_DELETE)),
            Command::Cordon(node) => (Text::NodeCordoned { node }, Some(RUN_CORDON)),
            Command::Uncordon(node) => (Text::NodeUncordoned { node }, Some(RUN_UNCORDON)),
        }
    }
}

/// What a patch is about: the template before all else, since that is what is rolled out.
fn patched(changes: &[Change]) -> Text<'_> {
    let of_template = |change: &Change| matches!(change, Change::Template(_) | Change::Image { .. });
    match changes {
        [Change::Image { image, .. }] => Text::ImageSet { image: short_image(image) },
        _ if changes.iter().any(of_template) => Text::TemplateChanged,
        _ if changes.iter().all(|change| matches!(change, Change::Annotation { .. })) => Text::Annotated,
        _ => Text::Patched,
    }
}

/// Whether two facts say the same of different things.
fn alike(a: &Fact, b: &Fact) -> bool {
    match (a, b) {
        (Fact::Event(a), Fact::Event(b)) => discriminant(a) == discriminant(b),
        _ => discriminant(a) == discriminant(b),
    }
}

/// What happened to pods by themselves; `None` where a rule explains it.
fn happened(event: &Event, count: usize) -> Option<(Text<'static>, Option<Source>)> {
    Some(match event {
        Event::Scheduled(_) => (Text::PodsScheduled { count }, Some(SCHEDULE_ONE_POD)),
        Event::FailedScheduling(..) => (Text::PodsWithoutNode { count }, Some(SCHEDULING_FAILURE)),
        Event::Started(_) => (Text::PodsStarted { count }, Some(START_CONTAINER)),
        Event::Unhealthy(_) => (Text::PodsUnready { count }, Some(PROBE_UNREADY)),
        Event::BackOff(_) => (Text::PodsCrashed { count }, Some(DO_BACK_OFF)),
        Event::PullFailed(_) | Event::PullBackOff(_) => (Text::PullFailed { count }, Some(ENSURE_IMAGE)),
        Event::ScalingReplicaSet { .. }
        | Event::SuccessfulCreate(_)
        | Event::SuccessfulDelete { .. }
        | Event::FailedCreate(..) => return None,
    })
}

fn status(cluster: &Objects, id: DeploymentId) -> Text<'static> {
    let conditions = &cluster.deployment(id).status.conditions;
    match condition(conditions, ConditionType::Progressing).map(|condition| condition.reason) {
        Some(ConditionReason::NewReplicaSetAvailable) => Text::StatusComplete,
        Some(ConditionReason::ProgressDeadlineExceeded) => Text::StatusTimedOut,
        Some(ConditionReason::DeploymentPaused) => Text::StatusPaused,
        Some(ConditionReason::DeploymentResumed) => Text::StatusResumed,
        _ => Text::StatusWritten,
    }
}

/// The message of an event that says more than its heading.
fn message(fact: &Fact, cluster: &Cluster) -> Option<(String, String)> {
    match fact {
        Fact::Event(event @ (Event::FailedScheduling(..) | Event::PullFailed(_) | Event::PullBackOff(_))) => {
            Some((event.message(cluster), String::new()))
        }
        _ => None,
    }
}

/// The numbers that a status holds now, under their API names.
fn numbers(fact: &Fact, now: &Objects) -> Option<(String, String)> {
    let counts = match fact {
        Fact::ReplicaSetStatus(id) => {
            let status = now.replica_set(*id).status;
            vec![
                ("replicas", status.replicas),
                ("readyReplicas", status.ready_replicas),
                ("availableReplicas", status.available_replicas),
                ("terminatingReplicas", status.terminating_replicas),
            ]
        }
        Fact::DeploymentStatus(id) => {
            let status = &now.deployment(*id).status;
            vec![
                ("replicas", status.replicas),
                ("updatedReplicas", status.updated_replicas),
                ("readyReplicas", status.ready_replicas),
                ("availableReplicas", status.available_replicas),
            ]
        }
        _ => return None,
    };
    let counts: Vec<_> = counts.iter().map(|(name, count)| format!("{name}: {count}")).collect();
    Some((counts.join(", "), String::new()))
}

#[cfg(test)]
mod tests {
    use crate::session::{Options, Session};
    use crate::sim::out::Actor;
    use crate::view::why::why;

    /// What is said of the first command of a link.
    fn told(ops: &str) -> String {
        let mut session = Session::new(Options { link: format!("ops=10:{ops}"), ..Options::default() });
        let steps = session.timeline.steps();
        let asked = (2..=steps).find(|step| session.timeline.step_at(*step).actor == Actor::User);
        session.timeline.seek(asked.expect("it is asked"));
        why(&session).reasons[0].heading.clone()
    }

    #[test]
    fn a_patch_is_told_by_what_it_changes() {
        let stays = "the template stays, so nothing is rolled out anew";
        let template = "template=1:3:app3:web0:0:1:3:web6:web:v212:IfNotPresent0:0:0:0:";
        assert_eq!(told("maxSurge=1"), format!("You change the spec; {stays}"));
        assert_eq!(
            told("annotate:a=:b;annotate:c=:d"),
            format!("You change the Deployment’s annotations; {stays}")
        );
        assert_eq!(told("annotate:a=:b;minReadySeconds=1"), format!("You change the spec; {stays}"));
        assert_eq!(told("image:web=web:v2"), "You ask for v2");
        assert_eq!(told("image:web=web:v2;annotate:a=:b"), "You change the pod template");
        assert_eq!(told(template), "You change the pod template");
    }
}
