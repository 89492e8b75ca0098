//! The table of all pods, and what each ReplicaSet counts of its own: kept in step with every change,
//! so that no sync has to look at all pods.

use std::ops::Range;

use super::cluster::{Cluster, ReplicaSetId};
use super::node::NodeId;
use super::pod::{NEVER, Pod, PodId, Stage, Trouble, Waiting, seconds};
use super::ready::{ReadyPods, min_ready, time};
use super::time::{SimDuration, SimTime};

/// All pods there ever were, by [`PodId`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pods {
    /// What changes, apart from what does not: only this is looked at when pods change, and there may
    /// be hundreds of thousands.
    states: Vec<State>,
    /// When each was created, in seconds.
    created: Vec<u32>,
    /// Where each runs, or [`NEVER`].
    nodes: Vec<u32>,
    /// The first pod of each batch, and which of its ReplicaSet's batches that is: pods are created batch by
    /// batch.
    batches: Vec<(u32, u32)>,
    /// The place of each among the troubles, or [`NEVER`]. Empty as long as there are none.
    troubled: Vec<u32>,
    troubles: Vec<Trouble>,
    any_trouble: bool,
    existing: u32,
    /// How many could not be created.
    refused: u32,
    /// By [`ReplicaSetId`].
    sets: Vec<PodCounts>,
    /// By [`NodeId`], of the nodes in the scenario's list.
    on_nodes: Vec<u32>,
}

/// What changes about a pod.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct State {
    pub(super) replica_set: ReplicaSetId,
    /// The last second at which it became ready, or [`NEVER`].
    pub(super) ready: u32,
    pub(super) restarts: u16,
    pub(super) stage: Stage,
    pub(super) waiting: Option<Waiting>,
}

/// What the ReplicaSet controller knows of a ReplicaSet's pods without looking at them, and remembers of
/// its own work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PodCounts {
    /// By [`Stage`], as many places as a bit mask needs.
    by_stage: [u32; 8],
    /// The ReplicaSet has no unready pod with a smaller number.
    pub(super) oldest_unready: u32,
    pub(super) ready: ReadyPods,
    /// How its pods behave: a place in [`Behaviours`](super::behaviour::Behaviours).
    pub(super) behaviour: u32,
    /// How many syncs have failed in a row.
    pub(super) failed_syncs: u32,
    /// How many batches of pods it has created, and when the last one.
    pub(super) batches: (u32, SimTime),
}

impl Pods {
    /// How many there ever were.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there never were any.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// The pods of a ReplicaSet in numbers.
    pub fn counts(&self, id: ReplicaSetId) -> &PodCounts {
        &self.sets[id.0 as usize]
    }

    pub(super) fn counts_mut(&mut self, id: ReplicaSetId) -> &mut PodCounts {
        &mut self.sets[id.0 as usize]
    }

    /// Another ReplicaSet, which has none. There is room for two that have all pods.
    pub(super) fn add_set(&mut self) {
        let mut counts = PodCounts::default();
        counts.ready.ids.reserve(self.states.capacity() / 2);
        counts.ready.seconds.reserve(16);
        self.sets.push(counts);
    }

    /// The pods, when they were created, and those of one ReplicaSet that are ready.
    pub(super) fn with_ready(&mut self, id: ReplicaSetId) -> (&[State], &[u32], &mut ReadyPods) {
        (&self.states, &self.created, &mut self.sets[id.0 as usize].ready)
    }

    /// There are none, but each ReplicaSet has so many that are running, ready and terminating: this is all that
    /// the Deployment controller knows of pods.
    pub fn stand_in(&mut self, counts: impl Iterator<Item = [i32; 3]>) {
        self.sets.clear();
        self.sets.extend(counts.map(|[running, ready, terminating]| {
            let by_stage = [0, 0, running as u32, ready as u32, terminating as u32, 0, 0, 0];
            PodCounts { by_stage, ..PodCounts::default() }
        }));
    }

    /// How many a node of the scenario's list has, those that are terminating included.
    pub fn on_node(&self, node: NodeId) -> u32 {
        self.on_nodes.get(node.0 as usize).copied().unwrap_or(0)
    }

    pub(super) fn on_nodes(&self) -> &[u32] {
        &self.on_nodes
    }

    pub(super) fn on_node_mut(&mut self, node: NodeId) -> Option<&mut u32> {
        self.on_nodes.get_mut(node.0 as usize)
    }

    /// No pods yet, and so many nodes.
    pub(super) fn new(nodes: usize) -> Self {
        Self { on_nodes: vec![0; nodes], sets: Vec::with_capacity(4), ..Self::default() }
    }

    /// One more could not be created; says how many before it.
    pub(super) fn fail_to_create(&mut self) -> u32 {
        self.refused += 1;
        self.refused - 1
    }

    /// How many exist.
    pub fn existing(&self) -> u32 {
        self.existing
    }

    /// All there ever were, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (PodId, Pod)> {
        (0..self.len() as u32).map(|number| (PodId(number), self.pod(PodId(number))))
    }

    pub(super) fn pod(&self, id: PodId) -> Pod {
        let index = id.0 as usize;
        let State { replica_set, ready, restarts, stage, waiting } = self.states[index];
        let (created, node, batch) = (self.created[index], self.nodes[index], self.batch(id));
        Pod { replica_set, batch, created, ready, node, restarts, stage, waiting }
    }

    /// Whose a pod is, where it is now, and why its container does not run: what [`Pod`] has too, for who looks
    /// at very many.
    pub fn owner_and_stage(&self, id: PodId) -> (ReplicaSetId, Stage, Option<Waiting>) {
        let State { replica_set, stage, waiting, .. } = self.states[id.0 as usize];
        (replica_set, stage, waiting)
    }

    /// What changes about all of them, by number.
    pub(super) fn states(&self) -> &[State] {
        &self.states
    }

    pub(super) fn state(&self, id: PodId) -> &State {
        &self.states[id.0 as usize]
    }

    pub(super) fn bind(&mut self, id: PodId, node: NodeId) {
        self.nodes[id.0 as usize] = node.0;
    }

    /// Each of these is bound to a node of its own.
    pub(super) fn bind_apart(&mut self, pods: &[PodId]) {
        let nodes = &mut self.nodes[..];
        pods.iter().for_each(|pod| nodes[pod.0 as usize] = pod.0);
    }

    /// Which batch of its ReplicaSet a pod came with.
    pub(super) fn batch(&self, id: PodId) -> u32 {
        self.batches[self.batches.partition_point(|(first, _)| *first <= id.0) - 1].1
    }

    /// Whether any container ever waited, or was started again.
    pub(super) fn any_trouble(&self) -> bool {
        self.any_trouble
    }

    /// The container of a pod waits.
    pub(super) fn wait(&mut self, id: PodId, waiting: Waiting) {
        self.states[id.0 as usize].waiting = Some(waiting);
        self.any_trouble = true;
    }

    /// The container of a pod is started again.
    pub(super) fn restart(&mut self, id: PodId) {
        let state = &mut self.states[id.0 as usize];
        state.waiting = None;
        state.restarts = state.restarts.saturating_add(1);
        self.any_trouble = true;
    }

    /// What went wrong with a pod.
    pub fn trouble(&self, id: PodId) -> Trouble {
        let place = self.troubled.get(id.0 as usize).copied().unwrap_or(NEVER);
        self.troubles.get(place as usize).copied().unwrap_or_default()
    }

    pub(super) fn trouble_mut(&mut self, id: PodId) -> &mut Trouble {
        if self.troubled.len() <= id.0 as usize {
            self.troubled.resize(self.states.len(), NEVER);
        }
        let place = &mut self.troubled[id.0 as usize];
        if *place == NEVER {
            *place = self.troubles.len() as u32;
            self.troubles.push(Trouble::default());
        }
        &mut self.troubles[*place as usize]
    }

    /// The first of these pods, and those after it that have the same ReplicaSet and stage, come to another
    /// stage; says how many. Who is ready or gone is put down apart from that.
    pub(super) fn pass(&mut self, pods: &[PodId], to: Stage) -> usize {
        let Some(first) = pods.first() else { return 0 };
        let states = &mut self.states[..];
        let State { replica_set, stage: from, .. } = states[first.0 as usize];
        let is_other = |pod: &PodId| {
            let state = &mut states[pod.0 as usize];
            if state.replica_set != replica_set || state.stage != from {
                return true;
            }
            state.stage = to;
            false
        };
        let count = pods.iter().position(is_other).unwrap_or(pods.len());
        let set = &mut self.sets[replica_set.0 as usize];
        set.by_stage[from as usize & 7] -= count as u32;
        set.by_stage[to as usize & 7] += count as u32;
        count
    }

    /// Pods of one ReplicaSet that were running have come to be ready.
    pub(super) fn have_become_ready(&mut self, pods: &[PodId], now: SimTime) {
        self.put_down_ready(pods, seconds(now));
    }

    /// Puts down since when ready pods of one ReplicaSet are so.
    fn put_down_ready(&mut self, pods: &[PodId], at: u32) {
        let Some(first) = pods.first() else { return };
        let (states, created) = (&mut self.states[..], &self.created[..]);
        let set = &mut self.sets[states[first.0 as usize].replica_set.0 as usize];
        let second = set.ready.add(pods, at);
        let (mut first, mut last) = second.created;
        for pod in pods {
            let created = created[pod.0 as usize];
            (first, last) = (first.min(created), last.max(created));
            states[pod.0 as usize].ready = at;
        }
        second.created = (first, last);
        if self.any_trouble {
            second.restarted |= pods.iter().any(|pod| 0 < states[pod.0 as usize].restarts);
        }
    }

    /// A ready pod runs on, but is not ready.
    pub(super) fn become_unready(&mut self, id: PodId) {
        self.pass(&[id], Stage::Running);
        let state = &mut self.states[id.0 as usize];
        let set = &mut self.sets[state.replica_set.0 as usize];
        set.ready.remove(std::mem::replace(&mut state.ready, NEVER));
        set.oldest_unready = set.oldest_unready.min(id.0);
    }

    /// Pods of one ReplicaSet that were ready have been deleted.
    pub(super) fn have_terminated(&mut self, pods: &[PodId]) {
        let Some(first) = pods.first() else { return };
        let states = &self.states[..];
        let set = &mut self.sets[states[first.0 as usize].replica_set.0 as usize];
        pods.iter().for_each(|pod| set.ready.remove(states[pod.0 as usize].ready));
    }

    /// Terminating pods are gone.
    pub(super) fn have_vanished(&mut self, pods: &[PodId]) {
        self.existing -= pods.len() as u32;
    }

    /// So many pods more, all alike.
    pub(super) fn add_alike(&mut self, pod: Pod, count: u32) -> Range<u32> {
        let Pod { replica_set, batch, created, ready, node, restarts, stage, waiting } = pod;
        let first = self.states.len() as u32;
        let all = (first + count) as usize;
        if self.batches.last().is_none_or(|(_, last)| *last != batch) {
            self.batches.push((first, batch));
        }
        self.states.resize(all, State { replica_set, ready, restarts, stage, waiting });
        self.created.resize(all, created);
        self.nodes.resize(all, node);
        self.existing += count;
        self.any_trouble |= 0 < restarts || waiting.is_some();
        self.sets[replica_set.0 as usize].by_stage[stage as usize & 7] += count;
        first..first + count
    }

    /// Room for so many more.
    pub(super) fn reserve(&mut self, more: usize) {
        self.states.reserve(more);
        self.created.reserve(more);
        self.nodes.reserve(more);
        self.batches.reserve(more / 256);
    }
}

impl PodCounts {
    /// Pods that are not terminating.
    pub fn active(&self) -> u32 {
        self.unready() + self.ready()
    }

    /// Those of them that are not ready.
    pub fn unready(&self) -> u32 {
        let [unscheduled, pending, running, ..] = self.by_stage;
        unscheduled + pending + running
    }

    /// Those that are ready.
    pub fn ready(&self) -> u32 {
        self.by_stage[Stage::Ready as usize]
    }

    /// Pods with a deletion timestamp.
    pub fn terminating(&self) -> u32 {
        self.by_stage[Stage::Terminating as usize]
    }

    /// Pods that exist.
    pub fn existing(&self) -> u32 {
        self.active() + self.terminating()
    }

    /// Those that have been ready for long enough.
    pub fn available(&self, min_ready_seconds: i32, now: SimTime) -> u32 {
        if min_ready_seconds <= 0 {
            return self.ready();
        }
        let young: u32 = self.ready.younger(min_ready_seconds, now).map(|second| second.live).sum();
        self.ready.seconds.iter().map(|second| second.live).sum::<u32>() - young
    }

    /// In how long the next ready pod becomes available.
    pub fn next_availability_check(&self, min_ready_seconds: i32, now: SimTime) -> Option<SimDuration> {
        if min_ready_seconds <= 0 {
            return None;
        }
        let next = self.ready.younger(min_ready_seconds, now).filter(|second| 0 < second.live).last()?;
        Some((time(next.at) + min_ready(min_ready_seconds)).since(now))
    }
}

impl Cluster {
    /// The pod `id`, whether or not it is gone.
    #[inline]
    pub fn pod(&self, id: PodId) -> Pod {
        self.pods.pod(id)
    }

    /// A pod more.
    pub fn add_pod(&mut self, pod: Pod) -> PodId {
        let pods = &mut self.pods;
        let id = PodId(pods.len() as u32);
        let _ = pods.add_alike(pod, 1);
        if pod.stage == Stage::Ready && pod.ready != NEVER {
            pods.put_down_ready(&[id], pod.ready);
        }
        id
    }

    /// The pods of a ReplicaSet that still exist, oldest first. Looks at all pods there ever were.
    pub fn pods_of(&self, id: ReplicaSetId) -> impl Iterator<Item = (PodId, Pod)> {
        self.pods_that(move |state| state.replica_set == id && state.stage != Stage::Gone)
    }

    /// All pods that still exist, oldest first. Looks at all pods there ever were.
    pub fn existing_pods(&self) -> impl Iterator<Item = (PodId, Pod)> {
        self.pods_that(|state| state.stage != Stage::Gone)
    }

    fn pods_that(&self, are: impl Fn(&State) -> bool) -> impl Iterator<Item = (PodId, Pod)> {
        let these = (0..).map(PodId).zip(&self.pods.states).filter(move |(_, state)| are(state));
        these.map(|(id, _)| (id, self.pod(id)))
    }

    /// A pod's name.
    pub fn pod_name(&self, id: PodId) -> String {
        self.name_of_pod(id, self.pod(id).replica_set)
    }
}
