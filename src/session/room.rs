//! How many pods a run may come to have.
//!
//! The API server lets any size and any surge pass, and one who scales in the middle of a rollout gets all
//! of it: millions of pods, if one asks for them.

use crate::sim::command::Command;
use crate::sim::deployment::edit;
use crate::sim::deployment::fenceposts::max_surge;
use crate::sim::spec::DeploymentSpec;
use crate::timeline::Inputs;

use super::settings::{Field, MAX_REPLICAS, MAX_REPLICAS_ON_NODES, Problem};

/// What is too large about a run, if anything is: its size and surge, or those of a command in its script.
pub fn problem(inputs: &Inputs) -> Option<(Field, Problem)> {
    let most = match inputs.scenario.nodes {
        Some(_) => MAX_REPLICAS_ON_NODES,
        None => MAX_REPLICAS,
    };
    let too_many = Problem::TooMany { most };
    let mut spec = inputs.scenario.deployments[0].1.clone();
    let mut script = inputs.script.iter();
    loop {
        if most < spec.replicas {
            return Some((Field::Replicas, too_many));
        }
        if most < surge(&spec) {
            return Some((Field::MaxSurge, too_many));
        }
        match &script.next()?.command {
            Command::Scale { replicas, .. } => spec.replicas = *replicas,
            Command::Patch { changes, .. } => {
                changes.iter().for_each(|change| edit::apply(change, &mut spec))
            }
            _ => {}
        }
    }
}

fn surge(spec: &DeploymentSpec) -> i32 {
    if spec.strategy.rolling_update.is_some() { max_surge(spec) } else { 0 }
}
