//! The API server's checks of a Deployment, in its order and its words:
//! `pkg/apis/apps/validation/validation.go`.
//!
//! # What we leave out
//!
//! - Fields that [`DeploymentSpec`] does not have cannot be wrong.
//! - Images are only checked for being there, and names of containers not at all.

use std::fmt;

use super::int_or_string::{IntOrString, is_valid_percent, quoted};
use super::spec::{DeploymentSpec, Labels, RollingUpdateDeployment};

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

/// `ValidateDeploymentSpec`: everything that is wrong, in the order the API server finds it.
pub fn validate_deployment_spec(spec: &DeploymentSpec) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut report = |found: Option<FieldError>| errors.extend(found);
    report(nonnegative("spec.replicas", spec.replicas));
    report(selector(spec));
    report(template_labels(spec));
    report(image(spec));
    validate_rolling_update(&spec.rolling_update, &mut errors);
    let mut report = |found: Option<FieldError>| errors.extend(found);
    report(nonnegative("spec.minReadySeconds", spec.min_ready_seconds));
    report(nonnegative("spec.revisionHistoryLimit", spec.revision_history_limit));
    report(nonnegative("spec.progressDeadlineSeconds", spec.progress_deadline_seconds));
    report(deadline(spec));
    errors
}

fn invalid(field: &str, value: impl fmt::Display, detail: &str) -> FieldError {
    FieldError { field: field.to_owned(), body: format!("Invalid value: {value}: {detail}") }
}

/// `ValidateNonnegativeField`.
fn nonnegative(field: &str, value: i32) -> Option<FieldError> {
    (value < 0).then(|| invalid(field, value, "must be greater than or equal to 0"))
}

fn selector(spec: &DeploymentSpec) -> Option<FieldError> {
    spec.selector
        .is_empty()
        .then(|| invalid("spec.selector", "{}", "empty selector is invalid for deployment"))
}

/// `ValidatePodTemplateSpecForReplicaSet`.
fn template_labels(spec: &DeploymentSpec) -> Option<FieldError> {
    let labels = &spec.template.labels;
    let matches = spec.selector.iter().all(|(key, value)| labels.get(key) == Some(value));
    (!matches).then(|| {
        let field = "spec.template.metadata.labels";
        invalid(field, json(labels), "`selector` does not match template `labels`")
    })
}

/// `validateContainers`.
fn image(spec: &DeploymentSpec) -> Option<FieldError> {
    let containers = &spec.template.containers;
    if containers.is_empty() {
        return Some(required("spec.template.spec.containers".to_owned()));
    }
    let mut images = containers.iter().enumerate();
    images.find_map(|(index, container)| validate_image(index, &container.image))
}

/// What is wrong with the image of the container at `index`.
pub fn validate_image(index: usize, image: &str) -> Option<FieldError> {
    image.is_empty().then(|| required(format!("spec.template.spec.containers[{index}].image")))
}

fn required(field: String) -> FieldError {
    FieldError { field, body: "Required value".to_owned() }
}

const MAX_UNAVAILABLE: &str = "spec.strategy.rollingUpdate.maxUnavailable";
const MAX_SURGE: &str = "spec.strategy.rollingUpdate.maxSurge";

/// `ValidateRollingUpdateDeployment`.
fn validate_rolling_update(rolling_update: &RollingUpdateDeployment, errors: &mut Vec<FieldError>) {
    let RollingUpdateDeployment { max_unavailable, max_surge } = rolling_update;
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
fn json(labels: &Labels) -> String {
    if labels.is_empty() {
        return "null".to_owned();
    }
    let pairs: Vec<_> =
        labels.iter().map(|(key, value)| format!("{}:{}", quoted(key), quoted(value))).collect();
    format!("{{{}}}", pairs.join(","))
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

    fn strategy(unavailable: &str, surge: &str) -> RollingUpdateDeployment {
        RollingUpdateDeployment {
            max_unavailable: IntOrString::parse(unavailable),
            max_surge: IntOrString::parse(surge),
        }
    }

    #[test]
    fn either_may_be_zero_but_not_both() {
        check(|spec| spec.rolling_update = strategy("0", "1"), &[]);
        check(|spec| spec.rolling_update = strategy("1", "0"), &[]);
        check(
            |spec| spec.rolling_update = strategy("0%", "0"),
            &["spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"0%\": \
               may not be 0 when `maxSurge` is 0"],
        );
    }

    #[test]
    fn several_errors_come_in_the_servers_order() {
        check(
            |spec| {
                spec.replicas = -1;
                spec.rolling_update = strategy("101%", "-2");
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
            |spec| spec.selector = Labels::from([("app".to_owned(), "other".to_owned())]),
            &["spec.template.metadata.labels: Invalid value: {\"app\":\"web\"}: \
               `selector` does not match template `labels`"],
        );
    }
}
