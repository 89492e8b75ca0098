//! What pods look like.

use crate::i18n::Text;
use crate::sim::pod::{Stage, Waiting};
use crate::sim::time::SimTime;
use crate::timeline::pods::Pod;

/// What a pod looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No container runs yet.
    Pending,
    /// Its container runs and is not ready.
    Running,
    /// Ready, but not for long enough.
    Ready,
    /// It serves.
    Available,
    /// Its container has crashed, or its image cannot be pulled.
    Failing,
    /// It is leaving.
    Terminating,
}

impl Shape {
    /// For the class.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::Ready => "ready",
            Self::Available => "available",
            Self::Failing => "failing",
            Self::Terminating => "terminating",
        }
    }

    /// In words.
    pub fn text(self) -> Text<'static> {
        match self {
            Self::Pending => Text::LegendPending,
            Self::Running => Text::LegendRunning,
            Self::Ready => Text::LegendReady,
            Self::Available => Text::LegendAvailable,
            Self::Failing => Text::LegendFailing,
            Self::Terminating => Text::LegendTerminating,
        }
    }
}

/// What a pod looks like at a moment.
pub fn shape(pod: &Pod, min_ready_seconds: i32, now: SimTime) -> Shape {
    shape_of(pod.stage, pod.waiting, pod.is_available(min_ready_seconds, now))
}

/// What a pod looks like, by where it is on its way.
pub fn shape_of(stage: Stage, waiting: Option<Waiting>, available: bool) -> Shape {
    match stage {
        Stage::Pending | Stage::Running if waiting.is_some() => Shape::Failing,
        Stage::Unscheduled | Stage::Pending => Shape::Pending,
        Stage::Running => Shape::Running,
        Stage::Ready if available => Shape::Available,
        Stage::Ready => Shape::Ready,
        Stage::Terminating | Stage::Gone => Shape::Terminating,
    }
}
