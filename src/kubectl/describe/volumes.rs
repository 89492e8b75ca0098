//! `describe.go describeVolumes`.

use crate::manifest::value::{Object, Value};

use super::Writer;

/// A type of volume a line: its field, what it is, and its own fields, in the order in which kubectl looks for
/// them. After a field's name stands how it is printed: `!` a truth, `#` a number, `?` `<none>` and `~`
/// `<unset>` where it is absent, `*` a list, `,` a list in words, `&` a reference, `{` a map; else a text.
const TYPES: &str = include_str!("volumes.txt");

/// The volumes of a pod, or of a template, where everything stands deeper by two blanks.
pub fn volumes(w: &mut Writer, volumes: &[Value], space: &str) {
    if volumes.is_empty() {
        return w.line(0, &format!("{space}Volumes:\t<none>"));
    }
    w.line(0, &format!("{space}Volumes:"));
    let indent = if space.is_empty() { "" } else { " " };
    for volume in volumes.iter().filter_map(Value::as_object) {
        w.line(1, &format!("{indent}{}:", volume.text("name").unwrap_or_default()));
        let of_type = |line: &&str| volume.object(line.split('|').next().unwrap_or_default()).is_some();
        match TYPES.lines().find(of_type) {
            Some(line) => source(w, line, volume),
            None => w.line(1, "<unknown>"),
        }
    }
}

fn source(w: &mut Writer, line: &str, volume: &Object) {
    let mut parts = line.split('|');
    let (name, what) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let Some(source) = volume.object(name) else { return };
    w.line(2, &format!("Type:\t{what}"));
    for part in parts {
        let (label, field) = part.rsplit_once(':').unwrap_or((part, ""));
        let colon = if label == "ISCSIInterface" { "" } else { ":" };
        let label = label.trim_end_matches(':').to_owned() + colon;
        w.line(2, &format!("{label}\t{}", printed(source, field)));
    }
    match name {
        "projected" => projected(w, source),
        "downwardAPI" => downward(w, source),
        "csi" => attributes(w, source),
        "ephemeral" => claim(w, source),
        _ => {}
    }
}

/// As Go's `%v` prints it.
fn printed(source: &Object, field: &str) -> String {
    let name = field.trim_end_matches(['!', '#', '?', '~', '*', ',', '&', '{']);
    let text = || source.text(name).map(str::to_owned).or(source.int(name).map(|number| number.to_string()));
    let list = || source.list(name).iter().filter_map(Value::as_str).collect::<Vec<_>>();
    match &field[name.len()..] {
        "!" => (source.get(name) == Some(&Value::Bool(true))).to_string(),
        "#" => source.int(name).unwrap_or(0).to_string(),
        "?" => text().unwrap_or("<none>".to_owned()),
        "~" => text().unwrap_or("<unset>".to_owned()),
        "*" => format!("[{}]", list().join(" ")),
        "," => list().join(", "),
        "&" => match source.object(name) {
            Some(reference) => {
                format!("&LocalObjectReference{{Name:{},}}", reference.text("name").unwrap_or_default())
            }
            None => "nil".to_owned(),
        },
        "{" => {
            let pairs = source.object(name).map_or(&[][..], |map| &map.0);
            let pairs: Vec<_> = pairs
                .iter()
                .map(|(key, value)| format!("{key}:{}", value.as_str().unwrap_or_default()))
                .collect();
            format!("map[{}]", pairs.join(" "))
        }
        _ => text().unwrap_or_default(),
    }
}

/// `printProjectedVolumeSource`.
fn projected(w: &mut Writer, source: &Object) {
    for source in source.list("sources").iter().filter_map(Value::as_object) {
        let named = |w: &mut Writer, label: &str, object: &Object| {
            w.line(2, &format!("{label}:\t{}", object.text("name").unwrap_or_default()));
            w.line(2, &format!("Optional:\t{}", printed(object, "optional!")));
        };
        if let Some(secret) = source.object("secret") {
            named(w, "SecretName", secret);
        } else if source.object("downwardAPI").is_some() {
            w.line(2, "DownwardAPI:\ttrue");
        } else if let Some(map) = source.object("configMap") {
            named(w, "ConfigMapName", map);
        } else if let Some(token) = source.object("serviceAccountToken") {
            let seconds = token.int("expirationSeconds").unwrap_or(3600);
            w.line(2, &format!("TokenExpirationSeconds:\t{seconds}"));
        }
    }
}

/// `printDownwardAPIVolumeSource`.
fn downward(w: &mut Writer, source: &Object) {
    w.line(2, "Items:");
    for item in source.list("items").iter().filter_map(Value::as_object) {
        let path = item.text("path").unwrap_or_default();
        for (list, field) in [("fieldRef", "fieldPath"), ("resourceFieldRef", "resource")] {
            if let Some(reference) = item.object(list) {
                w.line(3, &format!("{} -> {path}", reference.text(field).unwrap_or_default()));
            }
        }
    }
}

/// `printCSIPersistentVolumeAttributesMultiline`.
fn attributes(w: &mut Writer, source: &Object) {
    let pairs = source.object("volumeAttributes").map_or(&[][..], |map| &map.0);
    let mut lines = pairs.iter().map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()));
    w.line(2, &format!("VolumeAttributes:\t{}", lines.next().unwrap_or("<none>".to_owned())));
    lines.for_each(|line| w.line(2, &format!("\t{line}")));
}

/// `printPersistentVolumeClaim`, of a claim that is not there yet.
fn claim(w: &mut Writer, source: &Object) {
    let Some(template) = source.object("volumeClaimTemplate") else { return };
    let spec = template.object("spec").cloned().unwrap_or_default();
    w.line(2, &format!("StorageClass:\t{}", spec.text("storageClassName").unwrap_or_default()));
    w.line(2, &format!("Volume:\t{}", spec.text("volumeName").unwrap_or_default()));
    for (label, list) in [("Labels", "labels"), ("Annotations", "annotations")] {
        let metadata = template.object("metadata");
        let pairs = metadata.and_then(|metadata| metadata.object(list)).map_or(&[][..], |map| &map.0);
        let sign = if list == "labels" { "=" } else { ": " };
        let mut lines =
            pairs.iter().map(|(key, value)| format!("{key}{sign}{}", value.as_str().unwrap_or_default()));
        w.line(2, &format!("{label}:\t{}", lines.next().unwrap_or("<none>".to_owned())));
        lines.for_each(|line| w.line(2, &format!("\t{line}")));
    }
    w.line(2, "Capacity:\t\n    Access Modes:\t");
    if let Some(mode) = spec.text("volumeMode") {
        w.line(2, &format!("VolumeMode:\t{mode}"));
    }
    if let Some(from) = spec.object("dataSource") {
        w.line(2, "DataSource:");
        for (label, field) in [("APIGroup", "apiGroup"), ("Kind", "kind"), ("Name", "name")] {
            if let Some(text) = from.text(field) {
                w.line(3, &format!("{label}:\t{text}"));
            }
        }
    }
}
