//! The terminal of the page: what was typed, and what it printed.

use crate::kubectl::output::{Missing, Output};
use crate::kubectl::print;
use crate::shell::Shell;
use crate::sim::command::{Answer, Command, Rejected};
use crate::timeline::{Inputs, SHOWN};

use super::ghost::Ghost;
use super::playback::Playback;
use super::settings::Problem;
use super::{Session, room};

/// The terminal.
#[derive(Clone, Debug, Default)]
pub struct Terminal {
    /// Oldest first; as many as are kept.
    pub entries: Vec<Entry>,
    /// What is being typed.
    pub typed: String,
    /// Rises with every change of what is printed or typed.
    pub version: u32,
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
    Run(&'static str),
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
        self.version += 1;
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
        self.version += 1;
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
        self.version += 1;
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
            self.version += 1;
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

impl Session {
    pub(super) fn use_terminal(&mut self, act: Act) {
        match act {
            Act::Type(typed) => self.terminal.type_in(typed),
            Act::Enter => {
                let line = std::mem::take(&mut self.terminal.typed);
                self.run_line(line.trim());
            }
            Act::Run(line) => self.run_line(line),
            Act::Recall(by) => self.terminal.recall(by),
            Act::Interrupt => self.terminal.interrupt(),
            Act::Clear => self.terminal.clear(),
        }
    }

    /// Carries out a command line at the moment on screen. What is still running is interrupted.
    fn run_line(&mut self, line: &str) {
        self.terminal.interrupt();
        if line.is_empty() {
            return;
        }
        self.terminal.remember(line);
        match line {
            "clear" => self.terminal.clear(),
            "history" => {
                let lines = self.terminal.lines.iter().zip(1..);
                let stdout = lines.map(|(line, number)| format!("{number:>5}  {line}\n")).collect();
                self.terminal.push(line, Output { stdout, ..Output::default() });
            }
            _ => self.ask_kubectl(line),
        }
    }

    fn ask_kubectl(&mut self, line: &str) {
        let before = self.visited();
        let lost = Ghost::lost(&self.timeline, before.time);
        let output = self.terminal.shell.run(line, &mut self.timeline, too_large);
        self.terminal.push(line, output);
        if before.inputs != *self.timeline.inputs() {
            self.leave(before, lost);
        }
        if self.terminal.shell.is_following() && self.timeline.time() < self.timeline.end() {
            self.playback = Playback::Playing { carry: 0 };
        }
    }

    /// What goes on printing, prints what the moments since have brought.
    pub(super) fn follow(&mut self) {
        if !self.terminal.shell.is_following() {
            return;
        }
        let output = self.terminal.shell.look(&mut self.timeline);
        if !self.terminal.shell.is_following() {
            return self.terminal.end(output);
        }
        let running = self.terminal.entries.iter_mut().rfind(|entry| entry.exit.is_none());
        if let Some(entry) = running.filter(|_| output != Output::default()) {
            entry.print(output);
            self.terminal.version += 1;
        }
    }

    /// A button was pressed: the terminal shows the line it stands for.
    pub(super) fn show_line(&mut self, command: &Command, answer: &Result<Answer, Rejected>) {
        let cluster = self.timeline.cluster();
        let line = print::command_line(command, cluster);
        let ended = |said: Option<String>| said.map_or(String::new(), |said| format!("{said}\n"));
        let output = match answer {
            Ok(answer) => {
                let stdout = ended(print::answer(answer, &cluster.deployment(SHOWN).name));
                Output { stdout, ..Output::default() }
            }
            Err(rejected) => {
                Output { stderr: ended(Some(print::refusal(rejected))), exit: 1, ..Output::default() }
            }
        };
        // Its own entry is over; what goes on goes on below.
        self.terminal.push(&line, output);
    }
}

/// The most pods that the page draws, if a run would have more.
fn too_large(inputs: &Inputs) -> Option<i32> {
    match room::problem(inputs)? {
        (_, Problem::TooMany { most }) => Some(most),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Act;
    use crate::session::msg::Msg;
    use crate::session::{Options, Session};

    fn typed(lines: &[&str]) -> Session {
        let mut session = Session::new(Options::default());
        for line in lines {
            session.update(Msg::Terminal(Act::Type((*line).to_owned())));
            session.update(Msg::Terminal(Act::Enter));
        }
        session
    }

    fn last(session: &Session) -> String {
        let entry = session.terminal.entries.last().expect("something was typed");
        entry.printed.iter().map(|(text, _)| text.as_str()).collect()
    }

    #[test]
    fn a_command_line_changes_the_run_as_a_button_does() {
        let mut session = typed(&["kubectl set image deployment/web web=web:v3"]);
        assert_eq!(last(&session), "deployment.apps/web image updated\n");
        assert!(session.is_playing());
        let image = |session: &Session| {
            session.timeline.last_cluster().deployments[0].spec.template.image().to_owned()
        };
        assert_eq!(image(&session), "web:v3");
        session.update(Msg::TakeBack);
        assert_eq!(image(&session), "web:v2");
    }

    #[test]
    fn a_button_prints_the_line_it_stands_for() {
        let mut session = typed(&[]);
        session.update(Msg::RollOut);
        let entry = session.terminal.entries.last().expect("it was printed");
        assert_eq!(entry.line, "kubectl set image deployment/web web=web:v3");
        assert_eq!(entry.exit, Some(0));
    }

    #[test]
    fn rollout_status_prints_while_time_runs_and_ends_with_the_rollout() {
        let mut session = typed(&["kubectl rollout status deployment/web"]);
        assert_eq!(session.terminal.entries[0].exit, None);
        while session.is_playing() {
            session.update(Msg::Frame(16_667));
        }
        assert_eq!(session.terminal.entries[0].exit, Some(0));
        assert!(
            last(&session).ends_with("deployment \"web\" successfully rolled out\n"),
            "{}",
            last(&session)
        );
    }

    #[test]
    fn ctrl_c_ends_what_goes_on() {
        let mut session = typed(&["kubectl get pods -w"]);
        session.update(Msg::Terminal(Act::Interrupt));
        assert_eq!(session.terminal.entries[0].exit, Some(1));
        assert!(last(&session).ends_with("^C\n"));
    }

    #[test]
    fn what_follows_does_not_move_the_moment_on_screen() {
        let mut session = typed(&["kubectl get pods -w"]);
        session.update(Msg::SeekStart);
        for step in 2..30 {
            session.update(Msg::StepForward);
            assert_eq!(session.timeline.step_number(), step);
        }
    }

    #[test]
    fn more_pods_than_the_page_draws_are_refused() {
        let session = typed(&["kubectl scale deployment/web --replicas=2000000000"]);
        let entry = session.terminal.entries.last().unwrap();
        assert!(entry.missing.is_some() && entry.exit == Some(1), "{entry:?}");
        assert_eq!(session.timeline.inputs().script.len(), 1);
    }

    #[test]
    fn earlier_lines_are_called_back() {
        let mut session = typed(&["kubectl get pods", "kubectl get rs"]);
        session.update(Msg::Terminal(Act::Recall(-1)));
        session.update(Msg::Terminal(Act::Recall(-1)));
        session.update(Msg::Terminal(Act::Recall(-1)));
        assert_eq!(session.terminal.typed, "kubectl get pods");
        session.update(Msg::Terminal(Act::Recall(1)));
        assert_eq!(session.terminal.typed, "kubectl get rs");
        session.update(Msg::Terminal(Act::Recall(1)));
        assert_eq!(session.terminal.typed, "");
    }
}
