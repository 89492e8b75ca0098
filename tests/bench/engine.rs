//! The engine, measured natively: `engine WHAT REPLICAS [NUMBER]`. Prints one line of JSON.
//!
//! - `count`: what happens in the rollout, and what it asks of the allocator;
//! - `once`: simulates it and nothing else, for callgrind;
//! - `loop`: NUMBER pairs of the rollout and the textbook's event loop, in the order ABBA; and as often the
//!   rollout without the creation of what is rolled out;
//! - `seek`: NUMBER seeks to random steps; `leaf`: the same in a run of very many steps;
//! - `frames`: what NUMBER frames of the playback ask of the allocator, each;
//! - `serve`: a rollout for each line on standard input, answered by its nanoseconds.

mod counting;
mod reference;
mod scenario;

use std::hint::black_box;
use std::io::BufRead;
use std::time::Instant;

use counting::{Counting, counted};
use reference::{Random, heap_loop};
use rollscope::session::msg::{Look, Msg};
use rollscope::session::settings::Field;
use rollscope::session::{Options, Session};
use rollscope::sim::Sim;
use rollscope::sim::out::{Actor, Event, Fact, Step};
use rollscope::sim::time::SimTime;
use rollscope::timeline::{Inputs, Timeline};
use rollscope::view;
use rollscope::view::panels::panels;
use rollscope::view::settings::settings;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| words.get(index).and_then(|word| word.parse::<i32>().ok());
    let replicas = number(1).unwrap_or(3_000);
    let times = number(2).unwrap_or(15) as usize;
    match words.first().map(String::as_str) {
        Some("count") => count(replicas),
        Some("once") => drop(black_box(engine_run(scenario::rollout(replicas)))),
        Some("loop") => pairs(replicas, times),
        Some("seek") => seeks(&scenario::rollout(replicas), times),
        Some("leaf") => seeks(&scenario::rollout_in_small_steps(replicas), times),
        Some("frames") => frames(replicas, times),
        Some("serve") => serve(replicas),
        _ => panic!("engine count|once|loop|seek|leaf|frames|serve REPLICAS [NUMBER]"),
    }
}

/// Simulates a whole run, with everything that is kept of it. Its name is what callgrind looks for.
#[unsafe(no_mangle)]
#[inline(never)]
extern "Rust" fn engine_run(inputs: Inputs) -> Timeline {
    Timeline::new(inputs).expect("the API server accepts the scenario")
}

/// What happened in a run.
#[derive(Default)]
struct Happened {
    pod_events: u64,
    replica_set_syncs: u64,
    deployment_syncs: u64,
}

impl Happened {
    fn add(&mut self, step: &Step) {
        self.pod_events += step.facts.iter().filter(|fact| is_about_a_pod(fact)).count() as u64;
        match step.actor {
            Actor::ReplicaSetController(_) => self.replica_set_syncs += 1,
            Actor::DeploymentController(_) => self.deployment_syncs += 1,
            _ => {}
        }
    }
}

/// Whether it happened to a pod: created, bound, started, ready, deleted, gone and so on.
fn is_about_a_pod(fact: &Fact) -> bool {
    match fact {
        Fact::PodDeleted { .. } | Fact::PodReady(_) | Fact::PodGone(_) => true,
        Fact::Event(event) => !matches!(event, Event::ScalingReplicaSet { .. } | Event::FailedCreate(..)),
        _ => false,
    }
}

/// All steps of a run, one by one, as the simulator makes them.
fn replay(inputs: &Inputs, mut see: impl FnMut(&Step)) {
    let (mut sim, step) = Sim::new(&inputs.scenario).expect("the API server accepts the scenario");
    see(&step);
    for scripted in &inputs.script {
        while let Some(step) = sim.step(scripted.at) {
            see(&step);
        }
        see(&sim.apply(scripted.at, &scripted.command));
    }
    while let Some(step) = sim.step(SimTime::MAX) {
        see(&step);
    }
}

fn count(replicas: i32) {
    let inputs = scenario::rollout(replicas);
    let mut happened = Happened::default();
    replay(&inputs, |step| happened.add(step));
    let (timeline, asked) = counted(|| engine_run(inputs));
    print(&[
        ("replicas", replicas as u64),
        ("pods", timeline.pods_ever() as u64),
        ("podEvents", happened.pod_events),
        ("steps", timeline.steps() as u64),
        ("replicaSetSyncs", happened.replica_set_syncs),
        ("deploymentSyncs", happened.deployment_syncs),
        ("millis", timeline.end().millis()),
        ("allocations", asked.allocations),
        ("bytes", asked.bytes),
        ("peak", asked.peak),
        ("kept", asked.kept),
        ("blockSteps", timeline.longest_seek().0 as u64),
        ("blockBytes", timeline.longest_seek().1 as u64),
        ("footprint", timeline.footprint() as u64),
    ]);
}

fn pairs(replicas: i32, pairs: usize) {
    let mut happened = Happened::default();
    replay(&scenario::rollout(replicas), |step| happened.add(step));
    let ours = || nanos(|| drop(black_box(engine_run(scenario::rollout(replicas)))));
    let mut seed = 0;
    let mut theirs = || {
        // Numbers that come again would be foreseen by the processor.
        seed += 1;
        nanos(|| _ = black_box(heap_loop(replicas as usize, happened.pod_events, seed)))
    };
    // Once without looking, so that caches and the allocator know what is to come.
    ours();
    theirs();
    let (mut run, mut heap) = (Vec::new(), Vec::new());
    for pair in 0..pairs {
        if pair % 2 == 0 {
            run.push(ours());
            heap.push(theirs());
        } else {
            heap.push(theirs());
            run.push(ours());
        }
    }
    print_lists(&[("run", &run), ("reference", &heap), ("rollout", &rollouts(replicas, pairs))]);
}

fn rollouts(replicas: i32, times: usize) -> Vec<u64> {
    let once = |_| {
        // Not a copy: that would not have the room which a run is given when it begins.
        let (settled, mut done) = (scenario::settled(replicas), None);
        nanos(|| done = Some(black_box(scenario::roll_out(settled))))
    };
    (0..times).map(once).collect()
}

fn seeks(inputs: &Inputs, times: usize) {
    let whole = nanos(|| drop(black_box(engine_run(inputs.clone()))));
    let mut timeline = engine_run(inputs.clone());
    let mut random = Random(7);
    let steps: Vec<usize> = (0..times).map(|_| 1 + random.below(timeline.steps() as u64) as usize).collect();
    let mut taken = Vec::with_capacity(times);
    let ((), asked) = counted(|| {
        for step in &steps {
            taken.push(nanos(|| timeline.seek(*step)));
        }
    });
    let per_seek = |all: u64| all / times as u64;
    print_lists(&[
        ("seek", &taken),
        ("replay", &[whole]),
        ("steps", &[timeline.steps() as u64]),
        ("footprint", &[timeline.footprint() as u64]),
        ("allocations", &[per_seek(asked.allocations)]),
        ("bytes", &[per_seek(asked.bytes)]),
    ]);
}

/// What the page's own code does in each frame, the browser's part apart: time passes, pods are painted, and
/// where words are due, they are put together.
fn frames(replicas: i32, times: usize) {
    let mut session = Session::new(Options::default());
    session.update(Msg::Edit(Field::Replicas, replicas.to_string()));
    if !session.settings.problems.is_empty() {
        return println!("{{\"refused\":true}}");
    }
    session.update(Msg::Look(Look::SeekTenth(5)));
    session.update(Msg::Look(Look::TogglePlay));
    let mut last = view::frame(&session, None);
    let mut beside = panels(&session, &last, None);
    let mut pods = view::raster::Field::default();
    pods.make(&session, 100);
    let (mut allocations, mut bytes) = (Vec::new(), Vec::new());
    for _ in 0..times {
        let ((), asked) = counted(|| {
            session.update(Msg::Look(Look::Frame(16_667)));
            pods.show(&session);
            if session.words_are_due() {
                last = view::frame(&session, Some(&last));
                beside = panels(&session, &last, Some(&beside));
                drop(settings(&session));
            }
        });
        allocations.push(asked.allocations);
        bytes.push(asked.bytes);
    }
    print_lists(&[("allocations", &allocations), ("bytes", &bytes)]);
}

fn serve(replicas: i32) {
    for _line in std::io::stdin().lock().lines() {
        println!("{}", nanos(|| drop(black_box(engine_run(scenario::rollout(replicas))))));
    }
}

fn nanos(work: impl FnOnce()) -> u64 {
    let from = Instant::now();
    work();
    from.elapsed().as_nanos() as u64
}

fn print(numbers: &[(&str, u64)]) {
    let fields: Vec<String> = numbers.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    println!("{{{}}}", fields.join(","));
}

fn print_lists(lists: &[(&str, &[u64])]) {
    let fields: Vec<String> = lists.iter().map(|(name, list)| format!("\"{name}\":{list:?}")).collect();
    println!("{{{}}}", fields.join(","));
}
