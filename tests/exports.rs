//! What leaves the page in other forms, and the example that makes pictures without a browser.

#[allow(dead_code, reason = "its `main` is not called here")]
#[path = "../examples/svg.rs"]
mod svg;

use rollscope::picture::link_in;

fn run(words: &[&str]) -> svg::Printed {
    svg::run(words.iter().map(|word| (*word).to_owned()))
}

#[test]
fn the_example_makes_a_picture_of_a_link() {
    let printed = run(&["#replicas=4&maxSurge=1&maxUnavailable=0&at=12"]);
    assert!(printed.success && printed.stderr.is_empty(), "{}", printed.stderr);
    assert!(printed.stdout.starts_with("<svg ") && printed.stdout.ends_with("</svg>\n"));
    assert!(printed.stdout.contains("1 of 4"));
    assert_eq!(
        link_in(&printed.stdout).as_deref(),
        Some("#v=1&replicas=4&maxSurge=1&maxUnavailable=0&at=12")
    );
    assert!(printed.stdout.contains("prefers-color-scheme:dark"));
}

#[test]
fn its_flags_choose_motion_light_and_language() {
    let printed =
        run(&["--animated", "--theme=dark", "--lang", "zh-Hans", "--page", "https://a.example/", "at=14"]);
    assert!(printed.success, "{}", printed.stderr);
    assert!(printed.stdout.contains("lang=\"zh-Hans\"") && printed.stdout.contains("@keyframes"));
    assert!(!printed.stdout.contains("prefers-color-scheme") && printed.stdout.contains("#1a1f29"));
    assert!(printed.stdout.contains("<a href=\"https://a.example/#v=1&amp;at=14"));
    // What a link says about its language holds too.
    assert!(run(&["lang=zh-Hans"]).stdout.contains("lang=\"zh-Hans\""));
}

#[test]
fn what_is_wrong_with_a_link_is_told_in_words() {
    let printed = run(&["#replicaz=3&maxSurge=1"]);
    assert!(printed.success && printed.stdout.starts_with("<svg "));
    assert!(printed.stderr.contains("replicaz"), "{}", printed.stderr);
    let refused = run(&["#maxSurge=0&maxUnavailable=0"]);
    assert!(refused.stderr.contains("may not be 0 when `maxSurge` is 0"), "{}", refused.stderr);
}

#[test]
fn what_is_wrong_with_a_command_line_is_told_with_how_it_is_used() {
    for words in
        [&["--theme", "pink", "at=3"][..], &["--lang=fr", "at=3"], &["--nosuch"], &["a=1", "b=2"], &[]]
    {
        let printed = run(words);
        assert!(!printed.success && printed.stdout.is_empty(), "{words:?}");
        assert!(printed.stderr.contains("usage: svg"), "{}", printed.stderr);
    }
}
