//! Why a type can't derive a trait, and what to do.

use crate::ir::TypeId;
use crate::name::Names;
use crate::pointer::Pointer;

/// The part of a type that lacks a trait.
pub(super) struct Lack {
    pub(super) pointer: Pointer,
    /// The part in words.
    pub(super) part: String,
    pub(super) cause: Cause,
}

/// The reason why a part lacks a trait.
#[derive(Clone, Copy)]
pub(super) enum Cause {
    /// The part is a model that does not derive the trait.
    Model(TypeId),
    /// The part is a number, generated as `f64`.
    Number,
    /// The part is a struct, which keeps undeclared properties and optional properties that were null.
    Rest,
    /// The part has a type that never has the trait.
    Generated,
}

impl Cause {
    /// Returns what to do to derive the trait at `path`.
    pub(super) fn remedy(self, path: &str, names: &Names) -> String {
        let narrow = "narrow the pattern in `[client.derives]`";
        match self {
            Self::Model(id) => {
                format!("`{}` must derive `{path}`, too; otherwise {narrow}", names.type_name(id))
            }
            Self::Number => {
                format!(
                    "`format: decimal`, by an overlay, makes the number a `model::Number`, which has it; otherwise {narrow}"
                )
            }
            Self::Rest => format!(
                "an overlay can exclude both, by `additionalProperties: false` and by `required` for all properties; \
                 otherwise {narrow}"
            ),
            Self::Generated => format!("{narrow}, or replace the type of the part in `[client.types]`"),
        }
    }
}
