//! Everything that is given before time zero.

use std::rc::Rc;

use super::behaviour::Behaviours;
use super::node::Node;
use super::spec::DeploymentSpec;

/// Everything that is given before time zero: what is applied, and how images behave.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Deployments created in the first instant, in this order; their names differ.
    pub deployments: Vec<(String, DeploymentSpec)>,
    /// How the pods of each image behave.
    pub behaviours: Rc<Behaviours>,
    /// The nodes; absent: every pod finds a node of its own.
    pub nodes: Option<Vec<Node>>,
    /// How many pods the namespace's ResourceQuota `pods` allows; absent: there is none.
    pub quota: Option<u32>,
    /// Decides whatever is left to chance: at present only the ends of pod names.
    pub seed: u64,
}

impl Scenario {
    /// The article's Deployment: ten replicas of `web:v1` and the default strategy.
    pub fn article() -> Self {
        let spec = DeploymentSpec { replicas: 10, ..DeploymentSpec::new("web", "web:v1") };
        Self {
            deployments: vec![("web".to_owned(), spec)],
            behaviours: Rc::default(),
            nodes: None,
            quota: None,
            seed: 1,
        }
    }
}
