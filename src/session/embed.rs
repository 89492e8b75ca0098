//! The page where it is embedded in another one: what is shown of it, and what its host is told.

use crate::timeline::landmarks::MARKS;

use super::bounds::Play;
use super::effect::Effect;
use super::{Moment, Session};

/// What is shown of an embedded page.
#[derive(Clone, Debug, PartialEq)]
pub struct Embed {
    /// Indexed by [`Panel`].
    panels: [bool; PANELS.len()],
    /// Whether the settings are shown, whatever the panels are.
    edit: Option<bool>,
    /// Whether there are buttons to play and step with, if it stands at first.
    controls: bool,
    /// Whether it plays as soon as it is there.
    autoplay: bool,
    /// How it plays, and what of the run.
    pub(super) play: Play,
    /// What the host was told last: the moment, whether time runs, and the link.
    told: Option<(Moment, bool, String)>,
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
        Self { panels, edit: None, controls: true, autoplay: false, play: Play::default(), told: None }
    }
}

impl Embed {
    /// Whether a panel is shown.
    pub fn shows(&self, panel: Panel) -> bool {
        let edit = self.edit.filter(|_| panel == Panel::Settings);
        edit.unwrap_or(self.panels[panel as usize])
    }

    /// Whether there are buttons to play and step with. What plays by itself can be stopped (WCAG 2.2.2).
    pub fn has_controls(&self) -> bool {
        self.controls || self.autoplay || 0 < self.play.again
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
            ("edit", "0" | "1") => self.edit = Some(value == "1"),
            ("controls", "auto" | "full") => self.controls = true,
            ("controls", "none") => self.controls = false,
            ("autoplay", "0" | "1") => self.autoplay = value == "1",
            _ => self.play.open_option(key, value)?,
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
        self.embed.as_ref()?;
        let now = (self.moment(), self.is_playing(), self.link());
        let told = self.embed.as_mut()?.told.replace(now.clone());
        if told.as_ref() == Some(&now) {
            return None;
        }
        let ((_, step, time), playing, link) = now;
        let (steps, bounds) = (self.timeline.steps(), self.bounds());
        let marker = self.marker_since(told.map(|(moment, ..)| moment));
        Some(Effect::TellHost { step, steps, bounds, time, playing, marker, link })
    }

    /// The last command or decision that has come on screen, or has been passed, since the host was told.
    fn marker_since(&self, told: Option<Moment>) -> Option<usize> {
        let (run, step, _) = self.moment();
        let marker = self.timeline.landmarks().last(&MARKS, step)?;
        let before = told.filter(|(told, ..)| *told == run).map(|(_, step, _)| step);
        let is_passed = before.is_some_and(|before| before < marker);
        (is_passed || marker == step && before != Some(step)).then_some(marker)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_are_shown_where_one_may_edit_in_whatever_order_it_is_said() {
        for options in [[("edit", "1"), ("view", "chart")], [("view", "chart"), ("edit", "1")]] {
            let mut embed = Embed::default();
            assert!(!embed.shows(Panel::Settings));
            assert!(options.iter().all(|(key, value)| embed.open_option(key, value).is_some()));
            assert!(embed.shows(Panel::Settings) && embed.shows(Panel::Chart) && !embed.shows(Panel::Why));
        }
        assert_eq!(Embed::default().open_option("edit", "yes"), None);
    }
}
