//! What an event says.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, MouseEvent};

use crate::markup::Hear;

/// Who takes the messages.
pub type Send<M> = Rc<dyn Fn(M)>;

/// Sends the message that an event is for who hears it. What is heard of files and single keys is the business
/// of [`super::fields`], which the pages have no use for.
pub fn heard<M: Clone + 'static>(hear: &Hear<M>, event: &Event, send: Send<M>) {
    // Lists and text areas have their value where fields have it.
    let Some(field) = event.target().map(|target| target.unchecked_into::<HtmlInputElement>()) else {
        return;
    };
    let msg = match hear {
        Hear::Click(msg) => Some(msg.clone()),
        Hear::Input(msg) | Hear::Choice(msg) => Some(msg(field.value())),
        Hear::Tick(msg) => Some(msg(field.checked())),
        Hear::Place(_, msg) => {
            let event = event.unchecked_ref::<MouseEvent>();
            Some(msg(event.offset_x(), event.offset_y()))
        }
        Hear::Pod(_, msg) => Some(msg(pod(&field))),
        Hear::File(_) | Hear::Over | Hear::Drop(_) | Hear::Key(_) => None,
    };
    msg.into_iter().for_each(|msg| send(msg));
}

/// The pod that an element belongs to.
fn pod(element: &Element) -> Option<u32> {
    element.closest("[data-pod]").ok()??.get_attribute("data-pod")?.parse().ok()
}
