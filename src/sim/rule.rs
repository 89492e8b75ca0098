//! The rules by which controllers decide, with the numbers filled in: what the page shows as *why*.

use super::cluster::{DeploymentId, ReplicaSetId};

/// A decision's rule and its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A Deployment without a ReplicaSet for its template creates one. Its size is a
    /// [`Rule::NewRsNewReplicas`] of its own.
    GetNewReplicaSet {
        /// The ReplicaSet created.
        replica_set: ReplicaSetId,
    },
    /// How large the new ReplicaSet may be.
    NewRsNewReplicas {
        /// The new ReplicaSet.
        replica_set: ReplicaSetId,
        /// Its size before.
        from: i32,
        /// Its size now.
        to: i32,
        /// `replicas` of the Deployment.
        replicas: i32,
        /// The surge, rounded up.
        max_surge: i32,
        /// What the old ReplicaSets ask for together.
        old: i32,
    },
    /// Old pods that are not available go first.
    CleanupUnhealthyReplicas {
        /// The old ReplicaSet.
        replica_set: ReplicaSetId,
        /// Its size before.
        from: i32,
        /// Its size now.
        to: i32,
        /// How many of its pods are available.
        available: i32,
        /// How many pods may still go in this sync, after those of older ReplicaSets.
        left: i32,
    },
    /// Old pods go as far as the availability budget allows.
    ScaleDownOldReplicaSets {
        /// The old ReplicaSet.
        replica_set: ReplicaSetId,
        /// Its size before.
        from: i32,
        /// Its size now.
        to: i32,
        /// Available pods of all ReplicaSets.
        available: i32,
        /// Pods that must stay available.
        min_available: i32,
        /// Already taken from older ReplicaSets in this sync.
        taken: i32,
    },
    /// Old pods must stay for now.
    OldReplicasMustStay {
        /// Whose.
        deployment: DeploymentId,
        /// What all ReplicaSets ask for together.
        all: i32,
        /// Pods that must stay available.
        min_available: i32,
        /// Pods of the new ReplicaSet that are not available.
        new_unavailable: i32,
    },
    /// Recreate: all old pods go at once.
    ScaleDownForRecreate {
        /// The old ReplicaSet.
        replica_set: ReplicaSetId,
        /// Its size before.
        from: i32,
    },
    /// Recreate: old pods are not all gone yet.
    OldPodsRunning {
        /// Whose.
        deployment: DeploymentId,
        /// How many there still are, those that are terminating included.
        pods: i32,
    },
    /// Recreate: no old pod is left, so all new ones come.
    ScaleUpForRecreate {
        /// The new ReplicaSet.
        replica_set: ReplicaSetId,
        /// Its size before.
        from: i32,
        /// Its size now: `replicas` of the Deployment.
        to: i32,
    },
    /// A paused Deployment keeps its ReplicaSets, but can be scaled.
    Paused {
        /// Which.
        deployment: DeploymentId,
    },
    /// The only ReplicaSet with pods, or else the latest, gets the size of the Deployment.
    ScaleActiveOrLatest {
        /// Which.
        replica_set: ReplicaSetId,
        /// Its size before.
        from: i32,
        /// Its size now: `replicas` of the Deployment.
        to: i32,
    },
    /// The new ReplicaSet has all pods that are wanted, so old ones go.
    ScaleDownWhenSaturated {
        /// The old ReplicaSet.
        replica_set: ReplicaSetId,
        /// Its size before.
        from: i32,
    },
    /// The Deployment's size changed in the middle of a rollout, and every ReplicaSet takes its share.
    ScaleProportionally {
        /// Which.
        replica_set: ReplicaSetId,
        /// Its size before.
        from: i32,
        /// Its size now.
        to: i32,
        /// The ceiling as it is now; 0 if no pods are wanted.
        allowed: i32,
        /// The ceiling when it was last scaled, if its annotation says so.
        base: Option<i32>,
        /// How many pods are to come, or to go if negative, over all ReplicaSets.
        to_add: i32,
        /// What rounding left over for it.
        leftover: i32,
    },
    /// A ReplicaSet makes its pods as many as it asks for.
    ManageReplicas {
        /// Which.
        replica_set: ReplicaSetId,
        /// How many it asks for.
        replicas: i32,
        /// How many it has.
        active: i32,
    },
}
