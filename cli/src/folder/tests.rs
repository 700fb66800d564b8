//! Tests of what a run changes in a folder, also if it fails.

use super::*;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

fn text(body: &str) -> String {
    format!("// {}\n{body}\n", generator::Header::Xtask.line("a.yaml"))
}

fn files(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, body)| ((*path).to_owned(), text(body))).collect()
}

/// Returns a folder with these files, each written an hour ago.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        put(folder.path(), path, text);
    }
    folder
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(an_hour_ago()).unwrap();
}

fn an_hour_ago() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)
}

/// Returns everything in a folder: path to text, `None` for a folder.
fn tree(root: &Path) -> BTreeMap<String, Option<String>> {
    glob::glob(&format!("{}/**/*", root.display()))
        .unwrap()
        .map(|path| {
            let path = path.unwrap();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            (name, path.is_file().then(|| fs::read_to_string(&path).unwrap()))
        })
        .collect()
}

fn stale(plan: &Plan) -> Vec<&str> {
    plan.stale.iter().map(|stale| stale.path.as_str()).collect()
}

fn modified(root: &Path, path: &str) -> SystemTime {
    fs::metadata(root.join(path)).unwrap().modified().unwrap()
}

#[test]
fn a_missing_folder_is_made() {
    let parent = folder(&[]);
    let root = parent.path().join("x/y");
    let plan = Plan::new(&root, files(&[("src/lib.rs", "a"), ("src/models/b.rs", "b")])).unwrap();
    assert!(!parent.path().join("x").exists(), "planning writes nothing");
    assert_eq!((plan.writes.len(), plan.unchanged, plan.stale.len()), (2, 0, 0));
    plan.apply().unwrap();
    assert_eq!(fs::read_to_string(root.join("src/models/b.rs")).unwrap(), text("b"));
    let again = Plan::new(&root, files(&[("src/lib.rs", "a"), ("src/models/b.rs", "b")])).unwrap();
    assert!(again.is_empty());
    assert_eq!(again.unchanged, 2);
}

#[test]
fn equal_files_are_not_touched() {
    let folder = folder(&[("src/a.rs", &text("a")), ("src/b.rs", &text("b"))]);
    let plan = Plan::new(folder.path(), files(&[("src/a.rs", "a"), ("src/b.rs", "new")])).unwrap();
    plan.apply().unwrap();
    assert_eq!(modified(folder.path(), "src/a.rs"), an_hour_ago());
    assert_ne!(modified(folder.path(), "src/b.rs"), an_hour_ago());
    assert_eq!(tree(folder.path())["src/b.rs"], Some(text("new")));
}

#[cfg(unix)]
#[test]
fn permissions_are_those_of_the_old_file_or_of_any_new_one() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("src/a.rs", &text("a")), ("any", "")]);
    let mode = |path: &str| fs::metadata(folder.path().join(path)).unwrap().permissions().mode();
    fs::set_permissions(folder.path().join("src/a.rs"), PermissionsExt::from_mode(0o640)).unwrap();
    Plan::new(folder.path(), files(&[("src/a.rs", "new"), ("src/b.rs", "b")])).unwrap().apply().unwrap();
    assert_eq!(mode("src/a.rs") & 0o777, 0o640);
    assert_eq!(mode("src/b.rs"), mode("any"));
}

#[test]
fn stale_files_and_the_folders_that_they_leave_empty_are_removed() {
    let folder = folder(&[
        ("src/lib.rs", &text("a")),
        ("src/old/deep/x.rs", &text("stale")),
        ("src/kept/y.rs", &text("stale")),
        ("src/kept/mine.rs", "// hand-written"),
        ("tests/z.rs", &text("stale")),
        ("examples/e.rs", &text("not where generated files live")),
        ("tests/nested/Cargo.toml", "[package]"),
        ("tests/nested/src/lib.rs", &text("another package")),
        ("Cargo.toml", &text("never stale")),
    ]);
    let plan = Plan::new(folder.path(), files(&[("src/lib.rs", "a")])).unwrap();
    assert_eq!(stale(&plan), ["src/kept/y.rs", "src/old/deep/x.rs", "tests/z.rs"]);
    plan.apply().unwrap();
    let left: Vec<String> = tree(folder.path()).into_keys().filter(|path| path.contains('.')).collect();
    assert_eq!(
        left,
        [
            "Cargo.toml",
            "examples/e.rs",
            "src/kept/mine.rs",
            "src/lib.rs",
            "tests/nested/Cargo.toml",
            "tests/nested/src/lib.rs"
        ]
    );
    assert!(!folder.path().join("src/old").exists());
}

#[test]
fn all_hand_written_files_in_the_way_are_named_and_nothing_is_written() {
    let folder =
        folder(&[("src/a.rs", "// mine"), ("src/b.rs/c.rs", ""), ("src/d", ""), ("src/e.rs", &text("old"))]);
    let before = tree(folder.path());
    let wanted = files(&[
        ("src/a.rs", ""),
        ("src/b.rs", ""),
        ("src/d/x.rs", ""),
        ("src/d/y.rs", ""),
        ("src/e.rs", ""),
    ]);
    let error = Plan::new(folder.path(), wanted).unwrap_err().to_string();
    let root = folder.path().display().to_string();
    let lines: Vec<String> = error.lines().skip(1).map(|line| line.trim().replace(&root, "")).collect();
    assert_eq!(
        lines,
        ["/src/a.rs: without the generated header", "/src/b.rs: not a file", "/src/d: not a folder"]
    );
    assert_eq!(tree(folder.path()), before);
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("lib.rs", &text("outside"))]);
    let inside = folder(&[("src/real.rs", &text("stale"))]);
    symlink(outside.path(), inside.path().join("src/models")).unwrap();
    symlink(outside.path(), inside.path().join("tests")).unwrap();
    symlink(outside.path().join("lib.rs"), inside.path().join("src/lib.rs")).unwrap();
    let plan = Plan::new(inside.path(), files(&[("src/other.rs", "")])).unwrap();
    assert_eq!(stale(&plan), ["src/real.rs"]);
    for path in ["src/models/lib.rs", "src/models/new.rs", "src/lib.rs"] {
        let error = Plan::new(inside.path(), files(&[(path, "")])).unwrap_err().to_string();
        assert!(error.contains("a symbolic link"), "{error}");
    }
    assert_eq!(tree(outside.path()).len(), 1);
}

#[test]
fn paths_out_of_the_folder_are_refused() {
    let folder = folder(&[]);
    for path in ["../a.rs", "/a.rs", "src/../../a.rs", "./a.rs"] {
        let error = Plan::new(folder.path(), files(&[(path, "")])).unwrap_err().to_string();
        assert!(error.contains("leads out"), "{error}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error() {
    let folder = folder(&[("file", "")]);
    assert!(Plan::new(&folder.path().join("file"), files(&[("src/a.rs", "")])).is_err());
    let below = Plan::new(&folder.path().join("file/below"), files(&[("src/a.rs", "")]));
    assert!(below.and_then(|plan| plan.apply()).is_err());
    assert_eq!(tree(folder.path()).len(), 1);
}

#[test]
fn a_failure_while_staging_changes_nothing() {
    let folder = folder(&[("src/a.rs", &text("old")), ("src/stale.rs", &text("stale"))]);
    let wanted = files(&[("src/a.rs", "new"), ("src/b/c/d.rs", "new"), ("src/late/e.rs", "new")]);
    let plan = Plan::new(folder.path(), wanted).unwrap();
    // The disk changes after planning: the last folder cannot be created.
    put(folder.path(), "src/late", "in the way");
    let before = tree(folder.path());
    let error = plan.apply().unwrap_err();
    assert!(format!("{error:#}").contains("the old files stand: cannot write"), "{error:#}");
    assert_eq!(tree(folder.path()), before, "no new file, no folder, no temporary file");
    assert_eq!(modified(folder.path(), "src/a.rs"), an_hour_ago());
}

#[test]
fn a_failure_while_replacing_leaves_whole_files() {
    let folder =
        folder(&[("src/a.rs", &text("old")), ("src/c.rs", &text("old")), ("src/stale.rs", &text("stale"))]);
    let wanted = files(&[("src/a.rs", "new"), ("src/b.rs", "new"), ("src/c.rs", "new")]);
    let plan = Plan::new(folder.path(), wanted).unwrap();
    // The disk changes after planning: a folder is in the place of the second file.
    put(folder.path(), "src/b.rs/x", "in the way");
    let error = plan.apply().unwrap_err();
    assert!(format!("{error:#}").contains("1 of 3 files were replaced: cannot replace"), "{error:#}");
    let after = tree(folder.path());
    assert_eq!(after["src/a.rs"], Some(text("new")));
    assert_eq!(after["src/c.rs"], Some(text("old")));
    assert_eq!(after["src/stale.rs"], Some(text("stale")));
    assert!(!after.keys().any(|path| path.contains(".codegen-")), "{after:?}");
}

#[test]
fn temporary_files_of_a_killed_run_are_removed() {
    let folder =
        folder(&[("src/lib.rs", &text("a")), (".codegen-1.tmp", ""), ("src/models/.codegen-Ab2.tmp", "x")]);
    put(folder.path(), "src/.codegen-mine", "another name");
    let plan = Plan::new(folder.path(), files(&[("src/lib.rs", "a")])).unwrap();
    assert!(plan.is_empty(), "they are no difference");
    plan.apply().unwrap();
    let left: Vec<String> = tree(folder.path()).into_keys().collect();
    assert!(!folder.path().join(".codegen-1.tmp").exists());
    assert_eq!(left, ["src", "src/.codegen-mine", "src/lib.rs"]);
}

#[test]
fn inputs_are_neither_removed_nor_replaced() {
    let folder = folder(&[("src/api.yaml", &format!("# {}\n", generator::Header::Wirewright.line("x")))]);
    let input = folder.path().join("src/api.yaml");
    let crates =
        Folder::new(folder.path(), Layout::Crate).inputs([folder.path().join("src/../src/api.yaml")]);
    crates.plan(files(&[("src/lib.rs", "a")])).unwrap().apply().unwrap();
    assert!(input.exists());
    let error = crates.plan(files(&[("src/api.yaml", "a")])).unwrap_err().to_string();
    assert!(error.contains("api.yaml: the client is generated from it"), "{error}");
}

#[test]
fn the_folder_of_a_module_is_its_own_and_no_other_module_is_touched() {
    let folder = folder(&[
        ("api/mod.rs", &text("old")),
        ("api/stale.rs", &text("stale")),
        ("api/models/stale.rs", &text("stale")),
        ("api/other/mod.rs", &text("another client")),
        ("main.rs", "fn main() {}"),
    ]);
    let api = Folder::new(&folder.path().join("api"), Layout::Module);
    let plan = api.plan(files(&[("mod.rs", "new"), ("client.rs", "new")])).unwrap();
    assert_eq!(stale(&plan), ["models/stale.rs", "stale.rs"]);
    plan.apply().unwrap();
    assert!(folder.path().join("api/other/mod.rs").exists());
    assert_eq!(tree(folder.path())["api/mod.rs"], Some(text("new")));
}
