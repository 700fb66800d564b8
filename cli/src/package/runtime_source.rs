//! The source of the `runtime` crate for a generated crate.
//!
//! Input: a text. Output: the keys of a dependency. Invariant: a text that is no version
//! requirement, git source or folder with a manifest is refused.

use super::quoted;
use crate::paths;
use anyhow::{Context, Result};
use semver::VersionReq;
use serde::{Deserialize, Deserializer};
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The package on crates.io that has the library `runtime`.
const PACKAGE: &str = "wirewright-runtime";

/// The source of `runtime` for a generated crate: a version requirement, a git source or a folder.
#[derive(Clone, Debug)]
pub struct RuntimeSource {
    given: String,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Version,
    Git { url: String, revision: Option<String> },
    Folder { folder: PathBuf, is_absolute: bool },
}

impl RuntimeSource {
    /// Returns the source in a folder. Manifests have its path relative to their own folder.
    pub fn folder(folder: PathBuf) -> Self {
        let given = folder.to_string_lossy().into_owned();
        Self { given, kind: Kind::Folder { folder, is_absolute: false } }
    }

    /// Returns the published package, in the version that belongs to this generator.
    pub fn published() -> Self {
        Self { given: env!("CARGO_PKG_VERSION").to_owned(), kind: Kind::Version }
    }

    /// Returns the text that the user wrote.
    pub fn as_given(&self) -> &str {
        &self.given
    }

    /// Makes a folder relative to `base`, and checks that it has a manifest.
    ///
    /// # Errors
    ///
    /// The text is no version requirement, git source or folder with a manifest.
    pub(crate) fn resolve(&mut self, base: &Path) -> Result<(), String> {
        let Kind::Folder { folder, .. } = &mut self.kind else { return Ok(()) };
        *folder = paths::lexical(&base.join(&*folder));
        if !self.given.is_empty() && folder.join("Cargo.toml").is_file() {
            return Ok(());
        }
        Err(format!(
            "runtime = {:?}: neither a version requirement, nor a git source, nor a folder with a Cargo.toml",
            self.given
        ))
    }

    /// Returns the keys that name the source in the manifest of the folder `out`, which is absolute
    /// and without symbolic links. An absolute path stays as the user wrote it, so that the manifest
    /// is the same in every clone of a repository.
    ///
    /// # Errors
    ///
    /// The folder of `runtime` can't be read.
    pub(crate) fn manifest_keys(&self, out: &Path) -> Result<String> {
        match &self.kind {
            Kind::Version => Ok(format!("package = \"{PACKAGE}\", version = {}", quoted(&self.given))),
            Kind::Git { url, revision: None } => {
                Ok(format!("package = \"{PACKAGE}\", git = {}", quoted(url)))
            }
            Kind::Git { url, revision: Some(revision) } => {
                Ok(format!("package = \"{PACKAGE}\", git = {}, rev = {}", quoted(url), quoted(revision)))
            }
            Kind::Folder { folder, is_absolute } => {
                let folder = paths::physical(folder)
                    .with_context(|| format!("cannot resolve {}", folder.display()))?;
                let path = if *is_absolute {
                    self.given.clone()
                } else {
                    paths::relative(out, &folder).unwrap_or_else(|| folder.to_string_lossy().into_owned())
                };
                let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
                let manifest = text.parse::<toml::Table>().unwrap_or_default();
                let package = manifest.get("package").and_then(|package| package.get("name")?.as_str());
                // A published crate must name the version of its dependencies.
                let package = match package {
                    Some(PACKAGE) => {
                        format!("package = \"{PACKAGE}\", version = \"{}\", ", env!("CARGO_PKG_VERSION"))
                    }
                    _ => String::new(),
                };
                Ok(format!("{package}path = {}", quoted(&path)))
            }
        }
    }
}

impl<'de> Deserialize<'de> for RuntimeSource {
    /// Reads a text of a configuration file. `resolve` checks folders later.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl RuntimeSource {
    /// Parses a text without reading the disk: a text that is neither a version nor a git source is
    /// a folder.
    fn new(given: String) -> Self {
        let kind = if VersionReq::parse(&given).is_ok() {
            Kind::Version
        } else if let Some(url) = git_url(&given) {
            match url.rsplit_once('#') {
                Some((url, revision)) => {
                    Kind::Git { url: url.to_owned(), revision: Some(revision.to_owned()) }
                }
                None => Kind::Git { url, revision: None },
            }
        } else {
            let folder = PathBuf::from(&given);
            Kind::Folder { is_absolute: folder.is_absolute(), folder }
        };
        Self { given, kind }
    }
}

impl FromStr for RuntimeSource {
    type Err = String;

    /// Parses a text, and checks that a folder exists, relative to the current folder.
    fn from_str(given: &str) -> Result<Self, String> {
        let mut source = Self::new(given.to_owned());
        if matches!(&source.kind, Kind::Git { revision: Some(revision), .. } if revision.is_empty()) {
            return Err("no revision after `#`".to_owned());
        }
        source.resolve(Path::new(""))?;
        Ok(source)
    }
}

/// Returns the URL of a git source. cargo does not accept scp-like addresses, so `git@host:path`
/// becomes `ssh://git@host/path`.
fn git_url(given: &str) -> Option<String> {
    if given.contains("://") {
        return Some(given.to_owned());
    }
    let (host, path) = given.strip_prefix("git@")?.split_once(':')?;
    Some(format!("ssh://git@{host}/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(given: &str) -> String {
        given.parse::<RuntimeSource>().expect(given).manifest_keys(Path::new("/a/b")).unwrap()
    }

    #[test]
    fn versions_and_git_sources() {
        for (given, expected) in [
            ("0.3", r#"package = "wirewright-runtime", version = "0.3""#),
            ("^1.2", r#"package = "wirewright-runtime", version = "^1.2""#),
            (">=1, <3", r#"package = "wirewright-runtime", version = ">=1, <3""#),
            (
                "https://example.com/a.git",
                r#"package = "wirewright-runtime", git = "https://example.com/a.git""#,
            ),
            (
                "https://example.com/a#v1",
                r#"package = "wirewright-runtime", git = "https://example.com/a", rev = "v1""#,
            ),
            (
                "ssh://git@example.com/a/b.git#0123abc",
                r#"package = "wirewright-runtime", git = "ssh://git@example.com/a/b.git", rev = "0123abc""#,
            ),
            (
                "git@example.com:a/b.git",
                r#"package = "wirewright-runtime", git = "ssh://git@example.com/a/b.git""#,
            ),
        ] {
            assert_eq!(keys(given), expected);
        }
    }

    #[test]
    fn folders_are_relative_to_the_crate_unless_they_are_absolute() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir(root.join("runtime")).unwrap();
        fs::write(root.join("runtime/Cargo.toml"), "").unwrap();
        let keys = |source: &RuntimeSource| source.manifest_keys(&root.join("x/y")).unwrap();
        let mut relative = RuntimeSource::new("../runtime".to_owned());
        relative.resolve(&root.join("config")).unwrap();
        assert_eq!(keys(&relative), r#"path = "../../runtime""#);
        assert_eq!(keys(&RuntimeSource::folder(root.join("runtime"))), r#"path = "../../runtime""#);
        let absolute = root.join("runtime").to_str().unwrap().to_owned();
        let source: RuntimeSource = absolute.parse().unwrap();
        assert_eq!(keys(&source), format!("path = {}", quoted(&absolute)));
    }

    #[test]
    fn other_texts_are_refused() {
        for given in ["", "no/such/folder", "runtime", "1.x.y.z", "git@example.com", "https://example.com/a#"]
        {
            assert!(given.parse::<RuntimeSource>().is_err(), "{given}");
        }
    }
}
