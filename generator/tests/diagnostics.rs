//! The guide's pages about diagnostics equal the output of `wirewright explain`.
//! `INSTA_UPDATE=always` writes them.

#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::Path;

use generator::{Code, Severity};

#[test]
fn the_pages_of_the_guide_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src/diagnostics");
    let mut pages: Vec<(String, String)> =
        Code::ALL.iter().map(|code| (format!("{}.md", code.id()), code.explanation())).collect();
    pages.push(("README.md".to_owned(), index()));
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    for (name, text) in &pages {
        let path = folder.join(name);
        if update {
            fs::write(&path, text).expect("a page");
        }
        let page = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            page == *text,
            "{} is not up to date: run this test with INSTA_UPDATE=always",
            path.display()
        );
    }
    let files = fs::read_dir(&folder).expect("the pages").count();
    assert_eq!(files, pages.len(), "there is a page of no code in {}", folder.display());
}

/// Returns the page that lists all codes.
fn index() -> String {
    let mut text = "# Diagnostics\n\nEach diagnostic has a code that never changes its meaning. `wirewright explain CODE` \
                    prints the page of a code.\n"
        .to_owned();
    for (severity, title) in
        [(Severity::Error, "Errors"), (Severity::Warning, "Warnings"), (Severity::Note, "Notes")]
    {
        text += &format!("\n## {title}\n\n| code | meaning |\n| --- | --- |\n");
        for code in Code::ALL.iter().filter(|code| code.severity() == severity) {
            text += &format!("| [{0}]({0}.md) | {1} |\n", code.id(), code.meaning());
        }
    }
    text
}
