//! All that is on screen, shared by what draws the page and what moves it from frame to frame.

use crate::session::Session;
use crate::session::effect::Effect;
use crate::session::msg::Msg;
use crate::view::budget_line::Shape;
use crate::view::panels::{Panels, panels};
use crate::view::raster::Field;
use crate::view::settings::{Settings, settings};
use crate::view::shared::Shared;
use crate::view::weave::Fabric;
use crate::view::{Frame, frame, same_or_new};

/// How much of the page is drawn. What is looked at first comes first, so that it can be used sooner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// The picture, and what moves through time.
    Picture,
    /// What can be set, too.
    Settings,
    /// All that is seen.
    Panels,
    /// What is folded away and what there is to choose from as well.
    Whole,
}

/// All that is on screen.
pub struct Screen {
    /// What the page remembers.
    pub session: Session,
    /// What was drawn last: the picture,
    pub frame: Frame,
    /// the settings, once they are drawn,
    pub settings: Option<Shared<Settings>>,
    /// and so the panels.
    pub panels: Option<Panels>,
    /// How much of it is drawn.
    pub extent: Extent,
    /// Every pod as a cell, where tiles have no room.
    pub field: Field,
    /// The lives of all pods, where threads have no room.
    pub fabric: Fabric,
    /// Pixels of the screen for 100 CSS pixels; what is painted next is painted for it.
    pub scale: u32,
}

/// What has to be done for time that has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing.
    Nothing,
    /// What is painted and the playhead have moved.
    Move,
    /// The page is another one.
    Draw,
}

impl Screen {
    /// The page as it opens.
    pub fn new(session: Session, scale: u32) -> Self {
        // A host would see an embedded page grow.
        let extent = if session.embed.is_some() { Extent::Panels } else { Extent::Picture };
        let frame = frame(&session, None);
        let (field, fabric) = (Field::default(), Fabric::default());
        let (settings, panels) = (None, None);
        let mut screen = Self { session, frame, settings, panels, extent, field, fabric, scale };
        screen.look_beside();
        screen.paint();
        screen
    }

    /// Says whether there is more to be drawn now than before.
    pub fn grow(&mut self) -> bool {
        let more = match self.extent {
            Extent::Picture => Extent::Settings,
            Extent::Settings => Extent::Panels,
            Extent::Panels | Extent::Whole => Extent::Whole,
        };
        if more == self.extent {
            return false;
        }
        self.extent = more;
        self.look_beside();
        true
    }

    /// Looks at what stands beside the picture, as far as it is drawn.
    fn look_beside(&mut self) {
        if Extent::Settings <= self.extent {
            self.settings = same_or_new(Some(settings(&self.session)), self.settings.as_ref());
        }
        if Extent::Panels <= self.extent {
            self.panels = Some(panels(&self.session, &self.frame, self.panels.as_ref()));
        }
    }

    /// Takes up a message; what the browser has to do comes back, and the page is to be drawn.
    pub fn update(&mut self, msg: Msg) -> Option<Effect> {
        let effect = self.session.update(msg);
        self.frame = frame(&self.session, Some(&self.frame));
        self.look_beside();
        self.paint();
        effect
    }

    /// Another pod is pointed at, or the same still: then nothing is to be drawn.
    pub fn point(&mut self, pod: Option<u32>) -> bool {
        if self.session.hovered.map(|pod| pod.0) == pod {
            return false;
        }
        self.session.update(Msg::HoverPod(pod));
        self.frame.point(&self.session);
        self.panels.iter_mut().for_each(|panels| panels.point(&self.session));
        true
    }

    /// Lets so many microseconds pass. In most frames the page need not be drawn for it.
    pub fn pass(&mut self, micros: u64) -> Due {
        if !self.session.is_playing() {
            return Due::Nothing;
        }
        let (_, step, _) = self.session.moment();
        self.session.update(Msg::Frame(micros));
        let moved = step != self.session.moment().1;
        if self.session.words_are_due() || (moved && !self.field.wanted) {
            return Due::Draw;
        }
        self.paint();
        Due::Move
    }

    /// How many pods have a shape; `None` where tiles show it.
    pub fn count(&self, shape: Shape) -> Option<u32> {
        self.field.wanted.then(|| self.field.count(shape))
    }

    /// Paints the moment on screen, and the run if it is another one.
    fn paint(&mut self) {
        if !self.field.is_for(&self.session) {
            self.field.make(&self.session, self.scale);
            self.fabric = Fabric::new(&self.session, self.scale);
        }
        if self.field.wanted {
            self.field.show(&self.session);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Options;
    use crate::ui::{El, Node, embed, page};

    fn opens(embedded: bool) -> Screen {
        Screen::new(Session::new(Options { embedded, ..Options::default() }), 100)
    }

    /// The classes of all elements, the deepest last.
    fn classes(el: &El) -> Vec<String> {
        let own = el.attrs.iter().filter(|(name, _)| *name == "class").map(|(_, class)| class.to_string());
        let of = |node: &Node| match node {
            Node::Text(_) => Vec::new(),
            Node::El(el) => classes(el),
            Node::Part(part) => classes(&(part.draw)()),
        };
        own.chain(el.children.iter().flat_map(of)).collect()
    }

    #[test]
    fn the_picture_is_drawn_first_and_nothing_goes_when_more_comes() {
        let mut screen = opens(false);
        let mut seen = classes(&page::page(&screen));
        let has = |seen: &[String], class: &str| seen.iter().any(|other| other == class);
        assert!(has(&seen, "budget-line") && has(&seen, "scrubber") && has(&seen, "play"));
        assert!(!has(&seen, "field") && !has(&seen, "card why") && !has(&seen, "sets"));
        for comes in ["field", "card why", "revisions"] {
            assert!(!has(&seen, comes) && screen.grow(), "{comes}");
            let more = classes(&page::page(&screen));
            let mut rest = more.clone();
            for class in &seen {
                let place = rest.iter().position(|other| other == class);
                rest.remove(place.unwrap_or_else(|| panic!("{class} is gone")));
            }
            assert!(has(&rest, comes), "{comes} came");
            seen = more;
        }
        assert!(!screen.grow() && screen.extent == Extent::Whole);
    }

    #[test]
    fn an_embedded_page_has_its_size_at_once() {
        let mut screen = opens(true);
        let seen = classes(&embed::page(&screen));
        assert!(screen.grow() && seen == classes(&embed::page(&screen)) && !screen.grow());
    }
}
