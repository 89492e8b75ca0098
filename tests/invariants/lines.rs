//! Inputs as a line of words: what is written is read again.

use std::rc::Rc;

use proptest::collection::vec;
use proptest::prelude::*;
use rollscope::line;
use rollscope::manifest::template;
use rollscope::manifest::value::{Object, Value};
use rollscope::sim::behaviour::{Behaviour, Behaviours};
use rollscope::sim::command::{Change, Command, Scripted};
use rollscope::sim::spec::PodTemplateSpec;
use rollscope::sim::time::{SimDuration, SimTime};
use rollscope::timeline::{Inputs, SHOWN};

use crate::config;
use crate::generated::any_runs;

/// Templates that keep more than names and images.
fn templates() -> impl Strategy<Value = PodTemplateSpec> {
    let words = || "[ -~é中]{0,12}";
    (words(), vec(words(), 0..3), any::<bool>(), "[a-z]{1,8}(:[a-z0-9.%]{1,5})?").prop_map(
        |(note, args, first, image)| {
            let fields = |fields: Vec<(&str, Value)>| {
                Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            };
            let args = Value::List(args.into_iter().map(Value::String).collect());
            let container =
                fields(vec![("name", "web".into()), ("image", image.as_str().into()), ("args", args)]);
            let containers = Value::List(vec![Value::Object(container)]);
            let mut spec =
                fields(vec![("nodeName", note.as_str().into()), ("containers", containers.clone())]);
            if first {
                spec.set("initContainers", containers);
            }
            let annotations = Value::Object(fields(vec![("note", note.as_str().into())]));
            let metadata = fields(vec![("annotations", annotations)]);
            let parts = vec![("metadata", Value::Object(metadata)), ("spec", Value::Object(spec))];
            template::from_object(fields(parts))
        },
    )
}

/// What a line says, and in one way only: how pods behave is in whole seconds, the same image with the default
/// behaviour is not listed, a patch asks for something, and no other patch follows it at once.
fn plain(mut inputs: Inputs) -> Inputs {
    let behaviours = Rc::make_mut(&mut inputs.scenario.behaviours);
    for (_, behaviour) in &mut behaviours.by_image {
        let Behaviour { start, ready, terminate, crash_after, flap, .. } = behaviour;
        let delays = start.iter_mut().chain(ready).chain([terminate]).chain(crash_after);
        let flaps = flap.iter_mut().flat_map(|flap| [&mut flap.ready_for, &mut flap.unready_for]);
        delays.chain(flaps).for_each(|delay| *delay = SimDuration::from_secs(delay.secs()));
    }
    let Behaviours { default, by_image } = behaviours;
    by_image.retain(|(_, behaviour)| behaviour != default);
    let is_patch = |scripted: &Scripted| matches!(scripted.command, Command::Patch { .. });
    inputs.script.retain(
        |scripted| !matches!(&scripted.command, Command::Patch { changes, .. } if changes.is_empty()),
    );
    inputs.script.dedup_by(|next, last| next.at == last.at && is_patch(next) && is_patch(last));
    inputs
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_is_read_again(
        run in any_runs(), name in "[a-z]{1,6}", given in any::<bool>(),
        first in templates(), second in templates(),
    ) {
        let mut inputs = Inputs { scenario: run.scenario, script: run.script };
        inputs.scenario.deployments[0].0 = name;
        if given {
            inputs.scenario.deployments[0].1.template = Rc::new(first);
        }
        let changes = vec![Change::Template(Rc::new(second)), Change::Paused(true)];
        let command = Command::Patch { deployment: SHOWN, changes };
        inputs.script.push(Scripted { at: SimTime::from_millis(1_000_500), command });
        let inputs = plain(inputs);
        let written = line::write_with(&inputs, line::template::write);
        prop_assert_eq!(&line::read_with(written.split(' '), line::template::read), &inputs);
        let written = line::write_with(&inputs, template::to_json);
        prop_assert_eq!(&line::read_with(written.split(' '), template::from_json), &inputs);
    }
}
