//! The cargo workspace of the generated crates.
//!
//! Input: crate names. Output: the workspace's manifest and lock file. Builds use this repository's
//! dependency versions, and no settings from the environment.

mod check;

pub(crate) use check::{Check, Tool, check};

use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wirewright::folder;

/// The workspace's folder.
#[derive(Debug)]
pub(crate) struct Crates {
    folder: PathBuf,
}

impl Crates {
    /// Creates a workspace in `folder` with the members `names`. The members need not exist yet.
    pub(crate) fn new<'a>(
        workspace: &Workspace,
        folder: PathBuf,
        names: impl Iterator<Item = &'a str>,
    ) -> Result<Self> {
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let members: Vec<String> = names.map(|name| format!("    {name:?},\n")).collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n\n# Tests run once: building them is all that takes time.\n\
             [profile.dev]\ndebug = false\nincremental = false\n",
            members.concat()
        );
        let crates = Self { folder };
        crates.write("Cargo.toml", &manifest)?;
        let lock = workspace.root().join("Cargo.lock");
        let lock = fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
        crates.write("Cargo.lock", &lock)?;
        Ok(crates)
    }

    /// Returns the folder of a member.
    pub(crate) fn member(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Removes the files that an earlier run generated for a member.
    pub(crate) fn clear(&self, name: &str) -> Result<()> {
        let member = self.member(name);
        if member.exists() {
            folder::Plan::new(&member, Default::default())?.apply()?;
        }
        Ok(())
    }

    /// Writes a file of the workspace itself.
    pub(crate) fn write(&self, path: &str, text: &str) -> Result<()> {
        let path = self.folder.join(path);
        let folder = path.parent().unwrap_or(Path::new(""));
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Removes a folder if it exists.
    pub(crate) fn remove(&self, path: &str) -> Result<()> {
        let folder = self.folder.join(path);
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove {}", folder.display()))
            }
            _ => Ok(()),
        }
    }

    /// Returns a cargo command that runs in the workspace.
    pub(crate) fn cargo(&self) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(&self.folder);
        for variable in ["CARGO_TARGET_DIR", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_MANIFEST_DIR"] {
            command.env_remove(variable);
        }
        command
    }
}
