//! The page as elements: turns view models into [`crate::markup`], with the messages they send.
//! What computes belongs into `view`; what puts elements on the page, into `web`.

mod budget_line;
mod chart;
mod desk;
pub mod embed;
mod events;
mod icon;
mod inspector;
mod keys;
mod later;
pub mod page;
mod part;
mod playhead;
mod problems;
mod raster;
pub mod screen;
mod settings;
mod stage;
mod stall;
mod stories;
mod transport;
mod why;

use crate::markup::{Hear, Words, classed, el};
use crate::session::msg::Msg;
use crate::view::rich::Span;

/// An element of the page.
pub type El = crate::markup::El<Msg>;
/// A node of the page.
pub type Node = crate::markup::Node<Msg>;

/// A sentence with what stands out in it.
fn rich(spans: &[Span]) -> Vec<Node> {
    let piece = |span: &Span| match span.strong {
        true => el("b").text(span.text.clone()).into(),
        false => Node::Text(span.text.clone().into()),
    };
    spans.iter().map(piece).collect()
}

/// A box to be ticked, with its label.
fn checkbox(checked: bool, label: String, msg: fn(bool) -> Msg) -> El {
    let input = el("input").attr("type", "checkbox").checked(checked).on(Hear::Tick(msg));
    classed("label", "check").child(input).text(label)
}
