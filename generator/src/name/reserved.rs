//! The names that generated code itself uses, for each kind of scope.
//!
//! Invariant: a name that `emit` writes unqualified, or that every type of a kind has as a method,
//! is in the row of its scope. The tests `odd_names` and `reserved` check the table against
//! generated code.

use super::scope::Case;

/// One kind of scope.
#[derive(Debug)]
pub(super) struct Kind {
    /// The first column of the lock's lines for names of the scope.
    pub(super) word: &'static str,
    pub(super) case: Case,
    /// The reserved names of the scope.
    pub(super) names: &'static [&'static str],
    /// The suffix that a reserved name gets.
    pub(super) suffix: &'static str,
    /// True if a name must differ from its own snake case, because types share a namespace with
    /// modules, methods and values.
    pub(super) capitals: bool,
    /// True if the names belong to parts of an operation. Their keys are relative to the operation.
    pub(super) in_operation: bool,
    /// The text in an item's path between the scope and the name, and after the name.
    pub(super) around: [&'static str; 2],
}

/// The names that generated files use without a path.
const PRELUDE: &[&str] = &[
    "BTreeMap",
    "Box",
    "Client",
    "Default",
    "Err",
    "FnOnce",
    "From",
    "Into",
    "IntoIterator",
    "None",
    "Ok",
    "Option",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// Models.
pub(super) const TYPES: Kind = Kind {
    word: "type",
    case: Case::Pascal,
    names: PRELUDE,
    suffix: "Model",
    capitals: true,
    in_operation: false,
    around: ["::", ""],
};

/// Requests, their forms and their response enums.
pub(super) const REQUESTS: Kind = Kind {
    word: "request",
    case: Case::Pascal,
    names: PRELUDE,
    suffix: "Request",
    capitals: true,
    in_operation: false,
    around: ["::", ""],
};

/// The modules of tags below `requests`, which are also files. Crate names are reserved.
pub(super) const MODULES: Kind = Kind {
    word: "module",
    case: Case::Snake,
    names: &["core", "mod", "models", "requests", "runtime", "std", "untagged"],
    suffix: "_",
    capitals: false,
    in_operation: false,
    around: ["::", ""],
};

/// The cargo features of a generated crate, one for each tag. Here they have `_` where the
/// manifest has `-`.
pub(super) const FEATURES: Kind = Kind {
    word: "feature",
    case: Case::Snake,
    names: &[
        "blocking",
        "brotli",
        "default",
        "hyper",
        "pkce",
        "rustls_aws_lc",
        "rustls_ring",
        "tracing",
        "validate",
        "zstd",
    ],
    suffix: "_tag",
    capitals: false,
    in_operation: false,
    around: ["::", ""],
};

/// The files of `src/models`. A module must not have the name of a module around it.
pub(super) const FILES: Kind = Kind {
    word: "file",
    case: Case::Snake,
    names: &["mod", "models", "requests"],
    suffix: "_",
    capitals: false,
    in_operation: false,
    around: ["/", ".rs"],
};

/// Fields of a struct.
pub(super) const FIELDS: Kind = Kind {
    word: "field",
    case: Case::Snake,
    names: &[],
    suffix: "",
    capitals: false,
    in_operation: false,
    around: ["::", ""],
};

/// Variants of an enum or union.
pub(super) const VARIANTS: Kind = Kind {
    word: "variant",
    case: Case::Pascal,
    names: &["Self", "Unknown"],
    suffix: "Value",
    capitals: false,
    in_operation: false,
    around: ["::", ""],
};

/// The responses by status of an operation.
pub(super) const OUTCOMES: Kind = Kind {
    word: "outcome",
    case: Case::Pascal,
    names: &[],
    suffix: "",
    capitals: false,
    in_operation: true,
    around: ["::", ""],
};

/// Methods of the client.
pub(super) const METHODS: Kind = Kind {
    word: "method",
    case: Case::Snake,
    names: &["builder", "clone", "new"],
    suffix: "_operation",
    capitals: false,
    in_operation: false,
    around: ["::", ""],
};

/// Arguments of a client's method.
pub(super) const ARGUMENTS: Kind = Kind {
    word: "argument",
    case: Case::Snake,
    names: &["body", "media_type"],
    suffix: "_parameter",
    capitals: false,
    in_operation: true,
    around: ["(", ")"],
};

/// Setters of a request. The present and future methods of requests are reserved.
pub(super) const SETTERS: Kind = Kind {
    word: "setter",
    case: Case::Snake,
    names: &["clone", "items", "pages", "send", "send_stream", "send_with_response", "with"],
    suffix: "_parameter",
    capitals: false,
    in_operation: true,
    around: ["::", ""],
};

/// Parts of a form.
pub(super) const PARTS: Kind = Kind {
    word: "part",
    case: Case::Snake,
    names: &["new", "part"],
    suffix: "_part",
    capitals: false,
    in_operation: true,
    around: ["::", ""],
};

/// Constants of response headers.
pub(super) const HEADERS: Kind = Kind {
    word: "header",
    case: Case::Shout,
    names: &["OPERATION", "PAGING"],
    suffix: "_HEADER",
    capitals: false,
    in_operation: true,
    around: ["::", ""],
};

/// Every kind.
const ALL: &[&Kind] = &[
    &TYPES, &REQUESTS, &FILES, &MODULES, &FEATURES, &FIELDS, &VARIANTS, &OUTCOMES, &METHODS, &ARGUMENTS,
    &SETTERS, &PARTS, &HEADERS,
];

/// Splits the path of an item into the path of its scope and its own name.
pub(super) fn split_path<'a>(kind: &str, path: &'a str) -> Option<(&'a str, &'a str)> {
    let kind = ALL.iter().find(|one| one.word == kind)?;
    let [before, behind] = kind.around;
    path.strip_suffix(behind)?.rsplit_once(before)
}

#[cfg(test)]
mod tests {
    use super::{ALL, split_path};

    #[test]
    fn a_path_is_split_as_its_kind_writes_it() {
        for (kind, path, scope, name) in [
            ("field", "models::User::id", "models::User", "id"),
            ("argument", "Client::fetch(sid)", "Client::fetch", "sid"),
            ("file", "src/models/user.rs", "src/models", "user"),
        ] {
            assert_eq!(split_path(kind, path), Some((scope, name)));
        }
        assert_eq!(split_path("field", "id"), None);
        let words: std::collections::BTreeSet<_> = ALL.iter().map(|kind| kind.word).collect();
        assert_eq!(words.len(), ALL.len());
    }
}
