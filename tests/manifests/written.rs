//! What is written is read again, and a patch says what differs.

use proptest::prelude::*;
use rollscope::manifest::value::Value;
use rollscope::manifest::{patch, template, write};
use rollscope::sim::int_or_string::IntOrString;
use rollscope::sim::spec::{DeploymentSpec, DeploymentStrategy, PodTemplateSpec};

use crate::{NGINX, kinds, only};

/// Texts of all sorts, those first that mean something else without quotes.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "yes",
            "010",
            "1e3",
            "null",
            "~",
            "a: b",
            "- a",
            "#",
            "a #b",
            "'",
            "\"",
            "{}",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "a\nb",
            "\ta",
            " a ",
            "中文",
            "0x1f",
            "1:30",
            ".5",
            "a:",
            "\u{7f}\u{85}\u{2028}"
        ])
        .prop_map(str::to_owned),
        "\\PC{0,20}",
        "[ -~\n\t]{0,20}",
    ]
}

fn knobs() -> impl Strategy<Value = IntOrString> {
    prop_oneof![
        (1..50i32).prop_map(IntOrString::Int),
        (1..100i32).prop_map(|n| IntOrString::String(format!("{n}%").into()))
    ]
}

prop_compose! {
    fn specs()(
        replicas in 0..100i32, min_ready_seconds in 0..50i32, limit in 0..12i32, paused: bool,
        surge in knobs(), unavailable in knobs(), recreate: bool,
        args in prop::collection::vec(texts(), 0..4), note in texts(), image in "[a-z]{1,5}(:[a-z0-9.]{1,5})?",
    ) -> DeploymentSpec {
        let mut spec = DeploymentSpec::new("web", &image);
        let mut template = PodTemplateSpec::clone(&spec.template);
        template.annotations.insert("note".to_owned(), note);
        if !args.is_empty() {
            let mut object = template::to_object(&template);
            let Some(Value::Object(pod)) = object.get_mut("spec") else { unreachable!("it has a spec") };
            let Some(Value::List(containers)) = pod.get_mut("containers") else { unreachable!("and these") };
            let Value::Object(container) = &mut containers[0] else { unreachable!("it is one") };
            container.set("args", Value::List(args.into_iter().map(Value::String).collect()));
            template = template::from_object(object);
        }
        let strategy = match recreate {
            true => DeploymentStrategy::recreate(),
            false => DeploymentStrategy::rolling_update(surge, unavailable),
        };
        spec.template = template.into();
        DeploymentSpec { replicas, min_ready_seconds, revision_history_limit: limit, paused, strategy, ..spec }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(spec in specs()) {
        prop_assert_eq!(&only(&write::yaml("web", &spec)).0.spec, &spec);
        prop_assert_eq!(&only(&write::kyaml("web", &spec)).0.spec, &spec);
    }
}

#[test]
fn kinds_of_manifests_are_written_and_read_again() {
    for (text, ..) in kinds::KINDS {
        let (manifest, _) = only(text);
        for written in
            [write::yaml(&manifest.name, &manifest.spec), write::kyaml(&manifest.name, &manifest.spec)]
        {
            assert_eq!(only(&written).0, manifest, "{written}");
        }
    }
}

#[test]
fn manifests_look_like_those_of_kubectl() {
    let (manifest, _) = only(NGINX);
    let without_labels = NGINX.replacen("  labels:\n    app: nginx\n", "", 1);
    assert_eq!(write::yaml(&manifest.name, &manifest.spec), without_labels);
    let kyaml = write::kyaml(&manifest.name, &manifest.spec);
    assert!(
        kyaml.starts_with("---\n{\n  apiVersion: \"apps/v1\",\n  kind: \"Deployment\",\n  metadata: {\n"),
        "{kyaml}"
    );
    assert!(kyaml.contains("        containers: [{\n          name: \"nginx\",\n"), "{kyaml}");
}

#[test]
fn a_patch_says_only_what_differs() {
    #[track_caller]
    fn check(change: impl FnOnce(&mut DeploymentSpec), expect: Option<&str>) {
        let from = DeploymentSpec::new("web", "web:v1");
        let mut to = from.clone();
        change(&mut to);
        let expect = expect.map(|patch| match patch {
            "" => String::new(),
            patch => format!("kubectl patch deployment web -p '{patch}'"),
        });
        assert_eq!(patch::patch("web", &from, &to), expect);
    }

    check(|_| {}, Some(""));
    check(|to| to.replicas = 3, Some(r#"{"spec":{"replicas":3}}"#));
    let rolling = |surge| DeploymentStrategy::rolling_update(surge, IntOrString::parse("25%"));
    check(
        |to| to.strategy = rolling(IntOrString::Int(1)),
        Some(r#"{"spec":{"strategy":{"rollingUpdate":{"maxSurge":1}}}}"#),
    );
    check(
        |to| to.strategy = DeploymentStrategy::recreate(),
        Some(r#"{"spec":{"strategy":{"type":"Recreate","$retainKeys":["type"]}}}"#),
    );
    check(
        |to| to.template = DeploymentSpec::new("web", "web:v2").template,
        Some(r#"{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"web:v2"}]}}}}"#),
    );
    check(|to| to.template = DeploymentSpec::new("api", "web:v1").template, None);
}
