//! The desk: a program of its own, which boot.js loads when it is first opened.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use crate::session::desk::State;
use crate::session::msg::{Look, Msg};

use super::effects::Sender;

#[wasm_bindgen]
extern "C" {
    /// Loads the desk and opens it in an element.
    #[wasm_bindgen(catch, js_namespace = rollscope, js_name = openDesk)]
    async fn open_desk(root: &Element, ask: &JsValue) -> Result<JsValue, JsValue>;

    /// `Desk` in `src/bin/desk.rs`.
    pub type Program;
    /// Another moment is on screen.
    #[wasm_bindgen(method)]
    pub fn show(this: &Program, lang: &str, line: &str, step: u32, millis: f64);
    /// Pictures and snippets are wanted.
    #[wasm_bindgen(method)]
    pub fn share(this: &Program);
    /// A button was pressed.
    #[wasm_bindgen(method)]
    pub fn press(this: &Program, line: &str, said: &str, refused: bool);
}

/// The desk, once it is there.
#[derive(Clone, Default)]
pub struct Desk(Rc<RefCell<Option<Program>>>);

impl Desk {
    /// Loads it, and tells the page how that went.
    pub fn open(&self, sender: &Sender) {
        let document = web_sys::window().and_then(|window| window.document());
        let Some(root) = document.and_then(|document| document.get_element_by_id("desk")) else { return };
        let (program, sender) = (Rc::clone(&self.0), sender.clone());
        let ask = asks(sender.clone());
        spawn_local(async move {
            let state = match open_desk(&root, &ask).await {
                Ok(desk) => {
                    *program.borrow_mut() = Some(desk.unchecked_into());
                    State::Open
                }
                Err(_) => State::Failed,
            };
            sender.send(Msg::DeskIs(state));
        });
    }

    /// Does something with it if it is there.
    pub fn call(&self, act: impl FnOnce(&Program)) {
        if let Some(program) = &*self.0.borrow() {
            act(program);
        }
    }
}

/// What the desk asks of the page: to show a run at a moment, or without one to let time pass.
fn asks(sender: Sender) -> JsValue {
    let ask = move |line: Option<String>, millis: f64| {
        sender.send(match line {
            Some(line) => Msg::TakeOver(line, millis as u64),
            None => Msg::Look(Look::Play),
        });
    };
    Closure::<dyn Fn(Option<String>, f64)>::new(ask).into_js_value()
}
