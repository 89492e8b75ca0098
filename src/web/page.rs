//! The page while it is open: takes messages, lets time pass, and has the screen drawn.

use std::cell::{Cell, OnceCell, RefCell};
use std::iter::successors;
use std::rc::{Rc, Weak};

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::session::Session;
use crate::session::later::Rest;
use crate::session::msg::{Look, Msg};
use crate::ui::El;
use crate::ui::screen::{Due, Extent, Screen};
use crate::view::chart::playhead;

use super::canvas::Canvas;
use super::clock::Clock;
use super::effects::{Hands, appear};
use super::playhead::Playhead;
use super::rest;
use super::soon;

/// What begins with that by which it is opened, closed or chosen.
const PLACES: &str = "section, details, .below, .beneath, .side, .rollscope";
const FOCUSABLE: &str = "button, summary, select, input";

/// The page.
pub struct Page {
    root: Element,
    screen: RefCell<Screen>,
    moving: RefCell<Moving>,
    /// What has the focus while the page is drawn, and the places that is in, from the innermost on.
    focused: RefCell<Vec<Element>>,
    clock: Clock,
    hands: Hands,
    /// Has the page drawn, now or soon.
    draw: OnceCell<Box<dyn Fn()>>,
    /// What was sent while something else was taken up.
    waiting: RefCell<Vec<Msg>>,
    is_busy: Cell<bool>,
    is_rest_asked_for: Cell<bool>,
    /// Hears when the window changes its size.
    resize: OnceCell<EventListener>,
}

/// What is moved from frame to frame without being drawn anew.
#[derive(Default)]
struct Moving {
    field: Canvas,
    fabric: Canvas,
    playhead: Playhead,
}

impl Page {
    /// The page in its place, as it opens. It is drawn once there is who draws it.
    pub fn new(root: Element, session: Session, hands: Hands) -> Rc<Self> {
        Rc::new_cyclic(|page: &Weak<Self>| {
            let page = Weak::clone(page);
            let clock =
                Clock::new(Box::new(move |micros| page.upgrade().is_some_and(|page| page.pass(micros))));
            Self {
                root,
                screen: RefCell::new(Screen::new(session, scale())),
                moving: RefCell::default(),
                focused: RefCell::default(),
                clock,
                hands,
                draw: OnceCell::new(),
                waiting: RefCell::default(),
                is_busy: Cell::default(),
                is_rest_asked_for: Cell::default(),
                resize: OnceCell::new(),
            }
        })
    }

    /// From now on it is drawn by this, which calls [`Self::drawn`] when it has done so.
    pub fn draw_by(&self, draw: Box<dyn Fn()>) {
        let _ = self.draw.set(draw);
    }

    /// What there is to be drawn.
    pub fn elements(&self, page: impl FnOnce(&Screen) -> El) -> El {
        page(&self.screen.borrow())
    }

    /// Takes up a message. What is sent meanwhile is taken up afterwards.
    pub fn send(&self, msg: Msg) {
        self.waiting.borrow_mut().push(msg);
        if self.is_busy.replace(true) {
            return;
        }
        while let Some(msg) = self.next() {
            if self.update(msg) {
                self.draw();
            }
        }
        self.is_busy.set(false);
    }

    /// The page has been drawn.
    pub fn drawn(self: &Rc<Self>) {
        self.connect();
        self.hand_on_focus();
        let effects = self.screen.borrow_mut().tell();
        effects.into_iter().for_each(|effect| (self.hands)(effect));
        self.draw_more();
        // The picture is measured once and when the window changes, never while time runs.
        if self.resize.get().is_none() {
            let page = Rc::clone(self);
            let listener = web_sys::window()
                .map(|window| EventListener::new(&window, "resize", move |_| page.measure()));
            listener.into_iter().for_each(|listener| drop(self.resize.set(listener)));
            self.measure();
        }
    }

    /// Draws what there is not yet of the page, after what there is is painted. The first time that takes the rest of the
    /// program.
    fn draw_more(self: &Rc<Self>) {
        let (page, extent) = (Rc::clone(self), self.screen.borrow().extent);
        match extent {
            Extent::Picture if self.is_rest_asked_for.replace(true) => {}
            Extent::Picture => rest::load(move |rest| page.complete(rest)),
            Extent::Settings | Extent::Panels => soon(move || page.grow()),
            Extent::Whole => {}
        }
    }

    /// The rest of the program is there: the page grows, and does what had to wait.
    fn complete(&self, rest: Rest) {
        let held = self.screen.borrow_mut().complete(rest);
        self.grow();
        held.into_iter().for_each(|msg| self.send(msg));
    }

    fn grow(&self) {
        if self.screen.borrow_mut().grow() {
            self.draw();
        }
    }

    fn next(&self) -> Option<Msg> {
        let mut waiting = self.waiting.borrow_mut();
        (!waiting.is_empty()).then(|| waiting.remove(0))
    }

    /// Has the document its language and theme. That comes before the page is drawn, so that the browser looks for the
    /// style of everything once and not twice.
    pub fn appear(&self) {
        let appearance = self.screen.borrow_mut().session.tell_appearance();
        appearance.into_iter().for_each(|(lang, theme)| appear(lang, theme));
    }

    /// Has the page drawn.
    pub fn draw(&self) {
        self.appear();
        // Yew may be told twice before it draws, and what has gone by then has lost the focus.
        let focused = self.focused.take();
        self.focused.replace(if focused.is_empty() { self.find_focused() } else { focused });
        if let Some(draw) = self.draw.get() {
            draw();
        }
    }

    /// Says whether the page has to be drawn.
    fn update(&self, msg: Msg) -> bool {
        let mut screen = self.screen.borrow_mut();
        match msg {
            Msg::Look(Look::PointAt(slot)) if slot == screen.session.pointed => return false,
            Msg::Look(Look::HoverPod(pod)) => return screen.point(pod),
            _ => {}
        }
        let effect = screen.update(msg);
        if screen.session.is_playing() {
            self.clock.run();
        }
        drop(screen);
        effect.into_iter().for_each(|effect| (self.hands)(effect));
        // What is the same is found to be so when it is drawn.
        true
    }

    /// Lets time pass, and says whether it runs on.
    fn pass(&self, micros: u64) -> bool {
        let due = self.screen.borrow_mut().pass(micros);
        match due {
            Due::Nothing => {}
            Due::Move => self.put(),
            // Time has passed already.
            Due::Draw => self.send(Msg::Look(Look::Frame(0))),
        }
        self.screen.borrow().session.is_playing()
    }

    fn measure(&self) {
        let (scale, width) = (scale(), self.find(".ruler").map_or(0, |ruler| ruler.client_width() as u32));
        let mut screen = self.screen.borrow_mut();
        let is_drawn = (screen.scale, screen.session.width) == (scale, width);
        screen.scale = scale;
        drop(screen);
        if 0 < width && !is_drawn {
            self.send(Msg::Look(Look::Resized(width)));
        }
    }

    /// Finds on the page what is moved without drawing it.
    fn connect(&self) {
        let screen = self.screen.borrow();
        let Moving { field, fabric, playhead } = &mut *self.moving.borrow_mut();
        field.connect(self.find("canvas.cells"), screen.field.grid.painted());
        fabric.connect(self.find("canvas.fabric"), screen.fabric.size);
        playhead.connect(self.find(".playhead"));
        drop(screen);
        self.put_by(field, fabric, playhead);
    }

    fn put(&self) {
        let Moving { field, fabric, playhead } = &mut *self.moving.borrow_mut();
        self.put_by(field, fabric, playhead);
    }

    fn put_by(&self, field: &mut Canvas, fabric: &mut Canvas, line: &mut Playhead) {
        let screen = &mut *self.screen.borrow_mut();
        field.put(|all| screen.field.fetch(all));
        fabric.put(|all| screen.fabric.fetch(all));
        line.put(playhead(&screen.session, &screen.frame.chart.axis).x);
    }

    fn find_focused(&self) -> Vec<Element> {
        let active = web_sys::window().and_then(|window| window.document()?.active_element());
        let focused = active.filter(|active| self.root.contains(Some(active)));
        successors(focused, |inside| inside.parent_element()?.closest(PLACES).ok()?).collect()
    }

    /// If what had the focus is gone, the first that can have it in the place around it gets it: or else the next key
    /// would be the page's, and that may be the one that plays. Where nothing of the page had it, nothing gets it.
    fn hand_on_focus(&self) {
        let is_there = |focused: &Element| focused.is_connected();
        let first = |place: Element| place.query_selector(FOCUSABLE).ok()?;
        let focused = self.focused.take();
        if focused.first().is_none_or(is_there) {
            return;
        }
        if let Some(heir) = focused.into_iter().filter(is_there).find_map(first) {
            let _ = heir.unchecked_into::<HtmlElement>().focus();
        }
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).ok().flatten()
    }
}

/// Pixels of the screen for 100 CSS pixels. Where there are more than two for one, half of them do.
fn scale() -> u32 {
    let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
    let scale = (ratio * 100.0) as u32;
    if 200 < scale { scale / 2 } else { scale.max(100) }
}
