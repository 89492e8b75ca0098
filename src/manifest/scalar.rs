//! What a plain word of YAML stands for: `sigs.k8s.io/yaml/goyaml.v2/resolve.go`, which knows more
//! booleans and octal numbers than today's YAML, and no numbers to the base of 60.

use super::node::Data;

/// What an unquoted word stands for.
pub fn resolve(text: &str) -> Data {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Data::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Data::Bool(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Data::Bool(false);
        }
        _ => {}
    }
    let begins_number = |byte: &u8| byte.is_ascii_digit() || b"+-.".contains(byte);
    if !text.as_bytes().first().is_some_and(begins_number) {
        return Data::Text(text.to_owned());
    }
    number(&text.replace('_', "")).unwrap_or_else(|| Data::Text(text.to_owned()))
}

fn number(plain: &str) -> Option<Data> {
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain.strip_prefix('+').unwrap_or(plain)),
    };
    let (base, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    let is_bare = digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match i64::from_str_radix(&format!("{sign}{digits}"), base) {
        Ok(number) if is_bare => Some(Data::Int(number)),
        _ => is_float(plain).then(|| whole(plain).map_or_else(|| Data::Float(plain.to_owned()), Data::Int)),
    }
}

/// `yamlStyleFloat`: `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_float(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_is_one = match mantissa.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction) && 1 < mantissa.len(),
        None => digits(mantissa) && !mantissa.is_empty(),
    };
    let exponent_is_one = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    mantissa_is_one && exponent_is_one
}

/// A whole number that is written like a fraction comes out of JSON as a whole one: `3.0`, `1e3`, `08`.
fn whole(text: &str) -> Option<i64> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: usize = exponent.parse().ok().filter(|exponent| *exponent <= 18)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let zeros = exponent.checked_sub(fraction.len())?;
    format!("{whole}{fraction}{}", "0".repeat(zeros)).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_for_what_they_stand_for_in_kubectl() {
        #[track_caller]
        fn check(text: &str, expect: Data) {
            assert_eq!(resolve(text), expect, "{text}");
        }

        let text = |text: &str| Data::Text(text.to_owned());
        for yes in ["y", "Yes", "on", "TRUE"] {
            check(yes, Data::Bool(true));
        }
        for no in ["n", "NO", "Off", "false"] {
            check(no, Data::Bool(false));
        }
        check("010", Data::Int(8));
        check("0o10", Data::Int(8));
        check("0x10", Data::Int(16));
        check("0b11", Data::Int(3));
        check("1_000", Data::Int(1000));
        check("-3", Data::Int(-3));
        check("+3", Data::Int(3));
        check("08", Data::Int(8));
        check("3.0", Data::Int(3));
        check("1e3", Data::Int(1000));
        check("1.5", Data::Float("1.5".to_owned()));
        check("1:30", text("1:30"));
        check("25%", text("25%"));
        check("2001-01-01", text("2001-01-01"));
        check("v1", text("v1"));
        check("--", text("--"));
        check("yEs", text("yEs"));
        check("~", Data::Null);
    }
}
