//! An allocator that counts what is asked of it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, with counters before it.
pub struct Counting;

thread_local! {
    // Each test runs on a thread of its own.
    static COUNTS: Cell<Counts> = const { Cell::new(Counts { allocations: 0, bytes: 0, in_use: 0, peak: 0 }) };
}

/// Since the thread began.
#[derive(Clone, Copy)]
struct Counts {
    allocations: u64,
    bytes: u64,
    /// Negative where another thread has freed more than this one took.
    in_use: i64,
    peak: i64,
}

// SAFETY: every call goes on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(1, layout.size(), 0);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(0, 0, layout.size());
        unsafe { System.dealloc(pointer, layout) }
    }

    /// A growing list is one allocation each time it grows.
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(1, size, layout.size());
        unsafe { System.realloc(pointer, layout, size) }
    }
}

fn count(allocations: u64, taken: usize, freed: usize) {
    // A thread that ends has no counts any more.
    _ = COUNTS.try_with(|counts| {
        let mut now = counts.get();
        now.allocations += allocations;
        now.bytes += taken as u64;
        now.peak = now.peak.max(now.in_use + taken as i64);
        now.in_use += taken as i64 - freed as i64;
        counts.set(now);
    });
}

/// What was asked of the allocator during some piece of work.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// How often memory was asked for, growing included.
    pub allocations: u64,
    /// How much, all in all.
    pub bytes: u64,
    /// The most that was in use at a time, over what was in use before.
    pub peak: u64,
    /// How much of it is still in use.
    pub kept: u64,
}

/// Does some work and counts what it asks of the allocator.
pub fn counted<T>(work: impl FnOnce() -> T) -> (T, Asked) {
    let before = COUNTS.get();
    COUNTS.set(Counts { peak: before.in_use, ..before });
    let done = work();
    let after = COUNTS.get();
    let asked = Asked {
        allocations: after.allocations - before.allocations,
        bytes: after.bytes - before.bytes,
        peak: after.peak.abs_diff(before.in_use),
        kept: (after.in_use - before.in_use).max(0).unsigned_abs(),
    };
    (done, asked)
}
