//! Why the controllers do what they do, or what they wait for: numbers and sentences.

use std::mem::discriminant;

use crate::i18n::{Lang, Text};
use crate::session::Session;
use crate::session::playback::Playback;
use crate::sim::cluster::{Cluster, DeploymentId, Objects, ReplicaSetId};
use crate::sim::command::{Answer, Command};
use crate::sim::conditions::{ConditionReason, ConditionType, condition};
use crate::sim::deployment::fenceposts::min_available;
use crate::sim::deployment::revisions::revision;
use crate::sim::deployment::sync::find_new_replica_set;
use crate::sim::out::{Actor, Event, Fact, Step};
use crate::sim::pod::Stage;
use crate::sim::rule::Rule;
use crate::sim::spec::StrategyType;
use crate::sim::time::{SimDuration, SimTime};
use crate::timeline::SHOWN;

use super::names::{hue, image_of, short_image};

/// Why one step was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// Who acted.
    pub actor: String,
    /// When, as kubectl prints ages.
    pub at: String,
    /// What was decided, one thing after the other; never empty.
    pub reasons: Vec<Reason>,
    /// What has to happen now.
    pub next: String,
}

/// One thing that was decided or happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reason {
    /// What.
    pub heading: String,
    /// The sum by which it was decided; empty when there is none.
    pub sum: Vec<Row>,
    /// The colour of the revision it is about; 0 for none.
    pub hue: u32,
    /// What came of it, such as a name and two numbers; names are not translated.
    pub result: Option<(String, String)>,
    /// What there is to add.
    pub note: Option<String>,
    /// The upstream function that is followed.
    pub source: Option<Source>,
}

/// A line of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// `+`, `−` or `=`; empty in the first line.
    pub sign: &'static str,
    /// The number.
    pub number: i32,
    /// What it counts.
    pub label: String,
}

/// A function of Kubernetes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub function: &'static str,
    /// Its file, from the root of the repository.
    pub file: &'static str,
}

impl Source {
    /// Where to read it.
    pub fn url(&self) -> String {
        format!("https://github.com/kubernetes/kubernetes/blob/v1.36.2/{}", self.file)
    }
}

const ROLLING: &str = "pkg/controller/deployment/rolling.go";
const SYNC: &str = "pkg/controller/deployment/sync.go";
const PROGRESS: &str = "pkg/controller/deployment/progress.go";
const UTIL: &str = "pkg/controller/deployment/util/deployment_util.go";
const REPLICA_SET: &str = "pkg/controller/replicaset/replica_set.go";
const REPLICA_SET_UTILS: &str = "pkg/controller/replicaset/replica_set_utils.go";
const ROLLBACK: &str = "staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollback.go";
const SET_IMAGE: &str = "staging/src/k8s.io/kubectl/pkg/cmd/set/set_image.go";
const STRATEGY: &str = "pkg/registry/apps/deployment/strategy.go";
const SCHEDULE_ONE: &str = "pkg/scheduler/schedule_one.go";
const RECREATE: &str = "pkg/controller/deployment/recreate.go";
const DEPLOYMENT_CONTROLLER: &str = "pkg/controller/deployment/deployment_controller.go";
const SCALE: &str = "staging/src/k8s.io/kubectl/pkg/cmd/scale/scale.go";
const PATCH: &str = "staging/src/k8s.io/kubectl/pkg/cmd/patch/patch.go";
const DELETE: &str = "staging/src/k8s.io/kubectl/pkg/cmd/delete/delete.go";
const DRAIN: &str = "staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go";
const PAUSER: &str = "staging/src/k8s.io/kubectl/pkg/polymorphichelpers/objectpauser.go";
const RESUMER: &str = "staging/src/k8s.io/kubectl/pkg/polymorphichelpers/objectresumer.go";
const RESTARTER: &str = "staging/src/k8s.io/kubectl/pkg/polymorphichelpers/objectrestarter.go";
const KUBERUNTIME_MANAGER: &str = "pkg/kubelet/kuberuntime/kuberuntime_manager.go";
const IMAGES: &str = "pkg/kubelet/images/image_manager.go";
const KUBERUNTIME: &str = "pkg/kubelet/kuberuntime/kuberuntime_container.go";
const PROBER: &str = "pkg/kubelet/prober/worker.go";
const KUBELET: &str = "pkg/kubelet/kubelet.go";

/// Why the explained step was taken.
pub fn why(session: &Session) -> Why {
    let number = session.explained_step();
    let timeline = &session.timeline;
    let step = timeline.step_at(number);
    let reader = Reader { lang: session.lang, cluster: timeline.last_cluster() };
    Why {
        actor: reader.actor(step.actor),
        at: step.at.to_string(),
        reasons: reader.reasons(&step, timeline.cluster()),
        next: next(session),
    }
}

/// The headings of the step on screen as one sentence, for whoever listens.
pub fn sentence(session: &Session) -> String {
    let headings = why(session).reasons.into_iter().map(|reason| match reason.result {
        Some((name, change)) => format!("{}: {name} {change}", reason.heading),
        None => reason.heading,
    });
    headings.collect::<Vec<_>>().join(". ")
}

/// Reads a step. Names come from the end of the run, which knows them all.
struct Reader<'a> {
    lang: Lang,
    cluster: &'a Cluster,
}

impl Reader<'_> {
    fn say(&self, text: Text) -> String {
        self.lang.say(text)
    }

    fn actor(&self, actor: Actor) -> String {
        match actor {
            Actor::User => self.say(Text::User),
            Actor::DeploymentController(_) => "Deployment controller".to_owned(),
            Actor::ReplicaSetController(_) => "ReplicaSet controller".to_owned(),
            Actor::Scheduler => self.say(Text::Scheduler),
            Actor::Kubelet => self.say(Text::Kubelet),
        }
    }

    /// Rules first, since they decide; without any, what happened; and at last what was counted.
    fn reasons(&self, step: &Step, now: &Objects) -> Vec<Reason> {
        let scaled =
            step.facts.iter().any(|fact| matches!(fact, Fact::Event(Event::ScalingReplicaSet { .. })));
        let rules = step.facts.iter().filter_map(|fact| match fact {
            Fact::Rule(rule) => self.rule(rule, step, scaled),
            _ => None,
        });
        let mut reasons: Vec<_> = rules.collect();
        if reasons.is_empty() {
            reasons.extend(self.happening(step, now));
        }
        reasons
    }

    fn rule(&self, rule: &Rule, step: &Step, scaled: bool) -> Option<Reason> {
        match *rule {
            Rule::GetNewReplicaSet { replica_set } => Some(Reason {
                heading: self.say(Text::NewReplicaSet { set: &self.cluster.replica_set(replica_set).name }),
                hue: hue(replica_set),
                source: source("getNewReplicaSet", SYNC),
                ..Reason::default()
            }),
            Rule::NewRsNewReplicas { replica_set, from, to, replicas, max_surge, old } => {
                Some(self.new_size(replica_set, (from, to), replicas, max_surge, old))
            }
            Rule::CleanupUnhealthyReplicas { replica_set, from, to, available, max_cleanup } => {
                Some(self.cleanup(replica_set, (from, to), available, max_cleanup))
            }
            Rule::ScaleDownOldReplicaSets { replica_set, from, to, available, min_available, taken } => {
                Some(self.scale_down(replica_set, (from, to), available, min_available, taken))
            }
            // It explains a sync in which nothing moves, not one in which something else does.
            Rule::OldReplicasMustStay { .. } if scaled => None,
            Rule::OldReplicasMustStay { all, min_available, new_unavailable, .. } => {
                Some(self.must_stay(all, min_available, new_unavailable))
            }
            Rule::ManageReplicas { replica_set, replicas, active } => {
                Some(self.manage(replica_set, replicas, active, step))
            }
            Rule::ScaleDownForRecreate { replica_set, from } => Some(Reason {
                heading: self.say(Text::RecreateDown { image: image_of(self.cluster, replica_set) }),
                source: source("scaleDownOldReplicaSetsForRecreate", RECREATE),
                ..self.resized(replica_set, from, 0)
            }),
            Rule::OldPodsRunning { .. } if scaled => None,
            Rule::OldPodsRunning { pods, .. } => Some(Reason {
                heading: self.say(Text::RecreateWait { pods }),
                note: Some(self.say(Text::RecreateWaitNote)),
                source: source("oldPodsRunning", RECREATE),
                ..Reason::default()
            }),
            Rule::ScaleUpForRecreate { replica_set, from, to } => Some(Reason {
                heading: self.say(Text::RecreateUp { image: image_of(self.cluster, replica_set) }),
                source: source("scaleUpNewReplicaSetForRecreate", RECREATE),
                ..self.resized(replica_set, from, to)
            }),
            Rule::Paused { .. } if scaled => None,
            Rule::Paused { .. } => Some(Reason {
                heading: self.say(Text::PausedKeeps),
                note: Some(self.say(Text::PausedKeepsNote)),
                source: source("syncDeployment", DEPLOYMENT_CONTROLLER),
                ..Reason::default()
            }),
            Rule::ScaleActiveOrLatest { replica_set, from, to } => Some(Reason {
                heading: self.say(Text::ScaleOnly { image: image_of(self.cluster, replica_set) }),
                source: source("FindActiveOrLatest", UTIL),
                ..self.resized(replica_set, from, to)
            }),
            Rule::ScaleDownWhenSaturated { replica_set, from } => Some(Reason {
                heading: self.say(Text::ScaleSaturated { image: image_of(self.cluster, replica_set) }),
                source: source("IsSaturated", UTIL),
                ..self.resized(replica_set, from, 0)
            }),
            Rule::ScaleProportionally { replica_set, from, to, allowed, base, leftover, .. } => {
                Some(self.share(replica_set, (from, to), allowed, base, leftover))
            }
        }
    }

    fn new_size(
        &self,
        id: ReplicaSetId,
        (from, to): (i32, i32),
        replicas: i32,
        surge: i32,
        old: i32,
    ) -> Reason {
        let image = image_of(self.cluster, id);
        if to < from {
            return Reason {
                heading: self.say(Text::ScaleNewDown { image }),
                source: source("reconcileNewReplicaSet", ROLLING),
                ..self.resized(id, from, to)
            };
        }
        let room = replicas.wrapping_add(surge).wrapping_sub(old + from);
        let mut sum =
            vec![row("", replicas.wrapping_add(surge), self.say(Text::SumCeiling { replicas, surge }))];
        if old != 0 {
            sum.push(row("−", old, self.say(Text::SumOld)));
        }
        if from != 0 {
            sum.push(row("−", from, self.say(Text::SumWantedBy { image })));
        }
        sum.push(row("=", room, self.say(Text::SumMore)));
        let limited = replicas - from < room;
        Reason {
            heading: self.say(Text::ScaleNewUp { image }),
            sum,
            note: limited.then(|| self.say(Text::LimitedByReplicas { replicas })),
            source: source("NewRSNewReplicas", UTIL),
            ..self.resized(id, from, to)
        }
    }

    /// The formula of the share, or where it does not apply (no pods are wanted any more, or nothing says
    /// how many there were) only its result.
    fn share(
        &self,
        id: ReplicaSetId,
        (from, to): (i32, i32),
        allowed: i32,
        base: Option<i32>,
        leftover: i32,
    ) -> Reason {
        let image = image_of(self.cluster, id);
        let share = to - from - leftover;
        let label = match base.filter(|base| 0 < allowed && 0 < *base) {
            Some(base) => Text::SumShare { from, allowed, base },
            None => Text::SumAll,
        };
        let signed = |number: i32, label| row(if number < 0 { "−" } else { "+" }, number.abs(), label);
        let mut sum =
            vec![row("", from, self.say(Text::SumWantedBy { image })), signed(share, self.say(label))];
        if leftover != 0 {
            sum.push(signed(leftover, self.say(Text::SumLeftover)));
        }
        sum.push(row("=", to, self.say(Text::SumAsks)));
        Reason {
            heading: self.say(Text::ScaleShare { image }),
            sum,
            source: source("GetReplicaSetProportion", UTIL),
            ..self.resized(id, from, to)
        }
    }

    fn cleanup(&self, id: ReplicaSetId, (from, to): (i32, i32), available: i32, limit: i32) -> Reason {
        let image = image_of(self.cluster, id);
        let sum = vec![
            row("", from, self.say(Text::SumWantedBy { image })),
            row("−", available, self.say(Text::SumAvailable)),
            row("=", from - available, self.say(Text::SumUnavailable)),
        ];
        let limited = limit < from - available;
        Reason {
            heading: self.say(Text::ScaleUnhealthyDown { image }),
            sum,
            note: limited.then(|| self.say(Text::LimitedBySize { size: limit })),
            source: source("cleanupUnhealthyReplicas", ROLLING),
            ..self.resized(id, from, to)
        }
    }

    fn scale_down(
        &self,
        id: ReplicaSetId,
        (from, to): (i32, i32),
        available: i32,
        floor: i32,
        taken: i32,
    ) -> Reason {
        let image = image_of(self.cluster, id);
        let mut sum =
            vec![row("", available, self.say(Text::SumAvailable)), row("−", floor, self.say(Text::SumFloor))];
        if taken != 0 {
            sum.push(row("−", taken, self.say(Text::SumTaken)));
        }
        let budget = available - floor - taken;
        sum.push(row("=", budget, self.say(Text::SumMayGo)));
        let limited = from < budget;
        Reason {
            heading: self.say(Text::ScaleOldDown { image }),
            sum,
            note: limited.then(|| self.say(Text::LimitedBySize { size: from })),
            source: source("scaleDownOldReplicaSetsForRollingUpdate", ROLLING),
            ..self.resized(id, from, to)
        }
    }

    fn must_stay(&self, all: i32, floor: i32, new_unavailable: i32) -> Reason {
        Reason {
            heading: self.say(Text::OldMustStay),
            sum: vec![
                row("", all, self.say(Text::SumAsked)),
                row("−", floor, self.say(Text::SumFloor)),
                row("−", new_unavailable, self.say(Text::SumNewUnavailable)),
                row("=", all - floor - new_unavailable, self.say(Text::SumMayGo)),
            ],
            source: source("reconcileOldReplicaSets", ROLLING),
            ..Reason::default()
        }
    }

    fn manage(&self, id: ReplicaSetId, replicas: i32, active: i32, step: &Step) -> Reason {
        let created = count(step, |fact| matches!(fact, Fact::Event(Event::SuccessfulCreate(_))));
        let deleted = count(step, |fact| matches!(fact, Fact::Event(Event::SuccessfulDelete { .. })));
        let (asked, has) =
            (row("", replicas, self.say(Text::SumAsks)), row("−", active, self.say(Text::SumHas)));
        let difference = replicas - active;
        let failed = step.facts.iter().any(|fact| matches!(fact, Fact::Event(Event::FailedCreate(..))));
        let (heading, result) = match deleted {
            0 if failed => (Text::CreateUpToQuota { count: created }, Text::SumMissing),
            0 => (Text::CreatePods { count: created }, Text::SumMissing),
            _ => (Text::DeletePods { count: deleted }, Text::SumTooMany),
        };
        let unready = |fact: &Fact| matches!(fact, Fact::Event(Event::SuccessfulDelete { was, .. }) if *was != Stage::Ready);
        let note = match (deleted, step.facts.iter().any(unready)) {
            _ if failed => Text::SlowStart,
            (0, _) => Text::NewPodsCountAtOnce,
            (_, true) => Text::VictimsUnready,
            (_, false) => Text::VictimsReady,
        };
        Reason {
            heading: self.say(heading),
            sum: vec![asked, has, row("=", difference.abs(), self.say(result))],
            hue: hue(id),
            note: Some(self.say(note)),
            source: source("manageReplicas", REPLICA_SET),
            result: Some((self.cluster.replica_set(id).name.to_string(), String::new())),
        }
    }

    /// What both numbers of a ReplicaSet's size share.
    fn resized(&self, id: ReplicaSetId, from: i32, to: i32) -> Reason {
        let name = self.cluster.replica_set(id).name.to_string();
        Reason { hue: hue(id), result: Some((name, format!("{from} → {to}"))), ..Reason::default() }
    }

    /// A step without a rule: what happened, in one sentence.
    fn happening(&self, step: &Step, now: &Objects) -> Option<Reason> {
        let first = step.facts.first()?;
        let count = count(step, |fact| alike(fact, first));
        let (text, source) = match first {
            Fact::Created(_) => (Text::DeploymentCreated, source("PrepareForCreate", STRATEGY)),
            Fact::Answered(command, answer) => self.command(command, answer),
            Fact::Refused(command, _) => {
                (Text::CommandRefused, self.command(command, &Answer::PatchUnchanged).1)
            }
            Fact::Event(event) => happened(event, count)?,
            Fact::PodReady(_) => (Text::PodsReady { count }, source("doProbe", PROBER)),
            Fact::PodGone(_) => (Text::PodsGone { count }, source("SyncTerminatingPod", KUBELET)),
            Fact::ReplicaSetUpdated(id) => {
                let set = self.cluster.replica_set(*id);
                let text = Text::ReplicaSetTakenAgain { set: &set.name, revision: revision(set) };
                (text, source("getNewReplicaSet", SYNC))
            }
            Fact::ReplicaSetDeleted(id) => {
                let set = &self.cluster.replica_set(*id).name;
                (Text::ReplicaSetRemoved { set }, source("cleanupDeployment", SYNC))
            }
            Fact::ReplicaSetStatus(id) => {
                let set = &self.cluster.replica_set(*id).name;
                (Text::CountPods { set }, source("calculateStatus", REPLICA_SET_UTILS))
            }
            Fact::DeploymentStatus(id) => (status(now, *id), source("syncRolloutStatus", PROGRESS)),
            Fact::PodDeleted { .. } | Fact::Rule(_) => return None,
        };
        let result = numbers(first, now).or_else(|| message(first, self.cluster));
        Some(Reason { heading: self.say(text), source, result, ..Reason::default() })
    }

    fn command<'a>(&self, command: &'a Command, answer: &'a Answer) -> (Text<'a>, Option<Source>) {
        match command {
            Command::SetImage { image, .. } => {
                (Text::ImageSet { image: short_image(image) }, source("RunImage", SET_IMAGE))
            }
            Command::Scale { replicas, .. } => {
                (Text::ScaleAsked { replicas: *replicas }, source("RunScale", SCALE))
            }
            Command::Patch { .. } => (Text::Patched, source("RunPatch", PATCH)),
            Command::RolloutPause(_) => (Text::PauseAsked, source("defaultObjectPauser", PAUSER)),
            Command::RolloutResume(_) => (Text::ResumeAsked, source("defaultObjectResumer", RESUMER)),
            Command::RolloutRestart(_) => (Text::RestartAsked, source("defaultObjectRestarter", RESTARTER)),
            Command::RolloutUndo { .. } if *answer == Answer::RolledBack => {
                (Text::RolledBack, source("Rollback", ROLLBACK))
            }
            Command::RolloutUndo { .. } => (Text::RollbackSkipped, source("Rollback", ROLLBACK)),
            Command::DeletePod(_) => (Text::PodsDeleted { count: 1 }, source("RunDelete", DELETE)),
            Command::DeletePods => {
                let Answer::PodsDeleted(pods) = answer else {
                    return (Text::PodsDeleted { count: 0 }, source("RunDelete", DELETE));
                };
                (Text::PodsDeleted { count: pods.len() }, source("RunDelete", DELETE))
            }
            Command::Cordon(node) => (Text::NodeCordoned { node }, source("RunCordonOrUncordon", DRAIN)),
            Command::Uncordon(node) => (Text::NodeUncordoned { node }, source("RunCordonOrUncordon", DRAIN)),
        }
    }
}

/// Whether two facts say the same of different things.
fn alike(a: &Fact, b: &Fact) -> bool {
    match (a, b) {
        (Fact::Event(a), Fact::Event(b)) => discriminant(a) == discriminant(b),
        _ => discriminant(a) == discriminant(b),
    }
}

/// What happened to pods by themselves; `None` where a rule explains it.
fn happened(event: &Event, count: usize) -> Option<(Text<'static>, Option<Source>)> {
    Some(match event {
        Event::Scheduled(_) => (Text::PodsScheduled { count }, source("scheduleOnePod", SCHEDULE_ONE)),
        Event::FailedScheduling(..) => {
            (Text::PodsWithoutNode { count }, source("handleSchedulingFailure", SCHEDULE_ONE))
        }
        Event::Started(_) => (Text::PodsStarted { count }, source("startContainer", KUBERUNTIME)),
        Event::Unhealthy(_) => (Text::PodsUnready { count }, source("doProbe", PROBER)),
        Event::BackOff(_) => (Text::PodsCrashed { count }, source("doBackOff", KUBERUNTIME_MANAGER)),
        Event::PullFailed(_) | Event::PullBackOff(_) => {
            (Text::PullFailed { count }, source("EnsureImageExists", IMAGES))
        }
        Event::ScalingReplicaSet { .. }
        | Event::SuccessfulCreate(_)
        | Event::SuccessfulDelete { .. }
        | Event::FailedCreate(..) => return None,
    })
}

fn status(cluster: &Objects, id: DeploymentId) -> Text<'static> {
    let conditions = &cluster.deployment(id).status.conditions;
    match condition(conditions, ConditionType::Progressing).map(|condition| condition.reason) {
        Some(ConditionReason::NewReplicaSetAvailable) => Text::StatusComplete,
        Some(ConditionReason::ProgressDeadlineExceeded) => Text::StatusTimedOut,
        Some(ConditionReason::DeploymentPaused) => Text::StatusPaused,
        Some(ConditionReason::DeploymentResumed) => Text::StatusResumed,
        _ => Text::StatusWritten,
    }
}

/// The message of an event that says more than its heading.
fn message(fact: &Fact, cluster: &Cluster) -> Option<(String, String)> {
    match fact {
        Fact::Event(event @ (Event::FailedScheduling(..) | Event::PullFailed(_) | Event::PullBackOff(_))) => {
            Some((event.message(cluster), String::new()))
        }
        _ => None,
    }
}

/// The numbers that a status holds now, under their API names.
fn numbers(fact: &Fact, now: &Objects) -> Option<(String, String)> {
    let counts = match fact {
        Fact::ReplicaSetStatus(id) => {
            let status = now.replica_set(*id).status;
            vec![
                ("replicas", status.replicas),
                ("readyReplicas", status.ready_replicas),
                ("availableReplicas", status.available_replicas),
                ("terminatingReplicas", status.terminating_replicas),
            ]
        }
        Fact::DeploymentStatus(id) => {
            let status = &now.deployment(*id).status;
            vec![
                ("replicas", status.replicas),
                ("updatedReplicas", status.updated_replicas),
                ("readyReplicas", status.ready_replicas),
                ("availableReplicas", status.available_replicas),
            ]
        }
        _ => return None,
    };
    let counts: Vec<_> = counts.iter().map(|(name, count)| format!("{name}: {count}")).collect();
    Some((counts.join(", "), String::new()))
}

fn source(function: &'static str, file: &'static str) -> Option<Source> {
    Some(Source { function, file })
}

fn row(sign: &'static str, number: i32, label: String) -> Row {
    Row { sign, number, label }
}

fn count(step: &Step, wanted: impl Fn(&Fact) -> bool) -> usize {
    step.facts.iter().filter(|fact| wanted(fact)).count()
}

/// What has to happen for the next thing to happen.
pub fn next(session: &Session) -> String {
    let (timeline, lang) = (&session.timeline, session.lang);
    let (now, cluster) = (timeline.time(), timeline.cluster());
    let deployment = cluster.deployment(SHOWN);
    let upcoming = timeline.next_step();
    if session.playback == Playback::Step
        && upcoming.as_ref().is_some_and(|step| step.at == timeline.step().at)
    {
        return lang.say(Text::NextInInstant);
    }
    if upcoming.is_none() && timeline.is_endless() {
        return lang.say(Text::NextEndless);
    }
    let seconds = |at: SimTime| at.since(now).millis().div_ceil(1000);
    if let Some((at, count, image)) = next_ready(session, cluster, now) {
        let floor = min_available(&deployment.spec);
        let seconds = seconds(at);
        return lang.say(match deployment.spec.paused || old_replicas(cluster) == 0 {
            true => Text::NextAvailable { count, image, seconds },
            false => Text::NextMayGo { count, image, seconds, floor },
        });
    }
    let pods = |stage| timeline.pods().existing().filter(|(_, pod)| pod.stage == stage).count();
    let (leaving, waiting) = (pods(Stage::Terminating), pods(Stage::Unscheduled));
    lang.say(match upcoming {
        Some(step) if step.actor == Actor::User => Text::NextCommand { seconds: seconds(step.at) },
        Some(step) if 0 < leaving => match deployment.spec.strategy.kind == StrategyType::Recreate {
            true => Text::NextStep { seconds: seconds(step.at) },
            false => Text::NextGone { count: leaving, seconds: seconds(step.at) },
        },
        Some(step) => Text::NextStep { seconds: seconds(step.at) },
        None if deployment.spec.paused => Text::NextResume,
        None if 0 < waiting => Text::NextForNode { count: waiting },
        None => Text::NextNothing,
    })
}

/// What the old ReplicaSets still ask for.
fn old_replicas(cluster: &Objects) -> i32 {
    let new_rs = find_new_replica_set(cluster, SHOWN);
    let old_rss = cluster.replica_sets_of(SHOWN).iter().copied().filter(|id| Some(*id) != new_rs);
    old_rss.map(|id| cluster.replica_set(id).replicas).sum()
}

/// The pods on their way that become available first: when, how many, which image. The run knows.
fn next_ready<'a>(
    session: &Session,
    cluster: &'a Objects,
    now: SimTime,
) -> Option<(SimTime, usize, &'a str)> {
    let waits = session.timeline.pods().existing().filter_map(|(id, pod)| {
        let min_ready_seconds = cluster.replica_set(pod.replica_set).min_ready_seconds;
        let wait = SimDuration::from_secs(min_ready_seconds.max(0) as u64);
        if !pod.is_active() || pod.is_available(min_ready_seconds, now) {
            return None;
        }
        let mut later = session.timeline.moments(id).filter(|moment| now < moment.at);
        let ready = match pod.ready {
            Some(ready) => ready,
            None => later.find(|moment| moment.stage == Stage::Ready)?.at,
        };
        let lasts_until = later.next().map_or(SimTime::MAX, |moment| moment.at);
        let at = ready + wait;
        (now < at && at < lasts_until).then_some((at, pod.replica_set))
    });
    let waits: Vec<_> = waits.collect();
    let (at, id) = waits.iter().copied().min()?;
    let count = waits.iter().filter(|wait| **wait == (at, id)).count();
    Some((at, count, image_of(cluster, id)))
}
