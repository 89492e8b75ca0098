//! What keys do. `docs`: the list on the page is made from the same actions.

use super::msg::{Look, Msg};

/// What a key does while the focus is on something that takes no text; `None`: it is left alone.
pub fn msg(key: &str, shift: bool) -> Option<Msg> {
    Some(match key {
        "g" | "G" => Msg::SwapFutures,
        "Escape" => Msg::SelectPod(None),
        "f" | "F" => Msg::FillScreen,
        "?" => Msg::ShowKeys,
        _ => Msg::Look(look(key, shift)?),
    })
}

/// Whether it is undone by the same key, which therefore counts once however long it is held.
pub fn toggles(msg: &Msg) -> bool {
    matches!(msg, Msg::SwapFutures | Msg::FillScreen | Msg::ShowKeys | Msg::Look(Look::TogglePlay))
}

fn look(key: &str, shift: bool) -> Option<Look> {
    Some(match (key, shift) {
        (" " | "k" | "K", _) => Look::TogglePlay,
        ("ArrowLeft", true) => Look::PreviousBatch,
        ("ArrowRight", true) => Look::NextBatch,
        ("[" | "PageUp", _) => Look::PreviousMark,
        ("]" | "PageDown", _) => Look::NextMark,
        ("ArrowLeft" | "ArrowDown" | ",", _) => Look::StepBack,
        ("ArrowRight" | "ArrowUp" | ".", _) => Look::StepForward,
        ("Home", _) => Look::SeekStart,
        ("End", _) => Look::SeekEnd,
        ("<", _) => Look::Slower,
        (">", _) => Look::Faster,
        _ => match key.as_bytes() {
            [digit @ b'0'..=b'9'] => Look::SeekTenth(digit - b'0'),
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_makes_arrows_jump() {
        assert_eq!(msg("ArrowRight", false), Some(Msg::Look(Look::StepForward)));
        assert_eq!(msg("ArrowRight", true), Some(Msg::Look(Look::NextBatch)));
        assert_eq!(msg("7", false), Some(Msg::Look(Look::SeekTenth(7))));
        assert_eq!(msg("Escape", false), Some(Msg::SelectPod(None)));
        assert_eq!(msg("?", true), Some(Msg::ShowKeys));
        assert_eq!(msg("Tab", false), None);
    }

    #[test]
    fn what_a_key_undoes_does_not_repeat() {
        let toggled = [" ", "k", "g", "f", "?", "ArrowRight", "]", "Escape"]
            .map(|key| msg(key, false).is_some_and(|msg| toggles(&msg)));
        assert_eq!(toggled, [true, true, true, true, true, false, false, false]);
    }
}
