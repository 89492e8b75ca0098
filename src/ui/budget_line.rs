//! The budget line.

use yew::{Html, html};

use crate::view::budget_line::{Bar, BudgetLine as Model, Post, Shape, Tile};
use crate::view::px::Px;

/// The budget line: slots, pods, floor and ceiling.
pub fn budget_line(model: &Model) -> Html {
    let Model { width, height, line, slots, tiles, bars, floor, ceiling, leaving, label } = model;
    let (top, line_height) = *line;
    let slot = |x: &Px| {
        html! { <rect key={x.to_string()} class="slot" x={x.to_string()} y={top.to_string()} rx="9"
        width={slots.1.to_string()} height={line_height.to_string()} /> }
    };
    html! {
        <svg class="budget-line" role="img" aria-label={label.clone()}
            width={width.to_string()} height={height.to_string()}
            viewBox={format!("0 0 {width} {height}")}>
            { hatches() }
            <g>{ for slots.0.iter().map(slot) }</g>
            { for leaving.1.iter().enumerate().map(|(index, words)| leaving_line(leaving.0, index, words)) }
            <g>{ for bars.iter().map(bar) }</g>
            <g>{ for tiles.iter().map(tile) }</g>
            { post("ceiling", ceiling, top.0, line_height.0, false) }
            { post("floor", floor, top.0, line_height.0, true) }
        </svg>
    }
}

/// The pattern of what is leaving, in each colour.
pub fn hatches() -> Html {
    let hatch = |hue: u32| {
        html! {
            <pattern id={format!("hatch-{hue}")} class={format!("hue-{hue}")} width="6" height="6"
                patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect width="2.4" height="6" />
            </pattern>
        }
    };
    html! { <defs>{ for (0..=4).map(hatch) }</defs> }
}

/// A pod on a square of 40, so that it can grow and shrink as a whole.
fn tile(tile: &Tile) -> Html {
    let Tile { pod, hue, shape, x, y, size, fill, label, title } = tile;
    let height = fill * 36 / 1000;
    let level = (38 - height).to_string();
    let size_text = size.to_string();
    html! {
        <svg key={*pod} class={format!("tile hue-{hue} {}", shape.name())} x={x.to_string()} y={y.to_string()}
            width={size_text.clone()} height={size_text} viewBox="0 0 40 40">
            <title>{ title }</title>
            <g class="pop">
                <rect class="body" x="2" y="2" width="36" height="36" rx="9" />
                <rect class="fill" x="2" y={level} width="36" height={height.to_string()}
                    clip-path="inset(0 round 9px)" />
                <rect class="rim" x="2" y="2" width="36" height="36" rx="9" />
                { for label.iter().map(name) }
            </g>
        </svg>
    }
}

fn name((name, letters): &(String, i32)) -> Html {
    let base = Px(200 + letters * 36 / 10);
    html! { <text class="name" x="20" y={base.to_string()} font-size={letters.to_string()}>{ name }</text> }
}

fn leaving_line(top: Px, index: usize, words: &str) -> Html {
    let base = top.plus(Px::whole(12 + 14 * index as i32));
    html! { <text class="leaving-label" x="0" y={base.to_string()}>{ words }</text> }
}

fn bar(bar: &Bar) -> Html {
    let Bar { key, hue, shape, x, y, width, height, label } = bar;
    let (middle, base) = (x.plus(width.share(1, 2)), y.plus(height.share(64, 100)));
    html! {
        <g key={key.clone()} class={format!("bar hue-{hue} {}", shape.name())}>
            <rect class="body" x={x.to_string()} y={y.to_string()}
                width={width.to_string()} height={height.to_string()} />
            <text class="name" x={middle.to_string()} y={base.to_string()}>{ label }</text>
        </g>
    }
}

/// A mark through the line with its label above, or below it.
fn post(class: &'static str, post: &Post, top: i32, height: i32, below: bool) -> Html {
    let Post { x, label, before } = post;
    let px = |tenths: i32| Px(tenths).to_string();
    let (from, to, text) = match below {
        true => (top - 40, top + height + 160, top + height + 210),
        false => (top - 80, top + height + 40, top - 100),
    };
    let x_text = match before {
        true => px(x.0 - if below { 60 } else { 0 }),
        false => px(x.0 + if below { 60 } else { 0 }),
    };
    let anchor = if *before { "end" } else { "start" };
    html! {
        <g class={format!("post {class}")}>
            <line x1={x.to_string()} x2={x.to_string()} y1={px(from)} y2={px(to)} />
            <text x={x_text} y={px(text)} text-anchor={anchor}>{ label }</text>
        </g>
    }
}

/// A small pod that shows what a shape means.
pub fn swatch(shape: Shape) -> Html {
    let fill = match shape {
        Shape::Pending => 0,
        Shape::Running => 14,
        _ => 36,
    };
    html! {
        <svg class={format!("swatch tile hue-0 {}", shape.name())} viewBox="0 0 40 40" aria-hidden="true">
            <rect class="body" x="2" y="2" width="36" height="36" rx="9" />
            <rect class="fill" x="2" y={(38 - fill).to_string()} width="36" height={fill.to_string()}
                clip-path="inset(0 round 9px)" />
            <rect class="rim" x="2" y="2" width="36" height="36" rx="9" />
        </svg>
    }
}
