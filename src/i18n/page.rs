//! What the page says in its picture and at its frame, and what pictures of it say.

mod en;
mod zh_hans;

use super::texts;

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
        Why,
        Timeline,
        ChooseStory,

        // Rolling out and back
        Copied,

        // The state in one sentence
        Starting { available: i32, replicas: i32 },
        Asked { image: &'a str },
        ChangeAsked,
        RollingOut { revision: i64, updated: i32, replicas: i32, available: i32 },
        HeldUp { cause: &'a str, updated: i32, replicas: i32, available: i32 },
        RolledOut { image: &'a str, replicas: i32 },
        Draining { image: &'a str, terminating: i32 },
        Stuck { updated: i32, replicas: i32, available: i32 },
        Paused { updated: i32, replicas: i32 },
        Degraded { available: i32, replicas: i32 },
        NoNode { count: usize },
        QuotaFull,
        QuotaHasRoom,
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

        // Links
        OpenWholePage,
        AboutEmbed,
        CopyLink,
        Share,
    }
}
