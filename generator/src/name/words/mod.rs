//! Splits text of a document into the words of a name.
//!
//! Input: a key, an operationId, an enum value, a path. Output: at least one word, each of
//! lower-case letters and digits that rustc accepts in an identifier without a warning.
//!
//! Invariant: the words depend on the text alone, never on its siblings. A symbol that changes the
//! meaning of a text is therefore always spelled, even if no other text differs by that symbol
//! only.

#[cfg(test)]
mod tests;

use unicode_normalization::UnicodeNormalization;
use unicode_security::GeneralSecurityProfile;

/// Symbols that are always spelled, the longest first.
const OPERATORS: &[(&str, &str)] = &[
    ("<=", "lte"),
    (">=", "gte"),
    ("!=", "ne"),
    ("<", "lt"),
    (">", "gt"),
    ("=", "eq"),
    ("\u{2264}", "lte"),
    ("\u{2265}", "gte"),
    ("\u{2260}", "ne"),
    ("*", "star"),
    ("%", "percent"),
    ("&", "and"),
    ("|", "or"),
    ("~", "tilde"),
    ("^", "caret"),
    ("#", "hash"),
    ("@", "at"),
];

/// Symbols that usually separate words or decorate a name. They are spelled if the text has nothing
/// else, or in the second candidate name.
const SEPARATORS: &[(char, &str)] = &[
    ('+', "plus"),
    ('-', "minus"),
    ('/', "slash"),
    ('\\', "backslash"),
    ('!', "bang"),
    ('$', "dollar"),
    ('?', "question"),
    ('.', "dot"),
    (',', "comma"),
    (':', "colon"),
    (';', "semicolon"),
    (' ', "space"),
    ('_', "underscore"),
    ('[', "bracket"),
    ('(', "parenthesis"),
    ('{', "brace"),
    ('\'', "quote"),
    ('"', "quote"),
    ('`', "backtick"),
];

/// Closing brackets. Only the opening ones are spelled.
const CLOSING: &str = "])}";

/// Words with capitals inside that do not begin a new word, in the case of type names.
const MIXED: &[&str] = &[
    "GitHub",
    "GitLab",
    "GraphQL",
    "JavaScript",
    "LinkedIn",
    "MySQL",
    "OAuth",
    "OpenID",
    "PayPal",
    "PostgreSQL",
    "TypeScript",
    "WhatsApp",
    "YouTube",
];

/// The length of the longest name, in characters. A longer text is cut after a word.
const LONGEST: usize = 160;

/// Which symbols of a text are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    /// Letters, digits, and the symbols that change the meaning.
    Meaning,
    /// Every symbol except a single separator between two words.
    All,
}

/// Returns the words of a text.
pub(super) fn words(text: &str) -> Vec<String> {
    split(text, Detail::Meaning)
}

/// Returns the words of a text with decorative symbols spelled: `$top` is `dollar top`.
pub(super) fn full_words(text: &str) -> Vec<String> {
    split(text, Detail::All)
}

/// Returns a word for the style of a text (its case and its separators), to distinguish it from
/// texts with the same words.
pub(super) fn style_word(text: &str) -> &'static str {
    let has = |test: fn(char) -> bool| text.chars().any(test);
    let (upper, lower) = (has(char::is_uppercase), has(char::is_lowercase));
    match text.chars().find(|c| !c.is_alphanumeric()) {
        _ if upper && !lower => "upper",
        Some('-') => "kebab",
        Some('.') => "dotted",
        Some('_') if !upper => "snake",
        Some(' ') => "spaced",
        Some(_) => "symbols",
        None if !upper => "lower",
        None if text.starts_with(char::is_uppercase) => "capital",
        None => "camel",
    }
}

fn split(text: &str, detail: Detail) -> Vec<String> {
    if let Some(words) = snake_words(text) {
        return cut(words);
    }
    let chars: Vec<char> = if text.is_ascii() { text.chars().collect() } else { text.nfkc().collect() };
    let mut words = Vec::new();
    let (mut run, mut at) = (0, 0);
    let is_balanced = chars.contains(&'<') && is_balanced(&chars);
    while let Some(c) = chars.get(at).copied() {
        if is_part(c) {
            at += 1;
            continue;
        }
        split_run(chars.get(run..at).unwrap_or_default(), &mut words);
        let rest = chars.get(at..).unwrap_or_default();
        let operator = OPERATORS.iter().find(|(symbol, _)| begins_with(rest, symbol));
        match operator {
            Some((symbol, _)) if is_balanced && (*symbol == "<" || *symbol == ">") => at += 1,
            // A hash between two words is a separator. At an end it matters, as in `C#`.
            Some(("#", _)) if !words.is_empty() && chars.get(at + 1).copied().is_some_and(is_part) => at += 1,
            Some((symbol, word)) => {
                words.push((*word).to_owned());
                at += symbol.chars().count();
            }
            None => {
                words.extend(symbol(&chars, at, detail));
                at += 1;
            }
        }
        run = at;
    }
    split_run(chars.get(run..).unwrap_or_default(), &mut words);
    if words.is_empty() && detail == Detail::Meaning && !chars.is_empty() {
        return split(text, Detail::All);
    }
    if words.is_empty() {
        words.push("empty".to_owned());
    }
    cut(words)
}

/// Returns the words of a text in snake case, as most keys are: words of small letters and digits
/// with one `_` between them. No symbol of such a text is spelled. Returns `None` for other texts.
fn snake_words(text: &str) -> Option<Vec<String>> {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.split('_').map(|word| is_word(word).then(|| word.to_owned())).collect()
}

/// Returns the name of the symbol at a position, if it is spelled.
fn symbol(chars: &[char], at: usize, detail: Detail) -> Option<String> {
    let c = chars.get(at).copied()?;
    let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
    let after = chars.get(at + 1).copied();
    let is_word = |c: Option<char>| c.is_some_and(is_part);
    let is_sign = match c {
        '+' => !(is_word(before) && after.is_some_and(|c| c.is_alphabetic() || c == '_' || c == ' ')),
        '-' if is_word(before) => after.is_none() || is_offset(chars.get(..at).unwrap_or_default(), after),
        '-' => is_word(after),
        '!' => before.is_none() && is_word(after),
        _ => false,
    };
    let name = SEPARATORS.iter().find(|(symbol, _)| *symbol == c).map(|(_, word)| (*word).to_owned());
    let hex = || format!("u{:04x}", c as u32);
    if is_sign {
        return if c == '!' { Some("not".to_owned()) } else { name };
    }
    if c.is_alphanumeric() || is_meaningful(c) {
        return Some(hex());
    }
    if c == '[' && after == Some(']') {
        return (detail == Detail::All).then(|| "list".to_owned());
    }
    let separates =
        is_word(before) && is_word(after) && matches!(c, '-' | '_' | ' ' | '.' | '/' | ':' | '+' | ',');
    if detail == Detail::Meaning || separates || CLOSING.contains(c) {
        return None;
    }
    name.or_else(|| Some(hex()))
}

/// Returns true if a `-` before digits is the sign of a time offset, as in `Etc/GMT-1`.
fn is_offset(before: &[char], after: Option<char>) -> bool {
    let zone = before.get(before.len().saturating_sub(3)..).unwrap_or_default();
    after.is_some_and(|c| c.is_ascii_digit()) && (begins_with(zone, "GMT") || begins_with(zone, "UTC"))
}

fn begins_with(chars: &[char], text: &str) -> bool {
    text.chars().enumerate().all(|(index, c)| chars.get(index) == Some(&c))
}

/// Returns true if every `<` has its `>`, as in `Page<User>`, so that they are brackets.
fn is_balanced(chars: &[char]) -> bool {
    let mut depth = 0_i64;
    for c in chars {
        depth += i64::from(*c == '<') - i64::from(*c == '>');
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// Returns true if a character is allowed in an identifier and rustc does not warn about it.
fn is_part(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // A capital without a small letter would be invalid in a field's name.
    let has_small = !c.is_uppercase() || !c.to_lowercase().eq([c]);
    unicode_ident::is_xid_continue(c) && c.identifier_allowed() && has_small
}

/// Returns true for symbols outside ASCII that are neither spaces nor punctuation: emoji,
/// currencies, mathematics.
fn is_meaningful(c: char) -> bool {
    let is_punctuation = matches!(c,
        '\u{80}'..='\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{ad}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
        | '\u{300}'..='\u{36f}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{fe6f}'
        | '\u{feff}' | '\u{fff0}'..='\u{ffff}');
    !c.is_ascii() && !c.is_whitespace() && !is_punctuation
}

/// Splits letters and digits at capitals: `HTTPServer`, `OAuth2Token`, `nonResourceURLs`,
/// `EnableIPv6`.
fn split_run(chars: &[char], words: &mut Vec<String>) {
    let mut word = String::new();
    let mut at = 0;
    // True if the last letter was a capital. Digits do not change it.
    let mut was_upper = false;
    let flush = |word: &mut String, words: &mut Vec<String>| {
        if !word.is_empty() {
            words.push(std::mem::take(word).to_lowercase());
        }
    };
    while let Some(c) = chars.get(at).copied() {
        let next = chars.get(at + 1).copied();
        if c.is_uppercase() {
            let after = chars.get(at + 2).copied();
            if let Some(mixed) = mixed(chars.get(at..).unwrap_or_default(), word.is_empty() || !was_upper) {
                flush(&mut word, words);
                word.push_str(mixed);
                at += mixed.chars().count();
                was_upper = false;
                continue;
            }
            let is_lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
            // `URLs` and `IPv6` are one word.
            let is_plural = was_upper && next == Some('s') && !is_lower(after);
            let is_version = was_upper && next == Some('v') && after.is_some_and(|c| c.is_ascii_digit());
            let starts = !was_upper || (is_lower(next) && !is_plural && !is_version);
            if starts {
                flush(&mut word, words);
            }
            was_upper = true;
        } else if c.is_lowercase() {
            was_upper = false;
        }
        word.push(c);
        at += 1;
    }
    flush(&mut word, words);
}

/// Returns the word of [`MIXED`] that `chars` begin with. The word must end before a capital, a
/// digit or the end of the text.
fn mixed(chars: &[char], may_begin: bool) -> Option<&'static str> {
    let is_here = |word: &&&str| {
        begins_with(chars, word) && chars.get(word.chars().count()).is_none_or(|c| !c.is_lowercase())
    };
    MIXED.iter().filter(|_| may_begin).find(is_here).copied()
}

/// Returns a word in the case of type names if it is one of [`MIXED`], with or without digits:
/// `oauth2` is `OAuth2`.
pub(super) fn spelled(word: &str) -> Option<String> {
    let is_of = |mixed: &&&str| {
        let rest = word.get(mixed.len()..).filter(|rest| rest.chars().all(|c| c.is_ascii_digit()));
        rest.is_some() && word.get(..mixed.len()).is_some_and(|start| start.eq_ignore_ascii_case(mixed))
    };
    let mixed = MIXED.iter().find(is_of)?;
    Some(format!("{mixed}{}", word.get(mixed.len()..).unwrap_or_default()))
}

/// Drops the words after the first [`LONGEST`] characters.
fn cut(words: Vec<String>) -> Vec<String> {
    // A character has at least one byte.
    if words.iter().map(String::len).sum::<usize>() <= LONGEST {
        return words;
    }
    let mut left = LONGEST;
    let mut kept = Vec::new();
    for word in words {
        let length = word.chars().count();
        if length > left {
            if kept.is_empty() {
                kept.push(word.chars().take(left).collect());
            }
            break;
        }
        left -= length;
        kept.push(word);
    }
    kept
}
