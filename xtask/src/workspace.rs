//! This repository: where its folders are.
//!
//! Cargo's environment in, absolute paths out. The rule: nothing here depends on the current directory.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The root folder of this repository's workspace.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The workspace that holds this crate. Cargo names the crate's folder when it runs the command; when the binary
    /// is run without cargo, it is the folder that the crate was built in.
    pub(crate) fn find() -> Self {
        let here =
            std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let here = PathBuf::from(here);
        Self { root: here.parent().map_or(here.clone(), Path::to_owned) }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Builds the release version of this program, whatever runs now, and returns its path.
    pub(crate) fn release_build(&self) -> Result<PathBuf> {
        let mut command = Command::new("cargo");
        command.args(["build", "--release", "--quiet", "--package", "xtask"]).current_dir(&self.root);
        if !command.status().context("cannot run cargo")?.success() {
            bail!("cargo could not build xtask");
        }
        Ok(self.root.join("target/release/xtask"))
    }

    /// The file that says what is generated from what.
    pub(crate) fn config(&self) -> PathBuf {
        self.root.join("spec/codegen.toml")
    }

    /// The folder of the crate that generated code calls.
    pub(crate) fn runtime(&self) -> PathBuf {
        self.root.join("runtime")
    }

    /// The committed npm manifest and lock file of the mock server.
    pub(crate) fn conformance(&self) -> PathBuf {
        self.root.join("xtask/conformance")
    }

    /// Where the mock server is installed and run.
    pub(crate) fn conformance_target(&self) -> PathBuf {
        self.root.join("target/conformance")
    }

    /// Where crates are generated and built to measure what they cost, and where peers are installed.
    pub(crate) fn bench_target(&self) -> PathBuf {
        self.root.join("target/bench")
    }

    /// Where the crates of a corpus are generated and checked.
    pub(crate) fn corpus_target(&self) -> PathBuf {
        self.root.join("target/corpus")
    }

    /// Where the crates of a history and the programs that use them are generated and checked.
    pub(crate) fn history_target(&self) -> PathBuf {
        self.root.join("target/history")
    }
}
