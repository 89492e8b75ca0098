//! The Deployment controller: `pkg/controller/deployment/deployment_controller.go`.
//!
//! Turns a change of the pod template into a walk: the new ReplicaSet up, the old ones down, within
//! the ceiling and the floor, until nothing old is left.
//!
//! # What we leave out
//!
//! - **Recreate, pause, scaling in the middle of a rollout.** They cannot be asked for yet.
//! - **Deletion.** A Deployment stays.

use std::rc::Rc;

use super::cluster::{Cluster, Deployment, DeploymentId, DeploymentStatus};
use super::command::{Answer, Rejected};
use super::out::{Fact, Out};
use super::spec::{DeploymentSpec, Labels};
use super::time::SimTime;
use super::validation::validate_deployment_spec;

pub mod fenceposts;
pub mod progress;
pub mod revisions;
pub mod rollback;
pub mod rolling;
pub mod sync;

/// `syncDeployment`.
pub fn sync_deployment(cluster: &mut Cluster, id: DeploymentId, now: SimTime, out: &mut Out) {
    rolling::rollout_rolling(cluster, id, now, out);
}

/// What the API server does with a new Deployment: check it, number it 1, store it.
/// `pkg/registry/apps/deployment/strategy.go PrepareForCreate`.
pub fn create(
    cluster: &mut Cluster,
    name: &str,
    spec: &DeploymentSpec,
    out: &mut Out,
) -> Result<DeploymentId, Rejected> {
    validated(name, spec)?;
    let id = DeploymentId(cluster.deployments.len() as u32);
    cluster.deployments.push(Deployment {
        name: Rc::from(name),
        generation: 1,
        annotations: Labels::new(),
        spec: spec.clone(),
        status: DeploymentStatus::default(),
    });
    out.fact(Fact::Created(id));
    out.deployment_changed(id);
    Ok(id)
}

/// `kubectl set image deployment/NAME *=IMAGE`.
pub fn set_image(
    cluster: &mut Cluster,
    id: DeploymentId,
    image: &str,
    out: &mut Out,
) -> Result<Answer, Rejected> {
    let mut spec = cluster.deployment(id).spec.clone();
    for container in &mut Rc::make_mut(&mut spec.template).containers {
        image.clone_into(&mut container.image);
    }
    if !update(cluster, id, spec, out)? {
        return Ok(Answer::ImageUnchanged);
    }
    Ok(Answer::ImageUpdated)
}

/// What the API server does with a changed Deployment; says whether there was a change.
/// `pkg/registry/apps/deployment/strategy.go PrepareForUpdate`.
pub(in crate::sim) fn update(
    cluster: &mut Cluster,
    id: DeploymentId,
    spec: DeploymentSpec,
    out: &mut Out,
) -> Result<bool, Rejected> {
    let deployment = cluster.deployment_mut(id);
    validated(&deployment.name, &spec)?;
    if deployment.spec == spec {
        return Ok(false);
    }
    deployment.spec = spec;
    deployment.generation += 1;
    out.deployment_changed(id);
    Ok(true)
}

/// The spec, if the API server accepts it.
fn validated(name: &str, spec: &DeploymentSpec) -> Result<(), Rejected> {
    let errors = validate_deployment_spec(spec);
    if errors.is_empty() {
        return Ok(());
    }
    Err(Rejected::Invalid { deployment: name.to_owned(), errors })
}
