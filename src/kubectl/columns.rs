//! `-o custom-columns`: `kubectl/pkg/cmd/get/customcolumn.go`.

use super::json::{Json, path};
use super::table::Table;

/// The columns of objects, of a line like `NAME:.metadata.name,NODE:.spec.nodeName`.
pub fn columns(spec: &str, items: &[&Json], has_header: bool) -> Result<String, Option<String>> {
    if spec.is_empty() {
        return Err(Some("custom-columns format specified but no custom columns given".to_owned()));
    }
    let mut names = Vec::new();
    let mut paths = Vec::new();
    for column in spec.split(',') {
        let Some((name, path)) = column.split_once(':') else {
            return Err(Some(format!(
                "unexpected custom-columns spec: {column}, expected <header>:<json-path-expr>"
            )));
        };
        let path = path.trim_start_matches('{').trim_end_matches('}');
        names.push(name);
        paths.push(format!("{{.{}}}", path.trim_start_matches('.')));
    }
    let mut text = String::new();
    if has_header {
        text += &(names.join("\t") + "\n");
    }
    for item in items {
        let cell = |template: &String| Ok(cell(&path::values(item, template)?));
        let cells: Result<Vec<String>, Option<String>> = paths.iter().map(cell).collect();
        text += &(cells?.join("\t") + "\n");
    }
    Ok(Table::get().align(&text))
}

/// What a path leads to, as Go prints it.
fn cell(values: &[&Json]) -> String {
    let shown = |value: &&Json| match value {
        Json::Text(text) => text.clone(),
        Json::Null => "<nil>".to_owned(),
        other => super::patch::go_syntax(other),
    };
    let all: Vec<_> = values.iter().map(shown).collect();
    if all.is_empty() { "<none>".to_owned() } else { all.join(",") }
}
