//! Commands that reach into containers: `kubectl/pkg/cmd/{logs,exec,attach,portforward,cp,debug,run}`.
//!
//! # What we leave out
//!
//! - Nothing runs in the containers, and so a log is empty. What is asked is checked all the same, and what there
//!   is to wait for is said.
//! - Pods without a controller: `run` says what kubectl says, and nothing comes of it.

use std::cmp::Ordering;

use crate::kubectl::api::{ContainerState, Pod};
use crate::kubectl::builder::{Found, Object, Rules, find_one, kind_named, not_found};
use crate::kubectl::json::Json;
use crate::kubectl::kinds::POD;
use crate::kubectl::output::{Aside, Missing};
use crate::sim::order::sorted_by;
use crate::sim::spec::PodTemplateSpec;

use super::Run;

const LOGS: &str = "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n\
     POD or TYPE/NAME is a required argument for the logs command";

/// `logs.go`.
pub fn logs(run: &mut Run<'_>) -> Result<(), String> {
    let by_selector = run.flags.get("selector").is_some_and(|selector| !selector.is_empty());
    let (asked, mut container) = match &run.flags.args[..] {
        [] if by_selector => (String::new(), String::new()),
        [_] if by_selector => return Err(run.usage("only a selector (-l) or a POD name is allowed")),
        [asked] => (asked.clone(), String::new()),
        [asked, container] => (asked.clone(), container.clone()),
        _ => return Err(run.usage(LOGS)),
    };
    if let Some(given) = run.flags.get("container") {
        given.clone_into(&mut container);
    }
    if run.is("all-containers") && !container.is_empty() {
        return Err(format!("--all-containers=true should not be specified with container name {container}"));
    }
    if run.flags.number("tail").is_some_and(|tail| tail < -1) {
        return Err("--tail must be greater than or equal to -1".to_owned());
    }
    let pods = if by_selector { run.selected_pods()? } else { run.pods_of(&asked)? };
    for pod in &pods {
        run.log_of(pod, &container)?;
    }
    if !pods.is_empty() {
        run.out.aside = Some(Aside::NoLogs);
    }
    Ok(())
}

impl Run<'_> {
    fn selected_pods(&mut self) -> Result<Vec<Pod>, String> {
        let found =
            self.find_of(&["pods".to_owned()], Rules { type_alone: true, ignore_not_found: false })?.found;
        if found.is_empty() && self.errors.is_empty() {
            let namespace = self.flags.get("namespace").unwrap_or("default").to_owned();
            self.out.warn(&format!("No resources found in {namespace} namespace."));
        }
        Ok(found.into_iter().filter_map(|found| pod_in(found.object)).collect())
    }

    /// The pod that is meant; of those of a controller the best, or all of them.
    /// `polymorphichelpers/logsforobject.go`.
    fn pods_of(&mut self, asked: &str) -> Result<Vec<Pod>, String> {
        let mut pods = self.api.pods();
        match self.one(asked, "error from server (NotFound): ", " in namespace \"default\"")?.object {
            Object::Pod(pod) => return Ok(vec![*pod]),
            Object::Deployment(id) => {
                pods.retain(|pod| self.api.objects().replica_set(pod.owner).owner == id)
            }
            Object::ReplicaSet(id) => pods.retain(|pod| pod.owner == id),
            Object::Service => {
                return Err(
                    "cannot get the logs from *v1.Service: invalid service 'kubernetes': Service is defined \
                            without a selector"
                        .to_owned(),
                );
            }
            Object::Node(_) => return Err(no_selector("Node")),
            Object::Event(_) => return Err(no_selector("Event")),
            Object::Namespace => return Err(no_selector("Namespace")),
        }
        let mut pods = sorted_by(&pods, by_logging);
        if pods.is_empty() {
            return Err("timed out waiting for the condition".to_owned());
        }
        if !self.is("all-pods") {
            if 1 < pods.len() {
                self.out.warn(&format!("Found {} pods, using pod/{}", pods.len(), pods[0].name));
            }
            pods.truncate(1);
        }
        Ok(pods)
    }

    /// The object that a word means, which is a pod where it has no type.
    fn one(&self, asked: &str, begin: &str, end: &str) -> Result<Found, String> {
        let (kind, name) = match asked.split_once('/') {
            Some((kind, name)) => (kind_named(kind)?, name),
            None => (POD, asked),
        };
        find_one(&*self.api, kind, name)
            .filter(|_| self.flags.get("namespace").is_none_or(|namespace| namespace == "default"))
            .ok_or_else(|| {
                let whole = not_found(&kind.resource(), name);
                let said = whole.trim_start_matches("Error from server (NotFound): ");
                format!("{begin}{said}{end}")
            })
    }

    /// What the API server and the kubelet say before there is a log.
    /// `kubelet_pods.go validateContainerLogStatus`.
    fn log_of(&mut self, pod: &Pod, wanted: &str) -> Result<(), String> {
        let template = &self.api.objects().replica_set(pod.owner).template;
        let containers: Vec<_> = template.containers.iter().map(|container| container.name.clone()).collect();
        let all = all_names(template);
        let is_there =
            template.containers.iter().chain(&template.init_containers).any(|one| one.name == wanted);
        let container = match wanted {
            "" => containers.first().cloned().unwrap_or_default(),
            _ if is_there => wanted.to_owned(),
            _ => return Err(format!("container {wanted} is not valid for pod {} out of: {all}", pod.name)),
        };
        if wanted.is_empty() && !self.is("all-containers") && all.contains(',') {
            self.out.warn(&format!("Defaulted container {container:?} out of: {all}"));
        }
        let refused = |said: String| Err(format!("Error from server (BadRequest): {said}"));
        let of = format!("container {container:?} in pod {:?}", pod.name);
        match &pod.state {
            // Without a node there is nobody to ask, and nothing is said.
            _ if pod.node.is_none() => Ok(()),
            None => refused(format!("{of} is not available")),
            _ if self.is("previous") && pod.last.is_none() => {
                refused(format!("previous terminated {of} not found"))
            }
            Some(ContainerState::Waiting(reason, _)) if pod.restarts == 0 && pod.last.is_none() => {
                let what = match &**reason {
                    "ErrImagePull" => "image can't be pulled",
                    "ImagePullBackOff" => "trying and failing to pull image",
                    other => other,
                };
                refused(format!("{of} is waiting to start: {what}"))
            }
            Some(_) => Ok(()),
        }
    }

    /// An object that a command would reach into.
    fn reach(&mut self, asked: &str) -> Result<(), String> {
        self.one(asked, "Error from server (NotFound): ", "")?;
        self.out.lack(Missing::Command(self.name.to_owned()));
        Ok(())
    }

    /// The words before `--`, and those behind it.
    fn around_dashes(&self) -> (Vec<String>, Vec<String>) {
        let dashes = self.words.iter().position(|word| word == "--");
        let behind = dashes.map_or(0, |at| self.words.len() - at - 1);
        let args = &self.flags.args;
        let (before, after) = args.split_at(args.len().saturating_sub(behind));
        (before.to_vec(), after.to_vec())
    }
}

fn pod_in(object: Object) -> Option<Pod> {
    match object {
        Object::Pod(pod) => Some(*pod),
        _ => None,
    }
}

fn no_selector(kind: &str) -> String {
    format!("cannot get the logs from *v1.{kind}: selector for *v1.{kind} not implemented")
}

/// `podcmd.AllContainerNames`.
fn all_names(template: &PodTemplateSpec) -> String {
    let first = template.init_containers.iter().map(|container| format!("{} (init)", container.name));
    let names: Vec<_> =
        template.containers.iter().map(|container| container.name.clone()).chain(first).collect();
    names.join(", ")
}

/// The pod whose log says most comes first. `kubectl/pkg/util/podutils ByLogging`.
fn by_logging(a: &Pod, b: &Pod) -> Ordering {
    let since = |pod: &Pod| pod.ready.then_some(pod.ready_changed.stored());
    (a.node.is_none(), a.phase == "Pending", !a.ready)
        .cmp(&(b.node.is_none(), b.phase == "Pending", !b.ready))
        .then(since(a).cmp(&since(b)))
        .then(a.restarts.cmp(&b.restarts))
        .then(a.created.stored().cmp(&b.created.stored()))
}

/// `exec.go`.
pub fn exec(run: &mut Run<'_>) -> Result<(), String> {
    let (named, command) = run.around_dashes();
    let [asked, more @ ..] = &named[..] else {
        return Err("pod, type/name or --filename must be specified".to_owned());
    };
    if command.is_empty() && !more.is_empty() {
        return Err(
            run.usage("exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead")
        );
    }
    if command.is_empty() {
        return Err("you must specify at least one command for the container".to_owned());
    }
    run.reach(asked)
}

/// `attach.go`.
pub fn attach(run: &mut Run<'_>) -> Result<(), String> {
    match &run.flags.args.clone()[..] {
        [] => Err("at least 1 argument is required for attach".to_owned()),
        [asked, ..] => run.reach(asked),
    }
}

/// `portforward.go`.
pub fn port_forward(run: &mut Run<'_>) -> Result<(), String> {
    match &run.flags.args.clone()[..] {
        [asked, _, ..] => run.reach(asked),
        _ => Err(run.usage("TYPE/NAME and list of ports are required for port-forward")),
    }
}

/// `cp.go`.
pub fn cp(run: &mut Run<'_>) -> Result<(), String> {
    if run.flags.args.len() != 2 {
        return Err("source and destination are required".to_owned());
    }
    run.out.lack(Missing::Command(run.name.to_owned()));
    Ok(())
}

/// `debug.go`.
pub fn debug(run: &mut Run<'_>) -> Result<(), String> {
    if run.flags.get("image").is_none() && run.flags.get("copy-to").is_none() {
        return Err("you must specify --image when not using --copy-to.".to_owned());
    }
    run.out.lack(Missing::Command(run.name.to_owned()));
    Ok(())
}

/// `run.go`: a pod without a controller, of which there are none here.
pub fn run(run: &mut Run<'_>) -> Result<(), String> {
    let Some(image) = run.flags.get("image").map(str::to_owned) else {
        return Err("required flag(s) \"image\" not set".to_owned());
    };
    if run.lacks(&["attach", "stdin", "tty", "rm", "expose", "filename", "kustomize"]) {
        return Ok(());
    }
    let (named, command) = run.around_dashes();
    let Some(name) = named.first().cloned() else {
        return Err(run.usage("NAME is required for run"));
    };
    let dry_run = run.dry_run()?;
    if dry_run != " (dry run)" && find_one(&*run.api, POD, &name).is_some() {
        return Err(format!("Error from server (AlreadyExists): pods {name:?} already exists"));
    }
    if dry_run.is_empty() {
        run.out.aside = Some(Aside::NoPlace("Pod"));
    }
    match run.flags.get("output") {
        None => run.out.say(&format!("pod/{name} created{dry_run}")),
        Some("name") => run.out.say(&format!("pod/{name}")),
        Some(_) => {
            if !run.lacks(&["overrides", "annotations", "env", "port", "privileged"]) {
                run.print_json(bare_pod(run, &name, &image, &command));
            }
        }
    }
    Ok(())
}

fn bare_pod(run: &Run<'_>, name: &str, image: &str, words: &[String]) -> Json {
    let pairs = run.flags.get("labels").map(str::to_owned).unwrap_or(format!("run={name}"));
    let pairs = pairs.split(',').filter_map(|pair| pair.split_once('='));
    let labels = pairs.map(|(key, value)| (key.to_owned(), Json::text(value))).collect();
    let words = (!words.is_empty()).then(|| Json::List(words.iter().map(|word| Json::text(word)).collect()));
    let (command, args) = if run.is("command") { (words, None) } else { (None, words) };
    let container = Json::map([
        ("args", args),
        ("command", command),
        ("image", Some(Json::text(image))),
        ("imagePullPolicy", run.flags.get("image-pull-policy").map(Json::text)),
        ("name", Some(Json::text(name))),
        ("resources", Some(Json::Map(Vec::new()))),
    ]);
    Json::map([
        ("apiVersion", Some(Json::text("v1"))),
        ("kind", Some(Json::text("Pod"))),
        (
            "metadata",
            Some(Json::map([("labels", Some(Json::Map(labels))), ("name", Some(Json::text(name)))])),
        ),
        (
            "spec",
            Some(Json::map([
                ("containers", Some(Json::List(vec![container]))),
                ("dnsPolicy", Some(Json::text("ClusterFirst"))),
                ("restartPolicy", Some(Json::text(run.flags.get("restart").unwrap_or("Always")))),
            ])),
        ),
        ("status", Some(Json::Map(Vec::new()))),
    ])
}
