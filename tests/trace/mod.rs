//! A recorded rollout as JSON, and what it reads as.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use rollscope::sim::behaviour::{Behaviour, Behaviours, Flap};
use rollscope::sim::cluster::DeploymentId;
use rollscope::sim::command::{Change, Command, Scripted};
use rollscope::sim::deployment::edit;
use rollscope::sim::int_or_string::IntOrString;
use rollscope::sim::node::Node;
use rollscope::sim::scenario::Scenario;
use rollscope::sim::spec::{DeploymentSpec, DeploymentStrategy, StrategyType};
use rollscope::sim::time::{SimDuration, SimTime};
use serde_json::Value;

/// The lines of a `.jsonl` or `.jsonl.gz`.
pub fn lines(path: &str) -> Vec<String> {
    let file = File::open(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let reader: Box<dyn Read> = match path.ends_with(".gz") {
        true => Box::new(flate2::read::GzDecoder::new(file)),
        false => Box::new(file),
    };
    let lines = BufReader::new(reader).lines().map(|line| line.expect("every line is text"));
    lines.filter(|line| !line.trim().is_empty()).collect()
}

/// What is given before time zero.
pub fn scenario(input: &Value) -> Result<Scenario, String> {
    let given = input["spec"].as_object().ok_or("no `spec`")?;
    let mut spec = DeploymentSpec::new("web", text(&given["image"])?);
    // As a manifest would be read: first the type, then what is given for it.
    spec.strategy = match given.get("strategy").map(text).transpose()? {
        Some(kind) => DeploymentStrategy { kind: StrategyType::parse(kind), rolling_update: None },
        None => DeploymentStrategy::default(),
    };
    for (key, value) in given {
        match key.as_str() {
            "image" | "strategy" => {}
            "replicas" => spec.replicas = int(value)?,
            _ => edit::apply(&change(key, value)?, &mut spec),
        }
    }
    let images = input["images"].as_object().ok_or("no `images`")?;
    let by_image: Result<_, String> =
        images.iter().map(|(image, given)| Ok((image.clone(), behaviour(given)?))).collect();
    let behaviours = Behaviours { by_image: by_image?, ..Behaviours::default() }.into();
    let nodes = input["nodes"].as_array().map(|nodes| nodes.iter().map(node).collect()).transpose()?;
    Ok(Scenario { deployments: vec![("web".to_owned(), spec)], behaviours, nodes, quota: None, seed: 1 })
}

fn change(key: &str, value: &Value) -> Result<Change, String> {
    Ok(match key {
        "maxSurge" => Change::MaxSurge(int_or_string(value)?),
        "maxUnavailable" => Change::MaxUnavailable(int_or_string(value)?),
        "minReadySeconds" => Change::MinReadySeconds(int(value)?),
        "progressDeadlineSeconds" => Change::ProgressDeadlineSeconds(int(value)?),
        "revisionHistoryLimit" => Change::RevisionHistoryLimit(int(value)?),
        "strategy" => Change::StrategyType(StrategyType::parse(text(value)?)),
        _ => return Err(format!("there is no spec.{key}")),
    })
}

fn node(given: &Value) -> Result<Node, String> {
    let slots = given["slots"].as_u64().and_then(|slots| u32::try_from(slots).ok());
    Ok(Node::new(text(&given["name"])?, slots.ok_or("a node without slots")?))
}

fn behaviour(given: &Value) -> Result<Behaviour, String> {
    let given = given.as_object().ok_or("a behaviour is no object")?;
    let mut behaviour = Behaviour { ready: Vec::new(), ..Behaviour::default() };
    for (key, value) in given {
        match key.as_str() {
            "start" => behaviour.start = durations(value)?,
            "ready" => behaviour.ready = durations(value)?,
            "terminate" => behaviour.terminate = seconds(value)?,
            "crashAfter" => behaviour.crash_after = Some(seconds(value)?),
            "readyFor" => {
                let unready_for = seconds(given.get("unreadyFor").ok_or("no `unreadyFor`")?)?;
                behaviour.flap = Some(Flap { ready_for: seconds(value)?, unready_for });
            }
            "unreadyFor" => {}
            "cannotPull" => behaviour.cannot_pull = value == true,
            _ => return Err(format!("no behaviour is called {key}")),
        }
    }
    Ok(behaviour)
}

/// What is asked later.
pub fn script(input: &Value) -> Result<Vec<Scripted>, String> {
    let given = input["script"].as_array().map_or(&[][..], Vec::as_slice);
    given.iter().map(scripted).collect()
}

fn scripted(given: &Value) -> Result<Scripted, String> {
    let deployment = DeploymentId(0);
    let command = match text(&given["do"])? {
        "setImage" => Command::SetImage { deployment, image: text(&given["image"])?.to_owned() },
        "undo" => {
            let to_revision = given["toRevision"].as_i64().unwrap_or(0);
            Command::RolloutUndo { deployment, to_revision }
        }
        "scale" => Command::Scale { deployment, replicas: int(&given["replicas"])? },
        "pause" => Command::RolloutPause(deployment),
        "resume" => Command::RolloutResume(deployment),
        "restart" => Command::RolloutRestart(deployment),
        "set" => {
            let given = given.as_object().ok_or("a command is no object")?.iter();
            let given = given.filter(|(key, _)| !["at", "do"].contains(&key.as_str()));
            let changes = given.map(|(key, value)| change(key, value)).collect::<Result<_, _>>()?;
            Command::Patch { deployment, changes }
        }
        "deletePods" => Command::DeletePods,
        "cordon" => Command::Cordon(text(&given["node"])?.to_owned()),
        "uncordon" => Command::Uncordon(text(&given["node"])?.to_owned()),
        other => return Err(format!("there is no command {other}")),
    };
    Ok(Scripted { at: SimTime::ZERO + seconds(&given["at"])?, command })
}

fn text(value: &Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| format!("{value} is no text"))
}

fn int(value: &Value) -> Result<i32, String> {
    let number = value.as_i64().and_then(|number| i32::try_from(number).ok());
    number.ok_or_else(|| format!("{value} is no number of 32 bits"))
}

fn int_or_string(value: &Value) -> Result<IntOrString, String> {
    match value.as_str() {
        Some(text) => Ok(IntOrString::String(text.into())),
        None => int(value).map(IntOrString::Int),
    }
}

fn seconds(value: &Value) -> Result<SimDuration, String> {
    value.as_u64().map(SimDuration::from_secs).ok_or_else(|| format!("{value} is no time"))
}

fn durations(value: &Value) -> Result<Vec<SimDuration>, String> {
    value.as_array().ok_or_else(|| format!("{value} is no list"))?.iter().map(seconds).collect()
}
