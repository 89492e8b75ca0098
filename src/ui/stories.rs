//! The choice of stories.

use super::screen::Extent;
use super::{El, classed, el};
use crate::markup::Hear;
use crate::session::msg::Msg;
use crate::view::Stories;

/// A list to choose from, which may come later. What is on screen is said beside the picture.
pub fn stories(model: &Stories, label: &str, extent: Extent) -> El {
    let story = |(name, words): &(&'static str, &'static str)| el("option").attr("value", *name).text(*words);
    let group = |(name, stories): &(&'static str, Vec<(&'static str, &'static str)>)| {
        el("optgroup").attr("label", *name).children(stories.iter().map(story))
    };
    classed("select", "stories")
        .attr("aria-label", label.to_owned())
        .on(Hear::Pick(Msg::OpenStory))
        .child(el("option").attr("value", "").prop("selected", true).text(label.to_owned()))
        .children(model.iter().filter(|_| extent == Extent::Whole).map(group))
}
