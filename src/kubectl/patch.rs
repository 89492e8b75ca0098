//! What a strategic merge patch of a Deployment changes.

use crate::sim::cluster::Deployment;
use crate::sim::command::Change;
use crate::sim::int_or_string::IntOrString;
use crate::sim::spec::{DeploymentSpec, DeploymentStrategy, StrategyType};

use super::json::Json;
use super::output::{Missing, Output};

/// What a patch asks for.
#[derive(Debug, Default)]
pub struct Changes {
    /// In the order in which they are applied.
    pub changes: Vec<Change>,
    /// Fields that a Deployment does not have.
    pub unknown: Vec<String>,
}

/// Why a patch is refused.
#[derive(Debug)]
pub enum Problem {
    /// It is not a patch; what the API server says.
    BadRequest(String),
    /// A value has the wrong type; what the decoder says.
    Type(String),
    /// A field is not kept here.
    Missing(String),
}

/// Says why a patch is refused.
pub fn patch_error(problem: Problem, patch: &Json, out: &mut Output, errors: &mut Vec<String>) {
    match problem {
        Problem::BadRequest(error) => errors.push(format!("Error from server (BadRequest): {error}")),
        Problem::Type(error) => errors
            .push(format!("The request is invalid: patch: Invalid value: \"{}\": {error}", go_syntax(patch))),
        Problem::Missing(field) => out.lack(Missing::Field(field)),
    }
}

/// As Go's `%v` prints what was decoded.
pub fn go_syntax(value: &Json) -> String {
    let joined = |items: Vec<String>| items.join(" ");
    match value {
        Json::Null => "<nil>".to_owned(),
        Json::Text(text) => text.clone(),
        Json::List(items) => format!("[{}]", joined(items.iter().map(go_syntax).collect())),
        Json::Map(pairs) => {
            let sorted = crate::sim::order::sorted_by_key(pairs, |(key, _)| key.clone());
            let pairs = sorted.iter().map(|(key, value)| format!("{key}:{}", go_syntax(value)));
            format!("map[{}]", joined(pairs.collect()))
        }
        other => other.compact(),
    }
}

/// The changes that a patch asks for.
pub fn changes_of(patch: &Json, deployment: &Deployment) -> Result<Changes, Problem> {
    let mut changes = Changes::default();
    for (key, value) in fields(patch)? {
        match key.as_str() {
            "apiVersion" | "kind" | "status" => {}
            "metadata" => changes.metadata(value, &deployment.name)?,
            "spec" => changes.spec(value, &deployment.spec)?,
            _ => changes.unknown.push(key.clone()),
        }
    }
    Ok(changes)
}

/// What a map has; nothing where there is nothing.
fn fields(value: &Json) -> Result<&[(String, Json)], Problem> {
    match value {
        Json::Map(pairs) => Ok(pairs),
        Json::Null => Ok(&[]),
        other => Err(Problem::BadRequest(format!(
            "json: cannot unmarshal {} into Go value of type map[string]interface {{}}",
            type_of(other)
        ))),
    }
}

fn type_of(value: &Json) -> String {
    match value {
        Json::Null => "null".to_owned(),
        Json::Bool(_) => "bool".to_owned(),
        Json::Number(number) => format!("number {number}"),
        Json::Text(_) => "string".to_owned(),
        Json::List(_) => "array".to_owned(),
        Json::Map(_) => "object".to_owned(),
    }
}

fn int32(value: &Json, absent: i32) -> Result<i32, Problem> {
    match value {
        Json::Null => Ok(absent),
        Json::Number(number) => {
            let kind = if number.contains(['.', 'e', 'E']) { "float64" } else { "int64" };
            number.parse().map_err(|_| Problem::Type(format!("cannot convert {kind} to int32")))
        }
        _ => Err(Problem::Type("unrecognized type: int32".to_owned())),
    }
}

fn int_or_string(value: &Json) -> Result<IntOrString, Problem> {
    let unfit =
        || Problem::Type(format!("json: cannot unmarshal {} into Go value of type int32", type_of(value)));
    match value {
        // What is taken away is filled in by the API server.
        Json::Null => Ok(IntOrString::String("25%".into())),
        Json::Text(text) => Ok(IntOrString::String(text.as_str().into())),
        Json::Number(number) => number.parse().map(IntOrString::Int).map_err(|_| unfit()),
        _ => Err(unfit()),
    }
}

impl Changes {
    fn metadata(&mut self, metadata: &Json, name: &str) -> Result<(), Problem> {
        for (key, value) in fields(metadata)? {
            match (key.as_str(), value) {
                ("name", Json::Text(other)) if other != name => {
                    return Err(Problem::BadRequest(format!(
                        "the name of the object ({other}) does not match the name on the URL ({name})"
                    )));
                }
                ("name" | "namespace", _) => {}
                ("annotations", annotations) => {
                    for (key, value) in fields(annotations)? {
                        let value = match value {
                            Json::Text(text) => Some(text.clone()),
                            Json::Null => None,
                            _ => return Err(Problem::Type("unrecognized type: string".to_owned())),
                        };
                        self.changes.push(Change::Annotation { key: key.clone(), value });
                    }
                }
                _ => return Err(Problem::Missing(format!("metadata.{key}"))),
            }
        }
        Ok(())
    }

    fn spec(&mut self, patch: &Json, spec: &DeploymentSpec) -> Result<(), Problem> {
        let default = DeploymentSpec::new("", "");
        for (key, value) in fields(patch)? {
            let change = match key.as_str() {
                "replicas" => Change::Replicas(int32(value, 1)?),
                "minReadySeconds" => Change::MinReadySeconds(int32(value, 0)?),
                "progressDeadlineSeconds" => {
                    Change::ProgressDeadlineSeconds(int32(value, default.progress_deadline_seconds)?)
                }
                "revisionHistoryLimit" => {
                    Change::RevisionHistoryLimit(int32(value, default.revision_history_limit)?)
                }
                "paused" => match value {
                    Json::Bool(paused) => Change::Paused(*paused),
                    Json::Null => Change::Paused(false),
                    _ => return Err(Problem::Type("unrecognized type: bool".to_owned())),
                },
                "strategy" => {
                    self.strategy(value, &spec.strategy)?;
                    continue;
                }
                "template" => {
                    self.template(value, spec)?;
                    continue;
                }
                "selector" => return Err(Problem::Missing("spec.selector".to_owned())),
                _ => {
                    self.unknown.push(format!("spec.{key}"));
                    continue;
                }
            };
            self.changes.push(change);
        }
        Ok(())
    }

    /// What is not named stays, whatever the type becomes.
    fn strategy(&mut self, patch: &Json, present: &DeploymentStrategy) -> Result<(), Problem> {
        let mut rolling = present.rolling_update.clone();
        for (key, value) in fields(patch)? {
            match (key.as_str(), value) {
                ("type", Json::Text(kind)) => {
                    self.changes.push(Change::StrategyType(StrategyType::parse(kind)));
                }
                ("rollingUpdate", Json::Null) => rolling = None,
                ("rollingUpdate", update) => {
                    let rolling = rolling.get_or_insert_default();
                    for (key, value) in fields(update)? {
                        match key.as_str() {
                            "maxSurge" => rolling.max_surge = Some(int_or_string(value)?),
                            "maxUnavailable" => rolling.max_unavailable = Some(int_or_string(value)?),
                            _ => self.unknown.push(format!("spec.strategy.rollingUpdate.{key}")),
                        }
                    }
                }
                ("type", _) => return Err(Problem::Type("unrecognized type: string".to_owned())),
                _ => self.unknown.push(format!("spec.strategy.{key}")),
            }
        }
        if patch.get("rollingUpdate") == Some(&Json::Null) && self.changes.is_empty() {
            // The type stays, and the API server fills in what is gone.
            rolling = DeploymentStrategy::default().rolling_update;
        }
        if rolling != present.rolling_update || !self.changes.is_empty() {
            let rolling = rolling.unwrap_or_default();
            self.changes.extend(rolling.max_surge.map(Change::MaxSurge));
            self.changes.extend(rolling.max_unavailable.map(Change::MaxUnavailable));
        }
        Ok(())
    }

    /// Only images of containers that exist.
    fn template(&mut self, patch: &Json, spec: &DeploymentSpec) -> Result<(), Problem> {
        let missing = |field: &str| Err(Problem::Missing(format!("spec.template{field}")));
        let known = |value: &Json, name: &str| -> Result<bool, Problem> {
            Ok(fields(value)?.iter().all(|(key, _)| key == name))
        };
        let Some(pod) = patch.get("spec").filter(|_| known(patch, "spec").unwrap_or(false)) else {
            return missing("");
        };
        let Some(Json::List(containers)) =
            pod.get("containers").filter(|_| known(pod, "containers").unwrap_or(false))
        else {
            return missing(".spec");
        };
        for patch in containers {
            let (Some(Json::Text(name)), Some(Json::Text(image)), 2) =
                (patch.get("name"), patch.get("image"), fields(patch)?.len())
            else {
                return missing(".spec.containers");
            };
            if !spec.template.containers.iter().any(|container| container.name == *name) {
                return missing(".spec.containers");
            }
            self.changes.push(Change::Image { container: name.clone(), image: image.clone() });
        }
        Ok(())
    }
}
