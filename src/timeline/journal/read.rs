//! How steps are read.

use crate::sim::cluster::{Cluster, DeploymentId, Objects, ReplicaSetId};
use crate::sim::deployment::sync_again;
use crate::sim::facts::Happened;
use crate::sim::out::{Actor, Fact, Out};
use crate::sim::pod::PodId;
use crate::sim::pods::Pods;
use crate::sim::rule::Rule;
use crate::timeline::bytes::{read, read_differences};
use crate::timeline::packed::{KINDS, SAID, STATUS, come_in_order, happened, unpack};
use crate::timeline::series::Tally;

use super::numbers::{self, counted, replica_set_with};
use super::{
    ACTOR, Begin, COUNTED, FIRST_WITH_ID, Journal, LAST, LENGTH, MANY, MORE_TALLIES, NO_FACTS, SEVERAL,
    SNAPSHOT, TALLIES,
};

/// A step of the journal, and how things stand after it.
#[derive(Clone, Debug)]
pub struct Cursor {
    step: u32,
    place: usize,
    snapshots: u32,
    said: u32,
    /// By kind, the last pod to which something of it happened.
    pods: [u32; KINDS],
    state: State,
    /// What the Deployment controller wants, who has done it all already.
    out: Out,
}

/// How things stand after a step.
#[derive(Clone, Debug)]
pub struct State {
    /// The API objects; of pods, only how many each ReplicaSet had before a sync.
    cluster: Cluster,
    /// The pods of each ReplicaSet.
    tallies: Vec<Tally>,
}

impl State {
    /// The API objects, without pods.
    pub fn objects(&self) -> &Objects {
        &self.cluster.objects
    }

    /// The pods of each ReplicaSet.
    pub fn tallies(&self) -> &[Tally] {
        &self.tallies
    }

    /// The objects are as in a snapshot, but for the numbers.
    fn take(&mut self, mut snapshot: Objects) {
        let mut numbers = Vec::new();
        numbers::write(self.objects(), &[], &mut numbers);
        let Objects { deployments, replica_sets, .. } = &mut snapshot;
        numbers::read(deployments, replica_sets, &mut numbers.iter().copied());
        self.cluster.objects = snapshot;
    }
}

impl Cursor {
    pub(super) fn new(begin: Begin, objects: Objects, tallies: Vec<Tally>) -> Self {
        let cluster = Cluster { objects, pods: Pods::default() };
        let (state, out) = (State { cluster, tallies }, Out::default());
        let mut cursor = Self { step: 0, place: 0, snapshots: 0, said: 0, pods: [0; KINDS], state, out };
        cursor.begin(begin);
        cursor
    }

    /// Begins to read at a place, where things stand as they do.
    pub(super) fn begin(&mut self, Begin { step, place, snapshots, said, .. }: Begin) {
        (self.step, self.place, self.snapshots, self.said) = (step, place as usize, snapshots, said);
        self.pods = [0; KINDS];
    }

    /// The step it stands after.
    pub fn step(&self) -> usize {
        self.step as usize
    }

    /// How things stood then.
    pub fn state(&self) -> &State {
        &self.state
    }
}

impl Journal {
    /// Reads the next step, and tells its facts. Who is not told of pods by a cursor is not told of them later
    /// either.
    pub(super) fn read_step(&self, cursor: &mut Cursor, mut told: Option<&mut Vec<Fact>>) -> Actor {
        let bytes = &self.bytes[..];
        let shape = &mut self.shapes.read(bytes, &mut cursor.place);
        let head = bytes[*shape];
        *shape += 1;
        let code = head & ACTOR;
        let id = if FIRST_WITH_ID <= code { read(bytes, shape) as u32 } else { 0 };
        let actor = actor(code, id);
        cursor.step += 1;
        match actor {
            Actor::DeploymentController(id) => self.sync(cursor, id, told.as_deref_mut()),
            Actor::ReplicaSetController(id) => manage(&cursor.state, id, told.as_deref_mut()),
            _ => {}
        }
        let mut last = head & NO_FACTS != 0;
        while !last {
            last = self.read_run(cursor, shape, id, told.as_deref_mut());
        }
        if head & COUNTED != 0 {
            write_status(&mut cursor.state, id, [0; 4], told);
        }
        // A ReplicaSet has a tally as soon as it is there.
        cursor.state.tallies.resize(cursor.state.cluster.replica_sets.len(), Tally::default());
        let mut more = head & TALLIES != 0;
        while more {
            more = self.read_tally(cursor, shape) && head & MORE_TALLIES != 0;
        }
        if head & SNAPSHOT != 0 {
            cursor.snapshots += 1;
            cursor.state.take(self.snapshots.after(cursor.snapshots as usize));
        }
        actor
    }

    /// The Deployment controller does again what it did then.
    fn sync(
        &self,
        Cursor { step, state, out, .. }: &mut Cursor,
        id: DeploymentId,
        told: Option<&mut Vec<Fact>>,
    ) {
        let State { cluster, tallies } = state;
        cluster
            .pods
            .stand_in(tallies.iter().map(|tally| [tally.starting, tally.available, tally.terminating]));
        sync_again(cluster, id, self.at(*step as usize), out);
        if let Some(told) = told {
            told.extend(out.facts.to_vec());
        }
    }

    /// Says whether there was one.
    fn read_tally(&self, cursor: &mut Cursor, shape: &mut usize) -> bool {
        let first = read(&self.bytes, shape);
        if 0 <= first {
            let mut number = |place_of: u32| match first & (1_i64 << place_of) {
                0 => 0,
                _ => read(&self.bytes, shape) as i32,
            };
            let Tally { available, starting, terminating } = &mut cursor.state.tallies[(first >> 3) as usize];
            *available += number(0);
            *starting += number(1);
            *terminating += number(2);
        }
        0 <= first
    }

    /// Reads a fact, or several of one kind about pods; says whether they are the last that are put down.
    fn read_run(
        &self,
        cursor: &mut Cursor,
        shape: &mut usize,
        id: u32,
        told: Option<&mut Vec<Fact>>,
    ) -> bool {
        let bytes = &self.bytes[..];
        let first = bytes[*shape];
        *shape += 1;
        let kind = first & !(LAST | SEVERAL);
        if let Some(what) = happened(kind) {
            let count = if first & SEVERAL != 0 { read(bytes, shape) } else { 1 };
            self.read_pods(cursor, shape, (kind, what, count), told);
        } else if kind == STATUS {
            write_status(&mut cursor.state, id, std::array::from_fn(|_| read(bytes, shape) as i32), told);
        } else if kind == SAID {
            if let Some(told) = told {
                told.push(self.said[cursor.said as usize].clone());
            }
            cursor.said += 1;
        } else {
            let numbers = std::array::from_fn(|_| read(bytes, shape) as u32);
            if let Some(told) = told {
                told.push(unpack(kind, numbers));
            }
        }
        first & LAST != 0
    }

    fn read_pods(
        &self,
        cursor: &mut Cursor,
        shape: &mut usize,
        (kind, what, count): (u8, Happened, i64),
        told: Option<&mut Vec<Fact>>,
    ) {
        let (bytes, place) = (&self.bytes[..], &mut cursor.place);
        let last = &mut cursor.pods[usize::from(kind)];
        if count <= 1 {
            let from = if come_in_order(kind) { shape } else { place };
            let first = (i64::from(*last) + read(bytes, from)) as u32;
            // The others follow the first.
            *last = first.wrapping_add(if count < 0 { -count as u32 - 1 } else { 0 });
            if let Some(told) = told {
                told.extend((first..=*last).map(|pod| what.to(PodId(pod))));
            }
            return;
        }
        if MANY as i64 <= count {
            let length: [u8; LENGTH] = std::array::from_fn(|index| bytes[*place + index]);
            *place += LENGTH;
            if told.is_none() {
                *place += u32::from_le_bytes(length) as usize;
                return;
            }
        }
        let mut told = told;
        read_differences(bytes, place, *last, count as usize, &mut |pod| {
            *last = pod;
            if let Some(told) = &mut told {
                told.push(what.to(PodId(pod)));
            }
        });
    }
}

/// A ReplicaSet that has not as many pods as it asks for creates or deletes some.
fn manage(State { cluster, tallies }: &State, id: ReplicaSetId, told: Option<&mut Vec<Fact>>) {
    let (replicas, active) = (cluster.replica_set(id).replicas, tallies[id.0 as usize].active());
    if let Some(told) = told.filter(|_| replicas != active) {
        told.push(Fact::Rule(Rule::ManageReplicas { replica_set: id, replicas, active }));
    }
}

/// A ReplicaSet's status was written, which is so much more than what is known of its pods.
fn write_status(state: &mut State, id: u32, more: [i32; 4], told: Option<&mut Vec<Fact>>) {
    let id = ReplicaSetId(id);
    let counted = counted(&state.tallies[id.0 as usize]);
    let numbers = std::array::from_fn(|index| counted[index] + more[index]);
    state.cluster.replica_set_mut(id).status = replica_set_with(numbers);
    if let Some(told) = told {
        told.push(Fact::ReplicaSetStatus(id));
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
