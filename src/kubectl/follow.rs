//! What goes on printing while time passes: `rollout status` and `get --watch`.

use crate::sim::cluster::{Deployment, DeploymentId, ReplicaSetId};
use crate::sim::time::SimTime;

use super::api::{Api, Pod};
use super::kinds::{DEPLOYMENT, Kind, NODE, POD, REPLICA_SET};
use super::output::Output;
use super::rollout;
use super::rows::Rows;
use super::run::edit::Edit;
use super::wait::Wait;

/// A command that has not ended yet.
#[derive(Clone, Debug, PartialEq)]
pub enum Follow {
    /// `kubectl rollout status`
    Status(Status),
    /// `kubectl get --watch`
    Rows(Box<Rows>),
    /// `kubectl wait`
    Wait(Wait),
    /// `kubectl edit`, until what is edited is saved
    Edit(Box<Edit>),
}

/// `kubectl rollout status`, of one Deployment after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// Those that are not done, the one that is looked at first.
    waiting: Vec<DeploymentId>,
    revision: i64,
    until: Option<SimTime>,
    watch: bool,
    /// As it was when the last line was printed.
    last: Option<Box<Deployment>>,
}

/// An object that was changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Changed {
    /// A Deployment.
    Deployment(DeploymentId),
    /// A ReplicaSet.
    ReplicaSet(ReplicaSetId),
    /// A pod, as it is now or was last; and whether it is gone.
    Pod(Box<Pod>, bool),
    /// A node, by its name.
    Node(String),
}

impl Changed {
    /// Its type.
    pub fn kind(&self) -> &'static Kind {
        match self {
            Self::Deployment(_) => DEPLOYMENT,
            Self::ReplicaSet(_) => REPLICA_SET,
            Self::Pod(..) => POD,
            Self::Node(_) => NODE,
        }
    }
}

impl Follow {
    pub(super) fn status(
        waiting: Vec<DeploymentId>,
        revision: i64,
        until: Option<SimTime>,
        watch: bool,
    ) -> Self {
        Self::Status(Status { waiting, revision, until, watch, last: None })
    }

    /// The first lines; says whether there will be no more.
    pub(super) fn begin_status(&mut self, api: &dyn Api, out: &mut Output, errors: &mut Vec<String>) -> bool {
        let Self::Status(status) = self else { return true };
        status.look(api, out, errors)
    }

    /// What is printed when these objects have changed, or when only time has passed. Whoever follows
    /// calls it for every step, with the API server as it is after the step. When the command has ended,
    /// `exit` is its status and there is nothing more to follow: then this returns `true`.
    pub fn changed(&mut self, api: &dyn Api, changed: &[Changed], out: &mut Output) -> bool {
        match self {
            Self::Rows(rows) => {
                rows.changed(api, changed, out);
                false
            }
            Self::Wait(wait) => wait.look(api, out),
            Self::Edit(_) => false,
            Self::Status(status) => {
                let mut errors = Vec::new();
                let ended = status.look(api, out, &mut errors);
                errors.iter().for_each(|error| out.fail(&format!("error: {error}")));
                ended
            }
        }
    }

    /// The type of the objects whose changes matter to it.
    pub fn kind(&self) -> Option<&'static Kind> {
        match self {
            Self::Rows(rows) => rows.kind,
            Self::Status(_) => Some(DEPLOYMENT),
            Self::Wait(wait) => wait.waiting.first().map(|(kind, _)| *kind),
            Self::Edit(_) => None,
        }
    }

    /// Until when it is followed at most: `--timeout`.
    pub fn until(&self) -> Option<SimTime> {
        match self {
            Self::Rows(_) | Self::Edit(_) => None,
            Self::Wait(wait) => Some(wait.until),
            Self::Status(status) => status.until,
        }
    }
}

impl Status {
    /// One line for every change of the Deployment. `rollout_status.go Run`.
    fn look(&mut self, api: &dyn Api, out: &mut Output, errors: &mut Vec<String>) -> bool {
        while let Some(id) = self.waiting.first().copied() {
            if self.until.is_some_and(|until| until <= api.now()) {
                errors.push("timed out waiting for the condition".to_owned());
                return true;
            }
            let deployment = api.objects().deployment(id);
            if deployment.deleted.is_some() {
                errors.push("object has been deleted".to_owned());
                return true;
            }
            if self.last.as_deref() == Some(deployment) {
                return false;
            }
            self.last = Some(Box::new(deployment.clone()));
            match rollout::status(deployment, self.revision) {
                Ok((line, done)) => {
                    out.say(&line);
                    if !done && self.watch {
                        return false;
                    }
                }
                Err(error) => errors.push(error),
            }
            self.waiting.remove(0);
            self.last = None;
        }
        true
    }
}
