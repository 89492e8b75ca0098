//! Links: every one that has ever been shown in an address opens what it showed, whatever is done to the
//! page it can be left and come back to, and no text is too odd to be one.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use rollscope::desk::manifest::Manifests;
use rollscope::line;
use rollscope::link::Problem;
use rollscope::session::msg::{Look, Msg};
use rollscope::session::settings::{FIELDS, Field};
use rollscope::session::{Options, Session, Theme};
use rollscope::sim::command::Command;
use rollscope::stories::groups;
use rollscope::timeline::SHOWN;
use rollscope::view::around::around;
use rollscope::view::frame;

fn open(link: &str) -> Session {
    Session::new(Options { link: link.to_owned(), ..Options::default() })
}

/// Links with what they open: the size of the run, when it ends, and the status at the moment on screen.
///
/// What stands here may be embedded in someone's page: lines are added, and none is changed.
#[test]
fn links_open_what_they_have_always_opened() {
    let mut checked = 0;
    for line in include_str!("links/v1.txt").lines().filter(|line| !line.is_empty()) {
        let (link, expect) = line.split_once(" -> ").unwrap_or((line, ""));
        let session = open(link);
        let run = &session.timeline;
        let deployment = run.cluster().deployment(SHOWN);
        let (status, wanted) = (&deployment.status, deployment.spec.replicas);
        let shown = format!(
            "{} steps in {}; at {}: {} of {wanted} updated, {} available, {} in all",
            run.steps(),
            run.end(),
            run.time(),
            status.updated_replicas,
            status.available_replicas,
            status.replicas
        );
        assert_eq!(shown, expect, "{link}");
        assert_eq!(session.address.problems, [], "{link}");
        checked += 1;
    }
    assert!(20 < checked, "only {checked} links");
}

/// However little is written, nobody waits long for what a link asks for.
#[test]
fn a_link_that_asks_for_too_much_opens_what_there_is_room_for() {
    let pairs: Vec<_> =
        (0..60).map(|pair| format!("{}:replicas=150000;{}:replicas=0", 2 * pair + 1, 2 * pair + 2)).collect();
    let session = open(&format!("replicas=0&theme=dark&ops={}", pairs.join(";")));
    assert_eq!(session.address.problems, [Problem::TooMuch(600_000)]);
    assert_eq!(session.timeline.inputs().script.len(), 8);
    assert_eq!(session.theme, Theme::Dark);
}

fn anything() -> impl Strategy<Value = Msg> {
    let texts =
        select(vec!["0", "1", "7", "25%", "100%", "2, 4", "web:v9", "crashes", "flaps", "Recreate", ""]);
    let stories: Vec<_> = groups().flat_map(|group| group.stories()).map(|story| story.name()).collect();
    let commands = select(vec![
        Command::RolloutPause(SHOWN),
        Command::RolloutResume(SHOWN),
        Command::RolloutRestart(SHOWN),
        Command::RolloutUndo { deployment: SHOWN, to_revision: 0 },
        Command::DeletePods,
        Command::DeleteReplicaSet("web-7bbc4fcb5".to_owned()),
        Command::DeleteDeployment(SHOWN),
        Command::Scale { deployment: SHOWN, replicas: 3 },
    ]);
    prop_oneof![
        4 => (select(FIELDS.to_vec()), texts).prop_map(|(field, text)| Msg::Edit(field, text.to_owned())),
        3 => commands.prop_map(Msg::Act),
        1 => select(stories).prop_map(|name| Msg::OpenStory(name.to_owned())),
        3 => (0..60_000_u64).prop_map(|it| Msg::Look(Look::Scrub(it))),
        3 => select(vec![Msg::Look(Look::StepBack), Msg::Look(Look::StepForward), Msg::Look(Look::NextMark), Msg::Look(Look::SeekStart), Msg::Look(Look::SeekEnd), Msg::RollOut]),
        2 => select(vec![
            Msg::SwitchLanguage,
            Msg::SwitchTheme,
            Msg::Look(Look::Faster),
            Msg::Look(Look::SkipWaits(false)),
            Msg::ShowTable(true),
            Msg::ShowAllEvents(true),
            Msg::NextPod(1),
        ]),
    ]
}

/// Parts of links, well formed and not.
fn parts() -> impl Strategy<Value = String> {
    let keys = select(vec![
        "v",
        "story",
        "step",
        "at",
        "ops",
        "lang",
        "theme",
        "speed",
        "pod",
        "replicas",
        "maxSurge",
        "image",
        "maxUnavailable",
        "strategy",
        "nodes",
        "quota",
        "v2.ready",
        "web:v2.flap",
        "paused",
        "annotate:a",
        "nosuch",
        "name",
        "selector",
        "template",
        "*.start",
    ]);
    let values = select(vec![
        "0",
        "1",
        "3",
        "25%",
        "%",
        "%zz",
        "99999999999999999999",
        "-1",
        "never",
        "5/10",
        "a:4,b:2",
        "zh-Hans",
        "10:image=web:v2;20:undo",
        "1:pause;resume;;",
        ":::",
        "true",
        "",
    ]);
    let values = prop_oneof![3 => values.prop_map(str::to_owned), 1 => ".{0,9}"];
    prop_oneof![
        5 => (keys, values).prop_map(|(key, value)| format!("{key}={value}")),
        1 => "\\PC{0,12}",
    ]
}

/// A Deployment with more than a link has words for.
const SHOP: &str = include_str!("manifests/shop.yaml");

#[test]
fn the_link_of_a_manifest_leads_back_to_it() {
    let mut manifests = Manifests::default();
    manifests.paste(SHOP.to_owned());
    let inputs = manifests.run(0).expect("it is a Deployment");
    let mut session = open("");
    let line = line::write_with(&inputs, line::template::write);
    session.update(Msg::TakeOver(line, 0));
    assert_eq!(*session.timeline.inputs(), inputs);
    session.update(Msg::Look(Look::SeekEnd));
    let again = open(&session.link());
    assert_eq!(again.address.problems, []);
    assert_eq!(*again.timeline.inputs(), inputs);
    assert_eq!(again.timeline.cluster(), session.timeline.cluster());
    // Whatever is cut off of it, nothing breaks.
    let link = session.link();
    for end in (0..link.len()).step_by(7) {
        open(&link[..end]);
    }
}

proptest! {
    #[test]
    fn whatever_is_done_the_link_leads_back_to_it(messages in vec(anything(), 1..25)) {
        // A link that says language and theme goes on saying them.
        let mut session = open("lang=en&theme=light");
        messages.into_iter().for_each(|msg| drop(session.update(msg)));
        session.update(Msg::Look(Look::StepForward));
        let link = session.link();
        let again = open(&link);
        prop_assert_eq!(&again.address.problems, &[], "{}", link);
        prop_assert_eq!(again.moment().1, session.moment().1, "{}", link);
        prop_assert_eq!(again.timeline.steps(), session.timeline.steps(), "{}", link);
        prop_assert_eq!(again.timeline.cluster(), session.timeline.cluster(), "{}", link);
        prop_assert_eq!((again.lang, again.theme, again.speed), (session.lang, session.theme, session.speed));
        prop_assert_eq!(again.link(), link);
    }

    #[test]
    fn no_text_is_too_odd_to_be_a_link(parts in vec(parts(), 0..8)) {
        let mut session = open(&parts.join("&"));
        frame(&session, None);
        session.update(Msg::OpenLink(parts.join("&")));
        session.update(Msg::Edit(Field::Replicas, "4".to_owned()));
        frame(&session, None);
        prop_assert!(around(&session, None).problems.iter().all(|problem| !problem.is_empty()));
    }
}
