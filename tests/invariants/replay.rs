//! A run follows from its inputs, however it is moved through.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use rollscope::sim::time::{SimDuration, SimTime};
use rollscope::timeline::Timeline;

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
        let journal = timeline.journal().to_vec();
        assert_eq!(journal, run.play().0[..journal.len()]);
        for step in steps.into_iter().map(|index| index.index(journal.len()) + 1) {
            timeline.seek(step);
            assert_eq!(timeline.cursor(), &run.after(step), "step {step} of {}", journal.len());
        }
    }

    /// What the past has become is a run like any other; what was refused has not become anything.
    #[test]
    fn acting_in_the_past_cuts_the_future_and_nothing_else(
        run in runs(pods_that_settle(), any_commands()), millis in 0..60_000_u64, command in any_commands()
    ) {
        let mut timeline = run.timeline();
        let before = timeline.journal().to_vec();
        let at = SimTime::from_millis(millis);
        timeline.seek_time(at);
        let acted = timeline.act(command).is_ok_and(|answer| !answer.changes_nothing());
        let again = Timeline::new(timeline.inputs().clone()).expect("it is a run already");
        assert_eq!(timeline.journal(), again.journal());
        assert_eq!(timeline.series(), again.series());
        assert_eq!(timeline.frontier(), again.frontier());
        let past = if acted { before.partition_point(|step| step.at <= at) } else { before.len() };
        assert_eq!(timeline.journal()[..past], before[..past]);
        assert!(acted || timeline.journal().len() == past);
    }
}
