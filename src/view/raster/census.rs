//! Which pod looks how, for all pods at once.
//!
//! This is the one loop of a frame that goes over all pods. It has no branches that a processor could
//! guess wrong: what a pod has reached becomes a number, and a table says what that looks like.

use crate::sim::pod::Stage;
use crate::timeline::lives::{Columns, Lives};
use crate::view::budget_line::{Shape, shape_of};

/// What is in a cell: [`EMPTY`], or a shape in the colour of a revision.
pub type Class = u8;

/// No pod.
pub const EMPTY: Class = 0;
/// How many classes there are.
pub const CLASSES: usize = 1 + HUES as usize * SHAPES as usize;

const HUES: u32 = 4;
const SHAPES: u32 = 6;
/// All shapes, by number.
const ALL: [Shape; SHAPES as usize] =
    [Shape::Pending, Shape::Running, Shape::Ready, Shape::Available, Shape::Failing, Shape::Terminating];

/// The class of a pod of a ReplicaSet.
pub fn class(replica_set: u32, shape: Shape) -> Class {
    (replica_set % HUES * SHAPES + shape as u32 + 1) as Class
}

/// The place of the colour among the four, and the shape; `None` of an empty cell.
pub fn parts(class: Class) -> Option<(usize, Shape)> {
    let number = usize::from(class).checked_sub(1)?;
    Some((number / ALL.len(), ALL[number % ALL.len()]))
}

/// Shapes by what a pod has reached: a bit for each stage, and one more for being ready long enough.
const LOOKS: [u8; 128] = looks();
/// The bit for that.
const AVAILABLE: u8 = 64;

const fn looks() -> [u8; 128] {
    let mut looks = [0; 128];
    let mut reached = 1;
    while reached < looks.len() {
        let (stages, available) = (reached as u32 & 63, 64 <= reached);
        // Nothing reached is no pod.
        let shape = match stages.checked_ilog2() {
            Some(0 | 1) => Some(Shape::Pending),
            Some(2) => Some(Shape::Running),
            Some(3) if available => Some(Shape::Available),
            Some(3) => Some(Shape::Ready),
            Some(4) => Some(Shape::Terminating),
            _ => None,
        };
        looks[reached] = match shape {
            Some(shape) => shape as u8 + 1,
            None => 0,
        };
        reached += 1;
    }
    looks
}

/// Pods are looked at so many at a time, stage by stage: what they have reached stays near.
const BLOCK: usize = 1024;

/// The class of every slot after a step, as if every pod went straight through life. `available_before`
/// says for each ReplicaSet up to which step a pod has to have become ready to be available.
pub fn classify(lives: Columns, step: u32, available_before: &[u32], cells: &mut [Class]) {
    cells.fill(EMPTY);
    let created = lives.reached[0].partition_point(|created| *created <= step);
    let mut block = [0; BLOCK];
    for from in (0..created).step_by(BLOCK) {
        let to = created.min(from + BLOCK);
        let block = &mut block[..to - from];
        block.fill(0);
        for (stage, reached) in lives.reached.iter().enumerate() {
            mark(&reached[from..to], step, 1 << stage, block);
        }
        let ready = &lives.reached[Stage::Ready as usize][from..to];
        let sets = &lives.replica_set[from..to];
        mark_available(ready, sets, available_before, block);
        put(block, sets, &lives.slot[from..to], cells);
    }
}

/// Marks the pods that have reached something by a step.
#[inline(never)]
fn mark(reached: &[u32], step: u32, bit: u8, block: &mut [u8]) {
    for (marks, reached) in block.iter_mut().zip(reached) {
        *marks |= if *reached <= step { bit } else { 0 };
    }
}

/// Marks the pods that became ready long enough ago.
#[inline(never)]
fn mark_available(ready: &[u32], sets: &[u32], available_before: &[u32], block: &mut [u8]) {
    for (marks, (ready, set)) in block.iter_mut().zip(ready.iter().zip(sets)) {
        let since = available_before.get(*set as usize).copied().unwrap_or(0);
        *marks |= if *ready <= since { AVAILABLE } else { 0 };
    }
}

/// Puts pods into their slots.
#[inline(never)]
fn put(block: &[u8], sets: &[u32], slots: &[u32], cells: &mut [Class]) {
    for (marks, (set, slot)) in block.iter().zip(sets.iter().zip(slots)) {
        let look = LOOKS[usize::from(*marks % 128)];
        let class = if look == 0 { EMPTY } else { look + (set % HUES * SHAPES) as u8 };
        // Who is gone is followed in its slot only by younger pods, which come later.
        cells[*slot as usize] = class;
    }
}

/// Puts the pods that something went wrong with as they are.
pub fn correct(lives: &Lives, step: u32, available_before: &[u32], cells: &mut [Class]) {
    for pod in lives.turned() {
        let Some(turn) = lives.turns(pod).find(|turn| turn.step <= step) else { continue };
        if turn.stage == Stage::Gone {
            continue;
        }
        let life = lives.life(pod);
        let since = available_before.get(life.replica_set as usize).copied().unwrap_or(0);
        let shape = shape_of(turn.stage, turn.waiting, turn.step <= since);
        cells[life.slot as usize] = class(life.replica_set, shape);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_names() {
        assert_eq!(parts(EMPTY), None);
        for (replica_set, hue) in [(0, 0), (3, 3), (5, 1)] {
            for shape in ALL {
                let class = class(replica_set, shape);
                assert!(usize::from(class) < CLASSES);
                assert_eq!(parts(class), Some((hue, shape)));
            }
        }
    }
}
