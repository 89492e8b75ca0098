//! The terminal: what was typed, and what it printed.

use std::collections::VecDeque;

use crate::kubectl::complete::Completion;
use crate::kubectl::files::Files;
use crate::kubectl::output::{Aside, Missing, Output};
use crate::kubectl::words::typed;
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
    /// What the last word of it can become, after it was asked for.
    pub offered: Vec<String>,
    /// Lines that were pasted and wait for the one that goes on.
    waiting: VecDeque<String>,
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
    /// Something is typed or pasted. Every line of it that has ended is carried out.
    Type(String),
    /// The last word is to be completed.
    Complete,
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
    /// What there is to know besides.
    pub aside: Option<Aside>,
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
        let (number, line) = (self.count, line.to_owned());
        let mut entry = Entry { number, line, printed: Vec::new(), missing: None, aside: None, exit };
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
        self.offered.clear();
    }

    /// Takes the lines that have ended out of what is typed; all of them, if the last one has ended too.
    fn take_lines(&mut self, has_ended: bool) {
        let mut text = std::mem::take(&mut self.typed);
        while !text.is_empty() {
            let first = typed(&text);
            let ends = first.end < text.len() || text.ends_with('\n') || has_ended;
            if first.is_open || !ends {
                break;
            }
            let rest = text.split_off(first.end);
            self.waiting.push_back(std::mem::replace(&mut text, rest));
        }
        self.type_in(text);
    }

    /// What the last word can become, if it can become anything that it was not offered already.
    pub fn completion(&self, timeline: &mut Timeline) -> Option<Completion> {
        if self.typed.trim().is_empty() {
            return None;
        }
        let completion = self.shell.complete(&self.typed, timeline);
        let is_new = completion.complete(&self.typed) != self.typed || completion.candidates != self.offered;
        (!completion.candidates.is_empty() && is_new).then_some(completion)
    }

    fn complete(&mut self, timeline: &mut Timeline) {
        let Some(completion) = self.completion(timeline) else { return };
        let line = completion.complete(&self.typed);
        self.type_in(line);
        if 1 < completion.candidates.len() {
            self.offered = completion.candidates;
        }
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

    /// Ctrl-C: ends what goes on, or gives up what was typed. What was pasted after it is given up too.
    fn interrupt(&mut self) {
        self.waiting.clear();
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
    fn print(&mut self, Output { stdout, stderr, missing, aside, replaces, .. }: Output) {
        if replaces {
            self.printed.clear();
        }
        for (text, is_error) in [(stdout, false), (stderr, true)] {
            match self.printed.last_mut() {
                _ if text.is_empty() => {}
                Some((last, was_error)) if *was_error == is_error => last.push_str(&text),
                _ => self.printed.push((text, is_error)),
            }
        }
        self.missing = self.missing.take().or(missing);
        self.aside = self.aside.take().or(aside);
    }
}

impl Terminal {
    /// Does something, at the moment on screen.
    pub fn act(&mut self, act: Act, timeline: &mut Timeline, files: &Files, too_large: TooLarge) {
        match act {
            Act::Type(typed) => {
                let is_pasted = typed.contains('\n');
                self.type_in(typed);
                if is_pasted {
                    self.take_lines(false);
                }
                self.go_on(timeline, files, too_large);
            }
            Act::Enter if typed(&self.typed).is_open => {
                let line = format!("{}\n", self.typed);
                self.type_in(line);
            }
            Act::Enter => {
                self.interrupt_what_goes_on();
                self.take_lines(true);
                self.go_on(timeline, files, too_large);
            }
            Act::Run(line) => {
                self.interrupt_what_goes_on();
                self.run_line(&line, timeline, files, too_large);
            }
            Act::Complete => self.complete(timeline),
            Act::Recall(by) => self.recall(by),
            Act::Interrupt => self.interrupt(),
            Act::Clear => self.clear(),
        }
    }

    /// What still runs ends when another line is typed.
    fn interrupt_what_goes_on(&mut self) {
        if self.is_following() {
            self.interrupt();
        }
    }

    /// Carries out the lines that wait, as long as none goes on.
    fn go_on(&mut self, timeline: &mut Timeline, files: &Files, too_large: TooLarge) {
        while !self.is_following() {
            let Some(line) = self.waiting.pop_front() else { return };
            self.run_line(&line, timeline, files, too_large);
        }
    }

    /// Carries out a command line at the moment on screen.
    fn run_line(&mut self, line: &str, timeline: &mut Timeline, files: &Files, too_large: TooLarge) {
        let line = line.trim().trim_end_matches(';');
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
                let output = self.shell.run(line, timeline, files, too_large);
                self.push(line, output);
            }
        }
    }

    /// The name of the object that is being edited, and its text.
    pub fn editing(&self) -> Option<(&str, &str)> {
        self.shell.editing()
    }

    /// What was edited is saved.
    pub fn save(&mut self, text: &str, timeline: &mut Timeline, files: &Files, too_large: TooLarge) {
        let output = self.shell.save(text, timeline, too_large);
        self.print_on(output);
        self.go_on(timeline, files, too_large);
    }

    /// What the line that goes on prints, which may have been the end of it.
    fn print_on(&mut self, output: Output) {
        if !self.is_following() {
            return self.end(output);
        }
        if let Some(entry) = self.entries.iter_mut().rfind(|entry| entry.exit.is_none()) {
            entry.print(output);
        }
    }

    /// Whether something goes on printing while time passes.
    pub fn is_following(&self) -> bool {
        self.shell.is_following()
    }

    /// What goes on printing, prints what the moments since have brought; if it has ended, lines that waited for
    /// it are carried out. Says whether any were.
    pub fn follow(&mut self, timeline: &mut Timeline, files: &Files, too_large: TooLarge) -> bool {
        if !self.is_following() {
            return false;
        }
        let output = self.shell.look(timeline);
        self.print_on(output);
        let waited = self.waiting.len();
        self.go_on(timeline, files, too_large);
        self.waiting.len() < waited
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
