//! `kubectl label`: `kubectl/pkg/cmd/label`.

use crate::kubectl::api::Pair;
use crate::kubectl::builder::{Found, Rules};
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
