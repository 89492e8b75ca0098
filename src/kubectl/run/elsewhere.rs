//! Commands whose objects have no place here, or whose changes would not last: kubectl's own answers, and
//! that nothing follows from them ([`Aside`]). `kubectl/pkg/cmd/{label,expose,autoscale}`.

use crate::kubectl::api::Pair;
use crate::kubectl::builder::{Found, NAMESPACES, Object, Rules};
use crate::kubectl::json::Json;
use crate::kubectl::kinds::Kind;
use crate::kubectl::output::Aside;
use crate::sim::spec::Labels;

use super::{Run, change};

/// `apimachinery/pkg/util/validation IsValidLabelValue`.
const VALUE_RULE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', \
     and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for \
     validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/// `IsQualifiedName`.
const KEY_RULE: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an \
     alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is \
     '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

/// `label.go`.
pub fn label(run: &mut Run<'_>) -> Result<(), String> {
    let (resources, pairs) = change::resources_and_pairs(&run.flags.args, "label")?;
    let pairs = labels(&pairs)?;
    if run.is("list") && run.flags.get("output").is_some() {
        return Err("--list and --output may not be specified together".to_owned());
    }
    if run.is("all") && run.flags.get("selector").is_some() {
        return Err(change::BOTH.to_owned());
    }
    if resources.is_empty() && !run.has_manifest() {
        return Err(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>".to_owned()
        );
    }
    if pairs.is_empty() && !run.is("list") {
        return Err("at least one label update is required".to_owned());
    }
    let dry_run = run.dry_run()?;
    let selection = run.find_of(&resources, Rules::default())?;
    for found in &selection.found {
        run.label_one(found, &pairs, dry_run, selection.found.len() == 1);
    }
    Ok(())
}

/// `label.go parseLabels`.
fn labels(pairs: &[String]) -> Result<Vec<Pair>, String> {
    let pair = |pair: &String| match (pair.split_once('='), pair.strip_suffix('-')) {
        (Some((_, value)), _) if value.contains('=') => Err(format!("invalid label spec: {pair}")),
        (Some((_, value)), _) if !is_value(value) => {
            Err(format!("error: invalid label value: {pair:?}: {VALUE_RULE}"))
        }
        (Some((key, value)), _) => Ok((key.to_owned(), Some(value.to_owned()))),
        (None, Some(key)) => Ok((key.to_owned(), None)),
        (None, None) => Err(format!("unknown label spec: {pair}")),
    };
    let pairs = pairs.iter().map(pair).collect::<Result<Vec<_>, _>>()?;
    let sets = |wanted: &str| pairs.iter().any(|(key, value)| key == wanted && value.is_some());
    match pairs.iter().any(|(key, value)| value.is_none() && sets(key)) {
        true => Err("can not both modify and remove a label in the same command".to_owned()),
        false => Ok(pairs),
    }
}

fn is_value(text: &str) -> bool {
    text.is_empty() || is_name(text)
}

fn is_name(text: &str) -> bool {
    let edge = |c: char| c.is_ascii_alphanumeric();
    text.len() <= 63
        && text.starts_with(edge)
        && text.ends_with(edge)
        && text.chars().all(|c| edge(c) || "-_.".contains(c))
}

/// What the API server says of a key of a label or an annotation.
pub fn key_problem(key: &str) -> Option<String> {
    let parts: Vec<_> = key.split('/').collect();
    match parts[..] {
        [name] | [_, name] if is_name(name) => None,
        [_] | [_, _] => Some(format!("name part {KEY_RULE}")),
        _ => Some(format!(
            "a valid label key {KEY_RULE} with an optional DNS subdomain prefix and '/' (e.g. \
             'example.com/MyName')"
        )),
    }
}

impl Run<'_> {
    fn label_one(&mut self, found: &Found, pairs: &[Pair], dry_run: &str, one: bool) {
        let present = found.labels(&*self.api);
        if self.is("list") {
            return self.list_labels(found, &present, one);
        }
        if dry_run != " (dry run)" {
            for (key, _) in pairs.iter().filter(|(key, value)| value.is_none() && present.get(key).is_none())
            {
                self.out.say(&format!("label {key:?} not found."));
            }
        }
        let other = |(key, value): &&Pair| {
            value.is_some() && present.get(key).is_some_and(|present| Some(present) != value.as_ref())
        };
        if !self.is("overwrite") {
            let taken: Vec<_> = pairs.iter().filter(other).collect();
            for (key, _) in &taken {
                let value = &present[key.as_str()];
                self.errors.push(format!("'{key}' already has a value ({value}), and --overwrite is false"));
            }
            if !taken.is_empty() {
                return;
            }
        }
        if let Some((key, problem)) = pairs.iter().find_map(|(key, _)| Some((key, key_problem(key)?))) {
            let (kind, name) = (found.kind.kind, &found.name);
            return self.errors.push(format!(
                "The {kind} {name:?} is invalid: metadata.labels: Invalid value: {key:?}: {problem}"
            ));
        }
        let added = pairs.iter().any(|(key, value)| value.is_some() && present.get(key) != value.as_ref());
        let removed = pairs.iter().any(|(key, value)| value.is_none() && present.get(key).is_some());
        let done = match (added, removed) {
            (true, true) => "modified",
            (true, false) => "labeled",
            (false, true) => "unlabeled",
            (false, false) => "not labeled",
        };
        if (added || removed) && dry_run.is_empty() {
            self.give_labels(found, pairs);
        }
        self.done(found, done, dry_run);
    }

    /// Gives an object these labels and no others; whether that is a change.
    pub(super) fn relabel(&mut self, found: &Found, wanted: &Labels, dry_run: &str) -> bool {
        let present = found.labels(&*self.api);
        let gone =
            present.iter().filter(|(key, _)| wanted.get(key).is_none()).map(|(key, _)| (key.clone(), None));
        let new = wanted.iter().filter(|(key, value)| present.get(key) != Some(value));
        let pairs: Vec<Pair> =
            gone.chain(new.map(|(key, value)| (key.clone(), Some(value.clone())))).collect();
        if !pairs.is_empty() && dry_run.is_empty() {
            self.give_labels(found, &pairs);
        }
        !pairs.is_empty()
    }

    /// Labels are kept beside the run, where nothing but kubectl looks at them; so what an owner would let go of stays
    /// as it is.
    pub(super) fn give_labels(&mut self, found: &Found, pairs: &[Pair]) {
        let objects = self.api.objects();
        match pairs.iter().any(|(key, _)| found.is_chosen_by(key, objects)) {
            true => self.out.aside = Some(Aside::NoRelease),
            false => self.api.note_labels(found.kind.kind, &found.name, pairs),
        }
    }

    fn list_labels(&mut self, found: &Found, labels: &Labels, one: bool) {
        if !one {
            let head = format!("Listing labels for {}/{}:", found.kind.group_kind(), found.name);
            self.out.say(&head);
        }
        let indent = if one { "" } else { " " };
        labels.iter().for_each(|(key, value)| self.out.say(&format!("{indent}{key}={value}")));
    }
}

fn kind(name: &str) -> &'static Kind {
    Kind::named(name).expect("the API has this type")
}

/// `expose.go`.
pub fn expose(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["overrides", "override-type"]) {
        return Ok(());
    }
    let dry_run = run.dry_run()?;
    let found = run.find(Rules::default())?.found;
    for found in &found {
        if let Err(error) = run.expose_one(found, dry_run) {
            run.errors.push(error);
        }
    }
    Ok(())
}

impl Run<'_> {
    fn expose_one(&mut self, found: &Found, dry_run: &str) -> Result<(), String> {
        let labels = match &found.object {
            Object::Deployment(_) | Object::ReplicaSet(_) | Object::Pod(_) => found.labels(&*self.api),
            _ => {
                let kind = found.kind.kind;
                return Err(format!("cannot expose a {kind:?}"));
            }
        };
        let ports = match self.flags.get("port").filter(|port| !port.is_empty()) {
            Some(ports) => ports.to_owned(),
            None => self.container_ports(found),
        };
        if ports.is_empty() {
            return Err("couldn't find port via --port flag or introspection".to_owned());
        }
        let name = self.flags.get("name").filter(|name| !name.is_empty()).unwrap_or(&found.name).to_owned();
        let kind_of = self.flags.get("type").unwrap_or_default().to_owned();
        let service = self.service(&name, &ports, &labels, &kind_of)?;
        let known = ["", "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
        if dry_run != " (dry run)" && !known.contains(&&*kind_of) {
            return Err(format!(
                "The Service {name:?} is invalid: spec.type: Unsupported value: {kind_of:?}: supported values: \
                 \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\""
            ));
        }
        let taken = name == "kubernetes" && dry_run != " (dry run)";
        if taken {
            return Err(format!("Error from server (AlreadyExists): services {name:?} already exists"));
        }
        self.elsewhere(kind("service"), &name, "exposed", dry_run, service);
        Ok(())
    }

    fn container_ports(&self, found: &Found) -> String {
        let objects = self.api.objects();
        let template = match &found.object {
            Object::Deployment(id) => &objects.deployment(*id).spec.template,
            Object::ReplicaSet(id) => &objects.replica_set(*id).template,
            Object::Pod(pod) => &objects.replica_set(pod.owner).template,
            _ => return String::new(),
        };
        let containers = template.containers.iter().map(crate::manifest::template::container_object);
        let ports: Vec<_> = containers
            .flat_map(|container| container.list("ports").to_vec())
            .filter_map(|port| port.as_object()?.int("containerPort"))
            .map(|port| port.to_string())
            .collect();
        ports.join(",")
    }

    fn service(&self, name: &str, ports: &str, labels: &Labels, kind: &str) -> Result<Json, String> {
        let map = |labels: &Labels| {
            Json::Map(labels.iter().map(|(key, value)| (key.clone(), Json::text(value))).collect())
        };
        let protocol = self.flags.get("protocol").unwrap_or("TCP");
        let target = self.flags.get("target-port");
        let several = ports.contains(',');
        let mut list = Vec::new();
        for (index, port) in ports.split(',').enumerate() {
            let number = |text: &str| match text.parse::<i64>() {
                Ok(number) => Json::number(number),
                Err(_) => Json::text(text),
            };
            let port: i64 =
                port.parse().map_err(|_| format!("strconv.Atoi: parsing {port:?}: invalid syntax"))?;
            list.push(Json::map([
                ("name", several.then(|| Json::Text(format!("port-{}", index + 1)))),
                ("port", Some(Json::number(port))),
                ("protocol", Some(Json::text(protocol))),
                ("targetPort", Some(target.map_or(Json::number(port), number))),
            ]));
        }
        let mut selector = labels.clone();
        if let Some(given) = self.flags.get("selector").filter(|given| !given.is_empty()) {
            let pairs = given.split(',').filter_map(|pair| pair.split_once('='));
            selector = pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        }
        Ok(Json::map([
            ("apiVersion", Some(Json::text("v1"))),
            ("kind", Some(Json::text("Service"))),
            ("metadata", Some(Json::map([("labels", Some(map(labels))), ("name", Some(Json::text(name)))]))),
            (
                "spec",
                Some(Json::map([
                    ("ports", Some(Json::List(list))),
                    ("selector", Some(map(&selector))),
                    ("type", (!kind.is_empty()).then(|| Json::text(kind))),
                ])),
            ),
            ("status", Some(Json::map([("loadBalancer", Some(Json::Map(Vec::new())))]))),
        ]))
    }

    /// An object that has no place here.
    fn elsewhere(&mut self, kind: &'static Kind, name: &str, done: &str, dry_run: &str, object: Json) {
        if dry_run.is_empty() {
            self.out.aside = Some(Aside::NoPlace(kind.kind));
        }
        match self.flags.get("output") {
            None | Some("name") => {
                let found = Found { kind, name: name.to_owned(), object: Object::Namespace };
                self.done(&found, done, dry_run);
            }
            Some(_) => self.print_json(object),
        }
    }
}

/// `autoscale.go`.
pub fn autoscale(run: &mut Run<'_>) -> Result<(), String> {
    if run.flags.get("cpu-percent").is_some() {
        run.out.warn(
            "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., \
             '70%' for utilization or '500m' for milliCPU).",
        );
    }
    let Some(max) = run.flags.number("max") else {
        return Err("required flag(s) \"max\" not set".to_owned());
    };
    if max < 1 {
        return Err(format!("--max=MAXPODS is required and must be at least 1, max: {max}"));
    }
    let min = run.flags.number("min").unwrap_or(-1);
    if max < min {
        return Err(format!(
            "--max=MAXPODS must be larger or equal to --min=MINPODS, max: {max}, min: {min}"
        ));
    }
    let dry_run = run.dry_run()?;
    let found = run.find(Rules::default())?.found;
    let measured = ["cpu", "cpu-percent", "memory"].iter().any(|flag| run.flags.get(flag).is_some());
    for found in &found {
        if !matches!(found.object, Object::Deployment(_) | Object::ReplicaSet(_)) {
            let kind = found.kind.group_kind();
            run.errors.push(format!("cannot autoscale a {kind}"));
        } else if !measured {
            return Err("failed to create autoscaling/v2 HPA and the configuration is incompatible with \
                        autoscaling/v1: empty input"
                .to_owned());
        } else {
            let name =
                run.flags.get("name").filter(|name| !name.is_empty()).unwrap_or(&found.name).to_owned();
            if run.flags.get("output").is_some_and(|format| format != "name") {
                run.lacks(&["output"]);
                return Ok(());
            }
            run.elsewhere(kind("horizontalpodautoscaler"), &name, "autoscaled", dry_run, Json::Null);
        }
    }
    Ok(())
}

/// `create_namespace.go`.
pub fn namespace(run: &mut Run<'_>) -> Result<(), String> {
    let [name] = &run.flags.args[..] else {
        return Err(run.usage(&format!("error: exactly one NAME is required, got {}", run.flags.args.len())));
    };
    let name = name.clone();
    let dry_run = run.dry_run()?;
    if (NAMESPACES.contains(&&*name) || run.api.has_namespace(&name)) && dry_run != " (dry run)" {
        return Err(format!("Error from server (AlreadyExists): namespaces {name:?} already exists"));
    }
    let metadata = Json::map([("name", Some(Json::text(&name)))]);
    let object = Json::map([
        ("apiVersion", Some(Json::text("v1"))),
        ("kind", Some(Json::text("Namespace"))),
        ("metadata", Some(metadata)),
        ("spec", Some(Json::Map(Vec::new()))),
        ("status", Some(Json::Map(Vec::new()))),
    ]);
    run.elsewhere(kind("namespace"), &name, "created", dry_run, object);
    if dry_run.is_empty() {
        run.api.note_namespace(&name);
        run.out.aside = Some(Aside::OneNamespace(name));
    }
    Ok(())
}
