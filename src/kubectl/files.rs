//! What a command line may read: there is no disk, but what a reader has opened or pasted.

use super::words::{Source, Typed};

/// The files there are, and what comes on standard input where a line does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Standard input.
    pub stdin: Option<String>,
    /// Files by their names.
    pub named: Vec<(String, String)>,
}

impl Files {
    /// The text of a file.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.named.iter().find(|(other, _)| other == name).map(|(_, text)| text.as_str())
    }

    /// What a command may read whose line says where standard input comes from; or the file that does not
    /// exist.
    pub fn for_line(&self, typed: &Typed) -> Result<Self, String> {
        let stdin = match &typed.stdin {
            None => self.stdin.clone(),
            Some(Source::Text(text)) => Some(text.clone()),
            Some(Source::File(name)) => Some(self.get(name).ok_or_else(|| name.clone())?.to_owned()),
        };
        Ok(Self { stdin, named: self.named.clone() })
    }
}
