//! A scenario with its script, and ways to watch what comes of it.

use std::iter::from_fn;

use rollscope::sim::Sim;
use rollscope::sim::cluster::DeploymentId;
use rollscope::sim::command::{Change, Command, Scripted};
use rollscope::sim::out::{Actor, Step};
use rollscope::sim::scenario::Scenario;
use rollscope::sim::spec::DeploymentSpec;
use rollscope::sim::time::{SimDuration, SimTime};
use rollscope::timeline::{Inputs, Timeline};

/// The one Deployment of every scenario.
pub const WEB: DeploymentId = DeploymentId(0);

/// A scenario, and what is typed while it runs, in order of time.
#[derive(Clone, Debug)]
pub struct Run {
    pub scenario: Scenario,
    pub script: Vec<Scripted>,
    /// Nothing later is looked at: pods that crash do so again and again.
    pub until: SimTime,
}

/// What has just happened in a run.
pub enum Moment {
    Stepped(Step),
    /// There is nothing left to do at this time, but for a command of it.
    InstantEnds,
}

impl Run {
    /// Every step, and how it ends.
    pub fn play(&self) -> (Vec<Step>, Sim) {
        self.play_by(|sim, limit, journal| journal.extend(from_fn(|| sim.step(limit))))
    }

    /// The same with a limit that is never far away.
    pub fn play_in_strides(&self, strides: &[SimDuration]) -> (Vec<Step>, Sim) {
        let mut strides = strides.iter().cycle();
        self.play_by(|sim, until, journal| {
            let mut limit = sim.now();
            while sim.next_at().is_some_and(|next| next <= until) {
                journal.extend(from_fn(|| sim.step(limit)));
                limit = until.min(limit + *strides.next().expect("there is a stride"));
            }
        })
    }

    fn play_by(&self, mut advance: impl FnMut(&mut Sim, SimTime, &mut Vec<Step>)) -> (Vec<Step>, Sim) {
        let (mut sim, created) = self.begin();
        let mut journal = vec![created];
        for Scripted { at, command } in &self.script {
            advance(&mut sim, *at, &mut journal);
            journal.push(sim.apply(*at, command));
        }
        advance(&mut sim, self.until, &mut journal);
        (journal, sim)
    }

    /// The cluster right after so many steps.
    pub fn after(&self, steps: usize) -> Sim {
        let (mut sim, _) = self.begin();
        while sim.steps() < steps {
            let next = self.script.get(sim.commands());
            let limit = next.map_or(self.until, |scripted| scripted.at);
            if sim.step(limit).is_none() {
                let Scripted { at, command } = next.expect("there are that many steps");
                sim.apply(*at, command);
            }
        }
        sim
    }

    /// Shows every moment of the run, with the cluster as it is then.
    pub fn watch(&self, mut see: impl FnMut(Moment, &Sim)) {
        self.watch_while(|moment, sim| {
            see(moment, sim);
            true
        });
    }

    /// Shows every instant of the run as it is in the end.
    pub fn watch_instants(&self, mut see: impl FnMut(&Sim)) {
        self.watch(|moment, sim| {
            if let Moment::InstantEnds = moment {
                see(sim);
            }
        });
    }

    /// Shows every moment of the run for as long as whoever sees it wants to go on.
    pub fn watch_while(&self, mut see: impl FnMut(Moment, &Sim) -> bool) {
        let (mut sim, created) = self.begin();
        let mut script = self.script.iter().peekable();
        let mut step = Some(created);
        loop {
            while let Some(stepped) = step {
                if !see(Moment::Stepped(stepped), &sim) {
                    return;
                }
                step = sim.step(sim.now());
            }
            if !see(Moment::InstantEnds, &sim) {
                return;
            }
            let next = sim.next_at().filter(|next| *next <= self.until);
            let due = script.next_if(|scripted| next.is_none_or(|next| scripted.at < next));
            step = match (due, next) {
                (Some(Scripted { at, command }), _) => Some(sim.apply(*at, command)),
                (None, Some(next)) => sim.step(next),
                (None, None) => return,
            };
        }
    }

    pub fn timeline(&self) -> Timeline {
        let inputs = Inputs { scenario: self.scenario.clone(), script: self.script.clone() };
        Timeline::new(inputs).expect("only valid scenarios are made")
    }

    fn begin(&self) -> (Sim, Step) {
        Sim::new(&self.scenario).expect("only valid scenarios are made")
    }

    /// What is created.
    pub fn spec_mut(&mut self) -> &mut DeploymentSpec {
        &mut self.scenario.deployments[0].1
    }

    /// All pods that are asked for can be created.
    pub fn without_quota(mut self) -> Self {
        self.scenario.quota = None;
        self
    }

    /// There is no time at which it is left off. Only for pods that settle.
    pub fn without_limit(self) -> Self {
        Self { until: SimTime::MAX, ..self.without_quota() }
    }

    /// Every pod that is ready is available.
    pub fn without_min_ready_seconds(mut self) -> Self {
        self.spec_mut().min_ready_seconds = 0;
        for scripted in &mut self.script {
            if let Command::Patch { changes, .. } = &mut scripted.command {
                changes.retain(|change| !matches!(change, Change::MinReadySeconds(_)));
            }
        }
        self
    }
}

/// Whether the Deployment controller decided this.
pub fn is_decision(step: &Step) -> bool {
    step.actor == Actor::DeploymentController(WEB)
}
