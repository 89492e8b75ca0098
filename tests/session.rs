//! Whatever is done to the page, in whatever order: it never panics, what it shows keeps its
//! promises, and nothing is lost that can be taken back.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use rollscope::i18n::Lang;
use rollscope::line;
use rollscope::session::msg::{Look, Msg};
use rollscope::session::room::problem;
use rollscope::session::settings::FIELDS;
use rollscope::session::settings::Field;
use rollscope::session::{Options, Session, Since};
use rollscope::sim::command::Command;
use rollscope::stories::{Story, groups};
use rollscope::timeline::{SHOWN, Timeline};
use rollscope::view::around::{Around, around};
use rollscope::view::budget_line::Shape;
use rollscope::view::panels::{Panels, panels};
use rollscope::view::why::{Row, why};
use rollscope::view::{Frame, frame};

fn texts() -> impl Strategy<Value = String> {
    let likely = select(vec![
        "0",
        "1",
        "3",
        "12",
        "40",
        "25%",
        "0%",
        "100%",
        "150%",
        "-1",
        "",
        "abc",
        "web:v2",
        "web:v3",
        "2, 4, 1",
        "Recreate",
        "RollingUpdate",
        "crashes",
        "flaps",
        "neverReady",
        "cannotPull",
        "nothing",
    ]);
    let extreme =
        select(vec!["2147483647", "-2147483648", "99999999999999999999%", "1000", "3600", "*", "💥"]);
    prop_oneof![4 => likely.prop_map(str::to_owned), 1 => extreme.prop_map(str::to_owned), 1 => ".{0,12}"]
}

fn stories() -> Vec<Story> {
    groups().flat_map(|group| group.stories()).collect()
}

fn undo(to_revision: i64) -> Msg {
    Msg::Act(Command::RolloutUndo { deployment: SHOWN, to_revision })
}

fn commands() -> impl Strategy<Value = Command> {
    select(vec![
        Command::RolloutPause(SHOWN),
        Command::RolloutResume(SHOWN),
        Command::RolloutRestart(SHOWN),
        Command::DeletePods,
        Command::DeletePod("web-7bbc4fcfb5-nobody".to_owned()),
        Command::DeleteReplicaSet("web-7bbc4fcb5".to_owned()),
        Command::DeleteDeployment(SHOWN),
        Command::Cordon("node1".to_owned()),
        Command::Uncordon("node1".to_owned()),
        Command::Cordon("nobody".to_owned()),
    ])
}

fn messages() -> impl Strategy<Value = Msg> {
    prop_oneof![
        6 => (select(FIELDS.to_vec()), texts()).prop_map(|(field, text)| Msg::Edit(field, text)),
        1 => (select(FIELDS.to_vec()), -20..20).prop_map(|(field, by)| Msg::Nudge(field, by)),
        2 => Just(Msg::RollOut),
        2 => (-1_i64..5).prop_map(undo),
        3 => commands().prop_map(Msg::Act),
        1 => select(vec![Msg::Apply(Since::Beginning), Msg::Apply(Since::Now), Msg::SelectPod(None)]),
        1 => select(stories()).prop_map(|story| Msg::OpenStory(story.name().to_owned())),
        1 => any::<u32>().prop_map(|pod| Msg::SelectPod(Some(pod % 40))),
        1 => any::<u32>().prop_map(|pod| Msg::Look(Look::HoverPod(Some(pod % 40)))),
        1 => any::<i32>().prop_map(Msg::NextPod),
        4 => select(vec![
            Msg::TakeBack, Msg::DoAgain, Msg::Look(Look::TogglePlay), Msg::Look(Look::StepBack), Msg::Look(Look::StepForward), Msg::Look(Look::PreviousMark),
            Msg::Look(Look::NextMark), Msg::Look(Look::PreviousBatch), Msg::Look(Look::NextBatch), Msg::Look(Look::SkipWaits(true)), Msg::Look(Look::SkipWaits(false)),
            Msg::SwapFutures, Msg::DismissGhost, Msg::ShowTable(true), Msg::ShowTable(false), Msg::Look(Look::Hover(None)),
            Msg::Look(Look::Hover(Some(12_345))), Msg::Look(Look::SeekStart), Msg::Look(Look::SeekEnd), Msg::Look(Look::Slower), Msg::Look(Look::Faster), Msg::SwitchLanguage,
            Msg::OpenStall(true), Msg::OpenStall(false), Msg::TryEdits,
            Msg::ShowAllEvents(true), Msg::ShowAllEvents(false), Msg::Look(Look::ReducedMotion(true)), Msg::Look(Look::ReducedMotion(false)),
        ]),
        1 => any::<usize>().prop_map(|it| Msg::Look(Look::GoToStep(it))),
        1 => any::<usize>().prop_map(|it| Msg::Look(Look::SetSpeed(it))),
        1 => prop_oneof![0_u64..60_000, any::<u64>()].prop_map(|it| Msg::Look(Look::Scrub(it))),
        1 => any::<u8>().prop_map(|it| Msg::Look(Look::SeekTenth(it))),
        2 => prop_oneof![0_u64..500_000, any::<u64>()].prop_map(|it| Msg::Look(Look::Frame(it))),
        1 => any::<u32>().prop_map(|it| Msg::Look(Look::Resized(it))),
    ]
}

/// What is on screen, taken over from the last where nothing changed.
fn look(session: &Session, last: Option<&(Frame, Around, Panels)>) -> (Frame, Around, Panels) {
    let frame = frame(session, last.map(|(frame, ..)| frame));
    let panels = panels(session, &frame, last.map(|(.., panels)| panels));
    let around = around(session, last.map(|(_, around, _)| around));
    (frame, around, panels)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_done_breaks_the_page(messages in vec(messages(), 1..40)) {
        let mut session = Session::new(Options::default());
        let mut last = look(&session, None);
        for msg in messages {
            session.update(msg);
            let next = look(&session, Some(&last));
            if session.words_can_wait() {
                last = next;
                continue;
            }
            // What is taken over from the last frame is what would be made anew.
            let ((frame, around, panels), (anew, around_anew, panels_anew)) = (&next, look(&session, None));
            prop_assert_eq!(&*panels.why, &*panels_anew.why);
            prop_assert_eq!(&*panels.events, &*panels_anew.events);
            prop_assert_eq!(&*frame.chart, &*anew.chart);
            prop_assert_eq!(&*frame.reading, &*anew.reading);
            prop_assert_eq!(&*around.table, &*around_anew.table);
            // While time runs a pod's turn stays as it was found last.
            if !session.is_playing() {
                prop_assert_eq!(around.inspector.as_deref(), around_anew.inspector.as_deref());
            }
            prop_assert_eq!(&*around.stories, &*around_anew.stories);
            prop_assert_eq!(&around.link, &around_anew.link);
            prop_assert_eq!(panels.event_list.lit, panels_anew.event_list.lit);
            prop_assert_eq!(&frame.linked, &anew.linked);
            prop_assert_eq!(panels.stall.as_deref(), panels_anew.stall.as_deref());
            prop_assert_eq!(&panels.live, &panels_anew.live);
            let leaving = |shape: Shape| shape == Shape::Terminating;
            let inside = frame.budget_line.tiles.iter().filter(|tile| !leaving(tile.shape));
            prop_assert!(inside.into_iter().all(|tile| tile.x < frame.budget_line.width));
            prop_assert!(!frame.sentence.is_empty() && !panels.why.reasons.is_empty());
            last = next;
        }
    }

    /// While time runs words stay as they are for a while; when it stops, they are those of the moment.
    #[test]
    fn words_catch_up(pauses in vec(1_usize..40, 1..8)) {
        let mut session = Session::new(Options::default());
        session.update(Msg::OpenStory("hundred".to_owned()));
        let mut last = look(&session, None);
        session.update(Msg::Look(Look::TogglePlay));
        for pause in pauses {
            for _ in 0..pause {
                session.update(Msg::Look(Look::Frame(16_667)));
                let next = look(&session, Some(&last));
                last = next;
            }
            if session.is_playing() {
                session.update(Msg::Look(Look::TogglePlay));
                let still = look(&session, Some(&last));
                let anew = look(&session, None);
                prop_assert_eq!(&still.0.sentence, &anew.0.sentence);
                prop_assert_eq!(&still.2.sets, &anew.2.sets);
                prop_assert_eq!(&*still.2.why, &*anew.2.why);
                session.update(Msg::Look(Look::TogglePlay));
                last = still;
            }
        }
    }

    #[test]
    fn what_is_on_screen_follows_from_its_inputs(messages in vec(messages(), 1..40)) {
        let mut session = Session::new(Options::default());
        messages.into_iter().for_each(|msg| drop(session.update(msg)));
        let again = Timeline::new(session.timeline.inputs().clone()).expect("it is on screen");
        prop_assert_eq!(again.steps(), session.timeline.steps());
        prop_assert_eq!(again.last(), session.timeline.last());
    }

    #[test]
    fn the_line_of_a_run_makes_the_same_run(messages in vec(messages(), 1..40)) {
        let mut session = Session::new(Options::default());
        messages.into_iter().for_each(|msg| drop(session.update(msg)));
        let run = &session.timeline;
        let written = line::write(run.inputs());
        let Ok(again) = Timeline::new(line::read(written.split(' '))) else { panic!("{written}") };
        let moments = |run: &Timeline| (0..=run.steps()).map(|step| run.at(step)).collect::<Vec<_>>();
        prop_assert_eq!(moments(&again), moments(run), "{}", written);
        prop_assert_eq!(&again.last_cluster().objects, &run.last_cluster().objects, "{}", written);
    }

    #[test]
    fn taking_back_everything_leads_to_the_opening(messages in vec(messages(), 1..30)) {
        let opening = Session::new(Options::default());
        let mut session = opening.clone();
        messages.into_iter().for_each(|msg| drop(session.update(msg)));
        let end = session.timeline.inputs().clone();
        let mut taken_back = 0;
        while session.can_take_back().0 {
            session.update(Msg::TakeBack);
            taken_back += 1;
        }
        prop_assert_eq!(session.timeline.inputs(), opening.timeline.inputs());
        (0..taken_back).for_each(|_| drop(session.update(Msg::DoAgain)));
        prop_assert_eq!(session.timeline.inputs(), &end);
    }
}

#[test]
fn every_step_is_explained_in_both_languages() {
    for lang in [Lang::En, Lang::ZhHans] {
        let mut session = Session::new(Options { lang, ..Options::default() });
        session.update(undo(0));
        expect_explained(&mut session);
        for story in stories() {
            session.update(Msg::OpenStory(story.name().to_owned()));
            expect_explained(&mut session);
        }
    }
}

/// Every step has a heading, and every sum adds up. Of a run with thousands of steps some are looked at.
#[track_caller]
fn expect_explained(session: &mut Session) {
    let steps = session.timeline.steps();
    for step in (1..=steps).step_by(1 + steps / 500) {
        session.update(Msg::Look(Look::GoToStep(step)));
        let shown = why(session);
        let done = session.timeline.step();
        assert!(!shown.reasons.is_empty(), "{done:?}");
        for reason in &shown.reasons {
            assert!(!reason.heading.is_empty(), "{done:?}");
            let Some((total, parts)) = reason.sum.split_last() else { continue };
            let signed = |row: &Row| if row.sign == "−" { -row.number } else { row.number };
            let sum: i32 = parts.iter().map(signed).sum();
            // Pods that are too many are told without a sign.
            assert!([sum, sum.abs()].contains(&total.number), "the sum must add up: {:?}", reason.sum);
        }
    }
}

#[test]
fn every_size_of_a_run_is_looked_at() {
    #[track_caller]
    fn check(text: &str, expect: Option<Field>) {
        let found = problem(&line::read(text.split(' ')));
        assert_eq!(found.map(|(field, _)| field), expect, "{text}");
    }

    check("replicas=150000 maxSurge=100%", None);
    check("replicas=150001", Some(Field::Replicas));
    check("replicas=10 maxSurge=200001", Some(Field::MaxSurge));
    check("replicas=1 maxSurge=100000% @20 replicas=1000", Some(Field::MaxSurge));
    check("replicas=1000 @20 maxSurge=100000%", Some(Field::MaxSurge));
    check("replicas=1000 maxSurge=100000% strategy=Recreate", None);
    check("replicas=3000 nodes=node1:9000", None);
    check("replicas=3001 nodes=node1:9000", Some(Field::Replicas));
}

/// Conditions have come and gone so often before the command that no more changes of them count as news.
#[test]
fn an_endless_run_is_left_off_in_the_same_place_whether_or_not_its_past_was_simulated_just_now() {
    let mut session = Session::new(Options::default());
    let story = Msg::OpenStory("crash-no-min-ready".to_owned());
    let restart = Msg::Act(Command::RolloutRestart(SHOWN));
    for msg in [story, Msg::RollOut, Msg::TakeBack, Msg::Look(Look::GoToStep(75)), restart] {
        session.update(msg);
    }
    let again = Timeline::new(session.timeline.inputs().clone()).expect("it is a run already");
    assert_eq!(session.timeline.steps(), again.steps());
}
