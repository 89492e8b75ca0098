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

use std::ops::RangeInclusive;

use super::agenda::{Due, DuePods, Work};
use super::backoff::{Backoff, BackoffEntry};
use super::behaviour::{Behaviour, Behaviours, Chance, Span};
use super::cluster::{Cluster, ReplicaSetId};
use super::deployment;
use super::facts::Happened;
use super::out::Out;
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

/// The stages that pods are in before something happens to them.
const FROM_UNSCHEDULED: RangeInclusive<Stage> = Stage::Unscheduled..=Stage::Unscheduled;
const FROM_PENDING: RangeInclusive<Stage> = Stage::Pending..=Stage::Pending;
const FROM_RUNNING: RangeInclusive<Stage> = Stage::Running..=Stage::Running;
const FROM_ACTIVE: RangeInclusive<Stage> = Stage::Unscheduled..=Stage::Ready;
const FROM_TERMINATING: RangeInclusive<Stage> = Stage::Terminating..=Stage::Terminating;

/// Pods one after the other to which the same happens: they have the same ReplicaSet, stage and times.
struct Group<'p, 'b> {
    pods: &'p [PodId],
    owner: ReplicaSetId,
    stage: Stage,
    batch: u32,
    behaviour: &'b Behaviour,
}

impl<'p, 'b> Group<'p, 'b> {
    /// Takes the first group off the front of `pods`.
    fn next(cluster: &mut Cluster, behaviours: &'b Behaviours, pods: &mut &'p [PodId]) -> Option<Self> {
        let stage = cluster.pods.state(*pods.first()?).stage;
        Self::pass(cluster, behaviours, pods, stage..=stage, stage)
    }

    /// The same, and they come to another stage; who is in none of `from` is passed over. `stage` of the group
    /// is where they were.
    fn pass(
        cluster: &mut Cluster,
        behaviours: &'b Behaviours,
        pods: &mut &'p [PodId],
        from: RangeInclusive<Stage>,
        to: Stage,
    ) -> Option<Self> {
        let table = &mut cluster.pods;
        let others = pods.iter().position(|pod| from.contains(&table.state(*pod).stage))?;
        *pods = &pods[others..];
        let first = pods[0];
        let State { replica_set: owner, stage, .. } = *table.state(first);
        let behaviour = behaviours.at(table.counts(owner).behaviour);
        let (mut batch, mut same_batch) = (0, &pods[..]);
        if behaviour.differs_by_batch() {
            batch = table.batch(first);
            let others = pods.iter().position(|pod| table.batch(*pod) != batch);
            same_batch = &pods[..others.unwrap_or(pods.len())];
        }
        let (alike, rest) = pods.split_at(table.pass(same_batch, to));
        *pods = rest;
        Some(Self { pods: alike, owner, stage, batch, behaviour })
    }

    /// Puts down work for each of them, after a time that is not zero.
    fn later(&self, cluster: &Cluster, time: SimDuration, chance: Chance, work: Work, out: &mut Out) {
        self.after(cluster, self.behaviour.span(time), chance, work, out);
    }

    fn after(&self, cluster: &Cluster, span: Span, chance: Chance, work: Work, out: &mut Out) {
        debug_assert!(!span.is_zero(), "what happens now is done now");
        let (dice, soonest) = (cluster.dice, out.now + span.least());
        out.agenda.begin_if_empty(out.now);
        let more = |pod: &PodId, run: u16| span.more(|| dice.roll(pod.0, chance as u32 + 8 * u32::from(run)));
        if cluster.pods.any_trouble() {
            for pod in self.pods.iter() {
                let run = cluster.pods.state(*pod).restarts;
                out.agenda.add(soonest + more(pod, run), Due { work, pod: *pod, run });
            }
            return;
        }
        // Where no container was ever started again, no pod need be looked at; and to throw the dice for some
        // before anything is put down is quicker than to do both by turns.
        let mut times = [soonest; 64];
        for pods in self.pods.chunks(times.len()) {
            times.iter_mut().zip(pods).for_each(|(time, pod)| *time = soonest + more(pod, 0));
            out.agenda.add_all(work, pods, &times);
        }
    }
}

/// These pods have nodes; their containers begin to start.
pub fn bound(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    mut pods: &[PodId],
    now: SimTime,
    out: &mut Out,
) {
    while let Some(group) = Group::pass(cluster, behaviours, &mut pods, FROM_UNSCHEDULED, Stage::Pending) {
        out.happened(Happened::Scheduled, group.pods, group.owner);
        let cannot_pull = group.behaviour.cannot_pull;
        match group.behaviour.start(group.batch) {
            SimDuration::ZERO if cannot_pull => pull_failed(cluster, behaviours, group.pods, out),
            SimDuration::ZERO => started(cluster, behaviours, group.pods, now, out),
            time => {
                let work = if cannot_pull { Work::PullFailed } else { Work::Started };
                group.later(cluster, time, Chance::Start, work, out);
            }
        }
    }
}

/// What was put down for some pods falls due, as far as it still makes sense.
pub fn fall_due(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    work: Work,
    due: &mut DuePods,
    out: &mut Out,
) {
    let now = out.now;
    // As long as all goes well, whoever has left the stage in which something would have happened to it is
    // passed over, as it comes to the next.
    let comes_on = matches!(work, Work::Started | Work::Ready | Work::Gone);
    if !comes_on || cluster.pods.any_trouble() {
        keep_those_due(cluster.pods.states(), work, due);
    }
    let pods = &mut due.pods;
    match work {
        Work::PullFailed => pull_failed(cluster, behaviours, pods, out),
        Work::PullBackOff => {
            wait(cluster, behaviours, pods, Waiting::ImagePullBackOff, Happened::PullBackOff, out);
        }
        Work::Started => started(cluster, behaviours, pods, now, out),
        Work::Restarted => {
            pods.retain(|pod| has_waited(cluster, *pod, now));
            restarted(cluster, behaviours, pods, now, out);
        }
        Work::Ready => ready(cluster, behaviours, pods, now, out),
        Work::Unready => unready(cluster, behaviours, pods, out),
        Work::Crashed => crashed(cluster, behaviours, pods, now, out),
        Work::Gone => gone(cluster, behaviours, pods, out),
    }
}

/// Keeps the pods that are still waiting for this: one may have been deleted or have crashed in the meantime.
fn keep_those_due(states: &[State], work: Work, DuePods { pods, runs }: &mut DuePods) {
    let (stages, may_wait): (&[Stage], _) = match work {
        Work::PullFailed | Work::PullBackOff | Work::Started => (&[Stage::Pending], true),
        Work::Restarted => (&[Stage::Running], true),
        Work::Ready => (&[Stage::Running], false),
        Work::Unready => (&[Stage::Ready], false),
        Work::Crashed => (&[Stage::Running, Stage::Ready], false),
        Work::Gone => (&[Stage::Terminating], true),
    };
    let stages = stages.iter().fold(0, |stages, stage| stages | 1 << *stage as u32);
    let waits = |pod: &PodId, run: u16| {
        let state = &states[pod.0 as usize];
        let in_time = 1 << state.stage as u32 & stages != 0 && state.restarts == run;
        in_time && (may_wait || state.waiting.is_none())
    };
    let mut runs = runs.iter().flat_map(|(run, count)| std::iter::repeat_n(*run, *count as usize));
    pods.retain(|pod| waits(pod, runs.next().unwrap_or_default()));
}

/// Whether the wait of a container that has crashed is over.
fn has_waited(cluster: &Cluster, pod: PodId, now: SimTime) -> bool {
    cluster.pods.trouble(pod).backoff.is_none_or(|entry| entry.last_update <= now)
}

/// The image does not arrive.
fn pull_failed(cluster: &mut Cluster, behaviours: &Behaviours, pods: &[PodId], out: &mut Out) {
    wait(cluster, behaviours, pods, Waiting::ErrImagePull, Happened::PullFailed, out);
    for pod in pods.iter().copied() {
        let run = cluster.pods.state(pod).restarts;
        out.agenda.add(out.now + UNTIL_PULL_BACK_OFF, Due { work: Work::PullBackOff, pod, run });
    }
}

/// The containers do not run, for another reason than before.
fn wait(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    mut pods: &[PodId],
    waiting: Waiting,
    what: Happened,
    out: &mut Out,
) {
    while let Some(group) = Group::next(cluster, behaviours, &mut pods) {
        out.happened(what, group.pods, group.owner);
        for pod in group.pods {
            cluster.pods.wait(*pod, waiting);
        }
    }
}

/// The containers run for the first time.
fn started(cluster: &mut Cluster, behaviours: &Behaviours, mut pods: &[PodId], now: SimTime, out: &mut Out) {
    while let Some(group) = Group::pass(cluster, behaviours, &mut pods, FROM_PENDING, Stage::Running) {
        run(cluster, behaviours, &group, now, out);
    }
}

/// The containers run again after a crash.
fn restarted(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    mut pods: &[PodId],
    now: SimTime,
    out: &mut Out,
) {
    while let Some(group) = Group::next(cluster, behaviours, &mut pods) {
        group.pods.iter().for_each(|pod| cluster.pods.restart(*pod));
        run(cluster, behaviours, &group, now, out);
    }
}

/// What an image does from the moment on at which its containers run.
fn run(cluster: &mut Cluster, behaviours: &Behaviours, group: &Group<'_, '_>, now: SimTime, out: &mut Out) {
    let Group { pods, behaviour, .. } = *group;
    out.happened(Happened::Started, pods, group.owner);
    match behaviour.ready(group.batch) {
        Some(SimDuration::ZERO) => ready(cluster, behaviours, pods, now, out),
        Some(time) => group.later(cluster, time, Chance::Ready, Work::Ready, out),
        None => {}
    }
    match behaviour.crash_after {
        Some(SimDuration::ZERO) => crashed(cluster, behaviours, pods, now, out),
        Some(time) => group.later(cluster, time, Chance::Crash, Work::Crashed, out),
        None => {}
    }
}

/// The readiness probes of running pods succeed.
pub fn ready(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    mut pods: &[PodId],
    now: SimTime,
    out: &mut Out,
) {
    while let Some(group) = Group::pass(cluster, behaviours, &mut pods, FROM_RUNNING, Stage::Ready) {
        out.happened(Happened::Ready, group.pods, group.owner);
        cluster.pods.have_become_ready(group.pods, now);
        if let Some(flap) = group.behaviour.flap {
            let time = flap.ready_for.max(SHORTEST_FLAP);
            group.later(cluster, time, Chance::Unready, Work::Unready, out);
        }
    }
}

/// The readiness probes of ready pods fail.
fn unready(cluster: &mut Cluster, behaviours: &Behaviours, mut pods: &[PodId], out: &mut Out) {
    while let Some(group) = Group::next(cluster, behaviours, &mut pods) {
        out.happened(Happened::Unhealthy, group.pods, group.owner);
        group.pods.iter().for_each(|pod| cluster.pods.become_unready(*pod));
        if let Some(flap) = group.behaviour.flap {
            let time = flap.unready_for.max(SHORTEST_FLAP);
            group.later(cluster, time, Chance::Ready, Work::Ready, out);
        }
    }
}

/// The containers exit with an error. They run again after a while, longer each time.
fn crashed(cluster: &mut Cluster, behaviours: &Behaviours, pods: &[PodId], now: SimTime, out: &mut Out) {
    for pod in pods.iter().copied() {
        if cluster.pods.state(pod).stage == Stage::Ready {
            cluster.pods.become_unready(pod);
        }
    }
    wait(cluster, behaviours, pods, Waiting::CrashLoopBackOff, Happened::BackOff, out);
    for pod in pods.iter().copied() {
        let trouble = cluster.pods.trouble_mut(pod);
        let entry = CRASH_LOOP_BACKOFF.next(trouble.backoff, now);
        // The kubelet asks for the next wait when this one is over and the container runs again: only a run of more
        // than twice the longest wait begins anew. `kuberuntime_manager.go doBackOff`
        let over = now + entry.backoff;
        trouble.backoff = Some(BackoffEntry { last_update: over, ..entry });
        let run = cluster.pods.state(pod).restarts;
        out.agenda.add(over, Due { work: Work::Restarted, pod, run });
    }
}

/// Somebody deleted these pods, which `tells` from where they were. They count no longer, and are gone when
/// their containers have stopped.
pub fn delete(
    cluster: &mut Cluster,
    behaviours: &Behaviours,
    mut pods: &[PodId],
    tells: fn(Stage) -> Happened,
    out: &mut Out,
) {
    while let Some(group) = Group::pass(cluster, behaviours, &mut pods, FROM_ACTIVE, Stage::Terminating) {
        let span = match group.stage {
            Stage::Unscheduled => Span::default(),
            Stage::Pending => Span::exactly(STOP_BEFORE_START),
            _ => group.behaviour.span(group.behaviour.terminate),
        };
        if group.stage == Stage::Ready {
            cluster.pods.have_terminated(group.pods);
        }
        if span.is_zero() {
            gone(cluster, behaviours, group.pods, out);
        } else {
            group.after(cluster, span, Chance::Terminate, Work::Gone, out);
        }
        out.happened(tells(group.stage), group.pods, group.owner);
    }
}

/// The containers have stopped; the objects vanish, and their places on nodes are free.
fn gone(cluster: &mut Cluster, behaviours: &Behaviours, mut pods: &[PodId], out: &mut Out) {
    while let Some(group) = Group::pass(cluster, behaviours, &mut pods, FROM_TERMINATING, Stage::Gone) {
        out.happened(Happened::Gone, group.pods, group.owner);
        cluster.pods.have_vanished(group.pods);
        if cluster.nodes.is_some() {
            group.pods.iter().for_each(|pod| leave_node(cluster, *pod, out));
        }
        if cluster.pods.counts(group.owner).existing() == 0 {
            deployment::delete_pod(cluster, group.owner, out);
        }
    }
}

fn leave_node(cluster: &mut Cluster, id: PodId, out: &mut Out) {
    let node = cluster.pod(id).node();
    if let Some(pods) = node.and_then(|node| cluster.pods.on_node_mut(node)) {
        *pods -= 1;
        out.unscheduled.wake();
    }
}
