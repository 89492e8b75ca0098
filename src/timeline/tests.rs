//! A run, moved through.

use super::landmarks::Kind;
use super::recording::reasons;
use super::*;
use crate::sim::behaviour::Flap;
use crate::sim::conditions::ConditionReason;
use crate::sim::rule::Rule;
use crate::sim::time::SimDuration;

fn article() -> Timeline {
    let set_image = Command::SetImage { deployment: SHOWN, image: "web:v2".to_owned() };
    let script = vec![Scripted { at: SimTime::from_secs(20), command: set_image }];
    Timeline::new(Inputs { scenario: Scenario::article(), script }).unwrap()
}

fn undo() -> Command {
    Command::RolloutUndo { deployment: SHOWN, to_revision: 0 }
}

#[test]
fn seek_equals_run() {
    let timeline = article();
    let mut run = Recording::new(&timeline.inputs.scenario).unwrap();
    for step in 1..=timeline.steps() {
        assert_eq!(run.journal.steps(), step);
        for from in [1, step / 2, timeline.steps()] {
            let mut seeker = timeline.clone();
            seeker.seek(from);
            seeker.seek(step);
            assert_eq!(*seeker.cluster(), run.sim.cluster.objects, "step {step} from {from}");
            assert_eq!(seeker.cursor.state().tallies(), run.journal.tallies(), "step {step} from {from}");
            let stages = seeker.pods().existing().map(|(id, pod)| (id, pod.stage));
            let expect = run.sim.cluster.existing_pods().map(|(id, pod)| (id, pod.stage));
            assert!(stages.eq(expect), "step {step} from {from}");
        }
        run.advance(&timeline.inputs.script, SimTime::MAX);
    }
}

/// A journal of several blocks, each of which starts its differences afresh.
#[test]
fn walking_on_equals_run() {
    let mut inputs = article().inputs;
    inputs.scenario.deployments[0].1.replicas = 200;
    Rc::make_mut(&mut inputs.scenario.behaviours).default.jitter = 5_000;
    let mut walker = Timeline::new(inputs.clone()).unwrap();
    let mut run = Recording::new(&inputs.scenario).unwrap();
    assert!(2 * walker.longest_seek().0 < walker.steps());
    for step in 1..=walker.steps() {
        walker.seek(step);
        assert_eq!(*walker.cluster(), run.sim.cluster.objects, "step {step}");
        assert_eq!(walker.cursor.state().tallies(), run.journal.tallies(), "step {step}");
        run.advance(&inputs.script, SimTime::MAX);
    }
}

#[test]
fn a_moment_shows_all_that_has_happened_by_then() {
    let mut timeline = article();
    timeline.seek_time(SimTime::from_millis(24_999));
    assert_eq!(timeline.step().at, SimTime::from_secs(22));
    timeline.seek_time(SimTime::from_secs(25));
    assert_eq!(timeline.step().at, SimTime::from_secs(25));
    assert_eq!(timeline.next_step().unwrap().at, SimTime::from_secs(27));
}

#[test]
fn acting_in_the_past_makes_another_future() {
    let mut timeline = article();
    timeline.seek_time(SimTime::from_secs(23));
    let before: Vec<_> = (1..=timeline.step_number()).map(|step| timeline.step_at(step)).collect();
    timeline.act(undo()).unwrap();
    assert_eq!(timeline.time(), SimTime::from_secs(23));
    assert_eq!(timeline.inputs.script.len(), 2);
    assert!(before.iter().enumerate().all(|(index, step)| timeline.step_at(index + 1) == *step));
    assert_eq!(timeline.last_cluster().deployment(SHOWN).spec.template.image(), "web:v1");
    let again = Timeline::new(timeline.inputs.clone()).unwrap();
    assert!((1..=again.steps()).all(|step| again.step_at(step) == timeline.step_at(step)));
    assert_eq!((again.steps(), again.end()), (timeline.steps(), timeline.end()));
    assert_eq!(again.run.series, timeline.run.series);
    assert_eq!(again.run.lives, timeline.run.lives);
}

#[test]
fn a_refused_command_costs_no_future() {
    let mut timeline = article();
    timeline.seek_time(SimTime::from_secs(10));
    let steps = timeline.steps();
    let refused = timeline.act(undo());
    assert_eq!(refused, Err(Rejected::NoRolloutHistory { deployment: "web".to_owned() }));
    assert_eq!(timeline.steps(), steps);
}

#[test]
fn an_endless_run_is_left_off_after_the_deadline() {
    let mut inputs = article().inputs;
    Rc::make_mut(&mut inputs.scenario.behaviours).of_mut("web:v2").crash_after =
        Some(SimDuration::from_secs(1));
    Rc::make_mut(&mut inputs.scenario.behaviours).of_mut("web:v2").ready = Vec::new();
    let timeline = Timeline::new(inputs).unwrap();
    assert!(timeline.is_endless());
    let reason = reasons(&timeline.run.sim);
    assert!(reason.contains(&Some(ConditionReason::ProgressDeadlineExceeded)), "{reason:?}");
    assert!(timeline.end() < SimTime::from_secs(20 + 601 + 660), "{:?}", timeline.end());
    assert!(!article().is_endless());
}

fn set_image_at(seconds: u64) -> Vec<Scripted> {
    let command = Command::SetImage { deployment: SHOWN, image: "web:v2".to_owned() };
    vec![Scripted { at: SimTime::from_secs(seconds), command }]
}

/// What goes wrong late goes wrong all the same: all that an hour brings is there.
#[test]
fn a_run_is_not_left_off_before_pods_crash_or_flap() {
    let late = Some(SimDuration::from_secs(90));
    for kind in [Kind::Crash, Kind::Unhealthy] {
        let mut scenario = Scenario::article();
        let behaviour = Rc::make_mut(&mut scenario.behaviours).of_mut("web:v2");
        match kind {
            Kind::Crash => behaviour.crash_after = late,
            _ => behaviour.flap = late.map(|time| Flap { ready_for: time, unready_for: time }),
        }
        let run = Timeline::new(Inputs { scenario, script: set_image_at(20) }).unwrap();
        assert!(run.landmarks().next(&[kind], 1).is_some(), "{kind:?}");
    }
}

/// The wait begins anew after ten minutes of running, and those of waiting are none.
#[test]
fn waits_after_crashes_grow_as_long_as_containers_run_shortly() {
    let waits = |runs: u64| {
        let mut scenario = Scenario::article();
        scenario.deployments[0].1.replicas = 1;
        Rc::make_mut(&mut scenario.behaviours).default.crash_after = Some(SimDuration::from_secs(runs));
        let mut run = Recording::new(&scenario).unwrap();
        while run.sim.now() < SimTime::from_secs(8 * (runs + 300)) && run.advance(&[], SimTime::MAX) {}
        let moments: Vec<_> = run.lives.of(PodId(0)).collect();
        let waits = moments.windows(2).filter(|pair| pair[0].2.is_some());
        let at = |step: u32| run.journal.at(step as usize);
        waits.map(|pair| at(pair[1].0).since(at(pair[0].0)).secs()).take(7).collect::<Vec<_>>()
    };
    assert_eq!(waits(20), [10, 20, 40, 80, 160, 300, 300]);
    assert_eq!(waits(400), [10, 20, 40, 80, 160, 300, 300]);
    assert_eq!(waits(601), [10; 7]);
}

/// No condition says it then.
#[test]
fn a_rollout_without_a_deadline_is_seen_to_be_complete() {
    let mut scenario = Scenario::article();
    scenario.deployments[0].1.progress_deadline_seconds = i32::MAX;
    let run = Timeline::new(Inputs { scenario, script: set_image_at(20) }).unwrap();
    assert_eq!(run.landmarks().all(Kind::Complete).len(), 2);
}

/// A quota that leaves room after all makes a rollout slow, since ReplicaSets wait for longer and longer until they
/// try again; it is no end.
#[test]
fn a_rollout_under_a_quota_is_seen_to_its_end() {
    for (quota, leave, deadline) in [(12, 200, 60), (11, 30, 600), (10, 5, 600), (100, 200, 60)] {
        let mut scenario = Scenario { quota: Some(quota), ..Scenario::article() };
        Rc::make_mut(&mut scenario.behaviours).default.terminate = SimDuration::from_secs(leave);
        scenario.deployments[0].1.progress_deadline_seconds = deadline;
        let mut run = Timeline::new(Inputs { scenario, script: set_image_at(20) }).unwrap();
        run.seek_time(run.end());
        let status = &run.cluster().deployment(SHOWN).status;
        let counts = [status.updated_replicas, status.replicas, status.available_replicas];
        assert_eq!((counts, run.is_endless()), ([10; 3], false), "quota {quota}");
    }
}

#[test]
fn a_condition_that_goes_back_and_forth_does_not_keep_a_run_going() {
    let mut inputs = article().inputs;
    let flap = Flap { ready_for: SimDuration::from_secs(4), unready_for: SimDuration::from_secs(4) };
    Rc::make_mut(&mut inputs.scenario.behaviours).default.flap = Some(flap);
    let timeline = Timeline::new(inputs).unwrap();
    assert!(timeline.is_endless() && timeline.end() < SimTime::from_secs(3000), "{:?}", timeline.end());
}

#[test]
fn the_series_never_leaves_the_budget() {
    for sample in article().series().samples().iter().filter(|sample| SimTime::from_secs(5) < sample.at) {
        assert!(8 <= sample.least_available && sample.most_active <= 13, "{sample:?}");
    }
}

/// Without a deadline, and with the revision it had, that a ReplicaSet is made again leaves no other trace.
#[test]
fn a_replica_set_that_is_made_again_for_no_pods_is_a_step() {
    let set_image = Command::SetImage { deployment: SHOWN, image: "web:v2".to_owned() };
    let delete = Command::DeleteReplicaSet("web-77bb89678".to_owned());
    let script = [set_image, delete].map(|command| Scripted { at: SimTime::ZERO, command });
    let mut scenario = Scenario::article();
    let spec = &mut scenario.deployments[0].1;
    (spec.replicas, spec.progress_deadline_seconds) = (0, i32::MAX);
    let mut timeline = Timeline::new(Inputs { scenario, script: script.into() }).unwrap();
    let made = Fact::Rule(Rule::GetNewReplicaSet { replica_set: ReplicaSetId(2) });
    assert!(timeline.step_at(timeline.steps()).facts.contains(&made));
    timeline.act(Command::Scale { deployment: SHOWN, replicas: 1 }).unwrap();
    timeline.seek(timeline.steps());
    assert_eq!(*timeline.cluster(), timeline.last_cluster().objects);
}
