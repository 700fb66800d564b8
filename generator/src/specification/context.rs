//! Walks a document and determines what each node is.
//!
//! Input: what a node is, and the key of a member. Output: what the member is. A `$ref` is a
//! reference only where the specification has an object. In other JSON values it is data.

use serde_json::{Map, Value};

use super::{Expects, Kind};
use crate::pointer::Pointer;

/// The kind of a node, which decides whether a `$ref` in it is a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// An object of the specification.
    Node(Kind),
    /// A list of objects.
    Nodes(Kind),
    /// A map of objects.
    Map(Kind),
    /// A part of the specification without a [`Kind`], such as an Example Object.
    Other,
    /// Any JSON value. Nothing in it is a reference.
    Data,
}

/// Members that only OpenAPI 2.0 and older JSON Schemas have.
const OLDER: &[(Kind, &str, Context)] = &[
    (Kind::OpenApi, "definitions", Context::Map(Kind::Schema)),
    (Kind::OpenApi, "parameters", Context::Map(Kind::Parameter)),
    (Kind::OpenApi, "responses", Context::Map(Kind::Response)),
    (Kind::OpenApi, "securityDefinitions", Context::Map(Kind::SecurityScheme)),
    (Kind::Parameter, "items", Context::Node(Kind::Schema)),
    (Kind::Response, "schema", Context::Node(Kind::Schema)),
    (Kind::Schema, "definitions", Context::Map(Kind::Schema)),
    (Kind::Schema, "examples", Context::Data),
    (Kind::Schema, "const", Context::Data),
];

/// Members with any JSON value, unless the tables say otherwise.
const VALUES: &[&str] = &["example", "value", "dataValue"];

impl Context {
    /// Returns what the member `key` is.
    pub(crate) fn below(self, key: &str) -> Self {
        let kind = match self {
            Self::Map(kind) => return Self::Node(kind),
            Self::Data => return Self::Data,
            _ if key.starts_with("x-") => return Self::Data,
            Self::Nodes(_) | Self::Other if VALUES.contains(&key) => return Self::Data,
            Self::Nodes(_) | Self::Other => return Self::Other,
            Self::Node(kind) => kind,
        };
        if let Some((.., context)) = OLDER.iter().find(|(of, name, _)| (*of, *name) == (kind, key)) {
            return *context;
        }
        match kind.expects(key) {
            Some(Expects::Node(kind)) => Self::Node(kind),
            Some(Expects::SchemaOrFlag) => Self::Node(Kind::Schema),
            Some(Expects::Nodes(kind)) => Self::Nodes(kind),
            Some(Expects::Map(kind)) => Self::Map(kind),
            Some(Expects::Any | Expects::List | Expects::Unchecked) => Self::Data,
            _ if VALUES.contains(&key) => Self::Data,
            _ => Self::Other,
        }
    }

    /// Returns what an item of this list is.
    pub(crate) fn item(self) -> Self {
        match self {
            Self::Nodes(kind) => Self::Node(kind),
            Self::Data => Self::Data,
            _ => Self::Other,
        }
    }
}

/// A callback for an object, its pointer and its context. Returns true to visit the nodes below.
type Visitor<'a> = dyn FnMut(&Map<String, Value>, &Pointer, Context) -> bool + 'a;

/// Visits the objects of a document from `value` down, parents first. Skips JSON values that are
/// data.
pub(crate) fn visit(value: &Value, here: &mut Pointer, context: Context, visit: &mut Visitor<'_>) {
    match value {
        Value::Object(members) if context != Context::Data => {
            if !visit(members, here, context) {
                return;
            }
            for (key, value) in members.iter().filter(|(_, value)| is_node(value)) {
                let length = here.push(key);
                self::visit(value, here, context.below(key), visit);
                here.truncate(length);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate().filter(|(_, item)| is_node(item)) {
                let length = here.push_index(index);
                self::visit(item, here, context.item(), visit);
                here.truncate(length);
            }
        }
        _ => {}
    }
}

/// Returns true for a node that may have objects below it.
pub(crate) fn is_node(value: &Value) -> bool {
    matches!(value, Value::Object(_) | Value::Array(_))
}
