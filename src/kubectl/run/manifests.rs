//! The objects of manifests: `-f`, for every command that takes it.

use crate::kubectl::builder::{NAMESPACES, Selection, find_one, not_found};
use crate::kubectl::documents::{self, Document, Problem, STDIN};
use crate::kubectl::json::Json;
use crate::kubectl::output::{Aside, Missing};
use crate::manifest::{self, Asked, Manifest, Why};
use crate::sim::cluster::DeploymentId;
use crate::sim::spec::DeploymentSpec;

use super::Run;

impl Run<'_> {
    /// Whether the objects are those of manifests.
    pub(super) fn has_manifest(&self) -> bool {
        ["filename", "kustomize"].iter().any(|flag| self.flags.get(flag).is_some())
    }

    /// The objects of the manifests that the line names. What is wrong with others is among the errors.
    pub(super) fn documents(&mut self) -> Vec<Document> {
        if self.lacks(&["kustomize"]) {
            return Vec::new();
        }
        let names: Vec<_> =
            self.flags.all("filename").flat_map(|list| list.split(',')).map(str::to_owned).collect();
        let mut found = Vec::new();
        for name in names {
            let Some((source, text)) = self.text_of(&name) else { continue };
            match documents::read(&source, &text) {
                Ok(documents) => {
                    for document in documents {
                        match document {
                            Ok(document) => found.push(document),
                            Err(error) => self.errors.push(error),
                        }
                    }
                }
                Err(Problem::Kubectl(error)) => self.errors.push(error),
                Err(Problem::Unreadable(why)) => self.out.lack(Missing::Unreadable(why)),
            }
        }
        found
    }

    /// A file as messages call it, and what it says.
    fn text_of(&mut self, name: &str) -> Option<(String, String)> {
        if name == "-" {
            let text = self.files.stdin.clone();
            if text.is_none() {
                self.out.lack(Missing::Manifest);
            }
            return text.map(|text| (STDIN.to_owned(), text));
        }
        if let Some(text) = self.files.get(name) {
            return Some((name.to_owned(), text.to_owned()));
        }
        if name.starts_with("http://") || name.starts_with("https://") {
            self.out.lack(Missing::Manifest);
        } else {
            self.errors.push(format!("the path {name:?} does not exist"));
            self.out.aside = Some(Aside::NoFiles);
        }
        None
    }

    /// The objects that the manifests name, as they are.
    pub(super) fn find_documents(&mut self, args: &[String]) -> Result<Selection, String> {
        if !args.is_empty() {
            return Err(
                "when paths, URLs, or stdin is provided as input, you may not specify resource arguments \
                        as well"
                    .to_owned(),
            );
        }
        let documents = self.documents();
        let mut selection = Selection { single: documents.len() == 1, ..Selection::default() };
        selection.kind = documents.first().map(|document| document.kind);
        selection.several_kinds = documents.iter().any(|document| Some(document.kind) != selection.kind);
        for document in &documents {
            match find_one(&*self.api, document.kind, &document.name) {
                Some(found) => selection.found.push(found),
                None => selection.errors.push(self.not_found_in(document)),
            }
        }
        Ok(selection)
    }

    fn not_found_in(&self, document: &Document) -> String {
        let whole = not_found(&document.kind.resource(), &document.name);
        match self.name {
            "delete" => whole.replacen("): ", &format!("): error when deleting {:?}: ", document.source), 1),
            _ => whole,
        }
    }

    /// The namespace that an object belongs to, if there is none of that name; or if nothing can be there.
    pub(super) fn refused_namespace(&mut self, document: &Document, doing: &str) -> Option<String> {
        let given = self.flags.get("namespace").or(document.namespace.as_deref()).unwrap_or("default");
        if !document.kind.namespaced || given == "default" {
            return None;
        }
        if NAMESPACES.contains(&given) {
            self.out.lack(Missing::Creation);
            return Some(String::new());
        }
        let source = &document.source;
        Some(format!(
            "Error from server (NotFound): error when {doing} {source:?}: namespaces {given:?} not found"
        ))
    }

    /// The Deployment with a name.
    pub(super) fn deployment_named(&self, name: &str) -> Option<DeploymentId> {
        let mut all = self.api.objects().existing_deployments();
        all.find(|(_, deployment)| *deployment.name == *name).map(|(id, _)| id)
    }

    /// What the API server makes of a Deployment, or says if it does not take it. Fields it does not know
    /// are refused, told of or passed over, as `--validate` says.
    pub(super) fn checked(&mut self, json: &Json, source: &str) -> Result<Manifest, String> {
        self.check(json, source, None)
    }

    /// The same of one that is there and has this spec.
    pub(super) fn checked_update(
        &mut self,
        json: &Json,
        source: &str,
        was: &DeploymentSpec,
    ) -> Result<Manifest, String> {
        self.check(json, source, Some(was.clone()))
    }

    /// The same, patched: the API server tells of fields it does not know, and passes them over.
    pub(super) fn checked_patch(&mut self, json: &Json, was: &DeploymentSpec) -> Result<Manifest, String> {
        let asked = Asked { is_lenient: true, was: Some(was.clone()) };
        let reading = manifest::read_as(&json.compact(), asked);
        for field in &reading.unknown {
            self.out.warn(&format!("Warning: unknown field {field:?}"));
        }
        let said = said(&reading.problems);
        reading.deployments.into_iter().next().ok_or(said)
    }

    fn check(&mut self, json: &Json, source: &str, was: Option<DeploymentSpec>) -> Result<Manifest, String> {
        let is_lenient = matches!(self.flags.get("validate"), Some("false" | "ignore" | "warn"));
        let reading = manifest::read_as(&json.compact(), Asked { is_lenient, was });
        if self.flags.get("validate") == Some("warn") {
            for field in &reading.unknown {
                self.out.warn(&format!("Warning: unknown field {field:?}"));
            }
        }
        let said = said(&reading.problems).replace(&format!("{STDIN:?}"), &format!("{source:?}"));
        reading.deployments.into_iter().next().ok_or(said)
    }
}

/// All that is wrong, as kubectl says it.
fn said(problems: &[manifest::Problem]) -> String {
    let words = problems.iter().filter_map(|problem| match &problem.why {
        Why::Kubectl(words) => Some(words.as_str()),
        _ => None,
    });
    let words: Vec<_> = words.collect();
    let [first, _, ..] = &words[..] else { return words.concat() };
    let end = first.find(" is invalid: ").map_or(0, |at| at + " is invalid: ".len());
    let Some(name) = first.split('"').nth(1).filter(|_| 0 < end) else {
        // Fields that are unknown stand in one line.
        let head = first.find("unknown field").unwrap_or(0);
        let fields: Vec<_> = words.iter().map(|words| words.get(head..).unwrap_or_default()).collect();
        return format!("{}{}", &first[..head], fields.join(", "));
    };
    invalid(name, words.iter().map(|words| words[end..].to_owned()))
}

/// One cause stands in the line; several stand below it, each once.
fn invalid(name: &str, causes: impl Iterator<Item = String>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for cause in causes.map(|cause| format!("* {cause}")) {
        if !lines.contains(&cause) {
            lines.push(cause);
        }
    }
    format!("The Deployment {name:?} is invalid: \n{}", lines.join("\n"))
}
