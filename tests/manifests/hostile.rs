//! Texts that mean harm, or no sense: a problem within moments, and never a panic. What a fuzzer would
//! do, on every run.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use rollscope::i18n::Lang;
use rollscope::manifest::{read, read_bytes};
use rollscope::shell::says;

use crate::NGINX;

/// Reads and says everything; a Deployment among it is no harm.
fn survive(bytes: &[u8]) -> bool {
    let started = Instant::now();
    let reading = read_bytes(bytes);
    for lang in [Lang::En, Lang::ZhHans] {
        assert!(reading.problems.iter().all(|problem| !says::problem(problem, lang).is_empty()));
        assert!(reading.notes.iter().all(|note| !says::note(note, lang).is_empty()));
    }
    assert!(started.elapsed() < Duration::from_secs(2), "{} bytes took too long", bytes.len());
    reading.problems.is_empty()
}

#[test]
fn harm_is_refused() {
    let bomb: String =
        (0..30).map(|n| format!("a{}: &a{} [{}]\n", n + 1, n + 1, format!("*a{n},").repeat(9))).collect();
    let deep_bomb: String =
        (0..90).map(|n| format!("a{}: &a{} [[[[[[[[[[*a{n}]]]]]]]]]]\n", n + 1, n + 1)).collect();
    let long = format!("a: &a \"{}\"\nb: [{}]", "x".repeat(200_000), "*a,".repeat(10_000));
    let texts = [
        "[".repeat(200_000),
        "{a: ".repeat(60_000),
        "- ".repeat(100_000),
        "? ".repeat(100_000),
        format!("a0: &a0 [x]\n{bomb}"),
        format!("a0: &a0 [x]\n{deep_bomb}"),
        long,
        "x".repeat(5_000_000),
        "a: 1\n".repeat(50_000),
        "&a [*a]".to_owned(),
        "<<: *nothing".to_owned(),
        "&a {<<: *a}".to_owned(),
        format!("{NGINX}\0"),
        "%YAML 9.9\n---\n".to_owned(),
        "--- !!binary |\n  ???".to_owned(),
        "\"\\ud83d\\ude00\"".to_owned(),
        "\u{feff}\u{feff}a".to_owned(),
        "- - - -\n -\n\t-".to_owned(),
        "a: 'b".to_owned(),
        "!<".to_owned(),
        String::new(),
    ];
    for text in texts {
        assert!(!survive(text.as_bytes()), "{} …", text.chars().take(40).collect::<String>());
    }
    for bytes in [&b"\xff\xfea\0p\0i\0"[..], b"\xfe\xff\0a", b"\xc3\x28"] {
        assert!(!survive(bytes));
    }
}

#[test]
fn a_mark_of_byte_order_is_no_harm() {
    assert!(survive(format!("\u{feff}{NGINX}").as_bytes()));
}

proptest! {
    #[test]
    fn no_bytes_are_too_much(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        survive(&bytes);
    }

    #[test]
    fn no_yaml_is_too_much(text in "[-:?{}\\[\\],&*!|>'\"%@`#a-c0-2~<. \t\n]{0,300}") {
        survive(text.as_bytes());
    }

    /// A good manifest with pieces cut out, doubled or put elsewhere.
    #[test]
    fn no_broken_manifest_is_too_much(cuts in proptest::collection::vec((0..NGINX.len(), 0..40usize, 0..NGINX.len()), 1..6)) {
        let mut bytes = NGINX.as_bytes().to_vec();
        for (from, len, to) in cuts {
            let piece = bytes[from.min(bytes.len())..(from + len).min(bytes.len())].to_vec();
            let to = to.min(bytes.len());
            bytes.splice(to..to, piece);
        }
        survive(&bytes);
    }

    #[test]
    fn any_word_may_stand_for_any_field(word in "\\PC{0,12}", line in 0..20usize) {
        let lines = NGINX.lines().enumerate().map(|(index, old)| match old.split_once(": ") {
            Some((key, _)) if index == line => format!("{key}: {word}\n"),
            _ => format!("{old}\n"),
        });
        read(&lines.collect::<String>());
    }
}
