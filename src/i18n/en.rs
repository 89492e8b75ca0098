//! English.

use super::Text;

/// The sentence in English.
pub fn say(text: Text) -> String {
    match text {
        Text::Tagline => "A Kubernetes rollout, pod by pod".into(),
        Text::SwitchLanguage => "中文".into(),
        Text::SwitchTheme => "Switch between light and dark".into(),
        Text::Settings => "Settings".into(),
        Text::Events => "Events".into(),
        Text::AllEvents => "Show pods’ events too".into(),
        Text::Why => "Why this step".into(),
        Text::Timeline => "The rollout through time".into(),
        Text::About => {
            "Simulated in your browser as Kubernetes 1.36.2 does it. Nothing is sent anywhere.".into()
        }

        Text::NextVersion => "Next version".into(),
        Text::TimeToReady => "Time to ready".into(),
        Text::Seconds => "s".into(),
        Text::Decrease { field } => format!("Decrease {field}"),
        Text::Increase { field } => format!("Increase {field}"),
        Text::NotAWholeNumber => "This has to be a whole number.".into(),
        Text::TooMany { most } => format!("Rollscope draws at most {most} pods."),
        Text::TooLong { most } => format!("At most {most} seconds can be shown."),
        Text::SurgeSum { sum, surge, ceiling } => {
            format!("{sum}*{surge}* more: at most *{ceiling}* {}", pods(ceiling))
        }
        Text::UnavailableSum { sum, unavailable, floor } => {
            format!("{sum}*{unavailable}* fewer: at least *{floor}* available")
        }
        Text::BothZero { sum, floor } => format!(
            "{sum}0, and no surge either: then nothing could move, so *1* may be missing: \
             at least *{floor}* available"
        ),
        Text::RecreateBudget => {
            "First all old pods go; only when the last has gone do the new ones come".into()
        }
        Text::TakeBack => "Take back the last change".into(),
        Text::DoAgain => "Do it again".into(),

        Text::RollOut => "Roll out".into(),
        Text::Undo => "Undo".into(),
        Text::UndoTo { revision } => format!("Undo to {revision}"),
        Text::Revisions => "Revisions".into(),
        Text::CurrentRevision => "current".into(),
        Text::CopyCommand { command } => format!("Copy: {command}"),
        Text::Copied => "Copied".into(),
        Text::ImageKept => "The Deployment has this image already, so there is nothing to roll out.".into(),

        Text::Starting { available, replicas } => {
            format!("Starting: *{available} of {replicas}* pods available")
        }
        Text::Asked { image } => format!("*{image}* is asked for; the controller has not acted yet"),
        Text::RollingOut { revision, updated, replicas, available } => format!(
            "Rolling out revision {revision}: *{updated} of {replicas}* updated, *{available}* available"
        ),
        Text::RolledOut { image, replicas: 1 } => format!("Rolled out: *1* pod runs *{image}*"),
        Text::RolledOut { image, replicas } => {
            format!("Rolled out: all *{replicas}* pods run *{image}*")
        }
        Text::Draining { image, terminating } => {
            format!("Rolled out to *{image}*; *{terminating}* old {} still leaving", pods(terminating))
        }
        Text::Stuck { image, updated, replicas } => {
            format!("Stuck: *{updated} of {replicas}* run {image}, and the progress deadline has passed")
        }

        Text::AtLeast { floor } => format!("at least {floor} available"),
        Text::AtMost { ceiling } => format!("at most {ceiling}"),
        Text::Leaving => "leaving,\nnot counted".into(),
        Text::LegendPending => "pending".into(),
        Text::LegendRunning => "running, not ready".into(),
        Text::LegendReady => "ready, not available yet".into(),
        Text::LegendAvailable => "available".into(),
        Text::LegendTerminating => "terminating".into(),
        Text::BudgetLine { counted, ceiling, available, floor, leaving } => format!(
            "{counted} of at most {ceiling} {} count; {available} are available, at least {floor} must be; \
             {leaving} more are leaving.",
            pods(ceiling)
        ),
        Text::PodTitle { pod, stage } => format!("{pod}: {stage}"),
        Text::RevisionOf { revision, image } => format!("revision {revision} · {image}"),

        Text::Play => "Play".into(),
        Text::Pause => "Pause".into(),
        Text::Replay => "Play again".into(),
        Text::StepBack => "Step back".into(),
        Text::StepForward => "Step forward".into(),
        Text::PreviousDecision => "Previous decision".into(),
        Text::NextDecision => "Next decision".into(),
        Text::Speed => "Speed".into(),
        Text::StepOf { step, steps } => format!("step {step} of {steps}"),
        Text::Position { seconds, what } => format!("Second {seconds}. {what}"),
        Text::Weave { pods } => {
            format!("Every pod as a thread through time, {pods} in all; batches form a staircase.")
        }

        Text::User => "You".into(),
        Text::Scheduler => "Scheduler".into(),
        Text::Kubelet => "Kubelet".into(),
        Text::DeploymentCreated => "The Deployment is created".into(),
        Text::ImageSet { image } => format!("You ask for {image}"),
        Text::RolledBack => "You ask for an earlier template; it will be rolled out like any other".into(),
        Text::RollbackSkipped => "The template is that of this revision already".into(),
        Text::CommandRefused => "The command is refused and changes nothing".into(),
        Text::NewReplicaSet { set } => format!("The template is new, so it gets a ReplicaSet: {set}"),
        Text::ScaleNewUp { image } => format!("Scale {image} up, as far as the ceiling allows"),
        Text::ScaleNewDown { image } => format!("Scale {image} down to what is wanted"),
        Text::ScaleOldDown { image } => format!("Scale {image} down, as far as the floor allows"),
        Text::ScaleUnhealthyDown { image } => format!("Remove pods of {image} that are not available"),
        Text::OldMustStay => "Old pods must stay for now".into(),
        Text::CreatePods { count } => format!("Create {}", of_pods(count)),
        Text::DeletePods { count } => format!("Delete {}", of_pods(count)),
        Text::PodsScheduled { count } => format!("{} {} a node", of_pods(count), verb(count, "gets", "get")),
        Text::PodsStarted { count: 1 } => "The container of 1 pod runs".into(),
        Text::PodsStarted { count } => format!("The containers of {count} pods run"),
        Text::PodsReady { count: 1 } => "The readiness probe of 1 pod succeeds".into(),
        Text::PodsReady { count } => format!("The readiness probes of {count} pods succeed"),
        Text::PodsGone { count } => format!("{} {} left", of_pods(count), verb(count, "has", "have")),
        Text::CountPods { set } => format!("Count the pods of {set}"),
        Text::ReplicaSetTakenAgain { set, revision } => {
            format!("{set} has this template already: it is taken again, as revision {revision}")
        }
        Text::ReplicaSetRemoved { set } => format!("The history is full: {set} is deleted"),
        Text::StatusWritten => "Report the numbers; nothing can be scaled just now".into(),
        Text::StatusComplete => "Report that the rollout is complete".into(),
        Text::StatusTimedOut => "Report that the progress deadline has passed; nothing else changes".into(),
        Text::SumCeiling { replicas, surge } => format!("allowed ({replicas} + {surge})"),
        Text::SumOld => "wanted by old ReplicaSets".into(),
        Text::SumWantedBy { image } => format!("wanted by {image}"),
        Text::SumMore => "more".into(),
        Text::SumAvailable => "available".into(),
        Text::SumUnavailable => "not available".into(),
        Text::SumFloor => "must stay available".into(),
        Text::SumTaken => "taken from older ReplicaSets".into(),
        Text::SumMayGo => "may go".into(),
        Text::SumAsked => "wanted in all".into(),
        Text::SumNewUnavailable => "new ones not available yet".into(),
        Text::SumAsks => "wanted".into(),
        Text::SumHas => "there, not counting those that leave".into(),
        Text::SumMissing => "missing".into(),
        Text::SumTooMany => "too many".into(),
        Text::LimitedByReplicas { replicas } => format!("But no more than the {replicas} that are wanted."),
        Text::LimitedBySize { size } => format!("But no more than {size}."),
        Text::NewPodsCountAtOnce => "They count from now on, long before they serve.".into(),
        Text::VictimsReady => "All are ready, so age decides; they stop counting at once.".into(),
        Text::VictimsUnready => "Those that serve least go first; they stop counting at once.".into(),

        Text::NextInInstant => "More happens in the same second: step on.".into(),
        Text::NextAvailable { count, image, seconds } => {
            let verb = verb(count, "becomes", "become");
            format!("Next: {} of {image} {verb} available (in {seconds} s).", of_pods(count))
        }
        Text::NextMayGo { count, image, seconds, floor } => {
            let verb = verb(count, "becomes", "become");
            format!(
                "Next: {} of {image} {verb} available (in {seconds} s). \
                 Then old pods may go, as long as {floor} stay available.",
                of_pods(count)
            )
        }
        Text::NextGone { count, seconds } => {
            let verb = verb(count, "leaves", "leave");
            format!("Next: {} {verb} (in {seconds} s). Nothing waits for that.", of_pods(count))
        }
        Text::NextCommand { seconds } => format!("Next: a command (in {seconds} s)."),
        Text::NextStep { seconds } => format!("Next: something in {seconds} s."),
        Text::NextNothing => "Nothing is left to do. Roll out another version, or undo.".into(),

        Text::Keys => "Keys".into(),
        Text::KeyPlay => "play, pause".into(),
        Text::KeyStep => "one step".into(),
        Text::KeyDecision => "to a decision".into(),
        Text::KeyTenth => "to a tenth of the run".into(),
        Text::KeyEnds => "to the beginning, the end".into(),
        Text::KeySpeed => "slower, faster".into(),
        Text::KeyTakeBack => "take back, do again".into(),
        Text::KeysEnabled => "Single keys work".into(),
    }
}

fn pods(count: i32) -> &'static str {
    if count == 1 { "pod" } else { "pods" }
}

fn verb(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

fn of_pods(count: usize) -> String {
    if count == 1 { "1 pod".to_owned() } else { format!("{count} pods") }
}
