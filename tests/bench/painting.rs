//! How long painting takes for 150,000 pods:
//! `cargo run --profile bench-native --example painting`

use std::hint::black_box;
use std::time::Instant;

use rollscope::session::Theme;
use rollscope::sim::pod::Stage;
use rollscope::timeline::lives::{Columns, Life, NEVER};
use rollscope::view::budget_line::Shape;
use rollscope::view::raster::Field;
use rollscope::view::raster::census::{CLASSES, class, classify};
use rollscope::view::raster::fabric::{self, weave_cells};

const PODS: u32 = 150_000;
const STEPS: u32 = 1_000_000;

/// A rollout of all pods, a quarter of them at a time, each at its own pace.
fn rollout() -> Vec<Life> {
    let mut lives = Vec::new();
    let mut seed = 1_u32;
    let mut jitter = |limit: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        1 + seed / 65_536 % limit
    };
    for generation in 0..2 {
        for slot in 0..PODS {
            let (batch, from) = (slot * 8 / PODS, generation * STEPS / 2);
            let created = from + batch * STEPS / 20 + slot % (PODS / 8) / 4;
            let bound = created + jitter(4_000);
            let started = bound + jitter(10_000);
            let ready = started + jitter(20_000);
            let deleted = STEPS / 2 + batch * STEPS / 20 - jitter(STEPS / 40);
            let (deleted, gone) = match generation {
                0 => (deleted.max(ready + 1), deleted.max(ready + 1) + jitter(20_000)),
                _ => (NEVER, NEVER),
            };
            let slot = slot + generation * PODS;
            lives.push(Life {
                replica_set: generation,
                slot,
                reached: [created, bound, started, ready, deleted, gone],
            });
        }
    }
    lives
}

/// The median of some rounds, in nanoseconds; each round does another step.
fn median(rounds: u32, mut round: impl FnMut(u32)) -> u128 {
    let time = |index| {
        let begun = Instant::now();
        round(index * (STEPS / rounds) + 77);
        begun.elapsed().as_nanos()
    };
    let mut times: Vec<_> = (0..rounds).map(time).collect();
    times.sort();
    times[times.len() / 2]
}

fn print(what: &str, nanos: u128, of: usize) {
    println!("{what:<44} {:>7} µs, {:>6.2} ns per pod", nanos / 1000, nanos as f64 / of as f64);
}

/// The same, asking each pod for its stage.
fn pod_by_pod(lives: &[Life], step: u32, since: &[u32], cells: &mut [u8]) {
    cells.fill(0);
    for life in lives {
        let shape = match life.stage_at(step) {
            None | Some(Stage::Gone) => continue,
            Some(Stage::Unscheduled | Stage::Pending) => Shape::Pending,
            Some(Stage::Running) => Shape::Running,
            Some(Stage::Ready) if life.reached[3] <= since[life.replica_set as usize] => Shape::Available,
            Some(Stage::Ready) => Shape::Ready,
            Some(Stage::Terminating) => Shape::Terminating,
        };
        cells[life.slot as usize] = class(life.replica_set, shape);
    }
}

fn main() {
    let rows = rollout();
    let pods = rows.len();
    let reached: [Vec<u32>; 6] =
        std::array::from_fn(|stage| rows.iter().map(|life| life.reached[stage]).collect());
    let sets: Vec<_> = rows.iter().map(|life| life.replica_set).collect();
    let slots: Vec<_> = rows.iter().map(|life| life.slot).collect();
    let reached = reached.each_ref().map(Vec::as_slice);
    let lives = Columns { replica_set: &sets, slot: &slots, reached };
    let since = vec![NEVER; 2];
    let mut cells = vec![0; 2 * PODS as usize];
    let nanos = median(60, |step| classify(black_box(lives), step, &since, &mut cells));
    print("who looks how", nanos, pods);
    let nanos = median(60, |step| pod_by_pod(black_box(&rows), step, &since, &mut cells));
    print("the same pod by pod", nanos, pods);
    for scale in [100, 200] {
        let mut field = Field::of(2 * PODS, 632, Theme::Light, scale);
        let nanos = median(60, |step| field.paint(lives, step, &since));
        print(&format!("the field at {scale} %, a jump"), nanos, pods);
        let nanos = median(60, |step| field.paint(lives, STEPS / 2 + step / 1000, &since));
        print(&format!("the field at {scale} %, played on"), nanos, pods);
        let mut fields: Vec<_> = (0..60).map(|_| Field::of(2 * PODS, 632, Theme::Light, scale)).collect();
        let mut next = fields.iter_mut();
        let nanos = median(60, |step| next.next().expect("one for each round").paint(lives, step, &since));
        print(&format!("the field at {scale} %, from nothing"), nanos, pods);
    }
    let columns = |count: u32| fabric::Columns {
        count: count as usize,
        at: (0..=STEPS)
            .map(|step| (u64::from(step) * u64::from(count) / u64::from(STEPS + 1)) as u16)
            .collect(),
        available: Vec::new(),
    };
    let columns = columns(596);
    let nanos = median(6, |_| {
        drop(black_box(weave_cells(lives, &|_| Vec::new(), &[], &columns, 150, &[[9, 9, 9, 255]; CLASSES])))
    });
    print("the fabric, 596 × 150", nanos, pods);
}
