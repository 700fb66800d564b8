//! Comparing two versions of a client, each a document or a lock, on the disk or in a git revision.

use crate::arguments::Diff;
use crate::{Outcome, console};
use anyhow::{Context, Result, anyhow, bail};
use generator::{Bump, Lock, Options, Source};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Prints what differs between two versions of a client. The outcome is [`Outcome::Differs`] if the change is more than the
/// arguments allow.
///
/// # Errors
///
/// A file can't be read, git does not have it, or a document has errors.
pub fn run(arguments: &Diff) -> Result<Outcome> {
    let old = side(&arguments.old, None)?;
    let new = side(&arguments.new, Some(&old))?;
    let diff = generator::diff(&old, &new);
    console::result(&match (arguments.json, arguments.markdown) {
        (true, _) => format!("{:#}\n", diff.json()),
        (false, true) => diff.markdown(),
        (false, false) => diff.text(),
    });
    let allowed = arguments.max.map_or(Bump::Major, Bump::from);
    Ok(if diff.rust() > allowed { Outcome::Differs } else { Outcome::Done })
}

/// Reads one version. A document is named by the lock of the version before, as its generation would be.
fn side(argument: &str, before: Option<&Lock>) -> Result<Lock> {
    let is_lock = argument.ends_with(".lock");
    let path = Path::new(argument);
    let source = match (path.exists(), argument.split_once(':')) {
        (true, _) if is_lock => {
            let text = fs::read_to_string(path).with_context(|| format!("cannot read {argument}"))?;
            return Lock::parse(&text).with_context(|| format!("in {argument}"));
        }
        (true, _) => Source::read(path, &[]),
        (false, Some((revision, file))) => {
            let text = of_revision(revision, file)?;
            if is_lock {
                return Lock::parse(&text).with_context(|| format!("in {argument}"));
            }
            Ok(Source::from_text((argument, &text), &[]))
        }
        (false, None) => {
            bail!("there is no file {argument}; a file of a git revision is written `HEAD~1:{argument}`")
        }
    };
    let options = Options { earlier_lock: before.map(|lock| lock.render("")), ..Options::default() };
    source.and_then(|source| generator::lock(&source, &options)).map_err(|diagnostics| {
        console::message(&diagnostics.render());
        anyhow!("{argument} has errors")
    })
}

/// Reads a file of a git revision. The path is relative to the current folder.
fn of_revision(revision: &str, file: &str) -> Result<String> {
    if revision.starts_with('-') {
        bail!("`{revision}` is no revision");
    }
    let git = Command::new("git").arg("show").arg(format!("{revision}:./{file}")).output();
    let git = git.context("cannot run git")?;
    if !git.status.success() {
        bail!("git has no {revision}:{file}: {}", String::from_utf8_lossy(&git.stderr).trim());
    }
    String::from_utf8(git.stdout).with_context(|| format!("{revision}:{file} is not UTF-8 text"))
}
