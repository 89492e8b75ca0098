//! The events of a topic, and how often containers were restarted. No snapshot tells that, so it is read from a
//! listing that kubectl printed there: what is compared is which of them a command chooses, in which order, and how
//! they are laid out.

use std::collections::BTreeMap;

use rollscope::kubectl::api::Event;
use rollscope::sim::time::{SimDuration, SimTime};
use serde_json::Value;

use super::here;
use super::state::text;

/// The events as the listing tells them that says most about a step: one of all columns, one of all events nearby,
/// or that of the step itself.
pub fn events_at(steps: &[Value], index: usize) -> Vec<Event> {
    if !asks(&steps[index]) || text(&steps[index]["stdout"]).is_empty() {
        return Vec::new();
    }
    let listings = steps.iter().enumerate().filter(|(_, step)| is_listing(step));
    let value = |(other, step): &(usize, &Value)| {
        let (distance, command) = (other.abs_diff(index), here(text(&step["cmd"])));
        let is_whole = command == "kubectl get events" && distance < 3;
        (command.ends_with("events -o wide"), is_whole, distance == 0, usize::MAX - distance)
    };
    listings.max_by_key(value).map_or(Vec::new(), |(_, best)| read(best))
}

/// Whether a step asks for events.
fn asks(step: &Value) -> bool {
    let command = here(text(&step["cmd"]));
    command.starts_with("kubectl get events") || command.starts_with("kubectl events")
}

/// Whether it printed a table of events.
fn is_listing(step: &Value) -> bool {
    asks(step) && text(&step["stdout"]).starts_with("LAST SEEN")
}

fn read(step: &Value) -> Vec<Event> {
    let now = SimTime::from_secs(step["t"].as_f64().unwrap_or(0.0) as u64);
    let mut lines = text(&step["stdout"]).lines();
    let columns = columns(lines.next().unwrap_or_default());
    let mut events: Vec<Event> =
        lines.enumerate().filter_map(|(index, line)| event(&columns, line, index as u64, now)).collect();
    // Those of an object are listed in the order in which they began; ages are too coarse to tell.
    for index in 1..events.len() {
        let before = events[index - 1].first + SimDuration::from_millis(1);
        if events[index].name == events[index - 1].name && events[index].first < before {
            events[index].first = before;
        }
    }
    events
}

/// How often the containers of pods were restarted, and how long before the last time they had ended, as the nearest
/// table of pods tells it.
pub fn restarts_at(steps: &[Value], index: usize) -> BTreeMap<String, (u32, SimDuration)> {
    let near = index.saturating_sub(5)..steps.len().min(index + 6);
    let tables = near.filter(|other| text(&steps[*other]["stdout"]).contains(" RESTARTS "));
    let Some(nearest) = tables.min_by_key(|other| other.abs_diff(index)) else { return BTreeMap::new() };
    let (mut header, mut restarts) = (Vec::new(), BTreeMap::new());
    for line in text(&steps[nearest]["stdout"]).lines() {
        if line.starts_with("NAME ") {
            header = columns(line);
        }
        let (Some(name), Some(told)) = (cell(&header, line, "NAME"), cell(&header, line, "RESTARTS")) else {
            continue;
        };
        let (count, ago) = told.split_once(" (").unwrap_or((told, ""));
        let (Ok(count), Some(ago)) = (count.parse(), ago.strip_suffix(" ago)")) else { continue };
        restarts.insert(name.trim_start_matches("pod/").to_owned(), (count, seconds(ago)));
    }
    restarts
}

/// The names of columns, and where they begin.
fn columns(header: &str) -> Vec<(&str, usize)> {
    let names = header.split("   ").map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| (name, header.find(name).expect("it was found there"))).collect()
}

/// What stands in a line below the name of a column.
fn cell<'a>(columns: &[(&str, usize)], line: &'a str, wanted: &str) -> Option<&'a str> {
    let at = columns.iter().position(|(name, _)| *name == wanted)?;
    let end = columns.get(at + 1).map_or(line.len(), |(_, end)| *end);
    Some(line.get(columns[at].1..end)?.trim())
}

/// An event, unless it is about what is not simulated.
fn event(columns: &[(&str, usize)], line: &str, index: u64, now: SimTime) -> Option<Event> {
    let cell = |wanted: &str| cell(columns, line, wanted);
    let needed = |name: &str| cell(name).unwrap_or_else(|| panic!("{name} of {line}"));
    let (kind, name) = needed("OBJECT").split_once('/').expect("a type and a name");
    let (last, repeated) = needed("LAST SEEN").split_once(" (x").unwrap_or((needed("LAST SEEN"), ""));
    let (count, since) = repeated.trim_end_matches(')').split_once(" over ").unwrap_or(("1", last));
    let (from, host) = cell("SOURCE").unwrap_or("kubelet").split_once(", ").map_or_else(
        || (cell("SOURCE").unwrap_or("kubelet"), None),
        |(from, host)| (from, Some(host.to_owned())),
    );
    // Events of one second are told apart by less than that, in the order of the listing.
    let ago = |age: &str| now - seconds(age) + SimDuration::from_millis(index);
    Some(Event {
        kind: known(kind)?,
        name: name.to_owned(),
        path: cell("SUBOBJECT").unwrap_or_default().to_owned(),
        warning: needed("TYPE") == "Warning",
        reason: known(needed("REASON"))?,
        message: here(needed("MESSAGE")),
        from: known(from)?,
        host,
        first: ago(cell("FIRST SEEN").unwrap_or(since)),
        last: ago(last),
        count: cell("COUNT").unwrap_or(count).parse().expect("a count is a number"),
    })
}

/// `2m5s`
pub fn seconds(age: &str) -> SimDuration {
    let (mut sum, mut number) = (0, 0);
    for character in age.chars() {
        match (character.to_digit(10), character) {
            (Some(digit), _) => number = 10 * number + u64::from(digit),
            (None, 's') => (sum, number) = (sum + number, 0),
            (None, 'm') => (sum, number) = (sum + 60 * number, 0),
            (None, _) => panic!("{age}"),
        }
    }
    SimDuration::from_secs(sum)
}

/// Types, reasons and sources are words that the program knows.
fn known(word: &str) -> Option<&'static str> {
    const WORDS: &str = "Pod ReplicaSet Deployment Node Scheduled Pulling Pulled Created Started Killing Failed \
         BackOff Unhealthy FailedScheduling SuccessfulCreate SuccessfulDelete ScalingReplicaSet \
         NodeNotSchedulable NodeSchedulable RegisteredNode DeploymentRollback ReplicaSetCreateError \
         deployment-controller replicaset-controller default-scheduler kubelet";
    WORDS.split_whitespace().find(|known| known.eq_ignore_ascii_case(word))
}
