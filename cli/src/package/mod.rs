//! The package of a generated crate: writes its `Cargo.toml`.
//!
//! Invariant: the crate builds in its folder, also inside another workspace.

mod membership;
mod name;
mod runtime_source;

pub use name::CrateName;
pub use runtime_source::RuntimeSource;

use crate::bump::version_of;
use crate::paths;
use anyhow::{Context, Result};
use generator::Header;
use semver::Version;
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};
use toml_edit::{DocumentMut, Item};

/// A crate whose manifest is generated.
#[derive(Debug)]
pub struct Package {
    /// The name of the package.
    pub name: CrateName,
    /// The source of the crate, as shown in its headers.
    pub origin: String,
    /// The first line of generated files.
    pub header: Header,
    /// The source of `runtime`.
    pub runtime: RuntimeSource,
    /// How the crate relates to a workspace around it.
    pub workspace: Around,
    /// Dependencies other than `runtime`, as in a manifest.
    pub dependencies: Table,
}

/// How a generated crate relates to a workspace around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    /// The crate becomes a member and inherits edition, licence and repository.
    Join,
    /// The crate is a workspace of its own, unless it is a member already.
    Apart,
}

/// The path of a crate's manifest in its folder.
pub(crate) const MANIFEST: &str = "Cargo.toml";

/// The version of a crate that is generated for the first time.
const FIRST: Version = Version::new(0, 1, 0);

/// The edition of generated code.
const EDITION: &str = "2024";

/// Keys that a manifest inherits if the workspace has them.
const INHERITED: [&str; 3] = ["license", "license-file", "repository"];

impl Package {
    /// Adds the crate in the folder `out` to the workspace around it. Returns the manifest of that
    /// workspace if it changed.
    ///
    /// # Errors
    ///
    /// A manifest above `out` cannot be read or written.
    pub(crate) fn join(&self, out: &Path) -> Result<Option<PathBuf>> {
        match self.workspace {
            Around::Join => membership::join(&physical(out)?),
            Around::Apart => Ok(None),
        }
    }

    /// Returns the text of the manifest for the folder `out`, which need not exist yet. `features`
    /// lists the features for the document's tags: feature name and tag. The version of an existing
    /// manifest is kept.
    ///
    /// # Errors
    ///
    /// A folder or a manifest above `out` cannot be read.
    pub fn manifest(&self, out: &Path, features: &[(String, String)]) -> Result<String> {
        let out = physical(out)?;
        let inherited = match self.workspace {
            Around::Join => membership::inherited(&out)?,
            Around::Apart => Table::new(),
        };
        let own = ["hyper", "rustls-ring", "tracing"];
        let names = features.iter().map(|(name, _)| name.as_str());
        let default: Vec<String> = own.into_iter().chain(names).map(|name| format!("{name:?}")).collect();
        let mut tags = String::new();
        if !features.is_empty() {
            tags.push_str("# The requests of a tag, and the models that only they need.\n");
            tags.extend(features.iter().map(|(name, _)| format!("{name} = []\n")));
        }
        let mut text = format!(
            r#"# {header}
[package]
name = "{name}"
version = "{version}"
{edition}
rust-version = "{rust_version}"
description = {description}
{others}
[features]
default = [{default}]
# HTTP by hyper. Without it the client needs a transport of your own.
hyper = ["runtime/hyper"]
# TLS by rustls, over ring or, which is larger and has post-quantum key exchange, over aws-lc.
rustls-ring = ["runtime/rustls-ring"]
rustls-aws-lc = ["runtime/rustls-aws-lc"]
# `.send().wait()`, for programs without an async runtime.
blocking = ["runtime/blocking"]
# Proof keys for OAuth 2.0's authorization codes.
pkce = ["runtime/pkce"]
# Brotli and Zstandard, beside gzip.
brotli = ["runtime/brotli"]
zstd = ["runtime/zstd"]
# Spans for operations and attempts.
tracing = ["runtime/tracing"]
# `validate()` on models: the document's lengths, patterns and bounds.
validate = ["runtime/validate"]
{tags}
[package.metadata.docs.rs]
all-features = true

[dependencies]
runtime = {{ {source}, default-features = false }}
{dependencies}"#,
            default = default.join(", "),
            header = self.header.line(&self.origin),
            name = self.name.as_str(),
            version = version(&out),
            edition = edition(&inherited),
            rust_version = env!("CARGO_PKG_RUST_VERSION"),
            description = quoted(&format!("Rust client generated from {}", self.origin)),
            others = others(&inherited),
            source = self.runtime.manifest_keys(&out)?,
            dependencies = self.dependencies.iter().map(dependency).collect::<String>(),
        );
        if self.workspace == Around::Apart && membership::needs_own_workspace(&out)? {
            text.push_str("\n# The workspace around this folder does not list this package among its members.\n[workspace]\n");
        }
        Ok(text)
    }
}

/// Returns the version in the manifest of the folder `out`, or the first version if there is none.
fn version(out: &Path) -> Version {
    let manifest = fs::read_to_string(out.join(MANIFEST)).unwrap_or_default();
    version_of(&manifest).unwrap_or(FIRST)
}

/// Returns a manifest with another version. Everything else stays as it is written.
///
/// # Errors
///
/// The text is no manifest.
pub(crate) fn with_version(manifest: &str, version: &Version) -> Result<String> {
    let mut manifest: DocumentMut = manifest.parse()?;
    let package = manifest.get_mut("package").and_then(Item::as_table_like_mut);
    package.context("there is no `[package]`")?.insert("version", toml_edit::value(version.to_string()));
    Ok(manifest.to_string())
}

fn physical(out: &Path) -> Result<PathBuf> {
    paths::physical(out).with_context(|| format!("cannot resolve {}", out.display()))
}

/// Returns the line of the manifest that sets the edition. The line inherits the workspace's
/// edition if generated code has the same edition.
fn edition(inherited: &Table) -> String {
    match inherited.get("edition").and_then(Value::as_str) {
        Some(EDITION) => "edition.workspace = true".to_owned(),
        _ => format!("edition = \"{EDITION}\""),
    }
}

/// Returns the lines of the other inherited keys.
fn others(inherited: &Table) -> String {
    let keys = INHERITED.iter().filter(|key| inherited.contains_key(**key));
    keys.map(|key| format!("{key}.workspace = true\n")).collect()
}

/// Returns the line of a dependency.
fn dependency((name, value): (&String, &Value)) -> String {
    format!("{name} = {value}\n")
}

/// Returns true if a hand-written manifest has the dependency that generated code needs.
pub fn depends_on_runtime(manifest: &str) -> bool {
    let Ok(manifest) = manifest.parse::<toml::Table>() else { return false };
    manifest.get("dependencies").is_some_and(|dependencies| dependencies.get("runtime").is_some())
}

/// Returns `text` as a TOML string.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(origin: &str, runtime: &str) -> Package {
        let name = CrateName::from_document(Path::new(origin));
        Package {
            name,
            origin: origin.to_owned(),
            header: Header::Wirewright,
            runtime: runtime.parse().unwrap(),
            workspace: Around::Apart,
            dependencies: Table::new(),
        }
    }

    #[test]
    fn dependencies_of_replaced_types_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let dependencies = "a-b = '1'\nc = { version = '2', features = ['d'] }".parse().unwrap();
        let text = Package { dependencies, ..package("api.yaml", "1") }.manifest(folder.path(), &[]).unwrap();
        let manifest: Table = text.parse().unwrap();
        assert_eq!(manifest["dependencies"]["a-b"].as_str(), Some("1"));
        assert_eq!(manifest["dependencies"]["c"]["features"][0].as_str(), Some("d"));
        assert!(manifest["dependencies"].get("runtime").is_some());
    }

    #[test]
    fn the_manifest_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let text = package("api.yaml", "^1.2").manifest(folder.path(), &[]).unwrap();
        assert!(
            text.starts_with("# @generated by wirewright from api.yaml. Do not edit.\n[package]\n"),
            "{text}"
        );
        let manifest: toml::Table = text.parse().unwrap();
        assert_eq!(manifest["package"]["name"].as_str(), Some("api"));
        assert_eq!(manifest["package"]["edition"].as_str(), Some("2024"));
        assert_eq!(manifest["features"]["default"][0].as_str(), Some("hyper"));
        for feature in [
            "hyper",
            "rustls-ring",
            "rustls-aws-lc",
            "blocking",
            "brotli",
            "pkce",
            "tracing",
            "validate",
            "zstd",
        ] {
            assert_eq!(manifest["features"][feature][0].as_str(), Some(&*format!("runtime/{feature}")));
        }
        assert_eq!(manifest["dependencies"]["runtime"]["version"].as_str(), Some("^1.2"));
        assert_eq!(manifest["dependencies"]["runtime"]["default-features"].as_bool(), Some(false));
        assert!(!manifest.contains_key("workspace"));
        assert!(depends_on_runtime(&text));
    }

    #[test]
    fn each_tag_is_a_feature_that_is_on_by_default() {
        let folder = tempfile::tempdir().unwrap();
        let features = [("pull-requests".to_owned(), "Pull requests".to_owned())];
        let text = package("api.yaml", "1").manifest(folder.path(), &features).unwrap();
        let manifest: toml::Table = text.parse().unwrap();
        assert_eq!(manifest["features"]["pull-requests"].as_array().map(Vec::len), Some(0));
        assert_eq!(manifest["features"]["default"][3].as_str(), Some("pull-requests"));
        assert_eq!(manifest["package"]["metadata"]["docs"]["rs"]["all-features"].as_bool(), Some(true));
    }

    #[test]
    fn an_odd_file_name_is_quoted() {
        let folder = tempfile::tempdir().unwrap();
        let text = package("a\"b\\c'''.yaml", "1").manifest(folder.path(), &[]).unwrap();
        let manifest: toml::Table = text.parse().unwrap();
        assert_eq!(
            manifest["package"]["description"].as_str(),
            Some("Rust client generated from a\"b\\c'''.yaml")
        );
    }

    #[test]
    fn inside_a_workspace_that_does_not_list_it_a_package_is_its_own_workspace() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("Cargo.toml"), "[workspace]\nmembers = ['a']\n").unwrap();
        let has_table = |name| {
            let text = package("api.yaml", "1").manifest(&folder.path().join(name), &[]).unwrap();
            text.parse::<toml::Table>().unwrap().contains_key("workspace")
        };
        assert!(has_table("b"));
        assert!(!has_table("a"));
    }

    #[test]
    fn the_version_stays() {
        let folder = tempfile::tempdir().unwrap();
        let first = package("api.yaml", "1").manifest(folder.path(), &[]).unwrap();
        assert_eq!(version_of(&first), Some(FIRST));
        let raised = with_version(&first, &Version::new(1, 2, 3)).unwrap();
        assert_eq!(raised, first.replace("version = \"0.1.0\"", "version = \"1.2.3\""));
        fs::write(folder.path().join(MANIFEST), &raised).unwrap();
        assert_eq!(package("api.yaml", "1").manifest(folder.path(), &[]).unwrap(), raised);
    }

    #[test]
    fn a_manifest_without_runtime_is_seen() {
        assert!(depends_on_runtime("[dependencies]\nruntime.workspace = true"));
        assert!(!depends_on_runtime("[dependencies]\nserde = '1'"));
        assert!(!depends_on_runtime("[package"));
    }

    #[test]
    fn a_crate_that_joins_a_workspace_inherits_what_that_gives() {
        let folder = tempfile::tempdir().unwrap();
        let root = "[workspace.package]\nedition = '2024'\nlicense = 'MIT'\nversion = '3.0.0'\n[workspace]\n";
        fs::write(folder.path().join("Cargo.toml"), root).unwrap();
        let package = Package { workspace: Around::Join, ..package("api.yaml", "1") };
        let text = package.manifest(&folder.path().join("a"), &[]).unwrap();
        assert!(
            text.contains("edition.workspace = true\n") && text.contains("license.workspace = true\n"),
            "{text}"
        );
        assert!(text.contains("version = \"0.1.0\"") && !text.contains("[workspace]"), "{text}");
        assert!(package.join(&folder.path().join("a")).unwrap().is_some());
        fs::write(folder.path().join("Cargo.toml"), root.replace("2024", "2021")).unwrap();
        let text = package.manifest(&folder.path().join("a"), &[]).unwrap();
        assert!(text.contains("edition = \"2024\"\n"), "{text}");
    }
}
