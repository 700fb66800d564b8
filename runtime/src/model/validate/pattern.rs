//! Patterns: ECMA-262 regular expressions, each compiled once in a program.
//!
//! Input: a pattern of the document and a text. Output: whether the text matches.
//!
//! Invariant: the work is linear in the text, except for a [`Budget`]. A pattern without
//! look-around and back references is an automaton, which is linear for every text. Other patterns
//! backtrack, with a limit of steps that is raised while the budget lasts. A step may scan the rest
//! of the text, so it counts as many bytes as the text has.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// Compiled expressions by text and step limit. `None` for one that cannot be compiled.
static COMPILED: LazyLock<RwLock<Compiled>> = LazyLock::new(RwLock::default);

type Compiled = HashMap<(&'static str, usize), Option<Arc<fancy_regex::Regex>>>;

/// Backtracking steps that every text may take at no cost. Most texts that match need fewer. Limits
/// are this number times a power of four, so that few expressions are compiled.
const FREE_STEPS: usize = 1 << 6;

/// Backtracking steps of a text that never count as long, whatever its length.
const LEAST_STEPS: usize = 1 << 10;

/// Backtracking steps per byte of a text that do not count as long. The highest limit of steps
/// below this is at least a quarter of it.
const STEPS_PER_BYTE: usize = 16;

/// The steps of all texts of one validation, each times the bytes of its text: about a second.
const ALL_WORK: usize = 1 << 30;

/// Backtracking steps that no text may exceed.
const MOST_STEPS: usize = 1 << 20;

/// Texts that may take [`MOST_STEPS`] in one validation: for each pattern, and in total.
const LONG_TEXTS: usize = 8;
const ALL_LONG_TEXTS: usize = 32;

/// The remaining budget of one validation.
#[derive(Debug)]
pub(super) struct Budget {
    work: usize,
    long_texts: usize,
    of_patterns: HashMap<&'static str, usize>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { work: ALL_WORK, long_texts: ALL_LONG_TEXTS, of_patterns: HashMap::new() }
    }
}

impl Budget {
    /// Returns true if a part of `text` matches. A pattern that cannot be compiled, which the
    /// generator reports, matches every text. A text that exceeds the steps or the budget does not
    /// match.
    pub(super) fn matches(&mut self, pattern: &'static str, text: &str) -> bool {
        let linear = text.len().saturating_mul(STEPS_PER_BYTE).max(LEAST_STEPS);
        let (mut steps, mut is_long) = (FREE_STEPS, false);
        loop {
            if let Some(known) = matches(pattern, text, steps) {
                return known;
            }
            steps *= 4;
            if steps > MOST_STEPS || steps > linear && !is_long && !self.take(pattern) {
                return false;
            }
            is_long = steps > linear;
            let Some(left) = self.work.checked_sub(steps.saturating_mul(text.len())) else { return false };
            self.work = left;
        }
    }

    /// Takes one slow text from the budget. Returns false if none is left.
    fn take(&mut self, pattern: &'static str) -> bool {
        let of_pattern = self.of_patterns.entry(pattern).or_insert(LONG_TEXTS);
        if *of_pattern == 0 || self.long_texts == 0 {
            return false;
        }
        *of_pattern -= 1;
        self.long_texts -= 1;
        true
    }
}

/// Returns true if the text matches. Returns `None` if the match takes more than `steps` steps.
fn matches(pattern: &'static str, text: &str, steps: usize) -> Option<bool> {
    let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(&(pattern, steps)).cloned();
    let compiled = known.unwrap_or_else(|| {
        let compiled = compile(pattern, steps).map(Arc::new);
        let mut all = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
        all.entry((pattern, steps)).or_insert(compiled).clone()
    });
    match compiled {
        Some(regex) => regex.is_match(text).ok(),
        None => Some(true),
    }
}

/// Compiles an ECMA-262 expression in Rust's notation.
fn compile(pattern: &str, steps: usize) -> Option<fancy_regex::Regex> {
    let pattern = jsonschema_regex::to_rust_regex(pattern).ok()?;
    fancy_regex::RegexBuilder::new(&pattern).backtrack_limit(steps).build().ok()
}

#[cfg(test)]
mod tests {
    use super::{ALL_LONG_TEXTS, ALL_WORK, Budget, LONG_TEXTS};

    /// Returns a text that matches after about 2ⁿ steps.
    fn slow(length: usize) -> String {
        "a".repeat(length) + "!"
    }

    #[test]
    fn a_budget_is_of_each_pattern_and_of_all() {
        const PATTERNS: [&str; 6] = [
            r"^(?:(a*)*\1b|a*!)$",
            r"^(?:(a*)*\1c|a*!)$",
            r"^(?:(a*)*\1d|a*!)$",
            r"^(?:(a*)*\1e|a*!)$",
            r"^(?:(a*)*\1f|a*!)$",
            r"^(?:(a*)*\1g|a*!)$",
        ];
        let mut budget = Budget::default();
        let mut all = 0;
        for pattern in PATTERNS {
            let count = (0..20).filter(|_| budget.matches(pattern, &slow(18))).count();
            assert!(count <= LONG_TEXTS, "{pattern} {count}");
            all += count;
        }
        assert_eq!(all, ALL_LONG_TEXTS);
        // A text that takes few steps does not use the budget.
        assert!(budget.matches(PATTERNS[0], "a!"));
    }

    /// Each step scans the rest of the text for a capital letter.
    #[test]
    fn a_step_costs_as_many_bytes_as_its_text_has() {
        const PATTERN: &str = "(?=.*[A-Z])[A-Z][a-z]";
        let text = "a".repeat(2000) + "Ab";
        let mut budget = Budget::default();
        assert!(budget.matches(PATTERN, &text));
        assert!(budget.work <= ALL_WORK - 2000 * text.len());
        budget.work = 1000 * text.len();
        assert!(!budget.matches(PATTERN, &text));
        // A text that takes few steps does not use the budget.
        assert!(budget.matches(PATTERN, "aaAb"));
    }
}
