//! A request's body and its media type.
//!
//! In: a value, a text, bytes or a stream, from generated code. Out: a body. The rule: a body that is there as a whole
//! can be sent again; one that is streamed is never held in memory.

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
    /// A body of JSON.
    pub fn json<T: Argument + ?Sized>(self, media_type: &'static str, value: &T) -> Self {
        self.content(media_type, tree::json_of(value).map(Body::from))
    }

    /// Sets a member of the body of JSON, which is an object. For generated code: the member that asks for a stream.
    ///
    /// A body that is no object stays as it is.
    pub fn json_member(mut self, key: &str, value: bool) -> Self {
        if let Some(content) = &mut self.content
            && let Some(json) = content.body.whole().and_then(|json| with_member(json, key, value))
        {
            content.body = json.into();
        }
        self
    }

    /// A body of a form's fields (`application/x-www-form-urlencoded`): the members of `value`, which is an object.
    ///
    /// `styles` has those members that the document gives an encoding. Of the others a value without parts is a field,
    /// a list a field for each item, and an object its JSON.
    pub fn form<T: Argument + ?Sized>(self, styles: &[(&str, Style)], value: &T) -> Self {
        let form = Tree::of(value).and_then(|value| form(&value, styles));
        self.content("application/x-www-form-urlencoded", form.map(Body::from))
    }

    /// A body of bytes or text, whole or streamed.
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

/// Returns the JSON of an object with a member set, all else byte for byte. `None` if the JSON is no object.
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

/// The fields of a form (WHATWG URL §5.2).
///
/// # Errors
/// A message where the value is no object, or null where a style needs text.
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
