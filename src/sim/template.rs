//! A pod template as the API object that it is, and as the simulator has it.

use std::rc::Rc;

use super::labels::Labels;
use super::spec::{Container, PodTemplateSpec};
use super::value::{Object, Value};

impl PodTemplateSpec {
    /// Takes what has a place of its own out of the API object; the rest is kept.
    pub fn from_object(mut object: Object) -> Self {
        let mut metadata = take_object(&mut object, "metadata");
        let mut spec = take_object(&mut object, "spec");
        let labels = take_labels(&mut metadata, "labels");
        let annotations = take_labels(&mut metadata, "annotations");
        let containers = match spec.take("containers") {
            Some(Value::List(items)) => items.into_iter().map(Container::from_value).collect(),
            _ => Vec::new(),
        };
        let mut rest = Object::default();
        for (name, fields) in [("metadata", metadata), ("spec", spec)] {
            if !fields.0.is_empty() {
                rest.set(name, Value::Object(fields));
            }
        }
        Self { labels, annotations, containers, rest: rest.kept() }
    }

    /// The API object.
    pub fn to_object(&self) -> Object {
        let rest = self.rest.as_deref();
        let part = |name| rest.and_then(|rest| rest.object(name)).cloned().unwrap_or_default();
        let (mut metadata, mut spec) = (part("metadata"), part("spec"));
        for (name, labels) in [("labels", &self.labels), ("annotations", &self.annotations)] {
            if !labels.is_empty() {
                metadata.set(name, Value::Object(labels_object(labels)));
            }
        }
        let containers = self.containers.iter().map(|container| Value::Object(container.to_object()));
        spec.set("containers", Value::List(containers.collect()));
        Object(vec![
            ("metadata".to_owned(), Value::Object(metadata)),
            ("spec".to_owned(), Value::Object(spec)),
        ])
    }

    /// The fields of `spec` that are only kept.
    pub fn kept_spec(&self) -> Option<&Object> {
        self.rest.as_deref()?.object("spec")
    }

    /// Gives every container another image, those that run first included: `*=IMAGE` for
    /// `kubectl set image`.
    pub fn set_images(&mut self, image: &str) {
        for container in &mut self.containers {
            container.set_image(image);
        }
        let Some(rest) = &mut self.rest else { return };
        let Some(Value::Object(spec)) = Rc::make_mut(rest).get_mut("spec") else { return };
        let Some(Value::List(first)) = spec.get_mut("initContainers") else { return };
        for container in first {
            let mut changed = Container::from_value(container.clone());
            changed.set_image(image);
            *container = Value::Object(changed.to_object());
        }
    }
}

impl Container {
    fn from_value(value: Value) -> Self {
        let Value::Object(mut object) = value else { return Self::default() };
        let mut take = |name| match object.take(name) {
            Some(Value::String(text)) => text,
            _ => String::new(),
        };
        let (name, image) = (take("name"), take("image"));
        if object.text(PULL_POLICY) == Some(pull_policy(&image)) {
            object.take(PULL_POLICY);
        }
        Self { name, image, rest: object.kept() }
    }

    fn to_object(&self) -> Object {
        let named = [("name", &self.name), ("image", &self.image)];
        let named = named.map(|(name, text)| (name.to_owned(), Value::String(text.clone())));
        let rest = self.rest.iter().flat_map(|rest| rest.0.iter().cloned());
        Object(named.into_iter().chain(rest).collect())
    }

    /// Another image. When to pull was settled when the container came to be, so it stays. It is kept
    /// only where it is not the default, so that equal containers are equal here.
    pub fn set_image(&mut self, image: &str) {
        let mut rest = self.rest.as_deref().cloned().unwrap_or_default();
        let kept = rest.take(PULL_POLICY);
        let policy = kept.unwrap_or_else(|| pull_policy(&self.image).into());
        if policy.as_str() != Some(pull_policy(image)) {
            rest.set(PULL_POLICY, policy);
        }
        if self.rest.as_deref() != Some(&rest) {
            self.rest = rest.kept();
        }
        image.clone_into(&mut self.image);
    }
}

/// The field of a container that says when to pull.
pub const PULL_POLICY: &str = "imagePullPolicy";

/// The default: `latest`, by name or by leaving the tag out, is pulled every time.
///
/// `pkg/apis/core/v1/defaults.go SetDefaults_Container`, `pkg/util/parsers ParseImageName`.
pub fn pull_policy(image: &str) -> &'static str {
    let last_part = image.rsplit('/').next().unwrap_or(image);
    let (name, digest) = last_part.split_once('@').map_or((last_part, false), |(name, _)| (name, true));
    match name.split_once(':') {
        Some((_, "latest")) => "Always",
        None if !digest => "Always",
        _ => "IfNotPresent",
    }
}

fn take_object(object: &mut Object, name: &str) -> Object {
    match object.take(name) {
        Some(Value::Object(fields)) => fields,
        _ => Object::default(),
    }
}

fn take_labels(object: &mut Object, name: &str) -> Labels {
    let pairs = take_object(object, name).0.into_iter();
    let pairs = pairs.filter_map(|(key, value)| Some((key, value.as_str()?.to_owned())));
    pairs.collect()
}

fn labels_object(labels: &Labels) -> Object {
    Object(labels.iter().map(|(key, value)| (key.clone(), Value::String(value.clone()))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_pulled_as_the_api_server_says() {
        for always in ["web", "web:latest", "a.b:5000/web", "a/web:latest@sha256:0"] {
            assert_eq!(pull_policy(always), "Always", "{always}");
        }
        for once in ["web:v1", "a.b:5000/web:v1", "web@sha256:0"] {
            assert_eq!(pull_policy(once), "IfNotPresent", "{once}");
        }
    }

    #[test]
    fn another_image_changes_nothing_else() {
        let mut container = Container { name: "web".to_owned(), image: "web:v1".to_owned(), rest: None };
        container.set_image("web:v2");
        assert_eq!(container.rest, None);
        container.set_image("web");
        let rest = container.rest.clone().expect("the policy is kept now");
        assert_eq!(rest.text(PULL_POLICY), Some("IfNotPresent"));
        container.set_image("web:v1");
        assert_eq!(container.rest, None);
    }

    #[test]
    fn an_object_becomes_a_template_and_again_an_object() {
        let mut template = PodTemplateSpec::default();
        template.labels.insert("app".to_owned(), "web".to_owned());
        let rest = Object(vec![("tty".to_owned(), Value::Bool(true))]);
        let (name, image) = ("web".to_owned(), "web:v1".to_owned());
        template.containers.push(Container { name, image, rest: rest.kept() });
        let spec = Object(vec![("hostNetwork".to_owned(), Value::Bool(true))]);
        template.rest = Object(vec![("spec".to_owned(), Value::Object(spec))]).kept();
        assert_eq!(PodTemplateSpec::from_object(template.to_object()), template);
    }
}
