//! The examples of bodies in a document.

use serde_json::Value;

use super::TypeRef;
use crate::pointer::Pointer;

/// An example of a body, and its type.
#[derive(Debug)]
pub(crate) struct Example {
    /// The example's place: in a schema or in a media type. If a media type refers to a component's
    /// example, this is the place of the reference.
    pub(crate) pointer: Pointer,
    pub(crate) schema: Pointer,
    pub(crate) shape: TypeRef,
    pub(crate) value: Value,
    /// True for the body of a request.
    pub(crate) sent: bool,
}
