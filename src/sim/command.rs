//! What a user asks of the cluster, and what kubectl or the API server answers.

use std::rc::Rc;

use super::cluster::DeploymentId;
use super::int_or_string::IntOrString;
use super::spec::{PodTemplateSpec, StrategyType};
use super::time::SimTime;
use super::validation::FieldError;

/// Everything a user can do to the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `kubectl set image deployment/NAME CONTAINER=IMAGE`
    SetImage {
        /// Whose template changes.
        deployment: DeploymentId,
        /// The image for every container: `*=IMAGE` on the command line.
        image: String,
    },
    /// `kubectl scale deployment/NAME --replicas=N`
    Scale {
        /// Whose size changes.
        deployment: DeploymentId,
        /// `spec.replicas`.
        replicas: i32,
    },
    /// `kubectl patch deployment NAME -p …`
    Patch {
        /// Whose spec changes.
        deployment: DeploymentId,
        /// What changes, all at once.
        changes: Vec<Change>,
    },
    /// `kubectl rollout pause deployment/NAME`
    RolloutPause(DeploymentId),
    /// `kubectl rollout resume deployment/NAME`
    RolloutResume(DeploymentId),
    /// `kubectl rollout restart deployment/NAME`
    RolloutRestart(DeploymentId),
    /// `kubectl rollout undo deployment/NAME [--to-revision=N]`
    RolloutUndo {
        /// Whose template goes back.
        deployment: DeploymentId,
        /// Which revision to go back to; 0: the one before the present one.
        to_revision: i64,
    },
    /// `kubectl delete deployment NAME`
    DeleteDeployment(DeploymentId),
    /// `kubectl delete pod NAME`
    DeletePod(String),
    /// `kubectl delete pods --all`
    DeletePods,
    /// `kubectl delete replicaset NAME`
    DeleteReplicaSet(String),
    /// `kubectl cordon NODE`
    Cordon(String),
    /// `kubectl uncordon NODE`
    Uncordon(String),
}

impl Command {
    /// The Deployment that it is about.
    pub fn deployment(&self) -> Option<DeploymentId> {
        match self {
            Self::SetImage { deployment, .. }
            | Self::Scale { deployment, .. }
            | Self::Patch { deployment, .. }
            | Self::RolloutUndo { deployment, .. }
            | Self::RolloutPause(deployment)
            | Self::RolloutResume(deployment)
            | Self::RolloutRestart(deployment)
            | Self::DeleteDeployment(deployment) => Some(*deployment),
            Self::DeletePod(_) | Self::DeletePods | Self::DeleteReplicaSet(_) => None,
            Self::Cordon(_) | Self::Uncordon(_) => None,
        }
    }
}

/// A change of one field of a Deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// `strategy.type`. What stands in `strategy.rollingUpdate` goes, and the API server's defaults
    /// come in its place where it has any.
    StrategyType(StrategyType),
    /// `strategy.rollingUpdate.maxSurge`
    MaxSurge(IntOrString),
    /// `strategy.rollingUpdate.maxUnavailable`
    MaxUnavailable(IntOrString),
    /// `minReadySeconds`
    MinReadySeconds(i32),
    /// `progressDeadlineSeconds`
    ProgressDeadlineSeconds(i32),
    /// `revisionHistoryLimit`
    RevisionHistoryLimit(i32),
    /// `replicas`
    Replicas(i32),
    /// `paused`
    Paused(bool),
    /// `template.spec.containers[].image`, of the container with that name.
    Image {
        /// The container's name.
        container: String,
        /// What it runs from now on.
        image: String,
    },
    /// `template`, whole.
    Template(Rc<PodTemplateSpec>),
    /// `metadata.annotations`, which are beside the spec.
    Annotation {
        /// The annotation's key.
        key: String,
        /// Its value; absent: it is taken away.
        value: Option<String>,
    },
}

/// A command and the time at which it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scripted {
    /// When; it takes effect after all other work of that moment.
    pub at: SimTime,
    /// What.
    pub command: Command,
}

/// What kubectl says when a command has been carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `deployment.apps/web image updated`
    ImageUpdated,
    /// `kubectl set image` prints nothing when nothing changes.
    ImageUnchanged,
    /// `deployment.apps/web scaled`
    Scaled,
    /// `deployment.apps/web scaled`, which is also said when it has that size already.
    ScaleUnchanged,
    /// `deployment.apps/web patched`
    Patched,
    /// `deployment.apps/web patched (no change)`
    PatchUnchanged,
    /// `deployment.apps/web paused`
    Paused,
    /// `deployment.apps/web resumed`
    Resumed,
    /// `deployment.apps/web restarted`
    Restarted,
    /// `deployment.apps/web rolled back`
    RolledBack,
    /// `deployment.apps/web skipped rollback (current template already matches revision N)`
    SkippedRollback {
        /// The revision as it was asked for, so 0 when none was.
        revision: i64,
    },
    /// `pod "NAME" deleted from default namespace`, for each
    PodsDeleted(Vec<String>),
    /// `No resources found`
    NoPods,
    /// `deployment.apps "NAME" deleted from default namespace`
    DeploymentDeleted,
    /// `replicaset.apps "NAME" deleted from default namespace`
    ReplicaSetDeleted(String),
    /// `node/NAME cordoned`
    Cordoned(String),
    /// `node/NAME already cordoned`
    AlreadyCordoned(String),
    /// `node/NAME uncordoned`
    Uncordoned(String),
    /// `node/NAME already uncordoned`
    AlreadyUncordoned(String),
}

impl Answer {
    /// Whether everything is as it was before.
    pub fn changes_nothing(&self) -> bool {
        matches!(
            self,
            Self::ImageUnchanged
                | Self::ScaleUnchanged
                | Self::PatchUnchanged
                | Self::SkippedRollback { .. }
                | Self::NoPods
                | Self::AlreadyCordoned(_)
                | Self::AlreadyUncordoned(_)
        )
    }
}

/// Why a command was refused. A refused command changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// `no rollout history found for deployment "web"`
    NoRolloutHistory {
        /// The Deployment's name.
        deployment: String,
    },
    /// `unable to find specified revision N in history`
    RevisionNotFound {
        /// The revision asked for.
        revision: i64,
    },
    /// `you cannot rollback a paused deployment; …`
    CannotRollBackPaused,
    /// `deployments.apps "web" can't restart paused deployment (run rollout resume first)`
    CannotRestartPaused {
        /// The Deployment's name.
        deployment: String,
    },
    /// `deployments.apps "web" is already paused`
    AlreadyPaused {
        /// The Deployment's name.
        deployment: String,
    },
    /// `deployments.apps "web" is not paused`
    NotPaused {
        /// The Deployment's name.
        deployment: String,
    },
    /// `failed to create patch for web: if restart has already been triggered …`
    RestartedThisSecond {
        /// The Deployment's name.
        deployment: String,
    },
    /// `The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0`
    NegativeReplicas,
    /// The API server's answer `pods "x" not found`.
    NotFound {
        /// `pods`, `nodes`, `replicasets.apps` or `deployments.apps`.
        resource: &'static str,
        /// What was asked for.
        name: String,
    },
    /// The API server's answer `The Deployment "web" is invalid: …`.
    Invalid {
        /// The Deployment's name.
        deployment: String,
        /// Never empty.
        errors: Vec<FieldError>,
    },
}
