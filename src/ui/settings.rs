//! The settings, the budget they make, and the buttons that roll out and back.

use yew::{Callback, Html, InputEvent, MouseEvent, TargetCast, html};

use super::{icon, rich};
use crate::session::msg::Msg;
use crate::view::settings::{Action, Input, Revision, Settings as Model};

/// The form beside the picture.
pub fn settings(model: &Model, title: &str, on_msg: &Callback<Msg>) -> Html {
    let press = |msg: Msg| on_msg.reform(move |_: MouseEvent| msg.clone());
    let history = |(possible, label): &(bool, String), icon: Html, msg: Msg| {
        html! {
            <button type="button" class="ghost" title={label.clone()} aria-label={label.clone()}
                aria-disabled={(!possible).to_string()} onclick={press(msg)}>{ icon }</button>
        }
    };
    html! {
        <section class="settings" aria-label={title.to_owned()}>
            <header>
                <h2>{ title }</h2>
                { history(&model.take_back, icon::take_back(), Msg::TakeBack) }
                { history(&model.do_again, icon::do_again(), Msg::DoAgain) }
            </header>
            { for model.deployment.iter().map(|input| field(input, on_msg)) }
            <div class="budget" aria-live="polite">
                { for model.budget.iter().map(|line| html! { <p>{ rich(line) }</p> }) }
            </div>
            { for model.version.iter().map(|input| field(input, on_msg)) }
            <div class="actions">
                <button type="button" class="go" onclick={press(Msg::RollOut)}>{ &model.roll_out.label }</button>
                <button type="button" class="undo" onclick={press(Msg::RolloutUndo(0))}>{ &model.undo.label }</button>
            </div>
            <div class="commands">
                { command(&model.roll_out, on_msg) }
                { command(&model.undo, on_msg) }
            </div>
            <div class="notice" role="status">{ for model.notice.iter().map(notice) }</div>
            <details>
                <summary>{ &model.revisions_label }</summary>
                <ul class="revisions">
                    { for model.revisions.iter().map(|revision| self::revision(revision, on_msg)) }
                </ul>
            </details>
        </section>
    }
}

fn field(input: &Input, on_msg: &Callback<Msg>) -> Html {
    let field = input.field;
    let id = format!("field-{}", field as usize);
    let error_id = format!("{id}-error");
    let oninput = on_msg.reform(move |event: InputEvent| {
        Msg::Edit(field, event.target_unchecked_into::<web_sys::HtmlInputElement>().value())
    });
    let nudge = |sign: &'static str, by: i32, label: &String| {
        let onclick = on_msg.reform(move |_: MouseEvent| Msg::Nudge(field, by));
        html! { <button type="button" aria-label={label.clone()} {onclick}>{ sign }</button> }
    };
    let (less, more) = match &input.nudges {
        Some((less, more)) => (nudge("−", -1, less), nudge("+", 1, more)),
        None => (Html::default(), Html::default()),
    };
    let numeric = if input.nudges.is_some() { "numeric" } else { "text" };
    let class = if input.nudges.is_some() { "number" } else { "number wide" };
    let name = if input.is_api_field { "api" } else { "" };
    html! {
        <div class="field" key={id.clone()}>
            <label for={id.clone()} class={name}>{ &input.label }</label>
            <div {class}>
                <span class="nudge">{ less }</span>
                <input id={id.clone()} type="text" inputmode={numeric} value={input.text.clone()}
                    autocomplete="off" spellcheck="false" {oninput}
                    aria-invalid={input.problem.is_some().to_string()} aria-describedby={error_id.clone()} />
                <span class="nudge">{ more }</span>
                <span class="unit">{ input.unit.clone().unwrap_or_default() }</span>
            </div>
            <div id={error_id} class="problem" role="alert">{ for input.problem.iter().map(problem) }</div>
        </div>
    }
}

/// The API server speaks English, whatever the page speaks.
fn problem((text, is_api): &(String, bool)) -> Html {
    match is_api {
        true => {
            html! { <p class="api" lang="en" translate="no">{ for text.split_inclusive('.').map(breakable) }</p> }
        }
        false => html! { <p>{ text }</p> },
    }
}

/// A path of fields may break after each dot.
fn breakable(piece: &str) -> Html {
    html! { <>{ piece }<wbr /></> }
}

fn command(action: &Action, on_msg: &Callback<Msg>) -> Html {
    let text = action.command.clone();
    let onclick = on_msg.reform(move |_: MouseEvent| Msg::Copy(text.clone()));
    let icon = if action.copied { icon::done() } else { icon::copy() };
    html! {
        <button type="button" class="command" title={action.copy.clone()} aria-label={action.copy.clone()} {onclick}>
            <code translate="no">{ &action.command }</code>{ icon }
        </button>
    }
}

fn notice((said, ours): &(Option<String>, Option<String>)) -> Html {
    html! {
        <>
            <p class="api" lang="en" translate="no">{ said.clone().unwrap_or_default() }</p>
            <p>{ ours.clone().unwrap_or_default() }</p>
        </>
    }
}

fn revision(revision: &Revision, on_msg: &Callback<Msg>) -> Html {
    let number = revision.number;
    let undo = |action: &Action| {
        let onclick = on_msg.reform(move |_: MouseEvent| Msg::RolloutUndo(number));
        html! {
            <><button type="button" {onclick}>{ &action.label }</button>{ command(action, on_msg) }</>
        }
    };
    let state = match &revision.undo {
        Some(action) => undo(action),
        None => html! { <span class="current">{ &revision.current }</span> },
    };
    html! {
        <li key={number.to_string()} class={format!("hue-{}", revision.hue)}>
            <span class="revision"><b>{ number }</b>{ " " }{ &revision.image }</span>{ state }
        </li>
    }
}
