//! Parses path templates (OpenAPI 3.0.3 §4.8.2), and percent-encodes their literals.
//!
//! Invariant: after decoding, servers see the literals as written in the document.

/// A parsed path template.
#[derive(Debug, PartialEq)]
pub(super) struct Template {
    /// The template with percent-encoded literals, and without a fragment, which is never sent.
    pub(super) text: String,
    /// The names in braces, in order, without duplicates.
    pub(super) names: Vec<String>,
    pub(super) has_fragment: bool,
}

impl Template {
    pub(super) fn read(path: &str) -> Result<Self, String> {
        let mut template = Self { text: String::new(), names: Vec::new(), has_fragment: false };
        let mut rest = path;
        loop {
            let (literal, after) = rest.split_once('{').unwrap_or((rest, ""));
            if literal.contains('}') {
                return Err(format!("the braces of `{path}` do not match"));
            }
            if let Some((before, _)) = literal.split_once('#') {
                template.literal(before);
                template.has_fragment = true;
                break;
            }
            template.literal(literal);
            if literal.len() == rest.len() {
                break;
            }
            let Some((name, after)) = after.split_once('}').filter(|(name, _)| !name.contains('{')) else {
                return Err(format!("the braces of `{path}` do not match"));
            };
            if name.is_empty() {
                return Err(format!("`{path}` has a parameter without a name"));
            }
            template.text.extend(["{", name, "}"]);
            if !template.names.iter().any(|known| known == name) {
                template.names.push(name.to_owned());
            }
            rest = after;
        }
        let path_alone = template.text.split('?').next().unwrap_or_default();
        if path_alone.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(format!("`{path}` has a dot segment, which no URL can carry"));
        }
        Ok(template)
    }

    /// Removes the literal query parameters whose name `is_sent` accepts, because parameters of the
    /// operation write them.
    pub(super) fn remove_from_query(&mut self, is_sent: impl Fn(&str) -> bool) {
        let Some((path, query)) = self.text.split_once('?') else { return };
        let is_sent = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            is_sent(name) && !value.contains('{')
        };
        let kept: Vec<&str> = query.split('&').filter(|pair| !is_sent(pair)).collect();
        let mark = if kept.is_empty() { "" } else { "?" };
        self.text = format!("{path}{mark}{}", kept.join("&"));
    }

    /// Percent-encodes characters that neither a path nor a query allows (RFC 3986 §3.3, §3.4).
    /// Existing escapes stay.
    fn literal(&mut self, literal: &str) {
        let mut rest = literal.as_bytes();
        while let [byte, tail @ ..] = rest {
            let is_escape =
                *byte == b'%' && tail.get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
            if is_escape || byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(byte) {
                self.text.push(char::from(*byte));
            } else {
                self.text.push_str(&format!("%{byte:02X}"));
            }
            rest = tail;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Template;

    #[test]
    fn literals_are_encoded_and_names_are_read_in_order() {
        for (path, text, names) in [
            ("/v1/{a}/x/{b}.{c}", "/v1/{a}/x/{b}.{c}", vec!["a", "b", "c"]),
            ("/", "/", vec![]),
            ("/{a}/{a}", "/{a}/{a}", vec!["a"]),
            ("/a b/é/%41/100%/[x]", "/a%20b/%C3%A9/%41/100%25/%5Bx%5D", vec![]),
            ("/{Key+}#metadata", "/{Key+}", vec!["Key+"]),
            ("/a?beta=true&q={q}", "/a?beta=true&q={q}", vec!["q"]),
            ("/users('{id}')/$count", "/users('{id}')/$count", vec!["id"]),
        ] {
            let template = Template::read(path).unwrap();
            assert_eq!(
                (template.text.as_str(), template.names),
                (text, names.into_iter().map(String::from).collect())
            );
        }
    }

    #[test]
    fn a_query_that_a_parameter_writes_is_not_written_twice() {
        for (path, text) in [
            ("/a?comp=list", "/a"),
            ("/a?comp=list&beta=true", "/a?beta=true"),
            ("/a?beta=true&comp", "/a?beta=true"),
            ("/a?comp={c}", "/a?comp={c}"),
            ("/comp=list", "/comp=list"),
        ] {
            let mut template = Template::read(path).unwrap();
            template.remove_from_query(|name| name == "comp");
            assert_eq!(template.text, text);
        }
    }

    #[test]
    fn odd_braces_and_dot_segments_are_refused() {
        for odd in ["/{a", "/a}", "/{a}{", "/{}", "/{{a}}", "/a/../b", "/."] {
            assert!(Template::read(odd).is_err(), "{odd}");
        }
    }
}
