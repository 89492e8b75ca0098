//! The table of all pods, and what each ReplicaSet counts of its own: kept in step with every change,
//! so that no sync has to look at all pods.

use super::cluster::Cluster;
use super::cluster::ReplicaSetId;
use super::node::NodeId;
use super::pod::{Pod, PodId, Stage, Trouble};
use super::time::{SimDuration, SimTime};

/// All pods there ever were, by [`PodId`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pods {
    all: Vec<Pod>,
    troubles: Vec<Trouble>,
    existing: u32,
    /// By [`ReplicaSetId`].
    sets: Vec<PodCounts>,
    /// By [`NodeId`], of the nodes in the scenario's list.
    on_nodes: Vec<u32>,
}

/// What the ReplicaSet controller knows of a ReplicaSet's pods without looking at them, and remembers of
/// its own work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PodCounts {
    by_stage: [u32; STAGES],
    /// No pod with a smaller number is active and unready.
    pub(super) oldest_unready: u32,
    pub(super) ready: ReadyPods,
    /// How many syncs have failed in a row.
    pub(super) failed_syncs: u32,
    /// How many batches of pods it has created, and when the last one.
    pub(super) batches: (u32, SimTime),
}

/// All stages but the last, in which a pod counts for nobody.
const STAGES: usize = Stage::Gone as usize;

/// The ready pods of a ReplicaSet by the second at which they became ready.
///
/// Who is no longer ready stays in the list, and is passed over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadyPods {
    pub(super) ids: Vec<PodId>,
    pub(super) seconds: Vec<ReadySecond>,
}

/// The pods that became ready in one second.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadySecond {
    /// Which.
    pub(super) at: SimTime,
    /// Their places in the list; those before have been passed over.
    pub(super) next: u32,
    pub(super) end: u32,
    /// The next of them to be chosen as a victim, while victims are chosen.
    pub(super) cursor: u32,
    /// How many of them are ready still.
    pub(super) live: u32,
    /// Whether their numbers rise.
    pub(super) sorted: bool,
    /// Between which times they were created.
    pub(super) created: (SimTime, SimTime),
    /// Whether a container of any of them was started again.
    pub(super) restarted: bool,
}

impl Pods {
    /// How many there ever were.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there never were any.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The pods of a ReplicaSet in numbers.
    pub fn counts(&self, id: ReplicaSetId) -> &PodCounts {
        &self.sets[id.0 as usize]
    }

    pub(super) fn counts_mut(&mut self, id: ReplicaSetId) -> &mut PodCounts {
        &mut self.sets[id.0 as usize]
    }

    /// Another ReplicaSet, which has none.
    pub(super) fn add_set(&mut self) {
        self.sets.push(PodCounts::default());
    }

    /// The pods, and those of one ReplicaSet that are ready.
    pub(super) fn with_ready(&mut self, id: ReplicaSetId) -> (&[Pod], &mut ReadyPods) {
        (&self.all, &mut self.sets[id.0 as usize].ready)
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
        Self { on_nodes: vec![0; nodes], ..Self::default() }
    }

    /// How many exist.
    pub fn existing(&self) -> u32 {
        self.existing
    }

    /// A pod, be it gone; `None` if there never was one of that number.
    pub fn get(&self, id: PodId) -> Option<&Pod> {
        self.all.get(id.0 as usize)
    }

    /// All there ever were, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (PodId, &Pod)> {
        (0..).map(PodId).zip(&self.all)
    }

    pub(super) fn pod(&self, id: PodId) -> &Pod {
        &self.all[id.0 as usize]
    }

    pub(super) fn pod_mut(&mut self, id: PodId) -> &mut Pod {
        &mut self.all[id.0 as usize]
    }

    /// What went wrong with a pod.
    pub fn trouble(&self, id: PodId) -> Trouble {
        self.troubles.get(self.pod(id).trouble as usize).copied().unwrap_or_default()
    }

    pub(super) fn trouble_mut(&mut self, id: PodId) -> &mut Trouble {
        let pod = &mut self.all[id.0 as usize];
        if self.troubles.len() <= pod.trouble as usize {
            pod.trouble = self.troubles.len() as u32;
            self.troubles.push(Trouble::default());
        }
        &mut self.troubles[pod.trouble as usize]
    }

    /// Room for so many more.
    pub(super) fn reserve(&mut self, more: usize) {
        self.all.reserve(more);
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
        Some((next.at + min_ready(min_ready_seconds)).since(now))
    }

    fn enter(&mut self, id: PodId, pod: &Pod) {
        if let Some(count) = self.by_stage.get_mut(pod.stage as usize) {
            *count += 1;
        }
        if pod.stage < Stage::Ready {
            self.oldest_unready = self.oldest_unready.min(id.0);
        }
        if pod.stage == Stage::Ready {
            self.ready.add(id, pod);
        }
    }

    fn leave(&mut self, pod: &Pod) {
        if let Some(count) = self.by_stage.get_mut(pod.stage as usize) {
            *count -= 1;
        }
        if pod.stage == Stage::Ready {
            self.ready.remove(pod);
        }
    }
}

impl ReadyPods {
    fn add(&mut self, id: PodId, pod: &Pod) {
        let Some(at) = pod.ready() else { return };
        let (place, created) = (self.ids.len() as u32, pod.created());
        // Time does not run backwards, but for whoever sets up a cluster by hand.
        let mut index = self.seconds.partition_point(|second| second.at <= at);
        if index
            .checked_sub(1)
            .is_none_or(|last| self.seconds[last].at != at || self.seconds[last].end != place)
        {
            let new = ReadySecond {
                at,
                next: place,
                end: place,
                cursor: place,
                live: 0,
                sorted: true,
                created: (created, created),
                restarted: false,
            };
            self.seconds.insert(index, new);
            index += 1;
        }
        let second = &mut self.seconds[index - 1];
        second.sorted &= second.next == second.end || self.ids.last().is_some_and(|last| *last < id);
        second.end = place + 1;
        second.live += 1;
        second.created = (second.created.0.min(created), second.created.1.max(created));
        second.restarted |= 0 < pod.restarts;
        self.ids.push(id);
    }

    fn remove(&mut self, pod: &Pod) {
        let Some(at) = pod.ready() else { return };
        let last = self.seconds.partition_point(|second| second.at <= at);
        if let Some(second) = self.seconds[..last].iter_mut().rfind(|second| 0 < second.live) {
            second.live -= 1;
        }
        while self.seconds.last().is_some_and(|second| second.live == 0) {
            self.seconds.pop();
        }
        while self.seconds.first().is_some_and(|second| second.live == 0) {
            self.seconds.remove(0);
        }
    }

    /// The seconds whose pods are not available yet, youngest first.
    fn younger(&self, min_ready_seconds: i32, now: SimTime) -> impl Iterator<Item = &ReadySecond> {
        let wait = min_ready(min_ready_seconds);
        self.seconds.iter().rev().take_while(move |second| now < second.at + wait)
    }
}

fn min_ready(min_ready_seconds: i32) -> SimDuration {
    SimDuration::from_secs(min_ready_seconds.max(0) as u64)
}

impl Cluster {
    /// The pod `id`, whether or not it is gone.
    pub fn pod(&self, id: PodId) -> &Pod {
        self.pods.pod(id)
    }

    /// A pod more.
    pub fn add_pod(&mut self, pod: Pod) -> PodId {
        let id = PodId(self.pods.all.len() as u32);
        self.pods.all.push(pod);
        self.pods.existing += 1;
        self.pods.counts_mut(pod.replica_set).enter(id, &pod);
        id
    }

    /// A pod comes to another stage, or is another one in any other way.
    pub fn change_pod(&mut self, id: PodId, change: impl FnOnce(Pod) -> Pod) {
        let pod = self.pods.pod_mut(id);
        let before = *pod;
        let after = change(before);
        *pod = after;
        self.pods.existing -= u32::from(before.stage != Stage::Gone && after.stage == Stage::Gone);
        let counts = self.pods.counts_mut(after.replica_set);
        counts.leave(&before);
        counts.enter(id, &after);
    }

    /// The pods of a ReplicaSet that still exist, oldest first. Looks at all pods there ever were.
    pub fn pods_of(&self, id: ReplicaSetId) -> impl Iterator<Item = (PodId, &Pod)> {
        self.existing_pods().filter(move |(_, pod)| pod.replica_set == id)
    }

    /// All pods that still exist, oldest first. Looks at all pods there ever were.
    pub fn existing_pods(&self) -> impl Iterator<Item = (PodId, &Pod)> {
        self.pods.iter().filter(|(_, pod)| pod.stage != Stage::Gone)
    }

    /// A pod's name.
    pub fn pod_name(&self, id: PodId) -> String {
        self.name_of_pod(id, self.pod(id).replica_set)
    }
}
