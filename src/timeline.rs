//! A run that can be moved through: forward, back, anywhere.
//!
//! A scenario and a script are the truth; everything here is rebuilt from them. Going back is the
//! same code as going forward, from a nearer start.

pub mod series;
pub mod thinned;

use crate::sim::Sim;
use crate::sim::cluster::DeploymentId;
use crate::sim::command::{Answer, Command, Rejected, Scripted};
use crate::sim::out::{Actor, Event, Fact, Step};
use crate::sim::scenario::Scenario;
use crate::sim::time::SimTime;

use series::Series;
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
    /// The step on screen.
    cursor: Sim,
    /// The moment on screen: not before the cursor's step, and before the next.
    time: SimTime,
    series: Series,
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
            cursor: sim,
            time: SimTime::ZERO,
            series,
        };
        timeline.run_ahead();
        Ok(timeline)
    }

    /// All that this run follows from.
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// The cluster at the step on screen.
    pub fn cursor(&self) -> &Sim {
        &self.cursor
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
        self.series.truncate(self.cursor.now());
        self.frontier = self.cursor.clone();
    }

    /// Takes the run as far as anything happens. Every run ends: no pod does anything twice.
    fn run_ahead(&mut self) {
        while let Some(step) = advance(&mut self.frontier, &self.inputs.script) {
            self.journal.push(step);
            self.series.record(&self.frontier, SHOWN);
            let frontier = &self.frontier;
            self.keyframes.offer(frontier.steps() - 1, || frontier.clone());
        }
        // Looking for another step has used up work that changed nothing; the frontier is the
        // cluster right after the last step, like any other place in the run.
        let last = self.journal.len();
        self.frontier = self.keyframes.nearest(last - 1).clone();
        replay(&mut self.frontier, last, &self.inputs.script, &self.journal);
    }
}

/// Takes a copy of the past on to a later step. Debug builds compare with what happened the first
/// time, so that every scrub is a test of determinism.
fn replay(sim: &mut Sim, step: usize, script: &[Scripted], journal: &[Step]) {
    while sim.steps() < step {
        let replayed = advance(sim, script).expect("the journal has this step");
        debug_assert_eq!(replayed, journal[sim.steps() - 1], "a replay went another way");
    }
}

/// Does the next piece of work or, when its moment has come, the next command of the script.
fn advance(sim: &mut Sim, script: &[Scripted]) -> Option<Step> {
    let next = script.get(sim.commands());
    let limit = next.map_or(SimTime::MAX, |scripted| scripted.at);
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
    fn the_series_never_leaves_the_budget() {
        for sample in article().series().samples().iter().filter(|sample| SimTime::from_secs(5) < sample.at) {
            assert!(8 <= sample.least_available && sample.most_active <= 13, "{sample:?}");
        }
    }
}
