//! What a run costs, in counts that are the same on every machine: `make bench` has the times.
//!
//! The limits are what holds today and a little more. Whoever makes one smaller tightens it here.

#[path = "bench/counting.rs"]
mod counting;
#[path = "bench/scenario.rs"]
mod scenario;

use counting::{Asked, Counting, counted};
use rollscope::session::msg::{Look, Msg};
use rollscope::session::settings::Field;
use rollscope::session::{Options, Session};
use rollscope::timeline::Timeline;
use rollscope::view::panels::panels;
use rollscope::view::settings::settings;
use rollscope::view::{self, raster};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The namespace's threshold of Kubernetes.
const SUPPORTED: i32 = 3_000;
/// A whole cluster of the largest supported size.
const LARGEST: i32 = 150_000;
/// Each pod is created, bound, started, ready, and half of them deleted and gone.
const EVENTS_PER_REPLICA: usize = 10;

/// A debug build reads every step as soon as it is put down, which makes the objects once more.
const READ_AT_ONCE: u64 = if cfg!(debug_assertions) { 22 } else { 0 };

fn run(replicas: i32) -> (Timeline, Asked) {
    let inputs = scenario::rollout(replicas);
    counted(|| Timeline::new(inputs).expect("the API server accepts the scenario"))
}

#[test]
fn a_run_asks_little_of_the_allocator() {
    #[track_caller]
    fn check(replicas: i32, allocations: u64, peak: u64) {
        let (_, asked) = run(replicas);
        assert!(asked.allocations <= allocations + READ_AT_ONCE, "{} allocations", asked.allocations);
        assert!(asked.peak <= peak, "{} bytes at most", asked.peak);
    }

    check(SUPPORTED, 73, 1_400_000);
    check(LARGEST, 64, 24_500_000);
}

#[test]
fn a_run_is_kept_in_few_bytes() {
    #[track_caller]
    fn check(replicas: i32, bytes_per_100_events: usize, in_use: u64) {
        let (timeline, asked) = run(replicas);
        let events = EVENTS_PER_REPLICA * replicas as usize;
        let kept = timeline.footprint();
        assert!(100 * kept <= bytes_per_100_events * events, "{kept} bytes for {events} events");
        assert!(asked.kept <= in_use, "{} bytes in use, the simulator's among them", asked.kept);
    }

    check(SUPPORTED, 1_330, 1_360_000);
    check(LARGEST, 750, 24_500_000);
}

/// Nearly all of these steps are syncs, and most are like one before.
#[test]
fn a_small_step_is_kept_in_few_bytes() {
    let timeline =
        Timeline::new(scenario::rollout_in_small_steps(20_000)).expect("the API server accepts it");
    let (kept, steps) = (timeline.footprint(), timeline.steps());
    assert!(200_000 < steps, "{steps} steps");
    assert!(10 * kept <= 93 * steps, "{kept} bytes for {steps} steps");
}

#[test]
fn a_step_is_never_far() {
    let (mut timeline, _) = run(LARGEST);
    let (steps, bytes) = timeline.longest_seek();
    assert!(steps <= 512, "{steps} steps");
    assert!(bytes <= 20_000, "{bytes} bytes");

    let last = timeline.steps();
    for step in [1, last / 3, last, last / 2, last / 7] {
        let ((), asked) = counted(|| timeline.seek(step));
        assert!(asked.bytes <= 10_000, "{} bytes to get to step {step}", asked.bytes);
    }
}

/// The page with so many replicas, playing from the middle of the run.
fn playing(replicas: i32) -> Session {
    let mut session = Session::new(Options::default());
    session.update(Msg::Edit(Field::Replicas, replicas.to_string()));
    assert!(session.settings.problems.is_empty(), "the page takes {replicas} replicas");
    session.update(Msg::Look(Look::SeekTenth(5)));
    session.update(Msg::Look(Look::TogglePlay));
    session
}

/// The page's own part of the frames in which words stay; `tests/browser/frames.test.mjs` has the browser's.
#[test]
fn most_frames_of_the_playback_ask_nothing_of_the_allocator() {
    #[track_caller]
    fn check(replicas: i32) {
        let mut session = playing(replicas);
        let mut pods = raster::Field::default();
        pods.make(&session, 100);
        // Buffers are made when they are first needed.
        for _ in 0..2 {
            session.update(Msg::Look(Look::Frame(16_667)));
            pods.show(&session);
        }
        let (mut due, mut asking) = (0, 0);
        for _ in 0..180 {
            let ((), asked) = counted(|| {
                session.update(Msg::Look(Look::Frame(16_667)));
                pods.show(&session);
            });
            due += usize::from(session.words_are_due());
            asking += usize::from(0 < asked.allocations);
        }
        // Now and then the journal goes on to its next stretch.
        assert!(asking <= 2, "{asking} of 180 frames ask the allocator for something");
        assert!((5..=7).contains(&due), "words are drawn {due} times in 3 s");
    }

    check(1_000);
    check(LARGEST);
}

/// The page's own part of a frame in which words are put together anew.
#[test]
fn words_ask_little_of_the_allocator() {
    #[track_caller]
    fn check(replicas: i32, allocations: u64, bytes: u64) {
        let mut session = playing(replicas);
        let mut last = view::frame(&session, None);
        let mut beside = panels(&session, &last, None);
        for _ in 0..20 {
            let (next, asked) = counted(|| {
                session.update(Msg::Look(Look::Frame(16_667)));
                let next = view::frame(&session, Some(&last));
                let panels = panels(&session, &next, Some(&beside));
                drop(settings(&session));
                (next, panels)
            });
            (last, beside) = next;
            assert!(asked.allocations <= allocations, "{} allocations in a frame", asked.allocations);
            assert!(asked.bytes <= bytes, "{} bytes in a frame", asked.bytes);
        }
    }

    check(10, 700, 42_000);
    check(100, 700, 120_000);
    check(1_000, 700, 850_000);
    check(LARGEST, 700, 850_000);
    check(LARGEST, 7_000, 200_000_000);
}
