//! The choice of stories.

use super::screen::Extent;
use super::{El, classed, el};
use crate::session::msg::Msg;
use crate::view::Stories;

/// A list to choose from, which may come later. The same can be chosen again once the run is another one.
pub fn stories(model: &Stories, label: &str, extent: Extent) -> El {
    let story = |(name, words): &(&'static str, &'static str)| {
        let option = el("option").attr("value", *name).prop("selected", model.chosen == Some(*name));
        option.text(*words)
    };
    let offer =
        el("option").attr("value", "").prop("disabled", true).prop("selected", model.chosen.is_none());
    let group = |(name, stories): &(&'static str, Vec<(&'static str, &'static str)>)| {
        el("optgroup").attr("label", *name).children(stories.iter().map(story))
    };
    classed("select", "stories")
        .attr("aria-label", label.to_owned())
        .on_choice(Msg::OpenStory)
        .child(offer.text(label.to_owned()))
        .children(model.groups.iter().filter(|_| extent == Extent::Whole).map(group))
}
