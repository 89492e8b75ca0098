//! The run through time, the weave, and the scrubber that lies over both.

use super::budget_line::hatches;
use super::later;
use super::part::part;
use super::playhead::playhead;
use super::screen::Screen;
use super::{El, Node, Words, classed, el};
use super::{checkbox, rich};
use crate::i18n::Text;
use crate::session::msg::{Look, Msg};
use crate::view::Frame;
use crate::view::chart::{Area, Break, Cell, Chart as Model, Glyph, Level, Reading, Row, Table, glyph_name};
use crate::view::linked::pod_at;
use crate::view::px::Px;
use crate::view::weave::Threads;

/// The chart with its playhead, as scrubber, between what can be read off it and what its marks mean.
pub fn chart(screen: &Screen, fabric: Option<El>, label: String) -> [Node; 3] {
    let frame = &screen.frame;
    let time = classed("div", "time")
        .child(fabric)
        .child(part("chart", &frame.chart, run))
        .child(playhead(&frame.chart))
        .child(overlay(frame))
        .child(scrubber(frame, label));
    [part("reading", &frame.reading, reading), time.into(), below(screen).into()]
}

/// A picture as large as the chart.
fn sheet(model: &Model, class: &'static str) -> El {
    classed("svg", class)
        .attr("width", model.width.to_string())
        .attr("height", model.height.to_string())
        .attr("viewBox", format!("0 0 {} {}", model.width, model.height))
        .attr("aria-hidden", "true")
}

/// What stands over the chart and its veil: what was worst, what lines stand at, how long waits are, what is pointed
/// at, and the pod that is looked at.
fn overlay(frame: &Frame) -> El {
    let Frame { chart: model, reading, .. } = frame;
    let worst = reading.worst_at.map_or(String::new(), |[(least_x, least), (most_x, most)]| {
        let (below, above) = (least.plus(Px::whole(2)), most.minus(Px::whole(2)));
        format!("M{least_x} {below}l5 8h-10zM{most_x} {above}l5-8h-10z")
    });
    let hover = reading.hover.map_or(String::new(), |x| format!("M{x} {}V{}", model.span.0, model.height));
    sheet(model, "chart over")
        .child(path("locked", model.locked.clone()))
        .child(path("worst", worst))
        .children(model.levels.iter().map(level))
        .children(model.breaks.iter().map(|broken| length(broken, model.span)))
        .child(path("hover", hover))
        .child(path("lit", frame.linked.thread.clone()))
}

/// A native slider lies over the chart, so that pointer, touch, keyboard and screen reader all work as
/// they do on any slider. It counts tenths of a pixel: how much time they are is for the axis to say.
fn scrubber(frame: &Frame, label: String) -> El {
    let Frame { chart: model, playhead, position, .. } = frame;
    let left = model.axis.left;
    let (dragged, pointed, threads) = (model.clone(), model.clone(), model.clone());
    let scrub = move |tenths: String| {
        Msg::Look(Look::Scrub(dragged.axis.time(left.plus(Px(tenths.parse().unwrap_or(0)))).millis()))
    };
    let hover = move |x, _| Msg::Look(Look::Hover(Some(pointed.axis.time(left.plus(Px::whole(x))).millis())));
    classed("input", "scrubber")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", model.axis.width.0.to_string())
        .attr("step", "1")
        .attr("aria-label", label)
        .attr("aria-valuetext", position.clone())
        .attr("data-millis", playhead.millis.to_string())
        .value(playhead.x.minus(left).0.to_string())
        .on_input(scrub)
        .on_place("pointermove", hover)
        .on_place("pointerout", |_, _| Msg::Look(Look::Hover(None)))
        .on_place("pointermove", move |_, y| Msg::Look(Look::HoverPod(pod_at(&threads, y))))
}

/// The numbers at a moment; they are the legend of the lines, too.
fn reading(model: &Reading) -> El {
    let cell = |cell: &Cell| {
        let name = el("dt").child(swatch(cell.line)).text(cell.name.clone());
        let count = el("dd").text(cell.count.to_string());
        el("div").child(name).child(count.child(el("small").text(cell.otherwise.clone())))
    };
    let moment = classed("p", "moment").child(el("b").text(model.time.clone())).text(" ");
    let worst = if model.is_broken { "worst broken" } else { "worst" };
    classed("div", "reading")
        .child(moment.child(el("span").text(model.note.clone())))
        .child(el("dl").children(model.cells.iter().map(cell)))
        .child(classed("p", worst).children(rich(&model.worst)))
}

/// A piece of a line, or of an area.
fn swatch(line: &'static str) -> El {
    let picture = classed("svg", "stroke").attr("viewBox", "0 0 18 10").attr("aria-hidden", "true");
    let shape = if line == "leaving" { "M0 0h18v10H0z" } else { "M0 5h18" };
    let kind = if line == "leaving" { "area" } else { "line" };
    picture.child(path(format!("{kind} {line}"), shape.to_owned()))
}

/// What the marks mean, the future that was left, and the table.
fn below(screen: &Screen) -> El {
    let Screen { frame, around, .. } = screen;
    let meaning = |(glyph, words): &(Glyph, String)| {
        let swatch = classed("svg", "glyph").attr("viewBox", "-1 -1 10 10").attr("aria-hidden", "true");
        let shape = mark(*glyph, format!("M0 0{}", glyph.outline()));
        el("li").child(swatch.child(shape)).text(words.clone())
    };
    let say = |text| frame.lang.say(text);
    let button = |text, msg| el("button").attr("type", "button").on_click(msg).text(say(text));
    let ghost = classed("p", "other-future").child(swatch("ghost")).text(say(Text::GhostNote));
    let ghost = ghost.child(button(Text::SwapFutures, Msg::SwapFutures).attr("title", "G"));
    let ghost = ghost.child(button(Text::DismissGhost, Msg::DismissGhost));
    let (skip, skips) = frame.transport.skip_waits.clone();
    let table = around.as_ref().map(|around| &around.table).filter(|table| table.is_some());
    let open = table.is_some();
    let fold = classed("button", "ghost choose")
        .attr("type", "button")
        .attr("aria-expanded", open.to_string())
        .on_click(Msg::ShowTable(!open))
        .text(say(Text::AsTable));
    let table = table.map_or(Node::Text("".into()), |model| part("table", model, later::table));
    classed("div", "beneath")
        .child(frame.has_ghost.then_some(ghost))
        .child(classed("ul", "legend").children(frame.chart.legend.iter().map(meaning)))
        .child(checkbox(skips, skip, |skip| Msg::Look(Look::SkipWaits(skip))))
        .child(fold)
        .child(table)
}

/// A rectangle.
pub fn rect(class: impl Into<Words>, (x, y): (Px, Px), (width, height): (Px, Px)) -> El {
    classed("rect", class)
        .attr("x", x.to_string())
        .attr("y", y.to_string())
        .attr("width", width.to_string())
        .attr("height", height.to_string())
}

/// A path.
pub fn path(class: impl Into<Words>, path: String) -> El {
    classed("path", class).attr("d", path)
}

/// Words in a picture.
pub fn label(class: impl Into<Words>, (x, y): (Px, Px), words: &str) -> El {
    classed("text", class).attr("x", x.to_string()).attr("y", y.to_string()).text(words.to_owned())
}

/// All of the chart that stays while time passes.
fn run(model: &Model) -> El {
    let (left, width) = (model.axis.left, model.axis.width);
    let (top, bottom) = model.span;
    let tick = |(x, words): &(Px, String)| label("tick", (*x, bottom.plus(Px::whole(15))), words);
    sheet(model, "chart")
        .child(hatches())
        .child(rect("plot", (left, top), (width, bottom.minus(top))))
        .children(model.areas.iter().map(area))
        .children(model.lines.iter().map(|(class, line)| path(format!("line {class}"), line.clone())))
        .child(path("axis", format!("M{left} {bottom}H{}", left.plus(width))))
        .children(model.breaks.iter().map(|broken| self::broken(broken, model.span)))
        .children(model.ticks.iter().map(tick))
        .children(model.marks.iter().map(|(glyph, outlines)| mark(*glyph, outlines.clone())))
        .children(model.threads.iter().map(threads))
}

fn area(area: &Area) -> El {
    path(format!("area hue-{} {}", area.hue, area.class), area.path.clone())
}

/// A strip with torn edges.
fn broken(broken: &Break, (top, bottom): (Px, Px)) -> El {
    let right = broken.x.plus(broken.width);
    let tear = "l2 5-2 5".repeat((bottom.minus(top).0 / 100) as usize);
    classed("g", "break")
        .child(rect("gap", (broken.x, top), (broken.width, bottom.minus(top))))
        .child(path("tear", format!("M{} {top}{tear}M{right} {top}{tear}", broken.x)))
}

/// What a line stands at.
fn level((place, words, class): &Level) -> El {
    // Beside the chart there is room for five figures.
    let long = if 5 < words.len() { " long" } else { "" };
    label(format!("level {class}{long}"), *place, words)
}

/// How long a wait is, upright in its strip: above the veil over what is to come, and above the playhead.
fn length(broken: &Break, (top, bottom): (Px, Px)) -> El {
    let x = broken.x.plus(broken.width.share(1, 2)).plus(Px::whole(4));
    let turn = format!("translate({x} {})rotate(-90)", top.plus(bottom.minus(top).share(1, 2)));
    classed("text", "length").attr("transform", turn).text(broken.length.clone())
}

fn mark(glyph: Glyph, outlines: String) -> El {
    path(format!("mark {}", glyph_name(glyph)), outlines)
}

fn threads(threads: &Threads) -> El {
    path(format!("thread hue-{} {}", threads.hue, threads.shape.name()), threads.path.clone())
}

/// The table, if it is asked for.
pub fn table(model: &Option<Table>) -> El {
    let Some(model) = model else { return el("div") };
    let head = |name: &String| el("th").attr("scope", "col").text(name.clone());
    let row = |row: &Row| {
        let count = |count: &i32| el("td").text(count.to_string());
        el("tr")
            .child(el("th").attr("scope", "row").text(row.time.clone()))
            .children(row.counts.iter().map(count))
            .child(el("td").text(row.what.clone()))
    };
    let table = el("table")
        .child(el("caption").text(model.caption.clone()))
        .child(el("thead").child(el("tr").children(model.columns.iter().map(head))))
        .child(el("tbody").children(model.rows.iter().map(row)));
    // It scrolls, so the keyboard has to reach it.
    let scrolls = classed("div", "samples").attr("tabindex", "0").attr("role", "group");
    scrolls.attr("aria-label", model.caption.clone()).child(table)
}
