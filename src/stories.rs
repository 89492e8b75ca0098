//! The stories of the page: scenarios with a name, and a sentence that says what to watch.
//!
//! They are one text, `stories.txt`, which is small when packed and read when it is asked for. A
//! group is its name in every language, then its stories; a story is a line for the simulator, then
//! its sentence in every language:
//!
//! ```text
//! # Rounding
//! 取整
//! percent-rounding-3 replicas=3 @20 image=v2
//! 25% of 3 is 0.75: 1 more, 0 fewer, though many expect 1 fewer
//! 3 的 25% 是 0.75：可多 1 个，可少 0 个；很多人以为可少 1 个
//! ```
//!
//! The line is the story's name, then what differs from the defaults at the start, then, after each
//! `@SECONDS`, what is asked in that second. The same word means the same field on both sides; fields
//! that one second changes are one patch. A word with a dot is about the pods of an image.

use std::str::Lines;

use crate::i18n::Lang;
use crate::line;
use crate::timeline::Inputs;

/// Stories about one thing.
#[derive(Clone, Debug)]
pub struct Group {
    name: Sentence,
    lines: Lines<'static>,
}

/// A scenario, a script, and what to watch when they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Story {
    line: &'static str,
    sentence: Sentence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sentence {
    en: &'static str,
    zh_hans: &'static str,
}

/// All groups, in the order in which to read them.
pub fn groups() -> impl Iterator<Item = Group> {
    include_str!("stories.txt").split('#').skip(1).map(|text| {
        let mut lines = text.lines();
        Group { name: Sentence::read(&mut lines), lines }
    })
}

/// The story of that name.
pub fn story(name: &str) -> Option<Story> {
    groups().flat_map(Group::stories).find(|story| story.name() == name)
}

impl Group {
    /// What its stories are about.
    pub fn name(&self, lang: Lang) -> &'static str {
        self.name.in_lang(lang)
    }

    /// Its stories, in the order in which to read them.
    pub fn stories(self) -> impl Iterator<Item = Story> {
        let mut lines = self.lines;
        std::iter::from_fn(move || Some(Story { line: lines.next()?, sentence: Sentence::read(&mut lines) }))
    }
}

impl Story {
    /// The name of the recorded rollout that it tells.
    pub fn name(&self) -> &'static str {
        self.words().next().unwrap_or_default()
    }

    /// What to watch.
    pub fn sentence(&self, lang: Lang) -> &'static str {
        self.sentence.in_lang(lang)
    }

    /// What its run follows from. The API server may refuse it: then that is the story.
    pub fn inputs(&self) -> Inputs {
        line::read(self.words().skip(1))
    }

    fn words(&self) -> impl Iterator<Item = &'static str> {
        self.line.split(' ')
    }
}

impl Sentence {
    fn read(lines: &mut Lines<'static>) -> Self {
        let mut line = || lines.next().expect("every sentence is there in every language").trim_start();
        Self { en: line(), zh_hans: line() }
    }

    fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::ZhHans => self.zh_hans,
        }
    }
}
