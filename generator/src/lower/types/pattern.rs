//! Decides whether `validate()` can compile a pattern.
//!
//! Input: the patterns of a document. Output: the reason against each one that can't be compiled.
//! Invariant: the work is bounded, because a pattern is compiled only while the estimated states of
//! all patterns are within [`PATTERN_STATES`].

use std::collections::HashMap;

use crate::limits::{PATTERN_BYTES, PATTERN_STATES};

/// The patterns of a document that were compiled, and the states that are left for others.
#[derive(Debug)]
pub(in crate::lower) struct Patterns {
    /// The reason against each pattern, or `None` if it was compiled.
    known: HashMap<String, Option<String>>,
    left: usize,
}

impl Default for Patterns {
    fn default() -> Self {
        Self { known: HashMap::new(), left: PATTERN_STATES }
    }
}

impl Patterns {
    /// Returns the reason why a pattern can't be compiled, if there is one.
    pub(super) fn problem(&mut self, pattern: &str) -> Option<&str> {
        // Many schemas have the same pattern, and compiling one takes longer than all else here.
        if !self.known.contains_key(pattern) {
            let problem = self.compile(pattern);
            self.known.insert(pattern.to_owned(), problem);
        }
        self.known.get(pattern)?.as_deref()
    }

    fn compile(&mut self, pattern: &str) -> Option<String> {
        if pattern.len() > PATTERN_BYTES {
            return Some(format!("it has more than {PATTERN_BYTES} bytes"));
        }
        let Some(left) = self.left.checked_sub(states(pattern)) else {
            return Some(format!("the document's patterns together have more than {PATTERN_STATES} states"));
        };
        self.left = left;
        let problem = match jsonschema_regex::to_rust_regex(pattern) {
            Ok(pattern) => fancy_regex::Regex::new(&pattern).err().map(|error| error.to_string()),
            Err(()) => Some("it is no regular expression of ECMA-262, or uses a rare part of it".to_owned()),
        }?;
        let last = problem.lines().last().unwrap_or_default();
        Some(last.strip_prefix("error: ").unwrap_or(last).to_owned())
    }
}

/// The states of a class of Unicode properties, approximately. `\p{L}` has some hundred ranges.
const PROPERTY: usize = 64;

/// The states of a class that may have characters of several bytes.
const WIDE: usize = 4;

/// Estimates the states of the automaton of a pattern. A repetition has its states as often as its
/// count says.
fn states(pattern: &str) -> usize {
    let mut outer = Vec::new();
    // The states of the open group, and those of its last part.
    let (mut group, mut last) = (0_usize, 0_usize);
    let mut class: Option<usize> = None;
    let mut rest = pattern.chars();
    while let Some(character) = rest.next() {
        let weight = match character {
            '\\' => match rest.next() {
                Some('p' | 'P') => PROPERTY,
                Some('D' | 'S' | 'W' | 'u' | 'x') => WIDE,
                _ => 1,
            },
            '.' | '^' | '\u{80}'.. => WIDE,
            _ => 1,
        };
        match (character, &mut class) {
            (']', Some(widest)) => {
                last = *widest;
                group = group.saturating_add(last);
                class = None;
            }
            (_, Some(widest)) => *widest = weight.max(*widest),
            ('[', None) => class = Some(1),
            ('(', None) => {
                outer.push(group);
                (group, last) = (0, 0);
            }
            (')', None) => {
                last = group;
                group = outer.pop().unwrap_or(0).saturating_add(last);
            }
            ('{', None) => {
                let count = repetitions(&mut rest);
                group = group.saturating_add(last.saturating_mul(count.saturating_sub(1)));
                last = last.saturating_mul(count);
            }
            _ => {
                last = weight;
                group = group.saturating_add(last);
            }
        }
    }
    outer.into_iter().fold(group, usize::saturating_add)
}

/// Reads the rest of a quantifier or of a property's name, up to its brace. Returns the larger
/// number in it, else 1.
fn repetitions(rest: &mut std::str::Chars<'_>) -> usize {
    let Some((inside, after)) = rest.as_str().split_once('}') else { return 1 };
    *rest = after.chars();
    // A number of too many digits is larger than every limit.
    let number = |text: &str| match text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        true => text.parse().unwrap_or(usize::MAX),
        false => 1,
    };
    inside.split(',').map(number).max().unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::{PROPERTY, Patterns, WIDE, states};
    use crate::limits::PATTERN_STATES;

    #[test]
    fn repetitions_multiply_states() {
        for (pattern, expected) in [
            ("", 0),
            ("abc", 3),
            ("a{3}", 3),
            ("a{2,5}b{7,}", 12),
            ("((a{10}){10}){10}", 1000),
            (r"\p{L}{1,50}", 50 * PROPERTY),
            (r"(\p{L}{1,50}){1,50}", 2500 * PROPERTY),
            (r"[a-z\p{L}]{3}", 3 * PROPERTY),
            (r"[\u0020-\u{ff}]{2}.{3}", 5 * WIDE),
            ("[a{9}]{2}", 2),
            (r"\{9", 2),
            ("a{99999999999999999999999}{2}", usize::MAX),
            ("(a{3", 2),
        ] {
            assert_eq!(states(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn the_patterns_of_a_document_are_compiled_within_a_limit() {
        let mut patterns = Patterns::default();
        let words = |size: usize, number: usize| format!("(a{{{size}}}){{100}}{number}");
        assert!(patterns.problem(&words(PATTERN_STATES, 0)).is_some());
        let compiled = (0..100).filter(|number| patterns.problem(&words(100, *number)).is_none()).count();
        assert_eq!(compiled, PATTERN_STATES / 10_002);
        assert_eq!(patterns.problem("^a$"), None);
    }
}
