//! Puts the tables of upstream's own unit tests to the simulator, case by case.
//!
//! Each file in `tests/conformance/unit/` says in `source` where its numbers come from, and in
//! `fields` what they mean. What needs something that the simulator does not have is listed in
//! `not_simulated.rs` with the reason; any other case that does not agree fails.

use std::collections::BTreeSet;

use serde_json::Value;

mod given;
mod kubectl;
mod layouts;
mod not_simulated;
mod pods;
mod rolling;
mod status;
mod sync;
mod traces;

/// What the simulator makes of a case, and what upstream makes of it.
type Compared = (Value, Value);

/// A file of cases, and how one of them is put to the simulator.
struct Tested {
    file: &'static str,
    put: fn(&Value) -> Compared,
}

/// Makes a test of each file. The function that puts a case to the simulator is called like the file.
macro_rules! tested {
    ($($module:ident::$file:ident,)*) => {
        const TESTED: &[Tested] = &[$(Tested { file: stringify!($file), put: $module::$file }),*];

        $(
            #[test]
            fn $file() {
                check(stringify!($file), $module::$file);
            }
        )*
    };
}

tested! {
    kubectl::human_duration,
    kubectl::kubectl_get_rows,
    kubectl::kubectl_pod_status_column,
    kubectl::kubectl_rollout_status,
    kubectl::kubectl_tabwriter,
    kubectl::kubectl_text_layouts,
    pods::backoff,
    pods::pod_availability,
    pods::replicaset_failure_condition,
    pods::replicaset_pods_to_delete,
    pods::replicaset_slow_start,
    pods::replicaset_status,
    pods::replicaset_victim_ranking,
    rolling::deployment_cleanup_unhealthy,
    rolling::deployment_fenceposts,
    rolling::deployment_max_unavailable,
    rolling::deployment_min_available,
    rolling::deployment_new_rs_replicas,
    rolling::deployment_reconcile_new_rs,
    rolling::deployment_reconcile_old_rs,
    rolling::deployment_recreate,
    rolling::deployment_rs_fraction,
    rolling::deployment_scale_down_old,
    rolling::deployment_scale_proportional,
    rolling::int_or_percent,
    status::deployment_complete,
    status::deployment_conditions,
    status::deployment_progressing,
    status::deployment_replica_counts,
    status::deployment_requeue_stuck,
    status::deployment_status_validation,
    status::deployment_sync_rollout_status,
    status::deployment_timed_out,
    status::deployment_validation,
    sync::created_deployment_hashes,
    sync::deployment_annotations,
    sync::deployment_controller_events,
    sync::deployment_find_rs,
    sync::deployment_revision_history_cleanup,
    sync::deployment_rs_name,
    sync::deployment_template_equal,
    sync::pod_template_hash,
    sync::replica_set_hashes,
    traces::deployment_traces_model,
}

/// Puts every case of a file to the simulator that is not on the list of what is not simulated.
#[track_caller]
fn check(file: &str, put: fn(&Value) -> Compared) {
    let (cases, listed) = (cases(file), not_simulated::cases_of(file));
    for (index, (name, case)) in cases.iter().enumerate() {
        let twice = cases[..index].iter().any(|(other, _)| other == name);
        assert!(!twice, "{file}.json: two cases are called {name}");
        if !listed.contains(&name.as_str()) {
            let (ours, theirs) = put(case);
            assert_eq!(ours, theirs, "{file}.json: {name}: ours is on the left");
        }
    }
    for listed in &listed {
        let exists = cases.iter().any(|(name, _)| name == listed);
        assert!(exists, "{file}.json has no case {listed}");
    }
    assert!(listed.len() < cases.len(), "{file}.json: nothing was checked");
}

#[test]
fn every_file_is_tested_or_listed() {
    let tested = TESTED.iter().map(|tested| tested.file);
    let accounted: Vec<_> =
        tested.clone().chain(not_simulated::FILES.iter().map(|(file, _)| *file)).collect();
    for (index, file) in accounted.iter().enumerate() {
        assert!(!accounted[..index].contains(file), "{file} is accounted for twice");
    }
    let copied = copied_files();
    assert_eq!(accounted.into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), copied);
    for (file, _) in not_simulated::NOT_COPIED {
        assert!(!copied.contains(*file), "{file} has been copied");
    }
    for (file, ..) in not_simulated::CASES {
        assert!(tested.clone().any(|tested| tested == *file), "{file} has no test");
    }
}

#[test]
fn every_case_agrees_or_is_listed() {
    let (mut agreed, mut total, files) = (0, 0, copied_files());
    for file in &files {
        let (cases, listed) = (cases(file), not_simulated::cases_of(file));
        total += cases.len();
        let Some(tested) = TESTED.iter().find(|tested| tested.file == *file) else { continue };
        let put = cases.iter().filter(|(name, _)| !listed.contains(&name.as_str()));
        let agrees = |case: &Value| {
            let (ours, theirs) = (tested.put)(case);
            ours == theirs
        };
        agreed += put.filter(|(_, case)| agrees(case)).count();
    }
    let agreement = format!("{agreed} of {total} cases in {} files", files.len());
    println!("unit vectors: {agreement}");
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(readme).expect("there is a README");
    assert!(readme.contains(&agreement), "the README states another number than {agreement}");
    let whole_files = not_simulated::FILES.iter().map(|(file, _)| cases(file).len()).sum::<usize>();
    assert_eq!(agreed + not_simulated::CASES.len() + whole_files, total);
}

fn copied_files() -> BTreeSet<String> {
    let files = std::fs::read_dir(FOLDER).expect("the folder of the vectors is there");
    let name = |file: std::io::Result<std::fs::DirEntry>| file.ok()?.file_name().into_string().ok();
    files.filter_map(name).filter_map(|name| name.strip_suffix(".json").map(str::to_owned)).collect()
}

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/unit");

/// The cases of a file by name, or by position where they have no names.
fn cases(file: &str) -> Vec<(String, Value)> {
    let path = format!("{FOLDER}/{file}.json");
    let json = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let table: Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{path}: {error}"));
    let cases = table["cases"].as_array().expect("`cases` is a list").iter().enumerate();
    cases
        .map(|(index, case)| (case["name"].as_str().map_or(index.to_string(), str::to_owned), case.clone()))
        .collect()
}
