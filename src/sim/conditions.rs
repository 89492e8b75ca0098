//! Conditions of a Deployment: `DeploymentCondition` and its helpers in
//! `pkg/controller/deployment/util/deployment_util.go`.

use std::fmt;
use std::rc::Rc;

use super::time::SimTime;

/// One entry of `status.conditions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeploymentCondition {
    /// What it is about.
    pub kind: ConditionType,
    /// Whether it holds.
    pub status: ConditionStatus,
    /// Why, in one word.
    pub reason: ConditionReason,
    /// Why, in a sentence.
    pub message: Message,
    /// When it was last written.
    pub last_update_time: SimTime,
    /// When its status last changed.
    pub last_transition_time: SimTime,
}

/// The sentence of a condition. Syncs write it again and again, so it is put together when it is shown.
#[derive(Clone, Debug, Eq)]
pub enum Message {
    /// A sentence about nothing in particular.
    Plain(&'static str),
    /// A sentence about an object: what it is, its name, and how the sentence goes on.
    About(&'static str, Rc<str>, &'static str),
    /// What somebody else said.
    Said(Rc<str>),
}

/// Nearly always it is the same text, and not only an equal one.
impl PartialEq for Message {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &str, b: &str| std::ptr::eq(a, b) || a == b;
        match (self, other) {
            (Self::Plain(a), Self::Plain(b)) => same(a, b),
            (Self::About(a, b, c), Self::About(d, e, f)) => same(a, d) && same(b, e) && same(c, f),
            (Self::Said(a), Self::Said(b)) => same(a, b),
            _ => false,
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => f.write_str(text),
            Self::About(kind, name, says) => write!(f, "{kind} \"{name}\"{says}"),
            Self::Said(text) => f.write_str(text),
        }
    }
}

/// `status.conditions`: one of each type at most, in the order in which they last changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Conditions([Option<DeploymentCondition>; 3]);

/// Every sync copies them, and a list's own copy is a loop with a way out for panics.
impl Clone for Conditions {
    fn clone(&self) -> Self {
        let [first, second, third] = &self.0;
        Self([first.clone(), second.clone(), third.clone()])
    }
}

impl Conditions {
    /// All that there are.
    pub fn iter(&self) -> impl Iterator<Item = &DeploymentCondition> {
        self.0.iter().flatten()
    }

    /// The one that changed last.
    pub fn last(&self) -> Option<&DeploymentCondition> {
        self.iter().last()
    }

    /// That one was written again, as it was.
    pub fn renew(&mut self, now: SimTime) {
        if let Some(last) = self.0.iter_mut().flatten().last() {
            last.last_update_time = now;
        }
    }

    /// The condition goes to the end, in place of any other of its type.
    pub fn put_last(&mut self, new: DeploymentCondition) {
        remove_condition(self, new.kind);
        let free = self.0.iter_mut().find(|place| place.is_none());
        *free.expect("there are three types") = Some(new);
    }
}

impl FromIterator<DeploymentCondition> for Conditions {
    fn from_iter<I: IntoIterator<Item = DeploymentCondition>>(conditions: I) -> Self {
        let mut all = Self::default();
        conditions.into_iter().for_each(|condition| all.put_last(condition));
        all
    }
}

/// `DeploymentConditionType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionType {
    /// Enough pods are available.
    Available,
    /// The rollout is getting somewhere, or is done.
    Progressing,
    /// A ReplicaSet could not create or delete pods.
    ReplicaFailure,
}

impl ConditionType {
    /// As it stands in the API object.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Available => "Available",
            Self::Progressing => "Progressing",
            Self::ReplicaFailure => "ReplicaFailure",
        }
    }
}

/// `v1.ConditionStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionStatus {
    /// It holds.
    True,
    /// It does not.
    False,
    /// Nobody can say.
    Unknown,
}

impl ConditionStatus {
    /// As it stands in the API object.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::True => "True",
            Self::False => "False",
            Self::Unknown => "Unknown",
        }
    }
}

/// Why a condition is as it is; prints as Kubernetes spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionReason {
    /// Available: enough.
    MinimumReplicasAvailable,
    /// Available: too few.
    MinimumReplicasUnavailable,
    /// Progressing: a ReplicaSet was created.
    NewReplicaSetCreated,
    /// Progressing: an earlier ReplicaSet was taken again.
    FoundNewReplicaSet,
    /// Progressing: pods came or went.
    ReplicaSetUpdated,
    /// Progressing: the rollout is complete.
    NewReplicaSetAvailable,
    /// Progressing: nothing happened for too long.
    ProgressDeadlineExceeded,
    /// Progressing: the rollout was paused.
    DeploymentPaused,
    /// Progressing: the rollout was resumed.
    DeploymentResumed,
    /// ReplicaFailure: pods could not be created.
    FailedCreate,
    /// ReplicaFailure: pods could not be deleted.
    FailedDelete,
}

impl ConditionReason {
    /// As it stands in the API object.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MinimumReplicasAvailable => "MinimumReplicasAvailable",
            Self::MinimumReplicasUnavailable => "MinimumReplicasUnavailable",
            Self::NewReplicaSetCreated => "NewReplicaSetCreated",
            Self::FoundNewReplicaSet => "FoundNewReplicaSet",
            Self::ReplicaSetUpdated => "ReplicaSetUpdated",
            Self::NewReplicaSetAvailable => "NewReplicaSetAvailable",
            Self::ProgressDeadlineExceeded => "ProgressDeadlineExceeded",
            Self::DeploymentPaused => "DeploymentPaused",
            Self::DeploymentResumed => "DeploymentResumed",
            Self::FailedCreate => "FailedCreate",
            Self::FailedDelete => "FailedDelete",
        }
    }
}

impl DeploymentCondition {
    /// `NewDeploymentCondition`.
    pub fn new(
        kind: ConditionType,
        status: ConditionStatus,
        reason: ConditionReason,
        message: Message,
        now: SimTime,
    ) -> Self {
        let now = now.stored();
        Self { kind, status, reason, message, last_update_time: now, last_transition_time: now }
    }
}

/// `GetDeploymentCondition`.
pub fn condition(conditions: &Conditions, kind: ConditionType) -> Option<&DeploymentCondition> {
    conditions.iter().find(|condition| condition.kind == kind)
}

/// `SetDeploymentCondition`: nothing if status and reason stay; else the new one goes to the end. Says whether
/// it did.
pub fn set_condition(conditions: &mut Conditions, mut new: DeploymentCondition) -> bool {
    if let Some(old) = condition(conditions, new.kind) {
        if old.status == new.status && old.reason == new.reason {
            return false;
        }
        if old.status == new.status {
            new.last_transition_time = old.last_transition_time;
        }
    }
    conditions.put_last(new);
    true
}

/// One that is written again even if its status and reason stay, so that its time does not; says whether that
/// changed anything.
pub fn renew_condition(conditions: &mut Conditions, mut new: DeploymentCondition) -> bool {
    if let Some(old) = condition(conditions, new.kind).filter(|old| old.status == new.status) {
        new.last_transition_time = old.last_transition_time;
    }
    let changes = conditions.last() != Some(&new);
    if changes {
        conditions.put_last(new);
    }
    changes
}

/// `RemoveDeploymentCondition`; says whether there was one.
pub fn remove_condition(conditions: &mut Conditions, kind: ConditionType) -> bool {
    let Some(index) = conditions.iter().position(|condition| condition.kind == kind) else { return false };
    conditions.0[index] = None;
    conditions.0[index..].rotate_left(1);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progressing(status: ConditionStatus, reason: ConditionReason, secs: u64) -> DeploymentCondition {
        let message = Message::Plain("");
        DeploymentCondition::new(
            ConditionType::Progressing,
            status,
            reason,
            message,
            SimTime::from_secs(secs),
        )
    }

    #[test]
    fn an_equal_condition_keeps_its_times() {
        let mut conditions = Conditions::from_iter([progressing(
            ConditionStatus::True,
            ConditionReason::ReplicaSetUpdated,
            1,
        )]);
        set_condition(
            &mut conditions,
            progressing(ConditionStatus::True, ConditionReason::ReplicaSetUpdated, 9),
        );
        assert_eq!(conditions.iter().next().unwrap().last_update_time, SimTime::from_secs(1));
    }

    #[test]
    fn the_transition_time_moves_only_with_the_status() {
        let mut conditions = Conditions::from_iter([progressing(
            ConditionStatus::True,
            ConditionReason::ReplicaSetUpdated,
            1,
        )]);
        set_condition(
            &mut conditions,
            progressing(ConditionStatus::True, ConditionReason::NewReplicaSetAvailable, 9),
        );
        assert_eq!(conditions.iter().next().unwrap().last_update_time, SimTime::from_secs(9));
        assert_eq!(conditions.iter().next().unwrap().last_transition_time, SimTime::from_secs(1));
        set_condition(
            &mut conditions,
            progressing(ConditionStatus::False, ConditionReason::ProgressDeadlineExceeded, 12),
        );
        assert_eq!(conditions.iter().next().unwrap().last_transition_time, SimTime::from_secs(12));
    }
}
