//! What is typed: it is refused or done, and nothing in between.

use std::rc::Rc;

use proptest::prelude::*;

use rollscope::sim::Sim;
use rollscope::sim::out::{Actor, Fact, Step};

use crate::config;
use crate::generated::{any_pods, any_runs, healthy_pods, huge_commands, runs, wild_commands};
use crate::run::Moment;

/// A huge surge and another size in the middle of a rollout ask for more pods than fit anywhere, in a
/// cluster as here.
const MOST_PODS: usize = 1_000;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_refused_or_empty_command_changes_nothing(run in runs(any_pods(), wild_commands())) {
        let mut before: Option<Sim> = None;
        run.watch_while(|moment, sim| {
            match moment {
                Moment::Stepped(step) => {
                    if let Some(before) = before.as_ref().filter(|_| is_idle(&step)) {
                        assert_eq!((&sim.cluster, sim.next_at()), (&before.cluster, before.next_at()));
                        assert_eq!((sim.steps(), sim.commands()), (before.steps() + 1, before.commands() + 1));
                        assert_eq!(step.facts.len(), 1);
                    }
                }
                Moment::InstantEnds => before = Some(sim.clone()),
            }
            sim.cluster.pods.len() <= MOST_PODS
        });
    }

    #[test]
    fn a_run_is_the_same_without_its_refused_and_empty_commands(run in any_runs()) {
        let (mut journal, _) = run.play();
        let mut answers = journal[1..].iter().filter(|step| step.actor == Actor::User);
        let mut without = run.clone();
        without.script.retain(|_| !is_idle(answers.next().expect("every command is a step")));
        journal.retain(|step| !is_idle(step));
        assert_eq!(without.play().0, journal);
    }

    #[test]
    fn what_would_be_answered_is_what_is_answered(run in runs(any_pods(), wild_commands())) {
        let mut expected = None;
        run.watch_while(|moment, sim| {
            match moment {
                Moment::Stepped(Step { actor: Actor::User, facts, .. }) if 1 < sim.steps() => {
                    let fact = match expected.take().expect("a command follows the end of an instant") {
                        (command, Ok(answer)) => Fact::Answered(Rc::new(command), Rc::new(answer)),
                        (command, Err(rejected)) => Fact::Refused(Rc::new(command), Rc::new(rejected)),
                    };
                    assert_eq!(facts[0], fact);
                }
                Moment::Stepped(_) => {}
                Moment::InstantEnds => {
                    let next = run.script.get(sim.commands());
                    expected = next.map(|next| (next.command.clone(), sim.clone().act(next.at, &next.command)));
                }
            }
            sim.cluster.pods.len() <= MOST_PODS
        });
    }

    #[test]
    fn random_commands_never_panic(run in runs(any_pods(), wild_commands())) {
        run.watch_while(|_, sim| sim.cluster.pods.len() <= MOST_PODS);
    }

    #[test]
    fn huge_numbers_neither_panic_nor_make_a_size_negative(run in runs(healthy_pods(), huge_commands())) {
        run.watch_while(|_, sim| {
            assert!(sim.cluster.replica_sets.iter().all(|replica_set| 0 <= replica_set.replicas));
            sim.cluster.pods.len() <= MOST_PODS
        });
    }
}

/// Whether this is a command that did nothing.
fn is_idle(step: &Step) -> bool {
    match &step.facts[0] {
        Fact::Refused(..) => true,
        Fact::Answered(_, answer) => answer.changes_nothing(),
        _ => false,
    }
}
