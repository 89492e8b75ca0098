//! Templates and revisions: undo, pause, history.

use proptest::prelude::*;

use rollscope::sim::cluster::Cluster;
use rollscope::sim::command::{Answer, Command, Rejected, Scripted};
use rollscope::sim::deployment::progress::deployment_complete;
use rollscope::sim::deployment::revisions::{deployment_revision, revision};
use rollscope::sim::deployment::sync::{find_new_replica_set, find_replica_sets};
use rollscope::sim::out::{Fact, Step};
use rollscope::sim::rule::Rule;
use rollscope::sim::spec::UNLIMITED;

use crate::config;
use crate::counted::existing_replica_sets;
use crate::generated::{any_pods, any_runs, rollouts, runs};
use crate::run::{Moment, WEB, is_decision};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn undo_restores_the_template_and_takes_the_next_revision(run in any_runs()) {
        let (mut before, mut next_revision) = (None, None);
        run.watch(|moment, sim| match moment {
            Moment::Stepped(step) => {
                if let Some((to_revision, answer)) = undo_in(&step) {
                    let before = before.as_ref().expect("a command follows the end of an instant");
                    next_revision = expect_undone(before, &sim.cluster, to_revision, answer);
                }
            }
            Moment::InstantEnds => {
                if let Some(next) = next_revision.take() {
                    assert_eq!(deployment_revision(sim.cluster.deployment(WEB)), next);
                }
                before = Some(sim.cluster.clone());
            }
        });
    }

    #[test]
    fn the_new_replica_set_has_the_latest_revision(run in any_runs()) {
        let mut before = 0;
        // Where a user has deleted the latest ReplicaSet, the next counts on from those that are left.
        let is_deletion = |scripted: &Scripted| matches!(scripted.command, Command::DeleteReplicaSet(_));
        let may_fall = run.script.iter().any(is_deletion);
        run.watch_instants(|sim| {
            let now = deployment_revision(sim.cluster.deployment(WEB));
            assert!(before <= now || may_fall, "{now} after {before}");
            before = now;
            let Some(new_rs) = find_new_replica_set(&sim.cluster, WEB) else { return };
            assert_eq!(revision(sim.cluster.replica_set(new_rs)), now);
            let replica_sets = find_replica_sets(&sim.cluster, WEB);
            let mut old_rss = replica_sets.old_rss();
            assert!(old_rss.all(|id| revision(sim.cluster.replica_set(id)) < now));
        });
    }

    /// All there is to it: while a Deployment is paused a change of its template creates no ReplicaSet,
    /// and sizes follow only the rules of scaling. Those do apply even if nobody scales, in a cluster as
    /// here: pods that are missing below the ceiling come as soon as a rollout is paused.
    #[test]
    fn a_paused_deployment_is_scaled_and_nothing_else(run in any_runs()) {
        let mut replica_sets = 0;
        run.watch(|moment, sim| {
            let Moment::Stepped(step) = moment else { return };
            if is_decision(&step) && sim.cluster.deployment(WEB).spec.paused {
                assert_eq!(sim.cluster.replica_sets.len(), replica_sets, "{step:?}");
                assert!(step.facts.iter().all(|fact| !is_rollout(fact)), "{step:?}");
            }
            replica_sets = sim.cluster.replica_sets.len();
        });
    }

    #[test]
    fn a_complete_rollout_keeps_no_more_history_than_its_limit(run in runs(any_pods(), rollouts())) {
        run.watch_instants(|sim| {
            let deployment = sim.cluster.deployment(WEB);
            let limit = deployment.spec.revision_history_limit;
            let old_rss = find_replica_sets(&sim.cluster, WEB).old_rss().count();
            let complete = deployment_complete(deployment, &deployment.status);
            assert!(!complete || limit == UNLIMITED || old_rss <= limit as usize, "{old_rss} of {limit}");
        });
    }
}

/// The revision asked for and the answer, if this step is an undo.
fn undo_in(step: &Step) -> Option<(i64, Result<&Answer, &Rejected>)> {
    let (command, said) = match &step.facts[0] {
        Fact::Answered(command, answer) => (command, Ok(&**answer)),
        Fact::Refused(command, rejected) => (command, Err(&**rejected)),
        _ => return None,
    };
    match **command {
        Command::RolloutUndo { to_revision, .. } => Some((to_revision, said)),
        _ => None,
    }
}

/// The template is that of the revision asked for, or with 0 of the last but one, if there is such
/// a revision and nobody has paused. Returns the number that the rollout should take, if there is one
/// to be.
#[track_caller]
fn expect_undone(
    before: &Cluster,
    after: &Cluster,
    to_revision: i64,
    answer: Result<&Answer, &Rejected>,
) -> Option<i64> {
    let mut latest_first: Vec<_> =
        existing_replica_sets(before).map(|(_, rs)| (revision(rs), &rs.template)).collect();
    latest_first.sort_by_key(|(revision, _)| -revision);
    let wanted = match to_revision {
        0 => latest_first.get(1),
        _ => latest_first.iter().find(|(revision, _)| *revision == to_revision),
    };
    let spec = &before.deployment(WEB).spec;
    let (own, template) = wanted.filter(|_| !spec.paused).map_or((0, &spec.template), |wanted| *wanted);
    assert_eq!(&after.deployment(WEB).spec.template, template);
    match (wanted.is_some(), spec.paused) {
        (false, _) => assert!(answer.is_err(), "there is no revision {to_revision}, but {answer:?}"),
        (true, true) => assert_eq!(answer, Err(&Rejected::CannotRollBackPaused)),
        (true, false) if *template == spec.template => {
            assert_eq!(answer, Ok(&Answer::SkippedRollback { revision: to_revision }));
        }
        (true, false) => {
            assert_eq!(answer, Ok(&Answer::RolledBack));
            // The latest of all may be undone to as well, from a template that has no ReplicaSet yet;
            // it keeps its number then.
            let others = latest_first.iter().map(|(revision, _)| *revision).filter(|other| *other != own);
            return Some(own.max(others.max().unwrap_or(0) + 1));
        }
    }
    None
}

/// Whether this is a rule by which a rollout goes on.
fn is_rollout(fact: &Fact) -> bool {
    let Fact::Rule(rule) = fact else { return false };
    !matches!(
        rule,
        Rule::Paused { .. }
            | Rule::ScaleActiveOrLatest { .. }
            | Rule::ScaleDownWhenSaturated { .. }
            | Rule::ScaleProportionally { .. }
    )
}
