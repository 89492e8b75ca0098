//! The page where it is embedded in another one: what is shown of it, and what its host is told.

use super::effect::Effect;
use super::{Moment, Session};

/// What is shown of an embedded page.
#[derive(Clone, Debug, PartialEq)]
pub struct Embed {
    /// Indexed by [`Panel`].
    panels: [bool; PANELS.len()],
    /// Whether there are buttons to play and step with, if it stands at first.
    controls: bool,
    /// Whether it plays as soon as it is there.
    autoplay: bool,
    /// What the host was told last: the moment, and whether time runs.
    told: Option<(Moment, bool)>,
}

/// A part of the page that an embed shows or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The pods and the budget.
    Pods,
    /// The run over time.
    Chart,
    /// Why it is so.
    Why,
    /// What has happened.
    Events,
    /// What can be changed.
    Settings,
    /// The ReplicaSets and conditions in numbers.
    Numbers,
}

/// All panels, as a link names them.
const PANELS: [(&str, Panel); 6] = [
    ("pods", Panel::Pods),
    ("chart", Panel::Chart),
    ("why", Panel::Why),
    ("events", Panel::Events),
    ("settings", Panel::Settings),
    ("numbers", Panel::Numbers),
];

impl Default for Embed {
    fn default() -> Self {
        let panels = [true, true, true, false, false, false];
        Self { panels, controls: true, autoplay: false, told: None }
    }
}

impl Embed {
    /// Whether a panel is shown.
    pub fn shows(&self, panel: Panel) -> bool {
        self.panels[panel as usize]
    }

    /// Whether there are buttons to play and step with. What plays by itself can be stopped (WCAG 2.2.2).
    pub fn has_controls(&self) -> bool {
        self.controls || self.autoplay
    }

    /// Does what an option says, if it can be read.
    pub(super) fn open_option(&mut self, key: &str, value: &str) -> Option<()> {
        match (key, value) {
            ("view", _) => {
                let mut panels = [false; PANELS.len()];
                for name in value.split(',') {
                    let (_, panel) = PANELS.into_iter().find(|(known, _)| *known == name)?;
                    panels[panel as usize] = true;
                }
                self.panels = panels;
            }
            ("controls", "full") => self.controls = true,
            ("controls", "none") => self.controls = false,
            ("autoplay", "0" | "1") => self.autoplay = value == "1",
            _ => return None,
        }
        Some(())
    }
}

impl Session {
    /// Where a link asks for it, time runs from the moment that it opens, unless the reader wants less motion.
    pub(super) fn begin_to_play(&mut self) {
        if self.embed.as_ref().is_some_and(|embed| embed.autoplay) && !self.reduced_motion {
            self.play_on();
        }
    }

    /// What the host has to be told, if anything has changed.
    pub(super) fn tell_host(&mut self) -> Option<Effect> {
        let (moment, playing) = (self.moment(), self.is_playing());
        let told = self.embed.as_mut()?.told.replace((moment, playing));
        let (_, step, time) = moment;
        let steps = self.timeline.steps();
        (told != Some((moment, playing))).then(|| Effect::TellHost {
            step,
            steps,
            time,
            playing,
            link: self.link(),
        })
    }
}
