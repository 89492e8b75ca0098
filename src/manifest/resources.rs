//! What the API server checks of a container's limits and requests:
//! `pkg/apis/core/validation/validation.go validateContainerResourceName, ValidateContainerResourceRequirements`.

use crate::sim::spec::PodTemplateSpec;
use crate::sim::validation::FieldError;

use super::behaviour::containers;
use super::quantity;
use super::template::to_object;
use super::value::{Object, Value};

/// Resources that a container may ask for by a plain name.
const STANDARD: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];

/// The errors of all containers.
pub fn errors(template: &Object, errors: &mut Vec<FieldError>) {
    for (index, container) in containers(template).enumerate() {
        let field = format!("spec.template.spec.containers[{index}].resources");
        let Some(resources) = container.object("resources") else { continue };
        let amounts = |name: &str| resources.object(name).cloned().unwrap_or_default().0;
        for list in ["limits", "requests"] {
            for (name, _) in amounts(list).iter().filter(|(name, _)| !is_known(name)) {
                let field = format!("{field}.{list}[{name}]");
                for rule in [
                    "must be a standard resource type or fully qualified",
                    "must be a standard resource for containers",
                ] {
                    errors.push(FieldError {
                        field: field.clone(),
                        body: format!("Invalid value: {name:?}: {rule}"),
                    });
                }
            }
        }
        let limits = amounts("limits");
        for (name, request) in amounts("requests") {
            let limit = limits.iter().find(|(other, _)| *other == name).map(|(_, limit)| limit);
            let (Some(request), Some(limit)) = (request.as_str(), limit.and_then(Value::as_str)) else {
                continue;
            };
            if quantity::exceeds(request, limit) {
                errors.push(FieldError {
                    field: format!("{field}.requests"),
                    body: format!(
                        "Invalid value: {request:?}: must be less than or equal to {name} limit of {limit}"
                    ),
                });
            }
        }
    }
}

/// `pkg/apis/core/v1/helper/qos ComputePodQOS`: by processor and memory.
pub fn qos_class(template: &PodTemplateSpec) -> &'static str {
    let template = to_object(template);
    let (mut any, mut all_limited) = (false, true);
    for container in containers(&template) {
        let amount = |list: &str, name: &str| {
            let amounts = container.object("resources").and_then(|resources| resources.object(list));
            amounts.and_then(|amounts| amounts.text(name)).filter(|amount| *amount != "0")
        };
        for name in ["cpu", "memory"] {
            let (limit, request) = (amount("limits", name), amount("requests", name));
            any |= limit.or(request).is_some();
            all_limited &= limit.is_some() && (request.is_none() || request == limit);
        }
    }
    match (any, all_limited) {
        (false, _) => "BestEffort",
        (true, true) => "Guaranteed",
        (true, false) => "Burstable",
    }
}

fn is_known(name: &str) -> bool {
    STANDARD.contains(&name) || name.starts_with("hugepages-") || name.contains('/')
}
