//! What the engine is compared with in the same run: the textbook's event loop, and copying bytes.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The hold model: `population` events wait in a binary heap; the earliest is taken out and another one
/// put in, `events` times. It does nothing else, so it is what a simulator costs before it simulates.
pub fn heap_loop(population: usize, events: u64, seed: u64) -> u64 {
    let mut random = Random(seed);
    let first = |id| Reverse((random.below(10_000), id));
    let mut heap: BinaryHeap<Reverse<(u64, u32)>> = (0..population as u32).map(first).collect();
    let mut last = 0;
    for _ in 0..events {
        let Some(Reverse((at, id))) = heap.pop() else { break };
        last = at;
        heap.push(Reverse((at + 1 + random.below(10_000), id)));
    }
    last
}

/// SplitMix64: the same numbers on every machine.
pub struct Random(pub u64);

impl Random {
    /// A number smaller than `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}
