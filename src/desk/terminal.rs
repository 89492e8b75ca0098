//! The terminal: what was typed, and what it printed.

use crate::kubectl::files::Files;
use crate::kubectl::output::{Missing, Output};
use crate::shell::Shell;
use crate::shell::moment::TooLarge;
use crate::timeline::Timeline;

/// The terminal.
#[derive(Clone, Debug, Default)]
pub struct Terminal {
    /// Oldest first; as many as are kept.
    pub entries: Vec<Entry>,
    /// What is being typed.
    pub typed: String,
    /// How many entries there ever were.
    count: u32,
    shell: Shell,
    lines: Vec<String>,
    /// Which of those lines was called back last.
    recalled: Option<usize>,
}

/// What is done in the terminal.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Something is typed.
    Type(String),
    /// What is typed is carried out.
    Enter,
    /// A line is carried out as if it had been typed.
    Run(String),
    /// An earlier line is called back, or a later one.
    Recall(i32),
    /// What goes on printing ends.
    Interrupt,
    /// What was printed vanishes.
    Clear,
}

/// A command line and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Tells entries apart.
    pub number: u32,
    /// As it was typed.
    pub line: String,
    /// What it printed, in order: the text, and whether it is an error.
    pub printed: Vec<(String, bool)>,
    /// What a real kubectl would have done.
    pub missing: Option<Missing>,
    /// Its exit status; none as long as it goes on.
    pub exit: Option<u8>,
}

/// Older entries are left out.
const MOST_ENTRIES: usize = 100;

/// Older lines cannot be called back.
const MOST_LINES: usize = 200;

impl Terminal {
    fn push(&mut self, line: &str, output: Output) {
        let exit = (!self.shell.is_following()).then_some(output.exit);
        let mut entry =
            Entry { number: self.count, line: line.to_owned(), printed: Vec::new(), missing: None, exit };
        entry.print(output);
        self.count += 1;
        self.entries.push(entry);
        if MOST_ENTRIES < self.entries.len() {
            self.entries.remove(0);
        }
    }

    fn remember(&mut self, line: &str) {
        self.recalled = None;
        if self.lines.last().is_none_or(|last| last != line) {
            self.lines.push(line.to_owned());
        }
        if MOST_LINES < self.lines.len() {
            self.lines.remove(0);
        }
    }

    fn type_in(&mut self, typed: String) {
        self.typed = typed;
    }

    /// Calls back an earlier line, or a later one; after the last comes the empty one.
    fn recall(&mut self, by: i32) {
        let count = self.lines.len();
        let at = self.recalled.unwrap_or(count).saturating_add_signed(by as isize).min(count);
        self.recalled = (at < count).then_some(at);
        let line = self.lines.get(at).cloned().unwrap_or_default();
        self.type_in(line);
    }

    fn clear(&mut self) {
        // What goes on printing has nowhere to print any longer.
        self.shell.interrupt();
        self.entries.clear();
    }

    /// Ctrl-C: ends what goes on, or gives up what was typed.
    fn interrupt(&mut self) {
        match self.shell.interrupt() {
            Some(exit) => self.end(Output { stdout: "^C\n".to_owned(), exit, ..Output::default() }),
            None => {
                self.recalled = None;
                self.type_in(String::new());
            }
        }
    }

    fn end(&mut self, output: Output) {
        if let Some(entry) = self.entries.iter_mut().rfind(|entry| entry.exit.is_none()) {
            entry.exit = Some(output.exit);
            entry.print(output);
        }
    }

    /// The transcript: all lines and what they printed.
    pub fn transcript(&self) -> String {
        let entry = |entry: &Entry| {
            let printed: String = entry.printed.iter().map(|(text, _)| text.as_str()).collect();
            format!("$ {}\n{printed}", entry.line)
        };
        self.entries.iter().map(entry).collect()
    }
}

impl Entry {
    fn print(&mut self, Output { stdout, stderr, missing, .. }: Output) {
        for (text, is_error) in [(stdout, false), (stderr, true)] {
            match self.printed.last_mut() {
                _ if text.is_empty() => {}
                Some((last, was_error)) if *was_error == is_error => last.push_str(&text),
                _ => self.printed.push((text, is_error)),
            }
        }
        self.missing = self.missing.take().or(missing);
    }
}

impl Terminal {
    /// Does something, at the moment on screen.
    pub fn act(&mut self, act: Act, timeline: &mut Timeline, too_large: TooLarge) {
        match act {
            Act::Type(typed) => self.type_in(typed),
            Act::Enter => {
                let line = std::mem::take(&mut self.typed);
                self.run_line(line.trim(), timeline, too_large);
            }
            Act::Run(line) => self.run_line(&line, timeline, too_large),
            Act::Recall(by) => self.recall(by),
            Act::Interrupt => self.interrupt(),
            Act::Clear => self.clear(),
        }
    }

    /// Carries out a command line at the moment on screen. What is still running is interrupted.
    fn run_line(&mut self, line: &str, timeline: &mut Timeline, too_large: TooLarge) {
        self.interrupt();
        if line.is_empty() {
            return;
        }
        self.remember(line);
        match line {
            "clear" => self.clear(),
            "history" => {
                let lines = self.lines.iter().zip(1..);
                let stdout = lines.map(|(line, number)| format!("{number:>5}  {line}\n")).collect();
                self.push(line, Output { stdout, ..Output::default() });
            }
            _ => {
                let output = self.shell.run(line, timeline, &Files::default(), too_large);
                self.push(line, output);
            }
        }
    }

    /// Whether something goes on printing while time passes.
    pub fn is_following(&self) -> bool {
        self.shell.is_following()
    }

    /// What goes on printing, prints what the moments since have brought.
    pub fn follow(&mut self, timeline: &mut Timeline) {
        if !self.is_following() {
            return;
        }
        let output = self.shell.look(timeline);
        if !self.is_following() {
            return self.end(output);
        }
        if let Some(entry) = self.entries.iter_mut().rfind(|entry| entry.exit.is_none()) {
            entry.print(output);
        }
    }

    /// A button of the page was pressed: this is the line it stands for, and what kubectl would have said.
    /// What goes on printing goes on below.
    pub fn press(&mut self, line: &str, said: &str, is_error: bool) {
        let text = if said.is_empty() { String::new() } else { format!("{said}\n") };
        let output = match is_error {
            false => Output { stdout: text, ..Output::default() },
            true => Output { stderr: text, exit: 1, ..Output::default() },
        };
        self.push(line, output);
        if let Some(entry) = self.entries.last_mut() {
            entry.exit = Some(is_error.into());
        }
    }
}
