//! What the reader prefers: remembered, or as the system says.

use gloo_events::EventListener;
use web_sys::{MediaQueryList, Storage};

use crate::i18n::Lang;
use crate::session::msg::{Look, Msg};
use crate::session::{Options, Theme};

use super::address;
use super::effects::Sender;

/// Where the language is remembered.
pub const LANG: &str = "rollscope-lang";
/// Where the theme is remembered.
pub const THEME: &str = "rollscope-theme";

/// What the reader prefers.
pub fn read(embedded: bool) -> Options {
    // An embedded page looks like the page around it, whatever is remembered.
    let recall = |key| if embedded { None } else { recall(key) };
    let system = web_sys::window().and_then(|window| window.navigator().language());
    let lang = recall(LANG).or(system).unwrap_or_default();
    let theme = match recall(THEME).as_deref() {
        Some("dark") => Theme::Dark,
        Some("light") => Theme::Light,
        _ if matches("(prefers-color-scheme: dark)") => Theme::Dark,
        _ => Theme::Light,
    };
    let link = address::read();
    let reduced_motion = matches(REDUCED_MOTION);
    Options { lang: Lang::from_tag(&lang), theme, reduced_motion, embedded, link, width: width() }
}

/// As wide as what stands at the picture's place until there is one, so that it need not be drawn twice.
fn width() -> Option<u32> {
    let document = web_sys::window()?.document()?;
    let place = document.query_selector(".first .sentence").ok()??;
    Some(place.client_width() as u32)
}

const REDUCED_MOTION: &str = "(prefers-reduced-motion: reduce)";

/// Tells the page when the reader wants less motion, or no longer does.
pub fn watch_motion(sender: Sender) {
    let Some(query) = media(REDUCED_MOTION) else { return };
    let heard = query.clone();
    let listener = EventListener::new(&query, "change", move |_| {
        sender.send(Msg::Look(Look::ReducedMotion(heard.matches())));
    });
    // For as long as the page is open.
    listener.forget();
}

fn matches(query: &str) -> bool {
    media(query).is_some_and(|query| query.matches())
}

fn media(query: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(query).ok()?
}

/// Keeps a preference, where the browser lets it.
pub fn remember(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or closed storage forgets; the page works without.
        let _ = storage.set_item(key, value);
    }
}

fn recall(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// None where storage is blocked, as it is in a sandboxed frame.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
