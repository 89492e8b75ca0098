//! The weave of more pods than can have a thread each: a row for some pods, a column for some time,
//! the colour what they were, mixed.
//!
//! It is made once for a run. Every pod adds its turns to its row as differences, and one pass over the
//! row sums them up, so the work is that of all pods and all cells, not of one times the other.
//!
//! A browser translates a function well only after it was called for a while, and this is done at once:
//! what is done for each pod and each row has to stay a function of its own.

use crate::sim::pod::{Stage, Waiting};
use crate::sim::time::{SimDuration, SimTime};
use crate::timeline::Timeline;
use crate::timeline::lives::Columns as Lives;
use crate::view::budget_line::{Shape, shape_of};

use super::census::{CLASSES, Class, EMPTY, class, parts};
use super::colour::{CLEAR, Rgba};
use super::moments::{last_step, waits};
use super::stamps::is_hatched;

/// In which column of the fabric things happen.
pub struct Columns {
    /// How many there are; what happens after the last is in none.
    pub count: usize,
    /// By step.
    pub at: Vec<u16>,
    /// By step, when pods that become ready then are available, for every wait that ReplicaSets have.
    pub available: Vec<(SimDuration, Vec<u16>)>,
}

impl Columns {
    /// The columns of a run's steps. `column` says in which one a moment is.
    pub fn new(timeline: &Timeline, count: usize, column: impl Fn(SimTime) -> usize) -> Self {
        let mut available: Vec<(SimDuration, Vec<u16>)> = Vec::new();
        for wait in waits(timeline) {
            if SimDuration::ZERO < wait && available.iter().all(|(known, _)| *known != wait) {
                let columns = columns(timeline, count, &|at| column(at.stored() + wait));
                available.push((wait, columns));
            }
        }
        Self { count, at: columns(timeline, count, &column), available }
    }

    fn of(&self, step: u32) -> u16 {
        self.at.get(step as usize).copied().unwrap_or(self.count as u16)
    }

    fn available(&self, ready: u32, wait: SimDuration) -> u16 {
        let columns = self.available.iter().find(|(known, _)| *known == wait).map(|(_, columns)| columns);
        columns.unwrap_or(&self.at).get(ready as usize).copied().unwrap_or(self.count as u16)
    }

    #[inline(never)]
    pub(super) fn way(&self, reached: [u32; 6], wait: SimDuration) -> Way {
        let never = self.count as u16;
        let [created, _, started, ready, deleted, gone] = reached.map(|step| self.of(step));
        let available = self.available(reached[Stage::Ready as usize], wait);
        let available = if available < deleted { available } else { never };
        [created, started, ready, available, deleted, gone]
    }
}

/// For every step the column of a moment that rises with it.
fn columns(timeline: &Timeline, count: usize, column: &dyn Fn(SimTime) -> usize) -> Vec<u16> {
    let mut columns = Vec::with_capacity(timeline.steps() + 1);
    for index in 0..count {
        let last = last_step(timeline, |at| column(at) <= index);
        columns.resize((last as usize + 1).max(columns.len()), index as u16);
    }
    columns.resize(timeline.steps() + 1, count as u16);
    columns
}

/// The column in which a pod takes on each look of [`LOOKS`]; that after the last if it never does.
pub(super) type Way = [u16; 6];

/// The looks of a pod that goes straight through life, in order; at last it is gone.
const LOOKS: [Option<Shape>; 6] = [
    Some(Shape::Pending),
    Some(Shape::Running),
    Some(Shape::Ready),
    Some(Shape::Available),
    Some(Shape::Terminating),
    None,
];
/// The places of two of them.
const CREATED: usize = 0;
const LEFT: usize = 4;

/// The turns of a pod, if something went wrong with it: at which step it came where, and why its
/// container waits.
pub type Turns = Vec<(u32, Stage, Option<Waiting>)>;

/// The cells of the fabric, row by row: pods of the same ReplicaSet, of the same age, and with the same
/// end are beside each other. `waits` says for each ReplicaSet how long its pods have to be ready until
/// they are available; `turns` has none for a pod that goes straight through life.
pub fn weave_cells(
    lives: Lives,
    turns: &dyn Fn(u32) -> Turns,
    waits: &[SimDuration],
    columns: &Columns,
    rows: usize,
    colours: &[Rgba; CLASSES],
) -> Vec<Rgba> {
    let wait_of = |set: u32| waits.get(set as usize).copied().unwrap_or_default();
    let sets = lives.replica_set;
    let ways: Vec<_> = (0..sets.len())
        .map(|pod| columns.way(lives.reached.map(|steps| steps[pod]), wait_of(sets[pod])))
        .collect();
    let order = order(sets, &ways, columns.count);
    let mut loom = Loom::new(columns.count, colours);
    let mut cells = Vec::with_capacity(rows * columns.count);
    for row in 0..rows {
        let place = |row: usize| row * order.len() / rows;
        let pods = &order[place(row)..place(row + 1).max(place(row) + 1)];
        for pod in pods {
            let (set, turns) = (sets[*pod as usize], turns(*pod));
            match turns.is_empty() {
                true => loom.add(set, &ways[*pod as usize]),
                false => loom.follow(set, &turns, columns, wait_of(set)),
            }
        }
        loom.finish(row, pods.len() as i32, &mut cells);
    }
    cells
}

/// Pods by ReplicaSet, then by when they were created, then by when they were deleted. They come in
/// order of creation, so only those that came together have to be sorted by their end.
pub(super) fn order(sets: &[u32], ways: &[Way], never: usize) -> Vec<u32> {
    let most = sets.iter().max().map_or(0, |set| *set as usize + 1);
    let pods: Vec<u32> = (0..sets.len() as u32).collect();
    let mut order = sorted(&pods, most, &|pod| sets[pod as usize] as usize);
    let together = |a: &u32, b: &u32| [a, b].map(|pod| (sets[*pod as usize], ways[*pod as usize][CREATED]));
    for pods in order.chunk_by_mut(|a, b| matches!(together(a, b), [a, b] if a == b)) {
        let by_end = sorted(pods, never + 1, &|pod| usize::from(ways[pod as usize][LEFT]));
        pods.copy_from_slice(&by_end);
    }
    order
}

/// Sorts by counting.
fn sorted(pods: &[u32], keys: usize, key: &dyn Fn(u32) -> usize) -> Vec<u32> {
    let mut places = vec![0; keys + 1];
    pods.iter().for_each(|pod| places[key(*pod) + 1] += 1);
    (0..keys).for_each(|key| places[key + 1] += places[key]);
    let mut sorted = vec![0; pods.len()];
    for pod in pods {
        let place = &mut places[key(*pod)];
        sorted[*place] = *pod;
        *place += 1;
    }
    sorted
}

struct Loom {
    /// By class, what one pod of it adds to the sums.
    weights: [Sum; CLASSES],
    count: usize,
    /// By column of the row, and one after the last, by how much the sums are other ones than before it.
    changes: Vec<Sum>,
}

/// Red, green and blue, how many pods there are, and how many of them leave.
type Sum = [i32; 5];

fn weight(class: Class, colours: &[Rgba; CLASSES]) -> Sum {
    let Some((_, shape)) = parts(class) else { return [0; 5] };
    let [red, green, blue, _] = colours[usize::from(class)].map(i32::from);
    [red, green, blue, 1, i32::from(shape == Shape::Terminating)]
}

impl Loom {
    fn new(count: usize, colours: &[Rgba; CLASSES]) -> Self {
        let weights = std::array::from_fn(|class| weight(class as Class, colours));
        Self { weights, count, changes: vec![[0; 5]; count + 1] }
    }

    /// Adds the life of a pod that goes straight.
    #[inline(never)]
    fn add(&mut self, replica_set: u32, way: &Way) {
        let mut now = EMPTY;
        for (look, column) in LOOKS.into_iter().zip(way) {
            if usize::from(*column) < self.count {
                self.turn(*column, &mut now, look.map_or(EMPTY, |shape| class(replica_set, shape)));
            }
        }
    }

    /// Adds the life of a pod that does not.
    fn follow(&mut self, replica_set: u32, turns: &Turns, columns: &Columns, wait: SimDuration) {
        let mut now = EMPTY;
        for (index, (step, stage, waiting)) in turns.iter().enumerate() {
            let (column, available) = (columns.of(*step), columns.available(*step, wait));
            let until = turns.get(index + 1).map_or(columns.count as u16, |next| columns.of(next.0));
            let shape = shape_of(*stage, *waiting, available == column);
            let look = if *stage == Stage::Gone { EMPTY } else { class(replica_set, shape) };
            self.turn(column, &mut now, look);
            if *stage == Stage::Ready && available < until {
                self.turn(available, &mut now, class(replica_set, Shape::Available));
            }
        }
    }

    #[inline]
    fn turn(&mut self, column: u16, now: &mut Class, next: Class) {
        let (before, after) = (&self.weights[usize::from(*now)], &self.weights[usize::from(next)]);
        let change = &mut self.changes[usize::from(column)];
        for (sum, (before, after)) in change.iter_mut().zip(before.iter().zip(after)) {
            *sum += after - before;
        }
        *now = next;
    }

    /// Ends the row, and forgets its pods. What is not there shows the ground; what leaves is hatched with it.
    #[inline(never)]
    fn finish(&mut self, row: usize, pods: i32, cells: &mut Vec<Rgba>) {
        let (mut sums, mut looks) = ([0; 5], [CLEAR; 2]);
        for (column, change) in self.changes[..self.count].iter_mut().enumerate() {
            // In most columns nothing changes.
            if *change != [0; 5] {
                sums.iter_mut().zip(std::mem::take(change)).for_each(|(sum, change)| *sum += change);
                looks = [3, 1].map(|hatched| mixed(sums, hatched, pods));
            }
            cells.push(looks[usize::from(is_hatched(column, row))]);
        }
        self.changes[self.count] = [0; 5];
    }
}

/// So many pods in one cell. Of four parts of what leaves, `hidden` are hidden by the hatch.
fn mixed([red, green, blue, there, leaving]: Sum, hidden: i32, pods: i32) -> Rgba {
    let channel = |sum: i32| (sum / there.max(1)) as u8;
    let opacity = 255 * i64::from(there * 4 - leaving * hidden) / (4 * i64::from(pods));
    [channel(red), channel(green), channel(blue), opacity as u8]
}
