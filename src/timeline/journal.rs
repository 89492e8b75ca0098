//! What happened in a run, step by step, in a few bytes each; and how the API objects stood after any.
//!
//! Most numbers of a fact are close to those of the last fact of its kind, so only the differences are
//! written; of a status that follows from what is known already, not even those. Every so often there is a
//! *place to begin* at: nothing before it is needed to read what comes after. From there a step is never far.
//!
//! What is said in words, conditions, and objects that changed in other ways than in their numbers, are
//! kept in lists beside the bytes: they are few.

use crate::sim::Sim;
use crate::sim::cluster::{DeploymentId, Objects, ReplicaSetId};
use crate::sim::conditions::Conditions;
use crate::sim::facts::{Facts, Run};
use crate::sim::out::{Actor, Event, Fact, Step};
use crate::sim::pod::PodId;
use crate::sim::rule::Rule;
use crate::sim::time::SimTime;

use super::bytes::{read, write, write_differences};
use super::packed::{
    KINDS, MOST, Numbers, SAID, apply, kind, kind_of_pods, length, numbers, set_numbers, set_numbers_of,
    set_status, shortened, status_numbers, unpack,
};
use super::series::Tally;

/// All steps of a run.
#[derive(Clone, Debug)]
pub struct Journal {
    bytes: Vec<u8>,
    begins: Vec<Begin>,
    /// The numbers of the objects at all places to begin at.
    numbers: Vec<i32>,
    snapshots: Vec<Objects>,
    conditions: Vec<Conditions>,
    said: Vec<Fact>,
    /// The moments at which anything happened, and the first step of each.
    instants: (Vec<SimTime>, Vec<u32>),
    /// After the last step.
    end: Reader,
    /// How things stand after the last step, as a reader will find them.
    state: State,
}

/// How things stand after a step.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The API objects, without pods.
    pub objects: Objects,
    /// The pods of each ReplicaSet.
    pub tallies: Vec<Tally>,
}

/// A place to begin reading at: before a step.
#[derive(Clone, Copy, Debug)]
struct Begin {
    step: u32,
    place: u32,
    numbers: u32,
    snapshots: u32,
    conditions: u32,
    said: u32,
}

/// Somewhere in the journal, between two steps.
#[derive(Clone, Debug)]
pub struct Reader {
    step: u32,
    place: usize,
    snapshots: u32,
    conditions: u32,
    said: u32,
    last: Box<[Numbers; KINDS]>,
}

/// A step of the journal, and how things stand after it.
#[derive(Clone, Debug)]
pub struct Cursor {
    reader: Reader,
    state: State,
}

/// No more steps than this between two places to begin at, and no more bytes.
const MOST_STEPS: u32 = 512;
const MOST_BYTES: usize = 16_384;

/// Of the first byte of a step: who acts, and what else there is to read.
const ACTOR: u8 = 7;
const SNAPSHOT: u8 = 8;
const CONDITIONS: u8 = 16;
const TALLIES: u8 = 32;
const NO_FACTS: u8 = 64;
const MORE_TALLIES: u8 = 128;

/// Of so many pods it is said how many bytes they have, in so many bytes.
const MANY: usize = 32;
const LENGTH: usize = size_of::<u32>();

/// Of the first byte of a fact: whether it is the last, and whether it is several, about pods.
const LAST: u8 = 128;
const SEVERAL: u8 = 64;

impl Journal {
    /// The journal of a run whose first step has just been made.
    pub fn new(sim: &Sim, actor: Actor) -> Self {
        let state = State { objects: sim.cluster.objects.clone(), tallies: Vec::new() };
        let mut journal = Self {
            bytes: Vec::new(),
            begins: Vec::new(),
            numbers: Vec::new(),
            snapshots: Vec::new(),
            conditions: Vec::new(),
            said: Vec::new(),
            instants: (Vec::new(), Vec::new()),
            end: Reader::new(),
            state,
        };
        journal.push(sim, actor);
        journal
    }

    /// How many steps there are.
    pub fn steps(&self) -> usize {
        self.end.step as usize
    }

    /// When a step was; the first, if there is none of that number.
    pub fn at(&self, step: usize) -> SimTime {
        let (times, steps) = &self.instants;
        times[steps.partition_point(|first| *first as usize <= step).max(1) - 1]
    }

    /// The last step at or before a moment; the first step if there is none.
    pub fn last_at(&self, time: SimTime) -> usize {
        let (times, steps) = &self.instants;
        let next = times.partition_point(|at| *at <= time).max(1);
        steps.get(next).map_or(self.steps(), |first| *first as usize - 1)
    }

    /// How things stand after the last step.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Room for a run with so many pods.
    pub fn reserve(&mut self, pods: usize) {
        self.bytes.reserve(6 * pods);
        self.begins.reserve(pods / 512);
        self.numbers.reserve(pods / 32);
        self.instants.0.reserve(pods / 16);
        self.instants.1.reserve(pods / 16);
    }

    /// Whether another journal is the beginning of this one.
    pub fn begins_like(&self, other: &Self) -> bool {
        self.bytes.starts_with(&other.bytes)
    }

    /// Bytes in use.
    pub fn footprint(&self) -> usize {
        self.bytes.len()
            + size_of::<Begin>() * self.begins.len()
            + 4 * self.numbers.len()
            + size_of::<Objects>() * self.snapshots.len()
            + size_of::<Conditions>() * self.conditions.len()
            + size_of::<Fact>() * self.said.len()
            + 12 * self.instants.0.len()
    }

    /// The most steps, and the most bytes, between two places to begin at.
    pub fn longest_block(&self) -> (usize, usize) {
        let ends = self.begins.iter().skip(1).map(|next| (next.step as usize, next.place as usize));
        let ends = ends.chain([(self.steps(), self.bytes.len())]);
        let blocks = self.begins.iter().zip(ends);
        let sizes =
            blocks.map(|(begin, (step, place))| (step - begin.step as usize, place - begin.place as usize));
        sizes.fold((0, 0), |most, size| (most.0.max(size.0), most.1.max(size.1)))
    }

    /// Takes note of what the simulator has just done.
    pub fn push(&mut self, sim: &Sim, actor: Actor) {
        self.begin_if_due();
        let (objects, facts) = (&sim.cluster.objects, sim.facts());
        let snapshot = self.is_new(actor, facts, objects);
        let conditions = self.has_new_conditions(actor, objects);
        let mut head = actor_code(actor);
        head |= if snapshot { SNAPSHOT } else { 0 };
        head |= if conditions { CONDITIONS } else { 0 };
        head |= if facts.is_empty() { NO_FACTS } else { 0 };
        let place = self.bytes.len();
        self.bytes.push(head);
        if let Actor::DeploymentController(DeploymentId(id)) | Actor::ReplicaSetController(ReplicaSetId(id)) =
            actor
        {
            write(&mut self.bytes, id.into());
        }
        self.write_facts(facts, objects);
        self.bytes[place] |= self.write_tallies(sim);
        if snapshot {
            self.snapshots.push(objects.clone());
            self.state.objects.clone_from(objects);
            // A ReplicaSet has a tally as soon as it is there.
            self.state.tallies.resize(objects.replica_sets.len(), Tally::default());
        }
        self.end.step += 1;
        if self.instants.0.last() != Some(&sim.now()) {
            self.instants.0.push(sim.now());
            self.instants.1.push(self.end.step);
        }
        debug_assert_eq!(&self.state.objects, objects, "a change that no fact tells of: {facts:?}");
    }

    fn begin_if_due(&mut self) {
        let step = self.end.step;
        if let Some(last) = self.begins.last() {
            let near = step - last.step < MOST_STEPS;
            if near && self.bytes.len() - (last.place as usize) < MOST_BYTES {
                return;
            }
        }
        self.begins.push(Begin {
            step,
            place: self.bytes.len() as u32,
            numbers: self.numbers.len() as u32,
            snapshots: self.snapshots.len() as u32,
            conditions: self.conditions.len() as u32,
            said: self.said.len() as u32,
        });
        let State { objects, tallies } = &self.state;
        for deployment in &objects.deployments {
            self.numbers.extend(status_numbers(&deployment.status));
        }
        for replica_set in &objects.replica_sets {
            self.numbers.push(replica_set.replicas);
            self.numbers.extend(set_numbers(&replica_set.status));
        }
        for Tally { available, starting, terminating } in tallies {
            self.numbers.extend([available, starting, terminating]);
        }
        *self.end.last = [[0; MOST]; KINDS];
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
        self.conditions.push(new.clone());
        true
    }

    fn write_facts(&mut self, facts: &Facts, objects: &Objects) {
        let mut runs = facts.runs().peekable();
        while let Some(run) = runs.next() {
            let last = if runs.peek().is_none() { LAST } else { 0 };
            match run {
                Run::Pods(what, pods) => self.write_pods(kind_of_pods(what), pods, last),
                Run::Other(fact) => self.write_fact(fact, objects, last),
            }
        }
    }

    /// Nearly all facts are about pods, with no number but theirs. Of several it is said how many, as a number
    /// below zero where they follow each other, as they do when they are created: then the first is written
    /// alone. Many can be passed over.
    fn write_pods(&mut self, kind: u8, mut pods: &[PodId], is_last: u8) {
        let (several, count) = (1 < pods.len(), pods.len() as i64);
        self.bytes.push(kind | is_last | if several { SEVERAL } else { 0 });
        let last = &mut self.end.last[usize::from(kind)][0];
        let known = std::mem::replace(last, pods[pods.len() - 1].0 as i32) as u32;
        let in_turn = several && follow_each_other(pods);
        if several {
            write(&mut self.bytes, if in_turn { -count } else { count });
        }
        if in_turn {
            pods = &pods[..1];
        }
        let (many, place) = (MANY <= pods.len(), self.bytes.len());
        if many {
            self.bytes.extend([0; LENGTH]);
        }
        write_differences(&mut self.bytes, known, pods.iter().map(|pod| pod.0));
        if many {
            let length = (self.bytes.len() - place - LENGTH) as u32;
            self.bytes[place..place + LENGTH].copy_from_slice(&length.to_le_bytes());
        }
    }

    fn write_fact(&mut self, fact: &Fact, objects: &Objects, is_last: u8) {
        let kind = kind(fact);
        let Self { bytes, end, state, said, .. } = self;
        if kind == SAID {
            bytes.push(kind | is_last);
            return said.push(fact.clone());
        }
        let (kind, numbers) = shortened(kind, numbers(fact, objects), state);
        bytes.push(kind | is_last);
        for (number, last) in numbers.iter().zip(&mut end.last[usize::from(kind)][..length(kind)]) {
            write(bytes, i64::from(*number) - i64::from(*last));
            *last = *number;
        }
        apply(kind, &numbers, state);
    }

    /// Those that have changed, each with its ReplicaSet and which of its numbers did; after several a number
    /// that none has. Says how many there are, as the first byte of a step does.
    fn write_tallies(&mut self, sim: &Sim) -> u8 {
        let Self { bytes, state, .. } = self;
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

    /// How things stood after a step, which is one of the journal's.
    pub fn cursor(&self, step: usize) -> Cursor {
        let begin = self.begins[self.block_of(step)];
        let mut cursor = Cursor { reader: Reader::at(begin), state: self.state_at(begin) };
        self.take_to(&mut cursor, step);
        cursor
    }

    /// Takes a cursor to another step. A place to begin at starts the differences afresh, so nothing is
    /// read on past it.
    pub fn seek(&self, cursor: &mut Cursor, step: usize) {
        let now = cursor.step();
        if now <= step && self.block_of(now) == self.block_of(step) {
            self.take_to(cursor, step);
        } else {
            *cursor = self.cursor(step);
        }
    }

    /// Which place to begin at comes before a step.
    fn block_of(&self, step: usize) -> usize {
        self.begins.partition_point(|begin| (begin.step as usize) < step).max(1) - 1
    }

    fn take_to(&self, cursor: &mut Cursor, step: usize) {
        while cursor.step() < step {
            let Cursor { reader, state } = cursor;
            self.read_step(reader, false, &mut |seen| match seen {
                Seen::Numbers(kind, numbers) => apply(kind, numbers, state),
                Seen::Conditions(conditions) => {
                    state.objects.deployments[0].status.conditions.clone_from(conditions)
                }
                Seen::Snapshot(snapshot) => state.objects.clone_from(snapshot),
                Seen::Tally(index, [available, starting, terminating]) => {
                    let tally = &mut state.tallies[index];
                    tally.available += available;
                    tally.starting += starting;
                    tally.terminating += terminating;
                }
                Seen::Said(_) => {}
            });
            // A ReplicaSet has a tally as soon as it is there.
            state.tallies.resize(state.objects.replica_sets.len(), Tally::default());
        }
    }

    fn state_at(&self, begin: Begin) -> State {
        // Before the first snapshot there is only the first step, which makes it.
        let mut objects = self.snapshots[(begin.snapshots as usize).max(1) - 1].clone();
        let numbers = &mut self.numbers[begin.numbers as usize..].iter().copied();
        let mut next = || numbers.next().unwrap_or_default();
        for deployment in &mut objects.deployments {
            set_numbers_of(&mut deployment.status, std::array::from_fn(|_| next()));
        }
        for replica_set in &mut objects.replica_sets {
            replica_set.replicas = next();
            replica_set.status = set_status(std::array::from_fn(|_| next()));
        }
        let tally = |_| Tally { available: next(), starting: next(), terminating: next() };
        let tallies = (0..objects.replica_sets.len()).map(tally).collect();
        self.conditions_at(begin, &mut objects);
        State { objects, tallies }
    }

    /// The conditions are those of the snapshot, unless others have been written since.
    fn conditions_at(&self, begin: Begin, objects: &mut Objects) {
        let [deployment] = &mut objects.deployments[..] else { return };
        let Some(last) = (begin.conditions as usize).checked_sub(1) else { return };
        deployment.status.conditions.clone_from(&self.conditions[last]);
    }

    /// All steps of the block that a step is in, with the number of the first.
    pub fn block(&self, step: usize) -> (usize, Vec<Step>) {
        let block = self.block_of(step);
        let begin = self.begins[block];
        let end = self.begins.get(block + 1).map_or(self.end.step, |next| next.step);
        let mut reader = Reader::at(begin);
        let mut steps = Vec::new();
        while reader.step < end {
            let mut facts = Vec::new();
            let actor = self.read_step(&mut reader, true, &mut |seen| match seen {
                Seen::Numbers(kind, numbers) => facts.extend(unpack(kind, numbers)),
                Seen::Said(said) => facts.push(said.clone()),
                Seen::Tally(..) | Seen::Conditions(_) | Seen::Snapshot(_) => {}
            });
            steps.push(Step { at: self.at(reader.step as usize), actor, facts });
        }
        (begin.step as usize + 1, steps)
    }

    /// Reads the next step, and shows what is in it.
    fn read_step(&self, reader: &mut Reader, with_pods: bool, see: &mut dyn FnMut(Seen<'_>)) -> Actor {
        let (bytes, place) = (&self.bytes[..], &mut reader.place);
        let head = bytes[*place];
        *place += 1;
        let code = head & ACTOR;
        let id = if FIRST_WITH_ID <= code { read(bytes, place) as u32 } else { 0 };
        let mut last = head & NO_FACTS != 0;
        while !last {
            last = self.read_run(reader, with_pods, see);
        }
        let mut more = head & TALLIES != 0;
        while more {
            more = self.read_tally(&mut reader.place, see) && head & MORE_TALLIES != 0;
        }
        if head & CONDITIONS != 0 {
            see(Seen::Conditions(&self.conditions[reader.conditions as usize]));
            reader.conditions += 1;
        }
        if head & SNAPSHOT != 0 {
            see(Seen::Snapshot(&self.snapshots[reader.snapshots as usize]));
            reader.snapshots += 1;
        }
        reader.step += 1;
        actor(code, id)
    }

    /// Says whether there was one.
    fn read_tally(&self, place: &mut usize, see: &mut dyn FnMut(Seen<'_>)) -> bool {
        let first = read(&self.bytes, place);
        if 0 <= first {
            let mut number = |place_of: u32| match first & (1_i64 << place_of) {
                0 => 0,
                _ => read(&self.bytes, place) as i32,
            };
            see(Seen::Tally((first >> 3) as usize, [number(0), number(1), number(2)]));
        }
        0 <= first
    }

    /// Reads a fact, or several of one kind about pods; says whether they are the step's last.
    fn read_run(&self, reader: &mut Reader, with_pods: bool, see: &mut dyn FnMut(Seen<'_>)) -> bool {
        let (bytes, place) = (&self.bytes[..], &mut reader.place);
        let first = bytes[*place];
        *place += 1;
        let (kind, is_last) = (first & !(LAST | SEVERAL), first & LAST != 0);
        if kind == SAID {
            see(Seen::Said(&self.said[reader.said as usize]));
            reader.said += 1;
            return is_last;
        }
        let count = if first & SEVERAL != 0 { read(bytes, place) } else { 1 };
        if MANY as i64 <= count {
            let length: [u8; LENGTH] = std::array::from_fn(|index| bytes[*place + index]);
            *place += LENGTH;
            // Whoever is not told of pods here, is not told of them later either.
            if !with_pods {
                *place += u32::from_le_bytes(length) as usize;
                return is_last;
            }
        }
        let numbers = &mut reader.last[usize::from(kind)];
        for _ in 0..count.max(1) {
            for number in &mut numbers[..length(kind)] {
                *number = (i64::from(*number) + read(bytes, place)) as i32;
            }
            see(Seen::Numbers(kind, numbers));
        }
        // The others follow the first, if whoever reads is told of pods.
        for _ in 1..if with_pods { -count } else { 0 } {
            numbers[0] += 1;
            see(Seen::Numbers(kind, numbers));
        }
        is_last
    }
}

/// What there is in a step.
enum Seen<'a> {
    Numbers(u8, &'a Numbers),
    Said(&'a Fact),
    Tally(usize, [i32; 3]),
    Conditions(&'a Conditions),
    Snapshot(&'a Objects),
}

impl Reader {
    fn new() -> Self {
        let last = Box::new([[0; MOST]; KINDS]);
        Self { step: 0, place: 0, snapshots: 0, conditions: 0, said: 0, last }
    }

    fn at(begin: Begin) -> Self {
        let Begin { step, place, snapshots, conditions, said, .. } = begin;
        Self { step, place: place as usize, snapshots, conditions, said, ..Self::new() }
    }
}

impl Cursor {
    /// The step it stands after.
    pub fn step(&self) -> usize {
        self.reader.step as usize
    }

    /// How things stood then.
    pub fn state(&self) -> &State {
        &self.state
    }
}

fn follow_each_other(pods: &[PodId]) -> bool {
    (pods[0].0..).zip(pods).all(|(number, pod)| number == pod.0)
}

/// Actors from this code on have an id.
const FIRST_WITH_ID: u8 = 3;

fn actor_code(actor: Actor) -> u8 {
    match actor {
        Actor::User => 0,
        Actor::Scheduler => 1,
        Actor::Kubelet => 2,
        Actor::DeploymentController(_) => 3,
        Actor::ReplicaSetController(_) => 4,
    }
}

fn actor(code: u8, id: u32) -> Actor {
    match code {
        0 => Actor::User,
        1 => Actor::Scheduler,
        2 => Actor::Kubelet,
        3 => Actor::DeploymentController(DeploymentId(id)),
        _ => Actor::ReplicaSetController(ReplicaSetId(id)),
    }
}
