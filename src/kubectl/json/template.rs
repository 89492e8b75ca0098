//! Go's templates, as far as they are typed in a line: `text/template`, `cli-runtime/pkg/printers/template.go`.
//!
//! Fields, `range`, `if`, `else`, pipes, parentheses, literals, and the functions below. Variables, `with`, `define`
//! and other functions are not there; nor is what a template does wrong told in Go's words.

mod parse;
mod say;

use std::borrow::Cow;

use crate::sim::order::sorted_by_key;

use super::Json;
use parse::{Base, Part, Pipe, Term};

/// A value while a template is carried out. Numbers of an object are fractions in Go, others are whole. What is of
/// the object stays there: a list of all pods is large.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Val<'a> {
    Nil,
    Int(i64),
    Of(Cow<'a, Json>),
}

/// What takes longer is not carried out: a unit is a part, or sixteen bytes that are printed.
const MOST_UNITS: usize = 4_000_000;

/// What a template makes of an object; `None` where it asks for what is not there.
pub fn template(object: &Json, text: &str) -> Option<String> {
    let parts = parse::parts(text)?;
    let mut run = Run { root: object, text: String::new(), units: 0 };
    run.parts(&parts, &of(Cow::Borrowed(object)))?;
    Some(run.text)
}

struct Run<'a> {
    root: &'a Json,
    text: String,
    units: usize,
}

impl<'a> Run<'a> {
    fn parts(&mut self, parts: &[Part], dot: &Val<'a>) -> Option<()> {
        for part in parts {
            self.units += 1;
            if MOST_UNITS < self.units + self.text.len() / 16 {
                return None;
            }
            match part {
                Part::Words(words) => self.text += words,
                Part::Say(pipe) => match self.value(pipe, dot)? {
                    Val::Nil => self.text += "<no value>",
                    value => self.text += &say::shown(&value),
                },
                Part::If(pipe, then, other) => {
                    let then = if is_true(&self.value(pipe, dot)?) { then } else { other };
                    self.parts(then, dot)?;
                }
                Part::Range(pipe, body, other) => {
                    let items = items(self.value(pipe, dot)?)?;
                    if items.is_empty() {
                        self.parts(other, dot)?;
                    }
                    for item in items {
                        self.parts(body, &item)?;
                    }
                }
            }
        }
        Some(())
    }

    /// What comes out at the end of a pipe; each command has what came out before as its last argument.
    fn value(&mut self, pipe: &Pipe, dot: &Val<'a>) -> Option<Val<'a>> {
        let mut before = None;
        for command in pipe {
            let (first, rest) = command.split_first()?;
            let mut values = Vec::new();
            for term in rest {
                values.push(self.term(term, dot)?);
            }
            values.extend(before.take());
            before = Some(match first {
                Term::Function(name) => call(name, &values)?,
                term if values.is_empty() => self.term(term, dot)?,
                _ => return None,
            });
        }
        before
    }

    fn term(&mut self, term: &Term, dot: &Val<'a>) -> Option<Val<'a>> {
        let (base, path) = match term {
            Term::Literal(value) => return Some(value.clone()),
            Term::Function(name) => return call(name, &[]),
            Term::Path(base, path) => (base, path),
        };
        let mut at = match base {
            Base::Root => of(Cow::Borrowed(self.root)),
            Base::Dot => dot.clone(),
            Base::Group(pipe) => self.value(pipe, dot)?,
        };
        for field in path {
            // Only a map has fields; one that it has not is nothing, which has none.
            at = match at {
                Val::Of(map) if matches!(*map, Json::Map(_)) => inside(map, |map| map.get(field)),
                _ => return None,
            };
        }
        Some(at)
    }
}

fn of(json: Cow<'_, Json>) -> Val<'_> {
    match *json {
        Json::Null => Val::Nil,
        _ => Val::Of(json),
    }
}

/// A part of a value, if it is there.
fn inside<'a>(whole: Cow<'a, Json>, part: impl Fn(&Json) -> Option<&Json>) -> Val<'a> {
    let found = match &whole {
        Cow::Borrowed(whole) => part(whole).map(Cow::Borrowed),
        Cow::Owned(whole) => part(whole).cloned().map(Cow::Owned),
    };
    found.map_or(Val::Nil, of)
}

/// `exec.go IsTrue`
fn is_true(value: &Val<'_>) -> bool {
    match value {
        Val::Nil => false,
        Val::Int(number) => *number != 0,
        Val::Of(json) => match &**json {
            Json::Null => false,
            Json::Bool(truth) => *truth,
            Json::Number(number) => number.contains(|c: char| ('1'..='9').contains(&c)),
            Json::Text(text) => !text.is_empty(),
            Json::List(items) => !items.is_empty(),
            Json::Map(pairs) => !pairs.is_empty(),
        },
    }
}

/// What `range` goes through: maps by their keys in order, and of nothing nothing.
fn items(value: Val<'_>) -> Option<Vec<Val<'_>>> {
    match value {
        Val::Nil => Some(Vec::new()),
        Val::Of(Cow::Borrowed(json)) => {
            Some(children(json)?.into_iter().map(|item| of(Cow::Borrowed(item))).collect())
        }
        Val::Of(Cow::Owned(json)) => {
            Some(children(&json)?.into_iter().map(|item| of(Cow::Owned(item.clone()))).collect())
        }
        Val::Int(_) => None,
    }
}

fn children(json: &Json) -> Option<Vec<&Json>> {
    match json {
        Json::List(items) => Some(items.iter().collect()),
        Json::Map(pairs) => {
            let pairs: Vec<_> = pairs.iter().collect();
            Some(sorted_by_key(&pairs, |(key, _)| key.clone()).into_iter().map(|(_, value)| value).collect())
        }
        _ => None,
    }
}

/// `funcs.go`
fn call<'a>(name: &str, values: &[Val<'a>]) -> Option<Val<'a>> {
    let bool = |truth| Some(Val::Of(Cow::Owned(Json::Bool(truth))));
    let text = |text| Some(Val::Of(Cow::Owned(Json::Text(text))));
    match (name, values) {
        ("index", [of, keys @ ..]) => keys.iter().try_fold(of.clone(), index),
        ("len", [Val::Of(json)]) => Some(Val::Int(match &**json {
            Json::List(items) => items.len(),
            Json::Map(pairs) => pairs.len(),
            Json::Text(text) => text.len(),
            _ => return None,
        } as i64)),
        ("not", [value]) => bool(!is_true(value)),
        ("and", [.., last]) => Some(values.iter().find(|value| !is_true(value)).unwrap_or(last).clone()),
        ("or", [.., last]) => Some(values.iter().find(|value| is_true(value)).unwrap_or(last).clone()),
        ("eq", [first, others @ ..]) if !others.is_empty() => {
            let same: Vec<_> = others.iter().map(|other| are_equal(first, other)).collect::<Option<_>>()?;
            bool(same.contains(&true))
        }
        ("ne", [a, b]) => bool(!are_equal(a, b)?),
        ("print", _) => text(say::print(values)),
        ("println", _) => text(say::println(values)),
        ("printf", [format, values @ ..]) => text(say::printf(text_of(format)?, values)?),
        _ => None,
    }
}

fn text_of<'v>(value: &'v Val<'_>) -> Option<&'v str> {
    match value {
        Val::Of(json) => match &**json {
            Json::Text(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn index<'a>(whole: Val<'a>, key: &Val<'a>) -> Option<Val<'a>> {
    let Val::Of(json) = whole else { return None };
    match (&*json, key) {
        (Json::List(items), Val::Int(number)) => {
            let place = usize::try_from(*number).ok().filter(|place| *place < items.len())?;
            Some(inside(json, |list| match list {
                Json::List(items) => items.get(place),
                _ => None,
            }))
        }
        (Json::Map(_), key) => {
            let key = text_of(key)?;
            Some(inside(json, |map| map.get(key)))
        }
        _ => None,
    }
}

/// Go compares no numbers of two kinds, and no lists and maps.
fn are_equal(a: &Val<'_>, b: &Val<'_>) -> Option<bool> {
    let compares =
        |value: &Val<'_>| !matches!(value, Val::Of(json) if matches!(**json, Json::List(_) | Json::Map(_)));
    if !compares(a) || !compares(b) {
        return None;
    }
    match (a, b) {
        (Val::Int(_), Val::Int(_)) | (Val::Nil, _) | (_, Val::Nil) => Some(a == b),
        (Val::Of(x), Val::Of(y)) if std::mem::discriminant(&**x) == std::mem::discriminant(&**y) => {
            Some(x == y)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str) -> Option<String> {
        let object = r#"{"a":{"b.c":"x","n":4,"m":1500000},"t":true,"none":null,"zero":0,"empty":[],
            "items":[{"k":"p","v":1},{"k":"q","v":2,"w":[1]}]}"#;
        template(&Json::parse(object).unwrap(), text)
    }

    #[test]
    fn templates_are_carried_out() {
        #[track_caller]
        fn check(text: &str, expect: &str) {
            assert_eq!(made(text).as_deref(), Some(expect), "{text}");
        }

        check("{{.a.n}} {{ .a.m }} {{.t}}", "4 1.5e+06 true");
        check("{{.nothing}}|{{.none}}|{{.a}}", "<no value>|<no value>|map[b.c:x m:1.5e+06 n:4]");
        check("{{range .items}}{{.k}}={{.v}}{{\"\\n\"}}{{end}}", "p=1\nq=2\n");
        check("{{range .items}}{{if .w}}{{.w}}{{else if .v}}one{{end}} {{$.a.n}};{{end}}", "one 4;[1] 4;");
        check("{{range .empty}}x{{else}}nothing{{end}}{{range .nothing}}x{{end}}", "nothing");
        check("{{range .a}}{{.}},{{end}}", "x,1.5e+06,4,");
        check("a {{- /* said */ -}} b {{- .a.n -}} c", "ab4c");
        check("{{index .a \"b.c\"}}{{(index .items 1).k}}{{index .items 0 \"v\"}}", "xq1");
        check("{{len .items}} {{.items | len | printf \"%d of %v%%\" 7}}", "2 7 of 2%");
        check("{{printf \"%s %q %d\" .a.n \"a\\tb\" `c`}}", "%!s(float64=4) \"a\\tb\" %!d(string=c)");
        check("{{println 1 .t \"x\"}}{{print 1 2 \"x\" \"y\" .t nil}}", "1 true x\n1 2xytrue <nil>");
        check("{{if .zero}}0{{else if .a.n}}4{{end}}", "4");
        check("{{if and .t (eq .a.n .a.n) (not .empty)}}{{or .none \"z\"}}{{end}}", "z");
        check("{{if ne (index .items 0).k \"p}}\"}}other{{end}}", "other");
    }

    #[test]
    fn what_is_not_here_is_said() {
        for text in [
            "{{",
            "{{end}}",
            "{{if .a}}",
            "{{range $i, $e := .items}}{{end}}",
            "{{with .a}}{{end}}",
            "{{.a.x.y}}",
            "{{.t.x}}",
            "{{index .items 2}}",
            "{{len .t}}",
            "{{eq .a.n 4}}",
            "{{eq .a .a}}",
            "{{base64decode .a}}",
            "{{if .nothing}}{{base64decode .a}}{{end}}",
            "{{.a .t}}",
            "{{(.a}}",
            "{{\"a}}",
            "{{printf \"%5d\" 1}}",
            "{{else}}",
            "{{1 | 2}}",
            "{{}}",
        ] {
            assert_eq!(made(text), None, "{text}");
        }
        assert_eq!(made(&format!("{{{{{}.{}}}}}", "(".repeat(100_000), ")".repeat(100_000))), None);
        assert_eq!(made(&format!("{{{{{}.t{}}}}}", "(".repeat(50), ")".repeat(50))).as_deref(), Some("true"));
        assert_eq!(made(&"{{if .t}}".repeat(100_000)), None);
        let deep = "{{range $.items}}".repeat(60) + &"{{end}}".repeat(60);
        assert_eq!(made(&deep), None);
    }
}
