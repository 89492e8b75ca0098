//! `kubectl create deployment`: `kubectl/pkg/cmd/create/create_deployment.go`.

use crate::kubectl::builder::NAMESPACES;
use crate::kubectl::json::Json;
use crate::kubectl::output::Missing;
use crate::manifest::{self, Manifest, template};

use super::Run;

/// A new Deployment with one container for each image.
pub fn deployment(run: &mut Run<'_>) -> Result<(), String> {
    if run.flags.get("image").is_none() {
        return Err("required flag(s) \"image\" not set".to_owned());
    }
    let images: Vec<_> = run.flags.all("image").flat_map(|list| list.split(',')).map(str::to_owned).collect();
    let images: Vec<_> = images.into_iter().filter(|image| !image.is_empty()).collect();
    let dash = run.words.iter().position(|word| word == "--").map_or(0, |at| run.words.len() - at - 1);
    let (names, command) = run.flags.args.split_at(run.flags.args.len() - dash);
    let [name] = names else {
        return Err(run.usage(&format!("exactly one NAME is required, got {}", names.len())));
    };
    if 1 < images.len() && !command.is_empty() {
        return Err("cannot specify multiple --image options and command".to_owned());
    }
    let (name, object) = (name.clone(), object(run, name, &images, command));
    let dry_run = run.dry_run()?;
    if dry_run != " (dry run)" {
        let failed = |why: String| format!("failed to create deployment: {why}");
        let manifest = checked(run, &name, &object).map_err(failed)?;
        if run.flags.get("namespace").is_some_and(|namespace| namespace != "default") {
            run.out.lack(Missing::Creation);
            return Ok(());
        }
        run.create(manifest, dry_run);
    }
    match run.flags.get("output") {
        None => run.out.say(&format!("deployment.apps/{name} created{dry_run}")),
        Some("name") => run.out.say(&format!("deployment.apps/{name}")),
        Some("json") => run.out.stdout += &object.json(),
        Some("yaml") => run.out.stdout += &object.sorted().yaml(),
        Some(other) => {
            let missing = Missing::Flag(format!("-o {other}"));
            run.out.lack(missing);
        }
    }
    Ok(())
}

/// What the API server says of it, if it does not take it.
fn checked(run: &Run<'_>, name: &str, object: &Json) -> Result<Manifest, String> {
    let namespace = run.flags.get("namespace").unwrap_or("default");
    if !NAMESPACES.contains(&namespace) {
        return Err(format!("namespaces {namespace:?} not found"));
    }
    let reading = manifest::read(&object.compact());
    if !reading.problems.is_empty() {
        return Err(template::refusal(name, &reading.problems));
    }
    let exists = run.deployment_named(name).is_some();
    if exists && namespace == "default" {
        return Err(format!("deployments.apps {name:?} already exists"));
    }
    reading.deployments.into_iter().next().ok_or_else(String::new)
}

/// The object, its fields in the order of the Go structures.
fn object(run: &Run<'_>, name: &str, images: &[String], command: &[String]) -> Json {
    let text = |text: &str| Some(Json::text(text));
    let labels = || fields([("app", text(name))]);
    let empty = || Some(Json::Map(Vec::new()));
    let replicas = run.flags.number("replicas").unwrap_or(1);
    let port = run.flags.number("port").filter(|port| 0 < *port);
    let containers = images.iter().enumerate().map(|(index, image)| {
        let port =
            port.filter(|_| index == 0).map(|port| fields([("containerPort", Some(Json::number(port)))]));
        let command = command.iter().map(|word| Json::text(word)).collect::<Vec<_>>();
        fields([
            ("name", text(&container_name(image))),
            ("image", text(image)),
            ("command", (!command.is_empty()).then_some(Json::List(command))),
            ("ports", port.map(|port| Json::List(vec![port]))),
            ("resources", empty()),
        ])
    });
    let pod = fields([("containers", Some(Json::List(containers.collect())))]);
    let template = fields([("metadata", Some(fields([("labels", Some(labels()))]))), ("spec", Some(pod))]);
    let spec = fields([
        ("replicas", Some(Json::number(replicas))),
        ("selector", Some(fields([("matchLabels", Some(labels()))]))),
        ("template", Some(template)),
        ("strategy", empty()),
    ]);
    fields([
        ("kind", text("Deployment")),
        ("apiVersion", text("apps/v1")),
        ("metadata", Some(fields([("name", text(name)), ("labels", Some(labels()))]))),
        ("spec", Some(spec)),
        ("status", empty()),
    ])
}

/// Fields in this order; what is absent is left out.
fn fields<const N: usize>(given: [(&str, Option<Json>); N]) -> Json {
    let given = given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Json::Map(given.collect())
}

/// The last part of an image's name.
fn container_name(image: &str) -> String {
    let last = image.rsplit('/').next().unwrap_or(image);
    last.split([':', '@']).next().unwrap_or(last).to_owned()
}
