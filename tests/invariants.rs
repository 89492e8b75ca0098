//! What holds in every run, whatever is deployed and whatever is typed: properties over random
//! scenarios and scripts. `PROPTEST_CASES` says how many of each.

use std::iter::from_fn;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use rollscope::sim::Sim;
use rollscope::sim::behaviour::{Behaviour, Behaviours};
use rollscope::sim::cluster::{
    Cluster, DeploymentId, DeploymentStatus, ReplicaSet, ReplicaSetId, ReplicaSetStatus,
};
use rollscope::sim::command::{Answer, Command, Scripted};
use rollscope::sim::deployment::fenceposts::{max_total_pods, min_available};
use rollscope::sim::deployment::progress::deployment_complete;
use rollscope::sim::deployment::revisions::{deployment_revision, revision};
use rollscope::sim::deployment::sync::find_new_replica_set;
use rollscope::sim::int_or_string::IntOrString;
use rollscope::sim::out::{Actor, Fact, Step};
use rollscope::sim::pod::{Pod, Stage};
use rollscope::sim::scenario::Scenario;
use rollscope::sim::spec::{DeploymentSpec, DeploymentStrategy, UNLIMITED};
use rollscope::sim::time::{SimDuration, SimTime};
use rollscope::sim::validation::validate_deployment_spec;

const WEB: DeploymentId = DeploymentId(0);
const IMAGES: [&str; 4] = ["web:v1", "web:v2", "web:v3", "web:v4"];

proptest! {
    // Without persistence a failure prints its case, and leaves no file behind.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn replica_sets_never_ask_for_more_pods_than_the_ceiling(run in runs(any_ready())) {
        run.watch(|_, sim| {
            let asked: i32 = existing_replica_sets(&sim.cluster).map(|(_, rs)| rs.replicas).sum();
            assert!(asked <= max_total_pods(&sim.cluster.deployment(WEB).spec), "{asked} pods");
        });
    }

    #[test]
    fn an_instant_ends_with_as_many_pods_as_are_asked_for(run in runs(any_ready())) {
        run.watch_instants(|sim| {
            for (index, replica_set) in (0..).zip(&sim.cluster.replica_sets) {
                // Nothing here is so large that one sync could not create all that is missing.
                let active = pods_of(&sim.cluster, ReplicaSetId(index)).filter(|pod| pod.is_active());
                assert_eq!(active.count(), replica_set.replicas as usize, "of {}", replica_set.name);
            }
        });
    }

    #[test]
    fn an_instant_ends_with_statuses_that_equal_a_recount(run in runs(any_ready())) {
        run.watch_instants(|sim| {
            for (id, replica_set) in existing_replica_sets(&sim.cluster) {
                assert_eq!(replica_set.status, recounted(&sim.cluster, id, sim.now()));
            }
            let deployment = sim.cluster.deployment(WEB);
            assert_eq!(counts(&deployment.status), recounted_for_deployment(&sim.cluster, sim.now()));
            assert_eq!(deployment.status.observed_generation, deployment.generation);
        });
    }

    /// With minReadySeconds they may, in a cluster as here: when a pod that is ready but not yet
    /// available is to go, the ReplicaSet controller takes an available one instead if both have been
    /// ready for about as long.
    #[test]
    fn available_pods_never_fall_below_the_floor_once_they_reached_it(mut run in runs(some_ready())) {
        let mut reached = false;
        run.scenario.deployments[0].1.min_ready_seconds = 0;
        run.watch(|_, sim| {
            let ids = existing_replica_sets(&sim.cluster).map(|(id, _)| id);
            let available: i32 = ids.map(|id| recounted(&sim.cluster, id, sim.now()).available_replicas).sum();
            let floor = min_available(&sim.cluster.deployment(WEB).spec);
            assert!(!reached || floor <= available, "{available} of at least {floor} at {:?}", sim.now());
            reached |= floor <= available;
        });
    }

    #[test]
    fn a_rollout_of_images_that_become_ready_completes(run in runs(some_ready())) {
        let (_, sim) = run.play();
        let deployment = sim.cluster.deployment(WEB);
        assert!(deployment_complete(deployment, &deployment.status), "{:?}", deployment.status);
    }

    #[test]
    fn the_same_input_gives_the_same_run(run in runs(any_ready())) {
        assert_eq!(run.play(), run.clone().play());
    }

    #[test]
    fn steps_do_not_depend_on_limits(run in runs(any_ready()), strides in vec(50_u64..3_000, 1..5)) {
        assert_eq!(run.play_in_strides(&strides), run.play());
    }

    #[test]
    fn undo_restores_the_template_and_takes_the_next_revision(run in runs(any_ready())) {
        let (mut before, mut next_revision) = (None, None);
        run.watch(|moment, sim| match moment {
            Moment::Stepped(step) => {
                if let Some((to_revision, answer)) = undo_in(step) {
                    let before = before.as_ref().expect("a command follows the end of an instant");
                    next_revision = expect_undone(before, &sim.cluster, to_revision, answer);
                }
            }
            Moment::InstantEnds => {
                if let Some(next) = next_revision.take() {
                    expect_revision(&sim.cluster, next);
                }
                before = Some(sim.cluster.clone());
            }
        });
    }

    #[test]
    fn a_refused_command_changes_nothing(run in runs(any_ready())) {
        let mut before: Option<Sim> = None;
        run.watch(|moment, sim| match moment {
            Moment::Stepped(step) => {
                if let Some(before) = before.as_ref().filter(|_| is_refusal(step)) {
                    assert_eq!((&sim.cluster, sim.next_at()), (&before.cluster, before.next_at()));
                    assert_eq!((sim.steps(), sim.commands()), (before.steps() + 1, before.commands() + 1));
                    assert_eq!(step.facts.len(), 1);
                }
            }
            Moment::InstantEnds => before = Some(sim.clone()),
        });
    }

    #[test]
    fn a_run_is_the_same_without_its_refused_commands(run in runs(any_ready())) {
        let (mut journal, _) = run.play();
        let mut answers = journal[1..].iter().filter(|step| step.actor == Actor::User);
        let mut without = run.clone();
        without.script.retain(|_| !is_refusal(answers.next().expect("every command is a step")));
        journal.retain(|step| !is_refusal(step));
        assert_eq!(without.play().0, journal);
    }

    #[test]
    fn random_commands_never_panic(run in runs_of(any_ready(), wild_commands())) {
        run.play();
    }
}

/// A scenario, and what is typed while it runs, in order of time.
#[derive(Clone, Debug)]
struct Run {
    scenario: Scenario,
    script: Vec<Scripted>,
}

/// What has just happened in a run.
enum Moment<'a> {
    Stepped(&'a Step),
    /// There is nothing left to do at this time, but for a command of it.
    InstantEnds,
}

impl Run {
    /// Every step, and how it ends.
    fn play(&self) -> (Vec<Step>, Sim) {
        self.play_by(|sim, until, journal| journal.extend(from_fn(|| sim.step(until))))
    }

    /// The same with a limit that is never far away.
    fn play_in_strides(&self, strides: &[u64]) -> (Vec<Step>, Sim) {
        let mut strides = strides.iter().cycle();
        self.play_by(|sim, until, journal| {
            let mut limit = sim.now();
            while sim.next_at().is_some_and(|next| next <= until) {
                journal.extend(from_fn(|| sim.step(limit)));
                let stride = *strides.next().expect("there is a stride");
                limit = until.min(limit + SimDuration::from_millis(stride));
            }
        })
    }

    fn play_by(&self, mut advance: impl FnMut(&mut Sim, SimTime, &mut Vec<Step>)) -> (Vec<Step>, Sim) {
        let (mut sim, created) = Sim::new(&self.scenario).expect("only valid scenarios are made");
        let mut journal = vec![created];
        for Scripted { at, command } in &self.script {
            advance(&mut sim, *at, &mut journal);
            journal.push(sim.apply(*at, command));
        }
        advance(&mut sim, SimTime::MAX, &mut journal);
        assert_eq!(sim.next_at(), None, "every run ends");
        (journal, sim)
    }

    /// Shows every moment of the run.
    fn watch(&self, mut see: impl FnMut(Moment, &Sim)) {
        let (mut sim, created) = Sim::new(&self.scenario).expect("only valid scenarios are made");
        see(Moment::Stepped(&created), &sim);
        let mut script = self.script.iter().peekable();
        loop {
            while let Some(step) = sim.step(sim.now()) {
                see(Moment::Stepped(&step), &sim);
            }
            see(Moment::InstantEnds, &sim);
            let next = sim.next_at();
            let due = script.next_if(|scripted| next.is_none_or(|next| scripted.at < next));
            let step = match (due, next) {
                (Some(Scripted { at, command }), _) => Some(sim.apply(*at, command)),
                (None, Some(next)) => sim.step(next),
                (None, None) => return,
            };
            if let Some(step) = step {
                see(Moment::Stepped(&step), &sim);
            }
        }
    }

    /// Shows every instant of the run as it is in the end.
    fn watch_instants(&self, mut see: impl FnMut(&Sim)) {
        self.watch(|moment, sim| {
            if let Moment::InstantEnds = moment {
                see(sim);
            }
        });
    }
}

fn existing_replica_sets(cluster: &Cluster) -> impl Iterator<Item = (ReplicaSetId, &ReplicaSet)> {
    cluster.replica_sets_of(WEB).into_iter().map(|id| (id, cluster.replica_set(id)))
}

fn pods_of(cluster: &Cluster, id: ReplicaSetId) -> impl Iterator<Item = &Pod> {
    cluster.existing_pods().map(|(_, pod)| pod).filter(move |pod| pod.replica_set == id)
}

/// The status that a ReplicaSet should have, from all pods there are.
fn recounted(cluster: &Cluster, id: ReplicaSetId, now: SimTime) -> ReplicaSetStatus {
    let min_ready_seconds = cluster.deployment(WEB).spec.min_ready_seconds;
    let count = |counts: &dyn Fn(&Pod) -> bool| pods_of(cluster, id).filter(|pod| counts(pod)).count() as i32;
    ReplicaSetStatus {
        replicas: count(&|pod| pod.stage < Stage::Terminating),
        ready_replicas: count(&|pod| pod.stage == Stage::Ready),
        available_replicas: count(&|pod| pod.is_available(min_ready_seconds, now)),
        terminating_replicas: count(&|pod| pod.stage == Stage::Terminating),
    }
}

/// The counts that a Deployment's status should have. Pods whose ReplicaSet has been deleted count
/// for nobody, though they may still be terminating.
fn recounted_for_deployment(cluster: &Cluster, now: SimTime) -> [i32; 6] {
    let new_rs = find_new_replica_set(cluster, WEB);
    let mut total = [0; 6];
    for (id, replica_set) in existing_replica_sets(cluster) {
        let status = recounted(cluster, id, now);
        let updated = if Some(id) == new_rs { status.replicas } else { 0 };
        let unavailable = replica_set.replicas - status.available_replicas;
        let counts = [
            status.replicas,
            updated,
            status.ready_replicas,
            status.available_replicas,
            unavailable,
            status.terminating_replicas,
        ];
        total.iter_mut().zip(counts).for_each(|(total, count)| *total += count);
    }
    total
}

fn counts(status: &DeploymentStatus) -> [i32; 6] {
    [
        status.replicas,
        status.updated_replicas,
        status.ready_replicas,
        status.available_replicas,
        status.unavailable_replicas,
        status.terminating_replicas,
    ]
}

fn is_refusal(step: &Step) -> bool {
    matches!(step.facts[0], Fact::Refused(..))
}

/// The revision asked for and the answer, if this step is an undo. No answer: it was refused.
fn undo_in(step: &Step) -> Option<(i64, Option<&Answer>)> {
    match &step.facts[0] {
        Fact::Answered(Command::RolloutUndo { to_revision, .. }, answer) => {
            Some((*to_revision, Some(answer)))
        }
        Fact::Refused(Command::RolloutUndo { to_revision, .. }, _) => Some((*to_revision, None)),
        _ => None,
    }
}

/// The template is that of the revision asked for, or with 0 of the last but one, if there is such
/// a revision. Returns the number that the rollout should take, if there is one to be.
#[track_caller]
fn expect_undone(
    before: &Cluster,
    after: &Cluster,
    to_revision: i64,
    answer: Option<&Answer>,
) -> Option<i64> {
    let mut latest_first: Vec<_> =
        existing_replica_sets(before).map(|(_, rs)| (revision(rs), &rs.template)).collect();
    latest_first.sort_by_key(|(revision, _)| -revision);
    let wanted = match to_revision {
        0 => latest_first.get(1),
        _ => latest_first.iter().find(|(revision, _)| *revision == to_revision),
    };
    let present = &before.deployment(WEB).spec.template;
    let expect = wanted.map(|(_, template)| match *template == present {
        true => Answer::SkippedRollback { revision: to_revision },
        false => Answer::RolledBack,
    });
    assert_eq!(answer, expect.as_ref());
    assert_eq!(&after.deployment(WEB).spec.template, wanted.map_or(present, |(_, template)| template));
    (expect == Some(Answer::RolledBack)).then(|| latest_first[0].0 + 1)
}

#[track_caller]
fn expect_revision(cluster: &Cluster, expect: i64) {
    assert_eq!(deployment_revision(cluster.deployment(WEB)), expect);
    let new_rs = find_new_replica_set(cluster, WEB).expect("a sync makes one");
    assert_eq!(revision(cluster.replica_set(new_rs)), expect);
}

fn runs(ready: impl Strategy<Value = Vec<SimDuration>>) -> impl Strategy<Value = Run> {
    runs_of(ready, commands())
}

fn runs_of(
    ready: impl Strategy<Value = Vec<SimDuration>>,
    commands: impl Strategy<Value = Command>,
) -> impl Strategy<Value = Run> {
    (scenarios(ready), scripts(commands)).prop_map(|(scenario, script)| Run { scenario, script })
}

fn scenarios(ready: impl Strategy<Value = Vec<SimDuration>>) -> impl Strategy<Value = Scenario> {
    let behaviours = vec(behaviours(ready), IMAGES.len()).prop_map(|behaviours| {
        let by_image = IMAGES.map(str::to_owned).into_iter().zip(behaviours).collect();
        Behaviours { by_image, ..Behaviours::default() }
    });
    (specs(), behaviours, any::<u64>()).prop_map(|(spec, behaviours, seed)| Scenario {
        deployments: vec![("web".to_owned(), spec)],
        behaviours,
        nodes: None,
        quota: None,
        seed,
    })
}

fn specs() -> impl Strategy<Value = DeploymentSpec> {
    let deadlines = prop_oneof![9 => 11..=60, 1 => Just(UNLIMITED)];
    let limits = prop_oneof![1 => 0..=3, 1 => Just(10)];
    let min_ready_seconds = prop_oneof![1 => Just(0), 1 => 1..=10];
    (0..=30, ints_or_percents(200), ints_or_percents(100), min_ready_seconds, limits, deadlines)
        .prop_map(|(replicas, max_surge, max_unavailable, min_ready_seconds, limit, deadline)| {
            DeploymentSpec {
                replicas,
                strategy: DeploymentStrategy::rolling_update(max_surge, max_unavailable),
                min_ready_seconds,
                revision_history_limit: limit,
                progress_deadline_seconds: deadline,
                ..DeploymentSpec::new("web", IMAGES[0])
            }
        })
        .prop_filter("the API server refuses it", |spec| validate_deployment_spec(spec).is_empty())
}

fn ints_or_percents(max_percent: i32) -> impl Strategy<Value = IntOrString> {
    prop_oneof![
        (0..=35).prop_map(IntOrString::Int),
        (0..=max_percent).prop_map(|percent| IntOrString::String(format!("{percent}%"))),
    ]
}

fn behaviours(ready: impl Strategy<Value = Vec<SimDuration>>) -> impl Strategy<Value = Behaviour> {
    (vec(delays(), 1..4), ready, delays()).prop_map(|(start, ready, terminate)| Behaviour {
        start,
        ready,
        terminate,
        ..Behaviour::default()
    })
}

/// Readiness that comes sooner or later.
fn some_ready() -> impl Strategy<Value = Vec<SimDuration>> {
    vec(delays(), 1..4)
}

/// The same, or never.
fn any_ready() -> impl Strategy<Value = Vec<SimDuration>> {
    vec(delays(), 0..4)
}

/// Up to eight seconds, by halves.
fn delays() -> impl Strategy<Value = SimDuration> {
    (0..=16_u64).prop_map(|halves| SimDuration::from_millis(500 * halves))
}

/// Commands with pauses between them, and often none.
fn scripts(commands: impl Strategy<Value = Command>) -> impl Strategy<Value = Vec<Scripted>> {
    let pauses = prop_oneof![1 => Just(0), 2 => 0..=25_u64];
    vec((pauses, commands), 0..8).prop_map(|given| {
        let mut at = SimTime::ZERO;
        let scripted = given.into_iter().map(|(pause, command)| {
            at = at + SimDuration::from_secs(pause);
            Scripted { at, command }
        });
        scripted.collect()
    })
}

fn commands() -> impl Strategy<Value = Command> {
    let images = prop_oneof![9 => select(&IMAGES[..]), 1 => Just("")];
    let revisions = prop_oneof![1 => Just(0), 1 => -1..=6_i64];
    prop_oneof![2 => images.prop_map(set_image), 1 => revisions.prop_map(undo)]
}

fn wild_commands() -> impl Strategy<Value = Command> {
    let images = any::<String>().prop_map(|image| set_image(&image));
    prop_oneof![commands(), images, any::<i64>().prop_map(undo)]
}

fn set_image(image: &str) -> Command {
    Command::SetImage { deployment: WEB, image: image.to_owned() }
}

fn undo(to_revision: i64) -> Command {
    Command::RolloutUndo { deployment: WEB, to_revision }
}
