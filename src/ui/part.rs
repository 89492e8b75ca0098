//! A part of the page that is made again only when its model is another one.

use std::rc::Rc;

use super::{El, Node};
use crate::markup::Part;
use crate::view::shared::Shared;

/// The part of the page that `draw` makes of a model. Parts of one kind are made alike.
pub fn part<T: 'static>(kind: &'static str, model: &Shared<T>, draw: impl Fn(&T) -> El + 'static) -> Node {
    let model = model.clone();
    // The part keeps its model alive, so no other can be at its place.
    let identity = model.identity();
    Part { kind, identity, draw: Rc::new(move || draw(&model)) }.into()
}
