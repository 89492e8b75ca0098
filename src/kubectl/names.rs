//! Labels and selectors as the API objects have them; the simulator keeps only what differs.

use crate::sim::cluster::{Deployment, Objects, ReplicaSetId};
use crate::sim::deployment::sync::POD_TEMPLATE_HASH;
use crate::sim::spec::{DeploymentSpec, Labels};

/// `metadata.labels` of a Deployment: those of its selector, as `kubectl create deployment` makes them.
pub fn deployment_labels(deployment: &Deployment) -> Labels {
    deployment.spec.selector.clone().unwrap_or_default()
}

/// The label `pod-template-hash` of a ReplicaSet: what follows the Deployment's name in its own.
pub fn pod_template_hash(objects: &Objects, id: ReplicaSetId) -> &str {
    let name = &objects.replica_set(id).name;
    name.rsplit_once('-').map_or("", |(_, hash)| hash)
}

/// `metadata.labels` of a ReplicaSet, and of its pods.
pub fn replica_set_labels(objects: &Objects, id: ReplicaSetId) -> Labels {
    with_hash(objects.replica_set(id).template.labels.clone(), objects, id)
}

/// `spec.selector.matchLabels` of a ReplicaSet.
pub fn replica_set_selector(objects: &Objects, id: ReplicaSetId) -> Labels {
    let owner = objects.deployment(objects.replica_set(id).owner);
    with_hash(owner.spec.selector.clone().unwrap_or_default(), objects, id)
}

fn with_hash(mut labels: Labels, objects: &Objects, id: ReplicaSetId) -> Labels {
    labels.insert(POD_TEMPLATE_HASH.to_owned(), pod_template_hash(objects, id).to_owned());
    labels
}

/// The selector of a Deployment as text. `metav1.FormatLabelSelector`.
pub fn selector_of(spec: &DeploymentSpec) -> String {
    spec.selector.as_ref().map_or("<none>".to_owned(), joined)
}

/// `k=v,k=v`, or `<none>`.
pub fn joined(labels: &Labels) -> String {
    let pairs: Vec<_> = labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
    if pairs.is_empty() { "<none>".to_owned() } else { pairs.join(",") }
}
