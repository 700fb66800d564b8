//! Shapes of operations: paths, parameters, responses, servers and credentials.

use serde_json::{Map, Value, json};

use super::{Input, Shape, document, json_input, paths, response, shape, text, with_paths};

/// The shapes of operations.
pub(super) const SHAPES: &[Shape] = &[
    shape("operations", [250, 1_000], |n| with_paths(n, |_| json!({}))),
    shape("same_operation_id", [250, 1_000], |n| with_paths(n, |_| json!({"operationId": "same"}))),
    shape("parameters", [500, 2_000], |n| {
        let parameters: Vec<Value> =
            (0..n).map(|i| json!({"name": format!("q{i}"), "in": "query", "schema": text()})).collect();
        with_paths(1, |_| json!({"parameters": parameters}))
    }),
    shape("responses", [100, 400], |n| {
        let responses: Map<String, Value> = (0..n)
            .map(|i| {
                ((200 + i).to_string(), response(json!({"type": "object", "properties": {"a": text()}})))
            })
            .collect();
        with_paths(1, |_| json!({"responses": responses}))
    }),
    shape("media_types", [250, 1_000], |n| {
        let content: Map<String, Value> = (0..n)
            .map(|i| {
                (
                    format!("application/x{i}+json"),
                    json!({"schema": {"type": "object", "properties": {format!("a{i}"): text()}}}),
                )
            })
            .collect();
        with_paths(1, |_| json!({"responses": {"200": {"description": "d", "content": content}}}))
    }),
    shape("credentials", [200, 800], |n| {
        let mut document = document(json!({}));
        document["components"]["securitySchemes"] = Value::Object(schemes(n));
        document["security"] = (0..n).map(|i| json!({format!("s{i}"): []})).collect();
        document["paths"] = paths(n, |_| json!({}));
        json_input(document)
    }),
    shape("operations_without_id", [250, 1_000], |n| {
        let mut document = document(json!({}));
        let get = json!({"get": {"responses": {"200": {"description": "d"}}}});
        document["paths"] = Value::Object((0..n).map(|i| (format!("/p{i}"), get.clone())).collect());
        json_input(document)
    }),
    shape("parameters_of_values", [500, 2_000], |n| {
        let schema = || json!({"type": "string", "enum": ["a", "b"]});
        let parameters: Vec<Value> =
            (0..n).map(|i| json!({"name": format!("q{i}"), "in": "query", "schema": schema()})).collect();
        with_paths(1, |_| json!({"parameters": parameters}))
    }),
    shape("path_parameters", [100, 400], |n| {
        let path: String = (0..n).map(|i| format!("/{{p{i}}}")).collect();
        let parameters: Vec<Value> = (0..n)
            .map(|i| json!({"name": format!("p{i}"), "in": "path", "required": true, "schema": text()}))
            .collect();
        let mut document = document(json!({}));
        let get = json!({"parameters": parameters, "responses": {"200": {"description": "d"}}});
        document["paths"] = json!({path: {"get": get}});
        json_input(document)
    }),
    shape("shared_parameters", [50, 200], |n| {
        let parameters: Vec<Value> =
            (0..n).map(|i| json!({"name": format!("q{i}"), "in": "query", "schema": text()})).collect();
        let mut document = document(json!({}));
        let get = json!({"responses": {"200": {"description": "d"}}});
        let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
        let mut item: Map<String, Value> =
            methods.iter().map(|method| ((*method).to_owned(), get.clone())).collect();
        item.insert("parameters".to_owned(), Value::Array(parameters));
        document["paths"] = json!({"/a": item});
        json_input(document)
    }),
    shape("statuses_and_media_types", [50, 400], |n| {
        let empty = |i: usize| ((201 + i).to_string(), json!({"description": "d"}));
        let mut responses: Map<String, Value> = (0..n.min(99)).map(empty).collect();
        let schema = json!({"schema": {"type": "object"}});
        let content: Map<String, Value> = (0..n).map(|i| (format!("image/x{i}"), schema.clone())).collect();
        responses.insert("200".to_owned(), json!({"description": "d", "content": content}));
        with_paths(1, |_| json!({"responses": responses}))
    }),
    shape("servers", [500, 2_000], |n| {
        let mut document = document(json!({}));
        document["servers"] = (0..n).map(|i| json!({"url": format!("https://h{i}.example")})).collect();
        json_input(document)
    }),
    shape("server_variables", [200, 800], |n| {
        let mut document = document(json!({}));
        let names: Vec<String> = (0..n).map(|i| format!("{{v{i}}}")).collect();
        let variables: Map<String, Value> =
            (0..n).map(|i| (format!("v{i}"), json!({"default": "a"}))).collect();
        let url = format!("https://{}", names.join("."));
        document["servers"] = json!([{"url": url, "variables": variables}]);
        json_input(document)
    }),
    shape("servers_of_operations", [250, 1_000], |n| {
        with_paths(n, |i| json!({"servers": [{"url": format!("https://h{i}.example")}]}))
    }),
    shape("credentials_together", [100, 400], |n| {
        let mut document = document(json!({}));
        document["components"]["securitySchemes"] = Value::Object(schemes(n));
        let all: Map<String, Value> = (0..n).map(|i| (format!("s{i}"), json!([]))).collect();
        document["security"] = json!([all]);
        document["paths"] = paths(n, |_| json!({}));
        json_input(document)
    }),
    shape("scopes", [50, 400], |n| {
        with_scopes(n, json!([{"s": (0..n).map(|i| format!("x{i}")).collect::<Vec<_>>()}]))
    }),
    shape("scopes_of_alternatives", [250, 1_000], |n| {
        with_scopes(n, (0..n).map(|i| json!({"s": [format!("x{i}")]})).collect())
    }),
    shape("undeclared_credentials", [250, 2_000], |n| {
        let mut document = document(json!({}));
        document["security"] = (0..n).map(|i| json!({format!("u{i}"): []})).collect();
        document["paths"] = paths(n, |_| json!({}));
        json_input(document)
    }),
    shape("variable_of_a_server", [1_000, 8_000], |n| {
        let mut document = document(json!({}));
        let variable = json!({"default": "b".repeat(4 * n)});
        document["servers"] =
            json!([{"url": format!("https://a.example/{}", "{a}".repeat(n)), "variables": {"a": variable}}]);
        json_input(document)
    }),
    shape("tags", [100, 800], |n| {
        let names: Vec<String> = (0..n).map(|i| format!("t{i}")).collect();
        let mut input = document(json!({}));
        input["tags"] = names.iter().map(|name| json!({"name": name})).collect();
        input["paths"] = paths(n, |_| json!({"tags": names.iter().take(30).collect::<Vec<_>>()}));
        json_input(input)
    }),
    shape("callbacks", [100, 400], |n| {
        let item = json!({"post": {"responses": {"200": {"description": "d"}}}});
        let callbacks: Map<String, Value> =
            (0..n).map(|i| (format!("c{i}"), json!({"{$request.body#/url}": item}))).collect();
        with_paths(1, |_| json!({"callbacks": callbacks}))
    }),
];

/// Returns a document with a scheme of `n` scopes, `n` operations, and this `security`.
fn with_scopes(n: usize, security: Value) -> Input {
    let mut document = document(json!({}));
    let scopes: Map<String, Value> = (0..n).map(|i| (format!("x{i}"), json!("d"))).collect();
    let flow = json!({"tokenUrl": "https://a.example", "scopes": scopes});
    document["components"]["securitySchemes"] =
        json!({"s": {"type": "oauth2", "flows": {"clientCredentials": flow}}});
    document["security"] = security;
    document["paths"] = paths(n, |_| json!({}));
    json_input(document)
}

fn schemes(n: usize) -> Map<String, Value> {
    (0..n)
        .map(|i| (format!("s{i}"), json!({"type": "apiKey", "in": "header", "name": format!("X-{i}")})))
        .collect()
}
