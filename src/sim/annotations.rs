//! Annotations of Deployments and ReplicaSets.

use std::borrow::Cow;

use super::deployment::revisions::{DESIRED_REPLICAS, MAX_REPLICAS, REVISION};
use super::labels::Labels;

/// Annotations. The Deployment controller keeps numbers in some of them, and asks for these at every sync: they
/// become text only for who reads them as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotations {
    /// By [`Number`]; those that are written as the controller writes them.
    numbers: [Option<i64>; KEYS.len()],
    /// All others.
    texts: Labels,
}

/// What the Deployment controller keeps in annotations.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// [`REVISION`].
    Revision,
    /// [`DESIRED_REPLICAS`].
    DesiredReplicas,
    /// [`MAX_REPLICAS`].
    MaxReplicas,
}

use Number::{DesiredReplicas, MaxReplicas, Revision};

const NUMBERS: [Number; KEYS.len()] = [Revision, DesiredReplicas, MaxReplicas];
const KEYS: [&str; 3] = [REVISION, DESIRED_REPLICAS, MAX_REPLICAS];

impl Annotations {
    /// One of the controller's numbers, if it is there and is a number.
    pub fn number(&self, which: Number) -> Option<i64> {
        let number = self.numbers[which as usize];
        number.or_else(|| which.read(self.texts.get(KEYS[which as usize])?))
    }

    /// Writes one of the controller's numbers; says whether that changes anything.
    pub fn set_number(&mut self, which: Number, number: i64) -> bool {
        let changes = self.numbers[which as usize] != Some(number);
        if changes {
            self.numbers[which as usize] = Some(number);
            self.texts.remove(KEYS[which as usize]);
        }
        changes
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<Cow<'_, str>> {
        let number = NUMBERS.into_iter().find(|which| KEYS[*which as usize] == key);
        match number.and_then(|which| self.numbers[which as usize]) {
            Some(number) => Some(number.to_string().into()),
            None => self.texts.get(key).map(|text| text.as_str().into()),
        }
    }

    /// Sets the value of a key, or takes it away.
    pub fn set(&mut self, key: &str, mut value: Option<String>) {
        if let Some(which) = NUMBERS.into_iter().find(|which| KEYS[*which as usize] == key) {
            let read = value.as_ref().and_then(|text| which.read(text));
            let number = read.filter(|number| value.as_ref() == Some(&number.to_string()));
            self.numbers[which as usize] = number;
            value = value.filter(|_| number.is_none());
        }
        match value {
            Some(value) => self.texts.insert(key.to_owned(), value),
            None => self.texts.remove(key),
        };
    }

    /// All but what the controller has written as numbers.
    pub fn texts(&self) -> &Labels {
        &self.texts
    }

    /// All of them as text.
    pub fn to_labels(&self) -> Labels {
        let mut all = self.texts.clone();
        let numbers = KEYS.iter().zip(self.numbers);
        all.extend(numbers.filter_map(|(key, number)| Some(((*key).to_owned(), number?.to_string()))));
        all
    }
}

impl From<Labels> for Annotations {
    fn from(labels: Labels) -> Self {
        let mut all = Self::default();
        labels.iter().for_each(|(key, value)| all.set(key, Some(value.clone())));
        all
    }
}

impl Number {
    /// What is no number is as if it were not there.
    fn read(self, text: &str) -> Option<i64> {
        match self {
            Revision => text.parse().ok(),
            DesiredReplicas | MaxReplicas => non_negative(text),
        }
    }
}

/// `getNonNegativeInt32FromAnnotation`: only digits, and no more than fit; else it is as if there were
/// no annotation.
fn non_negative(value: &str) -> Option<i64> {
    let number: i32 = value.parse().ok()?;
    value.bytes().all(|byte| byte.is_ascii_digit()).then_some(number.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_read_however_it_is_written() {
        #[track_caller]
        fn check(key: &str, value: &str, number: Option<i64>) {
            let labels = Labels::from([(key.to_owned(), value.to_owned())]);
            let mut annotations = Annotations::from(labels.clone());
            assert_eq!((annotations.get(key).as_deref(), annotations.to_labels()), (Some(value), labels));
            let which = NUMBERS[KEYS.iter().position(|other| *other == key).expect("it is a number's")];
            assert_eq!(annotations.number(which), number);

            let written = annotations.set_number(which, 7);
            assert_eq!(written, value != "7");
            assert_eq!(annotations, Annotations::from(Labels::from([(key.to_owned(), "7".to_owned())])));
            annotations.set(key, None);
            assert_eq!(annotations, Annotations::default());
        }

        check(REVISION, "7", Some(7));
        check(REVISION, "07", Some(7));
        check(REVISION, "-7", Some(-7));
        check(REVISION, "seven", None);
        check(MAX_REPLICAS, "13", Some(13));
        check(MAX_REPLICAS, "+13", None);
        check(MAX_REPLICAS, "4294967296", None);
        check(DESIRED_REPLICAS, "010", Some(10));
    }
}
