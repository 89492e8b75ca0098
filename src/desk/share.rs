//! What leaves the desk: links, pictures, data, and snippets that put the run into other people's pages.

pub mod forms;
pub mod recipes;
pub mod view;

use crate::i18n::desk::Text;
use crate::picture::{LOOKS, Look, link_in};
use crate::session::{address, bounds};
use crate::timeline::Timeline;

use super::{Ask, Desk};
use forms::Form;
use recipes::{Embed, HOSTS, PANELS};

/// What is chosen for what leaves the desk.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// Light or dark pictures.
    pub look: Look,
    /// The form that was copied last.
    pub copied: Option<Form>,
    /// Whether what was opened last has no link in it.
    pub unread: bool,
    /// Which of [`HOSTS`] the snippet is for.
    pub host: usize,
    /// As an element, and not as an iframe.
    pub element: bool,
    /// The element waits for a press.
    pub click: bool,
    /// There are buttons to play and step with.
    pub controls: bool,
    /// It plays again when it has ended.
    pub loops: bool,
    /// It stops at every command and decision.
    pub stops: bool,
    /// The steps that are shown, as they are typed; empty: all.
    pub steps: String,
    /// Which of [`PANELS`] are shown.
    pub panels: [bool; PANELS.len()],
    /// The height in pixels, as it is typed.
    pub height: String,
    /// Light or dark; automatic: as the site.
    pub theme: Look,
    /// The tag of the language; empty: as the site.
    pub lang: String,
    /// The link whose preview is shown.
    pub preview: Option<String>,
}

impl Default for Share {
    fn default() -> Self {
        Self {
            look: Look::Auto,
            copied: None,
            unread: false,
            host: 0,
            element: false,
            click: false,
            controls: true,
            loops: false,
            stops: false,
            steps: String::new(),
            panels: [true, true, true, false, false, false],
            height: HEIGHT.to_string(),
            theme: Look::Auto,
            lang: String::new(),
            preview: None,
        }
    }
}

/// The height that `static/embed.js` has too.
const HEIGHT: u32 = 720;
/// What fits on no screen and what shows nothing are no heights.
const HEIGHTS: (u32, u32) = (120, 4000);

/// What is done there.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Pictures are to be light or dark.
    Look(Look),
    /// A form is to be copied.
    Copy(Form),
    /// A form is to be saved as a file.
    Save(Form),
    /// A picture or a link is to be opened.
    Open(String),
    /// The snippet is for another host, by its place in [`HOSTS`].
    Host(usize),
    /// As an element, or as an iframe.
    Element(bool),
    /// The element waits for a press, or does not any longer.
    Click,
    /// With buttons, or without.
    Controls,
    /// Again and again, or once.
    Loop,
    /// From decision to decision, or without a stop.
    Stops,
    /// Other steps are typed.
    Steps(String),
    /// A panel is shown or not, by its place in [`PANELS`].
    Panel(usize),
    /// Another height is typed.
    Height(String),
    /// Another theme, by its name.
    Theme(String),
    /// Another language, by its tag.
    Lang(String),
    /// A preview of this moment.
    Preview,
}

impl Share {
    /// Takes up what is chosen; what leaves the desk is not its business.
    fn choose(&mut self, act: Act) {
        match act {
            Act::Look(look) => self.look = look,
            Act::Host(host) => self.host = host.min(HOSTS.len() - 1),
            Act::Element(element) => self.element = element,
            Act::Click => self.click = !self.click,
            Act::Controls => self.controls = !self.controls,
            Act::Loop => self.loops = !self.loops,
            Act::Stops => self.stops = !self.stops,
            Act::Steps(steps) => self.steps = steps,
            Act::Panel(panel) => self.panels[panel] = !self.panels[panel],
            Act::Height(height) => self.height = height,
            Act::Theme(name) => {
                let look = LOOKS.into_iter().find(|(known, _)| *known == name);
                self.theme = look.map_or(Look::Auto, |(_, look)| look);
            }
            Act::Lang(tag) => self.lang = tag,
            Act::Copy(_) | Act::Save(_) | Act::Open(_) | Act::Preview => {}
        }
    }

    /// The steps that are shown, as a link says them, if what is typed is a range.
    pub fn steps(&self) -> Option<&str> {
        Some(self.steps.trim()).filter(|steps| bounds::range(steps).is_some())
    }

    /// Whether something is typed that is no range.
    pub fn has_no_steps(&self) -> bool {
        !self.steps.trim().is_empty() && self.steps().is_none()
    }

    /// The height, if what is typed is one.
    pub fn height(&self) -> Option<u32> {
        self.height.trim().parse().ok().filter(|height| (HEIGHTS.0..=HEIGHTS.1).contains(height))
    }
}

/// Does what is asked for at the desk.
pub fn update(desk: &mut Desk, act: Act) -> Option<Ask> {
    match act {
        Act::Copy(form) => {
            desk.share.copied = Some(form);
            Some(Ask::Copy(forms::text(desk, form)))
        }
        Act::Save(form) => Some(Ask::Save(forms::file(desk, form))),
        Act::Open(text) => {
            let link = fragment(&text);
            desk.share.unread = link.is_none() && !text.trim().is_empty();
            link.map(Ask::Open)
        }
        Act::Preview => {
            desk.share.preview = Some(link(&desk.timeline));
            None
        }
        choice => {
            desk.share.choose(choice);
            None
        }
    }
}

/// The link of the moment on screen, without `#`.
pub fn link(timeline: &Timeline) -> String {
    address::link_to(timeline, None, Vec::new())
}

/// The link of the step on screen, without `#`.
pub fn step_link(timeline: &Timeline) -> String {
    let link = link(timeline);
    let rest: Vec<_> =
        link.split('&').filter(|part| !part.starts_with("at=") && !part.starts_with("step=")).collect();
    format!("{}&step={}", rest.join("&"), timeline.step_number())
}

/// The link in what is opened: in a picture that was made here, or in an address.
fn fragment(text: &str) -> Option<String> {
    let text = text.trim();
    let link = link_in(text).or_else(|| {
        let (page, fragment) = text.split_once('#')?;
        let is_one = !page.contains(['<', ' ', '\n']) && fragment.contains('=');
        is_one.then(|| fragment.to_owned())
    })?;
    Some(link.trim_start_matches('#').to_owned())
}

/// How a link is embedded, by what is chosen.
pub fn embed(desk: &Desk, link: &str) -> Embed {
    let share = &desk.share;
    let lang = if share.lang == "zh-Hans" { crate::i18n::Lang::ZhHans } else { desk.lang };
    let lang = if share.lang == "en" { crate::i18n::Lang::En } else { lang };
    Embed {
        folder: folder(&desk.page).to_owned(),
        page: desk.page.clone(),
        link: link.to_owned(),
        title: lang.say(Text::EmbedTitle),
        height: share.height().unwrap_or(HEIGHT),
        theme: share.theme,
        lang: share.lang.clone(),
        controls: share.controls,
        loops: share.loops,
        stops: share.stops,
        steps: share.steps().map(str::to_owned),
        panels: PANELS
            .iter()
            .zip(share.panels)
            .filter(|(_, shown)| *shown)
            .map(|((name, _), _)| *name)
            .collect(),
        element: share.element,
        click: share.click,
    }
}

/// Where the page and its files lie.
fn folder(page: &str) -> &str {
    page.rfind('/').map_or("", |end| &page[..=end])
}

#[cfg(test)]
mod tests;
