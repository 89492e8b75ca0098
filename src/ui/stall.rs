//! What holds up the rollout, and what would get it going.

use super::icon::{self, icon};
use super::rich;
use super::settings::{button, command};
use super::{El, classed, el};
use crate::session::msg::Msg;
use crate::view::stall::{EditRow, Row, Stall as Model};

/// What holds up the rollout: one line, and all of it when it is opened.
pub fn stall(model: &Model) -> El {
    let summary = || el("code").attr("translate", "no").text(model.summary.clone());
    let fold = classed("button", "fold")
        .attr("type", "button")
        .attr("aria-expanded", model.open.to_string())
        .on_click(Msg::OpenStall(!model.open))
        .child(el("h2").text(model.title.clone()))
        .child((!model.open).then(summary));
    classed("section", "card stall").child(fold).child(model.open.then(|| inside(model)))
}

fn inside(model: &Model) -> El {
    let title = || el("h3").text(model.edits_title.clone());
    let ask = model.ask.iter().map(|words| {
        let ask = el("button").attr("type", "button").on_click(Msg::TryEdits);
        ask.text(words.clone())
    });
    let edits = classed("ul", "edits").children(model.edits.iter().map(edit));
    el("div")
        .child(classed("dl", "guards").children(model.guards.iter().map(|row| guard(row, &model.binds))))
        .child((!model.edits.is_empty()).then(title))
        .child(edits)
        .children(ask)
}

fn guard(row: &Row, binds: &str) -> El {
    let mark = row.binds.then(|| classed("span", "binds").text(binds.to_owned()));
    let name = el("dt").child(el("code").attr("translate", "no").text(row.name)).child(mark);
    classed("div", if row.binds { "binding" } else { "" })
        .child(name)
        .child(el("dd").children(rich(&row.value)))
}

fn edit(row: &EditRow) -> El {
    let path = if row.completes { icon::DONE } else { icon::CLOSE };
    let line = |it: &&_| !matches!(it, crate::view::settings::Action { command, .. } if command.is_empty());
    let what: El = match &row.action {
        Some(action) => button(action, ""),
        None => el("b").text(row.label.clone()),
    };
    let command = row.action.as_ref().filter(line).map(command);
    // What was pressed never becomes another edit under the finger.
    classed("li", if row.completes { "completes" } else { "" })
        .key(row.label.clone())
        .child(what)
        .child(command)
        .child(el("p").child(icon(path)).text(row.outcome.clone()))
}
