//! The settings, what is wrong with them, and the budget they make.

use crate::i18n::{Lang, Text};
use crate::kubectl::print;
use crate::session::settings::{Field, MAX_REPLICAS, MAX_TIME_TO_READY, Problem};
use crate::session::{Notice, Session};
use crate::sim::cluster::ReplicaSetId;
use crate::sim::command::{Answer, Command};
use crate::sim::deployment::fenceposts::{max_total_pods, min_available};
use crate::sim::deployment::revisions::revision;
use crate::sim::deployment::sync::find_new_replica_set;
use crate::sim::int_or_string::{IntOrString, Round, scaled_value};
use crate::sim::order::sorted_by_key;
use crate::sim::spec::{DeploymentSpec, RollingUpdateDeployment};
use crate::timeline::SHOWN;

use super::names::{hue, short_image};
use super::rich::{Span, spans};

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// What the Deployment asks for: replicas, maxSurge, maxUnavailable.
    pub deployment: Vec<Input>,
    /// What comes next: image and time to ready.
    pub version: Vec<Input>,
    /// The sums behind the ceiling and the floor.
    pub budget: Vec<Vec<Span>>,
    /// What a press of *Roll out* does.
    pub roll_out: Action,
    /// What a press of *Undo* does.
    pub undo: Action,
    /// What the last command came to, if it changed nothing: kubectl's words, then ours.
    pub notice: Option<(Option<String>, Option<String>)>,
    /// The revisions there are, latest first.
    pub revisions: Vec<Revision>,
    /// What the list of revisions is called.
    pub revisions_label: String,
    /// Whether the last change can be taken back, or done again, and what that is called.
    pub take_back: (bool, String),
    /// The other way round.
    pub do_again: (bool, String),
}

/// A setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Which.
    pub field: Field,
    /// What it is called.
    pub label: String,
    /// Whether the name is Kubernetes' own.
    pub is_api_field: bool,
    /// What is typed.
    pub text: String,
    /// What is wrong with it, and whether that is said in the API server's words.
    pub problem: Option<(String, bool)>,
    /// The words for − and +; none where there is no number.
    pub nudges: Option<(String, String)>,
    /// What stands behind it.
    pub unit: Option<String>,
}

/// A button and the command line that does the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What the button says.
    pub label: String,
    /// The command line.
    pub command: String,
    /// The words for copying it.
    pub copy: String,
    /// Whether it was copied last.
    pub copied: bool,
}

/// A revision one can go back to.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Its number.
    pub number: i64,
    /// Its image.
    pub image: String,
    /// Its colour.
    pub hue: u32,
    /// How to go back to it; none for the present one.
    pub undo: Option<Action>,
    /// What stands beside the present one.
    pub current: String,
}

/// The settings as they are on screen.
pub fn settings(session: &Session) -> Settings {
    let (lang, cluster) = (session.lang, &session.timeline.cursor().cluster);
    let spec = &cluster.deployment(SHOWN).spec;
    let api = |field, name: &str, number| input(session, field, name.to_owned(), true, number);
    let next = lang.say(Text::NextVersion);
    let ready = lang.say(Text::TimeToReady);
    let (can_take_back, can_do_again) = session.can_take_back();
    let undo = Command::RolloutUndo { deployment: SHOWN, to_revision: 0 };
    Settings {
        deployment: vec![
            api(Field::Replicas, "replicas", true),
            api(Field::MaxSurge, "maxSurge", false),
            api(Field::MaxUnavailable, "maxUnavailable", false),
        ],
        version: vec![
            input(session, Field::NextImage, next, false, false),
            Input {
                unit: Some(lang.say(Text::Seconds)),
                ..input(session, Field::TimeToReady, ready, false, true)
            },
        ],
        budget: budget(lang, spec),
        roll_out: action(session, lang.say(Text::RollOut), &session.next_rollout()),
        undo: action(session, lang.say(Text::Undo), &undo),
        notice: session.notice.as_ref().map(|told| notice(lang, told, session)),
        revisions: revisions(session),
        revisions_label: lang.say(Text::Revisions),
        take_back: (can_take_back, lang.say(Text::TakeBack)),
        do_again: (can_do_again, lang.say(Text::DoAgain)),
    }
}

fn input(session: &Session, field: Field, label: String, is_api_field: bool, is_number: bool) -> Input {
    let lang = session.lang;
    let nudge = |text: fn(&str) -> Text| lang.say(text(&label));
    let nudges =
        is_number.then(|| (nudge(|field| Text::Decrease { field }), nudge(|field| Text::Increase { field })));
    Input {
        field,
        is_api_field,
        text: session.settings.text(field).to_owned(),
        problem: session.settings.problem(field).map(|problem| describe(lang, problem)),
        nudges,
        unit: None,
        label,
    }
}

/// The API server's words are not translated.
fn describe(lang: Lang, problem: &Problem) -> (String, bool) {
    match problem {
        Problem::Api(error) => (error.to_string(), true),
        Problem::NotAWholeNumber => (lang.say(Text::NotAWholeNumber), false),
        Problem::TooMany => (lang.say(Text::TooMany { most: MAX_REPLICAS }), false),
        Problem::TooLong => (lang.say(Text::TooLong { most: MAX_TIME_TO_READY }), false),
    }
}

/// What the strategy makes of `replicas`: the two sums of a rolling update, with another second line
/// where both come out as zero; or a sentence on Recreate.
fn budget(lang: Lang, spec: &DeploymentSpec) -> Vec<Vec<Span>> {
    let said = match &spec.strategy.rolling_update {
        Some(given) => sums(lang, spec, given),
        None => vec![lang.say(Text::RecreateBudget)],
    };
    said.iter().map(|line| spans(line)).collect()
}

fn sums(lang: Lang, spec: &DeploymentSpec, given: &RollingUpdateDeployment) -> Vec<String> {
    let (surge, unavailable) = (given.max_surge.as_ref(), given.max_unavailable.as_ref());
    let (ceiling, floor) = (max_total_pods(spec), min_available(spec));
    let up = sum(surge, "ceil", spec.replicas);
    let down = sum(unavailable, "floor", spec.replicas);
    let alone = scaled_value(unavailable, spec.replicas, Round::Down);
    let both_zero = alone == Ok(0) && floor < spec.replicas;
    let second = match both_zero {
        true => Text::BothZero { sum: &down, floor },
        false => Text::UnavailableSum { sum: &down, unavailable: spec.replicas - floor, floor },
    };
    let surge = ceiling.wrapping_sub(spec.replicas);
    vec![lang.say(Text::SurgeSum { sum: &up, surge, ceiling }), lang.say(second)]
}

/// `ceil(10 × 25%) = `, or nothing where there is nothing to be calculated.
fn sum(value: Option<&IntOrString>, rounding: &str, replicas: i32) -> String {
    match value {
        Some(IntOrString::String(percent)) => format!("{rounding}({replicas} × {percent}) = "),
        _ => String::new(),
    }
}

fn action(session: &Session, label: String, command: &Command) -> Action {
    let command = print::command_line(command, &session.timeline.cursor().cluster);
    let copied = session.copied.as_ref() == Some(&command);
    let copy = if copied { Text::Copied } else { Text::CopyCommand { command: &command } };
    Action { label, copy: session.lang.say(copy), copied, command }
}

fn notice(lang: Lang, notice: &Notice, session: &Session) -> (Option<String>, Option<String>) {
    let name = &session.timeline.cursor().cluster.deployment(SHOWN).name;
    match notice {
        Notice::Refused(rejected) => (Some(print::refusal(rejected)), None),
        Notice::Nothing(answer) => {
            let said = print::answer(answer, name);
            let ours = matches!(answer, Answer::ImageUnchanged).then(|| lang.say(Text::ImageKept));
            (said, ours)
        }
    }
}

fn revisions(session: &Session) -> Vec<Revision> {
    let cluster = &session.timeline.cursor().cluster;
    let new_rs = find_new_replica_set(cluster, SHOWN);
    let latest_first = sorted_by_key(&cluster.replica_sets_of(SHOWN), |id| {
        std::cmp::Reverse(revision(cluster.replica_set(*id)))
    });
    latest_first.into_iter().map(|id| one_revision(session, id, Some(id) == new_rs)).collect()
}

fn one_revision(session: &Session, id: ReplicaSetId, is_current: bool) -> Revision {
    let replica_set = session.timeline.cursor().cluster.replica_set(id);
    let number = revision(replica_set);
    let command = Command::RolloutUndo { deployment: SHOWN, to_revision: number };
    let label = session.lang.say(Text::UndoTo { revision: number });
    Revision {
        number,
        image: short_image(replica_set.template.image()).to_owned(),
        hue: hue(id),
        undo: (!is_current).then(|| action(session, label, &command)),
        current: session.lang.say(Text::CurrentRevision),
    }
}
