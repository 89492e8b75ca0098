//! Which keys there are, and the switch for them.

use yew::{Callback, Event, Html, TargetCast, html};

use crate::i18n::{Lang, Text};
use crate::session::msg::Msg;

const KEYS: [(&[&str], Text); 7] = [
    (&["Space", "K"], Text::KeyPlay),
    (&["←", "→", ",", "."], Text::KeyStep),
    (&["⇧←", "⇧→", "[", "]"], Text::KeyDecision),
    (&["0", "9"], Text::KeyTenth),
    (&["Home", "End"], Text::KeyEnds),
    (&["<", ">"], Text::KeySpeed),
    (&["Ctrl Z", "⇧ Ctrl Z"], Text::KeyTakeBack),
];

/// The list of keys, folded until it is wanted.
pub fn keys(lang: Lang, enabled: bool, on_msg: &Callback<Msg>) -> Html {
    let onchange = on_msg.reform(|event: Event| {
        Msg::EnableKeys(event.target_unchecked_into::<web_sys::HtmlInputElement>().checked())
    });
    let row = |(keys, text): &(&[&str], Text)| {
        html! {
            <div><dt>{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</dt><dd>{ lang.say(*text) }</dd></div>
        }
    };
    html! {
        <details class="keys">
            <summary>{ lang.say(Text::Keys) }</summary>
            <dl>{ for KEYS.iter().map(row) }</dl>
            <label class="check"><input type="checkbox" checked={enabled} {onchange} />{ lang.say(Text::KeysEnabled) }</label>
        </details>
    }
}
