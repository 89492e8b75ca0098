//! Puts elements ([`crate::markup`]) on the page, and changes only what has changed.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::js_sys::Reflect;
use web_sys::{Document, Element, Event, HtmlInputElement, Node as DomNode, Text};

use super::heard::Send;
use crate::markup::{El, Hear, Key, Node, Part, Words};

/// A place on the page, and what is in it.
pub struct Printer<M> {
    document: Document,
    root: Element,
    shown: Vec<Shown<M>>,
    send: Send<M>,
    heard: Heard<M>,
}

/// What sends the message that an event is for who hears it.
type Heard<M> = fn(&Hear<M>, &Event, Send<M>);

/// What is on the page.
enum Shown<M> {
    Text(Text, Words),
    El(Box<ShownEl<M>>),
    /// It keeps alive what it is made of, so that nothing else has its identity.
    Part(Part<M>, Box<ShownEl<M>>),
}

struct ShownEl<M> {
    element: Element,
    tag: &'static str,
    key: Option<Key>,
    attrs: Vec<(&'static str, Words)>,
    props: Vec<(&'static str, bool)>,
    children: Vec<Shown<M>>,
    /// What its listeners do now; each listens once for as long as the element is there.
    hears: Rc<RefCell<Vec<Hear<M>>>>,
    /// They end when they are dropped.
    _listeners: Vec<EventListener>,
}

const SVG: &str = "http://www.w3.org/2000/svg";

impl<M: Clone + 'static> Printer<M> {
    /// Prints into an empty element, and sends what is done there, as `heard` understands it.
    pub fn new(document: Document, root: Element, send: Send<M>, heard: Heard<M>) -> Self {
        Self { document, root, shown: Vec::new(), send, heard }
    }

    /// From now on this is there.
    pub fn print(&mut self, nodes: Vec<Node<M>>) {
        let shown = std::mem::take(&mut self.shown);
        self.shown = self.children(&self.root, shown, nodes);
    }

    /// Makes the children of an element what they shall be. Those with keys that are gone go first. Then an
    /// old child becomes the next new one that it fits; one with a key is fetched from where it is, and
    /// others that were before it go.
    fn children(&self, parent: &Element, old: Vec<Shown<M>>, new: Vec<Node<M>>) -> Vec<Shown<M>> {
        let mut old = VecDeque::from(old);
        let is_wanted =
            |shown: &Shown<M>| shown.key().is_none_or(|key| new.iter().any(|node| key_of(node) == Some(key)));
        if !old.iter().zip(&new).all(|(shown, node)| shown.key() == key_of(node)) {
            old.retain(|shown| is_wanted(shown) || shown.remove());
        }
        let mut children = Vec::with_capacity(new.len());
        for node in new {
            let found = old.iter().position(|old| old.fits(&node));
            let shown = match found.and_then(|found| self.fetch(&mut old, found, parent)) {
                Some(same) => self.change(same, node),
                None => {
                    let made = self.make(parent, node);
                    insert(parent, &made, old.front());
                    made
                }
            };
            children.push(shown);
        }
        old.iter().for_each(|gone| _ = gone.remove());
        children
    }

    fn fetch(&self, old: &mut VecDeque<Shown<M>>, found: usize, parent: &Element) -> Option<Shown<M>> {
        if 0 < found && old[found].key().is_some() {
            let shown = old.remove(found)?;
            insert(parent, &shown, old.front());
            return Some(shown);
        }
        old.drain(..found).for_each(|gone| _ = gone.remove());
        old.pop_front()
    }

    fn make(&self, parent: &Element, node: Node<M>) -> Shown<M> {
        match node {
            Node::Text(words) => Shown::Text(self.document.create_text_node(&words), words),
            Node::El(el) => Shown::El(Box::new(self.make_el(parent, el))),
            Node::Part(part) => {
                let el = self.make_el(parent, (part.draw)());
                Shown::Part(part, Box::new(el))
            }
        }
    }

    fn make_el(&self, parent: &Element, El(el): El<M>) -> ShownEl<M> {
        let is_svg = el.tag == "svg" || parent.namespace_uri().as_deref() == Some(SVG);
        let namespace = if is_svg { SVG } else { "http://www.w3.org/1999/xhtml" };
        let element = self.document.create_element_ns(Some(namespace), el.tag).expect("a name of HTML");
        let hears = Rc::new(RefCell::new(Vec::new()));
        let listen = |(index, hear)| self.listen(&element, &hears, hear, index);
        let listeners = el.hears.iter().enumerate().map(listen).collect();
        let (attrs, props, children) = (Vec::new(), Vec::new(), Vec::new());
        let (tag, key) = (el.tag, el.key);
        let bare = ShownEl { element, tag, key, attrs, props, children, hears, _listeners: listeners };
        self.change_el(bare, El(el))
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
            (Shown::Part(old, shown), Node::Part(part)) if old.identity == part.identity => {
                Shown::Part(old, shown)
            }
            (Shown::Part(_, shown), Node::Part(part)) => {
                let el = self.change_el(*shown, (part.draw)());
                Shown::Part(part, Box::new(el))
            }
            // Nothing else fits.
            (shown, _) => shown,
        }
    }

    fn change_el(&self, mut shown: ShownEl<M>, El(el): El<M>) -> ShownEl<M> {
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
        let el = *el;
        shown.attrs = el.attrs;
        shown.children = self.children(element, std::mem::take(&mut shown.children), el.children);
        for prop in &el.props {
            // A box is ticked by the browser, too.
            if prop.0 == "checked" || !shown.props.contains(prop) {
                let _ = Reflect::set(element, &prop.0.into(), &prop.1.into());
            }
        }
        shown.props = el.props;
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
        let (hears, send, heard) = (Rc::clone(hears), Rc::clone(&self.send), self.heard);
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(element, hear.event(), options, move |event| {
            let hear = hears.borrow().get(index).cloned();
            hear.iter().for_each(|hear| heard(hear, event, Rc::clone(&send)));
        })
    }
}

/// Puts a child before another one, or at the end.
fn insert<M>(parent: &Element, shown: &Shown<M>, before: Option<&Shown<M>>) {
    // Both are of this document, so this cannot fail.
    let _ = parent.insert_before(shown.node(), before.map(Shown::node));
}

fn key_of<M>(node: &Node<M>) -> Option<Key> {
    match node {
        Node::El(el) => el.key,
        Node::Text(_) | Node::Part(_) => None,
    }
}

impl<M> Shown<M> {
    fn node(&self) -> &DomNode {
        match self {
            Self::Text(text, _) => text,
            Self::El(shown) | Self::Part(_, shown) => &shown.element,
        }
    }

    fn key(&self) -> Option<Key> {
        match self {
            Self::El(shown) => shown.key,
            Self::Text(..) | Self::Part(..) => None,
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
            (Self::Part(old, _), Node::Part(part)) => old.kind == part.kind,
            _ => false,
        }
    }

    /// Takes it off the page; it is not kept.
    fn remove(&self) -> bool {
        if let Some(parent) = self.node().parent_node() {
            let _ = parent.remove_child(self.node());
        }
        false
    }
}
