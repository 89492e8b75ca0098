//! What upstream's tables hold that is not put to the simulator, and why: all of it, in one place.

/// Files of which nothing can be put to the simulator.
pub const FILES: &[(&str, &str)] = &[
    (
        "controller_expectations",
        "a controller sees at once what it wrote, so it never waits for its own writes",
    ),
    (
        "replicaset_active_pods_order",
        "the order of ReplicationControllers and of kubectl logs, which are not here",
    ),
];

/// Files that belong to what there is not yet, and so are not in this repository.
pub const NOT_COPIED: &[(&str, &str)] = &[
    ("daemonset_failed_pods", "there are no DaemonSets yet"),
    ("daemonset_node_should_run", "there are no DaemonSets yet"),
    ("daemonset_rolling_scenarios", "there are no DaemonSets yet"),
    ("daemonset_strategy_validation", "there are no DaemonSets yet"),
    ("daemonset_surge_manage", "there are no DaemonSets yet"),
    ("daemonset_update_counts", "there are no DaemonSets yet"),
    ("human_duration", "what kubectl prints is compared when there is a terminal"),
    ("kubectl_drain", "what kubectl prints is compared when there is a terminal"),
    ("kubectl_get_rows", "what kubectl prints is compared when there is a terminal"),
    ("kubectl_pod_status_column", "what kubectl prints is compared when there is a terminal"),
    ("kubectl_rollout_status", "what kubectl prints is compared when there is a terminal"),
    ("kubectl_tabwriter", "what kubectl prints is compared when there is a terminal"),
    ("kubectl_text_layouts", "what kubectl prints is compared when there is a terminal"),
    ("legacy_rolling_update", "a command that kubectl lost in 1.18, and that ran in kubectl itself"),
];

/// Single cases of files that are tested otherwise: file, case, reason. A case without a name goes by
/// its position, from 0.
#[rustfmt::skip]
pub const CASES: &[(&str, &str, &str)] = &[

    ("deployment_controller_events", "being deleted: only status", "no Deployment is deleted"),
    ("deployment_controller_events",
     "empty selector: nothing (generation is unset, so observedGeneration already matches)",
     "the API server refuses an empty selector"),
    ("deployment_controller_events",
     "rollback annotation with revision 0: one deployment update, no replica set writes",
     "kubectl has not set this annotation since 1.13"),
    ("deployment_controller_events",
     "deletion race: cache says alive, API says deleting, an orphan matches: sync fails and writes nothing",
     "no Deployment is deleted"),
    ("deployment_controller_events",
     "adopts a matching orphan, releases one whose labels no longer match",
     "every ReplicaSet keeps the Deployment that made it"),
    ("deployment_controller_events",
     "pod map counts owned pods, failed ones too, not orphans",
     "every pod has a ReplicaSet, and none fails for good"),
    ("deployment_controller_events",
     "added orphan queues every deployment whose selector matches",
     "every ReplicaSet keeps the Deployment that made it"),
    ("deployment_controller_events",
     "orphan whose labels start to match queues all matching",
     "every ReplicaSet keeps the Deployment that made it"),
    ("deployment_controller_events",
     "owner changed: old and new owner are queued",
     "every ReplicaSet keeps the Deployment that made it"),
    ("deployment_controller_events",
     "owner removed: former owner and all matching are queued",
     "every ReplicaSet keeps the Deployment that made it"),
    ("deployment_controller_events",
     "deleted orphan queues nobody",
     "every ReplicaSet keeps the Deployment that made it"),
    ("deployment_controller_events",
     "Recreate, a second replica set is an orphan, no pods remain: queued",
     "every ReplicaSet keeps the Deployment that made it"),
    ("deployment_controller_events",
     "Recreate, a second replica set is an orphan, pods remain: not queued",
     "every ReplicaSet keeps the Deployment that made it"),

    ("deployment_recreate", "terminal pods present", "no pod fails or succeeds for good"),
    ("deployment_recreate", "terminal and pending", "no pod fails or succeeds for good"),
    ("deployment_recreate", "unknown phase", "no node is lost, so no pod's phase is unknown"),

    ("deployment_replica_counts", "rs4 unknown", "every ReplicaSet reports its terminating pods"),
    ("deployment_replica_counts", "all", "every ReplicaSet reports its terminating pods"),

    ("deployment_validation", "restart policy", "templates have no restartPolicy"),

    ("pod_availability", "status delay 2s", "the status is judged and the next look fixed in one instant"),
    ("pod_availability", "status delay longer than remaining",
     "the status is judged and the next look fixed in one instant"),

    ("replicaset_status", "1 not fully labelled", "pods have exactly the labels of their template"),
    ("replicaset_status", "2 not fully labelled", "pods have exactly the labels of their template"),
    ("replicaset_status", "1 full 1 not", "pods have exactly the labels of their template"),
    ("replicaset_status", "same for ReplicationController", "there are no ReplicationControllers"),

    ("replicaset_victim_ranking", "26", "with the feature gate PodDeletionCost off, which is on by default"),
];

/// The cases of a file that are not put to the simulator.
pub fn cases_of(file: &str) -> Vec<&'static str> {
    CASES.iter().filter(|(other, ..)| *other == file).map(|(_, case, _)| *case).collect()
}
