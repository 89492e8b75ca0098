//! Areas and lines: values that hold until the next.

use crate::session::Session;
use crate::session::ghost::Ghost;
use crate::sim::cluster::ReplicaSetId;
use crate::sim::time::SimTime;
use crate::timeline::series::{Sample, Tally};

use super::super::axis::Axis;
use super::super::names::hue;
use super::super::px::Px;
use super::reading::newest;
use super::{TOP, height, scale_limit};

/// A stacked area.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The colour of the revision; 0 for pods of all.
    pub hue: u32,
    /// What the pods do: `available`, `starting` or `leaving`.
    pub class: &'static str,
    /// Its outline.
    pub path: String,
}

/// A number at its place, with its class.
pub type Level = ((Px, Px), String, &'static str);

/// What is drawn of a pixel.
pub struct Column<'a> {
    at: SimTime,
    x: Px,
    /// How things stand at its end.
    last: &'a Sample,
    /// The fewest that were available at any time in it, and the most that counted.
    worst: (i32, i32),
}

/// All that is drawn as lines.
pub struct Lines<'a> {
    /// Pixel by pixel.
    pub columns: Vec<Column<'a>>,
    /// Which moment is where.
    pub axis: &'a Axis,
    /// How many pods the plot is high.
    pub most: i32,
}

/// Pixel by pixel what happened; nothing of pixels in which nothing did.
pub fn columns<'a>(samples: &'a [Sample], axis: &Axis) -> Vec<Column<'a>> {
    let mut columns: Vec<Column> = Vec::new();
    for last in samples {
        let x = axis.x(last.at);
        let mut worst = (last.least_available, last.most_active);
        if let Some(before) = columns.pop_if(|before| before.x.0 / 10 == x.0 / 10) {
            worst = (worst.0.min(before.worst.0), worst.1.max(before.worst.1));
        }
        columns.push(Column { at: last.at, x, last, worst });
    }
    columns
}

fn available(sample: &Sample) -> i32 {
    sample.sets.iter().map(|tally| tally.available).sum()
}

fn total(sample: &Sample) -> i32 {
    sample.sets.iter().map(Tally::active).sum()
}

fn leaving(sample: &Sample) -> i32 {
    sample.sets.iter().map(|tally| tally.terminating).sum()
}

impl Lines<'_> {
    /// Available pods at the bottom, old before new; above them those on their way, and on top those
    /// that leave, which are not counted.
    pub fn areas(&self) -> Vec<Area> {
        let sets = self.columns.iter().map(|column| column.last.sets.len()).max().unwrap_or(0);
        let count = |sample: &Sample, set: usize, class: &str| {
            let tally = sample.sets.get(set).copied().unwrap_or_default();
            if class == "available" { tally.available } else { tally.starting }
        };
        let layers: Vec<_> = ["available", "starting"]
            .into_iter()
            .flat_map(|class| (0..sets).map(move |set| (set, class)))
            .collect();
        let mut areas = Vec::new();
        let mut below = vec![0; self.columns.len()];
        for (set, class) in layers {
            let hue = hue(ReplicaSetId(set as u32));
            areas.extend(self.area(&mut below, hue, class, &|sample| count(sample, set, class)));
        }
        areas.extend(self.area(&mut below, 0, "leaving", &leaving));
        areas
    }

    /// An area on top of those below it; nothing if there is never anything.
    fn area(
        &self,
        below: &mut [i32],
        hue: u32,
        class: &'static str,
        count: &dyn Fn(&Sample) -> i32,
    ) -> Option<Area> {
        let counts: Vec<_> = self.columns.iter().map(|column| count(column.last)).collect();
        if counts.iter().all(|count| *count == 0) {
            return None;
        }
        let mut bottom = self.stairs(&|index| below[index]);
        below.iter_mut().zip(counts).for_each(|(below, count)| *below += count);
        let top = self.stairs(&|index| below[index]);
        bottom.reverse();
        let path = joined(top.iter().chain(&bottom)) + "Z";
        Some(Area { hue, class, path })
    }

    /// Every line with its class: what comes later is drawn above what came before.
    pub fn all(&self, session: &Session) -> Vec<(&'static str, String)> {
        let line = |value: &dyn Fn(&Column) -> i32| self.line(value);
        let updated = |column: &Column| {
            let newest = newest(session, column.at);
            newest.and_then(|id| column.last.sets.get(id.0 as usize)).map_or(0, Tally::active)
        };
        let mut lines = vec![
            ("wanted", line(&|column| column.last.wanted)),
            ("total", line(&|column| total(column.last)) + &self.peaks(total, |column| column.worst.1)),
            ("updated", line(&updated)),
            ("ceiling", line(&|column| column.last.ceiling)),
            ("floor", line(&|column| column.last.floor)),
            (
                "available",
                line(&|column| available(column.last)) + &self.peaks(available, |column| column.worst.0),
            ),
        ];
        if let Some(ghost) = &session.ghost {
            lines.push(("ghost total", self.ghost(ghost, &|index| ghost.points[index].total)));
            lines.push(("ghost available", self.ghost(ghost, &|index| ghost.points[index].available)));
        }
        lines
    }

    fn line(&self, value: &dyn Fn(&Column) -> i32) -> String {
        joined(&self.stairs(&|index| value(&self.columns[index])))
    }

    fn ghost(&self, ghost: &Ghost, value: &dyn Fn(usize) -> i32) -> String {
        let points = &ghost.points;
        let x = |index: usize| points.get(index).map_or(self.axis.end, |point| point.at);
        let stairs =
            stairs(points.len(), &|index| self.axis.x(x(index)), &|index| height(value(index), self.most));
        joined(&stairs)
    }

    /// Where things were worse for less than a pixel, the line goes there and back.
    fn peaks(&self, stands: fn(&Sample) -> i32, was: fn(&Column) -> i32) -> String {
        let mut path = String::new();
        let mut before = None;
        for column in &self.columns {
            let (now, worst) = (stands(column.last), was(column));
            if worst != now && before != Some(worst) {
                let (from, to) = (height(now, self.most), height(worst, self.most));
                path += &format!("M{} {from}V{to}", column.x);
            }
            before = Some(now);
        }
        path
    }

    /// A value holds until the next sample: a line that goes along and then up or down.
    fn stairs(&self, value: &dyn Fn(usize) -> i32) -> Vec<(Px, Px)> {
        let end = self.axis.left.plus(self.axis.width);
        let x = |index: usize| self.columns.get(index).map_or(end, |column| column.x);
        stairs(self.columns.len(), &x, &|index| height(value(index), self.most))
    }

    /// Ceiling, floor, the wanted number and zero: beside the plot where the lines begin; and in it, where they end,
    /// if that is at numbers which are not there. A label that would cover another is left out.
    pub fn levels(&self) -> Vec<Level> {
        let left = self.axis.left.minus(Px::whole(6));
        let right = self.axis.left.plus(self.axis.width).minus(Px::whole(2));
        let mut levels: Vec<Level> = Vec::new();
        for (x, column) in [(left, 0), (right, self.columns.len() - 1)] {
            let last = self.columns[column].last;
            let all = [
                (last.ceiling, last.ceiling.min(scale_limit(last)), "ceiling"),
                (last.floor, last.floor, "floor"),
                (last.wanted, last.wanted, "wanted"),
                (0, 0, "zero"),
            ];
            for (number, place, class) in all {
                let line = height(place, self.most);
                // In the plot it stands above its line, but for what would be above the plot.
                let below = if x == left {
                    40
                } else if line == TOP {
                    130
                } else {
                    -40
                };
                let y = line.0 + below;
                let is_free = |((other_x, other_y), other, _): &Level| {
                    (*other_x != x || 110 <= (other_y.0 - y).abs()) && *other != number.to_string()
                };
                if levels.iter().all(is_free) {
                    levels.push(((x, Px(y)), number.to_string(), class));
                }
            }
        }
        levels
    }
}

fn stairs(count: usize, x: &dyn Fn(usize) -> Px, y: &dyn Fn(usize) -> Px) -> Vec<(Px, Px)> {
    let mut points: Vec<(Px, Px)> = Vec::new();
    for index in 0..count {
        let height = y(index);
        if points.last().is_some_and(|(_, last)| *last == height) {
            points.pop();
        } else {
            points.push((x(index), height));
        }
        points.push((x(index + 1), height));
    }
    points
}

/// A path through points. Most lie beside or above the one before: one number is enough for those.
fn joined<'a>(points: impl IntoIterator<Item = &'a (Px, Px)>) -> String {
    let (mut path, mut last) = (String::new(), None);
    let mut put = |letter: char, place: Px| path += &format!("{letter}{place}");
    for (x, y) in points {
        let (left, top) = last.replace((*x, *y)).unzip();
        match (left == Some(*x), top == Some(*y)) {
            (true, _) => put('V', *y),
            (false, true) => put('H', *x),
            (false, false) => {
                put(if left.is_none() { 'M' } else { 'L' }, *x);
                put(' ', *y);
            }
        }
    }
    path
}
