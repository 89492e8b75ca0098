//! The rollout that everything is measured on: `web:v1` has settled, then `kubectl set image`.

use std::rc::Rc;

use rollscope::sim::behaviour::{Behaviour, Behaviours};
use rollscope::sim::command::{Command, Scripted};
use rollscope::sim::int_or_string::IntOrString;
use rollscope::sim::scenario::Scenario;
use rollscope::sim::spec::{DeploymentSpec, DeploymentStrategy};
use rollscope::sim::time::SimTime;
use rollscope::timeline::{Inputs, SHOWN, Timeline};

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
        behaviours: Rc::new(Behaviours { default: jittered, by_image: Vec::new() }),
        nodes: None,
        quota: None,
        seed: 1,
    };
    Inputs { scenario, script: vec![Scripted { at: SET_IMAGE_AT, command: set_image() }] }
}

/// The rollout with as many steps as there are pods in it, or more: with so small a surge, and with pods as
/// different as that, nearly every pod is replaced by syncs of its own.
#[allow(dead_code, reason = "not everything that is measured begins here")]
pub fn rollout_in_small_steps(replicas: i32) -> Inputs {
    let mut inputs = rollout(replicas);
    let surge = IntOrString::Int((replicas / 375).max(1));
    inputs.scenario.deployments[0].1.strategy =
        DeploymentStrategy::rolling_update(surge, IntOrString::Int(0));
    Rc::make_mut(&mut inputs.scenario.behaviours).default.jitter = 100;
    inputs
}

fn set_image() -> Command {
    Command::SetImage { deployment: SHOWN, image: "web:v2".to_owned() }
}

/// The same run up to the command, with nothing left to do.
#[allow(dead_code, reason = "not everything that is measured begins here")]
pub fn settled(replicas: i32) -> Timeline {
    let inputs = Inputs { script: Vec::new(), ..rollout(replicas) };
    let mut timeline = Timeline::new(inputs).expect("the API server accepts the scenario");
    timeline.seek_time(SET_IMAGE_AT.max(timeline.last().now()));
    timeline
}

/// The rollout alone.
#[allow(dead_code, reason = "not everything that is measured begins here")]
pub fn roll_out(mut settled: Timeline) -> Timeline {
    settled.act(set_image()).expect("there is such a Deployment");
    settled
}
