//! What has happened so far, in the words of `kubectl get events` and of a terminal.

use crate::i18n::around::Text;
use crate::kubectl::print;
use crate::session::Session;
use crate::sim::out::{Event, Fact};
use crate::timeline::SHOWN;
use crate::timeline::landmarks::Kind;

use super::names::hue;
use super::shared::Shared;

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
    /// The pods it is about, or the first of very many.
    pub pods: Vec<u32>,
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
/// While time runs nobody reads so far back.
const MOST_PLAYING: usize = 30;

/// More pods than these are not told apart in one line.
const MOST_PODS: usize = 500;

/// The list of events, and the pod whose lines stand out in it.
#[derive(Clone, Debug, PartialEq)]
pub struct EventList {
    /// The events.
    pub events: Shared<Events>,
    /// The pod that is pointed at, if it is in one of them.
    pub lit: Option<u32>,
}

impl EventList {
    /// Events in which a pod stands out, if it is there.
    pub fn new(events: &Shared<Events>, pod: Option<u32>) -> Self {
        let there = |pod: &u32| events.rows.iter().any(|row| row.pods.contains(pod));
        Self { events: events.clone(), lit: pod.filter(there) }
    }
}

/// The last events up to the step on screen; no step before the first of them is looked at. The marked
/// steps are those with events of the Deployment, or with commands.
pub fn events(session: &Session) -> Events {
    let (timeline, explained) = (&session.timeline, session.explained_step());
    let now = timeline.step_number();
    let most = if session.is_playing() { MOST_PLAYING } else { MOST_ROWS };
    let mut rows: Vec<EventRow> = Vec::new();
    let mark = |step: usize| timeline.landmarks().last(&[Kind::Command, Kind::Decision], step);
    let mut marks = std::iter::successors(mark(now), |step| mark(step - 1));
    let mut every = (1..=now).rev();
    while let Some(step) = if session.all_events { every.next() } else { marks.next() } {
        let own = rows_of(session, step).into_iter().rev();
        rows.extend(own.map(|row| EventRow { current: step == explained, ..row }));
        if most <= rows.len() {
            break;
        }
    }
    rows.truncate(most);
    rows.reverse();
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
        pods: Vec::new(),
    };
    for (index, fact) in record.facts.iter().enumerate() {
        match fact {
            Fact::Event(event) => {
                let of_deployment = matches!(event, Event::ScalingReplicaSet { .. });
                if !of_deployment && !session.all_events {
                    continue;
                }
                // Pods in the same step are alike but for their names.
                if let Some(EventRow { kind: RowKind::Event(reason, count, _), pods, .. }) = rows.last_mut()
                    && !of_deployment
                    && *reason == event.reason()
                {
                    *count += 1;
                    pods.extend(pod_of(event).filter(|_| pods.len() < MOST_PODS));
                    continue;
                }
                let kind = RowKind::Event(event.reason(), 1, event.message(cluster));
                let pods = pod_of(event).into_iter().collect();
                rows.push(EventRow { pods, ..row(index, hue(event.replica_set(cluster)), kind) });
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

/// The pod that an event is about.
fn pod_of(event: &Event) -> Option<u32> {
    match *event {
        Event::ScalingReplicaSet { .. } | Event::FailedCreate(..) => None,
        Event::SuccessfulCreate(pod)
        | Event::SuccessfulDelete { pod, .. }
        | Event::Scheduled(pod)
        | Event::FailedScheduling(pod, _)
        | Event::Started(pod)
        | Event::Unhealthy(pod)
        | Event::BackOff(pod)
        | Event::PullFailed(pod)
        | Event::PullBackOff(pod) => Some(pod.0),
    }
}
