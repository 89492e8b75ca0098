//! `kubectl cordon`, `uncordon`, `drain`: `kubectl/pkg/cmd/drain/drain.go`.
//!
//! # What we leave out
//!
//! Pods are deleted at once and not evicted one by one: there are no disruption budgets. A drain does not
//! wait until they are gone.

use crate::kubectl::builder::{Found, Rules};
use crate::kubectl::kinds::NODE;
use crate::kubectl::output::Missing;
use crate::sim::command::{Answer, Command};

use super::{Run, refused};

type Order = fn(String) -> Command;

/// Makes nodes unschedulable.
pub fn cordon(run: &mut Run<'_>) -> Result<(), String> {
    cordon_or_uncordon(run, Command::Cordon).map(|_| ())
}

/// Makes nodes schedulable again.
pub fn uncordon(run: &mut Run<'_>) -> Result<(), String> {
    cordon_or_uncordon(run, Command::Uncordon).map(|_| ())
}

/// `drain.go RunCordonOrUncordon`; the nodes that were found.
fn cordon_or_uncordon(run: &mut Run<'_>, order: Order) -> Result<Vec<Found>, String> {
    let dry_run = run.dry_run()?;
    if run.flags.args.is_empty() && run.flags.get("selector").is_none() {
        let usage = format!("USAGE: {} NODE [flags]", run.name);
        return Err(run.usage(&format!("error: {usage}")));
    }
    let args: Vec<_> = std::iter::once(NODE.plural.to_owned())
        .chain(run.flags.args.iter().map(|name| name.rsplit('/').next().unwrap_or(name).to_owned()))
        .collect();
    let nodes = run.find_of(&args, Rules { type_alone: true, ignore_not_found: false })?.found;
    if !run.errors.is_empty() {
        return Ok(Vec::new());
    }
    for node in &nodes {
        let what = match run.act(dry_run, order(node.name.clone())) {
            Ok(Answer::Cordoned(_)) => "cordoned",
            Ok(Answer::AlreadyCordoned(_)) => "already cordoned",
            Ok(Answer::Uncordoned(_)) => "uncordoned",
            Ok(_) => "already uncordoned",
            // A node that is there for one pod only cannot be told anything.
            Err(_) => {
                run.out.lack(Missing::change_of(node.kind));
                return Ok(Vec::new());
            }
        };
        run.done(node, what, dry_run);
    }
    Ok(nodes)
}

/// Makes nodes unschedulable and takes their pods away.
pub fn drain(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["pod-selector"]) {
        return Ok(());
    }
    let dry_run = run.dry_run()?;
    let nodes = cordon_or_uncordon(run, Command::Cordon)?;
    for node in &nodes {
        let pods = run.api.pods().into_iter();
        let pods: Vec<_> = pods.filter(|pod| pod.node.as_deref() == Some(&node.name)).collect();
        let evicts = !run.is("disable-eviction");
        for pod in pods.iter().filter(|_| evicts) {
            run.out.say(&format!("evicting pod default/{}{dry_run}", pod.name));
        }
        for pod in pods.iter().filter(|_| dry_run.is_empty()) {
            match run.api.act(Command::DeletePod(pod.name.clone())) {
                Ok(_) => {
                    let what = if evicts { "evicted" } else { "deleted" };
                    run.out.say(&format!("pod/{} {what}", pod.name));
                }
                Err(rejected) => run.errors.push(refused(&rejected)),
            }
        }
        run.done(node, "drained", dry_run);
    }
    Ok(())
}
