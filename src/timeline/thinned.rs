//! A list that never grows beyond a bound.

/// At most `CAP` items, evenly spread over everything offered so far.
///
/// When it is full, every other item goes and from then on only half as many are taken.
#[derive(Clone, Debug)]
pub struct Thinned<T> {
    stride: usize,
    /// `kept[i]` was offered at index `i * stride`.
    kept: Vec<T>,
}

/// Even, so that halving leaves the next index due.
const CAP: usize = 64;

impl<T> Thinned<T> {
    /// A list that holds the item of index 0.
    pub fn new(first: T) -> Self {
        Self { stride: 1, kept: vec![first] }
    }

    /// Takes an item if `index` is due. Offering an index again does nothing.
    pub fn offer(&mut self, index: usize, make: impl FnOnce() -> T) {
        if index != self.kept.len() * self.stride {
            return;
        }
        if self.kept.len() == CAP {
            let mut keep = false;
            self.kept.retain(|_| {
                keep = !keep;
                keep
            });
            self.stride *= 2;
        }
        self.kept.push(make());
    }

    /// The last item at or before `index`.
    pub fn nearest(&self, index: usize) -> &T {
        let last = self.kept.len().checked_sub(1).expect("index 0 is always kept");
        &self.kept[(index / self.stride).min(last)]
    }

    /// Forgets everything after `index`.
    pub fn truncate(&mut self, index: usize) {
        self.kept.truncate(index / self.stride + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(count: usize) -> Thinned<usize> {
        let mut thinned = Thinned::new(0);
        (1..count).for_each(|index| thinned.offer(index, || index));
        thinned
    }

    #[test]
    fn nearest_is_never_later_and_never_far() {
        for count in [1, 2, 63, 64, 65, 128, 1000, 100_000] {
            let thinned = offered(count);
            assert!(thinned.kept.len() <= CAP);
            for index in [0, 1, count / 3, count / 2, count - 1] {
                let found = *thinned.nearest(index);
                assert!(found <= index && index - found <= count.div_ceil(CAP / 2), "{index} of {count}");
            }
        }
    }

    #[test]
    fn after_a_cut_offering_goes_on_where_it_was_cut() {
        let mut thinned = offered(1000);
        thinned.truncate(500);
        (501..1000).for_each(|index| thinned.offer(index, || index + 1_000_000));
        assert!(*thinned.nearest(480) <= 480);
        assert!(1_000_000 < *thinned.nearest(999));
    }
}
