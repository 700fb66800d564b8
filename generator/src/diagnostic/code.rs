//! The table of diagnostic codes. A code keeps its meaning for ever, and a retired code is not
//! reused.

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost, but the reader may want to know.
    Note,
    /// The output differs from what the document describes.
    Warning,
    /// Nothing is generated.
    Error,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $id:literal $severity:ident,)*) => {
        /// A kind of problem. Each has a stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])* $name,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Returns the code that is printed as `id`, such as `W012`.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.id() == id)
            }

            /// Returns the kind of problem in one sentence.
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($doc,)*).trim_ascii(),)*
                }
            }

            /// Returns the code as printed, such as `W012`.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }

            /// Returns the severity of this kind of problem.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)*
                }
            }
        }
    };
}

codes! {
    /// A file is missing, unreadable or not UTF-8.
    Unreadable = "E001" Error,
    /// A file is neither YAML nor JSON.
    Syntax = "E002" Error,
    /// A file is well-formed, but is not an OpenAPI document.
    NotOpenApi = "E003" Error,
    /// The document's version of OpenAPI is not supported.
    Version = "E004" Error,
    /// An overlay file is not an overlay, or one of its actions can't be applied.
    Overlay = "E005" Error,
    /// A pinned name is no Rust identifier, a replacement is no Rust type, a derive is no path, or a
    /// key is no JSON pointer.
    BadPin = "E006" Error,
    /// An input exceeds one of the generator's limits on size, depth or work.
    Limit = "E007" Error,
    /// The previous lock of the client can't be read.
    BadLock = "E008" Error,
    /// The generator wrote text that is not Rust. This is a bug in the generator.
    Internal = "E099" Error,
    /// An object has the same key twice.
    RepeatedKey = "W001" Warning,
    /// A keyword's value has a wrong type.
    Malformed = "W002" Warning,
    /// A `$ref` refers to a node that does not exist.
    DanglingReference = "W003" Warning,
    /// A `$ref` refers only to itself, directly or through other references.
    ReferenceCycle = "W004" Warning,
    /// Two items would have the same Rust name.
    NameCollision = "W005" Warning,
    /// Two operations have the same operationId.
    RepeatedOperationId = "W006" Warning,
    /// An operation is not generated.
    SkippedOperation = "W008" Warning,
    /// A response has a part that has no meaning there.
    OddResponse = "W010" Warning,
    /// A security scheme is not supported or not declared.
    UnsupportedSecurity = "W011" Warning,
    /// The document declares no security for any operation.
    UndeclaredSecurity = "W012" Warning,
    /// A server's URL can't be used as written.
    UnsupportedServer = "W013" Warning,
    /// An overlay action selects nothing.
    IdleOverlay = "W014" Warning,
    /// A pin, a replacement or a derive has no effect, because no item fits its key.
    IdlePin = "W015" Warning,
    /// A path template and its parameters do not match.
    PathTemplate = "W016" Warning,
    /// A required property is declared nowhere.
    UndeclaredRequired = "W017" Warning,
    /// An object contains itself through required properties only, so no finite value exists.
    Infinite = "W018" Warning,
    /// A key that OpenAPI does not define looks like a misspelling of a key that it defines.
    MisspelledKeyword = "W019" Warning,
    /// Two schemas of an `allOf` give the same property different types.
    ConflictingMembers = "W020" Warning,
    /// A discriminator maps to a schema that is not a variant.
    Discriminator = "W021" Warning,
    /// A `$ref` to a network address, or to a file outside the document's folder, is not followed.
    RefusedReference = "W030" Warning,
    /// A part of an OpenAPI 2.0 document has no equivalent in 3.0.
    LostInConversion = "W031" Warning,
    /// A parameter has a part that OpenAPI does not define.
    OddParameter = "W040" Warning,
    /// A request body has a part that OpenAPI does not define.
    OddBody = "W041" Warning,
    /// A tag, path or operationId of `[client.only]` selects no operation.
    IdleChoice = "W042" Warning,
    /// A pattern can't be compiled, so it is not checked.
    UnsupportedPattern = "W050" Warning,
    /// `x-pages` names something that the operation or its page does not have.
    Paging = "W060" Warning,
    /// A keyword that the document's version of OpenAPI does not define.
    UnknownKeyword = "N001" Note,
    /// Generated code reserves a name that the document uses.
    ReservedName = "N002" Note,
    /// A part of the document that no operation needs is ignored.
    Ignored = "N003" Note,
    /// The variants of a union can't always be distinguished.
    Undecided = "N004" Note,
    /// A type can't derive a trait, because one of its parts does not implement the trait.
    Underivable = "N005" Note,
    /// A keyword restricts the valid values, but is not checked.
    Unchecked = "N010" Note,
    /// A deviation from the specification is read as it was evidently meant.
    Mended = "N011" Note,
    /// A keyword beside a `$ref` has no effect.
    BesideReference = "N012" Note,
    /// OpenAPI does not define how the value is serialized.
    UndefinedStyle = "N020" Note,
    /// A header that HTTP defines is declared as a parameter.
    ImpliedHeader = "N021" Note,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Code, Severity};

    #[test]
    fn ids_are_unique_and_tell_the_severity() {
        let ids: BTreeSet<_> = Code::ALL.iter().map(|code| code.id()).collect();
        assert_eq!(ids.len(), Code::ALL.len());
        for code in Code::ALL {
            let letter = match code.severity() {
                Severity::Error => 'E',
                Severity::Warning => 'W',
                Severity::Note => 'N',
            };
            assert!(code.id().starts_with(letter), "{}", code.id());
        }
    }
}
