//! `describe.go DescribePodTemplate`.

use crate::sim::deployment::sync::POD_TEMPLATE_HASH;
use crate::sim::spec::PodTemplateSpec;

use super::Writer;

/// The part `Pod Template`; that of a ReplicaSet has the label `pod-template-hash`.
pub fn template(w: &mut Writer, template: &PodTemplateSpec, hash: Option<&str>) {
    let mut labels = template.labels.clone();
    if let Some(hash) = hash {
        labels.insert(POD_TEMPLATE_HASH.to_owned(), hash.to_owned());
    }
    w.line(0, "Pod Template:");
    w.labels("  Labels", &labels);
    if !template.annotations.is_empty() {
        w.annotations("  Annotations", &template.annotations);
    }
    w.line(0, "  Containers:");
    for container in &template.containers {
        w.line(0, &format!("   {}:", container.name));
        w.line(2, &format!("Image:\t{}", container.image));
        ports(w);
        mounts(w);
    }
    w.line(0, "  Volumes:\t<none>");
    w.line(0, "  Node-Selectors:\t<none>");
    w.line(0, "  Tolerations:\t<none>");
}

/// Ports are not kept.
pub fn ports(w: &mut Writer) {
    w.line(2, "Port:\t<none>");
    w.line(2, "Host Port:\t<none>");
}

/// Nor are variables and volumes.
pub fn mounts(w: &mut Writer) {
    w.line(2, "Environment:\t<none>");
    w.line(2, "Mounts:\t<none>");
}
