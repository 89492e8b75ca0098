//! A command line on its way: `kubectl/pkg/cmd/cmd.go`.

mod apply;
mod change;
mod client;
pub mod commands;
mod create;
mod diff;
pub mod edit;
mod elsewhere;
mod explain;
mod get;
mod help;
mod inside;
mod label;
mod manifests;
mod node;
mod patch;
mod rollout;
mod set;
mod show;
mod suggest;

use crate::sim::command::{Answer, Command, Rejected};

use super::api::Api;
use super::builder::{Found, Rules, Selection};
use super::files::Files;
use super::flags::Flags;
use super::json::Json;
use super::output::{Aside, Missing, Output};
use super::pipe;
use super::print::refusal;
use super::words::typed;

use commands::{COMMANDS, Entry};

/// One command that is being carried out.
pub struct Run<'a> {
    api: &'a mut dyn Api,
    files: Files,
    /// `rollout status`
    name: &'static str,
    flags: Flags,
    out: Output,
    /// Messages of the objects with which something went wrong.
    errors: Vec<String>,
    /// The words of the line.
    words: Vec<String>,
}

/// Carries out a command line, which may read these files. Only the first command of it.
pub fn run(api: &mut dyn Api, line: &str, files: &Files) -> Output {
    let mut out = Output::default();
    let typed = typed(line);
    if let Some(character) = typed.foreign {
        out.lack(Missing::Shell(character));
        return out;
    }
    match typed.words.split_first() {
        None => {}
        Some((program, _)) if program != "kubectl" => out.lack(Missing::Program(program.clone())),
        Some((_, rest)) => match files.for_line(&typed) {
            Ok(files) => return piped(find_command(api, &typed.words, rest, files), &typed.pipes),
            Err(file) => {
                out.fail(&format!("bash: {file}: No such file or directory"));
                out.aside = Some(Aside::NoFiles);
            }
        },
    }
    out
}

/// What comes out behind pipes.
fn piped(mut out: Output, pipes: &[Vec<String>]) -> Output {
    for words in pipes {
        match pipe::through(words, &out.stdout) {
            // What goes on printing is not followed through a pipe.
            Some((stdout, exit)) if out.follow.is_none() => (out.stdout, out.exit) = (stdout, exit),
            _ => {
                out = Output::default();
                out.lack(Missing::Shell('|'));
            }
        }
    }
    out
}

/// Finds the command that the words begin with; flags may stand before it. `cobra/command.go Find`.
fn find_command(api: &mut dyn Api, line: &[String], rest: &[String], files: Files) -> Output {
    let mut out = Output::default();
    let (before, rest) = match leading_flags(rest) {
        Ok(split) => split,
        Err(error) => {
            out.fail(&error);
            return out;
        }
    };
    let Some((first, after)) = rest.split_first() else {
        help::of("", &mut out);
        return out;
    };
    let named = |name: &str| COMMANDS.iter().find(|entry| entry.0 == name);
    if let Some((second, after)) = after.split_first() {
        let second = match (first.as_str(), second.as_str()) {
            ("create", "deploy") => "deployment",
            ("create", "ns") => "namespace",
            (_, second) => second,
        };
        if let Some(entry) = named(&format!("{first} {second}")) {
            return carry_out(api, line, entry, [before, after].concat(), files);
        }
    }
    let is_member = |word: &String| !word.starts_with('-');
    match named(first) {
        Some(_) if first == "create" && after.first().is_some_and(is_member) => {
            suggest::creation(after, &mut out)
        }
        Some(entry) => return carry_out(api, line, entry, [before, after].concat(), files),
        None => suggest::unknown(first, after, &mut out),
    }
    out
}

/// Flags that stand before the command are those that every command accepts.
fn leading_flags(words: &[String]) -> Result<(&[String], &[String]), String> {
    let mut end = 0;
    while words.get(end).is_some_and(|word| word.starts_with('-') && word != "-") {
        let word = &words[end];
        let alone = &words[end..=end];
        match Flags::parse(&[], alone) {
            Ok(_) => end += 1,
            Err(error) if error.starts_with("flag needs an argument") => {
                if words.len() == end + 1 {
                    return Err(format!("error: {error}\nSee 'kubectl --help' for usage."));
                }
                end += 2;
            }
            Err(_) if end + 1 < words.len() => {
                return Err(format!("Error: flags cannot be placed before plugin name: {word}"));
            }
            Err(error) => return Err(format!("error: {error}\nSee 'kubectl --help' for usage.")),
        }
    }
    Ok(words.split_at(end))
}

fn carry_out(api: &mut dyn Api, line: &[String], entry: &Entry, words: Vec<String>, files: Files) -> Output {
    let (name, accepted, action) = *entry;
    let mut out = Output::default();
    let mut flags = match Flags::parse(accepted, &words) {
        Ok(flags) => flags,
        Err(error) => {
            out.fail(&format!("error: {error}\nSee 'kubectl {name} --help' for usage."));
            return out;
        }
    };
    if !name.starts_with("config") {
        settle_namespace(api, &mut flags);
    }
    if flags.is("help") {
        help::of(name, &mut out);
        return out;
    }
    let mut run = Run { api, files, name, flags, out, errors: Vec::new(), words: line.to_vec() };
    if run.flags.get("record").is_some() {
        run.out.warn("Flag --record has been deprecated, --record will be removed in the future");
    }
    if let Err(error) = action(&mut run) {
        run.errors.push(error);
    }
    run.end()
}

/// The namespace is that of the context where none is given, and one that was created means the only one.
fn settle_namespace(api: &dyn Api, flags: &mut Flags) {
    if let (None, Some(chosen)) = (flags.get("namespace"), api.namespace()) {
        flags.set("namespace", &chosen);
    }
    if flags.get("namespace").is_some_and(|name| api.has_namespace(name)) {
        flags.set("namespace", "default");
    }
}

impl Run<'_> {
    /// `cmd/util/helpers.go checkErr`: one error says that it is one, several stand below each other.
    fn end(mut self) -> Output {
        if let [error] = &self.errors[..] {
            let whole = ["Error from server", "error: ", "The request "];
            let is_whole = whole.iter().any(|begin| error.starts_with(begin))
                || error.starts_with("The ") && error.contains(" is invalid: ");
            let begin = if is_whole { "" } else { "error: " };
            self.out.fail(&format!("{begin}{error}"));
        } else {
            for error in &self.errors {
                self.out.fail(error);
            }
        }
        self.out
    }

    /// An error in how the command is used. `cmd/util/helpers.go UsageErrorf`.
    fn usage(&self, error: &str) -> String {
        format!("{error}\nSee 'kubectl {} -h' for help and examples", self.name)
    }

    fn is(&self, flag: &str) -> bool {
        self.flags.is(flag)
    }

    /// The objects that the words of the line are about.
    fn find(&mut self, rules: Rules) -> Result<Selection, String> {
        let args = self.flags.args.clone();
        self.find_of(&args, rules)
    }

    fn find_of(&mut self, args: &[String], rules: Rules) -> Result<Selection, String> {
        let mut selection = match self.has_manifest() {
            true => self.find_documents(args)?,
            false => Selection::find(&*self.api, &self.flags, args, rules)?,
        };
        self.errors.append(&mut selection.errors);
        Ok(selection)
    }

    /// Says in place of doing that a flag is not there; whether one of these was given.
    fn lacks(&mut self, flags: &[&'static str]) -> bool {
        let Some(flag) = self.flags.any_of(flags) else { return false };
        self.out.lack(Missing::Flag(format!("--{flag}")));
        true
    }

    /// What a change is only tried by. `cmd/util/helpers.go GetDryRunStrategy`.
    fn dry_run(&mut self) -> Result<&'static str, String> {
        match self.flags.get("dry-run") {
            None | Some("none") => Ok(""),
            Some("client") => Ok(" (dry run)"),
            Some("server") => Ok(" (server dry run)"),
            Some("unchanged") => {
                let at = self.api.now().rfc3339();
                let (month, day, clock) = (&at[5..7], &at[8..10], &at[11..19]);
                self.out.warn(&format!(
                    "W{month}{day} {clock}.000000       1 helpers.go:719] --dry-run is deprecated and can be \
                     replaced with --dry-run=client."
                ));
                Ok(" (dry run)")
            }
            Some(other) => {
                Err(format!("Invalid dry-run value ({other}). Must be \"none\", \"server\", or \"client\"."))
            }
        }
    }

    /// Gives a command, or only tries it.
    fn act(&mut self, dry_run: &str, command: Command) -> Result<Answer, Rejected> {
        match dry_run {
            "" => self.api.act(command),
            _ => self.api.check(&command),
        }
    }

    /// `deployment.apps/web scaled`, or with `-o name` only the first half.
    /// `cli-runtime/pkg/printers/name.go`.
    fn done(&mut self, found: &Found, what: &str, dry_run: &str) {
        match self.flags.get("output") {
            None => self.out.say(&format!("{} {what}{dry_run}", found.qualified())),
            Some("name") => self.out.say(&found.qualified()),
            Some(_) => self.print_object(found),
        }
    }

    /// An object that is not there, or not yet.
    fn print_json(&mut self, json: Json) {
        let format = self.flags.get("output").unwrap_or_default().to_owned();
        get::print_json(self, &json, &format);
    }

    fn print_object(&mut self, found: &Found) {
        let format = self.flags.get("output").unwrap_or_default().to_owned();
        get::print_objects(self, std::slice::from_ref(found), true, &format);
    }
}

/// What is said of a command that was refused.
fn refused(rejected: &Rejected) -> String {
    let text = refusal(rejected);
    text.strip_prefix("error: ").unwrap_or(&text).to_owned()
}
