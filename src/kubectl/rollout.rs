//! What `kubectl rollout` says of a Deployment: `kubectl/pkg/polymorphichelpers`.

use crate::sim::cluster::{Deployment, DeploymentId, Objects, ReplicaSetId};
use crate::sim::conditions::{ConditionReason, ConditionType, condition};
use crate::sim::deployment::revisions::{deployment_revision, revision};
use crate::sim::order::sorted_by_key;

use super::describe::{Writer, template};
use super::names::pod_template_hash;
use super::table::Table;

/// Says in a word why a revision was made.
pub const CHANGE_CAUSE: &str = "kubernetes.io/change-cause";

/// How a rollout stands: a line to print and whether it is the last one, or an error.
/// `rollout_status.go DeploymentStatusViewer.Status`. A revision of 0 is the present one.
pub fn status(deployment: &Deployment, of_revision: i64) -> Result<(String, bool), String> {
    let (name, spec, status) = (&deployment.name, &deployment.spec, &deployment.status);
    let running = deployment_revision(deployment);
    if 0 < of_revision && of_revision != running {
        return Err(format!(
            "desired revision ({of_revision}) is different from the running revision ({running})"
        ));
    }
    if status.observed_generation < deployment.generation {
        return Ok(("Waiting for deployment spec update to be observed...".to_owned(), false));
    }
    let progressing = condition(&status.conditions, ConditionType::Progressing);
    if progressing.is_some_and(|found| found.reason == ConditionReason::ProgressDeadlineExceeded) {
        return Err(format!("deployment \"{name}\" exceeded its progress deadline"));
    }
    let updated = status.updated_replicas;
    let waits = match () {
        () if updated < spec.replicas => {
            format!("{updated} out of {} new replicas have been updated...", spec.replicas)
        }
        () if updated < status.replicas => {
            format!("{} old replicas are pending termination...", status.replicas - updated)
        }
        () if status.available_replicas < updated => {
            format!("{} of {updated} updated replicas are available...", status.available_replicas)
        }
        () => return Ok((format!("deployment \"{name}\" successfully rolled out"), true)),
    };
    Ok((format!("Waiting for deployment \"{name}\" rollout to finish: {waits}"), false))
}

/// The ReplicaSets of a Deployment by revision, lowest first; of one revision the last counts.
/// `history.go DeploymentHistoryViewer`.
pub fn revisions(objects: &Objects, id: DeploymentId) -> Vec<(i64, ReplicaSetId)> {
    let sets = objects.replica_sets_of(id).iter();
    let sets: Vec<_> = sets.map(|set| (revision(objects.replica_set(*set)), *set)).collect();
    sorted_by_key(&sets, |(revision, _)| *revision)
}

/// The history as a table. `history.go ViewHistory`.
pub fn history(objects: &Objects, id: DeploymentId) -> String {
    let revisions = revisions(objects, id);
    if revisions.is_empty() {
        return "No rollout history found.".to_owned();
    }
    let mut text = "REVISION\tCHANGE-CAUSE\n".to_owned();
    for (revision, set) in revisions {
        let cause = objects.replica_set(set).annotations.get(CHANGE_CAUSE);
        let cause = cause.filter(|cause| !cause.is_empty()).unwrap_or("<none>".into());
        text += &format!("{revision}\t{cause}\n");
    }
    Table::describe().align(&text)
}

/// One revision: its template, with tabs where kubectl has tabs.
pub fn history_of(objects: &Objects, id: DeploymentId, wanted: i64) -> Result<String, String> {
    let found = revisions(objects, id).into_iter().rfind(|(revision, _)| *revision == wanted);
    let (_, set) = found.ok_or("unable to find the specified revision")?;
    Ok(template_of(objects, set, true))
}

/// The template of a ReplicaSet; with its change cause among the annotations, or without.
pub fn template_of(objects: &Objects, set: ReplicaSetId, with_cause: bool) -> String {
    let mut shown = (*objects.replica_set(set).template).clone();
    let cause = objects.replica_set(set).annotations.get(CHANGE_CAUSE).filter(|_| with_cause);
    if let Some(cause) = cause.filter(|cause| !cause.is_empty()) {
        shown.annotations.insert(CHANGE_CAUSE.to_owned(), cause.into_owned());
    }
    let mut w = Writer::default();
    template(&mut w, &shown, Some(pod_template_hash(objects, set)));
    w.unaligned()
}
