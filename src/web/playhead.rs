//! Shifts the playhead.

use std::fmt::Write;

use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, HtmlElement};

use crate::view::px::Px;

/// The playhead, and what is known of it so that it need not be asked.
#[derive(Default)]
pub struct Playhead {
    style: Option<CssStyleDeclaration>,
    x: Option<Px>,
    /// The words for the browser, kept so that a frame needs no memory.
    words: String,
}

impl Playhead {
    /// Takes the element that is on the page.
    pub fn connect(&mut self, element: Option<Element>) {
        self.style = element.map(|element| element.unchecked_into::<HtmlElement>().style());
        self.x = None;
    }

    /// Puts it in its place, if it is another one.
    pub fn put(&mut self, x: Px) {
        let Some(style) = self.style.as_ref().filter(|_| self.x != Some(x)) else { return };
        self.x = Some(x);
        self.words.clear();
        // Neither a string nor a style that exists refuses.
        let _ = write!(self.words, "translate({x}px)");
        let _ = style.set_property("transform", &self.words);
    }
}
