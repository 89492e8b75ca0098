//! An allocator that counts what is asked of it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// The system's allocator, with counters before it.
pub struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static IN_USE: AtomicU64 = AtomicU64::new(0);
static PEAK: AtomicU64 = AtomicU64::new(0);

// SAFETY: every call goes on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size() as u64, Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }

    /// A growing list is one allocation each time it grows.
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size, layout.size());
        unsafe { System.realloc(pointer, layout, size) }
    }
}

fn count(size: usize, freed: usize) {
    ALLOCATIONS.fetch_add(1, Relaxed);
    BYTES.fetch_add(size as u64, Relaxed);
    let before = IN_USE.fetch_add(size as u64, Relaxed);
    PEAK.fetch_max(before + size as u64, Relaxed);
    IN_USE.fetch_sub(freed as u64, Relaxed);
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

/// Does some work and counts what it asks of the allocator. Nothing else must run meanwhile.
pub fn counted<T>(work: impl FnOnce() -> T) -> (T, Asked) {
    let before = [ALLOCATIONS.load(Relaxed), BYTES.load(Relaxed), IN_USE.load(Relaxed)];
    PEAK.store(before[2], Relaxed);
    let done = work();
    let asked = Asked {
        allocations: ALLOCATIONS.load(Relaxed) - before[0],
        bytes: BYTES.load(Relaxed) - before[1],
        peak: PEAK.load(Relaxed) - before[2],
        kept: IN_USE.load(Relaxed).saturating_sub(before[2]),
    };
    (done, asked)
}
