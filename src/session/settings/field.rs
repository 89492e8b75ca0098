//! Which settings there are.

use crate::sim::behaviour::Behaviour;

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `spec.replicas`
    Replicas,
    /// `spec.strategy.rollingUpdate.maxSurge`
    MaxSurge,
    /// `spec.strategy.rollingUpdate.maxUnavailable`
    MaxUnavailable,
    /// `spec.strategy.type`
    Strategy,
    /// `spec.minReadySeconds`
    MinReadySeconds,
    /// `spec.progressDeadlineSeconds`
    ProgressDeadlineSeconds,
    /// `spec.revisionHistoryLimit`
    RevisionHistoryLimit,
    /// The image that the next rollout is to.
    NextImage,
    /// The image whose behaviour is shown.
    Version,
    /// Seconds from bound to running, by batch.
    Start,
    /// Seconds from running to ready, by batch; nothing: never.
    Ready,
    /// Seconds from deletion to gone.
    Terminate,
    /// By how many percent any of these times may be longer.
    Jitter,
    /// What goes wrong with the version: a name of [`Fault`].
    Fault,
    /// Seconds until it crashes, or for which it is ready.
    FaultAfter,
    /// Seconds for which it then is not ready.
    FaultFor,
    /// Slots of each node; nothing: every pod has a node of its own.
    Nodes,
    /// How many pods may exist; nothing: any number.
    Quota,
}

/// All settings, in the order of [`Field`].
pub const FIELDS: [Field; 18] = [
    Field::Replicas,
    Field::MaxSurge,
    Field::MaxUnavailable,
    Field::Strategy,
    Field::MinReadySeconds,
    Field::ProgressDeadlineSeconds,
    Field::RevisionHistoryLimit,
    Field::NextImage,
    Field::Version,
    Field::Start,
    Field::Ready,
    Field::Terminate,
    Field::Jitter,
    Field::Fault,
    Field::FaultAfter,
    Field::FaultFor,
    Field::Nodes,
    Field::Quota,
];

/// What can go wrong with a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    Nothing,
    /// Its pods run, and never become ready.
    NeverReady,
    /// Its containers exit with an error.
    Crashes,
    /// Its pods are ready and not ready by turns.
    Flaps,
    /// Its image cannot be pulled.
    CannotPull,
}

/// All faults, in the order in which they are offered.
pub const FAULTS: [Fault; 5] =
    [Fault::Nothing, Fault::NeverReady, Fault::Crashes, Fault::Flaps, Fault::CannotPull];

impl Field {
    /// A name for it, such as an element of the page may have.
    pub fn name(self) -> &'static str {
        match self {
            Self::Replicas => "replicas",
            Self::MaxSurge => "maxSurge",
            Self::MaxUnavailable => "maxUnavailable",
            Self::Strategy => "strategy",
            Self::MinReadySeconds => "minReadySeconds",
            Self::ProgressDeadlineSeconds => "progressDeadlineSeconds",
            Self::RevisionHistoryLimit => "revisionHistoryLimit",
            Self::NextImage => "image",
            Self::Version => "version",
            Self::Start => "start",
            Self::Ready => "ready",
            Self::Terminate => "terminate",
            Self::Jitter => "jitter",
            Self::Fault => "fault",
            Self::FaultAfter => "faultAfter",
            Self::FaultFor => "faultFor",
            Self::Nodes => "nodes",
            Self::Quota => "quota",
        }
    }
}

impl Fault {
    /// As it stands in the text of [`Field::Fault`].
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::NeverReady => "neverReady",
            Self::Crashes => "crashes",
            Self::Flaps => "flaps",
            Self::CannotPull => "cannotPull",
        }
    }

    /// What is wrong with a behaviour.
    pub(super) fn of(behaviour: &Behaviour) -> Self {
        match behaviour {
            Behaviour { cannot_pull: true, .. } => Self::CannotPull,
            Behaviour { crash_after: Some(_), .. } => Self::Crashes,
            Behaviour { flap: Some(_), .. } => Self::Flaps,
            Behaviour { ready, .. } if ready.is_empty() => Self::NeverReady,
            _ => Self::Nothing,
        }
    }
}
