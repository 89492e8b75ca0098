//! What is under an embedded page.

use super::{El, classed, el};
use crate::i18n::Text;
use crate::view::Frame;

/// What an embedded page is called: seen by nobody, since its host says what it is about.
pub fn title(frame: &Frame) -> El {
    let title = format!("Rollscope: {}", frame.lang.say(Text::Tagline));
    classed("header", "hidden").child(el("h1").text(title))
}

/// Where the whole page is, with the same on screen.
pub fn whole_page(frame: &Frame) -> El {
    let link = el("a")
        .attr("href", format!("./#{}", frame.link))
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .text(frame.lang.say(Text::OpenWholePage));
    classed("footer", "whole").child(el("p").text(frame.lang.say(Text::AboutEmbed)).child(link))
}
