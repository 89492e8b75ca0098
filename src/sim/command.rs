//! What a user asks of the cluster, and what kubectl or the API server answers.

use super::cluster::DeploymentId;
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
    /// `kubectl rollout undo deployment/NAME [--to-revision=N]`
    RolloutUndo {
        /// Whose template goes back.
        deployment: DeploymentId,
        /// Which revision to go back to; 0: the one before the present one.
        to_revision: i64,
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
    /// `deployment.apps/web rolled back`
    RolledBack,
    /// `deployment.apps/web skipped rollback (current template already matches revision N)`
    SkippedRollback {
        /// The revision as it was asked for, so 0 when none was.
        revision: i64,
    },
}

impl Answer {
    /// Whether everything is as it was before.
    pub fn changes_nothing(&self) -> bool {
        matches!(self, Self::ImageUnchanged | Self::SkippedRollback { .. })
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
    /// The API server's answer `The Deployment "web" is invalid: …`.
    Invalid {
        /// The Deployment's name.
        deployment: String,
        /// Never empty.
        errors: Vec<FieldError>,
    },
}
