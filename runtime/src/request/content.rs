//! A request's body and its media type.
//!
//! In: a value, a text, bytes or a stream, from generated code. Out: a body. The rule: a body that is there as a whole
//! can be sent again; one that is streamed is never held in memory.

use crate::{
    model::Argument, request::Request, request::style::Style, request::tree, request::tree::Tree,
    transport::Body, wire::percent::Keep,
};
use http::HeaderValue;

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
