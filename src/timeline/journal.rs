//! What happened in a run, step by step, in a few bytes each; and how the API objects stood after any.
//!
//! A step of the Deployment controller follows from the objects that it finds, so that it was done is all
//! that is put down: who reads it has the controller do it again. Of the other steps it is put down what
//! does not follow: what happened to which pods, and by how much the counts of pods changed.
//!
//! Such a step is a *shape* and a *rest*. In the shape is who acts, what is told, and most numbers of it, as
//! differences to what is known. Steps that come again and again, as pods take each other's places, then
//! have one shape, and each of them is a byte that says which. In the rest is what differs: the numbers of
//! pods that come in no order.
//!
//! Every so often there is a *place to begin* at: nothing before it but shapes is needed to read what comes
//! after. From there a step is never far.
//!
//! What is said in words, and objects as a user's command has made them, are kept in lists beside the
//! bytes: they are few.

mod instants;
mod numbers;
mod read;
mod shapes;
mod snapshots;
mod write;

use crate::sim::Sim;
use crate::sim::cluster::Objects;
use crate::sim::out::{Fact, Step};
use crate::sim::time::SimTime;

use super::series::Tally;
use instants::Instants;
pub use read::{Cursor, State};
use shapes::Shapes;
use snapshots::Snapshots;
use write::Writer;

/// All steps of a run.
#[derive(Clone, Debug)]
pub struct Journal {
    bytes: Vec<u8>,
    begins: Vec<Begin>,
    /// The numbers of the objects at all places to begin at.
    numbers: Vec<i32>,
    snapshots: Snapshots,
    said: Vec<Fact>,
    instants: Instants,
    steps: u32,
    shapes: Shapes,
    writer: Writer,
    /// The pods of each ReplicaSet after the last step.
    tallies: Vec<Tally>,
}

/// A place to begin reading at: after a step.
#[derive(Clone, Copy, Debug, Default)]
struct Begin {
    step: u32,
    place: u32,
    numbers: u32,
    snapshots: u32,
    said: u32,
}

/// No more steps than this between two places to begin at, and no more bytes.
const MOST_STEPS: u32 = 512;
const MOST_BYTES: usize = 16_384;

/// Of the first byte of a shape: who acts, and what else there is to read.
const ACTOR: u8 = 7;
const SNAPSHOT: u8 = 8;
/// A ReplicaSet's status was written, as its pods are known.
const COUNTED: u8 = 16;
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
    /// The journal of a run that begins like this. There is room for so many pods.
    pub fn new(sim: &Sim, pods: usize) -> Self {
        // Before the first step there is nothing.
        let mut begins = Vec::with_capacity(1 + pods / 512);
        begins.push(Begin::default());
        Self {
            bytes: Vec::with_capacity(6 * pods),
            begins,
            numbers: Vec::with_capacity(64 + pods / 32),
            snapshots: Snapshots::with_room(8, &sim.cluster.objects),
            said: Vec::with_capacity(8),
            instants: Instants::with_room(pods / 16),
            steps: 0,
            shapes: Shapes::default(),
            writer: Writer::with_room(pods / 4),
            tallies: Vec::with_capacity(4),
        }
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

    /// The pods of each ReplicaSet after the last step.
    pub fn tallies(&self) -> &[Tally] {
        &self.tallies
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
            + self.snapshots.footprint()
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

    fn begin_if_due(&mut self, objects: &Objects) {
        let far = |last: &Begin| {
            MOST_STEPS <= self.steps - last.step || MOST_BYTES <= self.bytes.len() - last.place as usize
        };
        if self.begins.last().is_some_and(far) {
            self.begin(objects);
        }
    }

    /// Keeps the numbers of the objects; and the objects, if anything else differs from the last snapshot, in
    /// which numbers do not count.
    fn begin(&mut self, objects: &Objects) {
        let numbers = self.numbers.len();
        numbers::write(objects, &self.tallies, &mut self.numbers);
        let (deployments, replica_sets) = self.snapshots.last();
        numbers::read(deployments, replica_sets, &mut self.numbers[numbers..].iter().copied());
        if *deployments != objects.deployments || *replica_sets != objects.replica_sets {
            self.snapshots.push(objects);
        }
        self.begins.push(Begin {
            step: self.steps,
            place: self.bytes.len() as u32,
            numbers: numbers as u32,
            snapshots: self.snapshots.len() as u32,
            said: self.said.len() as u32,
        });
        self.writer.begin();
    }

    /// Which place to begin at comes before a step.
    fn block_of(&self, step: usize) -> usize {
        self.begins.partition_point(|begin| (begin.step as usize) < step).max(1) - 1
    }

    /// How things stood after a step, which is one of the journal's.
    pub fn cursor(&self, step: usize) -> Cursor {
        let mut cursor = self.cursor_at(self.begins[self.block_of(step)]);
        self.take_to(&mut cursor, step);
        cursor
    }

    fn cursor_at(&self, begin: Begin) -> Cursor {
        let mut objects = self.snapshots.after(begin.snapshots as usize);
        let numbers = &mut self.numbers[begin.numbers as usize..].iter().copied();
        numbers::read(&mut objects.deployments, &mut objects.replica_sets, numbers);
        let tallies = numbers::read_tallies(objects.replica_sets.len(), numbers);
        Cursor::new(begin, objects, tallies)
    }

    /// Takes a cursor to another step. A place to begin at starts the differences afresh: who has come as far
    /// as that goes on from there.
    pub fn seek(&self, cursor: &mut Cursor, step: usize) {
        let (now, begin) = (cursor.step(), self.begins[self.block_of(step)]);
        if now == begin.step as usize {
            cursor.begin(begin);
        } else if !(begin.step as usize..=step).contains(&now) {
            *cursor = self.cursor_at(begin);
        }
        self.take_to(cursor, step);
    }

    fn take_to(&self, cursor: &mut Cursor, step: usize) {
        while cursor.step() < step {
            self.read_step(cursor, None);
        }
    }

    /// All steps of the block that a step is in, with the number of the first.
    pub fn block(&self, step: usize) -> (usize, Vec<Step>) {
        let block = self.block_of(step);
        let begin = self.begins[block];
        let end = self.begins.get(block + 1).map_or(self.steps, |next| next.step) as usize;
        let mut cursor = self.cursor_at(begin);
        let mut steps = Vec::with_capacity(end - begin.step as usize);
        while cursor.step() < end {
            let mut facts = Vec::new();
            let actor = self.read_step(&mut cursor, Some(&mut facts));
            steps.push(Step { at: self.at(cursor.step()), actor, facts });
        }
        (begin.step as usize + 1, steps)
    }
}
