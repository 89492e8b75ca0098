//! Commands and answers in kubectl's words: `kubectl/pkg/cmd/rollout`, `kubectl/pkg/cmd/set`.

use crate::sim::cluster::Cluster;
use crate::sim::command::{Answer, Command, Rejected};

/// The command line that does what `command` does.
pub fn command_line(command: &Command, cluster: &Cluster) -> String {
    match command {
        Command::SetImage { deployment, image } => {
            let deployment = cluster.deployment(*deployment);
            let containers = &deployment.spec.template.containers;
            let container = containers.first().map_or("*", |container| &container.name);
            format!("kubectl set image deployment/{} {container}={}", deployment.name, quoted(image))
        }
        Command::RolloutUndo { deployment, to_revision } => {
            let name = &cluster.deployment(*deployment).name;
            match to_revision {
                0 => format!("kubectl rollout undo deployment/{name}"),
                _ => format!("kubectl rollout undo deployment/{name} --to-revision={to_revision}"),
            }
        }
    }
}

/// What kubectl prints when a command was carried out; `set image` prints nothing when nothing
/// changed.
pub fn answer(answer: &Answer, deployment: &str) -> Option<String> {
    let done = match answer {
        Answer::ImageUpdated => "image updated".to_owned(),
        Answer::ImageUnchanged => return None,
        Answer::RolledBack => "rolled back".to_owned(),
        Answer::SkippedRollback { revision } => {
            format!("skipped rollback (current template already matches revision {revision})")
        }
    };
    Some(format!("deployment.apps/{deployment} {done}"))
}

/// What kubectl prints when a command was refused.
pub fn refusal(rejected: &Rejected) -> String {
    match rejected {
        Rejected::NoRolloutHistory { deployment } => {
            format!("error: no rollout history found for deployment \"{deployment}\"")
        }
        Rejected::RevisionNotFound { revision } => {
            format!("error: unable to find specified revision {revision} in history")
        }
        Rejected::Invalid { deployment, errors } => match &errors[..] {
            [error] => format!("The Deployment \"{deployment}\" is invalid: {error}"),
            _ => {
                let causes: Vec<_> = errors.iter().map(|error| format!("* {error}")).collect();
                format!("The Deployment \"{deployment}\" is invalid: \n{}", causes.join("\n"))
            }
        },
    }
}

/// A word as a shell needs it: quoted only where it has to be.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+=,".contains(c);
    match word.chars().all(plain) && !word.is_empty() {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_only_where_they_must_be() {
        #[track_caller]
        fn check(word: &str, expect: &str) {
            assert_eq!(quoted(word), expect);
        }

        check("registry.example.com:5000/web@sha256:ab", "registry.example.com:5000/web@sha256:ab");
        check("web v2", "'web v2'");
        check("it's; rm -rf", r"'it'\''s; rm -rf'");
        check("", "''");
    }
}
