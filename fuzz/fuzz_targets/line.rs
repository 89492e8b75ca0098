//! Whatever is typed, kubectl answers. The twin of `tests/kubectl_lines.rs`, without words to begin with.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rollscope::kubectl::files::Files;
use rollscope::shell::Shell;
use rollscope::sim::scenario::Scenario;
use rollscope::sim::time::SimTime;
use rollscope::timeline::{Inputs, Timeline};

fuzz_target!(|text: &str| {
    let inputs = Inputs { scenario: Scenario::article(), script: Vec::new() };
    let mut timeline = Timeline::new(inputs).expect("the article's scenario is accepted");
    timeline.seek_time(SimTime::from_secs(4));
    let mut shell = Shell::default();
    for line in text.split('\u{0}') {
        shell.complete(line, &mut timeline);
        let files = Files { stdin: Some(text.to_owned()), named: Vec::new() };
        // Runs of more pods than a page draws take time, and are refused there too.
        let too_large = |inputs: &Inputs| (1000 < inputs.scenario.deployments[0].1.replicas).then_some(1000);
        let output = shell.run(line, &mut timeline, &files, too_large);
        assert!(output.exit < 2);
        timeline.seek(timeline.step_number() + 3);
        shell.look(&mut timeline);
    }
});
