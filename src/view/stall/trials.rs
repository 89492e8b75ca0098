//! The smallest edits that may get a rollout going, each tried out: what would follow is simulated, not
//! guessed.

use crate::session::Moment;
use crate::session::settings::{Field, next_version};
use crate::session::{Session, msg::Msg};
use crate::sim::command::{Change, Command};
use crate::sim::conditions::{ConditionReason, ConditionType, condition};
use crate::sim::deployment::fenceposts::{max_surge, max_unavailable};
use crate::sim::int_or_string::IntOrString;
use crate::sim::time::SimTime;
use crate::timeline::{Inputs, SHOWN, Timeline};

use super::guards::{Guard, guards};

/// Something that can be done about it.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Nothing.
    LeaveAlone,
    /// A command at the moment on screen.
    Command(Command),
    /// Another quota, from the beginning.
    Quota(u32),
    /// Other slots of the nodes, from the beginning.
    Slots(String),
}

impl Edit {
    /// What does it; `None` for doing nothing.
    pub fn msg(&self) -> Option<Msg> {
        Some(match self {
            Self::LeaveAlone => return None,
            Self::Command(command) => Msg::Act(command.clone()),
            Self::Quota(pods) => Msg::Edit(Field::Quota, pods.to_string()),
            Self::Slots(slots) => Msg::Edit(Field::Nodes, slots.clone()),
        })
    }
}

/// What came of an edit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// When the rollout is complete, if it ever is.
    pub complete: Option<SimTime>,
    /// The fewest pods available from now on, and how many are in the end, of how many.
    pub available: (i32, i32, i32),
    /// What holds it up in the end.
    pub held: Option<Guard>,
}

/// Edits with what came of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Trials {
    /// The run and the moment at which they were tried.
    pub at: Moment,
    /// Doing nothing first, then those that complete the rollout.
    pub all: Vec<(Edit, Outcome)>,
}

/// More edits than these are not the smallest.
const MOST: usize = 5;

/// Tries out whatever may help against the guards that bind.
pub fn trials(session: &Session, all: &[(Guard, bool)]) -> Trials {
    let (timeline, now) = (&session.timeline, session.timeline.time());
    let mut tried = Vec::new();
    if let Some(mut fork) = so_far(timeline) {
        tried.push((Edit::LeaveAlone, outcome(&mut fork, now, now)));
    }
    let mut others = Vec::new();
    for edit in edits(timeline, all) {
        let since = if matches!(edit, Edit::Command(_)) { now } else { SimTime::ZERO };
        let Some(mut fork) = forked(timeline, &edit) else { continue };
        let outcome = outcome(&mut fork, now, since);
        let place = if outcome.complete.is_some() { &mut tried } else { &mut others };
        place.push((edit, outcome));
    }
    tried.append(&mut others);
    tried.truncate(MOST + 1);
    Trials { at: session.moment(), all: tried }
}

/// The run and the moment, without the commands that come later.
fn so_far(timeline: &Timeline) -> Option<Timeline> {
    let mut fork = Timeline::new(inputs_so_far(timeline)).ok()?;
    fork.seek_time(timeline.time());
    Some(fork)
}

fn inputs_so_far(timeline: &Timeline) -> Inputs {
    let mut inputs = timeline.inputs().clone();
    inputs.script.retain(|scripted| scripted.at <= timeline.time());
    inputs
}

/// The run with an edit; `None` if it is refused or does nothing.
fn forked(timeline: &Timeline, edit: &Edit) -> Option<Timeline> {
    let mut inputs = inputs_so_far(timeline);
    match edit {
        Edit::LeaveAlone => return None,
        Edit::Command(command) => {
            let mut fork = so_far(timeline)?;
            let answer = fork.act(command.clone()).ok()?;
            return (!answer.changes_nothing()).then_some(fork);
        }
        Edit::Quota(pods) => inputs.scenario.quota = Some(*pods),
        Edit::Slots(_) => inputs.scenario.nodes.iter_mut().flatten().for_each(|node| node.slots += 1),
    }
    Timeline::new(inputs).ok()
}

/// What comes of a run after `now`, which is another one from `since` on.
fn outcome(fork: &mut Timeline, now: SimTime, since: SimTime) -> Outcome {
    let later = fork.series().samples().iter().filter(|sample| now < sample.at);
    let least = later.map(|sample| sample.least_available).min();
    fork.seek_time(fork.end().max(now));
    let held = guards(fork, true).and_then(|all| all.first().map(|(guard, _)| *guard));
    let deployment = fork.cluster().deployment(SHOWN);
    let progressing = condition(&deployment.status.conditions, ConditionType::Progressing);
    let done = progressing.filter(|it| it.reason == ConditionReason::NewReplicaSetAvailable);
    let done_at = done.map(|it| it.last_update_time).filter(|at| since <= *at);
    let complete = done_at.or(Some(fork.end()).filter(|_| held.is_none()));
    let available = deployment.status.available_replicas;
    Outcome { complete, available: (least.unwrap_or(available), available, deployment.spec.replicas), held }
}

/// What may help against the guards that bind, smallest first.
fn edits(timeline: &Timeline, all: &[(Guard, bool)]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for (guard, _) in all.iter().filter(|(_, binds)| *binds) {
        against(timeline, guard, &mut |edit| {
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        });
    }
    edits
}

fn against(timeline: &Timeline, guard: &Guard, add: &mut dyn FnMut(Edit)) {
    let spec = &timeline.cluster().deployment(SHOWN).spec;
    let deployment = SHOWN;
    let undo = || Edit::Command(Command::RolloutUndo { deployment, to_revision: 0 });
    let patch = |change| Edit::Command(Command::Patch { deployment, changes: vec![change] });
    let unavailable = || patch(Change::MaxUnavailable(IntOrString::Int(max_unavailable(spec) + 1)));
    match guard {
        Guard::Paused(_) => add(Edit::Command(Command::RolloutResume(deployment))),
        Guard::Quota { limited, .. } => {
            add(Edit::Quota(limited + 1));
            add(unavailable());
            add(Edit::Command(Command::Scale { deployment, replicas: spec.replicas - 1 }));
            add(undo());
        }
        Guard::Nodes { .. } => {
            more_room(timeline, add);
            add(unavailable());
            add(undo());
        }
        Guard::Image(_) | Guard::Crash(_) | Guard::Flap(_) | Guard::NeverReady(_) => {
            let image = next_version(spec.template.image()).to_string();
            add(undo());
            add(Edit::Command(Command::SetImage { deployment, image }));
        }
        Guard::Ceiling { .. } => {
            add(patch(Change::MaxSurge(IntOrString::Int(max_surge(spec).saturating_add(1)))));
        }
        Guard::Floor { .. } | Guard::Available { .. } => add(unavailable()),
        _ => {}
    }
}

/// Nodes that were cordoned take pods again, or each has room for one more.
fn more_room(timeline: &Timeline, add: &mut dyn FnMut(Edit)) {
    let mut slots = String::new();
    for node in timeline.cluster().nodes.iter().flatten() {
        if node.unschedulable {
            add(Edit::Command(Command::Uncordon(node.name.to_string())));
        }
        if !slots.is_empty() {
            slots += ", ";
        }
        slots += &(node.slots + 1).to_string();
    }
    if !slots.is_empty() {
        add(Edit::Slots(slots));
    }
}
