//! What the page asks of the browser.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::i18n::Lang;
use crate::session::Theme;
use crate::session::effect::Effect;
use crate::session::msg::Msg;

use super::address::{self, Address};
use super::clipboard::copy;
use super::desk::Desk;
use super::host;
use super::later;
use super::options::{LANG, THEME, remember};
use super::page::Page;

/// What listeners know of the page.
#[derive(Clone)]
pub struct Sender {
    page: Rc<OnceCell<Rc<Page>>>,
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
    pub fn connect(&self, page: Rc<Page>) {
        let _ = self.page.set(page);
    }

    /// Sends a message.
    pub fn send(&self, msg: Msg) {
        if let Some(page) = self.page.get() {
            page.send(msg);
        }
    }

    /// Whether keys that type characters do anything.
    pub fn character_keys(&self) -> bool {
        self.character_keys.get()
    }
}

/// Carries out what the page asks for.
pub type Hands = Box<dyn Fn(Effect)>;

/// The hands of the page that stands for itself. Each of the two has only what it needs: what no code can reach
/// weighs nothing.
pub fn hands(sender: Sender) -> Hands {
    let (desk, address) = (Desk::default(), Address::default());
    Box::new(move |effect| later::carry_out(effect, &sender, &desk, &address))
}

/// What the page that stands for itself can ask for.
pub fn carry_out(effect: Effect, sender: &Sender, desk: &Desk, address: &Address) {
    match effect {
        Effect::Remember(lang, theme) => {
            remember(LANG, lang.tag());
            remember(THEME, theme.name());
        }
        Effect::Address(link) => address.show(link),
        Effect::Turn(before, link) => address.turn(&before, &link),
        Effect::OpenDesk => desk.open(sender),
        Effect::ShowDesk { lang, line, step, time } => {
            desk.call(|desk| desk.show(lang.tag(), &line, step as u32, time.millis() as f64));
        }
        Effect::ShareAtDesk => desk.call(|desk| desk.share()),
        Effect::ShowKeys => _ = show_keys(),
        Effect::PressDesk { line, said, refused } => desk.call(|desk| desk.press(&line, &said, refused)),
        effect => carry_out_either(effect, sender),
    }
}

/// The hands of the embedded page: it has no desk, its address is its host's, and it keeps nothing. The host hears of it,
/// and can ask for something, once all of it is there.
pub fn embedded_hands(sender: Sender) -> Hands {
    let is_connected = Cell::new(false);
    Box::new(move |effect| later::carry_out_embedded(effect, &sender, &is_connected))
}

/// What the embedded page can ask for.
pub fn carry_out_embedded(effect: Effect, sender: &Sender, is_connected: &Cell<bool>) {
    match effect {
        Effect::TellHost { step, steps, bounds: (first, last), time, playing, marker, link } => {
            let [step, steps, first, last] = [step, steps, first, last].map(|step| step as u32);
            let (millis, marker) = (time.millis() as f64, marker.map(|step| step as u32));
            host::tell(step, steps, first, last, millis, playing, marker, &link);
            if !is_connected.replace(true) {
                host::connect(sender.clone());
            }
        }
        effect => carry_out_either(effect, sender),
    }
}

/// What either can ask for.
fn carry_out_either(effect: Effect, sender: &Sender) {
    let sender = sender.clone();
    match effect {
        Effect::Copy(text) => copy(text, move |text| sender.send(Msg::Copied(text))),
        Effect::CopyLink(link) => copy(address::with(&link), move |_| sender.send(Msg::Copied(link))),
        Effect::CharacterKeys(enabled) => sender.character_keys.set(enabled),
        Effect::FillScreen => _ = fill_screen(),
        _ => {}
    }
}

/// Fills the screen, or no longer; where a host does not allow it nothing happens.
fn fill_screen() -> Option<()> {
    let document = web_sys::window()?.document()?;
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
        return Some(());
    }
    let root = document.fullscreen_enabled().then(|| document.document_element())??;
    root.request_fullscreen().ok()
}

/// Unfolds the list of keys, or folds it, and goes to its heading: what is folded away cannot keep the focus.
fn show_keys() -> Option<()> {
    let keys = web_sys::window()?.document()?.query_selector(".keys").ok()??;
    keys.toggle_attribute("open").ok()?;
    keys.first_element_child()?.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// Shows language and theme on the document itself.
pub fn appear(lang: Lang, theme: Theme) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(root) = document.and_then(|document| document.document_element()) else { return };
    for (name, value) in [("lang", lang.tag()), ("data-theme", theme.name())] {
        // Both names are valid, so this cannot fail.
        let _ = root.set_attribute(name, value);
    }
}
