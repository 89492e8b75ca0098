//! Flags: `github.com/spf13/pflag`.

use crate::sim::time::SimDuration;

/// What a command accepts: words like `watch/w!`, a name, perhaps a letter, and what follows: `!` a
/// truth, `=` a text, `#` a number, `~` a duration, `?x` a text that stands for `x` where it is absent.
pub type Accepted = &'static [&'static str];

/// Accepted by every command; most of them say how to find a cluster, and there is but one.
pub const GLOBAL: &str = "namespace/n= help/h! as= as-group= as-uid= cache-dir= certificate-authority= \
     client-certificate= client-key= cluster= context= disable-compression! insecure-skip-tls-verify! \
     kubeconfig= kuberc= log-flush-frequency~ match-server-version! password= profile= profile-output= \
     request-timeout= server/s= tls-server-name= token= user= username= v/v# vmodule= warnings-as-errors!";

/// The flags that were given, and the other words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flags {
    given: Vec<(&'static str, String)>,
    /// Words that are no flags.
    pub args: Vec<String>,
}

/// One flag that is accepted.
#[derive(Clone, Copy)]
pub struct Flag {
    /// Its name.
    pub name: &'static str,
    letter: &'static str,
    /// Its kind, and what stands for an absent value.
    kind: char,
    absent: &'static str,
}

/// All flags of these lists, and those that every command accepts.
pub fn accepted(lists: Accepted) -> impl Iterator<Item = Flag> {
    let words =
        lists.iter().chain(&[GLOBAL]).flat_map(|list| list.split(' ')).filter(|word| !word.is_empty());
    words.map(|word| {
        let end = word.find(['!', '=', '#', '~', '?']).unwrap_or(word.len() - 1);
        let (name, letter) = word[..end].split_once('/').unwrap_or((&word[..end], ""));
        let kind = word[end..].chars().next().unwrap_or('=');
        let absent = if kind == '!' { "true" } else { &word[end + 1..] };
        Flag { name, letter, kind, absent }
    })
}

impl Flag {
    /// Whether it stands with a value.
    pub fn takes_value(&self) -> bool {
        self.absent.is_empty()
    }

    /// Checks what was given for it.
    fn check(&self, value: &str) -> Result<(), String> {
        let problem = match self.kind {
            '!' if boolean(value).is_none() => {
                format!("strconv.ParseBool: parsing {value:?}: invalid syntax")
            }
            '#' => match integer(value) {
                Ok(_) => return Ok(()),
                Err(problem) => format!("strconv.ParseInt: parsing {value:?}: {problem}"),
            },
            '~' if duration(value).is_none() => no_duration(value),
            _ => return Ok(()),
        };
        let letter = if self.letter.is_empty() { String::new() } else { format!("-{}, ", self.letter) };
        Err(format!("invalid argument {value:?} for \"{letter}--{}\" flag: {problem}", self.name))
    }
}

impl Flags {
    /// Reads the words after a command. `flag.go FlagSet.parseArgs`.
    pub fn parse(lists: Accepted, words: &[String]) -> Result<Self, String> {
        let mut flags = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.strip_prefix('-') {
                None | Some("") => flags.args.push(word.clone()),
                Some("-") => {
                    flags.args.extend(words.cloned());
                    break;
                }
                Some(rest) => match rest.strip_prefix('-') {
                    Some(long) => flags.long(lists, word, long, &mut words)?,
                    None => flags.letters(lists, rest, &mut words)?,
                },
            }
        }
        Ok(flags)
    }

    fn long<'a>(
        &mut self,
        lists: Accepted,
        word: &str,
        long: &str,
        words: &mut impl Iterator<Item = &'a String>,
    ) -> Result<(), String> {
        let (name, value) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (long, None),
        };
        if name.is_empty() || name.starts_with('-') {
            return Err(format!("bad flag syntax: {word}"));
        }
        let found = accepted(lists).find(|flag| flag.name == name);
        let flag = found.ok_or_else(|| format!("unknown flag: --{name}"))?;
        let value = match value {
            Some(value) => value.to_owned(),
            None if !flag.absent.is_empty() => flag.absent.to_owned(),
            None => words.next().ok_or_else(|| format!("flag needs an argument: --{name}"))?.clone(),
        };
        self.take(flag, value)
    }

    fn letters<'a>(
        &mut self,
        lists: Accepted,
        mut letters: &str,
        words: &mut impl Iterator<Item = &'a String>,
    ) -> Result<(), String> {
        while let Some(letter) = letters.chars().next() {
            let name = &letters[..letter.len_utf8()];
            let after = &letters[letter.len_utf8()..];
            let found = accepted(lists).find(|flag| flag.letter == name);
            let flag = found.ok_or_else(|| format!("unknown shorthand flag: '{letter}' in -{letters}"))?;
            if let Some(value) = after.strip_prefix('=') {
                return self.take(flag, value.to_owned());
            }
            if !flag.absent.is_empty() {
                self.take(flag, flag.absent.to_owned())?;
                letters = after;
                continue;
            }
            let value = match after {
                "" => {
                    words.next().ok_or(format!("flag needs an argument: '{letter}' in -{letters}"))?.clone()
                }
                value => value.to_owned(),
            };
            return self.take(flag, value);
        }
        Ok(())
    }

    fn take(&mut self, flag: Flag, value: String) -> Result<(), String> {
        flag.check(&value)?;
        self.given.push((flag.name, value));
        Ok(())
    }

    /// Gives a flag another value.
    pub fn set(&mut self, name: &'static str, value: &str) {
        self.given.push((name, value.to_owned()));
    }

    /// The value of a flag: the last one given.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).last()
    }

    /// All values that were given for a flag.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.given.iter().filter(move |(given, _)| *given == name).map(|(_, value)| value.as_str())
    }

    /// Whether a truth is true.
    pub fn is(&self, name: &str) -> bool {
        self.get(name).and_then(boolean).unwrap_or(false)
    }

    /// The value of a number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.get(name).and_then(|value| integer(value).ok())
    }

    /// The first flag of those given that is one of these, which nothing is made of here.
    pub fn any_of(&self, names: &[&'static str]) -> Option<&'static str> {
        self.given.iter().map(|(name, _)| *name).find(|name| names.contains(name))
    }
}

/// What `time.ParseDuration` says of a text that is none.
fn no_duration(text: &str) -> String {
    let mut rest = text.trim_start_matches(['+', '-']);
    while rest.starts_with(|c: char| c.is_ascii_digit()) {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let end = rest.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(rest.len());
        let unit = &rest[..end];
        match unit {
            "" => return format!("time: missing unit in duration {text:?}"),
            "ns" | "us" | "µs" | "ms" | "s" | "m" | "h" => rest = &rest[end..],
            _ => return format!("time: unknown unit {unit:?} in duration {text:?}"),
        }
    }
    format!("time: invalid duration {text:?}")
}

/// `strconv.ParseBool`.
fn boolean(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

/// `strconv.ParseInt` with base 0: a prefix says the base, and underscores may separate digits after it.
fn integer(text: &str) -> Result<i64, &'static str> {
    const INVALID: &str = "invalid syntax";
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'-') => ("-", &text[1..]),
        Some(b'+') => ("", &text[1..]),
        _ => ("", text),
    };
    let lower = digits.to_ascii_lowercase();
    let (radix, digits) = match lower.get(..2) {
        Some("0x") => (16, &lower[2..]),
        Some("0b") => (2, &lower[2..]),
        Some("0o") => (8, &lower[2..]),
        _ if lower.starts_with('0') && 1 < lower.len() => (8, &lower[1..]),
        _ => (10, &*lower),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return Err(INVALID);
    }
    i64::from_str_radix(&format!("{sign}{digits}"), radix).map_err(|_| "value out of range")
}

/// `time.ParseDuration`, as far as it is not negative.
pub fn duration(text: &str) -> Option<SimDuration> {
    if text == "0" {
        return Some(SimDuration::ZERO);
    }
    let mut millis = 0_u64;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: u64 = rest[..digits].parse().ok()?;
        let unit = &rest[digits..];
        let end = unit.find(|c: char| c.is_ascii_digit()).unwrap_or(unit.len());
        let scale = match &unit[..end] {
            "h" => 3_600_000,
            "m" => 60_000,
            "s" => 1000,
            "ms" => 1,
            _ => return None,
        };
        millis = millis.checked_add(number.checked_mul(scale)?)?;
        rest = &unit[end..];
    }
    (!text.is_empty()).then(|| SimDuration::from_millis(millis))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_read_as_pflag_reads_them() {
        #[track_caller]
        fn check(line: &str, expect: Result<&str, &str>) {
            let words: Vec<_> = line.split(' ').map(str::to_owned).collect();
            let flags = Flags::parse(&["watch/w! output/o= replicas/r# dry-run?unchanged"], &words);
            let flags = flags.map(|flags| format!("{:?} {:?}", flags.given, flags.args).replace('"', ""));
            assert_eq!(flags.as_deref().map_err(|error| error.as_str()), expect);
        }

        check("a -wo wide b", Ok("[(watch, true), (output, wide)] [a, b]"));
        check("-oyaml --replicas 3", Ok("[(output, yaml), (replicas, 3)] []"));
        check("--dry-run a -- -w", Ok("[(dry-run, unchanged)] [a, -w]"));
        check("--watch=false -", Ok("[(watch, false)] [-]"));
        check("-wide", Err("unknown shorthand flag: 'i' in -ide"));
        check("-o", Err("flag needs an argument: 'o' in -o"));
        check("--output", Err("flag needs an argument: --output"));
        check("--foo=1", Err("unknown flag: --foo"));
        check(
            "-r=a",
            Err(
                "invalid argument \"a\" for \"-r, --replicas\" flag: strconv.ParseInt: parsing \"a\": invalid syntax",
            ),
        );
    }

    #[test]
    fn numbers_are_those_of_go() {
        let all = ["3", "-1", "+2", "0x1f", "017", "08", "1.5", "", "9223372036854775808"].map(integer);
        let (bad, range) = (Err("invalid syntax"), Err("value out of range"));
        assert_eq!(all, [Ok(3), Ok(-1), Ok(2), Ok(31), Ok(15), bad, bad, bad, range]);
    }

    #[test]
    fn durations_are_those_of_go() {
        let all = ["1h2m3s", "90s", "10ms", "0", "5", "s", ""].map(duration);
        let all = all.map(|found| found.map(SimDuration::millis));
        assert_eq!(all, [Some(3_723_000), Some(90_000), Some(10), Some(0), None, None, None]);
    }
}
