//! A part of the page that is drawn again only when its model is another one.
//!
//! One component for all parts: each component type of its own would be some ten kilobytes of the
//! page, since the framework makes its machinery anew for every one.

use std::rc::Rc;

use yew::{Component, Context, Html, Properties, html};

use crate::view::shared::Shared;

/// A part, and how to draw it.
#[derive(Properties)]
pub struct Props {
    /// Tells models apart. The model lives as long as these props, since `draw` holds it, so no
    /// other can be at its place.
    identity: usize,
    draw: Rc<dyn Fn() -> Html>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.identity == other.identity
    }
}

/// A part of the page.
pub struct Part;

impl Component for Part {
    type Message = ();
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        (ctx.props().draw)()
    }
}

/// The part of the page that `draw` makes of a model.
pub fn part<T: 'static>(model: &Shared<T>, draw: impl Fn(&T) -> Html + 'static) -> Html {
    let model = model.clone();
    let identity = model.identity();
    let draw: Rc<dyn Fn() -> Html> = Rc::new(move || draw(&model));
    html! { <Part {identity} {draw} /> }
}
