//! Patterns: ECMA-262 regular expressions, each compiled once in a program.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// The expressions that have been used, by their text; nothing for one that can't be compiled.
static COMPILED: LazyLock<RwLock<Compiled>> = LazyLock::new(RwLock::default);

type Compiled = HashMap<&'static str, Option<Arc<fancy_regex::Regex>>>;

/// Whether `text` matches somewhere. An expression that can't be compiled (the generator says so) matches everything; a
/// text that takes more than a million steps of backtracking matches nothing.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(pattern).cloned();
    let compiled = known.unwrap_or_else(|| {
        let compiled = compile(pattern).map(Arc::new);
        let mut all = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
        all.entry(pattern).or_insert(compiled).clone()
    });
    compiled.is_none_or(|regex| regex.is_match(text).unwrap_or(false))
}

/// Rust's notation of an ECMA-262 expression, compiled: without look-around or back references to an automaton, which
/// takes time in proportion to the text, whatever the text is.
fn compile(pattern: &str) -> Option<fancy_regex::Regex> {
    let pattern = jsonschema_regex::to_rust_regex(pattern).ok()?;
    fancy_regex::Regex::new(&pattern).ok()
}
