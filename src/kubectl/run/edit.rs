//! `kubectl edit`: `kubectl/pkg/cmd/util/editor/editoptions.go`.
//!
//! # What we leave out
//!
//! - One object at a time.
//! - The patch in the reasons for which an edit was not valid.

use crate::kubectl::api::Api;
use crate::kubectl::builder::{Found, Object, Rules};
use crate::kubectl::documents::{self, Problem};
use crate::kubectl::flags::Flags;
use crate::kubectl::follow::Follow;
use crate::kubectl::json::Json;
use crate::kubectl::kinds::DEPLOYMENT;
use crate::kubectl::objects;
use crate::kubectl::output::{Missing, Output};
use crate::sim::cluster::DeploymentId;

use super::Run;
use super::apply::annotations;

/// An object in an editor.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    id: DeploymentId,
    /// Its name.
    pub name: String,
    /// As the editor shows it.
    pub text: String,
    original: String,
    /// What was saved and was not valid.
    tried: Option<String>,
    flags: Flags,
    words: Vec<String>,
}

/// What stands above what is edited.
const HEAD: &str = "# Please edit the object below. Lines beginning with a '#' will be ignored,\n\
     # and an empty file will abort the edit. If an error occurs while saving this file will be\n\
     # reopened with the relevant failures.\n#\n";

/// Opens an object in an editor.
pub fn edit(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["output-patch", "subresource"]) {
        return Ok(());
    }
    let found = run.find(Rules { type_alone: true, ignore_not_found: false })?.found;
    if !run.errors.is_empty() {
        return Ok(());
    }
    let [Found { object: Object::Deployment(id), name, .. }] = &found[..] else {
        match found.first() {
            Some(other) => run.out.lack(Missing::Kind(other.kind.kind)),
            None => return Err("edit cancelled, no objects found".to_owned()),
        }
        return Ok(());
    };
    let Some(object) = objects::object(&*run.api, &found[0]) else { return Ok(()) };
    let original = match run.flags.get("output") {
        Some("json") => object.json(),
        _ => format!("{HEAD}{}", object.yaml()),
    };
    let (flags, words) = (run.flags.clone(), run.words.clone());
    let edit =
        Edit { id: *id, name: name.clone(), text: original.clone(), original, tried: None, flags, words };
    run.out.follow = Some(Follow::Edit(Box::new(edit)));
    Ok(())
}

/// What was edited is saved. Where it is not valid, the editor opens again.
pub fn save(api: &mut dyn Api, edit: Edit, saved: &str) -> Output {
    let (flags, words) = (edit.flags.clone(), edit.words.clone());
    let (files, out) = (Default::default(), Output::default());
    let mut run = Run { api, files, name: "edit", flags, out, errors: Vec::new(), words };
    run.save(edit, saved);
    run.end()
}

impl Run<'_> {
    fn save(&mut self, mut edit: Edit, saved: &str) {
        const COPY: &str = "A copy of your changes has been stored to \"/tmp/kubectl-edit-2718281828.yaml\"";
        let bare = without_comments(saved);
        if edit.tried.as_ref() == Some(&bare) {
            self.out.warn(COPY);
            return self.errors.push("Edit cancelled, no valid changes were saved.".to_owned());
        }
        match self.saved(&edit, &bare) {
            Ok(Saved::Unchanged) => self.out.warn("Edit cancelled, no changes made."),
            Ok(Saved::Edited(found)) => {
                self.recorded("", edit.id);
                self.done(&found, "edited", "");
            }
            Ok(Saved::Renamed) => {
                self.out.warn(COPY);
                self.errors.push("At least one of apiVersion, kind and name was changed".to_owned());
            }
            Err(reasons) => {
                self.out.warn(&format!("error: deployments.apps {:?} is invalid", edit.name));
                let reasons: String = reasons.iter().map(|reason| format!("# * {reason}\n")).collect();
                edit.text =
                    format!("{HEAD}# deployments.apps {:?} was not valid:\n{reasons}#\n{bare}", edit.name);
                edit.tried = Some(bare);
                self.out.follow = Some(Follow::Edit(Box::new(edit)));
            }
        }
    }

    fn saved(&mut self, edit: &Edit, bare: &str) -> Result<Saved, Vec<String>> {
        let failed =
            |said: &str| vec![format!("<nil>: Invalid value: \"The edited file failed validation\": {said}")];
        let read = match documents::read(documents::STDIN, bare) {
            Ok(read) => read,
            Err(Problem::Kubectl(error)) => {
                let said = error.rsplit_once("JSON: ").map_or(&*error, |(_, said)| said);
                return Err(failed(said));
            }
            Err(Problem::Unreadable(_)) => return Err(failed("more than is read here")),
        };
        let document = match read.into_iter().next() {
            None => return Err(failed("invalid object to validate")),
            Some(Err(error)) => {
                let said = error.split_once("data: ").map_or(&*error, |(_, said)| said);
                return Err(failed(said.split(';').next().unwrap_or_default()));
            }
            Some(Ok(document)) => document,
        };
        if bare == without_comments(&edit.original) {
            return Ok(Saved::Unchanged);
        }
        if document.kind != DEPLOYMENT || document.name != edit.name {
            return Ok(Saved::Renamed);
        }
        let found = super::apply::found(&document, edit.id);
        self.edited_to(edit.id, &document.json).map_err(|error| causes(&error))?;
        Ok(Saved::Edited(found))
    }

    /// Makes a Deployment what an object says.
    fn edited_to(&mut self, id: DeploymentId, json: &Json) -> Result<bool, String> {
        let was = self.api.objects().deployment(id).spec.clone();
        let manifest = self.checked_update(json, documents::STDIN, &was)?;
        self.give_manifest(id, &manifest, &annotations(json), "")
    }
}

enum Saved {
    Unchanged,
    Renamed,
    Edited(Found),
}

/// `cmd/util/helpers.go StripComments`.
fn without_comments(text: &str) -> String {
    let lines = text.split_inclusive('\n').filter(|line| !line.trim_start().starts_with('#'));
    lines.collect()
}

/// What is wrong, without what stands before it.
fn causes(error: &str) -> Vec<String> {
    let said = match error.split_once(" is invalid: ") {
        Some((_, said)) => said,
        None => error.split_once("handled as a Deployment: ").map_or(error, |(_, said)| said),
    };
    said.split("\n* ")
        .map(|cause| cause.trim_start_matches("* ").trim().to_owned())
        .filter(|cause| !cause.is_empty())
        .collect()
}
