//! Elements of an SVG, and how they are printed: as XML that any reader of XML accepts.

pub use crate::markup::el;
use crate::markup::{El, Node, Words};
use crate::view::px::Px;

/// An element of a picture. Nothing is sent from it.
pub type Shape = El<()>;

/// An element with a class.
pub fn classed(tag: &'static str, class: &str) -> Shape {
    el(tag).attr("class", class.to_owned())
}

/// A rectangle.
pub fn rect(class: &str, (x, y): (Px, Px), (width, height): (Px, Px)) -> Shape {
    classed("rect", class)
        .attr("x", x.to_string())
        .attr("y", y.to_string())
        .attr("width", width.to_string())
        .attr("height", height.to_string())
}

/// A path.
pub fn path(class: &str, outline: impl Into<Words>) -> Shape {
    classed("path", class).attr("d", outline)
}

/// Words that begin, end or are centred at a place, as the class says.
pub fn label(class: &str, (x, y): (Px, Px), words: &str) -> Shape {
    classed("text", class).attr("x", x.to_string()).attr("y", y.to_string()).text(words.to_owned())
}

/// An element with nothing but text in it.
pub fn child_text(tag: &'static str, words: impl Into<Words>) -> Shape {
    el(tag).text(words)
}

/// An element, moved.
pub fn at((x, y): (Px, Px), shape: Shape) -> Shape {
    el("g").attr("transform", format!("translate({x} {y})")).child(shape)
}

/// The patterns of what is leaving, in each colour; 0 is that of no revision.
pub fn hatches() -> Shape {
    let hatch = |hue: u32| {
        classed("pattern", &format!("h{hue}"))
            .attr("id", format!("rs-hatch-{hue}"))
            .attr("width", "6")
            .attr("height", "6")
            .attr("patternUnits", "userSpaceOnUse")
            .attr("patternTransform", "rotate(45)")
            .child(classed("rect", "full").attr("width", "2.4").attr("height", "6"))
    };
    el("defs").children((0..=4).map(hatch))
}

/// An element and all that is in it.
pub fn print(shape: &Shape) -> String {
    let mut xml = String::new();
    write(shape, &mut xml);
    xml.push('\n');
    xml
}

fn write(shape: &Shape, xml: &mut String) {
    xml.push('<');
    xml.push_str(shape.tag);
    for (name, value) in shape.attrs.iter().filter(|(name, value)| *name != "class" || !value.is_empty()) {
        *xml += &format!(" {name}=\"{}\"", escaped(value));
    }
    if shape.children.is_empty() {
        xml.push_str("/>");
        return;
    }
    xml.push('>');
    for child in &shape.children {
        match child {
            Node::Text(words) => *xml += &escaped(words),
            Node::El(child) => write(child, xml),
            Node::Part(part) => write(&(part.draw)(), xml),
        }
    }
    *xml += &format!("</{}>", shape.tag);
}

/// Text in which nothing is markup. What XML has no place for, such as control characters, becomes �.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(c),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The inverse.
pub fn unescaped(text: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    signs.into_iter().fold(text.to_owned(), |text, (escaped, sign)| text.replace(escaped, sign))
}

/// A fraction with three digits, without floating point.
pub fn thousandths(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let number = number.unsigned_abs();
    let text = format!("{sign}{}.{:03}", number / 1000, number % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let shape = child_text("text", "a<b>&\"\u{1}中").attr("class", "x\"y");
        assert_eq!(print(&shape), "<text class=\"x&quot;y\">a&lt;b&gt;&amp;&quot;\u{fffd}中</text>\n");
        assert_eq!(unescaped(&escaped("a<b>&amp;\"")), "a<b>&amp;\"");
    }

    #[test]
    fn fractions_need_no_floating_point() {
        for (number, expect) in [(0, "0"), (1000, "1"), (-1500, "-1.5"), (12_345, "12.345"), (50, "0.05")] {
            assert_eq!(thousandths(number), expect);
        }
    }
}
