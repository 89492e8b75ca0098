//! The terminal: what was printed, and a line to type in.

use yew::{Callback, Html};

use super::el::{El, classed, el};
use crate::session::msg::Msg;
use crate::session::terminal::Act;
use crate::view::terminal::{Printed, Terminal};

/// The terminal.
pub fn terminal(model: &Terminal, on_msg: &Callback<Msg>) -> Html {
    let button = |words: String, msg| {
        classed("button", "ghost").attr("type", "button").on_click(on_msg, msg).text(words)
    };
    let mut title = el("header").child(el("h2").text(model.title.clone()));
    if let Some((transcript, words)) = &model.copy {
        title = title
            .child(button(words.clone(), Msg::Copy(transcript.clone())))
            .child(button(model.clear.clone(), Msg::Terminal(Act::Clear)));
    }
    let printed = classed("div", "printed")
        .attr("role", "log")
        .attr("aria-label", model.title.clone())
        .attr("tabindex", "0")
        .child(el("div").children(model.entries.iter().map(entry)));
    classed("section", "card shell")
        .attr("aria-label", model.title.clone())
        .child(title)
        .child(classed("div", "screen").child(printed).child(prompt(model, on_msg)))
        .child(classed("p", "hint").text(model.hint.clone()))
        .child(examples(model, on_msg))
        .into()
}

fn prompt(model: &Terminal, on_msg: &Callback<Msg>) -> El {
    let field = el("input")
        .attr("type", "text")
        .attr("lang", "en")
        .attr("translate", "no")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("autocomplete", "off")
        .attr("aria-label", model.label.clone())
        .attr("placeholder", model.examples.1[0])
        .value(model.typed.clone())
        .on_input(on_msg, |typed| Msg::Terminal(Act::Type(typed)))
        .on_key(on_msg, key);
    classed("div", "line").child(classed("span", "prompt").attr("aria-hidden", "true").text("$")).child(field)
}

/// What a key does in the field; all others are the field's own.
fn key(key: &str, ctrl: bool) -> Option<Msg> {
    Some(match (key, ctrl) {
        ("Enter", false) => Msg::Terminal(Act::Enter),
        ("ArrowUp", false) => Msg::Terminal(Act::Recall(-1)),
        ("ArrowDown", false) => Msg::Terminal(Act::Recall(1)),
        ("c", true) => Msg::Terminal(Act::Interrupt),
        ("l", true) => Msg::Terminal(Act::Clear),
        _ => return None,
    })
}

fn examples(model: &Terminal, on_msg: &Callback<Msg>) -> El {
    let (words, lines) = &model.examples;
    let line = |line: &&'static str| {
        let button = el("button").attr("type", "button").on_click(on_msg, Msg::Terminal(Act::Run(line)));
        el("li").child(button.child(el("code").attr("lang", "en").attr("translate", "no").text(*line))).into()
    };
    classed("div", "examples")
        .child(el("span").text(words.clone()))
        .child(el("ul").children(lines.iter().map(line)))
}

fn entry(entry: &Printed) -> Html {
    let mut text = el("pre").child(classed("span", "prompt").text("$ ")).text(format!("{}\n", entry.line));
    for (words, is_error) in &entry.text {
        text = match is_error {
            true => text.child(classed("span", "error").text(words.clone())),
            false => text.text(words.clone()),
        };
    }
    let note = |note: &String| el("p").text(note.clone()).into();
    el("div")
        .key(entry.number.to_string())
        .child(el("div").attr("lang", "en").attr("translate", "no").child(text))
        .children(entry.notes.iter().map(note))
        .into()
}
