//! Spans of `tracing`: one for each operation and one for each attempt.
//!
//! Input: an operation and its outcome. Output: spans with OpenTelemetry's names for HTTP clients,
//! which the usual subscribers export. Invariant: a span holds templates but no values: no header,
//! body, query or credential.

#[cfg(feature = "tracing")]
use crate::{call, error::ErrorKind};
use crate::{call::Call, error::Error, response::answer::Answer};
use std::time::Duration;

/// A span. Empty without the feature `tracing`.
#[derive(Clone)]
pub(crate) struct Span {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl Span {
    /// Creates the span of a call.
    pub(crate) fn operation(call: &Call) -> Self {
        let (operation, uri) = (call.operation, &call.uri);
        Self {
            span: tracing::info_span!(
                "operation",
                otel.name = operation.id(),
                otel.kind = "internal",
                otel.status_code = tracing::field::Empty,
                http.request.method = operation.method().as_str(),
                url.template = operation.path(),
                server.address = uri.host().unwrap_or_default(),
                server.port = port(uri),
                http.response.status_code = tracing::field::Empty,
                error.r#type = tracing::field::Empty,
            ),
        }
    }

    /// Creates the span of an attempt. The first attempt has the number 1.
    pub(crate) fn attempt(call: &Call, number: u32) -> Self {
        let (operation, uri) = (call.operation, &call.uri);
        let span = tracing::info_span!(
            "attempt",
            otel.name = operation.method().as_str(),
            otel.kind = "client",
            otel.status_code = tracing::field::Empty,
            http.request.method = operation.method().as_str(),
            http.request.resend_count = tracing::field::Empty,
            url.template = operation.path(),
            server.address = uri.host().unwrap_or_default(),
            server.port = port(uri),
            http.response.status_code = tracing::field::Empty,
            error.r#type = tracing::field::Empty,
        );
        if number > 1 {
            span.record("http.request.resend_count", number - 1);
        }
        Self { span }
    }

    /// Runs `future` inside the span.
    pub(crate) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> {
        tracing::Instrument::instrument(future, self.span.clone())
    }

    /// Records the outcome.
    pub(crate) fn end(&self, outcome: &Result<Answer, Error>) {
        if let Some(status) = call::status(outcome) {
            self.span.record("http.response.status_code", status.as_u16());
        }
        if let Err(error) = outcome {
            self.span.record("otel.status_code", "ERROR");
            match error.status().filter(|_| error.kind() == ErrorKind::Status) {
                Some(status) => self.span.record("error.type", status.as_str()),
                None => self.span.record("error.type", error.kind().name()),
            };
        }
    }

    /// Records that the request will be retried after `wait`.
    pub(crate) fn pause(&self, wait: Duration) {
        self.span.in_scope(|| {
            tracing::debug!(
                wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
                "repeats the request"
            );
        });
    }
}

#[cfg(feature = "tracing")]
fn port(uri: &http::Uri) -> u16 {
    uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 })
}

#[cfg(not(feature = "tracing"))]
#[allow(clippy::unused_self, reason = "the same methods as with the feature")]
impl Span {
    pub(crate) fn operation(_: &Call) -> Self {
        Self {}
    }

    pub(crate) fn attempt(_: &Call, _: u32) -> Self {
        Self {}
    }

    pub(crate) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> {
        future
    }

    pub(crate) fn end(&self, _: &Result<Answer, Error>) {}

    pub(crate) fn pause(&self, _: Duration) {}
}
