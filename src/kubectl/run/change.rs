//! Commands that change objects: `kubectl/pkg/cmd/{set,scale,annotate,patch,delete}`.

use std::rc::Rc;

use crate::kubectl::api::Pair;
use crate::kubectl::builder::{Found, Object, Rules};
use crate::kubectl::output::{Aside, Missing};
use crate::kubectl::rollout::CHANGE_CAUSE;
use crate::sim::cluster::DeploymentId;
use crate::sim::command::{Answer, Change, Command, Rejected};
use crate::sim::spec::Labels;

use super::label::key_problem;
use super::{Run, refused};

/// The message for both flags.
pub const BOTH: &str = "cannot set --all and --selector at the same time";

/// `cmd/util/helpers.go GetResourcesAndPairs`: words are resources until the first `key=value` or `key-`.
pub fn resources_and_pairs(args: &[String], what: &str) -> Result<(Vec<String>, Vec<String>), String> {
    let is_pair =
        |arg: &String| (arg.contains('=') && !arg.starts_with('=')) || (arg.ends_with('-') && arg != "-");
    let first = args.iter().position(is_pair).unwrap_or(args.len());
    let (resources, pairs) = args.split_at(first);
    match pairs.iter().find(|arg| !is_pair(arg)) {
        Some(arg) => Err(format!("all resources must be specified before {what} changes: {arg}")),
        None => Ok((resources.to_vec(), pairs.to_vec())),
    }
}

/// `cmd/util/helpers.go ParsePairs`.
fn parse_pairs(pairs: &[String], what: &str, may_remove: bool) -> Result<Vec<Pair>, String> {
    let mut parsed = Vec::new();
    for pair in pairs {
        match (pair.split_once('='), pair.strip_suffix('-')) {
            (Some((key, value)), _) => parsed.push((key.to_owned(), Some(value.to_owned()))),
            (None, Some(key)) if may_remove => parsed.push((key.to_owned(), None)),
            _ => return Err(format!("invalid {what} format: {pair}")),
        }
    }
    Ok(parsed)
}

impl Run<'_> {
    /// `--record` writes down the command line with it.
    pub(super) fn recorded(&mut self, dry_run: &str, id: DeploymentId) {
        if !self.is("record") || !dry_run.is_empty() {
            return;
        }
        let words = self.words.iter().map(|word| if word == "--record" { "--record=true" } else { word });
        let value = Some(words.collect::<Vec<_>>().join(" "));
        let changes = vec![Change::Annotation { key: CHANGE_CAUSE.to_owned(), value }];
        let _ = self.api.act(Command::Patch { deployment: id, changes });
    }

    /// The Deployment, where only a Deployment can be changed so.
    pub(super) fn deployment(&mut self, found: &Found) -> Option<DeploymentId> {
        match found.object {
            Object::Deployment(id) => Some(id),
            _ => {
                self.out.lack(Missing::change_of(found.kind));
                None
            }
        }
    }
}

/// `set_image.go`.
pub fn set_image(run: &mut Run<'_>) -> Result<(), String> {
    let (resources, pairs) = resources_and_pairs(&run.flags.args, "image")?;
    let pairs = parse_pairs(&pairs, "image", false)?;
    if run.is("local") {
        return Err("you must specify resources by --filename when --local is set.\nExample resource \
                    specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'"
            .to_owned());
    }
    let dry_run = run.dry_run()?;
    if run.is("all") && run.flags.get("selector").is_some() {
        return Err(BOTH.to_owned());
    }
    let found = run.find_of(&resources, Rules::default())?.found;
    if !run.errors.is_empty() {
        return Ok(());
    }
    if pairs.is_empty() {
        return Err("at least one image update is required".to_owned());
    }
    let wildcard = pairs.iter().any(|(name, _)| name == "*");
    if wildcard && 1 < pairs.len() {
        return Err("all containers are already specified by *, but saw more than one \
                    container_name=container_image pairs"
            .to_owned());
    }
    for found in &found {
        if let Some(id) = run.deployment(found) {
            run.set_images(found, id, &pairs, dry_run);
        }
    }
    Ok(())
}

impl Run<'_> {
    fn set_images(&mut self, found: &Found, id: DeploymentId, pairs: &[Pair], dry_run: &str) {
        let containers = &self.api.objects().deployment(id).spec.template.containers;
        let names: Vec<String> = containers.iter().map(|container| container.name.clone()).collect();
        let mut changes = Vec::new();
        for (name, image) in pairs {
            let image = image.clone().unwrap_or_default();
            let fits = names.iter().filter(|other| name == "*" || *other == name);
            let before = changes.len();
            changes.extend(
                fits.map(|container| Change::Image { container: container.clone(), image: image.clone() }),
            );
            if before == changes.len() {
                self.errors.push(format!("error: unable to find container named {name:?}"));
            }
        }
        // One image for the only container is what the page's own button asks for.
        let command = match &changes[..] {
            [] => return,
            [Change::Image { image, .. }] if names.len() == 1 => {
                Command::SetImage { deployment: id, image: image.clone() }
            }
            _ => Command::Patch { deployment: id, changes },
        };
        let prints = self.flags.get("output").is_some_and(|format| format != "name");
        if prints && !dry_run.is_empty() {
            return self.print_with_images(id, pairs);
        }
        match self.act(dry_run, command) {
            Ok(Answer::ImageUnchanged | Answer::PatchUnchanged) => {}
            Ok(_) => {
                self.recorded(dry_run, id);
                self.done(found, "image updated", dry_run);
            }
            Err(rejected) => {
                let error = format!("failed to patch image update to pod template: {}", message(&rejected));
                self.errors.push(error);
            }
        }
    }
}

impl Run<'_> {
    /// The Deployment as a dry run would have it.
    fn print_with_images(&mut self, id: DeploymentId, pairs: &[Pair]) {
        let object = self.deployment_if(id, |deployment| {
            let mut spec = deployment.spec.clone();
            let template = Rc::make_mut(&mut spec.template);
            for (name, image) in pairs {
                let fits = template.containers.iter_mut().filter(|other| name == "*" || other.name == *name);
                fits.for_each(|container| container.image = image.clone().unwrap_or_default());
            }
            deployment.ask(spec);
        });
        self.print_json(object);
    }
}

/// What the API server itself says, without kubectl's words for it.
fn message(rejected: &Rejected) -> String {
    let Rejected::Invalid { deployment, errors } = rejected else { return refused(rejected) };
    let causes: Vec<_> = errors.iter().map(ToString::to_string).collect();
    let causes = if causes.len() == 1 { causes.join("") } else { format!("[{}]", causes.join(", ")) };
    format!("Deployment.apps {deployment:?} is invalid: {causes}")
}

/// `scale.go`.
pub fn scale(run: &mut Run<'_>) -> Result<(), String> {
    let Some(replicas) = run.flags.number("replicas") else {
        return Err("required flag(s) \"replicas\" not set".to_owned());
    };
    let current = run.flags.number("current-replicas").unwrap_or(-1);
    if replicas < 0 {
        return Err(
            "The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0".to_owned()
        );
    }
    if current < -1 {
        return Err("The --current-replicas must specify an integer of -1 or greater".to_owned());
    }
    let dry_run = run.dry_run()?;
    let selection = run.find(Rules::default())?;
    let before = run.errors.len();
    for found in &selection.found {
        match &found.object {
            Object::Deployment(id) => run.scale_one(found, *id, replicas, current, dry_run),
            Object::ReplicaSet(id) => {
                let actual = run.api.objects().replica_set(*id).replicas;
                if 0 <= current && current != i64::from(actual) {
                    run.errors.push(format!("Expected replicas to be {current}, was {actual}"));
                } else {
                    run.set_back(found, "scaled", dry_run);
                }
            }
            _ => {
                let error = "Error from server (NotFound): the server could not find the requested resource";
                run.errors.push(error.to_owned());
                return Ok(());
            }
        }
    }
    if selection.found.is_empty() && before == 0 {
        return Err("no objects passed to scale".to_owned());
    }
    Ok(())
}

impl Run<'_> {
    /// A change of a ReplicaSet does not last: its Deployment would undo it at once.
    fn set_back(&mut self, found: &Found, done: &str, dry_run: &str) {
        if dry_run.is_empty() {
            self.out.aside = Some(Aside::SetBack);
        }
        self.done(found, done, dry_run);
    }

    fn scale_one(&mut self, found: &Found, id: DeploymentId, replicas: i64, current: i64, dry_run: &str) {
        let actual = self.api.objects().deployment(id).spec.replicas;
        if 0 <= current && current != i64::from(actual) {
            return self.errors.push(format!("Expected replicas to be {current}, was {actual}"));
        }
        let Ok(replicas) = i32::try_from(replicas) else {
            return self.out.lack(Missing::Flag(format!("--replicas={replicas}")));
        };
        // Nothing is asked of the server by a client that only pretends.
        let answer = match dry_run {
            " (dry run)" => Ok(Answer::Scaled),
            _ => self.act(dry_run, Command::Scale { deployment: id, replicas }),
        };
        match answer {
            Ok(_) => {
                self.recorded(dry_run, id);
                self.done(found, "scaled", dry_run);
            }
            Err(rejected) => self.errors.push(refused(&rejected)),
        }
    }
}

/// `annotate.go`.
pub fn annotate(run: &mut Run<'_>) -> Result<(), String> {
    let (resources, pairs) = resources_and_pairs(&run.flags.args, "annotation")?;
    let pairs = parse_pairs(&pairs, "annotation", true)?;
    if run.is("all") && run.flags.get("selector").is_some() {
        return Err(BOTH.to_owned());
    }
    if resources.is_empty() && !run.has_manifest() {
        return Err(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>".to_owned()
        );
    }
    // The last word may be a key without a value, which asks for nothing.
    if pairs.is_empty() && !run.is("list") {
        return Err("at least one annotation update is required".to_owned());
    }
    let dry_run = run.dry_run()?;
    let found = run.find_of(&resources, Rules::default())?.found;
    for found in &found {
        if let Some(id) = run.deployment(found) {
            run.annotate_one(found, id, &pairs, dry_run);
        }
    }
    Ok(())
}

impl Run<'_> {
    fn annotate_one(&mut self, found: &Found, id: DeploymentId, pairs: &[Pair], dry_run: &str) {
        let annotations = &self.api.objects().deployment(id).annotations.to_labels();
        if self.is("list") {
            let lines: Vec<_> = annotations.iter().map(|(key, value)| format!("{key}={value}")).collect();
            return lines.iter().for_each(|line| self.out.say(line));
        }
        if let Some(error) = self.overwritten(annotations, pairs) {
            return self.errors.push(error);
        }
        let problem = pairs.iter().find_map(|(key, _)| Some((key, key_problem(key)?)));
        if let Some((key, problem)) = problem.filter(|_| dry_run != " (dry run)") {
            let name = &found.name;
            return self.errors.push(format!(
                "The Deployment {name:?} is invalid: metadata.annotations: Invalid value: {key:?}: {problem}"
            ));
        }
        let change = |(key, value): &Pair| Change::Annotation { key: key.clone(), value: value.clone() };
        let changes = pairs.iter().map(change).collect();
        match self.act(dry_run, Command::Patch { deployment: id, changes }) {
            Ok(_) => {
                self.recorded(dry_run, id);
                self.done(found, "annotated", dry_run);
            }
            Err(rejected) => self.errors.push(refused(&rejected)),
        }
    }

    /// `annotate.go validateNoAnnotationOverwrites`: the cause of a change may always be written anew.
    fn overwritten(&self, annotations: &Labels, pairs: &[Pair]) -> Option<String> {
        let other = |(key, value): &&Pair| {
            let present = annotations.get(key).filter(|_| key != CHANGE_CAUSE);
            value.is_some() && present.is_some_and(|present| Some(present) != value.as_ref())
        };
        let declared = pairs.iter().filter(other).filter_map(|(key, _)| Some((key, annotations.get(key)?)));
        let declared: Vec<_> =
            declared.map(|(key, value)| format!("'{key}' already has a value ({value})")).collect();
        let refused = !declared.is_empty() && !self.is("overwrite");
        refused.then(|| {
            format!(
                "--overwrite is false but found the following declared annotation(s): {}",
                declared.join("; ")
            )
        })
    }
}

/// `delete.go`, of pods, ReplicaSets and Deployments. That a pod is killed at once (`--force`, `--now`) is only said:
/// it takes the time its version takes to leave.
pub fn delete(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["raw", "interactive"]) {
        return Ok(());
    }
    let selective = ["all", "selector", "field-selector"].iter().any(|flag| run.flags.get(flag).is_some());
    if run.is("all") && run.flags.get("selector").is_some() {
        return Err("setting 'all' parameter but found a non empty selector. ".to_owned());
    }
    let grace = run.flags.number("grace-period").unwrap_or(-1);
    if run.is("now") && grace != -1 {
        return Err("--now and --grace-period cannot be specified together".to_owned());
    }
    let dry_run = run.dry_run()?;
    let forced = run.is("force");
    if forced && 0 < grace {
        return Err("--force and --grace-period greater than 0 cannot be specified together".to_owned());
    }
    let rules = Rules { type_alone: false, ignore_not_found: selective || run.is("ignore-not-found") };
    let found = run.find(rules)?.found;
    if forced {
        run.out.warn(
            "Warning: Immediate deletion does not wait for confirmation that the running resource has been \
             terminated. The resource may continue to run on the cluster indefinitely.",
        );
    }
    if found.is_empty() && run.errors.is_empty() && selective {
        run.out.say("No resources found");
    }
    let what = if forced { "force deleted" } else { "deleted" };
    // All at once, if it is all of them: that is one command, and one thing to take back.
    let pods = found.iter().filter(|found| matches!(found.object, Object::Pod(_))).count();
    let all_pods = dry_run.is_empty() && 1 < pods && pods == found.len() && pods == run.api.pods().len();
    if all_pods && let Err(rejected) = run.act("", Command::DeletePods) {
        return Err(refused(&rejected));
    }
    for found in &found {
        run.delete_one(found, what, dry_run, all_pods);
    }
    Ok(())
}

impl Run<'_> {
    /// What is made under the name of what was deleted begins anew.
    fn forget(&mut self, found: &Found) {
        self.api.note_labels(found.kind.kind, &found.name, &[]);
        if let Object::Deployment(_) = found.object {
            self.api.note_applied(&found.name, String::new());
        }
    }

    fn delete_one(&mut self, found: &Found, what: &str, dry_run: &str, done: bool) {
        let name = found.name.clone();
        let cascade = self.flags.get("cascade").unwrap_or("background").to_owned();
        let answer = match found.object {
            _ if done || !dry_run.is_empty() => Ok(Answer::NoPods),
            Object::Pod(_) => self.act("", Command::DeletePod(name)),
            // What its owner has taken along is still being deleted.
            Object::ReplicaSet(id) if self.api.objects().replica_set(id).deleted.is_some() => {
                Ok(Answer::NoPods)
            }
            Object::ReplicaSet(_) if cascade == "background" => self.act("", Command::DeleteReplicaSet(name)),
            Object::Deployment(id) if cascade == "background" => self.act("", Command::DeleteDeployment(id)),
            Object::ReplicaSet(_) | Object::Deployment(_) => {
                return self.out.lack(Missing::Flag(format!("--cascade={cascade}")));
            }
            _ => return self.out.lack(Missing::Deletion(found.kind.kind)),
        };
        if let Err(rejected) = answer {
            return self.errors.push(refused(&rejected));
        }
        if dry_run.is_empty() {
            self.forget(found);
        }
        if self.flags.get("output") == Some("name") {
            return self.out.say(&found.qualified());
        }
        let place = if found.kind.namespaced { " from default namespace" } else { "" };
        self.out.say(&format!("{} {:?} {what}{place}{dry_run}", found.kind.qualified(), found.name));
    }
}
