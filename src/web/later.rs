//! What is asked of the browser only once the rest of the program is there ([`crate::session::later`]): before that the
//! page asks for nothing.

use std::cell::Cell;

use crate::session::effect::Effect;

use super::address::Address;
use super::desk::Desk;
use super::effects::{self, Sender};

/// [`effects::carry_out`].
#[inline(never)]
pub fn carry_out(effect: Effect, sender: &Sender, desk: &Desk, address: &Address) {
    effects::carry_out(effect, sender, desk, address);
}

/// [`effects::carry_out_embedded`].
#[inline(never)]
pub fn carry_out_embedded(effect: Effect, sender: &Sender, is_connected: &Cell<bool>) {
    effects::carry_out_embedded(effect, sender, is_connected);
}
