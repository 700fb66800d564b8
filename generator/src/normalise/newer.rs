//! Rewrites the additions of OpenAPI 3.2 to media types and parameters.

use serde_json::{Value, json};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::specification::{Context, Kind, visit};
use crate::tree::Tree;

/// The media type of a query string whose fields are the properties of an object (OpenAPI 3.2
/// §4.12.2.1).
const FORM: &str = "application/x-www-form-urlencoded";

/// Rewrites `itemSchema` and `in: querystring` in the whole tree.
pub(super) fn convert(tree: &mut Tree, diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    visit(&tree.root, &mut Pointer::root(), Context::Node(Kind::OpenApi), &mut |members, here, context| {
        let is = |kind, key: &str| context == Context::Node(kind) && members.contains_key(key);
        if is(Kind::MediaType, "itemSchema") && !members.contains_key("schema") {
            found.push((here.clone(), Kind::MediaType));
        }
        if is(Kind::Parameter, "in") && members.get("in").is_some_and(|place| place == "querystring") {
            found.push((here.clone(), Kind::Parameter));
        }
        // A schema contains neither.
        context != Context::Node(Kind::Schema)
    });
    for (here, kind) in found {
        match kind {
            Kind::MediaType => item_schema(tree, &here, diagnostics),
            _ => query_string(tree, &here, diagnostics),
        }
    }
}

/// Sets the schema of a stream's media type to that of one item. For events, it is the schema of
/// the event's data.
fn item_schema(tree: &mut Tree, here: &Pointer, diagnostics: &mut Diagnostics) {
    let item = here.child("itemSchema");
    let media_type = here.last();
    if media_type.starts_with("multipart/") {
        let message = "`itemSchema` of a multipart body is not supported yet";
        let place = tree.place(&item).key();
        diagnostics.push(Diagnostic::new(Code::Ignored, message, place).note("it is ignored"));
        return;
    }
    let data = Some(()).filter(|()| media_type.starts_with("text/event-stream")).and_then(|()| {
        let data = tree.follow(&item)?.child("properties").child("data");
        tree.get(&data)?;
        let content = data.child("contentSchema");
        Some(if tree.get(&content).is_some() { content } else { data })
    });
    let to = here.child("schema");
    let schema = match &data {
        Some(data) => {
            tree.origins.copy(data, &to);
            tree.get(data).cloned()
        }
        None => {
            tree.origins.r#move(&item, &to);
            let media = tree.root.pointer_mut(here.as_str()).and_then(Value::as_object_mut);
            media.and_then(|media| media.shift_remove("itemSchema"))
        }
    };
    let media = tree.root.pointer_mut(here.as_str()).and_then(Value::as_object_mut);
    if let (Some(media), Some(schema)) = (media, schema) {
        media.insert("schema".to_owned(), schema);
    }
}

/// Rewrites a query string that is a form as an exploded object in the query. 3.0 cannot express
/// other content, so such a parameter stays and is reported when it is read.
fn query_string(tree: &mut Tree, here: &Pointer, diagnostics: &mut Diagnostics) {
    let form = here.child("content").child(FORM);
    let from = form.child("schema");
    let Some(schema) = tree.get(&from).cloned() else { return };
    let encoding = form.child("encoding");
    let has_encoding =
        tree.get(&encoding).and_then(Value::as_object).is_some_and(|styles| !styles.is_empty());
    if has_encoding {
        let message = "`encoding` of a form in `querystring` is not supported";
        let note = "each property is sent in the style `form`";
        diagnostics.push(Diagnostic::new(Code::Ignored, message, tree.place(&encoding).key()).note(note));
    }
    let to = here.child("schema");
    tree.origins.r#move(&from, &to);
    let Some(Value::Object(parameter)) = tree.root.pointer_mut(here.as_str()) else { return };
    parameter.shift_remove("content");
    for (key, value) in
        [("in", json!("query")), ("style", json!("form")), ("explode", json!(true)), ("schema", schema)]
    {
        parameter.insert(key.to_owned(), value);
    }
}
