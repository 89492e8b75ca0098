//! A template as parts: `text/template/parse`.

use std::borrow::Cow;

use super::super::Json;
use super::Val;

/// A part of a template.
#[derive(Debug)]
pub enum Part {
    Words(String),
    Say(Pipe),
    If(Pipe, Vec<Part>, Vec<Part>),
    Range(Pipe, Vec<Part>, Vec<Part>),
}

/// Commands that take what comes out of the one before.
pub type Pipe = Vec<Vec<Term>>;

/// A word of a command.
#[derive(Debug)]
pub enum Term {
    Literal(Val<'static>),
    Function(String),
    /// What fields lead to.
    Path(Base, Vec<String>),
}

/// Where a path begins.
#[derive(Debug)]
pub enum Base {
    Dot,
    Root,
    Group(Pipe),
}

/// Deeper than anyone writes; what is deeper is refused before the stack ends.
const MAX_DEPTH: usize = 50;

/// The functions there are.
const FUNCTIONS: [&str; 10] = ["and", "eq", "index", "len", "ne", "not", "or", "print", "printf", "println"];

/// What stands in braces, and what does not.
enum Piece<'a> {
    Words(&'a str),
    Action(&'a str),
}

/// The parts of a template; `None` if it is none, or has more than is known here.
pub fn parts(text: &str) -> Option<Vec<Part>> {
    let mut pieces = pieces(text)?.into_iter();
    let (parts, end) = block(&mut pieces, 0)?;
    end.is_empty().then_some(parts)
}

/// Braces with a `-` and a blank inside take the blanks outside away.
fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let (mut pieces, mut rest, mut trim) = (Vec::new(), text, false);
    loop {
        let (words, after) = rest.split_once("{{").unwrap_or((rest, ""));
        let ends = words.len() == rest.len();
        let words = if trim { words.trim_start() } else { words };
        let inside = after.strip_prefix('-').filter(|inside| inside.starts_with([' ', '\n', '\t']));
        pieces.push(Piece::Words(if inside.is_some() { words.trim_end() } else { words }));
        if ends {
            return Some(pieces);
        }
        let after = inside.unwrap_or(after);
        let end = end_of(after)?;
        let action = &after[..end];
        let trimmed = action.strip_suffix('-').filter(|action| action.ends_with([' ', '\n', '\t']));
        trim = trimmed.is_some();
        rest = &after[end + 2..];
        let action = trimmed.unwrap_or(action).trim();
        if !(action.starts_with("/*") && action.ends_with("*/")) {
            pieces.push(Piece::Action(action));
        }
    }
}

/// Where the braces close, which they do not in quotes.
fn end_of(text: &str) -> Option<usize> {
    let (mut at, bytes) = (0, text.as_bytes());
    loop {
        match bytes.get(at)? {
            b'"' | b'`' => at += quoted(&text[at..])?,
            b'}' if bytes.get(at + 1) == Some(&b'}') => return Some(at),
            _ => at += 1,
        }
    }
}

/// How long the text in quotes is that begins here.
fn quoted(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'\\' if bytes[0] == b'"' => at += 2,
            byte if *byte == bytes[0] => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// The parts up to what ends them, and that: `end`, or what stands behind `else`, or nothing at the end of the text.
fn block<'a>(pieces: &mut impl Iterator<Item = Piece<'a>>, depth: usize) -> Option<(Vec<Part>, &'a str)> {
    let mut parts = Vec::new();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Words(words) => parts.push(Part::Words(words.to_owned())),
            Piece::Action(end) if end == "end" || end == "else" || end.starts_with("else ") => {
                return Some((parts, end));
            }
            Piece::Action(action) => parts.push(match action.split_once(' ') {
                Some(("if", of)) => branch(Part::If, of, pieces, depth)?,
                Some(("range", of)) => branch(Part::Range, of, pieces, depth)?,
                _ => Part::Say(pipe(action)?),
            }),
        }
    }
    Some((parts, ""))
}

fn branch<'a>(
    part: fn(Pipe, Vec<Part>, Vec<Part>) -> Part,
    of: &str,
    pieces: &mut impl Iterator<Item = Piece<'a>>,
    depth: usize,
) -> Option<Part> {
    if MAX_DEPTH < depth {
        return None;
    }
    let of = pipe(of)?;
    let (then, end) = block(pieces, depth + 1)?;
    let other = match end.split_once(' ') {
        // What ends this one ends the one before too.
        Some((_, rest)) => vec![branch(Part::If, rest.trim().strip_prefix("if ")?, pieces, depth + 1)?],
        None if end == "else" => {
            let (other, end) = block(pieces, depth + 1)?;
            (end == "end").then_some(other)?
        }
        None => (end == "end").then(Vec::new)?,
    };
    Some(part(of, then, other))
}

fn pipe(text: &str) -> Option<Pipe> {
    let mut rest = text;
    let pipe = commands(&mut rest, 0)?;
    rest.is_empty().then_some(pipe)
}

/// The commands up to a closing parenthesis or the end.
fn commands(rest: &mut &str, depth: usize) -> Option<Pipe> {
    let mut pipe = vec![Vec::new()];
    loop {
        *rest = rest.trim_start();
        let Some(c) = rest.chars().next() else { break };
        let word = match c {
            ')' => break,
            '|' => {
                *rest = &rest[1..];
                pipe.push(Vec::new());
                continue;
            }
            '"' | '`' => {
                let end = quoted(rest)?;
                let (literal, after) = rest.split_at(end);
                *rest = after;
                Term::Literal(Val::Of(Cow::Owned(Json::Text(unquoted(literal)?))))
            }
            '(' if depth < MAX_DEPTH => {
                *rest = &rest[1..];
                let inside = commands(rest, depth + 1)?;
                *rest = rest.strip_prefix(')')?;
                Term::Path(Base::Group(inside), path(word(rest))?)
            }
            _ => term(word(rest))?,
        };
        pipe.last_mut()?.push(word);
    }
    pipe.iter().all(|command| !command.is_empty()).then_some(pipe)
}

/// Takes a word without blanks, quotes and parentheses.
fn word<'a>(rest: &mut &'a str) -> &'a str {
    let end = rest.find(|c: char| c.is_whitespace() || "()|\"`".contains(c)).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    *rest = after;
    word
}

fn term(word: &str) -> Option<Term> {
    if let Some(fields) = word.strip_prefix('$') {
        return Some(Term::Path(Base::Root, path(fields)?));
    }
    match word {
        "." => Some(Term::Path(Base::Dot, Vec::new())),
        "true" | "false" => Some(Term::Literal(Val::Of(Cow::Owned(Json::Bool(word == "true"))))),
        "nil" => Some(Term::Literal(Val::Nil)),
        _ if word.starts_with('.') => Some(Term::Path(Base::Dot, path(word)?)),
        _ if word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
            word.parse().ok().map(|number| Term::Literal(Val::Int(number)))
        }
        _ => FUNCTIONS.contains(&word).then(|| Term::Function(word.to_owned())),
    }
}

/// `.a.b`, or nothing.
fn path(fields: &str) -> Option<Vec<String>> {
    if fields.is_empty() {
        return Some(Vec::new());
    }
    let names: Vec<_> = fields.strip_prefix('.')?.split('.').map(str::to_owned).collect();
    names.iter().all(|name| is_name(name)).then_some(names)
}

fn is_name(word: &str) -> bool {
    !word.is_empty()
        && word.chars().all(|c| c == '_' || c.is_alphanumeric())
        && !word.starts_with(|c: char| c.is_ascii_digit())
}

/// `strconv.Unquote`, with the escapes that are typed.
fn unquoted(literal: &str) -> Option<String> {
    let inside = &literal[1..literal.len() - 1];
    if literal.starts_with('`') {
        return Some(inside.to_owned());
    }
    let (mut text, mut chars) = (String::new(), inside.chars());
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => match chars.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                c @ ('"' | '\\') => c,
                _ => return None,
            },
            '\n' => return None,
            c => c,
        });
    }
    Some(text)
}
