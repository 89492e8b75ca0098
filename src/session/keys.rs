//! What keys do. `docs`: the list on the page is made from the same actions.

use super::msg::Msg;

/// What a key does while the focus is on something that takes no text; `None`: it is left alone.
pub fn msg(key: &str, shift: bool) -> Option<Msg> {
    Some(match (key, shift) {
        (" " | "k" | "K", _) => Msg::TogglePlay,
        ("ArrowLeft", true) => Msg::PreviousBatch,
        ("ArrowRight", true) => Msg::NextBatch,
        ("[" | "PageUp", _) => Msg::PreviousMark,
        ("]" | "PageDown", _) => Msg::NextMark,
        ("ArrowLeft" | "ArrowDown" | ",", _) => Msg::StepBack,
        ("ArrowRight" | "ArrowUp" | ".", _) => Msg::StepForward,
        ("Home", _) => Msg::SeekStart,
        ("End", _) => Msg::SeekEnd,
        ("<", _) => Msg::Slower,
        (">", _) => Msg::Faster,
        ("g" | "G", _) => Msg::SwapFutures,
        ("Escape", _) => Msg::SelectPod(None),
        ("f" | "F", _) => Msg::FillScreen,
        ("?", _) => Msg::ShowKeys,
        _ => match key.as_bytes() {
            [digit @ b'0'..=b'9'] => Msg::SeekTenth(digit - b'0'),
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_makes_arrows_jump() {
        assert_eq!(msg("ArrowRight", false), Some(Msg::StepForward));
        assert_eq!(msg("ArrowRight", true), Some(Msg::NextBatch));
        assert_eq!(msg("7", false), Some(Msg::SeekTenth(7)));
        assert_eq!(msg("Escape", false), Some(Msg::SelectPod(None)));
        assert_eq!(msg("?", true), Some(Msg::ShowKeys));
        assert_eq!(msg("Tab", false), None);
    }
}
