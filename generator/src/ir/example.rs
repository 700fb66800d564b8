//! The examples of bodies in a document.

use serde_json::Value;

use super::TypeRef;
use crate::pointer::Pointer;

/// An example of a body, and its type.
#[derive(Debug)]
pub(crate) struct Example {
    /// The example's place: in a schema or in a media type. In a media type that refers to a
    /// component, the name there counts.
    pub(crate) pointer: Pointer,
    pub(crate) schema: Pointer,
    pub(crate) shape: TypeRef,
    pub(crate) value: Value,
    /// True for the body of a request.
    pub(crate) sent: bool,
}
