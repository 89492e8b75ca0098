//! What an incomplete rollout waits for: every guard with its value, those that bind, and what would get
//! it going.

pub mod guards;
pub mod trials;

use std::rc::Rc;

use crate::i18n::Lang;
use crate::i18n::around::Text;
use crate::session::Session;
use crate::sim::command::{Change, Command};
use crate::sim::time::SimTime;
use crate::timeline::SHOWN;

use super::names::short_image;
use super::rich::{Span, plain, spans};
use super::settings::{Action, action};
use guards::{Guard, guards};
use trials::{Edit, Outcome, Trials, trials};

/// What holds up a rollout.
#[derive(Clone, Debug, PartialEq)]
pub struct Stall {
    /// The words above it.
    pub title: String,
    /// The names of the guards that bind, for who does not open it.
    pub summary: String,
    /// Whether it is open.
    pub open: bool,
    /// Every guard, those that bind first.
    pub guards: Vec<Row>,
    /// The word beside a guard that binds.
    pub binds: String,
    /// The words above the edits.
    pub edits_title: String,
    /// What can be done about it, and what would follow.
    pub edits: Vec<EditRow>,
    /// How to ask for the edits, where trying them out takes a while.
    pub ask: Option<String>,
}

/// A guard.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name in Kubernetes.
    pub name: &'static str,
    /// Its value.
    pub value: Vec<Span>,
    /// Whether it binds.
    pub binds: bool,
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct EditRow {
    /// What it is called.
    pub label: String,
    /// What does it, with the same name; a setting has no command line. `None` for doing nothing.
    pub action: Option<Action>,
    /// What would follow.
    pub outcome: String,
    /// Whether that completes the rollout.
    pub completes: bool,
}

/// Runs with more pods than these are tried out only when asked.
const ASKED_ABOVE: usize = 500;
/// The pods of runs with more than these are looked at only where that is wanted.
const STILL_ABOVE: usize = 5_000;

/// What holds up the rollout at the moment on screen, and the edits that were tried out for it.
pub fn stall(session: &Session, last: Option<&Rc<Trials>>) -> Option<(Stall, Option<Rc<Trials>>)> {
    let playing = session.is_playing();
    let quick = session.timeline.pods_ever() <= STILL_ABOVE;
    let all = guards(&session.timeline, quick || !playing && session.stall_is_open == Some(true))?;
    let stuck = is_stuck(&all);
    let open = session.stall_is_open.unwrap_or(stuck && !playing);
    let at = session.moment();
    let may_try = session.timeline.pods_ever() <= ASKED_ABOVE || session.asked_at == Some(at);
    let tried = (open && !playing && may_try).then(|| match last.filter(|last| last.at == at) {
        Some(last) => Rc::clone(last),
        None => Rc::new(trials(session, &all)),
    });
    let lang = session.lang;
    let binding = all.iter().filter(|(_, binds)| *binds).map(|(guard, _)| name(guard));
    let model = Stall {
        title: lang.say(if stuck { Text::Stall } else { Text::Waits }),
        summary: binding.collect::<Vec<_>>().join(", "),
        open,
        guards: all.iter().map(|(guard, binds)| row(session, guard, *binds)).collect(),
        binds: lang.say(Text::Binds),
        edits_title: lang.say(Text::Edits),
        edits: tried.iter().flat_map(|tried| &tried.all).map(|tried| edit(session, tried)).collect(),
        ask: (open && !playing && !may_try).then(|| lang.say(Text::TryEdits)),
    };
    Some((model, tried))
}

/// Whether it will not go on by itself. What has no room has some when pods that are leaving have left.
fn is_stuck(all: &[(Guard, bool)]) -> bool {
    let leaving = all.iter().any(|(guard, _)| matches!(guard, Guard::Terminating(_)));
    all.iter().filter(|(_, binds)| *binds).any(|(guard, _)| match guard {
        Guard::Quota { used, limited, .. } => !leaving && limited <= used,
        Guard::Nodes { .. } => !leaving,
        _ => guard.is_stuck(),
    })
}

/// What Kubernetes calls it.
fn name(guard: &Guard) -> &'static str {
    match guard {
        Guard::Observed(..) => "observedGeneration",
        Guard::Paused(_) => "paused",
        Guard::Quota { .. } => "ResourceQuota",
        Guard::Nodes { .. } => "FailedScheduling",
        Guard::Image(_) => "ImagePullBackOff",
        Guard::Crash(_) => "CrashLoopBackOff",
        Guard::Flap(_) | Guard::NeverReady(_) | Guard::Starting(..) => "readinessProbe",
        Guard::MinReady { .. } => "minReadySeconds",
        Guard::OldPods(_) => "Recreate",
        Guard::Ceiling { .. } => "maxSurge",
        Guard::Floor { .. } | Guard::Available { .. } => "maxUnavailable",
        Guard::Deadline(_) | Guard::DeadlinePassed | Guard::DeadlineStands => "progressDeadlineSeconds",
        Guard::Terminating(_) => "deletionTimestamp",
    }
}

fn row(session: &Session, guard: &Guard, binds: bool) -> Row {
    let value = value(session.lang, guard, session.timeline.time());
    Row { name: name(guard), value: spans(&value), binds }
}

/// The value of a guard at a moment, in words.
fn value(lang: Lang, guard: &Guard, now: SimTime) -> String {
    let seconds = |at: SimTime| at.since(now).millis().div_ceil(1000);
    lang.say(match *guard {
        Guard::Observed(generation, observed) => Text::GuardObserved { generation, observed },
        Guard::Paused(true) => Text::GuardPaused,
        Guard::Paused(false) => return "false".to_owned(),
        Guard::Quota { used, limited, fails: true } if used < limited => {
            Text::GuardQuotaRoom { used, limited }
        }
        Guard::Quota { used, limited, .. } => Text::GuardQuota { used, limited },
        Guard::Nodes { count, full, cordoned } => Text::GuardNodes { count, full, cordoned },
        Guard::Image(count) => Text::GuardImage { count },
        Guard::Crash(count) => Text::GuardCrash { count },
        Guard::Flap(count) => Text::GuardFlap { count },
        Guard::NeverReady(count) => Text::GuardNeverReady { count },
        Guard::Starting(count, None) => Text::GuardStarting { count },
        Guard::Starting(count, Some(at)) => Text::GuardReadyIn { count, seconds: seconds(at) },
        Guard::MinReady { count, wait, at } => Text::GuardMinReady { count, wait, seconds: seconds(at) },
        Guard::OldPods(pods) => Text::GuardOldPods { pods },
        Guard::Ceiling { replicas, surge, all } => {
            Text::GuardCeiling { replicas, surge, all, room: replicas.saturating_add(surge) - all }
        }
        Guard::Floor { all, floor, new_unavailable: missing } => {
            Text::GuardFloor { all, floor, missing, room: all - floor - missing }
        }
        Guard::Available { available, floor } => {
            Text::GuardAvailable { available, floor, room: available - floor }
        }
        Guard::Deadline(at) => Text::GuardDeadline { seconds: seconds(at) },
        Guard::DeadlinePassed => Text::GuardDeadlinePassed,
        Guard::DeadlineStands => Text::GuardDeadlineStands,
        Guard::Terminating(count) => Text::GuardTerminating { count },
    })
}

fn edit(session: &Session, (edit, outcome): &(Edit, Outcome)) -> EditRow {
    let label = label(session, edit);
    let setting = |msg| {
        let (label, command, copy) = (label.clone(), String::new(), String::new());
        Action { msg, label, command, copy, copied: false }
    };
    EditRow {
        action: match edit {
            Edit::Command(command) => Some(action(session, label.clone(), command.clone())),
            _ => edit.msg().map(setting),
        },
        label,
        outcome: what_follows(session, edit, outcome),
        completes: outcome.complete.is_some(),
    }
}

fn label(session: &Session, edit: &Edit) -> String {
    session.lang.say(match edit {
        Edit::LeaveAlone => Text::LeaveAlone,
        Edit::Quota(pods) => Text::RaiseQuota { pods: *pods },
        Edit::Slots(slots) => Text::MoreSlots { slots },
        Edit::Command(command) => match command {
            Command::RolloutResume(_) => Text::ResumeRollout,
            Command::RolloutUndo { .. } => Text::Undo,
            Command::SetImage { image, .. } => Text::RollOutFixed { image: short_image(image) },
            Command::Scale { replicas, .. } => Text::ScaleTo { replicas: *replicas },
            Command::Uncordon(node) => Text::Uncordon { node },
            Command::Patch { changes, .. } if matches!(changes[..], [Change::MaxSurge(_)]) => {
                Text::Raise { field: "maxSurge" }
            }
            _ => Text::Raise { field: "maxUnavailable" },
        },
    })
}

/// What comes of an edit, in a sentence.
fn what_follows(session: &Session, edit: &Edit, outcome: &Outcome) -> String {
    let from_start = matches!(edit, Edit::Quota(_) | Edit::Slots(_));
    let lang = session.lang;
    let (least, available, replicas) = outcome.available;
    let Some(at) = outcome.complete else {
        let held = outcome.held.map(|guard| value(lang, &guard, session.timeline.time()));
        let held = plain(&spans(&held.unwrap_or_default()));
        return lang.say(Text::StaysStuck { held: &held });
    };
    let seconds = at.since(session.timeline.time()).millis().div_ceil(1000);
    let floor = session.timeline.cluster().deployment(SHOWN).budget.min_available;
    lang.say(match (available < replicas, least < floor) {
        (false, _) if from_start && at <= session.timeline.time() => Text::CompleteAlready,
        (false, false) if seconds == 0 => Text::CompleteAtOnce { least },
        (true, _) => Text::CompleteThenNot { seconds, available, replicas },
        (false, true) => Text::CompleteBelow { seconds, least, floor },
        (false, false) => Text::CompleteIn { seconds, least },
    })
}

#[cfg(test)]
mod tests;
