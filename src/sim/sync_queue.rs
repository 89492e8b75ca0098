//! Who is waiting to be synced now.

/// Keys that wait to be synced: first in, first out, and each at most once, as in a workqueue. They are few.
#[derive(Clone, Debug, PartialEq)]
pub struct SyncQueue<K>(Vec<K>);

impl<K: Copy + PartialEq> SyncQueue<K> {
    /// Asks for a sync; asking again before it happens does nothing.
    pub fn add(&mut self, key: K) {
        if !self.0.contains(&key) {
            self.0.push(key);
        }
    }

    /// Who has waited longest.
    pub fn pop(&mut self) -> Option<K> {
        let some = !self.0.is_empty();
        some.then(|| self.0.remove(0))
    }

    /// Who waits, longest first.
    pub fn iter(&self) -> impl Iterator<Item = &K> {
        self.0.iter()
    }

    /// Whether nobody waits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K> Default for SyncQueue<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}
