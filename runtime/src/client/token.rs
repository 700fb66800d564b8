//! Tokens that expire.
//!
//! In: a provider that fetches them. Out: the `Authorization` of an attempt. The rule: at a time one token is fetched, which
//! all calls that need one wait for; and a token goes no other way than into a header that is marked sensitive.

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

/// What [`TokenProvider::token`] gives.
///
/// The error is the cause of the call's error. Neither its `Display` nor its `Debug` may hold a secret.
pub type TokenFuture = Pin<Box<dyn Future<Output = Result<Token, Box<dyn Error + Send + Sync>>> + Send>>;

/// Fetches bearer tokens: from an OAuth 2.0 server, a file, a cloud's metadata service.
///
/// A client asks for a token when it has none, when the one it has is about to expire, and once in a call where the
/// server refuses it with 401. The calls of a client that need one at the same time share it. The time that it takes
/// counts as the operation's.
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

/// A bearer token, and how long it is good for. `Debug` doesn't print it, and it is wiped from memory when dropped.
pub struct Token {
    text: Zeroizing<String>,
    lifetime: Option<Duration>,
}

impl Token {
    /// A token that is good until the server refuses it: visible ASCII without spaces (RFC 6750 §2.1).
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: Zeroizing::new(text.into()), lifetime: None }
    }

    /// Says how long it is good for from now on: `expires_in` of RFC 6749 §5.1. A new one is fetched when nine tenths
    /// of it are over, or a minute before its end.
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

/// Why there is no token: what the provider said, shared by all calls that waited for it.
pub(crate) type Refusal = Arc<dyn Error + Send + Sync>;

/// The token that all calls of a client share.
pub(crate) struct Tokens {
    provider: Arc<dyn TokenProvider>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    current: Option<Current>,
    /// Weak, so that a fetch that no call waits for any more ends, and doesn't hang until another call comes.
    fetch: Option<WeakShared<Fetch>>,
}

struct Current {
    header: HeaderValue,
    /// When the next one is fetched.
    stale: Option<Instant>,
}

type Fetched = Result<(HeaderValue, Option<Duration>), Refusal>;
type Fetch = Pin<Box<dyn Future<Output = Fetched> + Send>>;

impl Tokens {
    pub(crate) fn new(provider: Arc<dyn TokenProvider>) -> Self {
        Self { provider, state: Mutex::default() }
    }

    /// A value of `Authorization`: the current one, or that of a new token where there is none, it is about to expire,
    /// or it is the one that was `refused`.
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
        // Whoever is first to know ends the fetch for all; the others find its token.
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

/// How much of a token's lifetime it is used: the clocks differ, and a call takes a while.
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
