//! The weave: every pod as a thread through time.

use crate::session::Session;
use crate::sim::order::sorted_by_key;
use crate::sim::pod::{PodId, Stage};
use crate::sim::time::{SimDuration, SimTime};
use crate::timeline::lives::Moment;

use super::axis::Axis;
use super::budget_line::{Shape, shape_of};
use super::names::hue;
use super::px::Px;

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
/// Thinner threads are not told apart but bundled.
const THINNEST: Px = Px::whole(2);

/// Every pod there ever was, as a thread. When there are too many, equal ones are bundled, and of
/// bundles that are too thin to be seen only as many are drawn as there is room for.
pub(super) fn weave(session: &Session, axis: &Axis, top: Px) -> (Vec<Threads>, Px) {
    let (cluster, lives) = (session.timeline.last_cluster(), session.timeline.lives());
    let pods: Vec<_> = (0..lives.len() as u32).map(PodId).collect();
    let pods = sorted_by_key(&pods, |id| {
        let life = lives.life(*id);
        (life.replica_set, life.reached[0], life.reached[4])
    });
    let all = pods.len() as i64;
    let pitch = WEAVE.share(1, all.max(1)).min(THICKEST);
    let (rows, height) = match THINNEST <= pitch {
        true => (all, Px(pitch.0 * all as i32)),
        false => (all.min(i64::from(WEAVE.0 / 10)), WEAVE),
    };
    let gap = if THINNEST <= pitch { pitch.share(1, 5).max(Px(5)) } else { Px(0) };
    let pod_of = |row: i64| pods[(row * all / rows) as usize];
    let mut threads = Vec::new();
    let mut row = 0;
    while row < rows {
        let id = pod_of(row);
        let pod = cluster.pod(id);
        let alike = |other: &i64| {
            let other = pod_of(*other);
            gap == Px(0)
                && cluster.pod(other).replica_set == pod.replica_set
                && lives.of(id).eq(lives.of(other))
        };
        let end = (row + 1..rows).find(|other| !alike(other)).unwrap_or(rows);
        let (from, to) = (height.share(row, rows), height.share(end, rows));
        let (y, height) = (top.plus(from), to.minus(from).minus(gap));
        let min_ready_seconds = cluster.replica_set(pod.replica_set).min_ready_seconds;
        for (shape, from, to) in
            life(&session.timeline.moments(id).collect::<Vec<_>>(), min_ready_seconds, axis.end)
        {
            let (x, end) = (axis.x(from), axis.x(to));
            let path = format!("M{x} {y}H{end}v{height}H{x}z");
            add(&mut threads, hue(pod.replica_set), shape, &path);
        }
        row = end;
    }
    (threads, height)
}

fn add(threads: &mut Vec<Threads>, hue: u32, shape: Shape, path: &str) {
    match threads.iter_mut().find(|all| all.hue == hue && all.shape == shape) {
        Some(all) => all.path += path,
        None => threads.push(Threads { hue, shape, path: path.to_owned() }),
    }
}

/// The parts of a life, each with its look. What is ready comes to be available after a while.
fn life(moments: &[Moment], min_ready_seconds: i32, end: SimTime) -> Vec<(Shape, SimTime, SimTime)> {
    let wait = SimDuration::from_secs(min_ready_seconds.max(0) as u64);
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
