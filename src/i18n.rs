//! Every sentence the page can say, in every language it speaks.
//!
//! [`Text`] carries the data of a sentence; `page/en.rs` and `page/zh_hans.rs` are one exhaustive `match`
//! each, so a missing translation does not compile. What a reader meets in a real cluster is never
//! translated: field names, kinds, reasons, messages, command lines.
//!
//! What is not said at first is apart, so that it need not be there: what is said around the picture is in [`around`],
//! and of manifests and the terminal in [`desk`].

pub mod around;
pub mod desk;
mod page;

pub use page::Text;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 简体中文.
    ZhHans,
}

impl Lang {
    /// The best match for a language tag such as `zh-CN`.
    pub fn from_tag(tag: &str) -> Self {
        Self::named(tag).unwrap_or_default()
    }

    /// The language of a tag such as `zh-CN`, if it is one of the page.
    pub fn named(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        let is = |name| language.eq_ignore_ascii_case(name);
        is("zh").then_some(Self::ZhHans).or(is("en").then_some(Self::En))
    }

    /// For the attribute `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhHans => "zh-Hans",
        }
    }

    /// The language a switch leads to.
    pub fn other(self) -> Self {
        match self {
            Self::En => Self::ZhHans,
            Self::ZhHans => Self::En,
        }
    }

    /// What stands between a name and what is told of it.
    pub fn colon(self) -> &'static str {
        match self {
            Self::En => ": ",
            Self::ZhHans => "：",
        }
    }

    /// Sentences one after the other. Each gets its full stop, unless it has one, as the API server's own have.
    pub fn sentences(self, all: &[String]) -> String {
        let stop = match self {
            Self::En => ".",
            Self::ZhHans => "。",
        };
        let mut said = String::new();
        for sentence in all {
            said += if said.ends_with('.') { " " } else { "" };
            said += sentence;
            said += if sentence.ends_with(['.', '。']) { "" } else { stop };
        }
        said
    }

    /// A sentence in this language.
    pub fn say(self, text: impl Sentence) -> String {
        let mut said = String::new();
        text.values().fill(text.template(self), &mut said);
        said
    }
}

/// What can be said.
pub trait Sentence {
    /// The sentence, with places for its values.
    fn template(&self, lang: Lang) -> &'static str;
    /// The values that it has places for.
    fn values(&self) -> Values<'_>;
}

/// The values of a sentence by their names.
pub struct Values<'a>(Vec<(&'static str, Value<'a>)>);

/// A value that stands in a sentence.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// A number.
    Number(i64),
    /// Words.
    Words(&'a str),
}

impl<'a> Values<'a> {
    #[inline(never)]
    fn put(&mut self, name: &'static str, value: Value<'a>) {
        self.0.push((name, value));
    }

    /// A template with its places filled. A place is `{name}`, or `{name?one|many}` for the first of
    /// two wordings if the value is 1 and the second if not; a wording may have places itself.
    fn fill(&self, template: &str, filled: &mut String) {
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let end = closing(after);
            filled.push_str(before);
            self.fill_place(after.get(..end).unwrap_or_default(), filled);
            rest = after.get(end + 1..).unwrap_or_default();
        }
        filled.push_str(rest);
    }

    fn fill_place(&self, place: &str, filled: &mut String) {
        let (name, wordings) = place.split_once('?').unwrap_or((place, ""));
        let found = self.0.iter().find(|(other, _)| *other == name);
        let (_, value) = found.expect("a sentence has a value for each of its places");
        match (wordings.split_once('|'), value) {
            (Some((one, _)), Value::Number(1)) => self.fill(one, filled),
            (Some((_, many)), _) => self.fill(many, filled),
            (None, Value::Number(number)) => *filled += &number.to_string(),
            (None, Value::Words(words)) => filled.push_str(words),
        }
    }
}

macro_rules! numbers {
    ($($type:ty)*) => {
        $(impl From<$type> for Value<'_> {
            fn from(number: $type) -> Self {
                Self::Number(number as i64)
            }
        })*
    };
}

numbers! { i32 i64 u32 u64 usize }

impl<'a> From<&'a str> for Value<'a> {
    fn from(words: &'a str) -> Self {
        Self::Words(words)
    }
}

/// Where the brace is that closes one opened before.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    let closes = |c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth < 0
    };
    text.find(closes).expect("every brace is closed")
}

/// Declares a type of sentences, and how it tells their values by their names.
macro_rules! texts {
    ($(#[$about:meta])* { $($(#[$meta:meta])* $name:ident $({ $($field:ident: $type:ty),* })?,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each is its sentence; read it in `en.rs`")]
        pub enum Text<'a> {
            $($(#[$meta])* $name $({ $($field: $type),* })?,)*
        }

        impl $crate::i18n::Sentence for Text<'_> {
            fn template(&self, lang: $crate::i18n::Lang) -> &'static str {
                match lang {
                    $crate::i18n::Lang::En => en::template(self),
                    $crate::i18n::Lang::ZhHans => zh_hans::template(self),
                }
            }

            fn values(&self) -> $crate::i18n::Values<'_> {
                let mut values = $crate::i18n::Values(Vec::new());
                match *self {
                    $(Text::$name $({ $($field),* })? => { $($(values.put(stringify!($field), $field.into());)*)? })*
                }
                values
            }
        }

        impl Text<'_> {
            /// Each sentence once, with whatever values.
            #[cfg(test)]
            pub(in $crate::i18n) fn all() -> Vec<Self> {
                vec![$(Text::$name $({ $($field: Default::default()),* })?,)*]
            }
        }
    };
}
use texts;

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sentence is said in both languages, and in each it uses all that it is given.
    fn check_all<T: Sentence + Copy + std::fmt::Debug>(all: Vec<T>) {
        for text in all {
            for lang in [Lang::En, Lang::ZhHans] {
                let said = lang.say(text);
                assert!(!said.contains(['{', '}', '|']), "{text:?} in {lang:?}: {said}");
            }
            for (name, _) in text.values().0 {
                let place = format!("{{{name}");
                assert!(text.template(Lang::En).contains(&place), "{text:?} has no place for {name}");
            }
        }
    }

    #[test]
    fn every_place_of_a_sentence_is_filled_in_both_languages_and_every_value_used() {
        check_all(Text::all());
        check_all(around::Text::all());
        check_all(desk::Text::all());
    }

    #[test]
    fn one_is_worded_otherwise_than_many() {
        #[track_caller]
        fn check(count: usize, expect: &str) {
            assert_eq!(Lang::En.say(around::Text::PodsStarted { count }), expect);
        }

        check(1, "The container of 1 pod runs");
        check(12, "The containers of 12 pods run");
    }

    #[test]
    fn sentences_stand_one_after_the_other_with_the_signs_of_their_language() {
        #[track_caller]
        fn check(lang: Lang, all: &[&str], expect: &str) {
            let all: Vec<_> = all.iter().map(|sentence| (*sentence).to_owned()).collect();
            assert_eq!(lang.sentences(&all), expect);
        }

        check(Lang::En, &["Scale v2 up", "It waits."], "Scale v2 up. It waits.");
        check(Lang::ZhHans, &["扩容 v2", "在等待。", "完成"], "扩容 v2。在等待。完成。");
        check(Lang::ZhHans, &["0/2 nodes are available.", "完成"], "0/2 nodes are available. 完成。");
        check(Lang::En, &[], "");
    }

    #[test]
    fn tags_name_languages() {
        #[track_caller]
        fn check(tag: &str, expect: Lang) {
            assert_eq!(Lang::from_tag(tag), expect);
        }

        check("zh-CN", Lang::ZhHans);
        check("ZH", Lang::ZhHans);
        check("en-GB", Lang::En);
        check("", Lang::En);
        check("é", Lang::En);
        check("zh_CN", Lang::ZhHans);
        assert_eq!(["EN-us", "fr", "english", ""].map(Lang::named), [Some(Lang::En), None, None, None]);
    }
}
