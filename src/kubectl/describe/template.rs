//! `describe.go DescribePodTemplate`.

use crate::manifest::template::{container_object, to_object};
use crate::manifest::value::{Object, Value};
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
        let container = container_object(container);
        ports(w, &container);
        command(w, &container);
        details(w, &container);
    }
    w.line(0, "  Volumes:\t<none>");
    w.line(0, "  Node-Selectors:\t<none>");
    w.line(0, "  Tolerations:\t<none>");
}

/// Fields of a template that are not described: of its containers, and of its spec.
pub fn undescribed(template: &PodTemplateSpec) -> Vec<&'static str> {
    const OF_CONTAINERS: [&str; 6] =
        ["envFrom", "livenessProbe", "readinessProbe", "startupProbe", "volumeDevices", "volumeMounts"];
    const OF_SPEC: [&str; 5] =
        ["initContainers", "nodeSelector", "tolerations", "topologySpreadConstraints", "volumes"];
    let containers: Vec<_> = template.containers.iter().map(container_object).collect();
    let of_containers =
        OF_CONTAINERS.into_iter().filter(|field| containers.iter().any(|object| object.get(field).is_some()));
    let template = to_object(template);
    let spec = template.object("spec");
    let of_spec = OF_SPEC.into_iter().filter(|field| spec.is_some_and(|spec| spec.get(field).is_some()));
    of_containers.chain(of_spec).collect()
}

/// `describe.go describeContainerPorts`.
pub fn ports(w: &mut Writer, container: &Object) {
    let ports = || container.list("ports").iter().filter_map(Value::as_object);
    let list = |number: &str| {
        let protocol = |port: &Object| port.text("protocol").unwrap_or("TCP").to_owned();
        let each = ports().map(|port| format!("{}/{}", port.int(number).unwrap_or(0), protocol(port)));
        each.collect::<Vec<_>>().join(", ")
    };
    let none = |list: String| if list.is_empty() { "<none>".to_owned() } else { list };
    let several = if 1 < ports().count() { "s" } else { "" };
    w.line(2, &format!("Port{several}:\t{}", none(list("containerPort"))));
    w.line(2, &format!("Host Port{several}:\t{}", none(list("hostPort"))));
}

/// What it runs: `describe.go describeContainerCommand`.
pub fn command(w: &mut Writer, container: &Object) {
    for (name, list) in [("Command", "command"), ("Args", "args")] {
        let words = container.list(list);
        if !words.is_empty() {
            w.line(2, &format!("{name}:"));
        }
        let lines = words.iter().filter_map(Value::as_str).flat_map(|word| word.split('\n'));
        lines.for_each(|line| w.line(3, line));
    }
}

/// What it may use, its variables and mounts: `describe.go describeContainerResource,
/// describeContainerEnvVars`. What is left out, [`undescribed`] names.
pub fn details(w: &mut Writer, container: &Object) {
    let resources = container.object("resources");
    for (name, list) in [("Limits", "limits"), ("Requests", "requests")] {
        let Some(amounts) = resources.and_then(|resources| resources.object(list)) else { continue };
        w.line(2, &format!("{name}:"));
        for (resource, amount) in &amounts.0 {
            w.line(3, &format!("{resource}:\t{}", amount.as_str().unwrap_or_default()));
        }
    }
    let variables = container.list("env");
    w.line(2, if variables.is_empty() { "Environment:\t<none>" } else { "Environment:" });
    for variable in variables.iter().filter_map(Value::as_object) {
        let text = |key| variable.text(key).unwrap_or_default();
        w.line(3, &format!("{}:\t{}", text("name"), text("value")));
    }
    w.line(2, "Mounts:\t<none>");
}
