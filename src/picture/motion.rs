//! What moves in a picture: keyframes of CSS, from the beginning of the run to its end.
//!
//! Time passes as on the axis of the chart, so waits that are drawn short are passed quickly. Where it stands,
//! every attribute says the moment on screen: that is what is seen where the reader wants less motion, and by
//! whoever knows no keyframes.

use crate::session::Session;
use crate::session::playback::Playback;
use crate::sim::order::sorted_by_key;
use crate::sim::time::SimTime;
use crate::timeline::landmarks::{FAILURES, Kind};
use crate::view::axis::Axis;
use crate::view::budget_line::{Bar, BudgetLine, Shape as Look, Tile, budget_line, has_bars};
use crate::view::chart::Chart;
use crate::view::px::Px;

use super::budget;
use super::svg::{Shape, at, classed, el, path, print, rect, thousandths};
use super::words::Block;

/// The most pods of a run that move one by one. Each is an element with keyframes of its own, of about 400
/// bytes.
pub const MOST_PODS: usize = 120;
/// The most moments at which words change.
const MOST_SCENES: usize = 24;
/// The most moments at which pods, or bars, change.
const MOST_MOVES: usize = 240;
const MOST_BAR_MOVES: usize = 48;
/// A pod takes so long to move, in milliseconds.
const MOVE: u64 = 260;
/// The shortest and the longest loop, in seconds.
const SECONDS: (u64, u64) = (8, 30);

/// What moves.
pub struct Motion {
    sheet: String,
    /// Nothing moves without one.
    axis: Option<Axis>,
    /// What was written of keyframes, in order: what moves alike shares them.
    keyframes: Vec<String>,
    seconds: u64,
}

/// A share of the loop, in thousandths of a percent.
type Share = i64;
const WHOLE: Share = 100_000;

impl Motion {
    /// Nothing moves.
    pub fn none() -> Self {
        Self { sheet: String::new(), axis: None, keyframes: Vec::new(), seconds: 0 }
    }

    /// The whole run.
    pub fn of(session: &Session) -> Self {
        let axis = Axis::of(session);
        let hidden: u64 = axis.breaks.iter().map(|wait| wait.length().secs()).sum();
        let seconds = axis.end.secs().saturating_sub(hidden).clamp(SECONDS.0, SECONDS.1);
        let sheet = format!(
            ".rs .v{{animation:{seconds}s step-end infinite}}.rs .m{{animation:{seconds}s linear infinite}}"
        );
        Self { sheet, axis: Some(axis), keyframes: Vec::new(), seconds }
    }

    /// Words, or whatever is one thing after the other: seen one at a time.
    pub fn track(&mut self, session: &Session, draw: fn(&Session) -> Block) -> Block {
        let now = draw(session);
        let Some(axis) = self.axis.clone() else { return now };
        let shown = print(&now.shape);
        let mut scenes: Vec<(Share, Block, String)> = Vec::new();
        visit(session, &scenes_of(session), |session, time| {
            let block = draw(session);
            let printed = print(&block.shape);
            if scenes.last().is_none_or(|(_, _, last)| *last != printed) {
                scenes.push((share(&axis, time), block, printed));
            }
        });
        let height = scenes.iter().map(|(_, block, _)| block.height).fold(now.height, Px::max);
        if scenes.len() < 2 {
            return Block { height, ..now };
        }
        let ends: Vec<_> = scenes.iter().skip(1).map(|(from, _, _)| *from).chain([WHOLE]).collect();
        let now = share(&axis, session.timeline.time());
        let same = scenes.iter().position(|(_, _, printed)| *printed == shown);
        let still = same.or(scenes.iter().rposition(|(from, _, _)| *from <= now));
        let mut shape = el("g");
        for (index, ((from, block, _), to)) in scenes.into_iter().zip(ends).enumerate() {
            shape = shape.child(self.seen(el("g").child(block.shape), &[(from, to)], still == Some(index)));
        }
        Block { shape, height }
    }

    /// An element that is seen between some shares of the loop; and where nothing moves if `still`.
    fn seen(&mut self, shape: Shape, during: &[(Share, Share)], still: bool) -> Shape {
        let mut frames = vec![(0, "visibility:hidden".to_owned())];
        for (from, to) in during {
            frames.push((*from, "visibility:visible".to_owned()));
            frames.push((*to, "visibility:hidden".to_owned()));
        }
        let shape = self.animated(shape, "v", &frames);
        if still { shape } else { shape.attr("visibility", "hidden") }
    }

    /// An element with keyframes. Of several at one share the last one holds.
    fn animated(&mut self, mut shape: Shape, how: &str, frames: &[(Share, String)]) -> Shape {
        let mut text = String::new();
        for (index, (share, what)) in frames.iter().enumerate() {
            if frames.get(index + 1).is_none_or(|(next, _)| next != share) {
                text += &format!("{}%{{{what}}}", thousandths(*share));
            }
        }
        if let Some((_, what)) = frames.last().filter(|(last, _)| *last < WHOLE) {
            text += &format!("100%{{{what}}}");
        }
        let known = self.keyframes.iter().position(|known| *known == text);
        let number = known.unwrap_or_else(|| {
            let number = self.keyframes.len();
            self.sheet +=
                &format!(".rs .k{number}{{animation-name:rs{number}}}@keyframes rs{number}{{{text}}}");
            self.keyframes.push(text);
            number
        });
        let class = format!("{how} k{number}");
        match shape.attrs.iter_mut().find(|(name, _)| *name == "class") {
            Some((_, classes)) if classes.is_empty() => *classes = class.into(),
            Some((_, classes)) => *classes.to_mut() += &format!(" {class}"),
            None => shape = shape.attr("class", class),
        }
        shape
    }

    /// The pods in the budget line.
    pub fn pods(&mut self, session: &Session) -> Vec<Shape> {
        let Some(axis) = self.axis.clone() else { return budget::pods(session) };
        match has_bars(session) || MOST_PODS < session.timeline.pods_ever() {
            false => self.tiles(session, &axis),
            true => self.bars(session, &axis),
        }
    }

    fn tiles(&mut self, session: &Session, axis: &Axis) -> Vec<Shape> {
        let mut lives: Vec<Vec<(Share, Option<Tile>)>> = vec![Vec::new(); session.timeline.pods_ever()];
        visit(session, &instants(session, MOST_MOVES), |session, time| {
            let mut tiles = budget_line(session).tiles.into_iter().peekable();
            for (pod, life) in (0..).zip(&mut lives) {
                let tile = tiles.next_if(|tile| tile.pod == pod).map(plain);
                if life.last().map_or(tile.is_some(), |(_, last)| *last != tile) {
                    life.push((share(axis, time), tile));
                }
            }
        });
        let now = budget_line(session).tiles;
        let mut looks: Vec<Shape> = Vec::new();
        let mut pods = Vec::new();
        for (pod, life) in (0..).zip(&lives) {
            let still = now.iter().find(|tile| tile.pod == pod);
            pods.extend(self.pod(life, still, &mut looks));
        }
        // What is used knows no rule of what is around it where it is used.
        let defined = (0..)
            .zip(looks)
            .map(|(number, look)| classed("g", "rs").attr("id", format!("rs-pod-{number}")).child(look));
        let mut shapes = vec![el("defs").children(defined)];
        shapes.extend(pods);
        shapes
    }

    /// One pod: a place for all of its looks, of which one is seen at a time.
    fn pod(
        &mut self,
        life: &[(Share, Option<Tile>)],
        still: Option<&Tile>,
        looks: &mut Vec<Shape>,
    ) -> Option<Shape> {
        let first = life.iter().find_map(|(_, tile)| tile.as_ref())?;
        let place = budget::place(still.unwrap_or(first));
        let mut group = self.animated(el("g").attr("transform", place), "m", &self.places(life));
        let mut seen: Vec<(usize, Vec<(Share, Share)>)> = Vec::new();
        for (index, (from, tile)) in life.iter().enumerate() {
            let Some(tile) = tile else { continue };
            let to = life.get(index + 1).map_or(WHOLE, |(next, _)| *next);
            let look = look_of(tile, looks);
            match seen.iter_mut().find(|(known, _)| *known == look) {
                // It goes on.
                Some((_, during)) if during.last().is_some_and(|(_, end)| end == from) => {
                    during.last_mut()?.1 = to;
                }
                Some((_, during)) => during.push((*from, to)),
                None => seen.push((look, vec![(*from, to)])),
            }
        }
        let still = still.map(|tile| look_of(&plain(tile.clone()), looks));
        for (look, during) in seen {
            let shape = el("use").attr("href", format!("#rs-pod-{look}"));
            group = group.child(self.seen(shape, &during, still == Some(look)));
        }
        Some(group)
    }

    /// Where a pod is when: it stands, and moves when the packing changes.
    fn places(&self, life: &[(Share, Option<Tile>)]) -> Vec<(Share, String)> {
        let length = (MOVE * WHOLE as u64 / (self.seconds * 1000)) as Share;
        let mut frames: Vec<(Share, String)> = Vec::new();
        for (share, tile) in life {
            let Some(tile) = tile else { continue };
            let scale = thousandths(i64::from(tile.size.0) * 1000 / 400);
            let there = format!("transform:translate({}px,{}px) scale({scale})", tile.x, tile.y);
            match frames.last().map(|(_, last)| last.clone()) {
                None => frames.push((0, there)),
                Some(last) if last == there => {}
                Some(last) => {
                    // What moves already when it has to move again is there first.
                    let from = frames.last().map_or(*share, |(end, _)| (*share).max(*end));
                    frames.push((from, last));
                    frames.push(((from + length).min(WHOLE), there));
                }
            }
        }
        frames
    }

    fn bars(&mut self, session: &Session, axis: &Axis) -> Vec<Shape> {
        let there = |bar: &Bar| format!("x:{}px;width:{}px", bar.x, bar.width);
        let mut frames: Vec<(Bar, Vec<(Share, String)>)> = Vec::new();
        let mut before = 0;
        visit(session, &instants(session, MOST_BAR_MOVES), |session, time| {
            let BudgetLine { bars, .. } = budget_line(session);
            for bar in &bars {
                if frames.iter().all(|(known, _)| known.key != bar.key) {
                    // It grows out of nothing, from where it will be.
                    let nothing = there(&empty(bar));
                    frames.push((bar.clone(), vec![(0, nothing.clone()), (before, nothing)]));
                }
            }
            let now = share(axis, time);
            for (known, frames) in &mut frames {
                let bar = bars.iter().find(|bar| bar.key == known.key);
                *known = bar.cloned().unwrap_or_else(|| empty(known));
                frames.push((now, there(known)));
            }
            before = now;
        });
        let now = budget_line(session).bars;
        let bars = frames.into_iter().map(|(bar, frames)| {
            let still = now.iter().find(|still| still.key == bar.key).cloned().unwrap_or(empty(&bar));
            budget::bar_of(&bar, self.animated(budget::body(&still), "m", &frames))
        });
        bars.collect()
    }

    /// The present moment in the chart, and a veil over what is to come.
    pub fn playhead(&mut self, session: &Session, chart: &Chart, end: Px) -> Vec<Shape> {
        let (left, width) = (chart.axis.left, chart.axis.width);
        let (top, bottom) = chart.span;
        let x = chart.axis.x(session.timeline.time());
        let veil = |from: Px, to: Px| rect("veil", (Px(0), from), (width, to.minus(from)));
        let mut moving = el("g")
            .attr("transform", format!("translate({x})"))
            .child(veil(top, bottom))
            .child(veil(chart.weave_top, end))
            .child(path("playhead plain", format!("M0 12V{end}")))
            .child(classed("circle", "knob").attr("cy", "8").attr("r", "5"));
        if self.axis.is_some() {
            let there = |x: Px| format!("transform:translate({x}px,0)");
            moving = self.animated(moving, "m", &[(0, there(left)), (WHOLE, there(left.plus(width)))]);
        }
        let inside = rect("", (Px(0), Px(0)), (left.plus(width).plus(Px::whole(6)), end));
        let room = el("clipPath").attr("id", "rs-plot").child(inside);
        vec![room, el("g").attr("clip-path", "url(#rs-plot)").child(at((Px(0), Px(0)), moving))]
    }

    /// The style sheet of it. At its end it says that nothing moves for who wants that.
    pub fn finish(self) -> String {
        match self.axis {
            Some(_) => self.sheet + "@media(prefers-reduced-motion:reduce){.rs *{animation:none!important}}",
            None => String::new(),
        }
    }
}

/// A moving pod is not filled little by little, nor is it chosen or named.
fn plain(tile: Tile) -> Tile {
    let fill = if tile.shape == Look::Running { 400 } else { 1000 };
    Tile { fill, selected: false, title: String::new(), ..tile }
}

/// Where a bar is of which nothing is left.
fn empty(bar: &Bar) -> Bar {
    Bar { width: Px(0), ..bar.clone() }
}

/// Which of the looks a pod has.
fn look_of(tile: &Tile, looks: &mut Vec<Shape>) -> usize {
    let shape = budget::tile(tile);
    let printed = print(&shape);
    let known = looks.iter().position(|look| print(look) == printed);
    known.unwrap_or_else(|| {
        looks.push(shape);
        looks.len() - 1
    })
}

fn share(axis: &Axis, time: SimTime) -> Share {
    i64::from(axis.x(time).minus(axis.left).0) * WHOLE / i64::from(axis.width.0.max(1))
}

/// Looks at a run at some moments, one after the other.
fn visit(session: &Session, times: &[SimTime], mut look: impl FnMut(&Session, SimTime)) {
    let mut session = session.clone();
    session.playback = Playback::Paused;
    for time in times {
        session.timeline.seek_time(*time);
        look(&session, *time);
    }
}

/// The moments at which there is something to be said; and the one on screen.
fn scenes_of(session: &Session) -> Vec<SimTime> {
    let kinds =
        [Kind::Command, Kind::Decision, Kind::Batch, Kind::Complete, Kind::Deadline, Kind::FloorBroken];
    let landmarks = session.timeline.landmarks();
    let steps = kinds.iter().chain(&FAILURES).flat_map(|kind| landmarks.all(*kind));
    let mut times: Vec<_> = steps.map(|step| session.timeline.at(*step as usize)).collect();
    times.extend([SimTime::ZERO, session.timeline.end()]);
    in_order(times, MOST_SCENES, session)
}

/// The moments at which anything happens.
fn instants(session: &Session, most: usize) -> Vec<SimTime> {
    let samples = session.timeline.series().samples();
    in_order(samples.iter().map(|sample| sample.at).collect(), most, session)
}

/// At most so many moments, evenly spread, the last one and the one on screen among them.
fn in_order(mut times: Vec<SimTime>, most: usize, session: &Session) -> Vec<SimTime> {
    times = sorted_by_key(&times, |time| *time);
    times.dedup();
    let each = times.len().div_ceil(most).max(1);
    let mut kept: Vec<_> = times.iter().copied().step_by(each).collect();
    kept.extend(times.last());
    kept.push(session.timeline.time());
    kept = sorted_by_key(&kept, |time| *time);
    kept.dedup();
    kept
}
