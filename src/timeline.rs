//! A run that can be moved through: forward, back, anywhere.
//!
//! A scenario and a script are the truth; everything here is rebuilt from them. Going back is the
//! same code as going forward, from a nearer start.

mod bytes;
pub mod journal;
pub mod landmarks;
pub mod lives;
mod packed;
pub mod pods;
pub mod series;
mod slots;
pub mod victims;

use std::cell::RefCell;
use std::rc::Rc;

use crate::sim::Sim;
use crate::sim::behaviour::Behaviour;
use crate::sim::cluster::{Cluster, DeploymentId, Objects, ReplicaSetId};
use crate::sim::command::{Answer, Command, Rejected, Scripted};
use crate::sim::conditions::ConditionReason;
use crate::sim::deployment::progress;
use crate::sim::out::{Actor, Event, Fact, Step};
use crate::sim::pod::{PodId, Stage};
use crate::sim::scenario::Scenario;
use crate::sim::time::{SimDuration, SimTime};

use journal::{Cursor, Journal};
use landmarks::Landmarks;
use lives::{Lives, Moment};
use pods::Pods;
use series::{Series, Tally};

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
    run: Recording,
    /// Whether it would go on for ever, so that it was left off at some point.
    endless: bool,
    /// The step on screen.
    cursor: Cursor,
    /// The moment on screen: not before the cursor's step, and before the next.
    time: SimTime,
    /// The steps that were looked at last, and the number of the first.
    looked_at: RefCell<(usize, Vec<Rc<Step>>)>,
}

/// A run as far as it has been taken, and all that is known of it.
#[derive(Clone, Debug)]
struct Recording {
    sim: Sim,
    journal: Journal,
    lives: Lives,
    series: Series,
    landmarks: Landmarks,
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

impl Recording {
    fn new(scenario: &Scenario) -> Result<Self, Rejected> {
        let sim = Sim::new(scenario)?.0;
        let replicas = scenario.deployments.iter().map(|(_, spec)| spec.replicas.max(0) as usize);
        let pods = 2 * replicas.sum::<usize>();
        let journal = Journal::new(&sim, Actor::User, pods);
        let (lives, series) = (Lives::default(), Series::default());
        let landmarks = Landmarks::default();
        let mut recording = Self { sim, journal, lives, series, landmarks };
        recording.lives.reserve(pods);
        recording.series.reserve(pods);
        recording.landmarks.reserve(pods);
        recording.sample(Actor::User, true);
        Ok(recording)
    }

    /// The first steps of another run, made again. Debug builds compare with what happened the first
    /// time.
    fn again(inputs: &Inputs, steps: usize) -> Result<Self, Rejected> {
        let mut recording = Self::new(&inputs.scenario)?;
        while recording.journal.steps() < steps && recording.advance(&inputs.script, SimTime::MAX) {}
        Ok(recording)
    }

    /// Does the next piece of work or, when its moment has come, the next command of the script; after
    /// the last command nothing that lies beyond `limit`. Says whether there was anything to do.
    fn advance(&mut self, script: &[Scripted], limit: SimTime) -> bool {
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
    fn record(&mut self, actor: Actor) {
        let pods_move = self.journal.push(&self.sim, actor);
        if actor == Actor::Scheduler || self.sim.facts().are_about_pods() {
            self.lives.record(&self.sim);
        }
        self.sample(actor, pods_move);
    }

    fn sample(&mut self, actor: Actor, pods_move: bool) {
        let step = self.journal.steps() as u32;
        self.landmarks.record(step, actor, &self.sim);
        if !pods_move {
            return;
        }
        self.series.record(&self.sim, SHOWN, &self.journal.state().tallies);
        if let Some(now) = self.series.samples().last() {
            self.landmarks.watch(step, self.sim.now(), now);
        }
    }

    /// Takes the run as far as anything happens; or where pods never come to rest, until nothing new
    /// has happened for so long, or in spite of so much, that nothing new will. Says whether it goes on.
    fn run_ahead(&mut self, inputs: &Inputs) -> bool {
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

impl Timeline {
    /// A run that has been taken as far as anything happens, with the cursor at its beginning; or
    /// what the API server has against the scenario.
    pub fn new(inputs: Inputs) -> Result<Self, Rejected> {
        let mut run = Recording::new(&inputs.scenario)?;
        let endless = run.run_ahead(&inputs);
        let cursor = run.journal.cursor(1);
        let looked_at = RefCell::default();
        Ok(Self { inputs, run, endless, cursor, time: SimTime::ZERO, looked_at })
    }

    /// All that this run follows from.
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// The API objects at the step on screen, other than pods.
    pub fn cluster(&self) -> &Objects {
        &self.cursor.state().objects
    }

    /// The pods at the step on screen.
    pub fn pods(&self) -> Pods<'_> {
        Pods { timeline: self }
    }

    /// How the pods of a ReplicaSet stand at the step on screen.
    pub fn tally(&self, id: ReplicaSetId) -> Tally {
        self.cursor.state().tallies[id.0 as usize]
    }

    /// The step on screen, from 1.
    pub fn step_number(&self) -> usize {
        self.cursor.step()
    }

    /// How many steps the run has.
    pub fn steps(&self) -> usize {
        self.run.journal.steps()
    }

    /// What happened in a step, which is one of the run's.
    pub fn step_at(&self, number: usize) -> Rc<Step> {
        let mut looked_at = self.looked_at.borrow_mut();
        let (first, steps) = &*looked_at;
        if !(*first..first + steps.len()).contains(&number) {
            let (first, steps) = self.run.journal.block(number);
            *looked_at = (first, steps.into_iter().map(Rc::new).collect());
        }
        let (first, steps) = &*looked_at;
        Rc::clone(&steps[number - first])
    }

    /// The step on screen.
    pub fn step(&self) -> Rc<Step> {
        self.step_at(self.step_number())
    }

    /// What happens after the step on screen.
    pub fn next_step(&self) -> Option<Rc<Step>> {
        let next = self.step_number() + 1;
        (next <= self.steps()).then(|| self.step_at(next))
    }

    /// When a step happens.
    pub fn at(&self, step: usize) -> SimTime {
        self.run.journal.at(step)
    }

    /// The cluster at the end of the run: every ReplicaSet and every pod there ever was is in it.
    pub fn last_cluster(&self) -> &Cluster {
        &self.run.sim.cluster
    }

    /// How many pods there ever were in the run.
    pub fn pods_ever(&self) -> usize {
        self.run.lives.len()
    }

    /// The ReplicaSet of a pod of the run, whether or not it exists at the step on screen.
    pub fn owner(&self, pod: PodId) -> ReplicaSetId {
        self.last_cluster().pod(pod).replica_set
    }

    /// The name of a pod of the run, whether or not it exists at the step on screen.
    pub fn pod_name(&self, pod: PodId) -> String {
        self.last_cluster().pod_name(pod)
    }

    /// The cluster after the last step, and all that is going to happen to it.
    pub fn last(&self) -> &Sim {
        &self.run.sim
    }

    /// The moment on screen.
    pub fn time(&self) -> SimTime {
        self.time
    }

    /// For the chart.
    pub fn series(&self) -> &Series {
        &self.run.series
    }

    /// What became, and will become, of every pod.
    pub fn lives(&self) -> &Lives {
        &self.run.lives
    }

    /// The moments of a pod's life, the future ones too; nothing of one that never was.
    pub fn moments(&self, pod: PodId) -> impl DoubleEndedIterator<Item = Moment> {
        let life = self.run.lives.of(pod);
        life.map(|(step, stage, waiting)| Moment { at: self.at(step as usize), stage, waiting })
    }

    /// What happens to a pod next, after the moment on screen.
    pub fn next_moment(&self, pod: PodId) -> Option<Moment> {
        self.moments(pod).find(|moment| self.time < moment.at)
    }

    /// Whether the run goes on for ever as it did last: pods that crash or flap never come to rest.
    pub fn is_endless(&self) -> bool {
        self.endless
    }

    /// When the last step of the run happens.
    pub fn end(&self) -> SimTime {
        self.at(self.steps())
    }

    /// Bytes of all that is kept of the run to move through it: the journal, the pods' lives, the
    /// samples of the chart and the landmarks.
    pub fn footprint(&self) -> usize {
        let Recording { journal, lives, series, landmarks, .. } = &self.run;
        journal.footprint() + lives.footprint() + series.footprint() + landmarks.footprint()
    }

    /// The most that is read of the journal to get to any step from the place to begin at before it:
    /// steps, and bytes.
    pub fn longest_seek(&self) -> (usize, usize) {
        self.run.journal.longest_block()
    }

    /// Moves to a step; one that does not exist is the nearest that does.
    pub fn seek(&mut self, step: usize) {
        self.go_to(step);
        self.time = self.at(self.step_number());
    }

    /// Moves to a moment; every step up to and including it has then happened.
    pub fn seek_time(&mut self, time: SimTime) {
        self.go_to(self.run.journal.last_at(time));
        self.time = time;
    }

    /// Gives a command at the moment on screen, after all else that happens then. If that is in the
    /// past, the future is another one from here on; unless the command is refused, or there is
    /// nothing for it to do.
    pub fn act(&mut self, command: Command) -> Result<Answer, Rejected> {
        let (last, sim) = (self.run.journal.last_at(self.time), &self.run.sim);
        // At the end the simulator may have looked ahead already, to find that nothing more happens; or there
        // may be more to do at this moment, where a run was left off.
        let mut past = match (last < self.steps() || self.time < sim.now(), sim.next_at()) {
            (true, _) => Some(Recording::again(&self.inputs, last)?),
            (false, Some(next)) if next <= self.time => Some(self.run.clone()),
            _ => None,
        };
        debug_assert!(past.as_ref().is_none_or(|past| self.run.journal.begins_like(&past.journal)));
        let run = past.as_mut().unwrap_or(&mut self.run);
        while let Some(actor) = run.sim.advance(self.time) {
            run.record(actor);
        }
        let given = run.sim.commands();
        let answer = run.sim.act(self.time, &command)?;
        if answer.changes_nothing() {
            return Ok(answer);
        }
        run.record(Actor::User);
        let step = run.journal.steps();
        if let Some(past) = past {
            self.run = past;
        }
        self.inputs.script.truncate(given);
        self.inputs.script.push(Scripted { at: self.time, command });
        self.endless = self.run.run_ahead(&self.inputs);
        self.looked_at.take();
        self.cursor = self.run.journal.cursor(step);
        self.time = self.at(step);
        Ok(answer)
    }

    /// What is worth leafing to.
    pub fn landmarks(&self) -> &Landmarks {
        &self.run.landmarks
    }

    /// The last step before a moment; 0 if there is none.
    pub fn last_before(&self, time: SimTime) -> usize {
        match time.millis().checked_sub(1) {
            Some(before) => self.last_at(SimTime::from_millis(before)),
            None => 0,
        }
    }

    /// The last step at or before a moment; the first step if there is none.
    pub fn last_at(&self, time: SimTime) -> usize {
        self.run.journal.last_at(time)
    }

    /// How many pods have no node, though the scheduler has looked for one.
    pub fn homeless(&self) -> usize {
        self.lives().homeless(self.step_number() as u32)
    }

    /// How many pods each node of the scenario's list has, those that are terminating included.
    pub fn pods_on_nodes(&self) -> Vec<u32> {
        let (step, cluster) = (self.step_number() as u32, self.last_cluster());
        let mut counts = vec![0; cluster.nodes.as_ref().map_or(0, Vec::len)];
        let bound = |pod: &PodId| self.lives().at(*pod, step).is_some_and(|(stage, _)| has_node(stage));
        for pod in (0..self.pods_ever() as u32 * u32::from(!counts.is_empty())).map(PodId).filter(bound) {
            if let Some(count) = cluster.pod(pod).node().and_then(|node| counts.get_mut(node.0 as usize)) {
                *count += 1;
            }
        }
        counts
    }

    fn go_to(&mut self, step: usize) {
        let step = step.clamp(1, self.steps());
        self.run.journal.seek(&mut self.cursor, step);
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
fn reasons(sim: &Sim) -> [Option<ConditionReason>; 3] {
    let mut reasons =
        sim.cluster.deployment(SHOWN).status.conditions.iter().map(|condition| condition.reason);
    std::array::from_fn(|_| reasons.next())
}

/// Whether a pod in this stage holds a place on a node, if it ever had one.
fn has_node(stage: Stage) -> bool {
    Stage::Unscheduled < stage && stage < Stage::Gone
}

/// What a step is marked as, if it is.
pub fn mark<'a>(actor: Actor, mut facts: impl Iterator<Item = &'a Fact>) -> Option<Mark> {
    let scales = |fact: &'a Fact| matches!(fact, Fact::Event(Event::ScalingReplicaSet { .. }));
    match actor {
        Actor::User => Some(Mark::Command),
        Actor::DeploymentController(_) if facts.any(scales) => Some(Mark::Decision),
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
        let mut run = Recording::new(&timeline.inputs.scenario).unwrap();
        for step in 1..=timeline.steps() {
            assert_eq!(run.journal.steps(), step);
            for from in [1, step / 2, timeline.steps()] {
                let mut seeker = timeline.clone();
                seeker.seek(from);
                seeker.seek(step);
                assert_eq!(*seeker.cluster(), run.sim.cluster.objects, "step {step} from {from}");
                assert_eq!(seeker.cursor.state(), run.journal.state(), "step {step} from {from}");
                let stages = seeker.pods().existing().map(|(id, pod)| (id, pod.stage));
                let expect = run.sim.cluster.existing_pods().map(|(id, pod)| (id, pod.stage));
                assert!(stages.eq(expect), "step {step} from {from}");
            }
            run.advance(&timeline.inputs.script, SimTime::MAX);
        }
    }

    /// A journal of several blocks, each of which starts its differences afresh.
    #[test]
    fn walking_on_equals_run() {
        let mut inputs = article().inputs;
        inputs.scenario.deployments[0].1.replicas = 200;
        inputs.scenario.behaviours.default.jitter = 5_000;
        let mut walker = Timeline::new(inputs.clone()).unwrap();
        let mut run = Recording::new(&inputs.scenario).unwrap();
        assert!(2 * walker.longest_seek().0 < walker.steps());
        for step in 1..=walker.steps() {
            walker.seek(step);
            assert_eq!(*walker.cluster(), run.sim.cluster.objects, "step {step}");
            assert_eq!(walker.cursor.state(), run.journal.state(), "step {step}");
            run.advance(&inputs.script, SimTime::MAX);
        }
    }

    #[test]
    fn a_moment_shows_all_that_has_happened_by_then() {
        let mut timeline = article();
        timeline.seek_time(SimTime::from_millis(24_999));
        assert_eq!(timeline.step().at, SimTime::from_secs(22));
        timeline.seek_time(SimTime::from_secs(25));
        assert_eq!(timeline.step().at, SimTime::from_secs(25));
        assert_eq!(timeline.next_step().unwrap().at, SimTime::from_secs(27));
    }

    #[test]
    fn acting_in_the_past_makes_another_future() {
        let mut timeline = article();
        timeline.seek_time(SimTime::from_secs(23));
        let before: Vec<_> = (1..=timeline.step_number()).map(|step| timeline.step_at(step)).collect();
        timeline.act(undo()).unwrap();
        assert_eq!(timeline.time(), SimTime::from_secs(23));
        assert_eq!(timeline.inputs.script.len(), 2);
        assert!(before.iter().enumerate().all(|(index, step)| timeline.step_at(index + 1) == *step));
        assert_eq!(timeline.last_cluster().deployment(SHOWN).spec.template.image(), "web:v1");
        let again = Timeline::new(timeline.inputs.clone()).unwrap();
        assert!((1..=again.steps()).all(|step| again.step_at(step) == timeline.step_at(step)));
        assert_eq!((again.steps(), again.end()), (timeline.steps(), timeline.end()));
        assert_eq!(again.run.series, timeline.run.series);
        assert_eq!(again.run.lives, timeline.run.lives);
    }

    #[test]
    fn a_refused_command_costs_no_future() {
        let mut timeline = article();
        timeline.seek_time(SimTime::from_secs(10));
        let steps = timeline.steps();
        let refused = timeline.act(undo());
        assert_eq!(refused, Err(Rejected::NoRolloutHistory { deployment: "web".to_owned() }));
        assert_eq!(timeline.steps(), steps);
    }

    #[test]
    fn an_endless_run_is_left_off_after_the_deadline() {
        let mut inputs = article().inputs;
        inputs.scenario.behaviours.of_mut("web:v2").crash_after = Some(SimDuration::from_secs(1));
        inputs.scenario.behaviours.of_mut("web:v2").ready = Vec::new();
        let timeline = Timeline::new(inputs).unwrap();
        assert!(timeline.is_endless());
        let reason = reasons(&timeline.run.sim);
        assert!(reason.contains(&Some(ConditionReason::ProgressDeadlineExceeded)), "{reason:?}");
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
