//! The stories of the page: scenarios with a name, and a sentence that says what to watch.
//!
//! They are one text, `stories.txt`, which is read when it is asked for; `build.rs` makes two of it, since what runs is
//! needed before what is said of it. A group is its name in every language, then its stories; a story is a line for the simulator, then
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

use crate::i18n::Lang;
use crate::line;
use crate::timeline::Inputs;

/// The lines of all stories.
const LINES: &str = include_str!(concat!(env!("OUT_DIR"), "/story-lines.txt"));
/// The names of the groups and the sentences of their stories, in the same order.
const WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/story-words.txt"));

/// Stories about one thing.
#[derive(Clone, Debug)]
pub struct Group {
    name: Sentence,
    first: usize,
    count: usize,
}

/// A scenario, a script, and what to watch when they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Story {
    index: usize,
    line: &'static str,
}

#[derive(Clone, Copy, Debug)]
struct Sentence {
    en: &'static str,
    zh_hans: &'static str,
}

/// All groups, in the order in which to read them.
pub fn groups() -> impl Iterator<Item = Group> {
    let mut next = 0;
    words().map(move |mut sentences| {
        let name = sentences.next().expect("a group has a name");
        let (first, count) = (next, sentences.count());
        next += count;
        Group { name, first, count }
    })
}

/// The story of that name.
pub fn story(name: &str) -> Option<Story> {
    all().find(|story| story.name() == name)
}

fn all() -> impl Iterator<Item = Story> {
    LINES.lines().enumerate().map(|(index, line)| Story { index, line })
}

/// By group, its name and then what its stories say.
fn words() -> impl Iterator<Item = impl Iterator<Item = Sentence>> {
    WORDS.split('#').skip(1).map(|group| {
        let mut lines = group.lines();
        std::iter::from_fn(move || Some(Sentence { en: lines.next()?, zh_hans: lines.next()? }))
    })
}

impl Group {
    /// What its stories are about.
    pub fn name(&self, lang: Lang) -> &'static str {
        self.name.in_lang(lang)
    }

    /// Its stories, in the order in which to read them.
    pub fn stories(self) -> impl Iterator<Item = Story> {
        all().skip(self.first).take(self.count)
    }
}

impl Story {
    /// The name of the recorded rollout that it tells.
    pub fn name(&self) -> &'static str {
        self.words().next().unwrap_or_default()
    }

    /// What to watch.
    pub fn sentence(&self, lang: Lang) -> &'static str {
        let sentence = words().flat_map(|group| group.skip(1)).nth(self.index);
        sentence.expect("every story says something").in_lang(lang)
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
    fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::ZhHans => self.zh_hans,
        }
    }
}
