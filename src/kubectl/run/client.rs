//! What kubectl knows of itself and of its user: `kubectl/pkg/cmd/{config,auth,clusterinfo}`.
//!
//! There is one cluster here, and one user, who may do everything.

use crate::kubectl::builder::kind_named;
use crate::kubectl::output::Missing;

use super::Run;

/// The answers: a form feed, the command, and below it the text.
const ANSWERS: &str = include_str!("client.txt");

/// The name of the context.
const CONTEXT: &str = "playground";

/// An answer that is always the same.
pub fn answer(name: &str) -> &'static str {
    let mut answers = ANSWERS.split('\u{c}').filter_map(|part| part.split_once('\n'));
    answers.find(|(other, _)| *other == name).map_or("", |(_, text)| text)
}

/// `config current-context`, `auth whoami`, `cluster-info`.
pub fn always(run: &mut Run<'_>) -> Result<(), String> {
    if !run.lacks(&["output", "raw", "flatten", "as"]) {
        run.out.stdout += answer(run.name);
    }
    Ok(())
}

/// `config view`, `config get-contexts`: with the namespace, if one was chosen.
pub fn view(run: &mut Run<'_>) -> Result<(), String> {
    always(run)?;
    if let Some(namespace) = run.api.namespace() {
        let with = format!("    namespace: {namespace}\n    user: admin\n");
        run.out.stdout = run.out.stdout.replace("    user: admin\n", &with);
        run.out.stdout = run.out.stdout.replace("admin      \n", &format!("admin      {namespace}\n"));
    }
    Ok(())
}

/// `config set-context`: the namespace of the only context.
pub fn set_context(run: &mut Run<'_>) -> Result<(), String> {
    let is_current = run.is("current");
    match &run.flags.args[..] {
        [] if is_current => {}
        [name] if name == CONTEXT && !is_current => {}
        [_] if !is_current => {
            run.out.lack(Missing::Command("config set-context".to_owned()));
            return Ok(());
        }
        more => return Err(run.usage(&format!("Unexpected args: [{}]", more.join(" ")))),
    }
    if let Some(namespace) = run.flags.get("namespace").map(str::to_owned) {
        run.api.choose_namespace(&namespace);
    }
    run.out.say(&format!("Context {CONTEXT:?} modified."));
    Ok(())
}

/// `config use-context`.
pub fn use_context(run: &mut Run<'_>) -> Result<(), String> {
    match run.flags.args.first() {
        Some(name) if name != CONTEXT => return Err(format!("no context exists with the name: {name:?}")),
        _ => run.out.say(&format!("Switched to context {CONTEXT:?}.")),
    }
    Ok(())
}

/// `auth can-i`: yes, everything.
pub fn can_i(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["list", "as", "as-group"]) {
        return Ok(());
    }
    let (2, Some(resource)) = (run.flags.args.len(), run.flags.args.get(1).cloned()) else {
        return Err("you must specify two arguments: verb resource or verb resource/resourceName.\n\
                    See 'kubectl auth can-i -h' for help and examples."
            .to_owned());
    };
    let word = resource.split('/').next().unwrap_or_default();
    match kind_named(word) {
        Ok(kind) if !kind.namespaced => {
            let group = kind.version.split_once('/').map(|(group, _)| format!(" in group '{group}'"));
            let group = group.unwrap_or_default();
            run.out.warn(&format!("Warning: resource '{}' is not namespace scoped{group}\n", kind.plural));
        }
        Err(_) if word != "*" => {
            run.out.warn(&format!("Warning: the server doesn't have a resource type '{word}'\n"));
        }
        _ => {}
    }
    run.out.say("yes");
    Ok(())
}
