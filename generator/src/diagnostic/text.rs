//! Makes text from a document safe for a terminal.

use std::borrow::Cow;

/// The characters of a name, message or note that are shown. The rest is counted.
const LONGEST: usize = 2_000;

/// Returns `text` with control characters, invisible characters and characters that change the
/// direction of writing replaced by their numbers, such as `U+202E`. Line feeds and tabs stay.
///
/// ```
/// assert_eq!(generator::escaped("a\u{202e}b\u{1b}"), "aU+202EbU+001B");
/// ```
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return text.into();
    }
    text.chars().map(|c| if is_hidden(c) { format!("U+{:04X}", c as u32) } else { c.to_string() }).collect()
}

/// Returns `text` escaped. Cuts it after 2,000 characters and adds the number of those omitted.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        None => escaped(text),
        Some((end, _)) => {
            let (start, rest) = text.split_at(end);
            format!("{}… ({} more characters)", escaped(start), rest.chars().count()).into()
        }
    }
}

pub(super) fn is_hidden(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_and_what_is_left_out_is_counted() {
        let text = shown(&"é".repeat(LONGEST + 5)).into_owned();
        assert!(text.ends_with("é… (5 more characters)"), "{text}");
        assert_eq!(shown("short"), "short");
    }

    #[test]
    fn invisible_characters_are_shown_by_number() {
        for hidden in ["\u{200b}", "\u{feff}", "\u{2066}", "\u{e0041}", "\r", "\u{9b}", "\u{ad}"] {
            let text = format!("a{hidden}b");
            assert!(escaped(&text).starts_with("aU+"), "{text:?}");
        }
        for plain in ["größe", "日本", "a\tb\nc", "👍🏽"] {
            assert_eq!(escaped(plain), plain);
        }
    }
}
