//! Replays what kubectl 1.36 printed on a real control plane.
//!
//! Each command is carried out against the state that was recorded just before it. What no state can have
//! is made equal on both sides, and only where the bytes differ: ages, times, addresses and ids, the
//! width of columns that such things stand in, and `describe`'s events.
//!
//! What no snapshot tells is remembered from the commands before (`memory.rs`), or read from a listing that kubectl
//! printed there (`listings.rs`), or from the lines it went on printing (`follows.rs`). A command that changes nothing
//! may also have looked when the next snapshot was taken.
//!
//! A step is *covered* if it prints the same. Where the program says itself that something is not here, that is
//! the reason; every other step is listed in `not_covered.rs` with its own. `docs/recorded.md` states the figures:
//! `ROLLSCOPE_ACCEPT=1` writes it.

#[path = "../trace/mod.rs"]
#[expect(dead_code, reason = "only lines are read here")]
mod trace;

mod editor;
mod follows;
mod listings;
mod memory;
mod not_covered;
mod state;

use std::collections::BTreeMap;

use memory::Memory;
use not_covered::{NOT_COVERED, reason_of};
use rollscope::kubectl::files::Files;
use rollscope::kubectl::follow::Follow;
use rollscope::kubectl::output::Output;
use rollscope::kubectl::run::run;
use rollscope::sim::time::SimTime;
use serde_json::Value;
use state::{State, text, time};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/kubectl-transcripts.jsonl.gz");

#[test]
fn transcripts_of_a_real_kubectl_are_reproduced() {
    let (mut total, mut covered, mut exact, mut formal) = (0, 0, 0, 0);
    let (mut wrong, mut left) = (Vec::new(), BTreeMap::<&str, Vec<String>>::new());
    for line in trace::lines(FILE) {
        let topic: Value = serde_json::from_str(&line).expect("every line is JSON");
        let file = topic["file"].as_str().expect("a topic has a file");
        let began = time(topic["recordedAt"].as_str().expect("a topic has a time"));
        let mut last_state = Value::Null;
        let (mut files, mut memory) = (Files::default(), Memory::default());
        let steps = topic["steps"].as_array().expect("a topic has steps");
        for (index, step) in steps.iter().enumerate() {
            if !step["state"].is_null() {
                last_state = step["state"].clone();
            } else if (file, index) == ("02-errors-typos", 1) {
                last_state = serde_json::from_str(SETTLED).expect("it is JSON");
            }
            let command = here(step["cmd"].as_str().unwrap_or_default());
            if command.is_empty() {
                continue;
            }
            total += 1;
            let id = format!("{file}/{index}");
            let is_this = |(topic, indexes): &(&str, &str)| {
                *topic == file && indexes.split(' ').any(|other| other == index.to_string())
            };
            let reason = NOT_COVERED.iter().find(|(_, steps)| steps.iter().any(is_this));
            let given = step["files"].as_object().into_iter().flatten();
            files.named.extend(
                given.map(|(name, text)| (name.clone(), text.as_str().unwrap_or_default().to_owned())),
            );
            let replay = |state: &Value, memory: Memory, in_form: bool| {
                Replayed::new(step, &command, state, began, memory, &files, in_form)
            };
            memory.events = listings::events_at(steps, index);
            memory.restarts = listings::restarts_at(steps, index);
            let before = memory.clone();
            let (mut replayed, mut in_form) = (replay(&last_state, memory, false), false);
            // What only reads does so at some moment between two snapshots.
            let next = next_state(&steps[index..]);
            if !replayed.alike && !next.is_null() {
                let later = replay(next, before.clone(), false);
                if later.alike {
                    replayed = later;
                }
            }
            if !replayed.alike && goes_on(&command) {
                let followed = replay(&last_state, before, true);
                if followed.alike {
                    (replayed, in_form) = (followed, true);
                }
            }
            let Replayed { output, same, alike, .. } = replayed;
            memory = replayed.memory;
            let (stdout, stderr) = (here(text(&step["stdout"])), here(text(&step["stderr"])));
            let ours = (i64::from(output.exit), output.stdout.as_str(), output.stderr.as_str());
            let theirs = (step["exit"].as_i64().unwrap_or(0), stdout.as_str(), stderr.as_str());
            forget_deleted(&mut last_state, theirs.1);
            match (&output.missing, reason) {
                (_, Some(_)) if alike => wrong.push(format!("{id} is listed, but is reproduced")),
                (_, Some((reason, _))) => left.entry(reason).or_default().push(format!("{command} ({id})")),
                (Some(what), None) => {
                    left.entry(reason_of(what)).or_default().push(format!("{command} ({id})"));
                }
                (None, None) if alike => {
                    covered += 1;
                    exact += usize::from(same);
                    formal += usize::from(in_form);
                }
                (None, None) => {
                    wrong.push(format!("{id} {command}\n--- in Kubernetes\n{theirs:?}\n--- here\n{ours:?}"));
                }
            }
        }
    }
    let agreement = format!("{} of {}", thousands(covered), thousands(total));
    println!("transcripts: covered {agreement} ({exact} to the byte, {formal} in their form); not covered:");
    let mut left: Vec<_> = left.into_iter().collect();
    left.sort_by_key(|(_, steps)| std::cmp::Reverse(steps.len()));
    for (reason, steps) in &left {
        println!("{:4}  {reason}\n      as in {}", steps.len(), steps[steps.len() / 2]);
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    let row = |(reason, steps): &(&str, Vec<String>)| {
        let example = steps[steps.len() / 2].split(" (").next().unwrap_or_default().replace('|', "\\|");
        format!("| {} | {reason} | `{example}` |\n", steps.len())
    };
    let page = PAGE
        .replace("{agreement}", &agreement)
        .replace("{exact}", &thousands(exact))
        .replace("{formal}", &thousands(formal))
        .replace("{left}", &thousands(total - covered))
        .replace("{rows}", &left.iter().map(row).collect::<String>());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/recorded.md");
    match std::env::var_os("ROLLSCOPE_ACCEPT") {
        Some(_) => std::fs::write(path, &page).expect("the page can be written"),
        None => {
            assert_eq!(std::fs::read_to_string(path).expect("the page is there"), page, "docs/recorded.md")
        }
    }
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&agreement), "the README states another number than {agreement}");
}

/// `docs/recorded.md`.
const PAGE: &str = "\
# kubectl, compared with recordings

`cargo test --test recorded` carries out every command that was typed at a real control plane of Kubernetes 1.36.2 with
kubectl 1.36.4 (`tests/conformance/kubectl-transcripts.jsonl.gz`), against the state that was recorded before it, and
compares standard output, standard error and exit status.

**{agreement}** are reproduced. {exact} of them are equal to the byte; in the others ages, times, addresses and ids
differ, and the columns they stand in. {formal} of them go on printing while time passes: what happened then is read from
the recorded lines, and how it is told is compared. Events, and how often a container was restarted, are in no recorded
state: they are read from a listing of the same recording. For two dozen commands that list events it is their own, so that
only which of them are chosen, their order and their layout are compared. The log texts of containers come from a stand-in
and are left out, and so are the events below a description.

The other {left}, by reason:

| commands | reason | such as |
|---|---|---|
{rows}";

/// `1,234`
fn thousands(number: usize) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", number / 1000, number % 1000),
    }
}

/// The article's own namespace is the only one here.
fn here(text: &str) -> String {
    text.replace("-n k8s-ecoysystem-apps ", "").replace("k8s-ecoysystem-apps", "default")
}

/// The snapshot that follows, with nothing between that changes anything.
fn next_state(steps: &[Value]) -> &Value {
    let mut after = steps.iter();
    while after.next().is_some_and(|step| reads(&here(text(&step["cmd"])))) {
        match after.as_slice().first() {
            Some(next) if !next["state"].is_null() => return &next["state"],
            _ => {}
        }
    }
    &Value::Null
}

/// Whether a command changes nothing.
fn reads(command: &str) -> bool {
    let words: Vec<_> = command.split_whitespace().take(3).collect();
    matches!(
        words[..],
        [
            "kubectl",
            "get"
                | "describe"
                | "events"
                | "logs"
                | "exec"
                | "attach"
                | "port-forward"
                | "cp"
                | "debug"
                | "top",
            ..
        ] | ["kubectl", "rollout", "status" | "history"]
    )
}

/// Whether a command goes on printing while time passes.
fn goes_on(command: &str) -> bool {
    command.contains("rollout status") || command.ends_with(" -w") || command.ends_with(" --watch-only")
}

/// A command carried out against a snapshot.
struct Replayed {
    output: Output,
    /// Whether it printed the same, to the byte.
    same: bool,
    /// Whether it printed the same but for what no state has.
    alike: bool,
    memory: Memory,
}

impl Replayed {
    fn new(
        step: &Value,
        command: &str,
        state: &Value,
        began: SimTime,
        memory: Memory,
        files: &Files,
        in_form: bool,
    ) -> Self {
        let now = SimTime::from_secs(step["t"].as_f64().unwrap_or(0.0) as u64);
        let mut state = State::new(state, began, now, memory);
        let told = here(text(&step["stdout"]));
        if in_form && command.contains("rollout status") {
            state.take_status(told.lines().next().unwrap_or_default());
        }
        let output = run(&mut state, command, files);
        let (mut output, shown) = editor::edit(&mut state, step, output);
        if let (Some(Follow::Wait(mut wait)), Some(1)) = (output.follow.clone(), step["exit"].as_i64()) {
            // It waited in vain.
            state.wait_until(wait.until);
            wait.look(&state, &mut output);
        }
        let (stdout, stderr) = (told, here(text(&step["stderr"])));
        if in_form {
            follows::follow(&mut state, &mut output, &stdout, &stderr);
            // A watch was ended by those who watched.
            if let Some(Follow::Rows(_)) = &output.follow {
                output.exit = 1;
            }
        }
        let same = (i64::from(output.exit), &output.stdout, &output.stderr)
            == (step["exit"].as_i64().unwrap_or(0), &stdout, &stderr);
        let normal = |text: &str| normal(command, text);
        let alike = i64::from(output.exit) == step["exit"].as_i64().unwrap_or(0)
            && normal(&output.stdout) == normal(&stdout)
            && normal(&output.stderr) == normal(&stderr);
        // What an editor was shown first; later it also says what was wrong, in words of its own.
        let first = step["editorSaw"][0].as_str().filter(|_| !shown.is_empty());
        let alike = alike && first.is_none_or(|first| normal(&shown[0]) == normal(first));
        // Of what goes on only the beginning can be told from one state.
        let begins = || normal(&stdout).starts_with(&normal(&output.stdout));
        let alike = same || alike || (output.follow.is_some() && !output.stdout.is_empty() && begins());
        let memory = state.memory(output.created.as_deref());
        Self { output, same, alike, memory }
    }
}

/// Not every command has a snapshot of its own; what the last one deleted is gone all the same.
fn forget_deleted(state: &mut Value, stdout: &str) {
    for name in stdout
        .lines()
        .filter_map(|line| line.strip_prefix("deployment.apps \"")?.split_once("\" deleted from"))
    {
        let own = |given: &Value| {
            let given = given.as_str().unwrap_or_default();
            given == name.0 || given.strip_prefix(name.0).is_some_and(|rest| rest.starts_with('-'))
        };
        for kind in ["deployments", "replicasets", "pods"] {
            if let Some(all) = state[kind].as_array_mut() {
                all.retain(|object| !own(&object["name"]));
            }
        }
    }
}

/// What a topic without snapshots says of itself: `deployment web (2 replicas) exists`, from its first command on.
const SETTLED: &str = r#"{
    "deployments": [{"name": "web", "generation": 1, "observedGeneration": 1, "revision": "1", "replicas": 2,
        "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": "25%", "maxSurge": "25%"}},
        "progressDeadlineSeconds": 600, "images": ["web:v1"],
        "conditions": [["Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability."]],
        "status": {"replicas": 2, "updatedReplicas": 2, "readyReplicas": 2, "availableReplicas": 2}}],
    "replicasets": [{"name": "web-7bbc4fcb5", "revision": "1", "replicas": 2, "images": ["web:v1"],
        "created": "2026-11-22T13:32:12Z",
        "status": {"replicas": 2, "readyReplicas": 2, "availableReplicas": 2}}],
    "pods": [
        {"name": "web-7bbc4fcb5-ftcpp", "owner": "web-7bbc4fcb5", "node": "node1", "phase": "Running", "ready": true,
         "created": "2026-11-22T13:32:12Z", "state": {"running": {"startedAt": "2026-11-22T13:32:13Z"}}},
        {"name": "web-7bbc4fcb5-r2xd5", "owner": "web-7bbc4fcb5", "node": "node2", "phase": "Running", "ready": true,
         "created": "2026-11-22T13:32:12Z", "state": {"running": {"startedAt": "2026-11-22T13:32:13Z"}}}]
}"#;

/// Lines that begin so are about what no snapshot tells: times, ids, addresses, counts of writes; and
/// ports, variables and annotations of manifests.
const UNKNOWN: &str = "CreationTimestamp: Start_Time: Started: Finished: RenewTime: Container_ID: Image_ID: IP: \
     Port: Host_Port: Machine_ID: System_UUID: Boot_ID: PodCIDR: PodCIDRs: uid: resourceVersion: \
     creationTimestamp: deletionTimestamp: lastTransitionTime: lastUpdateTime: startTime: startedAt: finishedAt: \
     generation: observedGeneration: containerID: imageID: podIP: podIPs: hostIP: hostIPs: ip: ports: \
     containerPort: protocol: annotations: @@ kubectl.kubernetes.io/restartedAt: \
     deployment.kubernetes.io/desired-replicas: deployment.kubernetes.io/max-replicas: \
     apiVersion\":\"apps/v1 controller-revision: lastProbeTime: lastHeartbeatTime: bootID: machineID: systemUUID:";

/// What a stand-in for the containers has logged, where logs were asked for.
const STAND_IN: [&str; 5] =
    [" listening on :", "GET / 200", " starting", "panic: cannot reach", "exit status 1"];

/// A text with all the same that no state has: see the head of this file.
fn normal(command: &str, text: &str) -> Vec<String> {
    let described = command.contains(" describe ");
    let mut lines = Vec::new();
    let mut in_events = false;
    for line in text.lines() {
        in_events = (in_events || line.starts_with("Events:")) && described && !line.is_empty();
        let bare = line
            .trim_start_matches([' ', '-', '+', '"', '{', '\''])
            .replace(['"', '\''], "")
            .replace("Annotations:", "");
        let bare = bare.trim_start().replacen(' ', "_", 1).replace("_ ", " ");
        let is_unknown = UNKNOWN.split_whitespace().any(|field| bare.starts_with(field.trim_matches('_')));
        // The texts of logs come from a stand-in for the containers, and here are none.
        let is_log = command.starts_with("kubectl logs") && STAND_IN.iter().any(|text| line.contains(text));
        if in_events || is_unknown || is_log || !line.contains(|c: char| c.is_alphanumeric()) {
            continue;
        }
        let mut words: Vec<&str> = Vec::new();
        for next in line.trim_end_matches(',').split_whitespace().filter(|word| *word != "Annotations:") {
            match next {
                // A date is six words.
                "+0000" => words.truncate(words.len().saturating_sub(5)),
                other => words.push(word(other)),
            }
        }
        if line.starts_with('W') && line.contains("helpers.go") {
            words.drain(..4);
        }
        lines.push(without_times(&words.join(" ").replace(" (AGE ago)", "")));
    }
    if command.contains(" drain ") {
        // Pods are evicted side by side.
        lines.sort();
    }
    lines
}

/// A line with all its times alike, as JSON in one line has them: `2026-11-22T13:32:40Z`.
fn without_times(line: &str) -> String {
    let is_time = |text: &str| {
        text.bytes().zip("0000-00-00T00:00:00Z".bytes()).all(|(byte, like)| match like {
            b'0' => byte.is_ascii_digit(),
            other => byte == other,
        })
    };
    let (mut alike, mut rest) = (String::new(), line);
    while let Some(at) = rest.find("20") {
        alike += &rest[..at];
        let time = rest.get(at..at + 20).filter(|text| is_time(text));
        alike += time.map_or("20", |_| "TIME");
        rest = &rest[at + time.map_or(2, str::len)..];
    }
    alike + rest
}

fn is_hex(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_hexdigit())
}

fn word(word: &str) -> &str {
    let bare = word.trim_matches(['(', ')']);
    let is_age = bare.ends_with(['s', 'm', 'h', 'd'])
        && bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.chars().all(|c| c.is_ascii_digit() || "smhd".contains(c));
    let is_address = word.starts_with("10.244.") || word.contains("192.168.");
    match () {
        () if is_age => "AGE",
        () if is_address => "ADDRESS",
        // Files for a moment have names of chance.
        () if word.contains("/tmp/LIVE-") => "LIVE",
        () if word.contains("/tmp/MERGED-") => "MERGED",
        () if word.contains("/tmp/kubectl-edit-") => "EDIT",
        // The end of an event's name is a time.
        () if word.rsplit_once('.').is_some_and(|(_, end)| 14 < end.len() && is_hex(end)) => "EVENT",
        () => word,
    }
}
