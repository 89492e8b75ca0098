//! The page where it is embedded in another one. It has functions of its own, so that its program has nothing of
//! what only the whole page shows.

use super::later;
use super::page::{around, main};
use super::screen::Screen;
use super::{El, classed, el};
use crate::i18n::{Lang, Text};
use crate::view::Frame;
use crate::view::around::Around;

/// The embedded page.
pub fn page(screen: &Screen) -> El {
    let frame = &screen.frame;
    let embed = frame.embed.clone().unwrap_or_default();
    let main = main(screen, |panel| embed.shows(panel), embed.has_controls(), None);
    let whole_page = |around: &Around| later::whole_page(around, frame.lang);
    around(screen, "rollscope embed", title(frame), main, whole_page)
}

/// What an embedded page is called: seen by nobody, since its host says what it is about.
fn title(frame: &Frame) -> El {
    let title = format!("Rollscope: {}", frame.lang.say(Text::Tagline));
    classed("header", "hidden").child(el("h1").text(title))
}

/// Where the whole page is, with the same on screen.
pub(super) fn whole_page(around: &Around, lang: Lang) -> El {
    let link = el("a")
        .attr("href", format!("./#{}", around.link))
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .text(lang.say(Text::OpenWholePage));
    classed("footer", "whole").child(el("p").text(lang.say(Text::AboutEmbed)).child(link))
}
