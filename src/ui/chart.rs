//! The run through time, the weave, and the scrubber that lies over both.

use yew::virtual_dom::ListenerKind;
use yew::{Callback, Html};

use super::budget_line::hatches;
use super::el::{El, classed, el};
use super::part::part;
use crate::session::msg::Msg;
use crate::view::Frame;
use crate::view::chart::{Area, Chart as Model, Mark, Threads};
use crate::view::linked::pod_at;
use crate::view::px::Px;

/// The chart with its playhead, as scrubber. A native slider lies over it, so that pointer, touch,
/// keyboard and screen reader all work as they do on any slider.
pub fn chart(frame: &Frame, label: String, on_msg: &Callback<Msg>) -> Html {
    let Frame { chart: model, playhead, position, .. } = frame;
    let (left, width) = model.plot;
    let rest = left.plus(width).minus(playhead.x).max(Px(0));
    let x = playhead.x.to_string();
    let bottom = model.height.to_string();
    let picture = classed("svg", "chart")
        .attr("width", model.width.to_string())
        .attr("height", bottom.clone())
        .attr("viewBox", format!("0 0 {} {}", model.width, model.height))
        .attr("aria-hidden", "true")
        .child(part(model, run))
        .child(future(playhead.x, rest, model.span.0, model.span.1))
        .child(future(playhead.x, rest, model.weave_top, model.height))
        .child(path("lit", frame.linked.thread.clone()))
        .child(classed("path", "playhead").attr("d", format!("M{x} 8V{bottom}")))
        .child(classed("circle", "knob").attr("cx", x).attr("cy", "8").attr("r", "5.5"));
    let threads = model.clone();
    let scrubber = classed("input", "scrubber")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", model.end.to_string())
        .attr("step", "1")
        .attr("aria-label", label)
        .attr("aria-valuetext", position.clone())
        .value(playhead.millis.to_string())
        .on_input(on_msg, |millis| Msg::Scrub(millis.parse().unwrap_or(0)))
        .on_place(ListenerKind::onpointermove, on_msg, move |_, y| Msg::HoverPod(pod_at(&threads, y)));
    classed("div", "time").child(picture).child(scrubber).into()
}

/// What has not happened yet is paler.
fn future(x: Px, width: Px, top: Px, bottom: Px) -> El {
    rect("future", (x, top), (width, bottom.minus(top)))
}

/// A rectangle.
pub fn rect(class: impl Into<yew::AttrValue>, (x, y): (Px, Px), (width, height): (Px, Px)) -> El {
    classed("rect", class)
        .attr("x", x.to_string())
        .attr("y", y.to_string())
        .attr("width", width.to_string())
        .attr("height", height.to_string())
}

fn path(class: impl Into<yew::AttrValue>, path: String) -> Html {
    classed("path", class).attr("d", path).into()
}

/// Words in a picture.
pub fn label(class: impl Into<yew::AttrValue>, (x, y): (Px, Px), words: &str) -> El {
    classed("text", class).attr("x", x.to_string()).attr("y", y.to_string()).text(words.to_owned())
}

/// All of the chart that stays while time passes.
fn run(model: &Model) -> Html {
    let (left, width) = model.plot;
    let (top, bottom) = model.span;
    let level = |(y, words, class): &(Px, String, &'static str)| {
        let place = (left.minus(Px::whole(6)), y.plus(Px::whole(4)));
        label(format!("level {class}"), place, words).into()
    };
    let tick = |(x, words): &(Px, String)| label("tick", (*x, bottom.plus(Px::whole(15))), words).into();
    el("g")
        .child(hatches())
        .child(rect("plot", (left, top), (width, bottom.minus(top))))
        .children(model.areas.iter().map(area))
        .child(path("wanted", model.wanted.clone()))
        .child(path("ceiling", model.ceiling.clone()))
        .child(path("floor", model.floor.clone()))
        .child(path("axis", format!("M{left} {bottom}H{}", left.plus(width))))
        .children(model.levels.iter().map(level))
        .children(model.ticks.iter().map(tick))
        .children(model.marks.iter().map(|(x, mark)| self::mark(*x, *mark)))
        .children(model.threads.iter().map(threads))
        .into()
}

fn area(area: &Area) -> Html {
    let class = if area.available { "available" } else { "starting" };
    path(format!("area hue-{} {class}", area.hue), area.path.clone())
}

/// A command points up to the chart, a decision down into it.
fn mark(x: Px, mark: Mark) -> Html {
    match mark {
        Mark::Command => path("mark command", format!("M{x} 3l4 4-4 4-4-4z")),
        Mark::Decision => path("mark decision", format!("M{x} 13l-4-6h8z")),
    }
}

fn threads(threads: &Threads) -> Html {
    path(format!("thread hue-{} {}", threads.hue, threads.shape.name()), threads.path.clone())
}
