//! Which keys there are, and the switch for them.

use super::screen::Extent;
use super::{El, classed, el};
use crate::i18n::around::Text;
use crate::session::msg::Msg;
use crate::view::Frame;

const KEYS: [(&[&str], Text); 12] = [
    (&["Space", "K"], Text::KeyPlay),
    (&["←", "→", ",", "."], Text::KeyStep),
    (&["[", "]"], Text::KeyDecision),
    (&["⇧←", "⇧→"], Text::KeyBatch),
    (&["0", "9"], Text::KeyTenth),
    (&["Home", "End"], Text::KeyEnds),
    (&["<", ">"], Text::KeySpeed),
    (&["G"], Text::KeySwap),
    (&["Esc"], Text::ClosePod),
    (&["Ctrl Z", "⇧ Ctrl Z"], Text::KeyTakeBack),
    (&["F"], Text::KeyFillScreen),
    (&["?"], Text::KeyShowKeys),
];

/// The list of keys, folded until it is wanted.
pub fn keys(frame: &Frame, extent: Extent) -> El {
    let lang = frame.lang;
    let key = |key: &&'static str| el("kbd").text(*key);
    let row = |(keys, meaning): &(&[&'static str], Text)| {
        let keys = el("dt").children(keys.iter().map(key));
        el("div").child(keys).child(el("dd").text(lang.say(*meaning)))
    };
    classed("details", "keys")
        .child(el("summary").text(lang.say(Text::Keys)))
        .child(el("dl").children(KEYS.iter().filter(|_| extent == Extent::Whole).map(row)))
        .child(super::checkbox(frame.keys_enabled, lang.say(Text::KeysEnabled), Msg::EnableKeys))
}
