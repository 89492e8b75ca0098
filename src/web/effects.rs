//! What the page asks of the browser.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::Document;
use yew::Callback;

use crate::i18n::Lang;
use crate::session::effect::Effect;
use crate::session::msg::Msg;
use crate::session::{Options, Theme};

use super::clipboard::copy;
use super::desk::Desk;
use super::options::{LANG, THEME, remember};

/// What listeners know of the page.
#[derive(Clone)]
pub struct Sender {
    page: Rc<RefCell<Callback<Msg>>>,
    character_keys: Rc<Cell<bool>>,
}

impl Default for Sender {
    /// Messages go nowhere as long as there is no page.
    fn default() -> Self {
        Self { page: Rc::default(), character_keys: Rc::new(Cell::new(true)) }
    }
}

impl Sender {
    /// From now on messages go to the page.
    pub fn connect(&self, page: Callback<Msg>) {
        *self.page.borrow_mut() = page;
    }

    /// Sends a message.
    pub fn send(&self, msg: Msg) {
        let page = self.page.borrow().clone();
        page.emit(msg);
    }

    /// Whether keys that type characters do anything.
    pub fn character_keys(&self) -> bool {
        self.character_keys.get()
    }
}

/// Carries out what the page asks for.
pub fn carry_out(effect: Effect, sender: &Sender, desk: &Desk) {
    match effect {
        Effect::Copy(text) => {
            let sender = sender.clone();
            copy(text, move |text| sender.send(Msg::Copied(text)));
        }
        Effect::CharacterKeys(enabled) => sender.character_keys.set(enabled),
        Effect::Language(lang) => {
            remember(LANG, lang.tag());
            with_document(|document| show_language(document, lang));
        }
        Effect::Theme(theme) => {
            remember(THEME, theme.name());
            with_document(|document| show_theme(document, theme));
        }
        Effect::OpenDesk => with_document(|document| desk.open(document, sender)),
        Effect::ShowDesk { lang, line, step, time } => {
            desk.call(|desk| desk.show(lang.tag(), &line, step as u32, time.millis() as f64));
        }
        Effect::PressDesk { line, said, refused } => desk.call(|desk| desk.press(&line, &said, refused)),
    }
}

/// Shows language and theme on the document itself.
pub fn show(document: &Document, options: Options) {
    show_language(document, options.lang);
    show_theme(document, options.theme);
}

fn with_document(act: impl FnOnce(&Document)) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        act(&document);
    }
}

fn show_language(document: &Document, lang: Lang) {
    set_attribute(document, "lang", lang.tag());
}

fn show_theme(document: &Document, theme: Theme) {
    set_attribute(document, "data-theme", theme.name());
}

fn set_attribute(document: &Document, name: &str, value: &str) {
    if let Some(root) = document.document_element() {
        // Both names are valid, so this cannot fail.
        let _ = root.set_attribute(name, value);
    }
}
