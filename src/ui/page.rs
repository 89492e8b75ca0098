//! The page as a whole.

use super::chart::chart;
use super::keys::keys;
use super::later::{self, desk, events, numbers, problems, settings, stall, stories, why};
use super::part::{growing, part};
use super::problems::problems_place;
use super::screen::{Extent, Screen};
use super::settings::settings_place;
use super::stage::picture;
use super::stories::stories_place;
use super::transport::transport;
use super::{El, Node, classed, el, icon, raster};
use crate::i18n::Text;
use crate::markup::Hear;
use crate::session::embed::Panel;
use crate::session::msg::{Look, Msg};
use crate::view::Frame;
use crate::view::around::Around;
use crate::view::panels::Panels;

/// The page that stands for itself.
pub fn page(screen: &Screen) -> El {
    let desk = |around: &Around| desk(around, screen.frame.lang);
    let main = main(screen, |_| true, true, Some(&desk));
    let footer = |around: &Around| later::footer(around, &screen.frame, screen.extent);
    around(screen, "rollscope", header(screen), main, footer)
}

/// What is on every page, with what stands above and below it.
pub(super) fn around(
    screen: &Screen,
    class: &'static str,
    top: El,
    main: El,
    footer: impl Fn(&Around) -> El,
) -> El {
    let Screen { frame, around, panels, .. } = screen;
    // It has its place once what is above it is there.
    let below = around.as_ref().filter(|_| panels.is_some());
    let footer = below.map_or_else(|| el("footer").attr("hidden", ""), footer);
    let problems = around.as_ref().map_or_else(problems_place, |around| problems(around, frame.lang));
    let live =
        |panels: &Panels| classed("p", "hidden").key("live").attr("role", "status").text(panels.live.clone());
    let whole = classed("div", class).attr("lang", frame.lang.tag());
    let whole = match around {
        Some(around) => whole.attr("data-link", around.link.clone()),
        None => whole,
    };
    whole
        .on(Hear::Pod("pointerover", |pod| Msg::Look(Look::HoverPod(pod))))
        .on(Hear::Pod("focusin", |pod| Msg::Look(Look::HoverPod(pod))))
        .child(top.key("top"))
        .child(problems.key("problems"))
        .child(main.key("main"))
        .child(footer.key("footer"))
        .children(panels.as_ref().map(live))
}

/// Some of the panels, as far as they are drawn, with or without buttons to play and step with.
pub(super) fn main(
    screen: &Screen,
    shows: impl Fn(Panel) -> bool,
    has_controls: bool,
    desk: Option<&dyn Fn(&Around) -> El>,
) -> El {
    let say = |text| screen.frame.lang.say(text);
    // In the order in which a narrow screen has them; a wide one has the settings at the left.
    let mut main = el("main").child(middle(screen, &shows, has_controls, desk));
    if shows(Panel::Why) || shows(Panel::Events) {
        main = main.child(side(screen, &shows));
    }
    if shows(Panel::Settings) {
        main = main.child(settings_of(screen, say(Text::Settings)));
    }
    main
}

/// What explains the picture. It has its place before there is anything in it.
fn side(screen: &Screen, shows: &impl Fn(Panel) -> bool) -> El {
    let say = |text| screen.frame.lang.say(text);
    let mut side = classed("div", "side").key("side");
    let Some(panels) = &screen.panels else { return side };
    if shows(Panel::Why) {
        side = side.child(why_of(panels, say(Text::Why))).children(stall_of(panels));
    }
    if shows(Panel::Events) {
        side = side.child(events_of(panels, say(Text::Events)));
    }
    side
}

fn header(screen: &Screen) -> El {
    let frame = &screen.frame;
    let say = |text| frame.lang.say(text);
    let title = el("h1")
        .child(icon::logo())
        .child(el("span").text("Rollscope"))
        .child(el("small").text(say(Text::Tagline)));
    let ghost = || classed("button", "ghost").attr("type", "button");
    let language = ghost()
        .attr("lang", frame.lang.other().tag())
        .on_click(Msg::SwitchLanguage)
        .text(say(Text::SwitchLanguage));
    let copied = screen.around.as_ref().is_some_and(|around| around.link_is_copied);
    let link = ghost()
        .attr("title", say(Text::CopyLink))
        .attr("aria-label", say(if copied { Text::Copied } else { Text::CopyLink }))
        .on_click(Msg::CopyLink)
        .child(icon::icon(if copied { icon::DONE } else { icon::LINK }));
    let theme = ghost()
        .attr("title", say(Text::SwitchTheme))
        .attr("aria-label", say(Text::SwitchTheme))
        .on_click(Msg::SwitchTheme)
        .child(icon::theme());
    let share = ghost().on_click(Msg::Share).text(say(Text::Share));
    classed("header", "top")
        .child(title)
        .child(stories_of(screen))
        .child(link)
        .child(share)
        .child(language)
        .child(theme)
}

/// What the page is, and its keys.
pub(super) fn footer(around: &Around, frame: &Frame, extent: Extent) -> El {
    el("footer").child(el("p").text(around.about.clone())).child(keys(frame, extent))
}

fn middle(
    screen: &Screen,
    shows: &impl Fn(Panel) -> bool,
    has_controls: bool,
    desk: Option<&dyn Fn(&Around) -> El>,
) -> El {
    let Screen { frame, fabric, around, panels, .. } = screen;
    let label = frame.lang.say(Text::Timeline);
    let fabric = (fabric.size.0 != 0).then(raster::fabric);
    let chart = shows(Panel::Chart).then(|| chart(screen, fabric, label.clone()));
    let time = classed("section", "card")
        .key("time")
        .attr("aria-label", label)
        .children(shows(Panel::Pods).then(|| picture(screen)))
        .children(has_controls.then(|| transport(&frame.transport)))
        .children(chart.into_iter().flatten())
        .child(classed("p", "hidden").text(frame.chart.weave_label.clone()));
    let panels = panels.as_ref();
    let desk = desk.filter(|_| panels.is_some());
    classed("div", "middle")
        .key("middle")
        .child(classed("div", "ruler").key("ruler"))
        .child(time)
        .children(panels.filter(|_| shows(Panel::Numbers)).map(|panels| numbers(panels, frame.lang)))
        .children(around.as_ref().and_then(|around| Some(desk?(around))))
}

fn settings_of(screen: &Screen, title: String) -> Node {
    let Some(model) = &screen.settings else { return settings_place(&title).into() };
    growing("settings", model, screen.extent, move |model, extent| settings(model, &title, extent))
}

fn stories_of(screen: &Screen) -> Node {
    let label = screen.frame.lang.say(Text::ChooseStory);
    match &screen.around {
        Some(around) if screen.extent == Extent::Whole => {
            part("stories", &around.stories, move |model| stories(model, &label))
        }
        // It is in the way of nobody, and takes a while.
        _ => stories_place(&label, true).into(),
    }
}

fn stall_of(panels: &Panels) -> Option<Node> {
    Some(part("stall", panels.stall.as_ref()?, stall))
}

fn why_of(panels: &Panels, title: String) -> Node {
    part("why", &panels.why, move |model| why(model, &title))
}

fn events_of(panels: &Panels, title: String) -> Node {
    part("events", &panels.event_list, move |model| events(model, &title))
}
