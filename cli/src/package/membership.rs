//! The workspace around a package: decides whether the package is a member, and adds it.
//!
//! Invariant: the decision is the same as cargo's, which otherwise refuses to build ("current
//! package believes it's in a workspace when it's not"). A package belongs to the workspace of the
//! nearest manifest above it that has a `[workspace]` and does not exclude the package. There it
//! must be a member: listed in `members`, or a path dependency of a member.
//! <https://doc.rust-lang.org/cargo/reference/workspaces.html>

use crate::paths;
use anyhow::{Context, Result};
use glob::{MatchOptions, Pattern};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};
use toml_edit::{Array, DocumentMut, Item};

/// Returns true if the folder `package` (absolute, without symbolic links) is inside a workspace
/// that neither excludes it nor has it as a member. cargo builds such a package only if it has a
/// `[workspace]` of its own.
///
/// # Errors
///
/// A manifest above the folder can't be read.
pub(crate) fn needs_own_workspace(package: &Path) -> Result<bool> {
    Ok(Root::of(package)?.is_some_and(|root| !root.has(package)))
}

/// Adds the folder `package` (absolute, without symbolic links) to the members of the workspace
/// around it, as `cargo new` does. Returns the manifest that was changed, or `None` if the package
/// is a member already or there is no workspace.
///
/// # Errors
///
/// A manifest above the folder can't be read or written.
pub(crate) fn join(package: &Path) -> Result<Option<PathBuf>> {
    let Some(root) = Root::of(package)?.filter(|root| !root.has(package)) else { return Ok(None) };
    let path = root.folder.join("Cargo.toml");
    let member = paths::relative(&root.folder, package)
        .with_context(|| format!("cannot reach {}", package.display()))?;
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = with_member(&text, &member).with_context(|| format!("in {}", path.display()))?;
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(Some(path))
}

/// Returns the text of a manifest with one more member. Everything else stays as it is written.
fn with_member(manifest: &str, member: &str) -> Result<String> {
    let mut manifest: DocumentMut = manifest.parse()?;
    let workspace = manifest.get_mut("workspace").and_then(Item::as_table_like_mut);
    let members = workspace
        .context("there is no `[workspace]`")?
        .entry("members")
        .or_insert(toml_edit::value(Array::new()));
    let members = members.as_array_mut().context("`workspace.members` is not a list")?;
    let is_a_line_each = members.iter().any(|item| prefix(item).contains('\n'));
    let prefix =
        if is_a_line_each { members.iter().next().map(prefix).unwrap_or_default() } else { String::new() };
    members.push(member);
    if let (true, Some(last)) = (is_a_line_each, members.len().checked_sub(1)) {
        // The new line is indented like the others; a comment stays where it is.
        let indent = prefix.rsplit('\n').next().unwrap_or_default().to_owned();
        if let Some(item) = members.get_mut(last) {
            item.decor_mut().set_prefix(format!("\n{indent}"));
        }
        members.set_trailing_comma(true);
    }
    Ok(manifest.to_string())
}

/// Returns the white space and comments before an item of a list.
fn prefix(item: &toml_edit::Value) -> String {
    item.decor().prefix().and_then(|text| text.as_str()).unwrap_or_default().to_owned()
}

/// Returns the keys of `[workspace.package]` around the folder `package`.
///
/// # Errors
///
/// A manifest above the folder can't be read.
pub(crate) fn inherited(package: &Path) -> Result<Table> {
    let root = Root::of(package)?;
    let table = root.as_ref().and_then(|root| root.manifest.get("workspace")?.get("package")?.as_table());
    Ok(table.cloned().unwrap_or_default())
}

impl Root {
    /// Returns the workspace that claims the folder `package`, if any.
    fn of(package: &Path) -> Result<Option<Self>> {
        for folder in package.ancestors().skip(1).filter(|folder| folder.join("Cargo.toml").is_file()) {
            let manifest = read(folder)?;
            let root = manifest.get("package").and_then(|package| package.get("workspace"));
            let root = match root.and_then(Value::as_str) {
                Some(root) => Self::read(paths::lexical(&folder.join(root)))?,
                None => Self { folder: folder.to_owned(), manifest },
            };
            if root.manifest.contains_key("workspace") && !root.excludes(package) {
                return Ok(Some(root));
            }
        }
        Ok(None)
    }

    /// Returns true if the folder `package` is a member.
    fn has(&self, package: &Path) -> bool {
        self.lists(package) || self.depends_on(package)
    }
}

/// The root folder of a workspace and its manifest.
struct Root {
    folder: PathBuf,
    manifest: Table,
}

impl Root {
    fn read(folder: PathBuf) -> Result<Self> {
        let manifest = read(&folder)?;
        Ok(Self { folder, manifest })
    }

    /// Returns the strings in a list of the `[workspace]` table.
    fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        let list =
            self.manifest.get("workspace").and_then(|workspace| workspace.get(key)).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str)
    }

    /// Returns true if `exclude` covers the package. `exclude` lists folders, not patterns. A
    /// member that is listed by its exact path is not excluded.
    fn excludes(&self, package: &Path) -> bool {
        let within =
            |key| self.list(key).any(|path| package.starts_with(paths::lexical(&self.folder.join(path))));
        within("exclude") && !within("members")
    }

    /// Returns true if `members` lists the package, by its path or a pattern. The package need not
    /// exist yet.
    fn lists(&self, package: &Path) -> bool {
        let options = MatchOptions { require_literal_separator: true, ..MatchOptions::new() };
        self.members().any(|member| {
            let pattern = Pattern::new(&member);
            Path::new(&member) == package
                || pattern.is_ok_and(|pattern| pattern.matches_path_with(package, options))
        })
    }

    /// Returns the patterns of `members` as absolute paths. The folder's own path is not escaped,
    /// because cargo does not escape it.
    fn members(&self) -> impl Iterator<Item = String> {
        self.list("members")
            .map(|member| paths::lexical(&self.folder.join(member)).to_string_lossy().into_owned())
    }

    /// Returns true if a member has the package as a path dependency, directly or through other
    /// packages of the workspace.
    fn depends_on(&self, package: &Path) -> bool {
        let matched =
            self.members().filter_map(|member| glob::glob(&member).ok()).flatten().filter_map(Result::ok);
        let named = self.members().map(PathBuf::from).chain([self.folder.clone()]);
        let mut waiting: Vec<PathBuf> = matched.chain(named).collect();
        let mut seen = BTreeSet::new();
        while let Some(folder) = waiting.pop() {
            if folder == package {
                return true;
            }
            if folder.starts_with(&self.folder) && seen.insert(folder.clone()) {
                // cargo reports a manifest that cannot be read.
                let manifest = read(&folder).unwrap_or_default();
                waiting.extend(self.path_dependencies(&folder, &manifest));
            }
        }
        false
    }

    /// Returns the folders of the path dependencies of the package in `folder`.
    fn path_dependencies(&self, folder: &Path, manifest: &Table) -> Vec<PathBuf> {
        const TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];
        let targets = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
        let places = targets.filter_map(|(_, target)| target.as_table()).chain([manifest]);
        let tables = places.flat_map(|place| TABLES.map(|name| place.get(name))).flatten();
        let dependencies = tables.filter_map(Value::as_table).flatten();
        let inherited = self.manifest.get("workspace").and_then(|workspace| workspace.get("dependencies"));
        let path = |(name, dependency): (&String, &Value)| {
            let (folder, dependency) = match dependency.get("workspace") {
                Some(_) => (self.folder.as_path(), inherited?.get(name)?),
                None => (folder, dependency),
            };
            Some(paths::lexical(&folder.join(dependency.get("path")?.as_str()?)))
        };
        dependencies.filter_map(path).collect()
    }
}

/// Reads the manifest of the package in `folder`.
fn read(folder: &Path) -> Result<Table> {
    let path = folder.join("Cargo.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    text.parse().with_context(|| format!("in {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes manifests into a new folder, and returns the answer for the package in its subfolder
    /// `package`. Compares with cargo, which reads the package only if it has a `[workspace]` table
    /// where it needs one.
    fn ask(package: &str, manifests: &[(&str, &str)]) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let write = |folder: &str, text: &str| {
            let name = folder.rsplit('/').next().unwrap().replace('.', "root");
            let package = if text.contains("[workspace]") {
                String::new()
            } else {
                format!("[package]\nname = '{name}'\n")
            };
            fs::create_dir_all(root.join(folder).join("src")).unwrap();
            fs::write(root.join(folder).join("src/lib.rs"), "").unwrap();
            fs::write(root.join(folder).join("Cargo.toml"), package + text).unwrap();
        };
        manifests.iter().for_each(|(folder, text)| write(folder, text));
        let answer = needs_own_workspace(&root.join(package)).unwrap();

        write(package, "edition = '2024'");
        assert_eq!(cargo_reads(&root.join(package)), !answer, "{package} without the table: {manifests:?}");
        if answer {
            let text = format!("[package]\nname = '{}'\n[workspace]", package.replace('/', "-"));
            fs::write(root.join(package).join("Cargo.toml"), text).unwrap();
            assert!(cargo_reads(&root.join(package)), "{package} with the table: {manifests:?}");
        }
        answer
    }

    fn cargo_reads(package: &Path) -> bool {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = std::process::Command::new(cargo);
        command.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).current_dir(package);
        command.output().unwrap().status.success()
    }

    #[test]
    fn members_and_excluded_folders_need_no_table_of_their_own() {
        for (package, root, expected) in [
            ("a", "[workspace]", true),
            ("a", "", false),
            ("a", "[workspace]\nmembers = ['a']", false),
            ("a", "[workspace]\nmembers = ['./a/']", false),
            ("a/b", "[workspace]\nmembers = ['a']", true),
            ("a/b", "[workspace]\nmembers = ['a/*']", false),
            ("a/b/c", "[workspace]\nmembers = ['a/*']", true),
            ("a/b/c", "[workspace]\nmembers = ['**/c']", false),
            ("target/a", "[workspace]\nexclude = ['target']", false),
            ("target/a", "[workspace]\nexclude = ['target']\nmembers = ['target/a']", false),
            ("targets/a", "[workspace]\nexclude = ['target']", true),
        ] {
            assert_eq!(ask(package, &[(".", root)]), expected, "{package} in {root}");
        }
    }

    #[test]
    fn a_package_joins_the_workspace_around_it_and_the_rest_of_the_manifest_stays() {
        for (before, after) in [
            ("[workspace]\n", "[workspace]\nmembers = [\"a\"]\n"),
            ("[workspace]\nmembers = [\"b\"] # mine\n", "[workspace]\nmembers = [\"b\", \"a\"] # mine\n"),
            (
                "[workspace]\nmembers = [\n  # b\n  \"b\",\n]\nresolver = \"3\"\n",
                "[workspace]\nmembers = [\n  # b\n  \"b\",\n  \"a\",\n]\nresolver = \"3\"\n",
            ),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().canonicalize().unwrap();
            fs::write(root.join("Cargo.toml"), before).unwrap();
            assert_eq!(join(&root.join("a")).unwrap(), Some(root.join("Cargo.toml")));
            assert_eq!(fs::read_to_string(root.join("Cargo.toml")).unwrap(), after);
            assert_eq!(join(&root.join("a")).unwrap(), None);
        }
    }

    #[test]
    fn a_path_dependency_of_a_member_is_a_member() {
        let root = "[workspace]\nmembers = ['app']\ndependencies.c = { path = 'c' }";
        for app in [
            "[dependencies]\nc = { path = '../c' }",
            "[dependencies]\nc.workspace = true",
            "[target.'cfg(unix)'.dev-dependencies]\nc = { path = '../c' }",
            "[dependencies]\nd = { path = '../d' }",
        ] {
            let d = ("d", "[build-dependencies]\nc = { path = '../c' }");
            assert!(!ask("c", &[(".", root), ("app", app), d]), "{app}");
        }
        assert!(ask("c", &[(".", root), ("app", "[dependencies]\nc = '1'")]));
    }

    #[test]
    fn the_search_goes_on_above_packages_and_exclusions() {
        let outer = (".", "[workspace]\nmembers = ['in/c']");
        assert!(!ask("in/c", &[outer, ("in", "")]));
        assert!(!ask("in/c", &[outer, ("in", "[workspace]\nexclude = ['c']")]));
        assert!(ask("in/c", &[outer, ("in", "[workspace]")]));
    }

    #[test]
    fn a_package_above_may_point_to_its_workspace() {
        let above = ("p", "workspace = '../w'");
        assert!(ask("p/c", &[above, ("w", "[workspace]\nmembers = ['../p']")]));
        assert!(!ask("p/c", &[above, ("w", "[workspace]\nmembers = ['../p', '../p/c']")]));
    }

    #[test]
    fn without_any_manifest_above_nothing_is_needed() {
        assert!(!ask("a", &[]));
    }
}
