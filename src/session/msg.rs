//! What someone does to the page.

use crate::i18n::Lang;
use crate::sim::command::Command;

use super::desk::State;
use super::settings::Field;
use super::{Since, Theme};

/// What someone does to the page, or what the browser tells it.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// Another moment is to be on screen, or is looked at otherwise.
    Look(Look),
    /// A setting was typed.
    Edit(Field, String),
    /// A setting's − or + was pressed.
    Nudge(Field, i32),
    /// The next version is to be rolled out.
    RollOut,
    /// A command is to be given at the moment on screen.
    Act(Command),
    /// Settings are to hold from the beginning, or from the moment on screen.
    Apply(Since),
    /// A story is to be shown, by its name.
    OpenStory(String),
    /// A pod was chosen, by its number, or none.
    SelectPod(Option<u32>),
    /// The pod at a place in the field was chosen.
    SelectSlot(u32),
    /// A link was opened: the part of the address behind `#`.
    OpenLink(String),
    /// What was wrong with the link has been read.
    CloseProblems,
    /// A link to what is on screen is to be copied.
    CopyLink,
    /// The desk is to be opened.
    OpenDesk,
    /// The desk is to be opened where pictures and snippets are taken.
    Share,
    /// The desk is there, or is not.
    DeskIs(State),
    /// A command at the desk has made another run: its inputs, and the moment, in milliseconds.
    TakeOver(String, u64),
    /// The page around this one has another language or theme.
    Appear(Option<Lang>, Option<Theme>),
    /// What holds up the rollout is opened, or closed.
    OpenStall(bool),
    /// Edits are to be tried out at this moment, however long that takes.
    TryEdits,
    /// The pod after the chosen one, or before it if negative, is chosen.
    NextPod(i32),
    /// The last change of settings or script is to be taken back.
    TakeBack,
    /// What was taken back is to be done again.
    DoAgain,

    /// The chart is to be shown as a table too, or no longer.
    ShowTable(bool),
    /// To the future that was left, and from there back.
    SwapFutures,
    /// The future that was left is no longer of interest.
    DismissGhost,

    /// The other language.
    SwitchLanguage,
    /// The other theme.
    SwitchTheme,
    /// Single keys are to work, or not.
    EnableKeys(bool),
    /// Show the list of keys, or fold it again.
    ShowKeys,
    /// Fill the screen, or no longer.
    FillScreen,
    /// Show pods' events too, or only the Deployment's.
    ShowAllEvents(bool),
    /// Copy a text.
    Copy(String),
    /// A text was copied.
    Copied(String),
}

/// What is about the moment on screen and how it is looked at: the picture is enough for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Look {
    /// A place in the field of pods is pointed at, or none.
    PointAt(Option<u32>),
    /// A pod is pointed at, by its number, or none.
    HoverPod(Option<u32>),
    /// Time is to pass.
    Play,
    /// Time is to stand.
    Pause,
    /// Play or pause.
    TogglePlay,
    /// To the step before.
    StepBack,
    /// To the next step.
    StepForward,
    /// To the decision or command before.
    PreviousMark,
    /// To the next decision or command.
    NextMark,
    /// To the batch before.
    PreviousBatch,
    /// To the next batch.
    NextBatch,
    /// To a step, such as that of an event.
    GoToStep(usize),
    /// To a moment, in milliseconds.
    Scrub(u64),
    /// To a tenth of the run, 0 to 9.
    SeekTenth(u8),
    /// To the first step.
    SeekStart,
    /// To the last step.
    SeekEnd,
    /// Play at a speed, by its place in [`super::playback::SPEEDS`].
    SetSpeed(usize),
    /// One speed slower.
    Slower,
    /// One speed faster.
    Faster,
    /// So much time has passed since the last frame, in microseconds.
    Frame(u64),
    /// Waits in which nothing happens are to be drawn short and passed quickly, or not.
    SkipWaits(bool),
    /// A moment in the chart is pointed at, in milliseconds, or none any longer.
    Hover(Option<u64>),
    /// The picture is so wide, in CSS pixels.
    Resized(u32),
    /// The reader wants less motion, or does not.
    ReducedMotion(bool),
}
