//! Patterns of names and paths with the wildcard `*`.

/// Returns true if `text` matches `pattern`, in which each `*` stands for any text, also for none.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        let Some((_, after)) = rest.split_once(piece) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_is_any_text() {
        for (pattern, text) in [
            ("Pet", "Pet"),
            ("*", ""),
            ("Pet*", "Pet"),
            ("*Pet", "NewPet"),
            ("a*b*c", "a-b-b-c"),
            ("**", "x"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("Pet", "Pets"),
            ("Pet", ""),
            ("", "Pet"),
            ("Pet*", "NewPet"),
            ("ab*ba", "aba"),
            ("a*b*c", "a-c"),
        ] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}
