//! Icons, drawn on a square of 24; after lucide (ISC licence).

use yew::{Html, html};

/// An icon by the path of its strokes. It says nothing by itself: what it is on does.
fn stroked(path: &'static str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={path} /></svg>
    }
}

/// A triangle.
pub fn play() -> Html {
    stroked("M7 4v16l13-8z")
}

/// Two bars.
pub fn pause() -> Html {
    stroked("M8 5v14M16 5v14")
}

/// An arrow that goes round.
pub fn replay() -> Html {
    stroked("M4 12a8 8 0 1 0 2.5-5.8M4 4v5h5")
}

/// One step back.
pub fn step_back() -> Html {
    stroked("M15 5l-7 7 7 7")
}

/// One step on.
pub fn step_forward() -> Html {
    stroked("M9 5l7 7-7 7")
}

/// Back to a mark.
pub fn previous_mark() -> Html {
    stroked("M18 5l-7 7 7 7M6 5v14")
}

/// On to a mark.
pub fn next_mark() -> Html {
    stroked("M6 5l7 7-7 7M18 5v14")
}

/// Two sheets.
pub fn copy() -> Html {
    stroked("M9 9h11v11H9zM5 15H4V4h11v1")
}

/// A tick.
pub fn done() -> Html {
    stroked("M4 12l6 6L20 6")
}

/// An arrow that turns back.
pub fn take_back() -> Html {
    stroked("M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3")
}

/// An arrow that turns on.
pub fn do_again() -> Html {
    stroked("M15 14l5-5-5-5M20 9H10a6 6 0 0 0 0 12h3")
}

/// Half light, half dark.
pub fn theme() -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <circle cx="12" cy="12" r="8" /><path class="solid" d="M12 4a8 8 0 0 1 0 16z" />
        </svg>
    }
}

/// Three pods under an arc, one of them falling out of the line.
pub fn logo() -> Html {
    html! {
        <svg class="logo" viewBox="0 0 28 28" aria-hidden="true" focusable="false">
            <path class="arc" d="M4 8a12 9 0 0 1 20 0" />
            <rect class="hue-1" x="1" y="11" width="7" height="7" rx="2" />
            <rect class="hue-1 faint" x="10.5" y="11" width="7" height="7" rx="2" />
            <rect class="hue-2" x="20" y="11" width="7" height="7" rx="2" />
            <rect class="hue-2 faint" x="10.5" y="20.5" width="7" height="7" rx="2" />
        </svg>
    }
}
