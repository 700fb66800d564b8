//! The targets of the generator. Each input ends in generated files that are Rust, or in
//! diagnostics.

mod words;

use generator::{Lock, Options, Source};

use crate::{Seeds, Target, text};
use words::WORDS;

const TEXTS: Seeds = Seeds::Texts(&[
    b"A user of the *service*.\n\n```json\n{\"a\": [1]}\n```\n",
    b"> - `a` | b\n>\n> | a | b |\n> |---|---|\n> | 1 | <b>2</b> |\n",
    b"1. [link](https://example.com/a_(b) \"t\")\n2. ![i][r]\n\n[r]: <x y>\n<!-- c -->\n",
]);
const OVERLAYS: Seeds = Seeds::Texts(&[
    b"target: $.paths['/a'].get\n    update: {summary: s}",
    b"target: $.components.schemas.A.properties[?@.type=='string']\n    remove: true",
    b"target: $..[?length(@.description) > 1 && !@.x]\n    update: {x: [1, 2]}",
    b"$.paths.*[?match(@.operationId, '.*')]['tags'][0:2:1]",
]);
const TEMPLATES: Seeds = Seeds::Texts(&[
    b"users/{id}",
    b"https://{a}.example.com:443/v1",
    b"//example.com/../b",
    b"{id}.json{?q}",
    b"a/{id}:copy#f?x={id}",
]);
const LOCKS: Seeds = Seeds::Texts(&[
    b"type\tmodels::A\t#/components/schemas/A\treceived=yes\tshape=struct\n",
    b"field\tmodels::A::a\t#/components/schemas/A/properties/a\tkey=a\ttype=String\n",
    b"gone\t1.4.0\ttype\tmodels::Other\t#/components/schemas/Other\n",
]);

pub(super) const TARGETS: &[Target] = &[
    Target { name: "document", seeds: Seeds::Documents, words: WORDS, run: |bytes| generate(&text(bytes)) },
    Target { name: "diff", seeds: Seeds::Documents, words: WORDS, run: diff },
    Target { name: "any", seeds: TEXTS, words: WORDS, run: |bytes| generate(&text(bytes)) },
    Target { name: "overlay", seeds: OVERLAYS, words: WORDS, run: overlay },
    Target { name: "markdown", seeds: TEXTS, words: WORDS, run: |bytes| generate(&described(&text(bytes))) },
    Target {
        name: "template",
        seeds: TEMPLATES,
        words: WORDS,
        run: |bytes| generate(&template(&text(bytes))),
    },
    Target { name: "lock", seeds: LOCKS, words: WORDS, run: lock },
];

fn generate(document: &str) {
    generate_with(document, &[], &Options::default());
}

/// Generates a client, renders all diagnostics, and reads every file as Rust.
fn generate_with(document: &str, overlays: &[(&str, &str)], options: &Options) {
    let source = Source::from_text(("api.yaml", document), overlays);
    match generator::generate(&source, options) {
        Ok(output) => {
            let _ = output.diagnostics.render_plain();
            for (path, text) in output.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
                if let Err(error) = syn::parse_file(text) {
                    panic!("{path} is not Rust: {error}");
                }
            }
        }
        Err(diagnostics) => {
            let text = diagnostics.render_plain();
            assert!(!text.contains("E099"), "{text}");
        }
    }
}

/// Compares the client of a document with that of another, in both directions.
fn diff(bytes: &[u8]) {
    let options = Options::default();
    let other = generator::lock(&Source::from_text(("api.yaml", &described("d")), &[]), &options);
    let other = other.unwrap_or_default();
    let Ok(lock) = generator::lock(&Source::from_text(("api.yaml", &text(bytes)), &[]), &options) else {
        return;
    };
    let read = Lock::parse(&lock.render("# header")).unwrap();
    assert!(generator::diff(&lock, &read).changes.is_empty(), "a lock is read as it was written");
    let _ = (generator::diff(&lock, &other), generator::diff(&other, &lock));
}

/// Generates a client whose previous lock is the input.
fn lock(bytes: &[u8]) {
    let options = Options { earlier_lock: Some(text(bytes)), ..Options::default() };
    generate_with(&described("d"), &[], &options);
}

fn overlay(bytes: &[u8]) {
    let text = &text(bytes);
    let overlay = format!("overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n  - {text}\n");
    let path = serde_json::json!({"overlay": "1.1.0", "info": {"title": "t", "version": "1"},
        "actions": [{"target": text, "update": {"a": 1}}]});
    for overlay in [overlay, path.to_string()] {
        generate_with(&described("d"), &[("overlay.yaml", &overlay)], &Options::default());
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
