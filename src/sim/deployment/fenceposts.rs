//! The arithmetic of maxSurge and maxUnavailable, and nothing else:
//! `pkg/controller/deployment/util/deployment_util.go`.

use crate::sim::int_or_string::{IntOrString, NotAPercentage, Round, scaled_value};
use crate::sim::spec::{DeploymentSpec, StrategyType};

/// How far a rolling update may stray from `replicas`, above and below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fenceposts {
    /// Pods on top of `replicas`.
    pub surge: i32,
    /// Pods that may be missing.
    pub unavailable: i32,
}

/// What a spec allows, in pods: kept beside it, since every sync asks and percentages are text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// [`max_surge`].
    pub max_surge: i32,
    /// [`max_unavailable`].
    pub max_unavailable: i32,
    /// [`max_total_pods`].
    pub max_total_pods: i32,
    /// [`min_available`].
    pub min_available: i32,
}

impl Budget {
    /// What it comes to.
    pub fn of(spec: &DeploymentSpec) -> Self {
        Self {
            max_surge: max_surge(spec),
            max_unavailable: max_unavailable(spec),
            max_total_pods: max_total_pods(spec),
            min_available: min_available(spec),
        }
    }
}

/// `ResolveFenceposts`: a percentage of surge rounds up, of unavailability down, and an absent value
/// is 0. Both may come out as zero, and then nothing could ever move; one pod may be missing instead.
pub fn resolve_fenceposts(
    max_surge: Option<&IntOrString>,
    max_unavailable: Option<&IntOrString>,
    desired: i32,
) -> Result<Fenceposts, NotAPercentage> {
    const ABSENT: &IntOrString = &IntOrString::Int(0);
    let surge = scaled_value(max_surge.or(Some(ABSENT)), desired, Round::Up)?;
    let unavailable = scaled_value(max_unavailable.or(Some(ABSENT)), desired, Round::Down)?;
    Ok(match (surge, unavailable) {
        (0, 0) => Fenceposts { surge: 0, unavailable: 1 },
        _ => Fenceposts { surge, unavailable },
    })
}

/// `IsRollingUpdate`.
pub fn is_rolling_update(spec: &DeploymentSpec) -> bool {
    spec.strategy.kind == StrategyType::RollingUpdate
}

/// `MaxUnavailable`: never more than `replicas`; none may be missing on purpose with `Recreate`.
pub fn max_unavailable(spec: &DeploymentSpec) -> i32 {
    if !is_rolling_update(spec) || spec.replicas == 0 {
        return 0;
    }
    fenceposts(spec).unavailable.min(spec.replicas)
}

/// `MinAvailable`: the floor of a rolling update.
pub fn min_available(spec: &DeploymentSpec) -> i32 {
    if !is_rolling_update(spec) {
        return 0;
    }
    spec.replicas - max_unavailable(spec)
}

/// `MaxSurge`.
pub fn max_surge(spec: &DeploymentSpec) -> i32 {
    if !is_rolling_update(spec) {
        return 0;
    }
    fenceposts(spec).surge
}

/// The ceiling: `maxTotalPods` in `NewRSNewReplicas`. The sum wraps around as Go's does, so an
/// absurd surge stops the rollout here as it would there.
pub fn max_total_pods(spec: &DeploymentSpec) -> i32 {
    spec.replicas.wrapping_add(max_surge(spec))
}

/// The API server lets no Deployment pass whose percentages cannot be read.
fn fenceposts(spec: &DeploymentSpec) -> Fenceposts {
    let Some(strategy) = &spec.strategy.rolling_update else { return Fenceposts::default() };
    let (surge, unavailable) = (strategy.max_surge.as_ref(), strategy.max_unavailable.as_ref());
    resolve_fenceposts(surge, unavailable, spec.replicas).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::spec::DeploymentStrategy;

    #[test]
    fn fenceposts() {
        #[track_caller]
        fn check(surge: &str, unavailable: &str, replicas: i32, expect: (i32, i32)) {
            let (surge, unavailable) = (IntOrString::parse(surge), IntOrString::parse(unavailable));
            let got = resolve_fenceposts(Some(&surge), Some(&unavailable), replicas).unwrap();
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
        spec.strategy = DeploymentStrategy::rolling_update(IntOrString::Int(1), IntOrString::Int(7));
        spec.replicas = 3;
        assert_eq!((max_unavailable(&spec), min_available(&spec)), (3, 0));
    }

    #[test]
    fn recreate_has_no_budget() {
        let mut spec = DeploymentSpec::new("web", "web:v1");
        spec.strategy = DeploymentStrategy::recreate();
        spec.replicas = 3;
        assert_eq!((max_surge(&spec), max_unavailable(&spec), min_available(&spec)), (0, 0, 0));
    }
}
