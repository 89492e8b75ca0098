//! What the desk looks like.

mod manifest;

use crate::i18n::desk::Text;
use crate::markup::{El, Hear, Node, classed, el};
use crate::shell::says::{aside, missing};

use super::share::view::share;
use super::terminal::{Act, Entry};
use super::{Desk, Msg, Tab};

/// Where lines are typed.
pub const FIELD: &str = ".line textarea";
/// Where an object is edited.
pub const EDITOR: &str = ".editor textarea";

/// Where what leaves the desk begins.
pub const SHARE: &str = ".share h2";

/// Candidates are shown up to so many.
const MOST_OFFERED: usize = 40;

/// What someone who has just come might want to see.
const EXAMPLES: [&str; 5] = [
    "kubectl get pods",
    "kubectl rollout status deployment/",
    "kubectl describe deployment/",
    "kubectl rollout history deployment/",
    "kubectl rollout undo deployment/",
];

/// Nobody reads more lines of one command; all of them are copied.
const MOST_LINES: usize = 300;

/// The desk as it is now.
pub fn desk(desk: &Desk) -> Vec<Node<Msg>> {
    let parts = match desk.tab {
        Tab::Terminal => terminal(desk),
        Tab::Share => vec![share(desk)],
    };
    std::iter::once(tabs(desk)).chain(parts).map(Node::El).collect()
}

/// What the desk can show.
fn tabs(desk: &Desk) -> El<Msg> {
    let tab = |(tab, words)| {
        let pressed = (tab == desk.tab).to_string();
        button(desk.lang.say(words), Msg::ShowTab(tab)).attr("aria-pressed", pressed)
    };
    let tabs = [(Tab::Terminal, Text::TabTerminal), (Tab::Share, Text::TabShare)].map(tab);
    classed("div", "forms").attr("role", "group").attr("aria-label", desk.lang.say(Text::Tabs)).children(tabs)
}

fn terminal(desk: &Desk) -> Vec<El<Msg>> {
    let say = |text| desk.lang.say(text);
    let printed = classed("div", "printed")
        .attr("role", "log")
        .attr("aria-label", say(Text::Terminal))
        .attr("tabindex", "0")
        .child(el("div").children(desk.terminal.entries.iter().map(|shown| entry(shown, desk))));
    [
        buttons(desk),
        classed("div", "screen").child(printed).child(prompt(desk)),
        offered(desk),
        classed("p", "hint").attr("id", "terminal-hint").text(say(Text::TerminalHint)),
        examples(desk),
        manifest::manifests(desk),
    ]
    .into()
}

/// A button of no weight.
pub fn button(words: String, msg: Msg) -> El<Msg> {
    classed("button", "ghost").attr("type", "button").on(Hear::Click(msg)).text(words)
}

/// A sentence in which what stands between grave accents is code.
fn code_in(words: &str) -> El<Msg> {
    let mut sentence = el("span");
    for (index, part) in words.split('`').enumerate() {
        sentence = match index % 2 {
            0 => sentence.text(part.to_owned()),
            _ => sentence.child(el("code").attr("lang", "en").attr("translate", "no").text(part.to_owned())),
        };
    }
    sentence
}

fn buttons(desk: &Desk) -> El<Msg> {
    let row = el("header").child(el("h2").text(desk.lang.say(Text::Terminal)));
    if desk.terminal.entries.is_empty() {
        return row;
    }
    let transcript = desk.terminal.transcript();
    let copied = desk.copied.as_ref() == Some(&transcript);
    let copy = if copied { Text::Copied } else { Text::CopyTranscript };
    row.child(button(desk.lang.say(copy), Msg::Copy(transcript)))
        .child(button(desk.lang.say(Text::ClearTerminal), Msg::Terminal(Act::Clear)))
}

fn prompt(desk: &Desk) -> El<Msg> {
    let lines = desk.terminal.typed.split('\n').count();
    let field = el("textarea")
        .attr("rows", lines.min(12).to_string())
        .attr("lang", "en")
        .attr("translate", "no")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("autocomplete", "off")
        .attr("aria-label", desk.lang.say(Text::TerminalInput))
        .attr("aria-describedby", "terminal-hint")
        .attr("placeholder", EXAMPLES[0])
        .value(desk.terminal.typed.clone())
        .on_input(|typed| Msg::Terminal(Act::Type(typed)))
        .on(Hear::Key(match (1 < lines, desk.completes) {
            (true, _) => key_below,
            (false, true) => key_with_tab,
            (false, false) => key,
        }));
    classed("div", "line").child(classed("span", "prompt").attr("aria-hidden", "true").text("$")).child(field)
}

/// What a key does in the field; all others are the field's own.
fn key(key: &str, ctrl: bool) -> Option<Msg> {
    Some(Msg::Terminal(match (key, ctrl) {
        ("Enter", false) => Act::Enter,
        ("ArrowUp", false) => Act::Recall(-1),
        ("ArrowDown", false) => Act::Recall(1),
        ("c", true) => Act::Interrupt,
        ("l", true) => Act::Clear,
        _ => return None,
    }))
}

/// The same where the last word can be completed; else Tab goes on to what comes next on the page.
fn key_with_tab(name: &str, ctrl: bool) -> Option<Msg> {
    match (name, ctrl) {
        ("Tab", false) => Some(Msg::Terminal(Act::Complete)),
        _ => key(name, ctrl),
    }
}

/// The same in a text of several lines, in which arrows go up and down.
fn key_below(name: &str, ctrl: bool) -> Option<Msg> {
    match name {
        "ArrowUp" | "ArrowDown" => None,
        _ => key(name, ctrl),
    }
}

/// What the last word can become, told to who listens too.
fn offered(desk: &Desk) -> El<Msg> {
    let offered = &desk.terminal.offered;
    let place = classed("p", "hint").attr("role", "status");
    if offered.is_empty() {
        return place;
    }
    let words = offered.iter().take(MOST_OFFERED).cloned().collect::<Vec<_>>().join("  ");
    let count = desk.lang.say(Text::Offered { count: offered.len() });
    place.text(count + " ").child(el("code").attr("lang", "en").attr("translate", "no").text(words))
}

fn examples(desk: &Desk) -> El<Msg> {
    let line = |line: &str| {
        let line = if line.ends_with('/') { format!("{line}{}", desk.name()) } else { line.to_owned() };
        let run = Hear::Click(Msg::Terminal(Act::Run(line.clone())));
        let button = el("button").attr("type", "button").on(run);
        el("li").child(button.child(el("code").attr("lang", "en").attr("translate", "no").text(line)))
    };
    classed("div", "examples")
        .child(el("span").text(desk.lang.say(Text::TerminalExamples)))
        .child(el("ul").children(EXAMPLES.into_iter().map(line)))
}

/// A line, what it printed, and what is to be said about it.
fn entry(entry: &Entry, desk: &Desk) -> El<Msg> {
    let (texts, left_out) = shortened(&entry.printed);
    let mut lines = el("pre").child(classed("span", "prompt").text("$ ")).text(format!("{}\n", entry.line));
    for (words, is_error) in texts {
        lines = match is_error {
            true => lines.child(classed("span", "error").text(words)),
            false => lines.text(words),
        };
    }
    el("div")
        .key(entry.number)
        .child(el("div").attr("lang", "en").attr("translate", "no").child(lines))
        .children(notes(entry, left_out, desk).into_iter().map(|note| el("p").text(note)))
}

/// The first lines of what was printed, and how many are left out.
fn shortened(printed: &[(String, bool)]) -> (Vec<(String, bool)>, usize) {
    let (mut room, mut left_out, mut texts) = (MOST_LINES, 0, Vec::new());
    for (all, is_error) in printed {
        let lines = all.lines().count();
        let shown: String = all.split_inclusive('\n').take(room).collect();
        left_out += lines.saturating_sub(room);
        room = room.saturating_sub(lines);
        if !shown.is_empty() {
            texts.push((shown, *is_error));
        }
    }
    (texts, left_out)
}

/// What a real kubectl would have done; lines that are left out; how it ended, if not well; or that it has
/// not.
fn notes(entry: &Entry, left_out: usize, desk: &Desk) -> Vec<String> {
    let say = |text| desk.lang.say(text);
    let left_out = (0 < left_out).then(|| say(Text::LinesLeftOut { lines: left_out }));
    let missing = entry.missing.as_ref().map(|lacks| missing(lacks, desk.lang));
    let aside = entry.aside.as_ref().map(|what| aside(what, desk.lang));
    let end = match entry.exit {
        None if desk.terminal.editing().is_some() => Some(say(Text::StillEditing)),
        None => Some(say(Text::StillRunning)),
        Some(0) => None,
        Some(status) => Some(say(Text::ExitStatus { status: status.into() })),
    };
    [left_out, missing, aside, end].into_iter().flatten().collect()
}
