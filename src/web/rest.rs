//! The rest of the program ([`crate::session::later`]), which boot.js loads into the same memory.

use wasm_bindgen::prelude::*;

use crate::session::later::Rest;

#[wasm_bindgen]
extern "C" {
    /// Loads it and calls back.
    #[wasm_bindgen(js_namespace = rollscope, js_name = loadRest)]
    fn load_rest(done: &JsValue);
}

/// Has it loaded. If it does not come, boot.js says so.
pub fn load(done: impl FnOnce(Rest) + 'static) {
    load_rest(&Closure::once_into_js(move || done(Rest::has_come())));
}
