//! Parts of the screen that need not be looked at twice.

use std::ops::Deref;
use std::rc::Rc;

/// A part of the screen, compared by identity: the same part is not drawn again.
#[derive(Debug)]
pub struct Shared<T>(Rc<T>);

impl<T> Shared<T> {
    /// A new part.
    pub fn new(part: T) -> Self {
        Self(Rc::new(part))
    }

    /// A number that no other living part has.
    pub fn identity(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
