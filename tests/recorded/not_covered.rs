//! Steps of the transcripts that are not reproduced, by reason. A step that is listed and is reproduced all the same
//! fails the test.

use rollscope::kubectl::output::Missing;

/// Steps, by topic: their indexes.
type Steps = &'static [(&'static str, &'static str)];

/// The reasons.
#[rustfmt::skip]
pub const NOT_COVERED: &[(&str, Steps)] = &[
    ("objects of types that are not simulated: DaemonSets, ReplicationControllers, Services, autoscalers, disruption budgets, service accounts, pods without a controller", &[
        ("03-create-apply-diff-replace", "79"),
        ("16-annotate-label-expose-autoscale", "39 46 47 49 50 51 52 53 54 55 64 65"),
        ("17-cordon-uncordon-drain", "43 44 46 47 48 49 53 54 55 56 57 58 60 63 65 67 69 70 71 72 73 77 82 88"),
        ("21-daemonset", "1 2 3 4 5 6 7 8 9 10 11 12 13 15 16 17 18 19 20 21 22 23 24 25 26 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 60 61 62 63 64 66 67 68 69 70 71 72 73 74 75 76 78 79 81 82 83 84 85 86 87 88 89 90 91 92 94 95 98 99 100 101 102 103 104"),
        ("22-replicationcontroller-legacy", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 19 20 21 22 23 24 25 26 27 28 29 30 31"),
        ("24-article-walkthrough", "77 78"),
        ("28-serviceaccount-variant", "1 2 6 8 11"),
    ]),
    ("there is one namespace with objects", &[
        ("03-create-apply-diff-replace", "74 75 77 78"),
        ("04-get", "22 44 55 58 62 65 69 72 81 84 88 91 111 157 158 159 160 166 178"),
        ("24-article-walkthrough", "1"),
    ]),
    ("a pod that its owner lets go of, since its labels were changed", &[
        ("16-annotate-label-expose-autoscale", "34 36"),
    ]),
    ("told by no snapshot: managed fields, why a pod has no node, owners that are gone, in which order equal times are sorted", &[
        ("03-create-apply-diff-replace", "54"),
        ("04-get", "125 126 153 175"),
        ("05-get-watch", "8"),
        ("08-set-image", "42"),
        ("17-cordon-uncordon-drain", "18"),
        ("18-delete", "39 46"),
        ("23-state-yaml", "118"),
        ("30-describe-one", "44"),
    ]),
    ("about the surroundings: another server, an editor that is missing, what cannot be reached", &[
        ("01-version-usage-help", "0 71 73 74"),
        ("14-edit", "21 22"),
        ("19-logs-exec", "47"),
    ]),
];

/// The reason for which a step is not reproduced that kubectl itself says is not there.
pub fn reason_of(missing: &Missing) -> &'static str {
    match missing {
        Missing::Program(_) | Missing::Shell(_) => "another program, or what only a shell does",
        _ => "a command, a flag, a format or a kind of change that is not here, which kubectl says",
    }
}
