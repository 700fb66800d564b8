//! Path templates and their values.
//!
//! Input: a template of the document and one text for each parameter. Output: the path of a
//! request. Invariant: the server decodes a parameter's segment to exactly the caller's text, or
//! there is no request.

use crate::wire::path::{check, is_made_of, is_of_segment};

/// Fills encoded values into a path template. Literals are copied. The part after a `?` is the
/// beginning of the query.
///
/// # Errors
/// Returns a message with the parameter's name if a value is empty, `.` or `..`, if a name in the
/// template has no value, or if a value has no name in the template. A URL cannot represent `.` and
/// `..` as a segment: parsers fold even `%2e%2e`.
pub(crate) fn expand(template: &str, values: &[(&'static str, String)]) -> Result<(String, String), String> {
    let mut path = String::with_capacity(template.len() + 64);
    let mut used = Vec::new();
    let mut slashes = 0;
    let mut in_query = false;
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once('{') {
        let (name, tail) = tail.split_once('}').ok_or("the path template lacks a `}`")?;
        let (_, value) = values
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| format!("path parameter `{name}` has no value"))?;
        in_query |= literal.contains('?');
        if !in_query {
            check_value(name, value)?;
        }
        path.push_str(literal);
        path.push_str(value);
        slashes += count_slashes(literal);
        used.push(name);
        rest = tail;
    }
    path.push_str(rest);
    slashes += count_slashes(rest);
    if values.iter().any(|(name, _)| !used.contains(name)) {
        return Err("the path template and its parameters don't match".to_owned());
    }
    if count_slashes(&path) != slashes {
        return Err("the path has another number of segments than its template".to_owned());
    }
    let query = path.find('?').map(|mark| path.split_off(mark)).unwrap_or_default();
    let query = query.get(1..).unwrap_or_default();
    check(&path)?;
    if !is_made_of(query.as_bytes(), |byte| is_of_segment(byte) || matches!(byte, b'/' | b'?')) {
        return Err("the query holds a character that RFC 3986 does not allow there".to_owned());
    }
    Ok((path, query.to_owned()))
}

fn count_slashes(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'/').count()
}

fn check_value(name: &str, value: &str) -> Result<(), String> {
    match value {
        "" => Err(format!("path parameter `{name}` is empty")),
        "." | ".." => Err(format!("path parameter `{name}` is a dot segment, which no URL can carry")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::{request::style::Style, request::tree::Tree};

    /// Encodes values and expands a template, in the same way as a request.
    fn expand(template: &str, values: &[(&'static str, String)]) -> Result<String, String> {
        let encoded = |(name, value): &(&'static str, String)| {
            Style::SIMPLE.path(name, &Tree::Text(value.clone())).map(|text| (*name, text))
        };
        let values = values.iter().map(encoded).collect::<Result<Vec<_>, _>>()?;
        let (path, query) = super::expand(template, &values)?;
        Ok(if query.is_empty() { path } else { format!("{path}?{query}") })
    }

    fn segment(value: &str) -> Result<String, String> {
        expand("/v1/{Sid}/end", &[("Sid", value.to_owned())])
            .map(|path| path.strip_prefix("/v1/").unwrap().strip_suffix("/end").unwrap().to_owned())
    }

    /// Returns a segment as a server decodes it.
    fn decode(segment: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = segment.as_bytes();
        while let [first, tail @ ..] = rest {
            if *first == b'%' {
                let digits = std::str::from_utf8(&tail[..2]).unwrap();
                bytes.push(u8::from_str_radix(digits, 16).unwrap());
                rest = &tail[2..];
            } else {
                bytes.push(*first);
                rest = tail;
            }
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn every_ascii_byte_arrives_as_itself() {
        let kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
        for byte in 0..=0x7f_u8 {
            let value = format!("a{}b", char::from(byte));
            let segment = segment(&value).unwrap();
            let expected =
                if kept.contains(char::from(byte)) { value.clone() } else { format!("a%{byte:02X}b") };
            assert_eq!(segment, expected);
            assert_eq!(decode(&segment), value);
            assert!(segment.bytes().all(|byte| byte.is_ascii_graphic() && !b"/?#\\".contains(&byte)));
        }
    }

    #[test]
    fn any_text_arrives_as_itself() {
        for (value, expected) in [
            ("alice@example.com", "alice%40example.com"),
            ("a/b", "a%2Fb"),
            ("a\\b", "a%5Cb"),
            ("a b", "a%20b"),
            ("a?x=1", "a%3Fx%3D1"),
            ("a#b", "a%23b"),
            ("a%2Fb", "a%252Fb"),
            ("%2e%2e", "%252e%252e"),
            ("é", "%C3%A9"),
            ("👩", "%F0%9F%91%A9"),
            ("\u{200f}", "%E2%80%8F"),
            ("a\tb\r\n", "a%09b%0D%0A"),
            ("\0", "%00"),
            (" ", "%20"),
            ("...", "..."),
            (".a", ".a"),
            ("+", "%2B"),
        ] {
            let segment = segment(value).unwrap();
            assert_eq!(segment, expected);
            assert_eq!(decode(&segment), value);
        }
    }

    #[test]
    fn values_that_no_url_can_carry_are_refused_by_name() {
        assert_eq!(segment("").unwrap_err(), "path parameter `Sid` is empty");
        for value in [".", ".."] {
            let message = segment(value).unwrap_err();
            assert_eq!(message, "path parameter `Sid` is a dot segment, which no URL can carry");
        }
    }

    #[test]
    fn a_template_is_copied_around_its_values() {
        let values = |pairs: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
            pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
        };
        let expand = |template, pairs: &[_]| expand(template, &values(pairs));
        assert_eq!(expand("/", &[]).unwrap(), "/");
        assert_eq!(expand("/a.json", &[]).unwrap(), "/a.json");
        assert_eq!(expand("/a('{x}')/$count;v=%41", &[("x", "'")]).unwrap(), "/a('%27')/$count;v=%41");
        assert_eq!(expand("/{b}/{a}.json", &[("a", "1"), ("b", "{a}")]).unwrap(), "/%7Ba%7D/1.json");
        assert_eq!(expand("/{a}{b}", &[("a", "1"), ("b", "2")]).unwrap(), "/12");
        assert_eq!(expand("/{a}/x/{a}", &[("a", "1")]).unwrap(), "/1/x/1");
        assert_eq!(expand("/{a}?beta=true&x={b}", &[("a", "1?"), ("b", "")]).unwrap(), "/1%3F?beta=true&x=");
    }

    #[test]
    fn a_template_that_fits_no_values_is_an_error() {
        let one = || vec![("a", "1".to_owned())];
        for (template, values) in [
            ("/{a", one()),
            ("/{b}", one()),
            ("/{}", one()),
            ("/", one()),
            ("/{a}", vec![]),
            ("/{a}", vec![("a", "1".to_owned()), ("b", "2".to_owned())]),
            ("{a}", one()),
            ("a/{a}", one()),
            ("/{a}?b c", one()),
            ("/{a}?b%", one()),
            ("/{a}#b", one()),
            ("/{a} b", one()),
            ("/{a}/é", one()),
            ("/{a}\\b", one()),
            ("/{a}%", one()),
            ("/{a}%2", one()),
            ("/{a}%zz", one()),
            ("/{a}/..", one()),
            ("/{a}/%2E.", one()),
            ("/./{a}", one()),
            ("/{a}}", one()),
        ] {
            assert!(expand(template, &values).is_err(), "{template}");
        }
    }

    #[test]
    fn two_values_make_no_dot_segment() {
        let values = [("a", ".a".to_owned()), ("b", ".".to_owned())];
        assert!(expand("/{a}{b}", &values).is_err());
        assert!(expand("/.{a}", &[("a", ".".to_owned())]).is_err());
    }
}
