//! The settings, what is wrong with them, and the budget they make.

use crate::i18n::around::Text;
use crate::i18n::{self, Lang};
use crate::kubectl::print;
use crate::session::msg::Msg;
use crate::session::settings::{FAULTS, Fault, Field, MAX_NODES, Problem};
use crate::session::{Notice, Session, Since};
use crate::sim::cluster::ReplicaSetId;
use crate::sim::command::{Answer, Command};
use crate::sim::deployment::fenceposts::{max_total_pods, min_available};
use crate::sim::deployment::revisions::revision;
use crate::sim::deployment::sync::find_new_replica_set;
use crate::sim::int_or_string::{IntOrString, Round, scaled_value};
use crate::sim::node::Node;
use crate::sim::order::sorted_by_key;
use crate::sim::spec::{DeploymentSpec, RollingUpdateDeployment};
use crate::timeline::SHOWN;

use super::names::{hue, short_image};
use super::rich::{Span, spans};

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// From when on settings of the Deployment hold: the words for it, and each choice with whether it
    /// is made.
    pub since: (String, [(Since, String, bool); 2]),
    /// What the Deployment asks for: replicas, maxSurge, maxUnavailable.
    pub deployment: Vec<Input>,
    /// The sums behind the ceiling and the floor.
    pub budget: Vec<Vec<Span>>,
    /// The rarer fields of the Deployment.
    pub more: Fold<Vec<Input>>,
    /// Whether something among them is wrong, or was.
    pub more_is_open: bool,
    /// What comes next.
    pub next: Input,
    /// What a press of *Roll out* does.
    pub roll_out: Action,
    /// What a press of *Undo* does.
    pub undo: Action,
    /// What the last command came to, if it changed nothing: kubectl's words, then ours.
    pub notice: Option<(Option<String>, Option<String>)>,
    /// How one version behaves.
    pub version: Fold<Vec<Input>>,
    /// Commands that are given more rarely.
    pub commands: Fold<Vec<Action>>,
    /// How much room there is, and what is on each node.
    pub nodes: Fold<(Vec<Input>, Vec<NodeRow>)>,
    /// The revisions there are, latest first.
    pub revisions: Fold<Vec<Revision>>,
    /// Whether the last change can be taken back, or done again, and what that is called.
    pub take_back: (bool, String),
    /// The other way round.
    pub do_again: (bool, String),
}

/// A part that is folded away.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold<T> {
    /// What it is called.
    pub label: String,
    /// What is in it.
    pub inside: T,
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
    /// What stands there as long as nothing is typed.
    pub placeholder: String,
    /// What can be chosen, by value and words; nothing where one types.
    pub choices: Vec<(String, String)>,
    /// What is wrong with it, each with whether it is said in the API server's words.
    pub problems: Vec<(String, bool)>,
    /// The words for − and +; none where there is no number.
    pub nudges: Option<(String, String)>,
    /// What stands behind it.
    pub unit: Option<String>,
}

/// A button and the command line that does the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What the button does.
    pub msg: Msg,
    /// What the button says.
    pub label: String,
    /// The command line.
    pub command: String,
    /// The words for copying it.
    pub copy: String,
    /// Whether it was copied last.
    pub copied: bool,
}

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeRow {
    /// How many pods it has, of how many.
    pub text: Vec<Span>,
    /// Whether it is cordoned.
    pub cordoned: bool,
    /// How to cordon or uncordon it.
    pub action: Action,
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
    let lang = session.lang;
    let deployment = SHOWN;
    let (can_take_back, can_do_again) = session.can_take_back();
    let undo = Command::RolloutUndo { deployment, to_revision: 0 };
    let since = |since, text| (since, lang.say(text), session.since == since);
    Settings {
        since: (
            lang.say(Text::Since),
            [since(Since::Beginning, Text::SinceBeginning), since(Since::Now, Text::SinceNow)],
        ),
        deployment: deployment_fields(session),
        budget: budget(lang, shown_spec(session)),
        more: fold(session, Text::MoreFields, more_fields(session)),
        more_is_open: session.more_is_open,
        next: text_field(session, Field::NextImage, Text::NextVersion),
        roll_out: Action {
            msg: Msg::RollOut,
            ..action(session, lang.say(Text::RollOut), session.next_rollout())
        },
        undo: action(session, lang.say(Text::Undo), undo),
        notice: session.notice.as_ref().map(|told| notice(lang, told, session)),
        version: version(session),
        commands: fold(session, Text::MoreCommands, commands(session)),
        nodes: nodes(session),
        revisions: fold(session, Text::Revisions, revisions(session)),
        take_back: (can_take_back, lang.say(Text::TakeBack)),
        do_again: (can_do_again, lang.say(Text::DoAgain)),
    }
}

/// The spec that the settings show: as it was in the beginning, or as it is now.
fn shown_spec(session: &Session) -> &DeploymentSpec {
    match session.since {
        Since::Beginning => &session.timeline.inputs().scenario.deployments[0].1,
        Since::Now => &session.timeline.cluster().deployment(SHOWN).spec,
    }
}

fn deployment_fields(session: &Session) -> Vec<Input> {
    let mut fields = vec![number(session, Field::Replicas, "replicas".to_owned(), true)];
    if session.settings.is_rolling_update() {
        fields.push(input(session, Field::MaxSurge, "maxSurge".to_owned(), true));
        fields.push(input(session, Field::MaxUnavailable, "maxUnavailable".to_owned(), true));
    }
    fields
}

fn more_fields(session: &Session) -> Vec<Input> {
    let api = |field, name: &str| number(session, field, name.to_owned(), true);
    let same = |name: &str| (name.to_owned(), name.to_owned());
    vec![
        Input {
            choices: vec![same("RollingUpdate"), same("Recreate")],
            ..input(session, Field::Strategy, "strategy".to_owned(), true)
        },
        api(Field::MinReadySeconds, "minReadySeconds"),
        api(Field::ProgressDeadlineSeconds, "progressDeadlineSeconds"),
        api(Field::RevisionHistoryLimit, "revisionHistoryLimit"),
    ]
}

/// How the chosen version behaves, and which versions can be chosen: all that the run has or asks for,
/// and the next one.
fn version(session: &Session) -> Fold<Vec<Input>> {
    let lang = session.lang;
    let shown = session.settings.text(Field::Version);
    let timed = |field, text| Input {
        unit: Some(lang.say(Text::Seconds)),
        ..number(session, field, lang.say(text), false)
    };
    let fault = |fault: Fault| (fault.name().to_owned(), lang.say(fault_text(fault)));
    let mut fields = vec![
        Input {
            choices: versions(session).into_iter().map(|image| (image.clone(), image)).collect(),
            ..text_field(session, Field::Version, Text::Version)
        },
        timed(Field::Start, Text::TimeToStart),
        Input { placeholder: lang.say(Text::Never), ..timed(Field::Ready, Text::TimeToReady) },
        timed(Field::Terminate, Text::TimeToLeave),
        Input { unit: Some("%".to_owned()), ..number(session, Field::Jitter, lang.say(Text::Jitter), false) },
        Input {
            choices: FAULTS.into_iter().map(fault).collect(),
            ..text_field(session, Field::Fault, Text::GoesWrong)
        },
    ];
    match session.settings.fault() {
        Fault::Crashes => fields.push(timed(Field::FaultAfter, Text::CrashesAfter)),
        Fault::Flaps => {
            fields.push(timed(Field::FaultAfter, Text::ReadyFor));
            fields.push(timed(Field::FaultFor, Text::UnreadyFor));
        }
        Fault::Nothing | Fault::NeverReady | Fault::CannotPull => {}
    }
    fold(session, Text::BehaviourOf { image: short_image(shown) }, fields)
}

fn fault_text(fault: Fault) -> Text<'static> {
    match fault {
        Fault::Nothing => Text::FaultNothing,
        Fault::NeverReady => Text::FaultNeverReady,
        Fault::Crashes => Text::FaultCrashes,
        Fault::Flaps => Text::FaultFlaps,
        Fault::CannotPull => Text::FaultCannotPull,
    }
}

fn versions(session: &Session) -> Vec<String> {
    let sets = session.timeline.last_cluster().replica_sets.iter();
    let images = sets.map(|set| set.template.image());
    let typed = [session.settings.text(Field::NextImage), session.settings.text(Field::Version)];
    let mut versions: Vec<String> = Vec::new();
    for image in images.chain(typed).filter(|image| !image.is_empty()) {
        if versions.iter().all(|other| other != image) {
            versions.push(image.to_owned());
        }
    }
    versions
}

fn commands(session: &Session) -> Vec<Action> {
    let lang = session.lang;
    let paused = session.timeline.cluster().deployment(SHOWN).spec.paused;
    let (text, pause) = match paused {
        false => (Text::PauseRollout, Command::RolloutPause(SHOWN)),
        true => (Text::ResumeRollout, Command::RolloutResume(SHOWN)),
    };
    let all = [
        (text, pause),
        (Text::RestartRollout, Command::RolloutRestart(SHOWN)),
        (Text::DeleteAllPods, Command::DeletePods),
    ];
    all.into_iter().map(|(text, command)| action(session, lang.say(text), command)).collect()
}

fn nodes(session: &Session) -> Fold<(Vec<Input>, Vec<NodeRow>)> {
    let lang = session.lang;
    let row = |(node, pods): (&Node, u32)| {
        let (name, cordoned) = (&*node.name, node.unschedulable);
        let text = lang.say(Text::NodePods { node: name, pods, slots: node.slots });
        let (label, command) = match cordoned {
            false => (Text::Cordon { node: name }, Command::Cordon(name.to_owned())),
            true => (Text::Uncordon { node: name }, Command::Uncordon(name.to_owned())),
        };
        NodeRow { text: spans(&text), cordoned, action: action(session, lang.say(label), command) }
    };
    let listed = session.timeline.cluster().nodes.iter().flatten();
    let limit =
        |field, label| Input { placeholder: lang.say(Text::Unlimited), ..text_field(session, field, label) };
    let limits = vec![limit(Field::Nodes, Text::NodeSlots), limit(Field::Quota, Text::PodQuota)];
    fold(session, Text::Nodes, (limits, listed.zip(session.timeline.pods_on_nodes()).map(row).collect()))
}

fn fold<T>(session: &Session, label: Text, inside: T) -> Fold<T> {
    Fold { label: session.lang.say(label), inside }
}

fn text_field(session: &Session, field: Field, label: Text) -> Input {
    input(session, field, session.lang.say(label), false)
}

fn number(session: &Session, field: Field, label: String, is_api_field: bool) -> Input {
    let nudge = |text: fn(&str) -> Text| session.lang.say(text(&label));
    let nudges = (nudge(|field| Text::Decrease { field }), nudge(|field| Text::Increase { field }));
    Input { nudges: Some(nudges), ..input(session, field, label, is_api_field) }
}

fn input(session: &Session, field: Field, label: String, is_api_field: bool) -> Input {
    let problems = session.settings.problems_of(field);
    Input {
        field,
        is_api_field,
        text: session.settings.text(field).to_owned(),
        placeholder: String::new(),
        choices: Vec::new(),
        problems: problems.map(|problem| describe(session.lang, problem)).collect(),
        nudges: None,
        unit: None,
        label,
    }
}

/// A problem as a sentence, and whether that is the API server's own: those are not translated.
pub(super) fn describe(lang: Lang, problem: &Problem) -> (String, bool) {
    match problem {
        Problem::Api(error) => (error.to_string(), true),
        Problem::NotAWholeNumber => (lang.say(Text::NotAWholeNumber), false),
        Problem::TooMany { most } => (lang.say(Text::TooMany { most: *most }), false),
        Problem::NotAList => (lang.say(Text::NotAList), false),
        Problem::NotUpTo { most } => (lang.say(Text::NotUpTo { most: *most }), false),
        Problem::TooLong { most } => (lang.say(Text::TooLong { most: *most }), false),
        Problem::TooManyNodes => (lang.say(Text::TooManyNodes { most: MAX_NODES }), false),
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

pub(super) fn action(session: &Session, label: String, command: Command) -> Action {
    let line = print::command_line(&command, session.timeline.cluster());
    let copied = session.copied.as_ref() == Some(&line);
    let copy = match copied {
        true => session.lang.say(i18n::Text::Copied),
        false => session.lang.say(Text::CopyCommand { command: &line }),
    };
    Action { msg: Msg::Act(command), label, copy, copied, command: line }
}

fn notice(lang: Lang, notice: &Notice, session: &Session) -> (Option<String>, Option<String>) {
    let name = &session.timeline.cluster().deployment(SHOWN).name;
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
    let cluster = session.timeline.cluster();
    let new_rs = find_new_replica_set(cluster, SHOWN);
    let latest_first = sorted_by_key(cluster.replica_sets_of(SHOWN), |id| {
        std::cmp::Reverse(revision(cluster.replica_set(*id)))
    });
    latest_first.into_iter().map(|id| one_revision(session, id, Some(id) == new_rs)).collect()
}

fn one_revision(session: &Session, id: ReplicaSetId, is_current: bool) -> Revision {
    let replica_set = session.timeline.cluster().replica_set(id);
    let number = revision(replica_set);
    let command = Command::RolloutUndo { deployment: SHOWN, to_revision: number };
    let label = session.lang.say(Text::UndoTo { revision: number });
    Revision {
        number,
        image: short_image(replica_set.template.image()).to_owned(),
        hue: hue(id),
        undo: (!is_current).then(|| action(session, label, command)),
        current: session.lang.say(Text::CurrentRevision),
    }
}
