//! Lengths on the screen, in tenths of a CSS pixel: exact, and printed without floating point.

use std::fmt;

/// A length in tenths of a CSS pixel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Px(pub i32);

impl Px {
    /// So many whole pixels.
    pub const fn whole(pixels: i32) -> Self {
        Self(pixels * 10)
    }

    /// `part` of `all`, as a share of this length; nothing of nothing.
    pub fn share(self, part: i64, all: i64) -> Self {
        match all {
            0 => Self(0),
            _ => Self((i64::from(self.0) * part / all) as i32),
        }
    }

    /// The sum of both.
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }

    /// The difference of both.
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, tenths) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        match tenths % 10 {
            0 => write!(f, "{sign}{}", tenths / 10),
            rest => write!(f, "{sign}{}.{rest}", tenths / 10),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_tenths_only_where_there_are_any() {
        for (tenths, expect) in [(0, "0"), (120, "12"), (123, "12.3"), (-5, "-0.5"), (-120, "-12")] {
            assert_eq!(Px(tenths).to_string(), expect);
        }
    }
}
