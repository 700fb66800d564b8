//! Bodies of several parts (`multipart/form-data`, RFC 7578).
//!
//! Input: fields and files. Output: one body. Invariants: a streamed part is never held in memory.
//! No name, file name or header of a part can end another.

use crate::{
    model::Argument,
    request::Request,
    request::tree::{Tree, json_of},
    transport::{Body, TransportError},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header::CONTENT_TYPE};
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::{
    collections::VecDeque,
    fmt,
    hash::{BuildHasher, RandomState},
    pin::Pin,
    task::{Context, Poll},
};

/// A part: a file, or a field with its own media type or headers.
///
/// ```
/// use runtime::Part;
///
/// let picture = Part::new(vec![0x89, 0x50]).file_name("a.png").content_type("image/png");
/// ```
pub struct Part {
    body: Body,
    /// True for a file. A file without a name has the name of its field.
    is_file: bool,
    file_name: Option<String>,
    headers: HeaderMap,
    problem: Option<String>,
}

impl Part {
    /// Creates a file from bytes, whole or streamed. The default media type is
    /// `application/octet-stream`.
    pub fn new(body: impl Into<Body>) -> Self {
        Self { is_file: true, ..Self::of(body.into(), "application/octet-stream") }
    }

    /// Creates a text field.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::of(Body::from(text.to_owned()), "")
    }

    /// Creates a JSON field.
    pub fn json<T: Argument + ?Sized>(value: &T) -> Self {
        match json_of(value) {
            Ok(json) => Self::of(Body::from(json), "application/json"),
            Err(problem) => Self { problem: Some(problem), ..Self::of(Body::empty(), "") },
        }
    }

    fn of(body: Body, media_type: &'static str) -> Self {
        let mut headers = HeaderMap::new();
        if !media_type.is_empty() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        }
        Self { body, is_file: false, file_name: None, headers, problem: None }
    }

    /// Sets the file's name.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the part's media type.
    #[must_use]
    pub fn content_type(self, media_type: &str) -> Self {
        self.header("content-type", media_type)
    }

    /// Sets a header of the part.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::from_bytes(name.as_bytes()), crate::wire::header::text(value)) {
            (Ok(name), Some(value)) if self.headers.len() < 100 => {
                self.headers.insert(name, value);
            }
            _ => self.problem = Some("a header that can't be sent".to_owned()),
        }
        self
    }
}

impl<B: Into<Body>> From<B> for Part {
    fn from(body: B) -> Self {
        Self::new(body)
    }
}

/// Prints nothing: name and content may be personal data.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").finish_non_exhaustive()
    }
}

/// A body of several parts. A part replaces earlier parts of the same name.
#[derive(Debug, Default)]
pub struct Multipart {
    parts: Vec<(String, Part)>,
}

impl Multipart {
    /// Creates a body without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a part. Replaces earlier parts of the same name.
    #[must_use]
    pub fn part(self, name: &str, part: impl Into<Part>) -> Self {
        self.parts(name, [part])
    }

    /// Sets several parts of one name. Replaces earlier parts of that name.
    #[must_use]
    pub fn parts<P: Into<Part>>(mut self, name: &str, parts: impl IntoIterator<Item = P>) -> Self {
        self.parts.retain(|(known, _)| known != name);
        self.parts.extend(parts.into_iter().map(|part| (name.to_owned(), part.into())));
        self
    }

    /// Sets a field: a scalar is text, a list is a part for each item, an object is JSON.
    /// `media_type` may be empty.
    #[must_use]
    pub fn value<T: Argument + ?Sized>(self, name: &str, media_type: &str, value: &T) -> Self {
        self.tree(name, media_type, Tree::of(value))
    }

    /// Sets a field to a list in one part: its items as text, joined by `separator`.
    #[must_use]
    pub fn joined<T: Argument + ?Sized>(self, name: &str, separator: &str, value: &T) -> Self {
        let joined = Tree::of(value).map(|value| match value {
            Tree::List(items) => {
                let items: Vec<String> = items.iter().map(Tree::to_text).collect();
                Tree::Text(items.join(separator))
            }
            other => other,
        });
        self.tree(name, "", joined)
    }

    fn tree(self, name: &str, media_type: &str, value: Result<Tree, String>) -> Self {
        let field = |value: &Tree| {
            let is_json = media_type.is_empty() && value.text().is_none();
            let part = Part::of(Body::from(value.to_text()), if is_json { "application/json" } else { "" });
            if media_type.is_empty() { part } else { part.content_type(media_type) }
        };
        match value {
            Ok(Tree::Null) => self,
            Ok(Tree::List(items)) => self.parts(name, items.iter().map(field)),
            Ok(value) => self.part(name, field(&value)),
            Err(problem) => self.part(name, Part { problem: Some(problem), ..Part::text("") }),
        }
    }

    /// Returns the whole body, with the boundary between its parts. Only the parts of forms have
    /// names. In other bodies, the order of the parts identifies them.
    ///
    /// # Errors
    /// Returns a message that names the part that cannot be sent.
    fn into_body(self, boundary: &str, is_form: bool) -> Result<Body, String> {
        let mut pieces = VecDeque::new();
        for (name, part) in self.parts {
            if let Some(problem) = part.problem {
                return Err(format!("part `{name}` with {problem}"));
            }
            let named = |key: &str, text: &str| format!("; {key}=\"{}\"", quoted(text));
            let file_name = part.file_name.or_else(|| (part.is_file && is_form).then(|| name.clone()));
            let file_name = file_name.map(|file_name| named("filename", &file_name));
            let disposition = match (is_form, file_name) {
                (true, file) => format!("form-data{}{}", named("name", &name), file.unwrap_or_default()),
                (false, Some(file)) => format!("attachment{file}"),
                (false, None) => String::new(),
            };
            let mut head = format!("--{boundary}").into_bytes();
            if !disposition.is_empty() {
                head.extend(format!("\r\nContent-Disposition: {disposition}").into_bytes());
            }
            for (name, value) in &part.headers {
                let name = if name == CONTENT_TYPE { "Content-Type" } else { name.as_str() };
                head.extend([b"\r\n", name.as_bytes(), b": ", value.as_bytes()].concat());
            }
            head.extend(b"\r\n\r\n");
            pieces.extend([Body::from(head), part.body, Body::from("\r\n")]);
        }
        pieces.push_back(Body::from(format!("--{boundary}--\r\n")));
        Ok(joined(pieces))
    }
}

impl Request {
    /// Sets a form of several parts: `multipart/form-data`.
    pub fn multipart(self, form: impl Into<Multipart>) -> Self {
        self.multipart_of("multipart/form-data", form)
    }

    /// Sets a body of several parts, of a media type such as `multipart/related` (RFC 2046 §5.1).
    pub fn multipart_of(self, media_type: &str, form: impl Into<Multipart>) -> Self {
        let boundary = boundary();
        let body = form.into().into_body(&boundary, media_type.starts_with("multipart/form-data"));
        self.content(&format!("{media_type}; boundary={boundary}"), body)
    }
}

/// Quotes a text as in WHATWG HTML §4.10.21.8.
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Returns a random boundary of 128 bits, which no part contains by accident.
fn boundary() -> String {
    let random = || RandomState::new().hash_one(());
    format!("part-{:016x}{:016x}", random(), random())
}

/// Joins bodies. The result is whole if all of them are.
fn joined(pieces: VecDeque<Body>) -> Body {
    let whole: Option<Vec<&[u8]>> = pieces.iter().map(|piece| piece.whole().map(|bytes| &**bytes)).collect();
    match whole {
        Some(whole) => Body::from(whole.concat()),
        None => Body::new(Joined(pieces)),
    }
}

/// Several bodies, one after the other.
struct Joined(VecDeque<Body>);

impl HttpBody for Joined {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        while let Some(first) = self.0.front_mut() {
            match Pin::new(first).poll_frame(context) {
                Poll::Ready(None) => self.0.pop_front(),
                Poll::Ready(Some(Ok(frame))) if frame.is_trailers() => None,
                other => return other,
            };
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        let exact = self.0.iter().map(|piece| piece.size_hint().exact()).sum::<Option<u64>>();
        exact.map(SizeHint::with_exact).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(form: Multipart) -> String {
        let body = form.into_body("B", true).unwrap();
        String::from_utf8(body.whole().unwrap().to_vec()).unwrap()
    }

    #[test]
    fn fields_and_files_are_parts() {
        let form = Multipart::new()
            .part(
                "file",
                Part::new("abc").file_name("a\"\r\n.png").content_type("image/png").header("X-A", "b"),
            )
            .value("name", "", "é")
            .value("sizes", "", &[1, 2])
            .value("meta", "", &serde_json::json!({"a": [true]}))
            .value("note", "text/markdown", "# a")
            .joined("ids", "|", &[1, 2])
            .value("none", "", &None::<String>);
        let expected = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22%0D%0A.png\"\r\n\
            Content-Type: image/png\r\nx-a: b\r\n\r\nabc\r\n\
            --B\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\né\r\n\
            --B\r\nContent-Disposition: form-data; name=\"sizes\"\r\n\r\n1\r\n\
            --B\r\nContent-Disposition: form-data; name=\"sizes\"\r\n\r\n2\r\n\
            --B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"a\":[true]}\r\n\
            --B\r\nContent-Disposition: form-data; name=\"note\"\r\nContent-Type: text/markdown\r\n\r\n# a\r\n\
            --B\r\nContent-Disposition: form-data; name=\"ids\"\r\n\r\n1|2\r\n\
            --B--\r\n";
        assert_eq!(text(form), expected);
    }

    #[test]
    fn a_file_has_a_name_and_a_part_replaces_its_like() {
        let form = Multipart::new().part("f", "x").parts("f", ["y", "z"]);
        let expected = "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\
            Content-Type: application/octet-stream\r\n\r\ny\r\n\
            --B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\
            Content-Type: application/octet-stream\r\n\r\nz\r\n--B--\r\n";
        assert_eq!(text(form), expected);
        assert_eq!(text(Multipart::new()), "--B--\r\n");
    }

    #[test]
    fn parts_of_what_is_no_form_have_no_names() {
        let parts = Multipart::new()
            .value("meta", "", &serde_json::json!({}))
            .part("file", Part::new("abc").file_name("a"));
        let body = parts.part("more", "d").into_body("B", false).unwrap();
        let expected = "--B\r\nContent-Type: application/json\r\n\r\n{}\r\n\
            --B\r\nContent-Disposition: attachment; filename=\"a\"\r\nContent-Type: application/octet-stream\r\n\r\nabc\r\n\
            --B\r\nContent-Type: application/octet-stream\r\n\r\nd\r\n--B--\r\n";
        assert_eq!(std::str::from_utf8(body.whole().unwrap()).unwrap(), expected);
    }

    #[test]
    fn a_header_that_ends_another_is_refused() {
        for part in [Part::text("").content_type("a\r\nb: c"), Part::text("").header("a b", "c")] {
            let problem = Multipart::new().part("f", part).into_body("B", true).unwrap_err();
            assert_eq!(problem, "part `f` with a header that can't be sent");
        }
        assert_ne!(boundary(), boundary());
    }

    #[test]
    fn a_streamed_part_leaves_the_body_a_stream_of_known_length() {
        let streamed = Body::new(Body::from("abc"));
        let body = Multipart::new().part("f", streamed).into_body("B", true).unwrap();
        assert!(body.whole().is_none());
        let length = text(Multipart::new().part("f", "abc")).len() as u64;
        assert_eq!(body.size_hint().exact(), Some(length));
    }
}
