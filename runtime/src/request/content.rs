//! A request's body and its media type.
//!
//! Input: a value, text, bytes or a stream. Output: a body. Invariants: a whole body can be sent
//! again. A streamed body is never held in memory.

use crate::{
    model::Argument, request::Request, request::style::Style, request::tree, request::tree::Tree,
    transport::Body, wire::percent::Keep,
};
use http::HeaderValue;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A body and its `Content-Type`.
pub(crate) struct Content {
    pub(crate) media_type: HeaderValue,
    pub(crate) body: Body,
}

impl Request {
    /// Sets a JSON body.
    pub fn json<T: Argument + ?Sized>(self, media_type: &'static str, value: &T) -> Self {
        self.content(media_type, tree::json_of(value).map(Body::from))
    }

    /// For generated code: sets a member of a JSON body, such as the one that requests a stream.
    ///
    /// A body that is not an object stays as it is.
    pub fn json_member(mut self, key: &str, value: bool) -> Self {
        if let Some(content) = &mut self.content
            && let Some(json) = content.body.whole().and_then(|json| with_member(json, key, value))
        {
            content.body = json.into();
        }
        self
    }

    /// Sets a body of form fields (`application/x-www-form-urlencoded`): the members of `value`,
    /// which must be an object.
    ///
    /// `styles` has the styles of members with an encoding in the document. Without a style, a
    /// scalar is one field, a list is a field for each item, and an object is JSON.
    pub fn form<T: Argument + ?Sized>(self, styles: &[(&str, Style)], value: &T) -> Self {
        let form = Tree::of(value).and_then(|value| form(&value, styles));
        self.content("application/x-www-form-urlencoded", form.map(Body::from))
    }

    /// Sets a body of bytes or text, whole or streamed.
    pub fn body(self, media_type: &str, body: impl Into<Body>) -> Self {
        self.content(media_type, Ok(body.into()))
    }

    pub(crate) fn content(mut self, media_type: &str, body: Result<Body, String>) -> Self {
        let content = body.map_err(|problem| format!("the body has {problem}")).and_then(|body| {
            let media_type = HeaderValue::from_str(media_type)
                .map_err(|_| "the body's media type can't be sent".to_owned())?;
            Ok(Content { media_type, body })
        });
        match content {
            Ok(content) => self.content = Some(content),
            Err(problem) => self.arguments.refuse(problem),
        }
        self
    }
}

/// Returns the JSON of an object, in which the member `key` is set to `value`. Nothing else
/// changes. Returns `None` if the JSON is not an object.
fn with_member(json: &[u8], key: &str, value: bool) -> Option<String> {
    let text = std::str::from_utf8(json).ok()?;
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
    if let Some(known) = members.get(key) {
        let start = (known.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        let (before, after) = (text.get(..start)?, text.get(start + known.get().len()..)?);
        return Some(format!("{before}{value}{after}"));
    }
    let (before, after) = text.split_once('{')?;
    let comma = if members.is_empty() { "" } else { "," };
    Some(format!("{before}{{{}:{value}{comma}{after}", serde_json::to_string(key).ok()?))
}

/// Returns the fields of a form (WHATWG URL §5.2).
///
/// # Errors
/// Returns a message if the value is no object, or null where a style requires text.
fn form(value: &Tree, styles: &[(&str, Style)]) -> Result<String, String> {
    let Tree::Object(members) = value else { return Err("a value that is no object".to_owned()) };
    let mut text = String::new();
    for (name, value) in members.iter().filter(|(_, value)| *value != Tree::Null) {
        let style = match (styles.iter().find(|(known, _)| known == name), value) {
            (Some((_, style)), _) => *style,
            (None, Tree::Object(_)) => Style::JSON,
            (None, _) => Style::FORM.exploded(),
        };
        for (name, value) in style.pairs(name, value, Some(Keep::Form))? {
            if !text.is_empty() {
                text.push('&');
            }
            text.extend([&*name, "=", &*value]);
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(json: &str, styles: &[(&str, Style)]) -> String {
        form(&Tree::parse(json).unwrap(), styles).unwrap()
    }

    #[test]
    fn a_member_is_set_in_place() {
        for (json, expected) in [
            (r#"{}"#, r#"{"stream":true}"#),
            (r#"{"a":[1.50,"{"]}"#, r#"{"stream":true,"a":[1.50,"{"]}"#),
            (
                r#"{"a":{"stream":false},"stream":null,"b":1}"#,
                r#"{"a":{"stream":false},"stream":true,"b":1}"#,
            ),
            (r#"{"str\u0065am" : false}"#, r#"{"str\u0065am" : true}"#),
        ] {
            assert_eq!(with_member(json.as_bytes(), "stream", true).as_deref(), Some(expected));
        }
        assert_eq!(with_member(b"[]", "stream", true), None);
    }

    #[test]
    fn members_become_fields() {
        let text =
            r#"{"a b":"é & c","n":1.5,"none":null,"list":["x+y",2],"empty":[],"o":{"k":[true]},"s":""}"#;
        assert_eq!(
            sent(text, &[]),
            "a+b=%C3%A9+%26+c&n=1.5&list=x%2By&list=2&o=%7B%22k%22%3A%5Btrue%5D%7D&s="
        );
        assert!(form(&Tree::List(vec![]), &[]).is_err());
        assert_eq!(sent("{}", &[]), "");
    }

    #[test]
    fn a_member_with_an_encoding_has_its_style() {
        let text = r#"{"list":["a b","c"],"o":{"k":{"l":"m"}},"plain":["d"]}"#;
        let styles = &[("list", Style::PIPE_DELIMITED), ("o", Style::DEEP_OBJECT)];
        assert_eq!(sent(text, styles), "list=a+b%7Cc&o%5Bk%5D%5Bl%5D=m&plain=d");
        assert_eq!(sent(r#"{"o":{"a":"b","c":"d"}}"#, &[("o", Style::FORM.exploded())]), "a=b&c=d");
    }
}
