//! Manifests: one that is pasted becomes the run, and what is on screen is written as one.

use super::too_large;
use crate::kubectl::files::Files;
use crate::manifest::patch::patch;
use crate::manifest::write::{kyaml, yaml};
use crate::manifest::{Manifest, Reading, read};
use crate::session::settings::next_version;
use crate::sim::command::{Change, Command, Scripted};
use crate::sim::time::SimDuration;
use crate::timeline::{Inputs, SHOWN, Timeline};

/// The manifests on the desk.
#[derive(Clone, Debug, Default)]
pub struct Manifests {
    /// What is pasted.
    pub text: String,
    /// The name of the file that it was, as it was opened.
    pub file: Option<String>,
    /// What is being edited, as it is now.
    pub edited: Option<String>,
    /// What it says; none while there is no text.
    pub reading: Option<Reading>,
    /// How the Deployment on screen is written.
    pub form: Form,
}

/// How a Deployment is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// YAML as kubectl prints it.
    #[default]
    Yaml,
    /// KYAML, which has all its braces.
    Kyaml,
    /// The `kubectl patch` that leads from the beginning of the run to the moment on screen.
    Patch,
}

/// All forms, with their names.
pub const FORMS: [(Form, &str); 3] =
    [(Form::Yaml, "YAML"), (Form::Kyaml, "KYAML"), (Form::Patch, "kubectl patch")];

impl Manifests {
    /// Another text is pasted.
    pub fn paste(&mut self, text: String) {
        self.reading = (!text.trim().is_empty()).then(|| read(&text));
        self.text = text;
    }

    /// What the terminal may read: the text as standard input, and by the name of its file.
    pub fn files(&self) -> Files {
        let stdin = (!self.text.trim().is_empty()).then(|| self.text.clone());
        let named = self.file.iter().map(|name| (name.clone(), self.text.clone())).collect();
        Files { stdin, named }
    }

    /// The run of a Deployment that was pasted: it is created, and when it has settled, the next version is
    /// rolled out. Nothing if it would have more pods than the page draws.
    pub fn run(&self, index: usize) -> Option<Inputs> {
        let manifest = self.reading.as_ref()?.deployments.get(index)?;
        let mut inputs = creation(manifest);
        if too_large(&inputs).is_some() {
            return None;
        }
        let settled = Timeline::new(inputs.clone()).ok()?.end();
        let at = settled + SimDuration::from_secs(5);
        inputs.script.extend(next(manifest).map(|command| Scripted { at, command }));
        Some(inputs)
    }

    /// The Deployment on screen as a text. A patch is empty where nothing has changed, and none where it
    /// cannot be said as one.
    pub fn written(&self, timeline: &Timeline) -> Option<String> {
        let (name, begin) = &timeline.inputs().scenario.deployments[0];
        let now = &timeline.cluster().deployment(SHOWN).spec;
        match self.form {
            Form::Yaml => Some(yaml(name, now)),
            Form::Kyaml => Some(kyaml(name, now)),
            Form::Patch => patch(name, begin, now),
        }
    }
}

/// The run in which a Deployment is created and nothing else happens.
pub fn creation(manifest: &Manifest) -> Inputs {
    Inputs { scenario: manifest.scenario(), script: Vec::new() }
}

/// The next version of the first container, if its image has a number to count up. The other containers stay
/// as they are.
fn next(manifest: &Manifest) -> Option<Command> {
    let container = manifest.spec.template.containers.first()?;
    let image = next_version(&container.image).to_string();
    let is_alone = manifest.spec.template.containers.len() == 1;
    (container.image != image).then(|| match is_alone {
        true => Command::SetImage { deployment: SHOWN, image },
        false => {
            let change = Change::Image { container: container.name.clone(), image };
            Command::Patch { deployment: SHOWN, changes: vec![change] }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::tests::SHOP;
    use crate::sim::time::SimTime;

    #[test]
    fn a_manifest_becomes_a_run_with_a_rollout() {
        let mut manifests = Manifests::default();
        manifests.paste(SHOP.to_owned());
        let inputs = manifests.run(0).expect("it is one Deployment");
        let mut timeline = Timeline::new(inputs).unwrap();
        timeline.seek(timeline.steps());
        let deployment = timeline.cluster().deployment(SHOWN);
        let images: Vec<_> = deployment.spec.template.containers.iter().map(|c| c.image.as_str()).collect();
        assert_eq!((&*deployment.name, &images[..]), ("shop", &["shop:1.3", "log:7"][..]));
        assert_eq!(deployment.status.updated_replicas, 3);
        let yaml = manifests.written(&timeline).unwrap();
        assert!(yaml.contains("image: shop:1.3") && yaml.contains("containerPort: 80"), "{yaml}");
        manifests.form = Form::Patch;
        let patch = manifests.written(&timeline).unwrap();
        assert_eq!(
            patch,
            "kubectl patch deployment shop -p \
             '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"shop\",\"image\":\"shop:1.3\"}]}}}}'"
        );
        timeline.seek_time(SimTime::ZERO);
        assert_eq!(manifests.written(&timeline).as_deref(), Some(""));
    }

    #[test]
    fn a_manifest_with_more_pods_than_are_drawn_makes_no_run() {
        let mut manifests = Manifests::default();
        manifests.paste(SHOP.replace("replicas: 3", "replicas: 2000000000"));
        assert_eq!(manifests.reading.as_ref().map(|reading| reading.deployments.len()), Some(1));
        assert!(manifests.run(0).is_none());
    }

    #[test]
    fn what_is_no_manifest_makes_no_run() {
        let mut manifests = Manifests::default();
        manifests.paste("kind: Deployment".to_owned());
        assert!(manifests.run(0).is_none());
        assert_eq!(manifests.reading.as_ref().map(|reading| reading.problems.len()), Some(1));
        manifests.paste(" \n".to_owned());
        assert_eq!(manifests.reading, None);
    }
}
