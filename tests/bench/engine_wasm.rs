//! The engine as the page has it, for Node: the same profile, the same allocator, no bindings.

#![cfg(target_arch = "wasm32")]

mod scenario;

use std::cell::RefCell;
use std::hint::black_box;
use std::rc::Rc;

use rollscope::timeline::Timeline;

#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Simulates a whole run and says how many steps it has.
#[unsafe(no_mangle)]
extern "C" fn run(replicas: i32) -> usize {
    let timeline = Timeline::new(scenario::rollout(replicas));
    black_box(timeline).map_or(0, |timeline| timeline.steps())
}

thread_local! {
    static SETTLED: RefCell<Option<Timeline>> = const { RefCell::new(None) };
}

/// Makes what [`roll_out`] rolls out.
#[unsafe(no_mangle)]
extern "C" fn settle(replicas: i32) {
    SETTLED.set(Some(scenario::settled(replicas)));
}

/// Simulates the rollout alone, and says how many steps there are then.
#[unsafe(no_mangle)]
extern "C" fn roll_out() -> usize {
    SETTLED.take().map_or(0, |settled| black_box(scenario::roll_out(settled)).steps())
}

/// The same as [`run`], with all pods alike.
#[unsafe(no_mangle)]
extern "C" fn run_in_lock_step(replicas: i32) -> usize {
    let mut inputs = scenario::rollout(replicas);
    Rc::make_mut(&mut inputs.scenario.behaviours).default.jitter = 0;
    black_box(Timeline::new(inputs)).map_or(0, |timeline| timeline.steps())
}
