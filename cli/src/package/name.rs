//! The name of a generated crate, from `--name` or from a document's file name.
//!
//! Invariant: an invalid name from the user is refused. A derived name is changed until it is
//! valid.

use serde::Deserialize;
use std::path::Path;
use std::str::FromStr;

/// The name of a package and, with `_` for `-`, of its library.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct CrateName(String);

/// Names that cargo, rustc or Windows refuse, or that would hide a crate that generated code uses.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    // Keywords, in use or reserved: https://doc.rust-lang.org/reference/keywords.html
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match",
    "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    // Crates of the toolchain, and the one that generated code calls.
    "alloc", "core", "proc_macro", "runtime", "std", "test",
    // Folders of cargo's target folder.
    "build", "deps", "examples", "incremental",
    // Devices: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

impl CrateName {
    /// Returns the name as cargo knows it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name of the library in Rust code.
    pub fn library(&self) -> String {
        self.0.replace('-', "_")
    }

    /// Returns a crate name for `document`: its file name without the extension, in lower case,
    /// with `-` for each invalid character.
    pub fn from_document(document: &Path) -> Self {
        let stem = document.file_stem().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        // A run of invalid characters becomes one `-`, a run of `_` becomes one `_`: rustc warns
        // about two in a row.
        let valid = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let words =
            stem.split(|c| !valid(c)).map(|word| word.trim_matches('_')).filter(|word| !word.is_empty());
        let words =
            words.map(|word| word.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_"));
        let name = words.collect::<Vec<_>>().join("-");
        if name.is_empty() {
            Self("client".to_owned())
        } else if name.starts_with(|c: char| c.is_ascii_digit()) {
            Self(format!("client-{name}"))
        } else if is_reserved(&name) {
            Self(format!("{name}-client"))
        } else {
            Self(name)
        }
    }
}

impl TryFrom<String> for CrateName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        name.parse()
    }
}

impl FromStr for CrateName {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err("a crate name begins with an ASCII letter".to_owned());
        }
        if let Some(odd) = name.chars().find(|&c| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')) {
            return Err(format!("{odd:?} is not an ASCII letter, a digit, `-` or `_`"));
        }
        let library = name.replace('-', "_");
        if library.contains("__")
            || library.ends_with('_')
            || library.contains(|c: char| c.is_ascii_uppercase())
        {
            return Err("a crate name is in snake case, with single `-` or `_` between words".to_owned());
        }
        if is_reserved(name) {
            return Err(format!("`{name}` is reserved by Rust, cargo, Windows or this tool"));
        }
        Ok(Self(name.to_owned()))
    }
}

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name.to_ascii_lowercase().replace('-', "_").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_documents_are_valid() {
        for (document, expected) in [
            ("twilio_conversations_v1.yaml", "twilio_conversations_v1"),
            ("dir/PetStore v1.2.json", "petstore-v1-2"),
            ("redocly__museum_.yaml", "redocly_museum"),
            ("a_-_b.yaml", "a-b"),
            ("3d-print.yaml", "client-3d-print"),
            ("grüße.yaml", "gr-e"),
            ("東京.yaml", "client"),
            ("_.yaml", "client"),
            ("-a-.yaml", "a"),
            ("", "client"),
            (".yaml", "yaml"),
            ("test.yaml", "test-client"),
            ("proc-macro.yaml", "proc-macro-client"),
            ("CON.yaml", "con-client"),
        ] {
            let name = CrateName::from_document(Path::new(document));
            assert_eq!(name.as_str(), expected, "{document}");
            assert_eq!(name.as_str().parse(), Ok(name), "{document}");
        }
    }

    #[test]
    fn every_reserved_name_is_avoided() {
        for name in RESERVED {
            assert!(name.parse::<CrateName>().is_err(), "{name}");
            assert_eq!(CrateName::from_document(Path::new(name)).as_str(), format!("{name}-client"));
        }
    }

    #[test]
    fn a_given_name_is_refused_rather_than_changed() {
        for name in [
            "",
            "1a",
            "-a",
            "_a",
            "a b",
            "é",
            "aé",
            "a/b",
            "a\"",
            "self",
            "proc-macro",
            "Core",
            "Api",
            "a__b",
            "a-_b",
        ] {
            assert!(name.parse::<CrateName>().is_err(), "{name}");
        }
        for name in ["a", "api-client", "api_v1"] {
            assert_eq!(name.parse::<CrateName>().unwrap().as_str(), name);
        }
    }
}
