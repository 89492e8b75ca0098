//! What the page asks of the browser.

use crate::i18n::Lang;
use crate::sim::time::SimTime;

use super::Theme;

/// What the page asks of the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Put a text on the clipboard.
    Copy(String),
    /// The reader has chosen this language and this theme.
    Remember(Lang, Theme),
    /// Keys that type characters work from now on, or no longer.
    CharacterKeys(bool),
    /// Show the list of keys, or fold it again.
    ShowKeys,
    /// Fill the screen, or no longer.
    FillScreen,
    /// Show this in the address, behind `#`.
    Address(String),
    /// Another run was opened: its link in the address comes after this one, to which one can go back.
    Turn(String, String),
    /// Put the page's address, with this behind `#`, on the clipboard.
    CopyLink(String),
    /// Tell the page around this one which moment is on screen.
    TellHost {
        /// The step.
        step: usize,
        /// How many steps there are.
        steps: usize,
        /// The first and the last of them that may be shown.
        bounds: (usize, usize),
        /// The time.
        time: SimTime,
        /// Whether time runs.
        playing: bool,
        /// The command or decision that has come on screen, or has been passed, if any.
        marker: Option<usize>,
        /// The link of it.
        link: String,
    },
    /// Load the desk.
    OpenDesk,
    /// Tell the desk which run and which moment are on screen.
    ShowDesk {
        /// The language of the page.
        lang: Lang,
        /// The run's inputs.
        line: String,
        /// The step.
        step: usize,
        /// The time.
        time: SimTime,
    },
    /// Tell the desk to show where pictures and snippets are taken.
    ShareAtDesk,
    /// Tell the desk that a button was pressed.
    PressDesk {
        /// The command line it stands for.
        line: String,
        /// What kubectl says.
        said: String,
        /// Whether that is an error.
        refused: bool,
    },
}
