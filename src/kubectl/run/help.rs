//! What kubectl says of its commands: `--help`, `help`, `options`.

use crate::kubectl::output::{Missing, Output};

use super::Run;

/// What kubectl says of itself. `cmd.go`.
const HELP: &str = include_str!("help.txt");

/// What it says of the commands that are here: a form feed, the command, and below it the text.
const HELPS: &str = include_str!("helps.txt");

/// What there is to say of a command; of none: of all.
pub fn text(command: &str) -> Option<&'static str> {
    if command.is_empty() {
        return Some(HELP);
    }
    let mut texts = HELPS.split('\u{c}').filter_map(|part| part.split_once('\n'));
    texts.find(|(name, _)| *name == command).map(|(_, text)| text)
}

/// Prints it.
pub fn of(command: &str, out: &mut Output) {
    match text(command) {
        Some(text) => out.stdout += text,
        None => out.lack(Missing::Flag("--help".to_owned())),
    }
}

/// `kubectl help COMMAND`.
pub fn help(run: &mut Run<'_>) -> Result<(), String> {
    of(&run.flags.args.join(" "), &mut run.out);
    Ok(())
}

/// `kubectl options`.
pub fn options(run: &mut Run<'_>) -> Result<(), String> {
    of("options", &mut run.out);
    Ok(())
}
