//! Classifies errors of hyper.
//!
//! Input: an error and its causes. Output: a transport error. The first cause with a known kind
//! decides.

use super::tls;
use crate::transport::{TransportError, TransportErrorKind as Kind};
use hyper_util::client::legacy;
use std::{error::Error, io};
use tokio::time::error::Elapsed;

/// Classifies the error of a request without a response.
pub(super) fn of_request(error: legacy::Error) -> TransportError {
    let kind = causes(&error).find_map(own_kind).unwrap_or_else(|| match io_kind(&error) {
        Some(io::ErrorKind::TimedOut) if error.is_connect() => Kind::ConnectTimeout,
        _ if error.is_connect() => Kind::Connect,
        // The response was malformed. An error that ended the whole connection may belong to
        // another request.
        _ if http2(&error).is_some_and(|http| http.is_library() && http.is_reset()) => Kind::Protocol,
        _ => kind_of(&error, Kind::Closed),
    });
    let unsent = error.is_connect() || is_unwritten(&error) || is_unprocessed(&error);
    let error = TransportError::new(kind).with_source(error);
    if unsent { error.unsent() } else { error }
}

/// Classifies the error of an incomplete body.
impl From<hyper::Error> for TransportError {
    fn from(error: hyper::Error) -> Self {
        let kind = causes(&error).find_map(own_kind).unwrap_or_else(|| kind_of(&error, Kind::Truncated));
        Self::new(kind).with_source(error)
    }
}

/// Returns the kind that a cause itself determines.
fn own_kind(cause: &(dyn Error + 'static)) -> Option<Kind> {
    match cause.downcast_ref::<TransportError>() {
        Some(error) => Some(error.kind()),
        None if cause.is::<Elapsed>() => Some(Kind::ConnectTimeout),
        None => tls::is_error(cause).then_some(Kind::Tls),
    }
}

/// Returns the kind of an HTTP error. `ended` is the kind for a premature end.
fn kind_of(error: &(dyn Error + 'static), ended: Kind) -> Kind {
    let Some(http) = causes(error).find_map(|cause| cause.downcast_ref::<hyper::Error>()) else {
        return Kind::Other;
    };
    match io_kind(error) {
        _ if http.is_parse() => Kind::Protocol,
        // The request's own body is shorter than announced.
        _ if http.is_body_write_aborted() => Kind::Other,
        Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput) => Kind::Protocol,
        Some(io::ErrorKind::UnexpectedEof) => ended,
        _ => Kind::Closed,
    }
}

fn io_kind(error: &(dyn Error + 'static)) -> Option<io::ErrorKind> {
    causes(error).find_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind)
}

/// Returns true if hyper returned the request, because the connection ended before any byte was
/// written.
fn is_unwritten(error: &legacy::Error) -> bool {
    causes(error).filter_map(|cause| cause.downcast_ref()).any(hyper::Error::is_canceled)
}

/// Returns true if the server declared that it did not process the request: by refusing its stream,
/// or by a graceful shutdown before it (RFC 9113 §8.7).
fn is_unprocessed(error: &legacy::Error) -> bool {
    http2(error).filter(|http| http.is_remote()).is_some_and(|http| match http.reason() {
        Some(h2::Reason::REFUSED_STREAM) => http.is_reset(),
        Some(h2::Reason::NO_ERROR) => http.is_go_away(),
        _ => false,
    })
}

fn http2<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a h2::Error> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// Returns an error and its causes. Unlike `source()`, includes the error that an `io::Error`
/// wraps.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        }
    })
}
