//! A rollout that gets nowhere is reported, in time and never too early.

use proptest::prelude::*;

use rollscope::sim::Sim;
use rollscope::sim::cluster::DeploymentStatus;
use rollscope::sim::conditions::{ConditionReason, ConditionType, condition};
use rollscope::sim::deployment::progress::{deadline, has_progress_deadline};
use rollscope::sim::out::{Actor, Fact, Step};
use rollscope::sim::rule::Rule;
use rollscope::sim::time::{SimDuration, SimTime};

use crate::config;
use crate::counted::progressing;
use crate::generated::{any_pods, any_runs, interference, rollouts, runs};
use crate::run::{Moment, WEB, is_decision};

const SECOND: SimDuration = SimDuration::from_secs(1);

proptest! {
    #![proptest_config(config())]

    /// Progress is counted anew here, so the commands are those during which every progress counts:
    /// while a Deployment is paused or scaled nobody looks.
    #[test]
    fn a_stuck_rollout_is_reported_a_second_after_its_deadline(
        mut run in runs(any_pods(), prop_oneof![2 => rollouts(), 1 => interference()])
    ) {
        run.spec_mut().paused = false;
        let (mut progress, mut status) = (SimTime::ZERO, DeploymentStatus::default());
        let mut reported = false;
        run.watch(|moment, sim| {
            if let Moment::Stepped(step) = &moment && is_decision(step) {
                let after = &sim.cluster.deployment(WEB).status;
                if has_progressed(step, &status, after) {
                    progress = step.at.stored();
                }
                status = after.clone();
            }
            let was = std::mem::replace(&mut reported, is_reported(sim));
            let spec = &sim.cluster.deployment(WEB).spec;
            let due = progress + deadline(spec);
            assert!(!reported || was || (due < sim.now() && sim.now() <= due + SECOND), "{due}: {:?}", sim.now());
            if matches!(moment, Moment::InstantEnds) && has_progress_deadline(spec) && !is_done(sim) {
                assert!(reported || sim.now() < due + SECOND, "due at {due}, silent at {:?}", sim.now());
                assert!(!reported || due < sim.now(), "due at {due}, reported at {:?}", sim.now());
            }
        });
    }

    /// The same for all commands, with the time of the last progress as the condition has it. A command
    /// may move the deadline into the past.
    #[test]
    fn a_deadline_is_never_reported_early_or_late_or_while_paused(run in any_runs()) {
        let mut last_command = SimTime::ZERO;
        let mut before = None;
        run.watch(|moment, sim| {
            if let Moment::Stepped(Step { actor: Actor::User, at, .. }) = moment {
                last_command = at;
            }
            let now = progressing(&sim.cluster);
            let spec = &sim.cluster.deployment(WEB).spec;
            if let (false, Some((_, last_update))) = (is_reported_in(before), before) && is_reported_in(now) {
                assert!(!spec.paused);
                let due = last_update + deadline(spec);
                let latest = last_command.max(due + SECOND);
                assert!(due < sim.now() && sim.now() <= latest, "due at {due}, reported at {:?}", sim.now());
            }
            before = now;
        });
    }

    #[test]
    fn the_condition_says_whether_a_deployment_with_a_deadline_is_paused(run in any_runs()) {
        run.watch_instants(|sim| {
            let spec = &sim.cluster.deployment(WEB).spec;
            if has_progress_deadline(spec) && !is_reported(sim) {
                let reason = progressing(&sim.cluster).map(|(reason, _)| reason);
                assert_eq!(reason == Some(ConditionReason::DeploymentPaused), spec.paused, "{reason:?}");
            }
        });
    }

    /// Neither is news that somebody pauses or resumes.
    #[test]
    fn what_is_reported_stays_until_there_is_progress_and_nothing_is_without_a_deadline(run in any_runs()) {
        use ConditionReason::{NewReplicaSetAvailable, NewReplicaSetCreated, ReplicaSetUpdated};
        let mut before = None;
        run.watch(|_, sim| {
            let now = progressing(&sim.cluster);
            if now.is_some() && before.is_none() {
                assert!(has_progress_deadline(&sim.cluster.deployment(WEB).spec), "{now:?}");
            }
            if let (true, false, Some((reason, _))) = (is_reported_in(before), is_reported_in(now), now) {
                let progress = [NewReplicaSetAvailable, NewReplicaSetCreated, ReplicaSetUpdated];
                assert!(progress.contains(&reason), "{reason:?}");
            }
            before = now;
        });
    }
}

/// A ReplicaSet was created, or the numbers say that pods came, became ready or available, or that old
/// ones went. If nothing has happened since the last ReplicaSet was created, one more is no news: a
/// condition keeps its times while its reason stays, in a cluster as here.
fn has_progressed(step: &Step, before: &DeploymentStatus, after: &DeploymentStatus) -> bool {
    let old = |status: &DeploymentStatus| status.replicas - status.updated_replicas;
    let created = step.facts.iter().any(|fact| matches!(fact, Fact::Rule(Rule::GetNewReplicaSet { .. })));
    let reason = condition(&before.conditions, ConditionType::Progressing).map(|found| found.reason);
    created && reason != Some(ConditionReason::NewReplicaSetCreated)
        || before.updated_replicas < after.updated_replicas
        || before.ready_replicas < after.ready_replicas
        || before.available_replicas < after.available_replicas
        || old(after) < old(before)
}

fn is_reported(sim: &Sim) -> bool {
    is_reported_in(progressing(&sim.cluster))
}

fn is_reported_in(progressing: Option<(ConditionReason, SimTime)>) -> bool {
    progressing.is_some_and(|(reason, _)| reason == ConditionReason::ProgressDeadlineExceeded)
}

/// A rollout that has once been complete is not looked at again before there is progress.
fn is_done(sim: &Sim) -> bool {
    progressing(&sim.cluster).is_some_and(|(reason, _)| reason == ConditionReason::NewReplicaSetAvailable)
}
