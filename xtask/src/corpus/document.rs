//! Finds the OpenAPI documents of a folder.
//!
//! Input: a folder. Output: its documents, sorted by path. A file with `openapi` or `swagger` at
//! its top is a document, even if it cannot be parsed: the generator then reports the error. Other
//! files are ignored or are parts of documents.

use super::declared::declared;
use super::row::Declared;
use anyhow::{Context, Result, bail};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use wirewright::package::CrateName;

/// One document to measure.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) path: PathBuf,
    /// The path below the folder, with `/` as separator.
    pub(crate) file: String,
    /// The unique name of the generated crate.
    pub(crate) name: CrateName,
    pub(super) openapi: String,
    pub(super) declared: Declared,
}

/// Returns all documents below `folder`, and a message for each file that looks like a document but
/// is none.
pub(crate) fn all(folder: &Path) -> Result<(Vec<Document>, Vec<String>)> {
    if !folder.is_dir() {
        bail!("{} is no folder", folder.display());
    }
    let mut paths = Vec::new();
    for ending in ["json", "yaml", "yml"] {
        let pattern = format!("{}/**/*.{ending}", glob::Pattern::escape(&folder.to_string_lossy()));
        for path in glob::glob(&pattern)? {
            paths.push(path.context("a folder can't be read")?);
        }
    }
    paths.retain(|path| path.is_file());
    paths.sort();
    let (mut documents, mut problems, mut names) = (Vec::new(), Vec::new(), HashSet::new());
    for path in paths {
        let file = wirewright::paths::shown(&path, folder);
        let (openapi, declared) = match declared(&path) {
            Ok(Some(found)) => found,
            Ok(None) => continue,
            Err(error) => {
                problems.push(format!("{file}: nothing is counted in it: {error:#}"));
                match claimed_version(&path) {
                    Some(version) => (version, Declared::default()),
                    None => continue,
                }
            }
        };
        let name = unused(&file, &mut names);
        documents.push(Document { path, file, name, openapi, declared });
    }
    Ok((documents, problems))
}

/// Returns the version from a line of a file that cannot be parsed.
fn claimed_version(path: &Path) -> Option<String> {
    let text = String::from_utf8_lossy(&fs::read(path).ok()?).into_owned();
    text.lines().find_map(|line| {
        let (key, version) = line.trim_start_matches(['{', ' ', '\u{feff}']).split_once(':')?;
        let is_version = ["openapi", "swagger"].contains(&key.trim_matches(['"', '\'', ' ']));
        is_version.then(|| version.trim_matches(['"', '\'', ' ', ',']).to_owned())
    })
}

/// Returns a crate name made from the whole path, different from all names in `names`.
fn unused(file: &str, names: &mut HashSet<String>) -> CrateName {
    let flat = file.replace('/', "-");
    let stem = flat.rsplit_once('.').map_or(flat.as_str(), |(stem, _)| stem);
    let tries =
        (1..).map(|number| if number == 1 { format!("{stem}.x") } else { format!("{stem}-{number}.x") });
    let mut names = tries
        .map(|name| CrateName::from_document(Path::new(&name)))
        .filter(|name| names.insert(name.as_str().to_owned()));
    names.next().unwrap_or_else(|| CrateName::from_document(Path::new("client")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_documents_and_their_parts_are_not() {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in [
            ("b/openapi.yaml", "openapi: 3.0.0\npaths: {/a: {$ref: part.yaml}}\n"),
            ("b/part.yaml", "get: {}\n"),
            ("b-openapi.json", r#"{"openapi": "3.0.0", "paths": {}}"#),
            ("INDEX.tsv", "openapi: 3.0.0\n"),
            ("bad.yml", "openapi: 3.0.0\n\tpaths\n"),
            ("bad.json", "not JSON"),
        ] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let (documents, problems) = all(folder.path()).unwrap();
        let found: Vec<_> = documents
            .iter()
            .map(|found| (found.file.as_str(), found.name.as_str(), found.declared.operations))
            .collect();
        assert_eq!(
            found,
            [("b/openapi.yaml", "b-openapi", 1), ("b-openapi.json", "b-openapi-2", 0), ("bad.yml", "bad", 0)]
        );
        assert_eq!(problems.len(), 2, "{problems:?}");
    }
}
