//! Places for things that come and go.

/// Numbered places, of which the lowest that is free is taken next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slots {
    /// A bit for each free place below [`Slots::most`].
    free: Vec<u64>,
    /// A bit for each of those words that is not zero.
    words: Vec<u64>,
    most: u32,
}

impl Slots {
    /// How many places there ever were at a time.
    pub fn most(&self) -> u32 {
        self.most
    }

    /// Room for so many.
    pub fn reserve(&mut self, places: usize) {
        self.free.reserve(places / 64);
        self.words.reserve(places / 64 / 64);
    }

    /// Takes a place.
    pub fn take(&mut self) -> u32 {
        let Some(group) = self.words.iter().position(|group| *group != 0) else {
            self.most += 1;
            return self.most - 1;
        };
        let words = &mut self.words[..][group];
        let word = 64 * group + words.trailing_zeros() as usize;
        let free = &mut self.free[..][word];
        let bit = free.trailing_zeros();
        *free &= *free - 1;
        if *free == 0 {
            *words &= *words - 1;
        }
        64 * word as u32 + bit
    }

    /// Gives a place back.
    pub fn give_back(&mut self, slot: u32) {
        let word = slot as usize / 64;
        if self.free.len() <= word {
            self.free.resize(word + 1, 0);
            self.words.resize(word / 64 + 1, 0);
        }
        self.free[..][word] |= 1 << (slot % 64);
        self.words[..][word / 64] |= 1 << (word % 64);
    }

    /// Bytes in use.
    pub fn footprint(&self) -> usize {
        8 * (self.free.len() + self.words.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_free_place_is_taken() {
        let mut slots = Slots::default();
        let taken: Vec<_> = (0..10_000).map(|_| slots.take()).collect();
        assert!(taken.iter().copied().eq(0..10_000));
        for slot in [9_999, 5_000, 64, 63, 4_096] {
            slots.give_back(slot);
        }
        let again: Vec<_> = (0..6).map(|_| slots.take()).collect();
        assert_eq!(again, [63, 64, 4_096, 5_000, 9_999, 10_000]);
        assert_eq!(slots.most(), 10_001);
    }
}
