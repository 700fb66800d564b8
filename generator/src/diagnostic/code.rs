//! The table of diagnostic codes. A code never changes its meaning; a retired one is not given again.

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost; something is worth knowing.
    Note,
    /// Something of the document is not in the output as the document says it.
    Warning,
    /// Nothing is generated.
    Error,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $id:literal $severity:ident,)*) => {
        /// The kinds of problem, each with a stable code.
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
                    $(Self::$name => concat!($($doc,)*),)*
                }
            }

            /// The code as printed, as `W012`.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }

            /// How bad a problem of this kind is.
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
    /// A pinned name is not a Rust identifier, a replacement not a Rust type, or the JSON pointer of one is none.
    BadPin = "E006" Error,
    /// An input is deeper, larger or more work than the generator's limits allow.
    Limit = "E007" Error,
    /// The lock of the generation before can't be read.
    BadLock = "E008" Error,
    /// The generator made text that is not Rust: a bug in it.
    Internal = "E099" Error,
    /// An object has the same key twice.
    RepeatedKey = "W001" Warning,
    /// A keyword's value is not of the kind that the specification asks for.
    Malformed = "W002" Warning,
    /// A `$ref` leads nowhere.
    DanglingReference = "W003" Warning,
    /// A `$ref` leads back to itself without passing a type.
    ReferenceCycle = "W004" Warning,
    /// Two things have one Rust name.
    NameCollision = "W005" Warning,
    /// Two operations have one operationId.
    RepeatedOperationId = "W006" Warning,
    /// An operation is left out.
    SkippedOperation = "W008" Warning,
    /// A response has a part that has no meaning there.
    OddResponse = "W010" Warning,
    /// A security scheme is not supported or not declared.
    UnsupportedSecurity = "W011" Warning,
    /// The document says of no operation which credentials it takes.
    UndeclaredSecurity = "W012" Warning,
    /// A server's URL can't be used as it is.
    UnsupportedServer = "W013" Warning,
    /// An overlay action selects nothing.
    IdleOverlay = "W014" Warning,
    /// A pinned name points to nothing that has a name, or a replacement to no component schema.
    IdlePin = "W015" Warning,
    /// A path template and its parameters do not match.
    PathTemplate = "W016" Warning,
    /// A required property is declared nowhere.
    UndeclaredRequired = "W017" Warning,
    /// An object contains itself by required properties alone: no value of it is finite.
    Infinite = "W018" Warning,
    /// A key that OpenAPI does not define is nearly one that it defines.
    MisspelledKeyword = "W019" Warning,
    /// Two schemas of an `allOf` give one property two types.
    ConflictingMembers = "W020" Warning,
    /// A discriminator maps to a schema that is not a variant.
    Discriminator = "W021" Warning,
    /// A `$ref` leads to a network, or out of the document's folder, and is not followed.
    RefusedReference = "W030" Warning,
    /// A part of an OpenAPI 2.0 document has no equivalent in 3.0.
    LostInConversion = "W031" Warning,
    /// A parameter has a part that OpenAPI does not define.
    OddParameter = "W040" Warning,
    /// A request body has a part that OpenAPI does not define.
    OddBody = "W041" Warning,
    /// A tag, path or operationId of `[client.only]` selects no operation.
    IdleChoice = "W042" Warning,
    /// A pattern can't be compiled, and is not checked.
    UnsupportedPattern = "W050" Warning,
    /// `x-pages` names something that the operation or its page does not have.
    Paging = "W060" Warning,
    /// A keyword that the document's version of OpenAPI does not define.
    UnknownKeyword = "N001" Note,
    /// A name of the document is reserved by generated code.
    ReservedName = "N002" Note,
    /// A part of the document that no operation needs is not supported.
    Ignored = "N003" Note,
    /// The variants of a union can't be told apart.
    Undecided = "N004" Note,
    /// A keyword restricts the valid values, and is not checked.
    Unchecked = "N010" Note,
    /// A deviation from the specification has a plain meaning, and is read as meant.
    Mended = "N011" Note,
    /// A keyword stands beside a `$ref`, where it has no effect.
    BesideReference = "N012" Note,
    /// OpenAPI leaves open how a value is written.
    UndefinedStyle = "N020" Note,
    /// A header that HTTP itself sets is declared as a parameter.
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
