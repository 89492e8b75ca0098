//! The choice of stories.

use super::{El, classed, el};
use crate::session::msg::Msg;
use crate::view::stories::Stories;

/// The list before there is anything in it to choose from.
pub fn stories_place(label: &str, is_none_chosen: bool) -> El {
    let offer = el("option").attr("value", "").prop("disabled", true).prop("selected", is_none_chosen);
    classed("select", "stories")
        .attr("aria-label", label.to_owned())
        .on_choice(Msg::OpenStory)
        .child(offer.text(label.to_owned()))
}

/// A list to choose from. The same can be chosen again once the run is another one.
pub fn stories(model: &Stories, label: &str) -> El {
    let story = |(name, words): &(&'static str, &'static str)| {
        let option = el("option").attr("value", *name).prop("selected", model.chosen == Some(*name));
        option.text(*words)
    };
    let group = |(name, stories): &(&'static str, Vec<(&'static str, &'static str)>)| {
        el("optgroup").attr("label", *name).children(stories.iter().map(story))
    };
    stories_place(label, model.chosen.is_none()).children(model.groups.iter().map(group))
}
