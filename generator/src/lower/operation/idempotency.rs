//! Finds the idempotency key of an operation: a header by which the service recognises a repeated
//! request.
//!
//! Input: an operation with its parameters. Output: the header's name, and a parameter for its
//! value if the document declares none.

use super::super::Lower;
use super::style::default_style;
use crate::diagnostic::Code;
use crate::ir::{Constraints, Docs, Location, Parameter, Scalar, Style, TypeRef};
use crate::pointer::Pointer;

/// The header of draft-ietf-httpapi-idempotency-key-header.
const HEADER: &str = "idempotency-key";

/// The length of a UUID, in characters (RFC 9562 §4).
const UUID: usize = 36;

/// The extension that names an operation's header.
const EXTENSION: &str = "x-idempotency-key";

impl Lower<'_> {
    /// Returns the name of the header: that of `x-idempotency-key`, else that of a parameter with
    /// the usual name. Returns `None` if the parameter's schema does not allow a UUID. The caller
    /// then sets the parameter.
    pub(super) fn idempotency_key(
        &mut self,
        operation: &Pointer,
        parameters: &mut Vec<Parameter>,
    ) -> Option<String> {
        let pointer = operation.child(EXTENSION);
        let declared = self.text(operation, EXTENSION).map(str::to_owned);
        let name = declared.as_deref().unwrap_or(HEADER);
        let is_same = |parameter: &&Parameter| {
            parameter.place == Location::Header && parameter.name.eq_ignore_ascii_case(name)
        };
        if let Some(known) = parameters.iter().find(is_same) {
            return takes_a_uuid(known).then(|| known.name.clone());
        }
        let name = declared?;
        let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        if name.is_empty() || !name.chars().all(is_token) {
            let message = format!("`{name}` is not a valid header name");
            self.warn(Code::Malformed, &pointer, message, "no idempotency key is sent");
            return None;
        }
        parameters.push(Parameter {
            name: name.clone(),
            place: Location::Header,
            style: Style { kind: default_style(Location::Header), explode: false, reserved: false },
            required: false,
            may_be_empty: false,
            pointer,
            docs: Docs {
                description: Some(
                    "The idempotency key, by which the service recognises a repeated request. If it is not set, each \
                     call sends a random key, which is the same in all attempts."
                        .to_owned(),
                ),
                ..Docs::default()
            },
            shape: TypeRef::Scalar(Scalar::String),
            constraints: Constraints::default(),
            default: None,
        });
        Some(name)
    }
}

/// Returns true if the schema of a parameter allows the random key that the runtime sends, which is
/// a UUID.
fn takes_a_uuid(parameter: &Parameter) -> bool {
    let Constraints { min_length, max_length, patterns, .. } = &parameter.constraints;
    let has_room = min_length.is_none_or(|least| least <= UUID) && max_length.is_none_or(|most| most >= UUID);
    let is_text = matches!(parameter.shape, TypeRef::Scalar(Scalar::String | Scalar::Uuid));
    is_text && has_room && patterns.is_empty()
}
