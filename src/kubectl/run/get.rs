//! `kubectl get`: `kubectl/pkg/cmd/get/get.go`.

use crate::kubectl::builder::{Found, Object, Rules, Selection};
use crate::kubectl::columns;
use crate::kubectl::follow::Follow;
use crate::kubectl::json::{self, Json};
use crate::kubectl::objects;
use crate::kubectl::output::Missing;
use crate::kubectl::rows::Rows;
use crate::kubectl::selector::Selector;
use crate::kubectl::table::Table;
use crate::kubectl::time::age;
use crate::sim::order::sorted_by;
use crate::sim::time::SimTime;

use super::Run;

/// What `-o` can be, in kubectl's words.
const FORMATS: &str = "custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,\
     jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml";

/// Carries it out.
pub fn get(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["raw"]) {
        return Ok(());
    }
    let has_template = run.flags.get("template").is_some();
    let format = run.flags.get("output").unwrap_or(if has_template { "go-template" } else { "" }).to_owned();
    let watch = run.is("watch") || run.is("watch-only");
    if run.flags.args.is_empty() && !run.has_manifest() {
        run.out.warn(
            "You must specify the type of resource to get. Use \"kubectl api-resources\" for a complete list of \
             supported resources.\n",
        );
        let error = "Required resource not specified.\nUse \"kubectl explain <resource>\" for a detailed \
                     description of that resource (e.g. kubectl explain pods).";
        return Err(run.usage(&format!("error: {error}")));
    }
    if run.is("output-watch-events") && !watch {
        return Err("--output-watch-events option can only be used with --watch or --watch-only".to_owned());
    }
    let (name, _) = format.split_once('=').unwrap_or((&format, ""));
    if !format.is_empty() && !FORMATS.split(',').any(|other| other == name) {
        return Err(format!(
            "unable to match a printer suitable for the output format {format:?}, allowed formats are: {FORMATS}"
        ));
    }
    let rules = Rules { type_alone: true, ignore_not_found: run.is("ignore-not-found") };
    let mut selection = run.find(rules)?;
    if watch {
        return run.watch(selection, &format);
    }
    run.sort(&mut selection.found);
    match run.flags.get("subresource") {
        None | Some("status") => {}
        Some("scale") if name.is_empty() => return run.scales(&selection.found),
        Some(_) => {
            run.lacks(&["subresource"]);
            return Ok(());
        }
    }
    if matches!(name, "" | "wide" | "name") {
        run.tables(&selection, name);
    } else {
        let single = selection.single;
        if !(selection.found.is_empty() && single) {
            print_objects(run, &selection.found, single, &format);
        }
    }
    Ok(())
}

/// Objects in one of the formats that show all of them. `single` stands for itself, others in a list.
pub fn print_objects(run: &mut Run<'_>, found: &[Found], single: bool, format: &str) {
    if format == "name" {
        return found.iter().for_each(|found| run.out.say(&found.qualified()));
    }
    let mut items = Vec::new();
    for found in found {
        match objects::object(&*run.api, found) {
            Some(object) => items.push(object),
            None => return run.out.lack(Missing::Flag(format!("-o {format}"))),
        }
    }
    let object = match (single, items.len()) {
        (true, 1) => items.remove(0),
        _ => objects::list(items),
    };
    print_json(run, &object, format);
}

/// An object in such a format.
pub fn print_json(run: &mut Run<'_>, object: &Json, format: &str) {
    let (name, path) = format.split_once('=').unwrap_or((format, ""));
    match name {
        "json" => run.out.stdout += &object.json(),
        "yaml" => run.out.stdout += &object.yaml(),
        "jsonpath" => match json::at_path(object, path) {
            Ok(text) => run.out.stdout += &text,
            Err(Some(error)) => run.errors.push(error),
            Err(None) => run.out.lack(Missing::Flag(format!("-o {format}"))),
        },
        "go-template" | "template" => {
            let text = if path.is_empty() { run.flags.get("template").unwrap_or_default() } else { path };
            if text.is_empty() {
                run.errors.push("template format specified but no template given".to_owned());
                return;
            }
            match json::template(object, text) {
                Some(text) => run.out.stdout += &text,
                None => run.out.lack(Missing::Template),
            }
        }
        "custom-columns" => {
            let items = match object.get("items") {
                Some(Json::List(items)) => items.iter().collect(),
                _ => vec![object],
            };
            match columns::columns(path, &items, !run.is("no-headers")) {
                Ok(text) => run.out.stdout += &text,
                Err(Some(error)) => run.errors.push(error),
                Err(None) => run.out.lack(Missing::Flag(format!("-o {format}"))),
            }
        }
        _ => run.out.lack(Missing::Flag(format!("-o {name}"))),
    }
}

impl Run<'_> {
    fn rows(&self, selection: &Selection, format: &str) -> Rows {
        // Types that were listed together, or that were found though they were not.
        let listed = self.flags.args.first().is_some_and(|types| types == "all" || types.contains(','));
        let differ = |found: &Found| Some(found.kind) != selection.found.first().map(|first| first.kind);
        let with_kind = listed || selection.found.iter().any(differ);
        let columns = self.flags.all("label-columns").flat_map(|list| list.split(','));
        Rows {
            table: Table::get(),
            wide: format == "wide",
            with_kind: with_kind || self.is("show-kind"),
            with_namespace: self.is("all-namespaces") && selection.kind.is_none_or(|kind| kind.namespaced),
            show_labels: self.is("show-labels"),
            label_columns: columns.map(str::to_owned).collect(),
            has_header: self.is("no-headers"),
            event: self.is("output-watch-events"),
            only_names: format == "name",
            kind: selection.kind,
            names: Vec::new(),
            selector: Selector::parse(self.flags.get("selector").unwrap_or_default()).unwrap_or_default(),
        }
    }

    /// One table for each type, a blank line between them.
    fn tables(&mut self, selection: &Selection, format: &str) {
        let mut rest = &selection.found[..];
        let mut rows = self.rows(selection, format);
        while let Some(first) = rest.first() {
            let end = rest.iter().position(|found| found.kind != first.kind).unwrap_or(rest.len());
            let (table, after) = rest.split_at(end);
            if rest.len() < selection.found.len() && format != "name" && !self.is("no-headers") {
                self.out.stdout.push('\n');
            }
            rows.table = Table::get();
            rows.has_header = self.is("no-headers");
            rows.print(&*self.api, table, &mut self.out);
            rest = after;
        }
        let silent = self.is("ignore-not-found") || format == "name" || !self.errors.is_empty();
        if selection.found.is_empty() && !silent {
            self.nothing_found(selection);
        }
    }

    fn nothing_found(&mut self, selection: &Selection) {
        let everywhere = self.is("all-namespaces") || selection.kind.is_some_and(|kind| !kind.namespaced);
        let namespace = self.flags.get("namespace").unwrap_or("default").to_owned();
        match everywhere {
            true => self.out.warn("No resources found"),
            false => self.out.warn(&format!("No resources found in {namespace} namespace.")),
        }
    }

    /// What asks for replicas, as the scale it has. `printers.go printScale`.
    fn scales(&mut self, found: &[Found]) -> Result<(), String> {
        let (objects, now) = (self.api.objects(), self.api.now());
        let mut text = String::new();
        if !self.is("no-headers") {
            text += "NAME\tDESIRED\tAVAILABLE\tAGE\n";
        }
        for found in found {
            let (desired, there, created) = match &found.object {
                Object::Deployment(id) => {
                    let deployment = objects.deployment(*id);
                    (deployment.spec.replicas, deployment.status.replicas, SimTime::ZERO)
                }
                Object::ReplicaSet(id) => {
                    let set = objects.replica_set(*id);
                    (set.replicas, set.status.replicas, set.created)
                }
                _ => {
                    return Err(
                        "Error from server (NotFound): the server could not find the requested resource"
                            .to_owned(),
                    );
                }
            };
            text += &format!("{}\t{desired}\t{there}\t{}\n", found.name, age(created, now));
        }
        self.out.stdout += &Table::get().align(&text);
        Ok(())
    }

    /// `get.go watch`.
    fn watch(&mut self, selection: Selection, format: &str) -> Result<(), String> {
        if selection.several_kinds {
            return Err("you may only specify a single resource type".to_owned());
        }
        if !self.errors.is_empty() {
            return Ok(());
        }
        if !matches!(format, "" | "wide" | "name") {
            self.out.lack(Missing::Flag(format!("-w -o {format}")));
            return Ok(());
        }
        let mut rows = self.rows(&selection, format);
        let names = self.flags.args.iter().skip(1).chain(&self.flags.args).filter(|_| selection.single);
        rows.names = names.map(|name| name.rsplit('/').next().unwrap_or(name).to_owned()).collect();
        if !self.is("watch-only") {
            rows.print(&*self.api, &selection.found, &mut self.out);
        }
        self.out.follow = Some(Follow::Rows(Box::new(rows)));
        Ok(())
    }

    /// `sorter.go`. What no object has is found in none of them.
    fn sort(&mut self, found: &mut Vec<Found>) {
        let Some(field) = self.flags.get("sort-by").map(str::to_owned) else { return };
        let field = field.trim_matches(['{', '}']);
        let path = format!("{{.{}}}", field.trim_start_matches('.'));
        let key = |found: &Found| -> Option<Json> {
            match objects::object(&*self.api, found) {
                Some(object) => json::find(&object, &path),
                None => field_of(found, field.trim_start_matches('.')).map(Json::Text),
            }
        };
        let keys: Vec<_> = found.iter().map(|found| (key(found), found.clone())).collect();
        if keys.iter().all(|(key, _)| key.is_none()) {
            return found.clear();
        }
        let sorted = sorted_by(&keys, |(a, _), (b, _)| json::order(a.as_ref(), b.as_ref()));
        *found = sorted.into_iter().map(|(_, found)| found).collect();
    }
}

/// A field to sort by, of what has no more than rows.
fn field_of(found: &Found, field: &str) -> Option<String> {
    match (&found.object, field) {
        (_, "metadata.name") => Some(found.name.clone()),
        (Object::Event(event), "metadata.creationTimestamp" | "firstTimestamp") => {
            Some(event.first.rfc3339())
        }
        // Those of the scheduler have none.
        (Object::Event(event), "lastTimestamp") if event.from == "default-scheduler" => None,
        (Object::Event(event), "lastTimestamp") => Some(event.last.rfc3339()),
        (Object::Event(event), "reason") => Some(event.reason.to_owned()),
        (_, "metadata.creationTimestamp") => Some(SimTime::ZERO.rfc3339()),
        _ => None,
    }
}
