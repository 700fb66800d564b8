//! The response of a token endpoint.

use crate::client::token::Token;
use crate::error::{Echo, Error, ErrorKind};
use serde_json::{Map, Value};
use std::{fmt, time::Duration, time::Instant};
use zeroize::Zeroizing;

/// The most characters of an error code (RFC 6749 §5.2) in a message.
const CODE_LIMIT: usize = 60;

/// An access token, its lifetime, and a refresh token (RFC 6749 §5.1).
///
/// `Debug` prints no token. Both are wiped from memory when the grant is dropped.
#[derive(Clone)]
pub struct Grant {
    access_token: Zeroizing<String>,
    refresh_token: Option<Zeroizing<String>>,
    lifetime: Option<Duration>,
    received: Instant,
    scopes: Vec<String>,
}

impl Grant {
    /// Returns the access token.
    #[must_use]
    pub fn access_token(&self) -> &str {
        &self.access_token
    }

    /// Returns the refresh token, if the server sent one.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&str> {
        self.refresh_token.as_ref().map(|token| token.as_str())
    }

    /// Returns the lifetime of the access token, from its receipt. `None` if the server sent none.
    #[must_use]
    pub fn lifetime(&self) -> Option<Duration> {
        self.lifetime
    }

    /// Returns the scopes of the access token. Empty if the server named none: the token then has
    /// the requested scopes (RFC 6749 §5.1).
    #[must_use]
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// Returns the access token with its remaining lifetime.
    pub(super) fn token(&self) -> Token {
        let token = Token::new(self.access_token.as_str());
        match self.lifetime {
            Some(lifetime) => token.expires_in(lifetime.saturating_sub(self.received.elapsed())),
            None => token,
        }
    }

    /// Decodes the response of a token endpoint. `echo` has the secrets of the request.
    ///
    /// # Errors
    /// The response has an error, no token, or a token of a type other than `Bearer` (RFC 6749
    /// §7.1).
    pub(super) fn read(answer: Value, echo: &Echo) -> Result<Self, Error> {
        let refused = |kind, message: &str| Err(Error::new(kind, message).of("OAuthToken", 1));
        let Value::Object(mut members) = answer else {
            return refused(ErrorKind::Decode, "the authorization server's answer is no object");
        };
        let Some(access_token) = text(&mut members, "access_token") else {
            return match text(&mut members, "error") {
                // Some servers send errors with status 200.
                Some(code) => {
                    let shown = echo.clean(&code, CODE_LIMIT);
                    refused(ErrorKind::Credentials, &format!("the authorization server refused: {shown}"))
                }
                None => refused(ErrorKind::Decode, "the authorization server's answer has no `access_token`"),
            };
        };
        if text(&mut members, "token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return refused(ErrorKind::Decode, "the authorization server's token is no bearer token");
        }
        let scopes = text(&mut members, "scope");
        Ok(Self {
            access_token,
            refresh_token: text(&mut members, "refresh_token"),
            lifetime: members.get("expires_in").and_then(seconds),
            received: Instant::now(),
            scopes: scopes.iter().flat_map(|all| all.split_whitespace()).map(str::to_owned).collect(),
        })
    }
}

fn text(members: &mut Map<String, Value>, key: &str) -> Option<Zeroizing<String>> {
    match members.remove(key)? {
        Value::String(text) if !text.is_empty() => Some(Zeroizing::new(text)),
        _ => None,
    }
}

/// Returns a number of seconds, which some servers send as text.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = value.as_f64().or_else(|| value.as_str()?.parse().ok())?;
    Duration::try_from_secs_f64(seconds).ok()
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("lifetime", &self.lifetime)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
