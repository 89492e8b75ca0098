//! The weave: every pod as a thread through time, or many as a fabric.

use std::ops::Range;

use crate::session::Session;
use crate::sim::order::sorted_by_key;
use crate::sim::pod::{PodId, Stage};
use crate::sim::time::{SimDuration, SimTime};
use crate::timeline::Timeline;
use crate::timeline::lives::Moment;

use super::axis::Axis;
use super::budget_line::{Shape, shape_of};
use super::names::hue;
use super::px::Px;
use super::raster::census::{Class, parts};
use super::raster::colour::{Palette, Rgba};
use super::raster::fabric::{Columns, weave_cells};
use super::raster::moments::{wait_of, waits};
use super::raster::stamps::plain;

/// All parts of pods' lives that look the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Threads {
    /// The colour of the revision.
    pub hue: u32,
    /// What the pods look like meanwhile.
    pub shape: Shape,
    /// A rectangle for every part, as one path.
    pub path: String,
}

const WEAVE: Px = Px::whole(150);
/// Fewer threads are drawn thicker, up to this.
const THICKEST: Px = Px::whole(7);
/// Thinner threads are not told apart: there is a fabric instead.
const THINNEST: Px = Px::whole(2);

/// The pods by their threads, from above, and how far these are apart.
type Rows = (Vec<u32>, Px);

/// Every pod there ever was, as a thread, how high all of them are, and which is where; none if there are
/// too many.
pub(super) fn weave(session: &Session, axis: &Axis, top: Px) -> (Vec<Threads>, Px, Rows) {
    let timeline = &session.timeline;
    if !has_threads(timeline) {
        return (Vec::new(), WEAVE, (Vec::new(), Px(0)));
    }
    let pods = in_order(timeline);
    let pitch = WEAVE.share(1, pods.len().max(1) as i64).min(THICKEST);
    let gap = pitch.share(1, 5).max(Px(5));
    let threads = threads(timeline, axis, top, &pods, (pitch, gap));
    let height = Px(pitch.0 * pods.len() as i32);
    (threads, height, (pods.into_iter().map(|pod| pod.0).collect(), pitch))
}

/// The weave where there are too many pods for a thread each: the thread of one pod of so many, how high all
/// of them are, and how many these are; none where each pod has a thread.
pub fn sampled(session: &Session, axis: &Axis, top: Px) -> Option<(Vec<Threads>, Px, usize)> {
    let timeline = &session.timeline;
    if has_threads(timeline) {
        return None;
    }
    let each = timeline.pods_ever().div_ceil((WEAVE.0 / THINNEST.0) as usize);
    // Of each so many, the one in the middle.
    let pods: Vec<_> = in_order(timeline).chunks(each).map(|pods| pods[pods.len() / 2]).collect();
    let height = Px(THINNEST.0 * pods.len() as i32);
    // Without gaps they are a fabric.
    Some((threads(timeline, axis, top, &pods, (THINNEST, Px(0))), height, each))
}

/// The pods by their threads, from above.
fn in_order(timeline: &Timeline) -> Vec<PodId> {
    let pods: Vec<_> = (0..timeline.pods_ever() as u32).map(PodId).collect();
    sorted_by_key(&pods, |pod| {
        let life = timeline.lives().life(*pod);
        let step = |stage: Stage| life.reached[stage as usize];
        (life.replica_set, step(Stage::Unscheduled), step(Stage::Terminating))
    })
}

/// Threads that are so far apart, of which so much is a gap.
fn threads(
    timeline: &Timeline,
    axis: &Axis,
    top: Px,
    pods: &[PodId],
    (pitch, gap): (Px, Px),
) -> Vec<Threads> {
    let mut threads = Vec::new();
    for (row, pod) in pods.iter().enumerate() {
        let (y, height) = (top.plus(Px(pitch.0 * row as i32)), pitch.minus(gap));
        let (owner, moments) = (timeline.owner(*pod), timeline.moments(*pod).collect::<Vec<_>>());
        for (shape, from, to) in life(&moments, wait_of(timeline, owner), axis.end) {
            let (x, end) = (axis.x(from), axis.x(to));
            add(&mut threads, hue(owner), shape, &format!("M{x} {y}H{end}v{height}H{x}z"));
        }
    }
    threads
}

/// Whether every pod of a run can have a thread of its own; or else there is a fabric.
fn has_threads(timeline: &Timeline) -> bool {
    timeline.pods_ever() as i32 * THINNEST.0 <= WEAVE.0
}

/// The weave of many pods, as one picture.
#[derive(Debug, Default)]
pub struct Fabric {
    /// Its width and height in pixels; none if there are threads.
    pub size: (u32, u32),
    cells: Vec<Rgba>,
    fetched: bool,
}

/// More cells than these are not told apart.
const FINEST: (u32, u32) = (640, 240);

impl Fabric {
    /// The fabric of a run, on a screen with so many pixels for 100 CSS pixels.
    pub fn new(session: &Session, scale: u32) -> Self {
        let timeline = &session.timeline;
        if has_threads(timeline) {
            return Self::default();
        }
        let axis = Axis::of(session);
        let pixels = |length: Px| (length.0 as u32 * scale / 1000).max(1);
        let size =
            (pixels(axis.width).min(FINEST.0), pixels(WEAVE).min(FINEST.1).min(timeline.pods_ever() as u32));
        let columns = Columns::new(timeline, size.0 as usize, |at| column(&axis, size.0, at));
        let palette = Palette::of(session.theme);
        let colours = std::array::from_fn(|class| match parts(class as Class) {
            // It is hatched with the ground.
            Some((hue, Shape::Terminating)) => palette.hues[hue],
            _ => plain(class as Class, false, &palette),
        });
        let lives = timeline.lives();
        let turns = |pod: u32| match lives.turns(PodId(pod)).next() {
            Some(_) => lives.of(PodId(pod)).collect(),
            None => Vec::new(),
        };
        let (waits, rows) = (waits(timeline), size.1 as usize);
        let cells = weave_cells(lives.columns(), &turns, &waits, &columns, rows, &colours);
        Self { size, cells, fetched: false }
    }

    /// Its pixels, and the lines that are to be put: all if they are wanted or were not fetched yet.
    pub fn fetch(&mut self, all: bool) -> (&[Rgba], Range<usize>) {
        let new = !std::mem::replace(&mut self.fetched, true);
        (&self.cells, 0..if all || new { self.size.1 as usize } else { 0 })
    }
}

/// In which of so many columns a moment is; in none if it is after the end of the axis.
fn column(axis: &Axis, columns: u32, at: SimTime) -> usize {
    if axis.end < at {
        return columns as usize;
    }
    let place = axis.x(at).minus(axis.left).0 as u32;
    (place * columns / (axis.width.0 as u32).max(1)).min(columns - 1) as usize
}

fn add(threads: &mut Vec<Threads>, hue: u32, shape: Shape, path: &str) {
    match threads.iter_mut().find(|all| all.hue == hue && all.shape == shape) {
        Some(all) => all.path += path,
        None => threads.push(Threads { hue, shape, path: path.to_owned() }),
    }
}

/// The parts of a life, each with its look. What is ready comes to be available after a while.
fn life(moments: &[Moment], wait: SimDuration, end: SimTime) -> Vec<(Shape, SimTime, SimTime)> {
    let mut parts = Vec::new();
    for (index, moment) in moments.iter().enumerate().filter(|(_, moment)| moment.stage != Stage::Gone) {
        let until = moments.get(index + 1).map_or(end, |next| next.at);
        let turns = match moment.stage {
            Stage::Ready => (moment.at + wait).min(until),
            _ => until,
        };
        parts.push((shape_of(moment.stage, moment.waiting, false), moment.at, turns));
        parts.push((Shape::Available, turns, until));
    }
    parts.retain(|(_, from, to)| from < to);
    parts
}
