//! Responses other than one JSON value: text, bytes, and what depends on the status.
//!
//! In: an answer. Out: a value. The rule: a body is taken for what the document says only where its media type is one
//! that was asked for.

use crate::{
    call::Answer,
    call::future::ResponseFuture,
    error::{Error, ErrorKind},
    model::DeserializeOwned,
    request::Request,
    response::Response,
    response::decode,
};
use bytes::Bytes;
use http::{HeaderMap, header::CONTENT_TYPE};

/// A value that an answer's status decides about: generated code's enum of what success can give.
pub trait Choice: Sized {
    /// Decodes an answer by its status.
    ///
    /// # Errors
    /// Where the body is not what the document says for the status.
    fn choose(answer: Answer) -> Result<Self, Error>;
}

impl Request {
    /// Asks for these media types, in place of the operation's.
    pub fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = media_types;
        self
    }

    /// Sends the request and gives the response's text.
    pub fn send_text(self) -> ResponseFuture<String> {
        self.send_as(Answer::text)
    }

    /// As [`send_text`](Self::send_text); also gives status, headers and request id.
    pub fn send_text_with_response(self) -> ResponseFuture<Response<String>> {
        self.send_as(|answer| answer.with_head(Answer::text))
    }

    /// Sends the request and gives the response's bytes.
    pub fn send_bytes(self) -> ResponseFuture<Bytes> {
        self.send_as(Answer::bytes)
    }

    /// As [`send_bytes`](Self::send_bytes); also gives status, headers and request id.
    pub fn send_bytes_with_response(self) -> ResponseFuture<Response<Bytes>> {
        self.send_as(|answer| answer.with_head(Answer::bytes))
    }

    /// Sends the request and decodes what its status stands for.
    pub fn send_choice<T: Choice>(self) -> ResponseFuture<T> {
        self.send_as(T::choose)
    }

    /// As [`send_choice`](Self::send_choice); also gives status, headers and request id.
    pub fn send_choice_with_response<T: Choice>(self) -> ResponseFuture<Response<T>> {
        self.send_as(|answer| answer.with_head(T::choose))
    }
}

impl Answer {
    /// The status, as a number.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The body's JSON.
    ///
    /// # Errors
    /// Where it is no JSON, or of another shape.
    pub fn json<T: DeserializeOwned>(self) -> Result<T, Error> {
        decode::body(self)
    }

    /// The body's text. A charset other than UTF-8 is an error, and a byte order mark left out.
    ///
    /// # Errors
    /// Where the body is of another media type than was asked for, or not UTF-8.
    pub fn text(self) -> Result<String, Error> {
        let answer = self.documented()?;
        match std::str::from_utf8(decode::without_mark(&answer.body)) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(answer.into_error(ErrorKind::Decode, "the text is not UTF-8")),
        }
    }

    /// The body as it came.
    ///
    /// # Errors
    /// Where it is of another media type than was asked for.
    pub fn bytes(self) -> Result<Bytes, Error> {
        Ok(self.documented()?.body)
    }

    /// The error of a status that the document does not know.
    #[must_use]
    pub fn undocumented(self) -> Error {
        self.into_error(ErrorKind::UnexpectedStatus, "the document does not describe this status")
    }

    fn with_head<T>(self, decode: fn(Self) -> Result<T, Error>) -> Result<Response<T>, Error> {
        let (status, headers, id) = (self.status, self.headers.clone(), self.operation.request_id_header());
        decode(self).map(|body| Response::new(status, headers, id, body))
    }

    /// This answer, where its media type is one that was asked for.
    pub(crate) fn documented(self) -> Result<Self, Error> {
        if is_asked_for(&self.headers, self.accept) {
            return Ok(self);
        }
        let message = format!("the content is not of the media type {}", self.accept);
        Err(self.into_error(ErrorKind::ContentType, message))
    }
}

/// Whether the content is of one of the media types in `accept`: by name, by range, because nothing says what it is, or
/// because any bytes are wanted (`application/octet-stream`, RFC 2046 §4.5.1).
fn is_asked_for(headers: &HeaderMap, accept: &str) -> bool {
    let Some(value) = headers.get(CONTENT_TYPE) else { return true };
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let Ok(found) = value.to_str().map(essence) else { return false };
    accept.split(',').map(essence).any(|wanted| match wanted.strip_suffix('*') {
        Some("*/") => true,
        Some(range) => found.starts_with(range),
        None => wanted == found || wanted == "application/octet-stream",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_has_to_be_what_was_asked_for() {
        let asked_for = |content_type: &str, accept| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
            is_asked_for(&headers, accept)
        };
        assert!(asked_for("text/csv; charset=utf-8", "text/csv"));
        assert!(asked_for("TEXT/CSV", "application/json, text/csv"));
        assert!(asked_for("image/png", "image/*") && asked_for("x/y", "*/*"));
        assert!(asked_for("image/png", "application/octet-stream"));
        assert!(!asked_for("text/html", "text/csv") && !asked_for("text/html", "image/*"));
        assert!(!asked_for("application/json", "application/pdf"));
        assert!(is_asked_for(&HeaderMap::new(), "text/csv"));
    }
}
