//! Patterns: ECMA-262 regular expressions, each compiled once in a program.
//!
//! Input: a pattern of the document and a text. Output: whether the text matches.
//!
//! Invariant: the work is linear in the text, except for a [`Budget`]. A pattern without
//! look-around and back references is an automaton, which is linear for every text. Other patterns
//! backtrack: first with a number of steps proportional to the text, then, while the budget lasts,
//! with a million.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// Compiled expressions by text and step limit. `None` for one that cannot be compiled.
static COMPILED: LazyLock<RwLock<Compiled>> = LazyLock::new(RwLock::default);

type Compiled = HashMap<(&'static str, usize), Option<Arc<fancy_regex::Regex>>>;

/// Backtracking steps that every text may take.
const LEAST_STEPS: usize = 1 << 10;

/// The minimum of backtracking steps per byte of a text. Limits are powers of four, so that few
/// expressions are compiled.
const STEPS_PER_BYTE: usize = 4;

/// Backtracking steps that no text may exceed.
const MOST_STEPS: usize = 1 << 20;

/// Texts that may take [`MOST_STEPS`] in one validation: for each pattern, and in total.
const LONG_TEXTS: usize = 8;
const ALL_LONG_TEXTS: usize = 32;

/// The remaining budget of one validation.
#[derive(Debug)]
pub(super) struct Budget {
    long_texts: usize,
    of_patterns: HashMap<&'static str, usize>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { long_texts: ALL_LONG_TEXTS, of_patterns: HashMap::new() }
    }
}

impl Budget {
    /// Returns true if a part of `text` matches. A pattern that cannot be compiled, which the
    /// generator reports, matches every text. A text that exceeds the steps or the budget does not
    /// match.
    pub(super) fn matches(&mut self, pattern: &'static str, text: &str) -> bool {
        if let Some(known) = matches(pattern, text, LEAST_STEPS) {
            return known;
        }
        let linear = (text.len().saturating_mul(STEPS_PER_BYTE) / LEAST_STEPS).max(1);
        let powers = linear.ilog2().div_ceil(2);
        let linear = LEAST_STEPS.saturating_mul(4_usize.saturating_pow(powers)).min(MOST_STEPS);
        if linear > LEAST_STEPS
            && let Some(known) = matches(pattern, text, linear)
        {
            return known;
        }
        linear < MOST_STEPS && self.take(pattern) && matches(pattern, text, MOST_STEPS).unwrap_or(false)
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
    use super::{ALL_LONG_TEXTS, Budget, LONG_TEXTS};

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
}
