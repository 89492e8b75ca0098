//! The buttons that move through time.

use yew::{Callback, Event, Html, MouseEvent, TargetCast, html};

use super::icon;
use crate::session::msg::Msg;
use crate::view::transport::Transport as Model;

/// The buttons, the clock, the speed.
pub fn transport(model: &Model, on_msg: &Callback<Msg>) -> Html {
    let button = |label: &String, icon: Html, msg: Msg, class: &'static str, dead: bool| {
        let onclick = on_msg.reform(move |_: MouseEvent| msg.clone());
        // Not `disabled`: a button that goes dead under the finger would lose the focus.
        html! {
            <button type="button" {class} title={label.clone()} aria-label={label.clone()}
                aria-disabled={dead.to_string()} {onclick}>{ icon }</button>
        }
    };
    let (first, last) = model.ends;
    let toggle = match (model.playing, last) {
        (true, _) => icon::pause(),
        (false, true) => icon::replay(),
        (false, false) => icon::play(),
    };
    let onchange = on_msg.reform(|event: Event| {
        let chosen = event.target_unchecked_into::<web_sys::HtmlSelectElement>().selected_index();
        Msg::SetSpeed(usize::try_from(chosen).unwrap_or(0))
    });
    let speed = |(index, text): (usize, &String)| {
        html! { <option selected={index == model.speed}>{ text }</option> }
    };
    html! {
        <div class="transport">
            <div class="buttons" role="group">
                { button(&model.previous_mark, icon::previous_mark(), Msg::PreviousMark, "mark", first) }
                { button(&model.step_back, icon::step_back(), Msg::StepBack, "", first) }
                { button(&model.toggle, toggle, Msg::TogglePlay, "play", false) }
                { button(&model.step_forward, icon::step_forward(), Msg::StepForward, "", last) }
                { button(&model.next_mark, icon::next_mark(), Msg::NextMark, "mark", last) }
            </div>
            <p class="where"><span class="clock">{ &model.clock }</span><span class="step">{ &model.step }</span></p>
            <label class="speed"><span class="hidden">{ &model.speed_label }</span>
                <select {onchange}>{ for model.speeds.iter().enumerate().map(speed) }</select>
            </label>
        </div>
    }
}
