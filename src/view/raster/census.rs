//! Which pod looks how, for all pods at once.
//!
//! This is the one loop of a frame that goes over all pods. Most are old, and how their lives ended is
//! asked first; those of an age are alike, so a processor guesses right which way it goes. Without vector
//! instructions, which the page does not have, this is four times as fast as a table of what they reached.

use crate::sim::pod::Stage;
use crate::timeline::lives::{Columns, Lives, NEVER};
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

/// The class of every slot after a step, as if every pod went straight through life. `available_before`
/// says for each ReplicaSet up to which step a pod has to have become ready to be available.
#[inline(never)]
pub fn classify(lives: Columns, step: u32, available_before: &[u32], cells: &mut [Class]) {
    cells.fill(EMPTY);
    let created = lives.reached[0].partition_point(|created| *created <= step);
    let [_, _, started, ready, deleted, gone] = lives.reached.map(|steps| &steps[..created]);
    let (sets, slots) = (&lives.replica_set[..created], &lives.slot[..created]);
    let (mut of, mut since) = (NEVER, 0);
    for pod in 0..created {
        if sets[pod] != of {
            of = sets[pod];
            since = available_before.get(of as usize).copied().unwrap_or(0);
        }
        let look = match () {
            () if gone[pod] <= step => None,
            () if deleted[pod] <= step => Some(Shape::Terminating),
            () if ready[pod] <= step.min(since) => Some(Shape::Available),
            () if ready[pod] <= step => Some(Shape::Ready),
            () if started[pod] <= step => Some(Shape::Running),
            () => Some(Shape::Pending),
        };
        // Who is gone is followed in its slot only by younger pods, which come later.
        cells[slots[pod] as usize] = look.map_or(EMPTY, |shape| class(of, shape));
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
