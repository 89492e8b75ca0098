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
use super::cluster::{Cluster, ReplicaSetId};
use super::deployment;
use super::out::{Event, Fact, Out};
use super::pod::{PodId, Stage, Waiting};
use super::pods::State;
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

/// These pods have nodes; their containers begin to start.
pub fn bound(cluster: &mut Cluster, behaviours: &Behaviours, pods: &[PodId], now: SimTime, out: &mut Out) {
    let mut pace = Pace::default();
    for id in pods.iter().copied() {
        let state = cluster.pods.state(id);
        let behaviour = pace.of(cluster, behaviours, state, out);
        let delay = take(cluster, behaviour, id, Chance::Start, behaviour.start(|| cluster.pods.batch(id)));
        out.event(Event::Scheduled(id));
        cluster.pods.pass(id, Stage::Unscheduled, Stage::Pending);
        match (behaviour.cannot_pull, delay) {
            (true, SimDuration::ZERO) => pull_failed(cluster, id, out),
            (true, delay) => out.after(delay, Work::PullFailed(id)),
            (false, SimDuration::ZERO) => started(cluster, behaviours, &[id], now, out),
            (false, delay) => out.after(delay, Work::Started(id)),
        }
    }
}

/// What the pods of one ReplicaSet have in common, looked up once for all that come one after the other.
#[derive(Default)]
struct Pace<'a>(Option<(ReplicaSetId, &'a Behaviour)>);

impl<'a> Pace<'a> {
    /// How a pod behaves that has changed: its ReplicaSet wants to know.
    #[inline]
    fn of(
        &mut self,
        cluster: &Cluster,
        behaviours: &'a Behaviours,
        state: &State,
        out: &mut Out,
    ) -> &'a Behaviour {
        match self.0 {
            Some((replica_set, behaviour)) if replica_set == state.replica_set => behaviour,
            _ => {
                out.pod_changed(state.replica_set);
                let behaviour = behaviours.at(cluster.pods.counts(state.replica_set).behaviour);
                self.0 = Some((state.replica_set, behaviour));
                behaviour
            }
        }
    }
}

/// The image does not arrive.
pub fn pull_failed(cluster: &mut Cluster, id: PodId, out: &mut Out) {
    let pod = cluster.pods.state_mut(id);
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
    let pod = cluster.pods.state_mut(id);
    if pod.stage != Stage::Pending {
        return; // it was deleted in the meantime
    }
    pod.waiting = Some(Waiting::ImagePullBackOff);
    out.event(Event::PullBackOff(id));
    out.pod_changed(pod.replica_set);
}

/// The containers run for the first time.
pub fn started(cluster: &mut Cluster, behaviours: &Behaviours, pods: &[PodId], now: SimTime, out: &mut Out) {
    let mut pace = Pace::default();
    for id in pods.iter().copied() {
        let state = cluster.pods.state(id);
        if state.stage == Stage::Pending {
            let behaviour = pace.of(cluster, behaviours, state, out);
            cluster.pods.pass(id, Stage::Pending, Stage::Running);
            runs(cluster, behaviours, behaviour, id, now, out);
        } // else it was deleted in the meantime
    }
}

/// The container runs again after a crash.
pub fn restarted(cluster: &mut Cluster, behaviours: &Behaviours, id: PodId, now: SimTime, out: &mut Out) {
    let pod = cluster.pods.state_mut(id);
    let waits = pod.waiting == Some(Waiting::CrashLoopBackOff) && pod.stage == Stage::Running;
    let backoff = cluster.pods.trouble(id).backoff;
    if !waits || CRASH_LOOP_BACKOFF.is_in_backoff_since_update(backoff, now) {
        return; // it was deleted in the meantime
    }
    let pod = cluster.pods.state_mut(id);
    pod.waiting = None;
    pod.restarts = pod.restarts.saturating_add(1);
    out.pod_changed(pod.replica_set);
    let behaviour = behaviour(cluster, behaviours, id);
    runs(cluster, behaviours, behaviour, id, now, out);
}

/// What an image does from the moment on at which its container runs.
#[inline]
fn runs(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    behaviour: &Behaviour,
    id: PodId,
    now: SimTime,
    out: &mut Out,
) {
    let run = cluster.pods.state(id).restarts;
    out.event(Event::Started(id));
    match behaviour.ready(|| cluster.pods.batch(id)) {
        Some(SimDuration::ZERO) => ready(cluster, behaviours, &[(id, run)], now, out),
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

/// The readiness probe succeeds, in a run of the container of that number.
pub fn ready(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    pods: &[(PodId, u16)],
    now: SimTime,
    out: &mut Out,
) {
    let mut pace = Pace::default();
    for (id, run) in pods.iter().copied() {
        let state = cluster.pods.state(id);
        if state.stage != Stage::Running || state.restarts != run || state.waiting.is_some() {
            continue; // it was deleted or has crashed in the meantime
        }
        let behaviour = pace.of(cluster, behaviours, state, out);
        out.fact(Fact::PodReady(id));
        cluster.pods.become_ready(id, now);
        if let Some(flap) = behaviour.flap {
            let delay = take(cluster, behaviour, id, Chance::Unready, flap.ready_for.max(SHORTEST_FLAP));
            out.after(delay, Work::Unready(id, run));
        }
    }
}

/// The readiness probe fails, after it had succeeded in the same run.
pub fn unready(cluster: &mut Cluster, behaviours: &Behaviours, id: PodId, run: u16, out: &mut Out) {
    let pod = cluster.pods.state(id);
    if pod.stage != Stage::Ready || pod.restarts != run {
        return; // it was deleted or has crashed in the meantime
    }
    out.event(Event::Unhealthy(id));
    out.pod_changed(pod.replica_set);
    cluster.pods.become_unready(id);
    let behaviour = behaviour(cluster, behaviours, id);
    if let Some(flap) = behaviour.flap {
        let delay = take(cluster, behaviour, id, Chance::Ready, flap.unready_for.max(SHORTEST_FLAP));
        out.after(delay, Work::Ready(id, run));
    }
}

/// The container exits with an error. It runs again after a while, longer each time.
pub fn crashed(cluster: &mut Cluster, id: PodId, run: u16, now: SimTime, out: &mut Out) {
    let pod = cluster.pods.state(id);
    let runs = matches!(pod.stage, Stage::Running | Stage::Ready);
    if !runs || pod.restarts != run {
        return; // it was deleted in the meantime
    }
    out.event(Event::BackOff(id));
    out.pod_changed(pod.replica_set);
    if pod.stage == Stage::Ready {
        cluster.pods.become_unready(id);
    }
    cluster.pods.state_mut(id).waiting = Some(Waiting::CrashLoopBackOff);
    let trouble = cluster.pods.trouble_mut(id);
    let entry = CRASH_LOOP_BACKOFF.next(trouble.backoff, now);
    trouble.backoff = Some(entry);
    out.after(entry.backoff, Work::Restarted(id));
}

/// Somebody deleted these pods, and `tells` so. They count no longer, and are gone when their containers
/// have stopped.
pub fn delete(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    pods: &[PodId],
    tells: fn(PodId, Stage) -> Fact,
    out: &mut Out,
) {
    let mut pace = Pace::default();
    for id in pods.iter().copied() {
        let state = cluster.pods.state(id);
        let (was, behaviour) = (state.stage, pace.of(cluster, behaviours, state, out));
        let delay = match was {
            Stage::Unscheduled => SimDuration::ZERO,
            Stage::Pending => STOP_BEFORE_START,
            _ => take(cluster, behaviour, id, Chance::Terminate, behaviour.terminate),
        };
        cluster.pods.terminate(id);
        match delay {
            SimDuration::ZERO => gone(cluster, &[id], out),
            delay => out.after(delay, Work::Gone(id)),
        }
        out.fact(tells(id, was));
    }
}

/// The containers have stopped; the objects vanish, and their places on nodes are free.
pub fn gone(cluster: &mut Cluster, pods: &[PodId], out: &mut Out) {
    let has_nodes = cluster.nodes.is_some();
    for id in pods.iter().copied() {
        out.fact(Fact::PodGone(id));
        out.pod_changed(cluster.pods.state(id).replica_set);
        cluster.pods.vanish(id);
        if has_nodes {
            leave_node(cluster, id, out);
        }
    }
    for id in pods.iter().copied().filter(|id| cluster.pods.is_last_of_its_set(*id)) {
        deployment::delete_pod(cluster, cluster.pods.state(id).replica_set, out);
    }
}

fn leave_node(cluster: &mut Cluster, id: PodId, out: &mut Out) {
    let node = cluster.pod(id).node();
    if let Some(pods) = node.and_then(|node| cluster.pods.on_node_mut(node)) {
        *pods -= 1;
        out.wake_scheduler = true;
    }
}

/// How long something takes this pod that takes `time` without chance.
#[inline]
fn take(cluster: &Cluster, behaviour: &Behaviour, id: PodId, what: Chance, time: SimDuration) -> SimDuration {
    let run = u32::from(cluster.pods.state(id).restarts);
    behaviour.jittered(time, || cluster.dice.roll(id.0, what as u32 + 8 * run))
}

#[inline]
fn behaviour<'a>(cluster: &Cluster, behaviours: &'a Behaviours, pod: PodId) -> &'a Behaviour {
    behaviours.at(cluster.pods.counts(cluster.pods.state(pod).replica_set).behaviour)
}
