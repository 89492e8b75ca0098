//! The budget line of a picture.

use crate::session::Session;
use crate::view::budget_line::{self, Bar, BudgetLine, Post, Shape as Look, Tile};
use crate::view::px::Px;

use super::svg::{Shape, classed, el, label, path, rect, thousandths};
use super::words::{Block, flow};

/// All of the budget line but the pods: places, floor, ceiling, and the words before those that leave.
pub fn around(session: &Session) -> Block {
    let BudgetLine { height, line: (top, line_height), slots, floor, ceiling, leaving, .. } =
        budget_line::budget_line(session);
    let slot = |x: &Px| rect("slot", (*x, top), (slots.1, line_height)).attr("rx", "9");
    let words = |(index, words): (i32, &String)| {
        label("mute s12", (Px(0), leaving.0.plus(Px::whole(12 + 14 * index))), words)
    };
    let shape = el("g")
        .children(slots.0.iter().map(slot))
        .children((0..).zip(&leaving.1).map(words))
        .child(post("ceiling", &ceiling, top.0, line_height.0, false))
        .child(post("floor", &floor, top.0, line_height.0, true));
    Block { shape, height }
}

/// The pods at the moment on screen: one by one, or by the number.
pub fn pods(session: &Session) -> Vec<Shape> {
    let line = budget_line::budget_line(session);
    let tiles = line.tiles.iter().map(|tile| placed(tile, self::tile(tile)));
    tiles.chain(line.bars.iter().map(bar)).collect()
}

fn placed(tile: &Tile, shape: Shape) -> Shape {
    shape.attr("transform", place(tile))
}

/// Where a tile is, and how large. It is drawn on a square of 40.
pub fn place(tile: &Tile) -> String {
    let scale = i64::from(tile.size.0) * 1000 / 400;
    format!("translate({} {}) scale({})", tile.x, tile.y, thousandths(scale))
}

/// A pod on a square of 40.
pub fn tile(tile: &Tile) -> Shape {
    let square = square("", tile.hue, tile.shape, tile.fill);
    square.children(tile.label.iter().filter(|_| tile.shape != Look::Failing).map(|(name, letters)| {
        let base = Px(200 + letters * 36 / 10);
        label("name hue b mid", (Px::whole(20), base), name).attr("style", format!("font-size:{letters}px"))
    }))
}

/// A pod's body, what it is filled with up to so many tenths of a percent, its rim, and a cross if it failed.
fn square(class: &str, hue: u32, shape: Look, fill: i32) -> Shape {
    let part = |class: &str, from: Px| {
        rect(class, (Px::whole(2), Px::whole(2).plus(from)), (Px::whole(36), Px::whole(36).minus(from)))
            .attr("rx", "9")
    };
    let empty = Px::whole(36).share(i64::from(1000 - fill), 1000);
    let inside = classed("g", &format!("{class}h{hue} {}", shape.name()));
    let inside = match shape {
        Look::Available => inside.child(part("full", Px(0))),
        _ => inside.child(part("body", Px(0))),
    };
    let inside = match shape {
        Look::Terminating => inside.child(part("fill", empty).attr("fill", hatch(hue))),
        Look::Running | Look::Ready => inside.child(part("fill full", empty)),
        _ => inside,
    };
    let inside = inside.child(part("rim", Px(0)));
    match shape {
        Look::Failing => inside.child(path("cross", "M11 11l18 18M29 11l-18 18")),
        _ => inside,
    }
}

/// What is filled with lines in a colour.
pub fn hatch(hue: u32) -> String {
    format!("url(#rs-hatch-{hue})")
}

/// Pods by the number.
pub fn bar(bar: &Bar) -> Shape {
    let Bar { shape, x, y, width, height, label: words, .. } = bar;
    let middle = (x.plus(width.share(1, 2)), y.plus(height.share(64, 100)));
    let size = if *shape == Look::Terminating { "name b mid s12" } else { "name b mid" };
    let group = bar_of(bar, body(bar));
    if words.is_empty() { group } else { group.child(label(size, middle, words)) }
}

/// A bar with a body.
pub fn bar_of(bar: &Bar, body: Shape) -> Shape {
    classed("g", &format!("bar h{} {}", bar.hue, bar.shape.name())).child(body)
}

/// The body of a bar.
pub fn body(Bar { hue, shape, x, y, width, height, .. }: &Bar) -> Shape {
    match shape {
        Look::Terminating => rect("", (*x, *y), (*width, *height)).attr("fill", hatch(*hue)),
        _ => rect("full", (*x, *y), (*width, *height)),
    }
}

/// A mark through the line with its label above, or below it.
fn post(class: &str, post: &Post, top: i32, height: i32, below: bool) -> Shape {
    let Post { x, label: words, before } = post;
    let (from, to, base) = match below {
        true => (top - 40, top + height + 160, top + height + 210),
        false => (top - 80, top + height + 40, top - 100),
    };
    let aside = Px(if below { 60 } else { 0 });
    let anchor = if *before { "b end" } else { "b" };
    classed("g", &format!("post {class}"))
        .child(path("plain", format!("M{x} {}V{}", Px(from), Px(to))))
        .child(label(&format!("{anchor} {class}"), (post.words_at(aside), Px(base)), words))
}

/// What the shapes of pods mean.
pub fn legend(session: &Session) -> Block {
    let items = budget_line::legend(session).into_iter().map(|(shape, words)| {
        let fill = if shape == Look::Running { 400 } else { 1000 };
        (square("swatch ", 0, shape, fill).attr("transform", "scale(.38)"), words)
    });
    flow(items.collect())
}
