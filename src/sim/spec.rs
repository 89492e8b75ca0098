//! What a user asks of a Deployment: `apps/v1` `DeploymentSpec`, with the API server's defaults
//! (`pkg/apis/apps/v1/defaults.go`) as values of [`Default`].

use std::rc::Rc;

use super::int_or_string::IntOrString;
pub use super::labels::Labels;

/// `DeploymentSpec`, as far as it matters to a rollout.
#[derive(Clone, Debug, PartialEq)]
pub struct DeploymentSpec {
    /// How many pods are wanted.
    pub replicas: i32,
    /// `selector.matchLabels`; absent if the selector is, which the API server refuses.
    pub selector: Option<Labels>,
    /// What each pod is made from. A change of it, and of nothing else, starts a rollout.
    pub template: Rc<PodTemplateSpec>,
    /// `strategy`.
    pub strategy: DeploymentStrategy,
    /// Seconds for which a pod must stay ready until it counts as available.
    pub min_ready_seconds: i32,
    /// How many old ReplicaSets are kept for undo.
    pub revision_history_limit: i32,
    /// Seconds without progress after which the Deployment reports that it is stuck.
    pub progress_deadline_seconds: i32,
    /// Whether the controller leaves the template alone.
    pub paused: bool,
}

/// `DeploymentStrategy`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeploymentStrategy {
    /// `type`.
    pub kind: StrategyType,
    /// `rollingUpdate`: there with `RollingUpdate`, and refused with `Recreate`.
    pub rolling_update: Option<RollingUpdateDeployment>,
}

/// `DeploymentStrategyType`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StrategyType {
    /// Old and new pods trade places within ceiling and floor.
    RollingUpdate,
    /// All old pods go before the first new one comes.
    Recreate,
    /// A word that the API server refuses.
    Other(String),
}

/// `RollingUpdateDeployment`. An absent value counts as 0 to the controller; the API server lets none
/// be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollingUpdateDeployment {
    /// How many pods may be missing during the update.
    pub max_unavailable: Option<IntOrString>,
    /// How many pods there may be on top of `replicas`.
    pub max_surge: Option<IntOrString>,
}

impl StrategyType {
    /// Reads the word that stands in the API object.
    pub fn parse(text: &str) -> Self {
        match text {
            "RollingUpdate" => Self::RollingUpdate,
            "Recreate" => Self::Recreate,
            other => Self::Other(other.to_owned()),
        }
    }

    /// As it stands in the API object.
    pub fn as_str(&self) -> &str {
        match self {
            Self::RollingUpdate => "RollingUpdate",
            Self::Recreate => "Recreate",
            Self::Other(text) => text,
        }
    }
}

impl DeploymentStrategy {
    /// `RollingUpdate` with what is given for it.
    pub fn rolling_update(max_surge: IntOrString, max_unavailable: IntOrString) -> Self {
        let (max_surge, max_unavailable) = (Some(max_surge), Some(max_unavailable));
        let rolling_update = Some(RollingUpdateDeployment { max_unavailable, max_surge });
        Self { kind: StrategyType::RollingUpdate, rolling_update }
    }

    /// `Recreate`.
    pub fn recreate() -> Self {
        Self { kind: StrategyType::Recreate, rolling_update: None }
    }

    /// `defaults.go SetDefaults_Deployment`: with `RollingUpdate` whatever is absent is 25%, one value
    /// independently of the other.
    pub fn set_defaults(&mut self) {
        if self.kind != StrategyType::RollingUpdate {
            return;
        }
        let rolling_update = self.rolling_update.get_or_insert_default();
        let quarter = || IntOrString::String(Rc::from("25%"));
        rolling_update.max_unavailable.get_or_insert_with(quarter);
        rolling_update.max_surge.get_or_insert_with(quarter);
    }
}

impl Default for DeploymentStrategy {
    /// What the API server makes of a strategy that is absent.
    fn default() -> Self {
        let mut strategy = Self { kind: StrategyType::RollingUpdate, rolling_update: None };
        strategy.set_defaults();
        strategy
    }
}

/// `v1.PodTemplateSpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodTemplateSpec {
    /// `metadata.labels`.
    pub labels: Labels,
    /// `metadata.annotations`.
    pub annotations: Labels,
    /// `spec.initContainers`.
    pub init_containers: Vec<Container>,
    /// `spec.containers`.
    pub containers: Vec<Container>,
    /// All other fields.
    pub rest: Option<Rc<Kept>>,
}

/// `v1.Container`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// What `kubectl set image` calls it.
    pub name: String,
    /// The image it runs.
    pub image: String,
    /// When it is pulled: settled when the container came to be, whatever its image is later.
    pub image_pull_policy: &'static str,
    /// All other fields.
    pub rest: Option<Rc<Kept>>,
}

/// Fields that the simulator only keeps, since they count for whether two templates are equal, and for
/// the names of their ReplicaSets. Absent: all of them have the API server's defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// What they are, as JSON: in the API's order, without what equals a default.
    pub json: String,
    /// The text that Go prints of them, cut where the simulator puts in what it knows itself
    /// ([`pod_template_hash`](super::pod_template_hash)).
    pub printed: Vec<String>,
}

impl Container {
    /// A container that says no more than this.
    pub fn new(name: &str, image: &str) -> Self {
        let (name, image_pull_policy) = (name.to_owned(), default_pull_policy(image));
        Self { name, image: image.to_owned(), image_pull_policy, rest: None }
    }
}

/// What `imagePullPolicy` may be.
pub const PULL_POLICIES: [&str; 3] = ["Always", "IfNotPresent", "Never"];

/// `latest`, by name or by leaving the tag out, is pulled every time.
///
/// `pkg/apis/core/v1/defaults.go SetDefaults_Container`, `pkg/util/parsers ParseImageName`.
pub fn default_pull_policy(image: &str) -> &'static str {
    let last_part = image.rsplit('/').next().unwrap_or(image);
    let (name, digest) = last_part.split_once('@').map_or((last_part, false), |(name, _)| (name, true));
    match name.split_once(':') {
        Some((_, "latest")) => "Always",
        None if !digest => "Always",
        _ => "IfNotPresent",
    }
}

/// A number that stands for "no limit" (`revisionHistoryLimit`) and "no deadline"
/// (`progressDeadlineSeconds`).
pub const UNLIMITED: i32 = i32::MAX;

impl DeploymentSpec {
    /// One container named like the Deployment, the label `app`, and every default of the API server:
    /// what `kubectl create deployment web --image=web:v1` asks for.
    pub fn new(name: &str, image: &str) -> Self {
        let labels = Labels::from([("app".to_owned(), name.to_owned())]);
        let container = Container::new(name, image);
        let template = PodTemplateSpec {
            labels: labels.clone(),
            containers: vec![container],
            ..PodTemplateSpec::default()
        };
        Self {
            replicas: 1,
            selector: Some(labels),
            template: Rc::new(template),
            strategy: DeploymentStrategy::default(),
            min_ready_seconds: 0,
            revision_history_limit: 10,
            progress_deadline_seconds: 600,
            paused: false,
        }
    }
}

impl PodTemplateSpec {
    /// All containers, those that run first before the others.
    pub fn all_containers_mut(&mut self) -> impl Iterator<Item = &mut Container> {
        self.init_containers.iter_mut().chain(&mut self.containers)
    }

    /// The image of the first container: the one a pod is known by on the page.
    pub fn image(&self) -> &str {
        self.containers.first().map_or("", |container| &container.image)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Sim;
    use crate::sim::cluster::DeploymentId;
    use crate::sim::command::Command;
    use crate::sim::scenario::Scenario;
    use crate::sim::time::SimTime;

    #[test]
    fn images_are_pulled_as_the_api_server_says() {
        for always in ["web", "web:latest", "a.b:5000/web", "a/web:latest@sha256:0"] {
            assert_eq!(default_pull_policy(always), "Always", "{always}");
        }
        for once in ["web:v1", "a.b:5000/web:v1", "web@sha256:0"] {
            assert_eq!(default_pull_policy(once), "IfNotPresent", "{once}");
        }
    }

    #[test]
    fn another_image_is_pulled_as_the_first_one_was() {
        let mut scenario = Scenario::article();
        scenario.deployments[0].1 = DeploymentSpec::new("web", "web");
        let (mut sim, _) = Sim::new(&scenario).unwrap();
        while sim.step(SimTime::from_secs(60)).is_some() {}
        let deployment = DeploymentId(0);
        let set_image = Command::SetImage { deployment, image: "web:v2".to_owned() };
        sim.apply(SimTime::from_secs(60), &set_image);
        let container = &sim.cluster.deployment(deployment).spec.template.containers[0];
        assert_eq!((container.image.as_str(), container.image_pull_policy), ("web:v2", "Always"));
    }
}
