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
pub mod backoff;
pub mod behaviour;
pub mod cluster;
pub mod command;
pub mod conditions;
pub mod deployment;
pub mod dice;
mod execute;
pub mod int_or_string;
pub mod kubelet;
pub mod labels;
pub mod node;
pub mod order;
pub mod out;
pub mod pod;
pub mod pod_template_hash;
pub mod pods;
pub mod quantity;
pub mod replica_set;
pub mod rule;
pub mod scenario;
pub mod scheduler;
pub mod schema;
pub mod spec;
pub mod template;
pub mod time;
pub mod validation;
pub mod value;
pub mod victims;

use agenda::{SyncQueue, Work};
use behaviour::Behaviours;
use cluster::{Cluster, DeploymentId, ReplicaSetId};
use command::{Answer, Command, Rejected};
use dice::Dice;
use execute::execute;
use out::{Actor, Fact, Out, Step};
use pod::PodId;
use scenario::Scenario;
use scheduler::SchedulingQueue;
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
    replica_sets: SyncQueue<ReplicaSetId>,
    deployments: SyncQueue<DeploymentId>,
    unscheduled: SchedulingQueue,
    /// What the step at work wants, and what it did: kept for its room.
    out: Out,
    /// Room for pods to which the same happens at once.
    pods: Vec<PodId>,
    probed: Vec<(PodId, u16)>,
}

impl Sim {
    /// A cluster in which the scenario's Deployments have just been created, or the first of them
    /// that the API server refuses. Their creation is the first step.
    pub fn new(scenario: &Scenario) -> Result<(Self, Step), Rejected> {
        let mut sim = Self {
            cluster: Cluster::new(Dice { seed: scenario.seed }, scenario.nodes.clone()),
            steps: 1,
            commands: 0,
            behaviours: Rc::new(scenario.behaviours.clone()),
            replica_sets: SyncQueue::default(),
            deployments: SyncQueue::default(),
            unscheduled: SchedulingQueue::default(),
            out: Out::default(),
            pods: Vec::new(),
            probed: Vec::new(),
        };
        sim.cluster.quota = scenario.quota;
        for (name, spec) in &scenario.deployments {
            deployment::edit::create(&mut sim.cluster, name, spec, &mut sim.out)?;
        }
        sim.make_room(scenario);
        sim.take_up();
        let step = sim.taken(Actor::User);
        Ok((sim, step))
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
        let busy = !self.replica_sets.is_empty() || !self.deployments.is_empty();
        if busy || self.unscheduled.is_awake() {
            return Some(self.now());
        }
        self.out.agenda.next_at()
    }

    /// Works until something has changed, but never past `limit`; `None` if nothing did.
    pub fn step(&mut self, limit: SimTime) -> Option<Step> {
        let actor = self.advance(limit)?;
        Some(self.taken(actor))
    }

    /// The same without a copy of what happened: that is in [`Sim::facts`] until the next step.
    pub fn advance(&mut self, limit: SimTime) -> Option<Actor> {
        loop {
            let next = self.next_at().filter(|at| *at <= limit)?;
            self.out.now = next;
            self.out.facts.clear();
            let actor = self.work();
            self.take_up();
            if self.out.facts.iter().any(|fact| !matches!(fact, Fact::Rule(_))) {
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
    pub fn facts(&self) -> &[Fact] {
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
        self.out.now = at;
        self.out.facts.clear();
        let behaviours = Rc::clone(&self.behaviours);
        let given = Rc::new(command.clone());
        let fact = match execute(&mut self.cluster, &behaviours, command, at, &mut self.out) {
            Ok(answer) => Fact::Answered(given, Rc::new(answer)),
            Err(rejected) => Fact::Refused(given, Rc::new(rejected)),
        };
        self.out.facts.insert(0, fact);
        self.steps += 1;
        self.commands += 1;
        self.take_up();
    }

    /// What would be answered to `command` at `at`, if nothing else happens until then.
    pub fn check(&self, at: SimTime, command: &Command) -> Result<Answer, Rejected> {
        let mut cluster = self.cluster.clone();
        execute(&mut cluster, &self.behaviours, command, at, &mut Out::default())
    }

    /// Does the first thing there is to do in this instant.
    fn work(&mut self) -> Actor {
        let now = self.now();
        if let Some(work) = self.out.agenda.pop_due(now) {
            // What happens to pods in the same way at the same moment is one step: that ten pods become
            // ready at once is one thing to see, not ten.
            self.fall_due(work);
            return Actor::Kubelet;
        }
        let Self { cluster, behaviours, out, .. } = self;
        if let Some(id) = self.replica_sets.pop() {
            replica_set::sync_replica_set(cluster, behaviours, id, now, out);
            return Actor::ReplicaSetController(id);
        }
        if let Some(id) = self.deployments.pop() {
            deployment::sync_deployment(cluster, id, now, out);
            return Actor::DeploymentController(id);
        }
        self.unscheduled.schedule_pods(cluster, behaviours, now, out);
        Actor::Scheduler
    }

    fn fall_due(&mut self, work: Work) {
        let Self { cluster, behaviours, out, pods, probed, .. } = self;
        let now = out.now;
        match work {
            Work::Started(_) => {
                out.agenda.pop_all_alike(now, work, |work| pods.extend(work.pod()));
                kubelet::started(cluster, behaviours, pods, now, out);
            }
            Work::Gone(_) => {
                out.agenda.pop_all_alike(now, work, |work| pods.extend(work.pod()));
                kubelet::gone(cluster, pods, out);
            }
            Work::Ready(..) => {
                out.agenda.pop_all_alike(now, work, |work| probed.extend(work.run()));
                kubelet::ready(cluster, behaviours, probed, now, out);
            }
            Work::SyncReplicaSet(id) => out.replica_sets.push(id),
            Work::SyncDeployment(id) => out.deployments.push(id),
            _ => {
                let mut next = Some(work);
                while let Some(work) = next {
                    rarely(cluster, behaviours, work, out);
                    next = out.agenda.pop_alike(now, work);
                }
            }
        }
        pods.clear();
        probed.clear();
    }

    /// Puts what a handler asked for where it belongs.
    fn take_up(&mut self) {
        let out = &mut self.out;
        out.replica_sets.drain(..).for_each(|id| self.replica_sets.add(id));
        out.deployments.drain(..).for_each(|id| self.deployments.add(id));
        self.unscheduled.add(&out.unscheduled, out.wake_scheduler);
        out.unscheduled.clear();
        out.wake_scheduler = false;
    }

    fn taken(&self, actor: Actor) -> Step {
        Step { at: self.now(), actor, facts: self.out.facts.clone() }
    }

    /// Room for a rollout of everything, so that it need not be made again and again.
    fn make_room(&mut self, scenario: &Scenario) {
        let replicas = scenario.deployments.iter().map(|(_, spec)| spec.replicas.max(0) as usize).sum();
        self.cluster.pods.reserve(2 * replicas);
        self.out.agenda.reserve(replicas);
    }
}

/// What happens to pods that something is wrong with.
fn rarely(cluster: &mut Cluster, behaviours: &Behaviours, work: Work, out: &mut Out) {
    let now = out.now;
    match work {
        Work::PullFailed(pod) => kubelet::pull_failed(cluster, pod, out),
        Work::PullBackOff(pod) => kubelet::pull_back_off(cluster, pod, out),
        Work::Restarted(pod) => kubelet::restarted(cluster, behaviours, pod, now, out),
        Work::Unready(pod, run) => kubelet::unready(cluster, behaviours, pod, run, out),
        Work::Crashed(pod, run) => kubelet::crashed(cluster, pod, run, now, out),
        _ => {}
    }
}
