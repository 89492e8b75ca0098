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
        if let Some(msg) = msg(event, sender.character_keys()) {
            event.prevent_default();
            if !(event.repeat() && keys::toggles(&msg)) {
                sender.send(msg);
            }
        }
    });
    listener.forget();
}

fn msg(event: &KeyboardEvent, character_keys: bool) -> Option<Msg> {
    let key = event.key();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.as_ref().is_some_and(|target| keeps(target, &key)) {
        return None;
    }
    if event.ctrl_key() || event.meta_key() {
        let is_z = key.eq_ignore_ascii_case("z") && !event.alt_key();
        return is_z.then(|| if event.shift_key() { Msg::DoAgain } else { Msg::TakeBack });
    }
    // Speech input types characters by accident, so these can be switched off (WCAG 2.1.4).
    let is_character = key.chars().count() == 1 && key != " ";
    if event.alt_key() || (is_character && !character_keys) {
        return None;
    }
    keys::msg(&key, event.shift_key())
}

/// Fields keep every key, buttons the space bar, and what scrolls the keys that scroll it; the page
/// itself scrolls by its own keys wherever the slider is not in use.
fn keeps(target: &Element, key: &str) -> bool {
    const FIELDS: &str = "input:not([type=range], [type=checkbox]), select, textarea";
    let selector = match key {
        " " => "button, summary, a, [type=checkbox]",
        "ArrowUp" | "ArrowDown" | "PageUp" | "PageDown" => ":not([type=range])",
        "ArrowLeft" | "ArrowRight" | "Home" | "End" => ".terminal, .printed, .log, .manifests pre",
        _ => ":not(*)",
    };
    [FIELDS, selector].into_iter().any(|selector| target.matches(selector).unwrap_or(false))
}
