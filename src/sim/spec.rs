//! What a user asks of a Deployment: `apps/v1` `DeploymentSpec`, with the API server's defaults
//! (`pkg/apis/apps/v1/defaults.go`) as values of [`Default`].

use std::collections::BTreeMap;
use std::rc::Rc;

use super::int_or_string::IntOrString;

/// `DeploymentSpec`, as far as it matters to a rollout.
#[derive(Clone, Debug, PartialEq)]
pub struct DeploymentSpec {
    /// How many pods are wanted.
    pub replicas: i32,
    /// `selector.matchLabels`.
    pub selector: Labels,
    /// What each pod is made from. A change of it, and of nothing else, starts a rollout.
    pub template: Rc<PodTemplateSpec>,
    /// `strategy.rollingUpdate`.
    pub rolling_update: RollingUpdateDeployment,
    /// Seconds for which a pod must stay ready until it counts as available.
    pub min_ready_seconds: i32,
    /// How many old ReplicaSets are kept for undo.
    pub revision_history_limit: i32,
    /// Seconds without progress after which the Deployment reports that it is stuck.
    pub progress_deadline_seconds: i32,
}

/// `RollingUpdateDeployment`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollingUpdateDeployment {
    /// How many pods may be missing during the update.
    pub max_unavailable: IntOrString,
    /// How many pods there may be on top of `replicas`.
    pub max_surge: IntOrString,
}

impl Default for RollingUpdateDeployment {
    /// `defaults.go SetDefaults_Deployment`: 25% each.
    fn default() -> Self {
        let quarter = || IntOrString::String("25%".to_owned());
        Self { max_unavailable: quarter(), max_surge: quarter() }
    }
}

/// Labels or annotations, sorted by key as Go prints maps.
pub type Labels = BTreeMap<String, String>;

/// `v1.PodTemplateSpec`, as far as it is kept: labels, annotations, containers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodTemplateSpec {
    /// `metadata.labels`.
    pub labels: Labels,
    /// `metadata.annotations`.
    pub annotations: Labels,
    /// `spec.containers`.
    pub containers: Vec<Container>,
}

/// `v1.Container`, as far as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// What `kubectl set image` calls it.
    pub name: String,
    /// The image it runs.
    pub image: String,
}

/// A number that stands for "no limit" (`revisionHistoryLimit`) and "no deadline"
/// (`progressDeadlineSeconds`).
pub const UNLIMITED: i32 = i32::MAX;

impl DeploymentSpec {
    /// One container named like the Deployment, the label `app`, and every default of the API server:
    /// what `kubectl create deployment web --image=web:v1` asks for.
    pub fn new(name: &str, image: &str) -> Self {
        let labels = Labels::from([("app".to_owned(), name.to_owned())]);
        let container = Container { name: name.to_owned(), image: image.to_owned() };
        let template = PodTemplateSpec {
            labels: labels.clone(),
            annotations: Labels::new(),
            containers: vec![container],
        };
        Self {
            replicas: 1,
            selector: labels,
            template: Rc::new(template),
            rolling_update: RollingUpdateDeployment::default(),
            min_ready_seconds: 0,
            revision_history_limit: 10,
            progress_deadline_seconds: 600,
        }
    }
}

impl PodTemplateSpec {
    /// The image of the first container: the one a pod is known by on the page.
    pub fn image(&self) -> &str {
        self.containers.first().map_or("", |container| &container.image)
    }
}
