//! Commands that are not here, and commands that are none.

use crate::kubectl::output::{Missing, Output};

use super::help;

/// kubectl's commands in the order of its own list; after a colon what each is suggested for besides.
const ALL: &str = "create expose run set explain get:list,ps,ls edit delete:rm,remove rollout scale:resize \
     autoscale certificate cluster-info top cordon uncordon drain taint describe logs attach exec port-forward \
     proxy cp auth debug events diff apply patch replace wait kustomize label annotate completion alpha config \
     plugin version api-versions api-resources options";

/// The commands that belong to a group.
const GROUPS: &[(&str, &str)] = &[
    ("rollout", "history pause restart resume status undo"),
    ("set", "env image resources selector serviceaccount subject"),
    ("top", "node pod"),
    (
        "config",
        "current-context delete-cluster delete-context delete-user get-clusters get-contexts get-users \
         rename-context set set-cluster set-context set-credentials unset use-context view",
    ),
];

/// No command of ours begins so. `cobra/command.go Find, SuggestionsFor`.
pub fn unknown(first: &str, after: &[String], out: &mut Output) {
    let names = || ALL.split(' ').map(|word| word.split_once(':').unwrap_or((word, "")));
    if let Some((_, members)) = GROUPS.iter().find(|(group, _)| *group == first) {
        return unknown_member(first, members, after, out);
    }
    if asks_for_help(after) && help::text(first).is_some() {
        return help::of(first, out);
    }
    if names().any(|(name, _)| name == first) {
        return out.lack(Missing::Command(first.to_owned()));
    }
    out.fail(&format!("error: unknown command {first:?} for \"kubectl\""));
    let typed = first.to_lowercase();
    let alike = names().filter(|(name, also)| {
        distance(&typed, name) <= 2 || name.starts_with(&typed) || also.split(',').any(|word| word == typed)
    });
    let lines: String = alike.map(|(name, _)| format!("\t{name}\n")).collect();
    if !lines.is_empty() {
        out.stderr += "\nDid you mean this?\n";
        out.stderr += &lines;
    }
}

fn asks_for_help(words: &[String]) -> bool {
    words.iter().any(|word| word == "--help" || word == "-h")
}

/// No suggestions are made in a group.
fn unknown_member(group: &str, members: &str, after: &[String], out: &mut Output) {
    let words: Vec<_> = after.iter().map(String::as_str).filter(|word| !word.starts_with('-')).collect();
    match words.first() {
        Some(word) if members.split(' ').any(|member| member == *word) => {
            out.lack(Missing::Command(format!("{group} {word}")));
        }
        Some(_) => out.fail(&format!(
            "error: unknown command {:?}\nSee 'kubectl {group} -h' for help and examples",
            words.join(" ")
        )),
        // Those who ask get it on standard output; `set` alone is a mistake, and so is `rollout`, though it
        // tells so on standard output.
        None => {
            let asked = asks_for_help(after);
            let text = help::text(group).unwrap_or_default();
            out.exit = u8::from(!asked);
            match asked || group == "rollout" {
                true => out.stdout += text,
                false => out.stderr += text,
            }
        }
    }
}

/// What else can be created: `create.go`.
const CREATIONS: &str = "clusterrole clusterrolebinding configmap cm cronjob cj ingress ing job poddisruptionbudget pdb \
     priorityclass pc quota resourcequota role rolebinding secret service svc serviceaccount sa token";

/// `create` of something that is not created here, or nowhere.
pub fn creation(after: &[String], out: &mut Output) {
    let words: Vec<_> = after.iter().map(String::as_str).filter(|word| !word.starts_with('-')).collect();
    match CREATIONS.split_whitespace().any(|known| Some(&known) == words.first()) {
        true => out.lack(Missing::Command(format!("create {}", words[0]))),
        false => out.fail(&format!(
            "error: Unexpected args: [{}]\nSee 'kubectl create -h' for help and examples",
            words.join(" ")
        )),
    }
}

/// The Levenshtein distance. `cobra/cobra.go ld`.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_a_command_is_suggested() {
        #[track_caller]
        fn check(typed: &str, expect: &[&str]) {
            let mut out = Output::default();
            unknown(typed, &[], &mut out);
            let suggested: Vec<_> = out.stderr.lines().filter_map(|line| line.strip_prefix('\t')).collect();
            assert_eq!(suggested, expect);
        }

        check("rolout", &["rollout"]);
        check("gt", &["set", "get", "cp"]);
        check("GET", &["set", "get"]);
        check("remove", &["delete"]);
        check("show", &[]);
    }
}
