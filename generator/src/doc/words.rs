//! Splits inlines into words of CommonMark. Lines may be broken between words.
//!
//! Invariant: each character that CommonMark interprets inside a line is escaped.
//! [`print`](super::print) escapes those that it interprets at the start of a line.

use super::inline::{Inline, is_blank, is_linkable, plain};

/// A part of a line that is not broken, or a line break.
#[derive(Debug, PartialEq)]
pub(super) enum Word {
    Text(String),
    Break,
}

/// Returns the words of inlines. In a table cell every `|` is escaped.
pub(super) fn of(inlines: &[Inline], in_cell: bool) -> Vec<Word> {
    Writer { in_cell, ..Writer::default() }.finish(inlines)
}

/// Returns a row of backticks longer than any in the text, and at least `least` long.
pub(super) fn backticks(text: &str, least: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(least.max(longest + 1))
}

#[derive(Default)]
struct Writer {
    words: Vec<Word>,
    word: String,
    in_cell: bool,
    in_link: bool,
}

impl Writer {
    /// Returns the words of inlines, without line breaks at their start and end.
    fn finish(mut self, inlines: &[Inline]) -> Vec<Word> {
        self.write(inlines);
        self.space();
        while self.words.last() == Some(&Word::Break) {
            self.words.pop();
        }
        self.words
    }

    fn write(&mut self, inlines: &[Inline]) {
        let mut text = String::new();
        for inline in inlines {
            if let Inline::Text(part) = inline {
                text.push_str(part);
                continue;
            }
            self.text(&std::mem::take(&mut text));
            match inline {
                Inline::Text(_) => {}
                Inline::Code(code) => self.code(code),
                Inline::Emphasis(inner) => self.enclosed("*", inner, "*"),
                Inline::Strong(inner) => self.enclosed("**", inner, "**"),
                Inline::Link { url, label } => self.link(url, label),
                Inline::Item { label, .. } if self.in_link => self.code(label),
                Inline::Item { label, path } => {
                    self.before_bracket();
                    self.word.push_str(&format!("[`{label}`]"));
                    if label != path {
                        self.word.push_str(&format!("({path})"));
                    }
                }
                Inline::Break => {
                    self.space();
                    if matches!(self.words.last(), Some(Word::Text(_))) {
                        self.words.push(Word::Break);
                    }
                }
            }
        }
        self.text(&text);
    }

    fn space(&mut self) {
        if !self.word.is_empty() {
            self.words.push(Word::Text(std::mem::take(&mut self.word)));
        }
    }

    /// Adds text. Web addresses become links.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, url, after)) = next_url(rest).filter(|_| !self.in_link) {
            self.plain(before);
            self.word.push_str(&format!("<{url}>"));
            rest = after;
        }
        self.plain(rest);
    }

    fn plain(&mut self, text: &str) {
        let mut before = None;
        let mut rest = text;
        loop {
            let inert = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if let Some((run, behind)) = rest.split_at_checked(inert).filter(|(run, _)| !run.is_empty()) {
                self.word.push_str(run);
                before = run.chars().next_back();
                rest = behind;
            }
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { break };
            rest = chars.as_str();
            if c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}') {
                self.space();
            } else if c == '|' && self.in_cell && before == Some('\\') {
                self.word.push_str("&#124;");
            } else {
                if self.acts(before, c, rest) {
                    self.word.push('\\');
                }
                self.word.push(c);
            }
            before = Some(c);
        }
    }

    /// Returns true if CommonMark may interpret the character inside a line.
    fn acts(&self, before: Option<char>, c: char, rest: &str) -> bool {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
            '_' => !(is_letter(before) && is_letter(rest.chars().next())),
            '&' => starts_reference(rest),
            // `[x]: y` at the start of a line would define a link.
            ':' => before.is_none() && self.word.ends_with(']'),
            _ => false,
        }
    }

    /// Adds a code span (CommonMark 0.31 §6.1).
    fn code(&mut self, code: &str) {
        // Two adjacent spans would become one.
        if self.word.ends_with('`') {
            self.space();
        }
        let code = code.replace("\r\n", " ").replace(char::is_whitespace, " ");
        let code = if self.in_cell { code.replace("\\|", "\\ |").replace('|', "\\|") } else { code };
        let fence = backticks(&code, 1);
        let is_padded = code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']) || code.is_empty();
        let pad = if is_padded { " " } else { "" };
        self.word.push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
    }

    fn link(&mut self, url: &str, label: &[Inline]) {
        if self.in_link || !is_linkable(url) {
            return self.write(label);
        }
        let url = destination(url);
        let shown = plain(label);
        let is_web = !url.starts_with("mailto:");
        if is_web && (is_blank(label) || shown.trim() == url) && !url.contains('&') {
            self.word.push_str(&format!("<{url}>"));
        } else if is_blank(label) {
            self.plain(&url);
        } else {
            self.before_bracket();
            let was = std::mem::replace(&mut self.in_link, true);
            self.enclosed("[", label, &format!("]({url})"));
            self.in_link = was;
        }
    }

    /// Escapes a `!` before a link, which would make the link an image.
    fn before_bracket(&mut self) {
        if self.word.ends_with('!') && !self.word.ends_with("\\!") {
            self.word.pop();
            self.word.push_str("\\!");
        }
    }

    /// Adds inlines between marks. The marks have no space beside the inlines.
    fn enclosed(&mut self, open: &str, inner: &[Inline], close: &str) {
        let text = plain(inner);
        let words = Self { in_cell: self.in_cell, in_link: self.in_link, ..Self::default() }.finish(inner);
        if words.is_empty() {
            return if text.contains(char::is_whitespace) {
                self.space()
            };
        }
        if text.starts_with(char::is_whitespace) {
            self.space();
        }
        self.word.push_str(open);
        let mut goes_on = false;
        for word in words {
            match word {
                Word::Text(word) => {
                    if std::mem::replace(&mut goes_on, true) {
                        self.space();
                    }
                    self.word.push_str(&word);
                }
                Word::Break => {
                    self.space();
                    self.words.push(Word::Break);
                    goes_on = false;
                }
            }
        }
        self.word.push_str(close);
        if text.ends_with(char::is_whitespace) {
            self.space();
        }
    }
}

/// Returns true if a `&` before this text begins a character reference.
fn starts_reference(rest: &str) -> bool {
    let name = rest.split_once(';').map(|(name, _)| name);
    name.is_some_and(|name| {
        (1..=32).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    })
}

/// Returns an address as a link destination, with characters encoded that would end the
/// destination.
fn destination(url: &str) -> String {
    let mut written = String::with_capacity(url.len());
    for (index, c) in url.char_indices() {
        match c {
            '&' if starts_reference(url.get(index + 1..).unwrap_or_default()) => written.push_str("&amp;"),
            c if c.is_control() || c.is_whitespace() || "<>()[]{}\\|\"'`^*_".contains(c) => {
                let mut bytes = [0; 4];
                let bytes = c.encode_utf8(&mut bytes).bytes();
                bytes.for_each(|byte| written.push_str(&format!("%{byte:02X}")));
            }
            c => written.push(c),
        }
    }
    written
}

/// Returns the next web address in a text, with the text before and after it.
fn next_url(text: &str) -> Option<(&str, &str, &str)> {
    // Most texts have no colon, which is found faster than `http`.
    if !text.as_bytes().contains(&b':') {
        return None;
    }
    text.match_indices("http").find_map(|(start, _)| {
        let (before, rest) = text.split_at_checked(start)?;
        let (url, after) = rest.split_at_checked(url_length(rest))?;
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
        (!host.is_empty()).then_some((before, url, after))
    })
}

/// Returns the length of the address that a text begins with, without the punctuation of the
/// sentence around it.
fn url_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`()[]{}|\\^*".contains(c));
    text.get(..end.unwrap_or(text.len()))
        .unwrap_or_default()
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '_', '~'])
        .len()
}
