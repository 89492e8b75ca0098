//! The place of the desk, and how it is opened.

use super::{El, classed, el};
use crate::i18n::Lang;
use crate::i18n::around::Text;
use crate::session::desk::State;
use crate::session::msg::Msg;
use crate::view::around::Around;

/// The place of the desk. What stands in it when it is open is not of this program.
pub fn desk(around: &Around, lang: Lang) -> El {
    let say = |text| lang.say(text);
    let card = classed("section", "card shell").key("terminal").attr("aria-label", say(Text::Terminal));
    let place = || el("div").key("desk").attr("id", "desk");
    if around.desk == State::Open {
        return card.child(place());
    }
    let (note, button) = match around.desk {
        State::Failed => (Text::DeskFailed, Text::TryAgain),
        State::Loading => (Text::DeskOffer, Text::DeskLoading),
        _ => (Text::DeskOffer, Text::OpenDesk),
    };
    let button = el("button")
        .attr("type", "button")
        .prop("disabled", around.desk == State::Loading)
        .on_click(Msg::OpenDesk)
        .text(say(button));
    let role = if around.desk == State::Failed { "alert" } else { "note" };
    card.child(el("header").key("title").child(el("h2").text(say(Text::Terminal))).child(button))
        .child(classed("p", "hint").key("note").attr("role", role).text(say(note)))
        .child(place())
}
