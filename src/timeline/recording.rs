//! How a run is taken on, and when it has been taken far enough.

use crate::sim::Sim;
use crate::sim::behaviour::Behaviour;
use crate::sim::cluster::{ReplicaSet, ReplicaSetId};
use crate::sim::command::{Rejected, Scripted};
use crate::sim::conditions::ConditionReason;
use crate::sim::deployment::progress;
use crate::sim::out::Actor;
use crate::sim::scenario::Scenario;
use crate::sim::time::{SimDuration, SimTime};

use super::journal::Cursor;
use super::journal::Journal;
use super::landmarks::{Kind, Landmarks, MARKS};
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
        let sim = Sim::begin(scenario)?;
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
            let repeats = self.may_repeat(patience.is_endless);
            let limit = if waits || !repeats { SimTime::MAX } else { news + patience.at(self) };
            let marks = self.landmarks.marks();
            if !self.advance(&inputs.script, limit) {
                break;
            }
            facts += self.sim.facts().len();
            let changed = reasons != self::reasons(&self.sim);
            changes += usize::from(changed);
            let marked = marks < self.landmarks.marks();
            if marked || !repeats || (changed && changes < ENOUGH_CHANGES) {
                (news, facts) = (self.sim.now(), 0);
            }
            if marked {
                // What comes after a command is the same, whether or not all before it was simulated just now.
                changes = 0;
            }
        }
    }

    /// Whether what happens now may happen again and again: a ReplicaSet asks a full quota, or pods never come to rest.
    /// Where there is room again that ReplicaSet waits up to 1,000 seconds, but then it has its pods.
    fn may_repeat(&self, is_endless: bool) -> bool {
        let cluster = &self.sim.cluster;
        let fails = |set: &ReplicaSet| set.deleted.is_none() && set.failure.is_some();
        match cluster.replica_sets.iter().any(fails) {
            true => cluster.quota.is_some_and(|limited| limited <= cluster.pods.existing()),
            false => is_endless,
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
    /// Whether there are pods that never come to rest.
    is_endless: bool,
    slowest: SimDuration,
    until_trouble: SimDuration,
}

impl Patience {
    /// Of a scenario in which not every pod comes to rest by itself.
    fn of(scenario: &Scenario) -> Option<Self> {
        // A full quota is asked again and again.
        let is_endless = scenario.behaviours.all().any(Behaviour::is_endless);
        if !is_endless && scenario.quota.is_none() {
            return None;
        }
        let longest = |time: fn(&Behaviour) -> SimDuration| scenario.behaviours.all().map(time).max();
        let [slowest, until_trouble] =
            [Behaviour::slowest, Behaviour::until_trouble].map(|time| longest(time).unwrap_or_default());
        Some(Self { is_endless, slowest, until_trouble })
    }

    /// As long as the slowest pod takes until it is available, and until something goes wrong with it if nothing has
    /// yet; or the progress deadline if it is running; and a minute to see how it goes on.
    fn at(&self, run: &Recording) -> SimDuration {
        use ConditionReason::{DeploymentPaused, NewReplicaSetAvailable, ProgressDeadlineExceeded};
        const TO_SEE_IT: SimDuration = SimDuration::from_secs(60);
        const LONGEST: SimDuration = SimDuration::from_secs(3600);
        let settled = [NewReplicaSetAvailable, ProgressDeadlineExceeded, DeploymentPaused];
        let running = !reasons(&run.sim).iter().flatten().any(|reason| settled.contains(reason));
        let spec = &run.sim.cluster.deployment(SHOWN).spec;
        let deadline = if running { progress::deadline(spec).min(LONGEST) } else { SimDuration::ZERO };
        let min_ready = SimDuration::from_secs(spec.min_ready_seconds.max(0) as u64).min(LONGEST);
        let last = |kinds| run.landmarks.last(kinds, run.journal.steps());
        let has_failed = last(&MARKS) <= last(&[Kind::Crash, Kind::Unhealthy]);
        let until_trouble = if has_failed { SimDuration::ZERO } else { self.until_trouble };
        deadline.max(self.slowest.plus(min_ready.max(until_trouble))).plus(TO_SEE_IT)
    }
}

/// The reasons of the shown Deployment's conditions, which say where its rollout stands.
pub(super) fn reasons(sim: &Sim) -> [Option<ConditionReason>; 3] {
    let mut reasons =
        sim.cluster.deployment(SHOWN).status.conditions.iter().map(|condition| condition.reason);
    std::array::from_fn(|_| reasons.next())
}
