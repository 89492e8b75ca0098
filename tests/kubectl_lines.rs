//! Whatever is typed, kubectl answers, at once and without a panic.

use proptest::prelude::*;
use rollscope::i18n::Lang;
use rollscope::kubectl::files::Files;
use rollscope::shell::Shell;
use rollscope::shell::says;
use rollscope::sim::scenario::Scenario;
use rollscope::sim::time::SimTime;
use rollscope::timeline::{Inputs, Timeline};

/// Words that commands are made of, and things that are nearly such words.
const WORDS: &str = "kubectl get describe rollout status history undo pause resume restart set image scale annotate \
     patch delete cordon uncordon drain api-resources version help events logs apply deployment deployments deploy \
     rs replicasets pods po nodes no svc ns all deployment/web deploy/web rs/web- pod/ web nosuch web=web:v2 web=v3 \
     *=v2 -o wide yaml json name jsonpath={.items[*].metadata.name} jsonpath={range .items[*]}{.status}{end} \
     jsonpath={ jsonpath={[?(@.a==\"b\")]} go-template={{.kind}} \
     go-template={{range.items}}{{len(index.}}{{end}} --template={{if.spec}} -l app=web app!=web a,,b (in) -w -A -n default other --show-labels \
     --no-headers --sort-by=.spec.replicas --sort-by={ --field-selector=status.phase=Running --all --replicas=3 \
     --replicas=-1 --replicas=0x --current-replicas=10 --revision=1 --to-revision=2 --to-revision= --watch=false \
     --timeout=3s --timeout=x --dry-run --dry-run=client --dry-run=server --overwrite --record a=b a- -p --patch= \
     label expose autoscale explain edit diff replace create wait options tier=front tier- --port=80 --max=4 --cpu=80% \
     --for=delete --for=condition=Available -o custom-columns=A:.metadata.name,B:.spec custom-columns=A --type=json \
     [{\"op\":\"remove\",\"path\":\"/spec/replicas\"}] --server-side --validate=false --force - deployment.spec.replicas \
     {\"spec\":{\"replicas\":2}} {\"spec\":{\"strategy\":{\"rollingUpdate\":{\"maxSurge\":1}}}} {\"spec\":[]} \
     --type=merge -- - -f -h --help -wide --force --grace-period=0 node-1 | ; > ' \" \\ --sort-by --for deploy/web";

/// What comes on standard input.
const SHOP: &str = include_str!("manifests/shop.yaml");

fn timeline() -> Timeline {
    let inputs = Inputs { scenario: Scenario::article(), script: Vec::new() };
    let mut timeline = Timeline::new(inputs).expect("the article's scenario is accepted");
    timeline.seek_time(SimTime::from_secs(4));
    timeline
}

fn word() -> impl Strategy<Value = String> {
    let known: Vec<&str> = WORDS.split_whitespace().collect();
    prop_oneof![
        8 => proptest::sample::select(known).prop_map(str::to_owned),
        1 => "[a-z=/,.{}-]{0,12}",
        1 => any::<String>(),
    ]
}

/// What most lines begin with.
const COMMANDS: &str = "get,get all,get pods,get deploy web,get rs -o,describe,describe deploy web,rollout status,\
     rollout history deploy/web,rollout undo deploy/web,rollout pause deploy web,rollout restart deploy/web,\
     set image deploy/web,scale deploy web,annotate deploy/web,patch deploy web -p,delete pods,cordon,drain,\
     api-resources,events,version,apply -f -,create -f -,replace -f -,diff -f -,delete -f -,get -f -,edit deploy web,\
     create deployment x --image=x:1,label deploy web,expose deploy web --port=80,autoscale deploy web --max=3,explain,\
     wait deploy/web,patch deploy web --type=json -p,help,";

fn line() -> impl Strategy<Value = String> {
    let commands: Vec<&str> = COMMANDS.split(',').collect();
    let commands = proptest::sample::select(commands);
    let words = proptest::collection::vec(word(), 0..8).prop_map(|words| words.join(" "));
    let known = (commands, words).prop_map(|(command, words)| format!("kubectl {command} {words}"));
    prop_oneof![9 => known, 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn any_line_is_answered(lines in proptest::collection::vec(line(), 1..4)) {
        let (mut timeline, mut shell) = (timeline(), Shell::default());
        for line in lines {
            shell.complete(&line, &mut timeline);
            let files = Files { stdin: Some(SHOP.to_owned()), named: Vec::new() };
            let output = shell.run(&line, &mut timeline, &files, |_| None);
            prop_assert!(output.exit < 2);
            if let Some(what) = &output.missing {
                prop_assert!(!says::missing(what, Lang::En).is_empty() && !says::missing(what, Lang::ZhHans).is_empty());
            }
            if output.exit == 1 {
                let says = !output.stderr.is_empty() || output.missing.is_some() || !output.stdout.is_empty();
                // `grep` that finds nothing says nothing.
                let says = says || line.contains('|');
                prop_assert!(says, "{line} fails without a word");
            }
            timeline.seek(timeline.step_number() + 3);
            shell.look(&mut timeline);
        }
    }
}
