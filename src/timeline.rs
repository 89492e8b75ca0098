//! A run that can be moved through: forward, back, anywhere.
//!
//! A scenario and a script are the truth; everything here is rebuilt from them. Going back is the
//! same code as going forward, from a nearer start.

pub mod lives;
pub mod series;
pub mod thinned;

use crate::sim::Sim;
use crate::sim::behaviour::Behaviour;
use crate::sim::cluster::{Cluster, DeploymentId, ReplicaSetId};
use crate::sim::command::{Answer, Command, Rejected, Scripted};
use crate::sim::conditions::ConditionReason;
use crate::sim::deployment::progress;
use crate::sim::out::{Actor, Event, Fact, Step};
use crate::sim::pod::{Pod, PodId};
use crate::sim::scenario::Scenario;
use crate::sim::time::{SimDuration, SimTime};

use lives::Lives;
use series::{Series, Tally};
use thinned::Thinned;

/// All that a run follows from.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// What is given before time zero.
    pub scenario: Scenario,
    /// What is asked later, in order of time.
    pub script: Vec<Scripted>,
}

/// A run and a moment in it.
///
/// Steps are numbered from 1, the creation of the scenario's Deployments; the cursor stands *after*
/// the step it names.
#[derive(Clone, Debug)]
pub struct Timeline {
    inputs: Inputs,
    /// What happened: `journal[i]` is step `i + 1`. For showing, never for rebuilding.
    journal: Vec<Step>,
    /// Copies of the past, evenly spread, by step - 1.
    keyframes: Thinned<Sim>,
    /// The furthest the run has been taken.
    frontier: Sim,
    /// Whether it would go on for ever, so that it was left off at some point.
    endless: bool,
    /// The step on screen.
    cursor: Sim,
    /// The moment on screen: not before the cursor's step, and before the next.
    time: SimTime,
    series: Series,
    lives: Lives,
}

/// The pods at one step of a run.
#[derive(Clone, Copy, Debug)]
pub struct Pods<'a> {
    cluster: &'a Cluster,
}

impl<'a> Pods<'a> {
    /// The pod `id`, be it gone; `None` if it has not been created yet.
    pub fn get(self, id: PodId) -> Option<Pod> {
        self.cluster.pods.get(id.0 as usize).copied()
    }

    /// All that exist, oldest first.
    pub fn existing(self) -> impl Iterator<Item = (PodId, Pod)> + 'a {
        self.cluster.existing_pods().map(|(id, pod)| (id, *pod))
    }
}

/// Which Deployment the page is about.
pub const SHOWN: DeploymentId = DeploymentId(0);

/// What a step is to someone who leafs through a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A user gave a command.
    Command,
    /// A controller scaled something.
    Decision,
}

impl Timeline {
    /// A run that has been taken as far as anything happens, with the cursor at its beginning; or
    /// what the API server has against the scenario.
    pub fn new(inputs: Inputs) -> Result<Self, Rejected> {
        let (sim, step) = Sim::new(&inputs.scenario)?;
        let mut series = Series::default();
        series.record(&sim, SHOWN);
        let mut timeline = Self {
            inputs,
            journal: vec![step],
            keyframes: Thinned::new(sim.clone()),
            frontier: sim.clone(),
            endless: false,
            cursor: sim,
            time: SimTime::ZERO,
            series,
            lives: Lives::default(),
        };
        timeline.run_ahead();
        Ok(timeline)
    }

    /// All that this run follows from.
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// The API objects at the step on screen, other than pods.
    pub fn cluster(&self) -> &Cluster {
        &self.cursor.cluster
    }

    /// The pods at the step on screen.
    pub fn pods(&self) -> Pods<'_> {
        Pods { cluster: &self.cursor.cluster }
    }

    /// How the pods of a ReplicaSet stand at the moment on screen.
    pub fn tally(&self, id: ReplicaSetId) -> Tally {
        Tally::of(&self.cursor.cluster, id, self.time)
    }

    /// The step on screen, from 1.
    pub fn step_number(&self) -> usize {
        self.cursor.steps()
    }

    /// How many steps the run has.
    pub fn steps(&self) -> usize {
        self.journal.len()
    }

    /// What happened in a step, which is one of the run's.
    pub fn step_at(&self, number: usize) -> &Step {
        &self.journal[number - 1]
    }

    /// What happens after the step on screen.
    pub fn next_step(&self) -> Option<&Step> {
        self.journal.get(self.cursor.steps())
    }

    /// The API objects at the end of the run: every ReplicaSet there ever was is among them.
    pub fn last_cluster(&self) -> &Cluster {
        &self.frontier.cluster
    }

    /// How many pods there ever were in the run.
    pub fn pods_ever(&self) -> usize {
        self.frontier.cluster.pods.len()
    }

    /// The ReplicaSet of a pod of the run, whether or not it exists at the step on screen.
    pub fn owner(&self, pod: PodId) -> ReplicaSetId {
        self.frontier.cluster.pod(pod).replica_set
    }

    /// The name of a pod of the run, whether or not it exists at the step on screen.
    pub fn pod_name(&self, pod: PodId) -> String {
        self.frontier.cluster.pod_name(pod)
    }

    /// The cluster at the end of the run: it knows every pod there ever was.
    pub fn frontier(&self) -> &Sim {
        &self.frontier
    }

    /// The moment on screen.
    pub fn time(&self) -> SimTime {
        self.time
    }

    /// All steps of the run; `journal()[i]` is step `i + 1`.
    pub fn journal(&self) -> &[Step] {
        &self.journal
    }

    /// The step on screen.
    pub fn step(&self) -> &Step {
        &self.journal[self.cursor.steps() - 1]
    }

    /// For the chart.
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// What became, and will become, of every pod.
    pub fn lives(&self) -> &Lives {
        &self.lives
    }

    /// Whether the run goes on for ever as it did last: pods that crash or flap never come to rest.
    pub fn is_endless(&self) -> bool {
        self.endless
    }

    /// When the last step of the run happens.
    pub fn end(&self) -> SimTime {
        self.frontier.now()
    }

    /// Moves to a step; one that does not exist is the nearest that does.
    pub fn seek(&mut self, step: usize) {
        self.go_to(step);
        self.time = self.cursor.now();
    }

    /// Moves to a moment; every step up to and including it has then happened.
    pub fn seek_time(&mut self, time: SimTime) {
        self.go_to(self.journal.partition_point(|step| step.at <= time));
        self.time = time;
    }

    /// Gives a command at the moment on screen, after all else that happens then. If that is in the
    /// past, the future is another one from here on; unless the command is refused, or there is
    /// nothing for it to do.
    pub fn act(&mut self, command: Command) -> Result<Answer, Rejected> {
        let mut sim = self.cursor.clone();
        let last = self.journal.partition_point(|step| step.at <= self.time);
        replay(&mut sim, last, &self.inputs.script, &self.journal);
        let answer = sim.check(self.time, &command)?;
        if answer.changes_nothing() {
            return Ok(answer);
        }
        self.cursor = sim;
        self.cut_future();
        self.inputs.script.push(Scripted { at: self.time, command });
        self.run_ahead();
        self.seek(last + 1);
        Ok(answer)
    }

    /// The marks of the run with their steps, in order.
    pub fn marks(&self) -> impl DoubleEndedIterator<Item = (usize, SimTime, Mark)> {
        let steps = self.journal.iter().enumerate();
        steps.filter_map(|(index, step)| Some((index + 1, step.at, mark(step)?)))
    }

    fn go_to(&mut self, step: usize) {
        let step = step.clamp(1, self.journal.len());
        let near = self.keyframes.nearest(step - 1);
        if step < self.cursor.steps() || self.cursor.steps() < near.steps() {
            self.cursor = near.clone();
        }
        replay(&mut self.cursor, step, &self.inputs.script, &self.journal);
    }

    fn cut_future(&mut self) {
        let steps = self.cursor.steps();
        self.inputs.script.truncate(self.cursor.commands());
        self.journal.truncate(steps);
        self.keyframes.truncate(steps - 1);
        self.lives.truncate(steps);
        self.series.truncate(self.cursor.now());
        self.frontier = self.cursor.clone();
    }

    /// Takes the run as far as anything happens; or where pods never come to rest, until nothing new
    /// has happened for so long, or in spite of so much, that nothing new will.
    fn run_ahead(&mut self) {
        let patience = Patience::of(&self.inputs.scenario);
        let (mut news, mut facts, mut changes) = (self.frontier.now(), 0, 0);
        while facts < ENOUGH_OF_THE_SAME {
            let waits = self.frontier.commands() < self.inputs.script.len();
            let reasons = reasons(&self.frontier);
            let limit = match &patience {
                Some(patience) if !waits => news + patience.after(&reasons),
                _ => SimTime::MAX,
            };
            let Some(step) = advance(&mut self.frontier, &self.inputs.script, limit) else { break };
            facts += step.facts.len();
            let changed = reasons != self::reasons(&self.frontier);
            changes += usize::from(changed);
            if patience.is_none() || mark(&step).is_some() || (changed && changes < ENOUGH_CHANGES) {
                (news, facts) = (step.at, 0);
            }
            self.lives.record(&step, &self.frontier);
            self.journal.push(step);
            self.series.record(&self.frontier, SHOWN);
            let frontier = &self.frontier;
            self.keyframes.offer(frontier.steps() - 1, || frontier.clone());
        }
        self.endless = self.frontier.next_at().is_some();
        // Looking for another step has used up work that changed nothing; the frontier is the
        // cluster right after the last step, like any other place in the run.
        let last = self.journal.len();
        self.frontier = self.keyframes.nearest(last - 1).clone();
        replay(&mut self.frontier, last, &self.inputs.script, &self.journal);
    }
}

/// So many facts in a row with nothing new among them, and there will be nothing new.
const ENOUGH_OF_THE_SAME: usize = 10_000;

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
    fn after(&self, reasons: &[ConditionReason]) -> SimDuration {
        use ConditionReason::{DeploymentPaused, NewReplicaSetAvailable, ProgressDeadlineExceeded};
        const TO_SEE_IT: SimDuration = SimDuration::from_secs(60);
        let settled = [NewReplicaSetAvailable, ProgressDeadlineExceeded, DeploymentPaused];
        let running = !reasons.iter().any(|reason| settled.contains(reason));
        let deadline = if running { self.deadline } else { SimDuration::ZERO };
        deadline.max(self.slowest).plus(TO_SEE_IT)
    }
}

/// The reasons of the shown Deployment's conditions, which say where its rollout stands.
fn reasons(sim: &Sim) -> Vec<ConditionReason> {
    let conditions = &sim.cluster.deployment(SHOWN).status.conditions;
    conditions.iter().map(|condition| condition.reason).collect()
}

/// Takes a copy of the past on to a later step. Debug builds compare with what happened the first
/// time, so that every scrub is a test of determinism.
fn replay(sim: &mut Sim, step: usize, script: &[Scripted], journal: &[Step]) {
    while sim.steps() < step {
        let replayed = advance(sim, script, SimTime::MAX).expect("the journal has this step");
        debug_assert_eq!(replayed, journal[sim.steps() - 1], "a replay went another way");
    }
}

/// Does the next piece of work or, when its moment has come, the next command of the script; after
/// the last command nothing that lies beyond `limit`.
fn advance(sim: &mut Sim, script: &[Scripted], limit: SimTime) -> Option<Step> {
    let next = script.get(sim.commands());
    let limit = next.map_or(limit, |scripted| scripted.at);
    sim.step(limit).or_else(|| next.map(|scripted| sim.apply(scripted.at, &scripted.command)))
}

/// What a step is marked as, if it is.
pub fn mark(step: &Step) -> Option<Mark> {
    let scales = |fact: &Fact| matches!(fact, Fact::Event(Event::ScalingReplicaSet { .. }));
    match step.actor {
        Actor::User => Some(Mark::Command),
        _ if step.facts.iter().any(scales) => Some(Mark::Decision),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::behaviour::Flap;

    fn article() -> Timeline {
        let set_image = Command::SetImage { deployment: SHOWN, image: "web:v2".to_owned() };
        let script = vec![Scripted { at: SimTime::from_secs(20), command: set_image }];
        Timeline::new(Inputs { scenario: Scenario::article(), script }).unwrap()
    }

    fn undo() -> Command {
        Command::RolloutUndo { deployment: SHOWN, to_revision: 0 }
    }

    #[test]
    fn seek_equals_run() {
        let timeline = article();
        let mut runner = timeline.clone();
        for step in 1..=timeline.journal().len() {
            runner.seek(step);
            for from in [1, step / 2, timeline.journal().len()] {
                let mut seeker = timeline.clone();
                seeker.seek(from);
                seeker.seek(step);
                assert_eq!(seeker.cursor, runner.cursor, "step {step} from {from}");
            }
        }
        assert_eq!(runner.cursor, timeline.frontier);
    }

    #[test]
    fn a_moment_shows_all_that_has_happened_by_then() {
        let mut timeline = article();
        timeline.seek_time(SimTime::from_millis(24_999));
        assert_eq!(timeline.step().at, SimTime::from_secs(22));
        timeline.seek_time(SimTime::from_secs(25));
        assert_eq!(timeline.step().at, SimTime::from_secs(25));
        assert_eq!(timeline.journal[timeline.cursor.steps()].at, SimTime::from_secs(27));
    }

    #[test]
    fn acting_in_the_past_cuts_the_future() {
        let mut timeline = article();
        timeline.seek_time(SimTime::from_secs(23));
        let before = timeline.journal[..timeline.cursor.steps()].to_vec();
        timeline.act(undo()).unwrap();
        assert_eq!(timeline.time(), SimTime::from_secs(23));
        assert_eq!(timeline.inputs.script.len(), 2);
        assert_eq!(timeline.journal[..before.len()], before);
        assert_eq!(timeline.frontier.cluster.deployment(SHOWN).spec.template.image(), "web:v1");
        let again = Timeline::new(timeline.inputs.clone()).unwrap();
        assert_eq!(again.journal, timeline.journal);
        assert_eq!(again.series, timeline.series);
        assert_eq!(again.lives, timeline.lives);
    }

    #[test]
    fn a_refused_command_costs_no_future() {
        let mut timeline = article();
        timeline.seek_time(SimTime::from_secs(10));
        let steps = timeline.journal().len();
        let refused = timeline.act(undo());
        assert_eq!(refused, Err(Rejected::NoRolloutHistory { deployment: "web".to_owned() }));
        assert_eq!(timeline.journal().len(), steps);
    }

    #[test]
    fn an_endless_run_is_left_off_after_the_deadline() {
        let mut inputs = article().inputs;
        inputs.scenario.behaviours.of_mut("web:v2").crash_after = Some(SimDuration::from_secs(1));
        inputs.scenario.behaviours.of_mut("web:v2").ready = Vec::new();
        let timeline = Timeline::new(inputs).unwrap();
        assert!(timeline.is_endless());
        let reason = reasons(timeline.frontier());
        assert!(reason.contains(&ConditionReason::ProgressDeadlineExceeded), "{reason:?}");
        assert!(timeline.end() < SimTime::from_secs(20 + 601 + 660), "{:?}", timeline.end());
        assert!(!article().is_endless());
    }

    #[test]
    fn a_condition_that_goes_back_and_forth_does_not_keep_a_run_going() {
        let mut inputs = article().inputs;
        let flap = Flap { ready_for: SimDuration::from_secs(4), unready_for: SimDuration::from_secs(4) };
        inputs.scenario.behaviours.default.flap = Some(flap);
        let timeline = Timeline::new(inputs).unwrap();
        assert!(timeline.is_endless() && timeline.end() < SimTime::from_secs(3000), "{:?}", timeline.end());
    }

    #[test]
    fn the_series_never_leaves_the_budget() {
        for sample in article().series().samples().iter().filter(|sample| SimTime::from_secs(5) < sample.at) {
            assert!(8 <= sample.least_available && sample.most_active <= 13, "{sample:?}");
        }
    }
}
