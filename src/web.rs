//! The border to the browser: starts the page and carries out what it asks for.

pub mod address;
mod app;
mod canvas;
pub mod clipboard;
mod clock;
mod desk;
mod effects;
pub mod fields;
mod heard;
mod host;
mod keys;
mod later;
mod options;
mod page;
pub mod panic;
mod playhead;
pub mod print;
mod rest;
pub mod save;

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::Element;
use yew::{AppHandle, Renderer};

use crate::session::Session;
use crate::ui;

use app::{App, Props};
use effects::{Hands, Sender, embedded_hands, hands};
use page::Page;
use print::Printer;

/// Starts the page in the element `app`, in place of what stands there, in several tasks: a browser translates a function
/// of the program when it is first called, and what is pressed meanwhile is heard in between. Yew draws the page.
pub fn start() {
    // Yew would put its own in the place of any other.
    yew::set_custom_panic_hook(Box::new(panic::last_words));
    soon(|| {
        let session = Session::new(options::read(false));
        soon(|| {
            let (_, root, page) = open(session, hands);
            soon(|| draw(root, page));
        });
    });
}

fn draw(root: Element, page: Rc<Page>) {
    root.set_inner_html("");
    page.appear();
    let props = Props { page: Rc::clone(&page) };
    let app: AppHandle<App> = Renderer::with_root_and_props(root, props).render();
    let scope = (*app).clone();
    page.draw_by(Box::new(move || scope.send_message(())));
}

/// Does it in a task of its own.
fn soon(task: impl FnOnce() + 'static) {
    Timeout::new(0, task).forget();
}

/// Starts the embedded page there. It is weighed more strictly, so it does without Yew.
pub fn start_embedded() {
    panic::install();
    let (sender, root, page) = open(Session::new(options::read(true)), embedded_hands);
    root.set_inner_html("");
    let document = root.owner_document().expect("an element is of a document");
    let printer = Printer::new(document, root, Rc::new(move |msg| sender.send(msg)), heard::heard);
    let (printer, drawn) = (RefCell::new(printer), Rc::clone(&page));
    page.draw_by(Box::new(move || {
        printer.borrow_mut().print(vec![drawn.elements(ui::embed::page).into()]);
        drawn.drawn();
    }));
    page.draw();
}

/// The page, with all that it hears but what is done on it.
fn open(session: Session, hands: fn(Sender) -> Hands) -> (Sender, Element, Rc<Page>) {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page has a document");
    let root = document.get_element_by_id("app").expect("index.html has an element `app`");
    let sender = Sender::default();
    let page = Page::new(root.clone(), session, hands(sender.clone()));
    sender.connect(Rc::clone(&page));
    keys::listen(&document, sender.clone());
    address::listen(sender.clone());
    options::watch_motion(sender.clone());
    (sender, root, page)
}
