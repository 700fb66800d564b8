//! The configuration file. Input: its text. Output: the clients that it lists.
//!
//! `wirewright.toml` and `spec/codegen.toml` have the same shape. Paths are relative to the file.
//!
//! ```toml
//! deny = ["warnings", "N010"]       # diagnostics that stop the run
//! [[allow]]                         # diagnostics that are not shown
//! code = "W005"
//! reason = "the names are pinned"
//!
//! [[client]]
//! document = "api.yaml"
//! overlays = ["api.overlay.yaml"]   # applied in this order
//! out = "../api-client"             # the folder of the crate; or `module = "src/api"`, in a crate of yours
//! name = "api-client"               # default: from the document's file name
//! runtime = "0.1"                   # or a git source, or a folder
//! examples = true                   # the document's examples as a test; default: false
//! groups = "tag"                    # client.issues().create(…); default: "flat", client.issues_create(…)
//! [client.only]                     # the operations to generate; default: all
//! tags = ["users"]
//! paths = ["/v1/Users*"]            # `*` is any text
//! ids = ["FetchUser"]
//! [client.names]                    # pinned names: JSON pointer to Rust identifier
//! "#/components/schemas/api.v1.user" = "User"
//! [client.types]                    # types of yours: component schema or format to Rust type
//! "#/components/schemas/money" = "rust_decimal::Decimal"
//! "format:decimal" = "rust_decimal::Decimal"
//! [client.derives]                  # more derives: pattern of type names to traits
//! "Ticket*" = ["Ord", "Hash"]
//! [client.dependencies]             # what these types and traits need, as in a Cargo.toml
//! rust_decimal = "1"
//! ```
//!
//! Unknown keys, settings of crates for a module, a file without clients, and two clients in one
//! folder are errors.

mod entry;
mod located;

use crate::levels::{Allow, Deny, Levels};
use crate::paths;
use anyhow::{Context, Result, bail};
use entry::RawEntry;
use located::Problems;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use toml::Spanned;

pub use entry::Entry;

/// The name of the configuration file.
pub const FILE: &str = "wirewright.toml";

/// The whole file.
#[derive(Debug)]
pub struct Config {
    deny: Vec<Deny>,
    allow: Vec<Allow>,
    /// The clients, in the order of the file.
    pub clients: Vec<Entry>,
}

/// The whole file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    #[serde(default)]
    deny: Vec<Deny>,
    #[serde(default)]
    allow: Vec<Allow>,
    #[serde(default, rename = "client")]
    clients: Vec<Spanned<RawEntry>>,
}

impl Config {
    /// Returns the nearest `wirewright.toml` in `folder` (absolute) or above it.
    ///
    /// # Errors
    ///
    /// There is no such file.
    pub fn find(folder: &Path) -> Result<PathBuf> {
        let found = folder.ancestors().map(|folder| folder.join(FILE)).find(|path| path.is_file());
        found.with_context(|| {
            format!("there is no {FILE} in {} or above: `wirewright init` writes one", folder.display())
        })
    }

    /// Reads the file at `path`, which is absolute.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is not TOML of this shape, lists no client, or has two clients with
    /// the same folder.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let folder = path.parent().unwrap_or(path);
        Self::parse(&text, folder).with_context(|| format!("in {}", path.display()))
    }

    /// Returns the diagnostic rules of the file, combined with `deny` from the command line.
    pub fn levels(&self, deny: &[Deny]) -> Levels {
        Levels { deny: [deny, &self.deny].concat(), allow: self.allow.clone() }
    }

    fn parse(text: &str, folder: &Path) -> Result<Self> {
        let RawConfig { deny, allow, clients } = toml::from_str(text)?;
        if clients.is_empty() {
            bail!("there is no `[[client]]`");
        }
        let mut config = Self { deny, allow, clients: Vec::new() };
        let mut problems = Vec::new();
        for client in clients {
            let header = client.span();
            match client.into_inner().check(header) {
                Ok(entry) => config.clients.push(entry),
                Err(found) => problems.extend(found),
            }
        }
        if !problems.is_empty() {
            bail!(Problems { text: text.to_owned(), list: problems });
        }
        let mut folders = BTreeSet::new();
        for entry in &mut config.clients {
            for path in entry.overlays.iter_mut().chain([&mut entry.document, &mut entry.out]) {
                *path = paths::lexical(&folder.join(&*path));
            }
            if let Some(runtime) = &mut entry.runtime {
                runtime.resolve(folder).map_err(anyhow::Error::msg)?;
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
            groups = "tag"
            [client.names]
            "#/components/schemas/a" = "B"
            [client.derives]
            "B*" = ["Eq", "Hash"]
        "##;
        let config = parse(text).unwrap();
        let entry = &config.clients[0];
        assert_eq!(entry.document, Path::new("/w/spec/a.yaml"));
        assert_eq!(entry.overlays, [Path::new("/w/spec/sub/b.yaml"), Path::new("/w/c.yaml")]);
        assert_eq!(entry.out, Path::new("/w/client"));
        assert_eq!(entry.groups, entry::Groups::Tag);
        assert_eq!(entry.names["#/components/schemas/a"], "B");
        assert_eq!(entry.derives["B*"], ["Eq", "Hash"]);
    }

    #[test]
    fn invalid_configurations_are_errors() {
        for (text, expected) in [
            ("", "there is no `[[client]]`"),
            ("deny = ['W999']\n", "neither `warnings` nor"),
            ("allow = [{ code = 'W005' }]\n", "missing field `reason`"),
            ("[[client]]\ndocument = 'a'\nout = 'b'\nname = 'A B'", "' ' is not"),
            ("[[client]]\ndocument = 'a'\nout = 'b'\nruntime = 'no/such'", "neither a version requirement"),
            ("[[client]]\ndocument = 'a'", "missing field `out`"),
            ("[[client]]\ndocument = 'a'\nout = 'a'\nmodule = 'b'", "either `out` or `module`"),
            ("[[client]]\nout = 'a'", "missing field `document`"),
            ("[[client]]\ndocument = 'a'\nout = 'b'\ngroups = 'path'", "unknown variant `path`"),
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

    #[test]
    fn settings_that_do_not_apply_to_a_module_are_located() {
        let text = "# \u{e9}\n[[client]]\ndocument = 'a'\nmodule = 'src/api'\nname = 'api'\nruntime = '0.1'\n\
                    examples = false\n[client.dependencies]\nuuid = '1'\n";
        let error = parse(text).expect_err("three settings");
        assert_eq!(
            error,
            "at line 5, column 8\n  |\n5 | name = 'api'\n  |        ^^^^^\n\
             `name` does not apply to a client with `module`: remove it\n\
             at line 6, column 11\n  |\n6 | runtime = '0.1'\n  |           ^^^^^\n\
             `runtime` does not apply to a client with `module`: put the dependency `runtime` into the Cargo.toml of \
             your crate\n\
             at line 8, column 1\n  |\n8 | [client.dependencies]\n  | ^^^^^^^^^^^^^^^^^^^^^\n\
             `dependencies` does not apply to a client with `module`: put them into the Cargo.toml of your crate"
        );
        let examples = text.replace("name =", "# name =").replace("runtime =", "# runtime =");
        let examples = examples
            .replace("false", "true")
            .replace("[client.dep", "# [client.dep")
            .replace("uuid", "# uuid");
        assert!(parse(&examples).expect_err("one setting").contains("`examples` does not apply"));
        assert!(parse(&examples.replace("true", "false")).is_ok());
    }
}
