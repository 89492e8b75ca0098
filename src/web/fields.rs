//! What events say of files and single keys: only the desk has such fields.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, Event, File, HtmlInputElement, KeyboardEvent};

use super::heard::{Send, heard};
use crate::markup::Hear;

/// Sends the message that an event is for who hears it.
pub fn heard_in_fields<M: Clone + 'static>(hear: &Hear<M>, event: &Event, send: Send<M>) {
    match hear {
        Hear::File(msg) => read_file(chosen(event), *msg, send),
        // Text that is dropped is the field's own.
        Hear::Over | Hear::Drop(_) if !brings_file(event) => {}
        Hear::Over => event.prevent_default(),
        Hear::Drop(msg) => {
            event.prevent_default();
            read_file(dropped(event), *msg, send);
        }
        Hear::Key(msg) => key(event, *msg).into_iter().for_each(|msg| send(msg)),
        _ => heard(hear, event, send),
    }
}

fn key<M>(event: &Event, msg: fn(&str, bool) -> Option<M>) -> Option<M> {
    let field = event.target()?.unchecked_into::<HtmlInputElement>();
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

fn chosen(event: &Event) -> Option<File> {
    event.target()?.unchecked_into::<HtmlInputElement>().files()?.get(0)
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
