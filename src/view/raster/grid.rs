//! How large the cells of the pod field are, and where they are.

use crate::view::px::Px;

/// The cells of the pod field, row by row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// How many there are.
    pub slots: u32,
    /// How many in a row.
    pub columns: u32,
    /// How many rows.
    pub rows: u32,
    /// Width and height of a cell, in pixels of the screen.
    pub cell: u32,
    /// Pixels of the screen for 100 CSS pixels.
    scale: u32,
}

/// The field is at most so high, in CSS pixels, as long as a pod keeps a pixel.
const HEIGHT: u32 = 240;
/// Nor is it higher than that on a narrow screen, where pods have less than a pixel then.
const HIGHEST: u32 = 400;
/// Larger cells look no better, in CSS pixels.
const LARGEST: u32 = 14;
/// Smaller cells have no room for a pattern: one pixel is painted and drawn larger.
const PATTERNED: u32 = 4;

impl Grid {
    /// The largest cells with which so many pods have room, on a screen that has `scale` pixels for
    /// 100 CSS pixels.
    pub fn new(slots: u32, width: u32, scale: u32) -> Self {
        let (wide, height) = ((width * scale / 100).max(1), HEIGHT * scale / 100);
        if HIGHEST * scale / 100 < slots.div_ceil(wide) {
            return Self::new(slots, width, 2 * scale);
        }
        let largest = (LARGEST * scale / 100).min(wide);
        let fits = |cell: &u32| slots.div_ceil(wide / cell) * cell <= height;
        let cell = (1..=largest).rev().find(fits).unwrap_or(1);
        let columns = (wide / cell).min(slots.max(1));
        Self { slots, columns, rows: slots.div_ceil(columns), cell, scale }
    }

    /// How many pixels are painted for the side of a cell.
    pub fn side(&self) -> u32 {
        if self.cell < PATTERNED { 1 } else { self.cell }
    }

    /// The width and height of what is painted, in its pixels.
    pub fn painted(&self) -> (u32, u32) {
        (self.columns * self.side(), self.rows * self.side())
    }

    /// The width and height of the field on the page.
    pub fn size(&self) -> (Px, Px) {
        (self.length(self.columns), self.length(self.rows))
    }

    /// The slot at a place, in CSS pixels from the corner of the field.
    pub fn slot_at(&self, x: i32, y: i32) -> Option<u32> {
        let index = |place: i32| Some(u32::try_from(place).ok()? * self.scale / 100 / self.cell);
        let (column, row) = (index(x)?, index(y)?);
        let slot = row.checked_mul(self.columns)?.checked_add(column)?;
        (column < self.columns && slot < self.slots).then_some(slot)
    }

    /// The left and top edge of a slot, and its side.
    pub fn place(&self, slot: u32) -> (Px, Px, Px) {
        (self.length(slot % self.columns), self.length(slot / self.columns), self.length(1))
    }

    fn length(&self, cells: u32) -> Px {
        Px::whole(1).share(i64::from(cells * self.cell) * 100, i64::from(self.scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_as_large_as_there_is_room() {
        #[track_caller]
        fn check(slots: u32, width: u32, scale: u32, expect: (u32, u32, u32)) {
            let grid = Grid::new(slots, width, scale);
            assert_eq!((grid.cell, grid.columns, grid.rows), expect);
            assert!(
                slots <= grid.columns * grid.rows
                    && grid.columns * grid.cell <= (width * grid.scale / 100).max(1)
            );
        }

        check(50, 632, 100, (14, 45, 2));
        check(1_000, 632, 100, (12, 52, 20));
        check(3_000, 632, 100, (7, 90, 34));
        check(10_000, 632, 100, (3, 210, 48));
        check(10_000, 632, 200, (7, 180, 56));
        check(150_000, 632, 100, (1, 632, 238));
        check(150_000, 632, 200, (2, 632, 238));
        // A phone keeps a pixel for every pod, even if that takes more height, but not much more.
        check(150_000, 260, 200, (1, 520, 289));
        check(150_000, 260, 100, (1, 520, 289));
        check(0, 0, 100, (1, 1, 0));
    }

    #[test]
    fn a_place_belongs_to_the_slot_that_is_drawn_there() {
        for scale in [100, 125, 150, 200] {
            let grid = Grid::new(1_234, 500, scale);
            for slot in [0, 1, 57, 600, 1_233] {
                let (x, y, side) = grid.place(slot);
                let inside = |edge: Px| edge.plus(side.share(1, 2)).0 / 10;
                assert_eq!(grid.slot_at(inside(x), inside(y)), Some(slot), "{scale}");
            }
            let (width, height) = grid.size();
            assert_eq!(grid.slot_at(width.0 / 10 + 1, 0), None);
            assert_eq!(grid.slot_at(0, height.0 / 10 + 1), None);
            assert_eq!(grid.slot_at(-1, 0), None);
        }
    }
}
