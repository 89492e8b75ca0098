//! What is done at the desk, and what it asks the page for.

use super::*;
use crate::sim::command::{Command, Scripted};

/// A Deployment of two containers.
pub const SHOP: &str = include_str!("../../tests/manifests/shop.yaml");

const LINE: &str = "image=web:v1 replicas=10 @10.000 image=web:v2";

fn at(secs: u64) -> Moment {
    let time = SimTime::from_secs(secs);
    Moment { step: run_of(LINE).last_at(time), time }
}

fn typed(lines: &[&str]) -> (Desk, Option<Ask>) {
    let mut desk = Desk::new(Lang::En, LINE, at(13));
    let mut ask = None;
    for line in lines {
        desk.update(Msg::Terminal(Act::Type((*line).to_owned())));
        ask = desk.update(Msg::Terminal(Act::Enter));
    }
    (desk, ask)
}

fn last(desk: &Desk) -> String {
    let entry = desk.terminal.entries.last().expect("something was typed");
    entry.printed.iter().map(|(text, _)| text.as_str()).collect()
}

#[test]
fn a_command_line_asks_the_page_for_the_run_that_it_makes() {
    let (mut desk, ask) = typed(&["kubectl set image deployment/web web=web:v3"]);
    assert_eq!(last(&desk), "deployment.apps/web image updated\n");
    let Some(Ask::Run(line, time)) = ask else { panic!("{ask:?}") };
    assert_eq!(time, SimTime::from_secs(13));
    let inputs = line::read(line.split(' '));
    let Some(Scripted { at, command: Command::SetImage { image, .. } }) = inputs.script.last() else {
        panic!("{line}");
    };
    assert_eq!((*at, image.as_str()), (time, "web:v3"));
    // The page shows it and the desk knows it already.
    let step = desk.timeline.step_number();
    desk.show(Lang::En, &line, Moment { step, time });
    assert_eq!(desk.timeline.step_number(), step);
}

#[test]
fn a_question_asks_the_page_for_nothing() {
    let (desk, ask) = typed(&["kubectl get deployments"]);
    assert!(last(&desk).contains("web    8/10"), "{}", last(&desk));
    assert_eq!(ask, None);
}

#[test]
fn a_button_prints_the_line_it_stands_for() {
    let (mut desk, _) = typed(&["kubectl get pods -w"]);
    desk.terminal.press("kubectl rollout pause deployment/web", "deployment.apps/web paused", false);
    let [first, second] = &desk.terminal.entries[..] else { panic!("two lines") };
    assert_eq!((first.exit, second.exit), (None, Some(0)));
    assert_eq!(last(&desk), "deployment.apps/web paused\n");
}

#[test]
fn rollout_status_prints_while_time_runs_and_ends_with_the_rollout() {
    let (mut desk, ask) = typed(&["kubectl rollout status deployment/web"]);
    assert_eq!((desk.terminal.entries[0].exit, ask), (None, Some(Ask::Play)));
    for secs in 14..60 {
        desk.show(Lang::En, LINE, at(secs));
    }
    assert_eq!(desk.terminal.entries[0].exit, Some(0));
    let said = "deployment \"web\" successfully rolled out\n";
    assert!(last(&desk).ends_with(said), "{}", last(&desk));
}

#[test]
fn ctrl_c_ends_what_goes_on() {
    let (mut desk, _) = typed(&["kubectl get pods -w"]);
    desk.update(Msg::Terminal(Act::Interrupt));
    assert_eq!(desk.terminal.entries[0].exit, Some(1));
    assert!(last(&desk).ends_with("^C\n"));
}

#[test]
fn what_follows_does_not_move_the_moment_on_screen() {
    let (mut desk, _) = typed(&["kubectl get pods -w"]);
    for step in 2..30 {
        let time = desk.timeline.at(step);
        desk.show(Lang::En, LINE, Moment { step, time });
        assert_eq!(desk.timeline.step_number(), step);
    }
}

#[test]
fn more_pods_than_the_page_draws_are_refused() {
    let (desk, ask) = typed(&["kubectl scale deployment/web --replicas=2000000000"]);
    let entry = desk.terminal.entries.last().unwrap();
    assert!(entry.missing.is_some() && entry.exit == Some(1), "{entry:?}");
    assert_eq!(ask, None);
}

#[test]
fn pasted_lines_are_carried_out_one_after_another() {
    let mut desk = Desk::new(Lang::En, LINE, at(13));
    let pasted = "kubectl get rs\nkubectl rollout status deployment/web\nkubectl scale deployment/web \\\n  \
                  --replicas=4\nkubectl get";
    desk.update(Msg::Terminal(Act::Type(pasted.to_owned())));
    assert_eq!(desk.terminal.entries.len(), 2);
    assert_eq!(desk.terminal.typed, "kubectl get");
    // What waits for the rollout is carried out at its end, and asks the page for the run it makes.
    let mut asks: Vec<_> = (14..60).filter_map(|secs| desk.show(Lang::En, LINE, at(secs))).collect();
    assert_eq!(last(&desk), "deployment.apps/web scaled\n");
    let Some(Ask::Run(line, _)) = asks.pop() else { panic!("{asks:?}") };
    assert!(line.ends_with("replicas=4") && asks.is_empty(), "{line} {asks:?}");
}

#[test]
fn a_line_that_is_open_goes_on_in_the_next() {
    let (mut desk, _) = typed(&["kubectl apply -f - <<EOF"]);
    assert!(desk.terminal.entries.is_empty());
    for line in SHOP.lines().chain(["EOF"]) {
        let text = format!("{}{line}", desk.terminal.typed);
        desk.update(Msg::Terminal(Act::Type(text)));
        desk.update(Msg::Terminal(Act::Enter));
    }
    assert_eq!(last(&desk), "deployment.apps/shop created\n");
    assert_eq!(desk.name(), "shop");
}

#[test]
fn the_manifest_is_standard_input_and_a_file() {
    let mut desk = Desk::new(Lang::En, LINE, at(13));
    let run = |desk: &mut Desk, line: &str| desk.update(Msg::Terminal(Act::Run(line.to_owned())));
    run(&mut desk, "kubectl apply -f shop.yaml");
    assert!(last(&desk).contains("does not exist") && desk.terminal.entries[0].aside.is_some());
    desk.update(Msg::Open("shop.yaml".to_owned(), SHOP.to_owned()));
    let ask = run(&mut desk, "kubectl apply -f shop.yaml");
    assert!(matches!(&ask, Some(Ask::Run(line, SimTime::ZERO)) if line.contains("name=shop")), "{ask:?}");
    run(&mut desk, "kubectl apply -f -");
    assert_eq!(last(&desk), "deployment.apps/shop unchanged\n");
}

#[test]
fn an_object_is_edited() {
    let (mut desk, ask) = typed(&["kubectl edit deployment web"]);
    assert_eq!((ask, desk.terminal.entries[0].exit), (None, None));
    assert_eq!(desk.besides.pop(), Some(Ask::Focus(view::EDITOR)));
    let text = desk.manifests.edited.clone().expect("it is open");
    assert!(text.starts_with("# Please edit") && text.contains("replicas: 10"), "{text}");
    // What is not valid opens again, with the reason.
    desk.update(Msg::Edit(text.replace("replicas: 10\n  rev", "replicas: -1\n  rev")));
    assert_eq!(desk.update(Msg::Save(true)), None);
    assert_eq!(desk.besides.pop(), Some(Ask::Focus(view::EDITOR)));
    let again = desk.manifests.edited.clone().expect("it is open again");
    assert!(again.contains("# * spec.replicas: Invalid value: -1: must be greater"), "{again}");
    desk.update(Msg::Edit(again.replace("replicas: -1", "replicas: 4")));
    let ask = desk.update(Msg::Save(true));
    assert!(matches!(&ask, Some(Ask::Run(line, _)) if line.ends_with("patchReplicas=4")), "{ask:?}");
    assert!(last(&desk).ends_with("deployment.apps/web edited\n"), "{}", last(&desk));
    assert_eq!((desk.terminal.entries[0].exit, desk.manifests.edited.clone()), (Some(0), None));
    desk.update(Msg::Terminal(Act::Run("kubectl edit deploy/web".to_owned())));
    desk.update(Msg::Edit("nothing".to_owned()));
    assert_eq!(desk.update(Msg::Save(false)), None);
    assert_eq!(desk.besides.pop(), Some(Ask::Focus(view::FIELD)));
    assert_eq!(last(&desk), "Edit cancelled, no changes made.\n");
}

#[test]
fn tab_completes_and_then_goes_on() {
    let mut desk = Desk::new(Lang::En, LINE, at(13));
    let tabs = |desk: &mut Desk, text: &str| {
        desk.update(Msg::Terminal(Act::Type(text.to_owned())));
        let mut count = 0;
        while desk.completes {
            desk.update(Msg::Terminal(Act::Complete));
            count += 1;
        }
        (desk.terminal.typed.clone(), count, desk.terminal.offered.len())
    };
    assert_eq!(tabs(&mut desk, ""), (String::new(), 0, 0));
    assert_eq!(tabs(&mut desk, "kubectl rollout st"), ("kubectl rollout status deployment".to_owned(), 2, 2));
    assert_eq!(tabs(&mut desk, "kubectl rollout re"), ("kubectl rollout res".to_owned(), 1, 2));
}

#[test]
fn watch_prints_in_the_place_of_what_it_printed() {
    let (mut desk, ask) = typed(&["watch -n 1 kubectl get deployments"]);
    assert_eq!(ask, Some(Ask::Play));
    assert!(last(&desk).starts_with("Every 2.0s: kubectl get deployments"), "{}", last(&desk));
    desk.show(Lang::En, LINE, at(60));
    assert!(last(&desk).contains("10/10") && !last(&desk).contains("8/10"), "{}", last(&desk));
    desk.update(Msg::Terminal(Act::Run("watch kubectl delete pods --all".to_owned())));
    assert!(desk.terminal.entries.last().is_some_and(|entry| entry.missing.is_some()));
}

#[test]
fn earlier_lines_are_called_back() {
    let (mut desk, _) = typed(&["kubectl get pods", "kubectl get rs"]);
    let mut recall = |by| {
        desk.update(Msg::Terminal(Act::Recall(by)));
        desk.terminal.typed.clone()
    };
    assert_eq!(
        [recall(-1), recall(-1), recall(-1)],
        ["kubectl get rs", "kubectl get pods", "kubectl get pods"]
    );
    assert_eq!([recall(1), recall(1)], ["kubectl get rs", ""]);
}
