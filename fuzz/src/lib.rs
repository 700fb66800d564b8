//! The fuzz targets of the generator and the runtime.
//!
//! A target is a function that processes bytes and panics if something is wrong: text that is not
//! Rust, a value that differs from what a simple decoder reads, an internal error. `engine` runs
//! one target under libFuzzer; the tests run every target on its seeds, on some mutations of them
//! and on the inputs that were found.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a panic is a finding")]

mod generator;
mod mutate;
mod runtime;

use std::path::{Path, PathBuf};

pub use mutate::mutated;

/// A function that processes inputs, and where inputs begin.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The target's name, which begins the file name of each finding.
    pub name: &'static str,
    /// Inputs to begin with.
    pub seeds: Seeds,
    /// Pieces to insert.
    pub words: &'static [&'static [u8]],
    /// Processes an input.
    pub run: fn(&[u8]),
}

/// The inputs that a target begins with.
#[derive(Clone, Copy, Debug)]
pub enum Seeds {
    /// The documents of the generator's cases.
    Documents,
    /// These texts.
    Texts(&'static [&'static [u8]]),
}

/// The longest document that is a seed, in bytes. Small inputs are fast.
const LONGEST_SEED: u64 = 20_000;

impl Target {
    /// Returns all targets.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        generator::TARGETS.iter().chain(runtime::TARGETS)
    }

    /// Returns the target of a name.
    pub fn find(name: &str) -> Option<&'static Self> {
        Self::all().find(|target| target.name == name)
    }

    /// Returns the seeds. `more` is a folder with further documents.
    pub fn seeds(&self, more: Option<&Path>) -> Vec<Vec<u8>> {
        match self.seeds {
            Seeds::Texts(texts) => texts.iter().map(|text| text.to_vec()).collect(),
            Seeds::Documents => {
                let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/tests/cases");
                let mut seeds = Vec::new();
                documents(&cases, &mut seeds);
                more.into_iter().for_each(|folder| documents(folder, &mut seeds));
                // A folder is not read in the order of its names.
                seeds.sort();
                seeds
            }
        }
    }

    /// Returns the length of the longest input, in bytes.
    pub fn longest(&self) -> u64 {
        match self.seeds {
            Seeds::Documents => LONGEST_SEED,
            Seeds::Texts(_) => 4096,
        }
    }
}

/// Adds the documents below a folder that are short enough.
fn documents(folder: &Path, seeds: &mut Vec<Vec<u8>>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    for path in entries.map(|entry| entry.path()) {
        let is_document = path
            .extension()
            .is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known));
        if path.is_dir() {
            documents(&path, seeds);
        } else if is_document && std::fs::metadata(&path).is_ok_and(|file| file.len() <= LONGEST_SEED) {
            seeds.extend(std::fs::read(&path));
        }
    }
}

/// Returns the folder of the inputs that were found. Its files begin with the name of their target
/// and `-`.
pub fn found() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("found")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_that_were_found_are_no_finding_any_more() {
        for file in std::fs::read_dir(found()).into_iter().flatten() {
            let path = file.unwrap().path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap();
            let target = name.rsplit_once('-').and_then(|(target, _)| Target::find(target)).unwrap();
            (target.run)(&std::fs::read(&path).unwrap());
        }
    }

    #[test]
    fn every_target_accepts_its_seeds_and_some_mutations() {
        for target in Target::all() {
            let seeds = target.seeds(None);
            assert!(!seeds.is_empty(), "{} has no seeds", target.name);
            seeds.iter().take(20).for_each(|seed| (target.run)(seed));
            for (number, seed) in (0..50).zip(seeds.iter().cycle()) {
                (target.run)(&mutated(seed, &seeds, target.words, number));
            }
        }
    }

    #[test]
    fn names_of_targets_differ() {
        let names: std::collections::BTreeSet<&str> = Target::all().map(|target| target.name).collect();
        assert_eq!(names.len(), Target::all().count());
    }
}
