//! The pod field: where there are too many pods for tiles, every pod is a cell of one picture.
//!
//! Cells are painted into a buffer that is kept from frame to frame; only those that look different are
//! painted again. A pod keeps its cell for life, so a rollout sweeps through the field.

pub mod census;
pub mod colour;
pub mod fabric;

pub mod grid;
pub mod moments;
pub mod stamps;

use std::ops::Range;

use crate::i18n::Text;
use crate::session::{Session, Theme};
use crate::sim::pod::PodId;
use crate::timeline::lives::Columns;

use super::budget_line::{Shape, has_bars, total};
use super::names::hue;
use super::px::Px;

use census::{CLASSES, Class, classify, correct, parts};
use colour::{CLEAR, Palette, Rgba};
use grid::Grid;
use moments::available_before;
use stamps::Stamps;

/// The pod field, and all that it is painted with.
#[derive(Debug, Default)]
pub struct Field {
    /// Whether the run has too many pods for tiles.
    pub wanted: bool,
    /// Where its cells are.
    pub grid: Grid,
    stamps: Stamps,
    /// The step that is shown, and with which thresholds of availability.
    step: u32,
    thresholds: Vec<u32>,
    last_thresholds: Vec<u32>,
    /// What each cell has to show, and what it shows.
    cells: Vec<Class>,
    shown: Vec<Class>,
    pixels: Vec<Rgba>,
    counts: [u32; CLASSES + 1],
    /// The rows of cells that were painted since they were last fetched.
    painted: Range<usize>,
    /// The run, the width and the theme.
    made_for: Option<(u32, u32, Theme)>,
}

/// A cell that shows nothing yet.
const UNPAINTED: Class = CLASSES as Class;

/// What cannot be seen in a picture of cells alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlay {
    /// Width and height of the field.
    pub size: (Px, Px),
    /// The pod that is looked at, and the one that is pointed at: left and top edge, side.
    pub outlines: [Option<(Px, Px, Px)>; 2],
    /// The pod that is pointed at, or what pointing would show.
    pub readout: String,
    /// The colour of its revision.
    pub hue: u32,
    /// The field in a sentence.
    pub label: String,
}

impl Field {
    /// A field with so many places.
    pub fn of(slots: u32, width: u32, theme: Theme, scale: u32) -> Self {
        let mut field = Self { wanted: true, ..Self::default() };
        field.lay_out(slots, width, &Palette::of(theme), scale);
        field
    }

    /// Whether the field is made for this run and this place on the page.
    pub fn is_for(&self, session: &Session) -> bool {
        self.made_for == Some((session.run, session.width, session.theme))
    }

    /// Whether it can be painted; or else only its place is known, if it is wanted, and what will be in it.
    pub fn is_made(&self) -> bool {
        self.made_for.is_some()
    }

    /// Finds out whether the field is wanted, where it will be, and what will be in it.
    pub fn find_place(&mut self, session: &Session, scale: u32) {
        self.wanted = has_bars(session);
        if !self.wanted {
            return;
        }
        let slots = session.timeline.lives().slots();
        self.grid = Grid::new(slots, session.width, scale);
        self.cells.resize(slots as usize, 0);
        available_before(&session.timeline, &mut self.thresholds);
        self.look(session);
        self.counts = [0; CLASSES + 1];
        self.cells.iter().for_each(|class| self.counts[usize::from(*class)] += 1);
    }

    /// Makes the field anew, for a screen that has `scale` pixels for 100 CSS pixels.
    pub fn make(&mut self, session: &Session, scale: u32) {
        self.made_for = Some((session.run, session.width, session.theme));
        self.wanted = has_bars(session);
        if self.wanted {
            let slots = session.timeline.lives().slots();
            self.lay_out(slots, session.width, &Palette::of(session.theme), scale);
        }
    }

    fn lay_out(&mut self, slots: u32, width: u32, palette: &Palette, scale: u32) {
        self.grid = Grid::new(slots, width, scale);
        self.stamps = Stamps::new(self.grid.side(), palette);
        self.cells.resize(slots as usize, 0);
        self.shown.clear();
        // No class that a cell has to show, so that every one is painted.
        self.shown.resize(slots as usize, UNPAINTED);
        self.counts = [0; CLASSES + 1];
        self.counts[usize::from(UNPAINTED)] = slots;
        let (width, height) = self.grid.painted();
        self.pixels.clear();
        self.pixels.resize(width as usize * height as usize, CLEAR);
        self.painted = 0..0;
        // No step of a run.
        self.step = 0;
    }

    /// Paints the moment on screen.
    pub fn show(&mut self, session: &Session) {
        let step = session.timeline.step_number() as u32;
        std::mem::swap(&mut self.thresholds, &mut self.last_thresholds);
        available_before(&session.timeline, &mut self.thresholds);
        if self.step == step && self.thresholds == self.last_thresholds {
            return;
        }
        self.step = step;
        self.look(session);
        self.paint_cells();
    }

    /// Finds out what each cell has to show.
    fn look(&mut self, session: &Session) {
        let (lives, step) = (session.timeline.lives(), session.timeline.step_number() as u32);
        classify(lives.columns(), step, &self.thresholds, &mut self.cells);
        correct(lives, step, &self.thresholds, &mut self.cells);
    }

    /// Paints a step of pods that all go straight through life. `available_before` says for each
    /// ReplicaSet up to which step a pod has to have become ready to be available.
    pub fn paint(&mut self, lives: Columns, step: u32, available_before: &[u32]) {
        classify(lives, step, available_before, &mut self.cells);
        self.paint_cells();
    }

    fn paint_cells(&mut self) {
        for row in 0..self.grid.rows as usize {
            self.paint_row(row);
        }
    }

    fn paint_row(&mut self, row: usize) {
        let columns = self.grid.columns as usize;
        let from = row * columns;
        let slots = from..(from + columns).min(self.cells.len());
        if self.cells[slots.clone()] == self.shown[slots.clone()] {
            return;
        }
        self.mark_painted(row);
        for (column, slot) in slots.enumerate() {
            let class = self.cells[slot];
            let before = std::mem::replace(&mut self.shown[slot], class);
            if before != class {
                self.paint_cell(class, column, row);
                self.counts[usize::from(before)] -= 1;
                self.counts[usize::from(class)] += 1;
            }
        }
    }

    fn paint_cell(&mut self, class: Class, column: usize, row: usize) {
        let (columns, side) = (self.grid.columns as usize, self.stamps.side);
        if side == 1 {
            self.pixels[row * columns + column] = self.stamps.pixel(class, column, row);
            return;
        }
        let corner = (row * side * columns + column) * side;
        let lines = self.pixels[corner..].chunks_mut(columns * side);
        for (line, stamp) in lines.zip(self.stamps.rows(class, column, row)) {
            line[..side].copy_from_slice(stamp);
        }
    }

    fn mark_painted(&mut self, row: usize) {
        self.painted = match self.painted.is_empty() {
            true => row..row + 1,
            false => self.painted.start.min(row)..self.painted.end.max(row + 1),
        };
    }

    /// The picture, and the lines of it that were painted since this was last called; all of them if `all`.
    pub fn fetch(&mut self, all: bool) -> (&[Rgba], Range<usize>) {
        let painted = std::mem::take(&mut self.painted);
        let rows = if all { 0..self.grid.rows as usize } else { painted };
        (&self.pixels, rows.start * self.stamps.side..rows.end * self.stamps.side)
    }

    /// How many pods have a shape at the moment that was looked at last.
    pub fn count(&self, shape: Shape) -> u32 {
        let classes = (0..CLASSES as Class).filter(|class| parts(*class).is_some_and(|(_, of)| of == shape));
        classes.map(|class| self.counts[usize::from(class)]).sum()
    }

    /// All that stands over and under the field.
    pub fn overlay(&self, session: &Session) -> Overlay {
        let (lang, timeline) = (session.lang, &session.timeline);
        let tallies = total(session);
        let (lives, step) = (timeline.lives(), timeline.step_number() as u32);
        let slot = |pod: PodId| lives.get(pod).filter(|life| life.exists(step)).map(|life| life.slot);
        let pointed = session.pointed.and_then(|slot| lives.in_slot(slot, step));
        let slots = [session.selected.and_then(slot), pointed.and_then(slot)];
        let stage = slots[1].and_then(|slot| parts(self.cells[slot as usize]));
        let readout = pointed.zip(stage).map(|(pod, (_, shape))| {
            let (pod, stage) = (timeline.pod_name(pod), lang.say(shape.text()));
            lang.say(Text::PodTitle { pod: &pod, stage: &stage })
        });
        Overlay {
            size: self.grid.size(),
            outlines: slots.map(|slot| Some(around(self.grid.place(slot?)))),
            readout: readout.unwrap_or_else(|| lang.say(Text::PointAtField)),
            hue: pointed.map_or(0, |pod| hue(timeline.owner(pod))),
            label: lang.say(Text::Field {
                available: tallies.available,
                starting: tallies.starting,
                leaving: tallies.terminating,
            }),
        }
    }
}

/// A square around a cell, large enough to be seen.
fn around((x, y, side): (Px, Px, Px)) -> (Px, Px, Px) {
    const SMALLEST: Px = Px::whole(9);
    let more = SMALLEST.minus(side).max(Px(0)).share(1, 2);
    (x.minus(more), y.minus(more), side.plus(more).plus(more))
}

#[cfg(test)]
mod tests;
