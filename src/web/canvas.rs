//! Puts what is painted (`view::raster`, `view::weave`) on the canvases of the page, and only the lines that
//! changed. Nothing is put while nothing moves.

use std::ops::Range;

use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, ImageData};

use crate::view::raster::colour::Rgba;

/// A canvas, and what is known of it so that it need not be asked.
#[derive(Default)]
pub struct Canvas {
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

impl Canvas {
    /// Puts lines of a picture: all of them if nothing is there yet, or else what changed.
    pub fn put<'a>(&mut self, fetch: impl FnOnce(bool) -> (&'a [Rgba], Range<usize>)) {
        let Some((_, context)) = &self.context else { return };
        let (pixels, lines) = fetch(std::mem::take(&mut self.is_empty));
        if lines.is_empty() {
            return;
        }
        let of = (pixels.as_ptr(), pixels.len(), core::arch::wasm32::memory_size(0));
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

    /// Takes the canvas that is on the page; it is empty if it is new or gets another size.
    pub fn connect(&mut self, element: Option<Element>, size: (u32, u32)) {
        let is_known = element.as_ref() == self.context.as_ref().map(|(known, _)| known.as_ref());
        if is_known && self.size == size {
            return;
        }
        self.context = element.and_then(|element| {
            let element: HtmlCanvasElement = element.unchecked_into();
            element.set_width(size.0);
            element.set_height(size.1);
            let context = element.get_context("2d").ok()??.unchecked_into();
            Some((element, context))
        });
        (self.size, self.is_empty, self.image) = (size, true, None);
    }
}
