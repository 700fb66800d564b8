//! One side of a comparison: what an argument refers to, and how to get the lock of a client from
//! there.

use super::git;
use crate::client::{Client, Document, LOCK};
use crate::{console, generate, paths};
use anyhow::{Context, Result, anyhow, bail};
use generator::{Diagnostics, Lock, Options, Source};
use std::fs;
use std::path::{Path, PathBuf};

/// The input that the argument OLD or NEW names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// A document or a lock on the disk.
    File(PathBuf),
    /// A document or a lock of a revision, such as `HEAD~1:api.yaml`. The path is relative to the
    /// current folder.
    OfRevision { revision: String, path: String },
    /// A revision: every client of the configuration at that revision.
    Revision(String),
    /// Every client of the configuration, with the current files.
    WorkingTree,
}

impl Side {
    /// Parses an argument.
    ///
    /// # Errors
    ///
    /// The argument is neither a file nor a revision.
    pub(super) fn of(argument: &str, here: &Path) -> Result<Self> {
        let path = Path::new(argument);
        if here.join(path).is_file() {
            return Ok(Self::File(path.to_owned()));
        }
        match argument.split_once(':') {
            Some((revision, path)) => {
                Ok(Self::OfRevision { revision: revision.to_owned(), path: path.to_owned() })
            }
            None if git::is_revision(here, argument) => Ok(Self::Revision(argument.to_owned())),
            None => bail!(
                "`{argument}` is neither a file nor a git revision; a file of a revision is written `HEAD~1:{argument}`"
            ),
        }
    }

    /// Returns true if the side includes every client of the configuration.
    pub(super) const fn is_whole(&self) -> bool {
        matches!(self, Self::Revision(_) | Self::WorkingTree)
    }

    /// Returns the lock of a file. If the file is a document, the lock `before` supplies its names,
    /// as in the next generation.
    pub(super) fn lock(&self, overlays: &[PathBuf], before: Option<&Lock>) -> Result<Lock> {
        let (name, text) = match self {
            Self::File(path) => {
                let name = path.display().to_string();
                if !is_lock(&name) {
                    return lock_of(
                        Source::read(path, overlays),
                        &named_by(before, Options::default()),
                        &name,
                    );
                }
                let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
                (name, text)
            }
            Self::OfRevision { revision, path } => {
                let here = Path::new(".");
                let name = format!("{revision}:{path}");
                let text = git::show(here, revision, path)?.with_context(|| format!("git has no {name}"))?;
                if !is_lock(path) {
                    let overlays = overlay_texts(overlays)?;
                    let source = of_revision(here, revision, (path, &text), &overlays);
                    return lock_of(Ok(source), &named_by(before, Options::default()), &name);
                }
                (name, text)
            }
            Self::Revision(_) | Self::WorkingTree => bail!("a revision is compared as a whole"),
        };
        Lock::parse(&text).with_context(|| format!("in {name}"))
    }

    /// Returns the lock of a configured client, or `None` if this side does not have the client.
    pub(super) fn lock_of_client(&self, client: &Client, before: Option<&Lock>) -> Result<Option<Lock>> {
        let Document::File(document) = &client.document else { bail!("standard input has no revisions") };
        let Self::Revision(revision) = self else {
            let mut options = options_of(client, before)?;
            options.earlier_lock = client.earlier_lock()?.or(options.earlier_lock);
            return lock_of(client.source(), &options, &client.label).map(Some);
        };
        if client.out.is_dir()
            && let Some(text) = git::show(&client.out, revision, LOCK)?
        {
            return Lock::parse(&text)
                .map(Some)
                .with_context(|| format!("in {revision}:{}/{LOCK}", client.label));
        }
        let mut overlays = Vec::new();
        for path in &client.overlays {
            overlays.extend(file_of(revision, path)?.map(|text| (paths::shown(path, Path::new("")), text)));
        }
        let Some(text) = file_of(revision, document)? else { return Ok(None) };
        let (folder, name) = split(document);
        let source = of_revision(folder, revision, (&name, &text), &overlays);
        lock_of(Ok(source), &options_of(client, before)?, &format!("{revision}:{name}")).map(Some)
    }
}

fn is_lock(path: &str) -> bool {
    path.ends_with(".lock")
}

/// Returns the options of the next generation of a client. If the manifest is generated, the crate
/// has features for tags.
fn options_of(client: &Client, before: Option<&Lock>) -> Result<Options> {
    let features = generate::has_own_manifest(client)?;
    Ok(named_by(before, Options { features, ..client.options.clone() }))
}

/// Returns options that keep the names and the features of a lock.
fn named_by(before: Option<&Lock>, options: Options) -> Options {
    let features = options.features || before.is_some_and(Lock::declares_features);
    Options { features, earlier_lock: before.map(|lock| lock.render("")), ..options }
}

fn lock_of(source: Result<Source, Diagnostics>, options: &Options, name: &str) -> Result<Lock> {
    source.and_then(|source| generator::lock(&source, options)).map_err(|diagnostics| {
        console::message(&diagnostics.render());
        anyhow!("{name} has errors")
    })
}

/// Returns the text of a file of a revision, or `None` if the revision has no such file. The file's
/// folder must exist in the working tree.
fn file_of(revision: &str, path: &Path) -> Result<Option<String>> {
    let (folder, name) = split(path);
    if folder.is_dir() { git::show(folder, revision, &name) } else { Ok(None) }
}

fn split(path: &Path) -> (&Path, String) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (folder, path.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

/// Reads a document of a revision, and the files of that revision that the document refers to.
fn of_revision(
    folder: &Path,
    revision: &str,
    (path, text): (&str, &str),
    overlays: &[(String, String)],
) -> Source {
    let overlays: Vec<(&str, &str)> =
        overlays.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let above = path.rsplit_once('/').map_or_else(String::new, |(above, _)| format!("{above}/"));
    Source::from_reader((&format!("{revision}:{path}"), text), &overlays, |key| {
        let path = format!("{above}{key}");
        let text = git::show(folder, revision, &path).ok().flatten()?;
        Some((format!("{revision}:{path}"), text))
    })
}

fn overlay_texts(paths: &[PathBuf]) -> Result<Vec<(String, String)>> {
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok((path.display().to_string(), text))
    };
    paths.iter().map(read).collect()
}
