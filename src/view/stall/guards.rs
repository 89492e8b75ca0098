//! Everything that can keep a rollout from getting on, with its numbers, in no language.

use crate::sim::behaviour::Behaviour;
use crate::sim::cluster::{Deployment, ReplicaSet, ReplicaSetId};
use crate::sim::conditions::{ConditionReason, ConditionType, condition};
use crate::sim::deployment::progress::{deadline, has_progress_deadline};
use crate::sim::deployment::sync::find_new_replica_set;
use crate::sim::pod::{PodId, Stage, Unschedulable, Waiting};
use crate::sim::spec::StrategyType;
use crate::sim::time::{SimDuration, SimTime};
use crate::timeline::series::Tally;
use crate::timeline::{SHOWN, Timeline};

/// One thing that can keep a rollout from getting on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The controller has not seen the latest spec: its generation, and the one that was seen.
    Observed(i64, i64),
    /// Whether the Deployment is paused.
    Paused(bool),
    /// Pods that exist, of as many as the quota allows.
    Quota {
        /// Pods that exist, those that are leaving included.
        used: u32,
        /// Pods that may exist.
        limited: u32,
        /// Whether a ReplicaSet could not create a pod the last time it tried.
        fails: bool,
    },
    /// So many pods find no node.
    Nodes {
        /// How many pods.
        count: usize,
        /// Nodes without a free slot.
        full: u32,
        /// Cordoned nodes.
        cordoned: u32,
    },
    /// The image of so many pods cannot be pulled.
    Image(usize),
    /// The containers of so many pods exit, again and again.
    Crash(usize),
    /// So many pods were ready, and are not any more.
    Flap(usize),
    /// So many pods run, and their probe never succeeds.
    NeverReady(usize),
    /// So many pods are on their way, and when the next of them is ready, if that is known.
    Starting(usize, Option<SimTime>),
    /// So many pods are ready, but not for long enough; when the next of them is available.
    MinReady {
        /// How many pods.
        count: usize,
        /// `minReadySeconds`.
        wait: i32,
        /// When the next of them is available.
        at: SimTime,
    },
    /// Recreate: so many old pods still exist.
    OldPods(i32),
    /// What ReplicaSets ask for together, against what is allowed.
    Ceiling {
        /// `replicas`.
        replicas: i32,
        /// The surge.
        surge: i32,
        /// What all ReplicaSets ask for.
        all: i32,
    },
    /// How many old pods may go, by what ReplicaSets ask for.
    Floor {
        /// What all ReplicaSets ask for.
        all: i32,
        /// How many have to stay available.
        floor: i32,
        /// New pods that are not available.
        new_unavailable: i32,
    },
    /// How many old pods may go, by what is available: less than by the sum before.
    Available {
        /// Available pods.
        available: i32,
        /// How many have to stay available.
        floor: i32,
    },
    /// When the progress deadline passes; it only reports.
    Deadline(SimTime),
    /// It has passed.
    DeadlinePassed,
    /// It stands still, since the rollout is paused.
    DeadlineStands,
    /// So many pods are leaving, and count for nothing.
    Terminating(i32),
}

impl Guard {
    /// Whether it will not pass by itself.
    pub fn is_stuck(&self) -> bool {
        use Guard::{Crash, Flap, Image, NeverReady, Paused};
        matches!(self, Paused(true) | Image(_) | Crash(_) | Flap(_) | NeverReady(_))
    }
}

/// All guards of an incomplete rollout, each with whether it binds: those that do come first, and causes
/// before their effects. `None` if the rollout is complete. What holds up pods is found by looking at all
/// of them, if that is wanted.
pub fn guards(timeline: &Timeline, with_pods: bool) -> Option<Vec<(Guard, bool)>> {
    let situation = Situation::of(timeline);
    if situation.is_complete() {
        return None;
    }
    let (mut all, mut others) = (Vec::new(), Vec::new());
    let add: Add = &mut |guard, binds| if binds { &mut all } else { &mut others }.push((guard, binds));
    situation.of_deployment(add);
    if with_pods {
        situation.pods(add);
    }
    situation.of_rollout(add);
    all.append(&mut others);
    Some(all)
}

/// What the controllers have before them.
struct Situation<'a> {
    timeline: &'a Timeline,
    new_rs: Option<ReplicaSetId>,
    /// What the new ReplicaSet asks for, and what all do.
    new: i32,
    all: i32,
    new_available: i32,
    available: i32,
    terminating: i32,
    /// Pods that exist.
    existing: i32,
    /// Old pods that exist.
    old_pods: i32,
}

impl<'a> Situation<'a> {
    fn of(timeline: &'a Timeline) -> Self {
        let cluster = timeline.cluster();
        let new_rs = find_new_replica_set(cluster, SHOWN);
        let mut it = Self {
            timeline,
            new_rs,
            new: 0,
            all: 0,
            new_available: 0,
            available: 0,
            terminating: 0,
            existing: 0,
            old_pods: 0,
        };
        for (id, set) in (0..).map(ReplicaSetId).zip(&cluster.replica_sets) {
            it.count(set, Some(id) == new_rs, timeline.tally(id));
        }
        it
    }

    fn count(&mut self, set: &ReplicaSet, is_new: bool, tally: Tally) {
        let existing = tally.active() + tally.terminating;
        self.terminating += tally.terminating;
        self.existing += existing;
        if set.deleted.is_some() {
            return;
        }
        self.all += set.replicas;
        self.available += set.status.available_replicas;
        if is_new {
            (self.new, self.new_available) = (set.replicas, set.status.available_replicas);
        } else {
            self.old_pods += existing;
        }
    }

    fn is_complete(&self) -> bool {
        let deployment = self.timeline.cluster().deployment(SHOWN);
        if deployment.deleted.is_some() {
            return true;
        }
        let (replicas, status) = (deployment.spec.replicas, &deployment.status);
        let all_there = [status.updated_replicas, status.replicas, status.available_replicas];
        all_there == [replicas; 3] && status.observed_generation == deployment.generation
    }

    fn of_deployment(&self, add: Add) {
        let cluster = self.timeline.cluster();
        let deployment = cluster.deployment(SHOWN);
        let (generation, observed) = (deployment.generation, deployment.status.observed_generation);
        let paused = deployment.spec.paused;
        add(Guard::Observed(generation, observed), generation != observed);
        add(Guard::Paused(paused), paused);
        if let Some(limited) = cluster.quota {
            let failed = |id: &ReplicaSetId| cluster.replica_set(*id).failure.is_some();
            let fails = cluster.replica_sets_of(SHOWN).iter().any(failed);
            add(Guard::Quota { used: self.existing.max(0) as u32, limited, fails }, fails);
        }
    }

    fn of_rollout(&self, add: Add) {
        let deployment = self.timeline.cluster().deployment(SHOWN);
        self.budget(add);
        if let Some(guard) = self.deadline() {
            add(guard, false);
        }
        if 0 < self.terminating && deployment.spec.strategy.kind != StrategyType::Recreate {
            add(Guard::Terminating(self.terminating), false);
        }
    }

    /// The sums of a rolling update, or what Recreate waits for. A paused rollout is not held by them.
    fn budget(&self, add: Add) {
        let Deployment { spec, budget, .. } = self.timeline.cluster().deployment(SHOWN);
        let (replicas, acts) = (spec.replicas, !spec.paused);
        let (missing, old) = (self.new < replicas, self.all - self.new);
        if spec.strategy.kind == StrategyType::Recreate {
            return add(Guard::OldPods(self.old_pods), acts && missing && 0 < self.old_pods);
        }
        let (surge, floor) = (budget.max_surge, budget.min_available);
        let full = replicas.saturating_add(surge) <= self.all;
        add(Guard::Ceiling { replicas, surge, all: self.all }, acts && missing && full);
        let new_unavailable = self.new - self.new_available;
        let held = self.all - floor - new_unavailable <= 0;
        let acts = acts && 0 < old;
        add(Guard::Floor { all: self.all, floor, new_unavailable }, acts && held);
        if acts && !held && self.available <= floor {
            add(Guard::Available { available: self.available, floor }, true);
        }
    }

    fn deadline(&self) -> Option<Guard> {
        use ConditionReason::{DeploymentPaused, NewReplicaSetAvailable, ProgressDeadlineExceeded};
        let deployment = self.timeline.cluster().deployment(SHOWN);
        if !has_progress_deadline(&deployment.spec) {
            return None;
        }
        let found = condition(&deployment.status.conditions, ConditionType::Progressing)?;
        match found.reason {
            DeploymentPaused => Some(Guard::DeadlineStands),
            ProgressDeadlineExceeded => Some(Guard::DeadlinePassed),
            NewReplicaSetAvailable => None,
            _ => Some(Guard::Deadline(found.last_update_time + deadline(&deployment.spec))),
        }
    }

    /// What keeps the new pods from being available, or all pods while there is no new ReplicaSet.
    fn pods(&self, add: Add) {
        let timeline = self.timeline;
        let (mut counts, mut soonest, mut wait) = ([0; 7], [SimTime::MAX; 7], 0);
        let mut homeless = Unschedulable::default();
        for (id, pod) in timeline.pods().existing() {
            let set = timeline.cluster().replica_set(pod.replica_set);
            let is_one = self.new_rs.is_none_or(|new_rs| new_rs == pod.replica_set);
            if !is_one || !pod.is_active() || pod.is_available(set.min_ready_seconds, timeline.time()) {
                continue;
            }
            let (cause, at) = cause(timeline, id, set);
            let cause = cause as usize;
            counts[cause] += 1;
            soonest[cause] = soonest[cause].min(at);
            wait = set.min_ready_seconds;
            homeless = pod.unschedulable.unwrap_or(homeless);
        }
        let Unschedulable { full, cordoned } = homeless;
        for (cause, count) in counts.into_iter().enumerate().filter(|(_, count)| 0 < *count) {
            let at = soonest[cause];
            let guard = match cause {
                0 => Guard::Nodes { count, full, cordoned },
                1 => Guard::Image(count),
                2 => Guard::Crash(count),
                3 => Guard::Flap(count),
                4 => Guard::NeverReady(count),
                5 => Guard::MinReady { count, wait, at },
                _ => Guard::Starting(count, Some(at).filter(|at| *at < SimTime::MAX)),
            };
            add(guard, true);
        }
    }
}

/// Takes up a guard, and whether it binds.
type Add<'a> = &'a mut dyn FnMut(Guard, bool);

/// What keeps a pod from being available; the numbers are those in `pods`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    Nodes,
    Image,
    Crash,
    Flap,
    NeverReady,
    MinReady,
    Starting,
}

/// What keeps a pod from being available, and until when, if that is known.
fn cause(timeline: &Timeline, id: PodId, set: &ReplicaSet) -> (Cause, SimTime) {
    let (now, never) = (timeline.time(), SimTime::MAX);
    let Some(pod) = timeline.pods().get(id) else { return (Cause::Starting, never) };
    let behaviour = timeline.inputs().scenario.behaviours.of(set.template.image());
    let later = |stage| timeline.moments(id).find(|moment| now < moment.at && moment.stage == stage);
    let was_ready = timeline.moments(id).any(|moment| moment.at <= now && moment.stage == Stage::Ready);
    match (pod.stage, pod.waiting) {
        (_, Some(Waiting::CrashLoopBackOff)) => (Cause::Crash, never),
        (_, Some(_)) => (Cause::Image, never),
        (Stage::Unscheduled, _) if pod.unschedulable.is_some() => (Cause::Nodes, never),
        (Stage::Ready, _) => {
            let wait = SimDuration::from_secs(set.min_ready_seconds.max(0) as u64);
            let at = pod.ready.unwrap_or_default().stored() + wait;
            // The run may be left off before it comes to that.
            let fails = later(Stage::Running).map_or(timeline.end(), |fails| fails.at) < at;
            match behaviour {
                Behaviour { crash_after: Some(_), .. } if fails => (Cause::Crash, never),
                Behaviour { flap: Some(_), .. } if fails => (Cause::Flap, never),
                _ => (Cause::MinReady, at),
            }
        }
        _ if 0 < pod.restarts => (Cause::Crash, never),
        _ if was_ready => (Cause::Flap, never),
        _ if behaviour.ready.is_empty() => (Cause::NeverReady, never),
        _ => (Cause::Starting, later(Stage::Ready).map_or(never, |ready| ready.at)),
    }
}
