//! Commands and answers in kubectl's words: `kubectl/pkg/cmd`.

use crate::sim::cluster::{DeploymentId, Objects};
use crate::sim::command::{Answer, Change, Command, Rejected};
use crate::sim::int_or_string::quoted as json_string;
use crate::sim::spec::StrategyType;
use crate::sim::validation::FieldError;

/// The command line that does what `command` does.
pub fn command_line(command: &Command, cluster: &Objects) -> String {
    let name = |id: &DeploymentId| &cluster.deployment(*id).name;
    let rollout = |verb: &str, id: &DeploymentId| format!("kubectl rollout {verb} deployment/{}", name(id));
    match command {
        Command::SetImage { deployment, image } => {
            let containers = &cluster.deployment(*deployment).spec.template.containers;
            let container = containers.first().map_or("*", |container| &container.name);
            format!("kubectl set image deployment/{} {container}={}", name(deployment), quoted(image))
        }
        Command::Scale { deployment, replicas } => {
            format!("kubectl scale deployment/{} --replicas={replicas}", name(deployment))
        }
        // A whole template has no room in a line.
        Command::Patch { deployment, changes } if is_edit(changes) => {
            format!("kubectl edit deployment/{}", name(deployment))
        }
        Command::Patch { deployment, changes } => {
            format!("kubectl patch deployment {} -p {}", name(deployment), quoted(&json_patch(changes)))
        }
        Command::RolloutPause(deployment) => rollout("pause", deployment),
        Command::RolloutResume(deployment) => rollout("resume", deployment),
        Command::RolloutRestart(deployment) => rollout("restart", deployment),
        Command::RolloutUndo { deployment, to_revision: 0 } => rollout("undo", deployment),
        Command::RolloutUndo { deployment, to_revision } => {
            format!("{} --to-revision={to_revision}", rollout("undo", deployment))
        }
        Command::DeletePod(pod) => format!("kubectl delete pod {}", quoted(pod)),
        Command::DeletePods => "kubectl delete pods --all".to_owned(),
        Command::DeleteDeployment(id) => {
            format!("kubectl delete deployment {}", quoted(&cluster.deployment(*id).name))
        }
        Command::DeleteReplicaSet(set) => format!("kubectl delete replicaset {}", quoted(set)),
        Command::Cordon(node) => format!("kubectl cordon {}", quoted(node)),
        Command::Uncordon(node) => format!("kubectl uncordon {}", quoted(node)),
    }
}

fn is_edit(changes: &[Change]) -> bool {
    changes.iter().any(|change| matches!(change, Change::Template(_)))
}

/// The fields that changes are about, as JSON; a whole template is left out.
fn json_patch(changes: &[Change]) -> String {
    let mut fields = Vec::new();
    let mut strategy = Vec::new();
    let mut rolling_update = Vec::new();
    let (mut images, mut annotations) = (Vec::new(), Vec::new());
    for change in changes {
        match change {
            Change::StrategyType(kind) => {
                strategy.push(format!("\"type\":{}", json_string(kind.as_str())));
                if *kind == StrategyType::Recreate {
                    strategy.push("\"rollingUpdate\":null".to_owned());
                }
            }
            Change::MaxSurge(value) => rolling_update.push(format!("\"maxSurge\":{}", value.quoted())),
            Change::MaxUnavailable(value) => {
                rolling_update.push(format!("\"maxUnavailable\":{}", value.quoted()));
            }
            Change::MinReadySeconds(seconds) => fields.push(format!("\"minReadySeconds\":{seconds}")),
            Change::ProgressDeadlineSeconds(seconds) => {
                fields.push(format!("\"progressDeadlineSeconds\":{seconds}"));
            }
            Change::RevisionHistoryLimit(limit) => fields.push(format!("\"revisionHistoryLimit\":{limit}")),
            Change::Replicas(replicas) => fields.push(format!("\"replicas\":{replicas}")),
            Change::Paused(paused) => fields.push(format!("\"paused\":{paused}")),
            Change::Image { container, image } => images.push(format!(
                "{{\"name\":{},\"image\":{}}}",
                json_string(container),
                json_string(image)
            )),
            Change::Template(_) => {}
            Change::Annotation { key, value } => {
                let value = value.as_deref().map_or("null".to_owned(), json_string);
                annotations.push(format!("{}:{value}", json_string(key)));
            }
        }
    }
    if !images.is_empty() {
        fields.push(format!("\"template\":{{\"spec\":{{\"containers\":[{}]}}}}", images.join(",")));
    }
    if !rolling_update.is_empty() {
        strategy.push(format!("\"rollingUpdate\":{{{}}}", rolling_update.join(",")));
    }
    if !strategy.is_empty() {
        fields.push(format!("\"strategy\":{{{}}}", strategy.join(",")));
    }
    let mut parts = Vec::new();
    if !annotations.is_empty() {
        parts.push(format!("\"metadata\":{{\"annotations\":{{{}}}}}", annotations.join(",")));
    }
    if !fields.is_empty() {
        parts.push(format!("\"spec\":{{{}}}", fields.join(",")));
    }
    format!("{{{}}}", parts.join(","))
}

/// What kubectl prints when a command was carried out; `set image` prints nothing when nothing
/// changed.
pub fn answer(answer: &Answer, deployment: &str) -> Option<String> {
    let done = match answer {
        Answer::ImageUpdated => "image updated".to_owned(),
        Answer::ImageUnchanged => return None,
        Answer::Scaled | Answer::ScaleUnchanged => "scaled".to_owned(),
        Answer::Patched => "patched".to_owned(),
        Answer::PatchUnchanged => "patched (no change)".to_owned(),
        Answer::Paused => "paused".to_owned(),
        Answer::Resumed => "resumed".to_owned(),
        Answer::Restarted => "restarted".to_owned(),
        Answer::RolledBack => "rolled back".to_owned(),
        Answer::SkippedRollback { revision } => {
            format!("skipped rollback (current template already matches revision {revision})")
        }
        Answer::PodsDeleted(pods) => {
            let lines = pods.iter().map(|pod| format!("pod \"{pod}\" deleted from default namespace"));
            return Some(lines.collect::<Vec<_>>().join("\n"));
        }
        Answer::NoPods => return Some("No resources found".to_owned()),
        Answer::DeploymentDeleted => {
            return Some(format!("deployment.apps \"{deployment}\" deleted from default namespace"));
        }
        Answer::ReplicaSetDeleted(name) => {
            return Some(format!("replicaset.apps \"{name}\" deleted from default namespace"));
        }
        Answer::Cordoned(node) => return Some(format!("node/{node} cordoned")),
        Answer::AlreadyCordoned(node) => return Some(format!("node/{node} already cordoned")),
        Answer::Uncordoned(node) => return Some(format!("node/{node} uncordoned")),
        Answer::AlreadyUncordoned(node) => return Some(format!("node/{node} already uncordoned")),
    };
    Some(format!("deployment.apps/{deployment} {done}"))
}

/// What kubectl prints when a command was refused.
pub fn refusal(rejected: &Rejected) -> String {
    let error = match rejected {
        Rejected::NoRolloutHistory { deployment } => {
            format!("no rollout history found for deployment \"{deployment}\"")
        }
        Rejected::RevisionNotFound { revision } => {
            format!("unable to find specified revision {revision} in history")
        }
        Rejected::CannotRollBackPaused => "you cannot rollback a paused deployment; resume it first with \
             'kubectl rollout resume' and try again"
            .to_owned(),
        Rejected::CannotRestartPaused { deployment } => format!(
            "deployments.apps \"{deployment}\" can't restart paused deployment (run rollout resume first)"
        ),
        Rejected::AlreadyPaused { deployment } => {
            format!("deployments.apps \"{deployment}\" is already paused")
        }
        Rejected::NotPaused { deployment } => format!("deployments.apps \"{deployment}\" is not paused"),
        Rejected::RestartedThisSecond { deployment } => format!(
            "failed to create patch for {deployment}: if restart has already been triggered within the past \
             second, please wait before attempting to trigger another"
        ),
        Rejected::NegativeReplicas => {
            "The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0".to_owned()
        }
        Rejected::NotFound { resource, name } => {
            return format!("Error from server (NotFound): {resource} \"{name}\" not found");
        }
        Rejected::Invalid { deployment, errors } => return invalid(deployment, errors),
    };
    format!("error: {error}")
}

/// One cause stands in the line; several stand below it, each once.
fn invalid(deployment: &str, errors: &[FieldError]) -> String {
    if let [error] = errors {
        return format!("The Deployment \"{deployment}\" is invalid: {error}");
    }
    let mut causes: Vec<String> = Vec::new();
    for cause in errors.iter().map(|error| format!("* {error}")) {
        if !causes.contains(&cause) {
            causes.push(cause);
        }
    }
    format!("The Deployment \"{deployment}\" is invalid: \n{}", causes.join("\n"))
}

/// A word as a shell needs it: quoted only where it has to be.
fn quoted(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=,".contains(&byte);
    match word.bytes().all(plain) && !word.is_empty() {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::int_or_string::IntOrString;

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

    #[test]
    fn a_patch_holds_what_changes_and_nothing_else() {
        #[track_caller]
        fn check(changes: &[Change], expect: &str) {
            assert_eq!(json_patch(changes), expect);
        }

        check(
            &[Change::MaxSurge(IntOrString::Int(1)), Change::MaxUnavailable(IntOrString::parse("25%"))],
            r#"{"spec":{"strategy":{"rollingUpdate":{"maxSurge":1,"maxUnavailable":"25%"}}}}"#,
        );
        check(
            &[Change::StrategyType(StrategyType::Recreate)],
            r#"{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}"#,
        );
        check(&[Change::MinReadySeconds(5)], r#"{"spec":{"minReadySeconds":5}}"#);
        let change_cause = |value: Option<&str>| Change::Annotation {
            key: "kubernetes.io/change-cause".to_owned(),
            value: value.map(str::to_owned),
        };
        check(
            &[
                change_cause(Some("a \"b\"")),
                Change::Image { container: "web".to_owned(), image: "v2".to_owned() },
            ],
            r#"{"metadata":{"annotations":{"kubernetes.io/change-cause":"a \"b\""}},"spec":{"template":{"spec":{"containers":[{"name":"web","image":"v2"}]}}}}"#,
        );
        check(&[change_cause(None)], r#"{"metadata":{"annotations":{"kubernetes.io/change-cause":null}}}"#);
    }
}
