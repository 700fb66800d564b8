//! Documents that could cause much work, as tables of shapes.

#![allow(clippy::indexing_slicing, reason = "an assignment to a key of a JSON object adds the key")]

mod operations;
mod schemas;
mod texts;

use serde_json::{Map, Value, json};

/// A shape of documents: a function that makes a document of a given size.
pub(super) struct Shape {
    pub(super) name: &'static str,
    pub(super) sizes: [usize; 2],
    pub(super) make: fn(usize) -> Input,
}

/// A document, and the overlay to apply to it.
pub(super) struct Input {
    pub(super) document: String,
    pub(super) extension: &'static str,
    pub(super) overlay: Option<String>,
}

const fn shape(name: &'static str, sizes: [usize; 2], make: fn(usize) -> Input) -> Shape {
    Shape { name, sizes, make }
}

/// A document without content.
pub(super) const EMPTY: &str = r#"{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{}}"#;

/// Returns all shapes.
pub(super) fn shapes() -> impl Iterator<Item = &'static Shape> {
    [schemas::SHAPES, operations::SHAPES, texts::SHAPES].into_iter().flatten()
}

const YAML: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n";

/// Returns a document with these component schemas.
fn document(schemas: Value) -> Value {
    json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}})
}

fn json_input(document: Value) -> Input {
    Input { document: document.to_string(), extension: "json", overlay: None }
}

fn yaml_input(document: String) -> Input {
    Input { document, extension: "yaml", overlay: None }
}

fn alone(schemas: Map<String, Value>) -> Input {
    json_input(document(Value::Object(schemas)))
}

/// Returns a document with an operation that responds with `schema`.
fn used(schemas: Map<String, Value>, schema: Value) -> Input {
    let mut document = document(Value::Object(schemas));
    document["components"]["schemas"]["Used"] = schema;
    document["paths"] = paths(1, |_| json!({"responses": {"200": response(reference("Used"))}}));
    json_input(document)
}

fn with_paths(n: usize, operation: impl Fn(usize) -> Value) -> Input {
    let mut document = document(json!({}));
    document["paths"] = paths(n, operation);
    json_input(document)
}

/// Returns `n` paths with one operation each. `operation` adds members to the operation.
fn paths(n: usize, operation: impl Fn(usize) -> Value) -> Value {
    let item = |i: usize| {
        let mut get = json!({"operationId": format!("op{i}"), "responses": {"200": {"description": "d"}}});
        if let (Value::Object(get), Value::Object(more)) = (&mut get, operation(i)) {
            get.extend(more);
        }
        (format!("/p{i}"), json!({"get": get}))
    };
    Value::Object((0..n).map(item).collect())
}

fn response(schema: Value) -> Value {
    json!({"description": "d", "content": {"application/json": {"schema": schema}}})
}

fn described(description: &str) -> Input {
    alone(single(json!({"type": "object", "description": description, "properties": {"a": text()}})))
}

fn overlaid(actions: Value) -> Input {
    let schemas = objects("A", 4, |_| json!({"p0": text(), "p1": text(), "p2": text()}));
    let overlay = json!({"overlay": "1.0.0", "info": {"title": "t", "version": "1"}, "actions": actions});
    Input { overlay: Some(overlay.to_string()), ..alone(schemas) }
}

fn text() -> Value {
    json!({"type": "string"})
}

fn base() -> Value {
    json!({"type": "object", "required": ["t"], "properties": {"t": text()}, "discriminator": {"propertyName": "t"}})
}

fn reference(name: impl AsRef<str>) -> Value {
    json!({"$ref": format!("#/components/schemas/{}", name.as_ref())})
}

fn one_of(prefix: &str, n: usize) -> Value {
    json!({"oneOf": (0..n).map(|i| reference(format!("{prefix}{i}"))).collect::<Vec<_>>()})
}

fn single(schema: Value) -> Map<String, Value> {
    Map::from_iter([("S".to_owned(), schema)])
}

fn each(prefix: &str, n: usize, schema: impl Fn(usize) -> Value) -> Map<String, Value> {
    (0..n).map(|i| (format!("{prefix}{i}"), schema(i))).collect()
}

fn objects(prefix: &str, n: usize, properties: impl Fn(usize) -> Value) -> Map<String, Value> {
    each(prefix, n, |i| json!({"type": "object", "properties": properties(i)}))
}

/// Returns layers of unions. The variants are schemas of the layer below, the lowest layer has
/// objects.
fn layers(
    n: usize,
    width: usize,
    variants: impl Fn(&dyn Fn(usize) -> Value) -> Vec<Value>,
) -> Map<String, Value> {
    let mut schemas = Map::new();
    for (layer, column) in (0..n).flat_map(|layer| (0..width).map(move |column| (layer, column))) {
        let schema = match layer {
            0 => {
                json!({"type": "object", "required": [format!("a{column}")], "properties": {format!("a{column}"): text()}})
            }
            _ => json!({"oneOf": variants(&|column| reference(format!("N{}_{column}", layer - 1)))}),
        };
        schemas.insert(format!("N{layer}_{column}"), schema);
    }
    schemas
}

/// Returns the `i`th of a series of names that differ in punctuation and case only.
fn alike(mut i: usize) -> String {
    const SIGNS: [&str; 5] = ["a", "_a", "-a", ".a", "A"];
    let mut name = String::new();
    for _ in 0..8 {
        name.push_str(SIGNS.get(i % SIGNS.len()).copied().unwrap_or_default());
        i /= SIGNS.len();
    }
    name
}
