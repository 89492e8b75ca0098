//! What is said of manifests, in the terminal, and of what kubectl lacks here.

mod en;
mod zh_hans;

use super::texts;

texts! {
    /// Such a sentence and what it is about.
    {
        // The terminal
        Terminal,
        TerminalInput,
        TerminalHint,
        TerminalExamples,
        CopyTranscript,
        Copied,
        ClearTerminal,
        StillRunning,
        StillEditing,
        Offered { count: usize },
        EditorTitle { name: &'a str },
        EditorSave,
        EditorLeave,
        ExitStatus { status: i32 },
        LinesLeftOut { lines: usize },

        // What kubectl could do and this page cannot
        ShellMissing { character: &'a str },
        ProgramMissing { program: &'a str },
        CommandMissing { command: &'a str },
        FlagMissing { flag: &'a str },
        KindMissing { kind: &'a str },
        FieldMissing { field: &'a str },
        CreationMissing,
        DeletionMissing { kind: &'a str },
        ManifestMissing,
        NewRun { name: &'a str },
        NoPlace { kind: &'a str },
        OneNamespace { name: &'a str },
        NoLabels,
        SetBack,

        // Manifests. `field` is a path such as `spec.replicas`.
        ManifestIgnored { field: &'a str },
        ManifestIgnoredButNamed { field: &'a str },
        ManifestOtherKind { kind: &'a str },
        ManifestRepeated { field: &'a str },
        ManifestOneReplica,
        ManifestNoReadinessProbe,
        ManifestPreStopTooLong { sleep: i64, grace: i64 },
        ManifestDeadline,
        ManifestAntiAffinity { nodes: i64 },
        Manifest,
        ManifestHint,
        ManifestField,
        ManifestFile,
        ManifestAt { line: u32, column: u32 },
        ManifestShow { name: &'a str },
        ManifestNow,
        ManifestNoPatch,
        ManifestSame,
        CopyManifest,
        DownloadManifest,
        ManifestNoDeployment,
        ManifestTooLarge { most: usize },
        ManifestTooDeep { most: usize },
        ManifestTooMuch,
        ManifestNoText,
    }
}
