//! Reads files of a revision from git.
//!
//! Invariant: nothing in the repository or in the working tree changes.

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::{Command, Output};

/// Returns true if `text` names a commit of the repository around the folder `here`.
pub(super) fn is_revision(here: &Path, text: &str) -> bool {
    let commit = format!("{text}^{{commit}}");
    let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
    !text.starts_with('-') && git(here, &arguments).is_ok_and(|output| output.status.success())
}

/// Returns the text of a file of a revision, or `None` if the revision has no such file. The path
/// is relative to the folder `here`, with `/`.
///
/// # Errors
///
/// git can't be run, or the file is not UTF-8.
pub(super) fn show(here: &Path, revision: &str, path: &str) -> Result<Option<String>> {
    if revision.starts_with('-') {
        bail!("`{revision}` is no revision");
    }
    let object = format!("{revision}:./{path}");
    let output = git(here, &["cat-file", "blob", &object])?;
    if !output.status.success() {
        return Ok(None);
    }
    let text = String::from_utf8(output.stdout);
    text.map(Some).with_context(|| format!("{revision}:{path} is not UTF-8 text"))
}

fn git(here: &Path, arguments: &[&str]) -> Result<Output> {
    Command::new("git").arg("-C").arg(here).args(arguments).output().context("cannot run git")
}
