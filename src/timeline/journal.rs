//! What happened in a run, step by step, in a few bytes each; and how the API objects stood after any.
//!
//! A step is a *shape* and a *rest*. In the shape is who acts, what is told, and most numbers of it, as the
//! differences to the last fact of its kind; of a status that follows from what is known already, not even
//! those. Steps that come again and again, as pods take each other's places, then have one shape, and each of
//! them is a byte that says which. In the rest is what differs: the numbers of pods that come in no order.
//!
//! Every so often there is a *place to begin* at: nothing before it but shapes is needed to read what comes
//! after. From there a step is never far.
//!
//! What is said in words, conditions, and objects that changed in other ways than in their numbers, are
//! kept in lists beside the bytes: they are few.

mod instants;
mod known;
mod read;
mod renewed;
mod shapes;
mod write;

use crate::sim::Sim;
use crate::sim::cluster::Objects;
use crate::sim::out::{Actor, Fact, Step};
use crate::sim::time::SimTime;

use super::packed::{apply, set_numbers, set_numbers_of, set_status, status_numbers, unpack};
use super::series::Tally;
use instants::Instants;
use read::{Reader, Seen};
use renewed::Renewed;
use shapes::Shapes;
use write::Writer;

/// All steps of a run.
#[derive(Clone, Debug)]
pub struct Journal {
    bytes: Vec<u8>,
    begins: Vec<Begin>,
    /// The numbers of the objects at all places to begin at.
    numbers: Vec<i32>,
    snapshots: Vec<Objects>,
    conditions: Renewed,
    said: Vec<Fact>,
    instants: Instants,
    steps: u32,
    shapes: Shapes,
    writer: Writer,
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

/// A step of the journal, and how things stand after it.
#[derive(Clone, Debug)]
pub struct Cursor {
    reader: Reader,
    state: State,
}

/// No more steps than this between two places to begin at, and no more bytes.
const MOST_STEPS: u32 = 512;
const MOST_BYTES: usize = 16_384;

/// Of the first byte of a shape: who acts, and what else there is to read.
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

/// Actors from this code on have an id.
const FIRST_WITH_ID: u8 = 3;

impl Journal {
    /// The journal of a run whose first step has just been made. There is room for so many pods.
    pub fn new(sim: &Sim, actor: Actor, pods: usize) -> Self {
        let state = State { objects: sim.cluster.objects.clone(), tallies: Vec::with_capacity(4) };
        let mut journal = Self {
            bytes: Vec::with_capacity(6 * pods),
            begins: Vec::with_capacity(pods / 512),
            numbers: Vec::with_capacity(pods / 32),
            snapshots: Vec::with_capacity(8),
            conditions: Renewed::default(),
            said: Vec::new(),
            instants: Instants::with_room(pods / 16),
            steps: 0,
            shapes: Shapes::default(),
            writer: Writer::with_room(pods / 4),
            state,
        };
        journal.push(sim, actor);
        journal
    }

    /// How many steps there are.
    pub fn steps(&self) -> usize {
        self.steps as usize
    }

    /// When a step was; the first, if there is none of that number.
    pub fn at(&self, step: usize) -> SimTime {
        self.instants.at(step as u32)
    }

    /// The last step at or before a moment; the first step if there is none.
    pub fn last_at(&self, time: SimTime) -> usize {
        self.instants.next_after(time).map_or(self.steps(), |next| next as usize - 1)
    }

    /// How things stand after the last step.
    pub fn state(&self) -> &State {
        &self.state
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
            + self.conditions.footprint()
            + size_of::<Fact>() * self.said.len()
            + self.shapes.footprint()
            + self.instants.footprint()
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

    fn begin_if_due(&mut self) {
        let step = self.steps;
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
            conditions: self.conditions.len(),
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
        self.writer.begin();
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
                Seen::Conditions(which) => {
                    state.objects.deployments[0].status.conditions = self.conditions.get(which);
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
        let Some(last) = begin.conditions.checked_sub(1) else { return };
        deployment.status.conditions = self.conditions.get(last);
    }

    /// All steps of the block that a step is in, with the number of the first.
    pub fn block(&self, step: usize) -> (usize, Vec<Step>) {
        let block = self.block_of(step);
        let begin = self.begins[block];
        let end = self.begins.get(block + 1).map_or(self.steps, |next| next.step);
        let mut reader = Reader::at(begin);
        let mut steps = Vec::with_capacity((end - begin.step) as usize);
        while reader.step() < end {
            let mut facts = Vec::new();
            let actor = self.read_step(&mut reader, true, &mut |seen| match seen {
                Seen::Numbers(kind, numbers) => facts.extend(unpack(kind, numbers)),
                Seen::Said(said) => facts.push(said.clone()),
                Seen::Tally(..) | Seen::Conditions(_) | Seen::Snapshot(_) => {}
            });
            steps.push(Step { at: self.at(reader.step() as usize), actor, facts });
        }
        (begin.step as usize + 1, steps)
    }
}

impl Cursor {
    /// The step it stands after.
    pub fn step(&self) -> usize {
        self.reader.step() as usize
    }

    /// How things stood then.
    pub fn state(&self) -> &State {
        &self.state
    }
}
