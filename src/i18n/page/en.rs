//! English.
//!
//! `{count}` stands for a value, `{count?pod|pods}` for one of two words: the first if the value is 1.

use super::Text;

/// The sentence in English, with places for what it is about.
pub fn template(text: &Text) -> &'static str {
    match text {
        Text::Tagline => "A Kubernetes rollout, pod by pod",
        Text::SwitchLanguage => "中文",
        Text::SwitchTheme => "Switch between light and dark",
        Text::Settings => "Settings",
        Text::Events => "Events",
        Text::Why => "Why this step",
        Text::Timeline => "The rollout through time",
        Text::ChooseStory => "Choose a story…",
        Text::Copied => "Copied",
        Text::Starting { .. } => "Starting: *{available} of {replicas}* pods available",
        Text::ChangeAsked => "A change is asked for; the controller has not acted yet",
        Text::Asked { .. } => "*{image}* is asked for; the controller has not acted yet",
        Text::RollingOut { .. } => {
            "Rolling out revision {revision}: *{updated} of {replicas}* updated, *{available}* available"
        }
        Text::HeldUp { .. } => {
            "Held up by {cause}: *{updated} of {replicas}* updated, *{available}* available"
        }
        Text::RolledOut { .. } => "Rolled out: {replicas?*1* pod runs|all *{replicas}* pods run} *{image}*",
        Text::Draining { .. } => {
            "Rolled out to *{image}*; *{terminating}* old {terminating?pod|pods} still leaving"
        }
        Text::Stuck { .. } => {
            "Stuck: *{updated} of {replicas}* updated, *{available}* available; the progress deadline has passed"
        }
        Text::Paused { .. } => "Paused: *{updated} of {replicas}* updated; only the size can change",
        Text::Degraded { .. } => "*{available} of {replicas}* pods available",
        Text::NoNode { .. } => "*{count}* {count?pod finds|pods find} no node with room",
        Text::QuotaFull => "The *quota* is full: no more pods can be created",
        Text::QuotaHasRoom => {
            "The *quota* has room again; the ReplicaSet controller waits before its next try"
        }
        Text::OldLeaving { .. } => "Recreate: waiting until *{leaving}* old {leaving?pod has|pods have} left",
        Text::DeploymentGone { .. } => "The Deployment is *deleted*; pods still leaving: {leaving}",
        Text::AtLeast { .. } => "at least {floor} available",
        Text::AtMost { .. } => "at most {ceiling}",
        Text::Leaving => "leaving,\nnot counted",
        Text::LegendPending => "pending",
        Text::LegendRunning => "running, not ready",
        Text::LegendReady => "ready, not available yet",
        Text::LegendAvailable => "available",
        Text::LegendFailing => "failing",
        Text::LegendTerminating => "terminating",
        Text::BudgetLine { .. } => {
            "{counted} of at most {ceiling} {ceiling?pod counts|pods count}; {available} are available, at least {floor} must be; {leaving} more are leaving."
        }
        Text::PodTitle { .. } => "{pod}: {stage}",
        Text::Field { .. } => {
            "Every pod as a cell: {available} available, {starting} on their way, {leaving} leaving. A pod keeps its cell for life."
        }
        Text::PointAtField => "Every cell is a pod: point at one, or choose it",
        Text::ChoosePod => "Choose a pod",
        Text::Conditions => "Conditions",
        Text::RevisionOf { .. } => "revision {revision} · {image}",
        Text::Play => "Play",
        Text::Pause => "Pause",
        Text::Replay => "Play again",
        Text::StepBack => "Step back",
        Text::StepForward => "Step forward",
        Text::PreviousDecision => "Previous decision",
        Text::NextDecision => "Next decision",
        Text::PreviousBatch => "Previous batch",
        Text::NextBatch => "Next batch: pods are created, or become available",
        Text::Speed => "Speed",
        Text::SkipWaits => "Skip waits",
        Text::Skipping { .. } => "Skipping {length} in which nothing happens",
        Text::NothingHappensFor { .. } => "Nothing happens for {length}",
        Text::NothingHappens => "nothing happens",
        Text::Hours { .. } => "{count} h",
        Text::Minutes { .. } => "{count} min",
        Text::Secs { .. } => "{count} s",
        Text::StepOf { .. } => "step {step} of {steps}",
        Text::Position { .. } => "Second {seconds}. {what}",
        Text::Weave { .. } => "Every pod as a thread through time, {pods} in all; batches form a staircase.",
        Text::ReadTotal => "in all",
        Text::ReadAvailable => "available",
        Text::ReadUpdated => "updated",
        Text::ReadLeaving => "leaving",
        Text::ReadFloor => "floor",
        Text::ReadCeiling => "ceiling",
        Text::Otherwise { .. } => "else {count}",
        Text::MarkCommand => "command",
        Text::MarkDecision => "decision",
        Text::MarkBatch => "batch",
        Text::MarkFailure => "failure",
        Text::MarkFloorBroken => "below the floor",
        Text::MarkDeadline => "progress deadline",
        Text::MarkComplete => "complete",
        Text::Worst { .. } => {
            "Worst since the last command: *{least}* available at {least_at}, *{most}* {most?pod|pods} at {most_at}."
        }
        Text::WorstBroken { .. } => {
            "Worst since the last command: *{least}* available at {least_at}, below the floor of {floor}; *{most}* {most?pod|pods} at {most_at}."
        }
        Text::GhostNote => "Dashed: what would have been.",
        Text::SwapFutures => "Go there",
        Text::DismissGhost => "Dismiss",
        Text::AsTable => "As a table",
        Text::OpenWholePage => "Open in Rollscope",
        Text::AboutEmbed => "Simulated in your browser as Kubernetes 1.36.2 does it. ",
        Text::CopyLink => "Copy a link to this moment",
        Text::Share => "Share…",
    }
}
