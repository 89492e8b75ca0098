//! What the pods of a manifest do in time, as far as the manifest says.
//!
//! | field | what the simulator makes of it |
//! |---|---|
//! | no `readinessProbe` in any container | ready at once when the container runs: so does the kubelet |
//! | `readinessProbe`, `startupProbe`: `initialDelaySeconds` | not ready before |
//! | `readinessProbe`: `successThreshold` above 1 | `periodSeconds` more for each further success |
//! | `terminationGracePeriodSeconds` | a pod is gone by then |
//! | `lifecycle.preStop.sleep`, or `exec` of `sleep N` | that long before the application begins to stop |
//!
//! How long an application itself takes, no manifest says: [`Behaviour::default`] stands for it. Failing
//! probes, liveness probes, other hooks and containers that run first are not simulated.

use crate::sim::behaviour::Behaviour;
use crate::sim::time::SimDuration;

use super::value::{Object, Value};

/// The least that `pkg/kubelet/kuberuntime killContainer` leaves after a hook that took too long.
const LEAST_GRACE: i64 = 2;

/// How the pods of a template behave.
pub fn behaviour(template: &Object) -> Behaviour {
    let default = Behaviour::default();
    let ready = if has_readiness_probe(template) {
        let probed = containers(template).map(probed_after).max().unwrap_or(0);
        seconds(probed).max(default.ready[0])
    } else {
        SimDuration::ZERO
    };
    let terminate = terminate(template, default.terminate.secs() as i64);
    Behaviour { ready: vec![ready], terminate, ..default }
}

/// Its containers, without those that run first.
pub fn containers(template: &Object) -> impl Iterator<Item = &Object> {
    let spec = template.object("spec");
    spec.map_or(&[][..], |spec| spec.list("containers")).iter().filter_map(Value::as_object)
}

/// Whether any container says when it is ready.
pub fn has_readiness_probe(template: &Object) -> bool {
    containers(template).any(|container| container.object("readinessProbe").is_some())
}

/// `spec.terminationGracePeriodSeconds`.
pub fn grace_period(template: &Object) -> i64 {
    template.object("spec").and_then(|spec| spec.int("terminationGracePeriodSeconds")).unwrap_or(30)
}

/// How long the hook before the stop sleeps.
pub fn pre_stop(container: &Object) -> Option<i64> {
    let hook = container.object("lifecycle")?.object("preStop")?;
    if let Some(sleep) = hook.object("sleep") {
        return Some(sleep.int("seconds").unwrap_or(0));
    }
    let words = hook.object("exec")?.list("command").iter().filter_map(|word| word.as_str());
    let command = words.collect::<Vec<_>>().join(" ");
    let command = command.split("-c ").last().unwrap_or_default();
    let seconds = command.strip_prefix("/bin/").unwrap_or(command).strip_prefix("sleep ")?;
    seconds.trim_end_matches('s').parse().ok()
}

/// The earliest at which the probes let a container be ready, from its start.
fn probed_after(container: &Object) -> i64 {
    let delay =
        |probe: Option<&Object>| probe.and_then(|probe| probe.int("initialDelaySeconds")).unwrap_or(0);
    let readiness = container.object("readinessProbe");
    let further = readiness.and_then(|probe| probe.int("successThreshold")).unwrap_or(1) - 1;
    let period = readiness.and_then(|probe| probe.int("periodSeconds")).unwrap_or(10);
    let first = delay(readiness).max(delay(container.object("startupProbe")));
    first.saturating_add(further.saturating_mul(period))
}

/// From deletion until a pod is gone whose application stops in `stop` seconds.
fn terminate(template: &Object, stop: i64) -> SimDuration {
    let grace = grace_period(template);
    let gone = |container: &Object| {
        let hook = pre_stop(container).unwrap_or(0).clamp(0, grace.max(0));
        let left = (grace - hook).max(if hook == 0 { 0 } else { LEAST_GRACE });
        hook.saturating_add(stop.min(left))
    };
    seconds(containers(template).map(gone).max().unwrap_or(stop))
}

/// At most what the page can show: a day.
fn seconds(seconds: i64) -> SimDuration {
    SimDuration::from_secs(seconds.clamp(0, 86_400) as u64)
}
