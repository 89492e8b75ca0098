//! Whole numbers in as few bytes as they need.

use crate::sim::pod::PodId;

/// A number of which most are small, on either side of zero: seven bits to a byte, lowest first.
pub fn write(bytes: &mut Vec<u8>, number: i64) {
    let mut rest = ((number << 1) ^ (number >> 63)) as u64;
    while 0x7f < rest {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// So many differences are as wide as the widest of them.
const SOME: usize = 32;

/// Writes the differences of numbers to the ones before them, of the first to `last`. For some of them at a
/// time it is said how many bits each has: to find that out first is quicker than to ask for each.
pub fn write_differences(bytes: &mut Vec<u8>, mut last: u32, pods: &[PodId]) {
    const WORD: usize = size_of::<u32>();
    for some in pods.chunks(SOME) {
        let (mut folded, mut all) = ([0_u32; SOME], 1);
        for (folded, pod) in folded.iter_mut().zip(some) {
            let difference = pod.0.wrapping_sub(last) as i32;
            last = pod.0;
            *folded = (difference << 1 ^ difference >> 31) as u32;
            all |= *folded;
        }
        let width = u32::BITS - all.leading_zeros();
        let mut room = [0; 1 + WORD * (SOME + 1)];
        room[0] = width as u8;
        let (mut place, mut bits, mut count) = (1, 0_u64, 0);
        for folded in &folded[..some.len()] {
            bits |= u64::from(*folded) << count;
            count += width;
            if u32::BITS <= count {
                room[place..place + WORD].copy_from_slice(&(bits as u32).to_le_bytes());
                place += WORD;
                bits >>= u32::BITS;
                count -= u32::BITS;
            }
        }
        room[place..place + WORD].copy_from_slice(&(bits as u32).to_le_bytes());
        bytes.extend_from_slice(&room[..1 + length(width, some.len())]);
    }
}

/// The bytes of so many numbers of so many bits.
fn length(width: u32, count: usize) -> usize {
    (width as usize * count).div_ceil(8)
}

/// Reads so many numbers that [`write_differences`] wrote at `place`, and moves on.
pub fn read_differences(
    bytes: &[u8],
    place: &mut usize,
    mut last: u32,
    mut more: usize,
    see: &mut dyn FnMut(u32),
) {
    while 0 < more {
        let some = more.min(SOME);
        let width = u32::from(bytes[*place]);
        let length = length(width, some);
        let mut rest = bytes[*place + 1..][..length].iter();
        let (mut bits, mut count) = (0_u64, 0);
        for _ in 0..some {
            while count < width {
                bits |= u64::from(rest.next().copied().unwrap_or_default()) << count;
                count += 8;
            }
            let folded = bits as u32 & u32::MAX >> (u32::BITS - width);
            (bits, count) = (bits >> width, count - width);
            last = last.wrapping_add(folded >> 1 ^ (folded & 1).wrapping_neg());
            see(last);
        }
        *place += 1 + length;
        more -= some;
    }
}

/// Reads what [`write`] wrote at `place`, and moves on.
pub fn read(bytes: &[u8], place: &mut usize) -> i64 {
    let (mut rest, mut shift) = (0_u64, 0);
    loop {
        let byte = bytes[*place];
        *place += 1;
        rest |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            return (rest >> 1) as i64 ^ -((rest & 1) as i64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_back() {
        let numbers = [0, 1, -1, 63, 64, -64, -65, 150_000, i64::from(i32::MIN), i64::MAX, i64::MIN];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|number| write(&mut bytes, *number));
        let mut place = 0;
        assert_eq!(numbers.map(|_| read(&bytes, &mut place)), numbers);
        assert_eq!(place, bytes.len());
    }

    #[test]
    fn every_difference_comes_back() {
        let far = [7, 8, 150_000, 149_999, u32::MAX, 0, 1 << 31, 65_536, 65_536];
        let near = (0..300).map(|number| 1_000 + number * 7 % 60);
        let pods: Vec<_> = far.into_iter().chain(near).map(PodId).collect();
        let mut bytes = Vec::new();
        write_differences(&mut bytes, 7, &pods);
        let (mut place, mut back) = (0, Vec::new());
        read_differences(&bytes, &mut place, 7, pods.len(), &mut |pod| back.push(PodId(pod)));
        assert_eq!(back, pods);
        assert_eq!(place, bytes.len());
    }
}
