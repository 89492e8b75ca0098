//! What is drawn only once the rest of the program is there ([`crate::session::later`]): all that is made of what comes
//! from there, which is proof enough.

use super::screen::Extent;
use super::{El, Node};
use crate::i18n::Lang;
use crate::session::Session;
use crate::view::Frame;
use crate::view::around::Around;
use crate::view::chart::Table;
use crate::view::events::EventList;
use crate::view::inspector::Inspector;
use crate::view::panels::Panels;
use crate::view::raster::Field;
use crate::view::settings::Settings;
use crate::view::stall::Stall;
use crate::view::stories::Stories;
use crate::view::why::Why;

/// Declares functions that stand for themselves in the program.
macro_rules! later {
    ($($name:ident = $of:path, ($($value:ident: $type:ty),*) -> $result:ty;)*) => {
        $(
            #[doc = concat!("[`", stringify!($of), "`].")]
            #[inline(never)]
            pub fn $name($($value: $type),*) -> $result {
                $of($($value),*)
            }
        )*
    };
}

later! {
    problems = super::problems::problems, (around: &Around, lang: Lang) -> El;
    footer = super::page::footer, (around: &Around, frame: &Frame, extent: Extent) -> El;
    whole_page = super::embed::whole_page, (around: &Around, lang: Lang) -> El;
    stories = super::stories::stories, (model: &Stories, label: &str) -> El;
    desk = super::desk::desk, (around: &Around, lang: Lang) -> El;
    field = super::raster::field, (field: &Field, session: &Session) -> Vec<Node>;
    inspector = super::inspector::inspector, (model: &Inspector, lang: Lang) -> El;
    table = super::chart::table, (model: &Option<Table>) -> El;
    settings = super::settings::settings, (model: &Settings, title: &str, extent: Extent) -> El;
    numbers = super::stage::numbers, (panels: &Panels, lang: Lang) -> El;
    why = super::why::why, (model: &Why, title: &str) -> El;
    stall = super::stall::stall, (model: &Stall) -> El;
    events = super::events::events, (list: &EventList, title: &str) -> El;
}
