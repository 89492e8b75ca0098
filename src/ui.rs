//! The page as Yew components: they turn view models into elements, and events into messages.
//! What computes belongs into `view`.

mod app;
mod budget_line;
mod chart;
mod clock;
mod desk;
mod el;
mod embed;
mod events;
mod icon;
mod inspector;
mod keys;
mod part;
mod playhead;
mod problems;
mod raster;
mod screen;
mod settings;
mod stage;
mod stall;
mod stories;
mod transport;
mod why;

pub use app::{App, Props};

use yew::{Callback, Html};

use crate::session::msg::Msg;
use crate::view::rich::Span;

use el::{El, classed, el, list, text};

/// A sentence with what stands out in it.
fn rich(spans: &[Span]) -> Html {
    let piece = |span: &Span| match span.strong {
        true => el("b").text(span.text.clone()).into(),
        false => text(span.text.clone()),
    };
    list(spans.iter().map(piece))
}

/// A box to be ticked, with its label.
fn checkbox(checked: bool, label: String, on_msg: &Callback<Msg>, msg: fn(bool) -> Msg) -> El {
    let input = el("input").attr("type", "checkbox").checked(checked).on_tick(on_msg, msg);
    classed("label", "check").child(input).text(label)
}
