//! The arithmetic of maxSurge and maxUnavailable, and nothing else:
//! `pkg/controller/deployment/util/deployment_util.go`.

use crate::sim::int_or_string::{IntOrString, NotAPercentage, Round};
use crate::sim::spec::DeploymentSpec;

/// How far a rolling update may stray from `replicas`, above and below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fenceposts {
    /// Pods on top of `replicas`.
    pub surge: i32,
    /// Pods that may be missing.
    pub unavailable: i32,
}

/// `ResolveFenceposts`: a percentage of surge rounds up, of unavailability down. Both may come
/// out as zero, and then nothing could ever move; one pod may be missing instead.
pub fn resolve_fenceposts(
    max_surge: &IntOrString,
    max_unavailable: &IntOrString,
    desired: i32,
) -> Result<Fenceposts, NotAPercentage> {
    let surge = max_surge.scaled_value(desired, Round::Up)?;
    let unavailable = max_unavailable.scaled_value(desired, Round::Down)?;
    Ok(match (surge, unavailable) {
        (0, 0) => Fenceposts { surge: 0, unavailable: 1 },
        _ => Fenceposts { surge, unavailable },
    })
}

/// `MaxUnavailable`: never more than `replicas`.
pub fn max_unavailable(spec: &DeploymentSpec) -> i32 {
    if spec.replicas == 0 {
        return 0;
    }
    fenceposts(spec).unavailable.min(spec.replicas)
}

/// `MinAvailable`: the floor.
pub fn min_available(spec: &DeploymentSpec) -> i32 {
    spec.replicas - max_unavailable(spec)
}

/// `MaxSurge`.
pub fn max_surge(spec: &DeploymentSpec) -> i32 {
    fenceposts(spec).surge
}

/// The ceiling: `maxTotalPods` in `NewRSNewReplicas`. The sum wraps around as Go's does, so an
/// absurd surge stops the rollout here as it would there.
pub fn max_total_pods(spec: &DeploymentSpec) -> i32 {
    spec.replicas.wrapping_add(max_surge(spec))
}

/// The API server lets no Deployment pass whose percentages cannot be read.
fn fenceposts(spec: &DeploymentSpec) -> Fenceposts {
    let strategy = &spec.rolling_update;
    resolve_fenceposts(&strategy.max_surge, &strategy.max_unavailable, spec.replicas)
        .unwrap_or(Fenceposts { surge: 0, unavailable: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fenceposts() {
        #[track_caller]
        fn check(surge: &str, unavailable: &str, replicas: i32, expect: (i32, i32)) {
            let (surge, unavailable) = (IntOrString::parse(surge), IntOrString::parse(unavailable));
            let got = resolve_fenceposts(&surge, &unavailable, replicas).unwrap();
            assert_eq!((got.surge, got.unavailable), expect);
        }

        check("25%", "25%", 1, (1, 0));
        check("25%", "25%", 3, (1, 0));
        check("25%", "25%", 4, (1, 1));
        check("25%", "25%", 10, (3, 2));
        check("25%", "25%", 15, (4, 3));
        check("1", "0", 2, (1, 0));
        check("0%", "1%", 2, (0, 1)); // both round to zero
        check("0", "25%", 3, (0, 1));
        check("150%", "0", 4, (6, 0));
    }

    #[test]
    fn nobody_can_miss_more_pods_than_there_are() {
        let mut spec = DeploymentSpec::new("web", "web:v1");
        spec.rolling_update.max_unavailable = IntOrString::Int(7);
        spec.replicas = 3;
        assert_eq!((max_unavailable(&spec), min_available(&spec)), (3, 0));
    }
}
