//! The address of the page: what it is opened with, and what it shows.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HashChangeEvent, History};

use crate::session::msg::Msg;

use super::effects::Sender;

/// Browsers refuse an address that changes more often than a few times a second.
const PAUSE: u32 = 300;

/// What waits to be shown in the address.
#[derive(Clone, Default)]
pub struct Address(Rc<RefCell<Option<Timeout>>>);

impl Address {
    /// Shows a link in the address once nothing else has been shown for a moment.
    pub fn show(&self, link: String) {
        let timeout = Timeout::new(PAUSE, move || put(&link, History::replace_state_with_url));
        *self.0.borrow_mut() = Some(timeout);
    }

    /// Shows a link after another one, to which the browser's Back leads.
    pub fn turn(&self, before: &str, link: &str) {
        *self.0.borrow_mut() = None;
        put(before, History::replace_state_with_url);
        put(link, History::push_state_with_url);
    }
}

/// A way of the browser's history to take an address.
type Way = fn(&History, &JsValue, &str, Option<&str>) -> Result<(), JsValue>;

fn put(link: &str, way: Way) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        // Where the address cannot be changed (a sandbox) it is not.
        let _ = way(&history, &JsValue::NULL, "", Some(&format!("#{link}")));
    }
}

/// The link in the address: behind `#`, or where a site takes that away, behind `?`.
pub fn read() -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    link_in(&href.unwrap_or_default()).to_owned()
}

fn link_in(address: &str) -> &str {
    let (page, behind) = address.split_once('#').unwrap_or((address, ""));
    if behind.is_empty() { page.split_once('?').map_or("", |(_, query)| query) } else { behind }
}

/// The page's own address, with another link.
pub fn with(link: &str) -> String {
    format!("{}#{link}", page())
}

/// The page's own address, without a link.
pub fn page() -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    href.split(['#', '?']).next().unwrap_or_default().to_owned()
}

/// Opens a link as if it had been typed into the address.
pub fn open(link: &str) {
    if let Some(window) = web_sys::window() {
        // Where the address cannot be changed (a sandbox) it is not.
        let _ = window.location().set_hash(link);
    }
}

/// Tells the page of a link that is opened while it is open.
pub fn listen(sender: Sender) {
    let Some(window) = web_sys::window() else { return };
    // By now the page may have shown another one.
    let opened = move |event: &Event| link_in(&event.unchecked_ref::<HashChangeEvent>().new_url()).to_owned();
    EventListener::new(&window, "hashchange", move |event| sender.send(Msg::OpenLink(opened(event))))
        .forget();
}
