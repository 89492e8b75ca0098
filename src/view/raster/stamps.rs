//! What a cell of each class looks like, pixel by pixel.

use super::census::{CLASSES, Class, parts};
use super::colour::{CLEAR, Palette, Rgba};
use crate::view::budget_line::Shape;

/// A picture for each class, as large as a cell.
///
/// Where a cell is only one pixel, the hatch of what is leaving runs over the whole field: two
/// pictures take turns along the diagonals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stamps {
    /// Pixels of a cell's side.
    pub side: usize,
    pixels: Vec<Rgba>,
}

impl Stamps {
    /// Pictures with so many pixels to a side.
    pub fn new(side: u32, palette: &Palette) -> Self {
        let mut pixels = Vec::new();
        for class in 0..CLASSES as Class {
            for hatched in [false, true] {
                match side {
                    1 => pixels.push(plain(class, hatched, palette)),
                    _ => stamp(class, side as i32, palette, &mut pixels),
                }
            }
        }
        Self { side: side as usize, pixels }
    }

    /// The picture of a class where it is one pixel.
    pub fn pixel(&self, class: Class, column: usize, row: usize) -> Rgba {
        self.pixels[usize::from(class) * 2 + phase(column, row)]
    }

    /// The rows of the picture of a class, for the cell in a column and row of the field.
    pub fn rows(&self, class: Class, column: usize, row: usize) -> impl Iterator<Item = &[Rgba]> {
        let area = self.side * self.side;
        let from = (usize::from(class) * 2 + phase(column, row)) * area;
        self.pixels[from..from + area].chunks_exact(self.side.max(1))
    }
}

/// Which of two pictures a cell has; they form diagonals.
fn phase(column: usize, row: usize) -> usize {
    (column + row) / 2 % 2
}

/// Whether a cell of one pixel has the stroke of a hatch, not the ground between.
pub fn is_hatched(column: usize, row: usize) -> bool {
    phase(column, row) == 1
}

/// One colour for a class; what leaves has two.
pub fn plain(class: Class, hatched: bool, palette: &Palette) -> Rgba {
    let Some((hue, shape)) = parts(class) else { return palette.slot };
    let percent = match shape {
        Shape::Pending => 24,
        Shape::Running => 50,
        Shape::Ready => 74,
        Shape::Available => 100,
        Shape::Failing => return palette.floor,
        Shape::Terminating if hatched => 66,
        Shape::Terminating => 12,
    };
    palette.tint(palette.hues[hue], percent)
}

/// The picture of a class, row by row; to its right and below it a line stays free.
fn stamp(class: Class, side: i32, palette: &Palette, pixels: &mut Vec<Rgba>) {
    let body = side - (side / 8).max(1);
    for y in 0..side {
        for x in 0..side {
            let outside = body <= x.max(y) || is_corner(x, y, body);
            pixels.push(if outside { CLEAR } else { inside(class, (x, y), body, palette) });
        }
    }
}

/// Larger cells have round corners.
fn is_corner(x: i32, y: i32, body: i32) -> bool {
    let (x, y) = (x.min(body - 1 - x), y.min(body - 1 - y));
    x + y < body / 7
}

fn inside(class: Class, (x, y): (i32, i32), body: i32, palette: &Palette) -> Rgba {
    let Some((hue, shape)) = parts(class) else { return palette.slot };
    let hue = palette.hues[hue];
    let edge = x.min(y).min(body - 1 - x.max(y));
    let rim = edge < (body / 9).max(1);
    let roomy = 6 <= body;
    match shape {
        Shape::Pending if roomy && rim && (x + y) % 4 < 2 => hue,
        Shape::Pending if roomy => palette.card,
        Shape::Running if roomy && rim => hue,
        Shape::Running if roomy && y < body / 2 => palette.card,
        // An open corner, with a rim around the rest.
        Shape::Ready if body / 2 <= x - y => palette.card,
        Shape::Ready if roomy && rim => hue,
        // One to the right for one down, from both sides.
        Shape::Failing if x == y || x == body - 1 - y || (roomy && rim) => palette.floor,
        Shape::Failing => palette.card,
        Shape::Terminating if roomy && (x + y) % 4 < 2 => hue,
        Shape::Terminating if roomy => palette.card,
        Shape::Terminating if (x + y) % 2 == 0 => hue,
        _ => plain(class, false, palette),
    }
}
