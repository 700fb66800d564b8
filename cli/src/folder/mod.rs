//! The folder of a generated crate.
//!
//! Input: the files that the folder should contain. Output: a [`Plan`] of the changes, which can be
//! shown or applied.
//!
//! Invariants:
//!
//! * Planning changes nothing.
//! * A file without the generated header is never changed. If it is at a path that should be
//!   written, the run stops.

mod apply;
mod change;
mod header;
mod lock;
mod stale;

use anyhow::{Context, Result, anyhow, bail};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

pub use change::{Change, Kind};
pub use lock::Lock;

/// The folder of a client.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    layout: Layout,
    inputs: Vec<PathBuf>,
}

/// The places of generated files in a folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A crate: in `src` and `tests`.
    #[default]
    Crate,
    /// A module of a crate: in the folder itself, in `models` and in `requests`.
    Module,
}

impl Folder {
    /// Returns the folder `root`, in which generated files have the places of `layout`.
    pub fn new(root: &Path, layout: Layout) -> Self {
        Self { root: root.to_owned(), layout, inputs: Vec::new() }
    }

    /// Sets the files that the client is generated from. They are never replaced or removed.
    #[must_use]
    pub fn inputs(mut self, paths: impl IntoIterator<Item = PathBuf>) -> Self {
        self.inputs = paths.into_iter().filter_map(|path| path.canonicalize().ok()).collect();
        self
    }

    /// Compares `files` with the content of the folder. `files` maps paths relative to the folder,
    /// with `/`, to text.
    ///
    /// # Errors
    ///
    /// A file that is not generated, or something else, is at a path that should be written (the
    /// error names all of them). A path leads out of the folder. A file cannot be read.
    pub fn plan(&self, files: BTreeMap<String, String>) -> Result<Plan> {
        let root = std::path::absolute(&self.root);
        let root = root.with_context(|| format!("cannot resolve {}", self.root.display()))?;
        if root.exists() && !root.is_dir() {
            bail!("{} is not a folder", root.display());
        }
        let (stale, leftovers) = stale::find(&root, self.layout, &files)?;
        let stale = stale.into_iter().filter(|path| !self.is_input(&root.join(path)));
        let stale = stale.map(|path| Stale::read(&root, path)).collect::<Result<_>>()?;
        let mut plan = Plan { root, writes: Vec::new(), stale, leftovers, unchanged: 0 };
        let mut obstacles = Vec::new();
        let mut parents = BTreeMap::new();
        for (path, new) in files {
            match plan.look(&path, &mut parents)? {
                Found::Generated(_) if self.is_input(&plan.root.join(&path)) => {
                    obstacles.push(format!(
                        "{}: the client is generated from it",
                        plan.root.join(&path).display()
                    ));
                }
                Found::Nothing => plan.writes.push(Write { path, old: None, new }),
                Found::Generated(old) if old == new.as_bytes() => plan.unchanged += 1,
                Found::Generated(old) => plan.writes.push(Write { path, old: Some(old), new }),
                Found::Obstacle(obstacle) => obstacles.push(obstacle),
            }
        }
        if obstacles.is_empty() { Ok(plan) } else { Err(refusal(obstacles)) }
    }

    fn is_input(&self, path: &Path) -> bool {
        !self.inputs.is_empty() && path.canonicalize().is_ok_and(|path| self.inputs.contains(&path))
    }
}

/// The changes that make a folder hold exactly the generated files.
#[derive(Debug)]
pub struct Plan {
    root: PathBuf,
    /// Files to create or replace.
    pub writes: Vec<Write>,
    /// Generated files that are no longer wanted.
    pub stale: Vec<Stale>,
    /// Temporary files of a run that was killed, with `/`, relative to the folder.
    leftovers: Vec<String>,
    /// The number of files that are up to date.
    pub unchanged: usize,
}

/// A file whose text differs from the text on the disk.
#[derive(Debug)]
pub struct Write {
    /// The path relative to the folder, with `/`.
    pub path: String,
    /// The current text; `None` if there is no file.
    pub old: Option<Vec<u8>>,
    /// The new text.
    pub new: String,
}

/// A generated file that is no longer wanted.
#[derive(Debug)]
pub struct Stale {
    /// The path relative to the folder, with `/`.
    pub path: String,
    /// The current text.
    pub text: Vec<u8>,
}

impl Stale {
    fn read(root: &Path, path: String) -> Result<Self> {
        let place = root.join(&path);
        let text = fs::read(&place).with_context(|| format!("cannot read {}", place.display()))?;
        Ok(Self { path, text })
    }
}

impl Plan {
    /// Compares `files` with the folder `root` of a crate. See [`Folder::plan`].
    ///
    /// # Errors
    ///
    /// The same errors as [`Folder::plan`].
    pub fn new(root: &Path, files: BTreeMap<String, String>) -> Result<Self> {
        Folder::new(root, Layout::Crate).plan(files)
    }

    /// Returns true if there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.stale.is_empty()
    }

    /// Returns what is at `path` now. Does not follow symbolic links, which may lead out of the
    /// folder. `parents` caches which parent folders exist.
    fn look(&self, path: &str, parents: &mut BTreeMap<PathBuf, bool>) -> Result<Found> {
        if !Path::new(path).components().all(|component| matches!(component, Component::Normal(_))) {
            bail!("the path of a generated file leads out of its folder: {path}");
        }
        let mut place = self.root.clone();
        let mut components = Path::new(path).components().peekable();
        while let Some(component) = components.next() {
            place.push(component);
            let is_last = components.peek().is_none();
            match parents.get(&place) {
                Some(true) if !is_last => continue,
                Some(false) => return Ok(Found::Nothing),
                _ => {}
            }
            let kind = match fs::symlink_metadata(&place) {
                Ok(metadata) => metadata.file_type(),
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    if !is_last {
                        parents.insert(place, false);
                    }
                    return Ok(Found::Nothing);
                }
                Err(error) => return Err(error).with_context(|| format!("cannot read {}", place.display())),
            };
            if kind.is_symlink() {
                return Ok(Found::Obstacle(format!("{}: a symbolic link", place.display())));
            } else if !is_last && !kind.is_dir() {
                return Ok(Found::Obstacle(format!("{}: not a folder", place.display())));
            } else if is_last && !kind.is_file() {
                return Ok(Found::Obstacle(format!("{}: not a file", place.display())));
            }
            if !is_last {
                parents.insert(place.clone(), true);
            }
        }
        let text = fs::read(&place).with_context(|| format!("cannot read {}", place.display()))?;
        if header::begins(&text) {
            Ok(Found::Generated(text))
        } else {
            Ok(Found::Obstacle(format!("{}: without the generated header", place.display())))
        }
    }
}

/// The current content of a path that should be written.
enum Found {
    Nothing,
    Generated(Vec<u8>),
    /// A description of what is in the way.
    Obstacle(String),
}

/// Returns true if there is a file at `path` that is not generated.
pub fn is_hand_written(path: &Path) -> Result<bool> {
    match header::is_in(path) {
        Ok(generated) => Ok(!generated),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

fn refusal(mut obstacles: Vec<String>) -> anyhow::Error {
    obstacles.dedup();
    anyhow!("nothing is written, because what is there was not generated:\n  {}", obstacles.join("\n  "))
}

#[cfg(test)]
mod tests;
