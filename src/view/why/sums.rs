//! The rules that are a sum.

use super::source::*;
use super::{Reader, Reason, Row, count};
use crate::i18n::around::Text;
use crate::sim::cluster::ReplicaSetId;
use crate::sim::out::{Event, Fact, Step};
use crate::sim::pod::Stage;
use crate::view::names::{hue, image_of};

impl Reader<'_> {
    pub(super) fn new_size(
        &self,
        id: ReplicaSetId,
        (from, to): (i32, i32),
        replicas: i32,
        surge: i32,
        old: i32,
    ) -> Reason {
        let image = image_of(self.cluster, id);
        if to < from {
            let sum = vec![
                row("", from, self.say(Text::SumWantedBy { image })),
                row("−", to, self.say(Text::SumAsks)),
                row("=", from - to, self.say(Text::SumTooMany)),
            ];
            return Reason {
                heading: self.say(Text::ScaleNewDown { image }),
                sum,
                source: Some(RECONCILE_NEW),
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
            source: Some(NEW_RS_NEW_REPLICAS),
            ..self.resized(id, from, to)
        }
    }

    /// The formula of the share, or where it does not apply (no pods are wanted any more, or nothing says
    /// how many there were) only its result.
    pub(super) fn share(
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
            source: Some(PROPORTION),
            ..self.resized(id, from, to)
        }
    }

    pub(super) fn cleanup(
        &self,
        id: ReplicaSetId,
        (from, to): (i32, i32),
        available: i32,
        limit: i32,
    ) -> Reason {
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
            source: Some(CLEANUP_UNHEALTHY),
            ..self.resized(id, from, to)
        }
    }

    pub(super) fn scale_down(
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
            source: Some(SCALE_DOWN_OLD),
            ..self.resized(id, from, to)
        }
    }

    pub(super) fn must_stay(&self, all: i32, floor: i32, new_unavailable: i32) -> Reason {
        Reason {
            heading: self.say(Text::OldMustStay),
            sum: vec![
                row("", all, self.say(Text::SumAsked)),
                row("−", floor, self.say(Text::SumFloor)),
                row("−", new_unavailable, self.say(Text::SumNewUnavailable)),
                row("=", all - floor - new_unavailable, self.say(Text::SumMayGo)),
            ],
            source: Some(RECONCILE_OLD),
            ..Reason::default()
        }
    }

    pub(super) fn manage(&self, id: ReplicaSetId, replicas: i32, active: i32, step: &Step) -> Reason {
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
            _ if failed => Some(Text::SlowStart),
            (0, _) => Some(Text::NewPodsCountAtOnce),
            // Where all go none is chosen.
            _ if deleted as i32 == active => None,
            (_, true) => Some(Text::VictimsUnready),
            (_, false) if self.cluster.nodes.is_some() => Some(Text::VictimsCrowded),
            (_, false) => Some(Text::VictimsReady),
        };
        Reason {
            heading: self.say(heading),
            sum: vec![asked, has, row("=", difference.abs(), self.say(result))],
            hue: hue(id),
            note: note.map(|note| self.say(note)),
            source: Some(MANAGE_REPLICAS),
            result: Some((self.cluster.replica_set(id).name.to_string(), String::new())),
        }
    }

    /// What both numbers of a ReplicaSet's size share.
    pub(super) fn resized(&self, id: ReplicaSetId, from: i32, to: i32) -> Reason {
        let name = self.cluster.replica_set(id).name.to_string();
        Reason { hue: hue(id), result: Some((name, format!("{from} → {to}"))), ..Reason::default() }
    }
}

fn row(sign: &'static str, number: i32, label: String) -> Row {
    Row { sign, number, label }
}

#[cfg(test)]
mod tests {
    use crate::session::{Options, Session};
    use crate::view::why::why;

    /// What is said of the pods that are deleted first.
    fn note(link: &str) -> Option<String> {
        let mut session = Session::new(Options { link: link.to_owned(), ..Options::default() });
        let steps = session.timeline.steps();
        let mut reasons = (1..=steps).flat_map(|step| {
            session.timeline.seek(step);
            why(&session).reasons
        });
        reasons.find(|reason| reason.heading.starts_with("Delete ")).expect("some are deleted").note
    }

    #[test]
    fn it_is_said_how_victims_are_chosen_where_any_are() {
        assert_eq!(note("ops=20:image=web:v2&strategy=Recreate"), None);
        let ready = note("ops=60:replicas=7").unwrap();
        assert!(ready.starts_with("All are ready, so age decides"), "{ready}");
        let crowded = note("nodes=node1:3,node2:20&ops=60:replicas=7").unwrap();
        assert!(crowded.starts_with("All are ready: those on nodes with more pods"), "{crowded}");
    }
}
