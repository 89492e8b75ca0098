//! Why the controllers do what they do.

use super::{El, Node, classed, el};
use crate::view::why::{Reason, Row, Source, Why as Model};

/// The explanation of one step.
pub fn why(model: &Model, title: &str) -> El {
    let who = classed("p", "who")
        .child(classed("span", "pill").text(model.actor.clone()))
        .child(classed("span", "at").text(model.at.clone()));
    classed("section", "card why")
        .child(el("h2").text(title.to_owned()))
        .child(who)
        .child(classed("div", "reasons").children(model.reasons.iter().map(|it| reason(it, model))))
        .child(classed("p", "next").text(model.next.clone()))
}

fn reason(reason: &Reason, model: &Model) -> El {
    classed("div", format!("reason hue-{}", reason.hue))
        .child(el("h3").text(reason.heading.clone()))
        .child(classed("div", "numbers").child(sum(&reason.sum)))
        .child(classed("p", "result").children(reason.result.iter().flat_map(result)))
        .child(classed("p", "note").text(reason.note.clone().unwrap_or_default()))
        .child(classed("div", "source").children(reason.source.iter().flat_map(|it| source(it, model))))
}

fn sum(rows: &[Row]) -> El {
    let line = |row: &Row| {
        classed("tr", if row.sign == "=" { "total" } else { "" })
            .child(el("td").text(row.sign))
            .child(classed("td", "count").text(row.number.to_string()))
            .child(el("th").attr("scope", "row").text(row.label.clone()))
    };
    classed("table", "sum").child(el("tbody").children(rows.iter().map(line)))
}

fn result((name, change): &(String, String)) -> [Node; 3] {
    [
        el("code").attr("translate", "no").text(name.clone()).into(),
        Node::Text(" ".into()),
        el("b").text(change.clone()).into(),
    ]
}

/// The function of Kubernetes, and where it is followed here: there is no page to link to, so that is
/// selected as a whole by a click.
fn source(source: &Source, model: &Model) -> [El; 2] {
    let link = el("a")
        .attr("href", source.url())
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .attr("translate", "no")
        .attr("title", model.new_tab.clone())
        .text(source.function);
    let ours = el("code").attr("translate", "no").text(source.followed_in());
    [
        el("p").child(link).text(" · Kubernetes v1.36.2"),
        el("p").text(model.followed.clone()).text(" ").child(ours),
    ]
}
