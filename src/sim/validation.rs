//! The API server's checks of a Deployment, in its order and its words:
//! `pkg/apis/apps/validation/validation.go`.
//!
//! # What we leave out
//!
//! - Fields that [`DeploymentSpec`] does not have cannot be wrong.
//! - A name that is longer than 63 characters is refused with the words for one that is malformed.

use std::fmt;

use super::cluster::{DeploymentStatus, StatusCounts};
use super::int_or_string::{IntOrString, is_valid_percent, quoted};
use super::spec::{
    Container, DeploymentSpec, DeploymentStrategy, Labels, RollingUpdateDeployment, StrategyType,
};

/// `field.Error`: one thing the API server refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Which field, such as `spec.replicas`.
    pub field: String,
    /// What is wrong with it, such as `Invalid value: -1: must be …`.
    pub body: String,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.body)
    }
}

/// `ValidateDeploymentUpdate`: the same as for a new Deployment, and the selector stays.
pub fn validate_deployment_update(new: &DeploymentSpec, old: &DeploymentSpec) -> Vec<FieldError> {
    let mut errors = validate_deployment_spec(new);
    if new.selector != old.selector {
        errors.push(invalid("spec.selector", selector_json(new), "field is immutable"));
    }
    errors
}

/// `ValidateDeploymentSpec`: everything that is wrong, in the order the API server finds it.
pub fn validate_deployment_spec(spec: &DeploymentSpec) -> Vec<FieldError> {
    let mut errors = Vec::new();
    errors.extend(nonnegative("spec.replicas", spec.replicas));
    errors.extend(selector(spec));
    errors.extend(template_labels(spec));
    validate_containers(&spec.template.containers, &mut errors);
    validate_strategy(&spec.strategy, &mut errors);
    errors.extend(nonnegative("spec.minReadySeconds", spec.min_ready_seconds));
    errors.extend(nonnegative("spec.revisionHistoryLimit", spec.revision_history_limit));
    errors.extend(nonnegative("spec.progressDeadlineSeconds", spec.progress_deadline_seconds));
    errors.extend(deadline(spec));
    errors
}

/// `ValidateDeploymentStatus`: what no controller may write.
pub fn validate_deployment_status(status: &DeploymentStatus) -> Vec<FieldError> {
    let StatusCounts { replicas, ready_replicas, .. } = status.counts;
    let counts = [
        ("status.replicas", replicas),
        ("status.updatedReplicas", status.updated_replicas),
        ("status.readyReplicas", ready_replicas),
        ("status.availableReplicas", status.available_replicas),
        ("status.unavailableReplicas", status.unavailable_replicas),
        ("status.terminatingReplicas", status.terminating_replicas),
        ("status.collisionCount", status.collision_count.unwrap_or(0)),
    ];
    let mut errors = Vec::new();
    errors.extend(nonnegative("status.observedGeneration", status.observed_generation));
    errors.extend(counts.into_iter().filter_map(|(field, count)| nonnegative(field, count)));
    for (field, count) in &counts[1..=3] {
        errors.extend(not_greater(field, *count, replicas, "cannot be greater than status.replicas"));
    }
    let (field, count) = counts[3];
    errors.extend(not_greater(field, count, ready_replicas, "cannot be greater than readyReplicas"));
    errors
}

fn not_greater(field: &str, count: i32, limit: i32, detail: &str) -> Option<FieldError> {
    (limit < count).then(|| invalid(field, count, detail))
}

fn invalid(field: &str, value: impl fmt::Display, detail: &str) -> FieldError {
    FieldError { field: field.to_owned(), body: format!("Invalid value: {value}: {detail}") }
}

/// `ValidateNonnegativeField`.
fn nonnegative(field: &str, value: impl Into<i64>) -> Option<FieldError> {
    let value = value.into();
    (value < 0).then(|| invalid(field, value, "must be greater than or equal to 0"))
}

fn selector(spec: &DeploymentSpec) -> Option<FieldError> {
    match &spec.selector {
        None => Some(required("spec.selector".to_owned())),
        Some(labels) if labels.is_empty() => {
            Some(invalid("spec.selector", "{}", "empty selector is invalid for deployment"))
        }
        Some(_) => None,
    }
}

/// `ValidatePodTemplateSpecForReplicaSet`: a selector that is missing matches nothing. An empty one is
/// not compared.
fn template_labels(spec: &DeploymentSpec) -> Option<FieldError> {
    let labels = &spec.template.labels;
    let wanted = spec.selector.as_ref();
    let matches =
        wanted.is_some_and(|wanted| wanted.iter().all(|(key, value)| labels.get(key) == Some(value)));
    (!matches).then(|| {
        let field = "spec.template.metadata.labels";
        invalid(field, labels_json(labels), "`selector` does not match template `labels`")
    })
}

/// `pkg/apis/core/validation/validation.go validateContainers`.
fn validate_containers(containers: &[Container], errors: &mut Vec<FieldError>) {
    if containers.is_empty() {
        errors.push(required("spec.template.spec.containers".to_owned()));
    }
    for (index, Container { name, image, .. }) in containers.iter().enumerate() {
        let field = || format!("spec.template.spec.containers[{index}].name");
        if name.is_empty() {
            errors.push(required(field()));
        } else if !is_dns_label(name) {
            errors.push(invalid(&field(), quoted(name), DNS_LABEL));
        } else if containers[..index].iter().any(|other| other.name == *name) {
            errors.push(FieldError { field: field(), body: format!("Duplicate value: {}", quoted(name)) });
        }
        errors.extend(validate_image(index, image));
    }
}

/// `apimachinery/pkg/util/validation IsDNS1123Label`.
fn is_dns_label(name: &str) -> bool {
    let inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = name.as_bytes();
    bytes.len() <= 63
        && bytes.iter().all(|byte| inside(*byte) || *byte == b'-')
        && bytes.first().is_some_and(|byte| inside(*byte))
        && bytes.last().is_some_and(|byte| inside(*byte))
}

/// The message of `IsDNS1123Label`, for names that are not too long.
const DNS_LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or \
    '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used \
    for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

/// What is wrong with the image of the container at `index`.
pub fn validate_image(index: usize, image: &str) -> Option<FieldError> {
    let field = || format!("spec.template.spec.containers[{index}].image");
    if image.is_empty() {
        return Some(required(field()));
    }
    let detail = "must not have leading or trailing whitespace";
    (image.trim() != image).then(|| invalid(&field(), quoted(image), detail))
}

fn required(field: String) -> FieldError {
    FieldError { field, body: "Required value".to_owned() }
}

const ROLLING_UPDATE: &str = "spec.strategy.rollingUpdate";
const MAX_UNAVAILABLE: &str = "spec.strategy.rollingUpdate.maxUnavailable";
const MAX_SURGE: &str = "spec.strategy.rollingUpdate.maxSurge";

/// `ValidateDeploymentStrategy`.
fn validate_strategy(strategy: &DeploymentStrategy, errors: &mut Vec<FieldError>) {
    match (&strategy.kind, &strategy.rolling_update) {
        (StrategyType::RollingUpdate, Some(rolling_update)) => {
            validate_rolling_update(rolling_update, errors);
        }
        (StrategyType::RollingUpdate, None) => {
            let detail = "this should be defaulted and never be nil";
            let body = format!("Required value: {detail}");
            errors.push(FieldError { field: ROLLING_UPDATE.to_owned(), body });
        }
        (StrategyType::Recreate, Some(_)) => {
            let detail = "may not be specified when strategy `type` is 'Recreate'";
            let body = format!("Forbidden: {detail}");
            errors.push(FieldError { field: ROLLING_UPDATE.to_owned(), body });
        }
        (StrategyType::Recreate, None) => {}
        (StrategyType::Other(kind), rolling_update) => {
            let rolling_update = rolling_update.as_ref().map_or("null".to_owned(), |given| {
                let knob =
                    |value: &Option<IntOrString>| value.as_ref().map_or("0".to_owned(), IntOrString::quoted);
                let (unavailable, surge) = (knob(&given.max_unavailable), knob(&given.max_surge));
                format!("{{\"MaxUnavailable\":{unavailable},\"MaxSurge\":{surge}}}")
            });
            let value = format!("{{\"Type\":{},\"RollingUpdate\":{rolling_update}}}", quoted(kind));
            let supported = r#"supported values: "Recreate", "RollingUpdate""#;
            let body = format!("Unsupported value: {value}: {supported}");
            errors.push(FieldError { field: "spec.strategy".to_owned(), body });
        }
    }
}

/// `ValidateRollingUpdateDeployment`. What is absent counts as 0.
fn validate_rolling_update(rolling_update: &RollingUpdateDeployment, errors: &mut Vec<FieldError>) {
    const ABSENT: &IntOrString = &IntOrString::Int(0);
    let max_unavailable = rolling_update.max_unavailable.as_ref().unwrap_or(ABSENT);
    let max_surge = rolling_update.max_surge.as_ref().unwrap_or(ABSENT);
    errors.extend(positive_int_or_percent(MAX_UNAVAILABLE, max_unavailable));
    errors.extend(positive_int_or_percent(MAX_SURGE, max_surge));
    if max_unavailable.int_or_percent_value() == 0 && max_surge.int_or_percent_value() == 0 {
        let detail = "may not be 0 when `maxSurge` is 0";
        errors.push(invalid(MAX_UNAVAILABLE, max_unavailable.quoted(), detail));
    }
    if max_unavailable.percent().is_some_and(|percent| 100 < percent) {
        let detail = "must not be greater than 100%";
        errors.push(invalid(MAX_UNAVAILABLE, max_unavailable.quoted(), detail));
    }
}

/// `ValidatePositiveIntOrPercent`. The two blanks in the message are the API server's.
fn positive_int_or_percent(field: &str, value: &IntOrString) -> Option<FieldError> {
    match value {
        IntOrString::Int(number) => nonnegative(field, *number),
        IntOrString::String(text) if is_valid_percent(text) => None,
        IntOrString::String(_) => Some(invalid(
            field,
            value.quoted(),
            "a valid percent string must be a numeric string followed by an ending '%' \
             (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
        )),
    }
}

fn deadline(spec: &DeploymentSpec) -> Option<FieldError> {
    let deadline = spec.progress_deadline_seconds;
    (deadline <= spec.min_ready_seconds)
        .then(|| invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds"))
}

/// A label map as compact JSON; `null` when there are none.
fn labels_json(labels: &Labels) -> String {
    if labels.is_empty() {
        return "null".to_owned();
    }
    let pair = |(key, value): (&String, &String)| format!("{}:{}", quoted(key), quoted(value));
    format!("{{{}}}", labels.iter().map(pair).collect::<Vec<_>>().join(","))
}

/// A selector as compact JSON.
fn selector_json(spec: &DeploymentSpec) -> String {
    match &spec.selector {
        None => "null".to_owned(),
        Some(labels) if labels.is_empty() => "{}".to_owned(),
        Some(labels) => format!("{{\"matchLabels\":{}}}", labels_json(labels)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(change: impl FnOnce(&mut DeploymentSpec), expect: &[&str]) {
        let mut spec = DeploymentSpec::new("web", "web:v1");
        change(&mut spec);
        let errors: Vec<_> = validate_deployment_spec(&spec).iter().map(ToString::to_string).collect();
        assert_eq!(errors, expect);
    }

    fn strategy(unavailable: &str, surge: &str) -> DeploymentStrategy {
        DeploymentStrategy::rolling_update(IntOrString::parse(surge), IntOrString::parse(unavailable))
    }

    #[test]
    fn either_may_be_zero_but_not_both() {
        check(|spec| spec.strategy = strategy("0", "1"), &[]);
        check(|spec| spec.strategy = strategy("1", "0"), &[]);
        check(
            |spec| spec.strategy = strategy("0%", "0"),
            &["spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"0%\": \
               may not be 0 when `maxSurge` is 0"],
        );
    }

    #[test]
    fn several_errors_come_in_the_servers_order() {
        check(
            |spec| {
                spec.replicas = -1;
                spec.strategy = strategy("101%", "-2");
                spec.min_ready_seconds = 600;
            },
            &[
                "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
                "spec.strategy.rollingUpdate.maxSurge: Invalid value: -2: \
                 must be greater than or equal to 0",
                "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"101%\": \
                 must not be greater than 100%",
                "spec.progressDeadlineSeconds: Invalid value: 600: \
                 must be greater than minReadySeconds",
            ],
        );
    }

    #[test]
    fn selector_and_template_must_agree() {
        check(
            |spec| spec.selector = Some(Labels::from([("app".to_owned(), "other".to_owned())])),
            &["spec.template.metadata.labels: Invalid value: {\"app\":\"web\"}: \
               `selector` does not match template `labels`"],
        );
    }
}
