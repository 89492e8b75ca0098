use super::*;
use crate::line;
use crate::session::Options;
use crate::session::msg::Msg;
use crate::stories::groups;
use crate::timeline::Timeline;

/// A session at a moment of a run.
fn at(line: &str, seconds: u64) -> Session {
    let mut session = Session::new(Options::default());
    session.timeline = Timeline::new(line::read(line.split(' '))).unwrap();
    session.timeline.seek_time(SimTime::from_secs(seconds));
    session
}

/// A session in a story, at a moment or at its end.
fn told(name: &str, seconds: Option<u64>) -> Session {
    let mut session = Session::new(Options::default());
    session.update(Msg::OpenStory(name.to_owned()));
    let end = session.timeline.end();
    session.timeline.seek_time(seconds.map_or(end, SimTime::from_secs));
    session
}

fn first(session: &Session) -> Option<Guard> {
    let all = guards(&session.timeline, true)?;
    all.first().filter(|(_, binds)| *binds).map(|(guard, _)| *guard)
}

fn tried(session: &Session) -> Trials {
    trials(session, &guards(&session.timeline, true).unwrap_or_default())
}

/// The names of the guards that bind, what is said of doing nothing, and the commands that help.
fn explained(session: &Session) -> (String, String, Vec<String>) {
    let (model, tried) = stall(session, None).expect("the rollout is incomplete");
    assert!(tried.is_some() && model.open, "it is stuck");
    let helps = model.edits.iter().filter(|edit| edit.completes);
    let line = |edit: &EditRow| edit.action.as_ref().map(|it| it.command.clone()).filter(|it| !it.is_empty());
    let helps = helps.map(|edit| line(edit).unwrap_or_else(|| edit.label.clone()));
    (model.summary, model.edits[0].outcome.clone(), helps.collect())
}

#[test]
fn what_binds_comes_first_and_something_helps() {
    #[track_caller]
    fn check(name: &str, seconds: Option<u64>, expect: fn(&Guard) -> bool) {
        let session = told(name, seconds);
        let found = first(&session);
        assert!(found.as_ref().is_some_and(expect), "{name}: {found:?}");
        let tried = tried(&session);
        let (left_alone, edits) = tried.all.split_first().unwrap();
        assert_eq!((&left_alone.0, left_alone.1.complete), (&Edit::LeaveAlone, None), "{name}");
        assert!(edits.iter().any(|(_, outcome)| outcome.complete.is_some()), "{name}: {edits:?}");
    }

    check("never-ready", Some(140), |it| *it == Guard::NeverReady(5));
    check("deadline-default", Some(300), |it| *it == Guard::NeverReady(1));
    check("deadline-default", None, |it| *it == Guard::NeverReady(1));
    check("bad-image", Some(140), |it| *it == Guard::Image(5));
    check("ready-never-then-fixed-by-config", Some(90), |it| matches!(it, Guard::NeverReady(_)));
    check("undo-while-stalled", Some(50), |it| *it == Guard::NeverReady(5));
    check("rollover", Some(50), |it| *it == Guard::NeverReady(5));
    check("scale-up-mid-rollout", None, |it| *it == Guard::NeverReady(7));
    check("scale-up-mid-rollout-percent", None, |it| *it == Guard::NeverReady(15));
    check("scale-down-mid-rollout", None, |it| matches!(it, Guard::NeverReady(_)));
    check("min-ready-flap", None, |it| matches!(it, Guard::Flap(_)));
    check("flap-resets-deadline", None, |it| matches!(it, Guard::Flap(_)));
    check("crash-at-once", None, |it| matches!(it, Guard::Crash(_)));
    check("crash-with-min-ready", None, |it| matches!(it, Guard::Crash(_)));
    check("pause-mid-rollout", Some(100), |it| *it == Guard::Paused(true));
    check("pause-batch-edits", Some(35), |it| *it == Guard::Paused(true));
    check("one-replica-full-node", Some(70), |it| *it == Guard::Nodes { count: 1, full: 1, cordoned: 0 });
    check("three-nodes-one-each", Some(110), |it| *it == Guard::Nodes { count: 1, full: 3, cordoned: 0 });
}

#[test]
fn every_story_that_ends_incomplete_is_explained() {
    for story in groups().flat_map(|group| group.stories()) {
        let Ok(mut timeline) = Timeline::new(story.inputs()) else { continue };
        timeline.seek_time(timeline.end());
        let Some(all) = guards(&timeline, true) else { continue };
        let mut session = Session::new(Options::default());
        session.timeline = timeline;
        assert!(all[0].1, "{}: nothing binds: {all:?}", story.name());
        let helps = tried(&session).all.iter().skip(1).any(|(_, outcome)| outcome.complete.is_some());
        assert!(helps, "{}: {all:?}", story.name());
    }
}

#[test]
fn what_is_offered_is_what_an_engineer_would_do() {
    let (binds, alone, helps) = explained(&told("never-ready", Some(140)));
    assert_eq!(binds, "readinessProbe, maxSurge, maxUnavailable");
    assert_eq!(alone, "stays stuck: 5 pods run and never become ready");
    assert_eq!(helps, ["kubectl rollout undo deployment/web", "kubectl set image deployment/web web=v3"]);
    let (binds, _, helps) = explained(&told("three-nodes-one-each", Some(110)));
    assert_eq!(binds, "FailedScheduling, maxSurge, maxUnavailable");
    let patch =
        r#"kubectl patch deployment web -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":1}}}}'"#;
    assert!(helps.iter().any(|line| line == patch), "{helps:?}");
    let (_, _, helps) = explained(&told("pause-mid-rollout", Some(100)));
    assert_eq!(helps, ["kubectl rollout resume deployment/web"]);
}

#[test]
fn a_full_quota_and_a_cordoned_node_are_found() {
    let (binds, _, helps) = explained(&at("replicas=3 quota=3 @20 image=v2", 60));
    assert!(binds.starts_with("ResourceQuota"), "{binds}");
    assert!(helps.iter().any(|edit| edit == "Raise the pod quota to 4"), "{helps:?}");
    let line = "replicas=3 nodes=node1:4,node2:1 @10 cordon=node1 @20 image=v2";
    let (binds, _, helps) = explained(&at(line, 60));
    assert!(binds.starts_with("FailedScheduling"), "{binds}");
    assert!(helps.iter().any(|edit| edit == "kubectl uncordon node1"), "{helps:?}");
}

#[test]
fn a_rollout_that_gets_on_is_not_called_stuck() {
    let session = Session::new(Options::default());
    let (model, tried) = stall(&session, None).unwrap();
    assert!(!model.open && tried.is_none() && model.edits.is_empty());
    assert_eq!(model.summary, "readinessProbe, maxSurge, maxUnavailable");
    let session = at("replicas=3 strategy=Recreate @20 image=v2", 22);
    assert_eq!(stall(&session, None).unwrap().0.summary, "Recreate");
    let session = at("replicas=3 minReadySeconds=10 @20 image=v2", 27);
    assert!(stall(&session, None).unwrap().0.summary.starts_with("minReadySeconds"));
    assert!(stall(&at("replicas=3", 60), None).is_none());
}

#[test]
fn what_is_promised_comes_true() {
    let mut session = told("three-nodes-one-each", Some(110));
    let tried = tried(&session);
    for (edit, outcome) in &tried.all {
        let (Some(msg), Some(complete)) = (edit.msg(), outcome.complete) else { continue };
        let mut acted = session.clone();
        acted.update(msg);
        let end = acted.timeline.end();
        acted.timeline.seek_time(end);
        assert!(guards(&acted.timeline, true).is_none(), "{edit:?}");
        acted.timeline.seek_time(complete);
        assert!(guards(&acted.timeline, true).is_none(), "{edit:?}");
        acted.timeline.seek_time(complete - crate::sim::time::SimDuration::from_secs(1));
        assert!(guards(&acted.timeline, true).is_some(), "{edit:?}");
    }
    // The guards say the same of the moment, whatever was tried.
    session.update(Msg::OpenStall(true));
    assert_eq!(first(&session), Some(Guard::Nodes { count: 1, full: 3, cordoned: 0 }));
}
