use super::*;

fn settings() -> (Scenario, Settings) {
    let scenario = Scenario::article();
    let settings = Settings::of(&scenario, &scenario.deployments[0].1, "web:v2", "web:v3");
    (scenario, settings)
}

fn edited(field: Field, text: &str) -> (Settings, Option<Scenario>) {
    let (scenario, mut settings) = settings();
    settings.set(field, text);
    let made = settings.scenario(&scenario);
    (settings, made)
}

#[test]
fn what_is_shown_makes_the_same_scenario() {
    let (scenario, mut settings) = settings();
    assert_eq!(settings.scenario(&scenario), Some(scenario));
}

#[test]
fn what_cannot_be_read_makes_no_scenario() {
    #[track_caller]
    fn check(field: Field, text: &str, expect: Problem) {
        let (settings, scenario) = edited(field, text);
        assert_eq!((settings.problem(field), scenario), (Some(&expect), None));
    }

    check(Field::Replicas, "ten", Problem::NotAWholeNumber);
    check(Field::Replicas, "", Problem::NotAWholeNumber);
    check(Field::Replicas, "1.5", Problem::NotAWholeNumber);
    check(Field::Replicas, "150001", MANY);
    check(Field::Replicas, "99999999999", MANY);
    check(Field::Quota, "99999999999", TOO_LARGE);
    check(Field::RevisionHistoryLimit, "99999999999", TOO_LARGE);
    check(Field::Nodes, "99999999999", Problem::TooLong { most: MAX_SECONDS });
    check(Field::Terminate, "99999", Problem::TooLong { most: MAX_SECONDS });
    check(Field::Ready, "99999", Problem::TooLong { most: MAX_SECONDS });
    check(Field::Ready, "3; 4", Problem::NotAList);
    for nonsense in ["-5", "abc", "", "1001", "99999999999"] {
        check(Field::Jitter, nonsense, Problem::NotUpTo { most: MAX_JITTER });
    }
    check(Field::Nodes, "-1", Problem::NotAList);
    check(Field::Nodes, &"1,".repeat(51), Problem::TooManyNodes);
    check(Field::MinReadySeconds, "99999", Problem::TooLong { most: MAX_API_SECONDS });
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let (scenario, mut settings) = settings();
    let wrong = [
        (Field::Replicas, ""),
        (Field::MaxSurge, "lots"),
        (Field::MaxUnavailable, "250%"),
        (Field::MinReadySeconds, "-1"),
        (Field::Ready, "soon"),
    ];
    wrong.iter().for_each(|(field, text)| settings.set(*field, text));
    assert_eq!(settings.scenario(&scenario), None);
    assert!(wrong.iter().all(|(field, _)| settings.problem(*field).is_some()), "{:?}", settings.problems);
    settings.set(Field::Replicas, "5");
    assert_eq!(settings.scenario(&scenario), None);
    assert!(
        wrong[1..].iter().all(|(field, _)| settings.problem(*field).is_some()),
        "{:?}",
        settings.problems
    );
    assert_eq!(settings.problem(Field::Replicas), None);
}

#[test]
fn every_fault_makes_a_behaviour_that_shows_it() {
    let scenario = Scenario::article();
    for fault in FAULTS {
        let (_, mut settings) = settings();
        settings.choose_fault(fault.name());
        let made = settings.scenario(&scenario).expect("the first answers can be read");
        let shown = Settings::of(&made, &made.deployments[0].1, "web:v2", "web:v3");
        assert_eq!((shown.fault(), &shown), (fault, &settings));
        assert_eq!(made.behaviours.of("web:v1"), scenario.behaviours.of("web:v1"));
    }
}

#[test]
fn a_node_for_every_number() {
    let (_, scenario) = edited(Field::Nodes, "4, 2");
    let nodes = scenario.and_then(|scenario| scenario.nodes);
    assert_eq!(nodes, Some(vec![Node::new("node1", 4), Node::new("node2", 2)]));
    let (_, scenario) = edited(Field::Nodes, "");
    assert_eq!(scenario.and_then(|scenario| scenario.nodes), None);
}

#[test]
fn what_the_api_server_refuses_stands_beside_its_field() {
    let (mut settings, scenario) = edited(Field::MaxUnavailable, "abc");
    let rejected = crate::sim::Sim::new(&scenario.unwrap()).unwrap_err();
    settings.refuse(rejected);
    let Some(Problem::Api(error)) = settings.problem(Field::MaxUnavailable) else { panic!() };
    assert!(error.body.starts_with("Invalid value: \"abc\": a valid percent"), "{error}");
    assert_eq!(settings.problem(Field::MaxSurge), None);
}

#[test]
fn a_field_changes_by_a_command_of_its_own() {
    let (_, mut settings) = settings();
    let web = DeploymentId(0);
    settings.set(Field::Replicas, "15");
    let scale = Command::Scale { deployment: web, replicas: 15 };
    assert_eq!(settings.command(web, Field::Replicas), Some(scale));
    settings.set(Field::MaxSurge, "1");
    let changes = vec![Change::MaxSurge(IntOrString::Int(1))];
    assert_eq!(settings.command(web, Field::MaxSurge), Some(Command::Patch { deployment: web, changes }));
    assert_eq!(settings.command(web, Field::Ready), None);
}

#[test]
fn a_nudge_keeps_the_percent_sign() {
    let (_, mut settings) = settings();
    settings.nudge(Field::MaxSurge, 1);
    settings.nudge(Field::Replicas, -20);
    assert_eq!((settings.text(Field::MaxSurge), settings.text(Field::Replicas)), ("26%", "0"));
}

#[test]
fn the_next_version_counts_on() {
    #[track_caller]
    fn check(image: &str, expect: &str) {
        assert_eq!(&*next_version(image), expect);
    }

    check("web:v2", "web:v3");
    check("web:1.29", "web:1.30");
    check("v1", "v2");
    check("web2", "web2");
    check("web:latest", "web:latest");
    check("web:v4294967295", "web:v4294967295");
}
