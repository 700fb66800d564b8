//! `spec/codegen.toml`: its text in, the clients that it lists out.
//!
//! The rule: what can't be right is an error: an unknown key, no client, two clients in one folder.
//!
//! ```toml
//! [[client]]
//! document = "api.yaml"             # relative to this file
//! overlays = ["api.overlay.yaml"]   # applied in this order; may be left out
//! out = "../api-client"             # the folder of the crate; its Cargo.toml is hand-written
//! [client.only]                     # the operations that are wanted; all, where it is left out
//! tags = ["users"]
//! paths = ["/v1/Users*"]            # with a `*` at the end: all that begin so
//! ids = ["FetchUser"]
//! [client.names]                    # pinned names; may be left out
//! "#/components/schemas/api.v1.user" = "User"
//! ```

use crate::paths;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    #[serde(default, rename = "client")]
    pub(crate) clients: Vec<Entry>,
}

/// One `[[client]]`. After [`Config::read`] its paths are absolute.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) document: PathBuf,
    #[serde(default)]
    pub(crate) overlays: Vec<PathBuf>,
    pub(crate) out: PathBuf,
    #[serde(default)]
    pub(crate) names: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) only: Only,
}

/// The operations that are wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Only {
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    paths: Vec<String>,
    #[serde(default)]
    ids: Vec<String>,
}

impl From<Only> for generator::Only {
    fn from(Only { tags, paths, ids }: Only) -> Self {
        Self { tags, paths, ids }
    }
}

impl Config {
    /// Reads the file at `path`, which is absolute.
    ///
    /// # Errors
    ///
    /// The file can't be read, isn't TOML of this shape, lists no client or gives two clients one folder.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let folder = path.parent().unwrap_or(path);
        Self::parse(&text, folder).with_context(|| format!("in {}", path.display()))
    }

    fn parse(text: &str, folder: &Path) -> Result<Self> {
        let mut config: Self = toml::from_str(text)?;
        if config.clients.is_empty() {
            bail!("there is no `[[client]]`");
        }
        let mut folders = BTreeSet::new();
        for entry in &mut config.clients {
            for path in entry.overlays.iter_mut().chain([&mut entry.document, &mut entry.out]) {
                *path = paths::lexical(&folder.join(&*path));
            }
            if !folders.insert(entry.out.clone()) {
                bail!("two clients have the same `out`, {}", entry.out.display());
            }
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(text, Path::new("/w/spec")).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let text = r##"
            [[client]]
            document = "a.yaml"
            overlays = ["sub/b.yaml", "../c.yaml"]
            out = "../client"
            [client.names]
            "#/components/schemas/a" = "B"
        "##;
        let config = parse(text).unwrap();
        let entry = &config.clients[0];
        assert_eq!(entry.document, Path::new("/w/spec/a.yaml"));
        assert_eq!(entry.overlays, [Path::new("/w/spec/sub/b.yaml"), Path::new("/w/c.yaml")]);
        assert_eq!(entry.out, Path::new("/w/client"));
        assert_eq!(entry.names["#/components/schemas/a"], "B");
    }

    #[test]
    fn what_cannot_be_right_is_an_error() {
        for (text, expected) in [
            ("", "there is no `[[client]]`"),
            ("[[client]]\nout = 'a'", "missing field `document`"),
            ("[[client]]\ndocument = 'a'\nout = 'b'\noverlay = ['c']", "unknown field `overlay`"),
            ("[[clients]]\n", "unknown field `clients`"),
            ("[[client]\n", "line 1, column 10"),
            ("[[client]]\ndocument = 'a'\nout = 'b'\nnames = 3", "line 4, column 9"),
            (
                "[[client]]\ndocument = 'a'\nout = 'c'\n[[client]]\ndocument = 'b'\nout = './x/../c/'",
                "two clients have the same `out`, /w/spec/c",
            ),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.contains(expected), "{error}");
        }
    }
}
