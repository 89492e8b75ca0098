//! The pod that is looked at: its life so far, and its turn to go.

use std::rc::Rc;

use crate::i18n;
use crate::i18n::around::Text;
use crate::session::Session;
use crate::sim::command::Command;
use crate::sim::order::sorted_by;
use crate::sim::out::{Event, Fact};
use crate::sim::pod::{PodId, Stage, Waiting};
use crate::sim::time::{SimDuration, SimTime};
use crate::sim::victims::{Candidate, Phase, deleted_first};
use crate::timeline::Timeline;
use crate::timeline::lives::Moment;
use crate::timeline::victims::{CRITERIA, Criterion, decided_by, ranking};

use super::budget_line::shape;
use super::names::{hue, image_of};
use super::settings::{Action, action};

/// The pod that is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspector {
    /// Its name.
    pub name: String,
    /// The colour of its revision.
    pub hue: u32,
    /// Its image, its state, its node.
    pub facts: String,
    /// Why it has no node, in the scheduler's words.
    pub message: Option<String>,
    /// How to delete it; none while it is leaving.
    pub delete: Option<Action>,
    /// What it went through: when, what, for how long.
    pub life: Vec<(String, String, String)>,
    /// Its turn to go.
    pub turn: Option<Turn>,
}

/// When it is a pod's turn to go, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The words for it.
    pub sentence: String,
    /// The pod it is compared with, if there is one.
    pub other: Option<String>,
    /// What both are compared by, up to what decides: the rule and the two values.
    pub rows: Vec<[String; 3]>,
}

/// The pods of a ReplicaSet as they were compared, or would be.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The run, the pod that is looked at, and the step.
    at: (u32, PodId, usize),
    candidates: Vec<Candidate>,
}

/// More moments than these of a life are left out, the earliest first.
const MOST_MOMENTS: usize = 8;
/// In runs with more pods than these it takes too long to find whose turn it is.
const RANKED_BELOW: usize = 5_000;

/// The pod that is looked at, if it has been created at this moment, and how it ranks.
pub fn inspector(session: &Session, last: Option<&Rc<Ranked>>) -> Option<(Inspector, Option<Rc<Ranked>>)> {
    let (lang, cluster) = (session.lang, session.timeline.cluster());
    let id = session.selected?;
    let pod = session.timeline.pods().get(id)?;
    let min_ready_seconds = cluster.replica_set(pod.replica_set).min_ready_seconds;
    let shape = shape(&pod, min_ready_seconds, session.timeline.time());
    let name = session.timeline.pod_name(id);
    let mut facts = vec![image_of(cluster, pod.replica_set).to_owned(), lang.say(shape.text())];
    facts.extend(pod.waiting.map(|waiting| waiting.as_str().to_owned()));
    facts.push(pod.node.map_or_else(|| lang.say(Text::NoNodeYet), |node| cluster.node_name(node)));
    if 0 < pod.restarts {
        facts.push(lang.say(Text::Restarts { count: pod.restarts }));
    }
    let delete = action(session, lang.say(Text::DeletePod), Command::DeletePod(name.clone()));
    let (turn, ranked) = turn(session, id, last);
    let model = Inspector {
        hue: hue(pod.replica_set),
        facts: facts.join(" · "),
        message: pod.unschedulable.map(|unschedulable| unschedulable.to_string()),
        delete: pod.is_active().then_some(delete),
        life: life(session, id, min_ready_seconds),
        turn,
        name,
    };
    Some((model, ranked))
}

/// What a pod went through until now.
fn life(session: &Session, id: PodId, min_ready_seconds: i32) -> Vec<(String, String, String)> {
    let (timeline, now) = (&session.timeline, session.timeline.time());
    let moments: Vec<_> = timeline.moments(id).take_while(|moment| moment.at <= now).collect();
    let mut rows: Vec<(SimTime, String)> = Vec::new();
    for (index, moment) in moments.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| moments[before]);
        rows.push((moment.at, happened(session, id, before, *moment)));
        let until = moments.get(index + 1).map_or(now, |next| next.at);
        let available = moment.at.stored() + SimDuration::from_secs(min_ready_seconds.max(0) as u64);
        if moment.stage == Stage::Ready && available <= until {
            rows.push((available.max(moment.at), session.lang.say(i18n::Text::LegendAvailable)));
        }
    }
    let gone = moments.last().is_some_and(|last| last.stage == Stage::Gone);
    let mut all = Vec::new();
    let first = rows.len().saturating_sub(MOST_MOMENTS);
    for (index, (at, what)) in rows.iter().enumerate().skip(first) {
        let until = rows.get(index + 1).map_or(now, |(next, _)| *next);
        let lasted = (SimTime::ZERO + until.since(*at)).to_string();
        let lasted = if gone && index + 1 == rows.len() { String::new() } else { lasted };
        all.push((at.to_string(), what.clone(), lasted));
    }
    all
}

/// What a moment of a life was, after another.
fn happened(session: &Session, id: PodId, before: Option<Moment>, moment: Moment) -> String {
    let waited = before.and_then(|before| before.waiting);
    let was_ready = before.is_some_and(|before| before.stage == Stage::Ready);
    let node = session.timeline.pods().get(id).and_then(|pod| pod.node);
    let node = node.map_or(String::new(), |node| session.timeline.cluster().node_name(node));
    session.lang.say(match (moment.stage, moment.waiting) {
        (_, Some(waiting)) => return waiting.as_str().to_owned(),
        (Stage::Unscheduled, _) => Text::PodCreated,
        (Stage::Pending, _) => Text::PodBound { node: &node },
        (Stage::Running, _) if was_ready => Text::ProbeFails,
        (Stage::Running, _) if waited == Some(Waiting::CrashLoopBackOff) => Text::RunsAgain,
        (Stage::Running, _) => Text::ContainerRuns,
        (Stage::Ready, _) => Text::ProbeSucceeds,
        (Stage::Terminating, _) => Text::PodDeleted,
        (Stage::Gone, _) => Text::PodGone,
    })
}

/// Whose doing a deletion was.
enum Deletion {
    /// Of the ReplicaSet, with so many others.
    Chosen(usize),
    /// Of somebody else.
    ByHand,
}

/// When a pod was deleted, if it was by now: the step, and whose doing it was.
fn deletion(timeline: &Timeline, id: PodId) -> Option<(usize, Deletion)> {
    let mut life = timeline.lives().of(id);
    let (step, ..) = life.find(|(_, stage, _)| *stage == Stage::Terminating)?;
    let step = step as usize;
    if timeline.step_number() < step {
        return None;
    }
    let record = timeline.step_at(step);
    let chosen = |fact: &&Fact| matches!(fact, Fact::Event(Event::SuccessfulDelete { .. }));
    Some(match record.facts.iter().filter(chosen).count() {
        0 => (step, Deletion::ByHand),
        count => (step, Deletion::Chosen(count)),
    })
}

/// Why a pod was deleted, or when it would be its turn.
fn turn(session: &Session, id: PodId, last: Option<&Rc<Ranked>>) -> (Option<Turn>, Option<Rc<Ranked>>) {
    let (timeline, lang) = (&session.timeline, session.lang);
    let (steps, now, count) = match deletion(timeline, id) {
        Some((_, Deletion::ByHand)) => return (Some(told(lang.say(Text::DeletedByHand))), None),
        Some((step, Deletion::Chosen(count))) => (step - 1, timeline.at(step), count),
        None => (timeline.step_number(), timeline.time(), 0),
    };
    let Some(ranked) = ranked(session, id, steps, now, last) else { return (None, None) };
    let order = sorted_by(&ranked.candidates, |a, b| deleted_first(a, b, now).then(a.uid.cmp(&b.uid)));
    let turn = order.iter().position(|candidate| candidate.uid == id).map(|index| {
        let (place, of) = (index + 1, order.len());
        let (text, other) = match count {
            // A sync deletes so many pods at most; those it did not get to go with the next.
            0 => (Text::WouldGo { place, of }, if place < of { Some(place) } else { index.checked_sub(1) }),
            _ if of <= count => (Text::AllWent { of }, None),
            _ => (Text::WentAs { place, count, of }, Some(count)),
        };
        let other = other.and_then(|other| order.get(other));
        compared(session, lang.say(text), &order[index], other, now)
    });
    (turn, Some(ranked))
}

/// A turn that is told in a sentence.
fn told(sentence: String) -> Turn {
    Turn { sentence, other: None, rows: Vec::new() }
}

/// The pods that were compared with a pod; while time runs only if that is known already.
fn ranked(
    session: &Session,
    id: PodId,
    steps: usize,
    now: SimTime,
    last: Option<&Rc<Ranked>>,
) -> Option<Rc<Ranked>> {
    let (timeline, at) = (&session.timeline, (session.run, id, steps));
    if let Some(last) = last.filter(|last| last.at == at) {
        return Some(Rc::clone(last));
    }
    if session.is_playing() || RANKED_BELOW < timeline.pods_ever() {
        return None;
    }
    let candidates = ranking(timeline.inputs(), steps, timeline.owner(id), now)?;
    Some(Rc::new(Ranked { at, candidates }))
}

/// Two pods side by side, by all that they were compared by.
fn compared(
    session: &Session,
    sentence: String,
    this: &Candidate,
    other: Option<&Candidate>,
    now: SimTime,
) -> Turn {
    let Some(other) = other else { return told(sentence) };
    let decider = decided_by(this, other, now);
    // Times of readiness that differ, but not by much, are the last thing that is looked at.
    let by_age = this.ready && other.ready && this.ready_time != other.ready_time;
    let skipped = |criterion: Criterion| {
        decider == Criterion::Uid && by_age && [Criterion::Restarts, Criterion::Created].contains(&criterion)
    };
    let looked_at = CRITERIA.into_iter().filter(|it| *it <= decider && !skipped(*it));
    let row = |criterion| {
        let value = |it: &Candidate| value(criterion, it);
        [session.lang.say(rule(criterion)), value(this), value(other)]
    };
    Turn { sentence, other: Some(session.timeline.pod_name(other.uid)), rows: looked_at.map(row).collect() }
}

fn value(criterion: Criterion, it: &Candidate) -> String {
    let truth = |is: bool| if is { "True" } else { "False" }.to_owned();
    let time = |at: Option<SimTime>| at.map_or("–".to_owned(), |at| at.to_string());
    match criterion {
        Criterion::Assigned => truth(it.assigned),
        Criterion::Phase => if it.phase == Phase::Running { "Running" } else { "Pending" }.to_owned(),
        Criterion::Ready => truth(it.ready),
        Criterion::DeletionCost => it.deletion_cost.to_string(),
        Criterion::Rank => it.rank.to_string(),
        Criterion::ReadyTime => time(it.ready_time),
        Criterion::Restarts => it.restarts.0.to_string(),
        Criterion::Created => time(it.created),
        Criterion::Uid => ["…", it.uid.uid().get(32..).unwrap_or_default()].concat(),
    }
}

fn rule(criterion: Criterion) -> Text<'static> {
    match criterion {
        Criterion::Assigned => Text::NodelessFirst,
        Criterion::Phase => Text::PendingFirst,
        Criterion::Ready => Text::UnreadyFirst,
        Criterion::DeletionCost => Text::CheapFirst,
        Criterion::Rank => Text::CrowdedFirst,
        Criterion::ReadyTime => Text::LateReadyFirst,
        Criterion::Restarts => Text::RestartedFirst,
        Criterion::Created => Text::YoungFirst,
        Criterion::Uid => Text::AnyFirst,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Options;
    use crate::session::msg::{Look, Msg};
    use crate::stories::groups;

    #[test]
    fn those_that_went_are_the_first_of_the_ranking() {
        let mut deletions = 0;
        for story in groups().flat_map(|group| group.stories()) {
            let Ok(timeline) = Timeline::new(story.inputs()) else { continue };
            if 200 < timeline.pods_ever() {
                continue;
            }
            for number in 1..=timeline.steps() {
                let step = timeline.step_at(number);
                let gone = step.facts.iter().filter_map(|fact| match fact {
                    Fact::Event(Event::SuccessfulDelete { pod, .. }) => Some(*pod),
                    _ => None,
                });
                let mut gone: Vec<PodId> = gone.collect();
                let Some(owner) = gone.first().map(|pod| timeline.owner(*pod)) else { continue };
                let ranked = ranking(timeline.inputs(), number - 1, owner, step.at).unwrap();
                let mut first: Vec<_> = ranked[..gone.len()].iter().map(|candidate| candidate.uid).collect();
                gone.sort();
                first.sort();
                assert_eq!(gone, first, "{} step {number}", story.name());
                deletions += 1;
            }
        }
        assert!(50 < deletions, "{deletions}");
    }

    fn told_at(story: &str, seconds: u64) -> Session {
        let mut session = Session::new(Options::default());
        session.update(Msg::OpenStory(story.to_owned()));
        session.update(Msg::Look(Look::Scrub(1000 * seconds)));
        session
    }

    fn looked_at(session: &mut Session, pod: u32) -> Inspector {
        session.update(Msg::SelectPod(Some(pod)));
        inspector(session, None).expect("the pod exists").0
    }

    #[test]
    fn a_life_is_told_with_its_times() {
        let mut session = told_at("min-ready", 16);
        let life = looked_at(&mut session, 0).life;
        let told: Vec<_> = life.iter().map(|(at, what, lasted)| format!("{at} {what} {lasted}")).collect();
        assert_eq!(
            told,
            [
                "0s created 0s",
                "0s gets node-1 2s",
                "2s container runs 3s",
                "5s readiness probe succeeds 10s",
                "15s available 1s"
            ]
        );
    }

    #[test]
    fn a_victim_is_compared_with_the_first_that_stayed() {
        let mut session = told_at("undo-while-stalled", 60);
        // The five pods of v2 that never became ready went all together.
        let turn = looked_at(&mut session, 10).turn.unwrap();
        assert_eq!((turn.other, turn.sentence.as_str()), (None, "All 5 pods had to go, so none was chosen."));
        // Two of ten old pods had gone before: all alike, so it is left to chance.
        let gone = (0..10).find(|pod| looked_at(&mut session, *pod).delete.is_none()).unwrap();
        let turn = looked_at(&mut session, gone).turn.unwrap();
        assert_eq!(turn.sentence, "2 of 10 pods had to go; this was number 1 in the order.");
        assert_eq!(turn.rows.last().unwrap()[0], "about the same age: chance, by UID");
    }

    #[test]
    fn an_unready_pod_goes_before_a_ready_one() {
        let mut session = told_at("scale-idle", 22);
        let turn = looked_at(&mut session, 5).turn.unwrap();
        assert!(turn.sentence.starts_with("If pods had to go now"), "{}", turn.sentence);
        let turn = looked_at(&mut session, 9).turn.unwrap();
        assert_eq!(turn.rows.last().unwrap()[1..], ["False", "True"]);
    }
}
