//! The cases: small documents, each named after the behaviour that it shows.
//!
//! A case is `cases/<area>/<case>.yaml` (or `.json`). Optional files beside it are
//! `<case>.overlay.yaml`, `<case>.lock`, and a folder `<case>` with the files that it refers to. A
//! line `# pin: #/pointer = Name` pins a name, `# type: #/pointer = path::Type` replaces a type, and
//! `# derive: Name* = Ord, Hash` adds derives. A line `# groups: tag` groups methods by tag. A case that begins with `# examples` has its examples as tests.

#![allow(dead_code, reason = "each test uses a part of it")]
#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

pub(crate) mod crates;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use generator::{Diagnostics, Groups, Header, Options, Output, Source};
use serde_json::Value;

/// One case.
#[derive(Clone)]
pub(crate) struct Case {
    /// The folder of the case.
    pub(crate) area: String,
    pub(crate) name: String,
    folder: PathBuf,
    text: String,
    /// The files that the case may refer to, by path and text.
    others: Vec<(String, String)>,
    overlay: Option<String>,
    options: Options,
}

impl Case {
    /// Returns all cases, sorted.
    pub(crate) fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
        let mut cases: Vec<Self> =
            files(&root).iter().flat_map(|area| files(area)).filter_map(|path| Self::read(&path)).collect();
        cases.sort_by(|a, b| (&a.area, &a.name).cmp(&(&b.area, &b.name)));
        assert!(!cases.is_empty(), "no case found");
        cases
    }

    fn read(path: &Path) -> Option<Self> {
        let file = path.file_name()?.to_str()?;
        let name = file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".json"))?;
        if name.ends_with(".overlay") {
            return None;
        }
        let folder = path.parent()?.to_path_buf();
        let area = folder.file_name()?.to_str()?.to_owned();
        let text = std::fs::read_to_string(path).expect("a case is text");
        let overlay_name = format!("{name}.overlay.yaml");
        let overlay = std::fs::read_to_string(folder.join(&overlay_name)).ok();
        let examples = text.starts_with("# examples\n").then(|| format!("{area}_{name}"));
        let origin = format!("cases/{area}/{file}");
        let earlier_lock = std::fs::read_to_string(folder.join(format!("{name}.lock"))).ok();
        let options = Options {
            origin,
            header: Header::Xtask,
            names: pins(&text, "# pin: "),
            types: pins(&text, "# type: "),
            derives: derives(&text),
            groups: if text.contains("\n# groups: tag\n") { Groups::Tag } else { Groups::Flat },
            only: only(&text),
            examples,
            library: Some(format!("{area}_{name}")),
            features: true,
            earlier_lock,
            ..Options::default()
        };
        let others = texts(&folder.join(name), &format!("{area}/{name}"));
        Some(Self { area, name: name.to_owned(), folder, text, others, overlay, options })
    }

    pub(crate) fn generate(&self) -> Result<Output, Diagnostics> {
        generator::generate(&self.source(), &self.options)
    }

    /// Returns the client without features of tags and without examples.
    pub(crate) fn client(&self) -> Result<Output, Diagnostics> {
        let options = Options { features: false, examples: None, ..self.options.clone() };
        generator::generate(&self.source(), &options)
    }

    /// Returns the normalised document.
    pub(crate) fn normalised(&self) -> Result<String, Diagnostics> {
        generator::merged_json(&self.source())
    }

    fn source(&self) -> Source {
        let path = self.options.origin.trim_start_matches("cases/");
        let overlay_path = format!("{}/{}.overlay.yaml", self.area, self.name);
        let overlays: Vec<(&str, &str)> =
            self.overlay.iter().map(|text| (overlay_path.as_str(), text.as_str())).collect();
        let others: Vec<(&str, &str)> =
            self.others.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        Source::from_texts((path, &self.text), &others, &overlays)
    }

    /// Returns the same document with the keys of every object reversed.
    pub(crate) fn reversed(&self) -> Self {
        fn reverse(value: Value) -> Value {
            match value {
                Value::Object(members) => {
                    members.into_iter().rev().map(|(key, value)| (key, reverse(value))).collect()
                }
                Value::Array(items) => items.into_iter().map(reverse).collect(),
                scalar => scalar,
            }
        }
        let reversed = |text: &String| match serde_yaml::from_str::<Value>(text) {
            Ok(value) => format!("{:#}", reverse(value)),
            Err(_) => text.clone(),
        };
        let others = self.others.iter().map(|(path, text)| (path.clone(), reversed(text))).collect();
        Self { text: reversed(&self.text), others, ..self.clone() }
    }

    /// Compares `text` with the snapshot beside the case.
    pub(crate) fn assert_snapshot(&self, text: &str) {
        insta::with_settings!({
            snapshot_path => &self.folder,
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(self.name.as_str(), text);
        });
    }
}

/// Returns all files in a folder and below, by path and text.
fn texts(folder: &Path, path: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for file in files(folder) {
        let path = format!("{path}/{}", file.file_name().expect("a name").to_string_lossy());
        if file.is_dir() {
            found.extend(texts(&file, &path));
        } else {
            found.push((path, std::fs::read_to_string(&file).expect("a case is text")));
        }
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.expect("a readable folder").path()).collect()
}

/// Reads the lines `# tag: …`, `# path: …` and `# id: …`, which select operations.
fn only(text: &str) -> generator::Only {
    let of = |key: &str| text.lines().filter_map(|line| line.strip_prefix(key)).map(str::to_owned).collect();
    generator::Only { tags: of("# tag: "), paths: of("# path: "), ids: of("# id: ") }
}

/// Reads the lines `# derive: pattern = trait, trait`.
fn derives(text: &str) -> BTreeMap<String, Vec<String>> {
    let list = |traits: String| traits.split(", ").map(str::to_owned).collect();
    pins(text, "# derive: ").into_iter().map(|(pattern, traits)| (pattern, list(traits))).collect()
}

fn pins(text: &str, key: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix(key)?.split_once(" = "));
    lines.map(|(pointer, name)| (pointer.to_owned(), name.to_owned())).collect()
}
