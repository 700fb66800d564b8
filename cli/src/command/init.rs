//! `wirewright init`: writes a commented configuration file.
//!
//! Invariant: an existing file is never replaced.

use crate::arguments::Init;
use crate::config::FILE;
use crate::package::CrateName;
use crate::shell::quoted;
use crate::{Outcome, console};
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The folders that are searched for a document, in order.
const FOLDERS: [&str; 4] = ["", "spec", "api", "openapi"];
const STEMS: [&str; 4] = ["openapi", "api", "swagger", "spec"];
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// Runs the command.
pub(super) fn run(arguments: &Init) -> Result<Outcome> {
    if let Some(document) = &arguments.document
        && !document.is_file()
    {
        bail!("{} is not a file", document.display());
    }
    let document = arguments.document.clone().or_else(|| find(Path::new("")));
    let mut file = match File::create_new(FILE) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!("{FILE} is already here"),
        Err(error) => return Err(error).with_context(|| format!("cannot write {FILE}")),
    };
    let text = text(document.as_deref());
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write {FILE}"))?;
    let next = match document {
        Some(_) => "`wirewright generate` generates the client".to_owned(),
        None => format!("no document was found: put its path into {}", quoted(FILE)),
    };
    console::result(&format!("wrote {FILE}; {next}"));
    Ok(Outcome::Done)
}

/// Returns the document with one of the usual names, below `root`.
fn find(root: &Path) -> Option<PathBuf> {
    let folders = FOLDERS.iter().map(|folder| root.join(folder));
    let stems = folders.flat_map(|folder| STEMS.iter().map(move |stem| folder.join(stem)));
    let mut paths = stems.flat_map(|stem| ENDINGS.iter().map(move |ending| stem.with_extension(ending)));
    paths.find(|path| path.is_file())
}

/// Returns the text of the configuration file.
fn text(document: Option<&Path>) -> String {
    let document = document.unwrap_or(Path::new("openapi.yaml"));
    let name = CrateName::from_document(document);
    let name = match name.as_str().strip_suffix("-client") {
        Some(_) => name.as_str().to_owned(),
        None => format!("{}-client", name.as_str()),
    };
    let string = |text: &str| toml::Value::from(text).to_string();
    format!(
        r##"# What `wirewright generate` generates: one [[client]] for each client.
# Paths are relative to this file.

# Diagnostics that stop a client: "warnings", or codes. `wirewright explain CODE` explains one.
# deny = ["warnings"]

# Diagnostics that are not shown, each with the reason.
# [[allow]]
# code = "N010"
# reason = "the server checks it"

[[client]]
# The OpenAPI document, YAML or JSON, version 2.0, 3.0, 3.1 or 3.2.
document = {document}

# OpenAPI Overlays, applied to the document in this order.
# overlays = ["fixes.overlay.yaml"]

# The folder of the generated crate, and the crate's name. For a module of an existing crate, the
# setting `module` (a folder such as src/api) takes the place of both.
out = {name}
name = {name}

# Where the crate finds its runtime: a version, a git source ("URL" or "URL#REV") or a folder.
# runtime = "{version}"

# Add the document's examples of JSON bodies as a test.
# examples = true

# A method for each tag, with the methods of its operations: client.issues().create(…), not client.issues_create(…).
# groups = "tag"

# The operations to generate, by tag, path or operationId. Default: all.
# [client.only]
# tags = ["users"]
# paths = ["/v1/users*"]
# ids = ["getUser"]

# Names that must not change: JSON pointer to Rust identifier.
# [client.names]
# "#/components/schemas/api.v1.user" = "User"

# Your own types that replace generated types: JSON pointer of a component schema, or a format, to a
# type with serde's traits.
# [client.types]
# "#/components/schemas/money" = "rust_decimal::Decimal"
# "format:decimal" = "rust_decimal::Decimal"

# Traits that models derive in addition: pattern of type names (`*` is any text) to traits.
# [client.derives]
# "Ticket*" = ["Eq", "Hash", "Ord"]

# The dependencies of your types and traits, as in a Cargo.toml.
# [client.dependencies]
# rust_decimal = {{ version = "1", features = ["serde"] }}
"##,
        document = string(&document.to_string_lossy().replace('\\', "/")),
        name = string(&name),
        version = env!("CARGO_PKG_VERSION"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_found_by_the_usual_names() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(find(folder.path()), None);
        std::fs::create_dir(folder.path().join("spec")).unwrap();
        for path in ["spec/openapi.json", "api.yml"] {
            std::fs::write(folder.path().join(path), "").unwrap();
            assert_eq!(find(folder.path()), Some(folder.path().join(path)));
        }
    }

    #[test]
    fn every_commented_setting_can_be_uncommented() {
        let text = text(Some(Path::new("a b/Pet \"Store\".yaml")));
        let settings: Vec<&str> = text
            .lines()
            .map(|line| line.strip_prefix("# ").filter(|rest| is_setting(rest)).unwrap_or(line))
            .collect();
        let config = settings.join("\n");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        std::fs::write(&path, &config).unwrap();
        let read = crate::config::Config::read(&path).unwrap_or_else(|error| panic!("{error:#}\n{config}"));
        assert_eq!(read.clients.len(), 1);
        assert!(config.contains("name = \"pet-store-client\""), "{config}");
    }

    fn is_setting(line: &str) -> bool {
        line.starts_with('[')
            || line.starts_with('"')
            || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
    }
}
