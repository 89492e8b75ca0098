//! All that a run follows from, in one line of words that a person can write.
//!
//! ```text
//! replicas=10 maxSurge=1 v2.crashAfter=20 nodes=node1:4,node2:4 @20 image=v2 @80.5 undo
//! ```
//!
//! First what differs from the defaults at the start, then, after each `@SECONDS`, what is asked at that
//! moment. The same word means the same field on both sides; fields that change together are one patch.
//! A word with a dot is about the pods of an image; `*` stands for all that are not named. A blank in a value
//! is written as `%20`.
//!
//! A template that keeps more than names and images is the word `template`, which the caller reads and
//! writes: with [`template`], which says all that the simulator keeps and needs no knowledge of the API; or
//! as JSON, for links, which only who knows the API's types can read (`manifest::template`).

mod read;
pub mod template;
mod write;

use crate::sim::scenario::Scenario;
use crate::sim::spec::{DeploymentSpec, PodTemplateSpec};

pub use read::{Expected, Problem, Reader, moment, read, read_with};
pub use write::{pairs, write, write_with};

/// How a template is read, if it can be.
pub type ReadTemplate = fn(&str) -> Option<PodTemplateSpec>;

/// How a template is written.
pub type WriteTemplate = fn(&PodTemplateSpec) -> String;

/// The Deployment's name that needs not be said.
const NAME: &str = "web";

/// Stands for the pods of every image that is not named.
pub const EVERY: &str = "*";

/// The image that needs not be named.
const IMAGE: &str = "v1";

/// A blank in a value, since a blank ends a word.
const BLANK: &str = "%20";

/// One Deployment called `web`, with every default.
fn start(image: &str) -> Scenario {
    Scenario {
        deployments: vec![(NAME.to_owned(), DeploymentSpec::new(NAME, image))],
        behaviours: Default::default(),
        nodes: None,
        quota: None,
        seed: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        #[track_caller]
        fn check(line: &str) {
            let inputs = read(line.split(' '));
            assert_eq!(write(&inputs), line);
            assert_eq!(read(write(&inputs).split(' ')), inputs);
        }

        check("image=web:v1 replicas=10 maxSurge=0 @20.000 image=web:v2 @80.500 undo");
        check("strategy=Recreate minReadySeconds=5 progressDeadlineSeconds=60 revisionHistoryLimit=2");
        check(
            "v2.start=1,4 v2.ready=never v2.terminate=30 v2.crashAfter=20 v2.jitter=50 v3.flap=5/25 v4.cannotPull",
        );
        check(
            "nodes=node1:4,node2:2 quota=9 @1.000 cordon=node1 @1.000 uncordon=node1 @2.000 deletePod=web-a",
        );
        check("@1.000 maxSurge=1 maxUnavailable=0 @1.000 strategy=Recreate @2.000 replicas=3 @3.000 pause");
        check("@1.000 patchReplicas=3 paused=true image:web=a%20b annotate:a/b=: annotate:c=:d unannotate:e");
        check("web:1.29.2.ready=7 @3.000 image=a%20b @4.000 deletePods @5.000 resume @6.000 restart");
    }
}
