//! Commands that change a pod template: `kubectl/pkg/cmd/set/{set_resources,set_env}.go`.
//!
//! # What we leave out
//!
//! - Variables that come from elsewhere: `--from`, `--resolve` and standard input.

use std::rc::Rc;

use crate::kubectl::builder::{Found, Rules};
use crate::manifest::value::{Object, Value};
use crate::manifest::{quantity, template};
use crate::sim::cluster::DeploymentId;
use crate::sim::command::{Answer, Change, Command};
use crate::sim::spec::{DeploymentSpec, PodTemplateSpec};

use super::{Run, change};

/// What is done to a container.
type Edit<'a> = &'a dyn Fn(&mut Object);

/// `set_resources.go`.
pub fn resources(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["local"]) {
        return Ok(());
    }
    let dry_run = run.dry_run()?;
    let args = run.flags.args.clone();
    let found = run.find_of(&args, Rules::default())?.found;
    if !run.errors.is_empty() {
        return Ok(());
    }
    let given = |name: &str| run.flags.get(name).unwrap_or_default().to_owned();
    let (limits, requests) = (given("limits"), given("requests"));
    if limits.is_empty() && requests.is_empty() {
        return Err("you must specify an update to requests or limits (in the form of --requests/--limits)"
            .to_owned());
    }
    if run.is("all") && run.flags.get("selector").is_some() {
        return Err(change::BOTH.to_owned());
    }
    let given = [("limits", amounts(&limits)?), ("requests", amounts(&requests)?)];
    let edit = |container: &mut Object| {
        let mut resources = container.object("resources").cloned().unwrap_or_default();
        for (name, amounts) in given.iter().filter(|(_, amounts)| !amounts.is_empty()) {
            let mut all = resources.object(name).cloned().unwrap_or_default();
            for (resource, amount) in amounts {
                all.set(resource, amount.as_str().into());
            }
            resources.set(name, Value::Object(all));
        }
        container.set("resources", Value::Object(resources));
    };
    let wanted = run.flags.get("containers").unwrap_or("*").to_owned();
    for found in &found {
        let Some(id) = run.deployment(found) else { continue };
        match run.edited(id, &wanted, &edit) {
            None => run.errors.push(format!("error: unable to find container named {wanted}")),
            Some(Err(error)) => {
                run.errors.push(format!("error: failed to patch resources update to pod template {error}"));
            }
            Some(Ok(template)) => run.give_template(found, id, template, "resource requirements", dry_run),
        }
    }
    Ok(())
}

/// `set_serviceaccount.go`.
pub fn service_account(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["local"]) {
        return Ok(());
    }
    let Some((account, resources)) = run.flags.args.split_last() else {
        return Err("serviceaccount is required".to_owned());
    };
    let (account, resources) = (account.clone(), resources.to_vec());
    let dry_run = run.dry_run()?;
    for found in &run.find_of(&resources, Rules::default())?.found {
        let Some(id) = run.deployment(found) else { continue };
        let deployment = run.api.objects().deployment(id);
        let mut object = template::to_object(&deployment.spec.template);
        if let Some(spec) = object.get_mut("spec").and_then(Value::as_object_mut) {
            // The new name and the old one.
            spec.set("serviceAccountName", account.as_str().into());
            spec.set("serviceAccount", account.as_str().into());
        }
        match template::checked(&deployment.name, &deployment.spec, object) {
            Ok(template) => run.give_template(found, id, template, "serviceaccount", dry_run),
            Err(error) => {
                run.errors.push(format!("error: failed to patch ServiceAccountName {error}"));
            }
        }
    }
    Ok(())
}

/// `kubectl/pkg/generate/versioned populateResourceListV1`.
fn amounts(text: &str) -> Result<Vec<(String, String)>, String> {
    let pair = |statement: &str| match statement.split('=').collect::<Vec<_>>()[..] {
        [name, amount] if quantity::parse(amount).is_some() => Ok((name.to_owned(), amount.to_owned())),
        [_, _] => Err(quantity::FORMAT_WRONG.to_owned()),
        _ => Err(format!("Invalid argument syntax {statement}, expected <resource>=<value>")),
    };
    text.split(',').filter(|_| !text.is_empty()).map(pair).collect()
}

/// `set_selector.go`: nothing that is here has a selector that may change.
pub fn selector(run: &mut Run<'_>) -> Result<(), String> {
    match run.flags.args.len() {
        0 | 1 => Err("resource(s) were provided, but no name was specified".to_owned()),
        _ => Err("setting a selector is only supported for Services".to_owned()),
    }
}

/// A variable and its value; absent: it goes.
type Variable = (String, Option<String>);

/// `set_env.go`.
pub fn env(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["from", "keys", "prefix", "resolve", "local", "overwrite"]) {
        return Ok(());
    }
    let is_variable = |arg: &String| arg.contains('=') || arg.ends_with('-');
    let (variables, resources): (Vec<_>, Vec<_>) = run.flags.args.iter().cloned().partition(is_variable);
    let variables: Vec<_> = run.flags.all("env").map(str::to_owned).chain(variables).collect();
    if resources.is_empty() && !run.has_manifest() {
        return Err(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>".to_owned()
        );
    }
    let dry_run = run.dry_run()?;
    let found = run.find_of(&resources, Rules::default())?.found;
    if !run.errors.is_empty() {
        return Ok(());
    }
    let variables = variables.iter().map(|text| variable(text)).collect::<Result<Vec<_>, _>>()?;
    let wanted = run.flags.get("containers").unwrap_or("*").to_owned();
    for found in &found {
        let Some(id) = run.deployment(found) else { continue };
        if run.is("list") {
            run.list_variables(found, id, &wanted);
            continue;
        }
        match run.edited(id, &wanted, &|container| set_variables(container, &variables)) {
            None => run.out.warn(&format!(
                "Warning: {}/{} does not have any containers matching {wanted:?}",
                found.kind.kind, found.name
            )),
            Some(Err(error)) => {
                run.errors.push(format!("error: failed to patch env update to pod template: {error}"))
            }
            Some(Ok(template)) => run.give_template(found, id, template, "env", dry_run),
        }
    }
    Ok(())
}

/// `env/env_parse.go ParseEnv`.
fn variable(text: &str) -> Result<Variable, String> {
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(value.to_owned())),
        None => (text.trim_end_matches('-'), None),
    };
    let inside = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) || !name.chars().all(inside) {
        return Err(format!("{name:?} is not a valid key name: {NAME_RULE}"));
    }
    Ok((name.to_owned(), value))
}

/// `apimachinery/pkg/util/validation IsEnvVarName`.
const NAME_RULE: &str = "a valid environment variable name must consist of alphabetic characters, digits, \
    '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or \
    'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')";

fn set_variables(container: &mut Object, variables: &[Variable]) {
    let mut env = container.list("env").to_vec();
    for (name, value) in variables {
        let place = env.iter().position(|other| name_of(other) == Some(name));
        match (value, place) {
            (Some(value), place) => {
                let pair = [("name", name), ("value", value)];
                let new = Object(pair.map(|(key, text)| (key.to_owned(), text.as_str().into())).into());
                match place {
                    Some(place) => env[place] = Value::Object(new),
                    None => env.push(Value::Object(new)),
                }
            }
            (None, Some(place)) => drop(env.remove(place)),
            (None, None) => {}
        }
    }
    container.take("env");
    if !env.is_empty() {
        container.set("env", Value::List(env));
    }
}

fn name_of(value: &Value) -> Option<&str> {
    value.as_object()?.text("name")
}

impl Run<'_> {
    fn list_variables(&mut self, found: &Found, id: DeploymentId, wanted: &str) {
        let template = template::to_object(&self.api.objects().deployment(id).spec.template);
        let Some(spec) = template.object("spec") else { return };
        let all = spec.list("containers").iter().chain(spec.list("initContainers"));
        for container in all.filter(|container| wanted == "*" || name_of(container) == Some(wanted)) {
            let (kind, name) = (found.kind.kind, name_of(container).unwrap_or_default());
            self.out.say(&format!("# {kind} {}, container {name}", found.name));
            let Some(container) = container.as_object() else { continue };
            for variable in container.list("env").iter().filter_map(Value::as_object) {
                let text = |key| variable.text(key).unwrap_or_default();
                self.out.say(&format!("{}={}", text("name"), text("value")));
            }
        }
    }

    /// The template with an edit of every container that is wanted; `None` if there is none. What the API
    /// server would say of it, if it is refused.
    fn edited(&self, id: DeploymentId, wanted: &str, edit: Edit) -> Option<Result<PodTemplateSpec, String>> {
        let deployment = self.api.objects().deployment(id);
        let mut object = template::to_object(&deployment.spec.template);
        let mut any = false;
        let spec = object.get_mut("spec").and_then(Value::as_object_mut)?;
        for list in ["initContainers", "containers"] {
            let Some(Value::List(containers)) = spec.get_mut(list) else { continue };
            for container in containers.iter_mut().filter_map(Value::as_object_mut) {
                if wanted == "*" || container.text("name") == Some(wanted) {
                    edit(container);
                    any = true;
                }
            }
        }
        any.then(|| template::checked(&deployment.name, &deployment.spec, object))
    }

    /// Gives the Deployment another template. Nothing is said where it is the same.
    fn give_template(
        &mut self,
        found: &Found,
        id: DeploymentId,
        template: PodTemplateSpec,
        what: &str,
        dry_run: &str,
    ) {
        let format = self.flags.get("output").filter(|format| !dry_run.is_empty() && *format != "name");
        if format.is_some() {
            let new = Rc::new(template);
            let object = self.deployment_if(id, |deployment| {
                let spec = deployment.spec.clone();
                deployment.ask(DeploymentSpec { template: new, ..spec });
            });
            return self.print_json(object);
        }
        let changes = vec![Change::Template(Rc::new(template))];
        match self.act(dry_run, Command::Patch { deployment: id, changes }) {
            Ok(Answer::PatchUnchanged) => {}
            Ok(_) => {
                self.recorded(dry_run, id);
                self.done(found, &format!("{what} updated"), dry_run);
            }
            Err(rejected) => self.errors.push(super::refused(&rejected)),
        }
    }
}
