//! Commands whose objects have no place here, or whose changes would not last: kubectl's own answers, and
//! that nothing follows from them ([`Aside`]). `kubectl/pkg/cmd/{expose,autoscale}`.

use crate::kubectl::builder::{Found, NAMESPACES, Object, Rules};
use crate::kubectl::json::Json;
use crate::kubectl::kinds::Kind;
use crate::kubectl::output::Aside;
use crate::sim::spec::Labels;

use super::Run;

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
