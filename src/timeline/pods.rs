//! The pods at one step of a run.

use crate::sim::cluster::ReplicaSetId;
use crate::sim::node::NodeId;
use crate::sim::pod::{PodId, Stage, Unschedulable, Waiting};
use crate::sim::time::{SimDuration, SimTime};

use super::Timeline;

/// A pod at one step of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pod {
    /// Who owns it.
    pub replica_set: ReplicaSetId,
    /// Where it is.
    pub stage: Stage,
    /// Where it runs, once it has been bound.
    pub node: Option<NodeId>,
    /// Why it has no node; `None` while the scheduler has not looked, or has found one.
    pub unschedulable: Option<Unschedulable>,
    /// Why its container does not run, if something went wrong.
    pub waiting: Option<Waiting>,
    /// How often its container was started again.
    pub restarts: u32,
    /// When it was created.
    pub created: SimTime,
    /// Since when its container runs, or when it ran last.
    pub started: Option<SimTime>,
    /// Between which times its container ran that has exited last.
    pub finished: Option<(SimTime, SimTime)>,
    /// Since when it is ready; `None` while it is not. What is being deleted keeps it.
    pub ready: Option<SimTime>,
    /// When it was deleted.
    pub deleted: Option<SimTime>,
    /// When the object vanished.
    pub gone: Option<SimTime>,
}

impl Pod {
    /// Neither terminating nor gone.
    pub fn is_active(&self) -> bool {
        self.stage < Stage::Terminating
    }

    /// Ready for at least `min_ready_seconds`, by the time that the API stores.
    pub fn is_available(&self, min_ready_seconds: i32, now: SimTime) -> bool {
        let wait = SimDuration::from_secs(min_ready_seconds.max(0) as u64);
        let since = self.ready.filter(|_| self.stage == Stage::Ready);
        since.is_some_and(|ready| wait == SimDuration::ZERO || ready.stored() + wait <= now)
    }
}

/// The pods at one step of a run.
#[derive(Clone, Copy, Debug)]
pub struct Pods<'a> {
    pub(super) timeline: &'a Timeline,
}

impl<'a> Pods<'a> {
    /// The pod `id`, be it gone; `None` if it has not been created yet.
    pub fn get(self, id: PodId) -> Option<Pod> {
        let timeline = self.timeline;
        let step = timeline.step_number() as u32;
        let lives = timeline.lives();
        let (stage, waiting) = lives.at(id, step)?;
        let mut pod = Pod {
            replica_set: lives.owner(id)?,
            stage,
            node: timeline.last_cluster().pod(id).node().filter(|_| Stage::Unscheduled < stage),
            unschedulable: lives.unschedulable(id, step).filter(|_| stage == Stage::Unscheduled),
            waiting,
            restarts: 0,
            created: SimTime::ZERO,
            started: None,
            finished: None,
            ready: None,
            deleted: None,
            gone: None,
        };
        let mut waited = None;
        for (reached, stage, waiting) in lives.of(id).take_while(|(reached, ..)| *reached <= step) {
            let at = timeline.at(reached as usize);
            match stage {
                Stage::Unscheduled => pod.created = at,
                Stage::Pending => {}
                Stage::Running => {
                    pod.ready = None;
                    if waiting == Some(Waiting::CrashLoopBackOff) {
                        pod.finished = pod.started.map(|started| (started, at));
                    }
                    if waiting.is_none() && (pod.started.is_none() || waited.is_some()) {
                        pod.restarts += u32::from(pod.started.is_some());
                        pod.started = Some(at);
                    }
                }
                Stage::Ready => pod.ready = Some(at),
                Stage::Terminating => pod.deleted = Some(at),
                Stage::Gone => pod.gone = Some(at),
            }
            waited = waiting;
        }
        Some(pod)
    }

    /// All that exist, oldest first. Looks at every pod there ever was.
    pub fn existing(self) -> impl Iterator<Item = (PodId, Pod)> + 'a {
        let step = self.timeline.step_number() as u32;
        let lives = self.timeline.lives();
        let exists = move |id: &PodId| {
            let life = lives.life(*id);
            life.reached[Stage::Unscheduled as usize] <= step && step < life.reached[Stage::Gone as usize]
        };
        let ids = (0..lives.len() as u32).map(PodId).filter(exists);
        ids.filter_map(move |id| Some((id, self.get(id)?)))
    }
}
