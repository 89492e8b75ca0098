//! `describe.go DescribePodTemplate`.

use crate::manifest::defaults::with_defaults;
use crate::manifest::value::{Object, Value};
use crate::sim::deployment::sync::POD_TEMPLATE_HASH;
use crate::sim::order::sorted_by_key;
use crate::sim::spec::PodTemplateSpec;

use super::Writer;
use super::container::{command, details, ports};
use super::volumes::volumes;

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
    let whole = with_defaults(template);
    let spec = whole.object("spec").cloned().unwrap_or_default();
    if let Some(account) = spec.text("serviceAccountName") {
        w.line(1, &format!("Service Account:\t{account}"));
    }
    for (label, list) in [("Init Containers", "initContainers"), ("Containers", "containers")] {
        let containers = spec.list(list);
        if containers.is_empty() && list == "initContainers" {
            continue;
        }
        w.line(0, &format!("  {label}:"));
        for container in containers.iter().filter_map(Value::as_object) {
            w.line(0, &format!("   {}:", container.text("name").unwrap_or_default()));
            w.line(2, &format!("Image:\t{}", container.text("image").unwrap_or_default()));
            ports(w, container);
            command(w, container);
            details(w, container, None);
        }
    }
    volumes(w, spec.list("volumes"), "  ");
    topology_spread(w, &spec, "  ");
    if let Some(class) = spec.text("priorityClassName") {
        w.line(1, &format!("Priority Class Name:\t{class}"));
    }
    node_selectors(w, "  Node-Selectors", &spec);
    tolerations(w, "  Tolerations", spec.list("tolerations"));
}

/// `nodeSelector`.
pub fn node_selectors(w: &mut Writer, name: &str, spec: &Object) {
    let pairs = spec.object("nodeSelector").map_or(&[][..], |map| &map.0);
    let text = |(key, value): &(String, Value)| format!("{key}={}", value.as_str().unwrap_or_default());
    let lines = sorted_by_key(pairs, |(key, _)| key.clone());
    w.multiline(name, lines.iter().map(text));
}

/// `describe.go describeTopologySpreadConstraints`.
pub fn topology_spread(w: &mut Writer, spec: &Object, space: &str) {
    let all: Vec<_> =
        spec.list("topologySpreadConstraints").iter().filter_map(Value::as_object).cloned().collect();
    let text = |of: &Object, key: &str| of.text(key).unwrap_or_default().to_owned();
    let all = sorted_by_key(&all, |of| text(of, "topologyKey"));
    for (index, constraint) in all.iter().enumerate() {
        let head =
            if index == 0 { format!("{space}Topology Spread Constraints:\t") } else { format!("{space}\t") };
        let selector = constraint.object("labelSelector").map(label_selector);
        w.line(
            0,
            &format!(
                "{head}{}:{} when max skew {} is exceeded{}",
                text(constraint, "topologyKey"),
                text(constraint, "whenUnsatisfiable"),
                constraint.int("maxSkew").unwrap_or(0),
                selector.map_or(String::new(), |selector| format!(" for selector {selector}"))
            ),
        );
    }
}

/// `metav1.FormatLabelSelector`.
fn label_selector(selector: &Object) -> String {
    let pairs = selector.object("matchLabels").map_or(&[][..], |map| &map.0);
    let labels = pairs
        .iter()
        .map(|(key, value)| (key.clone(), format!("{key}={}", value.as_str().unwrap_or_default())));
    let expressions = selector.list("matchExpressions").iter().filter_map(Value::as_object).map(|of| {
        let key = of.text("key").unwrap_or_default();
        let values: Vec<_> = of.list("values").iter().filter_map(Value::as_str).collect();
        let values = values.join(",");
        let text = match of.text("operator").unwrap_or_default() {
            "In" => format!("{key} in ({values})"),
            "NotIn" => format!("{key} notin ({values})"),
            "Exists" => key.to_owned(),
            _ => format!("!{key}"),
        };
        (key.to_owned(), text)
    });
    let all: Vec<_> = labels.chain(expressions).collect();
    let texts: Vec<_> =
        sorted_by_key(&all, |(key, _)| key.clone()).into_iter().map(|(_, text)| text).collect();
    if texts.is_empty() { "<none>".to_owned() } else { texts.join(",") }
}

/// `describe.go printTolerationsMultilineWithIndent`.
pub fn tolerations(w: &mut Writer, name: &str, tolerations: &[Value]) {
    let all: Vec<_> = tolerations.iter().filter_map(Value::as_object).cloned().collect();
    let all = sorted_by_key(&all, |of| of.text("key").unwrap_or_default().to_owned());
    w.multiline(name, all.iter().map(toleration));
}

fn toleration(of: &Object) -> String {
    let text = |key: &str| of.text(key).unwrap_or_default();
    let mut line = text("key").to_owned();
    if !text("value").is_empty() {
        line += &format!("={}", text("value"));
    }
    if !text("effect").is_empty() {
        line += &format!(":{}", text("effect"));
    }
    if text("operator") == "Exists" && text("value").is_empty() {
        line += if line.is_empty() { "op=Exists" } else { " op=Exists" };
    }
    if let Some(seconds) = of.int("tolerationSeconds") {
        line += &format!(" for {seconds}s");
    }
    line
}
