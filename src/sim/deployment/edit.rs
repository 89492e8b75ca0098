//! What kubectl asks of a Deployment, and what the API server makes of it:
//! `pkg/registry/apps/deployment/strategy.go` and kubectl's commands.

use std::rc::Rc;

use crate::sim::annotations::Annotations;
use crate::sim::cluster::{Cluster, Deployment, DeploymentId};
use crate::sim::command::{Answer, Change, Rejected};
use crate::sim::out::{Fact, Out};
use crate::sim::spec::{DeploymentSpec, DeploymentStrategy};
use crate::sim::time::SimTime;
use crate::sim::validation::{FieldError, validate_deployment_spec, validate_deployment_update};

/// The annotation of the pod template by which `kubectl rollout restart` makes it a new one.
pub const RESTARTED_AT: &str = "kubectl.kubernetes.io/restartedAt";

/// A new Deployment is completed, checked, numbered 1 and stored. `strategy.go PrepareForCreate`.
pub fn create(
    cluster: &mut Cluster,
    name: &str,
    spec: &DeploymentSpec,
    out: &mut Out,
) -> Result<DeploymentId, Rejected> {
    let mut spec = spec.clone();
    spec.strategy.set_defaults();
    accepted(name, validate_deployment_spec(&spec))?;
    let id = DeploymentId(cluster.deployments.len() as u32);
    cluster.deployments.push(Deployment::new(name, spec));
    out.fact(Fact::Created(id));
    out.spec_changed(id);
    Ok(id)
}

/// A changed Deployment is completed, checked and stored; says whether there was a change. Annotations
/// count too, since the controller copies them to ReplicaSets. `strategy.go PrepareForUpdate`.
pub fn update(
    cluster: &mut Cluster,
    id: DeploymentId,
    mut spec: DeploymentSpec,
    annotations: Annotations,
    out: &mut Out,
) -> Result<bool, Rejected> {
    let deployment = cluster.deployment_mut(id);
    spec.strategy.set_defaults();
    accepted(&deployment.name, validate_deployment_update(&spec, &deployment.spec))?;
    if deployment.spec == spec && deployment.annotations == annotations {
        return Ok(false);
    }
    deployment.ask(spec);
    deployment.annotations = annotations;
    deployment.generation += 1;
    out.spec_changed(id);
    Ok(true)
}

fn accepted(name: &str, errors: Vec<FieldError>) -> Result<(), Rejected> {
    match errors.is_empty() {
        true => Ok(()),
        false => Err(Rejected::Invalid { deployment: name.to_owned(), errors }),
    }
}

/// Changes the spec by `edit`; says whether there was a change.
fn update_spec(
    cluster: &mut Cluster,
    id: DeploymentId,
    out: &mut Out,
    edit: impl FnOnce(&mut DeploymentSpec),
) -> Result<bool, Rejected> {
    let deployment = cluster.deployment(id);
    let (mut spec, annotations) = (deployment.spec.clone(), deployment.annotations.clone());
    edit(&mut spec);
    update(cluster, id, spec, annotations, out)
}

/// `kubectl set image deployment/NAME *=IMAGE`. `kubectl/pkg/cmd/set/set_image.go`.
pub fn set_image(
    cluster: &mut Cluster,
    id: DeploymentId,
    image: &str,
    out: &mut Out,
) -> Result<Answer, Rejected> {
    let changed = update_spec(cluster, id, out, |spec| set_images(spec, None, image))?;
    Ok(if changed { Answer::ImageUpdated } else { Answer::ImageUnchanged })
}

/// `kubectl scale deployment/NAME --replicas=N`. `kubectl/pkg/cmd/scale/scale.go`.
pub fn scale(
    cluster: &mut Cluster,
    id: DeploymentId,
    replicas: i32,
    out: &mut Out,
) -> Result<Answer, Rejected> {
    if replicas < 0 {
        return Err(Rejected::NegativeReplicas);
    }
    let changed = update_spec(cluster, id, out, |spec| spec.replicas = replicas)?;
    Ok(if changed { Answer::Scaled } else { Answer::ScaleUnchanged })
}

/// `kubectl patch deployment NAME -p …`. `kubectl/pkg/cmd/patch/patch.go`.
pub fn patch(
    cluster: &mut Cluster,
    id: DeploymentId,
    changes: &[Change],
    out: &mut Out,
) -> Result<Answer, Rejected> {
    let Deployment { spec, annotations, .. } = cluster.deployment(id);
    let (mut spec, mut annotations) = (spec.clone(), annotations.clone());
    for change in changes {
        apply(change, &mut spec);
        annotate(change, &mut annotations);
    }
    let changed = update(cluster, id, spec, annotations, out)?;
    Ok(if changed { Answer::Patched } else { Answer::PatchUnchanged })
}

/// What a patch does to the annotations.
fn annotate(change: &Change, annotations: &mut Annotations) {
    if let Change::Annotation { key, value } = change {
        annotations.set(key, value.clone());
    }
}

/// What a patch does to one field of the spec.
pub fn apply(change: &Change, spec: &mut DeploymentSpec) {
    let rolling_update =
        |strategy: &mut DeploymentStrategy| strategy.rolling_update.take().unwrap_or_default();
    match change {
        Change::StrategyType(kind) => {
            if spec.strategy.kind != *kind {
                spec.strategy = DeploymentStrategy { kind: kind.clone(), rolling_update: None };
            }
        }
        Change::MaxSurge(value) => {
            let mut changed = rolling_update(&mut spec.strategy);
            changed.max_surge = Some(value.clone());
            spec.strategy.rolling_update = Some(changed);
        }
        Change::MaxUnavailable(value) => {
            let mut changed = rolling_update(&mut spec.strategy);
            changed.max_unavailable = Some(value.clone());
            spec.strategy.rolling_update = Some(changed);
        }
        Change::MinReadySeconds(seconds) => spec.min_ready_seconds = *seconds,
        Change::ProgressDeadlineSeconds(seconds) => spec.progress_deadline_seconds = *seconds,
        Change::RevisionHistoryLimit(limit) => spec.revision_history_limit = *limit,
        Change::Replicas(replicas) => spec.replicas = *replicas,
        Change::Paused(paused) => spec.paused = *paused,
        Change::Image { container, image } => set_images(spec, Some(container), image),
        Change::Template(template) => spec.template = Rc::clone(template),
        Change::Annotation { .. } => {}
    }
}

/// Gives the container of that name, or every one, another image.
fn set_images(spec: &mut DeploymentSpec, name: Option<&str>, image: &str) {
    for container in Rc::make_mut(&mut spec.template).all_containers_mut() {
        if name.is_none_or(|name| container.name == name) {
            image.clone_into(&mut container.image);
        }
    }
}

/// `kubectl rollout pause deployment/NAME`. `kubectl/pkg/polymorphichelpers/objectpauser.go`.
pub fn rollout_pause(cluster: &mut Cluster, id: DeploymentId, out: &mut Out) -> Result<Answer, Rejected> {
    match update_spec(cluster, id, out, |spec| spec.paused = true)? {
        true => Ok(Answer::Paused),
        false => Err(Rejected::AlreadyPaused { deployment: cluster.deployment(id).name.to_string() }),
    }
}

/// `kubectl rollout resume deployment/NAME`. `kubectl/pkg/polymorphichelpers/objectresumer.go`.
pub fn rollout_resume(cluster: &mut Cluster, id: DeploymentId, out: &mut Out) -> Result<Answer, Rejected> {
    match update_spec(cluster, id, out, |spec| spec.paused = false)? {
        true => Ok(Answer::Resumed),
        false => Err(Rejected::NotPaused { deployment: cluster.deployment(id).name.to_string() }),
    }
}

/// `kubectl rollout restart deployment/NAME`: the time goes into the template, which is a new one
/// then. `kubectl/pkg/polymorphichelpers/objectrestarter.go`.
pub fn rollout_restart(
    cluster: &mut Cluster,
    id: DeploymentId,
    now: SimTime,
    out: &mut Out,
) -> Result<Answer, Rejected> {
    let deployment = cluster.deployment(id).name.to_string();
    if cluster.deployment(id).spec.paused {
        return Err(Rejected::CannotRestartPaused { deployment });
    }
    let changed = update_spec(cluster, id, out, |spec| {
        let annotations = &mut Rc::make_mut(&mut spec.template).annotations;
        annotations.insert(RESTARTED_AT.to_owned(), now.rfc3339());
    })?;
    match changed {
        true => Ok(Answer::Restarted),
        false => Err(Rejected::RestartedThisSecond { deployment }),
    }
}
