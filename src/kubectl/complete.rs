//! What may follow in a line that is being typed: `kubectl/pkg/util/completion`.
//!
//! # What we leave out
//!
//! - Names of fields, containers and revisions.

use super::api::Api;
use super::builder::{NAMESPACES, kind_named, names_of};
use super::flags::accepted;
use super::kinds::{KINDS, POD};
use super::run::commands::COMMANDS;

/// What may stand in the place of the last word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where that word begins, in bytes.
    pub start: usize,
    /// All that it can become, in order.
    pub candidates: Vec<String>,
}

impl Completion {
    /// The line, completed as far as all candidates agree; with a blank behind it where there is but one, which
    /// is a whole word.
    pub fn complete(&self, line: &str) -> String {
        let Some(first) = self.candidates.first() else { return line.to_owned() };
        let common = self.candidates.iter().fold(first.len(), |common, other| {
            let same = first.char_indices().zip(other.chars()).find(|((_, a), b)| a != b);
            common.min(same.map_or(other.len(), |((at, _), _)| at))
        });
        let whole = self.candidates.len() == 1 && !first.ends_with(['=', '/']);
        format!("{}{}{}", &line[..self.start], &first[..common], if whole { " " } else { "" })
    }
}

/// What is more than a command of kubectl, where kubectl is typed.
const PROGRAMS: [&str; 4] = ["clear", "history", "kubectl", "watch"];

/// Types that most commands are about; all others only where they are asked for.
const TYPES: [&str; 6] = ["deployments", "events", "namespaces", "nodes", "pods", "replicasets"];

/// Of more pods no names are offered.
const MOST_PODS: i32 = 1000;

/// What the last word of a line can become.
pub fn complete(api: &dyn Api, line: &str) -> Completion {
    let blank = line.char_indices().rfind(|(_, c)| c.is_whitespace());
    let start = blank.map_or(0, |(at, c)| at + c.len_utf8());
    let (before, word) = line.split_at(start);
    let mut words: Vec<&str> = before.split_whitespace().collect();
    if words.first() == Some(&"watch") {
        words.remove(0);
    }
    let plain = !line.contains(['\'', '"', '\\', '|', '<', '\n']);
    let all = if plain { possible(api, &words, word) } else { Vec::new() };
    let mut candidates: Vec<_> = all.into_iter().filter(|candidate| candidate.starts_with(word)).collect();
    candidates = crate::sim::order::sorted_by_key(&candidates, Clone::clone);
    candidates.dedup();
    // What stands there already is not to be completed.
    candidates.retain(|candidate| candidate != word || line.len() == start);
    let is_flag = |candidate: &String| candidate.starts_with('-');
    if !word.starts_with('-') {
        candidates.retain(|candidate| !is_flag(candidate));
    }
    Completion { start, candidates }
}

fn owned(words: impl IntoIterator<Item = &'static str>) -> Vec<String> {
    words.into_iter().map(str::to_owned).collect()
}

fn possible(api: &dyn Api, words: &[&str], word: &str) -> Vec<String> {
    let Some((_, rest)) = words.split_first() else { return owned(PROGRAMS) };
    if words[0] != "kubectl" {
        return Vec::new();
    }
    let name = |count: usize| rest.iter().take(count).copied().collect::<Vec<_>>().join(" ");
    let find = |name: String| COMMANDS.iter().find(|entry| entry.0 == name);
    let second = find(name(2)).filter(|entry| entry.0.contains(' ') || rest.len() < 2);
    let Some((entry, args)) = second
        .filter(|entry| entry.0.contains(' '))
        .map(|entry| (entry, 2))
        .or(find(name(1)).map(|entry| (entry, 1)))
    else {
        return commands(rest);
    };
    let mut all = flags(entry.1, rest.last().copied(), word);
    if all.is_empty() {
        let args: Vec<&str> = rest.iter().skip(args).filter(|arg| !arg.starts_with('-')).copied().collect();
        all = arguments(api, entry.0, &args, word);
        // Commands of which others are members.
        if args.is_empty() {
            all.extend(commands(rest));
        }
    }
    all
}

/// Commands, or the members of a group.
fn commands(rest: &[&str]) -> Vec<String> {
    let depth = rest.len();
    let fits = COMMANDS.iter().map(|entry| entry.0.split(' ').collect::<Vec<_>>());
    fits.filter(|words| depth < words.len() && words[..depth] == *rest)
        .map(|words| words[depth].to_owned())
        .collect()
}

/// Flags, or the values of one.
fn flags(lists: super::flags::Accepted, last: Option<&str>, word: &str) -> Vec<String> {
    let values = |flag: &str| match flag {
        "-o" | "--output" => owned(["custom-columns=", "json", "jsonpath=", "name", "wide", "yaml"]),
        "--dry-run" => owned(["client", "none", "server"]),
        "-n" | "--namespace" => owned(NAMESPACES),
        "--type" => owned(["json", "merge", "strategic"]),
        "--cascade" => owned(["background", "foreground", "orphan"]),
        _ => Vec::new(),
    };
    if let Some((flag, _)) = word.split_once('=').filter(|_| word.starts_with("--")) {
        return values(flag).into_iter().map(|value| format!("{flag}={value}")).collect();
    }
    if word.starts_with('-') {
        return accepted(lists)
            .map(|flag| format!("--{}{}", flag.name, if flag.takes_value() { "=" } else { "" }))
            .collect();
    }
    match last {
        Some(flag @ ("-o" | "--output" | "-n" | "--namespace" | "--type")) => values(flag),
        _ => Vec::new(),
    }
}

/// Types and names of objects, as a command takes them.
fn arguments(api: &dyn Api, command: &str, args: &[&str], word: &str) -> Vec<String> {
    let total: i32 =
        api.objects().existing_deployments().map(|(_, deployment)| deployment.status.replicas).sum();
    let of_type = |kind: &str| match kind_named(kind) {
        // Nobody chooses among so many, and to list them takes time at every key.
        Ok(kind) if kind == POD && MOST_PODS < total => Vec::new(),
        Ok(kind) => names_of(api, kind),
        Err(_) => Vec::new(),
    };
    match (command, args) {
        ("version" | "api-resources" | "options" | "apply" | "create" | "replace" | "diff" | "help", _) => {
            Vec::new()
        }
        ("create deployment" | "create namespace" | "events", _) => Vec::new(),
        ("cordon" | "uncordon" | "drain", _) => of_type("nodes"),
        (_, _) if word.contains('/') => {
            let kind = word.split('/').next().unwrap_or_default();
            of_type(kind).into_iter().map(|name| format!("{kind}/{name}")).collect()
        }
        (_, []) if command.starts_with("rollout") || command.starts_with("set") || command == "scale" => {
            let named = of_type("deployments").into_iter().map(|name| format!("deployment/{name}"));
            named.chain(owned(["deployments"])).collect()
        }
        (_, []) => {
            let known = owned(TYPES.into_iter().chain(["all"]));
            let others = KINDS.iter().map(|kind| kind.plural);
            match word.len() {
                0 | 1 => known,
                _ => known.into_iter().chain(owned(others)).collect(),
            }
        }
        ("set image", [kind, ..]) if kind.contains('/') => images(api, kind),
        (_, [kind, ..]) if !kind.contains('/') => of_type(kind),
        _ => Vec::new(),
    }
}

/// `web=`, for each container of a Deployment.
fn images(api: &dyn Api, object: &str) -> Vec<String> {
    let name = object.split_once('/').map_or("", |(_, name)| name);
    let found = api.objects().existing_deployments().find(|(_, deployment)| *deployment.name == *name);
    let containers = found.map_or(&[][..], |(_, deployment)| &deployment.spec.template.containers);
    containers.iter().map(|container| format!("{}=", container.name)).collect()
}
