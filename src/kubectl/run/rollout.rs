//! `kubectl rollout`: `kubectl/pkg/cmd/rollout`.

use crate::kubectl::builder::{Found, Object, Rules};
use crate::kubectl::changes::LAST_APPLIED;
use crate::kubectl::follow::Follow;
use crate::kubectl::kinds::Kind;
use crate::kubectl::output::Missing;
use crate::kubectl::rollout as says;
use crate::sim::cluster::DeploymentId;
use crate::sim::command::{Answer, Command};

use super::{Run, refused};

/// A type alone means all of its objects.
const RULES: Rules = Rules { type_alone: true, ignore_not_found: false };

impl Run<'_> {
    /// What is to be rolled.
    fn rollout_objects(&mut self) -> Result<Vec<Found>, String> {
        if self.flags.args.is_empty() && !self.has_manifest() {
            return Err("required resource not specified".to_owned());
        }
        self.find(RULES).map(|selection| selection.found)
    }

    fn no_resources(&mut self) {
        let namespace = self.flags.get("namespace").unwrap_or("default").to_owned();
        self.out.warn(&format!("No resources found in {namespace} namespace."));
    }
}

fn deployment_of(found: &Found) -> Option<DeploymentId> {
    match found.object {
        Object::Deployment(id) => Some(id),
        _ => None,
    }
}

/// Kinds that kubectl has visitors for say that nothing was written for them; others that they have none.
fn none_for(kind: &Kind, visitor: &str, what: &str) -> String {
    match kind.kind {
        "Pod" | "ReplicaSet" | "DaemonSet" | "StatefulSet" | "ReplicationController" | "Job" => {
            format!("no {visitor} has been implemented for {:?}", kind.group_kind())
        }
        other => format!(
            "error retrieving {what} for {other:?}, no visitor method exists for {{{} {other}}}",
            kind.group()
        ),
    }
}

/// The flag `--revision`, of commands that want an object. `rollout_status.go Validate`,
/// `rollout_history.go Validate`.
fn revision(run: &Run<'_>) -> Result<i64, String> {
    let revision = run.flags.number("revision").unwrap_or(0);
    if run.flags.args.is_empty() && !run.has_manifest() {
        return Err("required resource not specified".to_owned());
    }
    if revision < 0 {
        return Err(format!("revision must be a positive integer: {revision}"));
    }
    Ok(revision)
}

/// `rollout_status.go`.
pub fn status(run: &mut Run<'_>) -> Result<(), String> {
    let revision = revision(run)?;
    let found = run.rollout_objects()?;
    if found.is_empty() && run.errors.is_empty() {
        run.no_resources();
    }
    let mut deployments = Vec::new();
    for found in &found {
        match deployment_of(found) {
            Some(id) => deployments.push(id),
            None => {
                let kind = found.kind.group_kind();
                run.errors.push(format!("no status viewer has been implemented for {kind}"));
            }
        }
    }
    let watch = run.flags.get("watch").is_none() || run.is("watch");
    let timeout = run.flags.get("timeout").and_then(crate::kubectl::flags::duration);
    let until = timeout.filter(|timeout| 0 < timeout.millis()).map(|timeout| run.api.now() + timeout);
    let mut follow = Follow::status(deployments, revision, until, watch);
    let ended = follow.begin_status(&*run.api, &mut run.out, &mut run.errors);
    run.out.follow = (!ended).then_some(follow);
    Ok(())
}

/// `rollout_history.go`.
pub fn history(run: &mut Run<'_>) -> Result<(), String> {
    let revision = revision(run)?;
    let found = run.rollout_objects()?;
    for found in &found {
        let Some(id) = deployment_of(found) else {
            run.errors.push(none_for(found.kind, "history viewer", "history"));
            continue;
        };
        if let Some(format) = run.flags.get("output").map(str::to_owned) {
            run.history_objects(id, revision, &format);
            continue;
        }
        let text = match revision {
            0 => says::history(run.api.objects(), id),
            _ => match says::history_of(run.api.objects(), id, revision) {
                Ok(text) => text,
                Err(error) => {
                    run.errors.push(error);
                    continue;
                }
            },
        };
        let with = if revision == 0 { String::new() } else { format!("with revision #{revision}") };
        run.out.say(&format!("{} {with}\n{text}", found.qualified()));
    }
    Ok(())
}

impl Run<'_> {
    /// With `-o` the ReplicaSets themselves are printed.
    fn history_objects(&mut self, id: DeploymentId, wanted: i64, format: &str) {
        let objects = self.api.objects();
        let sets = says::revisions(objects, id).into_iter();
        let sets = sets.filter(|(revision, _)| wanted == 0 || *revision == wanted);
        let found: Vec<_> = sets
            .map(|(_, set)| Found {
                kind: crate::kubectl::kinds::REPLICA_SET,
                name: objects.replica_set(set).name.to_string(),
                object: Object::ReplicaSet(set),
            })
            .collect();
        for found in &found {
            super::get::print_objects(self, std::slice::from_ref(found), true, format);
        }
    }
}

/// `rollout_undo.go`.
pub fn undo(run: &mut Run<'_>) -> Result<(), String> {
    if run.flags.args.is_empty() && !run.has_manifest() {
        return Err("required resource not specified".to_owned());
    }
    let dry_run = run.dry_run()?;
    let found = run.rollout_objects()?;
    let to_revision = run.flags.number("to-revision").unwrap_or(0);
    for found in &found {
        let Some(id) = deployment_of(found) else {
            run.errors.push(none_for(found.kind, "rollbacker", "rollbacker"));
            continue;
        };
        if dry_run == " (dry run)" {
            run.template_to_undo(found, id, to_revision, dry_run);
            continue;
        }
        if run.api.applied(&found.name).is_some() {
            run.out.warn(&format!(
                "Warning: resource deployments/{} was previously managed with 'kubectl apply'. Rolling back will \
                 not update the {LAST_APPLIED} annotation, which may cause unexpected behavior on future 'kubectl \
                 apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.",
                found.name
            ));
        }
        match run.act(dry_run, Command::RolloutUndo { deployment: id, to_revision }) {
            Ok(Answer::SkippedRollback { revision }) => {
                let what = format!("skipped rollback (current template already matches revision {revision})");
                run.done(found, &what, dry_run);
            }
            Ok(_) => run.done(found, "rolled back", dry_run),
            Err(rejected) => run.errors.push(refused(&rejected)),
        }
    }
    Ok(())
}

impl Run<'_> {
    /// `rollback.go`: a dry run of the client shows the template it would go back to.
    fn template_to_undo(&mut self, found: &Found, id: DeploymentId, to_revision: i64, dry_run: &str) {
        let objects = self.api.objects();
        let revisions = says::revisions(objects, id);
        let set = match to_revision {
            0 => revisions.iter().rev().nth(1),
            _ => revisions.iter().rfind(|(revision, _)| *revision == to_revision),
        };
        match set {
            Some((_, set)) => {
                let template = says::template_of(objects, *set, false);
                self.done(found, &template, dry_run);
            }
            None if to_revision == 0 => {
                self.errors.push(format!("no rollout history found for deployment {:?}", found.name));
            }
            None => self.errors.push(format!("unable to find specified revision {to_revision} in history")),
        }
    }

    /// One command for each Deployment; other types cannot do it.
    fn each_deployment(
        &mut self,
        gerund: &str,
        done: &str,
        command: fn(DeploymentId) -> Command,
    ) -> Result<(), String> {
        let all = self.rollout_objects()?;
        if all.is_empty() && self.errors.is_empty() {
            self.no_resources();
        }
        for found in &all {
            match deployment_of(found).map(command) {
                Some(command) => match self.act("", command) {
                    Ok(_) => self.done(found, done, ""),
                    Err(rejected) => self.errors.push(refused(&rejected)),
                },
                None => {
                    let resource = found.kind.resource();
                    self.errors.push(format!("{resource} {:?} {gerund} is not supported", found.name));
                }
            }
        }
        Ok(())
    }
}

/// `rollout_pause.go`.
pub fn pause(run: &mut Run<'_>) -> Result<(), String> {
    run.each_deployment("pausing", "paused", Command::RolloutPause)
}

/// `rollout_resume.go`.
pub fn resume(run: &mut Run<'_>) -> Result<(), String> {
    run.each_deployment("resuming", "resumed", Command::RolloutResume)
}

/// `rollout_restart.go`.
pub fn restart(run: &mut Run<'_>) -> Result<(), String> {
    run.each_deployment("restarting", "restarted", Command::RolloutRestart)
}

impl Missing {
    /// A change of an object that only Deployments allow here.
    pub(super) fn change_of(kind: &Kind) -> Self {
        Self::Kind(kind.kind)
    }
}
