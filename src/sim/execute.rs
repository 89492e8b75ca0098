//! What a user's commands do: the API server's side of them.

use super::behaviour::Behaviours;
use super::cluster::{Cluster, DeploymentId, ReplicaSetId};
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
    let deployment = command.deployment().map(|id| cluster.deployment(id));
    if let Some(gone) = deployment.filter(|deployment| deployment.deleted.is_some()) {
        return Err(not_found("deployments.apps", &gone.name));
    }
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
        Command::DeleteDeployment(id) => Ok(delete_deployment(cluster, behaviours, *id, now, out)),
        Command::DeletePod(name) => delete_pod(cluster, behaviours, name, out),
        Command::DeletePods => Ok(delete_pods(cluster, behaviours, out)),
        Command::DeleteReplicaSet(name) => delete_replica_set(cluster, behaviours, name, now, out),
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

/// `kubectl delete replicaset NAME`. The garbage collector deletes its pods, and the Deployment controller sees that
/// it is gone: the new one is made again, with new pods.
fn delete_replica_set(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    name: &str,
    now: SimTime,
    out: &mut Out,
) -> Result<Answer, Rejected> {
    let mut existing =
        (0..).map(ReplicaSetId).zip(&cluster.replica_sets).filter(|(_, set)| set.deleted.is_none());
    let found = existing.find(|(_, set)| *set.name == *name).map(|(id, set)| (id, set.owner));
    let (id, owner) = found.ok_or_else(|| not_found("replicasets.apps", name))?;
    delete_with_pods(cluster, behaviours, id, owner, now, out);
    Ok(Answer::ReplicaSetDeleted(name.to_owned()))
}

/// `kubectl delete deployment NAME`. The garbage collector deletes its ReplicaSets, and their pods.
/// `pkg/controller/garbagecollector/garbagecollector.go attemptToDeleteItem`.
fn delete_deployment(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    id: DeploymentId,
    now: SimTime,
    out: &mut Out,
) -> Answer {
    cluster.deployment_mut(id).delete(now);
    for replica_set in cluster.replica_sets_of(id).to_vec() {
        delete_with_pods(cluster, behaviours, replica_set, id, now, out);
    }
    Answer::DeploymentDeleted
}

fn delete_with_pods(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    id: ReplicaSetId,
    owner: DeploymentId,
    now: SimTime,
    out: &mut Out,
) {
    let own = cluster.existing_pods().filter(|(_, pod)| pod.replica_set == id && pod.is_active());
    let pods: Vec<_> = own.map(|(pod, _)| pod).collect();
    cluster.delete_replica_set(id, now);
    out.replica_set_deleted(id, owner);
    kubelet::delete(cluster, behaviours, &pods, Happened::DeletedByHand, out);
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
    if was {
        out.unscheduled.wake();
    }
    Ok(if was { Answer::Uncordoned(name) } else { Answer::AlreadyUncordoned(name) })
}

fn node_named<'a>(cluster: &'a mut Cluster, name: &str) -> Result<&'a mut Node, Rejected> {
    let mut nodes = cluster.nodes.iter_mut().flatten();
    nodes.find(|node| &*node.name == name).ok_or_else(|| not_found("nodes", name))
}

fn not_found(resource: &'static str, name: &str) -> Rejected {
    Rejected::NotFound { resource, name: name.to_owned() }
}
