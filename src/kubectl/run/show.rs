//! Commands that show things: `describe`, `events`, `api-resources`, `version`.

use crate::kubectl::api::Event;
use crate::kubectl::builder::{Found, Object, Rules, kind_named};
use crate::kubectl::describe;
use crate::kubectl::flags::duration;
use crate::kubectl::follow::Follow;
use crate::kubectl::kinds::{KINDS, Kind};
use crate::kubectl::output::Missing;
use crate::kubectl::table::Table;
use crate::kubectl::wait::{Wait, What};
use crate::sim::time::SimDuration;

use super::Run;
use super::client::answer;

/// `describe.go`.
pub fn describe(run: &mut Run<'_>) -> Result<(), String> {
    if run.flags.args.is_empty() && !run.has_manifest() {
        return Err(
            "You must specify the type of resource to describe. Use \"kubectl api-resources\" for a \
                    complete list of supported resources."
                .to_owned(),
        );
    }
    let selection = run.find(Rules { type_alone: true, ignore_not_found: false })?;
    let mut found = selection.found;
    let by_prefix = if found.is_empty() { run.begin_so() } else { Vec::new() };
    if !by_prefix.is_empty() {
        run.errors.clear();
    }
    let (one, one_by_one) = (found.len() == 1, by_prefix.is_empty());
    found.extend(by_prefix);
    let with_events = run.flags.get("show-events").map_or(one, |_| run.is("show-events"));
    let kind = found.first().map(|found| found.kind.kind).filter(|_| !selection.several_kinds);
    let events = if with_events { run.api.events(kind) } else { Vec::new() };
    for (index, found) in found.iter().enumerate() {
        let own: Vec<_> = events.iter().filter(|event| is_about(event, found)).cloned().collect();
        let Some(text) = run.description(found, with_events.then_some(&own[..])) else {
            run.out.lack(Missing::Command(format!("describe {}", found.kind.singular())));
            return Ok(());
        };
        if 0 < index && one_by_one {
            run.out.stdout += "\n\n";
        }
        run.out.stdout += &text;
        if !one_by_one {
            run.out.stdout.push('\n');
        }
    }
    if found.is_empty() && run.errors.is_empty() {
        let namespace = run.flags.get("namespace").unwrap_or("default").to_owned();
        run.out.warn(&format!("No resources found in {namespace} namespace."));
    }
    Ok(())
}

fn is_about(event: &Event, found: &Found) -> bool {
    event.kind == found.kind.kind && event.name == found.name
}

impl Run<'_> {
    /// A name that does not exist stands for all that begin so. `describe.go DescribeMatchingResources`.
    fn begin_so(&mut self) -> Vec<Found> {
        let [kind, prefix] = &self.flags.args[..] else { return Vec::new() };
        let (kind, prefix) = ([kind.clone()], prefix.clone());
        let errors = std::mem::take(&mut self.errors);
        let all = self.find_of(&kind, Rules { type_alone: true, ignore_not_found: false });
        self.errors = errors;
        let mut found = all.map(|selection| selection.found).unwrap_or_default();
        found.retain(|found| found.name.starts_with(&prefix));
        found
    }

    fn description(&self, found: &Found, events: Option<&[Event]>) -> Option<String> {
        let (objects, now) = (self.api.objects(), self.api.now());
        let labels = &found.labels(&*self.api);
        let text = match &found.object {
            Object::Deployment(id) => describe::deployment(objects, *id, labels, events, now),
            Object::ReplicaSet(id) => {
                describe::replica_set(objects, *id, labels, &self.api.pods(), events, now)
            }
            Object::Pod(pod) => describe::pod(objects, pod, labels, events, now),
            Object::Node(node) => describe::node(node, labels, &self.api.pods(), events, now),
            Object::Service => {
                // Nothing happens to it.
                let events = if events.is_some() { "Events:                   <none>\n" } else { "" };
                format!("{}{events}", answer("describe service"))
            }
            Object::Namespace => answer("describe namespace").replace("default", &found.name),
            Object::Event(_) => return None,
        };
        Some(text)
    }
}

/// `events.go`: what happened last stands last.
pub fn events(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["output", "template", "watch"]) {
        return Ok(());
    }
    let mut events = run.api.events(None);
    if let Some(about) = run.flags.get("for").map(str::to_owned) {
        let (kind, name) = about.split_once('/').unwrap_or((&about, ""));
        let kind = kind_named(kind)?;
        events.retain(|event| event.kind == kind.kind && event.name == name);
    }
    if let Some(types) = run.flags.get("types") {
        let wanted: Vec<_> = types.split(',').collect();
        events.retain(|event| wanted.contains(&if event.warning { "Warning" } else { "Normal" }));
    }
    let namespace = run.flags.get("namespace").unwrap_or("default").to_owned();
    if namespace != "default" || events.is_empty() {
        run.out.warn(&format!("No events found in {namespace} namespace."));
        return Ok(());
    }
    let mut text = String::new();
    if !run.is("no-headers") {
        text += "LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n";
    }
    for event in &events {
        let kind = if event.warning { "Warning" } else { "Normal" };
        let Event { kind: of, name, reason, message, .. } = event;
        let seen = describe::interval(event, run.api.now());
        text += &format!("{seen}\t{kind}\t{reason}\t{of}/{name}\t{message}\n");
    }
    run.out.stdout += &Table::get().align(&text);
    Ok(())
}

/// `apiresources.go`.
pub fn api_resources(run: &mut Run<'_>) -> Result<(), String> {
    if !run.flags.args.is_empty() {
        let args = run.flags.args.join(" ");
        return Err(run.usage(&format!("unexpected arguments: [{args}]")));
    }
    if run.lacks(&["sort-by"]) {
        return Ok(());
    }
    let all_of = |flag: &str| {
        let words = run.flags.all(flag).flat_map(|list| list.split(','));
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    let (verbs, categories) = (all_of("verbs"), all_of("categories"));
    let group = run.flags.get("api-group").map(str::to_owned);
    let namespaced = run.flags.get("namespaced").map(|_| run.is("namespaced"));
    let wanted = |kind: &&Kind| {
        group.as_deref().is_none_or(|group| kind.group() == group)
            && namespaced.is_none_or(|namespaced| kind.namespaced == namespaced)
            && verbs.iter().all(|verb| kind.verbs().split(',').any(|other| other == verb))
            && categories.iter().all(|category| kind.category() == category)
    };
    let kinds: Vec<_> = KINDS.iter().filter(wanted).collect();
    match run.flags.get("output") {
        Some("name") => kinds.iter().for_each(|kind| run.out.say(&kind.resource())),
        Some(other) if other != "wide" => {
            let missing = Missing::Flag(format!("-o {other}"));
            run.out.lack(missing);
        }
        wide => {
            let mut text = String::new();
            if !run.is("no-headers") {
                text += "NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND";
                text += if wide.is_some() { "\tVERBS\tCATEGORIES\n" } else { "\n" };
            }
            for of in kinds {
                let Kind { kind, plural, short, version, namespaced } = of;
                text += &format!("{plural}\t{}\t{version}\t{namespaced}\t{kind}", short.replace(' ', ","));
                if wide.is_some() {
                    text += &format!("\t{}\t{}", of.verbs(), of.category());
                }
                text.push('\n');
            }
            run.out.stdout += &Table::get().align(&text);
        }
    }
    Ok(())
}

/// `version.go`.
pub fn version(run: &mut Run<'_>) -> Result<(), String> {
    match run.flags.get("output") {
        Some(format @ ("json" | "yaml")) if run.is("client") => {
            run.out.stdout += answer(&format!("version {format}"));
            return Ok(());
        }
        // What the server would say of how it was built is not known.
        Some("json" | "yaml") => {
            run.lacks(&["output"]);
            return Ok(());
        }
        Some(_) => return Err("--output must be 'yaml' or 'json'".to_owned()),
        None => {}
    }
    run.out.say("Client Version: v1.36.4\nKustomize Version: v5.8.1");
    if !run.is("client") {
        run.out.say("Server Version: v1.36.2");
    }
    Ok(())
}

/// The versions of 1.36 that no type of its own list has.
const OTHER_VERSIONS: [&str; 1] = ["autoscaling/v1"];

/// `apiversions.go`.
pub fn api_versions(run: &mut Run<'_>) -> Result<(), String> {
    let mut versions: Vec<&str> = KINDS.iter().map(|kind| kind.version).chain(OTHER_VERSIONS).collect();
    versions = crate::sim::order::sorted_by_key(&versions, |version| *version);
    versions.dedup();
    versions.iter().for_each(|version| run.out.say(version));
    Ok(())
}

/// `wait.go`.
pub fn wait(run: &mut Run<'_>) -> Result<(), String> {
    let Some(condition) = run.flags.get("for").map(str::to_owned) else {
        return Err("unrecognized condition: []".to_owned());
    };
    let what = What::parse(&condition)?;
    let ignore_not_found = matches!(what, What::Deleted | What::Created);
    let found = run.find(Rules { type_alone: false, ignore_not_found })?.found;
    if !run.errors.is_empty() {
        return Ok(());
    }
    if found.is_empty() && !ignore_not_found {
        return Err("no matching resources found".to_owned());
    }
    let timeout = run.flags.get("timeout").and_then(duration).unwrap_or(SimDuration::from_secs(30));
    let waiting = found.into_iter().map(|found| (found.kind, found.name)).collect();
    let mut wait = Wait { waiting, what, until: run.api.now() + timeout };
    let ended = wait.look(&*run.api, &mut run.out);
    run.out.follow = (!ended).then_some(Follow::Wait(wait));
    Ok(())
}

/// `top.go`: nothing measures here.
pub fn top(_: &mut Run<'_>) -> Result<(), String> {
    Err("Metrics API not available".to_owned())
}
