//! What a user's commands do: the API server's side of them.

use super::behaviour::Behaviours;
use super::cluster::Cluster;
use super::command::{Answer, Command, Rejected};
use super::deployment::{edit, rollback};
use super::facts::Happened;
use super::kubelet;
use super::node::Node;
use super::order::sorted_by_key;
use super::out::Out;
use super::pod::PodId;
use super::time::SimTime;

/// Carries out a command, unless it is refused.
pub fn execute(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    command: &Command,
    now: SimTime,
    out: &mut Out,
) -> Result<Answer, Rejected> {
    match command {
        Command::SetImage { deployment, image } => edit::set_image(cluster, *deployment, image, out),
        Command::Scale { deployment, replicas } => edit::scale(cluster, *deployment, *replicas, out),
        Command::Patch { deployment, changes } => edit::patch(cluster, *deployment, changes, out),
        Command::RolloutPause(deployment) => edit::rollout_pause(cluster, *deployment, out),
        Command::RolloutResume(deployment) => edit::rollout_resume(cluster, *deployment, out),
        Command::RolloutRestart(deployment) => edit::rollout_restart(cluster, *deployment, now, out),
        Command::RolloutUndo { deployment, to_revision } => {
            rollback::rollout_undo(cluster, *deployment, *to_revision, out)
        }
        Command::DeletePod(name) => delete_pod(cluster, behaviours, name, out),
        Command::DeletePods => Ok(delete_pods(cluster, behaviours, out)),
        Command::Cordon(name) => cordon(cluster, name),
        Command::Uncordon(name) => uncordon(cluster, name, out),
    }
}

/// `kubectl delete pod NAME`. A pod that is terminating already is deleted once more, to no effect.
fn delete_pod(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    name: &str,
    out: &mut Out,
) -> Result<Answer, Rejected> {
    let found = cluster.existing_pods().map(|(id, _)| id).find(|id| cluster.pod_name(*id) == name);
    let pod = found.ok_or_else(|| not_found("pods", name))?;
    delete_active(cluster, behaviours, pod, out);
    Ok(Answer::PodsDeleted(vec![name.to_owned()]))
}

/// `kubectl delete pods --all`: in the order in which the API server lists them, by name.
fn delete_pods(cluster: &mut Cluster, behaviours: &Behaviours, out: &mut Out) -> Answer {
    let pods: Vec<_> = cluster.existing_pods().map(|(id, _)| (cluster.pod_name(id), id)).collect();
    let pods = sorted_by_key(&pods, Clone::clone);
    if pods.is_empty() {
        return Answer::NoPods;
    }
    for (_, pod) in &pods {
        delete_active(cluster, behaviours, *pod, out);
    }
    Answer::PodsDeleted(pods.into_iter().map(|(name, _)| name).collect())
}

fn delete_active(cluster: &mut Cluster, behaviours: &Behaviours, pod: PodId, out: &mut Out) {
    if cluster.pod(pod).is_active() {
        kubelet::delete(cluster, behaviours, &[pod], Happened::DeletedByHand, out);
    }
}

/// `kubectl cordon NODE`. `kubectl/pkg/cmd/drain/drain.go RunCordonOrUncordon`.
fn cordon(cluster: &mut Cluster, name: &str) -> Result<Answer, Rejected> {
    let node = node_named(cluster, name)?;
    let was = std::mem::replace(&mut node.unschedulable, true);
    let name = name.to_owned();
    Ok(if was { Answer::AlreadyCordoned(name) } else { Answer::Cordoned(name) })
}

/// `kubectl uncordon NODE`. `kubectl/pkg/cmd/drain/drain.go RunCordonOrUncordon`.
fn uncordon(cluster: &mut Cluster, name: &str, out: &mut Out) -> Result<Answer, Rejected> {
    let node = node_named(cluster, name)?;
    let was = std::mem::replace(&mut node.unschedulable, false);
    let name = name.to_owned();
    out.wake_scheduler |= was;
    Ok(if was { Answer::Uncordoned(name) } else { Answer::AlreadyUncordoned(name) })
}

fn node_named<'a>(cluster: &'a mut Cluster, name: &str) -> Result<&'a mut Node, Rejected> {
    let mut nodes = cluster.nodes.iter_mut().flatten();
    nodes.find(|node| &*node.name == name).ok_or_else(|| not_found("nodes", name))
}

fn not_found(resource: &'static str, name: &str) -> Rejected {
    Rejected::NotFound { resource, name: name.to_owned() }
}
