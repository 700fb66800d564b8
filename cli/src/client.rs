//! A client to generate: its document, options and folder.
//!
//! A client comes from the arguments of a command ([`Described`]) or from a configuration file
//! ([`Client::configured`]).
//!
//! Invariant: no generated text depends on the machine or the current folder.

use crate::config::{Config, Entry};
use crate::folder::{self, Layout};
use crate::package::{Around, CrateName, Package, RuntimeSource};
use crate::paths;
use anyhow::{Context, Result};
use generator::{Diagnostics, Header, Options, Place, Source};
use std::fs;
use std::path::{Path, PathBuf};

/// The name of a client's lock in the client's folder.
pub const LOCK: &str = "client.lock";

/// One client to generate.
#[derive(Debug)]
pub struct Client {
    /// The folder of the client as shown in messages and diffs, with `/`.
    pub label: String,
    /// The OpenAPI document.
    pub document: Document,
    /// The overlays that are applied to the document, in order.
    pub overlays: Vec<PathBuf>,
    /// The settings of the generator.
    pub options: Options,
    /// The folder of the client.
    pub out: PathBuf,
    /// The kind of client: a crate or a module.
    pub layout: Layout,
    /// The package to write a manifest for; `None` if the manifest is always hand-written.
    pub package: Option<Package>,
}

/// The source of an OpenAPI document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// A file.
    File(PathBuf),
    /// Standard input, written `-`.
    StandardInput,
}

/// A client that the arguments of a command describe.
#[derive(Debug)]
pub struct Described {
    /// The OpenAPI document.
    pub document: Document,
    /// The overlays that are applied to the document, in order.
    pub overlays: Vec<PathBuf>,
    /// The folder of the client.
    pub out: PathBuf,
    /// The kind of client: a crate or a module of one.
    pub layout: Layout,
    /// How the crate relates to a workspace around it.
    pub workspace: Around,
    /// The name of the crate; `None` derives it from the document's file name.
    pub name: Option<CrateName>,
    /// The source of `runtime`.
    pub runtime: RuntimeSource,
    /// True if the crate should have the document's examples as a test.
    pub examples: bool,
    /// The first line of generated files.
    pub header: Header,
}

/// The settings that all clients of a configuration file share.
#[derive(Clone, Debug)]
pub struct Surroundings<'a> {
    /// The folder that paths in generated headers and labels are relative to.
    pub root: &'a Path,
    /// The current folder. Used only to shorten paths in diagnostics.
    pub here: &'a Path,
    /// The source of `runtime` for clients whose entry names none.
    pub runtime: RuntimeSource,
    /// The first line of generated files.
    pub header: Header,
    /// How crates relate to a workspace around them.
    pub workspace: Around,
}

impl From<PathBuf> for Document {
    fn from(path: PathBuf) -> Self {
        if path.as_os_str() == "-" { Self::StandardInput } else { Self::File(path) }
    }
}

impl Document {
    /// Returns the document's name for the generated header: the file name without its folder.
    fn origin(&self) -> String {
        match self {
            Self::File(path) => origin(&file_name(path)),
            Self::StandardInput => "standard input".to_owned(),
        }
    }

    /// Returns a crate name that fits the document.
    fn crate_name(&self) -> CrateName {
        CrateName::from_document(match self {
            Self::File(path) => path,
            Self::StandardInput => Path::new(""),
        })
    }
}

impl From<Described> for Client {
    fn from(described: Described) -> Self {
        let Described { document, overlays, out, layout, workspace, name, runtime, examples, header } =
            described;
        let origin = document.origin();
        let name = name.unwrap_or_else(|| document.crate_name());
        let examples = examples.then(|| name.library());
        let package = Package {
            name,
            origin: origin.clone(),
            header,
            runtime,
            workspace,
            dependencies: toml::Table::new(),
        };
        Self {
            label: label(&out),
            document,
            overlays,
            options: Options {
                origin,
                header,
                examples,
                place: place(layout),
                lock: Some(LOCK.to_owned()),
                ..Options::default()
            },
            out,
            layout,
            package: (layout == Layout::Crate).then_some(package),
        }
    }
}

impl Client {
    /// Returns the clients of a configuration file.
    pub fn configured(config: Config, surroundings: &Surroundings<'_>) -> Vec<Self> {
        config.clients.into_iter().map(|entry| Self::from_entry(entry, surroundings)).collect()
    }

    /// Reads the document, its overlays and the files that it refers to.
    ///
    /// # Errors
    ///
    /// A file can't be read. See [`Source::read`].
    pub fn source(&self) -> Result<Source, Diagnostics> {
        match &self.document {
            Document::File(path) => Source::read(path, &self.overlays),
            Document::StandardInput => Source::read(Path::new("-"), &self.overlays),
        }
    }

    /// Returns the text of the previous lock, or `None` if there is none.
    ///
    /// # Errors
    ///
    /// The lock can't be read.
    pub fn earlier_lock(&self) -> Result<Option<String>> {
        let path = self.out.join(LOCK);
        if !path.exists() || folder::is_hand_written(&path)? {
            // Planning the folder reports something else by this name.
            return Ok(None);
        }
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Some(text))
    }

    fn from_entry(entry: Entry, surroundings: &Surroundings<'_>) -> Self {
        let Surroundings { root, here, runtime, header, workspace } = surroundings;
        let origin = match entry.document.strip_prefix(root) {
            Ok(inside) => origin(&paths::shown(inside, Path::new(""))),
            Err(_) => origin(&file_name(&entry.document)),
        };
        let name = entry.name.unwrap_or_else(|| CrateName::from_document(&entry.document));
        let options = Options {
            origin: origin.clone(),
            header: *header,
            place: place(entry.layout),
            names: entry.names,
            types: entry.types,
            derives: entry.derives,
            groups: entry.groups.into(),
            only: entry.only.into(),
            examples: entry.examples.then(|| name.library()),
            lock: Some(LOCK.to_owned()),
            ..Options::default()
        };
        let runtime = entry.runtime.unwrap_or_else(|| runtime.clone());
        let short = |path: PathBuf| path.strip_prefix(here).map(Path::to_owned).unwrap_or(path);
        Self {
            label: paths::shown(&entry.out, root),
            document: Document::File(short(entry.document)),
            overlays: entry.overlays.into_iter().map(short).collect(),
            options,
            out: entry.out,
            layout: entry.layout,
            package: (entry.layout == Layout::Crate).then_some(Package {
                name,
                origin,
                header: *header,
                runtime,
                workspace: *workspace,
                dependencies: entry.dependencies,
            }),
        }
    }
}

/// Returns the place of the generated code.
fn place(layout: Layout) -> Place {
    match layout {
        Layout::Crate => Place::Crate,
        Layout::Module => Place::Module,
    }
}

/// Returns the folder's path as the user wrote it, normalised. The current folder is `.`.
fn label(out: &Path) -> String {
    let label = paths::shown(&paths::lexical(out), Path::new(""));
    if label.is_empty() { ".".to_owned() } else { label }
}

/// Returns the file name of a document.
fn file_name(document: &Path) -> String {
    document.file_name().unwrap_or(document.as_os_str()).to_string_lossy().into_owned()
}

/// Returns a document's name without characters that a one-line comment cannot hold. rustc refuses
/// comments that change the direction of text.
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
            assert_eq!(Document::from(PathBuf::from(document)).origin(), "api.yaml");
        }
    }

    #[test]
    fn a_dash_is_standard_input() {
        let document = Document::from(PathBuf::from("-"));
        assert_eq!(document, Document::StandardInput);
        assert_eq!(document.origin(), "standard input");
        assert_eq!(document.crate_name().as_str(), "client");
    }
}
