//! The HTML pages of rustdoc, as an HTML parser sees them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::shapes::MARK;

/// An element's name and one of its attributes. An empty attribute means the element itself.
pub(crate) type Part = (String, String);

/// The parts of a crate's pages, with an example of each.
#[derive(Default)]
pub(crate) struct Pages {
    pub(crate) count: usize,
    pub(crate) parts: BTreeMap<Part, String>,
    /// Places where a document's text is in something that a browser runs or loads.
    pub(crate) live: BTreeSet<String>,
}

impl Pages {
    pub(crate) fn read(folder: &Path) -> Self {
        let mut pages = Self::default();
        pages.folder(folder);
        pages
    }

    fn folder(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).expect("a folder of pages").map(|entry| entry.expect("a file")) {
            let path = entry.path();
            if path.is_dir() {
                self.folder(&path);
            } else if path.extension().is_some_and(|extension| extension == "html") {
                self.count += 1;
                self.page(&path);
            }
        }
    }

    fn page(&mut self, path: &Path) {
        let html = fs::read_to_string(path).expect("a page");
        let page = path.file_name().unwrap_or_default().to_string_lossy();
        // True if the open element's text is run or applied.
        let mut is_live = false;
        // As in a browser, the text of a script is no HTML.
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(&html, emitter) {
            match token.expect("tokens of a text") {
                Token::StartTag(tag) => {
                    let name = text(&tag.name);
                    is_live = matches!(name.as_str(), "script" | "style");
                    self.parts.entry((name.clone(), String::new())).or_insert_with(|| page.to_string());
                    for (attribute, value) in &tag.attributes {
                        let (attribute, value) = (text(attribute), text(value));
                        if value.contains(MARK) && !is_shown(&name, &attribute, &value) {
                            self.live.insert(format!("{page}: <{name} {attribute}={value:?}>"));
                        }
                        self.parts
                            .entry((name.clone(), attribute))
                            .or_insert_with(|| format!("{page}: {value}"));
                    }
                }
                Token::EndTag(_) => is_live = false,
                Token::String(string) if is_live && text(&string).contains(MARK) => {
                    self.live.insert(format!("{page}: {}", text(&string)));
                }
                _ => {}
            }
        }
    }
}

/// Returns true if rustdoc shows the value as text, or if it is an allowed link address.
fn is_shown(name: &str, attribute: &str, value: &str) -> bool {
    let is_web = ["http://", "https://"].iter().any(|scheme| value.starts_with(scheme));
    match (name, attribute) {
        (_, "id" | "title" | "data-src" | "data-notable-ty") | ("meta", "content") => true,
        ("a", "href") => is_web || !value.contains(':'),
        _ => false,
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
