//! Applies a [`Plan`] to its folder.
//!
//! Invariants:
//!
//! * Every new text is complete in a temporary file before the first file is replaced. A full disk,
//!   or a folder without write permission, therefore changes nothing.
//! * A file is replaced by a rename. An interrupted run therefore leaves each file old or new,
//!   never half written.
//!
//! Files are not synced to the disk: after a power failure, another run writes what is missing.

use super::stale::TEMPORARY;
use super::{Plan, Write};
use anyhow::{Context, Result};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

impl Plan {
    /// Writes the changed files and removes the stale ones, with folders that become empty. Also
    /// removes the temporary files of a killed run, which is safe because the caller holds the
    /// folder's [`Lock`](super::Lock).
    ///
    /// # Errors
    ///
    /// * A file cannot be staged. Nothing has changed.
    /// * A staged file cannot be moved to its place. The message has the number of files that were
    ///   replaced. A full disk cannot cause this error.
    /// * A stale file cannot be removed.
    pub fn apply(&self) -> Result<()> {
        let mut made = MadeFolders::default();
        let staged = self.stage(&mut made).context("the old files stand")?;
        let all = staged.len();
        for (done, (file, target)) in staged.into_iter().enumerate() {
            file.persist(&target).map_err(|failure| failure.error).with_context(|| {
                format!("{done} of {all} files were replaced: cannot replace {}", target.display())
            })?;
        }
        made.keep();
        self.remove_stale()
    }

    /// Stages all changed files.
    fn stage(&self, made: &mut MadeFolders) -> Result<Vec<(TempPath, PathBuf)>> {
        let mut staged = Vec::with_capacity(self.writes.len());
        for write in &self.writes {
            let target = self.root.join(&write.path);
            let file = made.create_parent(&target).and_then(|()| stage(write, &target));
            let file = file.with_context(|| format!("cannot write {}", target.display()))?;
            staged.push((file, target));
        }
        Ok(staged)
    }

    fn remove_stale(&self) -> Result<()> {
        let stale = self.stale.iter().map(|stale| &stale.path);
        for path in stale.chain(&self.leftovers) {
            let path = self.root.join(path);
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
            let above = path.ancestors().skip(1).take_while(|folder| *folder != self.root);
            // `remove_dir` refuses a folder that is not empty, which ends the loop.
            above.map(fs::remove_dir).take_while(Result::is_ok).for_each(drop);
        }
        Ok(())
    }
}

/// Writes the new text into a temporary file in the target's folder, with the target's permissions.
fn stage(write: &Write, target: &Path) -> io::Result<TempPath> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less the umask, as any new file
    let mut file = builder.tempfile_in(target.parent().unwrap_or(target))?;
    file.write_all(write.new.as_bytes())?;
    if write.old.is_some() {
        file.as_file().set_permissions(fs::metadata(target)?.permissions())?;
    }
    Ok(file.into_temp_path())
}

/// The folders that a run creates. Dropping this value removes them unless the run succeeded.
#[derive(Default)]
struct MadeFolders {
    made: Vec<PathBuf>,
    /// The folder of the last file, which the next file is usually in too.
    last: PathBuf,
}

impl MadeFolders {
    /// Creates the missing folders above `file`.
    fn create_parent(&mut self, file: &Path) -> io::Result<()> {
        let parent = file.parent().unwrap_or(file);
        if parent == self.last {
            return Ok(());
        }
        let missing: Vec<&Path> = file.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.made.push(folder.to_owned());
        }
        self.last = parent.to_owned();
        Ok(())
    }

    fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.made.iter().rev() {
            // Fails if the folder is not empty, which is intended.
            let _ = fs::remove_dir(folder);
        }
    }
}
