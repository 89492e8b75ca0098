//! A link: all that is on screen, as the part of an address behind `#`, which no browser sends to a server.
//!
//! ```text
//! #v=1&replicas=4&maxSurge=1&web:v2.ready=never&ops=10:image=web:v2;60:undo&at=42.5&lang=zh-Hans
//! ```
//!
//! People write links by hand, so they are read as they are meant: keys in any order, only what differs from
//! the run the page opens with. The keys of a run are those of [`crate::line`]; `ops` holds what is asked
//! when: seconds, a colon, and what is asked then; without seconds it is asked together with what stands
//! before it. Reading never fails: what cannot be read is told, and left out.

use crate::line::{self, Expected, Reader};
use crate::sim::time::{SimDuration, SimTime};
use crate::timeline::Inputs;

/// The version of links that are written.
const VERSION: u32 = 1;
/// Longer links are not read: 100 commands are a twentieth of it.
const MOST_BYTES: usize = 64 * 1024;
/// More commands are not read.
const MOST_COMMANDS: usize = 500;

/// What a link says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// The run, if it says anything about it.
    pub inputs: Option<Inputs>,
    /// The name of the story that the run is.
    pub story: Option<String>,
    /// The moment.
    pub moment: Option<Moment>,
    /// Everything else, in order: keys and values.
    pub options: Vec<(String, String)>,
}

/// A moment of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A step.
    Step(usize),
    /// A time, after all that happens then.
    At(SimTime),
}

/// What is wrong with a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A part of it cannot be read.
    Part(line::Problem),
    /// A newer Rollscope has made it.
    Newer(u32),
    /// It is longer than any link that is read.
    TooLong,
    /// It asks for more pods than these, one after the other.
    TooMuch(i32),
}

/// Reads a link, with or without its `#`. What it leaves out about the run is as in `base`. Options are not
/// looked into here.
pub fn read(fragment: &str, base: &Inputs) -> (Link, Vec<Problem>) {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    if MOST_BYTES < fragment.len() {
        return (Link::default(), vec![Problem::TooLong]);
    }
    let (mut link, mut problems, mut ops) = (Link::default(), Vec::new(), None);
    let mut reader = Reader::new(base.scenario.clone(), line::template::read);
    let mut said = 0;
    for part in fragment.split('&').filter(|part| !part.is_empty()) {
        let (key, raw) = part.split_once('=').unwrap_or((part, ""));
        let (key, value) = (decoded(key), decoded(raw));
        let unread = match key.as_str() {
            "v" => version(&value).map(|newer| problems.extend(newer)).err(),
            "step" => step(&value).map(|step| link.moment = Some(step)).err(),
            "at" => time(&value).map(|time| link.moment = Some(Moment::At(time))).err(),
            "story" | "scenario" => {
                link.story = Some(value.clone());
                None
            }
            "ops" => {
                // Whoever puts links together by program escapes the signs between what is asked as well.
                ops = Some(if raw.bytes().any(|byte| byte == b':') { raw.to_owned() } else { decoded(raw) });
                None
            }
            _ if form_of(&key).is_some() => {
                link.options.push((key.clone(), value.clone()));
                None
            }
            _ => {
                said += 1;
                reader.pair(&key, &value);
                None
            }
        };
        if let Some(expected) = unread {
            problems.push(Problem::Part(line::Problem { key, value, expected }));
        }
    }
    let asks = ops.is_some();
    match ops {
        Some(ops) if MOST_COMMANDS < ops.split(';').count() => problems.push(Problem::TooLong),
        Some(ops) => asked(&ops, &mut reader),
        None => reader.inputs.script.clone_from(&base.script),
    }
    let unread = reader.problems.len();
    problems.extend(reader.problems.into_iter().map(Problem::Part));
    link.inputs = (asks || unread < said).then_some(reader.inputs);
    (link, problems)
}

/// The keys that are not about the run, each with what it takes; with nothing where that is a name.
pub const OPTIONS: [&str; 16] = [
    "lang=auto / en / zh-Hans",
    "theme=auto / light / dark",
    "speed=0.25 / 0.5 / 1 / 2 / 4 / 10 / 30",
    "pod=",
    "table=open",
    "events=all",
    "waits=full",
    "view=pods,chart,why,events,settings,numbers",
    "edit=0 / 1",
    "controls=auto / full / none",
    "autoplay=0 / 1",
    "loop=0 / 1 / 2 / 3 …",
    "stopafter=1 / 2 / 3 …",
    "pauseonmarkers=0 / 1",
    "steps=10-30 / 10- / -30",
    "parent=",
];

/// What an option takes, if there is one of that key.
fn form_of(key: &str) -> Option<&'static str> {
    OPTIONS.iter().find_map(|option| option.strip_prefix(key)?.strip_prefix('='))
}

/// What was expected in the place of an option's value that cannot be read.
pub fn expected(key: &str) -> Expected {
    Expected::Form(form_of(key).unwrap_or_default())
}

/// Writes a link that [`read`] reads, without `#`.
pub fn write(link: &Link, base: &Inputs) -> String {
    let mut parts = vec![format!("v={VERSION}")];
    if let Some(story) = &link.story {
        parts.push(format!("story={}", encoded(story)));
    }
    if let Some(inputs) = &link.inputs {
        parts.extend(run(inputs, base));
    }
    match link.moment {
        Some(Moment::Step(step)) => parts.push(format!("step={step}")),
        Some(Moment::At(time)) => parts.push(format!("at={}", seconds(time))),
        None => {}
    }
    parts.extend(link.options.iter().map(|(key, value)| format!("{key}={}", encoded(value))));
    parts.join("&")
}

/// How a run differs from another one, in parts of a link.
fn run(inputs: &Inputs, base: &Inputs) -> Vec<String> {
    let pairs = line::pairs(inputs, &base.scenario, line::template::write);
    let begin = pairs.iter().position(|(key, _)| key.starts_with('@')).unwrap_or(pairs.len());
    let (given, asked) = pairs.split_at(begin);
    let part = |(key, value): &(String, String)| match value.as_str() {
        "" => encoded(key),
        value => format!("{}={}", encoded(key), encoded(value)),
    };
    let mut parts: Vec<_> = given.iter().map(part).collect();
    if inputs.script != base.script {
        let mut ops = String::new();
        for pair in asked {
            match pair.0.strip_prefix('@').and_then(|time| line::moment(time).ok()) {
                Some(time) => {
                    ops += if ops.is_empty() { "" } else { ";" };
                    ops += &seconds(time);
                    ops.push(':');
                }
                None => {
                    ops += if ops.is_empty() || ops.ends_with(':') { "" } else { ";" };
                    ops += &part(pair);
                }
            }
        }
        parts.push(format!("ops={ops}"));
    }
    parts
}

/// What is asked when.
fn asked(ops: &str, reader: &mut Reader) {
    for op in ops.split(';').filter(|op| !op.is_empty()) {
        let is_time = |time: &&str| time.starts_with(|c: char| c.is_ascii_digit());
        let (time, what) = match op.split_once(':').filter(|(time, _)| is_time(time)) {
            Some((time, what)) => (Some(time), what),
            None => (None, op),
        };
        if let Some(time) = time {
            reader.pair(&format!("@{}", decoded(time).trim_end_matches('s')), "");
        }
        let (key, value) = what.split_once('=').unwrap_or((what, ""));
        if !what.is_empty() {
            reader.pair(&decoded(key), &decoded(value));
        }
    }
}

fn version(value: &str) -> Result<Option<Problem>, Expected> {
    let version = value.parse().map_err(|_| Expected::Number(VERSION as i32))?;
    Ok((VERSION < version).then_some(Problem::Newer(version)))
}

fn step(value: &str) -> Result<Moment, Expected> {
    let step = value.parse().ok().filter(|step| *step <= i32::MAX as usize);
    step.map(Moment::Step).ok_or(Expected::Number(i32::MAX))
}

/// `42`, `42.5`, `42s` or `1:05`.
fn time(value: &str) -> Result<SimTime, Expected> {
    let value = value.trim_end_matches('s');
    let Some((minutes, seconds)) = value.split_once(':') else { return line::moment(value) };
    let minutes = line::moment(minutes)?;
    Ok(line::moment(seconds)? + SimDuration::from_millis(minutes.millis() * 60))
}

/// Without a point where it needs none.
fn seconds(time: SimTime) -> String {
    let millis = format!(".{:03}", time.millis() % 1000);
    format!("{}{}", time.secs(), millis.trim_end_matches('0').trim_end_matches('.'))
}

/// Characters that mean themselves in a link.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/,@!$*()".contains(&byte)
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match is_plain(byte) {
            true => encoded.push(char::from(byte)),
            false => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}

/// A `%` that is not followed by two digits stands for itself, so that `25%` may be written as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(escaped) => {
                bytes.push(escaped);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::command::{Command, Scripted};
    use crate::sim::scenario::Scenario;
    use crate::timeline::SHOWN;

    fn base() -> Inputs {
        let command = Command::SetImage { deployment: SHOWN, image: "web:v2".to_owned() };
        let script = vec![Scripted { at: SimTime::from_secs(10), command }];
        Inputs { scenario: Scenario::article(), script }
    }

    #[test]
    fn what_is_written_is_read_again() {
        #[track_caller]
        fn check(fragment: &str) {
            let (link, problems) = read(fragment, &base());
            assert_eq!(problems, []);
            assert_eq!(write(&link, &base()), fragment);
        }

        check("v=1");
        check("v=1&replicas=4");
        check("v=1&image=nginx:1.27&maxSurge=0&maxUnavailable=50%25&step=7&lang=en&theme=dark");
        check("v=1&web:v2.ready=never&ops=10:image=web:v2;60.25:undo&at=42.5");
        check("v=1&nodes=node1:4,node2:4&quota=12&ops=5:maxSurge=1;maxUnavailable=0;5:pause;9:resume&at=9");
        check("v=1&ops=3:annotate:kubernetes.io/change-cause=:a%20%26%20b%3B%20c;image:web=a%C3%A9");
        check("v=1&ops=");
        check("v=1&story=never-ready&at=30");
    }

    #[test]
    fn links_are_read_as_they_are_meant() {
        #[track_caller]
        fn check(fragment: &str, expect: &str) {
            let (link, problems) = read(fragment, &base());
            assert_eq!(problems, [], "{fragment}");
            assert_eq!(write(&link, &base()), expect, "{fragment}");
        }

        check("", "v=1");
        check("#&&", "v=1");
        check("#maxSurge=25%&maxUnavailable=0", "v=1&maxUnavailable=0");
        check("#maxSurge=100%&at=1:05", "v=1&maxSurge=100%25&at=65");
        check("#surge=1&unavailable=0", "v=1&maxSurge=1&maxUnavailable=0");
        check(
            "#minready=5&deadline=60&history=3",
            "v=1&minReadySeconds=5&progressDeadlineSeconds=60&revisionHistoryLimit=3",
        );
        check("#scenario=never-ready&ops=5:surge=2", "v=1&story=never-ready&ops=5:maxSurge=2");
        check("#at=12s&replicas=3", "v=1&replicas=3&at=12");
        check("#ops=10%3Aimage%3Dweb%3Av3%3B20%3Aundo", "v=1&ops=10:image=web:v3;20:undo");
        check("#v2.cannotPull=true&v3.cannotPull=false&paused=false", "v=1&v2.cannotPull");
        check("#ops=12s:undo;20:pause;resume", "v=1&ops=12:undo;20:pause;20:resume");
    }

    #[test]
    fn what_cannot_be_read_is_told_and_left_out() {
        #[track_caller]
        fn check(fragment: &str, expect: &[(&str, &str, Expected)], rest: &str) {
            let (link, problems) = read(fragment, &base());
            let part = |(key, value, expected): &(&str, &str, Expected)| {
                let (key, value, expected) = ((*key).to_owned(), (*value).to_owned(), *expected);
                Problem::Part(line::Problem { key, value, expected })
            };
            assert_eq!(problems, expect.iter().map(part).collect::<Vec<_>>(), "{fragment}");
            assert_eq!(write(&link, &base()), rest, "{fragment}");
        }

        check("replicas=many", &[("replicas", "many", Expected::Number(i32::MAX))], "v=1");
        check("replicaz=3&replicas=3", &[("replicaz", "3", Expected::Key)], "v=1&replicas=3");
        check("v2.reddy=3", &[("v2.reddy", "3", Expected::Key)], "v=1");
        check("v2.start=1,x", &[("v2.start", "1,x", Expected::Times)], "v=1");
        check("ops=10:jump;12:pause", &[("jump", "", Expected::Key)], "v=1&ops=12:pause");
        check("nodes=a", &[("nodes", "a", Expected::Nodes)], "v=1");
        check("at=soon", &[("at", "soon", Expected::Seconds(31_536_000))], "v=1");
        check("step=-1", &[("step", "-1", Expected::Number(i32::MAX))], "v=1");
        check("paused=no", &[("paused", "no", Expected::Form("true / false"))], "v=1");
        check("template=1", &[("template", "1", Expected::Form(""))], "v=1");
    }

    #[test]
    fn newer_and_endless_links_are_told_of() {
        let (link, problems) = read("v=9&replicas=3", &base());
        assert_eq!(problems, [Problem::Newer(9)]);
        assert_eq!(write(&link, &base()), "v=1&replicas=3");
        assert_eq!(read(&"a".repeat(MOST_BYTES + 1), &base()).1, [Problem::TooLong]);
        assert_eq!(read(&format!("ops={}", "1:pause;".repeat(600)), &base()).1, [Problem::TooLong]);
    }
}
