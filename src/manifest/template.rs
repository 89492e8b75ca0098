//! A pod template as the API object that it is, and as the simulator has it.

use std::rc::Rc;

use crate::sim::spec::{
    Container, DeploymentSpec, Kept, Labels, PULL_POLICIES, PodTemplateSpec, default_pull_policy,
};

use super::value::{Object, Value};
use super::write::{self, json};
use super::{Problem, Why, dump};

/// Takes what the simulator knows out of the API object; the rest is kept.
pub fn from_object(mut object: Object) -> PodTemplateSpec {
    let mut metadata = take_object(&mut object, "metadata");
    let mut spec = take_object(&mut object, "spec");
    PodTemplateSpec {
        labels: take_labels(&mut metadata, "labels"),
        annotations: take_labels(&mut metadata, "annotations"),
        init_containers: take_containers(&mut spec, "initContainers"),
        containers: take_containers(&mut spec, "containers"),
        rest: kept_of(metadata, spec),
    }
}

fn kept_of(metadata: Object, spec: Object) -> Option<Rc<Kept>> {
    let printed = dump::template(&metadata, &spec);
    let parts = [("metadata", metadata), ("spec", spec)].into_iter();
    let parts = parts.filter(|(_, fields)| !fields.0.is_empty());
    kept(Object(parts.map(|(name, fields)| (name.to_owned(), Value::Object(fields))).collect()), printed)
}

/// Nothing, if there is nothing to keep.
fn kept(fields: Object, printed: Vec<String>) -> Option<Rc<Kept>> {
    (!fields.0.is_empty()).then(|| Rc::new(Kept { json: json(&Value::Object(fields)), printed }))
}

/// The API object.
pub fn to_object(template: &PodTemplateSpec) -> Object {
    let mut rest = rest(template.rest.as_deref());
    let (mut metadata, mut spec) = (take_object(&mut rest, "metadata"), take_object(&mut rest, "spec"));
    for (name, labels) in [("labels", &template.labels), ("annotations", &template.annotations)] {
        if !labels.is_empty() {
            metadata.set(name, labels_value(labels));
        }
    }
    let list = |containers: &[Container]| {
        Value::List(containers.iter().map(|container| Value::Object(container_object(container))).collect())
    };
    if !template.init_containers.is_empty() {
        spec.set("initContainers", list(&template.init_containers));
    }
    spec.set("containers", list(&template.containers));
    Object(vec![("metadata".to_owned(), Value::Object(metadata)), ("spec".to_owned(), Value::Object(spec))])
}

/// Reads a template that was changed, as the API server would for a Deployment; otherwise what that says.
pub fn checked(name: &str, spec: &DeploymentSpec, changed: Object) -> Result<PodTemplateSpec, String> {
    let mut object = write::object(name, spec);
    if let Some(Value::Object(spec)) = object.get_mut("spec") {
        spec.set("template", Value::Object(changed));
    }
    let reading = super::read(&json(&Value::Object(object)));
    match reading.deployments.into_iter().next() {
        Some(manifest) => Ok(Rc::unwrap_or_clone(manifest.spec.template)),
        None => Err(refusal(name, &reading.problems)),
    }
}

/// What the API server says of a Deployment with these problems.
pub fn refusal(name: &str, problems: &[Problem]) -> String {
    let head = format!("The Deployment {name:?} is invalid: ");
    let said = |problem: &Problem| match &problem.why {
        Why::Kubectl(words) => words.replace(&head, ""),
        other => format!("{other:?}"),
    };
    let causes: Vec<_> = problems.iter().map(said).collect();
    let causes = if causes.len() == 1 { causes.concat() } else { format!("[{}]", causes.join(", ")) };
    format!("Deployment.apps {name:?} is invalid: {causes}")
}

/// The API object as JSON in one line, as links have it.
pub fn to_json(template: &PodTemplateSpec) -> String {
    json(&Value::Object(to_object(template)))
}

/// Reads what [`to_json`] has written.
pub fn from_json(text: &str) -> Option<PodTemplateSpec> {
    match Value::parse(text)? {
        Value::Object(object) => Some(from_object(object)),
        _ => None,
    }
}

fn container(value: Value) -> Container {
    let Value::Object(mut object) = value else { return Container::new("", "") };
    let mut take = |name| match object.take(name) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    };
    let (name, image, policy) = (take("name"), take("image"), take(PULL_POLICY));
    let given = PULL_POLICIES.into_iter().find(|known| *known == policy);
    let image_pull_policy = given.unwrap_or(default_pull_policy(&image));
    let printed = dump::container(&object);
    Container { name, image, image_pull_policy, rest: kept(object, printed) }
}

/// The API object of a container, without what is a default.
pub fn container_object(container: &Container) -> Object {
    let Container { name, image, image_pull_policy: policy, rest: kept } = container;
    let mut object = Object::default();
    object.set("name", name.as_str().into());
    object.set("image", image.as_str().into());
    object.0.extend(rest(kept.as_deref()).0);
    if *policy != default_pull_policy(image) {
        object.set(PULL_POLICY, (*policy).into());
    }
    object
}

/// What is kept, as an object again.
fn rest(kept: Option<&Kept>) -> Object {
    match kept.map(|kept| Value::parse(&kept.json)) {
        Some(Some(Value::Object(fields))) => fields,
        _ => Object::default(),
    }
}

/// The field of a container that says when to pull.
pub const PULL_POLICY: &str = "imagePullPolicy";

fn take_object(object: &mut Object, name: &str) -> Object {
    match object.take(name) {
        Some(Value::Object(fields)) => fields,
        _ => Object::default(),
    }
}

fn take_labels(object: &mut Object, name: &str) -> Labels {
    let pairs = take_object(object, name).0.into_iter();
    pairs.filter_map(|(key, value)| Some((key, value.as_str()?.to_owned()))).collect()
}

fn take_containers(spec: &mut Object, name: &str) -> Vec<Container> {
    match spec.take(name) {
        Some(Value::List(items)) => items.into_iter().map(container).collect(),
        _ => Vec::new(),
    }
}

/// Labels as a value.
pub fn labels_value(labels: &Labels) -> Value {
    Value::Object(Object(labels.iter().map(|(key, value)| (key.clone(), value.as_str().into())).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_becomes_a_template_and_again_an_object() {
        let object = |text: &str| match Value::parse(text) {
            Some(Value::Object(object)) => object,
            other => panic!("{other:?}"),
        };
        let given = object(concat!(
            r#"{"metadata":{"labels":{"app":"web"}},"spec":{"hostNetwork":true,"#,
            r#""initContainers":[{"name":"first","image":"a","imagePullPolicy":"Never"}],"#,
            r#""containers":[{"name":"web","image":"web:v1","args":["\u0007é\n"],"tty":true}]}}"#
        ));
        let template = from_object(given.clone());
        assert_eq!(to_object(&template), given);
        assert_eq!(from_object(to_object(&template)), template);
        assert_eq!(template.init_containers[0].image_pull_policy, "Never");
        assert!(template.init_containers[0].rest.is_none() && template.containers[0].rest.is_some());
    }
}
