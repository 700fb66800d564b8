//! A generated crate that calls its operations.
//!
//! Input: the generated files. Output: the outcome of each call. Each crate is a workspace of its
//! own, so that a crate that does not compile fails alone.

use crate::corpus::document::Document;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wirewright::folder::Plan;

/// A crate with a test that calls each operation.
#[derive(Debug)]
pub(super) struct Client {
    folder: PathBuf,
    target: PathBuf,
}

/// The outcome of one call.
#[derive(Debug)]
pub(super) struct Called {
    /// The operation's JSON pointer.
    pub(super) operation: String,
    /// `decoded`, `uncalled`, or the error's kind.
    pub(super) outcome: String,
    pub(super) status: Option<u16>,
    pub(super) message: String,
}

impl Client {
    /// Writes the crate into a folder below `crates`.
    pub(super) fn write(
        workspace: &Workspace,
        crates: &Path,
        document: &Document,
        files: BTreeMap<String, String>,
    ) -> Result<Self> {
        let name = document.name.as_str();
        let client = Self { folder: crates.join(name), target: crates.join("target") };
        Plan::new(&client.folder, files)?.apply()?;
        fs::write(client.folder.join("Cargo.toml"), manifest(name, workspace.root()))?;
        fs::copy(workspace.root().join("Cargo.lock"), client.folder.join("Cargo.lock"))?;
        Ok(client)
    }

    /// Calls all operations of the server at `url`. Returns the outcomes, and cargo's error if not
    /// all calls could be made.
    pub(super) fn call(&self, url: &str) -> Result<(Vec<Called>, Option<String>)> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(["test", "--offline", "--quiet", "--test", "conformance", "--target-dir"]);
        command.arg(&self.target).args(["--", "--nocapture"]).current_dir(&self.folder);
        // A proxy from the environment cannot reach this machine's loopback.
        command.env("JUDGE_URL", url).env("NO_PROXY", "127.0.0.1");
        command.env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS").env_remove("CARGO_MANIFEST_DIR");
        let output = command.output().context("cannot run cargo")?;
        let failure = (!output.status.success()).then(|| {
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            let error = |line: &&str| line.starts_with("error") || line.contains("overflow");
            let line = text.lines().find(error).unwrap_or_default();
            format!("the calls do not compile or run: {line}")
        });
        Ok((String::from_utf8_lossy(&output.stdout).lines().filter_map(called).collect(), failure))
    }
}

/// Parses a line that the test prints.
fn called(line: &str) -> Option<Called> {
    let mut parts = line.splitn(4, '\t').map(str::to_owned);
    Some(Called {
        operation: parts.next().filter(|operation| operation.starts_with('/'))?,
        outcome: parts.next()?,
        status: parts.next()?.parse().ok(),
        message: parts.next()?,
    })
}

fn manifest(name: &str, root: &Path) -> String {
    let runtime = root.join("runtime");
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\nruntime = {{ package = \"wirewright-runtime\", path = {runtime:?} }}\n\n\
         [dev-dependencies]\ntokio = {{ version = \"1\", features = [\"rt\", \"net\", \"time\"] }}\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n"
    )
}
