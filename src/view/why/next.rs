//! What has to happen for the next thing to happen.

use crate::i18n::around::Text;
use crate::session::Session;
use crate::session::playback::Playback;
use crate::sim::cluster::ReplicaSetId;
use crate::sim::deployment::sync::find_new_replica_set;
use crate::sim::out::{Actor, Step};
use crate::sim::spec::StrategyType;
use crate::sim::time::SimTime;
use crate::timeline::landmarks::Kind;
use crate::timeline::{SHOWN, Timeline};
use crate::view::budget_line::total;
use crate::view::names::image_of;

use super::Reader;

/// What has to happen for the next thing to happen.
pub fn next(session: &Session) -> String {
    let (timeline, lang) = (&session.timeline, session.lang);
    let deployment = timeline.cluster().deployment(SHOWN);
    let seconds = |at: SimTime| at.since(timeline.time()).millis().div_ceil(1000);
    let Some(step) = timeline.next_step() else { return lang.say(at_the_end(timeline)) };
    if session.playback == Playback::Step && step.at == timeline.step().at {
        return lang.say(Text::NextInInstant);
    }
    if let Some((at, count, id)) = next_available(timeline) {
        let (image, seconds) = (image_of(timeline.cluster(), id), seconds(at));
        let floor = deployment.budget.min_available;
        return lang.say(match deployment.spec.paused || old_replicas(timeline) == 0 {
            true => Text::NextAvailable { count, image, seconds },
            false => Text::NextMayGo { count, image, seconds, floor },
        });
    }
    let (count, seconds) = (total(session).terminating as usize, seconds(step.at));
    let waits_for_it = deployment.spec.strategy.kind == StrategyType::Recreate;
    lang.say(match step.actor {
        Actor::User => Text::NextCommand { seconds },
        _ if 0 < count && !waits_for_it => Text::NextGone { count, seconds },
        _ if deadline_passes(timeline, step.at) => Text::NextDeadline { seconds },
        _ => return lang.say(Text::NextStep { what: &what_it_is(session, &step), seconds }),
    })
}

/// What a step is about, as it will be explained.
fn what_it_is(session: &Session, step: &Step) -> String {
    let reader = Reader { lang: session.lang, cluster: session.timeline.last_cluster() };
    let reasons = reader.reasons(step, session.timeline.cluster());
    reasons.into_iter().next().map_or_else(|| reader.actor(step.actor), |reason| reason.heading)
}

/// Whether the progress deadline is found to have passed in the next instant.
fn deadline_passes(timeline: &Timeline, next: SimTime) -> bool {
    let deadline = timeline.landmarks().next(&[Kind::Deadline], timeline.step_number());
    deadline.is_some_and(|step| timeline.at(step) == next)
}

fn at_the_end(timeline: &Timeline) -> Text<'static> {
    let homeless = || timeline.homeless();
    if timeline.is_endless() {
        return Text::NextEndless;
    }
    let deployment = timeline.cluster().deployment(SHOWN);
    match deployment.spec.paused && deployment.deleted.is_none() {
        true => Text::NextResume,
        false => match homeless() {
            0 => Text::NextNothing,
            count => Text::NextForNode { count },
        },
    }
}

/// What the old ReplicaSets still ask for.
fn old_replicas(timeline: &Timeline) -> i32 {
    let cluster = timeline.cluster();
    let new_rs = find_new_replica_set(cluster, SHOWN);
    let sets = cluster.replica_sets_of(SHOWN);
    let old = sets.iter().filter(|id| Some(**id) != new_rs);
    old.map(|id| cluster.replica_set(*id).replicas).sum()
}

/// When the next pods become available, how many, and of which ReplicaSet: the samples of the run know,
/// and no pod has to be looked at. A ReplicaSet that does not exist yet is none to speak of, and what
/// comes after another command is not what is waited for.
fn next_available(timeline: &Timeline) -> Option<(SimTime, usize, ReplicaSetId)> {
    let (samples, now) = (timeline.series().samples(), timeline.time());
    let later = samples.partition_point(|sample| sample.at <= now);
    let sets = timeline.cluster().replica_sets.len();
    let mut commands = timeline.inputs().script.iter().map(|scripted| scripted.at);
    let until = commands.find(|at| now < *at).unwrap_or(SimTime::MAX);
    let ahead = samples[later.checked_sub(1)?..].windows(2);
    ahead.take_while(|pair| pair[1].at <= until).find_map(|pair| {
        let before = |set: usize| pair[0].sets.get(set).map_or(0, |tally| tally.available);
        let rises =
            (0..sets).map(|set| pair[1].sets.get(set).map_or(0, |tally| tally.available) - before(set));
        let (set, count) = rises.enumerate().find(|(_, rise)| 0 < *rise)?;
        Some((pair[1].at, count as usize, ReplicaSetId(set as u32)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Options;
    use crate::session::msg::Msg;

    #[test]
    fn what_comes_next_is_named() {
        #[track_caller]
        fn check(link: &str, expect: &str) {
            let mut session = Session::new(Options::default());
            session.update(Msg::OpenLink(link.to_owned()));
            assert_eq!(next(&session), expect, "{link}");
        }

        check(
            "at=12",
            "Next: 5 pods of v2 become available (in 3 s). Then old pods may go, as long as 8 stay available.",
        );
        check("at=5", "Next: a command (in 5 s).");
        check(
            "web:v2.cannotPull&at=100",
            "Next: the progress deadline passes (in 511 s). That only reports.",
        );
        check("web:v2.crashAfter=3&at=60", "Next, in 31 s: The containers of 5 pods run.");
        check("at=1000", "Nothing is left to do. Roll out another version, or undo.");
    }
}
