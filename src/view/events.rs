//! What has happened so far, in the words of `kubectl get events` and of a terminal.

use crate::i18n::Text;
use crate::kubectl::print;
use crate::session::Session;
use crate::sim::out::{Event, Fact};
use crate::timeline::SHOWN;

use super::names::hue;

/// The list of events.
#[derive(Clone, Debug, PartialEq)]
pub struct Events {
    /// Oldest first; as many as have room.
    pub rows: Vec<EventRow>,
    /// Whether pods' events are among them.
    pub all: bool,
    /// The words beside the switch.
    pub all_label: String,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// Tells lines apart.
    pub key: String,
    /// The step it belongs to.
    pub step: usize,
    /// When.
    pub at: String,
    /// The colour of the revision it is about; 0 for none.
    pub hue: u32,
    /// What it is.
    pub kind: RowKind,
    /// Whether it belongs to the explained step.
    pub current: bool,
}

/// What a line shows.
#[derive(Clone, Debug, PartialEq)]
pub enum RowKind {
    /// An event: its reason, how many alike there are, the message of the first.
    Event(&'static str, usize, String),
    /// A command line and what it was answered.
    Command(String, Option<String>),
}

/// Older lines than these are left out.
const MOST_ROWS: usize = 200;

/// The events up to the step on screen.
pub fn events(session: &Session) -> Events {
    let explained = session.explained_step();
    let now = session.timeline.step_number();
    let mut rows: Vec<_> = (1..=now)
        .flat_map(|step| rows_of(session, step))
        .map(|row| EventRow { current: row.step == explained, ..row })
        .collect();
    rows.drain(..rows.len().saturating_sub(MOST_ROWS));
    Events { rows, all: session.all_events, all_label: session.lang.say(Text::AllEvents) }
}

fn rows_of(session: &Session, step: usize) -> Vec<EventRow> {
    let cluster = session.timeline.last_cluster();
    let record = session.timeline.step_at(step);
    let mut rows: Vec<EventRow> = Vec::new();
    let row = |index: usize, hue, kind| EventRow {
        key: format!("{step}-{index}"),
        step,
        at: record.at.to_string(),
        hue,
        kind,
        current: false,
    };
    for (index, fact) in record.facts.iter().enumerate() {
        match fact {
            Fact::Event(event) => {
                let of_deployment = matches!(event, Event::ScalingReplicaSet { .. });
                if !of_deployment && !session.all_events {
                    continue;
                }
                // Pods in the same step are alike but for their names.
                if let Some(EventRow { kind: RowKind::Event(reason, count, _), .. }) = rows.last_mut()
                    && !of_deployment
                    && *reason == event.reason()
                {
                    *count += 1;
                    continue;
                }
                let kind = RowKind::Event(event.reason(), 1, event.message(cluster));
                rows.push(row(index, hue(event.replica_set(cluster)), kind));
            }
            Fact::Answered(command, answer) => {
                let name = &cluster.deployment(SHOWN).name;
                let line = print::command_line(command, cluster);
                rows.push(row(index, 0, RowKind::Command(line, print::answer(answer, name))));
            }
            Fact::Refused(command, rejected) => {
                let line = print::command_line(command, cluster);
                rows.push(row(index, 0, RowKind::Command(line, Some(print::refusal(rejected)))));
            }
            _ => {}
        }
    }
    rows
}
