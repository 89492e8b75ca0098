//! A shell in which kubectl acts on a run, at the moment on screen.
//!
//! ```
//! # use rollscope::{kubectl::files::Files, shell::Shell, sim::scenario::Scenario, timeline::{Inputs, Timeline}};
//! let inputs = Inputs { scenario: Scenario::article(), script: Vec::new() };
//! let mut timeline = Timeline::new(inputs).unwrap();
//! let mut shell = Shell::default();
//! let output = shell.run("kubectl rollout status deployment/web", &mut timeline, &Files::default(), |_| None);
//! assert_eq!(output.stdout, "Waiting for deployment spec update to be observed...\n");
//! // It has not ended: what follows is printed when time has passed.
//! timeline.seek_time(timeline.end());
//! assert!(shell.look(&mut timeline).stdout.ends_with("deployment \"web\" successfully rolled out\n"));
//! ```
//!
//! A query reads the state at the cursor; a command acts there through [`Timeline::act`], so one in the
//! past makes another future. Afterwards the cursor stands behind the command.
//!
//! `rollout status` and `get --watch` go on while time passes: [`Shell::is_following`] says so, and
//! [`Shell::look`] gives what they print for the steps since. Where the cursor went back they wait, and
//! print anew what happens then. [`Shell::interrupt`] is Ctrl-C.
//!
//! What a real kubectl can do and this one cannot is [`Output::missing`]; [`says`] has a sentence for it,
//! and for what there is to know of a manifest. All else is kubectl's own and is never translated.

mod events;
mod memory;
pub mod moment;
pub mod says;

use crate::kubectl::Follow;
use crate::kubectl::complete::{Completion, complete};
use crate::kubectl::files::Files;
use crate::kubectl::output::{Aside, Missing, Output};
use crate::kubectl::run::edit::save;
use crate::kubectl::run::run;
use crate::kubectl::time::rfc1123;
use crate::kubectl::words::typed;
use crate::manifest::Manifest;
use crate::sim::scenario::Scenario;
use crate::sim::time::SimTime;
use crate::timeline::{Inputs, Timeline};

use memory::Memory;
use moment::{Moment, TooLarge, changed_in};

/// A shell, and the command in it that has not ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shell {
    following: Option<Following>,
    memory: Memory,
}

#[derive(Clone, Debug, PartialEq)]
struct Following {
    follow: Goes,
    /// The last step it has looked at.
    step: usize,
}

/// What goes on.
#[derive(Clone, Debug, PartialEq)]
enum Goes {
    /// A command of kubectl.
    On(Follow),
    /// `watch`: a line that is carried out again and again.
    Again(String),
}

/// What `watch` may repeat: nothing that changes anything.
const WATCHABLE: [&str; 5] = ["get", "describe", "events", "rollout", "version"];

impl Shell {
    /// Carries out a command line at the moment on screen. A command that has not ended is interrupted.
    pub fn run(&mut self, line: &str, timeline: &mut Timeline, files: &Files, too_large: TooLarge) -> Output {
        self.following = None;
        if let Some(line) = watched(line) {
            return self.watch(line, timeline);
        }
        let mut moment = Moment::new(timeline).within(too_large).with(std::mem::take(&mut self.memory));
        let mut output = run(&mut moment, line, files);
        self.memory = std::mem::take(&mut moment.memory);
        let refused = match (moment.refused(), output.created.take()) {
            (None, Some(manifest)) => {
                let refused = begin(&manifest, timeline, too_large, &mut output);
                match refused {
                    None => self.memory.begin_again(&manifest.name),
                    // It was not created after all.
                    Some(_) => output.stdout.clear(),
                }
                refused
            }
            (refused, _) => refused,
        };
        if let Some(most) = refused {
            output.lack(Missing::Room(most));
        }
        let step = timeline.step_number();
        self.following = output.follow.take().map(|follow| Following { follow: Goes::On(follow), step });
        output
    }

    /// `watch`: carries a line out now, and again whenever something has changed.
    fn watch(&mut self, line: &str, timeline: &mut Timeline) -> Output {
        let mut output = Output::default();
        let typed = typed(line);
        let is_watchable = typed.words.first().is_some_and(|program| program == "kubectl")
            && typed.words.get(1).is_some_and(|verb| WATCHABLE.contains(&verb.as_str()))
            && !typed
                .words
                .iter()
                .any(|word| ["undo", "pause", "resume", "restart"].contains(&word.as_str()));
        if !is_watchable {
            output.lack(Missing::Program("watch".to_owned()));
            return output;
        }
        let step = timeline.step_number();
        self.following = Some(Following { follow: Goes::Again(line.to_owned()), step });
        repeated(line, timeline, self.memory.clone())
    }

    /// Whether a command goes on printing while time passes.
    pub fn is_following(&self) -> bool {
        self.following.is_some()
    }

    /// What the command that has not ended prints since it was looked at last. When it ends by itself,
    /// `exit` is its status, and nothing is followed any longer.
    pub fn look(&mut self, timeline: &mut Timeline) -> Output {
        let mut output = Output::default();
        let Some(mut following) = self.following.take() else { return output };
        let follow = match &mut following.follow {
            Goes::On(follow) => follow,
            Goes::Again(line) => {
                let output = repeated(line, timeline, self.memory.clone());
                self.following = Some(following);
                return output;
            }
        };
        let (here, now) = (timeline.step_number(), timeline.time());
        let until = follow.until().unwrap_or(SimTime::MAX);
        let mut ended = false;
        while following.step < here && !ended && timeline.at(following.step + 1) <= until {
            following.step += 1;
            let kind = follow.kind();
            let mut changed = changed_in(timeline, following.step);
            changed.retain(|touched| Some(touched.kind()) == kind);
            if !changed.is_empty() {
                timeline.seek(following.step);
                let moment = Moment::new(timeline).with(self.memory.clone());
                let changed = moment.changed(&changed);
                ended = follow.changed(&moment, &changed, &mut output);
            }
        }
        match timeline.last_at(now) == here {
            true => timeline.seek_time(now),
            // Of several steps of one moment another one is on screen.
            false => timeline.seek(here),
        }
        if !ended && until <= now {
            ended = follow.changed(&Moment::new(timeline).with(self.memory.clone()), &[], &mut output);
        }
        following.step = here;
        self.following = (!ended).then_some(following);
        output
    }

    /// What the last word of a line can become, at the moment on screen.
    pub fn complete(&self, line: &str, timeline: &mut Timeline) -> Completion {
        complete(&Moment::new(timeline), line)
    }

    /// What is being edited, as the editor shows it: the name of the object, and the text.
    pub fn editing(&self) -> Option<(&str, &str)> {
        match &self.following.as_ref()?.follow {
            Goes::On(Follow::Edit(edit)) => Some((&edit.name, &edit.text)),
            _ => None,
        }
    }

    /// What was edited is saved, at the moment on screen. Where it is not valid, it is to be edited again.
    pub fn save(&mut self, text: &str, timeline: &mut Timeline, too_large: TooLarge) -> Output {
        let Some(Following { follow: Goes::On(Follow::Edit(edit)), .. }) = self.following.take() else {
            return Output::default();
        };
        let mut moment = Moment::new(timeline).within(too_large).with(std::mem::take(&mut self.memory));
        let mut output = save(&mut moment, *edit, text);
        self.memory = std::mem::take(&mut moment.memory);
        if let Some(most) = moment.refused() {
            output.lack(Missing::Room(most));
        }
        let step = timeline.step_number();
        self.following = output.follow.take().map(|follow| Following { follow: Goes::On(follow), step });
        output
    }

    /// Ctrl-C: the exit status of the command that it ended, if there was one.
    pub fn interrupt(&mut self) -> Option<u8> {
        self.following.take().map(|_| 1)
    }
}

/// The line that `watch` is to repeat. How often, time itself says here.
fn watched(line: &str) -> Option<&str> {
    let mut rest = line.trim().strip_prefix("watch ")?.trim_start();
    while rest.starts_with('-') {
        let (flag, after) = rest.split_once(' ')?;
        rest = after.trim_start();
        if matches!(flag, "-n" | "--interval") {
            rest = rest.split_once(' ')?.1.trim_start();
        }
    }
    Some(rest)
}

/// What a line prints at the moment on screen, in the place of what it printed before.
fn repeated(line: &str, timeline: &mut Timeline, memory: Memory) -> Output {
    let Output { stdout, stderr, .. } = run(&mut Moment::new(timeline).with(memory), line, &Files::default());
    let time = rfc1123(timeline.time());
    Output {
        stdout: format!("Every 2.0s: {line}    {time}\n\n{stdout}{stderr}"),
        replaces: true,
        ..Output::default()
    }
}

/// There is one Deployment at a time: a new one makes another run, on the same nodes. The most pods that
/// can be shown, if it would have more.
fn begin(
    manifest: &Manifest,
    timeline: &mut Timeline,
    too_large: TooLarge,
    output: &mut Output,
) -> Option<i32> {
    let Scenario { nodes, quota, seed, .. } = timeline.inputs().scenario.clone();
    let scenario = Scenario { nodes, quota, seed, ..manifest.scenario() };
    let inputs = Inputs { scenario, script: Vec::new() };
    let most = too_large(&inputs);
    if most.is_none()
        && let Ok(new) = Timeline::new(inputs)
    {
        *timeline = new;
        output.aside = Some(Aside::NewRun(manifest.name.clone()));
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kubectl::api::Api;

    #[test]
    fn words_are_completed() {
        let inputs = Inputs { scenario: Scenario::article(), script: Vec::new() };
        let mut timeline = Timeline::new(inputs).unwrap();
        timeline.seek_time(SimTime::from_secs(9));
        let moment = Moment::new(&mut timeline);
        #[track_caller]
        fn check(api: &dyn Api, line: &str, expect: &str, offered: usize) {
            let completion = complete(api, line);
            let found = (completion.complete(line), completion.candidates.len());
            assert_eq!((found.0.as_str(), found.1), (expect, offered), "{:?}", completion.candidates);
        }

        check(&moment, "ku", "kubectl ", 1);
        check(&moment, "kubectl rollout st", "kubectl rollout status ", 1);
        check(&moment, "kubectl rollout re", "kubectl rollout res", 2);
        check(&moment, "kubectl rollout undo dep", "kubectl rollout undo deployment", 2);
        check(&moment, "kubectl rollout undo deployment/", "kubectl rollout undo deployment/web ", 1);
        check(&moment, "kubectl get dep", "kubectl get deployments ", 1);
        check(&moment, "kubectl get pods web", "kubectl get pods web-7bbc4fcb5-", 10);
        check(&moment, "kubectl get pods --sort", "kubectl get pods --sort-by=", 1);
        check(&moment, "kubectl get pods -o w", "kubectl get pods -o wide ", 1);
        check(&moment, "kubectl set image deployment/web w", "kubectl set image deployment/web web=", 1);
        check(&moment, "kubectl drain node-1", "kubectl drain node-10 ", 1);
        check(&moment, "watch kubectl get no", "watch kubectl get nodes ", 1);
        for nothing in [
            "",
            "kubectl get pods -w",
            "kubectl patch deployment web -p '{",
            "ls ",
            "kubectl version ",
            "kubectl get x\u{2000}",
        ] {
            let offered = complete(&moment, nothing).candidates;
            assert!(nothing.is_empty() || offered.is_empty(), "{nothing}: {offered:?}");
        }
    }
}
