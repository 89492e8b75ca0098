//! How a run is taken on, and when it has been taken far enough.

use crate::sim::Sim;
use crate::sim::behaviour::Behaviour;
use crate::sim::cluster::ReplicaSetId;
use crate::sim::command::{Rejected, Scripted};
use crate::sim::conditions::ConditionReason;
use crate::sim::deployment::progress;
use crate::sim::out::Actor;
use crate::sim::scenario::Scenario;
use crate::sim::time::{SimDuration, SimTime};

use super::journal::Cursor;
use super::journal::Journal;
use super::landmarks::Landmarks;
use super::lives::Lives;
use super::series::Series;
use super::series::Tally;
use super::{Inputs, SHOWN};

/// A run as far as it has been taken, and all that is known of it.
#[derive(Clone, Debug)]
pub(super) struct Recording {
    pub(super) sim: Sim,
    pub(super) journal: Journal,
    pub(super) lives: Lives,
    pub(super) series: Series,
    pub(super) landmarks: Landmarks,
    /// Debug builds read every step at once.
    read: Option<Box<Cursor>>,
}

impl Recording {
    pub(super) fn new(scenario: &Scenario) -> Result<Self, Rejected> {
        let sim = Sim::new(scenario)?.0;
        let replicas = scenario.deployments.iter().map(|(_, spec)| spec.replicas.max(0) as usize);
        let pods = 2 * replicas.sum::<usize>();
        let journal = Journal::new(&sim, pods);
        let (lives, series) = (Lives::default(), Series::default());
        let landmarks = Landmarks::default();
        let mut recording = Self { sim, journal, lives, series, landmarks, read: None };
        recording.lives.reserve(pods);
        recording.series.reserve(pods);
        recording.landmarks.reserve(pods);
        recording.record(Actor::User);
        Ok(recording)
    }

    /// The first steps of another run, made again. Debug builds compare with what happened the first
    /// time.
    pub(super) fn again(inputs: &Inputs, steps: usize) -> Result<Self, Rejected> {
        let mut recording = Self::new(&inputs.scenario)?;
        while recording.journal.steps() < steps && recording.advance(&inputs.script, SimTime::MAX) {}
        Ok(recording)
    }

    /// Does the next piece of work or, when its moment has come, the next command of the script; after
    /// the last command nothing that lies beyond `limit`. Says whether there was anything to do.
    pub(super) fn advance(&mut self, script: &[Scripted], limit: SimTime) -> bool {
        let next = script.get(self.sim.commands());
        let limit = next.map_or(limit, |scripted| scripted.at);
        let actor = match (self.sim.advance(limit), next) {
            (Some(actor), _) => actor,
            (None, Some(scripted)) => {
                self.sim.command(scripted.at, &scripted.command);
                Actor::User
            }
            (None, None) => return false,
        };
        self.record(actor);
        true
    }

    /// Takes note of what the simulator has just done.
    pub(super) fn record(&mut self, actor: Actor) {
        let Self { sim, journal, lives, landmarks, .. } = self;
        let step = journal.begin_step(actor);
        landmarks.begin_step(step, actor);
        for run in sim.facts().runs() {
            journal.record(actor, run, &sim.cluster.objects);
            lives.record(step, run, &sim.cluster);
            landmarks.record(step, run, sim);
        }
        if journal.end_step(sim, actor) {
            self.sample(step);
        }
        if cfg!(debug_assertions) {
            self.read_what_was_put_down();
        }
    }

    fn read_what_was_put_down(&mut self) {
        let Self { sim, journal, read, .. } = self;
        let read = read.get_or_insert_with(|| Box::new(journal.cursor(1)));
        journal.seek(read, journal.steps());
        assert_eq!(*read.state().objects(), sim.cluster.objects, "after {:?}", sim.facts());
        let tally = |index| Tally::of(&sim.cluster, ReplicaSetId(index), sim.now());
        let tallies = (0..sim.cluster.replica_sets.len() as u32).map(tally);
        assert!(tallies.eq(read.state().tallies().iter().copied()), "after {:?}", sim.facts());
    }

    /// Pods may count for something else than before.
    fn sample(&mut self, step: u32) {
        let Self { sim, journal, series, landmarks, .. } = self;
        let now = series.record(sim, SHOWN, journal.tallies());
        landmarks.watch(step, sim.now(), now);
    }

    /// Takes the run as far as anything happens; or where pods never come to rest, until nothing new
    /// has happened for so long, or in spite of so much, that nothing new will. Says whether it goes on.
    pub(super) fn run_ahead(&mut self, inputs: &Inputs) -> bool {
        match Patience::of(&inputs.scenario) {
            Some(patience) => self.run_until_nothing_is_new(inputs, &patience),
            None => while self.advance(&inputs.script, SimTime::MAX) {},
        }
        self.sim.next_at().is_some()
    }

    fn run_until_nothing_is_new(&mut self, inputs: &Inputs, patience: &Patience) {
        let (mut news, mut facts, mut changes) = (self.sim.now(), 0, 0);
        while facts < ENOUGH_OF_THE_SAME.max(ENOUGH_OF_A_POD * self.lives.len()) {
            let waits = self.sim.commands() < inputs.script.len();
            let reasons = reasons(&self.sim);
            let limit = if waits { SimTime::MAX } else { news + patience.after(&reasons) };
            let marks = self.landmarks.marks();
            if !self.advance(&inputs.script, limit) {
                break;
            }
            facts += self.sim.facts().len();
            let changed = reasons != self::reasons(&self.sim);
            changes += usize::from(changed);
            let marked = marks < self.landmarks.marks();
            if marked || (changed && changes < ENOUGH_CHANGES) {
                (news, facts) = (self.sim.now(), 0);
            }
            if marked {
                // What comes after a command is the same, whether or not all before it was simulated just now.
                changes = 0;
            }
        }
    }
}

/// So many facts in a row with nothing new among them, and there will be nothing new.
const ENOUGH_OF_THE_SAME: usize = 10_000;

/// The same for each pod.
const ENOUGH_OF_A_POD: usize = 10;

/// A condition that has changed so often will change again and again.
const ENOUGH_CHANGES: usize = 20;

/// For how long nothing new may happen until nothing new is expected.
struct Patience {
    deadline: SimDuration,
    slowest: SimDuration,
}

impl Patience {
    /// Of a scenario in which not every pod comes to rest by itself.
    fn of(scenario: &Scenario) -> Option<Self> {
        const LONGEST_DEADLINE: SimDuration = SimDuration::from_secs(3600);
        // A full quota is asked again and again.
        if !scenario.behaviours.all().any(Behaviour::is_endless) && scenario.quota.is_none() {
            return None;
        }
        let specs = scenario.deployments.iter().map(|(_, spec)| spec);
        let deadline = specs.map(|spec| progress::deadline(spec).min(LONGEST_DEADLINE)).max();
        let slowest = scenario.behaviours.all().map(Behaviour::slowest).max();
        Some(Self { deadline: deadline.unwrap_or_default(), slowest: slowest.unwrap_or_default() })
    }

    /// As long as the slowest pod takes, or the progress deadline if it is running, and a minute to see
    /// how it goes on.
    fn after(&self, reasons: &[Option<ConditionReason>]) -> SimDuration {
        use ConditionReason::{DeploymentPaused, NewReplicaSetAvailable, ProgressDeadlineExceeded};
        const TO_SEE_IT: SimDuration = SimDuration::from_secs(60);
        let settled = [NewReplicaSetAvailable, ProgressDeadlineExceeded, DeploymentPaused];
        let running = !reasons.iter().flatten().any(|reason| settled.contains(reason));
        let deadline = if running { self.deadline } else { SimDuration::ZERO };
        deadline.max(self.slowest).plus(TO_SEE_IT)
    }
}

/// The reasons of the shown Deployment's conditions, which say where its rollout stands.
pub(super) fn reasons(sim: &Sim) -> [Option<ConditionReason>; 3] {
    let mut reasons =
        sim.cluster.deployment(SHOWN).status.conditions.iter().map(|condition| condition.reason);
    std::array::from_fn(|_| reasons.next())
}
