//! Containers: `describe.go describeContainers`.
//!
//! # What we leave out
//!
//! - Amounts that a variable takes from a container's resources are divided by nothing.

use crate::manifest::value::{Object, Value};

use super::Writer;

/// The value of a field of the pod that a variable names; a template has none.
pub type Resolve<'a> = &'a dyn Fn(&str) -> String;

/// `describe.go describeContainerPorts` and `describeContainerHostPorts`; and what confines it.
pub fn ports(w: &mut Writer, container: &Object) {
    for (label, number) in [("Port", "containerPort"), ("Host Port", "hostPort")] {
        let each = container.list("ports").iter().filter_map(Value::as_object).map(|port| {
            let protocol = port.text("protocol").unwrap_or("TCP");
            let name = port.text("name").map_or(String::new(), |name| format!(" ({name})"));
            format!("{}/{protocol}{name}", port.int(number).unwrap_or(0))
        });
        let list = each.collect::<Vec<_>>().join(", ");
        let several = if list.contains(',') { "s" } else { "" };
        w.line(2, &format!("{label}{several}:\t{}", if list.is_empty() { "<none>" } else { &list }));
    }
    seccomp(w, 2, container);
}

/// `securityContext.seccompProfile` of a container, or of a pod.
pub fn seccomp(w: &mut Writer, level: usize, of: &Object) {
    let Some(profile) = of.object("securityContext").and_then(|context| context.object("seccompProfile"))
    else {
        return;
    };
    let kind = profile.text("type").unwrap_or_default();
    w.line(level, &format!("SeccompProfile:\t{kind}"));
    if kind == "Localhost" {
        let file = profile.text("localhostProfile").unwrap_or_default();
        w.line(if level == 0 { 0 } else { level + 1 }, &format!("LocalhostProfile:\t{file}"));
    }
}

/// What it runs: `describe.go describeContainerCommand`.
pub fn command(w: &mut Writer, container: &Object) {
    for (name, list) in [("Command", "command"), ("Args", "args")] {
        let words = container.list(list);
        if !words.is_empty() {
            w.line(2, &format!("{name}:"));
        }
        let lines = words.iter().filter_map(Value::as_str).flat_map(|word| word.split('\n'));
        lines.for_each(|line| w.line(3, line));
    }
}

/// What it may use, how it is probed, its variables and mounts.
pub fn details(w: &mut Writer, container: &Object, resolve: Option<Resolve>) {
    let resources = container.object("resources");
    for (name, list) in [("Limits", "limits"), ("Requests", "requests")] {
        let Some(amounts) = resources.and_then(|resources| resources.object(list)) else { continue };
        w.line(2, &format!("{name}:"));
        for (resource, amount) in &amounts.0 {
            w.line(3, &format!("{resource}:\t{}", amount.as_str().unwrap_or_default()));
        }
    }
    for (name, field) in
        [("Liveness", "livenessProbe"), ("Readiness", "readinessProbe"), ("Startup", "startupProbe")]
    {
        if let Some(of) = container.object(field) {
            w.line(2, &format!("{name}:\t{}", probe(of)));
        }
    }
    variables_from(w, container);
    variables(w, container, resolve);
    mounts(w, container);
}

/// `describe.go DescribeProbe`.
fn probe(probe: &Object) -> String {
    let number = |name: &str, default| probe.int(name).unwrap_or(default);
    let attributes = format!(
        "delay={}s timeout={}s period={}s #success={} #failure={}",
        number("initialDelaySeconds", 0),
        number("timeoutSeconds", 1),
        number("periodSeconds", 10),
        number("successThreshold", 1),
        number("failureThreshold", 3)
    );
    let port =
        |of: &Object| of.int("port").map(|port| port.to_string()).or(of.text("port").map(str::to_owned));
    let text = |of: &Object, name: &str| of.text(name).unwrap_or_default().to_owned();
    if let Some(exec) = probe.object("exec") {
        let words: Vec<_> = exec.list("command").iter().filter_map(Value::as_str).collect();
        return format!("exec [{}] {attributes}", words.join(" "));
    }
    if let Some(get) = probe.object("httpGet") {
        let (host, path) = (text(get, "host"), text(get, "path"));
        let scheme = get.text("scheme").unwrap_or("HTTP").to_lowercase();
        let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
        // An address with colons stands in brackets.
        let host = if host.contains(':') { format!("[{host}]") } else { host };
        return format!(
            "http-get {scheme}://{host}:{}{slash}{path} {attributes}",
            port(get).unwrap_or_default()
        );
    }
    if let Some(tcp) = probe.object("tcpSocket") {
        return format!("tcp-socket {}:{} {attributes}", text(tcp, "host"), port(tcp).unwrap_or_default());
    }
    match probe.object("grpc") {
        Some(grpc) => {
            format!("grpc <pod>:{} {} {attributes}", grpc.int("port").unwrap_or(0), text(grpc, "service"))
        }
        None => format!("unknown {attributes}"),
    }
}

fn is_optional(of: &Object) -> bool {
    of.get("optional") == Some(&Value::Bool(true))
}

/// `describe.go describeContainerEnvFrom`.
fn variables_from(w: &mut Writer, container: &Object) {
    let all = container.list("envFrom");
    if !all.is_empty() {
        w.line(2, "Environment Variables from:");
    }
    for from in all.iter().filter_map(Value::as_object) {
        let kinds = [("ConfigMap", "configMapRef"), ("Secret", "secretRef")];
        let found = kinds.into_iter().find_map(|(kind, field)| Some((kind, from.object(field)?)));
        let (kind, name, optional) = match found {
            Some((kind, of)) => (kind, of.text("name").unwrap_or_default(), is_optional(of)),
            None => ("", "", false),
        };
        let prefix = from.text("prefix").map_or(String::new(), |prefix| format!(" with prefix '{prefix}'"));
        w.line(3, &format!("{name}\t{kind}{prefix}\tOptional: {optional}"));
    }
}

/// `describe.go describeContainerEnvVars`.
fn variables(w: &mut Writer, container: &Object, resolve: Option<Resolve>) {
    let variables = container.list("env");
    w.line(2, if variables.is_empty() { "Environment:\t<none>" } else { "Environment:" });
    for variable in variables.iter().filter_map(Value::as_object) {
        let text = |of: &Object, key: &str| of.text(key).unwrap_or_default().to_owned();
        let name = text(variable, "name");
        let Some(from) = variable.object("valueFrom") else {
            let value = text(variable, "value");
            let mut lines = value.split('\n');
            w.line(3, &format!("{name}:\t{}", lines.next().unwrap_or_default()));
            lines.for_each(|line| w.line(3, &format!("\t{line}")));
            continue;
        };
        if let Some(field) = from.object("fieldRef") {
            let path = text(field, "fieldPath");
            let value = resolve.map_or(String::new(), |resolve| resolve(&path));
            w.line(3, &format!("{name}:\t{value} ({}:{path})", field.text("apiVersion").unwrap_or("v1")));
        } else if let Some(field) = from.object("resourceFieldRef") {
            let resource = text(field, "resource");
            w.line(3, &format!("{name}:\t{} ({resource})", amount(container, &resource)));
        } else if let Some(key) = from.object("secretKeyRef") {
            let (of, key, optional) = (text(key, "name"), text(key, "key"), is_optional(key));
            w.line(3, &format!("{name}:\t<set to the key '{key}' in secret '{of}'>\tOptional: {optional}"));
        } else if let Some(key) = from.object("configMapKeyRef") {
            let (of, key, optional) = (text(key, "name"), text(key, "key"), is_optional(key));
            w.line(
                3,
                &format!("{name}:\t<set to the key '{key}' of config map '{of}'>\tOptional: {optional}"),
            );
        }
    }
}

/// `limits.cpu` of a container.
fn amount(container: &Object, resource: &str) -> String {
    let (list, name) = resource.split_once('.').unwrap_or((resource, ""));
    let resources = container.object("resources");
    let amount = resources.and_then(|resources| resources.object(list)?.text(name));
    match amount {
        Some(amount) => amount.to_owned(),
        None if list == "limits" => "node allocatable".to_owned(),
        None => "0".to_owned(),
    }
}

/// `describe.go describeContainerVolumes`.
fn mounts(w: &mut Writer, container: &Object) {
    let sorted = |list: &str, key: &'static str| {
        let all: Vec<_> = container.list(list).iter().filter_map(Value::as_object).cloned().collect();
        crate::sim::order::sorted_by_key(&all, |of| of.text(key).unwrap_or_default().to_owned())
    };
    let (mounts, devices) = (sorted("volumeMounts", "mountPath"), sorted("volumeDevices", "devicePath"));
    w.line(2, if mounts.is_empty() { "Mounts:\t<none>" } else { "Mounts:" });
    for mount in &mounts {
        let text = |key| mount.text(key).unwrap_or_default();
        let how = if mount.get("readOnly") == Some(&Value::Bool(true)) { "ro" } else { "rw" };
        let path = mount.text("subPath").map_or(String::new(), |path| format!(",path={path:?}"));
        w.line(3, &format!("{} from {} ({how}{path})", text("mountPath"), text("name")));
    }
    if !devices.is_empty() {
        w.line(2, if mounts.is_empty() { "Devices:\t<none>" } else { "Devices:" });
    }
    for device in &devices {
        let text = |key| device.text(key).unwrap_or_default();
        w.line(3, &format!("{} from {}", text("devicePath"), text("name")));
    }
}
