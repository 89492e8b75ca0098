//! What holds up the rollout, and what would get it going.

use yew::{Callback, Html};

use super::el::{El, classed, el, list};
use super::icon::{self, icon};
use super::rich;
use super::settings::{button, command};
use crate::session::msg::Msg;
use crate::view::stall::{EditRow, Row, Stall as Model};

/// What holds up the rollout: one line, and all of it when it is opened.
pub fn stall(model: &Model, on_msg: &Callback<Msg>) -> Html {
    let summary = || el("code").attr("translate", "no").text(model.summary.clone()).into();
    let fold = classed("button", "fold")
        .attr("type", "button")
        .attr("aria-expanded", model.open.to_string())
        .on_click(on_msg, Msg::OpenStall(!model.open))
        .child(el("h2").text(model.title.clone()))
        .child(list((!model.open).then(summary)));
    classed("section", "card stall").child(fold).child(list(model.open.then(|| inside(model, on_msg)))).into()
}

fn inside(model: &Model, on_msg: &Callback<Msg>) -> Html {
    let title = || el("h3").text(model.edits_title.clone());
    let ask = model.ask.iter().map(|words| {
        let ask = el("button").attr("type", "button").on_click(on_msg, Msg::TryEdits);
        ask.text(words.clone()).into()
    });
    let edits = classed("ul", "edits").children(model.edits.iter().map(|it| edit(it, on_msg)));
    el("div")
        .child(classed("dl", "guards").children(model.guards.iter().map(|row| guard(row, &model.binds))))
        .child(list((!model.edits.is_empty()).then(|| title().into())))
        .child(edits)
        .children(ask)
        .into()
}

fn guard(row: &Row, binds: &str) -> Html {
    let mark = row.binds.then(|| Html::from(classed("span", "binds").text(binds.to_owned())));
    let name = el("dt").child(el("code").attr("translate", "no").text(row.name)).child(list(mark));
    classed("div", if row.binds { "binding" } else { "" })
        .child(name)
        .child(el("dd").child(rich(&row.value)))
        .into()
}

fn edit(row: &EditRow, on_msg: &Callback<Msg>) -> Html {
    let path = if row.completes { icon::DONE } else { icon::CLOSE };
    let line = |it: &&_| !matches!(it, crate::view::settings::Action { command, .. } if command.is_empty());
    let what: El = match &row.action {
        Some(action) => button(action, "", on_msg),
        None => el("b").text(row.label.clone()),
    };
    let command = row.action.as_ref().filter(line).map(|action| command(action, on_msg).into());
    classed("li", if row.completes { "completes" } else { "" })
        .child(what)
        .child(list(command))
        .child(el("p").child(icon(path)).text(row.outcome.clone()))
        .into()
}
