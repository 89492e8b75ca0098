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
mod recording;
pub mod series;
mod slots;
mod table;
pub mod victims;

use std::cell::RefCell;
use std::rc::Rc;

use crate::sim::Sim;
use crate::sim::cluster::{Cluster, DeploymentId, Objects, ReplicaSetId};
use crate::sim::command::{Answer, Command, Rejected, Scripted};
use crate::sim::out::{Actor, Event, Fact, Step};
use crate::sim::pod::{PodId, Stage};
use crate::sim::scenario::Scenario;
use crate::sim::time::SimTime;

use journal::Cursor;
use landmarks::Landmarks;
use lives::{Lives, Moment};
use pods::Pods;
use recording::Recording;
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
    /// The steps that were looked at last, and before: who shows a step looks at those around it, too.
    looked_at: RefCell<[Block; 2]>,
}

/// Steps one after the other, and the number of the first.
type Block = (usize, Vec<Rc<Step>>);

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
        self.cursor.state().objects()
    }

    /// The pods at the step on screen.
    pub fn pods(&self) -> Pods<'_> {
        Pods { timeline: self }
    }

    /// How the pods of a ReplicaSet stand at the step on screen.
    pub fn tally(&self, id: ReplicaSetId) -> Tally {
        self.cursor.state().tallies()[id.0 as usize]
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
        let is_in = |(first, steps): &Block| (*first..first + steps.len()).contains(&number);
        if !is_in(&looked_at[0]) {
            looked_at.swap(0, 1);
            if !is_in(&looked_at[0]) {
                let (first, steps) = self.run.journal.block(number);
                looked_at[0] = (first, steps.into_iter().map(Rc::new).collect());
            }
        }
        let (first, steps) = &looked_at[0];
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
mod tests;
