//! Holds a folder for one run, so that two runs never mix their files.
//!
//! The lock is `.codegen.lock` in the folder. The operating system releases it when the process
//! ends, however it ends. The next run finds the file and takes it over.

use crate::console;
use anyhow::{Context, Result};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The name of the lock file.
const NAME: &str = ".codegen.lock";

/// The most attempts to create a folder that other runs remove.
const ATTEMPTS: usize = 1_000;

/// The lock of a folder. Dropping it removes the lock file, and the folders that were created for
/// it if they are empty.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    // Keeps the operating system's lock.
    _file: File,
    created: Vec<PathBuf>,
}

impl Lock {
    /// Waits until no other run holds the folder `root`. Creates the folder if it is missing.
    ///
    /// # Errors
    ///
    /// The folder or the lock file cannot be created.
    pub fn acquire(root: &Path) -> Result<Self> {
        let root =
            &std::path::absolute(root).with_context(|| format!("cannot resolve {}", root.display()))?;
        let path = root.join(NAME);
        // Another run may have just removed the folder that it had created. A link that leads nowhere
        // looks the same, and never changes.
        let mut attempts = 0;
        let mut is_removed = |error: &io::Error| {
            attempts += 1;
            error.kind() == ErrorKind::NotFound && attempts < ATTEMPTS
        };
        loop {
            let created = match create(root) {
                Ok(created) => created,
                Err(error) if is_removed(&error) => continue,
                Err(error) => return Err(error).with_context(|| format!("cannot create {}", root.display())),
            };
            let file = match File::options().read(true).write(true).create(true).truncate(false).open(&path) {
                Ok(file) => file,
                Err(error) if is_removed(&error) => continue,
                Err(error) => return Err(error).with_context(|| format!("cannot write {}", path.display())),
            };
            wait(&file, root).with_context(|| format!("cannot lock {}", path.display()))?;
            // The run that held the lock may have removed the file while this one waited.
            if is_file_at(&file, &path) {
                return Ok(Self { path, _file: file, created });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while the lock is held, so that a waiting run notices and starts over.
        let _ = fs::remove_file(&self.path);
        for folder in self.created.iter().rev() {
            // Fails if the run put files there, which is intended.
            let _ = fs::remove_dir(folder);
        }
    }
}

fn wait(file: &File, root: &Path) -> io::Result<()> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            console::message(&format!("waiting for another run on {}", root.display()));
            file.lock()
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Returns true if the file at `path` is the open file `file`.
#[cfg(unix)]
fn is_file_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let (open, there) = (file.metadata().map(identity), fs::metadata(path).map(identity));
    matches!((open, there), (Ok(open), Ok(there)) if open == there)
}

/// Returns true if there is a file at `path`: Windows keeps the name of an open file.
#[cfg(not(unix))]
fn is_file_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Creates a folder and its missing parents. Returns the created folders, the topmost first.
fn create(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    let mut created = Vec::new();
    for folder in missing.into_iter().rev() {
        match fs::create_dir(folder) {
            Ok(()) => created.push(folder.to_owned()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(created)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    #[test]
    fn only_one_run_at_a_time_holds_a_folder() {
        let parent = tempfile::tempdir().unwrap();
        let root = parent.path().join("a/b");
        let holders = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let lock = Lock::acquire(&root).unwrap();
                        assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0);
                        thread::yield_now();
                        holders.fetch_sub(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert!(!root.join(NAME).exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_an_error() {
        let parent = tempfile::tempdir().unwrap();
        let link = parent.path().join("link");
        std::os::unix::fs::symlink(parent.path().join("nowhere"), &link).unwrap();
        for folder in [link.clone(), link.join("below")] {
            assert!(Lock::acquire(&folder).is_err(), "{}", folder.display());
        }
    }

    #[test]
    fn a_lock_file_that_was_left_behind_is_taken_over() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(NAME), "").unwrap();
        drop(Lock::acquire(root.path()).unwrap());
        assert!(!root.path().join(NAME).exists());
    }
}
