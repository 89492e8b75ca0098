//! What can be done only once the whole program is there.
//!
//! The page starts with a part of its program: as much as it takes to show the picture and to move through time. What
//! only functions in modules of the name `later` reach, `scripts/split.mjs` puts into a second file, which is loaded
//! after the first picture. So each of these functions stands for itself in the program, and asks for a [`Rest`].

use super::Session;
use super::effect::Effect;
use super::msg::Msg;

/// The rest of the program has come.
#[derive(Clone, Copy, Debug)]
pub struct Rest(());

impl Rest {
    /// Said by who has loaded it; natively it is always there.
    pub fn has_come() -> Self {
        Self(())
    }
}

/// [`Session::update`].
#[inline(never)]
pub fn update(session: &mut Session, msg: Msg, _: Rest) -> Option<Effect> {
    session.update(msg)
}

/// [`Session::tell`].
#[inline(never)]
pub fn tell(session: &mut Session, _: Rest) -> Vec<Effect> {
    session.tell()
}
