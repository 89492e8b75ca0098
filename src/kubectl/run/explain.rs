//! `kubectl explain`: `kubectl/pkg/cmd/explain/explain.go`, for the fields of Deployments, ReplicaSets and a few
//! of pods.
//!
//! # What we leave out
//!
//! - Other types, and what lies deeper in a pod; so `--recursive` only of what has no pod in it.

use crate::kubectl::kinds::Kind;
use crate::kubectl::output::Missing;

use super::Run;

/// What the API says of its fields, as kubectl prints it below the name of the type: a form feed, the path, and
/// the text. Fields that only have a text of their own are told from the list they stand in.
const TEXTS: &str = include_str!("explain.txt");

/// Explains a type or a field.
pub fn explain(run: &mut Run<'_>) -> Result<(), String> {
    let [asked] = &run.flags.args[..] else {
        return Err(match run.flags.args.is_empty() {
            true => "You must specify the type of resource to explain. Use \"kubectl api-resources\" for a complete \
                     list of supported resources."
                .to_owned(),
            false => "We accept only this format: explain RESOURCE".to_owned(),
        });
    };
    let asked = asked.clone();
    let (word, path) = asked.split_once('.').unwrap_or((&asked, ""));
    let Some(kind) = Kind::named(word) else {
        run.out.fail(&format!("the server doesn't have a resource type {word:?}"));
        return Ok(());
    };
    if let Some(version) = run.flags.get("api-version").filter(|version| *version != kind.version) {
        return Err(format!("couldn't find resource for \"{version}, Resource={}\"", kind.plural));
    }
    if run.lacks(&["output"]) {
        return Ok(());
    }
    let text = match found(kind.plural, path) {
        Found::Text(text) => text,
        Found::NoField(field) => {
            run.out.stdout += &head(kind);
            return Err(format!("field {field:?} does not exist"));
        }
        Found::Unknown => {
            run.out.lack(Missing::Command(format!("explain {asked}")));
            return Ok(());
        }
    };
    if run.is("recursive")
        && let Some((above, fields)) = text.split_once(FIELDS)
    {
        let path = if path.is_empty() { kind.plural.to_owned() } else { format!("{}.{path}", kind.plural) };
        match all_fields(&path, fields, 1) {
            Some(fields) => run.out.stdout += &format!("{}{above}{FIELDS}{fields}\n", head(kind)),
            None => run.out.lack(Missing::Command(format!("explain {asked} --recursive"))),
        }
        return Ok(());
    }
    run.out.stdout += &(head(kind) + &text);
    Ok(())
}

/// What stands above the list of fields.
const FIELDS: &str = "FIELDS:\n";

/// Types without fields of their own.
const LEAVES: [&str; 5] = ["<integer>", "<string>", "<boolean>", "<IntOrString>", "<[]string>"];

/// The names of all fields in a list of them, and of theirs; `None` if not all are known.
fn all_fields(path: &str, list: &str, depth: usize) -> Option<String> {
    let mut all = String::new();
    for line in list.lines() {
        let Some(line) = line.strip_prefix("  ").filter(|line| !line.starts_with(' ')) else { continue };
        all += &format!("{}{line}\n", "  ".repeat(depth));
        let Some((name, of)) = line.split_once('\t') else { continue };
        let kind = of.split(' ').next().unwrap_or_default();
        if LEAVES.contains(&kind) || kind.starts_with("<map[") {
            continue;
        }
        let path = format!("{path}.{name}");
        let (_, list) = text_of(&path)?.split_once(FIELDS)?;
        all += &all_fields(&path, list, depth + 1)?;
    }
    Some(all)
}

/// `explain/v2/templates/plaintext.tmpl`
fn head(kind: &Kind) -> String {
    let (group, version) = kind.version.split_once('/').unwrap_or(("", kind.version));
    let group = if group.is_empty() { String::new() } else { format!("GROUP:      {group}\n") };
    format!("{group}KIND:       {}\nVERSION:    {version}\n\n", kind.kind)
}

enum Found {
    Text(String),
    NoField(String),
    Unknown,
}

fn text_of(path: &str) -> Option<&'static str> {
    let mut texts = TEXTS.split('\u{c}').filter_map(|part| part.split_once('\n'));
    texts.find(|(name, _)| *name == path).map(|(_, text)| text)
}

fn found(plural: &str, path: &str) -> Found {
    let mut whole = plural.to_owned();
    for field in path.split('.').filter(|field| !field.is_empty()) {
        let list = text_of(&whole);
        let entry = list.map(|list| entry(list, field));
        whole = format!("{whole}.{field}");
        match entry {
            Some(None) => return Found::NoField(field.to_owned()),
            // It says nothing of fields of its own.
            Some(Some(text)) if text_of(&whole).is_none() && whole == format!("{plural}.{path}") => {
                return text.map_or(Found::Unknown, Found::Text);
            }
            _ => {}
        }
    }
    text_of(&whole).map_or(Found::Unknown, |text| Found::Text(text.to_owned()))
}

/// A field in the list of what it belongs to, if it stands there; and what there is to say of it, if that is all.
fn entry(list: &str, field: &str) -> Option<Option<String>> {
    let (_, fields) = list.split_once(FIELDS)?;
    let mut lines = fields.lines().skip_while(|line| {
        line.strip_prefix("  ").and_then(|line| line.split_once('\t')).is_none_or(|(name, _)| name != field)
    });
    let (_, of) = lines.next()?.trim_start().split_once('\t')?;
    let kind = of.split(' ').next().unwrap_or_default();
    if !["<integer>", "<string>", "<boolean>"].contains(&kind) {
        return Some(None);
    }
    let body: Vec<_> = lines.take_while(|line| line.is_empty() || line.starts_with("    ")).collect();
    let body = body.join("\n");
    let text = format!("FIELD: {field} {kind}\n\n\nDESCRIPTION:\n{}\n    \n\n", body.trim_end());
    Some(Some(text))
}
