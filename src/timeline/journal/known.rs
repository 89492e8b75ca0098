//! What the numbers of a fact are the differences to.

use crate::timeline::packed::{KINDS, MANAGES, MOST, Numbers, resizes};

/// The last numbers of each kind: apart for ReplicaSets, and Deployments, that take turns.
#[derive(Clone, Debug)]
pub struct Known(Box<[[Numbers; 2]; KINDS]>);

impl Default for Known {
    fn default() -> Self {
        Self(Box::new([[[0; MOST]; 2]; KINDS]))
    }
}

impl Known {
    /// What the numbers of a fact would be if it went on from the last of its kind: who was given a size has
    /// it, and how many pods were asked for, there are.
    pub fn expected(&mut self, kind: u8, id: i32) -> &mut Numbers {
        let numbers = self.of(kind, id);
        numbers[0] = id;
        if resizes(kind) {
            numbers[1] = numbers[2];
        } else if kind == MANAGES {
            numbers[2] = numbers[1];
        }
        numbers
    }

    /// Those that a fact of a kind is told by.
    pub fn of(&mut self, kind: u8, id: i32) -> &mut Numbers {
        &mut self.0[usize::from(kind)][id as usize & 1]
    }

    /// There are none any more.
    pub fn forget(&mut self) {
        *self.0 = [[[0; MOST]; 2]; KINDS];
    }
}
