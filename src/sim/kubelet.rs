//! The kubelets of all nodes: start, probe, start again, stop.
//!
//! # What we leave out
//!
//! - **Pulling.** The time to start is one span; it holds pulling, creating and starting. An image
//!   that cannot be pulled is tried once and then waited for; a cluster tries again at longer and
//!   longer intervals, and `ErrImagePull` and `ImagePullBackOff` take turns.
//! - **Probes in detail.** A pod becomes ready, and unready, when its image says so; periods and
//!   thresholds are not modelled.
//! - **The first restart.** Here a container that exits waits ten seconds before it runs again, as in
//!   the reference traces. A kubelet starts it again at once the first time.
//! - **Eviction.** No pod fails for good.

use super::agenda::Work;
use super::backoff::Backoff;
use super::behaviour::{Behaviour, Behaviours, Chance};
use super::cluster::Cluster;
use super::deployment;
use super::out::{Event, Fact, Out};
use super::pod::{PodId, Stage, Waiting};
use super::time::{SimDuration, SimTime};

/// A bound pod whose container has never run is gone after this long.
const STOP_BEFORE_START: SimDuration = SimDuration::from_secs(1);

/// From `ErrImagePull` to `ImagePullBackOff`.
const UNTIL_PULL_BACK_OFF: SimDuration = SimDuration::from_secs(15);

/// How long a crashed container waits. `pkg/kubelet/kubelet.go MaxCrashLoopBackOff` and
/// `initialCrashLoopBackOff`.
pub const CRASH_LOOP_BACKOFF: Backoff =
    Backoff { initial: SimDuration::from_secs(10), max: SimDuration::from_secs(300) };

/// The shortest time for which a flapping probe keeps its answer.
const SHORTEST_FLAP: SimDuration = SimDuration::from_secs(1);

/// The pod has a node; its container begins to start.
pub fn bound(cluster: &mut Cluster, behaviours: &Behaviours, id: PodId, now: SimTime, out: &mut Out) {
    if cluster.pods.trouble(id).unschedulable.is_some() {
        cluster.pods.trouble_mut(id).unschedulable = None;
    }
    cluster.change_pod(id, |pod| pod.at(Stage::Pending));
    out.pod_changed(cluster.pod(id).replica_set);
    let behaviour = behaviour(cluster, behaviours, id);
    let delay = take(cluster, behaviour, id, Chance::Start, behaviour.start(cluster.pod(id).batch));
    match (behaviour.cannot_pull, delay) {
        (true, SimDuration::ZERO) => pull_failed(cluster, id, out),
        (true, delay) => out.after(delay, Work::PullFailed(id)),
        (false, SimDuration::ZERO) => started(cluster, behaviours, id, now, out),
        (false, delay) => out.after(delay, Work::Started(id)),
    }
}

/// The image does not arrive.
pub fn pull_failed(cluster: &mut Cluster, id: PodId, out: &mut Out) {
    let pod = cluster.pods.pod_mut(id);
    if pod.stage != Stage::Pending {
        return; // it was deleted in the meantime
    }
    pod.waiting = Some(Waiting::ErrImagePull);
    out.event(Event::PullFailed(id));
    out.pod_changed(pod.replica_set);
    out.after(UNTIL_PULL_BACK_OFF, Work::PullBackOff(id));
}

/// The kubelet waits before it tries to pull again.
pub fn pull_back_off(cluster: &mut Cluster, id: PodId, out: &mut Out) {
    let pod = cluster.pods.pod_mut(id);
    if pod.stage != Stage::Pending {
        return; // it was deleted in the meantime
    }
    pod.waiting = Some(Waiting::ImagePullBackOff);
    out.event(Event::PullBackOff(id));
    out.pod_changed(pod.replica_set);
}

/// The container runs for the first time.
pub fn started(cluster: &mut Cluster, behaviours: &Behaviours, id: PodId, now: SimTime, out: &mut Out) {
    if cluster.pod(id).stage != Stage::Pending {
        return; // it was deleted in the meantime
    }
    cluster.change_pod(id, |pod| pod.at(Stage::Running));
    runs(cluster, behaviours, id, now, out);
}

/// The container runs again after a crash.
pub fn restarted(cluster: &mut Cluster, behaviours: &Behaviours, id: PodId, now: SimTime, out: &mut Out) {
    let pod = cluster.pods.pod_mut(id);
    let waits = pod.waiting == Some(Waiting::CrashLoopBackOff) && pod.stage == Stage::Running;
    let backoff = cluster.pods.trouble(id).backoff;
    if !waits || CRASH_LOOP_BACKOFF.is_in_backoff_since_update(backoff, now) {
        return; // it was deleted in the meantime
    }
    let pod = cluster.pods.pod_mut(id);
    pod.waiting = None;
    pod.restarts = pod.restarts.saturating_add(1);
    runs(cluster, behaviours, id, now, out);
}

/// What an image does from the moment on at which its container runs.
fn runs(cluster: &mut Cluster, behaviours: &Behaviours, id: PodId, now: SimTime, out: &mut Out) {
    let pod = cluster.pod(id);
    let (batch, run) = (pod.batch, pod.restarts);
    out.event(Event::Started(id));
    out.pod_changed(pod.replica_set);
    let behaviour = behaviour(cluster, behaviours, id);
    match behaviour.ready(batch) {
        Some(SimDuration::ZERO) => ready(cluster, behaviours, id, run, now, out),
        Some(delay) => {
            out.after(take(cluster, behaviour, id, Chance::Ready, delay), Work::Ready(id, run));
        }
        None => {}
    }
    match behaviour.crash_after {
        Some(SimDuration::ZERO) => crashed(cluster, id, run, now, out),
        Some(delay) => {
            out.after(take(cluster, behaviour, id, Chance::Crash, delay), Work::Crashed(id, run));
        }
        None => {}
    }
}

/// The readiness probe succeeds in the container's run number `run`.
pub fn ready(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    id: PodId,
    run: u16,
    now: SimTime,
    out: &mut Out,
) {
    let pod = cluster.pod(id);
    if pod.stage != Stage::Running || pod.restarts != run || pod.waiting.is_some() {
        return; // it was deleted or has crashed in the meantime
    }
    out.fact(Fact::PodReady(id));
    out.pod_changed(pod.replica_set);
    cluster.change_pod(id, |pod| pod.at(Stage::Ready).ready_since(Some(now)));
    let behaviour = behaviour(cluster, behaviours, id);
    if let Some(flap) = behaviour.flap {
        let delay = take(cluster, behaviour, id, Chance::Unready, flap.ready_for.max(SHORTEST_FLAP));
        out.after(delay, Work::Unready(id, run));
    }
}

/// The readiness probe fails, after it had succeeded in the same run.
pub fn unready(cluster: &mut Cluster, behaviours: &Behaviours, id: PodId, run: u16, out: &mut Out) {
    let pod = cluster.pod(id);
    if pod.stage != Stage::Ready || pod.restarts != run {
        return; // it was deleted or has crashed in the meantime
    }
    out.event(Event::Unhealthy(id));
    out.pod_changed(pod.replica_set);
    cluster.change_pod(id, |pod| pod.at(Stage::Running).ready_since(None));
    let behaviour = behaviour(cluster, behaviours, id);
    if let Some(flap) = behaviour.flap {
        let delay = take(cluster, behaviour, id, Chance::Ready, flap.unready_for.max(SHORTEST_FLAP));
        out.after(delay, Work::Ready(id, run));
    }
}

/// The container exits with an error. It runs again after a while, longer each time.
pub fn crashed(cluster: &mut Cluster, id: PodId, run: u16, now: SimTime, out: &mut Out) {
    let pod = cluster.pod(id);
    let runs = matches!(pod.stage, Stage::Running | Stage::Ready);
    if !runs || pod.restarts != run {
        return; // it was deleted in the meantime
    }
    out.event(Event::BackOff(id));
    out.pod_changed(pod.replica_set);
    cluster.change_pod(id, |pod| pod.at(Stage::Running).ready_since(None));
    cluster.pods.pod_mut(id).waiting = Some(Waiting::CrashLoopBackOff);
    let trouble = cluster.pods.trouble_mut(id);
    let entry = CRASH_LOOP_BACKOFF.next(trouble.backoff, now);
    trouble.backoff = Some(entry);
    out.after(entry.backoff, Work::Restarted(id));
}

/// Somebody deleted the pod. It counts no longer, and is gone when its container has stopped.
pub fn delete(cluster: &mut Cluster, behaviours: &Behaviours, id: PodId, out: &mut Out) {
    let delay = match cluster.pod(id).stage {
        Stage::Unscheduled => SimDuration::ZERO,
        Stage::Pending => STOP_BEFORE_START,
        _ => {
            let behaviour = behaviour(cluster, behaviours, id);
            take(cluster, behaviour, id, Chance::Terminate, behaviour.terminate)
        }
    };
    cluster.change_pod(id, |pod| pod.at(Stage::Terminating));
    out.pod_changed(cluster.pod(id).replica_set);
    match delay {
        SimDuration::ZERO => gone(cluster, id, out),
        delay => out.after(delay, Work::Gone(id)),
    }
}

/// The container has stopped; the object vanishes, and its place on the node is free.
pub fn gone(cluster: &mut Cluster, id: PodId, out: &mut Out) {
    cluster.change_pod(id, |pod| pod.at(Stage::Gone));
    let pod = cluster.pod(id);
    let (replica_set, node) = (pod.replica_set, pod.node());
    if let Some(pods) = node.and_then(|node| cluster.pods.on_node_mut(node)) {
        *pods -= 1;
        out.wake_scheduler = true;
    }
    out.fact(Fact::PodGone(id));
    out.pod_changed(replica_set);
    deployment::delete_pod(cluster, replica_set, out);
}

/// How long something takes this pod that takes `time` without chance.
#[inline]
fn take(
    cluster: &Cluster,
    behaviour: &Behaviour,
    id: PodId,
    what: Chance,
    time: SimDuration,
) -> SimDuration {
    let run = u32::from(cluster.pod(id).restarts);
    behaviour.jittered(time, || cluster.dice.roll(id.0, what as u32 + 8 * run))
}

fn behaviour<'a>(cluster: &Cluster, behaviours: &'a Behaviours, pod: PodId) -> &'a Behaviour {
    let template = &cluster.replica_set(cluster.pod(pod).replica_set).template;
    behaviours.of(template.image())
}
