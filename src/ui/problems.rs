//! What is wrong with the link that was opened.

use super::icon;
use super::{El, classed, el};
use crate::i18n::Text;
use crate::session::msg::Msg;
use crate::view::Frame;

/// The problems, if there are any, in a place that is always there.
pub fn problems(frame: &Frame) -> El {
    let place = classed("div", "problems").attr("role", "status");
    if frame.problems.is_empty() {
        return place;
    }
    let close = classed("button", "ghost")
        .attr("type", "button")
        .attr("aria-label", frame.lang.say(Text::Close))
        .on_click(Msg::CloseProblems)
        .child(icon::icon(icon::CLOSE));
    let sentence = |sentence: &String| el("li").text(sentence.clone());
    place.child(
        classed("div", "note")
            .attr("data-code", frame.problem_code)
            .child(el("strong").text(frame.lang.say(Text::LinkProblems)))
            .child(el("ul").children(frame.problems.iter().map(sentence)))
            .child(close),
    )
}
