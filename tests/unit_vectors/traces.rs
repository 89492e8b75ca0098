//! Whole rollouts under ideal conditions: between two syncs of the Deployment controller everyone else
//! does all there is to do, deleted pods vanish at once, and pods become ready only when nothing else
//! happens.

use std::rc::Rc;

use rollscope::sim::behaviour::{Behaviour, Behaviours};
use rollscope::sim::cluster::{Cluster, ReplicaSet, ReplicaSetId};
use rollscope::sim::deployment::{edit, sync_deployment};
use rollscope::sim::kubelet;
use rollscope::sim::out::{Event, Fact, Out};
use rollscope::sim::pod::{PodId, Stage};
use rollscope::sim::replica_set::sync_replica_set;
use rollscope::sim::scheduler::{SchedulingQueue, schedule_pods};
use rollscope::sim::time::{SimDuration, SimTime};
use serde_json::{Map, Value, json};

use crate::Compared;
use crate::given::{WEB, add, cluster_with, int, list, replica_set, spec, text};

pub fn deployment_traces_model(case: &Value) -> Compared {
    let mut rollout = Rollout::start(case);
    let steps = list(&case["steps"]);
    let ours: Vec<_> = steps.iter().map(|step| rollout.step(&step["step"])).collect();
    let theirs: Vec<_> = steps.iter().map(|step| json!([step["events"], step["final"]])).collect();
    (json!(ours), json!(theirs))
}

/// More rounds than any of these rollouts takes; one that never ends fails, and does not hang.
const ROUNDS: usize = 1_000;

struct Rollout {
    cluster: Cluster,
    behaviours: Behaviours,
    unscheduled: SchedulingQueue,
    now: SimTime,
    /// Images whose pods never become ready.
    broken: Vec<String>,
    events: Vec<Value>,
}

impl Rollout {
    /// ReplicaSets are called by their images in these cases.
    fn start(case: &Value) -> Self {
        // Pods run as soon as they are bound, and become ready when the case says so.
        let at_once = Behaviour {
            start: vec![SimDuration::ZERO],
            ready: Vec::new(),
            terminate: SimDuration::ZERO,
            ..Behaviour::default()
        };
        let mut rollout = Self {
            cluster: cluster_with(spec(case, "replicas")),
            behaviours: Behaviours { default: at_once, by_image: Vec::new() },
            unscheduled: SchedulingQueue::default(),
            now: SimTime::from_secs(100),
            broken: Vec::new(),
            events: Vec::new(),
        };
        // Images of these cases have no tags.
        let template = &mut rollout.cluster.deployment_mut(WEB).spec.template;
        Rc::make_mut(template).containers[0].image_pull_policy = "Always";
        for given in list(&case["start"]) {
            let [image, order, replicas, available] = list(given) else { panic!("{given} has four parts") };
            let created = SimTime::from_secs(int(order) as u64);
            let replica_set =
                ReplicaSet { created, replicas: int(replicas), ..replica_set(WEB, text(image), text(image)) };
            let id = add(&mut rollout.cluster, replica_set);
            rollout.settle();
            rollout.become_ready(id, int(available) as usize);
        }
        rollout
    }

    /// A new template, and all that follows: the events, and the sizes in the end.
    fn step(&mut self, step: &Value) -> Value {
        let image = text(&step["template"]);
        self.now = self.now + SimDuration::from_secs(1);
        let answer = edit::set_image(&mut self.cluster, WEB, image, &mut Out::default());
        assert!(answer.is_ok(), "{answer:?}");
        if step["becomes_ready"] == false {
            self.broken.push(image.to_owned());
        }
        self.events.clear();
        for _ in 0..ROUNDS {
            let rounds = (0..ROUNDS).take_while(|_| self.sync()).count();
            assert!(rounds < ROUNDS, "the controller does not come to rest: {:?}", self.sizes());
            if step["stop_after_settle"] == true || !self.some_become_ready(&step["ready_at_a_time"]) {
                return json!([self.events, self.sizes()]);
            }
        }
        panic!("the rollout to {image} does not end: {:?}", self.sizes());
    }

    /// One sync of the Deployment; says whether it changed anything.
    fn sync(&mut self) -> bool {
        let mut out = Out::default();
        sync_deployment(&mut self.cluster, WEB, self.now, &mut out);
        for fact in out.facts.others() {
            if let Fact::Event(Event::ScalingReplicaSet { replica_set, from, to }) = *fact {
                let direction = if from < to { "up" } else { "down" };
                self.events.push(json!([direction, self.image(replica_set), from, to]));
            }
        }
        self.settle();
        out.facts.change_something()
    }

    /// ReplicaSet controller, scheduler and kubelets do all there is to do.
    fn settle(&mut self) {
        let (cluster, behaviours, now) = (&mut self.cluster, &self.behaviours, self.now);
        for _ in 0..ROUNDS {
            let unscheduled = std::mem::take(&mut self.unscheduled);
            let mut out = Out { unscheduled, ..Out::default() };
            for id in cluster.replica_sets_of(WEB).to_vec() {
                sync_replica_set(cluster, behaviours, id, now, &mut out);
            }
            schedule_pods(cluster, behaviours, now, &mut out);
            self.unscheduled = std::mem::take(&mut out.unscheduled);
            if !out.facts.change_something() {
                return;
            }
        }
        panic!("the ReplicaSets do not come to rest");
    }

    /// Pods of the oldest ReplicaSet that has any to wait for; says whether there is one.
    fn some_become_ready(&mut self, at_a_time: &Value) -> bool {
        let waits = |id: &ReplicaSetId| {
            !self.broken.iter().any(|image| image == self.image(*id)) && self.running(*id).next().is_some()
        };
        let Some(id) = self.cluster.replica_sets_of(WEB).iter().copied().find(waits) else { return false };
        let count = at_a_time.as_u64().map_or(usize::MAX, |count| count as usize);
        let count = self.become_ready(id, count);
        self.events.push(json!(["ready", self.image(id), count]));
        true
    }

    /// Says how many there were.
    fn become_ready(&mut self, id: ReplicaSetId, at_most: usize) -> usize {
        let pods: Vec<_> = self.running(id).take(at_most).collect();
        kubelet::ready(&mut self.cluster, &self.behaviours, &pods, self.now, &mut Out::default());
        self.settle();
        pods.len()
    }

    fn running(&self, id: ReplicaSetId) -> impl Iterator<Item = PodId> {
        self.cluster.pods_of(id).filter(|(_, pod)| pod.stage == Stage::Running).map(|(id, _)| id)
    }

    fn image(&self, id: ReplicaSetId) -> &str {
        self.cluster.replica_set(id).template.image()
    }

    /// What every ReplicaSet asks for, and how many of its pods are available.
    fn sizes(&self) -> Value {
        let size = |id: ReplicaSetId| {
            let replica_set = self.cluster.replica_set(id);
            json!([replica_set.replicas, replica_set.status.available_replicas])
        };
        let sets = self.cluster.replica_sets_of(WEB).iter().copied();
        Value::Object(sets.map(|id| (self.image(id).to_owned(), size(id))).collect::<Map<_, _>>())
    }
}
