//! The line that says where in the run one is, with the veil over what is still to come.
//!
//! It moves in every frame, so it is an element of its own which the browser only shifts: nothing is laid
//! out and nothing painted for it.

use std::fmt::Write;

use web_sys::{CssStyleDeclaration, HtmlElement};
use yew::{Html, NodeRef};

use super::chart::path;
use super::el::{classed, el};
use crate::view::chart::Chart;
use crate::view::px::Px;

/// The line, and what is known of it so that it need not be asked.
#[derive(Default)]
pub struct Playhead {
    node: NodeRef,
    style: Option<CssStyleDeclaration>,
    x: Option<Px>,
    /// The words for the browser, kept so that a frame needs no memory.
    words: String,
}

impl Playhead {
    /// The element; it is put in its place by [`Self::put`].
    pub fn element(&self, chart: &Chart) -> Html {
        let height = chart.height.to_string();
        let knob = classed("circle", "knob").attr("cx", "6").attr("cy", "8").attr("r", "5.5");
        let line = el("svg")
            .attr("width", "12")
            .attr("height", height.clone())
            .child(path("line", format!("M6 8V{height}")))
            .child(knob);
        let playhead = classed("div", "playhead").node_ref(&self.node).child(line);
        classed("div", "moving").attr("aria-hidden", "true").child(playhead).into()
    }

    /// Finds the element on the page.
    pub fn connect(&mut self) {
        self.style = self.node.cast::<HtmlElement>().map(|element| element.style());
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
