//! What is wrong with the link that was opened.

use crate::i18n::Lang;
use crate::i18n::around::Text;
use crate::line::{Expected, Problem as Part};
use crate::link::Problem;
use crate::session::Session;
use crate::session::embed::Panel;
use crate::session::settings::{Field, Problem as Setting};

use super::settings::describe;

/// More problems than these are counted, and not told one by one.
const TOLD: usize = 10;
/// Of words that are longer only the beginning is told.
const LONGEST: usize = 60;

/// A sentence for each problem, as far as anybody reads them. What stands beside a setting stands here too, where no
/// settings are shown.
pub fn problems(session: &Session) -> Vec<String> {
    let (lang, embed, all) = (session.lang, session.embed.as_ref(), &session.address.problems);
    let hides_settings = embed.is_some_and(|embed| !embed.shows(Panel::Settings));
    let settings = session.settings.problems.iter().filter(|_| hides_settings);
    let settings = settings.map(|(field, problem)| beside(*field, problem, lang));
    let count = all.len().saturating_sub(TOLD);
    let more = (0 < count).then(|| lang.say(Text::LinkMore { count }));
    let told = all.iter().take(TOLD).map(|problem| sentence(problem, lang));
    told.chain(settings).chain(more).collect()
}

/// What is wrong with a setting, and with which, unless the API server says that itself.
fn beside(field: Field, problem: &Setting, lang: Lang) -> String {
    let (said, is_api) = describe(lang, problem);
    if is_api { said } else { [field.name(), lang.colon(), &said].concat() }
}

/// The code of the error that they are: a newer Rollscope may have meant what this one cannot read.
pub fn code(session: &Session) -> &'static str {
    let is_newer = |problem| matches!(problem, &Problem::Newer(_));
    if session.address.problems.iter().any(is_newer) { "newer-link" } else { "bad-link" }
}

fn sentence(problem: &Problem, lang: Lang) -> String {
    match problem {
        Problem::TooLong => lang.say(Text::LinkTooLong),
        Problem::TooMuch(most) => lang.say(Text::LinkTooMuch { most: *most }),
        Problem::Newer(version) => lang.say(Text::LinkNewer { version: *version }),
        Problem::Part(part) => unread(part, lang),
    }
}

fn unread(part: &Part, lang: Lang) -> String {
    let (key, value) = (&*shortened(&part.key), &*shortened(&part.value));
    let expected = match part.expected {
        Expected::Key => return lang.say(Text::LinkKey { key }),
        Expected::Form("") => return lang.say(Text::LinkWord { key, value }),
        Expected::Form(form) => ["“", form, "”"].concat(),
        Expected::Number(most) => lang.say(Text::ExpectedNumber { most }),
        Expected::Seconds(most) => lang.say(Text::ExpectedSeconds { most }),
        Expected::Times => lang.say(Text::ExpectedTimes),
        Expected::Flap => lang.say(Text::ExpectedFlap),
        Expected::Nodes => lang.say(Text::ExpectedNodes),
    };
    lang.say(Text::LinkValue { key, value, expected: &expected })
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).collect();
    short += if short.len() < text.len() { "…" } else { "" };
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::OPTIONS;
    use crate::session::Options;

    fn told_of(link: &str) -> Vec<String> {
        let link = format!("#lang=en&{link}");
        problems(&Session::new(Options { embedded: true, link, ..Options::default() }))
    }

    fn told(key: &str, value: &str) -> Vec<String> {
        told_of(&format!("{key}={value}"))
    }

    #[test]
    fn an_option_that_cannot_be_read_is_told_with_what_it_takes() {
        let with_form =
            OPTIONS.iter().filter_map(|option| option.split_once('=')).filter(|(_, form)| !form.is_empty());
        for (key, form) in with_form {
            let sentence =
                format!("It says “9-2” for “{key}”, where “{form}” should stand; it was left out.");
            assert_eq!(told(key, "9-2"), [sentence]);
            for one in form.split(" / ") {
                assert_eq!(told(key, one.trim_end_matches(" …")), [""; 0], "{key}={one}");
            }
        }
        let sentence = "It says “web-0” for “pod”, which is not known here, and was left out.";
        assert_eq!(told("pod", "web-0"), [sentence]);
    }

    #[test]
    fn what_is_wrong_says_which_and_how_much() {
        #[track_caller]
        fn check(link: &str, expect: &str) {
            assert_eq!(told_of(link), [expect]);
        }

        check("replicas=150000&nodes=a:1", "replicas: Rollscope draws at most 3000 pods.");
        check("replicas=150001", "replicas: Rollscope draws at most 150000 pods.");
        check("maxSurge=200000", "maxSurge: Rollscope draws at most 150000 pods.");
        check(
            "replicas=3&progressDeadlineSeconds=0",
            "spec.progressDeadlineSeconds: Invalid value: 0: must be greater than minReadySeconds",
        );
        for (key, value) in [("quota", "4294967295"), ("step", "4294967296"), ("replicas", "many")] {
            let expect = format!(
                "It says “{value}” for “{key}”, where a whole number up to 2147483647 should stand; it was left out."
            );
            check(&format!("{key}={value}"), &expect);
        }
        check("template=%7B%7D", "It says “{}” for “template”, which is not known here, and was left out.");
        let maybe = "It says “maybe” for “paused”, where “true / false” should stand; it was left out.";
        check("paused=maybe", maybe);
    }

    #[test]
    fn of_many_problems_and_of_long_words_only_the_beginning_is_told() {
        let many: Vec<_> = (0..3000).map(|number| format!("nosuch{number}=1")).collect();
        let all = told_of(&many.join("&"));
        assert_eq!((all.len(), &*all[10]), (11, "… and 2990 more."));
        let long = told("nodes", &"节".repeat(3000));
        assert!(long[0].contains(&format!("“{}…”", "节".repeat(60))), "{long:?}");
    }
}
