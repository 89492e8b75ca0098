//! The stories that can be opened.

use crate::i18n::Lang;
use crate::stories::{self, Group};

/// The stories that can be opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Stories {
    /// By group, each with its name and its sentence.
    pub groups: Vec<(&'static str, Vec<(&'static str, &'static str)>)>,
    /// The name of the one that is on screen, as long as its run is.
    pub chosen: Option<&'static str>,
}

/// All of them.
pub fn stories(lang: Lang, chosen: Option<&'static str>) -> Stories {
    let group = |group: Group| {
        let name = group.name(lang);
        (name, group.stories().map(|story| (story.name(), story.sentence(lang))).collect())
    };
    Stories { groups: stories::groups().map(group).collect(), chosen }
}
