//! Tokens that expire.
//!
//! Input: a provider that fetches tokens. Output: the `Authorization` of an attempt. Invariants: at
//! most one fetch runs at a time, and all calls that need a token wait for it. A token is sent only
//! in a header that is marked sensitive.

use crate::{client::auth, client::clock::Clock};
use futures_util::future::{FutureExt, Shared, WeakShared};
use http::HeaderValue;
use std::{
    error::Error,
    fmt,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use zeroize::Zeroizing;

/// The future of [`TokenProvider::token`].
///
/// Its error becomes the cause of the call's error. Neither its `Display` nor its `Debug` may
/// contain a secret.
pub type TokenFuture = Pin<Box<dyn Future<Output = Result<Token, Box<dyn Error + Send + Sync>>> + Send>>;

/// Fetches bearer tokens, for example from an OAuth 2.0 server, a file, or a cloud's metadata
/// service.
///
/// A client fetches a token if it has none, if the current token is about to expire, and once in a
/// call after the server refused the token with 401. Calls that need a token at the same time share
/// the fetch. The fetch counts towards the operation timeout.
///
/// ```
/// use runtime::{Auth, Client, ClientBuilder, Token, transport::Memory};
/// use std::time::Duration;
///
/// async fn fetch() -> Result<Token, Box<dyn std::error::Error + Send + Sync>> {
///     // … ask the authorization server …
///     Ok(Token::new("token").expires_in(Duration::from_secs(3600)))
/// }
///
/// let builder = ClientBuilder::<Client>::new("https://example.com").auth(Auth::provider(fetch));
/// # assert!(builder.transport(Memory::new()).build().is_ok());
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Fetches a token.
    fn token(&self) -> TokenFuture;
}

impl<F, T> TokenProvider for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Future<Output = Result<Token, Box<dyn Error + Send + Sync>>> + Send + 'static,
{
    fn token(&self) -> TokenFuture {
        Box::pin(self())
    }
}

/// A bearer token and its lifetime. `Debug` does not print it, and it is wiped from memory when
/// dropped.
pub struct Token {
    text: Zeroizing<String>,
    lifetime: Option<Duration>,
}

impl Token {
    /// Creates a token that is used until the server refuses it: visible ASCII without spaces (RFC
    /// 6750 §2.1).
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: Zeroizing::new(text.into()), lifetime: None }
    }

    /// Sets the lifetime (`expires_in` of RFC 6749 §5.1), which begins when the client gets the
    /// token. A new one is fetched after nine tenths of it or a minute before its end, whichever is
    /// later. By default, a token is used until a server refuses it.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}

/// The provider's error, shared by all calls that waited for the token.
pub(crate) type Refusal = Arc<dyn Error + Send + Sync>;

/// The token that all calls of a client share.
pub(crate) struct Tokens {
    provider: Arc<dyn TokenProvider>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    current: Option<Current>,
    /// Weak, so that a fetch is dropped when no call waits for it any more.
    fetch: Option<WeakShared<Fetch>>,
}

struct Current {
    header: HeaderValue,
    /// The time when the next token is fetched.
    stale: Option<Instant>,
}

type Fetched = Result<(HeaderValue, Option<Duration>), Refusal>;
type Fetch = Pin<Box<dyn Future<Output = Fetched> + Send>>;

impl Tokens {
    pub(crate) fn new(provider: Arc<dyn TokenProvider>) -> Self {
        Self { provider, state: Mutex::default() }
    }

    /// Returns the value of `Authorization`: the current token, or a new one if there is none, if
    /// it is about to expire, or if it is the `refused` one.
    pub(crate) async fn header(
        &self,
        clock: Option<&dyn Clock>,
        refused: Option<&HeaderValue>,
    ) -> Result<HeaderValue, Refusal> {
        let now = || clock.map_or_else(Instant::now, Clock::now);
        let fetch: Shared<Fetch> = {
            let mut state = self.lock();
            if let Some(current) = &state.current
                && current.stale.is_none_or(|stale| now() < stale)
                && refused != Some(&current.header)
            {
                return Ok(current.header.clone());
            }
            let running = state.fetch.as_ref().and_then(WeakShared::upgrade);
            running.unwrap_or_else(|| {
                let fetch = fetch(Arc::clone(&self.provider)).shared();
                state.fetch = fetch.downgrade();
                fetch
            })
        };
        let fetched = fetch.clone().await;
        let mut state = self.lock();
        // The first caller to see the end of the fetch stores its token for the others.
        let ended = state.fetch.as_ref().and_then(WeakShared::upgrade).is_some_and(|one| one.ptr_eq(&fetch));
        if ended {
            state.fetch = None;
            state.current = fetched.as_ref().ok().map(|(header, lifetime)| {
                let stale = lifetime.and_then(|lifetime| now().checked_add(fresh(lifetime)));
                Current { header: header.clone(), stale }
            });
        }
        fetched.map(|(header, _)| header)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns how long a token is used. Clocks differ and a call takes time, so this is shorter than
/// its lifetime.
fn fresh(lifetime: Duration) -> Duration {
    lifetime - (lifetime / 10).min(Duration::from_secs(60))
}

fn fetch(provider: Arc<dyn TokenProvider>) -> Fetch {
    Box::pin(async move {
        let token = provider.token().await.map_err(Refusal::from)?;
        let header = auth::bearer(&token.text).map_err(|problem| Refusal::from(Box::from(problem)))?;
        Ok((header, token.lifetime))
    })
}
