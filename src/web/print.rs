//! Puts elements ([`crate::markup`]) on the page, and changes only what has changed.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Document, DragEvent, Element, Event, File, HtmlInputElement, KeyboardEvent, Node as DomNode, Text,
};

use crate::markup::{El, Hear, Node};

/// A place on the page, and what is in it.
pub struct Printer<M> {
    document: Document,
    root: Element,
    shown: Vec<Shown<M>>,
    send: Rc<dyn Fn(M)>,
}

/// What is on the page.
enum Shown<M> {
    Text(Text, String),
    El(Box<ShownEl<M>>),
}

struct ShownEl<M> {
    element: Element,
    tag: &'static str,
    key: Option<u32>,
    attrs: Vec<(&'static str, String)>,
    children: Vec<Shown<M>>,
    /// What its listeners do now; each listens once for as long as the element is there.
    hears: Rc<RefCell<Vec<Hear<M>>>>,
    /// They end when they are dropped.
    _listeners: Vec<EventListener>,
}

impl<M: Clone + 'static> Printer<M> {
    /// Prints into an empty element, and sends what is done there.
    pub fn new(document: Document, root: Element, send: Rc<dyn Fn(M)>) -> Self {
        Self { document, root, shown: Vec::new(), send }
    }

    /// From now on this is there.
    pub fn print(&mut self, nodes: Vec<Node<M>>) {
        let shown = std::mem::take(&mut self.shown);
        self.shown = self.children(&self.root, shown, nodes);
    }

    /// Makes the children of an element what they shall be. An old child becomes the next new one that it
    /// fits; those before it go.
    fn children(&self, parent: &Element, old: Vec<Shown<M>>, new: Vec<Node<M>>) -> Vec<Shown<M>> {
        let mut old = std::collections::VecDeque::from(old);
        let mut shown = Vec::with_capacity(new.len());
        for node in new {
            let found = old.iter().position(|old| old.fits(&node));
            let same = found.and_then(|found| {
                old.drain(..found).for_each(|gone| gone.remove());
                old.pop_front()
            });
            shown.push(match same {
                Some(same) => self.change(same, node),
                None => {
                    let made = self.make(node);
                    let before = old.front().map(Shown::node);
                    // Both are of this document, so this cannot fail.
                    let _ = parent.insert_before(made.node(), before);
                    made
                }
            });
        }
        old.into_iter().for_each(|gone| gone.remove());
        shown
    }

    fn make(&self, node: Node<M>) -> Shown<M> {
        match node {
            Node::Text(words) => Shown::Text(self.document.create_text_node(&words), words),
            Node::El(el) => {
                let element = self.document.create_element(el.tag).expect("a name of HTML");
                let hears = Rc::new(RefCell::new(Vec::new()));
                let listen = |(index, hear)| self.listen(&element, &hears, hear, index);
                let listeners = el.hears.iter().enumerate().map(listen).collect();
                let bare = ShownEl {
                    element,
                    tag: el.tag,
                    key: el.key,
                    attrs: Vec::new(),
                    children: Vec::new(),
                    hears,
                    _listeners: listeners,
                };
                Shown::El(Box::new(self.change_el(bare, el)))
            }
        }
    }

    fn change(&self, shown: Shown<M>, node: Node<M>) -> Shown<M> {
        match (shown, node) {
            (Shown::Text(text, old), Node::Text(words)) => {
                if old != words {
                    text.set_data(&words);
                }
                Shown::Text(text, words)
            }
            (Shown::El(shown), Node::El(el)) => Shown::El(Box::new(self.change_el(*shown, el))),
            (gone, node) => {
                gone.remove();
                self.make(node)
            }
        }
    }

    fn change_el(&self, mut shown: ShownEl<M>, el: El<M>) -> ShownEl<M> {
        let element = &shown.element;
        for (name, _) in &shown.attrs {
            if !el.attrs.iter().any(|(kept, _)| kept == name) {
                let _ = element.remove_attribute(name);
            }
        }
        for attr in &el.attrs {
            if !shown.attrs.contains(attr) {
                let _ = element.set_attribute(attr.0, &attr.1);
            }
        }
        shown.attrs = el.attrs;
        shown.children = self.children(element, std::mem::take(&mut shown.children), el.children);
        if let Some(value) = el.value {
            // A text area has its value where a field has it.
            let field = element.unchecked_ref::<HtmlInputElement>();
            if field.value() != value {
                field.set_value(&value);
            }
        }
        *shown.hears.borrow_mut() = el.hears;
        shown
    }

    fn listen(
        &self,
        element: &Element,
        hears: &Rc<RefCell<Vec<Hear<M>>>>,
        hear: &Hear<M>,
        index: usize,
    ) -> EventListener {
        let (hears, send) = (Rc::clone(hears), Rc::clone(&self.send));
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(element, hear.event(), options, move |event| {
            let hear = hears.borrow().get(index).cloned();
            match hear {
                Some(Hear::File(msg)) => read_file(chosen(event), msg, Rc::clone(&send)),
                Some(Hear::Over) if brings_file(event) => event.prevent_default(),
                Some(Hear::Drop(msg)) if brings_file(event) => {
                    event.prevent_default();
                    read_file(dropped(event), msg, Rc::clone(&send));
                }
                hear => hear.and_then(|hear| heard(&hear, event)).into_iter().for_each(|msg| send(msg)),
            }
        })
    }
}

/// The message that an event is.
fn heard<M: Clone>(hear: &Hear<M>, event: &Event) -> Option<M> {
    let field = || event.target().map(|target| target.unchecked_into::<HtmlInputElement>());
    match hear {
        Hear::Click(msg) => Some(msg.clone()),
        Hear::Input(msg) => Some(msg(field()?.value())),
        // It has to be read first; text that is dropped is the field's own.
        Hear::File(_) | Hear::Over | Hear::Drop(_) => None,
        Hear::Key(msg) => {
            let key = event.unchecked_ref::<KeyboardEvent>();
            let field = field()?;
            let selects = field.selection_start().ok() != field.selection_end().ok();
            // While characters are composed of several keys, the keys belong to that.
            // With Shift, keys do what they do in any field: Tab goes back, Enter begins a line.
            if key.is_composing() || key.shift_key() || key.ctrl_key() && selects {
                return None;
            }
            let msg = msg(&key.key(), key.ctrl_key())?;
            event.prevent_default();
            Some(msg)
        }
    }
}

fn chosen(event: &Event) -> Option<File> {
    let field = event.target()?.unchecked_into::<HtmlInputElement>();
    field.files()?.get(0)
}

/// Whether what is held is a file, and no text.
fn brings_file(event: &Event) -> bool {
    let data = event.unchecked_ref::<DragEvent>().data_transfer();
    data.is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

fn dropped(event: &Event) -> Option<File> {
    event.unchecked_ref::<DragEvent>().data_transfer()?.files()?.get(0)
}

/// Sends the name and the text of a file, once it is read.
fn read_file<M: 'static>(file: Option<File>, msg: fn(String, String) -> M, send: Rc<dyn Fn(M)>) {
    let Some(file) = file else { return };
    spawn_local(async move {
        if let Some(text) = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
            send(msg(file.name(), text));
        }
    });
}

impl<M> Shown<M> {
    fn node(&self) -> &DomNode {
        match self {
            Self::Text(text, _) => text,
            Self::El(shown) => &shown.element,
        }
    }

    fn fits(&self, node: &Node<M>) -> bool {
        match (self, node) {
            (Self::Text(..), Node::Text(_)) => true,
            (Self::El(shown), Node::El(el)) => {
                let events = |hears: &[Hear<M>]| hears.iter().map(Hear::event).collect::<Vec<_>>();
                (shown.tag, shown.key) == (el.tag, el.key)
                    && events(&shown.hears.borrow()) == events(&el.hears)
            }
            _ => false,
        }
    }

    fn remove(&self) {
        if let Some(parent) = self.node().parent_node() {
            let _ = parent.remove_child(self.node());
        }
    }
}
