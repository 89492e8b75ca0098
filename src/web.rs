//! The border to the browser: starts the page and carries out what it asks for.

mod address;
mod app;
mod canvas;
pub mod clipboard;
mod clock;
mod desk;
mod effects;
mod heard;
mod host;
mod keys;
mod options;
mod page;
pub mod panic;
mod playhead;
pub mod print;

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Document, Element};
use yew::{AppHandle, Renderer};

use app::{App, Props};
use page::Page;
use print::Printer;

/// Starts the page in the element `app`, in place of what stands there. Yew draws it.
pub fn start() {
    let (_, root, page) = open();
    let props = Props { page: Rc::clone(&page) };
    let app: AppHandle<App> = Renderer::with_root_and_props(root, props).render();
    let scope = (*app).clone();
    page.draw_by(Box::new(move || scope.send_message(())));
}

/// Starts the embedded page there. It is weighed more strictly, so it does without Yew.
pub fn start_embedded() {
    let (document, root, page) = open();
    let sends = Rc::downgrade(&page);
    let send = Rc::new(move |msg| {
        if let Some(page) = sends.upgrade() {
            page.send(msg);
        }
    });
    let printer = RefCell::new(Printer::new(document, root, send));
    let drawn = Rc::clone(&page);
    page.draw_by(Box::new(move || {
        printer.borrow_mut().print(vec![drawn.elements().into()]);
        drawn.drawn();
    }));
}

/// The page, with all that it hears but what is done on it.
fn open() -> (Document, Element, Rc<Page>) {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page has a document");
    let root = document.get_element_by_id("app").expect("index.html has an element `app`");
    // Yew would put its own in the place of any other.
    yew::set_custom_panic_hook(Box::new(panic::last_words));
    root.set_inner_html("");
    let sender = effects::Sender::default();
    let page = Page::new(root.clone(), options::read(), effects::Hands::new(sender.clone()));
    sender.connect(Rc::clone(&page));
    keys::listen(&document, sender.clone());
    if address::is_embedded() {
        host::connect(sender.clone());
    }
    address::listen(sender.clone());
    options::watch_motion(sender);
    (document, root, page)
}
