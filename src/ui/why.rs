//! Why the controllers do what they do.

use yew::{Html, html};

use crate::view::why::{Reason, Row, Source, Why as Model};

/// The explanation of one step.
pub fn why(model: &Model, title: &str) -> Html {
    html! {
        <section class="card why">
            <h2>{ title }</h2>
            <p class="who"><span class="pill">{ &model.actor }</span><span class="at">{ &model.at }</span></p>
            <div class="reasons">{ for model.reasons.iter().map(reason) }</div>
            <p class="next">{ &model.next }</p>
        </section>
    }
}

fn reason(reason: &Reason) -> Html {
    html! {
        <div class={format!("reason hue-{}", reason.hue)}>
            <h3>{ &reason.heading }</h3>
            <div class="numbers">{ sum(&reason.sum) }</div>
            <p class="result">{ for reason.result.iter().map(result) }</p>
            <p class="note">{ reason.note.clone().unwrap_or_default() }</p>
            <p class="source" lang="en">{ for reason.source.iter().map(source) }</p>
        </div>
    }
}

fn sum(rows: &[Row]) -> Html {
    let line = |row: &Row| {
        let class = if row.sign == "=" { "total" } else { "" };
        html! { <tr {class}><td>{ row.sign }</td><td class="count">{ row.number }</td><th scope="row">{ &row.label }</th></tr> }
    };
    html! { <table class="sum"><tbody>{ for rows.iter().map(line) }</tbody></table> }
}

fn result((name, change): &(String, String)) -> Html {
    html! { <><code translate="no">{ name }</code>{ " " }<b>{ change }</b></> }
}

fn source(source: &Source) -> Html {
    html! {
        <><a href={source.url()} target="_blank" rel="noopener">{ source.function }</a>{ " · Kubernetes v1.36.2" }</>
    }
}
