//! The editor of `kubectl edit`: what it was made to do with what it was shown.

use rollscope::kubectl::follow::Follow;
use rollscope::kubectl::output::Output;
use rollscope::kubectl::run::edit::save;
use serde_json::Value;

use super::state::State;

/// Edits as was recorded until kubectl has done; what it printed, and each text that was shown.
pub fn edit(state: &mut State, step: &Value, mut output: Output) -> (Output, Vec<String>) {
    let mut shown = Vec::new();
    while let (Some(Follow::Edit(edit)), Some(sed)) = (output.follow.clone(), step["sed"].as_str()) {
        // A second time nothing is changed.
        let text = if shown.is_empty() { edited(&edit.text, sed) } else { edit.text.clone() };
        shown.push(edit.text.clone());
        let next = save(state, *edit, &text);
        output.stdout += &next.stdout;
        output.stderr += &next.stderr;
        (output.exit, output.follow, output.missing) = (next.exit, next.follow, next.missing);
    }
    (output, shown)
}

/// `sed`, as far as it was used.
fn edited(text: &str, sed: &str) -> String {
    if sed == "1,$d" {
        return String::new();
    }
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for command in sed.split(';').filter(|command| !command.is_empty()) {
        let [_, from, to, _] = command.split('/').collect::<Vec<_>>()[..] else { panic!("{command}") };
        for line in &mut lines {
            *line = match from.strip_prefix('^') {
                Some(from) if line.starts_with(from) => line.replacen(from, to, 1),
                Some(_) => line.clone(),
                None => line.replacen(from, to, 1),
            };
        }
    }
    lines.join("\n") + "\n"
}
