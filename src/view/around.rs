//! What stands around the picture and the panels: the stories, the links of the page and what was wrong with one, the
//! pod that is looked at, the run as a table, and what the page is.

use std::rc::Rc;

use crate::i18n::Lang;
use crate::i18n::around::Text;
use crate::session::Session;
use crate::session::desk::State;

use super::chart::{Table, table};
use super::inspector::{Inspector, Ranked, inspector};
use super::problems;
use super::same_or_new;
use super::shared::Shared;
use super::stories::{Stories, stories};

/// What stands around it all.
pub struct Around {
    /// The stories that can be opened; the same for as long as the language and the chosen one are.
    pub stories: Shared<Stories>,
    /// The story that is on screen, in a sentence.
    pub story: Option<&'static str>,
    /// The pod that is looked at.
    pub inspector: Option<Shared<Inspector>>,
    /// The run as a table, if it is asked for.
    pub table: Shared<Option<Table>>,
    /// Whether the desk is there.
    pub desk: State,
    /// What the page is, and how far it can be trusted.
    pub about: String,
    /// The link of what is on screen.
    pub link: String,
    /// Whether that link was copied last.
    pub link_is_copied: bool,
    /// What was wrong with the link that was opened.
    pub problems: Vec<String>,
    /// What a host is told of them: the code of an error.
    pub problem_code: &'static str,
    made_for: MadeFor,
    ranked: Option<Rc<Ranked>>,
}

/// What the table was made for: as long as it is the same, it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MadeFor {
    run: u32,
    lang: Lang,
    table_is_open: bool,
}

/// That of it, taken over from the last time where nothing changed.
pub fn around(session: &Session, last: Option<&Around>) -> Around {
    let lang = session.lang;
    let made_for = MadeFor { run: session.run, lang, table_is_open: session.table_is_open };
    let link = session.link();
    let shown = |story: &crate::stories::Story| story.inputs() == *session.timeline.inputs();
    let chosen = session.story.filter(shown).map(|story| story.name());
    let is_same_choice = |last: &&Around| last.made_for.lang == lang && last.stories.chosen == chosen;
    let ranked = last.and_then(|last| last.ranked.as_ref());
    let (inspector, ranked) = inspector(session, ranked).unzip();
    let same_table = last.filter(|last| last.made_for == made_for);
    Around {
        stories: match last.filter(is_same_choice) {
            Some(last) => last.stories.clone(),
            None => Shared::new(stories(lang, chosen)),
        },
        story: session.story.map(|story| story.sentence(lang)),
        inspector: inspector.map(|pod| same_or_new(pod, last.and_then(|last| last.inspector.as_ref()))),
        table: same_table.map_or_else(|| Shared::new(table(session)), |last| last.table.clone()),
        desk: session.desk.state,
        about: format!("{} {}", lang.say(Text::About), agreement(lang)),
        link_is_copied: session.copied.as_ref() == Some(&link),
        link,
        problems: problems::problems(session),
        problem_code: problems::code(session),
        made_for,
        ranked: ranked.flatten(),
    }
}

/// How many recorded rollouts of the real controllers are reproduced, as the test that replays them
/// has written it down.
fn agreement(lang: Lang) -> String {
    let mut words = include_str!("agreement.txt").split_ascii_whitespace();
    let (Some(reproduced), Some(_of), Some(traces)) = (words.next(), words.next(), words.next()) else {
        panic!("the test writes so many of so many");
    };
    lang.say(Text::Agreement { reproduced, traces })
}
