use super::*;
use crate::i18n::Lang;
use crate::session::Options;

fn open(link: &str) -> Session {
    Session::new(Options { link: link.to_owned(), ..Options::default() })
}

#[test]
fn every_step_is_a_row_and_counts_as_the_page_does() {
    let session = open("at=13");
    let rows = rows(&session);
    assert_eq!(rows.len(), session.timeline.steps());
    let row = &rows[session.timeline.step_number() - 1];
    let counts = row.counts;
    assert_eq!((counts.available, counts.updated, counts.total, counts.leaving), (8, 5, 13, 2));
    assert_eq!((counts.floor, counts.ceiling, row.replicas), (8, 13, 10));
    let what: Vec<_> = rows.iter().flat_map(|row| &row.what).map(String::as_str).collect();
    for said in [
        "created deployment web",
        "kubectl set image deployment/web web=web:v2",
        "Scaled up replica set web-77bb89678 from 3 to 5",
        "SuccessfulCreate ×10",
        "pod ready ×5",
    ] {
        assert!(what.contains(&said), "{said} is not among {what:?}");
    }
}

/// The fields of a line, as RFC 4180 has them.
fn fields(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut field, mut inside) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, inside) {
            ('"', true) if chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            ('"', _) => inside = !inside,
            (',', false) => line.push(std::mem::take(&mut field)),
            ('\r', false) => assert_eq!(chars.peek(), Some(&'\n'), "lines end with both"),
            ('\n', false) => {
                line.push(std::mem::take(&mut field));
                lines.push(std::mem::take(&mut line));
            }
            _ => field.push(c),
        }
    }
    assert!(field.is_empty() && line.is_empty(), "the last line ends too");
    lines
}

#[test]
fn values_are_separated_by_commas_whatever_is_in_them() {
    // A patch has commas and quotes in it.
    let session = open("ops=10:maxSurge=1;maxUnavailable=0;image=web:v2");
    let lines = fields(&csv::csv(&session));
    assert_eq!(lines[0], csv::COLUMNS);
    assert_eq!(lines.len(), session.timeline.steps() + 1);
    assert!(lines.iter().all(|line| line.len() == csv::COLUMNS.len()));
    let patch = lines.iter().find(|line| line[10].starts_with("kubectl patch")).expect("there was a patch");
    assert!(patch[10].contains("{\"spec\":{\"strategy\":{\"rollingUpdate\":{\"maxSurge\":1,"), "{patch:?}");
    assert_eq!((&*patch[1], &*patch[2]), ("10.000", "user"));
}

#[test]
fn the_state_and_the_trace_are_json_and_every_name_is_described() {
    let session = open("replicas=4&maxSurge=1&maxUnavailable=0&at=12");
    let text = json::json(&session);
    let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(value["link"], "#v=1&replicas=4&maxSurge=1&maxUnavailable=0&at=12");
    assert_eq!(value["deployment"]["status"]["updatedReplicas"], 1);
    assert_eq!((&value["deployment"]["floor"], &value["deployment"]["ceiling"]), (&4.into(), &5.into()));
    let pods = value["pods"].as_array().expect("pods one by one");
    assert_eq!(pods.iter().filter(|pod| pod["state"] == "available").count(), 4);
    let trace = value["trace"].as_array().expect("a trace");
    assert_eq!(trace.len(), session.timeline.steps());
    assert_eq!(trace[value["step"].as_u64().unwrap() as usize - 1]["available"], 4);
    let described = include_str!("../../docs/exports.md");
    let mut names = csv::COLUMNS.map(str::to_owned).to_vec();
    names_in(&value, &mut names);
    for name in names {
        assert!(described.contains(&format!("`{name}`")), "docs/exports.md has no word on {name}");
    }
}

fn names_in(value: &serde_json::Value, names: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(values) => values.iter().for_each(|value| names_in(value, names)),
        serde_json::Value::Object(pairs) => {
            names.extend(pairs.keys().cloned());
            pairs.values().for_each(|value| names_in(value, names));
        }
        _ => {}
    }
}

#[test]
fn of_many_pods_there_are_only_the_numbers() {
    let value: serde_json::Value = serde_json::from_str(&json::json(&open("replicas=2000&at=13"))).unwrap();
    assert!(value["pods"].is_null());
    assert_eq!(value["replicaSets"][0]["available"], 1500);
}

#[test]
fn a_table_in_markdown_has_as_many_cells_in_every_row() {
    for lang in [Lang::En, Lang::ZhHans] {
        let mut session = open("ops=10:image=a%7Cb");
        session.lang = lang;
        let text = markdown::markdown(&session);
        let rows: Vec<_> = text.lines().filter(|line| line.starts_with('|')).collect();
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        assert!(rows.len() > 10 && rows.iter().all(|row| cells(row) == cells(rows[0])), "{text}");
        assert!(rows[1].starts_with("|--:|"));
    }
}
