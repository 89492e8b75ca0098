//! The run through time, the weave, and the scrubber that lies over both.

use yew::{Callback, Html, InputEvent, TargetCast, html};

use super::budget_line::hatches;
use super::part::part;
use crate::session::msg::Msg;
use crate::view::Frame;
use crate::view::chart::{Area, Chart as Model, Mark, Thread};
use crate::view::px::Px;

/// The chart with its playhead, as scrubber. A native slider lies over it, so that pointer, touch,
/// keyboard and screen reader all work as they do on any slider.
pub fn chart(frame: &Frame, label: String, on_msg: &Callback<Msg>) -> Html {
    let Frame { chart: model, playhead, position, .. } = frame;
    let oninput = on_msg.reform(|event: InputEvent| {
        let slider = event.target_unchecked_into::<web_sys::HtmlInputElement>();
        Msg::Scrub(slider.value().parse().unwrap_or(0))
    });
    let (left, width) = model.plot;
    let rest = left.plus(width).minus(playhead.x).max(Px(0));
    let x = playhead.x.to_string();
    let bottom = model.height.to_string();
    html! {
        <div class="time">
            <svg class="chart" width={model.width.to_string()} height={bottom.clone()}
                viewBox={format!("0 0 {} {}", model.width, model.height)} aria-hidden="true">
                { part(model, run) }
                { future(playhead.x, rest, model.span.0, model.span.1) }
                { future(playhead.x, rest, model.weave_top, model.height) }
                <line class="playhead" x1={x.clone()} x2={x.clone()} y1="8" y2={bottom} />
                <circle class="knob" cx={x} cy="8" r="5.5" />
            </svg>
            <input type="range" class="scrubber" min="0" max={model.end.to_string()} step="1"
                value={playhead.millis.to_string()} aria-label={label}
                aria-valuetext={position.clone()} {oninput} />
        </div>
    }
}

/// What has not happened yet is paler.
fn future(x: Px, width: Px, top: Px, bottom: Px) -> Html {
    html! {
        <rect class="future" x={x.to_string()} y={top.to_string()}
            width={width.to_string()} height={bottom.minus(top).to_string()} />
    }
}

/// All of the chart that stays while time passes.
fn run(model: &Model) -> Html {
    let (left, width) = model.plot;
    let right = left.plus(width);
    let (top, bottom) = model.span;
    let level = |(y, text, class): &(Px, String, &'static str)| {
        let y = y.plus(Px::whole(4)).to_string();
        html! { <text class={format!("level {class}")} x={left.minus(Px::whole(6)).to_string()} {y}>{ text }</text> }
    };
    let tick = |(x, text): &(Px, String)| {
        let y = bottom.plus(Px::whole(15)).to_string();
        html! { <text class="tick" x={x.to_string()} {y}>{ text }</text> }
    };
    html! {
        <g>
            { hatches() }
            <rect class="plot" x={left.to_string()} y={top.to_string()} width={width.to_string()}
                height={bottom.minus(top).to_string()} />
            { for model.areas.iter().map(area) }
            <path class="wanted" d={model.wanted.clone()} />
            <path class="ceiling" d={model.ceiling.clone()} />
            <path class="floor" d={model.floor.clone()} />
            <line class="axis" x1={left.to_string()} x2={right.to_string()}
                y1={bottom.to_string()} y2={bottom.to_string()} />
            { for model.levels.iter().map(level) }
            { for model.ticks.iter().map(tick) }
            { for model.marks.iter().map(|(x, mark)| self::mark(*x, *mark)) }
            { for model.threads.iter().map(thread) }
        </g>
    }
}

fn area(area: &Area) -> Html {
    let class = if area.available { "available" } else { "starting" };
    html! { <path class={format!("area hue-{} {class}", area.hue)} d={area.path.clone()} /> }
}

/// A command points up to the chart, a decision down into it.
fn mark(x: Px, mark: Mark) -> Html {
    let (class, path) = match mark {
        Mark::Command => ("command", format!("M{x} 3l4 4-4 4-4-4z")),
        Mark::Decision => ("decision", format!("M{x} 13l-4-6h8z")),
    };
    html! { <path class={format!("mark {class}")} d={path} /> }
}

fn thread(thread: &Thread) -> Html {
    let Thread { hue, shape, x, y, width, height } = thread;
    html! {
        <rect class={format!("thread hue-{hue} {}", shape.name())} x={x.to_string()} y={y.to_string()}
            width={width.to_string()} height={height.to_string()} />
    }
}
