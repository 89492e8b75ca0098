//! `kubectl get`: `pkg/printers/internalversion/printers.go`.

use crate::sim::cluster::{DeploymentId, Objects};
use crate::sim::time::SimTime;

use super::duration::human_duration;
use super::table::aligned;

/// What `kubectl get deployment NAME` prints.
pub fn deployment(cluster: &Objects, id: DeploymentId, now: SimTime) -> String {
    let deployment = cluster.deployment(id);
    let status = &deployment.status;
    let header = ["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE"].map(str::to_owned);
    let row = [
        deployment.name.to_string(),
        format!("{}/{}", status.ready_replicas, deployment.spec.replicas),
        status.updated_replicas.to_string(),
        status.available_replicas.to_string(),
        // Every Deployment is created at time zero.
        human_duration(now.since(SimTime::ZERO)),
    ];
    aligned(&[header.to_vec(), row.to_vec()])
}
