//! Sources of tokens.
//!
//! Invariant: a source sends one request at a time, because a server may replace the refresh token
//! with each request.

use super::{Endpoint, Grant};
use crate::client::token::{Token, TokenFuture, TokenProvider};
use crate::error::{Error, ErrorKind};
use futures_util::lock::Mutex;
use std::{fmt, sync::Arc};
use zeroize::Zeroizing;

/// Access tokens of an authorization server, for [`Auth::provider`](crate::Auth::provider). Clones
/// share their tokens.
#[derive(Clone)]
pub struct Tokens(Arc<Source>);

struct Source {
    endpoint: Endpoint,
    state: Mutex<State>,
    on_grant: std::sync::Mutex<Option<OnGrant>>,
}

type OnGrant = Arc<dyn Fn(&Grant) + Send + Sync>;

enum State {
    /// Request with the client's credentials.
    Client,
    /// Return the access token of this grant first.
    Granted(Grant),
    /// Request with this refresh token.
    Refresh(Zeroizing<String>),
    /// The grant had no refresh token, and its access token was returned.
    Ended,
}

impl Tokens {
    fn new(endpoint: Endpoint, state: State) -> Self {
        Self(Arc::new(Source { endpoint, state: Mutex::new(state), on_grant: std::sync::Mutex::default() }))
    }

    pub(super) fn of_client(endpoint: Endpoint) -> Self {
        Self::new(endpoint, State::Client)
    }

    pub(super) fn of_refresh(endpoint: Endpoint, token: Zeroizing<String>) -> Self {
        Self::new(endpoint, State::Refresh(token))
    }

    pub(super) fn of_grant(endpoint: Endpoint, grant: Grant) -> Self {
        Self::new(endpoint, State::Granted(grant))
    }

    /// Calls `store` with every received grant, so that the program can store a replaced refresh
    /// token.
    #[must_use]
    pub fn on_grant(self, store: impl Fn(&Grant) + Send + Sync + 'static) -> Self {
        *self.0.on_grant.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Arc::new(store));
        self
    }

    /// Fetches an access token.
    ///
    /// # Errors
    /// Every error of a call. [`ErrorKind::Credentials`] if the access token of a grant without a
    /// refresh token was returned before.
    pub async fn fetch(&self) -> Result<Token, Error> {
        let source = &self.0;
        let mut state = source.state.lock().await;
        let used = std::mem::replace(&mut *state, State::Ended);
        let (asked, kept) = match used {
            State::Granted(grant) => {
                if let Some(refresh) = grant.refresh_token() {
                    *state = State::Refresh(Zeroizing::new(refresh.to_owned()));
                }
                return Ok(grant.token());
            }
            State::Ended => {
                let message = "the grant has expired, and the server gave no refresh token";
                return Err(Error::new(ErrorKind::Credentials, message));
            }
            State::Client => (None, State::Client),
            State::Refresh(token) => (Some(token.clone()), State::Refresh(token)),
        };
        // A call that is dropped during the request must not lose the token.
        *state = kept;
        let grant = match &asked {
            None => {
                let mut form = vec![("grant_type", "client_credentials")];
                form.extend(
                    Some(("scope", source.endpoint.scopes.as_str())).filter(|(_, all)| !all.is_empty()),
                );
                source.endpoint.grant(&form).await?
            }
            Some(refresh) => {
                let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
                source.endpoint.grant(&form).await?
            }
        };
        if let (Some(_), Some(refresh)) = (&asked, grant.refresh_token()) {
            *state = State::Refresh(Zeroizing::new(refresh.to_owned()));
        }
        let store = source.on_grant.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        if let Some(store) = store {
            store(&grant);
        }
        Ok(grant.token())
    }
}

impl TokenProvider for Tokens {
    fn token(&self) -> TokenFuture {
        let tokens = self.clone();
        Box::pin(async move { Ok(tokens.fetch().await?) })
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens")
    }
}
