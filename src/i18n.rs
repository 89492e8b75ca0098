//! Every sentence the page can say, in every language it speaks.
//!
//! [`Text`] carries the data of a sentence; `en.rs` and `zh_hans.rs` are one exhaustive `match`
//! each, so a missing translation does not compile. What a reader meets in a real cluster is never
//! translated: field names, kinds, reasons, messages, command lines.
//!
//! What is said of manifests and of the terminal is in [`desk`], so that a page without them does not
//! carry it.

pub mod desk;
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
    pub fn say(self, text: impl Sentence) -> String {
        let mut said = String::new();
        text.values().fill(text.template(self), &mut said);
        said
    }
}

/// What can be said.
pub trait Sentence {
    /// The sentence, with places for its values.
    fn template(&self, lang: Lang) -> &'static str;
    /// The values that it has places for.
    fn values(&self) -> Values<'_>;
}

/// The values of a sentence by their names.
pub struct Values<'a>(Vec<(&'static str, Value<'a>)>);

/// A value that stands in a sentence.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// A number.
    Number(i64),
    /// Words.
    Words(&'a str),
}

impl<'a> Values<'a> {
    #[inline(never)]
    fn put(&mut self, name: &'static str, value: Value<'a>) {
        self.0.push((name, value));
    }

    /// A template with its places filled. A place is `{name}`, or `{name?one|many}` for the first of
    /// two wordings if the value is 1 and the second if not; a wording may have places itself.
    fn fill(&self, template: &str, filled: &mut String) {
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let end = closing(after);
            filled.push_str(before);
            self.fill_place(after.get(..end).unwrap_or_default(), filled);
            rest = after.get(end + 1..).unwrap_or_default();
        }
        filled.push_str(rest);
    }

    fn fill_place(&self, place: &str, filled: &mut String) {
        let (name, wordings) = place.split_once('?').unwrap_or((place, ""));
        let found = self.0.iter().find(|(other, _)| *other == name);
        let (_, value) = found.expect("a sentence has a value for each of its places");
        match (wordings.split_once('|'), value) {
            (Some((one, _)), Value::Number(1)) => self.fill(one, filled),
            (Some((_, many)), _) => self.fill(many, filled),
            (None, Value::Number(number)) => *filled += &number.to_string(),
            (None, Value::Words(words)) => filled.push_str(words),
        }
    }
}

macro_rules! numbers {
    ($($type:ty)*) => {
        $(impl From<$type> for Value<'_> {
            fn from(number: $type) -> Self {
                Self::Number(number as i64)
            }
        })*
    };
}

numbers! { i32 i64 u32 u64 usize }

impl<'a> From<&'a str> for Value<'a> {
    fn from(words: &'a str) -> Self {
        Self::Words(words)
    }
}

/// Where the brace is that closes one opened before.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    let closes = |c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth < 0
    };
    text.find(closes).expect("every brace is closed")
}

/// Declares a type of sentences, and how it tells their values by their names.
macro_rules! texts {
    ($(#[$about:meta])* { $($(#[$meta:meta])* $name:ident $({ $($field:ident: $type:ty),* })?,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each is its sentence; read it in `en.rs`")]
        pub enum Text<'a> {
            $($(#[$meta])* $name $({ $($field: $type),* })?,)*
        }

        impl $crate::i18n::Sentence for Text<'_> {
            fn template(&self, lang: $crate::i18n::Lang) -> &'static str {
                match lang {
                    $crate::i18n::Lang::En => en::template(self),
                    $crate::i18n::Lang::ZhHans => zh_hans::template(self),
                }
            }

            fn values(&self) -> $crate::i18n::Values<'_> {
                let mut values = $crate::i18n::Values(Vec::new());
                match *self {
                    $(Text::$name $({ $($field),* })? => { $($(values.put(stringify!($field), $field.into());)*)? })*
                }
                values
            }
        }

        impl Text<'_> {
            /// Each sentence once, with whatever values.
            #[cfg(test)]
            pub(in $crate::i18n) fn all() -> Vec<Self> {
                vec![$(Text::$name $({ $($field: Default::default()),* })?,)*]
            }
        }
    };
}
use texts;

texts! {
    /// A sentence of the page and what it is about.
    ///
    /// `*` surrounds what stands out. `image` is an image's short name, `set` a ReplicaSet's name;
    /// other numbers are counts of pods unless their names say otherwise.
    {
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
        Agreement { reproduced: &'a str, traces: &'a str },
        ChooseStory,

        // Settings
        Since,
        SinceBeginning,
        SinceNow,
        MoreFields,
        NextVersion,
        BehaviourOf { image: &'a str },
        Version,
        TimeToStart,
        TimeToReady,
        Never,
        TimeToLeave,
        /// The label of the setting by how much times differ from pod to pod.
        Jitter,
        GoesWrong,
        FaultNothing,
        FaultNeverReady,
        FaultCrashes,
        FaultFlaps,
        FaultCannotPull,
        CrashesAfter,
        ReadyFor,
        UnreadyFor,
        Nodes,
        NodeSlots,
        PodQuota,
        Unlimited,
        NodePods { node: &'a str, pods: u32, slots: u32 },
        Seconds,
        Decrease { field: &'a str },
        Increase { field: &'a str },
        NotAWholeNumber,
        NotAList,
        TooManyNodes { most: usize },
        TooMany { most: i32 },
        TooLong { most: i32 },
        NotAPercentage { most: u32 },
        SurgeSum { sum: &'a str, surge: i32, ceiling: i32 },
        UnavailableSum { sum: &'a str, unavailable: i32, floor: i32 },
        BothZero { sum: &'a str, floor: i32 },
        RecreateBudget,
        TakeBack,
        DoAgain,

        // Rolling out and back
        MoreCommands,
        PauseRollout,
        ResumeRollout,
        RestartRollout,
        DeletePod,
        DeleteAllPods,
        Cordon { node: &'a str },
        Uncordon { node: &'a str },
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
        ChangeAsked,
        RollingOut { revision: i64, updated: i32, replicas: i32, available: i32 },
        RolledOut { image: &'a str, replicas: i32 },
        Draining { image: &'a str, terminating: i32 },
        Stuck { image: &'a str, updated: i32, replicas: i32 },
        Paused { updated: i32, replicas: i32 },
        Degraded { available: i32, replicas: i32 },
        NoNode { count: usize },
        QuotaFull,
        OldLeaving { leaving: i32 },
        DeploymentGone { leaving: i32 },

        // The budget line
        AtLeast { floor: i32 },
        AtMost { ceiling: i32 },
        Leaving,
        LegendPending,
        LegendRunning,
        LegendReady,
        LegendAvailable,
        LegendFailing,
        LegendTerminating,
        BudgetLine { counted: i32, ceiling: i32, available: i32, floor: i32, leaving: i32 },
        PodTitle { pod: &'a str, stage: &'a str },
        Field { available: i32, starting: i32, leaving: i32 },
        PointAtField,
        ChoosePod,
        PreviousPod,
        NextPod,
        ClosePod,
        Restarts { count: u32 },
        NoNodeYet,
        Conditions,
        RevisionOf { revision: i64, image: &'a str },

        // Moving through time
        Play,
        Pause,
        Replay,
        StepBack,
        StepForward,
        PreviousDecision,
        NextDecision,
        PreviousBatch,
        NextBatch,
        Speed,
        SkipWaits,
        Skipping { length: &'a str },
        NothingHappensFor { length: &'a str },
        NothingHappens,
        Hours { count: u64 },
        Minutes { count: u64 },
        Secs { count: u64 },
        StepOf { step: usize, steps: usize },
        Position { seconds: u64, what: &'a str },
        Weave { pods: usize },

        // The chart
        ReadTotal,
        ReadAvailable,
        ReadUpdated,
        ReadLeaving,
        ReadFloor,
        ReadCeiling,
        Otherwise { count: i32 },
        MarkCommand,
        MarkDecision,
        MarkBatch,
        MarkFailure,
        MarkFloorBroken,
        MarkDeadline,
        MarkComplete,
        Worst { least: i32, least_at: &'a str, most: i32, most_at: &'a str },
        WorstBroken { least: i32, floor: i32, least_at: &'a str, most: i32, most_at: &'a str },
        GhostNote,
        SwapFutures,
        DismissGhost,
        AsTable,
        TableCaption { rows: usize, all: usize },
        ColumnTime,
        ColumnWhat,

        // Why
        User,
        Scheduler,
        Kubelet,
        DeploymentCreated,
        ImageSet { image: &'a str },
        ScaleAsked { replicas: i32 },
        Patched,
        PauseAsked,
        ResumeAsked,
        RestartAsked,
        PodsDeleted { count: usize },
        DeploymentDeleted,
        ReplicaSetDeleted { set: &'a str },
        NodeCordoned { node: &'a str },
        NodeUncordoned { node: &'a str },
        RolledBack,
        RollbackSkipped,
        CommandRefused,
        NewReplicaSet { set: &'a str },
        ScaleNewUp { image: &'a str },
        ScaleNewDown { image: &'a str },
        ScaleOldDown { image: &'a str },
        ScaleUnhealthyDown { image: &'a str },
        OldMustStay,
        RecreateDown { image: &'a str },
        RecreateWait { pods: i32 },
        RecreateWaitNote,
        RecreateUp { image: &'a str },
        PausedKeeps,
        PausedKeepsNote,
        ScaleOnly { image: &'a str },
        ScaleSaturated { image: &'a str },
        ScaleShare { image: &'a str },
        SumShare { from: i32, allowed: i32, base: i32 },
        SumAll,
        SumLeftover,
        CreatePods { count: usize },
        CreateUpToQuota { count: usize },
        DeletePods { count: usize },
        PodsScheduled { count: usize },
        PodsStarted { count: usize },
        PodsReady { count: usize },
        PodsGone { count: usize },
        PodsUnready { count: usize },
        PodsCrashed { count: usize },
        PullFailed { count: usize },
        PodsWithoutNode { count: usize },
        CountPods { set: &'a str },
        ReplicaSetTakenAgain { set: &'a str, revision: i64 },
        ReplicaSetRemoved { set: &'a str },
        StatusWritten,
        StatusComplete,
        StatusTimedOut,
        StatusPaused,
        StatusResumed,
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
        SlowStart,
        VictimsUnready,

        // The pod that is looked at
        PodCreated,
        PodBound { node: &'a str },
        ContainerRuns,
        RunsAgain,
        ProbeSucceeds,
        ProbeFails,
        PodDeleted,
        PodGone,
        Life,
        TurnToGo,
        ThisPod,
        DeletedByHand,
        AllWent { of: usize },
        WentAs { place: usize, count: usize, of: usize },
        WouldGo { place: usize, of: usize },
        NodelessFirst,
        PendingFirst,
        UnreadyFirst,
        CheapFirst,
        CrowdedFirst,
        LateReadyFirst,
        RestartedFirst,
        YoungFirst,
        AnyFirst,

        // What holds it up
        Stall,
        Waits,
        Binds,
        Edits,
        TryEdits,
        LeaveAlone,
        CompleteAlready,
        CompleteAtOnce { least: i32 },
        RaiseQuota { pods: u32 },
        MoreSlots { slots: &'a str },
        RollOutFixed { image: &'a str },
        ScaleTo { replicas: i32 },
        Raise { field: &'a str },
        CompleteIn { seconds: u64, least: i32 },
        CompleteBelow { seconds: u64, least: i32, floor: i32 },
        CompleteThenNot { seconds: u64, available: i32, replicas: i32 },
        StaysStuck { held: &'a str },
        GuardObserved { generation: i64, observed: i64 },
        GuardPaused,
        GuardQuota { used: u32, limited: u32 },
        GuardNodes { count: usize, full: u32, cordoned: u32 },
        GuardImage { count: usize },
        GuardCrash { count: usize },
        GuardFlap { count: usize },
        GuardNeverReady { count: usize },
        GuardStarting { count: usize },
        GuardReadyIn { count: usize, seconds: u64 },
        GuardMinReady { count: usize, wait: i32, seconds: u64 },
        GuardOldPods { pods: i32 },
        GuardCeiling { replicas: i32, surge: i32, all: i32, room: i32 },
        GuardFloor { all: i32, floor: i32, missing: i32, room: i32 },
        GuardAvailable { available: i32, floor: i32, room: i32 },
        GuardDeadline { seconds: u64 },
        GuardDeadlinePassed,
        GuardDeadlineStands,
        GuardTerminating { count: i32 },
        FollowedIn,
        NewTab,

        // What comes next
        NextInInstant,
        NextAvailable { count: usize, image: &'a str, seconds: u64 },
        NextMayGo { count: usize, image: &'a str, seconds: u64, floor: i32 },
        NextGone { count: usize, seconds: u64 },
        NextCommand { seconds: u64 },
        NextStep { seconds: u64 },
        NextResume,
        NextForNode { count: usize },
        NextEndless,
        NextNothing,

        // Links
        OpenWholePage,
        AboutEmbed,
        CopyLink,
        Share,
        LinkProblems,
        LinkKey { key: &'a str },
        LinkWord { key: &'a str, value: &'a str },
        LinkValue { key: &'a str, value: &'a str, expected: &'a str },
        LinkNewer { version: u32 },
        LinkTooLong,
        ExpectedNumber,
        ExpectedNumberUpTo { most: i32 },
        ExpectedSeconds { most: i32 },
        ExpectedTimes,
        ExpectedFlap,
        ExpectedNodes,
        Close,

        // The desk
        Terminal,
        DeskOffer,
        OpenDesk,
        DeskLoading,
        DeskFailed,
        TryAgain,

        // Keys
        Keys,
        KeyPlay,
        KeyStep,
        KeyDecision,
        KeyBatch,
        KeySwap,
        KeyTenth,
        KeyEnds,
        KeySpeed,
        KeyTakeBack,
        KeysEnabled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sentence is said in both languages, and in each it uses all that it is given.
    fn check_all<T: Sentence + Copy + std::fmt::Debug>(all: Vec<T>) {
        for text in all {
            for lang in [Lang::En, Lang::ZhHans] {
                let said = lang.say(text);
                assert!(!said.contains(['{', '}', '|']), "{text:?} in {lang:?}: {said}");
            }
            for (name, _) in text.values().0 {
                let place = format!("{{{name}");
                assert!(text.template(Lang::En).contains(&place), "{text:?} has no place for {name}");
            }
        }
    }

    #[test]
    fn every_place_of_a_sentence_is_filled_in_both_languages_and_every_value_used() {
        check_all(Text::all());
        check_all(desk::Text::all());
    }

    #[test]
    fn one_is_worded_otherwise_than_many() {
        #[track_caller]
        fn check(count: usize, expect: &str) {
            assert_eq!(Lang::En.say(Text::PodsStarted { count }), expect);
        }

        check(1, "The container of 1 pod runs");
        check(12, "The containers of 12 pods run");
    }

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
