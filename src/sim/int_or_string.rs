//! A number, or a percentage: `apimachinery/pkg/util/intstr`.

use std::fmt;
use std::rc::Rc;

/// `intstr.IntOrString`: what `maxSurge` and `maxUnavailable` are. A string need not be a
/// percentage; [`super::validation`] sees to that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntOrString {
    /// A count of pods.
    Int(i32),
    /// A percentage such as `25%`, or text that is not one. Copies of a spec share it.
    String(Rc<str>),
}

/// The text is not a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPercentage;

/// Which way [`scaled_value`] rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// To the next whole pod above.
    Up,
    /// To the next whole pod below.
    Down,
}

impl IntOrString {
    /// Reads what a person typed: a whole number of 32 bits is a number, anything else a string.
    ///
    /// `intstr.go Parse`.
    pub fn parse(text: &str) -> Self {
        match text.parse() {
            Ok(number) => Self::Int(number),
            Err(_) => Self::String(Rc::from(text)),
        }
    }

    /// The number before the `%` sign; `None` for a number, and for text that the API refuses.
    ///
    /// `validation.go getPercentValue`: only digits, then `%`.
    pub fn percent(&self) -> Option<i64> {
        match self {
            // Digits that do not fit are the largest number there is, as for Go's `Atoi`.
            Self::String(text) if is_valid_percent(text) => {
                Some(text.strip_suffix('%')?.parse().unwrap_or(i64::MAX))
            }
            _ => None,
        }
    }

    /// The number in whichever form it was given; 0 for text that has none.
    ///
    /// `validation.go getIntOrPercentValue` and `intstr.go IntValue`.
    pub fn int_or_percent_value(&self) -> i64 {
        match self {
            Self::Int(number) => i64::from(*number),
            Self::String(text) => self.percent().unwrap_or(text.parse().unwrap_or(0)),
        }
    }

    /// The value as API errors quote it: `0` or `"0%"`.
    pub fn quoted(&self) -> String {
        match self {
            Self::Int(number) => number.to_string(),
            Self::String(text) => quoted(text),
        }
    }
}

/// The number of pods that a value is of `total`; an absent one is an error too.
///
/// `intstr.go GetScaledValueFromIntOrPercent`; upstream divides in floating point, which gives the
/// same numbers.
pub fn scaled_value(value: Option<&IntOrString>, total: i32, round: Round) -> Result<i32, NotAPercentage> {
    match value.ok_or(NotAPercentage)? {
        IntOrString::Int(number) => Ok(*number),
        IntOrString::String(text) => Ok(share(leading_percent(text)?, total, round)),
    }
}

/// A string as JSON writes it.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c < ' ' => quoted += &format!("\\u{:04x}", c as u32),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

impl fmt::Display for IntOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => write!(f, "{number}"),
            Self::String(text) => f.write_str(text),
        }
    }
}

/// `validation.go IsValidPercent`: the whole text is `[0-9]+%`.
pub(super) fn is_valid_percent(text: &str) -> bool {
    text.strip_suffix('%')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// `intstr.go getIntOrPercentValueSafely` is laxer than validation: a sign is allowed.
fn leading_percent(text: &str) -> Result<i64, NotAPercentage> {
    let digits = text.strip_suffix('%').ok_or(NotAPercentage)?;
    digits.parse().map_err(|_| NotAPercentage)
}

fn share(percent: i64, total: i32, round: Round) -> i32 {
    // Beyond these bounds it is all one how many pods are meant.
    let hundredths = percent.saturating_mul(i64::from(total));
    let pods = match round {
        Round::Up => hundredths.div_euclid(100) + i64::from(hundredths.rem_euclid(100) != 0),
        Round::Down => hundredths.div_euclid(100),
    };
    pods.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surge_rounds_up_and_unavailability_down() {
        #[track_caller]
        fn check(text: &str, total: i32, up: i32, down: i32) {
            let value = IntOrString::parse(text);
            assert_eq!(scaled_value(Some(&value), total, Round::Up), Ok(up));
            assert_eq!(scaled_value(Some(&value), total, Round::Down), Ok(down));
        }

        check("25%", 10, 3, 2);
        check("25%", 3, 1, 0);
        check("25%", 4, 1, 1);
        check("150%", 3, 5, 4);
        check("7", 3, 7, 7);
        check("99999999%", i32::MAX, i32::MAX, i32::MAX);
    }

    #[test]
    fn only_digits_and_a_percent_sign_are_a_valid_percentage() {
        for text in ["0%", "25%", "101%"] {
            assert!(is_valid_percent(text), "{text}");
        }
        for text in ["%", "-1%", "+1%", "1.5%", "10", "abc", "", "25 %"] {
            assert!(!is_valid_percent(text), "{text}");
        }
    }
}
