//! `kubectl apply`, `create -f`, `replace`: `kubectl/pkg/cmd/{apply,create,replace}`.
//!
//! # What we leave out
//!
//! - `metadata.labels` of Deployments are not kept, so another label changes nothing.
//! - Conflicts of `--server-side`; pruning.
//! - The patch in the message for a manifest that does not fit what is there.

use crate::kubectl::builder::{Found, Object};
use crate::kubectl::changes::{LAST_APPLIED, changes_to};
use crate::kubectl::documents::Document;
use crate::kubectl::json::Json;
use crate::kubectl::kinds::DEPLOYMENT;
use crate::kubectl::merge::merge;
use crate::kubectl::objects;
use crate::kubectl::output::Aside;
use crate::manifest::Manifest;
use crate::sim::cluster::DeploymentId;
use crate::sim::command::{Answer, Command};
use crate::sim::spec::Labels;

use super::{Run, refused};

/// `apply.go`.
pub fn apply(run: &mut Run<'_>) -> Result<(), String> {
    if !run.flags.args.is_empty() {
        let args = run.flags.args.join(" ");
        return Err(run.usage(&format!("error: Unexpected args: [{args}]")));
    }
    if run.lacks(&["prune", "subresource", "applyset"]) {
        return Ok(());
    }
    if !run.has_manifest() {
        return Err("must specify one of -f and -k".to_owned());
    }
    let dry_run = run.dry_run()?;
    let documents = run.documents();
    for document in &documents {
        if let Err(error) = run.apply_one(document, dry_run) {
            run.errors.push(error);
        }
    }
    if documents.is_empty() && run.errors.is_empty() && run.out.missing.is_none() {
        return Err("no objects passed to apply".to_owned());
    }
    Ok(())
}

/// `create.go`, of a manifest.
pub fn create(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["edit", "raw"]) {
        return Ok(());
    }
    if !run.has_manifest() {
        return Err("must specify one of -f and -k".to_owned());
    }
    let dry_run = run.dry_run()?;
    for document in &run.documents() {
        if let Err(error) = run.create_one(document, "created", dry_run) {
            run.errors.push(error);
        }
    }
    Ok(())
}

/// `replace.go`.
pub fn replace(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["raw", "subresource"]) {
        return Ok(());
    }
    if !run.has_manifest() {
        return Err("must specify one of -f and -k".to_owned());
    }
    let dry_run = run.dry_run()?;
    for document in &run.documents() {
        if let Err(error) = run.replace_one(document, dry_run) {
            run.errors.push(error);
        }
    }
    Ok(())
}

/// `apply_view_last_applied.go`.
pub fn view_last_applied(run: &mut Run<'_>) -> Result<(), String> {
    for found in run.find(Default::default())?.found {
        let Some(text) = run.api.applied(&found.name) else {
            continue;
        };
        let json = Json::parse(text.trim()).unwrap_or(Json::Null);
        run.out.stdout +=
            &if run.flags.get("output") == Some("json") { json.json() } else { json.sorted().yaml() };
    }
    Ok(())
}

/// What the annotation of `kubectl apply` would hold. `kubectl/pkg/util/apply.go
/// GetModifiedConfiguration`.
fn configuration(document: &Document) -> String {
    let mut json = document.json.clone();
    if let Json::Map(fields) = &mut json
        && let Some((_, Json::Map(metadata))) = fields.iter_mut().find(|(key, _)| key == "metadata")
    {
        if !metadata.iter().any(|(key, _)| key == "annotations") {
            metadata.push(("annotations".to_owned(), Json::Map(Vec::new())));
        }
        if let Some((_, Json::Map(annotations))) = metadata.iter_mut().find(|(key, _)| key == "annotations") {
            annotations.retain(|(key, _)| key != LAST_APPLIED);
        }
        if !metadata.iter().any(|(key, _)| key == "namespace") {
            metadata.push(("namespace".to_owned(), Json::text("default")));
        }
    }
    json.sorted().compact() + "\n"
}

/// `metadata.annotations` of an object, but for what was applied last, which is kept beside it.
pub(super) fn annotations(json: &Json) -> Labels {
    let mut annotations = pairs_of(json, "annotations");
    annotations.remove(LAST_APPLIED);
    annotations
}

/// `metadata.labels`
pub(super) fn labels(json: &Json) -> Labels {
    pairs_of(json, "labels")
}

fn pairs_of(json: &Json, name: &str) -> Labels {
    let Some(Json::Map(pairs)) = json.get("metadata").and_then(|metadata| metadata.get(name)) else {
        return Labels::new();
    };
    let text = |(key, value): &(String, Json)| match value {
        Json::Text(text) => Some((key.clone(), text.clone())),
        _ => None,
    };
    pairs.iter().filter_map(text).collect()
}

impl Run<'_> {
    fn apply_one(&mut self, document: &Document, dry_run: &str) -> Result<(), String> {
        if let Some(error) = self.refused_namespace(document, "creating") {
            return if error.is_empty() { Ok(()) } else { Err(error) };
        }
        let by_server = self.is("server-side");
        let Some(id) = self.deployment_named(&document.name).filter(|_| document.kind == DEPLOYMENT) else {
            let done = if by_server { "serverside-applied" } else { "created" };
            self.create_one(document, done, dry_run)?;
            if dry_run.is_empty() && document.kind == DEPLOYMENT {
                self.api.note_applied(&document.name, configuration(document));
            }
            return Ok(());
        };
        let last = self.api.applied(&document.name).filter(|_| !by_server);
        if last.is_none() && !by_server {
            self.out.warn(&format!(
                "Warning: resource deployments/{} is missing the {LAST_APPLIED} annotation which is required by \
                 kubectl apply. kubectl apply should only be used on resources created declaratively by either \
                 kubectl create --save-config or kubectl apply. The missing annotation will be patched \
                 automatically.",
                document.name
            ));
        }
        let merged = self.merged(document, id, last.as_deref());
        let was = self.api.objects().deployment(id).spec.clone();
        let manifest = self.checked_update(&merged, &document.source, &was)?;
        let changed = self.give_manifest(id, &manifest, &annotations(&merged), dry_run)?;
        let configuration = configuration(document);
        let done = match (by_server, changed || last.as_ref() != Some(&configuration)) {
            (true, _) => "serverside-applied",
            (false, true) => "configured",
            (false, false) => "unchanged",
        };
        if dry_run.is_empty() {
            self.api.note_applied(&document.name, configuration);
        }
        self.done(&found(document, id), done, dry_run);
        Ok(())
    }

    /// What is there with what is to be applied.
    pub(super) fn merged(&self, document: &Document, id: DeploymentId, last: Option<&str>) -> Json {
        let last = last.and_then(|text| Json::parse(text.trim()).ok());
        let live = objects::object(&*self.api, &found(document, id));
        let new = Json::parse(configuration(document).trim()).unwrap_or(Json::Null);
        merge("", last.as_ref(), &new, live.as_ref())
    }

    /// Makes a Deployment what a manifest says; whether that was a change.
    pub(super) fn give_manifest(
        &mut self,
        id: DeploymentId,
        manifest: &Manifest,
        annotations: &Labels,
        dry_run: &str,
    ) -> Result<bool, String> {
        let deployment = self.api.objects().deployment(id);
        let changes = changes_to(deployment, &manifest.spec, annotations);
        if changes.is_empty() {
            return Ok(false);
        }
        match self.act(dry_run, Command::Patch { deployment: id, changes }) {
            Ok(answer) => Ok(answer != Answer::PatchUnchanged),
            Err(rejected) => Err(refused(&rejected)),
        }
    }

    pub(super) fn create_one(
        &mut self,
        document: &Document,
        done: &str,
        dry_run: &str,
    ) -> Result<(), String> {
        let source = &document.source;
        if let Some(error) = self.refused_namespace(document, "creating") {
            return if error.is_empty() { Ok(()) } else { Err(error) };
        }
        let found = Found { kind: document.kind, name: document.name.clone(), object: Object::Namespace };
        if document.kind != DEPLOYMENT {
            self.out.aside = Some(Aside::NoPlace(document.kind.kind));
            self.done(&found, done, dry_run);
            return Ok(());
        }
        if dry_run != " (dry run)" {
            if self.deployment_named(&document.name).is_some() {
                let resource = document.kind.resource();
                return Err(format!(
                    "Error from server (AlreadyExists): error when creating {source:?}: {resource} {:?} already \
                     exists",
                    document.name
                ));
            }
            let manifest = self.checked(&document.json, source)?;
            self.create(manifest, dry_run);
        }
        match self.flags.get("output") {
            None | Some("name") => self.done(&found, done, dry_run),
            Some(_) => self.print_json(document.json.clone()),
        }
        Ok(())
    }

    /// A new Deployment.
    pub(super) fn create(&mut self, manifest: Manifest, dry_run: &str) {
        if dry_run.is_empty() {
            self.out.created = Some(Box::new(manifest));
        }
    }

    fn replace_one(&mut self, document: &Document, dry_run: &str) -> Result<(), String> {
        let Document { source, kind, name, json, .. } = document;
        let found_id = self.deployment_named(name).filter(|_| *kind == DEPLOYMENT);
        let Some(id) = found_id else {
            let resource = kind.resource();
            let doing = if self.is("force") { "deleting" } else { "replacing" };
            return Err(format!(
                "Error from server (NotFound): error when {doing} {source:?}: {resource} {name:?} not found"
            ));
        };
        let was = self.api.objects().deployment(id).spec.clone();
        let manifest = self.checked_update(json, source, &was)?;
        if self.is("force") && dry_run.is_empty() {
            self.out.say(&format!("{} {name:?} deleted from default namespace", kind.qualified()));
            self.create(manifest, dry_run);
        } else {
            self.give_manifest(id, &manifest, &with_revision(annotations(json), self, id), dry_run)?;
        }
        if dry_run.is_empty() {
            self.api.note_applied(name, String::new());
        }
        self.done(&found(document, id), "replaced", dry_run);
        Ok(())
    }
}

/// What the controller has written stays: it would write it again.
fn with_revision(mut annotations: Labels, run: &Run<'_>, id: DeploymentId) -> Labels {
    let kept = run.api.objects().deployment(id).annotations.to_labels();
    let kept = kept.iter().filter(|(key, _)| key.starts_with("deployment.kubernetes.io/"));
    annotations.extend(kept.map(|(key, value)| (key.clone(), value.clone())));
    annotations
}

pub(super) fn found(document: &Document, id: DeploymentId) -> Found {
    Found { kind: document.kind, name: document.name.clone(), object: Object::Deployment(id) }
}
