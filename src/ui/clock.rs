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
    /// The number of the frame that was asked for.
    asked: Cell<Option<i32>>,
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
            let on_frame = RefCell::new(on_frame);
            Frames { window, call, on_frame, asked: Cell::new(None), last: Cell::new(None) }
        }))
    }

    /// Lets time run, or stand.
    pub fn run(&self, runs: bool) {
        match (runs, self.0.asked.take()) {
            (true, None) => self.0.ask(),
            (true, asked) => self.0.asked.set(asked),
            (false, asked) => self.0.stop(asked),
        }
    }
}

impl Frames {
    fn tick(&self, now: u64) {
        self.asked.set(None);
        let passed = now.saturating_sub(self.last.replace(Some(now)).unwrap_or(now));
        let runs = (self.on_frame.borrow_mut())(passed);
        if runs { self.ask() } else { self.stop(None) }
    }

    fn ask(&self) {
        // Only a window that is gone refuses.
        self.asked.set(self.window.request_animation_frame(self.call.as_ref().unchecked_ref()).ok());
    }

    fn stop(&self, asked: Option<i32>) {
        self.last.set(None);
        if let Some(asked) = asked {
            let _ = self.window.cancel_animation_frame(asked);
        }
    }
}
