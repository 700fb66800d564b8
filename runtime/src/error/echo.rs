//! Redacts values of a request that a server echoes.
//!
//! Input: a text from the server. Output: text for a log line. Invariant: each path value, header
//! value and credential of the request is replaced by its `{name}`, in any case, and also if it is
//! escaped, percent-encoded or inside JSON.

use crate::wire::is_hidden;
use base64::prelude::{BASE64_STANDARD, Engine};
use http::{HeaderMap, HeaderValue};
use std::{borrow::Cow, cmp::Reverse, collections::BTreeSet};

/// The values that a server may echo, each with the name that replaces it.
#[derive(Clone, Default)]
pub(crate) struct Echo {
    path: Vec<(&'static str, String)>,
    /// The values of a next page's address, each replaced by `{page}`.
    page: Vec<String>,
    headers: HeaderMap,
    authorization: Option<HeaderValue>,
}

/// A shorter value is replaced only as a whole word. Otherwise `1` would be replaced in every
/// number.
const SHORT: usize = 4;

/// The most characters of values that are compared with one text. A server chooses the text and the
/// values of a next page's address, and many escapes have several readings.
const MOST_STEPS: usize = 1 << 18;

impl Echo {
    /// Creates the redaction of the values of a path.
    pub(crate) fn new(path: Vec<(&'static str, String)>) -> Self {
        Self { path, ..Self::default() }
    }

    /// Adds the caller's headers and credentials.
    pub(crate) fn with_headers(self, headers: HeaderMap, authorization: Option<HeaderValue>) -> Self {
        Self { headers, authorization, ..self }
    }

    /// Replaces the values of a page's address by those of the next page.
    pub(crate) fn turn_to(&mut self, values: impl Iterator<Item = String>) {
        self.page = values.filter(|value| value.len() >= SHORT).collect();
    }

    /// Adds a token that was fetched later.
    pub(crate) fn authorize(&mut self, authorization: HeaderValue) {
        self.authorization = Some(authorization);
    }

    /// Returns each value with its name, the longest first.
    fn values(&self) -> Vec<(Cow<'_, str>, &str)> {
        let path = self.path.iter().map(|(name, value)| (Cow::Borrowed(value.as_str()), *name));
        let page = self.page.iter().map(|value| (Cow::Borrowed(value.as_str()), "page"));
        let headers = self.headers.iter().filter_map(|(name, value)| {
            let value = value.to_str().ok().filter(|value| !value.is_empty())?;
            Some((Cow::Borrowed(value), name.as_str()))
        });
        let secrets = self.authorization.iter().flat_map(secrets);
        let secrets = secrets.map(|(name, secret)| (Cow::Owned(secret), name));
        let mut values: Vec<_> = path.chain(page).chain(headers).chain(secrets).collect();
        values.sort_by_key(|(value, _)| Reverse(value.len()));
        values
    }

    /// Returns `text` with each value of the request replaced by its name in braces, and with
    /// control and invisible characters escaped. Cuts the text after about `limit` characters, or
    /// where [`MOST_STEPS`] end, and adds `…`.
    pub(crate) fn clean(&self, text: &str, limit: usize) -> String {
        let values = self.values();
        let mut steps = MOST_STEPS;
        let mut clean = String::new();
        let mut rest = text;
        let mut before = None;
        let mut count = 0;
        while let Some(first) = rest.chars().next() {
            if count >= limit {
                clean.push('…');
                break;
            }
            let echoed = echoed(&values, rest, before, &mut steps);
            // The rest may begin with a value that was not compared.
            if steps == 0 {
                clean.push('…');
                break;
            }
            if let Some((name, tail)) = echoed {
                clean.extend(["{", name, "}"]);
                count += name.len() + 2;
                // The text after a replaced value counts as the start of a word.
                (rest, before) = (tail, None);
                continue;
            }
            if is_hidden(first) {
                clean.extend(first.escape_unicode());
            } else {
                clean.push(first);
            }
            count += 1;
            before = Some(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
        clean
    }
}

/// Returns the secrets in an `Authorization` that the client made, each with a name.
fn secrets(authorization: &HeaderValue) -> Vec<(&'static str, String)> {
    let Some((scheme, text)) = authorization.to_str().ok().and_then(|text| text.split_once(' ')) else {
        return Vec::new();
    };
    // Servers print base64 with or without padding, and both reveal the secret.
    let mut secrets =
        [text, text.trim_end_matches('=')].map(|text| ("credentials", text.to_owned())).to_vec();
    let pair = BASE64_STANDARD.decode(text).ok().filter(|_| scheme == "Basic");
    if let Some((user, password)) =
        pair.and_then(|pair| String::from_utf8(pair).ok()).as_deref().and_then(|pair| pair.split_once(':'))
    {
        secrets.extend([("user", user.to_owned()), ("password", password.to_owned())]);
    }
    secrets
}

/// Returns the name of the value that `text` begins with, and the rest of the text. The result has
/// no meaning if no `steps` are left.
fn echoed<'a, 'v>(
    values: &[(Cow<'_, str>, &'v str)],
    text: &'a str,
    before: Option<char>,
    steps: &mut usize,
) -> Option<(&'v str, &'a str)> {
    values.iter().find_map(|(value, name)| {
        let length = spelled(value, text, steps)?;
        let tail = text.get(length..)?;
        let alone = !before.is_some_and(char::is_alphanumeric)
            && !tail.chars().next().is_some_and(char::is_alphanumeric);
        (length >= SHORT || alone).then_some((*name, tail))
    })
}

/// Returns the greatest number of bytes at the start of `text` that are a notation of `value`. Each
/// character may have its own notation, because servers escape differently. All notations are
/// followed in parallel. Each takes a step for each character.
fn spelled(value: &str, text: &str, steps: &mut usize) -> Option<usize> {
    let mut reached = BTreeSet::from([0]);
    for character in value.chars() {
        *steps = steps.saturating_sub(reached.len());
        if *steps == 0 {
            return None;
        }
        let next = |start: usize| {
            let rest = text.get(start..).unwrap_or_default();
            lengths(character, rest).map(move |length| start + length)
        };
        reached = reached.into_iter().flat_map(next).collect();
        if reached.is_empty() {
            return None;
        }
    }
    reached.last().copied()
}

/// The entities that servers write for characters in HTML, even inside JSON.
const ENTITIES: &[(char, &str)] = &[
    ('&', "&amp;"),
    ('<', "&lt;"),
    ('>', "&gt;"),
    ('"', "&quot;"),
    ('"', "&#34;"),
    ('\'', "&#39;"),
    ('\'', "&#x27;"),
];

/// Returns the possible lengths of a character at the start of `text`: as it is, percent-encoded
/// once or twice, or escaped in JSON, a form, a JSON path or HTML.
fn lengths(character: char, text: &str) -> impl Iterator<Item = usize> {
    let same = |first: &char| first.to_lowercase().eq(character.to_lowercase());
    let raw = text.chars().next().filter(same).map(char::len_utf8);
    let escape = match character {
        ' ' => "+",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '"' => "\\\"",
        '\'' => "\\'",
        '/' => "\\/",
        '\\' => "\\\\",
        _ => "",
    };
    let escaped = Some(escape.len()).filter(|length| *length > 0 && text.starts_with(escape));
    let (mut bytes, mut units) = ([0; 4], [0; 2]);
    let bytes = character.encode_utf8(&mut bytes).bytes().map(u32::from);
    let units = character.encode_utf16(&mut units).iter().copied().map(u32::from);
    let once = hexadecimal(text, "%", 2, bytes.clone());
    let twice = hexadecimal(text, "%25", 2, bytes);
    let entities =
        ENTITIES.iter().filter(move |(meant, entity)| *meant == character && text.starts_with(entity));
    let spellings = [raw, escaped, once, twice, hexadecimal(text, "\\u", 4, units)];
    spellings.into_iter().flatten().chain(entities.map(|(_, entity)| entity.len()))
}

/// Returns the number of bytes that the `numbers` take at the start of `text`, each written as
/// `sign` and hexadecimal digits. Returns `None` if `text` begins with something else.
fn hexadecimal(
    text: &str,
    sign: &str,
    digits: usize,
    mut numbers: impl Iterator<Item = u32>,
) -> Option<usize> {
    let rest = numbers.try_fold(text, |rest, number| {
        let (head, tail) = rest.strip_prefix(sign)?.split_at_checked(digits)?;
        (u32::from_str_radix(head, 16) == Ok(number)).then_some(tail)
    })?;
    Some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(values: &[(&'static str, &str)], text: &str) -> String {
        Echo::new(values.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()).clean(text, 200)
    }

    #[test]
    fn a_value_is_replaced_raw_and_encoded() {
        let sid = &[("Sid", "alice@example.com")];
        let expected = "user {Sid} of /Users/{Sid}.";
        for text in [
            "user alice@example.com of /Users/alice%40example.com.",
            "user ALICE@example.com of /Users/alice%40EXAMPLE.com.",
        ] {
            assert_eq!(clean(sid, text), expected);
        }
        assert_eq!(clean(&[("Sid", "é/x!")], "/é/x!/%c3%a9%2fx%21/"), "/{Sid}/{Sid}/");
        assert_eq!(clean(sid, "xalice@example.comx"), "x{Sid}x");
    }

    #[test]
    fn a_page_takes_no_other_value_away() {
        let mut echo = Echo::new(vec![("page", "alice@example.com".to_owned())]);
        for cursor in ["cursor-1", "cursor-2"] {
            echo.turn_to([cursor.to_owned(), "1".to_owned()].into_iter());
        }
        assert_eq!(
            echo.clean("alice@example.com at cursor-2, not cursor-1", 200),
            "{page} at {page}, not cursor-1"
        );
    }

    #[test]
    fn a_value_is_replaced_however_it_is_escaped() {
        for (value, spellings) in [
            // Many servers keep `@`, which is allowed in a path segment.
            ("al ice@x.com", &["al%20ice@x.com", "al+ice%40x.com", "al%2520ice%2540x.com"] as &[_]),
            ("a\"b\\c/d\t", &[r#"a\"b\\c\/d\t"#, "a%22b%5Cc/d%09"]),
            ("it's@x", &["it's@x", r"it\'s@x", "it&#39;s@x", "it&#x27;s@x"]),
            ("<a&\"b\">", &["&lt;a&amp;&quot;b&#34;&gt;", "<a&amp;\"b\">"]),
            ("é👩", &["É👩", r"\u00e9\uD83D\uDC69", "%c3%a9%F0%9F%91%A9"]),
            ("%25%a", &["%25%a", "%2525%25a", "%252525%2525a"]),
        ] {
            for spelling in spellings {
                assert_eq!(clean(&[("Sid", value)], &format!("no {spelling} here")), "no {Sid} here");
            }
        }
        // Many partial matches take little time.
        let text = "\\".repeat(99) + "y";
        assert_eq!(clean(&[("Sid", &("\\".repeat(60) + "x"))], &text), text);
    }

    /// Each of 10,000 backslashes is one character or half of an escaped one. Without a limit the
    /// comparison takes hours.
    #[test]
    fn a_text_of_many_readings_is_cut() {
        let text = "\\".repeat(30_000);
        assert_eq!(clean(&[("Sid", &("\\".repeat(10_000) + "x"))], &text), "…");
        let values = vec![("Sid", "bbbb"); 9_000];
        assert!(clean(&values, &"bbb ".repeat(100)).chars().count() < 100);
    }

    #[test]
    fn headers_and_credentials_are_replaced() {
        let mut headers = HeaderMap::new();
        headers.insert("x-api-key", HeaderValue::from_static("key/canary"));
        headers.insert("x-empty", HeaderValue::from_static(""));
        let basic = HeaderValue::from_static("Basic QUMxOmNhbmFyeS10b2tlbg==");
        let echo = Echo::default().with_headers(headers.clone(), Some(basic));
        assert_eq!(
            echo.clean("AC1:canary-token (QUMxOmNhbmFyeS10b2tlbg==), key%2Fcanary", 200),
            "{user}:{password} ({credentials}), {x-api-key}"
        );
        assert_eq!(echo.clean("no QUMxOmNhbmFyeS10b2tlbg, no", 200), "no {credentials}, no");
        let echo = Echo::default().with_headers(headers, Some(HeaderValue::from_static("Bearer sk-canary")));
        assert_eq!(echo.clean("Incorrect key: sk-canary", 200), "Incorrect key: {credentials}");
    }

    #[test]
    fn the_longest_value_wins_and_nothing_is_replaced_twice() {
        let values = &[("a", "IS12"), ("IS12", "IS1234")];
        assert_eq!(clean(values, "IS1234 IS12 {IS12}"), "{IS12} {a} {{a}}");
    }

    #[test]
    fn a_short_value_is_replaced_where_it_stands_alone() {
        let sid = &[("Sid", "a")];
        assert_eq!(clean(sid, "user a has an alpha, /a/ (A)"), "user {Sid} has an alpha, /{Sid}/ ({Sid})");
        assert_eq!(clean(&[("Sid", "é")], "é, été"), "{Sid}, été");
        assert_eq!(clean(&[("Sid", "a"), ("User", "bob@")], "bob@a"), "{User}{Sid}");
    }

    #[test]
    fn a_text_of_the_server_stays_on_its_line() {
        for hidden in ["61c", "ad", "115f", "180e", "200b", "3164", "fff9", "1d173", "e0041"] {
            let character = char::from_u32(u32::from_str_radix(hidden, 16).unwrap()).unwrap();
            assert_eq!(clean(&[], &format!("a{character}b")), format!("a\\u{{{hidden}}}b"));
        }
        assert_eq!(clean(&[], "a\r\nb\u{1b}[2J\u{202e}\u{2028}é"), r"a\u{d}\u{a}b\u{1b}[2J\u{202e}\u{2028}é");
        assert_eq!(Echo::default().clean("abcdef", 3), "abc…");
        assert_eq!(Echo::default().clean("abc", 3), "abc");
    }

    #[test]
    fn a_value_across_the_limit_is_not_half_shown() {
        let echo = Echo::new(vec![("Sid", "alice@example.com".to_owned())]);
        assert_eq!(echo.clean("user alice@example.com is gone", 8), "user {Sid}…");
    }
}
