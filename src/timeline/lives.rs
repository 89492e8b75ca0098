//! What became of every pod, moment by moment: the past and the future of what is on screen.
//!
//! Most pods go through their stages once, so a pod is the steps at which it came to each. What is left
//! over, of pods that crash, flap, find no node or no image, is a list beside it.

use crate::sim::cluster::{Cluster, ReplicaSetId};
use crate::sim::facts::{Happened, Run};
use crate::sim::out::{Event, Fact};
use crate::sim::pod::{PodId, Stage, Unschedulable, Waiting};
use crate::sim::time::SimTime;

use super::slots::Slots;
use super::table::Table;

/// A step that never comes.
pub const NEVER: u32 = u32::MAX;

/// One pod's way through the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// Its ReplicaSet's number.
    pub replica_set: u32,
    /// Its place in the field of pods: the lowest that was free when it was created.
    pub slot: u32,
    /// The steps at which it came to each [`Stage`], the last time; or [`NEVER`].
    pub reached: [u32; 6],
}

/// The lives of all pods side by side, as they are stored: for who looks at all of them at once.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    /// By pod, its ReplicaSet's number.
    pub replica_set: &'a [u32],
    /// By pod, its place in the field.
    pub slot: &'a [u32],
    /// By stage and pod, the steps at which pods came there.
    pub reached: [&'a [u32]; 6],
}

/// A pod came to another stage, or its container to wait for another reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: SimTime,
    /// Where it is from then on.
    pub stage: Stage,
    /// Why its container does not run, if something went wrong.
    pub waiting: Option<Waiting>,
}

/// What a pod that something went wrong with came to, at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The step.
    pub step: u32,
    /// Where it is from then on.
    pub stage: Stage,
    /// Why its container does not run.
    pub waiting: Option<Waiting>,
    /// The turn of the same pod before this one, if any.
    before: u32,
}

/// The lives of all pods.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lives {
    /// By pod: for each stage the step at which it came there, and then [`SLOT`] and [`SET`]. A step writes to
    /// one of the columns only, and to pods that are close to each other.
    table: Table<8>,
    /// Of pods whose stages do not come in order, or whose containers wait.
    turns: Vec<Turn>,
    /// By pod, its last turn. Empty as long as there are none.
    last_turns: Vec<u32>,
    /// Which pods found no node, at which steps.
    homeless: Vec<(u32, PodId, Unschedulable)>,
    /// By pod, the first of those steps. Empty as long as all find nodes.
    homeless_since: Vec<u32>,
    slots: Slots,
}

impl Life {
    /// Where it is after a step, if it is on the straight way; `None` before it is created.
    #[inline]
    pub fn stage_at(&self, step: u32) -> Option<Stage> {
        Stage::ALL.into_iter().rev().find(|stage| self.reached[*stage as usize] <= step)
    }

    /// Whether it has been created by a step, and is not gone.
    pub fn exists(&self, step: u32) -> bool {
        self.reached[Stage::Unscheduled as usize] <= step && step < self.reached[Stage::Gone as usize]
    }
}

/// The columns of places in the field, and of ReplicaSets.
const SLOT: usize = Stage::ALL.len();
const SET: usize = SLOT + 1;

impl Lives {
    /// Room for so many pods.
    pub fn reserve(&mut self, pods: usize) {
        self.table.reserve(pods);
        self.slots.reserve(pods);
    }

    /// How many pods there ever were.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether there never were any.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The life of a pod, which is one of the run's.
    #[inline]
    pub fn life(&self, pod: PodId) -> Life {
        let index = pod.0 as usize;
        let cell = |column: usize| self.table.column(column)[index];
        Life { replica_set: cell(SET), slot: cell(SLOT), reached: std::array::from_fn(cell) }
    }

    /// All of them, by number.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Life> + ExactSizeIterator {
        (0..self.len()).map(|index| self.life(PodId(index as u32)))
    }

    /// The same, side by side.
    pub fn columns(&self) -> Columns<'_> {
        let [replica_set, slot] = [SET, SLOT].map(|column| self.table.column(column));
        Columns { replica_set, slot, reached: std::array::from_fn(|stage| self.table.column(stage)) }
    }

    /// The pod in a place of the field after a step.
    pub fn in_slot(&self, slot: u32, step: u32) -> Option<PodId> {
        let mut pods = (0..self.len() as u32).rev().map(PodId);
        pods.find(|pod| self.table.column(SLOT)[pod.0 as usize] == slot && self.life(*pod).exists(step))
    }

    /// The life of a pod, if there ever was one of that number.
    pub fn get(&self, pod: PodId) -> Option<Life> {
        ((pod.0 as usize) < self.len()).then(|| self.life(pod))
    }

    /// How many places the field of pods has.
    pub fn slots(&self) -> u32 {
        self.slots.most()
    }

    /// Bytes in use.
    pub fn footprint(&self) -> usize {
        size_of::<Life>() * self.len()
            + size_of::<Turn>() * self.turns.len()
            + size_of::<(u32, PodId, Unschedulable)>() * self.homeless.len()
            + 4 * (self.last_turns.len() + self.homeless_since.len())
            + self.slots.footprint()
    }

    /// Takes note of what a step did to pods.
    pub fn record(&mut self, step: u32, run: Run<'_>, cluster: &Cluster) {
        match run {
            Run::Pods(what, pods) => self.record_pods(step, what, pods, cluster),
            Run::Other(Fact::Event(Event::FailedScheduling(pod, why))) => self.be_homeless(step, *pod, *why),
            Run::Other(_) => {}
        }
    }

    fn record_pods(&mut self, step: u32, what: Happened, pods: &[PodId], cluster: &Cluster) {
        let (stage, waiting) = match what {
            Happened::Created => return self.create(step, pods, cluster),
            Happened::Deleted(_) | Happened::DeletedByHand(_) => return self.delete(step, pods, cluster),
            Happened::PullFailed => (Stage::Pending, Some(Waiting::ErrImagePull)),
            Happened::PullBackOff => (Stage::Pending, Some(Waiting::ImagePullBackOff)),
            Happened::BackOff => (Stage::Running, Some(Waiting::CrashLoopBackOff)),
            Happened::Scheduled => (Stage::Pending, None),
            Happened::Started | Happened::Unhealthy => (Stage::Running, None),
            Happened::Ready => (Stage::Ready, None),
            Happened::Gone => (Stage::Gone, None),
        };
        if stage == Stage::Gone {
            let slot_of = self.table.column(SLOT);
            pods.iter().for_each(|pod| self.slots.give_back(slot_of[pod.0 as usize]));
        }
        self.turn_all(pods, step, stage, waiting);
    }

    fn turn_all(&mut self, pods: &[PodId], step: u32, stage: Stage, waiting: Option<Waiting>) {
        let straight = match waiting.is_none() && self.last_turns.is_empty() {
            true => self.go_straight(pods, step, stage),
            false => 0,
        };
        pods[straight..].iter().for_each(|pod| self.turn(*pod, step, stage, waiting));
    }

    /// As long as all goes well with all pods, whether they come to a stage for the first time is all there is
    /// to look at. Says how many do.
    fn go_straight(&mut self, pods: &[PodId], step: u32, stage: Stage) -> usize {
        let reached = self.table.column_mut(stage as usize);
        let comes_again = |pod: &PodId| {
            let reached = &mut reached[pod.0 as usize];
            let again = *reached != NEVER;
            if !again {
                *reached = step;
            }
            again
        };
        pods.iter().position(comes_again).unwrap_or(pods.len())
    }

    fn create(&mut self, step: u32, pods: &[PodId], cluster: &Cluster) {
        let first = self.len();
        self.table.extend(pods.len());
        // One sync creates pods of one ReplicaSet.
        let owner = pods.first().map_or(0, |pod| cluster.pods.owner_and_stage(*pod).0.0);
        self.table.column_mut(SET)[first..].fill(owner);
        self.table.column_mut(SLOT)[first..].fill_with(|| self.slots.take());
        let (created, later) = (Stage::Unscheduled as usize, Stage::Pending as usize);
        self.table.column_mut(created)[first..].fill(step);
        (later..SLOT).for_each(|stage| self.table.column_mut(stage)[first..].fill(NEVER));
    }

    /// What is deleted may be gone at once, which has been told already.
    fn delete(&mut self, step: u32, pods: &[PodId], cluster: &Cluster) {
        let gone = self.table.column(Stage::Gone as usize);
        if self.last_turns.is_empty() && pods.iter().all(|pod| gone[pod.0 as usize] == NEVER) {
            return self.turn_all(pods, step, Stage::Terminating, None);
        }
        for pod in pods.iter().copied() {
            if self.table.column(Stage::Gone as usize)[pod.0 as usize] == NEVER {
                self.turn(pod, step, Stage::Terminating, cluster.pods.owner_and_stage(pod).2);
            }
        }
    }

    fn be_homeless(&mut self, step: u32, pod: PodId, why: Unschedulable) {
        self.homeless.push((step, pod, why));
        let known = self.homeless_since.len().max(pod.0 as usize + 1);
        self.homeless_since.resize(known, NEVER);
        let since = &mut self.homeless_since[pod.0 as usize];
        *since = step.min(*since);
    }

    #[inline]
    fn turn(&mut self, pod: PodId, step: u32, stage: Stage, waiting: Option<Waiting>) {
        let index = pod.0 as usize;
        let reached = &mut self.table.column_mut(stage as usize)[index];
        let turned = self.last_turns.get(index).is_some_and(|last| *last != NEVER);
        // A pod that comes to a stage again has left the straight way; so has one whose container waits.
        if *reached == NEVER && waiting.is_none() && !turned {
            *reached = step;
            return;
        }
        self.turn_aside(pod, step, stage, waiting, turned);
    }

    /// From the first turn on all of a pod's turns are in the list, those before it as well.
    fn turn_aside(&mut self, pod: PodId, step: u32, stage: Stage, waiting: Option<Waiting>, turned: bool) {
        let (index, life) = (pod.0 as usize, self.life(pod));
        if self.last_turns.len() <= index {
            self.last_turns.resize(self.len(), NEVER);
        }
        if !turned {
            for (stage, reached) in Stage::ALL.into_iter().zip(life.reached) {
                if reached != NEVER {
                    self.push_turn(pod, reached, stage, None);
                }
            }
        }
        let last = self.turns[self.last_turns[index] as usize];
        if (last.stage, last.waiting) == (stage, waiting) {
            return;
        }
        self.push_turn(pod, step, stage, waiting);
        // What came later the last time has not come again yet.
        (stage as usize..SLOT).for_each(|later| self.table.column_mut(later)[index] = NEVER);
        self.table.column_mut(stage as usize)[index] = step;
    }

    fn push_turn(&mut self, pod: PodId, step: u32, stage: Stage, waiting: Option<Waiting>) {
        let last = &mut self.last_turns[pod.0 as usize];
        let before = std::mem::replace(last, self.turns.len() as u32);
        self.turns.push(Turn { step, stage, waiting, before });
    }

    /// The turns of a pod that something went wrong with, latest first.
    pub fn turns(&self, pod: PodId) -> impl Iterator<Item = Turn> {
        let last = self.last_turns.get(pod.0 as usize).copied().unwrap_or(NEVER);
        let turn = |index: u32| self.turns.get(index as usize).copied();
        std::iter::successors(turn(last), move |later| turn(later.before))
    }

    /// The pods that something went wrong with, by number.
    pub fn turned(&self) -> impl Iterator<Item = PodId> {
        let turned = (0..).map(PodId).zip(&self.last_turns).filter(|(_, last)| **last != NEVER);
        turned.map(|(pod, _)| pod)
    }

    /// Where a pod came to, step by step: the step, its stage, and why its container waits.
    pub fn of(&self, pod: PodId) -> impl DoubleEndedIterator<Item = (u32, Stage, Option<Waiting>)> {
        let mut turns: Vec<_> = self.turns(pod).map(|turn| (turn.step, turn.stage, turn.waiting)).collect();
        turns.reverse();
        let straight = self.get(pod).filter(|_| turns.is_empty());
        let reached = straight.into_iter().flat_map(|life| Stage::ALL.into_iter().zip(life.reached));
        let reached = reached.filter(|(_, step)| *step != NEVER).map(|(stage, step)| (step, stage, None));
        turns.into_iter().chain(reached)
    }

    /// Why a pod had no node after a step, when the scheduler had looked.
    pub fn unschedulable(&self, pod: PodId, step: u32) -> Option<Unschedulable> {
        let mut earlier = self.homeless.iter().rev().filter(|(at, ..)| *at <= step);
        earlier.find(|(_, other, _)| *other == pod).map(|(.., why)| *why)
    }

    /// Where a pod is after a step, and why its container waits; `None` before it is created.
    pub fn at(&self, pod: PodId, step: u32) -> Option<(Stage, Option<Waiting>)> {
        let life = self.get(pod)?;
        if let Some(turn) = self.turns(pod).find(|turn| turn.step <= step) {
            return Some((turn.stage, turn.waiting));
        }
        Some((life.stage_at(step)?, None))
    }

    /// The pods that have no node after a step, though the scheduler has looked.
    pub fn homeless(&self, step: u32) -> usize {
        let looked_for = self.homeless.iter().filter(|(at, pod, _)| {
            let first = self.homeless_since.get(pod.0 as usize);
            *at <= step
                && first == Some(at)
                && self.at(*pod, step).is_some_and(|(stage, _)| stage == Stage::Unscheduled)
        });
        looked_for.count()
    }

    /// The ReplicaSet of a pod.
    pub fn owner(&self, pod: PodId) -> Option<ReplicaSetId> {
        self.get(pod).map(|life| ReplicaSetId(life.replica_set))
    }
}
