//! Last words: when all fails the page says so, and hands on what reproduces it.

use std::panic::PanicHookInfo;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Shows last words. `static/boot.js` reads the run from the page itself, since after a panic nothing
    /// else can be trusted.
    #[wasm_bindgen(js_namespace = rollscope)]
    fn stopped(report: &str);
}

/// From now on a panic is shown. Yew, where there is one, must be told by itself ([`last_words`]).
pub fn install() {
    std::panic::set_hook(Box::new(last_words));
}

/// Says what happened, on the page and on the console.
pub fn last_words(info: &PanicHookInfo<'_>) {
    stopped(&info.to_string());
}
