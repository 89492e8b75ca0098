//! The middle of the page: one sentence, the budget line, and the same in numbers.

use yew::{Html, html};

use super::budget_line::{budget_line, swatch};
use super::rich;
use crate::view::Frame;
use crate::view::budget_line::Shape;
use crate::view::stage::SetCard;

/// What is going on: in one sentence, and as the budget line.
pub fn picture(frame: &Frame) -> Html {
    let meaning = |(shape, text): &(Shape, String)| html! { <li>{ swatch(*shape) }{ text }</li> };
    html! {
        <>
            <h2 class="sentence">{ rich(&frame.sentence) }</h2>
            { budget_line(&frame.budget_line) }
            <ul class="legend">{ for frame.legend.iter().map(meaning) }</ul>
        </>
    }
}

/// The same in numbers: the ReplicaSets, and the row that kubectl prints.
pub fn numbers(frame: &Frame) -> Html {
    html! {
        <>
            <div class="sets">{ for frame.sets.iter().map(set) }</div>
            <div class="terminal" lang="en" translate="no" tabindex="0" role="group"
                aria-label="kubectl get deployment web">
                <pre><span class="prompt">{ "$ " }</span>{ "kubectl get deployment web\n" }{ &frame.kubectl_get }</pre>
            </div>
        </>
    }
}

fn set(card: &SetCard) -> Html {
    let column = |(name, count): &(&'static str, i32)| {
        html! { <div><dt>{ *name }</dt><dd>{ *count }</dd></div> }
    };
    html! {
        <article key={card.name.clone()} class={format!("set hue-{}", card.hue)}>
            <header><code translate="no">{ &card.name }</code><span>{ &card.revision }</span></header>
            <dl lang="en">{ for card.columns.iter().map(column) }</dl>
        </article>
    }
}
