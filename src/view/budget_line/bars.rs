//! Pods by the number.

use crate::session::Session;
use crate::sim::cluster::ReplicaSetId;

use super::shape::Shape;
use super::{LEAVING_LABEL, Layout, TOP, tally};
use crate::view::names::hue;
use crate::view::px::Px;

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

/// One stacked bar, and a thinner one for the pods that leave.
pub(super) fn lay_out(session: &Session, layout: &Layout) -> Vec<Bar> {
    let sets = (0..session.timeline.cluster().replica_sets.len() as u32).map(ReplicaSetId);
    let tallies: Vec<_> = sets.map(|id| (id, tally(session, id))).collect();
    let available = tallies.iter().map(|(id, tally)| (*id, tally.available, Shape::Available));
    let starting = tallies.iter().map(|(id, tally)| (*id, tally.starting, Shape::Running));
    let leaving = tallies.iter().map(|(id, tally)| (*id, tally.terminating, Shape::Terminating));
    let mut bars = Vec::new();
    let mut counted = Row { layout, left: Px(0), y: TOP, height: layout.height, before: 0 };
    bars.extend(available.chain(starting).map(|part| counted.bar(part)));
    let y = layout.leaving_top.plus(Px::whole(6));
    let mut left = Row { layout, left: LEAVING_LABEL, y, height: Px::whole(16), before: 0 };
    bars.extend(leaving.map(|part| left.bar(part)));
    bars
}

/// Bars one after the other.
struct Row<'a> {
    layout: &'a Layout,
    left: Px,
    y: Px,
    height: Px,
    /// How many pods there are already.
    before: i32,
}

impl Row<'_> {
    fn bar(&mut self, (id, count, shape): (ReplicaSetId, i32, Shape)) -> Bar {
        let Self { layout, left, y, height, before } = *self;
        let room = layout.width.minus(left);
        let at = |count: i32| left.plus(room.share(i64::from(count), i64::from(layout.slots)));
        let (x, end) = (at(before), at(before + count).min(layout.width));
        self.before += count;
        let label = count.to_string();
        let fits = Px::whole(8 + 9 * label.len() as i32) < end.minus(x);
        let label = if fits { label } else { String::new() };
        let key = format!("{}-{}", id.0, shape.name());
        Bar { key, hue: hue(id), shape, x, y, width: end.minus(x).max(Px(0)), height, label }
    }
}
