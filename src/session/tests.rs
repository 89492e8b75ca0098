use super::*;
use crate::timeline::{Mark, mark};

fn session() -> Session {
    Session::new(Options::default())
}

fn replicas(session: &Session) -> i32 {
    session.timeline.cluster().deployment(SHOWN).spec.replicas
}

#[test]
fn it_opens_in_the_middle_of_the_first_burst() {
    let session = session();
    let status = &session.timeline.last_cluster().deployment(SHOWN).status;
    assert_eq!(status.updated_replicas, 10);
    let status = &session.timeline.cluster().deployment(SHOWN).status;
    assert_eq!((status.updated_replicas, status.available_replicas), (5, 8));
    let explained = session.timeline.step_at(session.explained_step());
    assert_eq!(
        (mark(explained.actor, explained.facts.iter()), explained.at),
        (Some(Mark::Decision), SimTime::from_secs(10))
    );
}

#[test]
fn refused_settings_change_nothing_but_what_is_said() {
    let mut session = session();
    session.update(Msg::Edit(Field::MaxSurge, "0".to_owned()));
    let run = session.run;
    session.update(Msg::Edit(Field::MaxUnavailable, "0".to_owned()));
    assert_eq!(session.run, run);
    assert!(session.settings.problem(Field::MaxUnavailable).is_some());
    session.update(Msg::Edit(Field::MaxUnavailable, "1".to_owned()));
    assert_eq!((session.run, session.settings.problems.len()), (run + 1, 0));
}

#[test]
fn settings_and_commands_can_be_taken_back() {
    let mut session = session();
    session.update(Msg::Edit(Field::Replicas, "4".to_owned()));
    session.update(Msg::RollOut);
    assert_eq!(session.settings.text(Field::NextImage), "web:v4");
    assert_eq!(session.timeline.inputs().script.len(), 2);
    session.update(Msg::TakeBack);
    assert_eq!((session.timeline.inputs().script.len(), replicas(&session)), (1, 4));
    session.update(Msg::TakeBack);
    assert_eq!((replicas(&session), session.settings.text(Field::Replicas)), (10, "10"));
    session.update(Msg::DoAgain);
    session.update(Msg::DoAgain);
    assert_eq!((session.timeline.inputs().script.len(), replicas(&session)), (2, 4));
}

#[test]
fn typing_a_number_is_one_change() {
    let mut session = session();
    for text in ["", "1", "15"] {
        session.update(Msg::Edit(Field::Replicas, text.to_owned()));
    }
    assert_eq!(replicas(&session), 15);
    session.update(Msg::TakeBack);
    assert_eq!((replicas(&session), session.can_take_back()), (10, (false, true)));
}

#[test]
fn stepping_back_and_forth_returns_to_the_same_picture() {
    let mut session = session();
    for _ in 0..60 {
        let before = (session.timeline.step_number(), session.timeline.cluster().clone());
        session.update(Msg::Look(Look::StepForward));
        if before.0 < session.timeline.step_number() {
            session.update(Msg::Look(Look::StepBack));
            assert_eq!((session.timeline.step_number(), session.timeline.cluster().clone()), before);
            session.update(Msg::Look(Look::StepForward));
        }
    }
    assert_eq!(*session.timeline.cluster(), session.timeline.last_cluster().objects);
}

#[test]
fn playing_ends_at_the_end_and_begins_again_before_the_last_command() {
    let mut session = session();
    session.update(Msg::Look(Look::TogglePlay));
    while session.is_playing() {
        session.update(Msg::Look(Look::Frame(400_000)));
    }
    assert_eq!(session.timeline.time(), session.timeline.end());
    session.update(Msg::Look(Look::TogglePlay));
    assert_eq!(session.timeline.time(), SimTime::from_secs(8));
}

#[test]
fn marks_are_found_in_both_directions() {
    let mut session = session();
    session.update(Msg::Look(Look::NextMark));
    assert_eq!(session.timeline.time(), SimTime::from_secs(15));
    session.update(Msg::Look(Look::PreviousMark));
    assert_eq!(session.timeline.time(), SimTime::from_secs(10));
    assert_eq!(session.timeline.cluster().replica_sets[1].replicas, 5);
    for _ in 0..20 {
        session.update(Msg::Look(Look::PreviousMark));
    }
    assert_eq!(session.timeline.step_number(), 1);
}

fn type_in(session: &mut Session, field: Field, texts: &[&str]) {
    texts.iter().for_each(|text| drop(session.update(Msg::Edit(field, (*text).to_owned()))));
}

#[test]
fn from_now_on_typing_is_one_command() {
    let mut session = session();
    session.update(Msg::Apply(Since::Now));
    type_in(&mut session, Field::Replicas, &["1", "15"]);
    type_in(&mut session, Field::MaxSurge, &["1"]);
    let script = &session.timeline.inputs().script;
    assert_eq!(script[1].command, Command::Scale { deployment: SHOWN, replicas: 15 });
    assert_eq!(script.len(), 3);
    session.update(Msg::TakeBack);
    assert_eq!((session.timeline.inputs().script.len(), replicas(&session)), (2, 15));
    session.update(Msg::TakeBack);
    assert_eq!((session.timeline.inputs().script.len(), replicas(&session)), (1, 10));
}

#[test]
fn settings_from_now_on_show_the_moment_on_screen() {
    let mut session = session();
    session.update(Msg::Apply(Since::Now));
    type_in(&mut session, Field::Replicas, &["15"]);
    session.update(Msg::Look(Look::SeekStart));
    assert_eq!(session.settings.text(Field::Replicas), "10");
    session.update(Msg::Look(Look::SeekEnd));
    assert_eq!(session.settings.text(Field::Replicas), "15");
    // How a version behaves has no moment: it is changed for the whole run, and nothing else is.
    type_in(&mut session, Field::Ready, &["7"]);
    assert_eq!(session.timeline.inputs().scenario.deployments[0].1.replicas, 10);
    assert_eq!(session.timeline.inputs().script.len(), 2);
}

#[test]
fn what_is_refused_from_now_on_stands_beside_its_field() {
    let mut session = session();
    session.update(Msg::Apply(Since::Now));
    type_in(&mut session, Field::MaxUnavailable, &["101%"]);
    assert!(session.settings.problem(Field::MaxUnavailable).is_some());
    assert_eq!(session.timeline.inputs().script.len(), 1);
}

#[test]
fn a_story_opens_at_its_first_decision() {
    let mut session = session();
    session.update(Msg::OpenStory("never-ready".to_owned()));
    let step = session.timeline.step();
    assert_eq!(
        (mark(step.actor, step.facts.iter()), step.at),
        (Some(Mark::Decision), SimTime::from_secs(20))
    );
    assert_eq!(session.settings.text(Field::Version), "v2");
    session.update(Msg::TakeBack);
    assert_eq!(session.story, None);
    assert_eq!(session.timeline.inputs(), &article());
}

#[test]
fn a_story_that_is_refused_leaves_the_run() {
    let mut session = session();
    session.update(Msg::OpenStory("deadline-not-above-minready".to_owned()));
    assert!(session.settings.problem(Field::ProgressDeadlineSeconds).is_some() && session.more_is_open);
    assert_eq!(session.timeline.inputs(), &article());
}

#[test]
fn pods_are_chosen_one_after_the_other() {
    let mut session = session();
    session.update(Msg::NextPod(0));
    let first = session.selected.expect("there are pods");
    assert!(session.timeline.pods().get(first).is_some_and(|pod| pod.is_active()));
    session.update(Msg::NextPod(1));
    assert_ne!(session.selected, Some(first));
    session.update(Msg::NextPod(-1));
    assert_eq!(session.selected, Some(first));
}

#[test]
fn a_command_that_would_change_nothing_costs_no_future() {
    let mut session = session();
    let steps = session.timeline.steps();
    session.update(Msg::Edit(Field::NextImage, "web:v2".to_owned()));
    session.update(Msg::RollOut);
    assert_eq!(session.notice, Some(Notice::Nothing(Answer::ImageUnchanged)));
    assert_eq!(session.timeline.steps(), steps);
}

#[test]
fn nothing_can_be_asked_of_a_deployment_that_is_deleted() {
    let mut session = session();
    session.update(Msg::Act(Command::DeleteDeployment(SHOWN)));
    session.update(Msg::Apply(Since::Now));
    let script = session.timeline.inputs().script.clone();
    session.update(Msg::Edit(Field::Replicas, "4".to_owned()));
    assert_eq!(session.timeline.inputs().script, script);
    let Some(Notice::Refused(Rejected::NotFound { name, .. })) = &session.notice else {
        panic!("{:?}", session.notice)
    };
    assert_eq!(name, "web");
}

#[test]
fn any_tag_of_a_language_is_read_and_auto_says_nothing() {
    #[track_caller]
    fn check(link: &str, lang: Lang, said: &str) {
        let options = Options { link: link.to_owned(), lang: Lang::ZhHans, ..Options::default() };
        let session = Session::new(options);
        assert_eq!((session.lang, &session.address.problems[..]), (lang, &[][..]), "{link}");
        assert_eq!(session.link(), said);
    }

    check("lang=EN-gb", Lang::En, "v=1&lang=en");
    check("lang=zh", Lang::ZhHans, "v=1&lang=zh-Hans");
    check("lang=zh-CN&theme=light", Lang::ZhHans, "v=1&lang=zh-Hans&theme=light");
    check("lang=auto&theme=auto", Lang::ZhHans, "v=1");
}
