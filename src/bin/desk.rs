//! The desk: the program that the page loads when the terminal is first opened. Its border to the browser;
//! what it does is in `rollscope::desk`.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    {
        eprintln!("This is a part of a web page: `make serve` builds and serves it.");
        std::process::exit(2);
    }
}

#[cfg(target_arch = "wasm32")]
mod program {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;

    use rollscope::desk::view::{EDITOR, FIELD, SHARE, desk};
    use rollscope::desk::{Ask, Desk as State, Moment, Msg, Tab};
    use rollscope::i18n::Lang;
    use rollscope::sim::time::SimTime;
    use rollscope::web::address;
    use rollscope::web::clipboard::copy;
    use rollscope::web::fields::heard_in_fields;
    use rollscope::web::panic;
    use rollscope::web::print::Printer;
    use rollscope::web::save::save;
    use wasm_bindgen::prelude::*;
    use web_sys::js_sys::Function;
    use web_sys::{Element, HtmlElement, HtmlInputElement};

    /// The desk in its place on the page.
    #[wasm_bindgen]
    pub struct Desk(Rc<Inner>);

    struct Inner {
        root: Element,
        /// None before the page has shown a run.
        state: RefCell<Option<State>>,
        printer: RefCell<Option<Printer<Msg>>>,
        /// Whether pictures and snippets were asked for before the page has shown a run.
        shares: Cell<bool>,
        /// Asks the page to show a run at a moment, or without one to let time pass.
        ask: Function,
    }

    #[wasm_bindgen]
    impl Desk {
        /// Opens the desk in an empty element.
        #[wasm_bindgen(constructor)]
        pub fn new(root: Element, ask: Function) -> Self {
            panic::install();
            let inner = Rc::new(Inner {
                root: root.clone(),
                state: RefCell::default(),
                printer: RefCell::default(),
                shares: Cell::default(),
                ask,
            });
            let document = root.owner_document().expect("an element on the page");
            let sends = Rc::clone(&inner);
            let printer =
                Printer::new(document, root, Rc::new(move |msg| sends.update(msg)), heard_in_fields);
            *inner.printer.borrow_mut() = Some(printer);
            Self(inner)
        }

        /// Another run or another moment is on screen.
        pub fn show(&self, lang: &str, line: &str, step: u32, millis: f64) {
            let (lang, time) = (Lang::from_tag(lang), SimTime::from_millis(millis as u64));
            let moment = Moment { step: step as usize, time };
            let mut state = self.0.state.borrow_mut();
            let is_new = state.is_none();
            let ask = match &mut *state {
                Some(state) => state.show(lang, line, moment),
                none => {
                    let mut desk = State::new(lang, line, moment);
                    desk.page = address::page();
                    desk.tab = if self.0.shares.get() { Tab::Share } else { Tab::default() };
                    *none = Some(desk);
                    None
                }
            };
            drop(state);
            self.0.print();
            self.0.follow(ask);
            if is_new {
                // Whoever has opened the desk wants to type, or to read on; the button that opened it is gone, or far.
                self.0.focus(if self.0.shares.get() { SHARE } else { FIELD });
            }
        }

        /// Pictures and snippets are wanted.
        pub fn share(&self) {
            self.0.shares.set(true);
            let is_there = self.0.state.borrow_mut().as_mut().map(|state| state.tab = Tab::Share).is_some();
            if is_there {
                self.0.print();
                self.0.focus(SHARE);
            }
        }

        /// A button of the page was pressed.
        pub fn press(&self, line: &str, said: &str, refused: bool) {
            if let Some(state) = &mut *self.0.state.borrow_mut() {
                state.terminal.press(line, said, refused);
            }
            self.0.print();
        }
    }

    impl Inner {
        fn update(self: &Rc<Self>, msg: Msg) {
            let ask = self.state.borrow_mut().as_mut().and_then(|state| state.update(msg));
            self.print();
            self.follow(ask);
            let besides = self.state.borrow_mut().as_mut().map(|state| std::mem::take(&mut state.besides));
            besides.into_iter().flatten().for_each(|ask| self.follow(Some(ask)));
        }

        fn follow(self: &Rc<Self>, ask: Option<Ask>) {
            match ask {
                Some(Ask::Focus(place)) => self.focus(place),
                Some(Ask::Run(line, time)) => self.ask(&line.into(), time),
                Some(Ask::Play) => self.ask(&JsValue::UNDEFINED, SimTime::ZERO),
                Some(Ask::Copy(text)) => {
                    let desk = Rc::clone(self);
                    copy(text, move |text| desk.update(Msg::Copied(text)));
                }
                Some(Ask::Save(file)) => save(&file),
                Some(Ask::Open(link)) => address::open(&link),
                None => {}
            }
        }

        /// The page's own faults are not the desk's.
        fn ask(&self, line: &JsValue, time: SimTime) {
            let _ = self.ask.call2(&JsValue::NULL, line, &(time.millis() as f64).into());
        }

        fn focus(&self, place: &str) {
            let field = self.root.query_selector(place).ok().flatten();
            if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
                if place == EDITOR {
                    // An editor opens at the beginning of a text.
                    let _ = field.unchecked_ref::<HtmlInputElement>().set_selection_range(0, 0);
                    field.set_scroll_top(0);
                }
                let _ = field.focus();
            }
        }

        fn print(&self) {
            let (state, mut printer) = (self.state.borrow(), self.printer.borrow_mut());
            if let (Some(state), Some(printer)) = (&*state, &mut *printer) {
                printer.print(desk(state));
            }
        }
    }
}
