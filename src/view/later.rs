//! What is on screen only once the rest of the program is there ([`crate::session::later`]).

use crate::session::Session;
use crate::session::later::Rest;

use super::around::{self, Around};
use super::panels::{self, Panels};
use super::raster::Field;
use super::settings::{self, Settings};
use super::shared::Shared;
use super::weave::Fabric;
use super::{Frame, same_or_new};

/// [`around::around`].
#[inline(never)]
pub fn around(session: &Session, last: Option<&Around>, _: Rest) -> Around {
    around::around(session, last)
}

/// [`settings::settings`], or the last ones if they are the same.
#[inline(never)]
pub fn settings(session: &Session, last: Option<&Shared<Settings>>, _: Rest) -> Shared<Settings> {
    same_or_new(settings::settings(session), last)
}

/// [`panels::panels`].
#[inline(never)]
pub fn panels(session: &Session, frame: &Frame, last: Option<&Panels>, _: Rest) -> Panels {
    panels::panels(session, frame, last)
}

/// Paints the moment on screen, and the run if it is another one.
#[inline(never)]
pub fn paint(field: &mut Field, fabric: &mut Fabric, session: &Session, scale: u32, _: Rest) {
    if !field.is_for(session) {
        field.make(session, scale);
        *fabric = Fabric::new(session, scale);
    }
    if field.wanted {
        field.show(session);
    }
}

/// [`Panels::point`].
#[inline(never)]
pub fn point(panels: &mut Panels, session: &Session) {
    panels.point(session);
}
