//! What the page asks of the browser.

use crate::i18n::Lang;

use super::Theme;

/// What the page asks of the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Put a text on the clipboard.
    Copy(String),
    /// The page speaks another language from now on.
    Language(Lang),
    /// Keys that type characters work from now on, or no longer.
    CharacterKeys(bool),
    /// The page has another theme from now on.
    Theme(Theme),
}
