//! What commands leave at the API server that is nothing to the simulator.

use crate::kubectl::api::Pair;
use crate::sim::time::SimTime;

/// What was left so far, and later where the moment lies in the past.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    /// The namespaces that were created.
    pub namespaces: Vec<String>,
    /// The one that was chosen for commands that name none.
    pub namespace: Option<String>,
    /// What was applied: when, to the Deployment of which name, and the JSON.
    applied: Vec<(SimTime, String, String)>,
    /// By type and name of an object, in order: which labels were given or taken away, and when. All pods may have
    /// some.
    labelled: Vec<(String, Given)>,
}

/// What an object was given, and when.
type Given = Vec<(SimTime, Vec<Pair>)>;

impl Memory {
    /// What was applied last to a Deployment by a moment.
    pub fn applied(&self, name: &str, now: SimTime) -> Option<&String> {
        let last = self.applied.iter().rfind(|(at, other, _)| *at <= now && other == name);
        last.map(|(_, _, json)| json).filter(|json| !json.is_empty())
    }

    /// It was applied.
    pub fn note_applied(&mut self, name: &str, now: SimTime, json: String) {
        self.applied.push((now, name.to_owned(), json));
    }

    /// The labels that an object was given, or that were taken from it, by a moment.
    pub fn labelled(&self, kind: &str, name: &str, now: SimTime) -> Vec<Pair> {
        let Ok(place) = self.place(&key(kind, name)) else { return Vec::new() };
        let until_now = self.labelled[place].1.iter().rev().filter(|(at, _)| *at <= now);
        let mut of_this_one: Vec<_> =
            until_now.map(|(_, pairs)| pairs).take_while(|pairs| !pairs.is_empty()).collect();
        of_this_one.reverse();
        of_this_one.into_iter().flatten().cloned().collect()
    }

    /// They were given or taken away; with none, it was deleted.
    pub fn note_labels(&mut self, kind: &str, name: &str, now: SimTime, pairs: &[Pair]) {
        let key = key(kind, name);
        let place = match self.place(&key) {
            Ok(place) => place,
            Err(_) if pairs.is_empty() => return,
            Err(place) => {
                self.labelled.insert(place, (key, Vec::new()));
                place
            }
        };
        let given = &mut self.labelled[place].1;
        given.retain(|(at, _)| *at <= now);
        given.push((now, pairs.to_vec()));
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.labelled.binary_search_by(|(other, _)| (**other).cmp(key))
    }

    /// From a moment on there is another future.
    pub fn forget_after(&mut self, now: SimTime) {
        self.applied.retain(|(at, ..)| *at <= now);
        self.labelled.iter_mut().for_each(|(_, given)| given.retain(|(at, _)| *at <= now));
    }

    /// Another run begins, in which a Deployment has what was applied to it.
    pub fn begin_again(&mut self, name: &str) {
        self.labelled.clear();
        self.applied.retain(|(_, other, _)| other == name);
        self.applied.iter_mut().for_each(|(at, ..)| *at = SimTime::ZERO);
    }
}

fn key(kind: &str, name: &str) -> String {
    format!("{kind}/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_is_known_from_then_on_until_there_is_another_future() {
        let at = SimTime::from_secs;
        let pair = |value: &str| [("tier".to_owned(), Some(value.to_owned()))];
        let mut memory = Memory::default();
        memory.note_labels("Pod", "b", at(5), &pair("x"));
        memory.note_labels("Pod", "a", at(9), &pair("y"));
        memory.note_labels("Pod", "b", at(9), &pair("z"));
        assert_eq!(memory.labelled("Pod", "b", at(4)), []);
        assert_eq!(memory.labelled("Pod", "b", at(9)), [pair("x"), pair("z")].concat());
        assert_eq!(memory.labelled("Node", "b", at(9)), []);
        memory.note_labels("Pod", "b", at(9), &[]);
        assert_eq!(memory.labelled("Pod", "b", at(9)), []);
        memory.note_applied("web", at(9), "{}".to_owned());
        memory.forget_after(at(8));
        assert_eq!(memory.labelled("Pod", "b", at(9)), pair("x"));
        assert_eq!(memory.labelled("Pod", "a", at(9)), []);
        assert_eq!(memory.applied("web", at(9)), None);
    }
}
