//! What is wrong with the link that was opened.

use crate::i18n::{Lang, Text};
use crate::line::{Expected, Problem as Part};
use crate::link::Problem;
use crate::session::Session;
use crate::session::embed::Panel;

use super::settings::describe;

/// A sentence for each problem. What stands beside a setting stands here too, where no settings are shown.
pub fn problems(session: &Session) -> Vec<String> {
    let (lang, embed) = (session.lang, session.embed.as_ref());
    let hides_settings = embed.is_some_and(|embed| !embed.shows(Panel::Settings));
    let settings = session.settings.problems.iter().filter(|_| hides_settings);
    let settings = settings.map(|(_, problem)| describe(lang, problem).0);
    session.address.problems.iter().map(|problem| sentence(problem, lang)).chain(settings).collect()
}

/// The code of the error that they are: a newer Rollscope may have meant what this one cannot read.
pub fn code(session: &Session) -> &'static str {
    let is_newer = |problem| matches!(problem, &Problem::Newer(_));
    if session.address.problems.iter().any(is_newer) { "newer-link" } else { "bad-link" }
}

fn sentence(problem: &Problem, lang: Lang) -> String {
    lang.say(match problem {
        Problem::TooLong => Text::LinkTooLong,
        Problem::Newer(version) => Text::LinkNewer { version: *version },
        Problem::Part(Part { key, expected: Expected::Key, .. }) => Text::LinkKey { key },
        Problem::Part(Part { key, value, expected: Expected::Form("") }) => Text::LinkWord { key, value },
        Problem::Part(Part { key, value, expected }) => {
            let expected = &expectation(*expected, lang);
            return lang.say(Text::LinkValue { key, value, expected });
        }
    })
}

fn expectation(expected: Expected, lang: Lang) -> String {
    lang.say(match expected {
        Expected::Form(form) => return form.to_owned(),
        Expected::Number(i32::MAX) | Expected::Key => Text::ExpectedNumber,
        Expected::Number(most) => Text::ExpectedNumberUpTo { most },
        Expected::Seconds(most) => Text::ExpectedSeconds { most },
        Expected::Times => Text::ExpectedTimes,
        Expected::Flap => Text::ExpectedFlap,
        Expected::Nodes => Text::ExpectedNodes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::OPTIONS;
    use crate::session::Options;

    fn told(key: &str, value: &str) -> Vec<String> {
        let link = format!("#lang=en&{key}={value}");
        problems(&Session::new(Options { embedded: true, link, ..Options::default() }))
    }

    #[test]
    fn an_option_that_cannot_be_read_is_told_with_what_it_takes() {
        let with_form =
            OPTIONS.iter().filter_map(|option| option.split_once('=')).filter(|(_, form)| !form.is_empty());
        for (key, form) in with_form {
            let sentence = format!("It says “9-2” for “{key}”, where {form} should stand; it was left out.");
            assert_eq!(told(key, "9-2"), [sentence]);
            for one in form.split(" / ") {
                assert_eq!(told(key, one.trim_end_matches(" …")), [""; 0], "{key}={one}");
            }
        }
        let sentence = "It says “web-0” for “pod”, which is not known here, and was left out.";
        assert_eq!(told("pod", "web-0"), [sentence]);
    }
}
