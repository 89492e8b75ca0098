//! Whole numbers in as few bytes as they need.

/// A number of which most are small, on either side of zero: seven bits to a byte, lowest first.
pub fn write(bytes: &mut Vec<u8>, number: i64) {
    let mut rest = ((number << 1) ^ (number >> 63)) as u64;
    while 0x7f < rest {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// Writes the differences of numbers of which each is close to the one before it, the first to `last`.
pub fn write_differences(bytes: &mut Vec<u8>, mut last: u32, numbers: impl Iterator<Item = u32>) {
    const LONGEST: usize = 5;
    let (mut room, mut place) = ([0; 64 * LONGEST], 0);
    for number in numbers {
        if room.len() < place + LONGEST {
            bytes.extend_from_slice(&room[..place]);
            place = 0;
        }
        let difference = i64::from(number) - i64::from(last);
        last = number;
        let mut rest = ((difference << 1) ^ (difference >> 63)) as u64;
        while 0x7f < rest {
            room[place] = rest as u8 | 0x80;
            place += 1;
            rest >>= 7;
        }
        room[place] = rest as u8;
        place += 1;
    }
    bytes.extend_from_slice(&room[..place]);
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
    fn differences_are_written_as_numbers_are() {
        let numbers = [0, 1, 150_000, 149_999, u32::MAX, 0];
        let (mut together, mut apart, mut last) = (Vec::new(), Vec::new(), 7);
        write_differences(&mut together, last, numbers.into_iter());
        for number in numbers {
            write(&mut apart, i64::from(number) - i64::from(last));
            last = number;
        }
        assert_eq!(together, apart);
    }
}
