//! The engine as the page has it, for Node: the same profile, the same allocator, no bindings.

#![cfg(target_arch = "wasm32")]

mod scenario;

use std::hint::black_box;

use rollscope::timeline::Timeline;

#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Simulates a whole run and says how many steps it has.
#[unsafe(no_mangle)]
extern "C" fn run(replicas: i32) -> usize {
    let timeline = Timeline::new(scenario::rollout(replicas));
    black_box(timeline).map_or(0, |timeline| timeline.steps())
}
