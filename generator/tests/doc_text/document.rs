//! A document with given texts in every place where OpenAPI allows text.

use serde_json::{Map, Value, json};

/// Returns the document. Each place has all texts, and places that exist once have the first.
pub(crate) fn document(texts: &[[String; 2]]) -> Value {
    let first = texts.first().map(|[text, _]| text.as_str()).unwrap_or_default();
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": first, "summary": first, "description": first, "version": first, "termsOfService": first,
            "contact": { "name": first, "url": first, "email": first },
            "license": { "name": first, "url": first },
        },
        "externalDocs": { "url": first, "description": first },
        "servers": [],
        "tags": [],
        "paths": {},
        "webhooks": {},
        "components": { "schemas": {}, "securitySchemes": {}, "parameters": {}, "responses": {} },
    });
    for (number, [text, name]) in texts.iter().enumerate() {
        let (text, name) = (text.as_str(), name.as_str());
        append(&mut document["servers"], server(number, text, name));
        let tag = json!({ "name": format!("{name} {number}"), "description": text, "externalDocs": { "url": text, "description": text } });
        append(&mut document["tags"], tag);
        insert(
            &mut document["paths"],
            &format!("/p{number}/{{{}}}/{{id}}", path_name(name)),
            path(number, text, name),
        );
        insert(
            &mut document["paths"],
            &format!("/q{number}/{}", path_name(name)),
            json!({ "get": { "responses": {} } }),
        );
        insert(&mut document["webhooks"], &format!("{name} {number}"), webhook(number));
        let schemas = schemas(number, text, name);
        document["components"]["schemas"].as_object_mut().expect("an object").extend(schemas);
        let schemes = schemes(number, text, name);
        document["components"]["securitySchemes"].as_object_mut().expect("an object").extend(schemes);
    }
    document
}

/// Returns a document with only title, version and description.
pub(crate) fn titled(text: &str) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": text, "version": text, "description": text },
        "components": { "schemas": { "Thing": { "type": "object" } } },
    })
}

fn append(list: &mut Value, item: Value) {
    list.as_array_mut().expect("an array").push(item);
}

fn insert(object: &mut Value, key: &str, value: Value) {
    object.as_object_mut().expect("an object").insert(key.to_owned(), value);
}

/// Returns the text as a part of a path, without braces and slashes.
fn path_name(text: &str) -> String {
    text.replace(['{', '}', '/', '?', '#'], "_")
}

fn server(number: usize, text: &str, name: &str) -> Value {
    let variable = format!("v {}", path_name(name));
    json!({
        "url": format!("https://h{number}.example/{{{variable}}}"),
        "description": text,
        "variables": { variable: { "default": text, "enum": [text, "other", format!("{text} 2")], "description": text } },
    })
}

fn schemes(number: usize, text: &str, name: &str) -> Map<String, Value> {
    let key = |place: &str| {
        let name = if place == "header" { format!("X-Key-{number}") } else { format!("{name} {number}") };
        json!({ "type": "apiKey", "in": place, "name": name, "description": text })
    };
    let mut schemes = Map::new();
    for place in ["query", "header", "cookie"] {
        schemes.insert(format!("{place} {name} {number}"), key(place));
    }
    schemes.insert(
        format!("oauth {name} {number}"),
        json!({ "type": "oauth2", "description": text, "flows": { "clientCredentials": { "tokenUrl": text, "scopes": { text: text } } } }),
    );
    schemes
}

fn reference(kind: &str, number: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/{kind}{number}") })
}

fn schemas(number: usize, text: &str, name: &str) -> Map<String, Value> {
    let string = |mut more: Value| {
        more["type"] = json!("string");
        more["title"] = json!(text);
        more["description"] = json!(text);
        more
    };
    let object = json!({
        "type": "object",
        "title": text,
        "description": text,
        "externalDocs": { "url": text, "description": text },
        "example": text,
        "required": ["required", format!("required {name}")],
        "properties": {
            name: string(json!({ "default": text, "pattern": text, "example": text, "deprecated": true })),
            "titled": { "type": "string", "title": text },
            "described": { "type": "string", "description": text },
            "required": string(json!({})),
            format!("required {name}"): string(json!({ "pattern": text })),
            "pattern": { "type": "string", "pattern": regex_of(text), "minLength": 1 },
            "default": { "type": "object", "default": { text: text } },
            "defaults": { "type": "array", "items": { "type": "string", "pattern": regex_of(text) }, "default": [text] },
            "constant": { "const": text, "description": text },
            "constants": { "enum": [name, format!("{text} 2"), "three"], "description": text, "title": text },
            "list": { "type": "array", "items": { "type": "object", "properties": { name: { "enum": [name, "b"] } } } },
            "map": { "type": "object", "additionalProperties": { "type": "object", "title": text, "properties": { name: { "type": "integer" } } } },
            "union": { "oneOf": [{ "type": "object", "required": [name], "properties": { name: { "const": name } } },
                                 { "type": "object", "required": [name], "properties": { name: { "const": "other" } } }] },
            "referenced": { "$ref": format!("#/components/schemas/Enum{number}"), "description": text },
            "secret": string(json!({ "format": "password" })),
        },
    });
    let mut schemas = Map::new();
    schemas.insert(format!("Object{number}"), object);
    schemas.insert(
        format!("{name} {number}"),
        json!({ "type": "object", "description": text, "properties": { "a": reference("Object", number) } }),
    );
    schemas.insert(
        format!("Enum{number}"),
        json!({ "type": "string", "title": text, "description": text, "enum": [name, "two", format!("{text} 3")],
                "x-enum-varnames": [name, "two", "three"], "x-enum-descriptions": [text, text, text], "x-enumDescriptions": { text: text },
                "x-deprecated": text, "x-note": text }),
    );
    schemas.insert(format!("Alias{number}"), string(json!({ "pattern": regex_of(text), "maxLength": 9 })));
    schemas.insert(
        format!("Loop{number}"),
        json!({ "type": "array", "description": text, "title": text, "items": reference("Loop", number) }),
    );
    schemas.insert(
        format!("Union{number}"),
        json!({ "title": text, "description": text, "oneOf": [reference("Cat", number), reference("Dog", number)],
                "discriminator": { "propertyName": format!("kind {name}"), "mapping": {
                    text: format!("#/components/schemas/Cat{number}"), format!("{text} 2"): format!("#/components/schemas/Dog{number}") } } }),
    );
    for kind in ["Cat", "Dog"] {
        schemas.insert(
            format!("{kind}{number}"),
            json!({ "type": "object", "description": text, "required": [format!("kind {name}")], "properties": { format!("kind {name}"): { "type": "string" }, kind: { "type": "string" } } }),
        );
    }
    schemas
}

/// Returns a pattern that matches the text.
fn regex_of(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() && !"<>`'\"!@#%&=:;,~_".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

fn webhook(number: usize) -> Value {
    json!({ "post": { "requestBody": { "content": { "application/json": { "schema": reference("Union", number) } } }, "responses": {} } })
}

fn path(number: usize, text: &str, name: &str) -> Value {
    let parameter = |place: &str, key: &str, required: bool| {
        json!({ "in": place, "name": key, "required": required, "description": text, "example": text,
                "examples": { text: { "summary": text, "description": text, "value": text } },
                "schema": { "type": "string", "title": text, "description": text, "default": text, "pattern": regex_of(text), "enum": [name, "b"] } })
    };
    let mut parameters = vec![
        parameter("path", &path_name(name), true),
        parameter("path", "id", true),
        json!({ "in": "query", "name": format!("undescribed {name}"), "schema": { "type": "string" } }),
        json!({ "in": "query", "name": format!("empty {name}"), "allowEmptyValue": true, "schema": { "type": "string" } }),
        json!({ "in": "query", "name": format!("nameless {name}"), "required": true, "schema": { "type": "string" } }),
    ];
    for place in ["query", "header", "cookie"] {
        for required in [true, false] {
            let name = if place == "header" {
                format!("X-{required}")
            } else {
                format!("{place} {required} {name}")
            };
            parameters.push(parameter(place, &name, required));
        }
    }
    let json_of = |kind: &str| json!({ "schema": reference(kind, number), "examples": { text: { "summary": text, "value": text } } });
    let security: Vec<Value> = ["query", "header", "cookie", "oauth"]
        .iter()
        .map(|place| json!({ format!("{place} {name} {number}"): [text] }))
        .collect();
    json!({
        "summary": text,
        "description": text,
        "post": {
            "operationId": format!("{name} op{number}"),
            "tags": [format!("{name} {number}")],
            "summary": text,
            "description": text,
            "externalDocs": { "url": text, "description": text },
            "parameters": parameters,
            "security": security,
            "servers": [server(number, text, name)],
            "requestBody": { "description": text, "required": true, "content": {
                "application/json": json_of("Object"),
                "multipart/form-data": { "schema": { "type": "object", "required": [format!("part {name}")], "properties": {
                    format!("part {name}"): { "type": "string", "description": text, "pattern": regex_of(text) },
                    format!("file {name}"): { "type": "string", "format": "binary", "description": text },
                    format!("undescribed {name}"): { "type": "string" } } } },
                "application/x-www-form-urlencoded": { "schema": reference("Object", number) },
                format!("text/x{number}"): { "schema": { "type": "string" } },
            } },
            "responses": {
                "200": { "description": text, "content": { "application/json": json_of("Object") },
                         "headers": { "X-One": { "description": text, "schema": { "type": "string" } }, "X-Two": { "schema": { "type": "string" } } },
                         "links": { text: { "operationId": text, "description": text } } },
                "201": { "description": text, "content": { "application/json": json_of("Union") } },
                "2XX": { "description": text, "content": { "application/json": json_of("Alias") } },
                "404": { "description": text, "content": { "application/json": json_of("Loop") } },
                "422": { "description": text, "content": { "application/json": json_of("Cat") } },
                "default": { "description": text, "content": { "application/json": json_of("Dog") } },
            },
            "callbacks": { text: { text: { "post": { "description": text, "responses": {} } } } },
        },
        "put": {
            "summary": text,
            "deprecated": true,
            "parameters": [parameter("path", &path_name(name), true), parameter("path", "id", true)],
            "requestBody": { "description": text, "content": { "application/json": { "schema": reference("Enum", number) }, "*/*": {} } },
            "responses": { "204": { "description": text }, "4XX": { "description": text } },
        },
        "get": {
            "parameters": [{ "in": "path", "name": path_name(name), "required": true, "schema": reference("Enum", number) },
                           { "in": "path", "name": "id", "required": true, "schema": { "type": "string" } }],
            "responses": { "200": { "description": text, "content": { "text/event-stream": {} } } },
        },
    })
}
