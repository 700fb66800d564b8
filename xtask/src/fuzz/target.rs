//! The table of targets: functions that process an input, and panic if something is wrong.

use std::path::Path;

use generator::{Options, Source};

/// The kind of input of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Mutated documents.
    Document,
    /// Words of documents and Markdown.
    Words,
}

/// A function that processes inputs.
pub(super) struct Target {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) run: fn(&str),
}

pub(super) const TARGETS: &[Target] = &[
    Target { name: "document", kind: Kind::Document, run: |text| generate(("api.yaml", text), &[]) },
    Target { name: "any", kind: Kind::Words, run: |text| generate(("api.yaml", text), &[]) },
    Target { name: "overlay", kind: Kind::Words, run: overlay },
    Target { name: "markdown", kind: Kind::Words, run: |text| generate(("api.json", &described(text)), &[]) },
    Target { name: "template", kind: Kind::Words, run: |text| generate(("api.json", &template(text)), &[]) },
];

/// Generates a client, renders all diagnostics, and reads every file as Rust.
fn generate(document: (&str, &str), overlays: &[(&str, &str)]) {
    let source = Source::from_text(document, overlays);
    match generator::generate(&source, &Options::default()) {
        Ok(output) => {
            let _ = output.diagnostics.render_plain();
            for (path, text) in output.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
                if let Err(error) = syn::parse_file(text) {
                    fail(&format!("{path} is not Rust: {error}"));
                }
            }
        }
        Err(diagnostics) => {
            let text = diagnostics.render_plain();
            if text.contains("E099") {
                fail(&text);
            }
        }
    }
}

#[allow(clippy::panic, reason = "a finding ends the process")]
fn fail(message: &str) {
    panic!("{message}");
}

fn overlay(text: &str) {
    let overlay = format!("overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n  - {text}\n");
    let path = serde_json::json!({"overlay": "1.1.0", "info": {"title": "t", "version": "1"},
        "actions": [{"target": text, "update": {"a": 1}}]});
    for overlay in [overlay, path.to_string()] {
        generate(("api.json", &described("d")), &[("overlay.yaml", &overlay)]);
    }
}

/// Returns a document with a text wherever a document may have one.
fn described(text: &str) -> String {
    serde_json::json!({
        "openapi": "3.1.0",
        "info": {"title": text, "version": "1", "description": text},
        "tags": [{"name": text, "description": text}],
        "paths": {"/a": {"get": {
            "operationId": text, "summary": text, "description": text, "tags": [text],
            "parameters": [{"name": text, "in": "query", "description": text, "schema": {"type": "string", "default": text}}],
            "responses": {"200": {"description": text, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}},
        }}},
        "components": {"schemas": {"A": {
            "type": "object", "title": text, "description": text,
            "properties": {"a": {"type": "string", "description": text, "enum": [text], "pattern": text}, text: {"type": "integer"}},
        }}},
    })
    .to_string()
}

/// Returns a document with a text as a path, and as the URL of a server.
fn template(text: &str) -> String {
    serde_json::json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "servers": [{"url": text, "variables": {"a": {"default": text, "enum": [text]}}}],
        "paths": {format!("/{text}"): {"get": {
            "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "d"}},
        }}},
    })
    .to_string()
}

/// Returns the texts of the documents below a folder that have at most `longest` bytes.
pub(super) fn seeds(folder: &Path, longest: u64) -> Vec<String> {
    let mut seeds = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok);
        for path in entries.map(|entry| entry.path()) {
            let is_document = path
                .extension()
                .is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known));
            if path.is_dir() {
                open.push(path);
            } else if is_document && std::fs::metadata(&path).is_ok_and(|file| file.len() <= longest) {
                seeds.extend(std::fs::read_to_string(&path));
            }
        }
    }
    // A folder is not read in the order of its names.
    seeds.sort();
    seeds
}
