//! What has happened so far.

use super::{El, classed, el};
use crate::session::msg::{Look, Msg};
use crate::view::events::{EventList, EventRow, RowKind};

/// The list of events. What it lies in is filled from below, so that the browser by itself keeps the latest
/// one in view.
pub fn events(list: &EventList, title: &str) -> El {
    let EventList { events: model, lit } = list;
    let rows = el("ol").children(model.rows.iter().map(|row| event_row(row, *lit)));
    let rows = classed("div", "log")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", title.to_owned())
        .child(rows);
    classed("section", "card events")
        .child(el("h2").text(title.to_owned()))
        .child(rows)
        .child(super::checkbox(model.all, model.all_label.clone(), Msg::ShowAllEvents))
}

fn event_row(row: &EventRow, lit: Option<u32>) -> El {
    let current = if row.current { " current" } else { "" };
    let lit = if lit.is_some_and(|pod| row.pods.contains(&pod)) { " lit" } else { "" };
    let class = format!("hue-{}{current}{lit}", row.hue);
    let pod = row.pods.first().map_or(String::new(), u32::to_string);
    let button = el("button")
        .attr("type", "button")
        .attr("lang", "en")
        .attr("translate", "no")
        .on_click(Msg::Look(Look::GoToStep(row.step)))
        .child(el("time").text(row.at.clone()))
        .child(what(&row.kind));
    classed("li", class).attr("data-pod", pod).key(row.key.clone()).child(button)
}

fn what(kind: &RowKind) -> El {
    let what = classed("span", "what");
    match kind {
        RowKind::Event(reason, count, message) => {
            let many = if *count == 1 { String::new() } else { format!("{count} × ") };
            what.child(classed("span", "reason-word").text(many + reason)).text(format!(" {message}"))
        }
        RowKind::Command(line, answer) => what
            .child(el("code").text(format!("$ {line}")))
            .child(classed("code", "answer").text(answer.clone().unwrap_or_default())),
    }
}
