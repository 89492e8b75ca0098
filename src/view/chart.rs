//! The budget line through time, and under it the weave: every pod as a thread.

use crate::i18n::Text;
use crate::session::Session;
use crate::sim::cluster::ReplicaSetId;
use crate::sim::order::sorted_by_key;
use crate::sim::pod::{PodId, Stage};
use crate::sim::time::{SimDuration, SimTime};
pub use crate::timeline::Mark;
use crate::timeline::lives::Moment;
use crate::timeline::series::Sample;

use super::budget_line::{Shape, shape_of};
use super::names::hue;
use super::px::Px;

/// The whole run, as wide as the picture. It is made anew when the run or the width changes, not
/// while time passes.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Width of the whole chart.
    pub width: Px,
    /// Height of chart and weave together.
    pub height: Px,
    /// Where the plot begins and how wide it is.
    pub plot: (Px, Px),
    /// Where the plot begins from above and where it ends.
    pub span: (Px, Px),
    /// Stacked areas, lowest first.
    pub areas: Vec<Area>,
    /// The floor, the ceiling and the wanted number, as paths.
    pub floor: String,
    /// The ceiling.
    pub ceiling: String,
    /// How many replicas are wanted.
    pub wanted: String,
    /// Numbers beside the plot: height, text, class.
    pub levels: Vec<(Px, String, &'static str)>,
    /// Times below the plot.
    pub ticks: Vec<(Px, String)>,
    /// Where commands and decisions are.
    pub marks: Vec<(Px, Mark)>,
    /// Where the weave begins.
    pub weave_top: Px,
    /// Threads, or bundles of equal ones: all their parts that look the same together.
    pub threads: Vec<Threads>,
    /// The pods by their threads, from above, and how far these are apart; none where they are bundled.
    pub rows: (Vec<u32>, Px),
    /// The weave in a sentence.
    pub weave_label: String,
    /// The last moment of the axis, in milliseconds.
    pub end: u64,
}

/// A stacked area.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The colour of the revision.
    pub hue: u32,
    /// Whether the pods serve, or are on their way.
    pub available: bool,
    /// Its outline.
    pub path: String,
}

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

/// Where the present moment is in the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playhead {
    /// Where.
    pub x: Px,
    /// The moment, in milliseconds.
    pub millis: u64,
}

const LEFT: Px = Px::whole(30);
const RIGHT: Px = Px::whole(6);
const TOP: Px = Px::whole(18);
const PLOT: Px = Px::whole(118);
const AXIS: Px = Px::whole(26);
const WEAVE: Px = Px::whole(150);
/// Fewer threads are drawn thicker, up to this.
const THICKEST: Px = Px::whole(7);
/// Thinner threads are not told apart but bundled.
const THINNEST: Px = Px::whole(2);

/// The whole run.
pub fn chart(session: &Session) -> Chart {
    let axis = Axis::of(session);
    let samples = &visible(session.timeline.series().samples(), &axis);
    let most = samples.iter().map(|sample| sample.ceiling.min(scale_limit(sample)).max(sample.most_active));
    let most = most.max().unwrap_or(1).max(1);
    let y = |count: i32| TOP.plus(PLOT).minus(PLOT.share(i64::from(count), i64::from(most)));
    let last = samples.last().expect("the creation is a sample");
    let (threads, weave_height, rows) = weave(session, &axis);
    Chart {
        width: axis.left.plus(axis.width).plus(RIGHT),
        height: TOP.plus(PLOT).plus(AXIS).plus(weave_height).plus(Px::whole(4)),
        plot: (axis.left, axis.width),
        span: (TOP, TOP.plus(PLOT)),
        areas: areas(samples, &axis, &y),
        floor: level_path(samples, &axis, &|sample| y(sample.floor)),
        ceiling: level_path(samples, &axis, &|sample| y(sample.ceiling.min(most))),
        wanted: level_path(samples, &axis, &|sample| y(sample.wanted)),
        levels: levels(last, most, &y),
        ticks: axis.ticks(),
        marks: session.timeline.marks().map(|(_, at, mark)| (axis.x(at), mark)).collect(),
        weave_top: TOP.plus(PLOT).plus(AXIS),
        threads,
        rows,
        weave_label: session.lang.say(Text::Weave { pods: session.timeline.pods_ever() }),
        end: axis.end.millis(),
    }
}

/// Of samples in the same pixel the last.
fn visible(samples: &[Sample], axis: &Axis) -> Vec<Sample> {
    let mut visible: Vec<Sample> = Vec::new();
    for sample in samples {
        visible.pop_if(|last| axis.x(last.at).0 / 10 == axis.x(sample.at).0 / 10);
        visible.push(sample.clone());
    }
    visible
}

/// A ceiling far above all pods would press them flat.
fn scale_limit(sample: &Sample) -> i32 {
    sample.most_active.saturating_mul(2).max(4)
}

/// Where the present moment is.
pub fn playhead(session: &Session) -> Playhead {
    let time = session.timeline.time();
    Playhead { x: Axis::of(session).x(time), millis: time.millis() }
}

/// Where moments are.
pub(super) struct Axis {
    pub(super) left: Px,
    pub(super) width: Px,
    end: SimTime,
    step: u64,
}

impl Axis {
    pub(super) fn of(session: &Session) -> Self {
        let width = Px::whole(session.width as i32).minus(LEFT).minus(RIGHT);
        // A label wants some eighty pixels.
        let labels = (u64::try_from(width.0).unwrap_or(0) / 800).clamp(2, 8);
        let secs = session.timeline.end().secs().max(4);
        let step = nice_step(secs / labels + 1);
        let end = SimTime::from_secs((secs + step / 4).div_ceil(step) * step);
        Self { left: LEFT, width, end, step }
    }

    pub(super) fn x(&self, at: SimTime) -> Px {
        let at = at.min(self.end).millis() as i64;
        self.left.plus(self.width.share(at, self.end.millis() as i64))
    }

    fn ticks(&self) -> Vec<(Px, String)> {
        let steps = self.end.secs() / self.step;
        let at = |index| SimTime::from_secs(index * self.step);
        (0..=steps).map(|index| (self.x(at(index)), at(index).to_string())).collect()
    }
}

/// The first pleasant number of seconds that is not smaller.
fn nice_step(secs: u64) -> u64 {
    let nice = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];
    nice.into_iter().find(|nice| secs <= *nice).unwrap_or_else(|| secs.div_ceil(86_400) * 86_400)
}

/// Available pods at the bottom, old before new; above them those on their way.
fn areas(samples: &[Sample], axis: &Axis, y: &impl Fn(i32) -> Px) -> Vec<Area> {
    let sets = samples.iter().map(|sample| sample.sets.len()).max().unwrap_or(0);
    let count = |sample: &Sample, set: usize, available: bool| {
        let tally = sample.sets.get(set).copied().unwrap_or_default();
        if available { tally.available } else { tally.starting }
    };
    let layers: Vec<_> =
        [true, false].into_iter().flat_map(|available| (0..sets).map(move |set| (set, available))).collect();
    let mut areas = Vec::new();
    for (layer, (set, available)) in layers.iter().copied().enumerate() {
        if samples.iter().all(|sample| count(sample, set, available) == 0) {
            continue;
        }
        let below = |sample: &Sample| {
            layers[..layer].iter().map(|(set, available)| count(sample, *set, *available)).sum::<i32>()
        };
        let top = stairs(samples, axis, &|sample| y(below(sample) + count(sample, set, available)));
        let mut bottom = stairs(samples, axis, &|sample| y(below(sample)));
        bottom.reverse();
        let outline: Vec<_> = top.iter().chain(&bottom).map(|(x, y)| format!("{x} {y}")).collect();
        let path = format!("M{}Z", outline.join("L"));
        areas.push(Area { hue: hue(ReplicaSetId(set as u32)), available, path });
    }
    areas
}

fn level_path(samples: &[Sample], axis: &Axis, y: &dyn Fn(&Sample) -> Px) -> String {
    let points: Vec<_> = stairs(samples, axis, y).iter().map(|(x, y)| format!("{x} {y}")).collect();
    format!("M{}", points.join("L"))
}

/// A value holds until the next sample: a line that goes along and then up or down.
fn stairs(samples: &[Sample], axis: &Axis, y: &dyn Fn(&Sample) -> Px) -> Vec<(Px, Px)> {
    let mut points: Vec<(Px, Px)> = Vec::new();
    for (index, sample) in samples.iter().enumerate() {
        let height = y(sample);
        let until = samples.get(index + 1).map_or(axis.end, |next| next.at);
        if points.last().is_some_and(|(_, last)| *last == height) {
            points.pop();
        } else {
            points.push((axis.x(sample.at), height));
        }
        points.push((axis.x(until), height));
    }
    points
}

/// Floor, ceiling, the wanted number and zero; a label that would cover another is left out.
fn levels(last: &Sample, most: i32, y: &impl Fn(i32) -> Px) -> Vec<(Px, String, &'static str)> {
    let all = [
        (last.ceiling, last.ceiling.min(most), "ceiling"),
        (last.floor, last.floor, "floor"),
        (last.wanted, last.wanted, "wanted"),
        (0, 0, "zero"),
    ];
    let mut levels: Vec<(Px, String, &'static str)> = Vec::new();
    for (number, place, class) in all {
        let height = y(place);
        if levels.iter().all(|(other, _, _)| 110 <= (other.0 - height.0).abs()) {
            levels.push((height, number.to_string(), class));
        }
    }
    levels
}

/// Every pod there ever was, as a thread. When there are too many, equal ones are bundled, and of
/// bundles that are too thin to be seen only as many are drawn as there is room for.
fn weave(session: &Session, axis: &Axis) -> (Vec<Threads>, Px, (Vec<u32>, Px)) {
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
    let top = TOP.plus(PLOT).plus(AXIS);
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
    let told_apart = pods.iter().filter(|_| THINNEST <= pitch).map(|pod| pod.0);
    (threads, height, (told_apart.collect(), pitch))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_the_axis_are_pleasant() {
        for (secs, expect) in [(1, 1), (3, 5), (6, 10), (61, 120), (100_000, 172_800)] {
            assert_eq!(nice_step(secs), expect);
        }
    }
}
