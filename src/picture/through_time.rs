//! The chart and the weave of a picture.

use crate::i18n::desk::Text;
use crate::session::Session;
use crate::view::budget_line::Shape as Look;
use crate::view::chart::{Break, Chart, Glyph, Level, glyph_name};
use crate::view::px::Px;
use crate::view::weave::{Threads, sampled};

use super::budget::hatch;
use super::svg::{Shape, classed, el, label, path, rect};
use super::words::{Block, flow};

/// Room for the sentence under threads that stand for many pods.
const NOTE: Px = Px::whole(18);

/// All of the chart that stays while time passes, and where its threads end.
pub fn chart(session: &Session, chart: &Chart) -> (Block, Px) {
    let (left, width) = (chart.axis.left, chart.axis.width);
    let (top, bottom) = chart.span;
    let level = |(place, words, class): &Level| {
        let class = match *class {
            "floor" => "floor b",
            "ceiling" => "b",
            _ => "mute",
        };
        label(&format!("s12 end level {class}"), *place, words)
    };
    let tick = |(x, words): &(Px, String)| label("s12 mute mid", (*x, bottom.plus(Px::whole(15))), words);
    let (weave, end, height) = weave(session, chart);
    let shape = el("g")
        .children(chart.areas.iter().map(|area| {
            let outline = coarse(&area.path);
            let shape = path(&format!("area h{} {}", area.hue, area.class), outline);
            if area.class == "leaving" { shape.attr("fill", hatch(0)) } else { full(shape) }
        }))
        .children(chart.lines.iter().map(|(class, line)| path(&format!("line {class}"), coarse(line))))
        .child(path("axis plain", format!("M{left} {bottom}H{}", left.plus(width))))
        .children(chart.breaks.iter().map(|broken| self::broken(broken, (top, bottom))))
        .children(chart.levels.iter().map(level))
        .children(chart.ticks.iter().map(tick))
        .children(chart.marks.iter().map(|(glyph, outlines)| mark(*glyph, outlines)))
        .children(weave);
    (Block { shape, height }, end)
}

fn full(shape: Shape) -> Shape {
    shape.attr("fill", "currentColor")
}

fn mark(glyph: Glyph, outlines: &str) -> Shape {
    path(&format!("mark {}", glyph_name(glyph)), outlines.to_owned())
}

/// A thread for each pod; or where there are too many, for one of so many, with a sentence that says so.
fn weave(session: &Session, chart: &Chart) -> (Vec<Shape>, Px, Px) {
    let thread = |threads: &Threads| {
        let shape = path(&format!("thread h{} {}", threads.hue, threads.shape.name()), threads.path.clone());
        match threads.shape {
            Look::Terminating => shape.attr("fill", hatch(threads.hue)),
            Look::Failing => shape,
            _ => full(shape),
        }
    };
    let Some((threads, height, pods)) = sampled(session, &chart.axis, chart.weave_top) else {
        return (chart.threads.iter().map(thread).collect(), chart.height, chart.height);
    };
    let end = chart.weave_top.plus(height);
    let bottom = end.plus(NOTE);
    let note = session.lang.say(Text::PictureThreads { pods });
    let note = label("mute s12", (chart.axis.left, bottom.minus(Px::whole(3))), &note);
    (threads.iter().map(thread).chain([note]).collect(), end, bottom)
}

/// A strip with torn edges, and how long the wait is, upright in it.
fn broken(broken: &Break, (top, bottom): (Px, Px)) -> Shape {
    let right = broken.x.plus(broken.width);
    let tear = "l2 5-2 5".repeat((bottom.minus(top).0 / 100) as usize);
    let middle = top.plus(bottom.minus(top).share(1, 2));
    let x = broken.x.plus(broken.width.share(1, 2)).plus(Px::whole(4));
    let turn = format!("translate({x} {middle})rotate(-90)");
    let length = classed("text", "mute mid s11").attr("transform", turn).text(broken.length.clone());
    el("g")
        .child(rect("gap", (broken.x, top), (broken.width, bottom.minus(top))))
        .child(path("tear plain", format!("M{} {top}{tear}M{right} {top}{tear}", broken.x)))
        .child(length)
}

/// What the lines and marks mean.
pub fn legend(session: &Session, chart: &Chart) -> Block {
    let names = crate::view::chart::names(session.lang).into_iter().map(|(line, name)| {
        let swatch = match line {
            "leaving" => path("area leaving", "M0 3h16v9H0z").attr("fill", hatch(0)),
            _ => path(&format!("line {line}"), "M0 8h16"),
        };
        (swatch, name)
    });
    let marks = chart
        .legend
        .iter()
        .map(|(glyph, words)| (mark(*glyph, &format!("M4 4{}", glyph.outline())), words.clone()));
    flow(names.chain(marks).collect())
}

/// A path of whole numbers, each from the last place on: a run of many pods has thousands of points, of which
/// nobody sees tenths of a pixel.
fn coarse(outline: &str) -> String {
    if outline.len() < FINE {
        return outline.to_owned();
    }
    let mut pen = Pen::default();
    for (letter, numbers) in commands(outline) {
        match (letter, &numbers[..]) {
            ('M', [x, y]) => pen.lift(*x, *y),
            ('L', [x, y]) => pen.draw(*x, *y),
            ('H', [x]) => pen.draw(*x, pen.y),
            ('V', [y]) => pen.draw(pen.x, *y),
            _ => pen.close(),
        }
    }
    pen.path
}

/// Shorter paths stay as they are.
const FINE: usize = 2_000;
/// So many pixels beside each other become one.
const GRID: i32 = 2;

/// What draws a coarse path.
#[derive(Default)]
struct Pen {
    path: String,
    x: i32,
    y: i32,
}

impl Pen {
    fn lift(&mut self, x: i32, y: i32) {
        (self.x, self.y) = (x, y);
        self.path += &format!("M{x} {y}");
    }

    fn draw(&mut self, x: i32, y: i32) {
        let (right, down) = (x - self.x, y - self.y);
        (self.x, self.y) = (x, y);
        match (right, down) {
            (0, 0) => {}
            (_, 0) => self.path += &format!("h{right}"),
            (0, _) => self.path += &format!("v{down}"),
            _ if down < 0 => self.path += &format!("l{right}{down}"),
            _ => self.path += &format!("l{right} {down}"),
        }
    }

    fn close(&mut self) {
        self.path.push('z');
    }
}

/// The letters of a path with their numbers, in whole pixels; across, in every second one.
fn commands(outline: &str) -> Vec<(char, Vec<i32>)> {
    let mut commands = Vec::new();
    let mut rest = outline;
    while let Some(letter) = rest.chars().next() {
        let numbers = &rest[1..];
        let end = numbers.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(numbers.len());
        let whole = |text: &str| {
            let (before, tenths) = text.split_once('.').unwrap_or((text, "0"));
            before.parse::<i32>().unwrap_or(0) + i32::from("5" <= tenths)
        };
        let across = |x: i32| x / GRID * GRID;
        let mut numbers_read: Vec<_> =
            numbers[..end].split(' ').filter(|text| !text.is_empty()).map(whole).collect();
        if letter != 'V'
            && let Some(x) = numbers_read.first_mut()
        {
            *x = across(*x);
        }
        commands.push((letter, numbers_read));
        rest = &numbers[end..];
    }
    commands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_is_drawn_in_whole_pixels() {
        let long = "M30.5 20H33.2V18.6H35.1L40.2 25".to_owned() + &"V25".repeat(FINE) + "Z";
        assert_eq!(coarse(&long), "M30 20h2v-1h2l6 6z");
        assert_eq!(coarse("M30.5 20H33.2"), "M30.5 20H33.2");
    }
}
