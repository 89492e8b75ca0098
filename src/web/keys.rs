//! Keys, wherever on the page the focus is, except where it takes text.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, KeyboardEvent};

use crate::session::keys;
use crate::session::msg::Msg;

use super::effects::Sender;

/// Listens for keys for as long as the page is open.
pub fn listen(document: &Document, sender: Sender) {
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(document, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if let Some(msg) = msg(event) {
            event.prevent_default();
            sender.send(msg);
        }
    });
    listener.forget();
}

fn msg(event: &KeyboardEvent) -> Option<Msg> {
    let key = event.key();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.as_ref().is_some_and(takes_text) {
        return None;
    }
    if event.ctrl_key() || event.meta_key() {
        let is_z = key.eq_ignore_ascii_case("z") && !event.alt_key();
        return is_z.then(|| if event.shift_key() { Msg::DoAgain } else { Msg::TakeBack });
    }
    if event.alt_key() || target.as_ref().is_some_and(|target| keeps(target, &key)) {
        return None;
    }
    keys::msg(&key, event.shift_key())
}

/// Fields keep every key.
fn takes_text(target: &Element) -> bool {
    let types_text = target.matches("input:not([type=range]):not([type=checkbox]), select, textarea");
    types_text.unwrap_or(false)
}

/// Buttons keep the space bar, and what scrolls keeps the keys that scroll.
fn keeps(target: &Element, key: &str) -> bool {
    let selector = match key {
        " " => "button, summary, a, [type=checkbox]",
        "ArrowUp" | "ArrowDown" | "PageUp" | "PageDown" | "Home" | "End" => ":not([type=range])",
        "ArrowLeft" | "ArrowRight" => ".terminal",
        _ => return false,
    };
    target.matches(selector).unwrap_or(false)
}
