//! The forms in which a run leaves the desk.

use crate::desk::Desk;
use crate::export::{csv::csv, json::json, markdown::markdown};
use crate::i18n::desk::Text;
use crate::picture::{self, LOOKS, Look};
use crate::session::playback::Playback;
use crate::session::{Options, Session};

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The moment on screen as a picture.
    Svg,
    /// The whole run as a picture that moves.
    Moving,
    /// The moment on screen as pixels.
    Png,
    /// The moment and every step.
    Json,
    /// Every step.
    Csv,
    /// A table.
    Markdown,
    /// What was typed in the terminal.
    Transcript,
}

/// All forms.
pub const FORMS: [Form; 7] =
    [Form::Svg, Form::Moving, Form::Png, Form::Json, Form::Csv, Form::Markdown, Form::Transcript];

/// A file to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What is in it; of pixels, the SVG that they are made of.
    pub text: String,
    /// What it is.
    pub kind: &'static str,
}

/// The kind of a file that is made of pixels.
pub const PNG: &str = "image/png";

impl Form {
    /// In words.
    pub fn name(self) -> Text<'static> {
        match self {
            Self::Svg => Text::FormSvg,
            Self::Moving => Text::FormMoving,
            Self::Png => Text::FormPng,
            Self::Json => Text::FormJson,
            Self::Csv => Text::FormCsv,
            Self::Markdown => Text::FormMarkdown,
            Self::Transcript => Text::FormTranscript,
        }
    }

    /// The end of a file's name, and what it is.
    fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Svg => (".svg", "image/svg+xml"),
            Self::Moving => ("-moving.svg", "image/svg+xml"),
            Self::Png => (".png", PNG),
            Self::Json => (".json", "application/json"),
            Self::Csv => (".csv", "text/csv"),
            Self::Markdown => (".md", "text/markdown"),
            Self::Transcript => (".txt", "text/plain"),
        }
    }

    /// Whether it can be copied as text.
    pub fn is_text(self) -> bool {
        self != Self::Png
    }

    /// Whether there is any difference between light and dark.
    fn has_look(self) -> bool {
        matches!(self, Self::Svg | Self::Moving | Self::Png)
    }
}

/// The run in a form.
pub fn text(desk: &Desk, form: Form) -> String {
    let session = session(desk);
    let options = picture::Options { look: desk.share.look, page: desk.page.clone() };
    match form {
        Form::Svg | Form::Png => picture::still(&picture::session(session), &options),
        Form::Moving => picture::moving(&picture::session(session), &options),
        Form::Json => json(&session),
        Form::Csv => csv(&session),
        Form::Markdown => markdown(&session),
        Form::Transcript => desk.terminal.transcript(),
    }
}

/// The run in a form, as a file.
pub fn file(desk: &Desk, form: Form) -> File {
    let (end, kind) = form.kind();
    let look = if form.has_look() { look_name(desk.share.look) } else { String::new() };
    File { name: format!("rollout{look}{end}"), text: text(desk, form), kind }
}

/// In the name of a file, where it is chosen.
pub fn look_name(look: Look) -> String {
    let named = LOOKS.into_iter().find(|(_, known)| *known == look && look != Look::Auto);
    named.map_or(String::new(), |(name, _)| format!("-{name}"))
}

/// The moment on screen as the page has it.
fn session(desk: &Desk) -> Session {
    let timeline = desk.timeline.clone();
    let is_within = timeline.last_at(timeline.time()) != timeline.step_number();
    let mut session = Session::at(timeline, &Options { lang: desk.lang, ..Options::default() });
    if is_within {
        // Of several steps of one moment another one is looked at.
        session.playback = Playback::Step;
    }
    session
}
