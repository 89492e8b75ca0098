//! Why the controllers do what they do, or what they wait for: numbers and sentences.

mod happening;
mod next;
mod source;
mod sums;

pub use next::next;
pub use source::Source;

use crate::i18n::Lang;
use crate::i18n::around::Text;
use crate::session::Session;
use crate::sim::cluster::{Cluster, Objects};
use crate::sim::out::{Actor, Event, Fact, Step};
use crate::sim::rule::Rule;

use super::names::{hue, image_of};
use source::*;

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
    /// The words before what follows Kubernetes here.
    pub followed: String,
    /// The words for a link that opens a page of its own.
    pub new_tab: String,
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
        followed: session.lang.say(Text::FollowedIn),
        new_tab: session.lang.say(Text::NewTab),
    }
}

impl Why {
    /// What was decided in sentences, for whoever listens.
    pub fn sentences(&self, lang: Lang) -> String {
        let told = |reason: &Reason| match &reason.result {
            Some((name, change)) => {
                let result = format!("{name} {change}");
                [&*reason.heading, lang.colon(), result.trim_end()].concat()
            }
            None => reason.heading.clone(),
        };
        lang.sentences(&self.reasons.iter().map(told).collect::<Vec<_>>())
    }
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
                source: Some(GET_NEW_REPLICA_SET),
                ..Reason::default()
            }),
            Rule::NewRsNewReplicas { replica_set, from, to, replicas, max_surge, old } => {
                Some(self.new_size(replica_set, (from, to), replicas, max_surge, old))
            }
            Rule::CleanupUnhealthyReplicas { replica_set, from, to, available, left } => {
                Some(self.cleanup(replica_set, (from, to), available, left))
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
                source: Some(RECREATE_DOWN),
                ..self.resized(replica_set, from, 0)
            }),
            Rule::OldPodsRunning { .. } if scaled => None,
            Rule::OldPodsRunning { pods, .. } => Some(Reason {
                heading: self.say(Text::RecreateWait { pods }),
                note: Some(self.say(Text::RecreateWaitNote)),
                source: Some(OLD_PODS_RUNNING),
                ..Reason::default()
            }),
            Rule::ScaleUpForRecreate { replica_set, from, to } => Some(Reason {
                heading: self.say(Text::RecreateUp { image: image_of(self.cluster, replica_set) }),
                source: Some(RECREATE_UP),
                ..self.resized(replica_set, from, to)
            }),
            Rule::Paused { .. } if scaled => None,
            Rule::Paused { .. } => Some(Reason {
                heading: self.say(Text::PausedKeeps),
                note: Some(self.say(Text::PausedKeepsNote)),
                source: Some(SYNC_DEPLOYMENT),
                ..Reason::default()
            }),
            Rule::ScaleActiveOrLatest { replica_set, from, to } => Some(Reason {
                heading: self.say(Text::ScaleOnly { image: image_of(self.cluster, replica_set) }),
                source: Some(FIND_ACTIVE_OR_LATEST),
                ..self.resized(replica_set, from, to)
            }),
            Rule::ScaleDownWhenSaturated { replica_set, from } => Some(Reason {
                heading: self.say(Text::ScaleSaturated { image: image_of(self.cluster, replica_set) }),
                source: Some(IS_SATURATED),
                ..self.resized(replica_set, from, 0)
            }),
            Rule::ScaleProportionally { replica_set, from, to, allowed, base, leftover, .. } => {
                Some(self.share(replica_set, (from, to), allowed, base, leftover))
            }
        }
    }
}

fn count(step: &Step, wanted: impl Fn(&Fact) -> bool) -> usize {
    step.facts.iter().filter(|fact| wanted(fact)).count()
}
