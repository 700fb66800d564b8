//! What an error of hyper means.
//!
//! In: an error and its causes. Out: the one error of transports. The rule: the first cause that says what went wrong
//! decides.

use super::tls;
use crate::transport::{TransportError, TransportErrorKind as Kind};
use hyper_util::client::legacy;
use std::{error::Error, io};
use tokio::time::error::Elapsed;

/// Of a request that got no response.
pub(super) fn of_request(error: legacy::Error) -> TransportError {
    let kind = causes(&error).find_map(said).unwrap_or_else(|| match io_kind(&error) {
        Some(io::ErrorKind::TimedOut) if error.is_connect() => Kind::ConnectTimeout,
        _ if error.is_connect() => Kind::Connect,
        // Malformed. What ended the whole connection may have been another one's answer.
        _ if http2(&error).is_some_and(|http| http.is_library() && http.is_reset()) => Kind::Protocol,
        _ => kind_of(&error, Kind::Closed),
    });
    let unsent = error.is_connect() || is_unwritten(&error) || is_unprocessed(&error);
    let error = TransportError::new(kind).with_source(error);
    if unsent { error.unsent() } else { error }
}

/// Of a body that got no end.
impl From<hyper::Error> for TransportError {
    fn from(error: hyper::Error) -> Self {
        let kind = causes(&error).find_map(said).unwrap_or_else(|| kind_of(&error, Kind::Truncated));
        Self::new(kind).with_source(error)
    }
}

/// What a cause says by itself.
fn said(cause: &(dyn Error + 'static)) -> Option<Kind> {
    match cause.downcast_ref::<TransportError>() {
        Some(error) => Some(error.kind()),
        None if cause.is::<Elapsed>() => Some(Kind::ConnectTimeout),
        None => tls::is_error(cause).then_some(Kind::Tls),
    }
}

/// What HTTP says, and what an end that comes too early means.
fn kind_of(error: &(dyn Error + 'static), ended: Kind) -> Kind {
    let Some(http) = causes(error).find_map(|cause| cause.downcast_ref::<hyper::Error>()) else {
        return Kind::Other;
    };
    match io_kind(error) {
        _ if http.is_parse() => Kind::Protocol,
        // By the request's own body, which is shorter than it was announced.
        _ if http.is_body_write_aborted() => Kind::Other,
        Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput) => Kind::Protocol,
        Some(io::ErrorKind::UnexpectedEof) => ended,
        _ => Kind::Closed,
    }
}

fn io_kind(error: &(dyn Error + 'static)) -> Option<io::ErrorKind> {
    causes(error).find_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind)
}

/// Whether hyper gave the request back: the connection ended before it began to write it.
fn is_unwritten(error: &legacy::Error) -> bool {
    causes(error).filter_map(|cause| cause.downcast_ref()).any(hyper::Error::is_canceled)
}

/// Whether the server said that it did nothing with the request: by refusing its stream, or by an orderly end of the
/// connection before it (RFC 9113 §8.7).
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

/// An error and its causes. Unlike `source()`, it doesn't pass over what an `io::Error` wraps.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        }
    })
}
