//! The order of the runtime's folders: a folder imports only folders before it in `ORDER`.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::{collections::BTreeSet, fs, path::Path};
use syn::visit::{self, Visit};

const ORDER: &[&str] = &[
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

/// The folders that a file names after `crate::`.
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

fn wrong(folder: &Path, allowed: &[&str], found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // `hyper/tests` is a module of tests.
            if !path.ends_with("tests") {
                wrong(&path, allowed, found);
            }
            continue;
        }
        let mut named = Named::default();
        named.visit_file(&syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap());
        let later =
            named.0.iter().filter(|name| ORDER.contains(&name.as_str()) && !allowed.contains(&name.as_str()));
        found.extend(later.map(|name| format!("{} imports `{name}`", path.display())));
    }
}

#[test]
fn a_folder_imports_only_folders_that_stand_before_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let folders =
        fs::read_dir(&source).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let folders: BTreeSet<String> =
        folders.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(folders, ORDER.iter().map(|folder| (*folder).to_owned()).collect());
    let mut found = Vec::new();
    for (index, folder) in ORDER.iter().enumerate() {
        wrong(&source.join(folder), &ORDER[..=index], &mut found);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
