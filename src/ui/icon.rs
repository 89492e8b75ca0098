//! Icons, drawn on a square of 24; after lucide (ISC licence).

use super::{El, classed, el};

/// A triangle.
pub const PLAY: &str = "M7 4v16l13-8z";
/// Two bars.
pub const PAUSE: &str = "M8 5v14M16 5v14";
/// An arrow that goes round.
pub const REPLAY: &str = "M4 12a8 8 0 1 0 2.5-5.8M4 4v5h5";
/// One step back.
pub const STEP_BACK: &str = "M15 5l-7 7 7 7";
/// One step on.
pub const STEP_FORWARD: &str = "M9 5l7 7-7 7";
/// Back to a mark.
pub const PREVIOUS_MARK: &str = "M18 5l-7 7 7 7M6 5v14";
/// On to a mark.
pub const NEXT_MARK: &str = "M6 5l7 7-7 7M18 5v14";
/// Back to a batch: several steps at once.
pub const PREVIOUS_BATCH: &str = "M12 5l-7 7 7 7M19 5l-7 7 7 7";
/// On to a batch.
pub const NEXT_BATCH: &str = "M12 5l7 7-7 7M5 5l7 7-7 7";
/// Two sheets.
pub const COPY: &str = "M9 9h11v11H9zM5 15H4V4h11v1";
/// A tick.
pub const DONE: &str = "M4 12l6 6L20 6";
/// An arrow that turns back.
pub const TAKE_BACK: &str = "M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3";
/// An arrow that turns on.
pub const DO_AGAIN: &str = "M15 14l5-5-5-5M20 9H10a6 6 0 0 0 0 12h3";
/// Two links of a chain.
pub const LINK: &str =
    "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1.5 1.5M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1.5-1.5";
/// A cross.
pub const CLOSE: &str = "M6 6l12 12M18 6L6 18";

/// An icon by the path of its strokes. It says nothing by itself: what it is on does.
pub fn icon(path: &'static str) -> El {
    picture("icon", "0 0 24 24").child(el("path").attr("d", path))
}

/// Half light, half dark.
pub fn theme() -> El {
    picture("icon", "0 0 24 24")
        .child(el("circle").attr("cx", "12").attr("cy", "12").attr("r", "8"))
        .child(classed("path", "solid").attr("d", "M12 4a8 8 0 0 1 0 16z"))
}

/// Three pods under an arc, one of them falling out of the line.
pub fn logo() -> El {
    let pod = |class: &'static str, x: &'static str, y: &'static str| {
        let rect = classed("rect", class).attr("x", x).attr("y", y);
        rect.attr("width", "7").attr("height", "7").attr("rx", "2")
    };
    picture("logo", "0 0 28 28")
        .child(classed("path", "arc").attr("d", "M4 8a12 9 0 0 1 20 0"))
        .child(pod("hue-1", "1", "11"))
        .child(pod("hue-1 faint", "10.5", "11"))
        .child(pod("hue-2", "20", "11"))
        .child(pod("hue-2 faint", "10.5", "20.5"))
}

fn picture(class: &'static str, view_box: &'static str) -> El {
    classed("svg", class).attr("viewBox", view_box).attr("aria-hidden", "true").attr("focusable", "false")
}
