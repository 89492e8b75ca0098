//! What is wrong with the link that was opened.

use crate::i18n::{Lang, Text};
use crate::line::{Expected, Problem as Part};
use crate::link::Problem;
use crate::session::Session;

/// A sentence for each problem.
pub fn problems(session: &Session) -> Vec<String> {
    session.address.problems.iter().map(|problem| sentence(problem, session.lang)).collect()
}

fn sentence(problem: &Problem, lang: Lang) -> String {
    lang.say(match problem {
        Problem::TooLong => Text::LinkTooLong,
        Problem::Newer(version) => Text::LinkNewer { version: *version },
        Problem::Part(Part { key, expected: Expected::Key, .. }) => Text::LinkKey { key },
        Problem::Part(Part { key, value, expected: Expected::Word }) => Text::LinkWord { key, value },
        Problem::Part(Part { key, value, expected }) => {
            let expected = lang.say(expectation(*expected));
            return lang.say(Text::LinkValue { key, value, expected: &expected });
        }
    })
}

fn expectation(expected: Expected) -> Text<'static> {
    match expected {
        Expected::Number(i32::MAX) | Expected::Key | Expected::Word => Text::ExpectedNumber,
        Expected::Number(most) => Text::ExpectedNumberUpTo { most },
        Expected::Seconds(most) => Text::ExpectedSeconds { most },
        Expected::Times => Text::ExpectedTimes,
        Expected::Flap => Text::ExpectedFlap,
        Expected::Nodes => Text::ExpectedNodes,
    }
}
