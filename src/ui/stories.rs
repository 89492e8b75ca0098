//! The choice of stories.

use yew::{Callback, Html};

use super::el::{classed, el};
use crate::session::msg::Msg;
use crate::view::Stories;

/// A list to choose from. What is on screen is said beside the picture.
pub fn stories(model: &Stories, label: &str, on_msg: &Callback<Msg>) -> Html {
    let story =
        |(name, words): &(&'static str, &'static str)| el("option").attr("value", *name).text(*words).into();
    let group = |(name, stories): &(&'static str, Vec<(&'static str, &'static str)>)| {
        el("optgroup").attr("label", *name).children(stories.iter().map(story)).into()
    };
    classed("select", "stories")
        .attr("aria-label", label.to_owned())
        .on_pick(on_msg, Msg::OpenStory)
        .child(el("option").attr("value", "").prop("selected", true).text(label.to_owned()))
        .children(model.iter().map(group))
        .into()
}
