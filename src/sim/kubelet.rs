//! The kubelets of all nodes: start, probe, stop.
//!
//! # What we leave out
//!
//! - **Pulling.** The time to start is one span; it holds pulling, creating and starting.
//! - **Probes in detail.** A pod becomes ready when its image says so, and stays ready.
//! - **Crashes and images that cannot be pulled.** No image does that yet.

use super::agenda::Work;
use super::behaviour::{Behaviour, Behaviours};
use super::cluster::Cluster;
use super::out::{Event, Fact, Out};
use super::pod::{PodId, Stage};
use super::time::{SimDuration, SimTime};

/// A bound pod whose container does not run yet is gone after this long.
const STOP_BEFORE_START: SimDuration = SimDuration::from_secs(1);

/// The pod has a node; its container begins to start.
pub fn bound(cluster: &mut Cluster, behaviours: &Behaviours, pod: PodId, now: SimTime, out: &mut Out) {
    cluster.pod_mut(pod).stage = Stage::Pending;
    out.pod_changed(cluster.pod(pod).replica_set);
    match behaviour(cluster, behaviours, pod).start(cluster.pod(pod).batch) {
        SimDuration::ZERO => started(cluster, behaviours, pod, now, out),
        delay => out.after(delay, Work::Started(pod)),
    }
}

/// The container runs; the readiness probe begins.
pub fn started(cluster: &mut Cluster, behaviours: &Behaviours, id: PodId, now: SimTime, out: &mut Out) {
    let pod = cluster.pod_mut(id);
    if pod.stage != Stage::Pending {
        return; // it was deleted in the meantime
    }
    pod.stage = Stage::Running;
    pod.started = Some(now);
    out.event(Event::Started(id));
    out.pod_changed(pod.replica_set);
    match behaviour(cluster, behaviours, id).ready(cluster.pod(id).batch) {
        Some(SimDuration::ZERO) => ready(cluster, id, now, out),
        Some(delay) => out.after(delay, Work::Ready(id)),
        None => {}
    }
}

/// The readiness probe succeeds.
pub fn ready(cluster: &mut Cluster, id: PodId, now: SimTime, out: &mut Out) {
    let pod = cluster.pod_mut(id);
    if pod.stage != Stage::Running {
        return; // it was deleted in the meantime
    }
    pod.stage = Stage::Ready;
    pod.ready = Some(now);
    out.fact(Fact::PodReady(id));
    out.pod_changed(pod.replica_set);
}

/// Somebody deleted the pod. It counts no longer, and is gone when its container has stopped.
pub fn delete(cluster: &mut Cluster, behaviours: &Behaviours, id: PodId, now: SimTime, out: &mut Out) {
    let delay = match cluster.pod(id).stage {
        Stage::Unscheduled => SimDuration::ZERO,
        Stage::Pending => STOP_BEFORE_START,
        _ => behaviour(cluster, behaviours, id).terminate,
    };
    let pod = cluster.pod_mut(id);
    pod.stage = Stage::Terminating;
    pod.deleted = Some(now);
    match delay {
        SimDuration::ZERO => gone(cluster, id, now, out),
        delay => out.after(delay, Work::Gone(id)),
    }
}

/// The container has stopped; the object vanishes.
pub fn gone(cluster: &mut Cluster, id: PodId, now: SimTime, out: &mut Out) {
    let pod = cluster.pod_mut(id);
    pod.stage = Stage::Gone;
    pod.gone = Some(now);
    let replica_set = pod.replica_set;
    let pods = &mut cluster.replica_set_mut(replica_set).pods;
    if let Ok(index) = pods.binary_search(&id) {
        pods.remove(index);
    }
    out.fact(Fact::PodGone(id));
    out.pod_changed(replica_set);
}

fn behaviour<'a>(cluster: &Cluster, behaviours: &'a Behaviours, pod: PodId) -> &'a Behaviour {
    let template = &cluster.replica_set(cluster.pod(pod).replica_set).template;
    behaviours.of(template.image())
}
