//! The reason why a JSON text is not a value of a type. Contains nothing from the text.

use std::fmt;

/// A kind of fault, and its byte offset in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    pub(crate) at: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// The text ends inside a value of this kind.
    End(&'static str),
    /// The text is not JSON.
    Syntax(&'static str),
    /// A value has the wrong type for its place.
    Type { expected: &'static str, found: &'static str },
    /// A number is out of the range of its place.
    Range,
    /// An object lacks these required keys.
    Missing(Vec<&'static str>),
    /// Values, or tried variants, are nested too deep.
    TooDeep,
    /// The decoded value would exceed the memory limit.
    TooLarge,
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::End(inside) => write!(f, "EOF while parsing {inside}"),
            Self::Syntax(message) => f.write_str(message),
            Self::Type { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Range => f.write_str("number out of range"),
            Self::Missing(keys) => {
                let plural = if keys.len() == 1 { "" } else { "s" };
                write!(f, "missing field{plural} `{}`", keys.join("`, `"))
            }
            Self::TooDeep => f.write_str("recursion limit exceeded"),
            Self::TooLarge => {
                f.write_str("the value takes more than 16 times the memory of the largest body")
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}
