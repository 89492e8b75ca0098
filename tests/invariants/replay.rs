//! A run follows from its inputs, however it is moved through.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use rollscope::sim::time::{SimDuration, SimTime};
use rollscope::timeline::Timeline;

use rollscope::sim::Sim;
use rollscope::sim::cluster::ReplicaSetId;
use rollscope::sim::out::Step;
use rollscope::timeline::series::Tally;

use crate::generated::{any_commands, any_runs, pods_that_settle, runs};
use crate::{config, fewer_cases};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_same_input_gives_the_same_run(run in any_runs()) {
        assert_eq!(run.play(), run.clone().play());
    }

    #[test]
    fn steps_do_not_depend_on_limits(run in any_runs(), strides in vec(50_u64..3_000, 1..5)) {
        let strides: Vec<_> = strides.into_iter().map(SimDuration::from_millis).collect();
        assert_eq!(run.play_in_strides(&strides), run.play());
    }

    #[test]
    fn a_run_of_pods_that_settle_ends(run in runs(pods_that_settle(), any_commands())) {
        assert_eq!(run.without_limit().play().1.next_at(), None);
    }
}

proptest! {
    #![proptest_config(fewer_cases())]

    /// A run that never ends is left off somewhere.
    #[test]
    fn seek_equals_run(mut run in any_runs(), steps in vec(any::<Index>(), 1..5)) {
        let mut timeline = run.timeline();
        run.until = timeline.end();
        let journal = journal(&timeline);
        assert_eq!(journal, run.play().0[..journal.len()]);
        for step in steps.into_iter().map(|index| index.index(journal.len()) + 1) {
            timeline.seek(step);
            let sim = run.after(step);
            assert_eq!(*timeline.cluster(), sim.cluster.objects, "step {step} of {}", journal.len());
            expect_pods(&timeline, &sim);
        }
    }

    /// What the past has become is a run like any other; what was refused has not become anything.
    #[test]
    fn acting_in_the_past_cuts_the_future_and_nothing_else(
        run in runs(pods_that_settle(), any_commands()), millis in 0..60_000_u64, command in any_commands()
    ) {
        let mut timeline = run.timeline();
        let before = journal(&timeline);
        let at = SimTime::from_millis(millis);
        timeline.seek_time(at);
        let acted = timeline.act(command).is_ok_and(|answer| !answer.changes_nothing());
        let again = Timeline::new(timeline.inputs().clone()).expect("it is a run already");
        let after = journal(&timeline);
        assert_eq!(after, journal(&again));
        assert_eq!(timeline.series(), again.series());
        assert_eq!(timeline.last(), again.last());
        let past = if acted { before.partition_point(|step| step.at <= at) } else { before.len() };
        assert_eq!(after[..past], before[..past]);
        assert!(acted || after.len() == past);
    }
}

fn journal(timeline: &Timeline) -> Vec<Step> {
    (1..=timeline.steps()).map(|step| (*timeline.step_at(step)).clone()).collect()
}

/// What is known of every pod at the step on screen is what the simulator knew.
fn expect_pods(timeline: &Timeline, sim: &Sim) {
    assert_eq!(timeline.pods().existing().count(), sim.cluster.existing_pods().count());
    for (id, pod) in sim.cluster.pods.iter() {
        let shown = timeline.pods().get(id).expect("it has been created");
        assert_eq!((shown.replica_set, shown.stage), (pod.replica_set, pod.stage), "{id:?}");
        assert_eq!((shown.node, shown.created.stored()), (pod.node(), pod.created()), "{id:?}");
        if pod.is_active() {
            assert_eq!((shown.waiting, shown.restarts), (pod.waiting, pod.restarts.into()), "{id:?}");
            assert_eq!(shown.ready.map(SimTime::stored), pod.ready(), "{id:?}");
        }
        let unschedulable = sim.cluster.pods.trouble(id).unschedulable;
        assert!(!pod.is_active() || shown.unschedulable == unschedulable, "{id:?}");
    }
    for id in (0..sim.cluster.replica_sets.len() as u32).map(ReplicaSetId) {
        assert_eq!(timeline.tally(id), Tally::of(&sim.cluster, id, sim.now()));
    }
    assert!(timeline.pods().get(rollscope::sim::pod::PodId(sim.cluster.pods.len() as u32)).is_none());
}
