//! A part of the page that is made again only when its model is another one.

use std::rc::Rc;

use super::screen::Extent;
use super::{El, Node};
use crate::markup::Part;
use crate::view::shared::Shared;

/// The part of the page that `draw` makes of a model. Parts of one kind are made alike.
pub fn part<T: 'static>(kind: &'static str, model: &Shared<T>, draw: impl Fn(&T) -> El + 'static) -> Node {
    growing(kind, model, Extent::Whole, move |model, _| draw(model))
}

/// The same for what is there before all of it is: `draw` is told how much.
pub fn growing<T: 'static>(
    kind: &'static str,
    model: &Shared<T>,
    extent: Extent,
    draw: impl Fn(&T, Extent) -> El + 'static,
) -> Node {
    let model = model.clone();
    // The part keeps its model alive, so no other can be at its place.
    let identity = (model.identity(), extent as u8);
    Part { kind, identity, draw: Rc::new(move || draw(&model, extent)) }.into()
}
