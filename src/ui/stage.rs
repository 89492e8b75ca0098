//! The middle of the page: one sentence, the budget line, and the same in numbers.

use super::budget_line::{budget_line, swatch};
use super::later::{field, inspector};
use super::part::part;
use super::screen::Screen;
use super::{El, Node, classed, el, raster, rich};
use crate::i18n::{Lang, Text};
use crate::session::Session;
use crate::session::msg::Msg;
use crate::view::budget_line::Shape;
use crate::view::panels::Panels;
use crate::view::raster::Field;
use crate::view::stage::{Condition, SetCard};

/// What is going on: in one sentence, and as the budget line.
pub fn picture(screen: &Screen) -> El {
    let Screen { session, frame, field, around, .. } = screen;
    let meaning = |(shape, words): &(Shape, String)| {
        let count = screen.count(*shape).map(|count| count.to_string());
        let count = el("b").text(count.unwrap_or_default());
        el("li").key(shape.name()).child(swatch(*shape)).text(words.clone()).child(count)
    };
    let legend = classed("ul", "legend").children(frame.legend.iter().map(meaning));
    let lang = frame.lang;
    let selected: Node = match around.as_ref().and_then(|around| around.inspector.as_ref()) {
        Some(model) => part("inspector", model, move |model| inspector(model, lang)),
        None => classed("button", "ghost choose")
            .attr("type", "button")
            .on_click(Msg::NextPod(0))
            .text(lang.say(Text::ChoosePod))
            .into(),
    };
    let story = match around {
        Some(around) => around.story.unwrap_or_default(),
        // Its place is there before it.
        None => session.story.map_or("", |_| "\u{a0}"),
    };
    el("div")
        .child(classed("p", "story").text(story))
        .child(classed("h2", "sentence").children(rich(&frame.sentence)))
        .child(budget_line(&frame.budget_line, frame.linked.pod))
        .children(field.wanted.then(|| pod_field(field, session)).into_iter().flatten())
        .child(classed("div", "below").child(legend).child(selected))
}

/// The pods as a picture, or its place.
fn pod_field(model: &Field, session: &Session) -> Vec<Node> {
    if model.is_made() { field(model, session) } else { raster::place(model) }
}

/// The same in numbers: the ReplicaSets, the conditions, and the row that kubectl prints.
pub fn numbers(panels: &Panels, lang: Lang) -> El {
    let conditions = classed("dl", "conditions").attr("lang", "en").attr("translate", "no");
    let get = format!("kubectl get deployment {}", panels.name);
    let printed =
        el("pre").child(classed("span", "prompt").text("$ ")).text(format!("{get}\n{}", panels.kubectl_get));
    let terminal = classed("div", "terminal")
        .attr("lang", "en")
        .attr("translate", "no")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", get.clone());
    let numbers = el("div")
        .child(classed("div", "sets").children(panels.sets.iter().map(set)))
        .children((!panels.conditions.is_empty()).then(|| heading(lang)))
        .child(conditions.children(panels.conditions.iter().map(condition)))
        .child(terminal.child(printed));
    classed("section", "card").key("numbers").attr("aria-label", "ReplicaSet").child(numbers)
}

fn heading(lang: Lang) -> El {
    classed("h3", "conditions").text(lang.say(Text::Conditions))
}

fn condition(condition: &Condition) -> El {
    classed("div", format!("is-{}", condition.status))
        .key(condition.kind)
        .child(el("dt").text(format!("{} ", condition.kind)).child(el("b").text(condition.status)))
        .child(el("dd").child(el("b").text(condition.reason)).text(format!(" {}", condition.message)))
}

fn set(card: &SetCard) -> El {
    let column = |(name, count): &(&'static str, i32)| {
        el("div").child(el("dt").text(*name)).child(el("dd").text(count.to_string()))
    };
    let header = el("header")
        .child(el("code").attr("translate", "no").text(card.name.clone()))
        .child(el("span").text(card.revision.clone()));
    let long = card.columns.iter().any(|(_, count)| 99_999 < *count);
    classed("article", format!("set hue-{}{}", card.hue, if long { " long" } else { "" }))
        .key(card.name.clone())
        .child(header)
        .child(el("dl").attr("lang", "en").children(card.columns.iter().map(column)))
}
