//! Values as Go prints them: `fmt`.

use super::super::{Json, quoted};
use super::{Val, of};

/// `%v`
pub fn shown(value: &Val) -> String {
    match value {
        Val::Nil => "<nil>".to_owned(),
        Val::Int(number) => number.to_string(),
        Val::Of(json) => match json {
            Json::Null => "<nil>".to_owned(),
            Json::Bool(truth) => truth.to_string(),
            Json::Number(number) => fraction(number),
            Json::Text(text) => text.clone(),
            Json::List(items) => {
                let items: Vec<_> = items.iter().map(|item| shown(&of(item.clone()))).collect();
                format!("[{}]", items.join(" "))
            }
            Json::Map(_) => {
                let Json::Map(pairs) = json.sorted() else { return String::new() };
                let pairs: Vec<_> =
                    pairs.into_iter().map(|(key, value)| format!("{key}:{}", shown(&of(value)))).collect();
                format!("map[{}]", pairs.join(" "))
            }
        },
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

fn is_text(value: &Val) -> bool {
    matches!(value, Val::Of(Json::Text(_)))
}

/// Blanks stand between two values of which none is a text.
pub fn print(values: &[Val]) -> String {
    let mut text = String::new();
    for (index, value) in values.iter().enumerate() {
        if 0 < index && !is_text(value) && !is_text(&values[index - 1]) {
            text.push(' ');
        }
        text += &shown(value);
    }
    text
}

/// Blanks stand between all.
pub fn println(values: &[Val]) -> String {
    values.iter().map(shown).collect::<Vec<_>>().join(" ") + "\n"
}

/// Verbs without width: `%v`, `%s`, `%d`, `%q`, `%%`.
pub fn printf(format: &str, values: &[Val]) -> Option<String> {
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
        text += &match (verb, value) {
            ('v', value) => shown(value),
            ('s', Val::Of(Json::Text(words))) => words.clone(),
            ('q', Val::Of(Json::Text(words))) => quoted(words),
            ('d', Val::Int(number)) => number.to_string(),
            (_, Val::Of(Json::Number(number))) => format!("%!{verb}(float64={})", fraction(number)),
            ('d', Val::Of(Json::Text(words))) => format!("%!d(string={words})"),
            ('s', Val::Int(number)) => format!("%!s(int={number})"),
            _ => return None,
        };
    }
    values.next().is_none().then(|| text + rest)
}
