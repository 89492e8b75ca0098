//! Chance without state.

/// Chance without state: the same question always has the same answer, so one more pod, or one
/// more command, never changes the luck of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dice {
    /// Two runs with the same seed have the same luck.
    pub seed: u64,
}

/// The letters Kubernetes makes generated names of: no vowels and no digits that look like
/// letters, so that no words come out.
/// `apimachinery/pkg/util/rand/rand.go alphanums`.
pub const ALPHANUMS: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

impl Dice {
    /// The five random characters at the end of the name of the pod numbered `pod`.
    ///
    /// `apiserver/pkg/storage/names/generate.go GenerateName`.
    pub fn name_suffix(self, pod: u32) -> String {
        let mut number = self.roll(pod, 0);
        let mut suffix = String::with_capacity(5);
        for _ in 0..5 {
            suffix.push(char::from(ALPHANUMS[(number % 27) as usize]));
            number /= 27;
        }
        suffix
    }

    /// Any number of 64 bits, for the question numbered `what` about the pod numbered `pod`.
    #[inline(always)]
    pub fn roll(self, pod: u32, what: u32) -> u64 {
        mix(self.seed ^ mix(u64::from(pod) | u64::from(what) << 32))
    }
}

/// The finalizer of splitmix64: every bit of the answer depends on every bit of the question.
#[inline(always)]
fn mix(question: u64) -> u64 {
    let mut z = question.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_question_has_the_same_answer() {
        let dice = Dice { seed: 7 };
        assert_eq!(dice.name_suffix(17), dice.name_suffix(17));
        assert_ne!(dice.name_suffix(17), dice.name_suffix(18));
        assert_ne!(dice.name_suffix(17), Dice { seed: 8 }.name_suffix(17));
    }
}
