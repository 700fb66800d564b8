//! Writes words in Rust's cases, and creates identifiers.
//!
//! Input: the words of a name. Output: text in snake case, Pascal case or capitals, an identifier,
//! or a file name.
//!
//! Invariant: [`ident`] and [`module`] are the only functions that create an identifier. They
//! accept any text.

use proc_macro2::{Ident, Span};
use unicode_normalization::UnicodeNormalization;
use unicode_security::GeneralSecurityProfile;

use super::words::spelled;

/// The keywords of the 2024 edition, reserved ones included (The Rust Reference, "Keywords").
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
    "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];

/// Keywords that have no raw form.
const NEVER_RAW: &[&str] = &["Self", "crate", "self", "super"];

/// Names of devices, which Windows refuses as file names, with and without an extension
/// (<https://learn.microsoft.com/windows/win32/fileio/naming-a-file>). `com1` and others end with a
/// digit.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// The longest file name, in bytes. File systems allow 255, and an extension and a number need some
/// of them.
const LONGEST_FILE: usize = 200;

/// Writes words in Pascal case: `["service", "user"]` becomes `ServiceUser`. A `_` separates the
/// digits of two words: `1.0` is `Value1_0`.
pub(super) fn pascal(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        if name.ends_with(char::is_numeric) && word.starts_with(char::is_numeric) {
            name.push('_');
        }
        match spelled(word) {
            Some(spelled) => name.push_str(&spelled),
            None => name.extend(capital(word)),
        }
    }
    let name = legal(name, "Value");
    // The first letter has no capital, or none that is allowed in an identifier.
    if name.trim_start_matches('_').starts_with(char::is_lowercase) { format!("X{name}") } else { name }
}

/// Writes words in snake case: `["service", "user"]` becomes `service_user`.
pub(super) fn snake(words: &[String]) -> String {
    legal(words.join("_"), "value_")
}

/// Writes words in capitals: `["x", "rate"]` becomes `X_RATE`. A letter without a capital is
/// written by its number.
pub(super) fn shout(words: &[String]) -> String {
    let upper = words.join("_").to_uppercase();
    let spell = |c: char| if c.is_lowercase() { format!("U{:04X}", c as u32) } else { c.to_string() };
    legal(upper.chars().map(spell).collect(), "VALUE_")
}

/// Returns the name of a module and of its file: `["größe"]` becomes `gru00f6u00dfe`. The name is
/// ASCII, short enough for file systems, and no device name.
pub(super) fn file(words: &[String]) -> String {
    let ascii = |c: char| if c.is_ascii() { c.to_string() } else { format!("u{:04x}", c as u32) };
    let name: String = snake(words).chars().map(ascii).collect();
    let name: String = name.chars().take(LONGEST_FILE).collect();
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    let is_port = port.is_some_and(|port| port.len() == 1 && port.starts_with(|c: char| c.is_ascii_digit()));
    if is_port || DEVICES.contains(&name.as_str()) { name + "_" } else { name }
}

/// Creates an identifier from any text. Keywords become raw identifiers, or get an underscore if
/// they have no raw form.
pub(super) fn ident(name: &str) -> Ident {
    let name = lawful(name);
    if !KEYWORDS.contains(&name.as_str()) {
        Ident::new(&name, Span::call_site())
    } else if NEVER_RAW.contains(&name.as_str()) {
        Ident::new(&format!("{name}_"), Span::call_site())
    } else {
        Ident::new_raw(&name, Span::call_site())
    }
}

/// Returns the text of the identifier that [`ident`] creates, without `r#`.
pub(super) fn plain(name: &str) -> String {
    let name = lawful(name);
    if NEVER_RAW.contains(&name.as_str()) { name + "_" } else { name }
}

/// Creates the identifier of a module, whose file has the same name. Keywords get an underscore.
pub(super) fn module(name: &str) -> Ident {
    let name = lawful(name);
    let underscore = if KEYWORDS.contains(&name.as_str()) { "_" } else { "" };
    Ident::new(&format!("{name}{underscore}"), Span::call_site())
}

/// Returns true if a text is a valid identifier for a pin.
pub(super) fn is_ident(name: &str) -> bool {
    lawful(name) == name && !KEYWORDS.contains(&name)
}

fn capital(word: &str) -> impl Iterator<Item = char> {
    let mut chars = word.chars();
    let first = chars.next();
    let upper: Vec<char> = first.into_iter().flat_map(char::to_uppercase).collect();
    let is_usable = upper.iter().all(|c| c.is_ascii() || c.identifier_allowed());
    let begin = if is_usable { upper } else { first.into_iter().collect() };
    begin.into_iter().chain(chars.collect::<Vec<_>>())
}

/// Returns a name that may begin an identifier, in Unicode normalization form NFC, which rustc uses
/// to compare identifiers. A name of digits only gets a word before it. Another name with an
/// invalid first character gets an underscore.
fn legal(name: String, prefix: &str) -> String {
    let name: String = if name.is_ascii() { name } else { name.nfc().collect() };
    if name.chars().all(|c| c == '_' || c.is_numeric()) {
        format!("{prefix}{}", name.trim_start_matches('_'))
    } else if name.starts_with(unicode_ident::is_xid_start) {
        name
    } else {
        format!("_{name}")
    }
}

/// Returns a text in which invalid characters of identifiers are written by number.
fn lawful(name: &str) -> String {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if name.bytes().all(is_part) && name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return name.to_owned();
    }
    let mut lawful = String::with_capacity(name.len());
    for c in name.chars() {
        let may_begin = c == '_' || unicode_ident::is_xid_start(c);
        match (unicode_ident::is_xid_continue(c), lawful.is_empty() && !may_begin) {
            (true, false) => lawful.push(c),
            (true, true) => lawful.extend(['_', c]),
            (false, _) => lawful.push_str(&format!("u{:04x}", c as u32)),
        }
    }
    if lawful.chars().all(|c| c == '_') { lawful + "unnamed" } else { lawful }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::{KEYWORDS, LONGEST_FILE, NEVER_RAW, file, ident, module, pascal, shout, snake};

    #[test]
    fn words_become_names() {
        for (text, type_name, field_name) in [
            ("service_user", "ServiceUser", "service_user"),
            ("ChatServiceSid", "ChatServiceSid", "chat_service_sid"),
            ("DateCreated<", "DateCreatedLt", "date_created_lt"),
            ("2fa-enabled", "_2faEnabled", "_2fa_enabled"),
            ("0", "Value0", "value_0"),
            ("1.0", "Value1_0", "value_1_0"),
            ("10", "Value10", "value_10"),
            ("V1.0", "V1_0", "v1_0"),
            ("-1", "Minus1", "minus_1"),
            ("OAuth2Token", "OAuth2Token", "oauth2_token"),
            ("github_oauth2", "GitHubOAuth2", "github_oauth2"),
            ("größe", "Größe", "größe"),
            ("ßtraße", "SStraße", "ßtraße"),
            ("商品", "商品", "商品"),
            ("İd", "İd", "i̇d"),
        ] {
            assert_eq!(
                (pascal(&words(text)), snake(&words(text))),
                (type_name.into(), field_name.into()),
                "{text}"
            );
        }
        assert_eq!(shout(&words("X-Größe-2")), "X_GRÖSSE_2");
        assert_eq!(shout(&words("2")), "VALUE_2");
    }

    #[test]
    fn a_file_has_a_name_that_file_systems_take() {
        assert_eq!(file(&words("größe")), "gru00f6u00dfe");
        for long in ["a".repeat(70_000), "é".repeat(250)] {
            assert!((100..=LONGEST_FILE).contains(&file(&words(&long)).len()));
        }
        for device in ["aux", "con", "nul", "prn", "com1", "lpt9"] {
            assert_eq!(file(&words(device)), format!("{device}_"));
        }
        assert_eq!(file(&words("com")), "com");
    }

    #[test]
    fn any_text_is_an_identifier() {
        for (name, identifier) in [
            ("type", "r#type"),
            ("self", "self_"),
            ("Self", "Self_"),
            ("user", "user"),
            ("gen", "r#gen"),
            ("", "unnamed"),
            ("_", "_unnamed"),
            ("1", "_1"),
            ("a b", "au0020b"),
        ] {
            assert_eq!(ident(name).to_string(), identifier);
        }
        assert_eq!(module("mod").to_string(), "mod_");
    }

    /// `syn` knows all keywords except `gen`, a keyword since edition 2024.
    #[test]
    fn each_keyword_is_one() {
        for keyword in KEYWORDS.iter().filter(|keyword| **keyword != "gen") {
            assert!(syn::parse_str::<proc_macro2::Ident>(keyword).is_err(), "{keyword}");
        }
        assert!(NEVER_RAW.iter().all(|keyword| KEYWORDS.contains(keyword)));
    }
}
