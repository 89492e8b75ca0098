//! JSONPath templates, as far as kubectl's examples go: `client-go/util/jsonpath`.
//!
//! Fields, indexes, `[*]`, filters that compare one field with a text, `range` and `end`, texts in
//! quotes. Slices, unions and recursive descent are not there.

use super::Json;

/// What a template makes of an object. `Err(None)` where it asks for what is not there.
pub fn path(object: &Json, template: &str) -> Result<String, Option<String>> {
    let template = if template.contains('{') { template.to_owned() } else { format!("{{{template}}}") };
    let mut text = String::new();
    let mut parts = parts(&template)?;
    parts.reverse();
    write(object, &mut parts, &mut text)?;
    Ok(text)
}

/// The values that a path in braces leads to.
pub fn values<'a>(object: &'a Json, template: &str) -> Result<Vec<&'a Json>, Option<String>> {
    let inside = template.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).ok_or(None)?;
    select(object, inside)
}

/// The one value that a path in braces leads to.
pub fn find(object: &Json, template: &str) -> Option<Json> {
    let inside = template.strip_prefix('{')?.strip_suffix('}')?;
    let found = select(object, inside).ok()?;
    found.into_iter().next().cloned()
}

#[derive(Clone, Debug)]
enum Part {
    Words(String),
    Path(String),
    Range(String),
    End,
}

fn parts(template: &str) -> Result<Vec<Part>, Option<String>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        if !before.is_empty() {
            parts.push(Part::Words(before.to_owned()));
        }
        let end = closing(after).ok_or(None)?;
        let inside = after[..end].trim();
        rest = &after[end + 1..];
        parts.push(match inside {
            "end" => Part::End,
            _ if inside.starts_with("range ") => Part::Range(inside[6..].trim().to_owned()),
            _ if inside.starts_with(['"', '\'']) => Part::Words(unquoted(inside)),
            _ => Part::Path(inside.to_owned()),
        });
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest.to_owned()));
    }
    Ok(parts)
}

/// Where the brace is that closes, which may not stand in quotes.
fn closing(text: &str) -> Option<usize> {
    let mut quote = None;
    text.char_indices().find_map(|(at, c)| {
        match (c, quote) {
            ('}', None) => return Some(at),
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
        None
    })
}

fn unquoted(text: &str) -> String {
    let inside = &text[1..text.len().max(2) - 1];
    inside.replace("\\n", "\n").replace("\\t", "\t")
}

fn write(object: &Json, parts: &mut Vec<Part>, text: &mut String) -> Result<(), Option<String>> {
    while let Some(part) = parts.pop() {
        match part {
            Part::Words(words) => text.push_str(&words),
            Part::Path(path) => {
                let found: Vec<_> = select(object, &path)?.into_iter().map(shown).collect();
                text.push_str(&found.join(" "));
            }
            Part::Range(path) => {
                let body = parts.clone();
                let mut after = body.clone();
                skip(&mut after);
                for item in select(object, &path)? {
                    write(item, &mut body.clone(), text)?;
                }
                *parts = after;
            }
            Part::End => return Ok(()),
        }
    }
    Ok(())
}

/// Goes on after the end of a range.
fn skip(parts: &mut Vec<Part>) {
    let mut depth = 1;
    while let Some(part) = parts.pop() {
        depth += i32::from(matches!(part, Part::Range(_))) - i32::from(matches!(part, Part::End));
        if depth == 0 {
            return;
        }
    }
}

fn shown(value: &Json) -> String {
    match value {
        Json::Text(text) => text.clone(),
        other => other.compact(),
    }
}

/// The values that a path leads to.
fn select<'a>(object: &'a Json, path: &str) -> Result<Vec<&'a Json>, Option<String>> {
    let mut found = vec![object];
    let mut rest = path.trim_start_matches(['$', '@']);
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            let end = inside.find(']').ok_or(None)?;
            found = pick(&found, &inside[..end])?;
            rest = &inside[end + 1..];
            continue;
        }
        let (name, after) = field(rest.strip_prefix('.').ok_or(None)?);
        rest = after;
        if name == "*" {
            return Err(None);
        }
        let all = found.len();
        found = found.into_iter().filter_map(|value| value.get(&name)).collect();
        if found.is_empty() && all != 0 && name.is_empty() {
            return Err(None);
        }
    }
    Ok(found)
}

/// A name up to the next dot or bracket; a backslash takes a dot into it.
fn field(text: &str) -> (String, &str) {
    let mut name = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => name.extend(chars.next().map(|(_, c)| c)),
            '.' | '[' => return (name, &text[at..]),
            c => name.push(c),
        }
    }
    (name, "")
}

fn pick<'a>(found: &[&'a Json], inside: &str) -> Result<Vec<&'a Json>, Option<String>> {
    let items = found.iter().filter_map(|value| match value {
        Json::List(items) => Some(items.iter()),
        _ => None,
    });
    if inside == "*" {
        return Ok(items.flatten().collect());
    }
    if let Ok(index) = inside.parse::<i64>() {
        return Ok(items
            .filter_map(|mut items| {
                let from_end = usize::try_from(items.len() as i64 + index).ok();
                let index = if index < 0 { from_end } else { usize::try_from(index).ok() };
                items.nth(index?)
            })
            .collect());
    }
    let condition = inside.strip_prefix("?(").and_then(|rest| rest.strip_suffix(')')).ok_or(None)?;
    let (path, value) = condition.split_once("==").ok_or(None)?;
    let value = value.trim().trim_matches(['"', '\'']);
    let fits = |item: &&Json| {
        select(item, path.trim()).is_ok_and(|found| found.iter().any(|found| shown(found) == value))
    };
    Ok(items.flatten().filter(fits).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_pick_values() {
        #[track_caller]
        fn check(template: &str, expect: &str) {
            let object = r#"{"a":{"b.c":"x","n":4},"items":[{"k":"p","v":1},{"k":"q","v":2}]}"#;
            assert_eq!(path(&Json::parse(object).unwrap(), template).as_deref(), Ok(expect));
        }

        check("{.a.n}", "4");
        check(".a.n", "4");
        check("{.a}", r#"{"b.c":"x","n":4}"#);
        check(r"{.a.b\.c}", "x");
        check("{.items[*].k}", "p q");
        check("{.items[-1].k}", "q");
        check(r#"{.items[?(@.k=="q")].v}"#, "2");
        check(r#"{range .items[*]}{.k}{"\t"}{.v}{"\n"}{end}!"#, "p\t1\nq\t2\n!");
        check("n={.a.nothing}", "n=");
    }
}
