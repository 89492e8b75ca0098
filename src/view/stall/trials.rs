//! The smallest edits that may get a rollout going, each tried out: what would follow is simulated, not
//! guessed.

use crate::session::settings::{Field, next_version};
use crate::session::{Session, msg::Msg};
use crate::sim::command::{Change, Command};
use crate::sim::conditions::{ConditionReason, ConditionType, condition};
use crate::sim::deployment::fenceposts::{max_surge, max_unavailable};
use crate::sim::int_or_string::IntOrString;
use crate::sim::node::Node;
use crate::sim::time::SimTime;
use crate::timeline::{SHOWN, Timeline};

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
    pub at: (u32, SimTime),
    /// Doing nothing first, then those that complete the rollout.
    pub all: Vec<(Edit, Outcome)>,
}

/// More edits than these are not the smallest.
const MOST: usize = 5;

/// Tries out whatever may help against the guards that bind.
pub fn trials(session: &Session, all: &[(Guard, bool)]) -> Trials {
    let timeline = &session.timeline;
    let edits = edits(timeline, all);
    let tried = edits.into_iter().filter_map(|edit| {
        let since = if matches!(edit, Edit::Command(_)) { timeline.time() } else { SimTime::ZERO };
        let outcome = outcome(&mut forked(timeline, &edit)?, timeline.time(), since);
        Some((edit, outcome))
    });
    let (helps, others): (Vec<_>, Vec<_>) = tried.partition(|(_, outcome)| outcome.complete.is_some());
    let all = left_alone(timeline).into_iter().chain(helps).chain(others).take(MOST + 1).collect();
    Trials { at: (session.run, timeline.time()), all }
}

fn left_alone(timeline: &Timeline) -> Option<(Edit, Outcome)> {
    let now = timeline.time();
    Some((Edit::LeaveAlone, outcome(&mut so_far(timeline)?, now, now)))
}

/// The run and the moment, without the commands that come later.
fn so_far(timeline: &Timeline) -> Option<Timeline> {
    let mut inputs = timeline.inputs().clone();
    inputs.script.retain(|scripted| scripted.at <= timeline.time());
    let mut fork = Timeline::new(inputs).ok()?;
    fork.seek_time(timeline.time());
    Some(fork)
}

/// The run with an edit; `None` if it is refused or does nothing.
fn forked(timeline: &Timeline, edit: &Edit) -> Option<Timeline> {
    let mut inputs = timeline.inputs().clone();
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
    let held = guards(fork).and_then(|all| all.first().map(|(guard, _)| *guard));
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
        for edit in against(timeline, guard) {
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        }
    }
    edits
}

fn against(timeline: &Timeline, guard: &Guard) -> Vec<Edit> {
    let cluster = timeline.cluster();
    let spec = &cluster.deployment(SHOWN).spec;
    let patch = |change| Edit::Command(Command::Patch { deployment: SHOWN, changes: vec![change] });
    let surge = || patch(Change::MaxSurge(IntOrString::Int(max_surge(spec).saturating_add(1))));
    let unavailable = || patch(Change::MaxUnavailable(IntOrString::Int(max_unavailable(spec) + 1)));
    let undo = || Edit::Command(Command::RolloutUndo { deployment: SHOWN, to_revision: 0 });
    let scale = || Edit::Command(Command::Scale { deployment: SHOWN, replicas: spec.replicas - 1 });
    match guard {
        Guard::Paused(_) => vec![Edit::Command(Command::RolloutResume(SHOWN))],
        Guard::Quota { limited, .. } => {
            let smaller = (1 < spec.replicas).then(scale);
            [Edit::Quota(limited + 1), unavailable()].into_iter().chain(smaller).chain([undo()]).collect()
        }
        Guard::Nodes { .. } => {
            let nodes = cluster.nodes.iter().flatten();
            let cordoned = nodes.clone().filter(|node| node.unschedulable).take(2);
            let uncordon = cordoned.map(|node| Edit::Command(Command::Uncordon(node.name.to_string())));
            let slots: Vec<_> = nodes.map(|node: &Node| (node.slots + 1).to_string()).collect();
            let more = (!slots.is_empty()).then(|| Edit::Slots(slots.join(", ")));
            uncordon.chain([unavailable()]).chain(more).chain([undo()]).collect()
        }
        Guard::Image(_) | Guard::Crash(_) | Guard::Flap(_) | Guard::NeverReady(_) => {
            let image = next_version(spec.template.image()).to_string();
            vec![undo(), Edit::Command(Command::SetImage { deployment: SHOWN, image })]
        }
        Guard::Ceiling { .. } => vec![surge()],
        Guard::Floor { .. } | Guard::Available { .. } => vec![unavailable()],
        _ => Vec::new(),
    }
}
