//! The middle of the page: one sentence, the ReplicaSets, and the row kubectl would print.

use std::cmp::Reverse;

use crate::i18n::Text;
use crate::kubectl::get;
use crate::session::Session;
use crate::sim::cluster::{Cluster, ReplicaSetId};
use crate::sim::conditions::{ConditionReason, ConditionType, condition};
use crate::sim::deployment::revisions::{deployment_revision, revision};
use crate::sim::deployment::sync::find_new_replica_set;
use crate::sim::order::sorted_by_key;
use crate::timeline::SHOWN;

use super::budget_line::total;
use super::names::{hue, image_of, short_image};
use super::rich::{Span, spans};

/// A ReplicaSet in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct SetCard {
    /// Its name.
    pub name: String,
    /// The colour of its revision.
    pub hue: u32,
    /// Its revision and image.
    pub revision: String,
    /// `spec.replicas`, `status.replicas`, `status.readyReplicas`, each with its column's name.
    pub columns: [(&'static str, i32); 3],
}

/// What is going on, in one sentence.
pub fn sentence(session: &Session) -> Vec<Span> {
    spans(&session.lang.say(state(session)))
}

fn state(session: &Session) -> Text<'_> {
    let cluster = &session.timeline.cursor().cluster;
    let deployment = cluster.deployment(SHOWN);
    let (status, replicas) = (&deployment.status, deployment.spec.replicas);
    let image = short_image(deployment.spec.template.image());
    let (updated, available) = (status.updated_replicas, status.available_replicas);
    let reason = condition(&status.conditions, ConditionType::Progressing).map(|found| found.reason);
    let observed = deployment.generation == status.observed_generation;
    let terminating = total(session).terminating;
    match reason {
        Some(ConditionReason::ProgressDeadlineExceeded) if observed => {
            Text::Stuck { image, updated, replicas }
        }
        Some(ConditionReason::NewReplicaSetAvailable) if observed && 0 < terminating => {
            Text::Draining { image, terminating }
        }
        Some(ConditionReason::NewReplicaSetAvailable) if observed => Text::RolledOut { image, replicas },
        _ if cluster.replica_sets_of(SHOWN).len() < 2 && deployment.generation == 1 => {
            Text::Starting { available, replicas }
        }
        _ if !observed || find_new_replica_set(cluster, SHOWN).is_none() => Text::Asked { image },
        _ => Text::RollingOut { revision: deployment_revision(deployment), updated, replicas, available },
    }
}

/// The ReplicaSets that matter: all that ask for pods, the new one, and the one before it.
pub fn sets(session: &Session) -> Vec<SetCard> {
    let cluster = &session.timeline.cursor().cluster;
    let mut ids = cluster.replica_sets_of(SHOWN);
    let latest_first = sorted_by_key(&ids, |id| Reverse(revision(cluster.replica_set(*id))));
    let second = latest_first.get(1).map_or(0, |id| revision(cluster.replica_set(*id)));
    ids.retain(|id| {
        let replica_set = cluster.replica_set(*id);
        0 < replica_set.replicas || 0 < replica_set.status.replicas || second <= revision(replica_set)
    });
    ids.into_iter().map(|id| card(session, cluster, id)).collect()
}

fn card(session: &Session, cluster: &Cluster, id: ReplicaSetId) -> SetCard {
    let replica_set = cluster.replica_set(id);
    let text = Text::RevisionOf { revision: revision(replica_set), image: image_of(cluster, id) };
    SetCard {
        name: replica_set.name.to_string(),
        hue: hue(id),
        revision: session.lang.say(text),
        columns: [
            ("DESIRED", replica_set.replicas),
            ("CURRENT", replica_set.status.replicas),
            ("READY", replica_set.status.ready_replicas),
        ],
    }
}

/// What `kubectl get deployment` prints at the moment on screen.
pub fn kubectl_get(session: &Session) -> String {
    let cluster = &session.timeline.cursor().cluster;
    get::deployment(cluster, SHOWN, session.timeline.time())
}
