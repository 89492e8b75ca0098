//! How steps are read.

use crate::sim::cluster::{DeploymentId, Objects, ReplicaSetId};
use crate::sim::out::{Actor, Fact};
use crate::timeline::bytes::{read, read_differences};
use crate::timeline::packed::{Numbers, SAID, come_in_order, happened, length, resizes};

use super::known::Known;
use super::{
    ACTOR, Begin, CONDITIONS, FIRST_WITH_ID, Journal, LAST, LENGTH, MANY, MORE_TALLIES, NO_FACTS, SEVERAL,
    SNAPSHOT, TALLIES,
};

/// Somewhere in the journal, between two steps.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    step: u32,
    place: usize,
    snapshots: u32,
    conditions: u32,
    said: u32,
    known: Known,
}

/// What there is in a step.
pub(super) enum Seen<'a> {
    Numbers(u8, &'a Numbers),
    Said(&'a Fact),
    Tally(usize, [i32; 3]),
    /// By their place among those that were written.
    Conditions(u32),
    Snapshot(&'a Objects),
}

impl Reader {
    /// At a place to begin at.
    pub(super) fn at(begin: Begin) -> Self {
        let Begin { step, place, snapshots, conditions, said, .. } = begin;
        Self { step, place: place as usize, snapshots, conditions, said, known: Known::default() }
    }

    /// The step it stands after.
    pub(super) fn step(&self) -> u32 {
        self.step
    }
}

impl Journal {
    /// Reads the next step, and shows what is in it.
    pub(super) fn read_step(
        &self,
        reader: &mut Reader,
        with_pods: bool,
        see: &mut dyn FnMut(Seen<'_>),
    ) -> Actor {
        let bytes = &self.bytes[..];
        let shape = &mut self.shapes.read(bytes, &mut reader.place);
        let head = bytes[*shape];
        *shape += 1;
        let code = head & ACTOR;
        let id = if FIRST_WITH_ID <= code { read(bytes, shape) as u32 } else { 0 };
        let mut last = head & NO_FACTS != 0;
        while !last {
            last = self.read_run(reader, shape, with_pods, see);
        }
        let mut more = head & TALLIES != 0;
        while more {
            more = self.read_tally(shape, see) && head & MORE_TALLIES != 0;
        }
        if head & CONDITIONS != 0 {
            see(Seen::Conditions(reader.conditions));
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
    fn read_tally(&self, shape: &mut usize, see: &mut dyn FnMut(Seen<'_>)) -> bool {
        let first = read(&self.bytes, shape);
        if 0 <= first {
            let mut number = |place_of: u32| match first & (1_i64 << place_of) {
                0 => 0,
                _ => read(&self.bytes, shape) as i32,
            };
            see(Seen::Tally((first >> 3) as usize, [number(0), number(1), number(2)]));
        }
        0 <= first
    }

    /// Reads a fact, or several of one kind about pods; says whether they are the step's last.
    fn read_run(
        &self,
        reader: &mut Reader,
        shape: &mut usize,
        with_pods: bool,
        see: &mut dyn FnMut(Seen<'_>),
    ) -> bool {
        let bytes = &self.bytes[..];
        let first = bytes[*shape];
        *shape += 1;
        let (kind, is_last) = (first & !(LAST | SEVERAL), first & LAST != 0);
        if kind == SAID {
            see(Seen::Said(&self.said[reader.said as usize]));
            reader.said += 1;
        } else if happened(kind).is_some() {
            let count = if first & SEVERAL != 0 { read(bytes, shape) } else { 1 };
            self.read_pods(reader, shape, (kind, count), with_pods, see);
        } else {
            let id = read(bytes, shape) as i32;
            let numbers = reader.known.expected(kind, id);
            for place in 1..length(kind) {
                if place == 2 && resizes(kind) {
                    numbers[2] = numbers[1];
                }
                numbers[place] = (i64::from(numbers[place]) + read(bytes, shape)) as i32;
            }
            see(Seen::Numbers(kind, numbers));
        }
        is_last
    }

    /// Whoever is not told of pods here is not told of them later either.
    fn read_pods(
        &self,
        reader: &mut Reader,
        shape: &mut usize,
        (kind, count): (u8, i64),
        with_pods: bool,
        see: &mut dyn FnMut(Seen<'_>),
    ) {
        let (bytes, place) = (&self.bytes[..], &mut reader.place);
        let numbers = reader.known.of(kind, 0);
        if count <= 1 {
            let first = if come_in_order(kind) { shape } else { place };
            numbers[0] = (i64::from(numbers[0]) + read(bytes, first)) as i32;
            see(Seen::Numbers(kind, numbers));
            // The others follow the first.
            for _ in 1..if with_pods { -count } else { 0 } {
                numbers[0] += 1;
                see(Seen::Numbers(kind, numbers));
            }
            return;
        }
        if MANY as i64 <= count {
            let length: [u8; LENGTH] = std::array::from_fn(|index| bytes[*place + index]);
            *place += LENGTH;
            if !with_pods {
                *place += u32::from_le_bytes(length) as usize;
                return;
            }
        }
        read_differences(bytes, place, numbers[0] as u32, count as usize, &mut |pod| {
            numbers[0] = pod as i32;
            see(Seen::Numbers(kind, numbers));
        });
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
