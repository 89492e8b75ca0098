//! Elements as plain data: what is to be on a page, without a browser.
//!
//! The page itself is drawn by Yew. What is loaded when it is first used has no room for a framework: it
//! makes elements of this kind, and `web::print` puts them on the page.

/// An element that is being put together, and what is sent when something is done to it.
#[derive(Clone, Debug)]
pub struct El<M> {
    /// Its name.
    pub tag: &'static str,
    /// What tells it apart from its siblings, if anything does.
    pub key: Option<u32>,
    /// Its attributes.
    pub attrs: Vec<(&'static str, String)>,
    /// What is typed in it.
    pub value: Option<String>,
    /// What it listens to.
    pub hears: Vec<Hear<M>>,
    /// What is in it.
    pub children: Vec<Node<M>>,
}

/// An element or text.
#[derive(Clone, Debug)]
pub enum Node<M> {
    /// Text.
    Text(String),
    /// An element.
    El(El<M>),
}

/// What an element listens to, and what it sends.
#[derive(Clone, Debug)]
pub enum Hear<M> {
    /// It is pressed.
    Click(M),
    /// What is typed in it changes.
    Input(fn(String) -> M),
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
            Self::File(_) => "change",
            Self::Over => "dragover",
            Self::Drop(_) => "drop",
            Self::Key(_) => "keydown",
        }
    }
}

/// An element without attributes and children.
pub fn el<M>(tag: &'static str) -> El<M> {
    El { tag, key: None, attrs: Vec::new(), value: None, hears: Vec::new(), children: Vec::new() }
}

/// An element with a class.
pub fn classed<M>(tag: &'static str, class: &str) -> El<M> {
    el(tag).attr("class", class)
}

impl<M> El<M> {
    /// Sets an attribute.
    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attrs.push((name, value.into()));
        self
    }

    /// Tells it apart from its siblings.
    pub fn key(mut self, key: u32) -> Self {
        self.key = Some(key);
        self
    }

    /// What is typed in it.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Listens to something.
    pub fn on(mut self, hear: Hear<M>) -> Self {
        self.hears.push(hear);
        self
    }

    /// Adds text.
    pub fn text(mut self, words: impl Into<String>) -> Self {
        self.children.push(Node::Text(words.into()));
        self
    }

    /// Adds a child.
    pub fn child(mut self, child: El<M>) -> Self {
        self.children.push(Node::El(child));
        self
    }

    /// Adds children.
    pub fn children(mut self, children: impl IntoIterator<Item = El<M>>) -> Self {
        self.children.extend(children.into_iter().map(Node::El));
        self
    }
}
