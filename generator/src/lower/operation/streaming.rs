//! Finds the operations whose body can request a stream.
//!
//! Input: lowered operations. Output: the [`Representation::switch`] of operations that respond
//! with events or lines if the body's property `stream` is true, such as those of OpenAI, Anthropic
//! and Ollama.

use super::super::Lower;
use crate::ir::{Api, BodyForm, Content, Operation, Representation, Scalar, Shape, TypeRef};

/// The boolean property of a body that requests a stream.
const SWITCH: &str = "stream";

impl Lower<'_> {
    /// Finds the operations whose body can request a stream. All types have been lowered before.
    pub(in crate::lower) fn find_switches(&mut self) {
        let switched: Vec<bool> =
            self.api.operations.iter().map(|operation| has_switch(&self.api, operation)).collect();
        for (operation, _) in self.api.operations.iter_mut().zip(switched).filter(|(_, switched)| *switched) {
            for representation in operation
                .success
                .representations
                .iter_mut()
                .filter(|representation| is_stream(representation))
            {
                representation.switch = Some(SWITCH.to_owned());
            }
        }
    }
}

fn is_stream(representation: &Representation) -> bool {
    representation.only().is_some_and(Content::is_stream)
}

/// Returns true if the operation's only body is JSON with the property [`SWITCH`].
fn has_switch(api: &Api, operation: &Operation) -> bool {
    let [body] = operation.bodies.as_slice() else { return false };
    let BodyForm::Json(shape) = &body.form else { return false };
    let TypeRef::Named(id) = api.unaliased(shape) else { return false };
    let Some(Shape::Struct(object)) = api.get(*id).map(|known| &known.shape) else { return false };
    object.fields.iter().any(|field| {
        let shape = match api.unaliased(&field.shape) {
            TypeRef::Nullable(inner) => api.unaliased(inner),
            shape => shape,
        };
        field.key == SWITCH && *shape == TypeRef::Scalar(Scalar::Bool)
    })
}
