//! Reads what a case gives, and builds the cluster it tells of.

use std::rc::Rc;

use rollscope::sim::annotations::Annotations;
use rollscope::sim::cluster::{
    Cluster, Deployment, DeploymentId, ReplicaSet, ReplicaSetId, ReplicaSetStatus,
};
use rollscope::sim::deployment::sync::{ReplicaSets, find_replica_sets};
use rollscope::sim::dice::Dice;
use rollscope::sim::int_or_string::IntOrString;
use rollscope::sim::node::Node;
use rollscope::sim::pod::{Pod, PodId};
use rollscope::sim::spec::{
    DeploymentSpec, DeploymentStrategy, Labels, RollingUpdateDeployment, StrategyType, UNLIMITED,
};
use rollscope::sim::time::{SimDuration, SimTime};
use serde_json::Value;

/// The only Deployment of most cases.
pub const WEB: DeploymentId = DeploymentId(0);

/// The present moment of cases that tell times as ages.
pub const NOW: SimTime = SimTime::from_secs(10_000_000);

/// A cluster with nothing in it but nodes.
pub fn cluster(nodes: Option<Vec<Node>>) -> Cluster {
    Cluster::new(Dice { seed: 1 }, nodes)
}

/// A cluster with one Deployment, which did not pass the API server: that would refuse the zeros of
/// some of upstream's tables.
pub fn cluster_with(spec: DeploymentSpec) -> Cluster {
    let mut cluster = cluster(None);
    cluster.deployments.push(deployment("web", spec));
    cluster
}

/// A Deployment that its controller has not seen.
pub fn deployment(name: &str, spec: DeploymentSpec) -> Deployment {
    Deployment::new(name, spec)
}

/// A Deployment of `web:v2` with a case's knobs.
pub fn spec(case: &Value, replicas: &str) -> DeploymentSpec {
    let given = RollingUpdateDeployment {
        max_unavailable: int_or_string(&case["max_unavailable"]),
        max_surge: int_or_string(&case["max_surge"]),
    };
    let kind =
        case.get("strategy").map_or(StrategyType::RollingUpdate, |kind| StrategyType::parse(text(kind)));
    let strategy = DeploymentStrategy { kind, rolling_update: Some(given) };
    let replicas = case[replicas].as_i64().map_or(0, |replicas| replicas as i32);
    DeploymentSpec { replicas, strategy, ..DeploymentSpec::new("web", "web:v2") }
}

/// A ReplicaSet without pods, for the template of a Deployment `web` with this image.
pub fn replica_set(owner: DeploymentId, name: &str, image: &str) -> ReplicaSet {
    ReplicaSet {
        name: Rc::from(name),
        owner,
        annotations: Annotations::default(),
        created: SimTime::ZERO,
        deleted: None,
        template: DeploymentSpec::new("web", image).template,
        replicas: 0,
        min_ready_seconds: 0,
        status: ReplicaSetStatus::default(),
        failure: None,
    }
}

/// Stores a ReplicaSet.
pub fn add(cluster: &mut Cluster, replica_set: ReplicaSet) -> ReplicaSetId {
    cluster.add_replica_set(replica_set)
}

/// Stores a pod.
pub fn add_pod(cluster: &mut Cluster, pod: Pod) -> PodId {
    cluster.add_pod(pod)
}

/// The ReplicaSets of the Deployment as its controller finds them.
pub fn replica_sets(cluster: &Cluster) -> ReplicaSets {
    find_replica_sets(cluster, WEB)
}

/// What is `null` is unset, which to a controller is the same as no deadline. The API server leaves
/// none unset.
pub fn deadline(value: &Value) -> i32 {
    if value.is_null() { UNLIMITED } else { int(value) }
}

/// A creation time, which may lie before the beginning of a case.
pub fn created(value: &Value) -> SimTime {
    const BEGINNING: i32 = 1000;
    SimTime::from_secs((BEGINNING + int(value)) as u64)
}

/// The moment that was so many seconds ago; `null` is no time at all.
pub fn ago(age: &Value) -> Option<SimTime> {
    age.as_u64().map(|age| NOW - SimDuration::from_secs(age))
}

/// A map of labels.
pub fn labels(given: &Value) -> Labels {
    fields(given).map(|(key, value)| (key.clone(), text(value).to_owned())).collect()
}

/// The fields of an object.
pub fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().unwrap_or_else(|| panic!("{value} is no object")).iter()
}

/// The items of a list.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

/// A text.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// A number.
pub fn int(value: &Value) -> i32 {
    let number = value.as_i64().and_then(|number| i32::try_from(number).ok());
    number.unwrap_or_else(|| panic!("{value} is no number of 32 bits"))
}

/// A number or a string; `null` is absent.
pub fn int_or_string(value: &Value) -> Option<IntOrString> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(IntOrString::String(text.as_str().into())),
        _ => Some(IntOrString::Int(int(value))),
    }
}
