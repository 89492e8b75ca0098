//! The page around an embedded one. Messages between the two are the business of `static/host.js`, which
//! checks where they come from and what is in them.

use wasm_bindgen::prelude::*;

use crate::i18n::Lang;
use crate::session::Theme;
use crate::session::msg::{Look, Msg};

use super::effects::Sender;

#[wasm_bindgen]
extern "C" {
    /// Something else is on screen: a step of so many, of which those from `first` to `last` may be shown, and perhaps
    /// a marker with it.
    #[wasm_bindgen(js_namespace = rollscope)]
    pub fn tell(
        step: u32,
        steps: u32,
        first: u32,
        last: u32,
        millis: f64,
        playing: bool,
        marker: Option<u32>,
        link: &str,
    );

    /// The page is there: `ask` takes a verb and a value.
    #[wasm_bindgen(js_namespace = rollscope)]
    fn listen(ask: &JsValue);
}

/// From now on the host can ask for something.
pub fn connect(sender: Sender) {
    let ask = move |verb: String, value: String| sender.send(msg(&verb, value));
    listen(&Closure::<dyn Fn(String, String)>::new(ask).into_js_value());
}

fn msg(verb: &str, value: String) -> Msg {
    match verb {
        "play" => Msg::Look(Look::Play),
        "pause" => Msg::Look(Look::Pause),
        "marker" if value == "next" => Msg::Look(Look::NextMark),
        "marker" => Msg::Look(Look::PreviousMark),
        "theme" => Msg::Appear(None, Some(if value == "dark" { Theme::Dark } else { Theme::Light })),
        "lang" => Msg::Appear(Some(Lang::from_tag(&value)), None),
        _ => Msg::OpenLink(value),
    }
}
