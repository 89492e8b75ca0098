//! The line that says where in the run one is, with the veil over what is still to come.
//!
//! It moves in every frame, so it is an element of its own which the browser only shifts
//! (`web::playhead`): nothing is laid out and nothing painted for it.

use super::chart::path;
use super::{El, classed, el};
use crate::view::chart::Chart;

/// The element; where it is, is not said here.
pub fn playhead(chart: &Chart) -> El {
    let height = chart.height.to_string();
    let knob = classed("circle", "knob").attr("cx", "6").attr("cy", "8").attr("r", "5.5");
    let line = el("svg")
        .attr("width", "12")
        .attr("height", height.clone())
        .child(path("line", format!("M6 8V{height}")))
        .child(knob);
    classed("div", "moving").attr("aria-hidden", "true").child(classed("div", "playhead").child(line))
}
