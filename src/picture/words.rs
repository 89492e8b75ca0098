//! The words of a picture. An SVG breaks no lines, so that is done here, by how wide letters are at most.

use crate::i18n::desk::Text;
use crate::session::Session;
use crate::view::px::Px;
use crate::view::rich::Span;
use crate::view::why::{Reason, Row, Why, why as why_of};
use crate::view::{stage, transport};

use super::svg::{Shape, at, classed, el, label, path, rect};
use super::{Options, WIDTH};

/// Something as wide as the picture, and how high it is.
pub struct Block {
    /// What.
    pub shape: Shape,
    /// How high.
    pub height: Px,
}

/// Words in one size.
#[derive(Clone, Copy)]
struct Font {
    class: &'static str,
    /// In pixels.
    size: i32,
    bold: bool,
}

const SMALL: Font = Font { class: "mute s12", size: 12, bold: false };
const PLAIN: Font = Font { class: "", size: 13, bold: false };
const SENTENCE: Font = Font { class: "s20", size: 20, bold: false };
const HEADING: Font = Font { class: "s17 b", size: 17, bold: true };
const LINK: Font = Font { class: "mute s11 mono", size: 11, bold: false };

/// What comes first: the Deployment, the time and the step.
pub fn heading(session: &Session) -> Block {
    let name = &session.timeline.inputs().scenario.deployments[0].0;
    let transport::Transport { clock, step, .. } = transport::transport(session);
    let width = Px::whole(WIDTH as i32);
    let shape = el("g")
        .child(label("mute mono s12", (Px(0), Px::whole(10)), &format!("deployment/{name}")))
        .child(label("mute s12 end", (width, Px::whole(10)), &format!("{clock} · {step}")));
    Block { shape, height: Px::whole(12) }
}

/// What is going on.
pub fn sentence(session: &Session) -> Block {
    paragraph(&stage::sentence(session), SENTENCE, Px::whole(WIDTH as i32))
}

/// How wide the explanation is; what comes next stands beside it.
const EXPLANATION: Px = Px::whole(372);
const BESIDE: Px = Px::whole(400);

/// Why the step was taken, and beside it what comes next.
pub fn why(session: &Session) -> Block {
    let why = why_of(session);
    let mut column = Column::new(EXPLANATION);
    column.add(line(SMALL, &format!("{} · {}", why.actor, why.at)));
    for reason in &why.reasons {
        self::reason(&mut column, reason, &why);
    }
    let next = next(&why.next);
    let height = column.down.max(next.height);
    let shape = el("g").child(column.shape).child(at((BESIDE, Px(0)), next.shape));
    Block { shape, height }
}

fn reason(column: &mut Column, reason: &Reason, why: &Why) {
    column.add(paragraph(&[strong(&reason.heading)], HEADING, column.width));
    if !reason.sum.is_empty() {
        column.add(sum(&reason.sum, reason.hue));
    }
    if let Some((name, change)) = &reason.result {
        let spans = classed("text", "s14").attr("y", "14");
        let shape = spans
            .child(classed("tspan", "mono").text(name.clone()))
            .text(" ")
            .child(classed("tspan", "b").text(change.clone()));
        column.add(Block { shape, height: Px::whole(18) });
    }
    if let Some(note) = &reason.note {
        column.add(paragraph(&[weak(note)], Font { class: "mute", ..PLAIN }, column.width));
    }
    if let Some(source) = reason.source {
        let link = el("a").attr("href", source.url()).text(source.function);
        let words = classed("text", "mute s12").attr("y", "11").child(link).text(" · Kubernetes v1.36.2");
        column.add(Block { shape: words, height: Px::whole(13) });
        let ours = format!("{} {}", why.followed, source.followed_in());
        column.add(paragraph(
            &[weak(&ours)],
            Font { class: "mute s11", size: 11, bold: false },
            column.width,
        ));
    }
}

/// The sum as a column of numbers that adds up.
fn sum(rows: &[Row], hue: u32) -> Block {
    let mut shape = classed("g", &format!("h{hue}"));
    let row_height = Px::whole(23);
    let digits = rows.iter().map(|row| row.number.to_string().len()).max().unwrap_or(0);
    // The signs, and as much room as the longest number wants.
    let end = Px::whole(34 + 12 * digits.max(2) as i32);
    for (index, row) in (0..).zip(rows) {
        let base = Px(row_height.0 * index + 170);
        let bold = if row.sign == "=" { " b" } else { "" };
        if row.sign == "=" {
            let y = base.minus(Px::whole(17));
            shape = shape.child(path("rule", format!("M14 {y}H{}", EXPLANATION)));
        }
        let name = if bold.is_empty() { "mute s14" } else { "s14 b" };
        shape = shape
            .child(label("s17 mid", (Px::whole(20), base), row.sign))
            .child(label(&format!("s17 end{bold}"), (end, base), &row.number.to_string()))
            .child(label(name, (end.plus(Px::whole(10)), base), &row.label));
    }
    let height = Px(row_height.0 * rows.len() as i32);
    Block { shape: shape.child(rect("full", (Px(0), Px(0)), (Px::whole(3), height))), height }
}

/// What comes next, on a note.
fn next(words: &str) -> Block {
    if words.is_empty() {
        return Block { shape: el("g"), height: Px(0) };
    }
    let width = Px::whole(WIDTH as i32).minus(BESIDE);
    let text = paragraph(&[weak(words)], PLAIN, width.minus(Px::whole(24)));
    let height = text.height.plus(Px::whole(20));
    let ground = rect("note", (Px(0), Px(0)), (width, height)).attr("rx", "10");
    Block { shape: el("g").child(ground).child(at((Px::whole(12), Px::whole(10)), text.shape)), height }
}

/// The lines of a link that are shown; all of it is in the metadata.
const MOST_LINES: usize = 3;

/// Where the picture comes from: the link that leads back to it.
pub fn footer(session: &Session, options: &Options, link: &str) -> Block {
    let width = Px::whole(WIDTH as i32);
    let mut column = Column::new(width);
    column.add(Block { shape: path("rule", format!("M0 0H{width}")), height: Px(10) });
    column.add(line(SMALL, &session.lang.say(Text::PictureMadeBy)));
    let mut lines = wrapped(&[weak(link)], LINK, width);
    if MOST_LINES < lines.len() {
        lines.truncate(MOST_LINES);
        lines[MOST_LINES - 1].push(weak("…"));
    }
    let text = set(&lines, LINK);
    let shape = if options.page.is_empty() {
        text.shape
    } else {
        el("a").attr("href", link.to_owned()).child(text.shape)
    };
    column.add(Block { shape, height: text.height });
    Block { shape: column.shape, height: column.down }
}

/// Blocks below each other.
struct Column {
    shape: Shape,
    width: Px,
    down: Px,
}

impl Column {
    fn new(width: Px) -> Self {
        Self { shape: el("g"), width, down: Px(0) }
    }

    fn add(&mut self, block: Block) {
        let shape = std::mem::replace(&mut self.shape, el("g"));
        self.shape = shape.child(at((Px(0), self.down), block.shape));
        self.down = self.down.plus(block.height).plus(Px::whole(5));
    }
}

/// Small pictures with words, one after the other, in as many lines as they need.
pub fn flow(items: Vec<(Shape, String)>) -> Block {
    let (line_height, room) = (Px::whole(20), Px::whole(WIDTH as i32));
    let (mut shape, mut x, mut y) = (el("g"), Px(0), Px(0));
    for (picture, words) in items {
        let width = Px::whole(22).plus(width(&words, SMALL));
        if Px(0) < x && room < x.plus(width) {
            (x, y) = (Px(0), y.plus(line_height));
        }
        let words = label("mute s12", (Px::whole(22), Px::whole(12)), &words);
        shape = shape.child(at((x, y), el("g").child(picture).child(words)));
        x = x.plus(width).plus(Px::whole(14));
    }
    Block { shape, height: y.plus(line_height) }
}

fn weak(words: &str) -> Span {
    Span { text: words.to_owned(), strong: false }
}

fn strong(words: &str) -> Span {
    Span { text: words.to_owned(), strong: true }
}

fn line(font: Font, words: &str) -> Block {
    set(&[vec![weak(words)]], font)
}

/// Words in as many lines as they need.
fn paragraph(words: &[Span], font: Font, width: Px) -> Block {
    set(&wrapped(words, font, width), font)
}

fn set(lines: &[Vec<Span>], font: Font) -> Block {
    let height = Px(font.size * 14);
    let line = |(index, spans): (i32, &Vec<Span>)| {
        let y = Px(height.0 * index + font.size * 10);
        let text = classed("text", font.class).attr("y", y.to_string());
        let bold = |span: &Span| span.strong && !font.bold;
        spans.iter().fold(text, |text, span| match bold(span) {
            true => text.child(classed("tspan", "b").text(span.text.clone())),
            false => text.text(span.text.clone()),
        })
    };
    let shape = el("g").children((0..).zip(lines).map(line));
    Block { shape, height: Px(height.0 * lines.len().max(1) as i32) }
}

/// Breaks lines at blanks, around Chinese characters, and within what is too long for a line.
fn wrapped(spans: &[Span], font: Font, room: Px) -> Vec<Vec<Span>> {
    let mut lines = vec![Vec::<Span>::new()];
    let mut left = room;
    for span in spans {
        for piece in pieces(&span.text, font, room) {
            let wide = width(piece, font);
            let is_first = lines.last().is_none_or(Vec::is_empty);
            if left < wide && !is_first {
                lines.push(Vec::new());
                left = room;
            }
            let Some(line) = lines.last_mut() else { continue };
            let words = if line.is_empty() { piece.trim_start() } else { piece };
            match line.last_mut() {
                Some(last) if last.strong == span.strong => last.text.push_str(words),
                _ => line.push(Span { text: words.to_owned(), strong: span.strong }),
            }
            left = left.minus(wide);
        }
    }
    lines
}

/// What is never broken: words with the blanks before them, and Chinese characters with the signs after them.
fn pieces(text: &str, font: Font, room: Px) -> Vec<&str> {
    let (mut pieces, mut start, mut wide) = (Vec::new(), 0, Px(0));
    let mut last = ' ';
    for (index, c) in text.char_indices() {
        let next = Px(letter(c, font));
        let begins = c == ' ' || is_wide(last) || (is_wide(c) && !"，。：；、）！？”’》".contains(c));
        let breaks = begins && !"（《“‘".contains(last) && !"，。：；、）！？”’》".contains(c);
        if start < index && (breaks || room < wide.plus(next)) {
            pieces.push(&text[start..index]);
            (start, wide) = (index, Px(0));
        }
        wide = wide.plus(next);
        last = c;
    }
    pieces.push(&text[start..]);
    pieces
}

fn is_wide(c: char) -> bool {
    '\u{2e80}' <= c
}

/// How wide words are at most.
fn width(words: &str, font: Font) -> Px {
    Px(words.chars().map(|c| letter(c, font)).sum())
}

/// How wide a letter is at most, in tenths of a pixel, in the fonts that are common.
fn letter(c: char, font: Font) -> i32 {
    let percent = match c {
        _ if is_wide(c) => 100,
        _ if font.class.contains("mono") => 61,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 34,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 42,
        'm' | 'w' | 'M' | 'W' | '→' | '…' | '×' | '−' | '=' => 95,
        'A'..='Z' => 72,
        _ => 63,
    };
    font.size * percent * if font.bold { 11 } else { 10 } / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(words: &str, room: i32) -> Vec<String> {
        let lines = wrapped(&[weak(words)], PLAIN, Px::whole(room));
        lines.iter().map(|line| crate::view::rich::plain(line)).collect()
    }

    #[test]
    fn lines_break_where_people_break_them() {
        assert_eq!(lines("one two three", 200), ["one two three"]);
        assert_eq!(lines("one two three", 60), ["one two", "three"]);
        assert_eq!(lines("正在等待，可用。", 60), ["正在等", "待，可", "用。"]);
        assert_eq!(lines("aaaaaaaaaaaaaaaa", 80).len(), 2);
        assert_eq!(lines("", 80), [""]);
    }
}
