//! Manifests that a real cluster took or refused, and some of the kinds that are met in documentation:
//! what is read of them, the names of their ReplicaSets, and what is said of them.

use std::path::{Path, PathBuf};

use rollscope::i18n::Lang;
use rollscope::manifest::node::Position;
use rollscope::manifest::{Manifest, Reading, Why, read, read_bytes, write};
use rollscope::shell::says;
use rollscope::sim::deployment::sync::generate_replica_set_name;
use rollscope::sim::pod_template_hash::pod_template_hash;
use serde_json::Value;

mod hostile;
mod kinds;
mod written;

/// The one Deployment of a text without problems.
#[track_caller]
fn only(text: &str) -> (Manifest, Reading) {
    let reading = read(text);
    assert_eq!(reading.problems, [], "{text}");
    assert_eq!(reading.deployments.len(), 1, "{text}");
    (reading.deployments[0].clone(), reading)
}

fn replica_set_name(manifest: &Manifest, collision_count: Option<i32>) -> String {
    generate_replica_set_name(&manifest.name, pod_template_hash(&manifest.spec.template, collision_count))
}

/// Deployments as `kubectl get -o yaml` printed them, and the ReplicaSet that their controller had made.
#[test]
fn recorded_deployments_have_their_names() {
    let file = include_bytes!("recorded.jsonl.gz");
    let lines = std::io::read_to_string(flate2::read::GzDecoder::new(&file[..])).expect("it is a gzip file");
    let rows = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
    let mut named = 0;
    for row in rows {
        let text = row["yaml"].as_str().expect("a row has its YAML");
        let (manifest, _) = only(text);
        let collisions = row["collisionCount"].as_i64().map(|count| count as i32);
        assert_eq!(replica_set_name(&manifest, collisions), row["replicaSet"], "{}", row["source"]);
        named += 1;
    }
    println!("recorded Deployments named: {named}");
    assert!(10 <= named, "only {named} were recorded");
}

/// `kubectl apply -f` of files that are wrong, and what it printed.
#[test]
fn what_kubectl_refuses_is_refused_in_its_words() {
    for line in include_str!("refused.jsonl").lines() {
        let row: Value = serde_json::from_str(line).expect("a line is JSON");
        let (file, text) = (row["file"].as_str().expect("a name"), row["yaml"].as_str().expect("YAML"));
        let reading = read(text);
        let said: Vec<_> = reading.problems.iter().map(|problem| says::problem(problem, Lang::En)).collect();
        let given = row["stderr"].as_str().expect("text").trim_end();
        assert_eq!(lines(&said), given.replace(file, "STDIN"), "{file}");
    }
}

/// The usual examples of kubernetes.io (CC BY 4.0, the Kubernetes authors): which ReplicaSet each leads to, and what is
/// said of it.
#[test]
fn manifests_of_documentation_are_read_without_a_problem() {
    let mut told = String::new();
    for (file, reading) in readings(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/manifests/documentation")) {
        assert_eq!(reading.problems, [], "{file}");
        told += &format!("{file}\n");
        for manifest in &reading.deployments {
            told += &format!("  {}\n", replica_set_name(manifest, None));
        }
        for note in &reading.notes {
            let line = note.at.map_or(String::new(), |at| format!("line {}: ", at.line));
            told += &format!("    {line}{}\n", says::note(note, Lang::En));
        }
    }
    assert_eq!(told, include_str!("documentation.txt"));
}

/// Every manifest of a folder, and of the folders in it, is read or refused with a reason, and what is read is written
/// and read again. `ROLLSCOPE_MANIFESTS=folder cargo test --test manifests folder -- --nocapture` does this with any
/// other folder, and prints why what is refused is.
#[test]
fn manifests_of_a_folder_are_read_and_written_again() {
    let given = std::env::var("ROLLSCOPE_MANIFESTS").ok();
    let folder = given.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/manifests").to_owned());
    let (mut files, mut loaded, mut refused) = (0, 0, 0);
    for (file, reading) in readings(&folder) {
        files += 1;
        for manifest in &reading.deployments {
            loaded += 1;
            for text in
                [write::yaml(&manifest.name, &manifest.spec), write::kyaml(&manifest.name, &manifest.spec)]
            {
                assert_eq!(only(&text).0, *manifest, "{file}");
            }
        }
        assert!(!reading.deployments.is_empty() || !reading.problems.is_empty(), "{file}");
        for problem in reading.problems.iter().filter(|problem| problem.why != Why::NoDeployment) {
            refused += 1;
            let line = problem.at.map_or(String::new(), |at| format!("line {}: ", at.line));
            println!("{file}: {line}{}", says::problem(problem, Lang::En));
        }
    }
    println!("{files} files: {loaded} Deployments loaded, {refused} problems");
    assert!(0 < loaded, "there is no Deployment in {folder}");
}

/// The manifests in a folder and in the folders in it, read, by their names.
fn readings(folder: &str) -> Vec<(String, Reading)> {
    let is_manifest = |path: &Path| {
        path.extension().is_some_and(|it| ["yaml", "yml", "json"].iter().any(|known| it == *known))
    };
    let (mut folders, mut files) = (vec![PathBuf::from(folder)], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("it is there") {
            let path = entry.expect("it can be read").path();
            match path.is_dir() {
                true => folders.push(path),
                false if is_manifest(&path) => files.push(path),
                false => {}
            }
        }
    }
    files.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(folder).expect("it is in there").display().to_string();
        (name, read_bytes(&std::fs::read(&path).expect("it can be read")))
    };
    files.into_iter().map(read).collect()
}

/// Several causes are one message to kubectl.
fn lines(said: &[String]) -> String {
    let [first, .., _] = said else { return said.concat() };
    let (head, _) = first.split_once(": ").expect("it is about an object");
    let causes = said.iter().map(|line| format!("\n* {}", &line[head.len() + 2..]));
    format!("{head}: {}", causes.collect::<String>())
}

#[test]
fn problems_say_where() {
    #[track_caller]
    fn check(change: (&str, &str), line: u32, column: u32, says: &str) {
        let text = NGINX.replace(change.0, change.1);
        assert_ne!(text, NGINX);
        let reading = read(&text);
        let [problem] = &reading.problems[..] else { panic!("{:?}", reading.problems) };
        assert_eq!(problem.at, Some(Position { line, column }), "{problem:?}");
        assert!(says::problem(problem, Lang::En).ends_with(says), "{}", says::problem(problem, Lang::En));
    }

    check(("replicas: 3", "replica: 3"), 8, 3, "strict decoding error: unknown field \"spec.replica\"");
    check(
        ("containerPort", "port"),
        21,
        11,
        "unknown field \"spec.template.spec.containers[0].ports[0].port\"",
    );
    check(
        ("replicas: 3", "replicas: yes"),
        8,
        13,
        "json: cannot unmarshal bool into Go struct field DeploymentSpec.spec.replicas of type int32",
    );
    check(
        ("replicas: 3", "replicas: 3000000000"),
        8,
        13,
        "json: cannot unmarshal number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32",
    );
    check(
        ("      app: nginx\n  template", "      app: 1.10\n  template"),
        11,
        12,
        "json: cannot unmarshal number into Go struct field LabelSelector.spec.selector.matchLabels of type string",
    );
    check(
        ("replicas: 3", "replicas: -3"),
        8,
        3,
        "spec.replicas: Invalid value: -3: must be greater than or equal to 0",
    );
    check(
        ("image: nginx:1.14.2", "image: ''"),
        19,
        9,
        "spec.template.spec.containers[0].image: Required value",
    );
}

/// Templates of charts that nobody filled in are no YAML, or not that of an object; nor is what follows a quoted text.
#[test]
fn templates_of_charts_are_refused_in_the_words_of_kubectl() {
    #[track_caller]
    fn check(lines: &str, says: &str) {
        let text = NGINX.replace("  replicas: 3\n", lines);
        let reading = read(&text);
        let [problem] = &reading.problems[..] else { panic!("{:?}", reading.problems) };
        let words = says::problem(problem, Lang::En);
        assert_eq!(words, format!("error: error parsing STDIN: error converting YAML to JSON: yaml: {says}"));
        assert!(problem.at.is_some_and(|at| 8 <= at.line), "{problem:?}");
    }

    let key = "invalid map key: map[interface {}]interface {}";
    check("  replicas: {{ .Values.n }}\n", &format!("{key}{{\".Values.n\":interface {{}}(nil)}}"));
    check(
        "  replicas: {{b: [x, 1], a: {2: ~}}}\n",
        &format!(
            "{key}{{\"a\":{key2}{{2:interface {{}}(nil)}}, \"b\":[]interface {{}}{{\"x\", 1}}}}",
            key2 = "map[interface {}]interface {}"
        ),
    );
    check("  ? [1, 2.5, true]\n  : x\n", "invalid map key: []interface {}{1, 2.5, true}");
    check("  paused: no\n  {{ include \"n\" . }}\n", "line 10: could not find expected ':'");
    check(
        "  paused: no\n  {{- if .Values.n }}\n\n  # n\n  replicas: 3\n",
        "line 12: could not find expected ':'",
    );
    check("  {{- if .Values.n }}\n  replicas: 3\n", "line 7: did not find expected node content");
    check("  labels:\n    {{- toYaml . | nindent 4 }}\n", "line 8: did not find expected node content");
    check("  labels: {{- toYaml . }}\n", "line 7: did not find expected node content");
    check("  labels: [\"a\" - b]\n", "line 7: did not find expected ',' or ']'");
    check("  labels: {\"a\" - b}\n", "line 7: did not find expected ',' or '}'");
    check("  labels: \"a\" b\n", "line 7: did not find expected key");
    check("  labels:\n  - \"a\" b\n", "line 8: did not find expected '-' indicator");
}

#[test]
fn words_of_yaml_1_1_count() {
    let paused = |word: &str| only(&NGINX.replace("replicas: 3", &format!("paused: {word}"))).0.spec.paused;
    assert!(paused("yes") && paused("on") && paused("True") && paused("y"));
    assert!(!paused("no") && !paused("off") && !paused("~"));
    let replicas =
        |word: &str| only(&NGINX.replace("replicas: 3", &format!("replicas: {word}"))).0.spec.replicas;
    assert_eq!([replicas("010"), replicas("0x10"), replicas("3.0"), replicas("null")], [8, 16, 3, 1]);
}

#[test]
fn anchors_and_merges_are_followed_and_repeated_keys_noted() {
    let text = NGINX
        .replace("      app: nginx\n  template", "      <<: &labels {app: nginx}\n  template")
        .replace("        app: nginx\n    spec", "        <<: *labels\n    spec");
    assert_eq!(only(&text).0, only(NGINX).0);
    let (manifest, reading) = only(&NGINX.replace("replicas: 3", "replicas: 3\n  replicas: 5"));
    assert_eq!(manifest.spec.replicas, 5);
    let said: Vec<_> = reading.notes.iter().map(|note| says::note(note, Lang::En)).collect();
    assert!(said.iter().any(|said| said.starts_with("`replicas` stands there twice")), "{said:?}");
}

#[test]
fn lists_json_and_several_documents_are_read() {
    let (manifest, _) = only(NGINX);
    let (name, spec) = (&manifest.name, &manifest.spec);
    let json = write::json(&rollscope::manifest::value::Value::Object(write::object(name, spec)));
    assert_eq!(only(&json).0, manifest);
    let list = format!("apiVersion: v1\nkind: List\nitems: [{json}, {json}]");
    assert_eq!(read(&list).deployments.len(), 2);
    assert_eq!(read(&format!("{NGINX}---\n{NGINX}...\n---\n")).deployments.len(), 2);
    assert_eq!(only(&NGINX.replace('\n', "\r\n")).0, manifest);
}

#[test]
fn an_other_spelling_of_a_template_is_the_same_template() {
    let (manifest, _) = only(NGINX);
    let explicit = NGINX
        .replace("- containerPort: 80", "- {protocol: TCP, containerPort: 80, name: ''}")
        .replace("containers:", "restartPolicy: Always\n      hostNetwork: false\n      containers:")
        .replace("image: nginx", "imagePullPolicy: IfNotPresent\n        image: nginx");
    assert_eq!(only(&explicit).0, manifest);
}

/// The Deployment that the vectors call `nginx-docs`.
pub const NGINX: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx-deployment
  labels:
    app: nginx
spec:
  replicas: 3
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      containers:
      - name: nginx
        image: nginx:1.14.2
        ports:
        - containerPort: 80
";
