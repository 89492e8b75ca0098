//! English.
//!
//! `{count}` stands for a value, `{count?pod|pods}` for one of two words: the first if the value is 1.

use super::Text;

/// The sentence in English, with places for what it is about.
pub fn template(text: &Text) -> &'static str {
    match text {
        Text::AllEvents => "Show pods’ events too",
        Text::About => "Simulated in your browser as Kubernetes 1.36.2 does it. Nothing is sent anywhere.",
        Text::Agreement { .. } => {
            "Recorded rollouts of the real controllers reproduced: {reproduced} of {traces}."
        }
        Text::Since => "Changes hold",
        Text::SinceBeginning => "from the start",
        Text::SinceNow => "from now on",
        Text::MoreFields => "More fields",
        Text::NextVersion => "Next version",
        Text::BehaviourOf { .. } => "How {image} behaves",
        Text::Version => "Version",
        Text::TimeToStart => "Time to start",
        Text::TimeToReady => "Time to ready",
        Text::Never => "never",
        Text::TimeToLeave => "Time to leave",
        Text::Jitter => "Up to so much longer, by chance",
        Text::GoesWrong => "What goes wrong",
        Text::FaultNothing => "nothing",
        Text::FaultNeverReady => "never ready",
        Text::FaultCrashes => "crashes",
        Text::FaultFlaps => "flaps",
        Text::FaultCannotPull => "bad image",
        Text::CrashesAfter => "Crashes after",
        Text::ReadyFor => "Ready for",
        Text::UnreadyFor => "Then unready for",
        Text::Nodes => "Nodes",
        Text::PodQuota => "Pod quota",
        Text::NodeSlots => "Pods per node",
        Text::Unlimited => "no limit",
        Text::NodePods { .. } => "{node}: *{pods}* of {slots}",
        Text::Seconds => "s",
        Text::Decrease { .. } => "Decrease {field}",
        Text::Increase { .. } => "Increase {field}",
        Text::NotAWholeNumber => "This has to be a whole number.",
        Text::NotAList => "This has to be whole numbers, separated by commas.",
        Text::TooManyNodes { .. } => "At most {most} numbers have room.",
        Text::TooMany { .. } => "Rollscope draws at most {most} pods.",
        Text::NotUpTo { .. } => "A whole number from 0 to {most}, please.",
        Text::TooLong { .. } => "At most {most} seconds can be shown.",
        Text::SurgeSum { .. } => "{sum}*{surge}* more: at most *{ceiling}* {ceiling?pod|pods}",
        Text::UnavailableSum { .. } => "{sum}*{unavailable}* fewer: at least *{floor}* available",
        Text::BothZero { .. } => {
            "{sum}0, and no surge either: then nothing could move, so *1* may be missing: at least *{floor}* available"
        }
        Text::RecreateBudget => "First all old pods go; only when the last has gone do the new ones come",
        Text::TakeBack => "Take back the last change",
        Text::DoAgain => "Do it again",
        Text::MoreCommands => "More commands",
        Text::PauseRollout => "Pause rollout",
        Text::ResumeRollout => "Resume rollout",
        Text::RestartRollout => "Restart rollout",
        Text::DeletePod => "Delete pod",
        Text::DeleteAllPods => "Delete all pods",
        Text::Cordon { .. } => "Cordon {node}",
        Text::Uncordon { .. } => "Uncordon {node}",
        Text::RollOut => "Roll out",
        Text::Undo => "Undo",
        Text::UndoTo { .. } => "Undo to {revision}",
        Text::Revisions => "Revisions",
        Text::CurrentRevision => "current",
        Text::CopyCommand { .. } => "Copy: {command}",
        Text::ImageKept => "The Deployment has this image already, so there is nothing to roll out.",
        Text::PreviousPod => "Previous pod",
        Text::NextPod => "Next pod",
        Text::ClosePod => "Close",
        Text::Restarts { .. } => "{count} {count?restart|restarts}",
        Text::NoNodeYet => "no node yet",
        Text::TableCaption { .. } => {
            "Pods at {rows} of the {all} {all?moment|moments} at which anything happens"
        }
        Text::ColumnTime => "time",
        Text::ColumnWhat => "what happens",
        Text::User => "You",
        Text::Scheduler => "Scheduler",
        Text::Kubelet => "Kubelet",
        Text::DeploymentCreated => "The Deployment is created",
        Text::ImageSet { .. } => "You ask for {image}",
        Text::ScaleAsked { .. } => "You ask for {replicas} {replicas?pod|pods}",
        Text::Patched => "You change the spec; the template stays, so nothing is rolled out anew",
        Text::TemplateChanged => "You change the pod template",
        Text::Annotated => {
            "You change the Deployment’s annotations; the template stays, so nothing is rolled out anew"
        }
        Text::PauseAsked => "You pause the rollout",
        Text::ResumeAsked => "You resume the rollout",
        Text::RestartAsked => "You ask for a restart: a time in the template makes it a new one",
        Text::PodsDeleted { .. } => "You delete {count} {count?pod|pods}",
        Text::DeploymentDeleted => "You delete the Deployment, and all that it owns goes with it",
        Text::ReplicaSetDeleted { .. } => "You delete ReplicaSet {set}, and its pods go with it",
        Text::NodeCordoned { .. } => "You cordon {node}: it takes no new pods, and keeps those it has",
        Text::NodeUncordoned { .. } => "You uncordon {node}: it takes new pods again",
        Text::RolledBack => "You ask for an earlier template; it will be rolled out like any other",
        Text::RollbackSkipped => "The template is that of this revision already",
        Text::CommandRefused => "The command is refused and changes nothing",
        Text::NewReplicaSet { .. } => "The template is new, so it gets a ReplicaSet: {set}",
        Text::ScaleNewUp { .. } => "Scale {image} up, as far as the ceiling allows",
        Text::ScaleNewDown { .. } => "Scale {image} down to what is wanted",
        Text::ScaleOldDown { .. } => "Scale {image} down, as far as the floor allows",
        Text::ScaleUnhealthyDown { .. } => "Remove pods of {image} that are not available",
        Text::OldMustStay => "Old pods must stay for now",
        Text::RecreateDown { .. } => "Recreate: all pods of {image} go at once",
        Text::RecreateWait { .. } => "Recreate: {pods} old {pods?pod is|pods are} still there",
        Text::RecreateWaitNote => "New pods come when the last old one has gone; here leaving pods count.",
        Text::RecreateUp { .. } => "No old pod is left: all pods of {image} come at once",
        Text::PausedKeeps => "The rollout is paused",
        Text::PausedKeepsNote => "Every ReplicaSet keeps its size, unless the Deployment’s size changes.",
        Text::ScaleOnly { .. } => "Another size is wanted: {image} gets it",
        Text::ScaleSaturated { .. } => "The new version has all its pods: {image} goes",
        Text::ScaleShare { .. } => {
            "Another size is wanted in the middle of a rollout: {image} gets its share"
        }
        Text::CreatePods { .. } => "Create {count} {count?pod|pods}",
        Text::CreateUpToQuota { .. } => "Create {count} {count?pod|pods}; the quota allows no more",
        Text::DeletePods { .. } => "Delete {count} {count?pod|pods}",
        Text::PodsScheduled { .. } => "{count} {count?pod gets|pods get} a node",
        Text::PodsStarted { .. } => "The {count?container of 1 pod runs|containers of {count} pods run}",
        Text::PodsReady { .. } => {
            "The readiness {count?probe of 1 pod succeeds|probes of {count} pods succeed}"
        }
        Text::PodsGone { .. } => "{count} {count?pod has|pods have} left",
        Text::PodsUnready { .. } => "The readiness {count?probe of 1 pod fails|probes of {count} pods fail}",
        Text::PodsCrashed { .. } => {
            "The {count?container of 1 pod exits; it|containers of {count} pods exit; they} will run again later"
        }
        Text::PullFailed { .. } => "The image of {count} {count?pod|pods} cannot be pulled",
        Text::PodsWithoutNode { .. } => "{count} {count?pod finds|pods find} no node with room",
        Text::CountPods { .. } => "Count the pods of {set}",
        Text::ReplicaSetTakenAgain { .. } => {
            "{set} has this template: its annotations and minReadySeconds are brought in line, as revision {revision}"
        }
        Text::ReplicaSetRemoved { .. } => "The history is full: {set} is deleted",
        Text::StatusWritten => "Report the numbers; nothing can be scaled just now",
        Text::StatusComplete => "Report that the rollout is complete",
        Text::StatusTimedOut => "Report that the progress deadline has passed; nothing else changes",
        Text::StatusPaused => "Report that the rollout is paused; its deadline stops",
        Text::StatusResumed => "Report that the rollout is resumed; its deadline begins anew",
        Text::SumShare { .. } => "its share ({from} × {allowed} ÷ {base} − {from})",
        Text::SumAll => "all that are wanted",
        Text::SumLeftover => "left over by rounding",
        Text::SumCeiling { .. } => "allowed ({replicas} + {surge})",
        Text::SumOld => "wanted by old ReplicaSets",
        Text::SumWantedBy { .. } => "wanted by {image}",
        Text::SumMore => "more",
        Text::SumAvailable => "available",
        Text::SumUnavailable => "not available",
        Text::SumFloor => "must stay available",
        Text::SumTaken => "taken from older ReplicaSets",
        Text::SumMayGo => "may go",
        Text::SumAsked => "wanted in all",
        Text::SumNewUnavailable => "new ones not available yet",
        Text::SumAsks => "wanted",
        Text::SumHas => "there, not counting those that leave",
        Text::SumMissing => "missing",
        Text::SumTooMany => "too many",
        Text::LimitedByReplicas { .. } => "But no more than the {replicas} that are wanted.",
        Text::LimitedBySize { .. } => "But no more than {size}.",
        Text::NewPodsCountAtOnce => "They count from now on, long before they serve.",
        Text::SlowStart => {
            "Batches of 1, 2, 4, 8 … stop at the first failure; it is tried again, later each time."
        }
        Text::VictimsReady => "All are ready, so age decides; they stop counting at once.",
        Text::VictimsCrowded => {
            "All are ready: those on nodes with more pods of this Deployment go first, then age decides; they stop counting at once."
        }
        Text::VictimsUnready => "Those that serve least go first; they stop counting at once.",
        Text::PodCreated => "created",
        Text::PodBound { .. } => "gets {node}",
        Text::ContainerRuns => "container runs",
        Text::RunsAgain => "container runs again",
        Text::ProbeSucceeds => "readiness probe succeeds",
        Text::ProbeFails => "readiness probe fails",
        Text::PodDeleted => "deleted",
        Text::PodGone => "gone",
        Text::Life => "Its life",
        Text::TurnToGo => "Its turn to go",
        Text::ThisPod => "this pod",
        Text::DeletedByHand => "Deleted by hand, so none was chosen.",
        Text::AllWent { .. } => "All {of} pods had to go, so none was chosen.",
        Text::WentAs { .. } => "{count} of {of} pods had to go; this was number {place} in the order.",
        Text::WouldGo { .. } => "If pods had to go now, this would be number {place} of {of}.",
        Text::NodelessFirst => "without a node first (has one)",
        Text::PendingFirst => "Pending before Running",
        Text::UnreadyFirst => "not ready first (Ready)",
        Text::CheapFirst => "lower pod-deletion-cost first",
        Text::CrowdedFirst => "more pods on its node first",
        Text::LateReadyFirst => "ready later first",
        Text::RestartedFirst => "more restarts first",
        Text::YoungFirst => "created later first",
        Text::AnyFirst => "about the same age: chance, by UID",
        Text::Stall => "What holds it up",
        Text::Waits => "What it waits for",
        Text::Binds => "binds",
        Text::Edits => "What would follow",
        Text::TryEdits => "Try out what would help",
        Text::LeaveAlone => "Leave it alone",
        Text::CompleteAlready => "would be complete by now",
        Text::CompleteAtOnce { .. } => "complete at once, at least {least} available all the time",
        Text::RaiseQuota { .. } => "Raise the pod quota to {pods}",
        Text::MoreSlots { .. } => "One more place on each node: {slots}",
        Text::RollOutFixed { .. } => "Roll out a fixed {image}",
        Text::ScaleTo { .. } => "Ask for {replicas} {replicas?pod|pods}",
        Text::Raise { .. } => "Raise {field} by 1",
        Text::CompleteIn { .. } => "complete in {seconds} s, at least {least} available all the time",
        Text::CompleteBelow { .. } => {
            "complete in {seconds} s, but for a while only {least} available, not {floor}"
        }
        Text::CompleteThenNot { .. } => {
            "complete in {seconds} s, but in the end {available} of {replicas} available"
        }
        Text::StaysStuck { .. } => "stays stuck: {held}",
        Text::GuardObserved { .. } => "{observed} of generation {generation}",
        Text::GuardPaused => "nothing is rolled out, only the size can change",
        Text::GuardQuotaRoom { .. } => {
            "{used} of {limited} pods exist; the next try comes up to 1,000 seconds after the last"
        }
        Text::GuardQuota { .. } => "{used} of {limited} pods exist, those that are leaving included",
        Text::GuardNodes { .. } => {
            "{count} {count?pod has|pods have} no node: {full} full, {cordoned} cordoned"
        }
        Text::GuardImage { .. } => "the image of {count} {count?pod|pods} cannot be pulled",
        Text::GuardCrash { .. } => "{count} {count?pod crashes|pods crash} again and again",
        Text::GuardFlap { .. } => "{count} {count?pod does|pods do} not stay ready",
        Text::GuardNeverReady { .. } => {
            "{count} {count?pod runs|pods run} and never {count?becomes|become} ready"
        }
        Text::GuardStarting { .. } => "{count} {count?pod is|pods are} not ready yet",
        Text::GuardReadyIn { .. } => "{count} not ready yet, the next in {seconds} s",
        Text::GuardMinReady { .. } => "{wait} s: {count} ready, the next available in {seconds} s",
        Text::GuardOldPods { .. } => "{pods} old {pods?pod exists|pods exist}; new ones come after the last",
        Text::GuardCeiling { .. } => "{replicas} + {surge} allowed − {all} wanted = *{room}* more",
        Text::GuardFloor { .. } => {
            "{all} wanted − {floor} must stay − {missing} new not available = *{room}* may go"
        }
        Text::GuardAvailable { .. } => "{available} available − {floor} must stay = *{room}* may go",
        Text::GuardDeadline { .. } => "passes in {seconds} s without progress; that only reports",
        Text::GuardDeadlinePassed => "passed: that is reported, and nothing is rolled back",
        Text::GuardDeadlineStands => "stands still while paused",
        Text::GuardTerminating { .. } => {
            "{count} {count?pod is|pods are} leaving: not counted, nothing waits for {count?it|them}"
        }
        Text::FollowedIn => "followed in",
        Text::NewTab => "opens in a new tab",
        Text::NextInInstant => "More happens in the same second: step on.",
        Text::NextAvailable { .. } => {
            "Next: {count} {count?pod|pods} of {image} {count?becomes|become} available (in {seconds} s)."
        }
        Text::NextMayGo { .. } => {
            "Next: {count} {count?pod|pods} of {image} {count?becomes|become} available (in {seconds} s). Then old pods may go, as long as {floor} stay available."
        }
        Text::NextGone { .. } => {
            "Next: {count} {count?pod leaves|pods leave} (in {seconds} s). Nothing waits for that."
        }
        Text::NextCommand { .. } => "Next: a command (in {seconds} s).",
        Text::NextDeadline { .. } => {
            "Next: the progress deadline passes (in {seconds} s). That only reports."
        }
        Text::NextStep { .. } => "Next, in {seconds} s: {what}.",
        Text::NextResume => "Nothing is rolled out until you resume.",
        Text::NextForNode { .. } => {
            "{count} {count?pod waits|pods wait} for a node with room. Nothing else will make room."
        }
        Text::NextEndless => "It goes on like this for ever.",
        Text::NextNothing => "Nothing is left to do. Roll out another version, or undo.",
        Text::LinkProblems => "About the link",
        Text::LinkKey { .. } => "It says “{key}”, which is not known here, and was left out.",
        Text::LinkWord { .. } => "It says “{value}” for “{key}”, which is not known here, and was left out.",
        Text::LinkValue { .. } => {
            "It says “{value}” for “{key}”, where {expected} should stand; it was left out."
        }
        Text::LinkNewer { .. } => {
            "A newer Rollscope has made it (version {version}); what is not known here was left out."
        }
        Text::LinkTooLong => "It is longer than what is read here, and was left out.",
        Text::LinkTooMuch { .. } => {
            "It asks for more than {most} pods, one after the other; the commands from there on were left out."
        }
        Text::LinkMore { .. } => "… and {count} more.",
        Text::ExpectedNumber { .. } => "a whole number up to {most}",
        Text::ExpectedSeconds { .. } => "a number of seconds up to {most}",
        Text::ExpectedTimes => "“never” or seconds for each batch, such as “3” or “2,4”,",
        Text::ExpectedFlap => "seconds ready and not ready, such as “5/10”,",
        Text::ExpectedNodes => "nodes with room for pods, such as “node1:4,node2:4”,",
        Text::Close => "Close",
        Text::Terminal => "Terminal",
        Text::DeskOffer => {
            "Type kubectl commands at the moment on screen. They answer as on a cluster, and change the rollout; \
             every button shows the command that it stands for."
        }
        Text::OpenDesk => "Open the terminal",
        Text::DeskLoading => "Loading…",
        Text::DeskFailed => "The terminal could not be loaded; check the connection and try again.",
        Text::TryAgain => "Try again",
        Text::Keys => "Keys",
        Text::KeyPlay => "play, pause",
        Text::KeyStep => "one step",
        Text::KeyDecision => "to a decision",
        Text::KeyBatch => "to a batch",
        Text::KeySwap => "to the dashed future, and back",
        Text::KeyTenth => "to a tenth of the run",
        Text::KeyEnds => "to the beginning, the end",
        Text::KeySpeed => "slower, faster",
        Text::KeyTakeBack => "take back, do again",
        Text::KeyFillScreen => "the whole screen",
        Text::KeyShowKeys => "this list",
        Text::KeysEnabled => "Single keys work",
    }
}
