//! Whatever is pasted is read or refused, and a refusal says why and where; what is read is written and read again. The
//! twin of `tests/manifests/hostile.rs`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rollscope::i18n::Lang;
use rollscope::manifest::node::Position;
use rollscope::manifest::{Manifest, Reading, Why, read, read_bytes, write};
use rollscope::shell::says;

fuzz_target!(|bytes: &[u8]| {
    let reading = read_bytes(bytes);
    assert!(!reading.deployments.is_empty() || !reading.problems.is_empty(), "nothing is said");
    // Breaks of a line as YAML knows them, of which a reader may not know all.
    let lines =
        1 + String::from_utf8_lossy(bytes).split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count();
    say(&reading, lines);
    for manifest in &reading.deployments {
        write_and_read(manifest);
    }
});

/// Everything that is said has words in every language, and a place that there is.
fn say(reading: &Reading, lines: usize) {
    let is_there = |at: Position| 0 < at.line && 0 < at.column && at.line as usize <= lines;
    for problem in &reading.problems {
        assert!([Lang::En, Lang::ZhHans].iter().all(|lang| !says::problem(problem, *lang).is_empty()));
        match (&problem.why, problem.at) {
            (_, Some(at)) => assert!(is_there(at), "{problem:?}"),
            (Why::TooLarge | Why::NoText | Why::NoDeployment, None) => {}
            (Why::Kubectl(words), None) => assert_eq!(words, "error: no objects passed to apply"),
            _ => panic!("{problem:?} is nowhere"),
        }
    }
    for note in &reading.notes {
        assert!([Lang::En, Lang::ZhHans].iter().all(|lang| !says::note(note, *lang).is_empty()));
        assert!(note.at.is_none_or(is_there), "{note:?}");
    }
}

fn write_and_read(manifest: &Manifest) {
    let (name, spec) = (&manifest.name, &manifest.spec);
    for text in [write::yaml(name, spec), write::kyaml(name, spec)] {
        let again = read(&text);
        assert_eq!(again.problems, [], "{text}");
        assert_eq!(again.deployments, std::slice::from_ref(manifest), "{text}");
    }
}
