//! The facts of one step as they are collected: what happens to many pods in the same way is one entry.

use super::out::{Event, Fact};
use super::pod::{PodId, Stage};
use super::rule::Rule;

/// What can happen to a pod, if its number is all there is to tell besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// The ReplicaSet controller created it.
    Created,
    /// The ReplicaSet controller deleted it; where it was until then.
    Deleted(Stage),
    /// It was deleted by hand; where it was until then.
    DeletedByHand(Stage),
    /// The scheduler bound it to a node.
    Scheduled,
    /// Its container was started, for the first time or again.
    Started,
    /// Its readiness probe succeeded.
    Ready,
    /// Its readiness probe fails.
    Unhealthy,
    /// Its container has exited, and will be started again later.
    BackOff,
    /// Its image could not be pulled.
    PullFailed,
    /// Its image could not be pulled, and will be tried again later.
    PullBackOff,
    /// It was terminating, and is gone.
    Gone,
}

impl Happened {
    /// The same as a fact about one pod.
    pub fn to(self, pod: PodId) -> Fact {
        Fact::Event(match self {
            Self::DeletedByHand(was) => return Fact::PodDeleted { pod, was },
            Self::Ready => return Fact::PodReady(pod),
            Self::Gone => return Fact::PodGone(pod),
            Self::Created => Event::SuccessfulCreate(pod),
            Self::Deleted(was) => Event::SuccessfulDelete { pod, was },
            Self::Scheduled => Event::Scheduled(pod),
            Self::Started => Event::Started(pod),
            Self::Unhealthy => Event::Unhealthy(pod),
            Self::BackOff => Event::BackOff(pod),
            Self::PullFailed => Event::PullFailed(pod),
            Self::PullBackOff => Event::PullBackOff(pod),
        })
    }
}

/// The facts of one step, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    notes: Vec<Note>,
    /// Those that something happened to, note after note.
    pods: Vec<PodId>,
}

#[derive(Clone, Debug, PartialEq)]
enum Note {
    Other(Fact),
    /// So many pods.
    Pods(Happened, u32),
}

/// Some facts of a step.
#[derive(Clone, Copy, Debug)]
pub enum Run<'a> {
    /// One that is about more than a pod.
    Other(&'a Fact),
    /// The same happened to all of these.
    Pods(Happened, &'a [PodId]),
}

impl Facts {
    /// One that is about more than a pod.
    pub fn push(&mut self, fact: Fact) {
        self.notes.push(Note::Other(fact));
    }

    /// What the others followed from.
    pub fn push_first(&mut self, fact: Fact) {
        self.notes.insert(0, Note::Other(fact));
    }

    /// Something happened to each of some pods.
    pub fn happened(&mut self, what: Happened, pods: &[PodId]) {
        self.pods.extend_from_slice(pods);
        self.note(what, pods.len());
    }

    /// The pods were created that have these numbers.
    pub fn created(&mut self, pods: std::ops::Range<u32>) {
        self.note(Happened::Created, pods.len());
        self.pods.extend(pods.map(PodId));
    }

    fn note(&mut self, what: Happened, more: usize) {
        match self.notes.last_mut() {
            _ if more == 0 => {}
            Some(Note::Pods(last, count)) if *last == what => *count += more as u32,
            _ => self.notes.push(Note::Pods(what, more as u32)),
        }
    }

    /// Room for those of so many pods.
    pub fn reserve(&mut self, pods: usize) {
        self.notes.reserve(8);
        self.pods.reserve(pods);
    }

    /// The list of pods, behind the end of which there is room: what is put there is taken away again.
    pub(super) fn room(&mut self) -> &mut Vec<PodId> {
        &mut self.pods
    }

    /// There are none any more.
    pub fn clear(&mut self) {
        self.notes.clear();
        self.pods.clear();
    }

    /// How many there are; what happened to ten pods is ten facts.
    pub fn len(&self) -> usize {
        self.others().count() + self.pods.len()
    }

    /// Whether anything happened to pods.
    pub fn are_about_pods(&self) -> bool {
        !self.pods.is_empty()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// Whether any tells of a change: rules only explain, but for the one by which a ReplicaSet comes to be.
    pub fn change_something(&self) -> bool {
        self.notes.iter().any(|note| match note {
            Note::Other(Fact::Rule(rule)) => matches!(rule, Rule::GetNewReplicaSet { .. }),
            _ => true,
        })
    }

    /// In order, those of a kind about pods together.
    pub fn runs(&self) -> impl Iterator<Item = Run<'_>> {
        let mut rest = &self.pods[..];
        self.notes.iter().map(move |note| match note {
            Note::Other(fact) => Run::Other(fact),
            Note::Pods(what, count) => {
                let (pods, others) = rest.split_at(*count as usize);
                rest = others;
                Run::Pods(*what, pods)
            }
        })
    }

    /// Those that are about more than a pod.
    pub fn others(&self) -> impl Iterator<Item = &Fact> {
        self.notes.iter().filter_map(|note| match note {
            Note::Other(fact) => Some(fact),
            Note::Pods(..) => None,
        })
    }

    /// Each by itself.
    pub fn to_vec(&self) -> Vec<Fact> {
        let mut all = Vec::with_capacity(self.len());
        self.runs().for_each(|run| match run {
            Run::Other(fact) => all.push(fact.clone()),
            Run::Pods(what, pods) => all.extend(pods.iter().map(|pod| what.to(*pod))),
        });
        all
    }
}
