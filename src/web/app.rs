//! The page as drawn by Yew: one component for the page and one for each part that need not always be drawn
//! again, both of which hand on elements.

use std::rc::Rc;

use web_sys::Event;
use yew::virtual_dom::{Key, Listener, ListenerKind, VTag, VText};
use yew::{Component, Context, Html, Properties, html};

use crate::markup;
use crate::session::msg::Msg;
use crate::ui::{self, El, Node};

use super::heard::heard;
use super::page::Page;

/// The page that is shown.
#[derive(Properties)]
pub struct Props {
    /// The page that is shown.
    pub page: Rc<Page>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.page, &other.page)
    }
}

/// The page.
pub struct App;

impl Component for App {
    type Message = ();
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let page = &ctx.props().page;
        element(page.elements(ui::page::page), page)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        ctx.props().page.drawn();
    }
}

/// An element as Yew has it.
fn element(el: El, page: &Rc<Page>) -> Html {
    let el = *el.0;
    let mut tag = VTag::new(el.tag);
    tag.key = el.key.map(|key| Key::from(key.0));
    for (name, value) in el.attrs {
        tag.add_attribute(name, value);
    }
    for (name, value) in el.props {
        match name {
            "checked" => tag.set_checked(value),
            name => tag.add_property(name, value),
        }
    }
    if let Some(value) = el.value {
        tag.set_value(Some(value));
    }
    for hear in el.hears {
        tag.add_listener(Rc::new(Hear { hear, page: Rc::clone(page) }));
    }
    tag.add_children(el.children.into_iter().map(|child| node(child, page)));
    tag.into()
}

fn node(node: Node, page: &Rc<Page>) -> Html {
    match node {
        Node::Text(words) => VText::new(words).into(),
        Node::El(el) => element(el, page),
        Node::Part(part) => {
            let (key, page) = (part.kind, Rc::clone(page));
            html! { <Part {key} {part} {page} /> }
        }
    }
}

/// A part, and the page it belongs to.
#[derive(Properties)]
struct PartProps {
    part: markup::Part<Msg>,
    page: Rc<Page>,
}

impl PartialEq for PartProps {
    fn eq(&self, other: &Self) -> bool {
        self.part.identity == other.part.identity
    }
}

/// A part of the page.
struct Part;

impl Component for Part {
    type Message = ();
    type Properties = PartProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let PartProps { part, page } = ctx.props();
        element((part.draw)(), page)
    }
}

/// One kind of listener for all events.
struct Hear {
    hear: markup::Hear<Msg>,
    page: Rc<Page>,
}

impl Listener for Hear {
    fn kind(&self) -> ListenerKind {
        ListenerKind::other(self.hear.event().into())
    }

    fn handle(&self, event: Event) {
        let page = Rc::clone(&self.page);
        heard(&self.hear, &event, Rc::new(move |msg| page.send(msg)));
    }

    fn passive(&self) -> bool {
        false
    }
}
