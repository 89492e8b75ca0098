//! What is painted on canvases: the pod field and the fabric.
//!
//! Pixels are computed in `view`, into buffers that stay; here they are put on the page, and only the lines
//! that changed. Nothing is put while nothing moves.

use std::ops::Range;

use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};
use yew::virtual_dom::ListenerKind;
use yew::{Callback, Html, NodeRef};

use super::el::{El, classed, list};
use crate::session::Session;
use crate::session::msg::Msg;
use crate::view::budget_line::Shape;
use crate::view::px::Px;
use crate::view::raster::colour::Rgba;
use crate::view::raster::grid::Grid;
use crate::view::raster::{Field, Overlay};
use crate::view::weave::Fabric;

/// All that is painted.
#[derive(Default)]
pub struct Rasters {
    field: Field,
    fabric: Fabric,
    field_canvas: Canvas,
    fabric_canvas: Canvas,
}

/// A canvas, and what is known of it so that it need not be asked.
#[derive(Default)]
struct Canvas {
    node: NodeRef,
    context: Option<(HtmlCanvasElement, CanvasRenderingContext2d)>,
    size: (u32, u32),
    /// Whether nothing was put on it yet.
    is_empty: bool,
    image: Option<Image>,
}

/// The browser's view of a buffer, kept from frame to frame.
struct Image {
    data: ImageData,
    /// Where the buffer lies, and how large the memory was: when that grows the view is lost.
    of: (*const Rgba, usize, usize),
}

impl Rasters {
    /// Paints the moment on screen, and the run if it is another one.
    pub fn paint(&mut self, session: &Session) {
        if !self.field.is_for(session) {
            let scale = scale();
            self.field.make(session, scale);
            self.fabric = Fabric::new(session, scale);
        }
        if self.field.wanted {
            self.field.show(session);
        }
    }

    /// Finds the canvases that are on the page.
    pub fn connect(&mut self) {
        self.field_canvas.connect(self.field.grid.painted());
        self.fabric_canvas.connect(self.fabric.size);
    }

    /// Puts on the page what was painted.
    pub fn put(&mut self) {
        let Self { field, fabric, field_canvas, fabric_canvas } = self;
        field_canvas.put(|all| field.fetch(all));
        fabric_canvas.put(|all| fabric.fetch(all));
    }

    /// Whether pods are shown by what is painted here, and not by tiles.
    pub fn show_pods(&self) -> bool {
        self.field.wanted
    }

    /// How many pods have a shape; `None` where tiles show it.
    pub fn count(&self, shape: Shape) -> Option<u32> {
        self.field.wanted.then(|| self.field.count(shape))
    }

    /// The pod field; nothing where tiles have room.
    pub fn field(&self, session: &Session, on_msg: &Callback<Msg>) -> Html {
        if !self.field.wanted {
            return list([]);
        }
        let overlay = self.field.overlay(session);
        let canvas = classed("canvas", "cells")
            .attr("role", "img")
            .attr("aria-label", overlay.label.clone())
            .node_ref(&self.field_canvas.node);
        let canvas = pointed(canvas, self.field.grid, on_msg);
        let readout = classed("p", format!("readout hue-{}", overlay.hue)).text(overlay.readout.clone());
        list([classed("div", "pod-field").child(canvas).child(outlines(&overlay)).into(), readout.into()])
    }

    /// The fabric under the chart; nothing where every pod has a thread.
    pub fn fabric(&self) -> Html {
        if self.fabric.size.0 == 0 {
            return list([]);
        }
        classed("canvas", "fabric").attr("aria-hidden", "true").node_ref(&self.fabric_canvas.node).into()
    }
}

/// Hears which pod is pointed at, and which is chosen.
fn pointed(canvas: El, grid: Grid, on_msg: &Callback<Msg>) -> El {
    let chosen = move |x, y| grid.slot_at(x, y).map_or(Msg::SelectPod(None), Msg::SelectSlot);
    canvas
        .on_place(ListenerKind::onpointermove, on_msg, move |x, y| Msg::PointAt(grid.slot_at(x, y)))
        .on_place(ListenerKind::onpointerout, on_msg, |_, _| Msg::PointAt(None))
        .on_place(ListenerKind::onclick, on_msg, chosen)
}

/// Pixels of the screen for 100 CSS pixels. Where there are more than two for one, half of them do.
fn scale() -> u32 {
    let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
    let scale = (ratio * 100.0) as u32;
    if 200 < scale { scale / 2 } else { scale.max(100) }
}

fn outlines(overlay: &Overlay) -> El {
    let outline = |class: &'static str, place: Option<(Px, Px, Px)>| {
        let square = |(x, y, side): (Px, Px, Px)| format!("M{x} {y}h{side}v{side}h-{side}z");
        classed("path", class).attr("d", place.map(square).unwrap_or_default())
    };
    let [chosen, hovered] = overlay.outlines;
    classed("svg", "outlines")
        .attr("width", overlay.size.0.to_string())
        .attr("height", overlay.size.1.to_string())
        .attr("aria-hidden", "true")
        .child(outline("outline", chosen))
        .child(outline("outline", hovered))
}

impl Canvas {
    /// Puts lines of a picture: all of them if nothing is there yet, or else what changed.
    fn put<'a>(&mut self, fetch: impl FnOnce(bool) -> (&'a [Rgba], Range<usize>)) {
        let Some((_, context)) = &self.context else { return };
        let (pixels, lines) = fetch(std::mem::take(&mut self.is_empty));
        if lines.is_empty() {
            return;
        }
        let of = (pixels.as_ptr(), pixels.len(), memory());
        if self.image.as_ref().is_none_or(|image| image.of != of) {
            let data = ImageData::new_with_u8_clamped_array(Clamped(pixels.as_flattened()), self.size.0);
            self.image = data.ok().map(|data| Image { data, of });
        }
        let Some(Image { data, .. }) = &self.image else { return };
        let (from, count, width) = (lines.start as f64, lines.len() as f64, f64::from(self.size.0));
        // Only a canvas that shows what came from elsewhere refuses.
        let _ = context.put_image_data_with_dirty_x_and_dirty_y_and_dirty_width_and_dirty_height(
            data, 0.0, 0.0, 0.0, from, width, count,
        );
    }

    /// Finds the canvas that is on the page; it is empty if it is new or gets another size.
    fn connect(&mut self, size: (u32, u32)) {
        let element = self.node.cast::<HtmlCanvasElement>();
        let is_known = element.as_ref() == self.context.as_ref().map(|(known, _)| known);
        if is_known && self.size == size {
            return;
        }
        self.context = element.and_then(|element| {
            element.set_width(size.0);
            element.set_height(size.1);
            let context = element.get_context("2d").ok()??.unchecked_into();
            Some((element, context))
        });
        (self.size, self.is_empty, self.image) = (size, true, None);
    }
}

/// How large the memory is.
fn memory() -> usize {
    #[cfg(target_arch = "wasm32")]
    return core::arch::wasm32::memory_size(0);
    #[cfg(not(target_arch = "wasm32"))]
    0
}
