//! Examples: what a document shows of its bodies.

use serde_json::Value;

use super::TypeRef;
use crate::pointer::Pointer;

/// A body as the document shows it, and the type that it should be a value of.
#[derive(Debug)]
pub(crate) struct Example {
    /// Where it stands: in a media type (by its name there, where it refers to a component) or in a schema.
    pub(crate) pointer: Pointer,
    pub(crate) schema: Pointer,
    pub(crate) shape: TypeRef,
    pub(crate) value: Value,
    /// Whether it is the body of a request.
    pub(crate) sent: bool,
}
