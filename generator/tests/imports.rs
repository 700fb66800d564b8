//! The order of the folders of generator and runtime: a folder imports only those before it.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};

/// The generator's modules, in the order of the stages.
const GENERATOR: &[&str] = &[
    "limits",
    "wildcard",
    "pointer",
    "place",
    "groups",
    "parse",
    "file",
    "diagnostic",
    "specification",
    "tree",
    "source",
    "bundle",
    "overlay",
    "document",
    "normalise",
    "replace",
    "ir",
    "lower",
    "name",
    "plan",
    "rust",
    "surface",
    "lock",
    "diff",
    "doc",
    "emit",
    "format",
    "output",
    "header",
    "stage",
];

/// The runtime's folders, in the order in which a call uses them.
const RUNTIME: &[&str] = &[
    "transport",
    "wire",
    "model",
    "error",
    "client",
    "request",
    "response",
    "call",
    "stream",
    "pages",
    "oauth",
    "testing",
];

/// The modules that a file names after `crate::`.
#[derive(Default)]
struct Named(BTreeSet<String>);

impl Named {
    fn tree(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => drop(self.0.insert(path.ident.to_string())),
            syn::UseTree::Name(name) => drop(self.0.insert(name.ident.to_string())),
            syn::UseTree::Rename(name) => drop(self.0.insert(name.ident.to_string())),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree)),
            syn::UseTree::Glob(_) => {}
        }
    }
}

impl<'a> Visit<'a> for Named {
    fn visit_use_tree(&mut self, tree: &'a syn::UseTree) {
        if let syn::UseTree::Path(path) = tree
            && path.ident == "crate"
        {
            self.tree(&path.tree);
        }
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        if let (Some(first), Some(second)) = (path.segments.first(), path.segments.get(1))
            && first.ident == "crate"
        {
            self.0.insert(second.ident.to_string());
        }
        visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, module: &'a syn::ItemMod) {
        // Unit tests of a folder may use the whole crate.
        if module.ident != "tests" {
            visit::visit_item_mod(self, module);
        }
    }
}

/// Returns the modules at the root of a crate, as files or folders.
fn modules(source: &Path) -> BTreeSet<String> {
    let paths = fs::read_dir(source).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

/// Collects the imports of a file, or of all files of a folder, that are in `order` but not before
/// its own module.
fn wrong(path: &Path, allowed: &[&str], order: &[&str], found: &mut Vec<String>) {
    if path.ends_with("tests") {
        return;
    }
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            wrong(&entry.unwrap().path(), allowed, order, found);
        }
    } else if path.is_file() && path.file_stem().unwrap() != "tests" {
        let mut named = Named::default();
        named.visit_file(&syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap());
        let later = named.0.iter().map(String::as_str);
        let later = later.filter(|name| order.contains(name) && !allowed.contains(name));
        found.extend(later.map(|name| format!("{} imports `{name}`", path.display())));
    }
}

/// Returns the imports of a crate's modules that contradict `order`.
fn contradictions(source: &Path, order: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (index, module) in order.iter().enumerate() {
        let allowed = &order[..=index];
        wrong(&source.join(module), allowed, order, &mut found);
        wrong(&source.join(module).with_extension("rs"), allowed, order, &mut found);
    }
    found
}

#[test]
fn a_stage_of_the_generator_imports_only_stages_before_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut modules = modules(&source);
    modules.remove("lib");
    assert_eq!(modules, GENERATOR.iter().map(|module| (*module).to_owned()).collect());
    let found = contradictions(&source, GENERATOR);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_folder_of_the_runtime_imports_only_folders_before_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src");
    let mut modules = modules(&source);
    modules.retain(|module| source.join(module).is_dir());
    assert_eq!(modules, RUNTIME.iter().map(|folder| (*folder).to_owned()).collect());
    let found = contradictions(&source, RUNTIME);
    assert!(found.is_empty(), "{}", found.join("\n"));
}
