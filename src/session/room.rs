//! How many pods a run may come to have.
//!
//! The API server lets any size and any surge pass, and one who scales in the middle of a rollout gets all
//! of it: millions of pods, if one asks for them. And who asks again and again gets as many one after the other.

use crate::sim::command::{Change, Command};
use crate::sim::deployment::edit;
use crate::sim::deployment::fenceposts::max_surge;
use crate::sim::spec::DeploymentSpec;
use crate::timeline::Inputs;

use super::settings::{Field, MAX_REPLICAS, MAX_REPLICAS_ON_NODES, Problem};

/// As many pods as a link may ask for, one after the other: the largest run, and three rollouts of it. Nobody should
/// wait for minutes after following a link.
const MOST_IN_LINK: i32 = 4 * MAX_REPLICAS;
/// The same where nodes are listed.
const MOST_IN_LINK_ON_NODES: i32 = 40 * MAX_REPLICAS_ON_NODES;

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
        follow(&script.next()?.command, &mut spec);
    }
}

/// Leaves out of the script of a link what would be too many pods in all. If anything was, how many there may be.
/// Where too many are asked for at once, nothing of it is opened anyway.
pub fn cut(inputs: &mut Inputs) -> Option<i32> {
    if problem(inputs).is_some() {
        return None;
    }
    let most = if inputs.scenario.nodes.is_some() { MOST_IN_LINK_ON_NODES } else { MOST_IN_LINK };
    let mut spec = inputs.scenario.deployments[0].1.clone();
    let mut room = most.saturating_sub(spec.replicas);
    let too_much = inputs.script.iter().position(|scripted| {
        room = room.saturating_sub(asked(&scripted.command, &mut spec));
        room < 0
    });
    inputs.script.truncate(too_much?);
    Some(most)
}

/// How many pods a command may have created: those that are missing, or all of them anew.
fn asked(command: &Command, spec: &mut DeploymentSpec) -> i32 {
    let before = spec.replicas;
    follow(command, spec);
    let of_template = |change: &Change| matches!(change, Change::Template(_) | Change::Image { .. });
    let anew = match command {
        Command::Patch { changes, .. } => changes.iter().any(of_template),
        Command::SetImage { .. } | Command::RolloutRestart(_) | Command::RolloutUndo { .. } => true,
        Command::DeletePods | Command::DeleteReplicaSet(_) => true,
        _ => false,
    };
    if anew { spec.replicas } else { spec.replicas.saturating_sub(before).max(0) }
}

/// What a command makes of the size and the surge.
fn follow(command: &Command, spec: &mut DeploymentSpec) {
    match command {
        Command::Scale { replicas, .. } => spec.replicas = *replicas,
        Command::Patch { changes, .. } => changes.iter().for_each(|change| edit::apply(change, spec)),
        _ => {}
    }
}

fn surge(spec: &DeploymentSpec) -> i32 {
    if spec.strategy.rolling_update.is_some() { max_surge(spec) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line;

    #[test]
    fn what_a_link_asks_for_in_all_is_bounded() {
        #[track_caller]
        fn check(line: &str, kept: usize) {
            let mut inputs = line::read(line.split(' '));
            let all = inputs.script.len();
            assert_eq!((cut(&mut inputs).is_some(), inputs.script.len()), (kept < all, kept), "{line}");
        }

        check("replicas=150000 @1 image=v2 @2 pause @3 image=v3 @4 resume @5 undo", 5);
        check("replicas=150000 @1 image=v2 @2 pause @3 image=v3 @4 resume @5 undo @6 restart @7 pause", 5);
        check("replicas=0 @1 replicas=150000 @2 replicas=0 @3 replicas=150000 @4 replicas=0", 4);
        check(
            "replicas=9 @1 replicas=150000 @2 replicas=0 @3 replicas=150000 @4 deletePods @5 deletePods @6 restart",
            5,
        );
        check("replicas=150000 @1 paused=false @2 maxSurge=1 @3 annotate:a=:b @4 patchReplicas=1", 4);
        check("nodes=a:1 replicas=3000 @1 replicas=0 @2 replicas=3000 @3 restart", 3);
        let restarts = "@1 restart ".repeat(40);
        check(&format!("nodes=a:1 replicas=3000 {}", restarts.trim_end()), 39);
        check("replicas=2147483647 @1 replicas=0 @2 replicas=2147483647", 2);
    }
}
