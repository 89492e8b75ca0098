//! What stands beside and below the picture, but for the settings: the moment in numbers, why it is so, what it waits
//! for, and what has happened.

use std::rc::Rc;

use crate::i18n::Lang;
use crate::session::Session;

use super::events::{self, EventList, Events};
use super::shared::Shared;
use super::stage::{self, Condition, SetCard};
use super::stall::trials::Trials;
use super::stall::{self, Stall};
use super::why::{self, Why};
use super::{Frame, rich, same_or_new};

/// The panels.
pub struct Panels {
    /// The ReplicaSets.
    pub sets: Vec<SetCard>,
    /// The conditions of the Deployment.
    pub conditions: Vec<Condition>,
    /// The Deployment's name.
    pub name: String,
    /// What `kubectl get deployment` prints.
    pub kubectl_get: String,
    /// Why.
    pub why: Shared<Why>,
    /// What holds up the rollout.
    pub stall: Option<Shared<Stall>>,
    /// What has happened.
    pub events: Shared<Events>,
    /// The same, with what stands out in them.
    pub event_list: Shared<EventList>,
    /// What a screen reader says; nothing while time runs.
    pub live: String,
    made_for: MadeFor,
    /// What took a while to find out.
    tried: Option<Rc<Trials>>,
}

/// What the shared parts were made for: as long as it is the same, they are.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MadeFor {
    run: u32,
    lang: Lang,
    step: usize,
    explained: usize,
    /// What is said about what comes next; it counts down the seconds.
    next: String,
    all_events: bool,
    playing: bool,
}

/// The panels beside a frame, taken over from the last ones where nothing changed.
pub fn panels(session: &Session, frame: &Frame, last: Option<&Panels>) -> Panels {
    let timeline = &session.timeline;
    let is_same_run = |last: &&Panels| (last.made_for.run, last.made_for.lang) == (session.run, session.lang);
    let words = last.filter(|last| session.words_can_wait() && is_same_run(last));
    let (step, explained, next) = match words {
        Some(Panels { made_for: made, .. }) => (made.step, made.explained, made.next.clone()),
        None => (timeline.step_number(), session.explained_step(), why::next(session)),
    };
    let made_for = MadeFor {
        run: session.run,
        lang: session.lang,
        step,
        explained,
        next,
        all_events: session.all_events,
        playing: session.is_playing(),
    };
    let same = last.filter(|last| last.made_for == made_for);
    let events = same.map_or_else(|| Shared::new(events::events(session)), |last| last.events.clone());
    let why = same.map_or_else(|| Shared::new(why::why(session)), |last| last.why.clone());
    let last_stall = last.and_then(|last| last.stall.as_ref());
    let (stall, tried) = match words {
        Some(last) => (last.stall.clone(), last.tried.clone()),
        None => {
            let (stall, tried) = stall::stall(session, last.and_then(|last| last.tried.as_ref())).unzip();
            (stall.map(|stall| same_or_new(stall, last_stall)), tried.flatten())
        }
    };
    Panels {
        sets: words.map_or_else(|| stage::sets(session), |last| last.sets.clone()),
        conditions: words.map_or_else(|| stage::conditions(session), |last| last.conditions.clone()),
        name: timeline.inputs().scenario.deployments[0].0.clone(),
        kubectl_get: words.map_or_else(|| stage::kubectl_get(session), |last| last.kubectl_get.clone()),
        live: live(session, &why, frame),
        why,
        stall,
        event_list: event_list(&events, session, last),
        events,
        made_for,
        tried,
    }
}

impl Panels {
    /// Another pod is pointed at: nothing else has changed.
    pub fn point(&mut self, session: &Session) {
        self.event_list = event_list(&self.events, session, Some(self));
    }
}

fn event_list(events: &Shared<Events>, session: &Session, last: Option<&Panels>) -> Shared<EventList> {
    let pod = session.hovered.or(session.selected).map(|pod| pod.0);
    let list = EventList::new(events, pod);
    match last.map(|last| &last.event_list).filter(|last| ***last == list) {
        Some(last) => last.clone(),
        None => Shared::new(list),
    }
}

/// While time runs nothing is said; when it stops, what there is to see.
fn live(session: &Session, why: &Why, frame: &Frame) -> String {
    if session.is_playing() {
        return String::new();
    }
    let lang = session.lang;
    lang.sentences(&[why.sentences(lang), rich::plain(&frame.sentence)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Options;
    use crate::session::msg::{Look, Msg};
    use crate::view::frame;

    #[test]
    fn what_a_screen_reader_says_has_the_signs_of_its_language() {
        let live = |lang| {
            let mut session = Session::new(Options { lang, ..Options::default() });
            session.update(Msg::Look(Look::PreviousMark));
            panels(&session, &frame(&session, None), None).live
        };
        assert_eq!(
            live(Lang::En),
            "Scale v2 up, as far as the ceiling allows: web-77bb89678 3 → 5. \
             Rolling out revision 2: 3 of 10 updated, 8 available."
        );
        assert_eq!(
            live(Lang::ZhHans),
            "在上限之内扩容 v2：web-77bb89678 3 → 5。正在上线修订版本 2：已更新 3/10，可用 8。"
        );
    }
}
