//! The `kubectl patch` that makes one Deployment another: a strategic merge patch with only what
//! differs. `kubectl/pkg/cmd/patch/patch.go`.
//!
//! # What we leave out
//!
//! - Of containers only the image is patched. Whatever else differs in a template is not in the patch;
//!   [`patch`] says so by being `None`.

use crate::sim::spec::{DeploymentSpec, PodTemplateSpec, StrategyType};

use super::value::{Object, Value};
use super::write::{json, strategy};

/// The command line; empty if nothing differs, `None` if it cannot be said as a patch.
pub fn patch(name: &str, from: &DeploymentSpec, to: &DeploymentSpec) -> Option<String> {
    let mut changed = Object::default();
    let mut number = |field: &str, from: i32, to: i32| {
        if from != to {
            changed.set(field, Value::Int(to.into()));
        }
    };
    number("replicas", from.replicas, to.replicas);
    number("minReadySeconds", from.min_ready_seconds, to.min_ready_seconds);
    number("revisionHistoryLimit", from.revision_history_limit, to.revision_history_limit);
    number("progressDeadlineSeconds", from.progress_deadline_seconds, to.progress_deadline_seconds);
    if from.paused != to.paused {
        changed.set("paused", Value::Bool(to.paused));
    }
    if from.strategy != to.strategy {
        changed.set("strategy", Value::Object(changed_strategy(from, to)));
    }
    if from.selector != to.selector {
        return None;
    }
    if from.template != to.template {
        changed.set("template", changed_images(&from.template, &to.template)?);
    }
    if changed.0.is_empty() {
        return Some(String::new());
    }
    let patch = json(&Value::Object(Object(vec![("spec".to_owned(), Value::Object(changed))])));
    let patch = patch.replace('\'', r"'\''");
    Some(format!("kubectl patch deployment {name} -p '{patch}'"))
}

/// The knobs that differ. With `Recreate` nothing but the type may be retained.
fn changed_strategy(from: &DeploymentSpec, to: &DeploymentSpec) -> Object {
    let mut changed = strategy(&to.strategy);
    if from.strategy.kind == to.strategy.kind {
        changed.take("type");
        let old = strategy(&from.strategy);
        let old = old.object("rollingUpdate");
        if let Some(Value::Object(knobs)) = changed.get_mut("rollingUpdate") {
            knobs.0.retain(|(name, value)| old.and_then(|old| old.get(name)) != Some(value));
        }
    } else if to.strategy.kind == StrategyType::Recreate {
        changed.set("$retainKeys", Value::List(vec!["type".into()]));
    }
    changed
}

/// Images by the names of their containers, if nothing else differs.
fn changed_images(from: &PodTemplateSpec, to: &PodTemplateSpec) -> Option<Value> {
    let mut same = from.clone();
    let mut images = Vec::new();
    for (old, new) in same.containers.iter_mut().zip(&to.containers) {
        if old.image != new.image {
            images.push(Value::Object(Object(vec![
                ("name".to_owned(), new.name.as_str().into()),
                ("image".to_owned(), new.image.as_str().into()),
            ])));
            new.image.clone_into(&mut old.image);
        }
    }
    let inside = |name: &str, value| Value::Object(Object(vec![(name.to_owned(), value)]));
    (same == *to).then(|| inside("spec", inside("containers", Value::List(images))))
}
