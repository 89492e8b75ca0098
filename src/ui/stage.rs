//! The middle of the page: one sentence, the budget line, the ReplicaSets.

use yew::{Html, Properties, component, html};

use super::budget_line::{BudgetLine, swatch};
use super::rich;
use crate::view::budget_line::{BudgetLine as Line, Shape};
use crate::view::rich::Span;
use crate::view::stage::SetCard;

/// What the middle shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is going on.
    pub sentence: Vec<Span>,
    /// The picture.
    pub line: Line,
    /// What its shapes mean.
    pub legend: Vec<(Shape, String)>,
    /// The ReplicaSets.
    pub sets: Vec<SetCard>,
    /// What kubectl prints.
    pub kubectl_get: String,
}

/// The middle of the page.
#[component]
pub fn Stage(props: &Props) -> Html {
    let meaning = |(shape, text): &(Shape, String)| html! { <li>{ swatch(*shape) }{ text }</li> };
    html! {
        <section class="card stage">
            <h2 class="sentence">{ rich(&props.sentence) }</h2>
            <BudgetLine model={props.line.clone()} />
            <ul class="legend">{ for props.legend.iter().map(meaning) }</ul>
            <div class="sets">{ for props.sets.iter().map(set) }</div>
            <div class="terminal" lang="en" translate="no" tabindex="0" role="group"
                aria-label="kubectl get deployment web">
                <pre><span class="prompt">{ "$ " }</span>{ "kubectl get deployment web\n" }{ &props.kubectl_get }</pre>
            </div>
        </section>
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
