//! The page as Yew components: they turn view models into elements, and events into messages.
//! What computes belongs into `view`.

mod app;
mod budget_line;
mod chart;
mod events;
mod icon;
mod keys;
mod part;
mod settings;
mod stage;
mod transport;
mod why;

pub use app::{App, Props};

use yew::{Html, html};

use crate::view::rich::Span;

/// A sentence with what stands out in it.
fn rich(spans: &[Span]) -> Html {
    let piece = |span: &Span| match span.strong {
        true => html! { <b>{ &span.text }</b> },
        false => html! { <>{ &span.text }</> },
    };
    html! { <>{ for spans.iter().map(piece) }</> }
}
