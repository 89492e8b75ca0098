//! Values as Go prints them: `fmt`.

use crate::sim::order::sorted_by_key;

use super::super::{Json, quoted};
use super::{Val, text_of};

/// `%v`
pub fn shown(value: &Val<'_>) -> String {
    match value {
        Val::Nil => "<nil>".to_owned(),
        Val::Int(number) => number.to_string(),
        Val::Of(json) => shown_json(json),
    }
}

fn shown_json(json: &Json) -> String {
    match json {
        Json::Null => "<nil>".to_owned(),
        Json::Bool(truth) => truth.to_string(),
        Json::Number(number) => fraction(number),
        Json::Text(text) => text.clone(),
        Json::List(items) => {
            let items: Vec<_> = items.iter().map(shown_json).collect();
            format!("[{}]", items.join(" "))
        }
        Json::Map(pairs) => {
            let pairs = sorted_by_key(&pairs.iter().collect::<Vec<_>>(), |(key, _)| key.clone());
            let pairs: Vec<_> =
                pairs.iter().map(|(key, value)| format!("{key}:{}", shown_json(value))).collect();
            format!("map[{}]", pairs.join(" "))
        }
    }
}

/// A whole number as Go prints a fraction: `1.5e+06` from seven digits on.
fn fraction(number: &str) -> String {
    let digits = number.trim_start_matches('-');
    if digits.len() < 7 || !digits.chars().all(|c| c.is_ascii_digit()) {
        return number.to_owned();
    }
    let sign = &number[..number.len() - digits.len()];
    let (first, rest) = digits.split_at(1);
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{first}{point}{rest}e+{:02}", digits.len() - 1)
}

/// Blanks stand between two values of which none is a text.
pub fn print(values: &[Val<'_>]) -> String {
    let mut text = String::new();
    for (index, value) in values.iter().enumerate() {
        if 0 < index && text_of(value).is_none() && text_of(&values[index - 1]).is_none() {
            text.push(' ');
        }
        text += &shown(value);
    }
    text
}

/// Blanks stand between all.
pub fn println(values: &[Val<'_>]) -> String {
    values.iter().map(shown).collect::<Vec<_>>().join(" ") + "\n"
}

/// Verbs without width: `%v`, `%s`, `%d`, `%q`, `%%`.
pub fn printf(format: &str, values: &[Val<'_>]) -> Option<String> {
    let (mut text, mut values, mut rest) = (String::new(), values.iter(), format);
    while let Some((before, after)) = rest.split_once('%') {
        text += before;
        let verb = after.chars().next().filter(|verb| "vsdq%".contains(*verb))?;
        rest = &after[1..];
        if verb == '%' {
            text.push('%');
            continue;
        }
        let value = values.next()?;
        text += &match (verb, text_of(value), value) {
            ('v', ..) => shown(value),
            ('s', Some(words), _) => words.to_owned(),
            ('q', Some(words), _) => quoted(words),
            ('d', Some(words), _) => format!("%!d(string={words})"),
            ('d', _, Val::Int(number)) => number.to_string(),
            ('s', _, Val::Int(number)) => format!("%!s(int={number})"),
            (_, _, Val::Of(json)) => match &**json {
                Json::Number(number) => format!("%!{verb}(float64={})", fraction(number)),
                _ => return None,
            },
            _ => return None,
        };
    }
    values.next().is_none().then(|| text + rest)
}
