//! What is wrong with the link that was opened.

use super::icon;
use super::{El, classed, el};
use crate::i18n::Lang;
use crate::i18n::around::Text;
use crate::session::msg::Msg;
use crate::view::around::Around;

/// Their place, which is always there.
pub fn problems_place() -> El {
    classed("div", "problems").attr("role", "status")
}

/// The problems, if there are any.
pub fn problems(around: &Around, lang: Lang) -> El {
    if around.problems.is_empty() {
        return problems_place();
    }
    let close = classed("button", "ghost")
        .attr("type", "button")
        .attr("aria-label", lang.say(Text::Close))
        .on_click(Msg::CloseProblems)
        .child(icon::icon(icon::CLOSE));
    let sentence = |sentence: &String| el("li").text(sentence.clone());
    problems_place().child(
        classed("div", "note")
            .attr("data-code", around.problem_code)
            .child(el("strong").text(lang.say(Text::LinkProblems)))
            .child(el("ul").children(around.problems.iter().map(sentence)))
            .child(close),
    )
}
