//! All that is on screen, shared by what draws the page and what moves it from frame to frame.

use crate::session::Session;
use crate::session::effect::Effect;
use crate::session::later::{self, Rest};
use crate::session::msg::{Look, Msg};
use crate::view::around::Around;
use crate::view::budget_line::Shape;
use crate::view::later::{around, paint, panels, point, settings};
use crate::view::panels::Panels;
use crate::view::raster::Field;
use crate::view::settings::Settings;
use crate::view::shared::Shared;
use crate::view::weave::Fabric;
use crate::view::{Frame, frame};

/// How much of the page is drawn. What is looked at first comes first, so that it can be used sooner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// The picture, and what moves through time: as much as the program can do that comes first.
    Picture,
    /// What can be set, too, and what stands around it all.
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
    /// what stands around it all, once it is drawn,
    pub around: Option<Around>,
    /// and so the settings,
    pub settings: Option<Shared<Settings>>,
    /// and the panels.
    pub panels: Option<Panels>,
    /// How much of it is drawn.
    pub extent: Extent,
    /// Every pod as a cell, where tiles have no room.
    pub field: Field,
    /// The lives of all pods, where threads have no room.
    pub fabric: Fabric,
    /// Pixels of the screen for 100 CSS pixels; what is painted next is painted for it.
    pub scale: u32,
    /// Whether the whole program is there.
    rest: Option<Rest>,
    /// What has to wait until it is.
    held: Vec<Msg>,
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
        let frame = frame(&session, None);
        let mut screen = Self {
            session,
            frame,
            around: None,
            settings: None,
            panels: None,
            extent: Extent::Picture,
            field: Field::default(),
            fabric: Fabric::default(),
            scale,
            rest: None,
            held: Vec::new(),
        };
        screen.paint();
        screen
    }

    /// From now on the whole program is there; what had to wait for it comes back.
    pub fn complete(&mut self, rest: Rest) -> Vec<Msg> {
        self.rest = Some(rest);
        std::mem::take(&mut self.held)
    }

    /// Says whether there is more to be drawn now than before.
    pub fn grow(&mut self) -> bool {
        let more = match self.extent {
            // A host would see an embedded page grow twice.
            Extent::Picture if self.session.embed.is_some() => Extent::Panels,
            Extent::Picture => Extent::Settings,
            Extent::Settings => Extent::Panels,
            Extent::Panels | Extent::Whole => Extent::Whole,
        };
        if more == self.extent || self.rest.is_none() {
            return false;
        }
        self.extent = more;
        self.look_beside();
        self.paint();
        true
    }

    /// Looks at what stands beside the picture, as far as it is drawn.
    fn look_beside(&mut self) {
        let Some(rest) = self.rest else { return };
        let Self { session, frame, .. } = self;
        if Extent::Settings <= self.extent {
            self.around = Some(around(session, self.around.as_ref(), rest));
            self.settings = Some(settings(session, self.settings.as_ref(), rest));
        }
        if Extent::Panels <= self.extent {
            self.panels = Some(panels(session, frame, self.panels.as_ref(), rest));
        }
    }

    /// Takes up a message, now or once it can be; what the browser has to do comes back, and the page is to be drawn.
    pub fn update(&mut self, msg: Msg) -> Option<Effect> {
        let mut effect = None;
        match (self.rest, msg) {
            (Some(rest), msg) => effect = later::update(&mut self.session, msg, rest),
            (None, Msg::Look(look)) => self.session.look(look),
            (None, msg) => self.held.push(msg),
        }
        self.frame = frame(&self.session, Some(&self.frame));
        self.look_beside();
        self.paint();
        effect
    }

    /// What those around the page have to be told.
    pub fn tell(&mut self) -> Vec<Effect> {
        // The page itself comes first, and then what is said of it.
        let rest = self.rest.filter(|_| Extent::Panels <= self.extent);
        rest.map_or_else(Vec::new, |rest| later::tell(&mut self.session, rest))
    }

    /// Another pod is pointed at, or the same still: then nothing is to be drawn.
    pub fn point(&mut self, pod: Option<u32>) -> bool {
        if self.session.hovered.map(|pod| pod.0) == pod {
            return false;
        }
        self.session.look(Look::HoverPod(pod));
        self.frame.point(&self.session);
        self.panels.iter_mut().for_each(|panels| point(panels, &self.session));
        true
    }

    /// Lets so many microseconds pass. In most frames the page need not be drawn for it.
    pub fn pass(&mut self, micros: u64) -> Due {
        if !self.session.is_playing() {
            return Due::Nothing;
        }
        let (_, step, _) = self.session.moment();
        self.session.look(Look::Frame(micros));
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

    /// Paints the moment on screen, as soon as that can be done.
    fn paint(&mut self) {
        let Self { session, field, fabric, scale, .. } = self;
        match self.rest {
            Some(rest) => paint(field, fabric, session, *scale, rest),
            None => field.find_place(session, *scale),
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
        assert!(!screen.grow() && screen.complete(Rest::has_come()).is_empty());
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
    fn an_embedded_page_grows_once_and_only_then_its_host_hears_of_it() {
        let mut screen = opens(true);
        assert!(screen.tell().is_empty(), "its host hears of it when it is there");
        screen.complete(Rest::has_come());
        assert!(screen.grow() && !screen.tell().is_empty());
        let seen = classes(&embed::page(&screen));
        assert!(screen.grow() && seen == classes(&embed::page(&screen)) && !screen.grow());
    }

    #[test]
    fn what_is_done_before_the_whole_program_is_there_is_not_lost() {
        let mut screen = opens(false);
        let (lang, step) = (screen.session.lang, screen.session.moment().1);
        for msg in [
            Msg::Look(Look::StepForward),
            Msg::SwitchLanguage,
            Msg::Look(Look::StepForward),
            Msg::SelectPod(Some(1)),
        ] {
            screen.update(msg);
        }
        assert_eq!((screen.session.lang, screen.session.moment().1), (lang, step + 2));
        let held = screen.complete(Rest::has_come());
        assert_eq!(held, [Msg::SwitchLanguage, Msg::SelectPod(Some(1))]);
        for msg in held {
            screen.update(msg);
        }
        assert_eq!((screen.session.lang, screen.session.moment().1), (lang.other(), step + 2));
        assert!(screen.grow() && screen.around.is_some_and(|around| around.inspector.is_some()));
    }
}
