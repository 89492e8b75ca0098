//! Random scenarios and scripts.

use std::rc::Rc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use rollscope::sim::behaviour::{Behaviour, Behaviours, Flap};
use rollscope::sim::command::{Change, Command, Scripted};
use rollscope::sim::deployment::sync::generate_replica_set_name;
use rollscope::sim::dice::Dice;
use rollscope::sim::int_or_string::IntOrString;
use rollscope::sim::node::Node;
use rollscope::sim::pod_template_hash::pod_template_hash;
use rollscope::sim::scenario::Scenario;
use rollscope::sim::spec::{DeploymentSpec, DeploymentStrategy, StrategyType, UNLIMITED};
use rollscope::sim::time::{SimDuration, SimTime};
use rollscope::sim::validation::validate_deployment_spec;

use crate::run::{Run, WEB};

const IMAGES: [&str; 4] = ["web:v1", "web:v2", "web:v3", "web:v4"];

const SEED: u64 = 1;

/// How long a run is looked at after its last command: longer than any deadline here.
const TAIL: SimDuration = SimDuration::from_secs(100);

/// Any scenario and any commands.
pub fn any_runs() -> impl Strategy<Value = Run> {
    runs(any_pods(), any_commands())
}

pub fn runs(
    pods: impl Strategy<Value = Behaviour>,
    commands: impl Strategy<Value = Command>,
) -> impl Strategy<Value = Run> {
    (scenarios(pods), scripts(commands)).prop_map(|(scenario, script)| {
        let last = script.last().map_or(SimTime::ZERO, |scripted| scripted.at);
        Run { scenario, script, until: last + TAIL }
    })
}

fn scenarios(pods: impl Strategy<Value = Behaviour>) -> impl Strategy<Value = Scenario> {
    let behaviours = vec(pods, IMAGES.len()).prop_map(|behaviours| {
        let by_image = IMAGES.map(str::to_owned).into_iter().zip(behaviours).collect();
        Rc::new(Behaviours { by_image, ..Behaviours::default() })
    });
    let quotas = option::weighted(0.2, 0..40_u32);
    (specs(), behaviours, option::of(nodes()), quotas).prop_map(|(spec, behaviours, nodes, quota)| Scenario {
        deployments: vec![("web".to_owned(), spec)],
        behaviours,
        nodes,
        quota,
        seed: SEED,
    })
}

fn specs() -> impl Strategy<Value = DeploymentSpec> {
    (0..=30, strategies(), min_ready_seconds(), limits(), deadlines(), prop::bool::weighted(0.05))
        .prop_map(|(replicas, strategy, min_ready_seconds, limit, deadline, paused)| DeploymentSpec {
            replicas,
            strategy,
            min_ready_seconds,
            revision_history_limit: limit,
            progress_deadline_seconds: deadline,
            paused,
            ..DeploymentSpec::new("web", IMAGES[0])
        })
        .prop_filter("the API server refuses it", |spec| validate_deployment_spec(spec).is_empty())
}

fn strategies() -> impl Strategy<Value = DeploymentStrategy> {
    let rolling_update = (ints_or_percents(200), ints_or_percents(100));
    prop_oneof![
        3 => rolling_update.prop_map(|(surge, unavailable)| DeploymentStrategy::rolling_update(surge, unavailable)),
        1 => Just(DeploymentStrategy::recreate()),
    ]
}

fn ints_or_percents(max_percent: i32) -> impl Strategy<Value = IntOrString> {
    prop_oneof![
        (0..=35).prop_map(IntOrString::Int),
        (0..=max_percent).prop_map(|percent| IntOrString::String(format!("{percent}%").into())),
    ]
}

fn min_ready_seconds() -> impl Strategy<Value = i32> {
    prop_oneof![1 => Just(0), 1 => 1..=10]
}

fn limits() -> impl Strategy<Value = i32> {
    prop_oneof![1 => 0..=3, 1 => Just(10)]
}

fn deadlines() -> impl Strategy<Value = i32> {
    prop_oneof![9 => 11..=60, 1 => Just(UNLIMITED)]
}

/// Often too few for all pods, or none that may be used.
fn nodes() -> impl Strategy<Value = Vec<Node>> {
    vec((0..=15_u32, prop::bool::weighted(0.2)), 0..=4).prop_map(|nodes| {
        let node = |(index, (slots, unschedulable)): (usize, (u32, bool))| Node {
            unschedulable,
            ..Node::new(&node_name(index), slots)
        };
        nodes.into_iter().enumerate().map(node).collect()
    })
}

fn node_name(index: usize) -> String {
    format!("node-{}", index + 1)
}

/// Pods that become ready and stay so.
pub fn healthy_pods() -> impl Strategy<Value = Behaviour> {
    let jitter = prop_oneof![2 => Just(0), 1 => 1_u32..200];
    (vec(delays(), 1..4), vec(delays(), 1..4), delays(), jitter).prop_map(
        |(start, ready, terminate, jitter)| Behaviour {
            start,
            ready,
            terminate,
            jitter,
            ..Behaviour::default()
        },
    )
}

/// Pods that are at rest after a while, if not in health.
pub fn pods_that_settle() -> impl Strategy<Value = Behaviour> {
    let never_ready = healthy_pods().prop_map(|pods| Behaviour { ready: Vec::new(), ..pods });
    let cannot_pull = healthy_pods().prop_map(|pods| Behaviour { cannot_pull: true, ..pods });
    prop_oneof![4 => healthy_pods(), 1 => never_ready, 1 => cannot_pull]
}

/// Those, and others that crash and flap for ever.
pub fn any_pods() -> impl Strategy<Value = Behaviour> {
    let flaps = (delays(), delays()).prop_map(|(ready_for, unready_for)| Flap { ready_for, unready_for });
    let restless = (pods_that_settle(), option::of(delays()), option::of(flaps));
    let restless = restless.prop_map(|(pods, crash_after, flap)| Behaviour { crash_after, flap, ..pods });
    prop_oneof![2 => pods_that_settle(), 1 => restless]
}

/// Up to eight seconds, by halves.
fn delays() -> impl Strategy<Value = SimDuration> {
    (0..=16_u64).prop_map(halves)
}

fn halves(count: u64) -> SimDuration {
    SimDuration::from_millis(500 * count)
}

/// Commands with pauses between them, and often none.
fn scripts(commands: impl Strategy<Value = Command>) -> impl Strategy<Value = Vec<Scripted>> {
    let pauses = prop_oneof![1 => Just(0), 2 => 0..=50_u64];
    vec((pauses, commands), 0..8).prop_map(|given| {
        let mut at = SimTime::ZERO;
        let scripted = given.into_iter().map(|(pause, command)| {
            at = at + halves(pause);
            Scripted { at, command }
        });
        scripted.collect()
    })
}

/// Commands that start a rollout.
pub fn rollouts() -> impl Strategy<Value = Command> {
    let images = prop_oneof![9 => select(&IMAGES[..]), 1 => Just("")];
    let revisions = prop_oneof![1 => Just(0), 1 => -1..=6_i64];
    prop_oneof![
        4 => images.prop_map(set_image),
        2 => revisions.prop_map(undo),
        1 => Just(Command::RolloutRestart(WEB)),
    ]
}

/// Commands about pods and nodes.
pub fn interference() -> impl Strategy<Value = Command> {
    prop_oneof![
        2 => pod_names().prop_map(Command::DeletePod),
        1 => Just(Command::DeletePods),
        // Those of `web:v1` and the next two, and one that nobody has.
        1 => select(vec!["web-7bbc4fcb5", "web-77bb89678", "web-5cd75f669f", "web-1"])
            .prop_map(|name| Command::DeleteReplicaSet(name.to_owned())),
        2 => (0..5_usize).prop_map(|index| Command::Cordon(node_name(index))),
        2 => (0..5_usize).prop_map(|index| Command::Uncordon(node_name(index))),
    ]
}

pub fn scaling() -> impl Strategy<Value = Command> {
    (-1..=30).prop_map(scale)
}

pub fn any_commands() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => rollouts(),
        2 => interference(),
        2 => scaling(),
        2 => patches(changes()),
        1 => Just(Command::RolloutPause(WEB)),
        1 => Just(Command::RolloutResume(WEB)),
        1 => Just(Command::DeleteDeployment(WEB)),
    ]
}

/// Those, and others with whatever can be typed.
pub fn wild_commands() -> impl Strategy<Value = Command> {
    let text = any::<String>;
    prop_oneof![
        6 => any_commands(),
        1 => text().prop_map(|image| set_image(&image)),
        1 => any::<i64>().prop_map(undo),
        1 => extremes().prop_map(scale),
        2 => patches(wild_changes()),
        1 => text().prop_map(Command::DeletePod),
        1 => text().prop_map(Command::Cordon),
        1 => text().prop_map(Command::Uncordon),
    ]
}

/// Numbers so large that sums of them have no room, between commands that put them to use.
pub fn huge_commands() -> impl Strategy<Value = Command> {
    let surges = extremes().prop_map(|surge| Change::MaxSurge(IntOrString::Int(surge)));
    prop_oneof![
        2 => rollouts(),
        2 => scaling(),
        2 => patches(surges),
        1 => extremes().prop_map(scale),
        1 => patches(wild_changes()),
    ]
}

fn patches(changes: impl Strategy<Value = Change>) -> impl Strategy<Value = Command> {
    vec(changes, 0..4).prop_map(|changes| Command::Patch { deployment: WEB, changes })
}

fn changes() -> impl Strategy<Value = Change> {
    let kinds = select(vec![StrategyType::RollingUpdate, StrategyType::Recreate]);
    prop_oneof![
        kinds.prop_map(Change::StrategyType),
        ints_or_percents(200).prop_map(Change::MaxSurge),
        ints_or_percents(100).prop_map(Change::MaxUnavailable),
        min_ready_seconds().prop_map(Change::MinReadySeconds),
        deadlines().prop_map(Change::ProgressDeadlineSeconds),
        limits().prop_map(Change::RevisionHistoryLimit),
    ]
}

fn wild_changes() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<String>().prop_map(|kind| Change::StrategyType(StrategyType::parse(&kind))),
        wild_ints_or_strings().prop_map(Change::MaxSurge),
        wild_ints_or_strings().prop_map(Change::MaxUnavailable),
        extremes().prop_map(Change::MinReadySeconds),
        extremes().prop_map(Change::ProgressDeadlineSeconds),
        extremes().prop_map(Change::RevisionHistoryLimit),
    ]
}

fn wild_ints_or_strings() -> impl Strategy<Value = IntOrString> {
    let likely = select(vec!["0%", "100%", "101%", "-5%", "10", "abc", "", "%", "99999999999999999999%"]);
    let texts = prop_oneof![likely.prop_map(str::to_owned), any::<String>()];
    prop_oneof![
        extremes().prop_map(IntOrString::Int),
        texts.prop_map(|text| IntOrString::String(text.into()))
    ]
}

fn extremes() -> impl Strategy<Value = i32> {
    prop_oneof![select(vec![i32::MIN, -1, 0, 1, i32::MAX - 1, i32::MAX]), any::<i32>()]
}

/// Names that pods of this scenario's Deployment may have.
fn pod_names() -> impl Strategy<Value = String> {
    let images = prop_oneof![2 => Just(IMAGES[0]), 1 => select(&IMAGES[..])];
    (images, 0..60_u32).prop_map(|(image, pod)| {
        let hash = pod_template_hash(&DeploymentSpec::new("web", image).template, None);
        let suffix = Dice { seed: SEED }.name_suffix(pod);
        format!("{}-{suffix}", generate_replica_set_name("web", hash))
    })
}

fn set_image(image: &str) -> Command {
    Command::SetImage { deployment: WEB, image: image.to_owned() }
}

fn scale(replicas: i32) -> Command {
    Command::Scale { deployment: WEB, replicas }
}

fn undo(to_revision: i64) -> Command {
    Command::RolloutUndo { deployment: WEB, to_revision }
}
