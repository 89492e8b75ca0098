//! One sort for everything that is sorted.
//!
//! The standard library's sort is some kilobytes of the page, and is made anew for every type. Here
//! indexes are sorted, by one small function.

use std::cmp::Ordering;

use super::pod::PodId;

/// The items in ascending order of their keys; equal ones stay as they are.
pub fn sorted_by_key<T: Clone, K: Ord>(items: &[T], key: impl Fn(&T) -> K) -> Vec<T> {
    sorted_by(items, |a, b| key(a).cmp(&key(b)))
}

/// The items in ascending order; equal ones stay as they are.
pub fn sorted_by<T: Clone>(items: &[T], compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let order = order(items.len(), &|a, b| compare(&items[a], &items[b]));
    order.into_iter().map(|index| items[index].clone()).collect()
}

/// Merge sort, from the bottom up: pairs of sorted runs are merged until there is only one run.
fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..count).collect();
    let mut length = 1;
    while length < count {
        let mut merged = Vec::with_capacity(count);
        for pair in sorted.chunks(2 * length) {
            let (mut left, mut right) = pair.split_at(length.min(pair.len()));
            while let [first, others @ ..] = left {
                match right {
                    [second, rest @ ..] if compare(*second, *first).is_lt() => {
                        merged.push(*second);
                        right = rest;
                    }
                    _ => {
                        merged.push(*first);
                        left = others;
                    }
                }
            }
            merged.extend_from_slice(right);
        }
        sorted = merged;
        length *= 2;
    }
    sorted
}

/// Sorts pods by number, in a round for every ten bits: there may be very many. `room` is a list with room for as
/// many behind its end, which stays as it is.
pub fn sort_numbers(numbers: &mut [PodId], room: &mut Vec<PodId>) {
    const BITS: usize = 10;
    let most = numbers.iter().fold(0, |most, number| most | number.0);
    let end = room.len();
    room.extend_from_slice(numbers);
    let sorted = &mut room[end..];
    for shift in (0..u32::BITS - most.leading_zeros()).step_by(BITS) {
        let digit = |number: &PodId| (number.0 >> shift) as usize & ((1 << BITS) - 1);
        let mut places = [0_u32; 1 << BITS];
        sorted.iter().for_each(|number| places[digit(number)] += 1);
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        for number in &*sorted {
            let place = &mut places[digit(number)];
            numbers[*place as usize] = *number;
            *place += 1;
        }
        sorted.copy_from_slice(numbers);
    }
    room.truncate(end);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_items_is_sorted() {
        for count in [0, 1, 2, 3, 7, 8, 9, 1000_usize] {
            let items: Vec<usize> = (0..count).map(|index| index * 7919 % 1009).collect();
            let mut expect = items.clone();
            expect.sort();
            assert_eq!(sorted_by_key(&items, |item| *item), expect);
        }
    }

    #[test]
    fn any_number_of_numbers_is_sorted() {
        for count in [0, 1, 2, 255, 256, 1000, 70_000_u32] {
            let mut numbers: Vec<_> = (0..count).map(|n| PodId(n.wrapping_mul(2_654_435_761))).collect();
            let mut expect = numbers.clone();
            expect.sort();
            let mut room = vec![PodId(7)];
            sort_numbers(&mut numbers, &mut room);
            assert_eq!((numbers, room), (expect, vec![PodId(7)]));
        }
    }

    #[test]
    fn equal_items_stay_as_they_are() {
        let items = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        assert_eq!(sorted_by_key(&items, |item| item.0), [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
