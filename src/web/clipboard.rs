//! The clipboard.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Puts a text on the clipboard, and calls when it is there.
    #[wasm_bindgen(js_namespace = rollscope, js_name = copy)]
    fn put(text: &str, done: &JsValue);
}

/// Puts a text on the clipboard, and says so. Where it is out of reach (no secure context, no permission)
/// nothing is copied, and nobody says that anything was.
pub fn copy(text: String, copied: impl FnOnce(String) + 'static) {
    let copy = text.clone();
    put(&copy, &Closure::once_into_js(move || copied(text)));
}
