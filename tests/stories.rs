//! The stories of the page are the named rollouts of `tests/conformance`, told.

mod trace;

use std::collections::BTreeSet;

use rollscope::i18n::Lang;
use rollscope::sim::scenario::Scenario;
use rollscope::stories::{Story, groups, story};
use serde_json::Value;

#[test]
fn every_named_trace_is_told() {
    let traces = named_traces();
    for trace in &traces {
        let input = &trace["scenario"];
        let name = input["name"].as_str().expect("a named trace has a name");
        let told = story(name).unwrap_or_else(|| panic!("no story is called {name}")).inputs();
        assert_eq!(Ok(told.script), trace::script(input), "{name}");
        let recorded = trace::scenario(input).expect("a scenario can be read");
        for (image, behaviour) in &recorded.behaviours.by_image {
            assert_eq!(told.scenario.behaviours.of(image), behaviour, "{name}: {image}");
        }
        // A story lists only the images that behave otherwise.
        let behaviours = told.scenario.behaviours.clone();
        assert_eq!(told.scenario, Scenario { behaviours, ..recorded }, "{name}");
    }
    assert_eq!(stories().count(), traces.len(), "every story is one of them");
}

#[test]
fn every_sentence_fits_and_no_two_are_alike() {
    let mut said = BTreeSet::new();
    let names = groups().map(|group| [group.name(Lang::En), group.name(Lang::ZhHans)]);
    let sentences = stories().map(|story| [story.sentence(Lang::En), story.sentence(Lang::ZhHans)]);
    for [english, chinese] in names.chain(sentences) {
        assert!(english.is_ascii() && (1..=89).contains(&english.len()), "{english}");
        assert!(chinese.chars().any(is_han), "{chinese}");
        assert!(!chinese.contains([',', ';', '(', ')', '?', '!']), "{chinese}: half-width punctuation");
        for sentence in [english, chinese] {
            assert_eq!(sentence.trim(), sentence);
            assert!(said.insert(sentence), "said twice: {sentence}");
        }
    }
    assert!(stories().all(|story| said.insert(story.name())), "no two stories have one name");
}

fn named_traces() -> Vec<Value> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/rollouts-named.jsonl");
    let lines = trace::lines(file).into_iter();
    lines.map(|line| serde_json::from_str(&line).expect("every line is JSON")).collect()
}

fn stories() -> impl Iterator<Item = Story> {
    groups().flat_map(|group| group.stories())
}

fn is_han(c: char) -> bool {
    ('一'..='鿿').contains(&c)
}
