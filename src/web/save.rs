//! Files that are saved. They are made in the page: a policy has to allow it nothing but pictures from `data:`.

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::js_sys::{Array, encode_uri_component};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, HtmlImageElement, Url,
};

use crate::desk::share::forms::{File, PNG};

/// Pixels for each pixel of CSS, so that a picture stays sharp on fine screens.
const FINENESS: u32 = 2;
/// How long a browser may take to begin with a download, in milliseconds.
const PATIENCE: u32 = 60_000;

/// Saves a file where the reader's browser saves downloads.
pub fn save(file: &File) {
    if file.kind == PNG {
        let file = file.clone();
        spawn_local(async move {
            // What cannot be drawn is not saved; there is an SVG, which always can be.
            let _ = save_pixels(&file).await;
        });
        return;
    }
    let (parts, options) = (Array::of1(&file.text.as_str().into()), BlobPropertyBag::new());
    options.set_type(file.kind);
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) {
        download(&blob, &file.name);
    }
}

fn download(blob: &Blob, name: &str) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else { return };
    let document = web_sys::window().and_then(|window| window.document());
    let link = document.and_then(|document| document.create_element("a").ok());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) else { return };
    for (key, value) in [("href", address.as_str()), ("download", name)] {
        // Both names are valid, so this cannot fail.
        let _ = link.set_attribute(key, value);
    }
    link.click();
    Timeout::new(PATIENCE, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
}

/// Draws the SVG, and saves what was drawn.
async fn save_pixels(file: &File) -> Result<(), JsValue> {
    let image = HtmlImageElement::new()?;
    let text = String::from(encode_uri_component(&file.text));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{text}"));
    JsFuture::from(image.decode()).await?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    let (width, height) = (image.natural_width() * FINENESS, image.natural_height() * FINENESS);
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(
        &image,
        0.0,
        0.0,
        f64::from(width),
        f64::from(height),
    )?;
    let name = file.name.clone();
    let saves = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            download(&blob, &name);
        }
    });
    canvas.to_blob(saves.unchecked_ref())
}
