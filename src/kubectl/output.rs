//! What a command line prints, and how it ends.

use crate::manifest::{Manifest, Why};

use super::Follow;

/// What a command line prints, and how it ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    /// What kubectl writes to its standard output; every line ends with a newline where kubectl's does.
    pub stdout: String,
    /// What it writes to its standard error.
    pub stderr: String,
    /// Its exit status: 0 if all went well.
    pub exit: u8,
    /// What goes on printing while time passes: the command has not ended yet.
    pub follow: Option<Follow>,
    /// What a real kubectl would have done and this one cannot; to be said in the reader's language.
    pub missing: Option<Missing>,
    /// What there is to know besides.
    pub aside: Option<Aside>,
    /// Whether it stands in the place of all that the command has printed so far.
    pub replaces: bool,
    /// A new Deployment, which whoever has the run is to make it the run of.
    pub created: Option<Box<Manifest>>,
}

/// What there is to know of a command that was carried out as kubectl does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aside {
    /// Where files may come from.
    NoFiles,
    /// The run is another one now: that of this Deployment.
    NewRun(String),
    /// An object of this type has no place here: nothing was kept, and nothing follows from it.
    NoPlace(&'static str),
    /// A namespace was created, and means the one that there is.
    OneNamespace(String),
    /// Containers write nothing, so a log is empty.
    NoLogs,
    /// Its owner would let go of an object that has other labels.
    NoRelease,
    /// The Deployment controller would set a ReplicaSet back at once.
    SetBack,
}

/// What is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// There is no shell that knows pipes and the like: the character met.
    Shell(char),
    /// A program other than kubectl.
    Program(String),
    /// A command of kubectl, `logs`.
    Command(String),
    /// A flag, `--field-selector`; or a value of one, `-o go-template`.
    Flag(String),
    /// A type of object that can be looked at but not changed so, or not here.
    Kind(&'static str),
    /// A field of a spec that is not kept.
    Field(String),
    /// A Deployment to be created in a run.
    Creation,
    /// A manifest to be read.
    Manifest,
    /// A manifest is more than is read here.
    Unreadable(Why),
    /// An object that cannot be deleted here.
    Deletion(&'static str),
    /// A template of Go that is none, or has more than is known here.
    Template,
    /// More pods than can be shown: at most so many.
    Room(i32),
}

impl Output {
    /// A line for standard output.
    pub fn say(&mut self, line: &str) {
        self.stdout += line;
        self.stdout.push('\n');
    }

    /// A line for standard error, with which the command fails.
    pub fn fail(&mut self, line: &str) {
        self.warn(line);
        self.exit = 1;
    }

    /// A line for standard error.
    pub fn warn(&mut self, line: &str) {
        self.stderr += line;
        self.stderr.push('\n');
    }

    /// Ends with what is not there.
    pub fn lack(&mut self, missing: Missing) {
        self.missing = Some(missing);
        self.exit = 1;
    }
}
