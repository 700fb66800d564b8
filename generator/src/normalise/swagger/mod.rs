//! Rewrites a document of OpenAPI 2.0 as one of 3.0.
//!
//! Moved nodes keep the place where they were written, and references follow them.
//!
//! Invariant: requests have the same bytes as the 2.0 document describes. A part that 3.0 cannot
//! express is reported.

mod body;
mod parameter;
mod response;
mod security;
mod server;

use serde_json::{Map, Value};

use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
use crate::tree::{Origins, Tree};

type Object = Map<String, Value>;

/// The places of components in 2.0 and in 3.0.
const MOVED: [(&str, &str); 4] = [
    ("definitions", "schemas"),
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("securityDefinitions", "securitySchemes"),
];

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// Rewrites a whole document.
pub(super) fn convert(tree: &mut Tree, diagnostics: &mut Diagnostics) {
    let Value::Object(mut root) = std::mem::take(&mut tree.root) else { return };
    let top = Pointer::root();
    if let Some(version) = root.shift_remove("swagger") {
        tree.origins.derive(top.child("openapi"), &top.child("swagger"));
        root.insert("openapi".to_owned(), version);
    }
    server::add(&mut root, &top, &mut tree.origins);
    let mut components = Object::new();
    for (from, to) in MOVED {
        if let Some(moved) = root.shift_remove(from) {
            tree.origins.r#move(&top.child(from), &top.child("components").child(to));
            components.insert(to.to_owned(), moved);
        }
    }
    let shared = components.get("parameters").and_then(Value::as_object).cloned().unwrap_or_default();
    let media_types = MediaTypes::of(&mut root, &MediaTypes::default());
    let mut convert = Convert { origins: &mut tree.origins, diagnostics, shared };
    convert.components(&mut components, &media_types);
    convert.paths(&mut root, &media_types);
    if !components.is_empty() {
        root.insert("components".to_owned(), components.into());
    }
    tree.root = root.into();
}

/// The default media types of requests and responses.
#[derive(Clone, Default)]
struct MediaTypes {
    consumes: Vec<String>,
    produces: Vec<String>,
}

impl MediaTypes {
    /// Removes and returns an object's own media types, or returns those of `outer` if it has none.
    fn of(object: &mut Object, outer: &Self) -> Self {
        let mut own = |key: &str, outer: &[String]| match object.shift_remove(key) {
            Some(Value::Array(names)) => {
                names.iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
            }
            _ => outer.to_vec(),
        };
        Self { consumes: own("consumes", &outer.consumes), produces: own("produces", &outer.produces) }
    }
}

struct Convert<'a> {
    origins: &'a mut Origins,
    diagnostics: &'a mut Diagnostics,
    /// The document's own `parameters`, before they were rewritten.
    shared: Object,
}

impl Convert<'_> {
    /// Moves shared bodies and forms to the operations that use them, because they are no
    /// parameters in 3.0.
    fn components(&mut self, components: &mut Object, media_types: &MediaTypes) {
        let here = Pointer::root().child("components");
        if let Some(Value::Object(parameters)) = components.get_mut("parameters") {
            parameters.retain(|_, parameter| !body::is_in_body(parameter));
            for (name, parameter) in parameters {
                self.parameter(parameter, &here.child("parameters").child(name));
            }
        }
        if let Some(Value::Object(responses)) = components.get_mut("responses") {
            for (name, response) in responses {
                self.response(response, &here.child("responses").child(name), media_types);
            }
        }
        if let Some(Value::Object(schemes)) = components.get_mut("securitySchemes") {
            for (name, scheme) in schemes {
                security::scheme(scheme, &here.child("securitySchemes").child(name), self.origins);
            }
        }
    }

    fn paths(&mut self, root: &mut Object, media_types: &MediaTypes) {
        let here = Pointer::root().child("paths");
        let host = server::Host::take(root);
        let Some(Value::Object(paths)) = root.get_mut("paths") else { return };
        for (path, item) in paths.iter_mut().filter(|(path, _)| !path.starts_with("x-")) {
            let here = here.child(path);
            let Some(item) = item.as_object_mut() else { continue };
            let shared = self.parameters(item, &here);
            for method in METHODS {
                let Some(Value::Object(operation)) = item.get_mut(method) else { continue };
                let here = here.child(method);
                let media_types = MediaTypes::of(operation, media_types);
                let mut parts = self.parameters(operation, &here);
                if parts.is_empty() {
                    parts = shared.clone();
                }
                self.body(operation, &here, parts, &media_types);
                host.add_own(operation, &here, self.origins);
                if let Some(Value::Object(responses)) = operation.get_mut("responses") {
                    for (status, response) in
                        responses.iter_mut().filter(|(status, _)| !status.starts_with("x-"))
                    {
                        self.response(response, &here.child("responses").child(status), &media_types);
                    }
                }
            }
        }
    }
}
