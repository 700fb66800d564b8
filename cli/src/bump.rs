//! `generate --bump`: raises the version of a generated crate, and adds an entry to its
//! CHANGELOG.md.
//!
//! Input: the previous lock and the current one. Output: a [`Bumped`].
//!
//! Invariant: existing text of the changelog stays as it is.

use crate::client::Client;
use crate::package::MANIFEST;
use anyhow::{Context, Result, bail};
use generator::{Bump, Diff, Lock, Wire};
use semver::Version;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The name of the changelog in a crate's folder.
const CHANGELOG: &str = "CHANGELOG.md";

/// The old and new version of a crate, and its changelog entry.
#[derive(Debug)]
pub(crate) struct Bumped {
    pub(crate) old: Version,
    pub(crate) new: Version,
    pub(crate) rust: Bump,
    pub(crate) wire: Wire,
    entry: String,
}

impl Bumped {
    /// Compares the locks of a client, and raises the version in its manifest.
    ///
    /// # Errors
    ///
    /// The manifest has no version, or a pre-release version, which only the author can raise.
    pub(crate) fn new(client: &Client, earlier: &Lock, lock: &Lock) -> Result<Self> {
        let path = client.out.join(MANIFEST);
        let context = || format!("`--bump` needs a version in {}", path.display());
        let manifest = fs::read_to_string(&path).with_context(context)?;
        let old = version_of(&manifest).with_context(context)?;
        let diff = generator::diff(earlier, lock);
        let new = raised(&old, diff.rust())?;
        Ok(Self { entry: entry(&new, &diff), old, new, rust: diff.rust(), wire: diff.wire() })
    }

    /// Adds the entry to the changelog in the folder `out`. A changelog that is missing is created.
    ///
    /// # Errors
    ///
    /// The changelog can't be read or written.
    pub(crate) fn write_entry(&self, out: &Path) -> Result<()> {
        let path = out.join(CHANGELOG);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => "# Changelog\n".to_owned(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        let text = with_entry(&text, &self.entry);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// Returns the version in the text of a manifest, or `None` if it inherits the version.
pub(crate) fn version_of(manifest: &str) -> Option<Version> {
    let manifest = manifest.parse::<toml::Table>().ok()?;
    manifest.get("package")?.get("version")?.as_str()?.parse().ok()
}

/// Raises a version by cargo's rules: before 1.0 the second number marks breaking changes.
fn raised(version: &Version, bump: Bump) -> Result<Version> {
    let Version { major, minor, patch, .. } = *version;
    if !version.pre.is_empty() {
        bail!("{version} is a pre-release: set the next version in Cargo.toml");
    }
    Ok(match (bump, major) {
        (Bump::Major, 0) => Version::new(0, minor + 1, 0),
        (Bump::Major, _) => Version::new(major + 1, 0, 0),
        (Bump::Minor, 1..) => Version::new(major, minor + 1, 0),
        (Bump::Minor, 0) | (Bump::Patch, _) => Version::new(major, minor, patch + 1),
    })
}

fn entry(version: &Version, diff: &Diff) -> String {
    format!("## {version}\n\n{}", diff.markdown())
}

/// Returns the changelog with a new entry above the others.
fn with_entry(changelog: &str, entry: &str) -> String {
    let start =
        if changelog.starts_with("## ") { Some(0) } else { changelog.find("\n## ").map(|end| end + 1) };
    match start.and_then(|start| changelog.split_at_checked(start)) {
        Some((before, after)) => format!("{before}{entry}\n{after}"),
        None => format!("{}\n\n{entry}", changelog.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_rise_as_cargo_reads_them() {
        for (old, bump, new) in [
            ("0.1.2", Bump::Patch, "0.1.3"),
            ("0.1.2", Bump::Minor, "0.1.3"),
            ("0.1.2", Bump::Major, "0.2.0"),
            ("1.2.3", Bump::Patch, "1.2.4"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Major, "2.0.0"),
            ("1.2.3+build", Bump::Major, "2.0.0"),
        ] {
            assert_eq!(raised(&old.parse().unwrap(), bump).unwrap().to_string(), new, "{old} {bump}");
        }
        let error = raised(&"1.0.0-rc.1".parse().unwrap(), Bump::Major).unwrap_err();
        assert!(error.to_string().contains("pre-release"), "{error}");
    }

    #[test]
    fn an_entry_stands_above_the_others() {
        assert_eq!(with_entry("# Changelog\n", "## 2\n\nx\n"), "# Changelog\n\n## 2\n\nx\n");
        let old = "# Changelog\n\nAll of it.\n\n## 1\n\ny ## z\n";
        assert_eq!(
            with_entry(old, "## 2\n\nx\n"),
            "# Changelog\n\nAll of it.\n\n## 2\n\nx\n\n## 1\n\ny ## z\n"
        );
        assert_eq!(with_entry("## 1\n", "## 2\n"), "## 2\n\n## 1\n");
    }

    #[test]
    fn a_manifest_may_have_no_version() {
        assert_eq!(version_of("[package]\nversion = '1.2.3'").unwrap(), Version::new(1, 2, 3));
        assert_eq!(version_of("[package]\nversion.workspace = true"), None);
    }
}
