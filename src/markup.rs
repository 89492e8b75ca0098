//! Elements as plain data: what is to be on a page, without a browser.
//!
//! What is loaded when it is needed has no room for a framework: `web::print` puts these elements on the
//! page. `web::app` has Yew do it.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

/// Text that is often known when it is compiled.
pub type Words = Cow<'static, str>;

/// An element that is being put together. It is handed on at each step of that, so it is no larger than
/// where it lies.
#[derive(Clone)]
pub struct El<M>(pub Box<Element<M>>);

/// An element, and what is sent when something is done to it.
#[derive(Clone)]
pub struct Element<M> {
    /// Its name.
    pub tag: &'static str,
    /// What tells it apart from its siblings, if anything does.
    pub key: Option<Key>,
    /// Its attributes.
    pub attrs: Vec<(&'static str, Words)>,
    /// What about it is true or false.
    pub props: Vec<(&'static str, bool)>,
    /// What is typed in it.
    pub value: Option<String>,
    /// What it listens to.
    pub hears: Vec<Hear<M>>,
    /// What is in it.
    pub children: Vec<Node<M>>,
}

/// An element, text, or a part.
#[derive(Clone)]
pub enum Node<M> {
    /// Text.
    Text(Words),
    /// An element.
    El(El<M>),
    /// A part.
    Part(Part<M>),
}

/// An element that is made again only when what it is made of is another thing.
#[derive(Clone)]
pub struct Part<M> {
    /// What it is a part of the page for; parts of one kind are made alike.
    pub kind: &'static str,
    /// What it is made of, which is nothing else that is alive, and how much of that it shows.
    pub identity: (usize, u8),
    /// Makes the element, and keeps alive what it is made of.
    pub draw: Rc<dyn Fn() -> El<M>>,
}

/// What tells an element apart from its siblings: a number, or that of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(pub u64);

/// What an element listens to, and what it sends.
#[derive(Clone)]
pub enum Hear<M> {
    /// It is pressed.
    Click(M),
    /// What is typed in it changes.
    Input(Rc<dyn Fn(String) -> M>),
    /// Something is chosen in it.
    Choice(Rc<dyn Fn(String) -> M>),
    /// It is ticked, or no longer.
    Tick(fn(bool) -> M),
    /// Something happens at a place of it, in pixels from its corner.
    Place(&'static str, Rc<dyn Fn(i32, i32) -> M>),
    /// By this event a pod inside is pointed at, or gets the focus; pods have their numbers as `data-pod`.
    Pod(&'static str, fn(Option<u32>) -> M),
    /// A file is chosen in it: its name and its text.
    File(fn(String, String) -> M),
    /// A file is held over it, which may be dropped there.
    Over,
    /// A file is dropped on it: its name and its text.
    Drop(fn(String, String) -> M),
    /// A key is pressed in it; with Ctrl, but not where that would copy what is selected. A key that sends
    /// something does nothing else.
    Key(fn(&str, bool) -> Option<M>),
}

impl<M> Hear<M> {
    /// The browser's event.
    pub fn event(&self) -> &'static str {
        match self {
            Self::Click(_) => "click",
            Self::Input(_) => "input",
            Self::Choice(_) | Self::Tick(_) | Self::File(_) => "change",
            Self::Place(event, _) | Self::Pod(event, _) => event,
            Self::Over => "dragover",
            Self::Drop(_) => "drop",
            Self::Key(_) => "keydown",
        }
    }
}

/// An element without attributes and children.
pub fn el<M>(tag: &'static str) -> El<M> {
    let (attrs, props, hears, children) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    El(Box::new(Element { tag, key: None, attrs, props, value: None, hears, children }))
}

/// An element with a class.
pub fn classed<M>(tag: &'static str, class: impl Into<Words>) -> El<M> {
    el(tag).attr("class", class)
}

impl<M> El<M> {
    /// Sets an attribute.
    pub fn attr(mut self, name: &'static str, value: impl Into<Words>) -> Self {
        self.set(name, value.into());
        self
    }

    /// Sets what is true or false.
    pub fn prop(mut self, name: &'static str, value: bool) -> Self {
        self.0.props.push((name, value));
        self
    }

    /// Whether it is ticked.
    pub fn checked(self, checked: bool) -> Self {
        self.prop("checked", checked)
    }

    /// Tells it apart from its siblings.
    pub fn key(mut self, key: impl Into<Key>) -> Self {
        self.0.key = Some(key.into());
        self
    }

    /// What is typed in it.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.0.value = Some(value.into());
        self
    }

    /// Listens to something.
    pub fn on(mut self, hear: Hear<M>) -> Self {
        self.0.hears.push(hear);
        self
    }

    /// Sends a message when it is pressed.
    pub fn on_click(self, msg: M) -> Self {
        self.on(Hear::Click(msg))
    }

    /// Sends a message with each change of what is typed.
    pub fn on_input(self, msg: impl Fn(String) -> M + 'static) -> Self {
        self.on(Hear::Input(Rc::new(msg)))
    }

    /// Sends a message with what was chosen.
    pub fn on_choice(self, msg: impl Fn(String) -> M + 'static) -> Self {
        self.on(Hear::Choice(Rc::new(msg)))
    }

    /// Sends a message when something happens at a place of it.
    pub fn on_place(self, event: &'static str, msg: impl Fn(i32, i32) -> M + 'static) -> Self {
        self.on(Hear::Place(event, Rc::new(msg)))
    }

    /// Adds text.
    pub fn text(mut self, words: impl Into<Words>) -> Self {
        self.add(Node::Text(words.into()));
        self
    }

    /// Adds a child.
    pub fn child(mut self, child: impl Into<Node<M>>) -> Self {
        self.add(child.into());
        self
    }

    /// Adds children.
    pub fn children(mut self, children: impl IntoIterator<Item = impl Into<Node<M>>>) -> Self {
        children.into_iter().for_each(|child| self.add(child.into()));
        self
    }

    // The two that everything ends in are not unfolded where they are called: the page is weighed in bytes.

    #[inline(never)]
    fn set(&mut self, name: &'static str, value: Words) {
        self.0.attrs.push((name, value));
    }

    #[inline(never)]
    fn add(&mut self, child: Node<M>) {
        self.0.children.push(child);
    }
}

impl<M> Deref for El<M> {
    type Target = Element<M>;

    fn deref(&self) -> &Element<M> {
        &self.0
    }
}

impl<M> DerefMut for El<M> {
    fn deref_mut(&mut self) -> &mut Element<M> {
        &mut self.0
    }
}

impl<M> From<El<M>> for Node<M> {
    fn from(el: El<M>) -> Self {
        Self::El(el)
    }
}

impl<M> From<Part<M>> for Node<M> {
    fn from(part: Part<M>) -> Self {
        Self::Part(part)
    }
}

/// What is there, or a text without words in its place, so that its siblings keep theirs.
impl<M> From<Option<El<M>>> for Node<M> {
    fn from(el: Option<El<M>>) -> Self {
        el.map_or(Self::Text(Words::Borrowed("")), Self::El)
    }
}

impl From<u32> for Key {
    fn from(number: u32) -> Self {
        Self(number.into())
    }
}

impl From<String> for Key {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

/// By FNV-1a: among a few hundred siblings no two texts have the same number.
impl From<&str> for Key {
    fn from(text: &str) -> Self {
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(text.bytes().fold(0xcbf2_9ce4_8422_2325, mix))
    }
}
