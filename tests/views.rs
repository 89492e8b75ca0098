//! What kubectl prints at chosen moments of the recorded rollouts, to the byte.
//!
//! The suffixes of pods are not recorded, and rows of pods are sorted; `tests/conformance/README.md` says
//! so. The recorder numbered events without leading zeros and listed them by that: where the numbers
//! became longer within a second, that second's rows are in another order than a cluster's, whose events
//! are named by their time. Such views count, and are counted apart.
//! `ROLLSCOPE_TRACES` (files separated by `:`) looks at other files instead.

mod trace;

use rollscope::kubectl::files::Files;
use rollscope::kubectl::run::run as run_line;
use rollscope::shell::moment::Moment;
use rollscope::sim::time::SimTime;
use rollscope::timeline::{Inputs, Timeline};
use serde_json::Value;

#[test]
fn views_of_recorded_rollouts_are_reproduced() {
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/rollouts-named.jsonl");
    let files = std::env::var("ROLLSCOPE_TRACES").unwrap_or(ours.to_owned());
    let (mut total, mut reordered, mut failed) = (0, 0, Vec::new());
    for line in files.split(':').flat_map(trace::lines) {
        let trace: Value = serde_json::from_str(&line).expect("every line is JSON");
        let Some(views) = trace["views"].as_array().filter(|views| !views.is_empty()) else { continue };
        let name = trace["scenario"]["name"].as_str().unwrap_or("a rollout without a name");
        let mut timeline = run(&trace["scenario"]);
        for view in views {
            total += 1;
            let time = SimTime::from_secs(view["t"].as_u64().expect("a view has a time"));
            timeline.seek_time(time);
            match compare(&mut timeline, &view["shows"]) {
                Ok(in_order) => reordered += usize::from(!in_order),
                Err(difference) => {
                    println!("{name} at {}: {difference}", time.secs());
                    failed.push(format!("{name} at {}", time.secs()));
                }
            }
        }
    }
    let reproduced = total - failed.len();
    println!("views: {reproduced} of {total} ({reordered} but for the order of events of one second)");
    assert!(failed.is_empty(), "not reproduced: {failed:?}");
}

fn run(scenario: &Value) -> Timeline {
    let until = SimTime::from_secs(scenario["until"].as_u64().expect("a scenario has an end"));
    let mut script = trace::script(scenario).expect("the script can be read");
    script.retain(|command| command.at <= until);
    let inputs = Inputs { scenario: trace::scenario(scenario).expect("the scenario can be read"), script };
    Timeline::new(inputs).expect("what is shown was accepted")
}

/// Whether all is in the same order too, or what differs.
fn compare(timeline: &mut Timeline, shows: &Value) -> Result<bool, String> {
    let mut in_order = true;
    for (command, expect) in shows.as_object().ok_or("no `shows`")? {
        let expect = expect.as_str().ok_or("what is shown is no text")?;
        let line = match command.as_str() {
            "rollout status --watch=false" => "rollout status deployment/web --watch=false",
            other => other,
        };
        // Recorded is what the controllers tell of; a cluster would combine similar events.
        let output =
            run_line(&mut Moment::with_every_event(timeline), &format!("kubectl {line}"), &Files::default());
        let mut shown = output.stderr + &output.stdout;
        if command == "get pods" {
            shown = without_suffixes(&shown);
        }
        if command.starts_with("rollout history") {
            // Recorded was the table; kubectl ends with an empty line.
            shown = shown.replacen("\n\n", "\n", 1);
        }
        if shown == expect {
            continue;
        }
        in_order = false;
        if events_sorted(&shown) != events_sorted(expect) {
            return Err(format!("{command}\n--- in Kubernetes\n{expect}--- here\n{shown}"));
        }
    }
    Ok(in_order)
}

/// With the rows of each second in alphabetical order.
fn events_sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| *line == "Events:").unwrap_or(lines.len());
    let age = |line: &str| line.split_whitespace().nth(2).map(str::to_owned);
    lines[first..].chunk_by_mut(|a, b| age(a) == age(b)).for_each(<[&str]>::sort_unstable);
    lines
}

/// The last five letters of pods' names as question marks, and the rows sorted.
fn without_suffixes(table: &str) -> String {
    let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
    for row in lines.iter_mut().skip(1) {
        let end = row.find(' ').unwrap_or(row.len());
        row.replace_range(end - 5..end, "?????");
    }
    if let Some((_, rows)) = lines.split_first_mut() {
        rows.sort();
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}
