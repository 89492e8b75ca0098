//! What no snapshot tells and the commands before it do: whole templates, annotations, what was applied, which
//! nodes are cordoned.

use std::collections::BTreeMap;
use std::rc::Rc;

use rollscope::kubectl::api::{Event, Pair};
use rollscope::sim::annotations::{Annotations, Number};
use rollscope::sim::cluster::Deployment;
use rollscope::sim::deployment::revisions::{
    MAX_REV_HISTORY_LENGTH_IN_CHARS, deployment_revision, set_new_replica_set_annotations,
};
use rollscope::sim::pod_template_hash::pod_template_hash;
use rollscope::sim::spec::PodTemplateSpec;
use rollscope::sim::time::SimDuration;
use serde_json::Value;

use super::state::{list, text};

/// What the commands of a topic have done so far.
#[derive(Clone, Default)]
pub struct Memory {
    /// What `kubectl apply` applied last, by the names of Deployments.
    pub applied: BTreeMap<String, String>,
    /// Which labels were given or taken away, by type and name.
    pub labelled: BTreeMap<(String, String), Vec<Pair>>,
    /// The events that a listing tells of.
    pub events: Vec<Event>,
    /// How often the containers of pods were restarted, and how long ago they had ended.
    pub restarts: BTreeMap<String, (u32, SimDuration)>,
    /// The namespace of the context.
    pub namespace: Option<String>,
    /// The nodes that are cordoned.
    pub cordoned: Vec<String>,
    /// Deployments as the last command has left them.
    deployments: BTreeMap<String, Deployment>,
    /// Every template that a Deployment has had, by the name of the ReplicaSet that follows from it.
    templates: BTreeMap<String, Rc<PodTemplateSpec>>,
    /// Annotations of ReplicaSets.
    annotations: BTreeMap<String, Annotations>,
}

impl Memory {
    /// A Deployment after a command.
    pub fn take(&mut self, deployment: &Deployment) {
        let (template, name) = (&deployment.spec.template, &deployment.name);
        let hash: String = pod_template_hash(template, deployment.status.collision_count).collect();
        self.templates.insert(format!("{name}-{hash}"), Rc::clone(template));
        self.deployments.insert(name.to_string(), deployment.clone());
    }

    /// What is not in a snapshot is gone, and what comes in its place begins anew.
    pub fn forget_all_but(&mut self, recorded: &Value) {
        let is_there =
            |kind: &str, name: &str| list(&recorded[kind]).any(|given| text(&given["name"]) == name);
        self.applied.retain(|name, _| is_there("deployments", name));
        self.labelled
            .retain(|(kind, name), _| kind == "Node" || is_there(&format!("{}s", kind.to_lowercase()), name));
        self.deployments.retain(|name, _| is_there("deployments", name));
        self.annotations.retain(|name, _| is_there("replicasets", name));
    }

    /// A Deployment, unless another one of the name runs other images than the recorded.
    pub fn deployment(&self, name: &str, images: &Value) -> Option<&Deployment> {
        self.deployments.get(name).filter(|known| has_images(&known.spec.template, images))
    }

    /// The template that a ReplicaSet's name follows from. Its images may have been changed by hand since.
    pub fn template(&self, name: &str, images: &Value) -> Option<Rc<PodTemplateSpec>> {
        let mut template = Rc::clone(self.templates.get(name)?);
        if !has_images(&template, images) {
            let containers = &mut Rc::make_mut(&mut template).containers;
            containers
                .iter_mut()
                .zip(list(images))
                .for_each(|(of, image)| text(image).clone_into(&mut of.image));
        }
        Some(template)
    }

    /// A template that a ReplicaSet is seen to have.
    pub fn note_template(&mut self, name: &str, template: &Rc<PodTemplateSpec>) {
        self.templates.insert(name.to_owned(), Rc::clone(template));
    }

    /// The annotations of a ReplicaSet that has this revision now, as its Deployment's controller writes them.
    pub fn annotations_of(&mut self, name: &str, revision: i64, owner: &Deployment) -> Annotations {
        let annotations = self.annotations.entry(name.to_owned()).or_default();
        if annotations.number(Number::Revision).is_some_and(|known| revision < known) {
            // Another one has come in its place.
            *annotations = Annotations::default();
        }
        let is_new = revision == deployment_revision(owner);
        if is_new && owner.status.observed_generation == owner.generation {
            set_new_replica_set_annotations(owner, annotations, revision, MAX_REV_HISTORY_LENGTH_IN_CHARS);
        } else if revision != 0 && annotations.number(Number::Revision).is_none() {
            annotations.set_number(Number::Revision, revision);
        }
        annotations.clone()
    }
}

fn has_images(template: &PodTemplateSpec, images: &Value) -> bool {
    template.containers.iter().map(|container| container.image.as_str()).eq(list(images).map(text))
}
