//! Labels and annotations.

use std::ops::Index;
use std::rc::Rc;

/// Labels or annotations, sorted by key as Go prints maps. A few at a time, so a sorted list is all it
/// takes. Copies share it until one of them changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(Option<Rc<Vec<(String, String)>>>);

impl Labels {
    /// No labels.
    pub const fn new() -> Self {
        Self(None)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&String> {
        // Keys are few, and most have lengths of their own: to be told apart they need not be compared.
        self.pairs().iter().find(|(other, _)| other == key).map(|(_, value)| value)
    }

    /// Sets the value of a key; the former one comes back.
    pub fn insert(&mut self, key: String, value: String) -> Option<String> {
        let pairs = Rc::make_mut(self.0.get_or_insert_default());
        match pairs.binary_search_by(|(other, _)| other.cmp(&key)) {
            Ok(found) => Some(std::mem::replace(&mut pairs[found].1, value)),
            Err(place) => {
                pairs.insert(place, (key, value));
                None
            }
        }
    }

    /// Takes a key away; its value comes back.
    pub fn remove(&mut self, key: &str) -> Option<String> {
        let found = self.pairs().iter().position(|(other, _)| other == key)?;
        let (_, value) = Rc::make_mut(self.0.as_mut()?).remove(found);
        // None are equal to none.
        self.0 = self.0.take().filter(|pairs| !pairs.is_empty());
        Some(value)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pairs().is_empty()
    }

    /// All of them, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &String)> {
        self.pairs().iter().map(|(key, value)| (key, value))
    }

    fn pairs(&self) -> &[(String, String)] {
        self.0.as_ref().map_or(&[], |pairs| pairs)
    }
}

impl Extend<(String, String)> for Labels {
    fn extend<I: IntoIterator<Item = (String, String)>>(&mut self, labels: I) {
        for (key, value) in labels {
            self.insert(key, value);
        }
    }
}

impl FromIterator<(String, String)> for Labels {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(labels: I) -> Self {
        let mut all = Self::new();
        all.extend(labels);
        all
    }
}

impl<const N: usize> From<[(String, String); N]> for Labels {
    fn from(labels: [(String, String); N]) -> Self {
        labels.into_iter().collect()
    }
}

/// The value of a key that is known to be there.
impl Index<&str> for Labels {
    type Output = String;

    fn index(&self, key: &str) -> &String {
        self.get(key).expect("the key is there")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_each_is_there_once() {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        let mut labels = Labels::from([pair("b", "1"), pair("a", "2"), pair("b", "3")]);
        assert_eq!(labels.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((labels["b"].as_str(), labels.get("c")), ("3", None));
        assert_eq!(labels.insert("b".to_owned(), "4".to_owned()), Some("3".to_owned()));
        assert_eq!((labels.remove("b"), labels.remove("b")), (Some("4".to_owned()), None));
    }
}
