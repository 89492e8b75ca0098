//! The rollout that everything is measured on: `web:v1` has settled, then `kubectl set image`.

use rollscope::sim::behaviour::{Behaviour, Behaviours};
use rollscope::sim::command::{Command, Scripted};
use rollscope::sim::scenario::Scenario;
use rollscope::sim::spec::DeploymentSpec;
use rollscope::sim::time::SimTime;
use rollscope::timeline::{Inputs, SHOWN};

/// When the image is set: the slowest pod of `web:v1` is available by then.
const SET_IMAGE_AT: SimTime = SimTime::from_secs(600);

/// By how many percent the pods' times differ.
const JITTER: u32 = 50;

/// `replicas` pods of a small web server, each with times of its own, and the default strategy: a
/// quarter more, and a quarter fewer, while the image changes.
pub fn rollout(replicas: i32) -> Inputs {
    let spec = DeploymentSpec { replicas, ..DeploymentSpec::new("web", "web:v1") };
    let jittered = Behaviour { jitter: JITTER, ..Behaviour::default() };
    let scenario = Scenario {
        deployments: vec![("web".to_owned(), spec)],
        behaviours: Behaviours { default: jittered, by_image: Vec::new() },
        nodes: None,
        quota: None,
        seed: 1,
    };
    let set_image = Command::SetImage { deployment: SHOWN, image: "web:v2".to_owned() };
    Inputs { scenario, script: vec![Scripted { at: SET_IMAGE_AT, command: set_image }] }
}
