//! Pods one by one.

use std::cmp::Reverse;

use crate::i18n::Text;
use crate::session::Session;
use crate::sim::order::sorted_by_key;
use crate::sim::pod::{PodId, Stage};
use crate::sim::time::SimTime;
use crate::timeline::pods::Pod;

use super::shape::{Shape, shape};
use super::{LEAVING_LABEL, Layout, TOP, total};
use crate::view::names::{hue, image_of, letter_size};
use crate::view::px::Px;

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

/// The pods at the moment on screen, in a fixed order, so that the page moves tiles instead of making
/// them anew.
pub(super) fn lay_out(session: &Session, layout: &Layout) -> Vec<Tile> {
    let room = Tiles { session, layout, leaving: total(session).terminating };
    let (mut slot, mut left) = (0, 0);
    let tiles: Vec<_> = shapes(session)
        .iter()
        .map(|(id, pod, shape)| {
            let place = if *shape == Shape::Terminating {
                left += 1;
                room.leaving_place(left - 1)
            } else {
                slot += 1;
                (Px((slot - 1) * layout.pitch.0), TOP, layout.height)
            };
            room.tile(*id, pod, *shape, place)
        })
        .collect();
    sorted_by_key(&tiles, |tile| tile.pod)
}

struct Tiles<'a> {
    session: &'a Session,
    layout: &'a Layout,
    leaving: i32,
}

impl Tiles<'_> {
    /// Leaving pods are smaller, and stand closer the more there are.
    fn leaving_place(&self, index: i32) -> (Px, Px, Px) {
        let size = self.layout.height.share(62, 100);
        let room = self.layout.width.minus(LEAVING_LABEL).minus(size);
        let step = room.share(1, i64::from(self.leaving.max(1))).min(size.share(125, 100));
        (LEAVING_LABEL.plus(Px(step.0 * index)), self.layout.leaving_top, size)
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
        let now = self.session.timeline.time();
        let next = self.session.timeline.next_moment(id);
        let passed = |from: Option<SimTime>, to: Stage| match (from, next) {
            (Some(from), Some(next)) if next.stage == to => {
                let (passed, all) = (now.since(from).millis(), next.at.since(from).millis());
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
