//! Shapes of steps: each is written out once between two places to begin at, and has a number from then on.

use crate::timeline::bytes::{read, write};

/// So many have a number. It is a byte, and this is the byte before a new one.
const MOST: usize = NEW as usize;
const NEW: u8 = 255;

/// The shapes since the last place to begin at, for who writes.
#[derive(Clone, Debug)]
pub(super) struct Shapes {
    /// Where they are, and how long.
    known: Vec<(u32, u32)>,
    /// By what comes of their bytes: their number and one more, or 0.
    table: Box<[u8; TABLE]>,
}

/// Twice as many entries as there can be shapes, so that the next free one is not far.
const TABLE: usize = 512;

impl Default for Shapes {
    fn default() -> Self {
        Self { known: Vec::with_capacity(MOST), table: Box::new([0; TABLE]) }
    }
}

impl Shapes {
    /// There are none any more.
    pub(super) fn forget(&mut self) {
        self.known.clear();
        self.table.fill(0);
    }

    /// Writes the number of a shape; or, if it has none, all of it.
    pub(super) fn write(&mut self, bytes: &mut Vec<u8>, shape: &[u8]) {
        let mut entry = hash(shape) % TABLE;
        while let Some(number) = self.table[entry].checked_sub(1) {
            let (place, length) = self.known[usize::from(number)];
            if bytes[place as usize..][..length as usize] == *shape {
                return bytes.push(number);
            }
            entry = (entry + 1) % TABLE;
        }
        bytes.push(NEW);
        write(bytes, shape.len() as i64);
        if self.known.len() < MOST {
            self.known.push((bytes.len() as u32, shape.len() as u32));
            self.table[entry] = self.known.len() as u8;
        }
        bytes.extend_from_slice(shape);
    }
}

/// Where the shapes are that have been met since the last place to begin at, for who reads.
#[derive(Clone, Debug)]
pub(super) struct Met(Vec<u32>);

impl Default for Met {
    fn default() -> Self {
        Self(Vec::with_capacity(MOST))
    }
}

impl Met {
    /// Where the shape is that comes next; moves on past its number, or past all of it.
    pub(super) fn read(&mut self, bytes: &[u8], place: &mut usize) -> usize {
        let number = bytes[*place];
        *place += 1;
        if number != NEW {
            return self.0[usize::from(number)] as usize;
        }
        let length = read(bytes, place) as usize;
        let shape = *place;
        *place += length;
        if self.0.len() < MOST {
            self.0.push(shape as u32);
        }
        shape
    }
}

/// FNV-1a, by which shapes that differ in a byte are far from each other.
fn hash(shape: &[u8]) -> usize {
    let hash =
        shape.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    (hash ^ hash >> 16) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_comes_back() {
        let (mut shapes, mut bytes) = (Shapes::default(), Vec::new());
        let all: Vec<[u8; 2]> =
            (0..2_000_u32).map(|turn| [(turn % 7) as u8, (turn * turn % 400) as u8]).collect();
        let many: Vec<Vec<u8>> =
            all.iter().map(|shape| shape.to_vec()).chain((0..600_u32).map(number)).collect();
        many.iter().for_each(|shape| shapes.write(&mut bytes, shape));
        let (mut met, mut place) = (Met::default(), 0);
        for shape in &many {
            let at = met.read(&bytes, &mut place);
            assert_eq!(bytes[at..at + shape.len()], shape[..]);
        }
        assert_eq!(place, bytes.len());
    }

    fn number(number: u32) -> Vec<u8> {
        number.to_le_bytes().to_vec()
    }

    #[test]
    fn what_comes_again_is_a_byte() {
        let (mut shapes, mut bytes) = (Shapes::default(), Vec::new());
        shapes.write(&mut bytes, b"status");
        let once = bytes.len();
        (0..10).for_each(|_| shapes.write(&mut bytes, b"status"));
        assert_eq!(bytes.len(), once + 10);
    }
}
