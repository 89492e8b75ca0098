//! `kubectl patch`: `kubectl/pkg/cmd/patch/patch.go`.
//!
//! # What we leave out
//!
//! - Of JSON patches `move`, `copy` and `test`.
//! - `metadata.labels` of Deployments are not kept, so another label changes nothing.

use crate::kubectl::builder::{Found, Object, Rules};
use crate::kubectl::documents::json_of;
use crate::kubectl::json::Json;
use crate::kubectl::merge::{merge, merge_plainly, operate};
use crate::kubectl::objects;
use crate::kubectl::output::Missing;
use crate::kubectl::patch::{Problem, changes_of, patch_error};
use crate::manifest::node;
use crate::sim::cluster::DeploymentId;
use crate::sim::command::{Answer, Command};

use super::apply::{annotations, labels};
use super::{Run, refused};

/// Carries it out.
pub fn patch(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["patch-file", "local"]) {
        return Ok(());
    }
    let kind = run.flags.get("type").unwrap_or("strategic").to_owned();
    if !["json", "merge", "strategic"].contains(&&*kind) {
        return Err(format!("--type must be one of [json merge strategic], not {kind:?}"));
    }
    let Some(text) = run.flags.get("patch").filter(|text| !text.is_empty()).map(str::to_owned) else {
        return Err("must specify --patch or --patch-file containing the contents of the patch".to_owned());
    };
    let dry_run = run.dry_run()?;
    let found = run.find(Rules::default())?.found;
    if let Some(subresource) = run.flags.get("subresource") {
        let replicas = json(&text).ok().as_ref().and_then(only_replicas);
        match (subresource, replicas, &found[..]) {
            ("scale", Some(replicas), [Found { object: Object::Deployment(id), name, .. }]) => {
                run.patch_scale(*id, name, replicas, dry_run);
            }
            _ => {
                run.lacks(&["subresource"]);
            }
        }
        return Ok(());
    }
    for found in &found {
        match (&found.object, json(&text)) {
            (_, Err(error)) => run.errors.push(format!("Error from server (BadRequest): {error}")),
            (Object::Deployment(id), Ok(patch)) => run.patch_one(found, *id, &kind, &patch, dry_run),
            (Object::Node(_), Ok(patch)) => run.patch_node(found, &patch, dry_run),
            _ => run.out.lack(Missing::change_of(found.kind)),
        }
    }
    Ok(())
}

/// What a patch of a scale says, if that is all.
fn only_replicas(patch: &Json) -> Option<i32> {
    let single = |of: &Json, key: &str| match of {
        Json::Map(fields) if fields.len() == 1 => of.get(key).cloned(),
        _ => None,
    };
    single(&single(patch, "spec")?, "replicas")?.compact().parse().ok()
}

/// A patch is JSON or YAML. `sigs.k8s.io/yaml YAMLToJSON`
fn json(text: &str) -> Result<Json, String> {
    if text.trim_start().starts_with(['{', '[']) {
        return Json::parse(text);
    }
    let documents = node::read(text, &mut Vec::new()).unwrap_or_default();
    Ok(documents.first().map_or(Json::Null, json_of))
}

impl Run<'_> {
    fn patch_one(&mut self, found: &Found, id: DeploymentId, kind: &str, patch: &Json, dry_run: &str) {
        let deployment = self.api.objects().deployment(id);
        let what = match changes_of(patch, deployment) {
            Ok(changes) if kind == "strategic" || kind == "merge" => {
                for field in &changes.unknown {
                    self.out.warn(&format!("Warning: unknown field {field:?}"));
                }
                match changes.changes.is_empty() {
                    true => Ok(Answer::PatchUnchanged),
                    false => self.act(dry_run, Command::Patch { deployment: id, changes: changes.changes }),
                }
                .map_err(|rejected| refused(&rejected))
            }
            Err(Problem::Missing(_)) | Ok(_) => self.patch_whole(found, id, kind, patch, dry_run),
            Err(_) if kind == "json" => self.patch_whole(found, id, kind, patch, dry_run),
            Err(problem) => return patch_error(problem, patch, &mut self.out, &mut self.errors),
        };
        match what {
            Ok(Answer::PatchUnchanged) if dry_run.is_empty() => self.done(found, "patched (no change)", ""),
            Ok(_) => self.done(found, "patched", ""),
            Err(error) => self.errors.push(error),
        }
    }

    fn patch_scale(&mut self, id: DeploymentId, name: &str, replicas: i32, dry_run: &str) {
        match self.act(dry_run, Command::Scale { deployment: id, replicas }) {
            Ok(Answer::ScaleUnchanged) => {
                self.out.say(&format!("scale.autoscaling/{name} patched (no change)"))
            }
            Ok(_) => self.out.say(&format!("scale.autoscaling/{name} patched")),
            Err(rejected) => self.errors.push(refused(&rejected)),
        }
    }

    /// By way of the whole object.
    fn patch_whole(
        &mut self,
        found: &Found,
        id: DeploymentId,
        kind: &str,
        patch: &Json,
        dry_run: &str,
    ) -> Result<Answer, String> {
        let live = objects::object(&*self.api, found).unwrap_or(Json::Null);
        let whole = match kind {
            "json" => operate(&live, patch).ok_or(
                "The request is invalid: the server rejected our request due to an error in our request",
            )?,
            "merge" => merge_plainly(patch, Some(&live)),
            _ => merge("", None, patch, Some(&live)),
        };
        let was = self.api.objects().deployment(id).spec.clone();
        let manifest = self.checked_patch(&whole, &was)?;
        let changed = self.give_manifest(id, &manifest, &annotations(&whole), dry_run)?;
        let relabelled = self.relabel(found, &labels(&whole), dry_run);
        Ok(if changed || relabelled { Answer::Patched } else { Answer::PatchUnchanged })
    }

    /// Of a node only the cordon can be changed.
    fn patch_node(&mut self, found: &Found, patch: &Json, dry_run: &str) {
        let wanted = match patch {
            Json::Map(fields) if fields.len() == 1 => {
                patch.get("spec").and_then(|spec| spec.get("unschedulable"))
            }
            _ => None,
        };
        let order = match wanted {
            Some(Json::Bool(true)) => Command::Cordon(found.name.clone()),
            Some(Json::Bool(false) | Json::Null) => Command::Uncordon(found.name.clone()),
            _ => return self.out.lack(Missing::change_of(found.kind)),
        };
        match self.act(dry_run, order) {
            Ok(Answer::AlreadyCordoned(_) | Answer::AlreadyUncordoned(_)) if dry_run.is_empty() => {
                self.done(found, "patched (no change)", "");
            }
            Ok(_) => self.done(found, "patched", ""),
            // A node that is there for one pod only cannot be told anything.
            Err(_) => self.out.lack(Missing::change_of(found.kind)),
        }
    }
}
