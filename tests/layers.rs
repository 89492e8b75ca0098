//! The import law: which module may use which, read off the sources.

use std::fs;
use std::path::{Path, PathBuf};

/// A module, and the modules it may use besides itself.
const LAW: &[(&str, &[&str])] = &[
    ("sim", &[]),
    ("timeline", &["sim"]),
    ("manifest", &["sim"]),
    ("kubectl", &["sim", "manifest"]),
    ("i18n", &["sim", "kubectl"]),
    ("shell", &["sim", "timeline", "kubectl", "manifest", "i18n"]),
    ("line", &["sim", "timeline"]),
    ("link", &["sim", "timeline", "line"]),
    ("stories", &["timeline", "i18n", "line"]),
    ("session", &["sim", "timeline", "kubectl", "link", "i18n", "shell", "line", "stories"]),
    ("view", &["sim", "timeline", "kubectl", "link", "i18n", "shell", "line", "stories", "session"]),
    ("ui", &["sim", "i18n", "session", "view", "markup"]),
    ("markup", &[]),
    ("picture", &["sim", "timeline", "i18n", "session", "view", "markup"]),
    ("export", &["sim", "timeline", "kubectl", "i18n", "session", "view"]),
    (
        "desk",
        &[
            "sim", "timeline", "kubectl", "manifest", "i18n", "shell", "line", "session", "view", "markup",
            "picture", "export",
        ],
    ),
    ("web", &["sim", "i18n", "link", "session", "ui", "view", "markup", "desk"]),
];

/// Who may know that there is a browser.
const BROWSER: [&str; 3] = ["web", "main", "bin"];

/// What only they may name: the browser's crates, clocks, and whatever has an order of its own.
/// `gloo` stands for `gloo_events` too.
const OUTSIDE: [&str; 9] =
    ["yew", "web_sys", "js_sys", "wasm_bindgen", "gloo", "Instant", "SystemTime", "HashMap", "HashSet"];

#[test]
fn modules_use_only_what_lies_below() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = files_below(&src);
    assert!(files.contains(&src.join("sim.rs")), "no sources in {}", src.display());
    let offences: Vec<_> = files.iter().flat_map(|file| offences_in(&src, file)).collect();
    assert!(offences.is_empty(), "\n{}", offences.join("\n"));
}

#[test]
fn offences_are_found() {
    #[track_caller]
    fn check(module: &str, text: &str, expect: &[(usize, &str)]) {
        let expect: Vec<_> = expect.iter().map(|(line, what)| (*line, (*what).to_owned())).collect();
        assert_eq!(offences(module, text), expect);
    }

    check("sim", "use crate::sim::pod::Pod;", &[]);
    check("sim", "use std::rc::Rc;\n\nuse crate::link::Link;", &[(3, "`sim` may not use `link`")]);
    check("kubectl", "fn f(t: &crate::timeline::Timeline)", &[(1, "`kubectl` may not use `timeline`")]);
    check("timeline", "pub(in crate::kubectl) fn f()", &[(1, "`timeline` may not use `kubectl`")]);
    check("timeline", "use crate::{sim::Sim, link};", &[(1, "`timeline` may not use `{`")]);
    check("sim", "use crate::*;", &[(1, "`sim` may not use `*`")]);
    check("ui", "use crate::timeline::Timeline;", &[(1, "`ui` may not use `timeline`")]);
    check("view", "use some_crate::web;\n// crate::web\nuse crate::sim; //! crate::ui", &[]);
    check("toys", "use crate::sim::Sim;", &[(1, "`toys` is not in the law")]);
    check("lib", "pub mod web;\npub use crate::web::mount;", &[]);
    check("lib", "use wasm_bindgen::prelude::*;", &[(1, "`lib` may not name `wasm_bindgen`")]);
    check("sim", "/// No HashMap.\nuse std::collections::BTreeMap;\n//! Instant", &[]);
    check("view", "let now = std::time::Instant::now();", &[(1, "`view` may not name `Instant`")]);
    check("session", "\nuse gloo_events::EventListener;", &[(2, "`session` may not name `gloo_events`")]);
    check("sim", "struct Instants; // by Instant", &[]);
    check("web", "use gloo_events::EventListener; use std::collections::HashMap;", &[]);
    check("ui", "use yew::Html;", &[(1, "`ui` may not name `yew`")]);
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("a folder can be read to its end").path());
    let files = paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] });
    files.filter(|file| file.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn offences_in(src: &Path, file: &Path) -> Vec<String> {
    let inside = file.strip_prefix(src).expect("the file was found there").with_extension("");
    let module = inside.iter().next().and_then(|part| part.to_str()).expect("a file has a name");
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let found = offences(module, &text).into_iter();
    found.map(|(line, what)| format!("{}:{line}: {what}", file.display())).collect()
}

/// What a file of a top-level module does against the law, and in which line.
fn offences(module: &str, text: &str) -> Vec<(usize, String)> {
    let below = LAW.iter().find(|(name, _)| *name == module).map(|(_, below)| *below);
    let lawless = ["lib", "main", "bin"].contains(&module);
    if below.is_none() && !lawless {
        return vec![(1, format!("`{module}` is not in the law"))];
    }
    let allowed = |used: &str| lawless || used == module || below.unwrap_or(&[]).contains(&used);
    let mut offences = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or(line);
        let used = crate_paths(code).filter(|used| !allowed(used));
        offences.extend(used.map(|used| (index + 1, format!("`{module}` may not use `{used}`"))));
        let words = code.split(|c| !is_word(c)).filter(is_outside);
        let words = words.filter(|_| !BROWSER.contains(&module));
        offences.extend(words.map(|word| (index + 1, format!("`{module}` may not name `{word}`"))));
    }
    offences
}

/// The first part of every path that begins at the crate. Braces count as a part of their own, which
/// no module may use: one `use` says one module.
fn crate_paths(code: &str) -> impl Iterator<Item = &str> {
    let starts = code.match_indices("crate::").filter(|(at, _)| !code[..*at].ends_with(is_word));
    starts.map(|(at, start)| {
        let path = &code[at + start.len()..];
        let end = path.find(|c| !is_word(c)).unwrap_or(path.len());
        &path[..end.max(path.chars().next().map_or(0, char::len_utf8))]
    })
}

fn is_outside(word: &&str) -> bool {
    let rest = OUTSIDE.iter().find_map(|outside| word.strip_prefix(outside));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
