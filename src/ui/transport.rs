//! The buttons that move through time.

use super::icon::{self, icon};
use super::{El, classed, el};
use crate::session::msg::{Look, Msg};
use crate::view::transport::Transport as Model;

/// The buttons, the clock, the speed.
pub fn transport(model: &Model) -> El {
    let button = |label: &String, path: &'static str, look: Look, class: &'static str, dead: bool| {
        // Not `disabled`: a button that goes dead under the finger would lose the focus.
        classed("button", class)
            .attr("type", "button")
            .attr("title", label.clone())
            .attr("aria-label", label.clone())
            .attr("aria-disabled", dead.to_string())
            .on_click(Msg::Look(look))
            .child(icon(path))
    };
    let (first, last) = model.ends;
    let (toggle, class) = match (model.playing, last) {
        (true, _) => (icon::PAUSE, "play"),
        (false, true) => (icon::REPLAY, "play again"),
        (false, false) => (icon::PLAY, "play"),
    };
    let buttons = classed("div", "buttons")
        .attr("role", "group")
        .child(button(&model.previous_mark, icon::PREVIOUS_MARK, Look::PreviousMark, "mark", first))
        .child(button(&model.batches.0, icon::PREVIOUS_BATCH, Look::PreviousBatch, "mark", first))
        .child(button(&model.step_back, icon::STEP_BACK, Look::StepBack, "", first))
        .child(button(&model.toggle, toggle, Look::TogglePlay, class, false))
        .child(button(&model.step_forward, icon::STEP_FORWARD, Look::StepForward, "", last))
        .child(button(&model.batches.1, icon::NEXT_BATCH, Look::NextBatch, "mark", last))
        .child(button(&model.next_mark, icon::NEXT_MARK, Look::NextMark, "mark", last));
    let place = classed("p", "where")
        .child(classed("span", "clock").text(model.clock.clone()))
        .child(classed("span", "step").text(model.step.clone()));
    // Where there is no room beside the buttons, both go below them together.
    let now = classed("div", "now").child(place).child(speed(model));
    classed("div", "transport").child(buttons).child(now)
}

fn speed(model: &Model) -> El {
    let option = |(index, text): (usize, &String)| {
        let option = el("option").attr("value", index.to_string());
        option.prop("selected", index == model.speed).text(text.clone())
    };
    let list = el("select")
        .on_choice(|chosen| Msg::Look(Look::SetSpeed(chosen.parse().unwrap_or(0))))
        .children(model.speeds.iter().enumerate().map(option));
    classed("label", "speed").child(classed("span", "hidden").text(model.speed_label.clone())).child(list)
}
