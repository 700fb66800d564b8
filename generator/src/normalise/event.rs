//! Replaces the data of server-sent events by its `contentSchema`: the data is JSON text, and the
//! runtime reads it as the JSON (OpenAPI 3.2.0 §4.14.3.1).

use std::collections::HashSet;

use serde_json::Value;

use crate::pointer::Pointer;
use crate::specification::{Context, Kind, visit};
use crate::tree::Tree;

/// The keywords that list the variants and the parts of an event.
const LISTS: [&str; 3] = ["oneOf", "anyOf", "allOf"];

/// Rewrites the events of all media types.
pub(super) fn contents(tree: &mut Tree) {
    let mut streams = Vec::new();
    visit(&tree.root, &mut Pointer::root(), Context::Node(Kind::OpenApi), &mut |_, here, context| {
        if context == Context::Node(Kind::MediaType) && here.last().starts_with("text/event-stream") {
            streams.push(here.clone());
        }
        context != Context::Node(Kind::Schema)
    });
    let mut events = Vec::new();
    for stream in streams {
        let schema = stream.child("schema");
        events.extend(tree.follow(&schema).map(|list| list.child("items")));
        events.extend([stream.child("itemSchema"), schema]);
    }
    for data in data_of(tree, events) {
        let content = data.child("contentSchema");
        let Some(schema) = tree.get(&content).cloned() else { continue };
        if let Some(node) = tree.root.pointer_mut(data.as_str()) {
            tree.origins.r#move(&content, &data);
            *node = schema;
        }
    }
}

/// Returns the properties `data` that are JSON text, of events, their variants and their parts. Each
/// schema is read once, because many events may refer to it.
fn data_of(tree: &Tree, events: Vec<Pointer>) -> Vec<Pointer> {
    let (mut open, mut seen, mut found) = (events, HashSet::new(), Vec::new());
    while let Some(event) = open.pop() {
        let Some(event) = tree.follow(&event).filter(|event| seen.insert(event.clone())) else { continue };
        let data = event.child("properties").child("data");
        let keyword = |key: &str| tree.get(&data)?.get(key);
        let media_type = keyword("contentMediaType").map_or(Some("application/json"), Value::as_str);
        if keyword("contentSchema").is_some() && media_type.is_some_and(is_json) {
            found.push(data);
        }
        for list in LISTS.map(|key| event.child(key)) {
            let count = tree.get(&list).and_then(Value::as_array).map_or(0, Vec::len);
            open.extend((0..count).map(|index| list.item(index)));
        }
    }
    found
}

/// Returns true for a media type of JSON (RFC 6839 §3.1).
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}
