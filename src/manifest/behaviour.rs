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
use crate::sim::spec::{Container, PodTemplateSpec};
use crate::sim::time::SimDuration;
use crate::sim::value::Object;

/// The least that `pkg/kubelet/kuberuntime killContainer` leaves after a hook that took too long.
const LEAST_GRACE: i64 = 2;

/// How the pods of a template behave.
pub fn behaviour(template: &PodTemplateSpec) -> Behaviour {
    let default = Behaviour::default();
    let ready = if has_readiness_probe(template) {
        let probed = template.containers.iter().map(probed_after).max().unwrap_or(0);
        seconds(probed).max(default.ready[0])
    } else {
        SimDuration::ZERO
    };
    let terminate = terminate(template, default.terminate.secs() as i64);
    Behaviour { ready: vec![ready], terminate, ..default }
}

/// Whether any container says when it is ready.
pub fn has_readiness_probe(template: &PodTemplateSpec) -> bool {
    template.containers.iter().any(|container| field(container, "readinessProbe").is_some())
}

/// `spec.terminationGracePeriodSeconds`.
pub fn grace_period(template: &PodTemplateSpec) -> i64 {
    template.kept_spec().and_then(|spec| spec.int("terminationGracePeriodSeconds")).unwrap_or(30)
}

/// How long the hook before the stop sleeps.
pub fn pre_stop(container: &Container) -> Option<i64> {
    let hook = field(container, "lifecycle")?.object("preStop")?;
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
fn probed_after(container: &Container) -> i64 {
    let delay =
        |probe: Option<&Object>| probe.and_then(|probe| probe.int("initialDelaySeconds")).unwrap_or(0);
    let readiness = field(container, "readinessProbe");
    let further = readiness.and_then(|probe| probe.int("successThreshold")).unwrap_or(1) - 1;
    let period = readiness.and_then(|probe| probe.int("periodSeconds")).unwrap_or(10);
    let first = delay(readiness).max(delay(field(container, "startupProbe")));
    first.saturating_add(further.saturating_mul(period))
}

/// From deletion until a pod is gone whose application stops in `stop` seconds.
fn terminate(template: &PodTemplateSpec, stop: i64) -> SimDuration {
    let grace = grace_period(template);
    let gone = |container: &Container| {
        let hook = pre_stop(container).unwrap_or(0).clamp(0, grace.max(0));
        let left = (grace - hook).max(if hook == 0 { 0 } else { LEAST_GRACE });
        hook.saturating_add(stop.min(left))
    };
    seconds(template.containers.iter().map(gone).max().unwrap_or(stop))
}

fn field<'a>(container: &'a Container, name: &str) -> Option<&'a Object> {
    container.rest.as_deref()?.object(name)
}

/// At most what the page can show: a day.
fn seconds(seconds: i64) -> SimDuration {
    SimDuration::from_secs(seconds.clamp(0, 86_400) as u64)
}
