//! Words: any text of a document in, the words of a name out; and words cased as Rust writes them.
//!
//! The one rule: two texts may give the same words, but no text gives none.

use heck::ToSnakeCase;
use proc_macro2::{Ident, Span};

/// What symbols are called where letters and digits alone do not make a name.
const SYMBOLS: &[(char, &str)] = &[
    ('+', "plus"),
    ('-', "minus"),
    ('*', "star"),
    ('/', "slash"),
    ('%', "percent"),
    ('=', "equal"),
    ('<', "less"),
    ('>', "greater"),
    ('!', "not"),
    ('&', "and"),
    ('|', "or"),
    ('~', "tilde"),
    ('^', "caret"),
    ('#', "hash"),
    ('@', "at"),
    ('$', "dollar"),
    ('?', "question"),
    ('.', "dot"),
    (',', "comma"),
    (':', "colon"),
    (' ', "space"),
    ('_', "underscore"),
];

/// The words of a text, in lower case: at least one.
pub(super) fn words(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() && unicode_ident::is_xid_continue(c);
    let sign = match text.chars().next() {
        Some('+') => Some("plus"),
        Some('-') if text.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) => Some("minus"),
        _ => None,
    };
    let runs = text.split(|c| !is_part(c)).filter(|run| !run.is_empty());
    let split = runs.flat_map(|run| run.to_snake_case().split('_').map(str::to_owned).collect::<Vec<_>>());
    let mut words: Vec<String> =
        sign.into_iter().map(str::to_owned).chain(split.filter(|word| !word.is_empty())).collect();
    if words.iter().all(|word| Some(word.as_str()) == sign) {
        let name =
            |c: char| SYMBOLS.iter().find(|(symbol, _)| *symbol == c).map(|(_, name)| (*name).to_owned());
        words = text.chars().map(|c| name(c).unwrap_or_else(|| format!("u{:04x}", c as u32))).collect();
    }
    if words.is_empty() {
        words.push("empty".to_owned());
    }
    words
}

/// `["service", "user"]` → `ServiceUser`.
pub(super) fn pascal(words: &[String]) -> String {
    let capital = |word: &String| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    };
    legal(words.iter().map(capital).collect())
}

/// `["service", "user"]` → `service_user`.
pub(super) fn snake(words: &[String]) -> String {
    legal(words.join("_"))
}

/// Bytes of the longest name of a module: file systems take 255, of which `.rs` and a number need some.
const LONGEST_FILE: usize = 200;

/// `["größe"]` → `gru00f6u00dfe`: the name of a module, which is the name of its file, and so ASCII alone, and cut.
pub(super) fn file(words: &[String]) -> String {
    let ascii = |c: char| if c.is_ascii() { c.to_string() } else { format!("u{:04x}", c as u32) };
    let name: String = snake(words).chars().map(ascii).collect();
    let name: String = name.chars().take(LONGEST_FILE).collect();
    if is_device(&name) { format!("{name}_") } else { name }
}

/// Returns true for the names that Windows keeps for devices, which no file there can have.
/// <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>
fn is_device(name: &str) -> bool {
    matches!(name, "aux" | "con" | "nul" | "prn")
        || ["com", "lpt"].iter().any(|port| {
            name.strip_prefix(port)
                .is_some_and(|rest| rest.len() == 1 && rest.chars().all(|c| c.is_ascii_digit()))
        })
}

/// A name that may begin an identifier: digits, and letters that may only go on one, get an underscore before.
fn legal(name: String) -> String {
    if name.starts_with(unicode_ident::is_xid_start) { name } else { format!("_{name}") }
}

/// A name as an identifier: keywords become raw, and those that can't be raw get an underscore.
pub(super) fn ident(name: &str) -> Ident {
    if !is_keyword(name) {
        Ident::new(name, Span::call_site())
    } else if matches!(name, "self" | "Self" | "super" | "crate" | "_") {
        Ident::new(&format!("{name}_"), Span::call_site())
    } else {
        Ident::new_raw(name, Span::call_site())
    }
}

/// A name as the name of a module, whose file is called alike: keywords get an underscore.
pub(super) fn module(name: &str) -> Ident {
    let name = if is_keyword(name) { format!("{name}_") } else { name.to_owned() };
    Ident::new(&name, Span::call_site())
}

/// Whether a name is a keyword of the 2024 edition, of which `syn` does not know `gen`.
fn is_keyword(name: &str) -> bool {
    name == "gen" || syn::parse_str::<Ident>(name).is_err()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_FILE, file, ident, pascal, snake, words};

    #[test]
    fn texts_become_names() {
        for (text, type_name, field_name) in [
            ("service_user", "ServiceUser", "service_user"),
            ("ChatServiceSid", "ChatServiceSid", "chat_service_sid"),
            ("Page[User]", "PageUser", "page_user"),
            ("DateCreated<", "DateCreated", "date_created"),
            ("2fa-enabled", "_2faEnabled", "_2fa_enabled"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            ("", "Empty", "empty"),
            ("*", "Star", "star"),
            ("<=", "LessEqual", "less_equal"),
            ("größe", "Größe", "größe"),
            ("²", "U00b2", "u00b2"),
            ("HTTPServer", "HttpServer", "http_server"),
        ] {
            assert_eq!(
                (pascal(&words(text)), snake(&words(text))),
                (type_name.into(), field_name.into()),
                "{text}"
            );
        }
    }

    #[test]
    fn no_file_has_a_name_that_is_too_long() {
        assert_eq!(file(&words("größe")), "gru00f6u00dfe");
        for (name, expected) in
            [("aux", "aux_"), ("COM1", "com1_"), ("LPT9", "lpt9_"), ("console", "console")]
        {
            assert_eq!(file(&words(name)), expected);
        }
        for long in ["a".repeat(70_000), "é".repeat(250)] {
            assert_eq!(file(&words(&long)).len(), LONGEST_FILE);
        }
    }

    #[test]
    fn keywords_become_raw_or_longer() {
        for (name, identifier) in
            [("type", "r#type"), ("self", "self_"), ("Self", "Self_"), ("user", "user"), ("gen", "r#gen")]
        {
            assert_eq!(ident(name).to_string(), identifier);
        }
    }
}
