//! The budget line: one slot for every pod that may exist, the floor and the ceiling in it, and
//! below it the pods that are leaving and count no longer.

use std::cmp::Reverse;

use crate::i18n::Text;
use crate::session::Session;
use crate::sim::behaviour::Behaviour;
use crate::sim::cluster::ReplicaSetId;
use crate::sim::deployment::fenceposts::{max_total_pods, min_available};
use crate::sim::order::sorted_by_key;
use crate::sim::pod::{PodId, Stage, Waiting};
use crate::sim::time::SimTime;
use crate::timeline::SHOWN;
use crate::timeline::pods::Pod;
use crate::timeline::series::Tally;

use super::names::{hue, image_of, letter_size};
use super::px::Px;

/// The budget line at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetLine {
    /// Its width.
    pub width: Px,
    /// Its height; the same for the whole run.
    pub height: Px,
    /// Where the line begins from above, and how high it is.
    pub line: (Px, Px),
    /// The empty places, by their left edges and with one width; none when there are too many.
    pub slots: (Vec<Px>, Px),
    /// Pods one by one; none when there are too many.
    pub tiles: Vec<Tile>,
    /// Pods by the number; none when there are tiles.
    pub bars: Vec<Bar>,
    /// The floor.
    pub floor: Post,
    /// The ceiling.
    pub ceiling: Post,
    /// Where the row of leaving pods is, and what stands before it, in lines.
    pub leaving: (Px, Vec<String>),
    /// All of it in a sentence.
    pub label: String,
}

/// A pod.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// Which; a pod keeps its tile wherever it goes.
    pub pod: u32,
    /// The colour of its revision.
    pub hue: u32,
    /// Its shape.
    pub shape: Shape,
    /// Left edge.
    pub x: Px,
    /// Top edge.
    pub y: Px,
    /// Width and height.
    pub size: Px,
    /// How full it is, in tenths of a percent.
    pub fill: i32,
    /// What stands in it, and how large: 40 is the width of the tile.
    pub label: Option<(String, i32)>,
    /// What it is, for a pointer that rests on it.
    pub title: String,
    /// Whether it is the one that is looked at.
    pub selected: bool,
}

/// What a pod looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No container runs yet.
    Pending,
    /// Its container runs and is not ready.
    Running,
    /// Ready, but not for long enough.
    Ready,
    /// It serves.
    Available,
    /// Its container has crashed, or its image cannot be pulled.
    Failing,
    /// It is leaving.
    Terminating,
}

impl Shape {
    /// For the class.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::Ready => "ready",
            Self::Available => "available",
            Self::Failing => "failing",
            Self::Terminating => "terminating",
        }
    }

    /// In words.
    pub fn text(self) -> Text<'static> {
        match self {
            Self::Pending => Text::LegendPending,
            Self::Running => Text::LegendRunning,
            Self::Ready => Text::LegendReady,
            Self::Available => Text::LegendAvailable,
            Self::Failing => Text::LegendFailing,
            Self::Terminating => Text::LegendTerminating,
        }
    }
}

/// Pods of one ReplicaSet in one stage, as a part of the line.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Tells bars apart.
    pub key: String,
    /// The colour of the revision.
    pub hue: u32,
    /// What the pods look like.
    pub shape: Shape,
    /// Left edge.
    pub x: Px,
    /// Top edge.
    pub y: Px,
    /// Width.
    pub width: Px,
    /// Height.
    pub height: Px,
    /// How many pods.
    pub label: String,
}

/// A mark in the line.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Where.
    pub x: Px,
    /// What it says.
    pub label: String,
    /// Whether the label stands to the left of the mark.
    pub before: bool,
}

const TOP: Px = Px::whole(24);
/// Room for the floor's label below the line.
const BELOW: Px = Px::whole(30);
/// Narrower slots cannot be told apart, so the line becomes a bar.
const NARROWEST: Px = Px::whole(16);
/// Wider slots look like boxes, not pods.
const WIDEST: Px = Px::whole(54);
/// Room before the leaving pods for the words that say so.
const LEAVING_LABEL: Px = Px::whole(84);

/// The budget line at the moment on screen.
pub fn budget_line(session: &Session) -> BudgetLine {
    let (lang, timeline) = (session.lang, &session.timeline);
    let (cluster, now) = (timeline.cluster(), timeline.time());
    let spec = &cluster.deployment(SHOWN).spec;
    let (ceiling, floor) = (max_total_pods(spec), min_available(spec));
    let shapes = shapes(session);
    let active = shapes.iter().filter(|(_, _, shape)| *shape != Shape::Terminating).count() as i32;
    // A surge far beyond the number of pods is never used up, and would leave the pods no room.
    let slots = ceiling.clamp(0, spec.replicas.saturating_mul(2).max(4)).max(active).max(1);
    let width = Px::whole(session.width as i32);
    let pitch = width.share(1, i64::from(slots)).min(WIDEST);
    let in_tiles = NARROWEST <= pitch;
    let line = (TOP, if in_tiles { pitch.share(86, 100) } else { Px::whole(40) });
    let leaving_top = TOP.plus(line.1).plus(BELOW);
    let end = if in_tiles { Px(pitch.0 * slots) } else { width };
    let at = |count: i32| end.share(i64::from(count), i64::from(slots));
    let (mut tiles, mut bars) = (Vec::new(), Vec::new());
    if in_tiles {
        tiles = Tiles { session, pitch, line, leaving_top, now }.lay_out(&shapes);
    } else {
        bars = lay_out_bars(session, line, leaving_top, slots);
    }
    let slot_edges = (0..slots).filter(|_| in_tiles).map(|slot| Px(slot * pitch.0)).collect();
    let leaving_height = if in_tiles { line.1.share(62, 100) } else { Px::whole(16) };
    let gap = pitch.minus(line.1).share(1, 2);
    let half_gap = if in_tiles { gap } else { Px(0) };
    let before = width.share(1, 3) < at(floor);
    let tallies = total(session);
    BudgetLine {
        width,
        height: leaving_top.plus(leaving_height.max(Px::whole(28))).plus(Px::whole(4)),
        line,
        slots: (slot_edges, line.1),
        tiles,
        bars,
        floor: Post { x: at(floor).minus(half_gap), label: lang.say(Text::AtLeast { floor }), before },
        ceiling: Post {
            x: end.minus(half_gap),
            label: lang.say(Text::AtMost { ceiling }),
            before: width.share(1, 3) < end,
        },
        leaving: (leaving_top, lang.say(Text::Leaving).lines().map(str::to_owned).collect()),
        label: lang.say(Text::BudgetLine {
            counted: tallies.active(),
            ceiling,
            available: tallies.available,
            floor,
            leaving: tallies.terminating,
        }),
    }
}

/// All pods that exist, in the order in which they stand: those that serve first, old before new,
/// then those on their way, then those that leave.
fn shapes(session: &Session) -> Vec<(PodId, Pod, Shape)> {
    let timeline = &session.timeline;
    let (cluster, now) = (timeline.cluster(), timeline.time());
    let shapes: Vec<_> = timeline
        .pods()
        .existing()
        .map(|(id, pod)| {
            let min_ready_seconds = cluster.replica_set(pod.replica_set).min_ready_seconds;
            (id, pod, shape(&pod, min_ready_seconds, now))
        })
        .collect();
    sorted_by_key(&shapes, |(id, pod, shape)| (Reverse(standing(*shape)), pod.replica_set, *id))
}

fn standing(shape: Shape) -> u8 {
    match shape {
        Shape::Available => 4,
        Shape::Ready => 3,
        Shape::Running => 2,
        Shape::Pending | Shape::Failing => 1,
        Shape::Terminating => 0,
    }
}

/// What a pod looks like at a moment.
pub fn shape(pod: &Pod, min_ready_seconds: i32, now: SimTime) -> Shape {
    shape_of(pod.stage, pod.waiting, pod.is_available(min_ready_seconds, now))
}

/// What a pod looks like, by where it is on its way.
pub fn shape_of(stage: Stage, waiting: Option<Waiting>, available: bool) -> Shape {
    match stage {
        Stage::Pending | Stage::Running if waiting.is_some() => Shape::Failing,
        Stage::Unscheduled | Stage::Pending => Shape::Pending,
        Stage::Running => Shape::Running,
        Stage::Ready if available => Shape::Available,
        Stage::Ready => Shape::Ready,
        Stage::Terminating | Stage::Gone => Shape::Terminating,
    }
}

struct Tiles<'a> {
    session: &'a Session,
    pitch: Px,
    line: (Px, Px),
    leaving_top: Px,
    now: SimTime,
}

impl Tiles<'_> {
    fn lay_out(&self, shapes: &[(PodId, Pod, Shape)]) -> Vec<Tile> {
        let (mut slot, mut left) = (0, 0);
        let tiles: Vec<_> = shapes
            .iter()
            .map(|(id, pod, shape)| {
                let place = if *shape == Shape::Terminating {
                    left += 1;
                    self.leaving_place(left - 1)
                } else {
                    slot += 1;
                    (Px((slot - 1) * self.pitch.0), self.line.0, self.line.1)
                };
                self.tile(*id, pod, *shape, place)
            })
            .collect();
        // In a fixed order, so that the page moves tiles instead of making them anew.
        sorted_by_key(&tiles, |tile| tile.pod)
    }

    /// Leaving pods are smaller, and stand closer the more there are.
    fn leaving_place(&self, index: i32) -> (Px, Px, Px) {
        let size = self.line.1.share(62, 100);
        let room = Px::whole(self.session.width as i32).minus(LEAVING_LABEL).minus(size);
        let leaving = total(self.session).terminating;
        let step = room.share(1, i64::from(leaving.max(1))).min(size.share(125, 100));
        (LEAVING_LABEL.plus(Px(step.0 * index)), self.leaving_top, size)
    }

    fn tile(&self, id: PodId, pod: &Pod, shape: Shape, (x, y, size): (Px, Px, Px)) -> Tile {
        let cluster = self.session.timeline.cluster();
        let (lang, stage) = (self.session.lang, self.session.lang.say(shape.text()));
        let (name, image) = (self.session.timeline.pod_name(id), image_of(cluster, pod.replica_set));
        Tile {
            pod: id.0,
            hue: hue(pod.replica_set),
            shape,
            x,
            y,
            size,
            fill: self.fill(id, pod, shape),
            label: letter_size(image, size.0 / 10).map(|letters| (image.to_owned(), letters)),
            title: lang.say(Text::PodTitle { pod: &name, stage: &stage }),
            selected: self.session.selected == Some(id),
        }
    }

    /// How far a pod is on its way from running to ready, or from leaving to gone: the run knows when
    /// that will be.
    fn fill(&self, id: PodId, pod: &Pod, shape: Shape) -> i32 {
        let next = self.session.timeline.next_moment(id);
        let passed = |from: Option<SimTime>, to: Stage| match (from, next) {
            (Some(from), Some(next)) if next.stage == to => {
                let (passed, all) = (self.now.since(from).millis(), next.at.since(from).millis());
                (passed * 1000 / all.max(1)).min(1000) as i32
            }
            _ => 0,
        };
        match shape {
            Shape::Pending | Shape::Failing => 0,
            Shape::Running => passed(pod.started, Stage::Ready).clamp(60, 940),
            Shape::Ready | Shape::Available => 1000,
            Shape::Terminating => 1000 - passed(pod.deleted, Stage::Gone),
        }
    }
}

/// The pods of all ReplicaSets together.
pub fn total(session: &Session) -> Tally {
    let sets = (0..session.timeline.cluster().replica_sets.len() as u32).map(ReplicaSetId);
    sets.fold(Tally::default(), |sum, id| {
        let tally = tally(session, id);
        Tally {
            available: sum.available + tally.available,
            starting: sum.starting + tally.starting,
            terminating: sum.terminating + tally.terminating,
        }
    })
}

/// The pods of one ReplicaSet.
pub fn tally(session: &Session, id: ReplicaSetId) -> Tally {
    session.timeline.tally(id)
}

/// Too many pods for tiles: one stacked bar, and a thinner one for those that leave.
fn lay_out_bars(session: &Session, line: (Px, Px), leaving_top: Px, slots: i32) -> Vec<Bar> {
    let width = Px::whole(session.width as i32);
    let sets = (0..session.timeline.cluster().replica_sets.len() as u32).map(ReplicaSetId);
    let tallies: Vec<_> = sets.map(|id| (id, tally(session, id))).collect();
    let available = tallies.iter().map(|(id, tally)| (*id, tally.available, Shape::Available));
    let starting = tallies.iter().map(|(id, tally)| (*id, tally.starting, Shape::Running));
    let leaving = tallies.iter().map(|(id, tally)| (*id, tally.terminating, Shape::Terminating));
    let mut bars = Vec::new();
    let mut lay = |parts: &mut dyn Iterator<Item = (ReplicaSetId, i32, Shape)>, left, y, height| {
        let mut before = 0;
        let room = width.minus(left);
        for (id, count, shape) in parts {
            let at = |count: i32| left.plus(room.share(i64::from(count), i64::from(slots)));
            let (x, end) = (at(before), at(before + count).min(width));
            before += count;
            let label = if Px::whole(28) < end.minus(x) { count.to_string() } else { String::new() };
            let key = format!("{}-{}", id.0, shape.name());
            bars.push(Bar { key, hue: hue(id), shape, x, y, width: end.minus(x), height, label });
        }
    };
    lay(&mut available.chain(starting), Px(0), line.0, line.1);
    lay(&mut leaving.into_iter(), LEAVING_LABEL, leaving_top.plus(Px::whole(6)), Px::whole(16));
    bars
}

/// The shapes a reader has to know, in the order of a pod's life.
pub fn legend(session: &Session) -> Vec<(Shape, String)> {
    let cluster = session.timeline.cluster();
    let waits = 0 < cluster.deployment(SHOWN).spec.min_ready_seconds;
    let fails = session.timeline.inputs().scenario.behaviours.all().any(Behaviour::fails);
    let mut shapes = vec![Shape::Pending, Shape::Running];
    shapes.extend(waits.then_some(Shape::Ready));
    shapes.push(Shape::Available);
    shapes.extend(fails.then_some(Shape::Failing));
    shapes.push(Shape::Terminating);
    shapes.into_iter().map(|shape| (shape, session.lang.say(shape.text()))).collect()
}
