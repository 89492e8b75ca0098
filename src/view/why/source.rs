//! Which function of Kubernetes each rule comes from, and which of ours follows it.

/// A function of Kubernetes, and the one here that follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub function: &'static str,
    /// Its file, from the root of the repository.
    pub file: &'static str,
    /// The file that follows it, from `src/sim` on, and the function in it.
    pub ours: (&'static str, &'static str),
}

impl Source {
    /// Where to read it.
    pub fn url(&self) -> String {
        ["https://github.com/kubernetes/kubernetes/blob/v1.36.2/", self.file].concat()
    }

    /// Where to read what follows it, in the sources of this page.
    pub fn followed_in(&self) -> String {
        ["src/sim/", self.ours.0, " ", self.ours.1].concat()
    }
}

const ROLLING: &str = "pkg/controller/deployment/rolling.go";
const SYNC: &str = "pkg/controller/deployment/sync.go";
const PROGRESS: &str = "pkg/controller/deployment/progress.go";
const UTIL: &str = "pkg/controller/deployment/util/deployment_util.go";
const REPLICA_SET: &str = "pkg/controller/replicaset/replica_set.go";
const REPLICA_SET_UTILS: &str = "pkg/controller/replicaset/replica_set_utils.go";
const ROLLBACK: &str = "staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollback.go";
const SET_IMAGE: &str = "staging/src/k8s.io/kubectl/pkg/cmd/set/set_image.go";
const STRATEGY: &str = "pkg/registry/apps/deployment/strategy.go";
const SCHEDULE_ONE: &str = "pkg/scheduler/schedule_one.go";
const RECREATE: &str = "pkg/controller/deployment/recreate.go";
const DEPLOYMENT_CONTROLLER: &str = "pkg/controller/deployment/deployment_controller.go";
const SCALE: &str = "staging/src/k8s.io/kubectl/pkg/cmd/scale/scale.go";
const PATCH: &str = "staging/src/k8s.io/kubectl/pkg/cmd/patch/patch.go";
const DELETE: &str = "staging/src/k8s.io/kubectl/pkg/cmd/delete/delete.go";
const DRAIN: &str = "staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go";
const PAUSER: &str = "staging/src/k8s.io/kubectl/pkg/polymorphichelpers/objectpauser.go";
const RESUMER: &str = "staging/src/k8s.io/kubectl/pkg/polymorphichelpers/objectresumer.go";
const RESTARTER: &str = "staging/src/k8s.io/kubectl/pkg/polymorphichelpers/objectrestarter.go";
const KUBERUNTIME_MANAGER: &str = "pkg/kubelet/kuberuntime/kuberuntime_manager.go";
const IMAGES: &str = "pkg/kubelet/images/image_manager.go";
const KUBERUNTIME: &str = "pkg/kubelet/kuberuntime/kuberuntime_container.go";
const PROBER: &str = "pkg/kubelet/prober/worker.go";
const KUBELET: &str = "pkg/kubelet/kubelet.go";

macro_rules! sources {
    ($($name:ident: $function:literal, $file:ident, $our_file:literal, $our_function:literal;)*) => {
        $(pub(super) const $name: Source =
            Source { function: $function, file: $file, ours: ($our_file, $our_function) };)*

        /// Each of them.
        #[cfg(test)]
        const ALL: &[Source] = &[$($name),*];
    };
}

sources! {
    GET_NEW_REPLICA_SET: "getNewReplicaSet", SYNC, "deployment/sync.rs", "create_new_replica_set";
    NEW_RS_NEW_REPLICAS: "NewRSNewReplicas", UTIL, "deployment/rolling.rs", "new_rs_new_replicas";
    RECONCILE_NEW: "reconcileNewReplicaSet", ROLLING, "deployment/rolling.rs", "reconcile_new_replica_set";
    RECONCILE_OLD: "reconcileOldReplicaSets", ROLLING, "deployment/rolling.rs", "reconcile_old_replica_sets";
    CLEANUP_UNHEALTHY: "cleanupUnhealthyReplicas", ROLLING, "deployment/rolling.rs", "cleanup_unhealthy_replicas";
    SCALE_DOWN_OLD: "scaleDownOldReplicaSetsForRollingUpdate", ROLLING, "deployment/rolling.rs", "scale_down_old_replica_sets_for_rolling_update";
    RECREATE_DOWN: "scaleDownOldReplicaSetsForRecreate", RECREATE, "deployment/recreate.rs", "scale_down_old_replica_sets_for_recreate";
    OLD_PODS_RUNNING: "oldPodsRunning", RECREATE, "deployment/recreate.rs", "old_pods_running";
    RECREATE_UP: "scaleUpNewReplicaSetForRecreate", RECREATE, "deployment/recreate.rs", "scale_up_new_replica_set_for_recreate";
    SYNC_DEPLOYMENT: "syncDeployment", DEPLOYMENT_CONTROLLER, "deployment.rs", "sync_deployment";
    FIND_ACTIVE_OR_LATEST: "FindActiveOrLatest", UTIL, "deployment/scale.rs", "find_active_or_latest";
    IS_SATURATED: "IsSaturated", UTIL, "deployment/scale.rs", "is_saturated";
    PROPORTION: "GetReplicaSetProportion", UTIL, "deployment/scale.rs", "get_replica_set_proportion";
    MANAGE_REPLICAS: "manageReplicas", REPLICA_SET, "replica_set.rs", "manage_replicas";
    PREPARE_FOR_CREATE: "PrepareForCreate", STRATEGY, "deployment/edit.rs", "create";
    SYNC_TERMINATING_POD: "SyncTerminatingPod", KUBELET, "kubelet.rs", "gone";
    CLEANUP_DEPLOYMENT: "cleanupDeployment", SYNC, "deployment/sync.rs", "cleanup_deployment";
    CALCULATE_STATUS: "calculateStatus", REPLICA_SET_UTILS, "replica_set.rs", "calculate_status";
    SYNC_ROLLOUT_STATUS: "syncRolloutStatus", PROGRESS, "deployment/progress.rs", "sync_rollout_status";
    RUN_IMAGE: "Run", SET_IMAGE, "deployment/edit.rs", "set_image";
    RUN_SCALE: "RunScale", SCALE, "deployment/edit.rs", "scale";
    RUN_PATCH: "RunPatch", PATCH, "deployment/edit.rs", "patch";
    OBJECT_PAUSER: "defaultObjectPauser", PAUSER, "deployment/edit.rs", "rollout_pause";
    OBJECT_RESUMER: "defaultObjectResumer", RESUMER, "deployment/edit.rs", "rollout_resume";
    OBJECT_RESTARTER: "defaultObjectRestarter", RESTARTER, "deployment/edit.rs", "rollout_restart";
    ROLLBACK_TO: "Rollback", ROLLBACK, "deployment/rollback.rs", "rollout_undo";
    RUN_DELETE: "RunDelete", DELETE, "execute.rs", "delete_active";
    SCHEDULE_ONE_POD: "scheduleOnePod", SCHEDULE_ONE, "scheduler.rs", "schedule_one";
    SCHEDULING_FAILURE: "handleSchedulingFailure", SCHEDULE_ONE, "scheduler.rs", "fail";
    START_CONTAINER: "startContainer", KUBERUNTIME, "kubelet.rs", "run";
    DO_BACK_OFF: "doBackOff", KUBERUNTIME_MANAGER, "kubelet.rs", "crashed";
    ENSURE_IMAGE: "EnsureImageExists", IMAGES, "kubelet.rs", "pull_failed";
    PROBE_READY: "doProbe", PROBER, "kubelet.rs", "ready";
    PROBE_UNREADY: "doProbe", PROBER, "kubelet.rs", "unready";
    RUN_CORDON: "RunCordonOrUncordon", DRAIN, "execute.rs", "cordon";
    RUN_UNCORDON: "RunCordonOrUncordon", DRAIN, "execute.rs", "uncordon";
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn what_follows_kubernetes_is_where_it_is_said_to_be() {
        let sim = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sim");
        for source in ALL {
            let (file, function) = source.ours;
            let text = fs::read_to_string(sim.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            assert!(text.contains(&format!("fn {function}(")), "{file} has no function {function}");
        }
    }

    #[test]
    fn upstream_files_are_named_from_the_root_of_the_repository() {
        for Source { file, function, .. } in ALL {
            let known = ["pkg/", "staging/src/k8s.io/"].iter().any(|root| file.starts_with(root));
            assert!(known && file.ends_with(".go") && !function.is_empty(), "{file}");
        }
    }
}
