//! What an event says.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, Element, Event, File, HtmlInputElement, KeyboardEvent, MouseEvent};

use crate::markup::Hear;

/// Who takes the messages.
pub type Send<M> = Rc<dyn Fn(M)>;

/// Sends the message that an event is for who hears it.
pub fn heard<M: Clone + 'static>(hear: &Hear<M>, event: &Event, send: Send<M>) {
    // Lists and text areas have their value where fields have it.
    let Some(field) = event.target().map(|target| target.unchecked_into::<HtmlInputElement>()) else {
        return;
    };
    let msg = match hear {
        Hear::Click(msg) => Some(msg.clone()),
        Hear::Input(msg) | Hear::Choice(msg) => Some(msg(field.value())),
        Hear::Pick(msg) => {
            let value = field.value();
            field.set_value("");
            Some(msg(value))
        }
        Hear::Tick(msg) => Some(msg(field.checked())),
        Hear::Place(_, msg) => {
            let event = event.unchecked_ref::<MouseEvent>();
            Some(msg(event.offset_x(), event.offset_y()))
        }
        Hear::Pod(_, msg) => Some(msg(pod(&field))),
        Hear::File(msg) => return read_file(field.files().and_then(|files| files.get(0)), *msg, send),
        // Text that is dropped is the field's own.
        Hear::Over | Hear::Drop(_) if !brings_file(event) => None,
        Hear::Over => {
            event.prevent_default();
            None
        }
        Hear::Drop(msg) => {
            event.prevent_default();
            return read_file(dropped(event), *msg, send);
        }
        Hear::Key(msg) => key(event, &field, *msg),
    };
    msg.into_iter().for_each(|msg| send(msg));
}

/// The pod that an element belongs to.
fn pod(element: &Element) -> Option<u32> {
    element.closest("[data-pod]").ok()??.get_attribute("data-pod")?.parse().ok()
}

fn key<M>(event: &Event, field: &HtmlInputElement, msg: fn(&str, bool) -> Option<M>) -> Option<M> {
    let key = event.unchecked_ref::<KeyboardEvent>();
    let selects = field.selection_start().ok() != field.selection_end().ok();
    // While characters are composed of several keys, the keys belong to that.
    // With Shift, keys do what they do in any field: Tab goes back, Enter begins a line.
    if key.is_composing() || key.shift_key() || key.ctrl_key() && selects {
        return None;
    }
    let msg = msg(&key.key(), key.ctrl_key())?;
    event.prevent_default();
    Some(msg)
}

/// Whether what is held is a file, and no text.
fn brings_file(event: &Event) -> bool {
    let data = event.unchecked_ref::<DragEvent>().data_transfer();
    data.is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

fn dropped(event: &Event) -> Option<File> {
    event.unchecked_ref::<DragEvent>().data_transfer()?.files()?.get(0)
}

/// Sends the name and the text of a file, once it is read.
fn read_file<M: 'static>(file: Option<File>, msg: fn(String, String) -> M, send: Send<M>) {
    let Some(file) = file else { return };
    spawn_local(async move {
        if let Some(text) = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
            send(msg(file.name(), text));
        }
    });
}
