//! Shapes of steps: what comes again has a number from the second time on.

use crate::timeline::bytes::{read, write};

/// Smaller numbers are a byte. Others are two: what is beyond this, as the first byte from here on.
const SHORT: usize = 192;
/// The byte before a shape that is written out.
const NEW: u8 = 255;
/// So many numbers there are at most.
const MOST: usize = (NEW as usize - SHORT) << 8;

/// All shapes that have a number, and some that may yet come again.
#[derive(Clone, Debug)]
pub(super) struct Shapes {
    /// Where they were written out, by number.
    places: Vec<u32>,
    /// By what comes of their bytes, or in one of the entries after that.
    table: Vec<Entry>,
}

const TABLE: usize = 1024;
/// So many entries are looked at.
const NEAR: usize = 8;

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    place: u32,
    /// 0: it is free.
    length: u16,
    /// Its number and one more; 0: it has none.
    number: u16,
}

impl Default for Shapes {
    fn default() -> Self {
        Self { places: Vec::with_capacity(TABLE), table: vec![Entry::default(); TABLE + NEAR] }
    }
}

impl Shapes {
    /// Writes the number of a shape; or all of it, if it has none.
    pub(super) fn write(&mut self, bytes: &mut Vec<u8>, shape: &[u8]) {
        let near = &mut self.table[hash(shape) % TABLE..][..NEAR];
        let is_same = |entry: &Entry| {
            usize::from(entry.length) == shape.len() && bytes[entry.place as usize..][..shape.len()] == *shape
        };
        if let Some(entry) = near.iter_mut().find(|entry| is_same(entry)) {
            if entry.number == 0 && self.places.len() < MOST {
                self.places.push(entry.place);
                entry.number = self.places.len() as u16;
            }
            if let Some(number) = entry.number.checked_sub(1) {
                return write_number(bytes, usize::from(number));
            }
        }
        bytes.push(NEW);
        write(bytes, shape.len() as i64);
        // Who has a number stays; of the others any may go.
        let free = near.iter_mut().find(|entry| entry.number == 0);
        if let (Some(entry), Ok(length)) = (free, u16::try_from(shape.len())) {
            *entry = Entry { place: bytes.len() as u32, length, number: 0 };
        }
        bytes.extend_from_slice(shape);
    }

    /// Where the shape is that comes next; moves on past its number, or past all of it.
    pub(super) fn read(&self, bytes: &[u8], place: &mut usize) -> usize {
        let first = bytes[*place];
        *place += 1;
        if first == NEW {
            let length = read(bytes, place) as usize;
            *place += length;
            return *place - length;
        }
        let mut number = usize::from(first);
        if SHORT <= number {
            number = SHORT + ((number - SHORT) << 8 | usize::from(bytes[*place]));
            *place += 1;
        }
        self.places[number] as usize
    }

    /// Bytes that are needed to read.
    pub(super) fn footprint(&self) -> usize {
        4 * self.places.len()
    }
}

fn write_number(bytes: &mut Vec<u8>, number: usize) {
    match number.checked_sub(SHORT) {
        None => bytes.push(number as u8),
        Some(beyond) => bytes.extend([(SHORT + (beyond >> 8)) as u8, beyond as u8]),
    }
}

/// FNV-1a, by which shapes that differ in a byte are far from each other.
fn hash(shape: &[u8]) -> usize {
    let step = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    let hash = shape.iter().fold(0x811c_9dc5, step);
    (hash ^ hash >> 16) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_comes_back() {
        let shape = |turn: u32| match turn % 3 {
            0 => vec![(turn % 7) as u8],
            1 => (turn * turn % 5_000).to_le_bytes().to_vec(),
            _ => vec![(turn % 11) as u8; 1 + turn as usize % 90],
        };
        let all: Vec<_> = (0..20_000).map(shape).collect();
        let (mut shapes, mut bytes) = (Shapes::default(), Vec::new());
        all.iter().for_each(|shape| shapes.write(&mut bytes, shape));
        assert!(SHORT < shapes.places.len(), "{} shapes", shapes.places.len());
        let mut place = 0;
        for shape in &all {
            let at = shapes.read(&bytes, &mut place);
            assert_eq!(bytes[at..at + shape.len()], shape[..]);
        }
        assert_eq!(place, bytes.len());
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
