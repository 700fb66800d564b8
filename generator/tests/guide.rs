//! The guide, README and other pages: all links have targets, and every page is in the table of
//! contents.

#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns the Markdown files in a folder and below.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let below = folders.iter().flat_map(|folder| pages(folder));
    files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .chain(below)
        .collect()
}

/// Returns the targets of a page's links to other files, without the part after `#`.
fn links(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).expect("a page");
    let targets = Parser::new(&text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    let files = targets
        .filter(|target| !target.contains("://"))
        .filter_map(|target| Some(target.split('#').next()?.to_owned()));
    files.filter(|target| !target.is_empty()).collect()
}

#[test]
fn every_link_leads_to_a_file() {
    let root = repository();
    let of_root =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "BENCHMARKS.md"];
    for page in pages(&root.join("docs/src")).into_iter().chain(of_root.map(|name| root.join(name))) {
        for link in links(&page) {
            let target = page.parent().expect("a folder").join(&link);
            assert!(target.exists(), "{}: {link} leads nowhere", page.display());
        }
    }
}

#[test]
fn every_page_is_in_the_table_of_contents() {
    let guide = repository().join("docs/src");
    let listed = links(&guide.join("SUMMARY.md"));
    let of_codes =
        links(&guide.join("diagnostics/README.md")).into_iter().map(|link| format!("diagnostics/{link}"));
    let listed: Vec<PathBuf> = listed.into_iter().chain(of_codes).map(|link| guide.join(link)).collect();
    for page in pages(&guide) {
        assert!(page.ends_with("SUMMARY.md") || listed.contains(&page), "{} is in no list", page.display());
    }
}

/// `ARCHITECTURE.md` and `SECURITY.md` name files and tests that exist.
#[test]
fn every_file_and_test_that_is_named_exists() {
    let root = repository();
    for name in ["ARCHITECTURE.md", "SECURITY.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root.join(name)).expect("a page");
        let promises = text.lines().take_while(|line| *line != "## Limits");
        for line in promises.filter(|line| line.starts_with('|')) {
            let codes: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
            let mut file = String::new();
            for code in codes {
                let is_path = code.contains('/') && !code.contains(' ');
                if is_path && root.join(code.split('/').next().unwrap_or_default()).exists() {
                    assert!(root.join(code).exists(), "{name}: there is no {code}");
                    file = fs::read_to_string(root.join(code)).unwrap_or_default();
                } else if name == "SECURITY.md" && code.contains('_') && !code.contains('.') {
                    assert!(file.contains(&format!("fn {code}(")), "{name}: there is no test {code}");
                }
            }
        }
    }
}
