//! Whatever is typed, kubectl answers; what fails says why, and what only reads changes nothing. A line of `---` ends
//! the lines, and standard input begins. The twin of `tests/kubectl_lines.rs`, without words to begin with.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rollscope::i18n::Lang;
use rollscope::kubectl::files::Files;
use rollscope::kubectl::output::Output;
use rollscope::shell::{Shell, says};
use rollscope::sim::scenario::Scenario;
use rollscope::sim::time::SimTime;
use rollscope::timeline::{Inputs, Timeline};

/// Commands that only read.
const READ: [&str; 5] = ["get", "describe", "events", "explain", "logs"];

fuzz_target!(|text: &str| {
    let inputs = Inputs { scenario: Scenario::article(), script: Vec::new() };
    let mut timeline = Timeline::new(inputs).expect("the article's scenario is accepted");
    timeline.seek_time(SimTime::from_secs(4));
    let mut shell = Shell::default();
    let (lines, stdin) = text.split_once("\n---\n").unwrap_or((text, text));
    let files = Files { stdin: Some(stdin.to_owned()), named: vec![("a.yaml".to_owned(), stdin.to_owned())] };
    for line in lines.lines().take(8) {
        let before = timeline.inputs().clone();
        shell.complete(line, &mut timeline);
        // Runs of more pods than a page draws take time, and are refused there too.
        let too_large = |inputs: &Inputs| (1000 < inputs.scenario.deployments[0].1.replicas).then_some(1000);
        let output = shell.run(line, &mut timeline, &files, too_large);
        explained(line, &output);
        if line.split(' ').nth(1).is_some_and(|verb| READ.contains(&verb)) {
            assert_eq!(*timeline.inputs(), before, "{line} changes something");
        }
        timeline.seek(timeline.step_number() + 3);
        shell.look(&mut timeline);
    }
});

/// What fails says why, in every language.
fn explained(line: &str, output: &Output) {
    assert!(output.exit < 2);
    if let Some(what) = &output.missing {
        assert!([Lang::En, Lang::ZhHans].iter().all(|lang| !says::missing(what, *lang).is_empty()));
    }
    // `grep` that finds nothing, and `diff` of what is the same, say nothing.
    let is_silent = output.missing.is_none() && output.stderr.is_empty() && output.stdout.is_empty();
    assert!(output.exit == 0 || !is_silent || line.contains('|'), "{line} fails without a word");
}
