//! Every sentence the page can say, in every language it speaks.
//!
//! [`Text`] carries the data of a sentence; `en.rs` and `zh_hans.rs` are one exhaustive `match`
//! each, so a missing translation does not compile. What a reader meets in a real cluster is never
//! translated: field names, kinds, reasons, messages, command lines.

mod en;
mod zh_hans;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 简体中文.
    ZhHans,
}

impl Lang {
    /// The best match for a language tag such as `zh-CN`.
    pub fn from_tag(tag: &str) -> Self {
        let chinese = tag.get(..2).is_some_and(|language| language.eq_ignore_ascii_case("zh"));
        if chinese { Self::ZhHans } else { Self::En }
    }

    /// For the attribute `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhHans => "zh-Hans",
        }
    }

    /// The language a switch leads to.
    pub fn other(self) -> Self {
        match self {
            Self::En => Self::ZhHans,
            Self::ZhHans => Self::En,
        }
    }

    /// A sentence in this language.
    pub fn say(self, text: Text) -> String {
        match self {
            Self::En => en::say(text),
            Self::ZhHans => zh_hans::say(text),
        }
    }
}

/// A sentence and what it is about.
///
/// `*` surrounds what stands out. `image` is an image's short name, `set` a ReplicaSet's name;
/// other numbers are counts of pods unless their names say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is its sentence; read it in `en.rs`")]
pub enum Text<'a> {
    // The frame of the page
    Tagline,
    SwitchLanguage,
    SwitchTheme,
    Settings,
    Events,
    AllEvents,
    Why,
    Timeline,
    About,

    // Settings
    NextVersion,
    TimeToReady,
    Seconds,
    Decrease { field: &'a str },
    Increase { field: &'a str },
    NotAWholeNumber,
    TooMany { most: i32 },
    TooLong { most: i32 },
    SurgeSum { sum: &'a str, surge: i32, ceiling: i32 },
    UnavailableSum { sum: &'a str, unavailable: i32, floor: i32 },
    BothZero { sum: &'a str, floor: i32 },
    RecreateBudget,
    TakeBack,
    DoAgain,

    // Rolling out and back
    RollOut,
    Undo,
    UndoTo { revision: i64 },
    Revisions,
    CurrentRevision,
    CopyCommand { command: &'a str },
    Copied,
    ImageKept,

    // The state in one sentence
    Starting { available: i32, replicas: i32 },
    Asked { image: &'a str },
    RollingOut { revision: i64, updated: i32, replicas: i32, available: i32 },
    RolledOut { image: &'a str, replicas: i32 },
    Draining { image: &'a str, terminating: i32 },
    Stuck { image: &'a str, updated: i32, replicas: i32 },

    // The budget line
    AtLeast { floor: i32 },
    AtMost { ceiling: i32 },
    Leaving,
    LegendPending,
    LegendRunning,
    LegendReady,
    LegendAvailable,
    LegendTerminating,
    BudgetLine { counted: i32, ceiling: i32, available: i32, floor: i32, leaving: i32 },
    PodTitle { pod: &'a str, stage: &'a str },
    RevisionOf { revision: i64, image: &'a str },

    // Moving through time
    Play,
    Pause,
    Replay,
    StepBack,
    StepForward,
    PreviousDecision,
    NextDecision,
    Speed,
    StepOf { step: usize, steps: usize },
    Position { seconds: u64, what: &'a str },
    Weave { pods: usize },

    // Why
    User,
    Scheduler,
    Kubelet,
    DeploymentCreated,
    ImageSet { image: &'a str },
    RolledBack,
    RollbackSkipped,
    CommandRefused,
    NewReplicaSet { set: &'a str },
    ScaleNewUp { image: &'a str },
    ScaleNewDown { image: &'a str },
    ScaleOldDown { image: &'a str },
    ScaleUnhealthyDown { image: &'a str },
    OldMustStay,
    CreatePods { count: usize },
    DeletePods { count: usize },
    PodsScheduled { count: usize },
    PodsStarted { count: usize },
    PodsReady { count: usize },
    PodsGone { count: usize },
    CountPods { set: &'a str },
    ReplicaSetTakenAgain { set: &'a str, revision: i64 },
    ReplicaSetRemoved { set: &'a str },
    StatusWritten,
    StatusComplete,
    StatusTimedOut,
    SumCeiling { replicas: i32, surge: i32 },
    SumOld,
    SumWantedBy { image: &'a str },
    SumMore,
    SumAvailable,
    SumUnavailable,
    SumFloor,
    SumTaken,
    SumMayGo,
    SumAsked,
    SumNewUnavailable,
    SumAsks,
    SumHas,
    SumMissing,
    SumTooMany,
    LimitedByReplicas { replicas: i32 },
    LimitedBySize { size: i32 },
    NewPodsCountAtOnce,
    VictimsReady,
    VictimsUnready,

    // What comes next
    NextInInstant,
    NextAvailable { count: usize, image: &'a str, seconds: u64 },
    NextMayGo { count: usize, image: &'a str, seconds: u64, floor: i32 },
    NextGone { count: usize, seconds: u64 },
    NextCommand { seconds: u64 },
    NextStep { seconds: u64 },
    NextNothing,

    // Keys
    Keys,
    KeyPlay,
    KeyStep,
    KeyDecision,
    KeyTenth,
    KeyEnds,
    KeySpeed,
    KeyTakeBack,
    KeysEnabled,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_name_languages() {
        #[track_caller]
        fn check(tag: &str, expect: Lang) {
            assert_eq!(Lang::from_tag(tag), expect);
        }

        check("zh-CN", Lang::ZhHans);
        check("ZH", Lang::ZhHans);
        check("en-GB", Lang::En);
        check("", Lang::En);
        check("é", Lang::En);
    }
}
