//! Elements, put together by calls.
//!
//! Yew's `html!` unfolds every element into code of its own; a call for each attribute and child is a
//! third of that, and the page is weighed in bytes.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, MouseEvent};
use yew::virtual_dom::{Key, Listener, ListenerKind, VList, VTag, VText};
use yew::{AttrValue, Callback, Html, NodeRef};

use crate::session::msg::Msg;

/// An element that is being put together.
pub struct El(Box<VTag>);

/// An element without attributes and children.
pub fn el(tag: &'static str) -> El {
    El(Box::new(VTag::new(tag)))
}

/// An element with a class.
pub fn classed(tag: &'static str, class: impl Into<AttrValue>) -> El {
    el(tag).attr("class", class)
}

/// Text.
pub fn text(text: impl Into<AttrValue>) -> Html {
    VText::new(text).into()
}

/// Several nodes beside each other.
pub fn list(nodes: impl IntoIterator<Item = Html>) -> Html {
    VList::with_children(nodes.into_iter().collect(), None).into()
}

impl El {
    /// Sets an attribute.
    pub fn attr(mut self, name: &'static str, value: impl Into<AttrValue>) -> Self {
        self.0.add_attribute(name, value);
        self
    }

    /// Sets a property that is true or false.
    pub fn prop(mut self, name: &'static str, value: bool) -> Self {
        self.0.add_property(name, value);
        self
    }

    /// Tells it apart from its siblings.
    pub fn key(mut self, key: impl Into<Key>) -> Self {
        self.0.key = Some(key.into());
        self
    }

    /// Adds text.
    pub fn text(self, words: impl Into<AttrValue>) -> Self {
        self.child(text(words))
    }

    /// Adds a child.
    pub fn child(mut self, child: impl Into<Html>) -> Self {
        self.0.add_child(child.into());
        self
    }

    /// Adds children.
    pub fn children(mut self, children: impl IntoIterator<Item = Html>) -> Self {
        self.0.add_children(children);
        self
    }

    /// What is typed in it, or chosen.
    pub fn value(mut self, value: impl Into<AttrValue>) -> Self {
        self.0.set_value(Some(value.into()));
        self
    }

    /// Whether it is ticked.
    pub fn checked(mut self, checked: bool) -> Self {
        self.0.set_checked(checked);
        self
    }

    /// Lets the page find it again.
    pub fn node_ref(mut self, node: &NodeRef) -> Self {
        self.0.node_ref = node.clone();
        self
    }

    /// Sends a message when it is pressed.
    pub fn on_click(self, on_msg: &Callback<Msg>, msg: Msg) -> Self {
        self.on(ListenerKind::onclick, on_msg, Box::new(move |_| msg.clone()))
    }

    /// Sends a message when something happens at a place of it, in pixels from its corner.
    pub fn on_place(
        self,
        kind: ListenerKind,
        on_msg: &Callback<Msg>,
        msg: impl Fn(i32, i32) -> Msg + 'static,
    ) -> Self {
        let at = move |event: &Event| {
            let event = event.unchecked_ref::<MouseEvent>();
            msg(event.offset_x(), event.offset_y())
        };
        self.hear(kind, on_msg, Box::new(at))
    }

    /// Sends a message with each change of what is typed.
    pub fn on_input(self, on_msg: &Callback<Msg>, msg: impl Fn(String) -> Msg + 'static) -> Self {
        self.on(ListenerKind::oninput, on_msg, Box::new(move |input| msg(input.value())))
    }

    /// Sends a message with what was chosen. Lists have their value where fields have it.
    pub fn on_choice(self, on_msg: &Callback<Msg>, msg: impl Fn(String) -> Msg + 'static) -> Self {
        self.on(ListenerKind::onchange, on_msg, Box::new(move |input| msg(input.value())))
    }

    /// The same, and then shows nothing as chosen, so that the same can be chosen again.
    pub fn on_pick(self, on_msg: &Callback<Msg>, msg: fn(String) -> Msg) -> Self {
        let picked = move |list: HtmlInputElement| {
            let value = list.value();
            list.set_value("");
            msg(value)
        };
        self.on(ListenerKind::onchange, on_msg, Box::new(picked))
    }

    /// Sends a message when it is ticked, or no longer.
    pub fn on_tick(self, on_msg: &Callback<Msg>, msg: fn(bool) -> Msg) -> Self {
        self.on(ListenerKind::onchange, on_msg, Box::new(move |input| msg(input.checked())))
    }

    /// Tells which pod is pointed at, or has the focus: one listener hears of all pods inside, which have
    /// their numbers as `data-pod`.
    pub fn on_pods(self, on_msg: &Callback<Msg>) -> Self {
        let pod = |event: &Event| {
            let target = event.target()?.dyn_into::<Element>().ok()?;
            target.closest("[data-pod]").ok()??.get_attribute("data-pod")?.parse().ok()
        };
        let heard = move |event: &Event| Msg::HoverPod(pod(event));
        self.hear(ListenerKind::onpointerover, on_msg, Box::new(heard)).hear(
            ListenerKind::onfocusin,
            on_msg,
            Box::new(heard),
        )
    }

    fn on(
        self,
        kind: ListenerKind,
        on_msg: &Callback<Msg>,
        msg: Box<dyn Fn(HtmlInputElement) -> Msg>,
    ) -> Self {
        let heard = move |event: &Event| {
            let target = event.target().expect("what is heard was heard by an element");
            msg(target.unchecked_into())
        };
        self.hear(kind, on_msg, Box::new(heard))
    }

    fn hear(self, kind: ListenerKind, on_msg: &Callback<Msg>, msg: Box<dyn Fn(&Event) -> Msg>) -> Self {
        self.listen(kind, on_msg, Box::new(move |event| Some(msg(event))))
    }

    fn listen(mut self, kind: ListenerKind, on_msg: &Callback<Msg>, msg: Heard) -> Self {
        self.0.add_listener(Rc::new(Hear { kind, on_msg: on_msg.clone(), msg }));
        self
    }
}

impl From<El> for Html {
    fn from(element: El) -> Self {
        (*element.0).into()
    }
}

type Heard = Box<dyn Fn(&Event) -> Option<Msg>>;

/// One kind of listener for all events: it makes a message of what was heard.
struct Hear {
    kind: ListenerKind,
    on_msg: Callback<Msg>,
    msg: Heard,
}

impl Listener for Hear {
    fn kind(&self) -> ListenerKind {
        self.kind.clone()
    }

    fn handle(&self, event: Event) {
        if let Some(msg) = (self.msg)(&event) {
            self.on_msg.emit(msg);
        }
    }

    fn passive(&self) -> bool {
        false
    }
}
