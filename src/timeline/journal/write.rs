//! How steps are put down.

use crate::sim::Sim;
use crate::sim::cluster::{DeploymentId, Objects, ReplicaSetId};
use crate::sim::facts::{Facts, Run};
use crate::sim::out::{Actor, Event, Fact};
use crate::sim::pod::PodId;
use crate::sim::rule::Rule;
use crate::timeline::bytes::{write, write_differences};
use crate::timeline::packed::{
    SAID, apply, come_in_order, kind, kind_of_pods, length, numbers, resizes, shortened,
};
use crate::timeline::series::Tally;

use super::known::Known;
use super::{
    CONDITIONS, FIRST_WITH_ID, Journal, LAST, LENGTH, MANY, MORE_TALLIES, NO_FACTS, SEVERAL, SNAPSHOT, State,
    TALLIES,
};

/// What is known from the steps since the last place to begin at, and room for the next.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    known: Known,
    shape: Vec<u8>,
    rest: Vec<u8>,
}

impl Writer {
    /// Room for a step that so many bytes tell of.
    pub(super) fn with_room(bytes: usize) -> Self {
        let (shape, rest) = (Vec::with_capacity(64), Vec::with_capacity(bytes));
        Self { known: Known::default(), shape, rest }
    }

    /// Nothing is known at a place to begin at.
    pub(super) fn begin(&mut self) {
        self.known.forget();
    }

    /// Nearly all facts are about pods, with no number but theirs. Of several it is said how many, as a number
    /// below zero where they follow each other, as they do when they are created: then the first is written
    /// alone. Many can be passed over.
    fn write_pods(&mut self, kind: u8, pods: &[PodId], is_last: u8) {
        let Self { known, shape, rest, .. } = self;
        let (several, count) = (1 < pods.len(), pods.len() as i64);
        shape.push(kind | is_last | if several { SEVERAL } else { 0 });
        let last = &mut known.of(kind, 0)[0];
        let before = std::mem::replace(last, pods[pods.len() - 1].0 as i32) as u32;
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

    /// Whose it is comes first. How it differs is said from the last of its kind that was about the same.
    fn write_numbers(&mut self, fact: &Fact, kind: u8, objects: &Objects, is_last: u8, state: &mut State) {
        let (kind, numbers) = shortened(kind, numbers(fact, objects), state);
        self.shape.push(kind | is_last);
        write(&mut self.shape, numbers[0].into());
        let known = self.known.expected(kind, numbers[0]);
        for place in 1..length(kind) {
            if place == 2 && resizes(kind) {
                known[2] = known[1];
            }
            write(&mut self.shape, i64::from(numbers[place]) - i64::from(known[place]));
            known[place] = numbers[place];
        }
        apply(kind, &numbers, state);
    }
}

impl Journal {
    /// Takes note of what the simulator has just done. Says whether pods may count for something else than
    /// before.
    pub fn push(&mut self, sim: &Sim, actor: Actor) -> bool {
        self.begin_if_due();
        let (objects, facts) = (&sim.cluster.objects, sim.facts());
        let snapshot = self.is_new(actor, facts, objects);
        let conditions = self.has_new_conditions(actor, objects);
        let mut head = actor_code(actor).0;
        head |= if snapshot { SNAPSHOT } else { 0 };
        head |= if conditions { CONDITIONS } else { 0 };
        head |= if facts.is_empty() { NO_FACTS } else { 0 };
        let (code, id) = actor_code(actor);
        self.writer.shape.clear();
        self.writer.rest.clear();
        self.writer.shape.push(head);
        if FIRST_WITH_ID <= code {
            write(&mut self.writer.shape, id.into());
        }
        self.write_facts(facts, objects);
        // What a pod counts for changes as something happens to it, with time, and with what is asked of it.
        let moves = snapshot || facts.are_about_pods() || self.instants.last() != Some(sim.now());
        if moves {
            self.writer.shape[0] |= self.write_tallies(sim);
        }
        self.shapes.write(&mut self.bytes, &self.writer.shape);
        self.bytes.extend_from_slice(&self.writer.rest);
        if snapshot {
            self.snapshots.push(objects.clone());
            self.state.objects.clone_from(objects);
            // A ReplicaSet has a tally as soon as it is there.
            self.state.tallies.resize(objects.replica_sets.len(), Tally::default());
        }
        self.steps += 1;
        self.instants.push(sim.now(), self.steps);
        debug_assert_eq!(&self.state.objects, objects, "a change that no fact tells of: {facts:?}");
        debug_assert!(
            tallies(sim).eq(self.state.tallies.iter().copied()),
            "tallies are not those of the pods"
        );
        moves
    }

    /// Whether objects changed in other ways than in their numbers.
    fn is_new(&self, actor: Actor, facts: &Facts, objects: &Objects) -> bool {
        match actor {
            Actor::User => true,
            Actor::Scheduler | Actor::Kubelet => false,
            Actor::ReplicaSetController(id) => {
                self.state.objects.replica_set(id).failure != objects.replica_set(id).failure
            }
            Actor::DeploymentController(_) => facts.others().any(|fact| self.is_new_by(fact, objects)),
        }
    }

    fn is_new_by(&self, fact: &Fact, objects: &Objects) -> bool {
        match *fact {
            Fact::Rule(Rule::GetNewReplicaSet { .. }) | Fact::ReplicaSetDeleted(_) => true,
            Fact::ReplicaSetUpdated(id) | Fact::Event(Event::ScalingReplicaSet { replica_set: id, .. }) => {
                let known = self.state.objects.replica_sets.get(id.0 as usize);
                let new = objects.replica_set(id);
                known.is_none_or(|known| {
                    known.annotations != new.annotations || known.min_ready_seconds != new.min_ready_seconds
                })
            }
            Fact::DeploymentStatus(id) => {
                let (known, new) = (self.state.objects.deployment(id), objects.deployment(id));
                known.annotations != new.annotations
                    || known.status.collision_count != new.status.collision_count
                    || 1 < objects.deployments.len() && known.status.conditions != new.status.conditions
            }
            _ => false,
        }
    }

    /// Conditions change every second while a rollout is getting somewhere. They are kept by themselves
    /// where there is one Deployment.
    fn has_new_conditions(&mut self, actor: Actor, objects: &Objects) -> bool {
        if !matches!(actor, Actor::DeploymentController(_)) || objects.deployments.len() != 1 {
            return false;
        }
        let new = &objects.deployments[0].status.conditions;
        let old = &mut self.state.objects.deployments[0].status.conditions;
        if old == new {
            return false;
        }
        old.clone_from(new);
        self.conditions.push(new);
        true
    }

    fn write_facts(&mut self, facts: &Facts, objects: &Objects) {
        let mut runs = facts.runs().peekable();
        while let Some(run) = runs.next() {
            let last = if runs.peek().is_none() { LAST } else { 0 };
            match run {
                Run::Pods(what, pods) => self.writer.write_pods(kind_of_pods(what), pods, last),
                Run::Other(fact) => self.write_fact(fact, objects, last),
            }
        }
    }

    fn write_fact(&mut self, fact: &Fact, objects: &Objects, is_last: u8) {
        let kind = kind(fact);
        if kind == SAID {
            self.writer.shape.push(kind | is_last);
            return self.said.push(fact.clone());
        }
        self.writer.write_numbers(fact, kind, objects, is_last, &mut self.state);
    }

    /// Those that have changed, each with its ReplicaSet and which of its numbers did; after several a number
    /// that none has. Says how many there are, as the first byte of a shape does.
    fn write_tallies(&mut self, sim: &Sim) -> u8 {
        let (bytes, state) = (&mut self.writer.shape, &mut self.state);
        let mut count = 0;
        for (index, known) in state.tallies.iter_mut().enumerate() {
            let tally = Tally::of(&sim.cluster, ReplicaSetId(index as u32), sim.now());
            if tally == *known {
                continue;
            }
            let differences = [
                tally.available - known.available,
                tally.starting - known.starting,
                tally.terminating - known.terminating,
            ];
            let which = (0..).zip(differences).map(|(place, number)| i64::from(number != 0) << place);
            write(bytes, (index as i64) << 3 | which.sum::<i64>());
            differences
                .iter()
                .filter(|number| **number != 0)
                .for_each(|number| write(bytes, (*number).into()));
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

/// How the pods of each ReplicaSet stand.
fn tallies(sim: &Sim) -> impl Iterator<Item = Tally> {
    let ids = (0..sim.cluster.replica_sets.len() as u32).map(ReplicaSetId);
    ids.map(|id| Tally::of(&sim.cluster, id, sim.now()))
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
