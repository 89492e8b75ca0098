//! The terminal.

use crate::i18n::desk::Text;
use crate::session::Session;
use crate::session::terminal::Entry;
use crate::shell::says;

/// The terminal.
#[derive(Clone, Debug, PartialEq)]
pub struct Terminal {
    /// Oldest first.
    pub entries: Vec<Printed>,
    /// What is being typed.
    pub typed: String,
    /// What it is called.
    pub title: String,
    /// What the field is called.
    pub label: String,
    /// How it is used.
    pub hint: String,
    /// Lines to begin with, and what is said before them.
    pub examples: (String, &'static [&'static str]),
    /// What is copied, and the words on the button; nothing while there is nothing.
    pub copy: Option<(String, String)>,
    /// The words on the button that clears it.
    pub clear: String,
}

/// A line and what it printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// Tells lines apart.
    pub number: u32,
    /// As it was typed.
    pub line: String,
    /// Text, and whether it is an error.
    pub text: Vec<(String, bool)>,
    /// What a real kubectl would have done; lines that are left out; how it ended, if not well; or that it has
    /// not.
    pub notes: Vec<String>,
}

/// What someone who has just come might want to see.
const EXAMPLES: &[&str] = &[
    "kubectl get pods",
    "kubectl rollout status deployment/web",
    "kubectl describe deployment web",
    "kubectl rollout history deployment/web",
    "kubectl rollout undo deployment/web",
];

/// Nobody reads more lines of one command; all of them are copied.
const MOST_LINES: usize = 300;

/// The terminal as it is now.
pub fn terminal(session: &Session) -> Terminal {
    let say = |text| session.lang.say(text);
    let terminal = &session.terminal;
    let is_empty = terminal.entries.is_empty();
    Terminal {
        entries: terminal.entries.iter().map(|entry| printed(entry, session)).collect(),
        typed: terminal.typed.clone(),
        title: say(Text::Terminal),
        label: say(Text::TerminalInput),
        hint: say(Text::TerminalHint),
        examples: (say(Text::TerminalExamples), EXAMPLES),
        copy: (!is_empty).then(|| (terminal.transcript(), say(Text::CopyTranscript))),
        clear: say(Text::ClearTerminal),
    }
}

fn printed(entry: &Entry, session: &Session) -> Printed {
    let say = |text| session.lang.say(text);
    let (mut room, mut left_out, mut text) = (MOST_LINES, 0, Vec::new());
    for (all, is_error) in &entry.printed {
        let lines = all.lines().count();
        let shown: String = all.split_inclusive('\n').take(room).collect();
        left_out += lines.saturating_sub(room);
        room = room.saturating_sub(lines);
        if !shown.is_empty() {
            text.push((shown, *is_error));
        }
    }
    let left_out = (0 < left_out).then(|| say(Text::LinesLeftOut { lines: left_out }));
    let missing = entry.missing.as_ref().map(|missing| says::missing(missing, session.lang));
    let end = match entry.exit {
        None => Some(say(Text::StillRunning)),
        Some(0) => None,
        Some(status) => Some(say(Text::ExitStatus { status: status.into() })),
    };
    let notes = [left_out, missing, end].into_iter().flatten().collect();
    Printed { number: entry.number, line: entry.line.clone(), text, notes }
}
