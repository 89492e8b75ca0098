//! The places of what is painted: the pod field and the fabric. `web::canvas` puts the pixels there.

use super::{El, Node, classed};
use crate::session::Session;
use crate::session::msg::{Look, Msg};
use crate::view::px::Px;
use crate::view::raster::grid::Grid;
use crate::view::raster::{Field, Overlay};

/// The pod field, and what is pointed at there.
pub fn field(field: &Field, session: &Session) -> Vec<Node> {
    let overlay = field.overlay(session);
    let canvas = classed("canvas", "cells").attr("role", "img").attr("aria-label", overlay.label.clone());
    let canvas = pointed(canvas, field.grid);
    let readout = classed("p", format!("readout hue-{}", overlay.hue)).text(overlay.readout.clone());
    vec![pod_field().child(canvas).child(outlines(&overlay)).into(), readout.into()]
}

/// Where it will be.
pub fn place(field: &Field) -> Vec<Node> {
    let outlines = sheet(field.grid.size());
    // The line below it is as high with words in it as without.
    vec![pod_field().child(outlines).into(), classed("p", "readout hue-0").into()]
}

fn pod_field() -> El {
    classed("div", "pod-field").key("pod-field")
}

fn sheet((width, height): (Px, Px)) -> El {
    classed("svg", "outlines")
        .attr("width", width.to_string())
        .attr("height", height.to_string())
        .attr("aria-hidden", "true")
}

/// The fabric under the chart.
pub fn fabric() -> El {
    classed("canvas", "fabric").attr("aria-hidden", "true")
}

/// Hears which pod is pointed at, and which is chosen.
fn pointed(canvas: El, grid: Grid) -> El {
    let chosen = move |x, y| grid.slot_at(x, y).map_or(Msg::SelectPod(None), Msg::SelectSlot);
    canvas
        .on_place("pointermove", move |x, y| Msg::Look(Look::PointAt(grid.slot_at(x, y))))
        .on_place("pointerout", |_, _| Msg::Look(Look::PointAt(None)))
        .on_place("click", chosen)
}

fn outlines(overlay: &Overlay) -> El {
    let outline = |class: &'static str, place: Option<(Px, Px, Px)>| {
        let square = |(x, y, side): (Px, Px, Px)| format!("M{x} {y}h{side}v{side}h-{side}z");
        classed("path", class).attr("d", place.map(square).unwrap_or_default())
    };
    let [chosen, hovered] = overlay.outlines;
    sheet(overlay.size).child(outline("outline", chosen)).child(outline("outline", hovered))
}
