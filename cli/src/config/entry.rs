//! One `[[client]]` of the configuration.
//!
//! Input: the settings as they are written. Output: an [`Entry`], or the settings that do not apply.

use super::located::Problem;
use crate::folder::Layout;
use crate::package::{CrateName, RuntimeSource};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use toml::Spanned;

/// One `[[client]]`. After [`Config::read`](super::Config::read) its paths are absolute.
#[derive(Debug)]
pub struct Entry {
    pub(crate) document: PathBuf,
    pub(crate) overlays: Vec<PathBuf>,
    pub(crate) out: PathBuf,
    pub(crate) layout: Layout,
    pub(crate) name: Option<CrateName>,
    pub(crate) runtime: Option<RuntimeSource>,
    pub(crate) examples: bool,
    pub(crate) groups: Groups,
    pub(crate) names: BTreeMap<String, String>,
    pub(crate) types: BTreeMap<String, String>,
    pub(crate) derives: BTreeMap<String, Vec<String>>,
    pub(crate) dependencies: toml::Table,
    pub(crate) only: Only,
}

/// One `[[client]]` as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEntry {
    document: PathBuf,
    #[serde(default)]
    overlays: Vec<PathBuf>,
    out: Option<Spanned<PathBuf>>,
    module: Option<Spanned<PathBuf>>,
    name: Option<Spanned<CrateName>>,
    runtime: Option<Spanned<RuntimeSource>>,
    examples: Option<Spanned<bool>>,
    #[serde(default)]
    groups: Groups,
    #[serde(default)]
    names: BTreeMap<String, String>,
    #[serde(default)]
    types: BTreeMap<String, String>,
    #[serde(default)]
    derives: BTreeMap<String, Vec<String>>,
    dependencies: Option<Spanned<toml::Table>>,
    #[serde(default)]
    only: Only,
}

impl RawEntry {
    /// Returns the entry, or every setting that does not apply. `header` is the place of
    /// `[[client]]`.
    pub(super) fn check(self, header: Range<usize>) -> Result<Entry, Vec<Problem>> {
        let one = |span: Range<usize>, message: &str| vec![Problem { span, message: message.to_owned() }];
        let (out, layout) = match (&self.out, &self.module) {
            (Some(out), None) => (out, Layout::Crate),
            (None, Some(module)) => {
                let misplaced = self.of_crates_only();
                if !misplaced.is_empty() {
                    return Err(misplaced);
                }
                (module, Layout::Module)
            }
            (None, None) => return Err(one(header, "missing field `out` (or `module`)")),
            (Some(_), Some(module)) => {
                return Err(one(module.span(), "a client has either `out` or `module`: remove one of them"));
            }
        };
        Ok(Entry {
            out: out.get_ref().clone(),
            layout,
            document: self.document,
            overlays: self.overlays,
            name: self.name.map(Spanned::into_inner),
            runtime: self.runtime.map(Spanned::into_inner),
            examples: self.examples.is_some_and(Spanned::into_inner),
            groups: self.groups,
            names: self.names,
            types: self.types,
            derives: self.derives,
            dependencies: self.dependencies.map(Spanned::into_inner).unwrap_or_default(),
            only: self.only,
        })
    }

    /// Returns the settings that have a meaning for a crate only, each with what to do instead.
    fn of_crates_only(&self) -> Vec<Problem> {
        let examples = self.examples.as_ref().filter(|examples| *examples.get_ref());
        let settings = [
            ("name", self.name.as_ref().map(Spanned::span), "remove it"),
            (
                "runtime",
                self.runtime.as_ref().map(Spanned::span),
                "put the dependency `runtime` into the Cargo.toml of your crate",
            ),
            ("examples", examples.map(Spanned::span), "remove it, or generate a crate with `out`"),
            (
                "dependencies",
                self.dependencies.as_ref().map(Spanned::span),
                "put them into the Cargo.toml of your crate",
            ),
        ];
        let problem = |(key, span, remedy): (&str, Option<Range<usize>>, &str)| {
            let message = format!("`{key}` does not apply to a client with `module`: {remedy}");
            Some(Problem { span: span?, message })
        };
        settings.into_iter().filter_map(problem).collect()
    }
}

/// Where the methods of operations are.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Groups {
    #[default]
    Flat,
    Tag,
}

impl From<Groups> for generator::Groups {
    fn from(groups: Groups) -> Self {
        match groups {
            Groups::Flat => Self::Flat,
            Groups::Tag => Self::Tag,
        }
    }
}

/// The selection of operations to generate.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Only {
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    paths: Vec<String>,
    #[serde(default)]
    ids: Vec<String>,
}

impl From<Only> for generator::Only {
    fn from(Only { tags, paths, ids }: Only) -> Self {
        Self { tags, paths, ids }
    }
}
