//! What goes on printing while time passes. A snapshot is one moment, so what happened afterwards is read from the
//! lines that kubectl printed of it: what is compared is how each change is told, how columns grow, and the end.

use std::rc::Rc;

use rollscope::kubectl::api::{ContainerState, Pod};
use rollscope::kubectl::follow::{Changed, Follow};
use rollscope::kubectl::output::Output;
use rollscope::sim::annotations::Annotations;
use rollscope::sim::cluster::{Deployment, DeploymentId, ReplicaSet, ReplicaSetId, ReplicaSetStatus};
use rollscope::sim::conditions::{
    ConditionReason, ConditionStatus, ConditionType, DeploymentCondition, Message,
};
use rollscope::sim::spec::{Container, DeploymentSpec, PodTemplateSpec};
use rollscope::sim::time::SimTime;

use super::listings::seconds;
use super::state::State;

/// Lets a command go on from here as these lines tell, and `error` at its end.
pub fn follow(state: &mut State, output: &mut Output, told: &str, error: &str) {
    let printed = output.stdout.lines().count();
    for line in told.lines().skip(printed).chain(error.lines()) {
        let Some(mut follow) = output.follow.take() else { break };
        let changed = match &follow {
            Follow::Status(_) => state.take_status(line),
            _ if line.starts_with("NAME ") => None,
            _ => state.take_row(line),
        };
        let ended = changed.is_some_and(|changed| follow.changed(state, &[changed], output));
        output.follow = (!ended).then_some(follow);
    }
}

impl State {
    /// The Deployment is as `rollout status` says in a line.
    pub fn take_status(&mut self, line: &str) -> Option<Changed> {
        let name = line.split('"').nth(1)?;
        let id = self.deployment_named(name);
        let deployment = self.sim.cluster.objects.deployments.get_mut(id.0 as usize)?;
        let numbers: Vec<i32> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
        let wanted = deployment.spec.replicas;
        let status = &mut deployment.status;
        status.observed_generation = deployment.generation;
        // Between lines that are alike something else has changed.
        status.terminating_replicas += 1;
        let (updated, total, available) = match numbers[..] {
            [updated, _] if line.contains("have been updated") => (updated, wanted, 0),
            [old] if line.contains("pending termination") => (wanted, wanted + old, 0),
            [available, updated] => (updated, updated, available),
            _ => (wanted, wanted, wanted),
        };
        (status.updated_replicas, status.replicas, status.available_replicas) = (updated, total, available);
        if line.ends_with("exceeded its progress deadline") {
            let (kind, reason) = (ConditionType::Progressing, ConditionReason::ProgressDeadlineExceeded);
            let (status, message) = (ConditionStatus::False, Message::Said("".into()));
            let condition = DeploymentCondition::new(kind, status, reason, message, SimTime::ZERO);
            deployment.status.conditions = std::iter::once(condition).collect();
        }
        Some(Changed::Deployment(id))
    }

    /// The object is as a row of a table says.
    fn take_row(&mut self, line: &str) -> Option<Changed> {
        let cells: Vec<_> = line.split("   ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        match cells[..] {
            [name, desired, current, ready, age] if !desired.contains('/') => {
                self.take_set(name, [desired, current, ready].map(number), age)
            }
            [name, ready, updated, available, age] if updated.parse::<i32>().is_ok() => {
                let (ready, wanted) = ready.split_once('/')?;
                self.take_deployment(name, [ready, wanted, updated, available].map(number), age)
            }
            [name, ready, status, restarts, age] => self.take_pod(name, ready, status, restarts, age),
            _ => None,
        }
    }

    fn take_pod(
        &mut self,
        name: &str,
        ready: &str,
        status: &str,
        restarts: &str,
        age: &str,
    ) -> Option<Changed> {
        let (is_ready, total) = ready.split_once('/')?;
        self.now = LATE;
        let (restarts, ago) = restarts.split_once(" (").unwrap_or((restarts, ""));
        let finished = ago.strip_suffix(" ago)").map(|ago| LATE - seconds(ago));
        let (phase, state) = match status {
            "Pending" => ("Pending", None),
            "Running" | "Terminating" => ("Running", Some(ContainerState::Running(LATE))),
            "Completed" => ("Succeeded", Some(ContainerState::Terminated(status.to_owned(), 0))),
            "Error" => ("Running", Some(ContainerState::Terminated(status.to_owned(), 1))),
            _ => ("Pending", Some(ContainerState::Waiting(status.to_owned(), String::new()))),
        };
        let owner = self.set_named(name.rsplit_once('-')?.0, total.parse().ok()?);
        let pod = Pod {
            name: name.to_owned(),
            uid: String::new(),
            owner,
            created: LATE - seconds(age),
            deleted: (status == "Terminating").then_some(LATE),
            node: None,
            ip: None,
            host_ip: String::new(),
            phase,
            ready: is_ready == total,
            ready_changed: LATE,
            restarts: number(restarts).unsigned_abs(),
            state,
            last: finished.map(|finished| (finished, finished)),
            unschedulable: None,
        };
        Some(Changed::Pod(Box::new(pod), false))
    }

    fn take_deployment(&mut self, name: &str, counts: [i32; 4], age: &str) -> Option<Changed> {
        let [ready, wanted, updated, available] = counts;
        let id = self.deployment_named(name);
        let deployment = self.sim.cluster.objects.deployments.get_mut(id.0 as usize)?;
        deployment.spec.replicas = wanted;
        deployment.status.ready_replicas = ready;
        deployment.status.updated_replicas = updated;
        deployment.status.available_replicas = available;
        // Every Deployment is created at time zero.
        self.now = SimTime::ZERO + seconds(age);
        Some(Changed::Deployment(id))
    }

    fn take_set(&mut self, name: &str, counts: [i32; 3], age: &str) -> Option<Changed> {
        let id = self.set_named(name, 1);
        let set = &mut self.sim.cluster.objects.replica_sets[id.0 as usize];
        [set.replicas, set.status.replicas, set.status.ready_replicas] = counts;
        self.now = LATE;
        set.created = LATE - seconds(age);
        Some(Changed::ReplicaSet(id))
    }

    /// The Deployment of a name, which is made if it is not there yet.
    fn deployment_named(&mut self, name: &str) -> DeploymentId {
        let all = &mut self.sim.cluster.objects.deployments;
        let index = all.iter().position(|other| *other.name == *name).unwrap_or_else(|| {
            all.push(Deployment::new(name, DeploymentSpec::new(name, "")));
            all.len() - 1
        });
        DeploymentId(index as u32)
    }

    fn set_named(&mut self, name: &str, containers: usize) -> ReplicaSetId {
        let owner = self.deployment_named(name.rsplit_once('-').map_or(name, |(owner, _)| owner));
        let all = &mut self.sim.cluster.objects.replica_sets;
        let index = all.iter().position(|other| *other.name == *name).unwrap_or_else(|| {
            let containers = (0..containers).map(|index| Container::new(&index.to_string(), "")).collect();
            all.push(ReplicaSet {
                name: Rc::from(name),
                owner,
                annotations: Annotations::default(),
                created: SimTime::ZERO,
                deleted: None,
                template: Rc::new(PodTemplateSpec { containers, ..PodTemplateSpec::default() }),
                replicas: 0,
                min_ready_seconds: 0,
                status: ReplicaSetStatus::default(),
                failure: None,
            });
            all.len() - 1
        });
        ReplicaSetId(index as u32)
    }
}

/// So late that every age lies behind.
const LATE: SimTime = SimTime::from_secs(1_000_000);

fn number(text: &str) -> i32 {
    text.parse().unwrap_or(0)
}
