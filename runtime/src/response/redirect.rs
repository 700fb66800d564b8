//! A redirect that the document describes.
//!
//! Input: an [`Answer`]. Output: where the response redirects to, and its body. Invariant: a
//! redirect is never followed, and no other reply reads its body as content.

use crate::{
    error::{Error, ErrorKind},
    response::{answer::Answer, reply::Reply},
    wire::without_mark,
};
use bytes::Bytes;
use http::{HeaderValue, Uri, header};
use serde_core::de::DeserializeOwned;
use std::fmt;

/// A redirect that the document describes. It is not followed.
///
/// ```
/// # fn example(redirect: &runtime::Redirect) {
/// if let Some(location) = redirect.location() {
///     println!("the archive is at {location}");
/// }
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Redirect {
    location: Option<HeaderValue>,
    body: Bytes,
}

impl Redirect {
    /// Returns the header `Location` as the server sent it: a URL, or a reference relative to the
    /// URL of the request (RFC 9110 §10.2.2). `None` if the header is missing or not ASCII.
    ///
    /// The address often grants access by itself. Send no credentials of this API to it.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.location.as_ref()?.to_str().ok()
    }

    /// Returns the documented body, decoded from JSON. Returns `None` if the body cannot be decoded
    /// as a `T`.
    #[must_use]
    pub fn body<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(without_mark(&self.body)).ok()
    }

    /// Returns the body, decompressed. Servers mostly send none, or a short text with the address.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.body
    }
}

impl Reply for Redirect {
    type Value = Self;

    fn read(answer: Answer) -> Result<Self, Error> {
        Ok(Self { location: answer.headers.get(header::LOCATION).cloned(), body: answer.body })
    }
}

/// Prints neither the address nor the body.
impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redirect").finish_non_exhaustive()
    }
}

impl Answer {
    /// Returns this answer, or an error if it is a redirect, whose body is not the documented
    /// content.
    pub(crate) fn unless_redirect(self) -> Result<Self, Error> {
        if !self.status.is_redirection() || self.status == http::StatusCode::NOT_MODIFIED {
            return Ok(self);
        }
        let message = match self.headers.get(header::LOCATION) {
            Some(location) => self.echo.clean(&redirection(location), 200),
            None => String::new(),
        };
        Err(self.into_error(ErrorKind::UnexpectedStatus, message))
    }
}

/// Returns a message with the origin of a redirect's target. The rest of the URL may contain
/// secrets.
pub(crate) fn redirection(location: &HeaderValue) -> String {
    let uri = Uri::try_from(location.as_bytes()).ok();
    match uri.as_ref().and_then(|uri| Some((uri.scheme_str()?, uri.host()?, uri.port_u16()))) {
        Some((scheme, host, Some(port))) => format!("a redirect to {scheme}://{host}:{port}, not followed"),
        Some((scheme, host, None)) => format!("a redirect to {scheme}://{host}, not followed"),
        None => "a redirect, not followed".to_owned(),
    }
}
