//! What can be read off the chart at a moment: the one that is pointed at, or else the one on screen.

use crate::i18n::{Lang, Text};
use crate::session::Session;
use crate::sim::cluster::ReplicaSetId;
use crate::sim::time::SimTime;
use crate::timeline::SHOWN;
use crate::timeline::landmarks::{FAILURES, Kind};
use crate::timeline::series::{Sample, Tally};

use super::super::budget_line::total;
use super::super::px::Px;
use super::super::rich::{Span, spans};
use super::{Chart, height, length, marks};

/// What can be read off the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Where is pointed at.
    pub hover: Option<Px>,
    /// The moment.
    pub time: String,
    /// What happens then, or that nothing happens for long.
    pub note: String,
    /// The numbers.
    pub cells: Vec<Cell>,
    /// What was worst since the last command.
    pub worst: Vec<Span>,
    /// Whether the floor was broken.
    pub is_broken: bool,
    /// Where on the lines: the fewest available pods, and the most pods.
    pub worst_at: Option<[(Px, Px); 2]>,
}

/// A number with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The class of the line that it is read off.
    pub line: &'static str,
    /// Its name.
    pub name: String,
    /// The number.
    pub count: i32,
    /// What it would be in the future that was left, in words.
    pub otherwise: String,
}

/// All pods at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All that count.
    pub total: i32,
    /// Those that serve.
    pub available: i32,
    /// Those that have the Deployment's template.
    pub updated: i32,
    /// Those that leave, which do not count.
    pub leaving: i32,
    /// How many have to be available.
    pub floor: i32,
    /// How many there may be.
    pub ceiling: i32,
}

impl Counts {
    /// At the end of an instant.
    pub fn of(session: &Session, sample: &Sample) -> Self {
        let newest = newest(session, sample.at);
        let updated = newest.and_then(|id| sample.sets.get(id.0 as usize)).map_or(0, Tally::active);
        let none = Self { updated, floor: sample.floor, ceiling: sample.ceiling, ..Self::default() };
        sample.sets.iter().fold(none, Self::plus)
    }

    /// At the step on screen, in the middle of an instant as it may be.
    pub fn now(session: &Session) -> Self {
        let (timeline, all) = (&session.timeline, total(session));
        let budget = &timeline.cluster().deployment(SHOWN).budget;
        let newest = timeline.landmarks().newest(timeline.step_number());
        Self {
            total: all.active(),
            available: all.available,
            updated: newest.map_or(0, |id| timeline.tally(id).active()),
            leaving: all.terminating,
            floor: budget.min_available,
            ceiling: budget.max_total_pods,
        }
    }

    fn plus(self, tally: &Tally) -> Self {
        Self {
            total: self.total + tally.active(),
            available: self.available + tally.available,
            leaving: self.leaving + tally.terminating,
            ..self
        }
    }

    /// Every number with its line and its name.
    pub fn named(self) -> [(&'static str, Text<'static>, i32); 6] {
        [
            ("total", Text::ReadTotal, self.total),
            ("available", Text::ReadAvailable, self.available),
            ("updated", Text::ReadUpdated, self.updated),
            ("leaving", Text::ReadLeaving, self.leaving),
            ("floor", Text::ReadFloor, self.floor),
            ("ceiling", Text::ReadCeiling, self.ceiling),
        ]
    }
}

/// The ReplicaSet that has the Deployment's template at the end of an instant.
pub fn newest(session: &Session, at: SimTime) -> Option<ReplicaSetId> {
    let timeline = &session.timeline;
    timeline.landmarks().newest(timeline.last_at(at))
}

/// What can be read off the chart.
pub fn reading(session: &Session, chart: &Chart) -> Reading {
    let now = Counts::now(session);
    let time = session.hover.unwrap_or(session.timeline.time());
    let counts = session.hover.map_or(now, |hover| counts_at(session, hover));
    let worst = worst(session, now);
    Reading {
        hover: session.hover.map(|hover| chart.axis.x(hover)),
        time: super::super::transport::clock(time.millis()),
        note: note(session, chart),
        cells: cells(session, time, counts),
        worst: worst.as_ref().map_or(Vec::new(), |worst| worst.words(session.lang)),
        is_broken: worst.as_ref().is_some_and(Worst::is_broken),
        worst_at: worst.map(|worst| worst.places(chart)),
    }
}

fn counts_at(session: &Session, time: SimTime) -> Counts {
    let samples = session.timeline.series().samples();
    let after = samples.partition_point(|sample| sample.at <= time);
    after.checked_sub(1).map_or(Counts::default(), |index| Counts::of(session, &samples[index]))
}

fn cells(session: &Session, time: SimTime, counts: Counts) -> Vec<Cell> {
    let ghost = session.ghost.as_ref().and_then(|ghost| ghost.at(time));
    let cell = |(line, name, count): (&'static str, Text, i32)| {
        let other = ghost.map(|point| match line {
            "total" => point.total,
            "available" => point.available,
            _ => count,
        });
        let other = other.filter(|other| *other != count);
        let otherwise = other.map(|count| session.lang.say(Text::Otherwise { count }));
        Cell { line, name: session.lang.say(name), count, otherwise: otherwise.unwrap_or_default() }
    };
    counts.named().into_iter().map(cell).collect()
}

/// What happens where is pointed at; or else at the moment on screen, which may lie in a wait.
fn note(session: &Session, chart: &Chart) -> String {
    let lang = session.lang;
    let near = Px::whole(4);
    let (from, to) = match session.hover {
        Some(hover) => {
            let x = chart.axis.x(hover);
            (chart.axis.time(x.minus(near)), chart.axis.time(x.plus(near)))
        }
        None => (session.timeline.time(), session.timeline.time()),
    };
    let here = what(session, from, to);
    let wait = match session.hover {
        Some(hover) => chart.axis.breaks.iter().find(|wait| wait.from < hover && hover < wait.to).copied(),
        None => session.wait(),
    };
    match wait {
        Some(wait) if here.is_empty() => {
            let length = &length(lang, wait.length());
            let skips = session.skip_waits && session.is_playing() && session.hover.is_none();
            lang.say(if skips { Text::Skipping { length } } else { Text::NothingHappensFor { length } })
        }
        _ => here,
    }
}

/// What there is to be seen from a moment to another.
pub fn what(session: &Session, from: SimTime, to: SimTime) -> String {
    let others =
        [Kind::Command, Kind::Decision, Kind::Batch, Kind::FloorBroken, Kind::Deadline, Kind::Complete];
    let timeline = &session.timeline;
    let (before, last) = (timeline.last_before(from), timeline.last_at(to));
    let is_there = |kind: &Kind| timeline.landmarks().next(&[*kind], before).is_some_and(|step| step <= last);
    let kinds = others.into_iter().chain(FAILURES).filter(is_there);
    let names: Vec<_> = kinds.map(|kind| marks::name(session.lang, kind)).collect();
    names.join(" · ")
}

/// The worst since the last command.
struct Worst {
    /// When the fewest pods were available, how many, and how many there should have been.
    least: (SimTime, i32, i32),
    /// When there were the most pods, and how many.
    most: (SimTime, i32),
}

/// None before anything was asked of the Deployment: while it is created, no pod can be available.
fn worst(session: &Session, now: Counts) -> Option<Worst> {
    let timeline = &session.timeline;
    let step = timeline.step_number();
    let command = timeline.landmarks().last(&[Kind::Command], step).filter(|command| 1 < *command)?;
    let (since, at) = (timeline.at(command), timeline.at(step));
    // What comes later in the same instant has not happened yet.
    let is_over = step == timeline.steps() || at < timeline.at(step + 1);
    let samples = timeline.series().samples();
    let first = samples.partition_point(|sample| sample.at < since);
    let last = samples.partition_point(|sample| sample.at < at || (sample.at == at && is_over));
    let mut worst = Worst { least: (at, now.available, now.floor), most: (at, now.total) };
    // The first of equal ones.
    for sample in samples[first..last.max(first)].iter().rev() {
        if sample.least_available <= worst.least.1 {
            worst.least = (sample.at, sample.least_available, sample.floor);
        }
        if worst.most.1 <= sample.most_active {
            worst.most = (sample.at, sample.most_active);
        }
    }
    Some(worst)
}

impl Worst {
    fn words(&self, lang: Lang) -> Vec<Span> {
        let (least_at, least, floor) = self.least;
        let (most_at, most) = self.most;
        let (least_at, most_at) = (&least_at.to_string(), &most_at.to_string());
        spans(&lang.say(match self.is_broken() {
            false => Text::Worst { least, least_at, most, most_at },
            true => Text::WorstBroken { least, floor, least_at, most, most_at },
        }))
    }

    fn is_broken(&self) -> bool {
        self.least.1 < self.least.2
    }

    fn places(&self, chart: &Chart) -> [(Px, Px); 2] {
        let place = |at: SimTime, count: i32| (chart.axis.x(at), height(count, chart.most));
        [place(self.least.0, self.least.1), place(self.most.0, self.most.1)]
    }
}
