//! How steps are put down.

use crate::sim::Sim;
use crate::sim::cluster::{DeploymentId, Objects, ReplicaSetId};
use crate::sim::facts::{Facts, Run};
use crate::sim::out::{Actor, Fact};
use crate::sim::pod::PodId;
use crate::timeline::bytes::{write, write_differences};
use crate::timeline::packed::{KINDS, SAID, STATUS, come_in_order, kind, pack};
use crate::timeline::series::Tally;

use super::numbers::{counted, of_replica_set};
use super::{
    COUNTED, FIRST_WITH_ID, Journal, LAST, LENGTH, MANY, MORE_TALLIES, NO_FACTS, SEVERAL, SNAPSHOT, TALLIES,
};

/// The step that is being put down, and what is known from the steps since the last place to begin at.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    shape: Vec<u8>,
    rest: Vec<u8>,
    /// Where in the shape the last fact begins; 0: there is none.
    last: usize,
    /// By kind, the last pod to which something of it happened.
    pods: [u32; KINDS],
}

impl Writer {
    /// Room for a step that so many bytes tell of.
    pub(super) fn with_room(bytes: usize) -> Self {
        let (shape, rest) = (Vec::with_capacity(64), Vec::with_capacity(bytes));
        Self { shape, rest, last: 0, pods: [0; KINDS] }
    }

    /// Nothing is known at a place to begin at.
    pub(super) fn begin(&mut self) {
        self.pods = [0; KINDS];
    }

    fn begin_step(&mut self, actor: Actor) {
        let (code, id) = actor_code(actor);
        self.shape.clear();
        self.rest.clear();
        self.last = 0;
        self.shape.push(code);
        if FIRST_WITH_ID <= code {
            write(&mut self.shape, id.into());
        }
    }

    fn begin_fact(&mut self, kind: u8) {
        self.last = self.shape.len();
        self.shape.push(kind);
    }

    fn end_facts(&mut self) {
        // The first byte of the step says that there is none.
        self.shape[self.last] |= if self.last == 0 { NO_FACTS } else { LAST };
    }

    /// Nearly all facts are about pods, with no number but theirs. Of several it is said how many, as a number
    /// below zero where they follow each other, as they do when they are created: then the first is written
    /// alone. Many can be passed over.
    fn write_pods(&mut self, kind: u8, pods: &[PodId]) {
        let (several, count) = (1 < pods.len(), pods.len() as i64);
        self.begin_fact(kind | if several { SEVERAL } else { 0 });
        let Self { shape, rest, .. } = self;
        let before = std::mem::replace(&mut self.pods[usize::from(kind)], pods[pods.len() - 1].0);
        let in_turn = several && follow_each_other(pods);
        if several {
            write(shape, if in_turn { -count } else { count });
        }
        if in_turn || !several {
            let first = if come_in_order(kind) { shape } else { rest };
            return write(first, i64::from(pods[0].0) - i64::from(before));
        }
        let (many, place) = (MANY <= pods.len(), rest.len());
        if many {
            rest.extend([0; LENGTH]);
        }
        write_differences(rest, before, pods);
        if many {
            let length = (rest.len() - place - LENGTH) as u32;
            rest[place..place + LENGTH].copy_from_slice(&length.to_le_bytes());
        }
    }

    /// Says how a ReplicaSet's status differs from what is known of its pods.
    fn write_status(&mut self, status: [i32; 4], known: [i32; 4]) {
        if status == known {
            self.shape[0] |= COUNTED;
            return;
        }
        self.begin_fact(STATUS);
        let differences = status.iter().zip(known).map(|(new, known)| i64::from(*new) - i64::from(known));
        differences.for_each(|difference| write(&mut self.shape, difference));
    }
}

impl Journal {
    /// The simulator has made a step; says its number.
    pub fn begin_step(&mut self, actor: Actor) -> u32 {
        self.writer.begin_step(actor);
        self.steps += 1;
        self.steps
    }

    /// Takes note of some of its facts.
    pub fn record(&mut self, actor: Actor, run: Run<'_>, objects: &Objects) {
        match run {
            // Follows from what the controller finds.
            _ if matches!(actor, Actor::DeploymentController(_)) => {}
            Run::Pods(what, pods) => self.writer.write_pods(kind(what), pods),
            // Follows from how many pods there are.
            Run::Other(Fact::Rule(_)) => {}
            Run::Other(Fact::ReplicaSetStatus(id)) => {
                let status = &objects.replica_set(*id).status;
                self.writer.write_status(of_replica_set(status), counted(&self.tallies[id.0 as usize]));
            }
            Run::Other(fact) => self.write_fact(fact),
        }
    }

    /// All that it did has been told. Says whether pods may count for something else than before.
    pub fn end_step(&mut self, sim: &Sim, actor: Actor) -> bool {
        self.writer.end_facts();
        let (objects, facts) = (&sim.cluster.objects, sim.facts());
        let snapshot = self.is_news(objects, actor);
        // What a pod counts for changes as something happens to it, with time, and with what is asked of it.
        let begins = self.instants.push(sim.now(), self.steps);
        let moves = begins || snapshot || facts.are_about_pods() || self.asks_otherwise(objects, facts);
        if moves {
            self.writer.shape[0] |= self.write_tallies(sim);
        }
        if snapshot {
            self.writer.shape[0] |= SNAPSHOT;
            self.snapshots.push(objects);
        }
        self.shapes.write(&mut self.bytes, &self.writer.shape);
        self.bytes.extend_from_slice(&self.writer.rest);
        self.begin_if_due(objects);
        moves
    }

    /// Whether objects have changed in a way that does not follow: by a command, or since a ReplicaSet has come
    /// to fail or to do so no longer.
    fn is_news(&mut self, objects: &Objects, actor: Actor) -> bool {
        let Actor::ReplicaSetController(id) = actor else { return actor == Actor::User };
        let known = self.snapshots.last().1.get(id.0 as usize);
        known.and_then(|known| known.failure.as_ref()) != objects.replica_set(id).failure.as_ref()
    }

    /// Whether there are more ReplicaSets, or one of them asks for something else of its pods.
    fn asks_otherwise(&self, objects: &Objects, facts: &Facts) -> bool {
        self.tallies.len() < objects.replica_sets.len()
            || facts.others().any(|fact| matches!(fact, Fact::ReplicaSetUpdated(_)))
    }

    fn write_fact(&mut self, fact: &Fact) {
        let (kind, numbers) = pack(fact);
        self.writer.begin_fact(kind);
        if kind == SAID {
            return self.said.push(fact.clone());
        }
        numbers.iter().for_each(|number| write(&mut self.writer.shape, i64::from(*number)));
    }

    /// Those that have changed, each with its ReplicaSet and which of its numbers did; after several a number
    /// that none has. Says how many there are, as the first byte of a shape does.
    fn write_tallies(&mut self, sim: &Sim) -> u8 {
        let (bytes, mut count) = (&mut self.writer.shape, 0);
        self.tallies.resize(sim.cluster.replica_sets.len(), Tally::default());
        for (index, known) in self.tallies.iter_mut().enumerate() {
            let tally = Tally::of(&sim.cluster, ReplicaSetId(index as u32), sim.now());
            if tally == *known {
                continue;
            }
            let differences = [
                tally.available - known.available,
                tally.starting - known.starting,
                tally.terminating - known.terminating,
            ];
            let which = |place: usize| i64::from(differences[place] != 0) << place;
            write(bytes, (index as i64) << 3 | which(0) | which(1) | which(2));
            for difference in differences {
                if difference != 0 {
                    write(bytes, difference.into());
                }
            }
            *known = tally;
            count += 1;
        }
        match count {
            0 => 0,
            1 => TALLIES,
            _ => {
                write(bytes, -1);
                TALLIES | MORE_TALLIES
            }
        }
    }
}

fn follow_each_other(pods: &[PodId]) -> bool {
    (pods[0].0..).zip(pods).all(|(number, pod)| number == pod.0)
}

fn actor_code(actor: Actor) -> (u8, u32) {
    match actor {
        Actor::User => (0, 0),
        Actor::Scheduler => (1, 0),
        Actor::Kubelet => (2, 0),
        Actor::DeploymentController(DeploymentId(id)) => (3, id),
        Actor::ReplicaSetController(ReplicaSetId(id)) => (4, id),
    }
}
