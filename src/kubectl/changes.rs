//! What makes one Deployment another.

use std::rc::Rc;

use crate::sim::cluster::Deployment;
use crate::sim::command::Change;
use crate::sim::spec::{DeploymentSpec, Labels, PodTemplateSpec, StrategyType};

/// The annotation in which `kubectl apply` keeps what it applied. Here it is kept beside the objects.
pub const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// The changes by which a Deployment comes to have this spec and these annotations. The selector stays.
pub fn changes_to(deployment: &Deployment, spec: &DeploymentSpec, annotations: &Labels) -> Vec<Change> {
    let old = &deployment.spec;
    let mut changes = Vec::new();
    let mut unless_same = |same: bool, change: Change| {
        if !same {
            changes.push(change);
        }
    };
    unless_same(old.replicas == spec.replicas, Change::Replicas(spec.replicas));
    unless_same(
        old.min_ready_seconds == spec.min_ready_seconds,
        Change::MinReadySeconds(spec.min_ready_seconds),
    );
    let deadline = spec.progress_deadline_seconds;
    unless_same(old.progress_deadline_seconds == deadline, Change::ProgressDeadlineSeconds(deadline));
    let limit = spec.revision_history_limit;
    unless_same(old.revision_history_limit == limit, Change::RevisionHistoryLimit(limit));
    unless_same(old.paused == spec.paused, Change::Paused(spec.paused));
    strategy(old, spec, &mut changes);
    changes.extend(template(&old.template, &spec.template));
    changes.extend(changed_annotations(&deployment.annotations.to_labels(), annotations));
    changes
}

fn strategy(old: &DeploymentSpec, new: &DeploymentSpec, changes: &mut Vec<Change>) {
    if old.strategy == new.strategy {
        return;
    }
    if old.strategy.kind != new.strategy.kind {
        changes.push(Change::StrategyType(new.strategy.kind.clone()));
    }
    if new.strategy.kind == StrategyType::Recreate {
        return;
    }
    let knobs = new.strategy.rolling_update.clone().unwrap_or_default();
    changes.extend(knobs.max_surge.map(Change::MaxSurge));
    changes.extend(knobs.max_unavailable.map(Change::MaxUnavailable));
}

/// Other images, if nothing else differs: a template takes much more room in a link.
fn template(old: &Rc<PodTemplateSpec>, new: &Rc<PodTemplateSpec>) -> Vec<Change> {
    let mut same = PodTemplateSpec::clone(old);
    let mut images = Vec::new();
    for (old, new) in same.containers.iter_mut().zip(&new.containers) {
        if old.image != new.image && old.name == new.name {
            images.push(Change::Image { container: new.name.clone(), image: new.image.clone() });
            old.image.clone_from(&new.image);
        }
    }
    match same == **new {
        true => images,
        false => vec![Change::Template(Rc::clone(new))],
    }
}

fn changed_annotations(old: &Labels, new: &Labels) -> Vec<Change> {
    let change =
        |key: &String, value: Option<&String>| Change::Annotation { key: key.clone(), value: value.cloned() };
    let set = new.iter().filter(|(key, value)| old.get(key) != Some(value));
    let gone = old.iter().filter(|(key, _)| new.get(key).is_none());
    let set = set.map(|(key, value)| change(key, Some(value)));
    set.chain(gone.map(|(key, _)| change(key, None))).collect()
}
