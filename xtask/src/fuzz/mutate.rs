//! Mutates texts. Each input is determined by a number, so that a finding can be reproduced.

use super::target::Kind;

/// Pieces of documents, Markdown, overlays and templates that are inserted into texts.
const WORDS: &[&str] = &[
    "$ref: '#/components/schemas/A'",
    "allOf:",
    "oneOf:",
    "anyOf:",
    "type: object",
    "type: [string, 'null']",
    "nullable: true",
    "discriminator: {propertyName: a}",
    "enum: [a, 1, null]",
    "const: 1",
    "properties:",
    "items: {}",
    "additionalProperties: false",
    "required: [a]",
    "openapi: 3.1.0",
    "openapi: 3.2.0",
    "swagger: '2.0'",
    "format: date-time",
    "default: []",
    "pattern: '('",
    "maximum: 1e400",
    "minLength: -1",
    "in: path",
    "style: deepObject",
    "explode: true",
    "content:",
    "x-pages: {}",
    "security: [{}]",
    "servers: [{url: '{a}'}]",
    "&a",
    "*a",
    "<<: *a",
    "!!binary",
    "|",
    ">-",
    "---",
    "...",
    "%YAML 1.2",
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "- ",
    "? ",
    "#",
    "\n",
    "\t",
    "  ",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}[31m",
    "é",
    "日本",
    "🦀",
    "```",
    "~~~",
    "> ",
    "1. ",
    "| a |\n|---|",
    "<b>",
    "<!--",
    "[a](b)",
    "![",
    "*/",
    "//",
    "///",
    "#[",
    "r#\"",
    "\\",
    "`",
    "{id}",
    "{a,b}",
    "..",
    "%2e",
    "?q",
    "$.paths",
    "$..*",
    "[?@.a==1]",
    "target:",
    "update:",
    "remove: true",
    "copy:",
    "18446744073709551616",
    "-0",
    "1e309",
    "NaN",
    "~",
    "true",
];

/// Pseudo-random numbers from a seed (xorshift).
pub(super) struct Mutator(u64);

impl Mutator {
    pub(super) fn new(number: u64) -> Self {
        Self(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default() % limit.max(1)
    }

    fn pick<'a, T: AsRef<str>>(&mut self, texts: &'a [T]) -> &'a str {
        let index = self.below(texts.len());
        texts.get(index).map(AsRef::as_ref).unwrap_or_default()
    }

    /// Returns an input: a mutated seed, or words only if the target reads no documents.
    pub(super) fn input(&mut self, kind: Kind, seeds: &[String]) -> String {
        let mut text = match kind {
            Kind::Document => self.pick(seeds).to_owned(),
            Kind::Words => (0..=self.below(12)).map(|_| self.pick(WORDS)).collect(),
        };
        for _ in 0..=self.below(6) {
            text = self.changed(&text, seeds);
        }
        text
    }

    fn changed(&mut self, text: &str, seeds: &[String]) -> String {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let (one, other) = (self.below(lines.len()), self.below(lines.len()));
        let (start, end) = (one.min(other), one.max(other).min(one.min(other) + 20));
        let part = |from: usize, to: usize| lines.get(from..to).unwrap_or_default().concat();
        let all = lines.len();
        match self.below(8) {
            // Lines are removed, repeated, moved, or inserted from another seed.
            0 => part(0, start) + &part(end, all),
            1 => part(0, end) + &part(start, all),
            2 => part(0, start) + &part(end, all) + &part(start, end),
            3 => {
                let seed = self.pick(seeds);
                let others: Vec<&str> = seed.split_inclusive('\n').collect();
                let from = self.below(others.len());
                let other = others.iter().skip(from).take(10).copied().collect::<String>();
                part(0, start) + &other + &part(start, all)
            }
            // A line gets another indentation.
            4 => {
                let line = part(start, start + 1);
                let line = if self.below(2) == 0 { format!("  {line}") } else { line.replacen("  ", "", 1) };
                part(0, start) + &line + &part(start + 1, all)
            }
            // Characters are removed or inserted.
            5 => {
                let (before, after) = self.cut(text);
                before.to_owned()
                    + after.get(after.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default()
            }
            6 => {
                let word = self.pick(WORDS);
                let (before, after) = self.cut(text);
                format!("{before}{word}{after}")
            }
            // A value is replaced.
            _ => {
                let line = part(start, start + 1);
                let word = self.pick(WORDS);
                let key = line.split_once(": ").map_or(line.as_str(), |(key, _)| key);
                part(0, start) + &format!("{}: {word}\n", key.trim_end()) + &part(start + 1, all)
            }
        }
    }

    /// Cuts a text somewhere between two characters.
    fn cut<'a>(&mut self, text: &'a str) -> (&'a str, &'a str) {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
        text.split_at_checked(at).unwrap_or((text, ""))
    }
}
