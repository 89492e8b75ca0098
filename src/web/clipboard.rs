//! The clipboard.

use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Puts a text on the clipboard, and says so. Where it is out of reach (no secure context, no permission)
/// nothing is copied, and nobody says that anything was.
pub fn copy(text: String, copied: impl FnOnce(String) + 'static) {
    let Some(clipboard) = web_sys::window().map(|window| window.navigator().clipboard()) else { return };
    if clipboard.is_undefined() {
        return;
    }
    spawn_local(async move {
        if JsFuture::from(clipboard.write_text(&text)).await.is_ok() {
            copied(text);
        }
    });
}
