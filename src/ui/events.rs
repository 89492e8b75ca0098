//! What has happened so far.

use yew::{Callback, Event, Html, MouseEvent, NodeRef, TargetCast, html};

use crate::session::msg::Msg;
use crate::view::events::{EventRow, Events as Model, RowKind};

/// The list of events.
pub fn events(model: &Model, title: &str, list: &NodeRef, on_msg: &Callback<Msg>) -> Html {
    let onchange = on_msg.reform(|event: Event| {
        Msg::ShowAllEvents(event.target_unchecked_into::<web_sys::HtmlInputElement>().checked())
    });
    html! {
        <section class="card events">
            <h2>{ title }</h2>
            <ol ref={list} tabindex="0" aria-label={title.to_owned()}>
                { for model.rows.iter().map(|row| event_row(row, on_msg)) }
            </ol>
            <label class="check"><input type="checkbox" checked={model.all} {onchange} />{ &model.all_label }</label>
        </section>
    }
}

fn event_row(row: &EventRow, on_msg: &Callback<Msg>) -> Html {
    let step = row.step;
    let onclick = on_msg.reform(move |_: MouseEvent| Msg::GoToStep(step));
    let class = format!("hue-{}{}", row.hue, if row.current { " current" } else { "" });
    html! {
        <li key={row.key.clone()} {class}>
            <button type="button" {onclick} lang="en" translate="no">
                <time>{ &row.at }</time><span class="what">{ what(&row.kind) }</span>
            </button>
        </li>
    }
}

fn what(kind: &RowKind) -> Html {
    match kind {
        RowKind::Event(reason, count, message) => {
            let many = if *count == 1 { String::new() } else { format!("{count} × ") };
            html! { <><span class="reason-word">{ many }{ *reason }</span>{ " " }{ message }</> }
        }
        RowKind::Command(line, answer) => {
            let answer = answer.clone().unwrap_or_default();
            html! { <><code>{ "$ " }{ line }</code><code class="answer">{ answer }</code></> }
        }
    }
}
