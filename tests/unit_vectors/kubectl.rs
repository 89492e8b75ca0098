//! What kubectl prints of single objects.

use rollscope::kubectl::api::{ContainerState, Pod};
use rollscope::kubectl::duration;
use rollscope::kubectl::get::{deployment_row, pod_row};
use rollscope::kubectl::rollout;
use rollscope::kubectl::table::Table;
use rollscope::kubectl::time::age;
use rollscope::sim::cluster::ReplicaSetId;
use rollscope::sim::spec::{Container, DeploymentSpec, Labels, PodTemplateSpec};
use rollscope::sim::time::{SimDuration, SimTime};
use serde_json::{Value, json};

use crate::Compared;
use crate::given::{NOW, WEB, cluster_with, text};
use crate::layouts::layout;

pub fn human_duration(case: &Value) -> Compared {
    let nanos = case["nanos"].as_i64().expect("a duration is a number");
    let long = SimDuration::from_millis((nanos / 1_000_000).unsigned_abs());
    // What is negative lies in the future.
    let shown = if nanos < 0 { age(NOW + long, NOW) } else { duration::human_duration(long) };
    (json!(shown), case["expect"].clone())
}

pub fn kubectl_tabwriter(case: &Value) -> Compared {
    let mut table = if case["min_width"] == 6 { Table::get() } else { Table::describe() };
    let flushes = case["flushes"].as_array().expect("`flushes` is a list").iter();
    let aligned: Vec<_> = flushes.map(|flush| table.align(text(flush))).collect();
    (json!(aligned), case["expect"].clone())
}

pub fn kubectl_text_layouts(case: &Value) -> Compared {
    if case["kind"] != "table" && case["kind"] != "rollout_history" {
        return layout(case);
    }
    let rows = case["input"]["rows"].as_array().expect("a table has rows").iter();
    let cells = |row: &Value| row.as_array().expect("a row has cells").iter().map(cell).collect::<Vec<_>>();
    let (mut table, mut lines) = (Table::get(), rows.map(cells).collect::<Vec<_>>());
    let mut around = ["", ""];
    if case["kind"] == "rollout_history" {
        (table, around) = (Table::describe(), ["deployment.apps/web \n", "\n"]);
        let causes = lines.iter_mut().filter(|row| row[1].is_empty());
        causes.for_each(|row| "<none>".clone_into(&mut row[1]));
        lines.insert(0, vec!["REVISION".to_owned(), "CHANGE-CAUSE".to_owned()]);
    }
    let text: String = lines.iter().map(|row| row.join("\t") + "\n").collect();
    (json!(format!("{}{}{}", around[0], table.align(&text), around[1])), case["expect"].clone())
}

fn cell(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub fn kubectl_rollout_status(case: &Value) -> Compared {
    let number = |field: &str| case[field].as_i64().expect("counts are numbers");
    let count = |field: &str| number(field) as i32;
    let spec = DeploymentSpec { replicas: count("spec_replicas"), ..DeploymentSpec::new("foo", "web:v1") };
    let mut cluster = cluster_with(spec);
    let deployment = cluster.deployment_mut(WEB);
    deployment.name = text(&case["deployment"]).into();
    deployment.generation = number("generation");
    let status = &mut deployment.status;
    status.observed_generation = number("observed_generation");
    status.replicas = count("replicas");
    status.updated_replicas = count("updated");
    status.available_replicas = count("available");
    status.unavailable_replicas = count("unavailable");
    let (line, done) = rollout::status(deployment, 0).expect("no deadline has passed");
    (json!([line + "\n", done]), json!([case["expect_message"], case["expect_done"]]))
}

pub fn kubectl_get_rows(case: &Value) -> Compared {
    let input = &case["input"];
    let count = |field: &str| input[field].as_i64().expect("counts are numbers") as i32;
    let mut spec = DeploymentSpec { replicas: count("replicas"), ..DeploymentSpec::new("test1", "") };
    let containers = input["containers"].as_array().expect("there are containers").iter();
    let template = std::rc::Rc::make_mut(&mut spec.template);
    let container = |pair: &Value| Container::new(&cell(&pair[0]), &cell(&pair[1]));
    template.containers = containers.map(container).collect();
    spec.selector = Some(Labels::from([("foo".to_owned(), cell(&input["selector"]["foo"]))]));
    let mut cluster = cluster_with(spec);
    let deployment = cluster.deployment_mut(WEB);
    deployment.name = text(&input["name"]).into();
    deployment.status.updated_replicas = count("updated");
    deployment.status.ready_replicas = count("ready");
    deployment.status.available_replicas = count("available");
    let row = deployment_row(&cluster, WEB, SimTime::ZERO);
    let (narrow, wide) = row.split_once('|').expect("there are more cells with `-o wide`");
    let cells = |text: &str| text.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let all = [cells(narrow), cells(wide)].concat();
    (json!([cells(narrow), all]), json!([case["expect"], case["expect_wide"]]))
}

pub fn kubectl_pod_status_column(case: &Value) -> Compared {
    let status = &case["container_statuses"][0];
    let reason = cell(&status["reason"]);
    let state = match status["state"].as_str() {
        Some("running") => Some(ContainerState::Running(NOW)),
        Some("terminated") => {
            Some(ContainerState::Terminated(reason, status["exit_code"].as_i64().unwrap_or(0) as i32))
        }
        _ => None,
    };
    let finished = status["last_finished_age"].as_u64().map(|age| NOW - SimDuration::from_secs(age));
    let phases = ["Pending", "Running", "Succeeded", "Failed"];
    let pod = Pod {
        name: "pod".to_owned(),
        uid: String::new(),
        owner: ReplicaSetId(0),
        created: NOW,
        deleted: (case["deleting"] == true).then_some(NOW),
        node: None,
        ip: None,
        host_ip: String::new(),
        phase: phases.into_iter().find(|phase| case["phase"] == *phase).expect("it is a phase"),
        ready: status["ready"] == true,
        ready_changed: NOW,
        restarts: status["restarts"].as_u64().unwrap_or(0) as u32,
        state,
        last: finished.map(|finished| (finished, finished)),
        unschedulable: None,
    };
    let template =
        PodTemplateSpec { containers: vec![Container::new("web", "web:v1")], ..Default::default() };
    let row = pod_row(&pod, &template, NOW);
    let cells: Vec<_> = row.split('\t').skip(1).take(3).collect();
    (json!(cells), json!([case["expect_ready"], case["expect_status"], case["expect_restarts"]]))
}
