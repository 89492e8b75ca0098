//! The buttons that move through time, and where one is.

use crate::i18n::Text;
use crate::session::Session;
use crate::session::playback::SPEEDS;

/// The buttons and the clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Transport {
    /// Whether time runs.
    pub playing: bool,
    /// What the large button does.
    pub toggle: String,
    /// What the others do: previous decision, step back, step forward, next decision.
    pub previous_mark: String,
    /// One step back.
    pub step_back: String,
    /// One step on.
    pub step_forward: String,
    /// The next decision.
    pub next_mark: String,
    /// The batch before, and the next one.
    pub batches: (String, String),
    /// The words for the switch that lets waits pass quickly, and whether it is on.
    pub skip_waits: (String, bool),
    /// The time.
    pub clock: String,
    /// Step so many of so many.
    pub step: String,
    /// The words for the choice of speeds.
    pub speed_label: String,
    /// The speeds.
    pub speeds: Vec<String>,
    /// The place of the present one.
    pub speed: usize,
    /// Whether there is anything before, and after.
    pub ends: (bool, bool),
}

/// The buttons at the moment on screen.
pub fn transport(session: &Session) -> Transport {
    let lang = session.lang;
    let (step, steps) = (session.timeline.step_number(), session.timeline.steps());
    let (first, _) = session.bounds();
    let at_end = session.is_at_end();
    let toggle = match (session.is_playing(), at_end) {
        (true, _) => Text::Pause,
        (false, true) => Text::Replay,
        (false, false) => Text::Play,
    };
    Transport {
        playing: session.is_playing(),
        toggle: lang.say(toggle),
        previous_mark: lang.say(Text::PreviousDecision),
        step_back: lang.say(Text::StepBack),
        step_forward: lang.say(Text::StepForward),
        next_mark: lang.say(Text::NextDecision),
        batches: (lang.say(Text::PreviousBatch), lang.say(Text::NextBatch)),
        skip_waits: (lang.say(Text::SkipWaits), session.skip_waits),
        clock: clock(session.timeline.time().millis()),
        step: lang.say(Text::StepOf { step, steps }),
        speed_label: lang.say(Text::Speed),
        speeds: SPEEDS.iter().map(|quarters| speed(*quarters)).collect(),
        speed: session.speed,
        ends: (step == first, at_end),
    }
}

/// Seconds and tenths: `23.4 s`; from a minute on `1:23`.
pub fn clock(millis: u64) -> String {
    let (secs, tenths) = (millis / 1000, millis % 1000 / 100);
    match secs / 60 {
        0 => format!("{secs}.{tenths} s"),
        mins => format!("{mins}:{:02}", secs % 60),
    }
}

fn speed(quarters: u64) -> String {
    match quarters {
        1 => "¼×".to_owned(),
        2 => "½×".to_owned(),
        _ => format!("{}×", quarters / 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_shows_tenths_as_long_as_they_matter() {
        for (millis, expect) in [(0, "0.0 s"), (23_456, "23.4 s"), (83_000, "1:23"), (600_000, "10:00")] {
            assert_eq!(clock(millis), expect);
        }
    }
}
