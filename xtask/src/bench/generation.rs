//! Measures generation, and how its cost grows with the document.

use super::measure::{Cost, measure, median};
use super::table::{Tables, cell};
use super::tool::Tool;
use crate::cli::Bench;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Adds a table with a row for each document. Each cell has user and system CPU seconds, wall
/// seconds and MiB of one tool.
pub(super) fn table(tools: &[Tool], arguments: &Bench, target: &Path, tables: &mut Tables) -> Result<()> {
    let names = tools.iter().map(|tool| format!("{}: user + system, wall, memory", tool.name));
    tables.head(["generate".to_owned()].into_iter().chain(names).collect());
    for document in &arguments.documents {
        let costs = rounds(tools, document, arguments.rounds(), target)?;
        let name = document.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let cells = costs.into_iter().map(|cost| cost.map_or("–".to_owned(), cell));
        tables.row([name].into_iter().chain(cells));
    }
    Ok(())
}

/// Adds a table of the generation cost of a document with 1, 2, 4, 8 and 16 copies of its paths
/// and schemas.
pub(super) fn growth(
    tools: &[Tool],
    document: &Path,
    arguments: &Bench,
    target: &Path,
    tables: &mut Tables,
) -> Result<()> {
    let text = fs::read_to_string(document).with_context(|| format!("cannot read {}", document.display()))?;
    let tree: Value = serde_json::from_str(&text).context("growth is measured of a JSON document")?;
    let tools = tools.get(..1).unwrap_or_default();
    tables.head(["copies", "user + system, wall, memory"].map(str::to_owned).to_vec());
    for copies in [1, 2, 4, 8, 16] {
        let path = target.join(format!("growth-{copies}.json"));
        fs::write(&path, copied(&tree, copies).to_string())?;
        let costs = rounds(tools, &path, arguments.rounds(), target)?;
        let cost = costs.into_iter().next().flatten().map_or("–".to_owned(), cell);
        tables.row([copies.to_string(), cost]);
    }
    Ok(())
}

/// Returns the median cost of each tool, `None` for a tool that refuses the document.
///
/// Each run writes into a folder of its own below `target`. The caller removes these folders after
/// the last run, because ext4 creates files more slowly after many were deleted.
fn rounds(tools: &[Tool], document: &Path, rounds: usize, target: &Path) -> Result<Vec<Option<Cost>>> {
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); tools.len()];
    for _ in 0..rounds {
        for (tool, costs) in tools.iter().zip(&mut costs) {
            let out = tempfile::tempdir_in(target).context("cannot make a folder")?.keep();
            costs.extend(measure(&tool.command(document, &out)));
        }
    }
    Ok(costs.iter().map(|costs| (!costs.is_empty()).then(|| median(costs))).collect())
}

/// Repeats the paths and schemas of a document. Each copy has other names, and its references point
/// into the same copy.
fn copied(tree: &Value, copies: usize) -> Value {
    let mut all = tree.clone();
    for copy in 1..copies {
        let mut tree = tree.clone();
        rename(&mut tree, copy);
        for pointer in ["/paths", "/components/schemas"] {
            let more = tree.pointer(pointer).and_then(Value::as_object).cloned().unwrap_or_default();
            if let Some(Value::Object(members)) = all.pointer_mut(pointer) {
                members.extend(more.into_iter().map(|(key, value)| match pointer {
                    "/paths" => (format!("/copy{copy}{key}"), value),
                    _ => (format!("{key}_copy{copy}"), value),
                }));
            }
        }
    }
    all
}

fn rename(value: &mut Value, copy: usize) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "operationId" => *text = format!("{text}_copy{copy}"),
                    Value::String(text) if key == "$ref" && text.starts_with("#/components/schemas/") => {
                        *text = format!("{text}_copy{copy}");
                    }
                    value => rename(value, copy),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, copy)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_copy_refers_to_its_own_schemas() {
        let tree = json!({
            "paths": { "/a": { "get": { "operationId": "a", "x": { "$ref": "#/components/schemas/A" } } } },
            "components": { "schemas": { "A": {} } }
        });
        let all = copied(&tree, 2);
        assert_eq!(all["paths"]["/copy1/a"]["get"]["operationId"], "a_copy1");
        assert_eq!(all["paths"]["/copy1/a"]["get"]["x"]["$ref"], "#/components/schemas/A_copy1");
        assert!(all["components"]["schemas"]["A_copy1"].is_object());
        assert_eq!(all["paths"]["/a"], tree["paths"]["/a"]);
    }
}
