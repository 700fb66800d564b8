//! The folders of this repository, as absolute paths.
//!
//! Invariant: no path depends on the current directory.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The root folder of this repository's workspace.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the workspace that holds this crate. Uses the folder that cargo names at run time,
    /// else the folder that the crate was built in.
    pub(crate) fn find() -> Self {
        let here =
            std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let here = PathBuf::from(here);
        Self { root: here.parent().map_or(here.clone(), Path::to_owned) }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Builds a program of this workspace in release mode, and returns its path.
    pub(crate) fn release_build(&self, package: &str) -> Result<PathBuf> {
        let mut command = Command::new("cargo");
        command.args(["build", "--release", "--quiet", "--package", package]).current_dir(&self.root);
        if !command.status().context("cannot run cargo")?.success() {
            bail!("cargo could not build {package}");
        }
        Ok(self.root.join("target/release").join(package))
    }

    /// Returns the configuration file, which lists the clients and their documents.
    pub(crate) fn config(&self) -> PathBuf {
        self.root.join("spec/codegen.toml")
    }

    /// Returns the folder of the `runtime` crate.
    pub(crate) fn runtime(&self) -> PathBuf {
        self.root.join("runtime")
    }

    /// Returns the folder of the mock server's npm manifest and lock file.
    pub(crate) fn conformance(&self) -> PathBuf {
        self.root.join("xtask/conformance")
    }

    /// Returns the folder of the manifest, lock file and driver for AutoRest's test server.
    pub(crate) fn autorest(&self) -> PathBuf {
        self.conformance().join("autorest")
    }

    /// Returns the folder that AutoRest's test server is installed and run in.
    pub(crate) fn autorest_target(&self) -> PathBuf {
        self.conformance_target().join("autorest")
    }

    /// Returns the folder that the mock server is installed and run in.
    pub(crate) fn conformance_target(&self) -> PathBuf {
        self.root.join("target/conformance")
    }

    /// Returns the folder for generated crates and peers of `bench`.
    pub(crate) fn bench_target(&self) -> PathBuf {
        self.root.join("target/bench")
    }

    /// Returns the folder for the crates of a corpus.
    pub(crate) fn corpus_target(&self) -> PathBuf {
        self.root.join("target/corpus")
    }

    /// Returns the folder for the crates and programs of a history.
    pub(crate) fn history_target(&self) -> PathBuf {
        self.root.join("target/history")
    }
}
