//! What holds in every run, whatever is deployed and whatever is typed: properties over random
//! scenarios and scripts. `PROPTEST_CASES` says how many of each.

use proptest::prelude::ProptestConfig;

mod commands;
mod counted;
mod deadline;
mod generated;
mod lines;
mod replay;
mod rollouts;
mod run;
mod sizes;
mod tallies;
mod victims;

/// Without persistence a failure prints its case, and leaves no file behind.
fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

/// For properties whose cases take long.
fn fewer_cases() -> ProptestConfig {
    let ProptestConfig { cases, .. } = ProptestConfig::default();
    ProptestConfig { cases: cases.div_ceil(4), ..config() }
}
