//! The simulator: a pure function of a [`Scenario`] and a script of [`Command`]s.
//!
//! [`Cluster`] is data, controllers are functions, [`Sim`] is the loop. No clock, no browser, no
//! hash order and no chance but [`dice`].
//!
//! An instant has phases, in the order in which the reference traces were recorded:
//! 1. everything that falls due happens to pods, and delayed syncs are asked for;
//! 2. the ReplicaSet controller syncs every ReplicaSet in its queue, first in, first out;
//! 3. when that queue is empty, the Deployment controller does one sync, and back to 2;
//! 4. the scheduler binds what fits, and if it bound anything, back to 2;
//! 5. a command of this moment is carried out, and back to 2.

use std::rc::Rc;

pub mod agenda;
pub mod annotations;
pub mod backoff;
pub mod behaviour;
pub mod cluster;
pub mod command;
pub mod conditions;
pub mod deployment;
pub mod dice;
mod execute;
pub mod facts;
pub mod int_or_string;
pub mod kubelet;
pub mod labels;
pub mod node;
pub mod order;
pub mod out;
pub mod pod;
pub mod pod_template_hash;
pub mod pods;
pub mod ready;
pub mod replica_set;
pub mod rule;
pub mod scenario;
pub mod scheduler;
pub mod spec;
pub mod sync_queue;
pub mod time;
pub mod validation;
pub mod victims;

use agenda::{DuePods, Next, Sync};
use behaviour::Behaviours;
use cluster::Cluster;
use command::{Answer, Command, Rejected};
use dice::Dice;
use execute::execute;
use facts::Facts;
use out::{Actor, Fact, Out, Step};
use scenario::Scenario;
use time::SimTime;

/// A cluster at one moment, and all that is going to happen to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sim {
    /// What the API server stores.
    pub cluster: Cluster,
    /// Steps done so far.
    steps: usize,
    /// How many of them were commands.
    commands: usize,
    behaviours: Rc<Behaviours>,
    /// What the step at work wants, and what it did: kept for its room.
    out: Out,
    /// Room for pods to which the same happens at once.
    due: DuePods,
}

impl Sim {
    /// A cluster in which the scenario's Deployments have just been created, or the first of them
    /// that the API server refuses. Their creation is the first step.
    pub fn new(scenario: &Scenario) -> Result<(Self, Step), Rejected> {
        let sim = Self::begin(scenario)?;
        let step = sim.taken(Actor::User);
        Ok((sim, step))
    }

    /// The same without a copy of what happened: that is in [`Sim::facts`] until the next step.
    pub fn begin(scenario: &Scenario) -> Result<Self, Rejected> {
        let mut sim = Self {
            cluster: Cluster::new(Dice { seed: scenario.seed }, scenario.nodes.clone()),
            steps: 1,
            commands: 0,
            behaviours: Rc::clone(&scenario.behaviours),
            out: Out::default(),
            due: DuePods::default(),
        };
        sim.cluster.quota = scenario.quota;
        for (name, spec) in &scenario.deployments {
            deployment::edit::create(&mut sim.cluster, name, spec, &mut sim.out)?;
        }
        sim.make_room(scenario);
        Ok(sim)
    }

    /// The present moment.
    pub fn now(&self) -> SimTime {
        self.out.now
    }

    /// How many steps have been done, the creation of the scenario's Deployments among them.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// How many commands have been given.
    pub fn commands(&self) -> usize {
        self.commands
    }

    /// The earliest moment at which there is anything to do.
    pub fn next_at(&self) -> Option<SimTime> {
        let busy = !self.out.replica_sets.is_empty() || !self.out.deployments.is_empty();
        if busy || self.out.unscheduled.is_awake() {
            return Some(self.now());
        }
        self.out.agenda.next_at()
    }

    /// Works until something has changed, but never past `limit`; `None` if nothing did.
    pub fn step(&mut self, limit: SimTime) -> Option<Step> {
        let actor = self.advance(limit)?;
        Some(self.taken(actor))
    }

    /// The same without a copy of what happened.
    pub fn advance(&mut self, limit: SimTime) -> Option<Actor> {
        loop {
            let next = self.next_at().filter(|at| *at <= limit)?;
            self.out.now = next;
            self.out.facts.clear();
            let actor = self.work();
            if self.out.facts.change_something() {
                self.steps += 1;
                return Some(actor);
            }
        }
    }

    /// Lets time pass in which nothing happens, for tests of what looks on.
    #[cfg(test)]
    pub(crate) fn wait_until(&mut self, now: SimTime) {
        self.out.now = now;
    }

    /// What the last step did.
    pub fn facts(&self) -> &Facts {
        &self.out.facts
    }

    /// Carries out a command at `at`, which lies neither before the present moment nor after the
    /// next that there is work for. A command that is refused changes nothing, but is a step.
    pub fn apply(&mut self, at: SimTime, command: &Command) -> Step {
        self.command(at, command);
        self.taken(Actor::User)
    }

    /// The same without a copy of what happened.
    pub fn command(&mut self, at: SimTime, command: &Command) {
        debug_assert!(self.now() <= at && self.next_at().is_none_or(|next| at < next));
        let answer = self.execute(at, command);
        self.given(command, answer);
    }

    /// The same, but a command that is refused, or that there is nothing to do for, has never been given.
    pub fn act(&mut self, at: SimTime, command: &Command) -> Result<Answer, Rejected> {
        let before = (self.now(), std::mem::take(&mut self.out.facts));
        let answer = self.execute(at, command);
        match &answer {
            Ok(answer) if !answer.changes_nothing() => self.given(command, Ok(answer.clone())),
            _ => (self.out.now, self.out.facts) = before,
        }
        answer
    }

    fn execute(&mut self, at: SimTime, command: &Command) -> Result<Answer, Rejected> {
        self.out.now = at;
        self.out.facts.clear();
        execute(&mut self.cluster, &self.behaviours, command, at, &mut self.out)
    }

    /// Takes note of a command that has been carried out or refused.
    fn given(&mut self, command: &Command, answer: Result<Answer, Rejected>) {
        let command = Rc::new(command.clone());
        self.out.facts.push_first(match answer {
            Ok(answer) => Fact::Answered(command, Rc::new(answer)),
            Err(rejected) => Fact::Refused(command, Rc::new(rejected)),
        });
        self.steps += 1;
        self.commands += 1;
    }

    /// Does the first thing there is to do in this instant.
    fn work(&mut self) -> Actor {
        let now = self.now();
        let Self { cluster, behaviours, out, due, .. } = self;
        due.pods.clear();
        due.runs.clear();
        match out.agenda.pop_due(now, due) {
            // What happens to pods in the same way at the same moment is one step: that ten pods become
            // ready at once is one thing to see, not ten.
            Some(Next::Pods(work)) => kubelet::fall_due(cluster, behaviours, work, due, out),
            Some(Next::Sync(Sync::ReplicaSet(id))) => out.replica_sets.add(id),
            Some(Next::Sync(Sync::Deployment(id))) => out.deployment_changed(id),
            None => return self.sync_or_schedule(now),
        }
        Actor::Kubelet
    }

    fn sync_or_schedule(&mut self, now: SimTime) -> Actor {
        let Self { cluster, behaviours, out, .. } = self;
        if let Some(id) = out.replica_sets.pop() {
            replica_set::sync_replica_set(cluster, behaviours, id, now, out);
            return Actor::ReplicaSetController(id);
        }
        if let Some(id) = out.deployments.pop() {
            deployment::sync_deployment(cluster, id, now, out);
            return Actor::DeploymentController(id);
        }
        scheduler::schedule_pods(cluster, behaviours, now, out);
        Actor::Scheduler
    }

    fn taken(&self, actor: Actor) -> Step {
        Step { at: self.now(), actor, facts: self.out.facts.to_vec() }
    }

    /// Room for a rollout of everything, so that it need not be made again and again.
    fn make_room(&mut self, scenario: &Scenario) {
        let replicas = scenario.deployments.iter().map(|(_, spec)| spec.replicas.max(0) as usize).sum();
        self.cluster.pods.reserve(2 * replicas);
        self.out.agenda.reserve(replicas);
        // All pods may be created in one instant, and bound in one step.
        self.out.facts.reserve(replicas);
        self.out.unscheduled.reserve(replicas);
        self.due.pods.reserve(replicas / 4);
        self.due.runs.reserve(1);
        self.out.victims.reserve(replicas.min(replica_set::BURST_REPLICAS));
    }
}
