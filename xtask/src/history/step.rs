//! One step of an API: compares two versions of a document.

use crate::workspace::Workspace;
use anyhow::{Result, anyhow, bail};
use cpu_time::ProcessTime;
use generator::{Bump, Diagnostics, Diff, Header, Options, Output, Source};
use std::path::{Path, PathBuf};
use std::time::Duration;
use wirewright::folder::Plan;
use wirewright::package::{Around, CrateName, Package, RuntimeSource};

/// A document and the version before it.
#[derive(Debug)]
pub(super) struct Step {
    /// The API with both versions, such as `api 1.0 -> 1.1`.
    pub(super) title: String,
    /// The crate name of the newer version.
    pub(super) name: CrateName,
    pub(super) old: PathBuf,
    pub(super) new: PathBuf,
}

/// The comparison of a step, and the CPU time of comparing and of generating both versions.
#[derive(Debug)]
pub(super) struct Measured {
    pub(super) diff: Diff,
    pub(super) diffing: Duration,
    pub(super) generating: Duration,
}

impl Step {
    /// Compares both versions. Writes the newer crate into `out`, with a program that uses every
    /// item of the older crate.
    pub(super) fn measure(&self, workspace: &Workspace, out: &Path) -> Result<Measured> {
        let start = ProcessTime::now();
        let options = Options { header: Header::Xtask, ..Options::default() };
        let lock = |path: &Path, options: &Options| {
            let lock = Source::read(path, &[]).and_then(|source| generator::lock(&source, options));
            lock.map_err(|all| failed(path, &all))
        };
        let old = lock(&self.old, &options)?;
        let named = Options { earlier_lock: Some(old.render("")), ..options.clone() };
        let new = lock(&self.new, &named)?;
        let diff = generator::diff(&old, &new);
        let diffing = start.elapsed();
        let start = ProcessTime::now();
        generate(&self.old, &options)?;
        let mut files = generate(&self.new, &named)?.files;
        let generating = start.elapsed();
        let package = Package {
            name: self.name.clone(),
            origin: "two versions".to_owned(),
            header: Header::Xtask,
            runtime: RuntimeSource::folder(workspace.runtime()),
            workspace: Around::Apart,
            dependencies: Default::default(),
        };
        files.insert("Cargo.toml".to_owned(), package.manifest(out, &[])?);
        let header = Header::Xtask.line("two versions");
        let caller = format!("// {header}\n{}", old.caller(&self.name.library()));
        files.insert("examples/caller.rs".to_owned(), caller);
        Plan::new(out, files)?.apply()?;
        Ok(Measured { diff, diffing, generating })
    }
}

impl Measured {
    /// Returns true if a program that did not compile contradicts the verdict.
    pub(super) fn is_wrong(&self, errors: usize) -> bool {
        self.diff.rust() < Bump::Major && errors > 0
    }
}

fn generate(path: &Path, options: &Options) -> Result<Output> {
    let output = Source::read(path, &[]).and_then(|source| generator::generate(&source, options));
    output.map_err(|all| failed(path, &all))
}

fn failed(path: &Path, diagnostics: &Diagnostics) -> anyhow::Error {
    let first = diagnostics.iter().next().map(|one| one.message().to_owned()).unwrap_or_default();
    anyhow!("{}: {first}", path.display())
}

/// Returns the steps of every API below `folder`.
pub(super) fn all(folder: &Path, only: &[glob::Pattern]) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    for api in entries(folder)?.into_iter().filter(|api| api.is_dir()) {
        let name = stem(&api);
        if !only.is_empty() && !only.iter().any(|only| only.matches(&name)) {
            continue;
        }
        let mut versions = entries(&api)?;
        versions.retain(|path| path.is_file());
        versions.sort_by_cached_key(|path| numbers(&stem(path)));
        for (old, new) in versions.iter().zip(versions.iter().skip(1)) {
            let title = format!("{name} {} -> {}", stem(old), stem(new));
            let crate_name = CrateName::from_document(Path::new(&format!("{name}-{}.x", stem(new))));
            steps.push(Step { title, name: crate_name, old: old.clone(), new: new.clone() });
        }
    }
    if steps.is_empty() {
        bail!("no folder in {} has two versions of a document", folder.display());
    }
    Ok(steps)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| anyhow!("{}: {error}", folder.display()))? {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

/// Returns the file name without `.json`, `.yaml` or `.yml`.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let endings = [".json", ".yaml", ".yml"];
    endings.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name).to_owned()
}

/// Returns the sort key of a version: its numbers, then its text. `1.10` sorts after `1.9`.
fn numbers(version: &str) -> (Vec<u64>, String) {
    let numbers = version.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok());
    (numbers.collect(), version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_follow_their_numbers() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["b/v1.9.yaml", "b/v1.10.json", "b/v1.2.yml", "a/1.json"] {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let steps = all(folder.path(), &[]).unwrap();
        let titles: Vec<&str> = steps.iter().map(|step| step.title.as_str()).collect();
        assert_eq!(titles, ["b v1.2 -> v1.9", "b v1.9 -> v1.10"]);
        assert_eq!(steps[1].name.as_str(), "b-v1-10");
        assert!(all(folder.path(), &["a".parse().unwrap()]).is_err());
    }
}
