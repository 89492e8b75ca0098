//! `kubectl diff`: `kubectl/pkg/cmd/diff/diff.go`, and what `diff -u -N` prints.

use std::rc::Rc;

use crate::kubectl::documents::Document;
use crate::kubectl::kinds::DEPLOYMENT;
use crate::kubectl::objects;
use crate::sim::cluster::{Deployment, DeploymentId};

use super::Run;
use super::apply::annotations;

/// Unchanged lines that are shown around changes.
const CONTEXT: usize = 3;

/// Shows what `apply` would change.
pub fn diff(run: &mut Run<'_>) -> Result<(), String> {
    if run.lacks(&["prune", "server-side"]) {
        return Ok(());
    }
    if !run.has_manifest() {
        return Err("must specify one of -f and -k".to_owned());
    }
    for document in run.documents().iter().filter(|document| document.kind == DEPLOYMENT) {
        match run.diff_one(document) {
            Ok(text) if text.is_empty() => {}
            Ok(text) => {
                run.out.stdout += &text;
                run.out.exit = 1;
            }
            Err(error) => run.errors.push(error),
        }
    }
    Ok(())
}

impl Run<'_> {
    fn diff_one(&mut self, document: &Document) -> Result<String, String> {
        let (live, merged) = match self.deployment_named(&document.name) {
            Some(id) => {
                let last = self.api.applied(&document.name);
                let merged = self.merged(document, id, last.as_deref());
                let was = self.api.objects().deployment(id).spec.clone();
                let manifest = self.checked_update(&merged, &document.source, &was)?;
                let after = self.deployment_if(id, |deployment| {
                    let annotations = annotations(&merged).into();
                    let changed = deployment.spec != manifest.spec || deployment.annotations != annotations;
                    deployment.generation += i64::from(changed);
                    deployment.annotations = annotations;
                    deployment.ask(manifest.spec.clone());
                });
                (self.deployment_if(id, |_| {}).yaml(), after.yaml())
            }
            None => {
                let manifest = self.checked(&document.json, &document.source)?;
                let mut objects = self.api.objects().clone();
                let mut new = Deployment::new(&document.name, manifest.spec);
                new.annotations = annotations(&document.json).into();
                objects.deployments = vec![new];
                (String::new(), objects::deployment(&objects, DeploymentId(0), None).yaml())
            }
        };
        let file = format!("apps.v1.Deployment.default.{}", document.name);
        let paths = [format!("/tmp/LIVE-1618033988/{file}"), format!("/tmp/MERGED-1414213562/{file}")];
        let at = self.api.now().rfc3339();
        let at = format!("{} {}.000000000 +0000", &at[..10], &at[11..19]);
        let hunks = unified(&live, &merged);
        Ok(match hunks.is_empty() {
            true => hunks,
            false => format!(
                "diff -u -N {} {}\n--- {}\t{at}\n+++ {}\t{at}\n{hunks}",
                paths[0], paths[1], paths[0], paths[1]
            ),
        })
    }

    /// A Deployment as it would be.
    pub(super) fn deployment_if(
        &self,
        id: DeploymentId,
        change: impl FnOnce(&mut Deployment),
    ) -> crate::kubectl::json::Json {
        let mut objects = self.api.objects().clone();
        change(objects.deployment_mut(id));
        objects.deployment_mut(id).replica_sets = Rc::from([]);
        objects::deployment(&objects, id, self.api.applied(&objects.deployment(id).name))
    }
}

/// A line, and whether the old text has it, and the new one.
type Line<'a> = (&'a str, bool, bool);

/// The hunks of a unified diff.
fn unified(old: &str, new: &str) -> String {
    let lines = aligned(&old.lines().collect::<Vec<_>>(), &new.lines().collect::<Vec<_>>());
    let changed: Vec<usize> =
        lines.iter().enumerate().filter(|(_, (_, old, new))| old != new).map(|(at, _)| at).collect();
    let mut text = String::new();
    let mut rest = &changed[..];
    while let Some(first) = rest.first() {
        let near = |pair: &[usize]| pair[1] - pair[0] <= 2 * CONTEXT + 1;
        let count = 1 + rest.windows(2).take_while(|pair| near(pair)).count();
        let (hunk, after) = rest.split_at(count);
        let from = first.saturating_sub(CONTEXT);
        let to = (hunk[count - 1] + CONTEXT + 1).min(lines.len());
        text += &head(&lines, from, to);
        for (line, old, new) in &lines[from..to] {
            text.push(match (old, new) {
                (true, true) => ' ',
                (true, false) => '-',
                _ => '+',
            });
            text += line;
            text.push('\n');
        }
        rest = after;
    }
    text
}

/// `@@ -6,7 +6,7 @@`
fn head(lines: &[Line], from: usize, to: usize) -> String {
    let range = |is_in: fn(&Line) -> bool| {
        let before = lines[..from].iter().filter(|line| is_in(line)).count();
        match lines[from..to].iter().filter(|line| is_in(line)).count() {
            0 => format!("{before},0"),
            1 => format!("{}", before + 1),
            count => format!("{},{count}", before + 1),
        }
    };
    format!("@@ -{} +{} @@\n", range(|line| line.1), range(|line| line.2))
}

/// Both texts in one, with as many lines in common as there can be.
fn aligned<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Line<'a>> {
    let mut common = vec![vec![0_u32; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] = match old[i] == new[j] {
                true => common[i + 1][j + 1] + 1,
                false => common[i + 1][j].max(common[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push((old[i], true, true));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || i < old.len() && common[i][j + 1] <= common[i + 1][j] {
            lines.push((old[i], true, false));
            i += 1;
        } else {
            lines.push((new[j], false, true));
            j += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_shown_with_what_is_around_them() {
        let old = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";
        assert_eq!(unified(old, old), "");
        assert_eq!(unified("", "a\nb\n"), "@@ -0,0 +1,2 @@\n+a\n+b\n");
        assert_eq!(unified("a\n", "b\n"), "@@ -1 +1 @@\n-a\n+b\n");
        assert_eq!(
            unified(old, &old.replace("e\n", "E\n")),
            "@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n"
        );
        assert_eq!(unified(old, &old.replace("a\n", "").replace("j\n", "")).matches("@@ ").count(), 2);
    }
}
