//! Quotes words for a POSIX shell.

/// Returns `word` unchanged if no shell would interpret it, otherwise in single quotes.
///
/// ```
/// assert_eq!(wirewright::shell::quoted("a/b.yaml"), "a/b.yaml");
/// assert_eq!(wirewright::shell::quoted("it's"), r"'it'\''s'");
/// ```
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-+./:@%,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
