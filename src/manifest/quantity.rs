//! Numbers with a unit, such as `500m` and `1Gi`: `apimachinery/pkg/api/resource/quantity.go`.
//!
//! # What we leave out
//!
//! - Numbers of more than 18 digits or beyond 63 bits are no quantities here.

/// A quantity, as much of it as its text and its Go structure follow from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// What is multiplied by ten to the power of `scale`.
    value: i64,
    scale: i32,
    format: Format,
}

/// `resource.Format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    DecimalExponent,
    BinarySI,
    DecimalSI,
}

/// What the API server says of a text that is no quantity. `quantity.go ErrFormatWrong`.
pub const FORMAT_WRONG: &str = "quantities must match the regular expression \
    '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

const UNITS: [(&str, i32); 10] =
    [("n", -9), ("u", -6), ("m", -3), ("", 0), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18)];
const BINARY_UNITS: [&str; 7] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/// `ParseQuantity`.
pub fn parse(text: &str) -> Option<Quantity> {
    let (sign, unsigned) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let digits = unsigned.find(|c: char| !c.is_ascii_digit()).unwrap_or(unsigned.len());
    let (whole, rest) = unsigned.split_at(digits);
    let (fraction, unit) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() || 18 < whole.len() + fraction.len() {
        return None;
    }
    let digits: i64 = format!("{whole}{fraction}").parse().ok()?;
    let (power, scale, format) = interpret(unit)?;
    let scale = scale - fraction.len() as i32;
    let mut amount = i128::from(sign * digits) << power;
    let mut least = scale;
    // What is finer than a billionth is rounded away from zero.
    while least < -9 || power != 0 && least < 0 && amount % 10 == 0 {
        amount = (amount + amount.signum() * 9) / 10;
        least += 1;
    }
    Some(Quantity { value: amount.try_into().ok()?, scale: least, format })
}

/// `suffix.go interpret`: how many bits to shift, how many places to move the point.
fn interpret(unit: &str) -> Option<(u32, i32, Format)> {
    if let Some((_, scale)) = UNITS.iter().find(|(name, _)| *name == unit) {
        return Some((0, *scale, Format::DecimalSI));
    }
    if let Some(power) = BINARY_UNITS.iter().position(|name| *name == unit) {
        return Some((10 * power as u32, 0, Format::BinarySI));
    }
    let exponent: i32 = unit.strip_prefix(['e', 'E'])?.parse().ok()?;
    (-18..=18).contains(&exponent).then_some((0, exponent, Format::DecimalExponent))
}

/// Whether one quantity is more than another.
pub fn exceeds(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (parse(a), parse(b)) else { return false };
    let least = a.scale.min(b.scale);
    let scaled = |q: Quantity| i128::from(q.value) * 10_i128.pow((q.scale - least).unsigned_abs());
    scaled(b) < scaled(a)
}

/// How the API server writes what was given as `text`, after its default has rounded it up to
/// thousandths: `CanonicalizeBytes`, `SetDefaults_ResourceList`.
pub fn canonical(text: &str) -> Option<String> {
    let Quantity { value, scale, format } = parse(text)?;
    let (mut value, mut scale) = (value, scale);
    while scale < -3 {
        value = (value + value.signum() * 9) / 10;
        scale += 1;
    }
    if value == 0 {
        return Some("0".to_owned());
    }
    if format == Format::BinarySI && scale == 0 && 1024 <= value.unsigned_abs() {
        return Some(in_units_of_1024(value));
    }
    while value % 10 == 0 {
        (value, scale) = (value / 10, scale + 1);
    }
    while scale % 3 != 0 {
        (value, scale) = (value.checked_mul(10)?, scale - 1);
    }
    if format == Format::DecimalExponent {
        return Some(if scale == 0 { value.to_string() } else { format!("{value}e{scale}") });
    }
    let (unit, _) = UNITS.iter().find(|(_, exponent)| *exponent == scale)?;
    Some(format!("{value}{unit}"))
}

fn in_units_of_1024(mut value: i64) -> String {
    let mut unit = 0;
    while value % 1024 == 0 && unit + 1 < BINARY_UNITS.len() {
        (value, unit) = (value / 1024, unit + 1);
    }
    format!("{value}{}", BINARY_UNITS[unit])
}

/// The Go structure as `dump.ForHash` prints it, after a controller has read it from the API server.
/// `ParseQuantity` keeps the text if it is the canonical one for certain.
pub fn dump(text: &str) -> String {
    let zero = Quantity { value: 0, scale: 0, format: Format::DecimalSI };
    let Quantity { value, scale, format } = parse(text).unwrap_or(zero);
    let shifted = value.unsigned_abs().to_string();
    let (name, keeps_text) = match format {
        Format::BinarySI => {
            let number = text.trim_end_matches(|c: char| !c.is_ascii_digit()).parse::<i64>();
            ("BinarySI", number.is_ok_and(|number| number & 7 != 0))
        }
        Format::DecimalSI => ("DecimalSI", true),
        Format::DecimalExponent => ("DecimalExponent", true),
    };
    let is_decimal = format != Format::BinarySI;
    let keeps_text = keeps_text && !(is_decimal && (scale % 3 != 0 || shifted.ends_with("000")));
    let kept = if keeps_text { text } else { "" };
    format!(
        "{{i:(resource.int64Amount){{value:(int64){value} scale:(resource.Scale){scale}}} \
         d:(resource.infDecAmount){{Dec:(*inf.Dec)<nil>}} s:(string){kept} Format:(resource.Format){name}}}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_written_as_the_api_server_writes_them() {
        #[track_caller]
        fn check(given: &str, expect: &str) {
            assert_eq!(canonical(given).as_deref(), Some(expect), "{given}");
            assert_eq!(canonical(expect).as_deref(), Some(expect), "again, {given}");
        }

        check("500m", "500m");
        check("0.5", "500m");
        check("1.5", "1500m");
        check("1000m", "1");
        check("1500m", "1500m");
        check("0.1", "100m");
        check("0", "0");
        check("0Mi", "0");
        check("1Gi", "1Gi");
        check("1024Mi", "1Gi");
        check("1.5Gi", "1536Mi");
        check("0.5Gi", "512Mi");
        check("64Mi", "64Mi");
        check("128974848", "128974848");
        check("129e6", "129e6");
        check("129M", "129M");
        check("1e3", "1e3");
        check("1E3", "1e3");
        check("1000k", "1M");
        check("100u", "1m");
        check("1Ki", "1Ki");
        check("-1", "-1");
        check("+2", "2");
    }

    #[test]
    fn quantities_are_compared_whatever_their_units() {
        assert!(exceeds("500m", "300m") && exceeds("1", "999m") && exceeds("1Gi", "1000Mi"));
        assert!(!exceeds("1", "1000m") && !exceeds("1Gi", "1024Mi"));
    }

    #[test]
    fn other_texts_are_none() {
        for text in ["", "-", "abc", "1mi", "1 Gi", "1..5", "1e", "1e99", "9999999999999999999", "9999999Pi"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
