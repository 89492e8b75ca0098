//! One sort for everything that is sorted.
//!
//! The standard library makes a sort anew for every type, and each is some kilobytes of the page.
//! Here indexes are sorted, by one function.

use std::cmp::Ordering;

/// The items in ascending order of their keys; equal ones stay as they are.
pub fn sorted_by_key<T: Clone, K: Ord>(items: &[T], key: impl Fn(&T) -> K) -> Vec<T> {
    sorted_by(items, |a, b| key(a).cmp(&key(b)))
}

/// The items in ascending order; equal ones stay as they are.
pub fn sorted_by<T: Clone>(items: &[T], compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let order = order(items.len(), &|a, b| compare(&items[a], &items[b]));
    order.into_iter().map(|index| items[index].clone()).collect()
}

fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut indexes: Vec<usize> = (0..count).collect();
    indexes.sort_by(|a, b| compare(*a, *b));
    indexes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_stay_as_they_are() {
        let items = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        assert_eq!(sorted_by_key(&items, |item| item.0), [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
