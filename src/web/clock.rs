//! Animation frames while time runs.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Window;

/// What is done in a frame, given how many microseconds have passed; it says whether time runs on.
type OnFrame = Box<dyn FnMut(u64) -> bool>;

/// Asks for animation frames while time runs, and for none at rest. All of them call the same function: one
/// made for each frame would be memory and calls to the browser in each.
pub struct Clock(Rc<Frames>);

struct Frames {
    window: Window,
    call: Closure<dyn FnMut(f64)>,
    on_frame: RefCell<OnFrame>,
    is_asked_for: Cell<bool>,
    /// When the last frame was, in microseconds.
    last: Cell<Option<u64>>,
}

impl Clock {
    /// A clock that stands.
    pub fn new(on_frame: OnFrame) -> Self {
        let window = web_sys::window().expect("a page has a window");
        Self(Rc::new_cyclic(|frames: &Weak<Frames>| {
            let frames = Weak::clone(frames);
            let call = Closure::new(move |now: f64| {
                if let Some(frames) = frames.upgrade() {
                    frames.tick((now * 1000.0) as u64);
                }
            });
            let (on_frame, is_asked_for, last) = (RefCell::new(on_frame), Cell::new(false), Cell::new(None));
            Frames { window, call, on_frame, is_asked_for, last }
        }))
    }

    /// Lets time run; it stands again after the first frame in which it is not wanted.
    pub fn run(&self) {
        if !self.0.is_asked_for.get() {
            self.0.last.set(None);
            self.0.ask();
        }
    }
}

impl Frames {
    fn tick(&self, now: u64) {
        let passed = now.saturating_sub(self.last.replace(Some(now)).unwrap_or(now));
        // Until this is done the next frame counts as asked for: who lets time run meanwhile asks for none.
        match (self.on_frame.borrow_mut())(passed) {
            true => self.ask(),
            false => self.is_asked_for.set(false),
        }
    }

    fn ask(&self) {
        // Only a window that is gone refuses.
        let asked = self.window.request_animation_frame(self.call.as_ref().unchecked_ref());
        self.is_asked_for.set(asked.is_ok());
    }
}
