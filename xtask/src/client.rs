//! What is generated from what, to where: arguments or `spec/codegen.toml` in, [`Client`]s out.
//!
//! The rule: what ends up in a file never depends on the machine or the current directory.

use crate::cli::Codegen;
use crate::config::{Config, Entry};
use crate::package::{CrateName, Package};
use crate::workspace::Workspace;
use crate::{package, paths};
use anyhow::{Context, Result};
use generator::Options;
use std::env;
use std::path::{Path, PathBuf};

/// One crate to generate.
#[derive(Debug)]
pub(crate) struct Client {
    /// The folder of the crate as messages and diffs name it, with `/`.
    pub(crate) label: String,
    pub(crate) document: PathBuf,
    pub(crate) overlays: Vec<PathBuf>,
    pub(crate) options: Options,
    /// The folder of the crate.
    pub(crate) out: PathBuf,
    /// The package to write a manifest for; `None` where the manifest is hand-written.
    pub(crate) package: Option<Package>,
}

impl Client {
    /// The clients that the arguments ask for: the one they describe, or all of `spec/codegen.toml`.
    pub(crate) fn all(arguments: &Codegen, workspace: &Workspace) -> Result<Vec<Self>> {
        match (&arguments.document, &arguments.out) {
            (Some(document), Some(out)) => Ok(vec![Self::described(arguments, document, out, workspace)]),
            _ => Self::configured(workspace),
        }
    }

    /// All clients of `spec/codegen.toml`.
    pub(crate) fn configured(workspace: &Workspace) -> Result<Vec<Self>> {
        let config = Config::read(&workspace.config())?;
        let here = env::current_dir().context("cannot read the current directory")?;
        Ok(config.clients.into_iter().map(|entry| Self::from_entry(entry, workspace, &here)).collect())
    }

    /// `here` only shortens the paths that diagnostics show.
    fn from_entry(entry: Entry, workspace: &Workspace, here: &Path) -> Self {
        let origin = match entry.document.strip_prefix(workspace.root()) {
            Ok(inside) => origin(&paths::shown(inside, Path::new(""))),
            Err(_) => origin(&file_name(&entry.document)),
        };
        let short = |path: PathBuf| path.strip_prefix(here).map(Path::to_owned).unwrap_or(path);
        Self {
            label: paths::shown(&entry.out, workspace.root()),
            document: short(entry.document),
            overlays: entry.overlays.into_iter().map(short).collect(),
            options: Options { origin, names: entry.names, only: entry.only.into(), ..Options::default() },
            out: entry.out,
            package: None,
        }
    }

    fn described(arguments: &Codegen, document: &Path, out: &Path, workspace: &Workspace) -> Self {
        let origin = origin(&file_name(document));
        let package = Package {
            name: arguments.name.clone().unwrap_or_else(|| CrateName::from_document(document)),
            origin: origin.clone(),
            runtime: arguments
                .runtime
                .clone()
                .unwrap_or_else(|| package::RuntimeSource::folder(workspace.runtime())),
        };
        let examples = arguments.examples.then(|| package.name.library());
        Self {
            label: label(out),
            document: document.to_owned(),
            overlays: arguments.overlay.clone(),
            options: Options { origin, examples, ..Options::default() },
            out: out.to_owned(),
            package: Some(package),
        }
    }
}

/// A folder as the user gave it, without detours; the current one is `.`.
fn label(out: &Path) -> String {
    let label = paths::shown(&paths::lexical(out), Path::new(""));
    if label.is_empty() { ".".to_owned() } else { label }
}

/// The file name of a document; files are named after it, never after the folder that it happens to be in.
fn file_name(document: &Path) -> String {
    document.file_name().unwrap_or(document.as_os_str()).to_string_lossy().into_owned()
}

/// A document's name as a one-line comment can hold it: rustc refuses comments that change the direction of text.
fn origin(name: &str) -> String {
    let unsafe_in_comments = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    name.replace(unsafe_in_comments, "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_stays_on_its_line() {
        assert_eq!(origin("größe v1+2.yaml"), "größe v1+2.yaml");
        assert_eq!(origin("a\nfn main() {}\r.yaml"), "a_fn main() {}_.yaml");
        assert_eq!(origin("a\u{202e}b.yaml"), "a_b.yaml");
    }

    #[test]
    fn a_folder_is_named_as_it_was_given() {
        for (out, expected) in [("../a/", "../a"), ("./a", "a"), ("a/..", "."), (".", "."), ("/a", "/a")] {
            assert_eq!(label(Path::new(out)), expected);
        }
    }

    #[test]
    fn the_origin_is_the_file_name_wherever_the_document_is() {
        for document in ["api.yaml", "/x/api.yaml", "../y/api.yaml"] {
            assert_eq!(file_name(Path::new(document)), "api.yaml");
        }
    }
}
