//! The Rust blocks of pages.

use std::fs;
use std::path::Path;

/// A block of Rust in a page.
pub(crate) struct Block {
    /// The file name of the page.
    pub(crate) page: String,
    /// The line of the fence, from 1.
    pub(crate) line: usize,
    /// The words after `rust` in the fence.
    pub(crate) attributes: Vec<String>,
    /// The code, with the lines that are hidden from readers.
    pub(crate) code: String,
}

impl Block {
    /// Returns the blocks of the guide, and those of the README that use the guide's client.
    pub(crate) fn all(repository: &Path) -> Vec<Self> {
        let guide = fs::read_dir(repository.join("docs/src")).expect("the guide");
        let mut pages: Vec<_> = guide.map(|entry| entry.expect("a page").path()).collect();
        pages.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
        pages.sort();
        let mut blocks: Vec<Self> = pages.iter().flat_map(|path| Self::of(path)).collect();
        let readme = Self::of(&repository.join("README.md"));
        blocks.extend(readme.into_iter().filter(|block| !block.attributes.is_empty()));
        blocks
    }

    fn of(path: &Path) -> Vec<Self> {
        let page = path.file_name().expect("a name").to_string_lossy();
        let text = fs::read_to_string(path).expect("a page");
        let mut blocks = Vec::new();
        let mut lines = text.lines().enumerate();
        while let Some((nth, line)) = lines.next() {
            let Some(fence) = line.strip_prefix("```") else { continue };
            let code: Vec<&str> =
                lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
            let mut words = fence.split(',').map(str::to_owned);
            if words.next().as_deref() == Some("rust") {
                let code = code.iter().map(|line| line.strip_prefix("# ").unwrap_or(line));
                let code = code.collect::<Vec<_>>().join("\n");
                blocks.push(Self {
                    page: page.to_string(),
                    line: nth + 1,
                    attributes: words.collect(),
                    code,
                });
            }
        }
        blocks
    }

    /// Returns true if the block runs, not only compiles.
    pub(crate) fn runs(&self) -> bool {
        !self.attributes.iter().any(|word| word == "no_run")
    }

    /// Returns true if the block makes a call.
    pub(crate) fn calls(&self) -> bool {
        [".send", ".next().await"].iter().any(|call| self.code.contains(call))
    }
}
