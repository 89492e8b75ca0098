//! What is worth leafing to in a run: on the stories, and against a walk through every step.

use rollscope::sim::conditions::{ConditionReason, ConditionType, condition};
use rollscope::stories::{self, story};
use rollscope::timeline::landmarks::{FAILURES, Kind};
use rollscope::timeline::{SHOWN, Timeline};

fn told(name: &str) -> Timeline {
    let inputs = story(name).expect("there is this story").inputs();
    Timeline::new(inputs).expect("the API server takes it")
}

fn seconds(timeline: &Timeline, kind: Kind) -> Vec<u64> {
    timeline.landmarks().all(kind).iter().map(|step| timeline.at(*step as usize).secs()).collect()
}

#[test]
fn pods_that_come_together_are_a_batch() {
    let timeline = told("article-10-defaults");
    assert_eq!(seconds(&timeline, Kind::Command), [0, 20, 80]);
    assert_eq!(seconds(&timeline, Kind::Batch), [0, 5, 20, 25, 25, 30, 80, 85, 85, 90]);
    assert_eq!(seconds(&timeline, Kind::Complete), [5, 30, 90]);
    assert!(timeline.landmarks().all(Kind::FloorBroken).is_empty());
}

/// The moments at which the condition Progressing comes to have a reason, found step by step.
fn moments(timeline: &mut Timeline, reason: ConditionReason) -> Vec<u64> {
    let mut moments = Vec::new();
    let mut before = None;
    for step in 1..=timeline.steps() {
        timeline.seek(step);
        let conditions = &timeline.cluster().deployment(SHOWN).status.conditions;
        let now = condition(conditions, ConditionType::Progressing).map(|condition| condition.reason);
        if now == Some(reason) && before != now {
            moments.push(timeline.time().secs());
        }
        before = now;
    }
    moments
}

#[test]
fn deadlines_and_completions_are_where_the_condition_says() {
    let told = stories::groups().flat_map(|group| group.stories());
    for story in told.filter(|story| !["hundred", "thousand"].contains(&story.name())) {
        let Ok(mut timeline) = Timeline::new(story.inputs()) else { continue };
        let deadlines = moments(&mut timeline, ConditionReason::ProgressDeadlineExceeded);
        assert_eq!(seconds(&timeline, Kind::Deadline), deadlines, "{}", story.name());
        let complete = seconds(&timeline, Kind::Complete);
        for moment in moments(&mut timeline, ConditionReason::NewReplicaSetAvailable) {
            assert!(complete.contains(&moment), "{}: {moment} of {complete:?}", story.name());
        }
    }
}

#[test]
fn what_goes_wrong_is_found() {
    let timeline = told("crash-no-min-ready");
    let landmarks = timeline.landmarks();
    assert_eq!(seconds(&timeline, Kind::FloorBroken), [42, 72, 112, 172]);
    assert_eq!(landmarks.last(&FAILURES, usize::MAX).map(|step| timeline.at(step).secs()), Some(177));
    let first = landmarks.all(Kind::Crash)[0] as usize;
    assert_eq!(landmarks.next(&FAILURES, 0), Some(first));
    assert_eq!(landmarks.next(&FAILURES, first - 1), Some(first));
    assert_ne!(landmarks.next(&FAILURES, first), Some(first));
}
