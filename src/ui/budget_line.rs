//! The budget line.

use super::chart::{label, rect};
use super::{El, classed, el};
use crate::session::msg::Msg;
use crate::view::budget_line::{Bar, BudgetLine as Model, Post, Shape, Tile};
use crate::view::px::Px;

/// The budget line: slots, pods, floor and ceiling. A pod is chosen by a click;
/// one stands out while it is pointed at anywhere.
pub fn budget_line(model: &Model, lit: Option<u32>) -> El {
    let Model { width, height, line, slots, tiles, bars, floor, ceiling, leaving, label } = model;
    let (top, line_height) = *line;
    let slot = |x: &Px| {
        let slot = rect("slot", (*x, top), (slots.1, line_height));
        slot.attr("rx", "9").key(x.to_string())
    };
    let lines = leaving.1.iter().enumerate();
    classed("svg", "budget-line")
        .attr("role", "img")
        .attr("aria-label", label.clone())
        .attr("width", width.to_string())
        .attr("height", height.to_string())
        .attr("viewBox", format!("0 0 {width} {height}"))
        .child(hatches())
        .child(el("g").children(slots.0.iter().map(slot)))
        .child(el("g").children(lines.map(|(index, words)| leaving_line(leaving.0, index, words))))
        .child(el("g").children(bars.iter().map(|model| bar(model, *width))))
        .child(el("g").children(tiles.iter().map(|model| tile(model, lit))))
        .child(post("ceiling", ceiling, top.0, line_height.0, false))
        .child(post("floor", floor, top.0, line_height.0, true))
}

/// The pattern of what is leaving, in each colour.
pub fn hatches() -> El {
    let hatch = |hue: u32| {
        classed("pattern", format!("hue-{hue}"))
            .attr("id", format!("hatch-{hue}"))
            .attr("width", "6")
            .attr("height", "6")
            .attr("patternUnits", "userSpaceOnUse")
            .attr("patternTransform", "rotate(45)")
            .child(el("rect").attr("width", "2.4").attr("height", "6"))
    };
    el("defs").children((0..=4).map(hatch))
}

/// A pod on a square of 40, so that it can grow and shrink as a whole.
fn tile(tile: &Tile, lit: Option<u32>) -> El {
    let Tile { pod, hue, shape, x, y, size, fill, label, title, selected } = tile;
    let chosen = Some(*pod).filter(|_| !selected);
    let class = match (*selected, lit == Some(*pod)) {
        (true, _) => " chosen",
        (false, true) => " lit",
        (false, false) => "",
    };
    let inside = square(classed("g", "pop"), *shape, *fill);
    classed("svg", format!("tile hue-{hue} {}{class}", shape.name()))
        .key(*pod)
        .attr("data-pod", pod.to_string())
        .attr("x", x.to_string())
        .attr("y", y.to_string())
        .attr("width", size.to_string())
        .attr("height", size.to_string())
        .attr("viewBox", "0 0 40 40")
        .on_click(Msg::SelectPod(chosen))
        .child(el("title").text(title.clone()))
        .child(inside.children(label.iter().map(name)))
}

/// A pod's body, what it is filled with up to so many tenths of a percent, its rim, and a cross if it failed.
fn square(inside: El, shape: Shape, fill: i32) -> El {
    let part = |class: &'static str| rect(class, (Px(20), Px(20)), (Px(360), Px(360))).attr("rx", "9");
    let cross =
        (shape == Shape::Failing).then(|| classed("path", "cross").attr("d", "M11 11l18 18M29 11l-18 18"));
    inside
        .child(part("body"))
        .child(part("fill").attr("clip-path", format!("inset({}% 0 0 round 9px)", Px(1000 - fill))))
        .child(part("rim"))
        .child(el("g").children(cross))
}

fn name((name, letters): &(String, i32)) -> El {
    let base = Px(200 + letters * 36 / 10);
    label("name", (Px::whole(20), base), name).attr("font-size", letters.to_string())
}

fn leaving_line(top: Px, index: usize, words: &str) -> El {
    label("leaving-label", (Px(0), top.plus(Px::whole(12 + 14 * index as i32))), words)
}

/// It is cut out of the whole line: a cut that moves changes nothing about where things are, so nothing is
/// laid out anew while it does.
fn bar(bar: &Bar, line: Px) -> El {
    let Bar { key, hue, shape, x, y, width, height, label: words } = bar;
    let cut = format!("inset(0 {}px 0 {x}px)", line.minus(x.plus(*width)));
    let middle = (x.plus(width.share(1, 2)), y.plus(height.share(64, 100)));
    classed("g", format!("bar hue-{hue} {}", shape.name()))
        .key(key.clone())
        .child(rect("body", (Px(0), *y), (line, *height)).attr("clip-path", cut))
        .child(label("name", middle, words))
}

/// A mark through the line with its label above, or below it.
fn post(class: &'static str, post: &Post, top: i32, height: i32, below: bool) -> El {
    let Post { x, label: words, before } = post;
    let (from, to, base) = match below {
        true => (top - 40, top + height + 160, top + height + 210),
        false => (top - 80, top + height + 40, top - 100),
    };
    let aside = Px(if below { 60 } else { 0 });
    let anchor = if *before { "end" } else { "start" };
    classed("g", format!("post {class}"))
        .child(el("path").attr("d", format!("M{x} {}V{}", Px(from), Px(to))))
        .child(label("", (post.words_at(aside), Px(base)), words).attr("text-anchor", anchor))
}

/// A small pod that shows what a shape means.
pub fn swatch(shape: Shape) -> El {
    let fill = match shape {
        Shape::Pending | Shape::Failing => 0,
        Shape::Running => 400,
        _ => 1000,
    };
    let picture = classed("svg", format!("swatch tile hue-0 {}", shape.name()));
    square(picture.attr("viewBox", "0 0 40 40").attr("aria-hidden", "true"), shape, fill)
}
