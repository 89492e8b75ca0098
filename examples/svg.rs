//! A rollout as an SVG, without a browser: `cargo run --example svg -- '#replicas=4&maxSurge=1&at=12' > out.svg`
//!
//! What is wrong with the link is told on standard error, in words; the picture is made all the same, without
//! that part, as the page would do it.

use rollscope::i18n::Lang;
use rollscope::picture::{LOOKS, Look, Options, moving, session, still};
use rollscope::session::{Options as Page, Session};
use rollscope::view::problems::problems;

const USAGE: &str = "\
usage: svg [--animated] [--theme auto|light|dark] [--lang en|zh-Hans] [--page ADDRESS] LINK
  LINK          what stands behind # in an address of the page, such as '#replicas=4&maxSurge=1&at=12'
  --animated    the whole rollout, again and again, by CSS alone
  --theme       light or dark ink; auto (the default) is what the reader's system asks for
  --lang        the language of the words (en)
  --page        the address of a page that opens the link, to be linked to in the picture";

/// What the program prints.
#[derive(Default)]
pub struct Printed {
    /// The picture.
    pub stdout: String,
    /// What there is to be told.
    pub stderr: String,
    /// Whether it went well.
    pub success: bool,
}

/// What is asked for.
#[derive(Default)]
struct Asked {
    link: Option<String>,
    animated: bool,
    lang: Option<String>,
    options: Options,
}

fn main() {
    let printed = run(std::env::args().skip(1));
    print!("{}", printed.stdout);
    eprint!("{}", printed.stderr);
    std::process::exit(i32::from(!printed.success));
}

/// Does what the words of a command line ask for.
pub fn run(words: impl Iterator<Item = String>) -> Printed {
    let asked = match read(words) {
        Ok(asked) => asked,
        Err(problem) => return Printed { stderr: format!("{problem}\n\n{USAGE}\n"), ..Printed::default() },
    };
    let Some(link) = asked.link else {
        return Printed { stderr: format!("{USAGE}\n"), ..Printed::default() };
    };
    let link = link.trim_start_matches('#').to_owned();
    // As an embedded page it tells what is refused, too, since it shows no settings.
    let page = Page { link, embedded: true, ..Page::default() };
    let mut session = session(Session::new(page));
    // What the link says about the language holds, unless the command line says something else.
    if let Some(tag) = asked.lang {
        session.lang = Lang::from_tag(&tag);
    }
    let stderr = problems(&session).into_iter().map(|problem| format!("{problem}\n")).collect();
    let stdout = match asked.animated {
        true => moving(&session, &asked.options),
        false => still(&session, &asked.options),
    };
    Printed { stdout, stderr, success: true }
}

fn read(mut words: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut asked = Asked::default();
    while let Some(word) = words.next() {
        let (flag, value) = match word.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => (flag.to_owned(), Some(value.to_owned())),
            _ => (word, None),
        };
        let mut value = || value.clone().or_else(|| words.next()).ok_or(format!("{flag} needs a value"));
        match flag.as_str() {
            "--animated" => asked.animated = true,
            "--theme" => asked.options.look = look(&value()?)?,
            "--lang" => asked.lang = Some(lang(value()?)?),
            "--page" => asked.options.page = value()?,
            _ if flag.starts_with("--") => return Err(format!("unknown flag: {flag}")),
            _ if asked.link.is_some() => return Err(format!("more than one link: {flag}")),
            _ => asked.link = Some(flag),
        }
    }
    Ok(asked)
}

fn look(name: &str) -> Result<Look, String> {
    let look = LOOKS.into_iter().find(|(known, _)| *known == name).map(|(_, look)| look);
    look.ok_or(format!("--theme is auto, light or dark, not {name}"))
}

fn lang(tag: String) -> Result<String, String> {
    match tag.as_str() {
        "en" | "zh-Hans" => Ok(tag),
        _ => Err(format!("--lang is en or zh-Hans, not {tag}")),
    }
}
