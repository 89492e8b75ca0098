//! The border to the browser: starts the page and carries out what it asks for.

pub mod address;
pub mod clipboard;
mod desk;
mod effects;
mod host;
mod keys;
mod options;
pub mod panic;
pub mod print;
pub mod save;

use yew::{AppHandle, Callback, Renderer};

use crate::session::effect::Effect;
use crate::session::msg::Msg;
use crate::ui::{App, Props};

/// Starts the page in the element `app`, in place of what stands there.
pub fn start() {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page has a document");
    let root = document.get_element_by_id("app").expect("index.html has an element `app`");
    panic::install();
    root.set_inner_html("");
    let options = options::read();
    let sender = effects::Sender::default();
    let on_effect = Callback::from({
        let hands = effects::Hands::new(sender.clone());
        move |effect: Effect| hands.carry_out(effect)
    });
    let app: AppHandle<App> = Renderer::with_root_and_props(root, Props { options, on_effect }).render();
    let scope = (*app).clone();
    sender.connect(Callback::from(move |msg: Msg| scope.send_message(msg)));
    keys::listen(&document, sender.clone());
    if address::is_embedded() {
        host::connect(sender.clone());
    }
    address::listen(sender.clone());
    options::watch_motion(sender);
}
